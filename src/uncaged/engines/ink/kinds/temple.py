"""Temples: a Greek one with columns, a pagoda, a mosque with its minarets, a stupa.

How it is built: each form is a function; what hangs in the wind (bells, lanterns, banners) swings. Knows no place.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import (
    arch,
    birds,
    box,
    courses,
    strokes,
    sun,
    windows,
)
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

Draw: TypeAlias = Callable[[Drawing, Paint, Moment, list[Array]], None]
"""Drawing, paint, moment, a few stones that show."""


def _greek(d: Drawing, paint: Paint, m: Moment, stones: list[Array]) -> None:
    """Steps, six fluted columns, a gable with a wreath; birds over it."""
    birds(d, m, 0.1, -1.0, 0.4)
    d.form(box(-0.5, -0.56, 0.5, -0.1), paint.dark, line=0.8, shade=0.4, key="inside")
    if paint.night:
        d.flat(circle(0, -0.22, 0.3, 0.2, 24), paint.glow, 70)
    for k in range(6):
        x = -0.48 + 0.192 * k
        column = points((x - 0.05, -0.1), (x - 0.042, -0.56), (x + 0.042, -0.56), (x + 0.05, -0.1))
        d.form(column, paint.colour, line=0.9, shade=0.9, light=sun(d), key=f"column{k}")
        for at in (-0.018, 0.012):
            d.stroke(points((x + at, -0.13), (x + at, -0.53)), 0.6, paint.pattern, wobble=0.2)
        d.form(box(x - 0.062, -0.585, x + 0.062, -0.55), paint.pale, line=0.7, shade=0.3)
    d.form(box(-0.6, -0.66, 0.6, -0.58), paint.pale, line=0.9, shade=0.5, key="beam")
    d.form(
        points((-0.66, -0.655), (0, -0.94), (0.66, -0.655)),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.8,
        key="gable",
    )
    d.form(
        points((-0.46, -0.69), (0, -0.88), (0.46, -0.69)),
        paint.second,
        line=0.7,
        shade=0.5,
        key="field",
    )
    d.form(circle(0, -0.745, 0.05, count=18), paint.accent, line=0.8, shade=0.3)
    for k in range(3):
        half = 0.6 + 0.06 * k
        d.form(
            box(-half, -0.1 + 0.037 * k, half, -0.063 + 0.037 * k),
            paint.pale,
            line=0.8,
            shade=0.4,
            key=f"step{k}",
        )
    strokes(d, stones[:4], paint.pattern)


def _pagoda(d: Drawing, paint: Paint, m: Moment, stones: list[Array]) -> None:
    """Roofs that curl up at their ends, one over the other, and little bells under them."""
    for k in range(4):
        y, half = -0.2 * k, 0.33 - 0.055 * k
        wall = points(
            (-half, y + 0.01), (-half * 0.92, y - 0.14), (half * 0.92, y - 0.14), (half, y + 0.01)
        )
        d.form(
            wall,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.8,
            light=sun(d),
            key=f"wall{k}",
        )
        count = 3 if k < 2 else 2
        row = [
            box(x - 0.03, y - 0.115, x + 0.03, y - 0.03)
            for x in np.linspace(-half * 0.6, half * 0.6, count).tolist()
        ]
        windows(d, paint, row if k else row[::2], [True] * len(row if k else row[::2]), f"panes{k}")
        reach = half + 0.14
        roof = smooth(
            [
                (-reach, y - 0.19), (-half, y - 0.155), (0, y - 0.14), (half, y - 0.155),
                (reach, y - 0.19), (half * 0.9, y - 0.225), (half * 0.55, y - 0.26),
                (-half * 0.55, y - 0.26), (-half * 0.9, y - 0.225),
            ],
            True,
            4,
        )  # fmt: skip
        for side in (-1, 1):
            x, low = side * (reach - 0.03), y - 0.16
            swing = 0.012 * m.cycle(1.0, 0.2 * k)
            d.stroke(points((x, low), (x + swing, low + 0.035)), 0.6, wobble=0)
            d.form(circle(x + swing, low + 0.05, 0.02, count=10), paint.glow, line=0.6, shade=0.1)
        d.form(roof, paint.accent, line=1.0, shade=0.9, key=f"roof{k}")
    d.form(arch(0, 0.01, 0.055, 0.13), paint.dark, line=0.8, shade=0.3, key="door")
    for k, r in enumerate((0.03, 0.022, 0.015)):
        d.form(circle(0, -0.88 - 0.038 * k, r * 1.5, r, 12), paint.glow, line=0.7, shade=0.3)
    d.stroke(points((0, -0.97), (0, -1.04)), 1.2, wobble=0.1)


_DOME = smooth(
    [
        (-0.9, 0.0), (-1.0, -0.35), (-0.72, -0.9), (-0.2, -1.25), (0, -1.6), (0.2, -1.25),
        (0.72, -0.9), (1.0, -0.35), (0.9, 0.0),
    ]
)  # fmt: skip


def _mosque(d: Drawing, paint: Paint, m: Moment, stones: list[Array]) -> None:
    """A great dome and two small ones, minarets with balconies, crescents; birds about them."""
    birds(d, m, 0.0, -0.9, 0.44)
    for side in (-1, 1):
        x = 0.62 * side
        shaft = points((x - 0.045, 0.01), (x - 0.035, -0.82), (x + 0.035, -0.82), (x + 0.045, 0.01))
        d.form(shaft, paint.pale, line=0.9, shade=0.9, light=sun(d), key=f"minaret{side}")
        for y in (-0.42, -0.72):
            d.form(
                points(
                    (x - 0.07, y - 0.02), (x + 0.07, y - 0.02), (x + 0.045, y + 0.025),
                    (x - 0.045, y + 0.025),
                ),
                paint.second,
                line=0.8,
                shade=0.4,
            )  # fmt: skip
        cone = points((x - 0.05, -0.8), (x, -1.0), (x + 0.05, -0.8))
        d.form(cone, paint.accent, line=0.9, shade=0.7, key=f"cone{side}")
        _crescent(d, paint, x, -1.02, 0.03)
    for side in (-1, 1):
        d.form(
            _DOME * 0.13 + points(0.38 * side, -0.38),
            paint.second,
            line=0.9,
            shade=0.8,
            key=f"small{side}",
        )
    d.form(box(-0.26, -0.52, 0.26, -0.36), paint.colour, shade=0.8, light=sun(d), key="drum")
    row = [arch(x, -0.4, 0.025, 0.09) for x in (-0.18, -0.06, 0.06, 0.18)]
    windows(d, paint, row, [True] * 4, "drum-panes")
    dome = _DOME * 0.29 + points(0, -0.5)
    d.form(dome, paint.accent, shade=0.9, key="dome")
    for share in (-0.45, 0.0, 0.45):
        rib = smooth(
            [(share * 0.27, -0.5), (share * 0.29, -0.64), (share * 0.14, -0.82), (0, -0.94)]
        )
        d.stroke(rib, 0.6, wobble=0.3)
    _crescent(d, paint, 0, -0.99, 0.045)
    body = points((-0.54, 0.01), (-0.54, -0.38), (0.54, -0.38), (0.54, 0.01))
    d.form(
        body,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
        light=sun(d),
        key="body",
    )
    strokes(d, stones, paint.pattern)
    panes = [arch(x, -0.06, 0.045, 0.2, pointed=0.6) for x in (-0.42, -0.27, 0.27, 0.42)]
    windows(d, paint, panes, [True] * 4, "panes")
    d.form(arch(0, 0.01, 0.15, 0.34, pointed=0.5), paint.pale, line=0.9, shade=0.4, key="portal")
    d.form(arch(0, 0.01, 0.09, 0.24, pointed=0.5), paint.dark, line=0.8, shade=0.2, key="door")


def _crescent(d: Drawing, paint: Paint, x: float, y: float, r: float) -> None:
    d.stroke(points((x, y + 0.05), (x, y)), 0.9, wobble=0)
    moon = (
        smooth(
            [
                (0.5, -0.9), (-0.5, -0.8), (-0.95, 0.0), (-0.5, 0.8), (0.5, 0.9), (-0.15, 0.45),
                (-0.4, 0.0), (-0.15, -0.45),
            ],
            True,
            3,
        )
        * r
    )  # fmt: skip
    d.form(turned(moon, 1.5708 + 0.0, x, y - r * 0.8), paint.glow, line=0.6, shade=0)


def _stupa(d: Drawing, paint: Paint, m: Moment, stones: list[Array]) -> None:
    """A white dome on terraces, a spire of rings, strings of flags in the wind, two eyes that see."""
    for side in (-1, 1):
        rope = smooth([(0.0, -0.92), (0.36 * side, -0.42), (0.78 * side, -0.02)])
        d.stroke(rope, 0.6, wobble=0.2)
        for k in range(7):
            at = rope[2 + k]
            wave = 0.02 * m.cycle(1.0, 0.15 * k)
            tone = (paint.accent, paint.second, paint.pale, paint.glow)[k % 4]
            cloth = (
                points(
                    (0, 0), (0.055 * side, 0.02), (0.05 * side + wave, 0.075), (-0.005 + wave, 0.06)
                )
                + at
            )
            d.form(cloth, tone, line=0.5, shade=0, key=f"flag{side}{k}")
    dome = smooth(
        [
            (-0.42, -0.14), (-0.44, -0.3), (-0.3, -0.48), (0, -0.56), (0.3, -0.48), (0.44, -0.3),
            (0.42, -0.14),
        ]
    )  # fmt: skip
    d.form(dome, paint.white, shade=0.9, key="dome")
    d.form(box(-0.13, -0.68, 0.13, -0.53), paint.glow, line=0.9, shade=0.4, key="cube")
    for x in (-0.055, 0.055):
        d.stroke(smooth([(x - 0.035, -0.61), (x, -0.63), (x + 0.035, -0.61)]), 1.2, wobble=0.1)
        d.dot(x, -0.605, 0.014, paint.ink)
    for k in range(5):
        d.form(
            box(-0.1 + 0.016 * k, -0.72 - 0.045 * k, 0.1 - 0.016 * k, -0.685 - 0.045 * k),
            paint.accent,
            line=0.7,
            shade=0.4,
        )
    d.form(points((-0.04, -0.9), (0, -1.0), (0.04, -0.9)), paint.glow, line=0.8, shade=0.3)
    for k in range(3):
        half = 0.5 + 0.09 * k
        d.form(
            box(-half, -0.16 + 0.056 * k, half, -0.1 + 0.056 * k),
            paint.colour if k % 2 else paint.second,
            line=0.8,
            shade=0.6,
            key=f"step{k}",
        )


FORMS: Mapping[str, Draw] = {"greek": _greek, "pagoda": _pagoda, "mosque": _mosque, "stupa": _stupa}


def temple(stream: Stream, paint: Paint, form: str) -> Figure:
    """A temple; `form` is one of `FORMS`, or "" for a Greek one."""
    draw = FORMS.get(form, _greek)
    stones = courses(stream.sub("stones"), -0.5, -0.34, 0.46, -0.04, 8)

    def figure(d: Drawing, m: Moment) -> None:
        draw(d, paint, m, stones)

    return figure


register(
    Kind(
        "temple",
        temple,
        at=(0.32, 1.28),
        height=0.56,
        home="hills",
        width=1.3,
        top=(0.0, -0.92),
        shadow=0.6,
        forms=tuple(FORMS),
        faces=False,
        metres=14.0,
        lights=True,
        traits=("building",),
    )
)
