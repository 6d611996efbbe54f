"""A sentence of several scenes: *then* begins the next one. What it goes on about is carried over. Knows no pixels."""

from collections.abc import Sequence
from typing import Final

from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.said import Noun
from uncaged.engines.ink.words.term import Term

MOST: Final = 12
"""Scenes of one text, at most; what comes after belongs to the last one."""

HANDLED: Final = frozenset({"held", "carried"})
"""What is in a hand stays there, whatever the hand does next."""


GOING_ON: Final = frozenset(
    "the a it its same scene shot video clip film story go goes on continue continues continued continuing keep keeps "
    "going more further longer still again and as is before "
    "die der das es szene film weiter geht läuft immer so "
    "la el lo escena sigue continúa continua igual más "
    "le scène plan vidéo histoire cela ça suite encore toujours".split()
)
"""Words that ask for nothing but more of what there is."""


def goes_on(words: Sequence[str]) -> bool:
    """Whether these folded words, behind a scene, ask for that scene and nothing else."""
    return all(word in GOING_ON for word in words)


def clauses(terms: Sequence[Term]) -> list[list[Term]]:
    """The terms of each scene; at least one scene, however empty."""
    parts: list[list[Term]] = [[]]
    for term in terms:
        if term.grammar("then") and parts[-1] and len(parts) < MOST:
            if parts[-1][-1].grammar("and"):
                parts[-1].pop()
            if parts[-1]:
                parts.append([])
        elif not term.grammar("then"):
            parts[-1].append(term)
    return parts if len(parts) == 1 or parts[-1] else parts[:-1]


def numbered(nouns: Sequence[Noun], last: int = 0) -> int:
    """Gives each new one the next number after `last`; one that was in a scene before keeps its own, and so stays
    itself. The last number given."""
    last = max([last, *(noun.number for noun in nouns)])
    for noun in nouns:
        if not noun.number:
            last = noun.number = last + 1
    return last


def _holder(noun: Noun) -> Noun | None:
    """What it stands to: who holds it, or to whom it was just given."""
    holder = noun.to
    if holder is None or noun.relation not in HANDLED or holder.gesture != "give":
        return holder
    return holder.to or holder


def carry_on(reader: Reader, before: Reader) -> None:
    """What a scene does not say stays as it was: the place, the light; and where it names nothing new, everybody."""
    said, was = reader.said, before.said
    new = [
        noun for noun in said.nouns if not any(noun is again for again in reader.recalled.values())
    ]
    moved = bool(said.setting)
    if not moved:
        said.setting = was.setting
        said.palette = said.palette or was.palette
        said.suggested = said.suggested or was.suggested
        said.weather = {**was.weather, **said.weather}
    said.hand, said.scheme = said.hand or was.hand, said.scheme or was.scheme
    said.own_hand = said.own_hand or was.own_hand
    said.own_palette = said.own_palette or was.own_palette
    said.mode, said.echo = said.mode or was.mode, said.echo or was.echo
    if new or moved:
        return
    for noun in was.nouns:
        reader.recall(noun)
    for noun in was.nouns:
        again = reader.recalled[id(noun)]
        holder = _holder(noun)
        other = None if holder is None else reader.recalled.get(id(holder))
        free = noun.relation in HANDLED or not (again.acted or (other and other.acted))
        if not again.relation and other is not None and free:
            again.relation, again.to = noun.relation, other
        if not again.acted:
            again.motion, again.gesture = noun.motion, noun.gesture
