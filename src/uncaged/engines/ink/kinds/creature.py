"""For words nobody knows: something that does not exist, always the same one for the same word.

Its seed chooses one of ten families, and then everything else about it. Each family is a function in one of the
modules `creature_…`; all of them get along at the same pace, each in its own way.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.creature_beasts import beast, birds, walker
from uncaged.engines.ink.kinds.creature_machines import machine, wheel
from uncaged.engines.ink.kinds.creature_parts import GAIT
from uncaged.engines.ink.kinds.creature_soft import bell, knot, plant
from uncaged.engines.ink.kinds.creature_vessels import stack, vessel
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

Family: TypeAlias = Callable[[Stream, Paint], Figure]

FAMILIES: Mapping[str, Family] = {
    "beast": beast,
    "walker": walker,
    "bell": bell,
    "wheel": wheel,
    "plant": plant,
    "vessel": vessel,
    "birds": birds,
    "knot": knot,
    "machine": machine,
    "stack": stack,
}
"""Every family by name. A new one is a function more, at the end."""

LOTS = tuple(FAMILIES)[:10]
"""What a seed chooses from; frozen, so that a word keeps its invention."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """An invention of the named family, or of the one its seed chooses."""
    name = form if form in FAMILIES else stream.sub("family").pick(LOTS)
    return FAMILIES[name](stream.sub(name), paint)


register(
    Kind(
        "creature",
        build,
        at=(0.44, 0.06),
        height=0.50,
        width=1.15,
        top=(0.0, -0.68),
        shadow=0.45,
        gait=GAIT,
        motion="walk",
        forms=tuple(FAMILIES),
        postures=("sleep",),
        traits=("unlike", "whole"),
        grip=(0.0, -0.4),
    )
)
