"""Caterpillar, worm and centipede: rings in a row. A hump runs along them, and each ring goes on when it has passed."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.stepping import goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Crawler:
    """rings: how many; radius: of the middle ones; apart: from one to the next; hump: how high they are lifted.

    legs: length of theirs, 0: none. bare: a smooth body without rings of its own. stride: half of what it advances
    in a cycle, times its share of standing.
    """

    rings: int
    radius: float
    apart: float
    hump: float
    legs: float
    bare: bool
    stride: float

    @property
    def nose(self) -> float:
        """x of the head."""
        return self.apart * (self.rings - 1) / 2


CATERPILLAR = Crawler(8, 0.17, 0.2, 0.2, 0.07, False, 0.08)
CENTIPEDE = replace(
    CATERPILLAR, rings=13, radius=0.09, apart=0.14, hump=0.04, legs=0.17, stride=0.06
)
WORM = replace(CATERPILLAR, rings=10, radius=0.11, apart=0.15, hump=0.24, legs=0.0, bare=True)


def build(row: Crawler, stream: Stream, paint: Paint, form: str) -> Figure:
    """One of them; bristles and phase by lot."""
    bristles = row.legs > 0 and stream.chance(0.6)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        rings = _rings(row, moment, phase)
        for k in range(row.rings if row.legs else 0):
            _legs(drawing, paint, row, moment, rings[k], k)
        if row.bare:
            _body(drawing, paint, row, moment, rings)
        else:
            _segments(drawing, paint, row, moment, rings, bristles)
        _head(drawing, paint, row, moment, rings[-1])

    return figure


def _rings(row: Crawler, moment: Moment, phase: float) -> Array:
    """The middle of every ring from the last to the head, (rings, 2). At rest the head is raised and sways."""
    out: list[tuple[float, float]] = []
    steady = 0.0 if moment.gesture == "hold" else 1.0
    for k in range(row.rings):
        x = row.apart * k - row.nose
        lag = 0.6 * (row.rings - 1 - k) / row.rings
        dx, dy = tread(moment, -0.6 + lag, row.stride, row.hump)
        y = -row.radius - row.legs * 0.6
        if not goes(moment):
            wave = steady * sin(TAU * (moment.turn(0.5) + phase - 0.13 * k))
            y -= (0.6 if row.bare else 0.16) * row.hump * (1 + wave) * min(1.0, 0.3 * k)
        front = max(0.0, (k - row.rings + 3.5) / 3)
        lift = (0.2 + 0.05 * steady * moment.cycle(0.5, phase)) * front * front
        out.append((x + dx - 0.04 * front, y + dy - lift))
    return np.array(out)


def _legs(
    drawing: Drawing, paint: Paint, row: Crawler, moment: Moment, ring: Array, k: int
) -> None:
    """A pair of short legs below a ring; the head has none."""
    if k >= row.rings - 1:
        return
    for side in (0.05, -0.02):
        dx, dy = tread(moment, 0.13 * k + 3 * side, 0.5 * row.stride, 0.04)
        root = ring + points(side, row.radius * 0.7)
        foot = ring + points(side + 0.6 * dx, row.radius + row.legs + min(dy, 0.0))
        leg = Tube([root, foot], [0.026, 0.015], 6)
        drawing.form(leg.outline(), paint.dark if side < 0 else paint.shadow, line=0.6, shade=0.2)


def _segments(
    drawing: Drawing, paint: Paint, row: Crawler, moment: Moment, rings: Array, bristles: bool
) -> None:
    """The rings one after the other, the last one first, in two colours."""
    for k, (x, y) in enumerate(rings[:-1].tolist()):
        share = k / (row.rings - 1)
        radius = row.radius * (0.72 + 0.28 * min(1.0, 3 * share))
        squash = 1 + 0.06 * sin(TAU * (moment.turn(1.0) - 0.1 * k))
        if bristles:
            for j in (-1, 0, 1):
                tip = (x + 0.09 * j - 0.03, y - radius - 0.1)
                drawing.stroke(bezier((x, y), (x + 0.04 * j, y - radius), tip, 6), 0.7, paint.ink)
        ball = circle(x, y, radius, radius * squash, 20)
        colour = paint.colour if k % 2 else paint.second
        fill = paint.fill if paint.fill != "outlined" else "plain"
        drawing.form(ball, colour, fill=fill, colour2=paint.pattern, line=0.95, shade=0.8)
        if row.radius > 0.12:
            drawing.dot(x, y - 0.02, 0.036, paint.accent)


def _body(drawing: Drawing, paint: Paint, row: Crawler, moment: Moment, rings: Array) -> None:
    """A smooth body with a belt and lines across it."""
    radii = [0.03, 0.8 * row.radius, row.radius, row.radius, row.radius, 0.9 * row.radius, 0.05]
    tube = Tube(rings, radii, 60)
    drawing.form(
        tube.outline(), paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern, shade=0.8
    )
    belt = np.concatenate(
        [tube.at(np.linspace(0.66, 0.78, 5), 1.04), tube.at(np.linspace(0.78, 0.66, 5), -1.04)]
    )
    drawing.form(smooth(belt, True, 2), paint.second, line=0.8, shade=0.5)
    for k in range(14):
        u, v = 0.06 + 0.065 * k, np.linspace(-0.8, 0.8, 4)
        drawing.stroke(tube.at(u + 0.006 * (1 - v * v), v), 0.5, paint.ink, wobble=0.2)


def _head(drawing: Drawing, paint: Paint, row: Crawler, moment: Moment, head: Array) -> None:
    """A face with feelers; a worm only has an end, and an eye nobody gave it."""
    x, y = head.tolist()
    if row.bare:
        eye(drawing, paint, moment, x - 0.01, y - 0.02, 0.028, paint.colour, 0.2)
        return
    radius = row.radius * 1.12
    for side in (-1, 1):
        sway = 0.02 * moment.cycle(0.5, 0.2 * side)
        tip = (x + 0.03 + 0.09 * side + sway, y - radius - 0.16)
        feeler = bezier(
            (x + 0.04 * side, y - 0.8 * radius), (x + 0.05 * side, y - radius - 0.1), tip
        )
        drawing.stroke(feeler, 1.2, paint.ink, wobble=0.2)
        drawing.dot(tip[0], tip[1], 0.028, paint.accent)
    drawing.form(circle(x, y, radius, count=22), paint.accent, line=1.0, shade=0.6)
    eye(
        drawing,
        paint,
        moment,
        x + 0.35 * radius,
        y - 0.2 * radius,
        0.28 * radius,
        paint.accent,
        0.2,
    )
    smile = smooth(
        points(
            (x + 0.75 * radius, y + 0.3 * radius),
            (x + 0.5 * radius, y + 0.5 * radius),
            (x + 0.1 * radius, y + 0.35 * radius),
        )
    )
    drawing.stroke(smile, 1.0, paint.ink, wobble=0.2)


def _register(name: str, row: Crawler, at: tuple[float, float], **own: Any) -> None:
    reach = 0.05 if row.bare else row.radius
    high, rest = row.radius + 0.6 * row.legs, (0.6 if row.bare else 0.16) * row.hump
    register(
        Kind(
            name,
            partial(build, row),
            at=at,
            home="garden",
            top=(-0.1, -2 * high),
            shadow=0.6,
            gait=travel(row.stride),
            motion="walk",
            holds={"stand": (row.nose - 0.033 + reach, -high - 0.139 - rest)},
            grip=(0.0, -high),
            **own,
        )
    )


_register("caterpillar", CATERPILLAR, (1.73, 0.87), height=0.3, width=1.7, hue="green", metres=0.03)
_register("worm", WORM, (1.67, 0.87), height=0.3, width=1.6, hue="pink", metres=0.04)
_register("centipede", CENTIPEDE, (1.79, 0.87), height=0.3, width=1.9, hue="brown", metres=0.04)
