"""A snowman: three balls, a hat, a carrot, a scarf in the wind, arms of twigs. Knows no spring.

How it is built: balls from below, then what children put on them; the hat tips when it breathes.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import Tube, blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

HAND = (0.36, -0.66)
"""Where it holds what it holds: the twigs of its near hand."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A snowman; it has no forms."""
    balls = [
        blob(stream.sub(k), 0, y, r, r * 0.94, 9, 0.035, 5)
        for k, (y, r) in enumerate(((-0.24, 0.27), (-0.56, 0.2), (-0.8, 0.135)))
    ]
    pail = stream.chance(0.35)
    buttons = stream.integer(2, 4)
    carrot = mix(under(HUES["orange"], paint.palette), paint.palette.a, 0.2)

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.02 * m.cycle(0.5)
        wave = 0.12 * m.cycle(1.0) if m.gesture in ("wave", "cheer") else 0.03 * m.cycle(0.5)
        _arm(d, paint, -1, wave + (0.3 if m.gesture == "cheer" else 0.0))
        for k in (0, 1):
            d.form(
                balls[k],
                paint.colour,
                fill=paint.fill,
                colour2=paint.pattern,
                shade=0.8,
                key=f"ball{k}",
            )
        if m.gesture == "hold":
            d.stroke(
                points((0.14, -0.6), (0.25, -0.6), HAND),
                2.6,
                paint.trunk,
                taper=(0.02, 0.1),
                wobble=0.2,
                key="near",
            )
        else:
            _arm(d, paint, 1, wave + (0.3 if m.gesture in ("wave", "cheer") else 0.0))
        for k in range(buttons):
            d.form(
                circle(0.03, -0.66 + 0.1 * k, 0.02, count=10),
                paint.dark,
                line=0.6,
                shade=0.1,
                key=f"button{k}",
            )
        d.form(
            turned(balls[2] - points(0, -0.66), lean, 0, -0.66),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.8,
            key="head",
        )
        _face(d, paint, carrot, lean, m)
        _scarf(d, paint, m)
        _hat(d, paint, pail, lean)

    return figure


def _arm(d: Drawing, paint: Paint, side: int, lift: float) -> None:
    shoulder = points(0.14 * side, -0.6)
    out = [points(0, 0), points(0.14 * side, -0.06), points(0.27 * side, -0.09)]
    twigs = [
        (points(0.2 * side, -0.075), points(0.26 * side, -0.15)),
        (points(0.22 * side, -0.08), points(0.3 * side, -0.05)),
    ]
    for line in (np.stack(out), *(np.stack(t) for t in twigs)):
        d.stroke(
            turned(line, -lift * side, *shoulder), 2.2, paint.trunk, taper=(0.02, 0.2), wobble=0.3
        )


def _face(d: Drawing, paint: Paint, carrot: Colour, lean: float, m: Moment) -> None:
    """Coals for eyes, a carrot, a mouth of pebbles that says how it is."""
    shut = (m.turn(0.5) + 0.2) % 1 < 0.06 or m.stir < -0.6 or m.posture == "sleep"
    for x in (-0.02, 0.075):
        at = turned(points(x, -0.17), lean, 0, -0.66)
        d.form(
            circle(
                float(at[0]),
                float(at[1]),
                0.019,
                0.004 if shut else 0.019 * (1.0 + 0.4 * max(0.0, m.stir)),
                10,
            ),
            paint.dark,
            line=0.5,
            shade=0,
        )
    nose = points((0.015, -0.155), (0.2, -0.13), (0.02, -0.115))
    d.form(turned(nose, lean, 0, -0.66), carrot, line=0.8, shade=0.5, key="carrot")
    smile = 0.03 * (m.joy if m.joy else 0.6)
    for k in range(5):
        u = (k - 2) / 2
        at = turned(points(0.035 + 0.06 * u, -0.075 - smile * (u * u - 0.4)), lean, 0, -0.66)
        d.dot(float(at[0]), float(at[1]), 0.0095, paint.ink)


def _scarf(d: Drawing, paint: Paint, m: Moment) -> None:
    band = smooth([(-0.13, -0.72), (-0.05, -0.675), (0.08, -0.675), (0.15, -0.725)])
    tail = [
        points(
            -0.1 - 0.06 * k,
            -0.69 + 0.035 * k + 0.02 * k * m.cycle(1.0, 0.18 * k) * min(2.0, 0.5 + m.sway),
        )
        for k in range(5)
    ]
    cloth = Tube(np.stack(tail), [0.03, 0.035, 0.04, 0.036], 14)
    d.form(
        cloth.outline(),
        paint.accent,
        line=0.8,
        shade=0.5,
        fill="striped",
        colour2=paint.pale,
        body=cloth,
        key="tail",
    )
    d.form(
        Tube(band, [0.028, 0.036, 0.034, 0.028], 14).outline(),
        paint.accent,
        line=0.9,
        shade=0.5,
        key="scarf",
    )


def _hat(d: Drawing, paint: Paint, pail: bool, lean: float) -> None:
    if pail:
        hat = points((-0.12, -0.24), (-0.09, -0.4), (0.08, -0.42), (0.13, -0.26))
        d.form(turned(hat, lean * 2, 0, -0.66), paint.second, line=0.9, shade=0.8, key="hat")
        return
    crown = points((-0.09, -0.25), (-0.1, -0.42), (0.09, -0.43), (0.09, -0.26))
    d.form(turned(crown, lean * 2, 0, -0.66), paint.dark, line=0.9, shade=0.6, key="hat")
    band = points((-0.093, -0.27), (-0.095, -0.31), (0.09, -0.32), (0.09, -0.28))
    d.form(turned(band, lean * 2, 0, -0.66), paint.accent, line=0.6, shade=0.2, key="band")
    brim = smooth(
        [(-0.18, -0.25), (0, -0.275), (0.18, -0.265), (0.17, -0.235), (0, -0.245), (-0.17, -0.22)],
        True,
        3,
    )
    d.form(turned(brim, lean * 2, 0, -0.66), paint.dark, line=0.9, shade=0.4, key="brim")


def _snow(palette: Palette) -> Colour:
    return mix(palette.light, palette.c, 0.05)


register(
    Kind(
        "snowman",
        build,
        at=(0.80, 1.56),
        height=0.56,
        home="hills",
        width=0.7,
        top=(0.0, -1.06),
        shadow=0.3,
        colour=_snow,
        metres=1.5,
        holds={"stand": HAND},
        grip=(0.0, -0.4),
    )
)
