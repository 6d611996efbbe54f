"""A sentence becomes labels of the grammar: with `ink`'s lexicons and reading, and as near as Seedling comes.

Every text gives labels, in any script; what each word became is said. Knows no network and no pixels.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import numpy as np

from uncaged.engines.ink.colour import HUES as INK_HUES
from uncaged.engines.ink.colour import Lab
from uncaged.engines.ink.words.clauses import clauses
from uncaged.engines.ink.words.joining import set_down
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.reading import HUSH, is_small, listen
from uncaged.engines.ink.words.said import Notes, Noun, Origin
from uncaged.engines.ink.words.spelling import Token, tokens
from uncaged.engines.ink.words.vocabulary import Vocabulary
from uncaged.engines.seedling.grammar import (
    CAMERAS,
    HUES,
    KINDS,
    OF_A_SUBJECT,
    PALETTES,
    SETTINGS,
    SLOT,
    SUBJECTS,
    Labels,
    labels,
    way,
)
from uncaged.engines.seedling.kin import (
    CIRCLING,
    EITHER_WAY,
    GROUNDS,
    KIN,
    MOTION_KIN,
    PALETTE_KIN,
    PLAIN_MOTIONS,
    RELATION_KIN,
    SETTING_KIN,
)

SMALL, LARGE = 0.85, 1.2
"""Below and above these factors of its size a thing is small or large."""

MOST_QUOTED: Final = 8

MISSED, WAYS = "These weights have not learnt", "Ways of drawing, and no more"
"""What stands before words that name something, but nothing these weights can draw; and before those that name none."""

Effect = tuple[Origin, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text became.

    said: label (``s1.kind.bird``) → number. words: each word as it was typed, in order → what it became; "" = a small
    word of which nobody expects a picture. sentence: the same for people.
    """

    said: Mapping[str, float]
    words: Mapping[str, str]
    sentence: str

    @property
    def labels(self) -> Labels:
        """The label vector."""
        return vector(self.said)


def vector(said: Mapping[str, float]) -> Labels:
    """Labels by name (``s1.kind.bird``) as a label vector; raises `AskedWrong` for a name that is none."""
    slots: dict[str, dict[str, float]] = {}
    for name, number in said.items():
        slot, _dot, value = name.rpartition(".")
        slots.setdefault(slot, {})[value] = number
    return labels(**slots)


def read(
    text: str,
    seed: int = 0,
    lexicons: Sequence[Lexicon] = (),
    learned: Collection[str] = frozenset(SLOT),
) -> Reading:
    """Reads a text in any language; never fails, the same text and seed give the same reading.

    seed: the lot where words leave a direction open. lexicons: a person's own. learned: the slots that the weights
    know; what belongs to others is told apart. Only the first scene of a text is drawn.
    """
    typed = tokens(text)
    round_about, rest = _circling(typed)
    vocabulary = Vocabulary.of(lexicons)
    language = vocabulary.language(rest)
    terms = vocabulary.terms(rest, language)
    reader = Reader(
        clauses(terms)[0],
        notes=Heard(),
        language=language.name.partition(".")[0],
        unknown=HUSH,
    )
    listen(reader)
    set_down(reader.said.nouns)
    places = [i for i, token in enumerate(typed) if i not in round_about]
    telling = _Telling(reader, places, seed, learned)
    telling.tell(round_about)
    small = {places[i] for term in terms if is_small(term) for i in term.origin}
    return telling.reading(typed, small)


class Heard(Notes):
    """Notes that can be gone through with what each is about."""

    def all(self) -> Iterator[tuple[object, Origin, str]]:
        """What was noted of, by which tokens, in words."""
        for slot, (origin, effect) in self._slots.items():
            yield slot, origin, effect


@dataclass(slots=True)
class _Telling:
    """From what `ink` heard to what the grammar says. places: the number each of its tokens has in the text."""

    reader: Reader
    places: Sequence[int]
    seed: int
    learned: Collection[str]
    said: dict[str, float] = field(default_factory=dict[str, float])
    effects: list[Effect] = field(default_factory=list[Effect])
    named: dict[int, str] = field(default_factory=dict[int, str])
    """Identity of a noun → the subject it is."""
    missed: dict[int, None] = field(default_factory=dict[int, None])
    """Words that ask for what the weights have not learned."""

    def tell(self, round_about: Origin) -> None:
        """Fills `said` and `effects`. round_about: tokens that say something goes round on a ring."""
        drawn: list[Noun] = []
        for noun in self.reader.said.nouns:
            kind = noun.kind if noun.kind in KINDS else KIN.get(noun.kind, "")
            if noun.hole:
                if noun.kind in KINDS:
                    self._say("s1.kind", kind, self._of(noun, "kind"), "left out", -1.0)
            elif not kind:
                self._ground(noun)
            elif len(drawn) < len(SUBJECTS):
                self.named[id(noun)] = SUBJECTS[len(drawn)]
                drawn.append(noun)
                self._kind(noun, kind)
        if round_about:
            self._say("s1.motion", "circles", round_about, "motion: circles")
        for noun in drawn:
            self._subject(noun)
        self._pair(drawn)
        self._absent()
        self._surroundings()

    def _kind(self, noun: Noun, kind: str) -> None:
        near = "" if kind == noun.kind else f", the nearest it has learnt to {_a(noun.kind)}"
        self._say(f"{self.named[id(noun)]}.kind", kind, self._of(noun, "kind"), f"{_a(kind)}{near}")

    def _ground(self, noun: Noun) -> None:
        """A thing that is rather a place: a hill, a cloud."""
        setting = GROUNDS.get(noun.kind)
        if setting and not self.reader.said.setting:
            near = f", the nearest it has learnt to {_a(noun.kind)}"
            self._say("setting", setting, self._of(noun, "kind"), f"setting: {setting}{near}")

    def _subject(self, noun: Noun) -> None:
        name = self.named[id(noun)]
        if noun.hue is not None:
            hue = _nearest_hue(noun.hue)
            self._say(f"{name}.hue", hue, self._of(noun, "hue"), f"hue: {hue}")
        if self._of(noun, "size"):
            size = "small" if noun.size < SMALL else "large" if noun.size > LARGE else "middle"
            self._say(f"{name}.size", size, self._of(noun, "size"), f"size: {size}")
        across, down = self._of(noun, "across"), self._of(noun, "down")
        aside = "left" if noun.across < 0 else "right" if noun.across > 0 else ""
        if noun.motion and f"{name}.motion.circles" not in self.said:
            aside = self._motion(noun, name, aside)
        if down and noun.down:
            place = "top" if noun.down < 0 else "bottom"
            self._say(f"{name}.place", place, down, f"place: {place}")
        elif aside and across:
            self._say(f"{name}.place", aside, across, f"place: {aside}")
        elif (across or down) and not noun.across and not noun.down:
            self._say(f"{name}.place", "centre", across or down, "place: centre")

    def _motion(self, noun: Noun, name: str, aside: str) -> str:
        """What it does; returns the side that is still a place. *To the left* is where it drifts to."""
        motion, origin = MOTION_KIN[noun.motion], self._of(noun, "motion")
        if motion == EITHER_WAY:
            way_to = aside or ("right" if self.seed % 2 else "left")
            motion = f"{EITHER_WAY}-{way_to}"
            origin, aside = (*origin, *(self._of(noun, "across") if aside else ())), ""
        near = (
            "" if noun.motion in PLAIN_MOTIONS else f", the nearest it has learnt to {noun.motion}"
        )
        self._say(f"{name}.motion", motion, origin, f"motion: {motion}{near}")
        return aside

    def _pair(self, drawn: list[Noun]) -> None:
        """How two stand to each other; several of one thing are two of it."""
        if len(drawn) == 1 and drawn[0].count > 1:
            alike = {name: value for name, value in self.said.items() if name.startswith("s1.")}
            told = self._say("relation", "beside", self._of(drawn[0], "count"), "two of it")
            if told and f"{SUBJECTS[1]}.kind" in self.learned:
                self.said |= {f"s2.{name[3:]}": value for name, value in alike.items()}
        for noun in drawn:
            other = noun.to
            relation = RELATION_KIN.get(noun.relation, "")
            if not relation or other is None or id(other) not in self.named or other is noun:
                continue
            turned = (noun.relation == "front") != (self.named[id(noun)] == "s2")
            if turned:
                relation = {"above": "below", "below": "above"}.get(relation, relation)
            origin = self._of(noun, "relation")
            if relation == "behind" and turned:
                self._swap()
            self._say("relation", relation, origin, f"relation: {relation}")

    def _swap(self) -> None:
        """The first subject becomes the second."""
        other = {"s1": "s2", "s2": "s1"}
        self.said = {
            f"{other.get(name[:2], name[:2])}{name[2:]}": n for name, n in self.said.items()
        }
        self.named = {noun: other[name] for noun, name in self.named.items()}

    def _absent(self) -> None:
        """What must not be there is said less than nothing of."""
        for kind in self.reader.said.absent:
            if kind in KINDS and f"s1.kind.{kind}" not in self.said:
                self._say("s1.kind", kind, (), "left out", -1.0)
        for slot, origin, effect in self._noted():
            if isinstance(slot, tuple) and slot[0] == "refused":
                self.effects.append((origin, effect))

    def _surroundings(self) -> None:
        said = self.reader.said
        for slot, name, known, kin in (
            ("setting", said.setting, SETTINGS, SETTING_KIN),
            ("palette", said.palette or said.suggested, PALETTES, PALETTE_KIN),
        ):
            if not name:
                continue
            value = name if name in known else kin[name]
            near = "" if value == name else f", the nearest it has learnt to {name}"
            origin = self._of(slot) or self._of("suggested")
            self._say(slot, value, origin, f"{slot}: {value}{near}")
        for axis, back, forth in (
            ("pan", "pan-left", "pan-right"),
            ("zoom", "zoom-out", "zoom-in"),
        ):
            amount = said.camera.get(axis, 0.0)
            value = forth if amount > 0 else back
            if amount and value in CAMERAS:
                self._say("camera", value, self._of(("camera", axis)), f"camera: {value}")

    def _say(self, slot: str, value: str, origin: Origin, effect: str, number: float = 1.0) -> bool:
        """One label, if the weights know its slot; whether they do."""
        if slot not in self.learned:
            self.effects.append((origin, f"{effect} (these weights have not learnt {slot})"))
            self.missed.update(dict.fromkeys(origin))
            return False
        self.said[f"{slot}.{value}"] = number
        self.effects.append((origin, effect))
        return True

    def _noted(self) -> Iterator[tuple[object, Origin, str]]:
        for slot, origin, effect in cast("Heard", self.reader.notes).all():
            yield slot, tuple(self.places[i] for i in origin), effect

    def _of(self, *about: object) -> Origin:
        """The words that said this of it."""
        key = about[0] if len(about) == 1 else about
        return next((origin for slot, origin, _effect in self._noted() if slot == key), ())

    def reading(self, typed: Sequence[Token], small: Collection[int]) -> Reading:
        """The whole: words that name nothing here are ways of drawing, each an equal share."""
        told: dict[int, list[str]] = {}
        for origin, effect in self.effects:
            for place in origin:
                told.setdefault(place, []).append(effect)
        free = [i for i in range(len(typed)) if i not in told and i not in small]
        ways = list(dict.fromkeys(way(typed[i].typed) for i in free))
        if "free" in self.learned:
            self.said |= {f"free.{one}": 1 / len(ways) for one in ways}
        words: dict[str, str] = {}
        for i, token in enumerate(typed):
            found = told.get(i, [f"a way of drawing ({way(token.typed)})"] if i in free else [])
            before = words.get(token.typed, "")
            words[token.typed] = before or ", ".join(dict.fromkeys(found))
        sentence = described(self.said)
        for places, about in ((sorted(self.missed), MISSED), (free, WAYS)):
            if places:
                sentence += f"\n{about}: {_quoted([typed[i].typed for i in places])}."
        return Reading(self.said, words, sentence)


def _circling(typed: Sequence[Token]) -> tuple[Origin, list[Token]]:
    """The words that say that something goes round on a ring, and all the others."""
    words = [token.word for token in typed]
    for phrase in CIRCLING:
        for i in range(len(words) - len(phrase) + 1):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found = tuple(range(i, i + len(phrase)))
                return found, [token for n, token in enumerate(typed) if n not in found]
    return (), list(typed)


def _nearest_hue(colour: Lab) -> str:
    apart = {name: float(np.square(np.subtract(colour, INK_HUES[name])).sum()) for name in HUES}
    return min(apart, key=lambda name: apart[name])


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def described(said: Mapping[str, float]) -> str:
    """What labels say, in a line: of each slot what is said most, and what is said less than nothing of."""
    slots: dict[str, tuple[float, str]] = {}
    without: list[str] = []
    for name, number in said.items():
        slot, _dot, value = name.rpartition(".")
        if number < 0:
            without.append(f"without {_a(value)}" if slot.endswith("kind") else f"not {value}")
        elif slot != "free" and number > slots.get(slot, (0.0, ""))[0]:
            slots[slot] = (number, value)
    things: list[str] = []
    for subject in SUBJECTS:
        own = {name.removeprefix(f"{subject}."): v for name, (_n, v) in slots.items()}
        own = {name: value for name, value in own.items() if name in OF_A_SUBJECT}
        if own:
            parts = [own.get("size", ""), own.get("hue", ""), own.get("kind", "something")]
            doing = [own[part] for part in ("motion", "place") if part in own]
            things.append(", ".join([" ".join(part for part in parts if part), *doing]))
    around = [
        f"{slot}: {slots[slot][1]}" for slot in ("setting", "palette", "camera") if slot in slots
    ]
    relation = slots.get("relation", (0.0, "beside"))[1]
    both = f" {relation} ".join(things) or "whatever comes"
    return f"Drawn: {'; '.join([both, *around, *without])}."


def _quoted(words: Sequence[str]) -> str:
    quoted = [word if len(word) <= 24 else word[:23] + "…" for word in dict.fromkeys(words)]
    more = len(quoted) - MOST_QUOTED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"{', '.join(quoted[:MOST_QUOTED])}{rest}"
