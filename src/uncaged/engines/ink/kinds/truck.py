"""A truck: a cab that leans forward and what it carries: a box, planks, sand in a tipper, ladders and a hose.

How it is built: cab and load are forms of their own on one dark frame; each load is a function. Knows no road.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import (
    Wheel,
    come,
    disc_wheel,
    head,
    lamp,
    pane,
    puffs,
    shaken,
    smoke,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

RADIUS = 0.16
GAIT = TAU * RADIUS * 0.8
_WHEELS = (Wheel(-0.78, RADIUS), Wheel(-0.43, RADIUS), Wheel(0.66, RADIUS))

Lots: TypeAlias = list[float]
"""How far each of four logs lies out of line."""
Load: TypeAlias = Callable[[Drawing, Paint, Lots, Array, Moment], None]


def _box(d: Drawing, paint: Paint, lots: Lots, shift: Array, m: Moment) -> None:
    """A box with a band, its doors behind."""
    side = points((-1.12, -0.27), (-1.13, -0.99), (0.28, -1.0), (0.28, -0.27)) + shift
    d.form(side, paint.second, fill=paint.fill, colour2=paint.pattern, key="load")
    band = points((-1.12, -0.5), (0.28, -0.5), (0.28, -0.41), (-1.12, -0.41)) + shift
    d.form(band, paint.accent, line=0.4, shade=0.3, key="band")
    d.form(circle(-0.42, -0.72, 0.15, 0.13) + shift, paint.pale, line=0.6, shade=0.3, key="mark")
    for x in (-1.04, 0.2):
        d.stroke(points((x, -0.95), (x, -0.3)) + shift, 0.6, wobble=0.3)


def _tipper(d: Drawing, paint: Paint, lots: Lots, shift: Array, m: Moment) -> None:
    """A trough heaped with sand."""
    heap = smooth(
        [(-1.0, -0.62), (-0.74, -0.78), (-0.5, -0.92), (-0.28, -0.86), (0.0, -0.74), (0.2, -0.62)]
    )
    d.form(heap + shift * 1.5, paint.pale, line=0.8, shade=1.2, key="heap")
    trough = points(
        (-1.16, -0.66), (0.3, -0.66), (0.3, -0.5), (0.14, -0.27), (-0.94, -0.27), (-1.2, -0.58)
    )
    d.form(trough + shift, paint.second, fill=paint.fill, colour2=paint.pattern, key="load")
    for x in (-0.8, -0.5, -0.2, 0.1):
        d.stroke(points((x, -0.63), (x, -0.3)) + shift, 1.0, paint.dark, wobble=0.3)


def _logs(d: Drawing, paint: Paint, lots: Lots, shift: Array, m: Moment) -> None:
    """Tree trunks between stakes."""
    for row in range(4):
        y = -0.34 - 0.13 * row
        a, b = -1.24 + lots[row], 0.26 - 0.04 * row
        log = points((a, y + 0.065), (a, y - 0.065), (b, y - 0.06), (b, y + 0.065)) + shift
        d.form(log, paint.trunk, line=0.8, shade=0.9, key=f"log{row}")
        d.form(circle(a, y, 0.04, 0.066, 14) + shift, paint.pale, line=0.6, shade=0.2)
        d.stroke(points((a + 0.3, y - 0.02), (a + 0.7, y - 0.015)) + shift, 0.5, wobble=0.4)
    for x in (-0.9, -0.1):
        stake = points((x, -0.27), (x, -0.84)) + shift
        d.stroke(stake, 2.4, paint.accent, taper=(0.02, 0.02), wobble=0.2)


def _fire(d: Drawing, paint: Paint, lots: Lots, shift: Array, m: Moment) -> None:
    """A fire engine: lockers, a ladder on the roof, a hose on its reel, a light that turns."""
    side = points((-1.16, -0.27), (-1.16, -0.74), (0.3, -0.76), (0.3, -0.27)) + shift
    d.form(side, paint.colour, fill=paint.fill, colour2=paint.pattern, key="load")
    for x in (-1.06, -0.64):
        locker = points((x, -0.36), (x, -0.66), (x + 0.36, -0.66), (x + 0.36, -0.36)) + shift
        d.form(locker, paint.pale, line=0.6, shade=0.4)
        for k in range(3):
            y = -0.43 - 0.075 * k
            d.stroke(points((x + 0.03, y), (x + 0.33, y)) + shift, 0.5, wobble=0.2)
    for r in (0.15, 0.09, 0.04):
        d.form(circle(0.02, -0.52, r, count=20) + shift, paint.accent, line=0.6, shade=0.2)
    tilt = -0.05
    rails = [points((-1.3, -0.8 + k), (0.55, -0.8 + k + tilt)) + shift for k in (0.0, -0.11)]
    for rail in rails:
        d.stroke(rail, 1.7, paint.dark, taper=(0.02, 0.02), wobble=0.2)
    rungs = [
        points((x, -0.8), (x + 0.03, -0.8), (x + 0.03, -0.92), (x, -0.92)) + shift
        for x in np.linspace(-1.24, 0.48, 11).tolist()
    ]
    d.multi(rungs, paint.dark, line=0, key="rungs")


FORMS: Mapping[str, Load] = {"box": _box, "tipper": _tipper, "logs": _logs, "fire": _fire}

_CAB = smooth(
    [
        (0.3, -0.2), (0.3, -0.86), (0.36, -0.93), (0.74, -0.93), (0.84, -0.88), (0.92, -0.6),
        (1.02, -0.5), (1.06, -0.2),
    ]
)  # fmt: skip
_WINDOW = points((0.48, -0.55), (0.48, -0.84), (0.76, -0.84), (0.85, -0.55))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A truck; `form` is one of `FORMS`, or "" for one by lot (no fire engine)."""
    if form not in FORMS:
        form = stream.pick(("box", "tipper", "logs"))
    load = FORMS[form]
    clouds = puffs(stream.sub("exhaust"), 3)
    lots = stream.sub("load").array(4, -0.1, 0.06).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, GAIT), shaken(m, 0.007)
        smoke(d, paint.pale, clouds, m.turn(1.0), (0.24, -0.96), (-0.5, -0.3), (0.03, 0.12))
        frame = points((-1.14, -0.29), (1.02, -0.29), (1.04, -0.17), (-1.12, -0.19)) + shift
        d.form(frame, paint.dark, line=0.8, shade=0.3, key="frame")
        load(d, paint, lots, shift * 0.8, m)
        d.form(_CAB + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="cab")
        d.form(_WINDOW + shift, pane(paint), line=0.8, shade=0.2, key="window")
        d.clip(_WINDOW + shift)
        d.flat(circle(0.58, -0.52, 0.13, 0.12, 16) + shift * 1.5, paint.second)
        x, y = points(0.6, -0.69) + shift * 1.6
        head(d, paint, float(x), float(y), 0.085, "", True)
        d.unclip()
        for stroke in (((0.44, -0.5), (0.44, -0.24)), ((0.8, -0.48), (0.82, -0.36))):
            d.stroke(points(*stroke) + shift, 0.6, wobble=0.3)
        grille = points((0.96, -0.44), (1.03, -0.42), (1.05, -0.24), (0.98, -0.24)) + shift
        d.form(grille, paint.pale, line=0.6, shade=0.4, key="grille")
        pipe = points((0.24, -0.3), (0.24, -0.95)) + shift
        d.stroke(pipe, 2.2, paint.dark, taper=(0.02, 0.02), wobble=0.2)
        if form == "fire":
            on = m.cycle(1.0) > 0
            d.flat(circle(0.58, -0.99, 0.22, count=18), paint.accent, 90 if on else 30)
            tone = paint.accent if on else paint.pale
            d.form(
                circle(0.58, -0.96, 0.06, 0.065, 14) + shift, tone, line=0.7, shade=0, key="siren"
            )
        for k, wheel in enumerate(_WHEELS):
            disc_wheel(d, paint, wheel, way, str(k))
        lamp(d, paint, 1.03, -0.32 + float(shift[1]), 0.05, 0.7)

    return figure


register(
    Kind(
        "truck",
        build,
        at=(0.14, 1.14),
        height=0.31,
        home="street",
        width=2.3,
        top=(-0.4, -0.9),
        shadow=1.05,
        gait=GAIT,
        motion="walk",
        forms=tuple(FORMS),
        metres=3.2,
        grip=(-1.1, -0.3),
    )
)
