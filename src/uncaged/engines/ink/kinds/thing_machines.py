"""Machines of a house: camera, television, computer, telephone, radio.

How they are built: a box with rounded corners, a screen or a dial in it, and something that works: a picture,
keys that are pressed, a needle that seeks.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    edged,
    hundredths,
    moved,
    shine,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _camera(stream: Stream, paint: Paint) -> Figure:
    def figure(d: Drawing, m: Moment) -> None:
        flash = max(0.0, m.cycle(0.5) - 0.9) * 10
        d.form(edged("-34,-70 -26,-82 2,-82 10,-70"), paint.second, line=0.9, shade=0.5, key="hump")
        d.form(bar((0.34, -0.74), (0.46, -0.74), 0.035), paint.accent, line=0.8, key="button")
        clad(d, paint, edged("-58,-72 58,-72 58,0 -58,0", 0.07), "case")
        d.form(
            edged("-58,-60 58,-60 58,-48 -58,-48", 0.01),
            paint.second,
            line=0.7,
            shade=0.3,
            key="band",
        )
        for k, (r, tone) in enumerate(
            ((0.28, paint.dark), (0.21, paint.shadow), (0.13, paint.dark))
        ):
            d.form(circle(0.06, -0.32, r, count=28), tone, line=0.9, shade=0.4, key=f"lens{k}")
        turn = 0.03 * m.cycle(0.3)
        d.dot(0.02 + turn, -0.37, 0.04, paint.white)
        lamp = box(-0.5, -0.69, -0.34, -0.59)
        d.form(lamp, paint.white if flash else paint.pale, line=0.7, shade=0.2, key="flash")
        d.flat(circle(-0.42, -0.64, 0.3 * flash + 0.001, count=18), paint.white, 90)
        d.form(circle(0.44, -0.54, 0.04, count=12), paint.accent, line=0.6, key="eye")

    return figure


def _screen(d: Drawing, paint: Paint, m: Moment, pane: Array, show: str, ridge: Array) -> None:
    """What is on: hills with a sun that wanders, a face that speaks, or snow and bars."""
    low, high = pane.min(0), pane.max(0)
    size = high - low
    d.form(pane, paint.glow if paint.night else paint.white, line=0.8, shade=0.2, key="screen")
    d.clip(pane)
    if show == "hills":
        x = low[0] + size[0] * (0.5 + 0.36 * m.cycle(0.2))
        d.form(
            circle(x, low[1] + size[1] * 0.32, size[1] * 0.15, count=20),
            paint.accent,
            line=0.7,
            shade=0.2,
            key="sun",
        )
        land = np.concatenate([low + ridge * size, points((high[0], high[1]), (low[0], high[1]))])
        d.form(land, paint.leaf, line=0.8, shade=0.6, key="hills")
    elif show == "face":
        middle = (low + high) / 2
        d.form(
            circle(middle[0], middle[1] + 0.02, size[1] * 0.33, size[1] * 0.4, 26),
            paint.skin,
            line=0.8,
            shade=0.4,
            key="face",
        )
        for side in (-1, 1):
            d.dot(
                middle[0] + side * size[1] * 0.12,
                middle[1] - size[1] * 0.06,
                size[1] * 0.05,
                paint.ink,
            )
        mouth = size[1] * (0.05 + 0.04 * m.cycle(2.0))
        d.form(
            circle(middle[0], middle[1] + size[1] * 0.2, size[1] * 0.1, mouth, 14),
            paint.lip,
            line=0.6,
            key="mouth",
        )
        d.form(
            traced("-18,-20 -10,-36 10,-36 18,-20 0,-27") * (size[1], size[1]) * 1.6 + middle,
            paint.hair,
            line=0.7,
            key="hair",
        )
    else:
        for k in range(6):
            y = low[1] + size[1] * ((k / 6 + m.turn(0.3)) % 1)
            half = size[0] * (0.2 + 0.28 * ((k * 5) % 7) / 7)
            line = points(((low[0] + high[0]) / 2 - half, y), ((low[0] + high[0]) / 2 + half, y))
            d.stroke(line, 2.2, (paint.accent, paint.pattern, paint.dark)[k % 3], key=f"bar{k}")
    d.unclip()
    d.stroke(
        np.stack([low + size * (0.1, 0.34), low + size * (0.24, 0.1)]),
        1.4,
        paint.white,
        key="gleam",
    )


_RIDGE = smooth([(0.0, 0.7), (0.3, 0.48), (0.55, 0.72), (0.8, 0.52), (1.0, 0.66)], False, 4)


def _television(stream: Stream, paint: Paint) -> Figure:
    show = stream.pick(("hills", "face", "bars"))
    pane = edged("-48,-74 28,-74 28,-20 -48,-20", 0.09)

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, -0.1, -0.46, 0.8)
        sway = 0.02 * m.cycle(0.7)
        for side in (-1, 1):
            d.form(
                bar((0.06 * side, -0.84), (0.3 * side + sway, -1.08), 0.014, 0.01),
                paint.dark,
                line=0.7,
                key=f"rod{side}",
            )
            d.form(
                bar((0.4 * side, -0.1), (0.46 * side, 0.0), 0.035, 0.025),
                paint.trunk,
                line=0.8,
                key=f"leg{side}",
            )
        clad(d, paint, edged("-60,-84 60,-84 60,-9 -60,-9", 0.07), "case")
        _screen(d, paint, m, pane, show, _RIDGE)
        for k, y in enumerate((-0.66, -0.48)):
            d.form(
                circle(0.44, y, 0.065, count=18), paint.second, line=0.8, shade=0.4, key=f"knob{k}"
            )
            a = 0.7 + k + 0.3 * m.cycle(0.2)
            d.stroke(
                points((0.44, y), (0.44 + 0.05 * cos(a), y + 0.05 * sin(a))),
                0.8,
                wobble=0,
                key=f"mark{k}",
            )
        for k in range(3):
            d.stroke(
                points((0.37, -0.32 + 0.06 * k), (0.52, -0.32 + 0.06 * k)),
                0.9,
                paint.pattern,
                key=f"slit{k}",
            )

    return figure


def _computer(stream: Stream, paint: Paint) -> Figure:
    show = stream.pick(("bars", "hills", "face"))
    pane = edged("-46,-90 46,-90 46,-40 -46,-40", 0.03)
    keys = [
        box(-0.5 + 0.115 * k, y, -0.41 + 0.115 * k, y + 0.035)
        for k in range(9)
        for y in (-0.12, -0.065)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        shine(d, paint, 0, -0.64, 0.8)
        d.form(
            hundredths("-8,-34 8,-34 14,-20 -14,-20"), paint.shadow, line=0.8, shade=0.5, key="neck"
        )
        clad(d, paint, edged("-54,-98 54,-98 54,-32 -54,-32", 0.05), "case")
        _screen(d, paint, m, pane, show, _RIDGE)
        d.form(edged("-26,-22 26,-22 26,-18 -26,-18", 0.01), paint.second, line=0.8, key="foot")
        d.form(
            edged("-54,-14 54,-14 60,0 -60,0", 0.02),
            paint.second,
            line=0.95,
            shade=0.5,
            key="board",
        )
        pressed = int(m.turn(0.25) * len(keys)) % len(keys)
        d.multi(keys, paint.pale, line=0.5, key="keys")
        d.flat(keys[pressed], paint.accent)
        d.dot(0.48, -0.355, 0.015, paint.glow)

    return figure


def _telephone(stream: Stream, paint: Paint) -> Figure:
    body = traced("-34,-56 -24,-62 24,-62 34,-56 42,-26 52,-2 40,0 -40,0 -52,-2 -42,-26")

    def figure(d: Drawing, m: Moment) -> None:
        ring = max(0.0, m.cycle(0.5))
        shake = 0.025 * ring * m.cycle(6.0)
        cord = [
            (-0.5, -0.1),
            (-0.66, -0.16),
            (-0.58, -0.3),
            (-0.7, -0.36),
            (-0.6, -0.5),
            (-0.5, -0.62),
        ]
        d.stroke(smooth(cord), 1.3, paint.dark, wobble=0.3, taper=(0.02, 0.02), key="cord")
        clad(d, paint, body, "body")
        for x in (-0.2, 0.2):
            d.form(bar((x, -0.6), (x, -0.72), 0.04), paint.second, line=0.8, key=f"fork{x}")
        d.form(circle(0, -0.3, 0.21, count=28), paint.pale, line=0.9, shade=0.3, key="dial")
        for k in range(8):
            a = TAU * k / 10 + 0.3 + 0.25 * m.cycle(0.2)
            d.dot(0.14 * cos(a), -0.3 + 0.14 * sin(a), 0.032, paint.dark)
        d.form(circle(0, -0.3, 0.06, count=14), paint.accent, line=0.7, key="middle")
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        grip = traced("-56,-70 -50,-84 -24,-92 24,-92 50,-84 56,-70 34,-70 24,-78 -24,-78 -34,-70")
        part.form(grip, paint.second, line=1.0, shade=0.6, key="grip")
        moved(d, part, shake, (0.0, -0.03 * ring), (0.0, -0.74))

    return figure


def _radio(stream: Stream, paint: Paint) -> Figure:
    notes = stream.array(3, -0.1, 0.1).tolist()

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            bar((0.44, -0.62), (0.56 + 0.01 * m.cycle(0.6), -1.0), 0.014, 0.01),
            paint.dark,
            line=0.7,
            key="rod",
        )
        grip = Tube([(-0.34, -0.62), (-0.3, -0.76), (0.3, -0.76), (0.34, -0.62)], [0.022], 16)
        d.form(grip.outline(), paint.dark, line=0.8, key="grip")
        clad(d, paint, edged("-62,-64 62,-64 62,-2 -62,-2", 0.1), "case")
        beat = 1 + 0.03 * m.cycle(2.0)
        d.form(
            circle(-0.28, -0.3, 0.23 * beat, count=28),
            paint.second,
            line=0.9,
            shade=0.4,
            key="speaker",
        )
        for r in (0.16, 0.09):
            ring = circle(-0.28, -0.3, r * beat, count=22)
            d.stroke(np.concatenate([ring, ring[:1]]), 0.8, paint.dark, wobble=0.2, key=f"cone{r}")
        d.form(
            box(0.04, -0.54, 0.52, -0.38),
            paint.glow if paint.night else paint.pale,
            line=0.8,
            shade=0.2,
            key="scale",
        )
        x = 0.28 + 0.16 * m.cycle(0.2)
        d.stroke(points((x, -0.53), (x, -0.39)), 1.2, paint.accent, wobble=0, key="needle")
        for k, kx in enumerate((0.14, 0.42)):
            d.form(
                circle(kx, -0.2, 0.075, count=18), paint.second, line=0.8, shade=0.4, key=f"knob{k}"
            )
        for k, lag in enumerate(notes):
            q = (m.turn(0.5) + k / 3) % 1
            nx, ny = -0.5 - 0.06 * k + lag + 0.05 * sin(TAU * q), -0.72 - 0.34 * q
            d.dot(nx, ny, 0.035 * sin(PI * q) + 0.001, paint.ink)
            d.stroke(
                points((nx + 0.03, ny), (nx + 0.03, ny - 0.12 * sin(PI * q) - 0.001)),
                0.8,
                wobble=0.1,
                key=f"note{k}",
            )

    return figure


thing("camera", _camera, (-0.83, 0.58), 0.38, 0.12, width=1.2, top=(-0.1, -0.8), grip=(0.5, -0.3))
thing(
    "television", _television, (-0.77, 0.58), 0.46, 0.6,
    width=1.25, top=(0, -0.84), lights=True, rock=0.004,
)  # fmt: skip
thing(
    "computer", _computer, (-0.71, 0.58), 0.46, 0.55,
    width=1.25, top=(0, -0.97), lights=True, rock=0.004,
)  # fmt: skip
thing(
    "telephone", _telephone, (-0.65, 0.58), 0.4, 0.2,
    width=1.3, top=(0, -0.9), grip=(0, -0.86), rock=0.004,
)  # fmt: skip
thing(
    "radio", _radio, (-0.59, 0.58), 0.38, 0.3,
    width=1.3, top=(0, -0.64), grip=(0, -0.76), rock=0.004,
)  # fmt: skip
