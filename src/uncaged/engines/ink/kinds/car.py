"""A car: one body with a glass house, four wheels that roll, somebody at the wheel while it drives.

How it is built: each form is an outline and a few windows; a taxi, a police car and an ambulance are a
saloon or a van with a sign on the roof. Knows no road.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

RADIUS = 0.225
GAIT = TAU * RADIUS / 5 * 3
"""Three fifths of a turn of the wheels, so that the five holes of a wheel come to stand where others stood."""

Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Body:
    """outline: from the rear bumper over the roof to the front one. windows: quadrangles, front one last. wheels: x.

    seat: where the driver's head is. lamp: the headlight. door: x of its rear and front edge. round: it has no corners.
    """

    outline: Pairs
    windows: Sequence[Pairs]
    wheels: tuple[float, float]
    seat: tuple[float, float]
    lamp: tuple[float, float]
    door: tuple[float, float]
    waist: float
    sign: str = ""


_SALOON = Body(
    (
        (-1.3, -0.22), (-1.34, -0.42), (-1.27, -0.6), (-0.92, -0.64), (-0.66, -0.93), (-0.4, -1.0),
        (0.12, -1.0), (0.36, -0.94), (0.68, -0.63), (1.12, -0.56), (1.33, -0.44), (1.36, -0.22),
    ),
    (
        ((-0.8, -0.64), (-0.6, -0.88), (-0.2, -0.91), (-0.2, -0.63)),
        ((-0.12, -0.63), (-0.12, -0.91), (0.25, -0.89), (0.52, -0.62)),
    ),
    (-0.82, 0.82), (0.14, -0.7), (1.26, -0.42), (-0.16, 0.48), -0.56,
)  # fmt: skip
_BEETLE = Body(
    (
        (-1.18, -0.2), (-1.22, -0.38), (-1.06, -0.64), (-0.78, -0.84), (-0.44, -0.98), (-0.1, -1.01),
        (0.22, -0.93), (0.5, -0.66), (0.78, -0.62), (1.04, -0.52), (1.2, -0.34), (1.2, -0.2),
    ),
    (
        ((-0.72, -0.62), (-0.62, -0.8), (-0.3, -0.9), (-0.24, -0.62)),
        ((-0.14, -0.62), (-0.16, -0.91), (0.12, -0.87), (0.38, -0.62)),
    ),
    (-0.76, 0.74), (0.06, -0.7), (1.08, -0.4), (-0.18, 0.4), -0.54,
)  # fmt: skip
_VAN = Body(
    (
        (-1.26, -0.2), (-1.28, -0.6), (-1.26, -0.96), (-1.16, -1.01), (-0.2, -1.02), (0.62, -1.0),
        (0.86, -0.9), (1.08, -0.6), (1.24, -0.5), (1.32, -0.36), (1.32, -0.2),
    ),
    (
        ((-1.06, -0.6), (-1.06, -0.86), (-0.4, -0.87), (-0.4, -0.6)),
        ((0.34, -0.58), (0.34, -0.88), (0.72, -0.87), (0.94, -0.58)),
    ),
    (-0.8, 0.82), (0.62, -0.68), (1.22, -0.4), (0.28, 0.92), -0.5,
)  # fmt: skip
_OPEN = Body(
    (
        (-1.3, -0.2), (-1.36, -0.4), (-1.22, -0.56), (-0.72, -0.56), (-0.58, -0.62), (-0.5, -0.5),
        (-0.1, -0.48), (0.2, -0.52), (0.3, -0.58), (0.9, -0.56), (1.32, -0.42), (1.38, -0.2),
    ),
    (((0.22, -0.56), (0.02, -0.86), (0.07, -0.87), (0.29, -0.56)),),
    (-0.84, 0.88), (-0.26, -0.78), (1.26, -0.38), (-0.44, 0.2), -0.46,
)  # fmt: skip

FORMS: Mapping[str, Body] = {
    "saloon": _SALOON,
    "beetle": _BEETLE,
    "taxi": replace(_SALOON, sign="taxi"),
    "police": replace(_SALOON, sign="police"),
    "van": _VAN,
    "open": _OPEN,
    "ambulance": replace(_VAN, sign="ambulance"),
}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A car; `form` is one of `FORMS`, or "" for one by lot (with a roof, and nobody's duty)."""
    if form not in FORMS:
        form = stream.pick(("saloon", "saloon", "beetle", "beetle", "van"))
    body = FORMS[form]
    low = stream.uniform(0.94, 1.02)  # how far the roof is squeezed
    outline = smooth([(x, y if y > -0.64 else -0.64 + (y + 0.64) * low) for x, y in body.outline])
    outline = np.concatenate([outline, points((1.2, -0.14), (-1.16, -0.14))])
    clouds = puffs(stream.sub("exhaust"), 3)
    cap = stream.chance(0.3)
    rear, front = (Wheel(x, RADIUS) for x in body.wheels)

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, GAIT), shaken(m)
        exhaust = (body.outline[0][0] - 0.04, -0.16)
        smoke(d, paint.pale, clouds, m.turn(1.0), exhaust, (-0.55, -0.2), (0.03, 0.13), alpha=150)
        if body is _OPEN:
            _driver(d, paint, body, shift, m, cap)
        _sign(d, paint, body, shift, m)
        d.form(outline + shift, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
        for k, window in enumerate(body.windows):
            form = points(*window) + shift
            d.form(form, pane(paint), line=0.8, shade=0.25, key=f"window{k}")
            if k == len(body.windows) - 1 and body is not _OPEN:
                d.clip(form)
                _driver(d, paint, body, shift, m, cap)
                d.unclip()
        _livery(d, paint, body, shift)
        _doors(d, paint, body, shift)
        for k, wheel in enumerate((rear, front)):
            arch = circle(wheel.x, -RADIUS - 0.02, RADIUS * 1.24, count=24)
            d.clip(outline + shift)
            d.flat(arch, paint.dark_shadow)
            d.unclip()
            disc_wheel(d, paint, wheel, way, str(k))
        lamp(d, paint, body.lamp[0], body.lamp[1] + float(shift[1]), 0.075)

    return figure


def _driver(d: Drawing, paint: Paint, body: Body, shift: Array, m: Moment, cap: bool) -> None:
    """Somebody drives; in an open car with a scarf in the wind."""
    x, y = points(*body.seat) + shift * 1.6
    if body is _OPEN:
        trunk = [(x - 0.16, -0.4), (x - 0.12, y + 0.16), (x + 0.06, y + 0.13), (x + 0.14, -0.4)]
        d.form(smooth(trunk, True, 4), paint.second, line=0.8, shade=0.6, key="driver")
        blown = [
            (x - 0.02 - 0.17 * k, y + 0.14 - 0.03 * k + 0.035 * k * m.cycle(2.0, 0.22 * k))
            for k in range(4)
        ]
        d.stroke(smooth(blown), 4.0, paint.accent, taper=(0.02, 0.3), wobble=0.3, key="scarf")
    elif not paint.night and m.act == "still":
        return
    head(d, paint, float(x), float(y), 0.11, "", cap)


def _doors(d: Drawing, paint: Paint, body: Body, shift: Array) -> None:
    """The lines of a door, its handle, the bumper."""
    a, b = body.door
    down = smooth([(a, body.waist + 0.02), (a - 0.02, -0.34), (a + 0.04, -0.18)])
    d.stroke(down + shift, 0.7, wobble=0.3)
    other = smooth([(b, body.waist + 0.02), (b + 0.02, -0.36), (b - 0.08, -0.18)])
    d.stroke(other + shift, 0.7, wobble=0.3)
    handle = points((a + 0.05, body.waist + 0.09), (a + 0.17, body.waist + 0.085)) + shift
    d.stroke(handle, 1.6, paint.dark, wobble=0.2)
    sill = points((body.outline[0][0] - 0.03, -0.2), (body.outline[-1][0] + 0.03, -0.2)) + shift
    d.stroke(sill, 2.4, paint.pale, taper=(0.02, 0.02), wobble=0.2, key="bumper")


def _livery(d: Drawing, paint: Paint, body: Body, shift: Array) -> None:
    """What is painted on its side: the chequers of a taxi, a police car's white door, a cross."""
    b = body.door[1]
    if body.sign == "taxi":
        squares = [
            points((0, 0), (0.1, 0), (0.1, 0.055), (0, 0.055))
            + points(-1.2 + 0.2 * k + 0.1 * row, -0.5 + 0.055 * row)
            + shift
            for k in range(12)
            for row in (0, 1)
        ]
        d.multi(squares, paint.dark, line=0, key="chequers")
    elif body.sign == "police":
        side = points((-0.76, -0.58), (b, -0.58), (b - 0.05, -0.2), (-0.6, -0.2)) + shift
        d.form(side, paint.white, line=0.5, shade=0.5, key="white")
        d.form(_star(0.08, -0.38, 0.1) + shift, paint.accent, line=0.5, shade=0, key="badge")
    elif body.sign == "ambulance":
        for w, h in ((0.19, 0.065), (0.065, 0.19)):
            x, y = -0.06, -0.72
            arm = points((x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)) + shift
            d.form(arm, paint.accent, line=0, shade=0.2)


def _star(x: float, y: float, r: float) -> Array:
    angles = np.arange(10) * (PI / 5) - PI / 2
    radii = np.where(np.arange(10) % 2 == 1, 0.45 * r, r)
    return np.stack([x + cos(angles) * radii, y + sin(angles) * radii], 1)


def _sign(d: Drawing, paint: Paint, body: Body, shift: Array, m: Moment) -> None:
    """What makes a taxi, a police car, an ambulance: something on the roof, and its light."""
    if not body.sign:
        return
    x, y = (0.3, -1.02) if body.sign == "ambulance" else (-0.14, -0.97)
    w, h = (0.3, 0.17) if body.sign == "taxi" else (0.2, 0.12)
    board = points((x - w, y), (x - w * 0.9, y - h), (x + w * 0.9, y - h), (x + w, y)) + shift
    if body.sign == "taxi":
        tone = paint.glow if paint.night else paint.white
        d.form(board, tone, line=0.8, shade=0.2, key="sign")
        return
    on = m.cycle(1.0) > 0
    for side, lit in ((-1, on), (1, not on)):
        tone = paint.accent if side < 0 else paint.second
        if lit:
            d.flat(circle(x + 0.1 * side, y - 0.08, 0.3, count=20), tone, 90)
        half = points((x, y), (x, y - h), (x + side * w * 0.9, y - h), (x + side * w, y)) + shift
        d.form(half, tone if lit else paint.dark, line=0.7, shade=0.1, key=f"sign{side}")


register(
    Kind(
        "car",
        build,
        at=(0.02, 1.14),
        height=0.24,
        home="street",
        width=2.75,
        top=(-0.1, -0.98),
        shadow=1.25,
        gait=GAIT,
        motion="walk",
        forms=tuple(FORMS),
        metres=1.5,
        grip=(-1.3, -0.4),
        lights=True,
    )
)
