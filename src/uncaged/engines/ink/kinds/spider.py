"""A spider: two balls, eight eyes, eight legs. It hangs on its thread, sits in its web, or walks by fours."""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import joined
from uncaged.engines.ink.kinds.stepping import goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("thread", "web")
STRIDE = 0.1
SPOKES, RINGS = 11, 5


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A spider in the air, head down: on a thread, or (form web) in the middle of its web."""
    web = form == "web"
    spokes = [TAU * k / SPOKES + stream.uniform(-0.12, 0.12) for k in range(SPOKES)]
    reach = [stream.uniform(0.85, 1.1) for _ in range(SPOKES)]
    size = 0.42 if web else 1.0
    cross = stream.chance(0.6)

    def figure(drawing: Drawing, moment: Moment) -> None:
        swing = 0.03 * moment.cycle(0.5)
        drop = 0.05 * moment.cycle(0.25) if not web else 0.0
        at = points(swing * (0.3 if web else 1.0), drop + (0.0 if web else 0.08))
        if web:
            _web(drawing, paint, moment, spokes, reach)
        else:
            thread = points((0.0, -4.0), (swing * 0.4, -1.2), (float(at[0]), float(at[1]) - 0.3))
            drawing.line(thread, 0.012, paint.ink)
        for side in (-1, 1):
            for k in range(4):
                _hanging_leg(drawing, paint, moment, at, size, side, k)
        body = circle(0.0, -0.14 * size, 0.2 * size, 0.24 * size, 24) + at
        joined(drawing, paint, [body], paint.colour, body=body)
        _mark(drawing, paint, at + points(0.0, -0.15) * size, size, cross)
        drawing.form(circle(0.0, 0.16 * size, 0.13 * size, count=18) + at, paint.second, shade=0.6)
        for x, y, r in ((-0.055, 0.2, 0.05), (0.055, 0.2, 0.05)):
            ex, ey = (at + points(x, y) * size).tolist()
            eye(drawing, paint, moment, ex, ey, r * size, paint.second, 0.0)
        for k in range(4):
            x, y = (at + points(-0.075 + 0.05 * k, 0.125) * size).tolist()
            drawing.dot(x, y, 0.014 * size, paint.white)

    return figure


def walking(stream: Stream, paint: Paint, form: str) -> Figure:
    """A spider on the ground, from the side."""
    cross = stream.chance(0.6)

    def figure(drawing: Drawing, moment: Moment) -> None:
        bob = 0.012 * moment.cycle(2.0 if goes(moment) else 0.5)
        flat = 0.14 if moment.posture in ("sit", "lie", "sleep") and not goes(moment) else 0.0
        at = points(0.0, -0.46 + bob + flat)
        for k in (0, 1, 2, 3):
            _walking_leg(drawing, paint, moment, at, k, far=True)
        body = circle(-0.26, -0.06, 0.3, 0.25, 26, -0.2) + at
        joined(drawing, paint, [body], paint.colour, body=body)
        _mark(drawing, paint, at + points(-0.3, -0.08), 1.1, cross)
        drawing.form(circle(0.14, 0.02, 0.18, 0.15, 20) + at, paint.second, shade=0.6)
        x, y = (at + points(0.22, -0.03)).tolist()
        for dx, dy, r in ((0.0, 0.0, 0.05), (0.07, 0.015, 0.036)):
            eye(drawing, paint, moment, x + dx, y + dy, r, paint.second, 0.2)
        for k in (0, 3, 1, 2):
            _walking_leg(drawing, paint, moment, at, k, far=False)

    return figure


def _mark(drawing: Drawing, paint: Paint, at: Array, size: float, cross: bool) -> None:
    """A cross of dots, or two bands."""
    if paint.fill not in ("plain", "outlined"):
        return
    spots = (
        ((0, -0.08), (0, 0), (0, 0.08), (-0.07, 0), (0.07, 0))
        if cross
        else ((-0.06, -0.05), (0.06, -0.05), (-0.05, 0.06), (0.05, 0.06))
    )
    for x, y in spots:
        drawing.dot(float(at[0]) + x * size, float(at[1]) + y * size, 0.026 * size, paint.accent)


def _hanging_leg(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, size: float, side: int, k: int
) -> None:
    """A leg that feels about in the air; the upper ones bend up, the lower ones down."""
    feel = 0.05 * moment.cycle(0.5, 0.12 * k + 0.25 * side)
    knees = ((0.32, -0.28), (0.42, -0.1), (0.42, 0.16), (0.3, 0.32))
    feet = ((0.4, -0.52), (0.62, -0.12), (0.6, 0.34), (0.36, 0.58))
    hip = at + points(side * 0.09, 0.1 + 0.03 * (k - 1.5)) * size
    knee = at + points(side * knees[k][0], knees[k][1] + 0.4 * feel) * size
    foot = at + points(side * (feet[k][0] + feel), feet[k][1] + feel) * size
    leg = Tube([hip, knee, foot], [0.035 * size, 0.032 * size, 0.02 * size, 0.012 * size], 16)
    drawing.form(leg.outline(), paint.dark, line=0.7, shade=0.2)


def _walking_leg(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, k: int, *, far: bool
) -> None:
    """A high bent leg; fore to hind, by fours."""
    dx, dy = tread(moment, 0.5 * ((k + far) % 2) + 0.06 * k, STRIDE, 0.1)
    rest = (0.74, 0.4, -0.36, -0.76)[k] + 0.1 * far
    hip = at + points(0.16 - 0.08 * k, 0.05)
    foot = points(rest + dx, dy)
    way = foot - hip
    long = float(np.sqrt(way[0] * way[0] + way[1] * way[1]))
    bone = 0.36 + 0.3 * abs(rest)
    knee, foot = two_bones(
        hip, foot, max(bone, 0.52 * long), max(bone, 0.52 * long), -1.0 if k < 2 else 1.0
    )
    leg = Tube(np.stack([hip, knee, foot]), [0.04, 0.034, 0.024, 0.012], 16)
    drawing.form(leg.outline(), paint.shadow if far else paint.dark, line=0.8, shade=0.2)


def _web(
    drawing: Drawing, paint: Paint, moment: Moment, spokes: list[float], reach: list[float]
) -> None:
    """Spokes, and rings that sag between them; the whole gives in the wind."""
    give = 0.012 * moment.sway * moment.cycle(0.5)
    ends = [
        points(cos(a), sin(a)) * (0.66 * r) + points(give, 0.0)
        for a, r in zip(spokes, reach, strict=True)
    ]
    for end in ends:
        drawing.line(np.stack([points(0.0, 0.0), end]), 0.01, paint.ink, 170)
    for ring in range(1, RINGS + 1):
        share = (ring + 0.4) / (RINGS + 0.8)
        line: list[Array] = []
        for k in range(SPOKES + 1):
            here, after = ends[k % SPOKES], ends[(k + 1) % SPOKES]
            line.append(here * share)
            if k < SPOKES:
                line.append((here + after) * (0.5 * share * 0.93))
        drawing.line(np.stack(line), 0.008, paint.ink, 150)


register(
    Kind(
        "spider",
        build,
        at=(1.85, 0.87),
        height=0.36,
        domain="air",
        home="garden",
        width=1.3,
        top=(0.0, -0.3),
        instead=dict.fromkeys(
            ("walk", "run", "hop", "crawl", "dance", "enter", "leave"), "spider-walking"
        ),
        perched="spider-walking",
        forms=FORMS,
        hue="black",
        metres=0.03,
        grip=(0.0, 0.0),
        faces=False,
    )
)
register(
    Kind(
        "spider-walking",
        walking,
        at=(1.91, 0.87),
        height=0.34,
        home="garden",
        width=1.4,
        top=(-0.25, -0.75),
        shadow=0.5,
        gait=travel(STRIDE),
        motion="walk",
        hidden=True,
        forms=FORMS,
        hue="black",
        metres=0.03,
        postures=("sit", "sleep"),
        grip=(-0.1, -0.5),
        holds={"stand": (0.31, -0.42)},
    )
)
