"""Fruit: apple, pear, lemon, orange, banana, cherries, grapes, strawberry, pineapple, melon, acorn.

A fruit is a row: its contours by name, and a function for what only it has. Each stands on the ground and rocks a
little, its leaf later than itself. A new one is one function more.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import blade, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Ripe: TypeAlias = Callable[[Drawing, Paint, Moment, float, float], None]
"""Draws a fruit: its lean (radians about its foot), and a lot of its own, 0 … 1."""

FOOT = (0.0, 0.0)
ROUND = points(
    (0.0, -0.7), (-0.18, -0.75), (-0.38, -0.66), (-0.46, -0.42), (-0.38, -0.16), (-0.2, -0.01)
)
ROUND = np.concatenate([ROUND, points((0.0, -0.05)), (ROUND * (-1.0, 1.0))[:0:-1]])
PEAR = points(
    (0.0, -0.84), (-0.13, -0.8), (-0.18, -0.62), (-0.3, -0.42), (-0.38, -0.2), (-0.26, -0.02)
)
PEAR = np.concatenate([PEAR, points((0.0, 0.0)), (PEAR * (-1.0, 1.0))[:0:-1]])
LEMON = points(
    (-0.5, -0.34),
    (-0.4, -0.42),
    (-0.28, -0.6),
    (0.0, -0.68),
    (0.28, -0.6),
    (0.4, -0.4),
    (0.52, -0.33),
)
LEMON = np.concatenate(
    [LEMON, points((0.4, -0.24), (0.28, -0.06), (0.0, 0.0), (-0.28, -0.06), (-0.4, -0.26))]
)
HEART = points((0.0, -0.62), (-0.2, -0.66), (-0.4, -0.54), (-0.36, -0.3), (-0.18, -0.08))
HEART = np.concatenate([HEART, points((0.0, 0.0)), (HEART * (-1.0, 1.0))[:0:-1]])


def build(draw: Ripe, stream: Stream, paint: Paint, form: str) -> Figure:
    """A fruit; its lean and its phase by lot."""
    lean = stream.uniform(-0.12, 0.12)
    lot = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        draw(drawing, paint, moment, lean + 0.025 * moment.cycle(0.5, lot), lot)

    return figure


def _flesh(drawing: Drawing, paint: Paint, form: Array, lean: float, key: str = "flesh") -> None:
    """The body, which carries the pattern, and a gleam in the light."""
    drawing.form(
        turned(form, lean), paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key=key
    )


def _gleam(
    drawing: Drawing, paint: Paint, x: float, y: float, lean: float, size: float = 1.0
) -> None:
    gleam = bezier((x, y + 0.1 * size), (x - 0.02 * size, y), (x + 0.07 * size, y - 0.08 * size))
    drawing.stroke(
        turned(gleam, lean), 2.4 * size, paint.pale, wobble=0.2, key=f"gleam{x:.2f}{y:.2f}"
    )


def stalk(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    at: tuple[float, float],
    lean: float,
    lot: float,
    blade: bool = True,
) -> None:
    """A stalk on top, and a leaf that flutters."""
    root = turned(points(at), lean)[0]
    tip = root + points(0.05 - 0.1 * lot, -0.16)
    stem = Tube(
        [root + points(0.0, 0.05), root + points(0.01, -0.06), tip], [0.022, 0.018, 0.026], 10
    )
    drawing.form(stem.outline(), paint.trunk, line=0.9, shade=0.4, key="stem")
    if blade:
        side = 1 if lot > 0.5 else -1
        flutter = 0.03 * moment.sway * moment.cycle(0.5, 0.25)
        green = leaf(root, root + points(side * 0.26, -0.13 + flutter), 0.07, 0.12 * side, 12)
        drawing.form(green.outline(), paint.leaf, line=0.9, shade=0.6, key="leaf")
        rib = green.at(np.linspace(0.05, 0.9, 6), 0)
        drawing.stroke(rib, 0.6, paint.ink, wobble=0.2, key="rib")


def _apple(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    _flesh(drawing, paint, smooth(ROUND, True, 4), lean)
    dent = bezier((-0.13, -0.72), (0.0, -0.64), (0.13, -0.72))
    drawing.stroke(turned(dent, lean), 1.1, paint.ink, key="dent")
    _gleam(drawing, paint, -0.3, -0.5, lean)
    stalk(drawing, paint, moment, (0.0, -0.7), lean, lot)


def _pear(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    _flesh(drawing, paint, smooth(PEAR, True, 4), lean)
    for k in range(6):
        x, y = turned(points((0.22 * cos(2.4 * k), -0.26 + 0.15 * sin(2.4 * k))), lean)[0].tolist()
        drawing.dot(x, y, 0.012, paint.pattern)
    _gleam(drawing, paint, -0.22, -0.36, lean)
    stalk(drawing, paint, moment, (0.0, -0.82), lean, lot)


def _lemon(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    _flesh(drawing, paint, smooth(LEMON, True, 4), lean)
    for k in range(9):
        x, y = turned(points((0.26 * cos(2.4 * k), -0.33 + 0.2 * sin(2.4 * k) * (k / 9))), lean)[
            0
        ].tolist()
        drawing.dot(x, y, 0.011, paint.pattern)
    _gleam(drawing, paint, -0.26, -0.44, lean)
    side = turned(points((-0.46, -0.36)), lean)[0]
    flutter = 0.03 * moment.sway * moment.cycle(0.5, 0.25)
    green = blade(side, side + points(-0.2, -0.24 + flutter), 0.075, 0.15)
    drawing.form(green, paint.leaf, line=0.9, shade=0.6, key="leaf")


def _orange(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    _flesh(drawing, paint, circle(0.0, -0.4, 0.41, 0.4, 34), lean)
    for k in range(12):
        r = 0.09 * (k % 4) + 0.06
        x, y = turned(points((r * cos(2.4 * k), -0.36 + r * sin(2.4 * k))), lean)[0].tolist()
        drawing.dot(x, y, 0.011, paint.pattern)
    star = [
        points((0.0, -0.76), (0.05 * cos(a) + 0.01, -0.755 + 0.03 * sin(a)))
        for a in (0.4, 1.6, 2.8, 4.0)
    ]
    for k, line in enumerate(star):
        drawing.stroke(turned(line, lean), 0.9, paint.ink, wobble=0, key=f"star{k}")
    _gleam(drawing, paint, -0.27, -0.52, lean)
    stalk(drawing, paint, moment, (0.0, -0.77), lean, lot)


def _banana(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    for k in (1, 0):
        spread = 0.34 * k
        spine = points((-0.34, -0.86), (-0.36, -0.5), (-0.14, -0.16), (0.34, -0.07), (0.5, -0.12))
        fruit = Tube(
            turned(spine, -spread + lean, (0.0, -0.02 * k)), [0.035, 0.13, 0.15, 0.12, 0.03], 26
        )
        drawing.form(
            fruit.outline(),
            paint.shadow if k else paint.colour,
            fill=paint.fill if not k else "plain",
            body=fruit,
            colour2=paint.pattern,
            shade=1.0,
            key=f"banana{k}",
        )
        edge = fruit.at(np.linspace(0.1, 0.94, 10), -0.3)
        drawing.stroke(edge, 0.8, paint.ink, wobble=0.3, key=f"edge{k}")
        x, y = fruit.p[-1].tolist()
        drawing.form(circle(x, y, 0.04, count=10), paint.dark, line=0.6, shade=0, key=f"end{k}")
    cap = turned(points((-0.4, -0.84), (-0.36, -0.98), (-0.26, -0.98), (-0.28, -0.82)), lean)
    drawing.form(cap, paint.trunk, line=0.9, shade=0.4, key="cap")


def _cherries(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    top = points(0.06, -0.96)
    swing = 0.02 * moment.cycle(0.5, lot)
    for k, (x, y) in enumerate(((-0.27, -0.23), (0.24, -0.21))):
        ball = points(x + swing * (1 + k), y)
        bow = (top + ball) / 2 + points(-0.1 if k == 0 else 0.08, 0.02)
        drawing.stroke(
            bezier(top, bow, ball - points(0, 0.18), 10),
            1.6,
            paint.leaf_dark,
            wobble=0.2,
            key=f"stalk{k}",
        )
        fruit = smooth(
            points((0, -0.17), (-0.16, -0.21), (-0.24, 0.0), (0, 0.22), (0.24, 0.0), (0.16, -0.21)),
            True,
            4,
        )
        drawing.form(
            fruit + ball,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.1,
            key=f"ball{k}",
        )
        _gleam(drawing, paint, float(ball[0]) - 0.12, float(ball[1]) - 0.03, 0.0, 0.8)
    flutter = 0.04 * moment.sway * moment.cycle(0.5, 0.25)
    green = leaf(top, top + points(0.38, -0.0 + flutter), 0.1, -0.14, 12)
    drawing.form(green.outline(), paint.leaf, line=0.9, shade=0.6, key="leaf")
    drawing.stroke(green.at(np.linspace(0.05, 0.9, 6), 0), 0.6, paint.ink, wobble=0.2, key="rib")


def _grapes(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    swing = lean + 0.03 * moment.cycle(0.5, 0.2)
    rows = ((4, -0.66), (5, -0.52), (4, -0.37), (3, -0.23), (1, -0.1))
    for row, (count, y) in enumerate(rows):
        for k in range(count):
            x = (k - (count - 1) / 2) * 0.155 + 0.02 * sin(3.1 * (row + k))
            at = turned(points((x, y + 0.02 * sin(2.3 * k + row) + 0.9)), swing, (0.0, -0.9))[0]
            tone = (paint.colour, paint.second, paint.shadow)[(row * 2 + k) % 3]
            ball = circle(float(at[0]), float(at[1]), 0.1, count=16)
            drawing.form(ball, tone, line=0.9, shade=0.9, key=f"grape{row}.{k}")
            drawing.dot(float(at[0]) - 0.035, float(at[1]) - 0.035, 0.016, paint.pale)
    stem = Tube([(0.0, -0.72), (0.02, -0.86), (0.1, -0.96)], [0.02, 0.026], 8)
    drawing.form(stem.outline(), paint.trunk, line=0.9, shade=0.4, key="stem")
    flutter = 0.03 * moment.sway * moment.cycle(0.5, 0.3)
    blade = points(
        (0.0, -0.8), (-0.12, -0.96), (-0.3, -0.98), (-0.36, -0.84), (-0.46, -0.76), (-0.32, -0.68)
    )
    drawing.form(
        np.concatenate([blade, points((-0.26, -0.6), (-0.14, -0.68))]) + points(0, flutter),
        paint.leaf,
        line=0.9,
        shade=0.6,
        key="leaf",
    )


def _strawberry(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    _flesh(drawing, paint, smooth(HEART, True, 4) * (1.0, 1.12), lean)
    seeds: list[Array] = []
    for row in range(4):
        for k in range(4 - row // 2):
            x = (k - (3 - row // 2) / 2) * (0.19 - 0.03 * row)
            seed = circle(x, -0.58 + 0.14 * row, 0.014, 0.022, 8)
            seeds.append(turned(seed, lean))
    drawing.multi(seeds, paint.glow, line=0.3, key="seeds")
    _gleam(drawing, paint, -0.3, -0.54, lean)
    crown: list[Array] = []
    for k in range(5):
        angle = -2.75 + 0.59 * k
        stir = 0.02 * moment.sway * moment.cycle(0.5, 0.1 * k)
        tip = points(cos(angle) * 0.33, -0.7 + 0.12 * abs(k - 2) * 0.7 + stir - 0.02)
        crown.append(turned(blade(points(0.0, -0.73), tip, 0.06), lean))
    drawing.union(crown, paint.leaf, line=0.9, shade=0.6, key="crown")
    stalk(drawing, paint, moment, (0.0, -0.74), lean, lot, blade=False)


def _pineapple(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    order = (0, 6, 1, 5, 2, 4, 3)
    for k in order:
        angle = -0.95 + 0.32 * k + 0.02 * moment.sway * moment.cycle(0.5, 0.1 * k)
        tip = points(sin(angle) * 0.34, -0.56 - cos(angle) * 0.42)
        spike = leaf(points(0.0, -0.5), tip, 0.06, 0.12 * (1 if k > 3 else -1), 10)
        drawing.form(
            turned(spike.outline(), lean),
            paint.leaf if k % 2 else paint.leaf_dark,
            line=0.85,
            shade=0.5,
            key=f"spike{k}",
        )
    body = Tube([(0.0, -0.02), (0.0, -0.3), (0.0, -0.57)], [0.2, 0.28, 0.29, 0.21], 22)
    _flesh(drawing, paint, body.outline(), lean)
    for k in range(4):
        for way in (-1, 1):
            u = np.linspace(0.05, 0.95, 6)
            v = way * (-1.3 + 0.62 * k + 0.9 * u)
            line = body.at(u[np.abs(v) < 0.98], v[np.abs(v) < 0.98])
            if len(line) > 2:
                drawing.stroke(turned(line, lean), 0.8, paint.ink, wobble=0.3, key=f"net{k}{way}")


def _melon(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    rim = np.linspace(0, TAU / 2, 15)
    for k, (r, tone) in enumerate(
        ((0.56, paint.leaf_dark), (0.5, paint.pale), (0.45, paint.colour))
    ):
        arc = np.stack([r * cos(rim), -0.46 + r * 0.82 * sin(rim)], 1)
        fill = paint.fill if k == 2 else "plain"
        drawing.form(
            turned(arc, lean),
            tone,
            fill=fill,
            colour2=paint.pattern,
            line=1.0 if k == 0 else 0.5,
            shade=0.7,
            key=f"slice{k}",
        )
    seeds = [
        turned(circle(0.32 * cos(a) * s, -0.42 + 0.26 * sin(a) * s, 0.018, 0.03, 8), lean)
        for s in (0.55, 1.0)
        for a in (0.35, 0.95, 1.57, 2.2, 2.8)
    ]
    drawing.multi(seeds, paint.dark, line=0, key="seeds")


def _acorn(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    nut = points(
        (0.0, 0.0),
        (-0.06, -0.06),
        (-0.24, -0.2),
        (-0.29, -0.5),
        (0.0, -0.58),
        (0.29, -0.5),
        (0.24, -0.2),
        (0.06, -0.06),
    )
    _flesh(drawing, paint, smooth(nut, True, 4), lean)
    _gleam(drawing, paint, -0.17, -0.34, lean)
    cup = points(
        (-0.36, -0.5),
        (-0.34, -0.68),
        (-0.14, -0.8),
        (0.14, -0.8),
        (0.34, -0.68),
        (0.36, -0.5),
        (0.0, -0.43),
    )
    drawing.form(turned(smooth(cup, True, 4), lean), paint.trunk, shade=0.8, key="cup")
    for k in range(7):
        x = -0.26 + 0.088 * k
        for j in range(2):
            y = -0.55 - 0.11 * j + 0.06 * abs(k - 3) * 0.3
            scale = turned(bezier((x - 0.03, y), (x, y + 0.04), (x + 0.03, y), 6), lean)
            drawing.stroke(scale, 0.7, paint.ink, wobble=0.1, key=f"scale{k}{j}")
    stalk(drawing, paint, moment, (0.0, -0.78), lean, lot, blade=False)


ROWS: tuple[tuple[str, Ripe, str, tuple[float, float], float, float], ...] = (
    ("apple", _apple, "red", (1.67, 0.69), 0.3, 0.09),
    ("pear", _pear, "green", (1.73, 0.69), 0.34, 0.12),
    ("lemon", _lemon, "yellow", (1.79, 0.69), 0.3, 0.07),
    ("orange", _orange, "orange", (1.85, 0.69), 0.3, 0.09),
    ("banana", _banana, "yellow", (1.49, 0.75), 0.34, 0.18),
    ("cherry", _cherries, "red", (1.55, 0.75), 0.32, 0.06),
    ("grapes", _grapes, "violet", (1.61, 0.75), 0.36, 0.18),
    ("strawberry", _strawberry, "red", (1.67, 0.75), 0.3, 0.04),
    ("pineapple", _pineapple, "orange", (1.73, 0.75), 0.44, 0.3),
    ("melon", _melon, "red", (1.79, 0.75), 0.34, 0.3),
    ("acorn", _acorn, "brown", (1.61, 0.69), 0.28, 0.03),
)
"""name, drawing, natural hue, place in the plane, height in the frame, metres."""

for _name, _draw, _hue, _at, _height, _metres in ROWS:
    register(
        Kind(
            _name,
            partial(build, _draw),
            at=_at,
            height=_height,
            home="garden" if _name == "acorn" else "room",
            width=1.0,
            top=(0.0, -0.7),
            shadow=0.36,
            hue=_hue,
            metres=_metres,
            grip=(0.0, -0.4),
            faces=False,
        )
    )
