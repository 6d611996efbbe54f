"""What a film shows, by names: every value of every slot as often as the next, and never a pair that is held out.

A pure function of (VERSION, seed, stage). Knows no drawings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.seedling.grammar import (
    CAMERAS,
    FREE,
    KINDS,
    OF_A_SUBJECT,
    PALETTES,
    RELATIONS,
    SETTINGS,
    SLOT,
    SUBJECTS,
    holds_out,
    slot_of,
)

VERSION: Final = 1
"""Of the films: another one draws other films from the same seeds."""

Stage: TypeAlias = Literal["one", "many", "both"]
"""one: one subject on paper. many: in half of the films two, and settings, palettes and a camera that moves. both: in
turn, the film that an even seed has in the one and an odd seed in the other."""

STAGES: Final[tuple[Stage, ...]] = ("one", "many")
DRAWINGS: Final[tuple[Stage, ...]] = (*STAGES, "both")
"""What a store may be of."""

FARTHEST: Final = 2**53 - 1
"""The largest seed."""

SAID_FREELY: Final = 0.5
"""Share of films whose way of drawing has a name; each of the others is drawn in one of its own."""

PLAIN: Final = MappingProxyType({"setting": "paper", "palette": "ink-on-paper", "camera": "still"})
"""What every film of the first stage shows, and each by itself half of the others."""


def slots_shown(stage: Stage) -> tuple[str, ...]:
    """The slots that films of a stage show more than one value of: what can be learned from them."""
    if stage != "one":
        return tuple(SLOT)
    others = tuple(f"{subject}." for subject in SUBJECTS[1:])
    return tuple(
        name
        for name in SLOT
        if name not in PLAIN and name != "relation" and not name.startswith(others)
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """names: slot → value; slots that are not said are left out. way: that it is drawn in, a free word or its own."""

    seed: int
    names: Mapping[str, str]
    way: str

    @property
    def lots(self) -> Stream:
        """The stream of what has no name: where exactly, how fast."""
        return Stream(f"seedling/{VERSION}/{self.seed}/lots")

    @property
    def subjects(self) -> tuple[Mapping[str, str], ...]:
        """Its subjects, kind, hue, size, motion and, of one alone, place by name."""
        named = (
            {n: self.names[f"{s}.{n}"] for n in OF_A_SUBJECT if f"{s}.{n}" in self.names}
            for s in SUBJECTS
        )
        return tuple(subject for subject in named if subject)


def plan(
    seed: int, fixed: Mapping[str, str] | None = None, held: bool = False, stage: Stage = "one"
) -> Plan:
    """What the film of a seed (0 … 2⁵³ − 1) shows.

    fixed: slot → value of what is not left to the seed. held: show a pair that is held out, instead of none.
    Raises `AskedWrong` for a seed or a name that there is not, and where what is asked for does not go together.
    """
    if not 0 <= seed <= FARTHEST:
        raise AskedWrong(f"The seed is {seed}; films have seeds from 0 to {FARTHEST}.")
    fixed = dict(fixed or {})
    if stage == "both":
        stage = STAGES[seed % len(STAGES)]
    _check(fixed, held, stage)
    stream = Stream(f"seedling/{VERSION}/{stage}/{seed}")
    while True:  # about one of six is refused
        names = (_one(stream) if stage == "one" else _many(stream, fixed)) | fixed
        if holds_out(names) == held and names.get("s1.kind") != names.get("s2.kind"):
            own = f"{VERSION}/{stage}/{seed}"
            return Plan(seed, MappingProxyType(names), names.get("free", own))


def _one(stream: Stream) -> dict[str, str]:
    names = {f"s1.{name}": stream.pick(values) for name, values in OF_A_SUBJECT.items()}
    free = stream.pick(FREE) if stream.chance(SAID_FREELY) else ""
    return names | PLAIN | ({"free": free} if free else {})


def _many(stream: Stream, fixed: Mapping[str, str]) -> dict[str, str]:
    """A palette, and half of the time each: a second subject, a setting, and then a camera that moves."""
    names = _one(stream)
    second = {f"s2.{name}": stream.pick(values) for name, values in OF_A_SUBJECT.items()}
    second["s2.kind"] = stream.pick([kind for kind in KINDS if kind != names["s1.kind"]])
    relation = stream.pick(RELATIONS)
    if (stream.chance(0.5) and "s1.place" not in fixed) or _two(fixed):
        names |= second | {"relation": relation}
        del names["s1.place"], names["s2.place"]
    names["palette"] = stream.pick(PALETTES)
    setting, camera = stream.pick(SETTINGS[1:]), stream.pick(CAMERAS[1:])
    if stream.chance(0.5):
        names["setting"] = setting
    if stream.chance(0.5) and names["setting"] != "paper":  # on paper nothing says that it moves
        names["camera"] = camera
    return names


def _two(fixed: Mapping[str, str]) -> bool:
    return any(name == "relation" or name.startswith("s2.") for name in fixed)


def _check(fixed: Mapping[str, str], held: bool, stage: Stage) -> None:
    """Raises where no film can be as it is asked for."""
    for name, value in fixed.items():
        slot_of(name).at(value)
        others = not name.startswith("s1.") and name != "free"
        if stage == "one" and others and PLAIN.get(name) != value:
            raise AskedWrong(
                f"No film of the first stage has {name} {value}: they show one subject on paper.",
                "Leave it out, or ask for the stage “many”.",
                name,
            )
    if _two(fixed) and any(name.endswith(".place") for name in fixed):
        raise AskedWrong("Two subjects have no places.", "Say how they stand: above, beside …")
    if fixed.get("s1.kind", "") == fixed.get("s2.kind"):
        raise AskedWrong("Two subjects are of two kinds.", "Name another kind.", "s2.kind")
    if not held and holds_out(fixed):
        raise AskedWrong(
            "This pair is held out of all films that are trained on.",
            "To draw it nevertheless, ask for films that are held out.",
        )
    pairs = fixed.keys() >= {"s1.kind", "s1.hue", "s1.motion"}
    if held and pairs and not _two(fixed) and not holds_out(fixed):
        raise AskedWrong(
            "Nothing of this is held out.",
            "Leave kind, hue or motion to the seed, or name a pair that is.",
        )
