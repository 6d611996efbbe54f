"""What flies over something stays clear of it, for its whole flight. Knows stage and motion, no words, no pixels.

Relations place what rests; only a finished stage knows how deep a flight dips and how high a roof or a tree reaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uncaged.engines.ink.bonds import Bond
from uncaged.engines.ink.costume import manner
from uncaged.engines.ink.display import Drawing, Form, Manner, Multi, Stroke, Union
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.motion import pose
from uncaged.engines.ink.space import STANDS
from uncaged.engines.ink.stage import Actor, Stage

_CALM = frozenset(
    {"fly", "swim", "drift-left", "drift-right", "still", "sway", "spin", "pulse", "dance"}
)
"""Motions that keep their height, so that a place above something means something."""

_WATCHED = 3000
"""So many poses are looked at in all: every sixth of a second of one bird, less often of many."""

_BEATS = 12
"""At so many moments of its cycle it is asked how far down and up a figure reaches."""

_ASKED = 8
"""Of so many bodies it is asked how high they reach: a whole herd would take seconds, and looks alike."""

_LEAST = 0.6
"""The least that is left of a body's size."""

_AIR, _EDGE = 0.018, 0.02
"""What stays free below, in shorter sides, and at the frame's upper edge, in heights."""


def cleared(stage: Stage, bonds: Sequence[Bond]) -> Stage:
    """The stage with every subject that is `over` another lifted until none of its bodies touches that one's top.

    All its bodies rise by as much as the lowest dip needs. Where the frame has no room for that, they come nearer to
    each other and become smaller, down to `_LEAST`; what is then still too high for the frame stays in it.
    """
    moved: dict[str, Actor] = {}
    for bond in bonds:
        if bond.relation == "over":
            a = [x for x in stage.actors if x.subject.name == bond.a]
            b = [moved.get(x.key, x) for x in stage.actors if x.subject.name == bond.b]
            if a[0].domain not in STANDS and a[0].subject.motion in _CALM:
                moved |= {x.key: x for x in _above(stage, a, b)}
    return stage.exchanged(moved)


@dataclass(frozen=True, slots=True)
class _Flight:
    """A body, and how far it gets above (below 0) and below its place over the film, with all that is drawn of it."""

    actor: Actor
    rise: float
    dip: float
    above: float
    below: float

    @property
    def top(self) -> float:
        """Its highest y."""
        return self.actor.y + self.rise + self.above * self.actor.size

    @property
    def foot(self) -> float:
        """Its lowest y."""
        return self.actor.y + self.dip + self.below * self.actor.size

    def at(self, y: float, size: float) -> "_Flight":
        """The same flight elsewhere."""
        return replace(self, actor=replace(self.actor, y=y, size=size))


def _above(stage: Stage, a: Sequence[Actor], b: Sequence[Actor]) -> list[Actor]:
    """The bodies of a where none touches b."""
    ground = min(x.y + _reach(x)[0] * x.size for x in b[:_ASKED]) - _AIR
    edge = _EDGE * stage.film.down
    flights = _flights(stage, a)
    middle = 0.5 * (min(x.y for x in a) + max(x.y for x in a))
    k = 1.0
    for _ in range(4):
        top, foot = min(f.top for f in flights), max(f.foot for f in flights)
        if foot - top <= ground - edge or k <= _LEAST:
            break
        k = max(_LEAST, k * (ground - edge) / (foot - top))
        flights = [
            f.at(middle + k * (x.y - middle), k * x.size) for f, x in zip(flights, a, strict=True)
        ]
    top, foot = min(f.top for f in flights), max(f.foot for f in flights)
    lift = min(max(0.0, foot - ground), max(0.0, top - edge))
    return [
        replace(f.actor, y=f.actor.y - lift, manner=_manner(stage, f.actor.size)) for f in flights
    ]


def _manner(stage: Stage, size: float) -> Manner:
    return manner(stage.scene, stage.ground.palette, stage.film.side, size)


def _flights(stage: Stage, a: Sequence[Actor]) -> list[_Flight]:
    count = max(12, min(int(6 * stage.film.seconds) + 12, _WATCHED // len(a)))
    above, below = _reach(a[0])
    found: list[_Flight] = []
    for x in a:
        y = [pose(x, stage, i / count).y - x.y for i in range(count)]
        found.append(_Flight(x, min(y), max(y), above, below))
    return found


def _reach(actor: Actor) -> tuple[float, float]:
    """The least and greatest y of a figure over its cycle, in its own heights."""
    low, high = 0.0, -1e9
    for i in range(_BEATS):
        drawing = Drawing("reach", actor.manner)
        actor.figure(drawing, Moment(i / _BEATS, 1.0))
        for mark in drawing.marks:
            match mark:
                case Form() | Stroke():
                    found = [mark.points]
                case Union() | Multi():
                    found = mark.polygons
                case _:
                    continue
            for points in found:
                low = min(low, float(points[:, 1].min()))
                high = max(high, float(points[:, 1].max()))
    return low, max(high, 0.0)
