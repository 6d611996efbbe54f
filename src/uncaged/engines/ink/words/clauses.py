"""A sentence of several scenes: *then* begins the next one. What it goes on about is carried over. Knows no pixels."""

from collections.abc import Sequence
from typing import Final

from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.vocabulary import Term

MOST: Final = 12
"""Scenes of one text, at most; what comes after belongs to the last one."""


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
        other = None if noun.to is None else reader.recalled.get(id(noun.to))
        borne = noun.relation in ("held", "carried")
        free = other is not None and (borne or not (again.acted or other.acted))
        if not again.relation and free:
            again.relation, again.to = noun.relation, other
        if not again.acted:
            again.motion, again.gesture = noun.motion, noun.gesture


def same_place(scene: Scene, before: Scene, reader: Reader) -> Scene:
    """A scene that goes on about somebody and names no place is where the one before was, in the same light."""
    said = reader.said
    if said.setting:
        return scene
    palette = scene.palette if said.palette else before.palette
    return scene.evolve(
        setting=before.setting, palette=palette, horizon=before.horizon, disc=before.disc
    )
