"""From what `ink` heard in a sentence to what the grammar says, word by word.

What it cannot draw becomes the nearest that it can, and it says so.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import numpy as np

from uncaged.engines.ink.colour import HUES as INK_HUES
from uncaged.engines.ink.colour import Lab
from uncaged.engines.ink.words.reader import Reader
from uncaged.engines.ink.words.said import Notes, Noun, Origin
from uncaged.engines.ink.words.spelling import Token
from uncaged.engines.ink.words.term import Term
from uncaged.engines.seedling.described import Reading, a, described, quoted
from uncaged.engines.seedling.grammar import (
    CAMERAS,
    HUES,
    KINDS,
    OF_A_SUBJECT,
    PALETTES,
    SETTINGS,
    SUBJECTS,
    way,
)
from uncaged.engines.seedling.kin import (
    EITHER_WAY,
    GOING,
    GROUNDS,
    KIN,
    MOTION_KIN,
    PALETTE_KIN,
    PLAIN_MOTIONS,
    RELATION_KIN,
    SETTING_KIN,
    STANDING,
    WAYS_TO,
)

SMALL, LARGE = 0.85, 1.2
"""Below and above these factors of its size a thing is small or large."""

MISSED: Final = "These weights have not learnt"
WAYS: Final = "Ways of drawing, and no more"
STANDS_FOR: Final = "The nearest it has learnt"
"""What stands before words that name something, but nothing these weights can draw; before those that name none; and
before things that stand for others."""

Effect = tuple[Origin, str]


def _nearest_hue(colour: Lab) -> str:
    apart = {name: float(np.square(np.subtract(colour, INK_HUES[name])).sum()) for name in HUES}
    return min(apart, key=lambda name: apart[name])


def _size(factor: float) -> str:
    return "small" if factor < SMALL else "large" if factor > LARGE else "middle"


class Heard(Notes):
    """Notes that can be gone through with what each is about."""

    def all(self) -> Iterator[tuple[object, Origin, str]]:
        """What was noted of, by which tokens, in words."""
        for slot, (origin, effect) in self._slots.items():
            yield slot, origin, effect


@dataclass(slots=True)
class Telling:
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
    stand_ins: list[str] = field(default_factory=list[str])
    """Things that stand for others, in words."""
    left_out: list[str] = field(default_factory=list[str])
    """Hues that found no place."""
    ways: dict[str, tuple[str, Origin]] = field(default_factory=dict[str, tuple[str, Origin]])
    """Subject → which way it goes, where `ink` heard nothing in the word that says so."""

    def tell(self, sayings: Sequence[tuple[str, Origin]], terms: Sequence[Term]) -> None:
        """Fills `said` and `effects`. sayings: what tokens that `ink` was not shown say together, see `kin.SAYINGS`."""
        drawn: list[Noun] = []
        colour = len(terms) == 1 and terms[0].has("hues")  # a colour alone is no flower
        for noun in () if colour else self.reader.said.nouns:
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
        for label, origin in sayings:
            slot, _dot, value = label.partition(".")
            whose = f"{self._whose(origin, drawn)}." if slot in OF_A_SUBJECT else ""
            self._say(f"{whose}{slot}", value, origin, f"{slot}: {value}")
        loose = self._loose(terms, drawn)
        for term, name, origin in loose:
            if term.word in WAYS_TO:
                self.ways.setdefault(name, (WAYS_TO[term.word], origin))
        for noun in drawn:
            self._subject(noun)
        for term, name, origin in loose:
            self._loose_word(term, name, origin)
        self._pair(drawn)
        self._absent()
        self._surroundings()

    def _kind(self, noun: Noun, kind: str) -> None:
        near = "" if kind == noun.kind else f", the nearest it has learnt to {a(noun.kind)}"
        if near:
            self.stand_ins.append(f"{a(kind)} for {a(noun.kind)}")
        self._say(f"{self.named[id(noun)]}.kind", kind, self._of(noun, "kind"), f"{a(kind)}{near}")

    def _ground(self, noun: Noun) -> None:
        """A thing that is rather a place: a hill, a cloud."""
        setting = GROUNDS.get(noun.kind)
        if setting and not self.reader.said.setting:
            near = f", the nearest it has learnt to {a(noun.kind)}"
            self._say("setting", setting, self._of(noun, "kind"), f"setting: {setting}{near}")

    def _subject(self, noun: Noun) -> None:
        name = self.named[id(noun)]
        if noun.hue is not None:
            hue = _nearest_hue(noun.hue)
            self._say(f"{name}.hue", hue, self._of(noun, "hue"), f"hue: {hue}")
        if self._of(noun, "size"):
            size = _size(noun.size)
            self._say(f"{name}.size", size, self._of(noun, "size"), f"size: {size}")
        across, down = self._of(noun, "across"), self._of(noun, "down")
        aside = "left" if noun.across < 0 else "right" if noun.across > 0 else ""
        if noun.motion and self._open(f"{name}.motion"):
            aside = self._motion(noun, name, aside)
        if not self._open(f"{name}.place"):
            return
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
            way_to, said = aside, self._of(noun, "across")
            if not aside:
                way_to, said = self.ways.pop(name, ("right" if self.seed % 2 else "left", ()))
            motion, aside, origin = GOING[way_to], "", (*origin, *said)
        near = (
            "" if noun.motion in PLAIN_MOTIONS else f", the nearest it has learnt to {noun.motion}"
        )
        self._say(f"{name}.motion", motion, origin, f"motion: {motion}{near}")
        return aside

    def _loose(
        self, terms: Sequence[Term], drawn: Sequence[Noun]
    ) -> list[tuple[Term, str, Origin]]:
        """Words that `ink` gave to nothing, and whose each may be."""
        heard = {place for origin, _effect in self.effects for place in origin}
        heard |= {
            place for slot, origin, _e in self._noted() if self._counts(slot) for place in origin
        }
        found: list[tuple[Term, str, Origin]] = []
        for term in terms:
            origin = tuple(self.places[i] for i in term.origin)
            if not origin or not heard.isdisjoint(origin):
                continue
            found.append((term, self._whose(origin, drawn), origin))
        return found

    def _whose(self, origin: Origin, drawn: Sequence[Noun]) -> str:
        """Which subject words are about that name none: the last that was named before them, else the first."""
        before = [noun for noun in drawn if max(self._of(noun, "kind"), default=0) < origin[0]]
        whose = before[-1] if before else drawn[0] if drawn else None
        return SUBJECTS[0] if whose is None else self.named[id(whose)]

    def _counts(self, slot: object) -> bool:
        """Whether a word that `ink` heard this in has become something here."""
        about = slot[0] if isinstance(slot, tuple) else slot
        return id(about) in self.named if isinstance(about, Noun) else about != "refused"

    def _loose_word(self, term: Term, name: str, origin: Origin) -> None:
        """A colour, a size, a motion, or where something is, that stands alone or behind its thing."""
        if term.word in WAYS_TO:
            to = STANDING[WAYS_TO[term.word]]
            if name in self.ways and self._open(f"{name}.place") and not self._open(name):
                self._say(f"{name}.place", to, origin, f"place: {to}")
        elif term.has("hues"):
            hue = _nearest_hue(INK_HUES[term.text("hues")])
            if self._open(f"{name}.hue"):
                self._say(f"{name}.hue", hue, origin, f"hue: {hue}")
            else:
                self.effects.append((origin, f"{hue} is left out: a thing has one hue here"))
                self.left_out.append(hue)
        elif term.has("sizes") and self._open(f"{name}.size"):
            size = _size(term.number("sizes"))
            self._say(f"{name}.size", size, origin, f"size: {size}")
        elif term.has("motions") and self._open(f"{name}.motion"):
            motion = MOTION_KIN.get(term.text("motions"), EITHER_WAY)
            if motion != EITHER_WAY:
                self._say(f"{name}.motion", motion, origin, f"motion: {motion}")

    def _open(self, slot: str) -> bool:
        """Whether nothing is said of it."""
        return not any(key.startswith(f"{slot}.") for key in self.said)

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
        if self.stand_ins:
            sentence += f"\n{STANDS_FOR}: {', '.join(self.stand_ins)}."
        if self.left_out:
            sentence += f"\nLeft out, since a thing has one hue here: {', '.join(self.left_out)}."
        for places, about in ((sorted(self.missed), MISSED), (free, WAYS)):
            if places:
                sentence += f"\n{about}: {quoted([typed[i].typed for i in places])}."
        return Reading(self.said, words, sentence)
