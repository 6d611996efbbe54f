"""What a film shows, by names: every value of every slot as often as the next, and never a pair that is held out.

A pure function of (VERSION, seed). Knows no drawings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.seedling.grammar import FREE, OF_A_SUBJECT, holds_out, slot_of

VERSION: Final = 1
"""Of the films: another one draws other films from the same seeds."""

FARTHEST: Final = 2**53 - 1
"""The largest seed."""

SAID_FREELY: Final = 0.5
"""Share of films whose way of drawing has a name; the others are drawn each in its own."""

FIRST: Final = MappingProxyType({"setting": "paper", "palette": "ink-on-paper", "camera": "still"})
"""What every film of the first stage shows: one subject on paper."""


@dataclass(frozen=True, slots=True)
class Plan:
    """names: slot → value; slots that are not said are left out. lots: names the streams of all that has no name.

    way: the way it is drawn in, a free word or one of its own.
    """

    seed: int
    names: Mapping[str, str]
    way: str

    @property
    def lots(self) -> Stream:
        """The stream of what has no name: where exactly, how fast."""
        return Stream(f"seedling/{VERSION}/{self.seed}/lots")


def plan(seed: int, fixed: Mapping[str, str] | None = None, held: bool = False) -> Plan:
    """What the film of a seed (0 … 2⁵³ − 1) shows.

    fixed: slot → value of what is not left to the seed. held: a pair that is held out, instead of none.
    Raises `AskedWrong` for a seed or a name that there is not, and where what is fixed and `held` do not go together.
    """
    if not 0 <= seed <= FARTHEST:
        raise AskedWrong(f"The seed is {seed}; films have seeds from 0 to {FARTHEST}.")
    fixed = dict(fixed or {})
    _check(fixed, held)
    stream = Stream(f"seedling/{VERSION}/{seed}")
    while True:  # one of six is refused
        names = {f"s1.{name}": stream.pick(values) for name, values in OF_A_SUBJECT.items()}
        free = stream.pick(FREE) if stream.chance(SAID_FREELY) else ""
        names |= FIRST | ({"free": free} if free else {}) | fixed
        if holds_out(names) == held:
            return Plan(seed, MappingProxyType(names), names.get("free", f"{VERSION}/{seed}"))


def _check(fixed: Mapping[str, str], held: bool) -> None:
    """Raises where no film can be as it is asked for."""
    for name, value in fixed.items():
        slot = slot_of(name)
        slot.at(value)
        if not name.startswith("s1.") and name != "free" and FIRST.get(name) != value:
            raise AskedWrong(
                f"No film of this stage has {name} {value}: they show one subject on paper.",
                "Leave it out.",
                name,
            )
    if not held and holds_out(fixed):
        raise AskedWrong(
            "This pair is held out of all films that are trained on.",
            "To draw it nevertheless, ask for held-out films.",
        )
    pairs = fixed.keys() >= {"s1.kind", "s1.hue", "s1.motion"}
    if held and pairs and not holds_out(fixed):
        raise AskedWrong(
            "Nothing of this is held out.",
            "Leave kind, hue or motion to the seed, or name a pair that is.",
        )
