"""How a tree branches: its skeleton, drawn by lot once, and where it stands at a moment. Knows no leaves and no paint.

A branch is a turn and a length relative to the branch below it, so a frame only adds them up from the ground.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp, cos, ease_out, sin

LEVELS = 4.2
"""Levels a tree would have grown at the end of its growth: level n starts at n ÷ LEVELS and is done one later."""


@dataclass(frozen=True, slots=True)
class Branch:
    """parent: index of the branch below, −1 = the ground. turn: radians against it. bend: of its middle.

    width: radius at its foot. level: 0 = the trunk. phase: its own lag in the wind. tip: nothing grows out of it.
    """

    parent: int
    turn: float
    bend: float
    length: float
    width: float
    level: int
    phase: int
    tip: bool


@dataclass(frozen=True, slots=True)
class Limb:
    """A branch at a moment. x, y: its end. angle: radians, 0 = up. grown: 0 … 1. outline: (n, 2), None = not there."""

    x: float
    y: float
    angle: float
    grown: float
    outline: Array | None


def branches(stream: Stream, lean: float, top: int, forks: int) -> list[Branch]:
    """A skeleton by lot, parents before their children. top: the last level. forks: children of the trunk, 0 = lot."""
    made: list[Branch] = []

    def grow(parent: int, turn: float, length: float, width: float, level: int, phase: int) -> None:
        here = len(made)
        bend = stream.uniform(-0.12, 0.12)
        made.append(Branch(parent, turn, bend, length, width, level, phase, level >= top))
        if level >= top:
            return
        count = forks if level == 0 and forks else stream.pick((2, 2, 3))
        for i in range(count):
            spread = (i / (count - 1) - 0.5) * stream.uniform(0.8, 1.25)
            turned = spread + stream.uniform(-0.12, 0.12)
            shorter = length * stream.uniform(0.62, 0.8)
            grow(here, turned, shorter, width * 0.6, level + 1, phase * 3 + i)

    grow(-1, lean, 0.30, 0.05, 0, 1)
    return made


def wind(moment: Moment, level: float, phase: float = 0.0) -> float:
    """How far the wind moves something: more on higher levels, and later."""
    slow = moment.cycle(0.5, 0.06 * level + 0.13 * phase)
    quick = moment.cycle(1.0, 0.1 * level + 0.21 * phase)
    return moment.sway * 0.012 * level * (slow + 0.35 * quick)


def stand(skeleton: Sequence[Branch], moment: Moment) -> list[Limb]:
    """Every branch of the skeleton at a moment, in its order."""
    limbs: list[Limb] = []
    for branch in skeleton:
        below = limbs[branch.parent] if branch.parent >= 0 else Limb(0.0, 0.01, 0.0, 1.0, None)
        angle = below.angle + branch.turn + wind(moment, branch.level + 1, branch.phase) * 1.6
        grown = clamp(moment.grow * LEVELS - branch.level)
        if grown <= 0:
            limbs.append(Limb(below.x, below.y, angle, 0.0, None))
            continue
        length = branch.length * ease_out(grown)
        out, back = angle + branch.bend, angle - branch.bend * 0.3
        middle = (below.x + sin(out) * length * 0.5, below.y - cos(out) * length * 0.5)
        end = (below.x + sin(back) * length, below.y - cos(back) * length)
        width = branch.width * (0.5 + 0.5 * ease_out(clamp(moment.grow * 1.6)))
        tube = Tube(
            [(below.x, below.y), middle, end],
            [width, width * 0.8, width * 0.62],
            count=8,
            cap_start=branch.level > 0,
        )
        limbs.append(Limb(end[0], end[1], angle, grown, tube.outline()))
    return limbs
