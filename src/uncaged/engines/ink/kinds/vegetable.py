"""Vegetables: pumpkin, carrot, onion, cabbage, tomato, aubergine, pepper, radish. Rows beside those of `fruit`."""

from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Kind, register
from uncaged.engines.ink.kinds.foliage import frond, pinnae
from uncaged.engines.ink.kinds.fruit import Ripe, build, stalk
from uncaged.engines.ink.kinds.shaping import blade, horn, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

CABBAGE = lobed(Stream("cabbage"), 0.0, 0.0, 1.0, 1.0, 9, 0.1)


def _pumpkin(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """Ribs beside and over each other, the outer ones first; a crooked stalk, a leaf, a tendril."""
    for k in (-3, 3, -2, 2, -1, 1, 0):
        x, wide = 0.135 * k, 0.2 - 0.022 * abs(k)
        rib = circle(x, -0.34 + 0.012 * abs(k), wide, 0.34 - 0.03 * abs(k), 26)
        fill = paint.fill if k == 0 else "plain"
        tone = paint.colour if k % 2 == 0 else paint.second
        drawing.form(
            turned(rib, 0.3 * lean),
            tone,
            fill=fill,
            colour2=paint.pattern,
            shade=0.9,
            key=f"rib{k}",
        )
    stem = Tube([(0.0, -0.62), (0.0, -0.76), (0.1, -0.86)], [0.07, 0.045, 0.055], 10)
    drawing.form(
        turned(stem.outline(), 0.3 * lean), paint.leaf_dark, line=0.95, shade=0.5, key="stem"
    )
    flutter = 0.03 * moment.sway * moment.cycle(0.5, 0.25)
    blade = points((0.0, 0.0), (0.12, -0.16), (0.3, -0.12), (0.42, 0.02), (0.28, 0.1), (0.12, 0.12))
    drawing.form(
        smooth(blade, True, 3) + points(0.02, -0.66 + flutter),
        paint.leaf,
        line=0.9,
        shade=0.7,
        key="leaf",
    )
    u = np.linspace(0, 1, 16)
    curl = np.stack([-0.04 - 0.3 * u + 0.05 * cos(9 * u), -0.7 - 0.06 * u + 0.06 * sin(9 * u)], 1)
    drawing.stroke(curl, 1.0, paint.leaf_dark, wobble=0.2, key="tendril")


def _carrot(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """Upright on its tip, as nobody has seen one; its green waves."""
    for k in (-2, 2, -1, 1, 0):
        angle = 0.3 * k + lean + 0.06 * moment.sway * moment.cycle(0.5, 0.1 * k)
        rachis = frond((0.0, -0.62), angle, 0.4 - 0.03 * abs(k), 0.25 * k, 0.0, 10)
        drawing.multi(
            pinnae(rachis, 7, 0.11, 0.7, 0.3),
            (paint.leaf, paint.leaf_dark)[k % 2],
            line=0.5,
            key=f"green{k}",
        )
        drawing.stroke(rachis, 1.2, paint.leaf_dark, wobble=0.2, key=f"stem{k}")
    root = Tube(
        [(0.0, -0.66), (0.0, -0.4), (0.03, -0.15), (0.0, 0.02)],
        [0.15, 0.165, 0.1, 0.05, 0.0],
        26,
        cap_end=False,
    )
    drawing.form(
        turned(root.outline(), 0.5 * lean),
        paint.colour,
        fill=paint.fill,
        body=root,
        colour2=paint.pattern,
        shade=1.0,
        key="root",
    )
    for k in range(6):
        side = 1 if k % 2 else -1
        u = 0.14 + 0.12 * k
        line = root.at((u, u + 0.01, u + 0.005), (0.95 * side, 0.5 * side, 0.15 * side))
        drawing.stroke(turned(line, 0.5 * lean), 0.8, paint.ink, wobble=0.2, key=f"ring{k}")


def _onion(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """A bulb with lines of longitude, a dry top, a beard below."""
    bulb = points(
        (0.0, -0.86), (-0.05, -0.7), (-0.2, -0.6), (-0.4, -0.4), (-0.34, -0.12), (-0.1, -0.03)
    )
    bulb = np.concatenate([bulb, (bulb * (-1.0, 1.0))[:0:-1]])
    for k in range(6):
        root = points((-0.06 + 0.024 * k, -0.05), (-0.1 + 0.04 * k, 0.02))
        drawing.stroke(root, 0.8, paint.trunk, wobble=0.4, key=f"root{k}")
    drawing.form(
        turned(smooth(bulb, True, 4), lean),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        key="bulb",
    )
    for k in (-2, -1, 0, 1, 2):
        line = bezier((0.012 * k, -0.76), (0.26 * k, -0.36), (0.06 * k, -0.05), 12)
        drawing.stroke(turned(line, lean), 0.8, paint.pattern, wobble=0.3, key=f"line{k}")
    for k in (-1, 0, 1):
        tip = points(0.07 * k + 0.01 * moment.cycle(0.5, 0.2 * k), -0.99 + 0.03 * abs(k))
        drawing.form(
            turned(horn((0.02 * k, -0.78), tip, 0.025, 0.05 * k), lean),
            paint.second,
            line=0.8,
            key=f"top{k}",
        )


def _cabbage(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """Leaves round leaves."""
    rows = (
        (-0.3, -0.3, 0.36),
        (0.3, -0.3, 0.36),
        (0.0, -0.46, 0.36),
        (-0.14, -0.28, 0.32),
        (0.16, -0.27, 0.31),
        (0.0, -0.38, 0.26),
    )
    for k, (x, y, r) in enumerate(rows):
        stir = 0.01 * moment.cycle(0.5, 0.13 * k)
        form = turned(CABBAGE * (r, 0.92 * r), 0.9 * k + lean, (x + stir, y))
        tone = (paint.shadow, paint.shadow, paint.colour, paint.colour, paint.colour, paint.pale)[k]
        fill = paint.fill if k in (3, 4) else "plain"
        drawing.form(form, tone, fill=fill, colour2=paint.pattern, shade=0.9, key=f"leaf{k}")
        for j in (-1, 0, 1):
            vein = bezier((x, y + 0.8 * r), (x + 0.1 * r * j, y), (x + 0.6 * r * j, y - 0.6 * r), 7)
            drawing.stroke(vein, 0.7, paint.white, wobble=0.3, key=f"vein{k}{j}")


def _tomato(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """Broader than high, with a star of leaves."""
    flesh = points(
        (0.0, -0.6), (-0.22, -0.66), (-0.46, -0.52), (-0.48, -0.24), (-0.26, -0.03), (0.0, 0.0)
    )
    flesh = np.concatenate([flesh, (flesh * (-1.0, 1.0))[-2:0:-1]])
    drawing.form(
        turned(smooth(flesh, True, 4), lean),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.1,
        key="flesh",
    )
    gleam = bezier((-0.32, -0.34), (-0.34, -0.46), (-0.22, -0.54))
    drawing.stroke(turned(gleam, lean), 2.4, paint.pale, wobble=0.2, key="gleam")
    crown: list[Array] = []
    for k in range(6):
        a = 1.05 * k + 0.2 + 0.03 * moment.cycle(0.5, 0.1 * k)
        tip = points(cos(a) * 0.25, -0.6 + sin(a) * 0.1)
        crown.append(turned(blade((0.0, -0.61), tip, 0.035), lean))
    drawing.union(crown, paint.leaf, line=0.9, shade=0.5, key="crown")
    stalk(drawing, paint, moment, (0.0, -0.62), lean, lot, blade=False)


def _aubergine(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """A club that leans, with a cap."""
    body = Tube(
        [(0.2, -0.78), (0.12, -0.56), (-0.04, -0.32), (-0.12, -0.2)], [0.1, 0.13, 0.2, 0.23], 24
    )
    drawing.form(
        turned(body.outline(), lean),
        paint.colour,
        fill=paint.fill,
        body=body,
        colour2=paint.pattern,
        shade=1.1,
        key="flesh",
    )
    gleam = body.at(np.linspace(0.35, 0.8, 6), 0.5)
    drawing.stroke(turned(gleam, lean), 2.4, paint.pale, wobble=0.2, key="gleam")
    cap = points(
        (0.06, -0.8),
        (0.22, -0.9),
        (0.34, -0.8),
        (0.32, -0.64),
        (0.22, -0.72),
        (0.16, -0.6),
        (0.1, -0.72),
    )
    drawing.form(turned(smooth(cap, True, 3), lean), paint.leaf, line=0.95, shade=0.5, key="cap")
    stalk(drawing, paint, moment, (0.22, -0.86), lean, lot, blade=False)


def _pepper(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """Three lobes, and a stalk with a knee."""
    for k in (-1, 1, 0):
        lobe = points(
            (0.06 * k, -0.68),
            (-0.16 + 0.2 * k, -0.66),
            (-0.2 + 0.22 * k, -0.36),
            (-0.12 + 0.16 * k, -0.04),
            (0.1 * k, 0.0),
        )
        lobe = np.concatenate(
            [
                lobe,
                points((0.12 + 0.16 * k, -0.04), (0.2 + 0.22 * k, -0.36), (0.16 + 0.2 * k, -0.66)),
            ]
        )
        tone = paint.second if k else paint.colour
        fill = paint.fill if k == 0 else "plain"
        drawing.form(
            turned(smooth(lobe, True, 4), lean),
            tone,
            fill=fill,
            colour2=paint.pattern,
            shade=1.0,
            key=f"lobe{k}",
        )
    gleam = bezier((-0.1, -0.3), (-0.13, -0.46), (-0.06, -0.56))
    drawing.stroke(turned(gleam, lean), 2.2, paint.pale, wobble=0.2, key="gleam")
    stem = Tube([(0.0, -0.62), (0.0, -0.76), (0.08, -0.92)], [0.06, 0.035, 0.045], 10)
    drawing.form(turned(stem.outline(), lean), paint.leaf, line=0.95, shade=0.5, key="stem")


def _radish(drawing: Drawing, paint: Paint, moment: Moment, lean: float, lot: float) -> None:
    """A ball with a tail, and broad leaves."""
    for k in (-1, 1, 0):
        stir = 0.03 * moment.sway * moment.cycle(0.5, 0.15 * k)
        tip = points(0.26 * k + stir, -0.98 + 0.08 * abs(k))
        blade = leaf((0.0, -0.52), tip, 0.1, 0.1 * k, 12)
        drawing.form(
            turned(blade.outline(), lean),
            paint.leaf if k else paint.leaf_light,
            line=0.9,
            shade=0.6,
            key=f"leaf{k}",
        )
        drawing.stroke(
            turned(blade.at(np.linspace(0, 0.85, 6), 0), lean),
            0.8,
            paint.pale,
            wobble=0.2,
            key=f"rib{k}",
        )
    root = points((0.0, -0.54), (-0.24, -0.48), (-0.27, -0.28), (-0.12, -0.12), (-0.03, 0.0))
    root = np.concatenate([root, points((0.02, 0.02), (0.12, -0.12), (0.27, -0.28), (0.24, -0.48))])
    drawing.form(
        turned(smooth(root, True, 4), lean),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        key="root",
    )
    drawing.stroke(
        turned(bezier((-0.17, -0.3), (-0.18, -0.4), (-0.1, -0.46)), lean),
        2.2,
        paint.pale,
        key="gleam",
    )


ROWS: tuple[tuple[str, Ripe, str, tuple[float, float], float, float], ...] = (
    ("pumpkin", _pumpkin, "orange", (1.13, 0.75), 0.36, 0.35),
    ("carrot", _carrot, "orange", (1.19, 0.75), 0.4, 0.2),
    ("onion", _onion, "brown", (1.91, 0.69), 0.3, 0.09),
    ("cabbage", _cabbage, "green", (1.91, 0.63), 0.34, 0.25),
    ("tomato", _tomato, "red", (1.25, 0.75), 0.28, 0.08),
    ("aubergine", _aubergine, "violet", (1.31, 0.75), 0.34, 0.2),
    ("pepper", _pepper, "red", (1.37, 0.75), 0.32, 0.12),
    ("radish", _radish, "pink", (1.43, 0.75), 0.3, 0.1),
)
"""name, drawing, natural hue, place in the plane, height in the frame, metres."""

for _name, _draw, _hue, _at, _height, _metres in ROWS:
    register(
        Kind(
            _name,
            partial(build, _draw),
            at=_at,
            height=_height,
            home="garden",
            width=1.0,
            top=(0.0, -0.6),
            shadow=0.36,
            hue=_hue,
            metres=_metres,
            grip=(0.0, -0.4),
            faces=False,
        )
    )
