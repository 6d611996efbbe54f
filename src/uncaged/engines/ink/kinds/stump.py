"""What is left of a tree: a stump with its rings, or a log with moss, and sometimes a twig that does not give up."""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import blade
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("stump", "log")
SIDE = points(
    (-0.42, -0.62),
    (-0.43, -0.34),
    (-0.52, -0.12),
    (-0.74, 0.0),
    (-0.4, -0.02),
    (-0.2, 0.03),
    (0.1, -0.02),
    (0.36, 0.02),
    (0.72, 0.0),
    (0.5, -0.14),
    (0.42, -0.36),
    (0.42, -0.62),
)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A stump or a log; the side its twig is on by lot."""
    twig = stream.pick((-1, 1))
    rings = [stream.uniform(-0.02, 0.02) for _ in range(8)]
    pale = mix(paint.colour, paint.palette.light, 0.55)
    draw = _log if form == "log" else _stump

    def figure(drawing: Drawing, moment: Moment) -> None:
        draw(drawing, paint, moment, pale, rings, twig)

    return figure


def _rings(
    drawing: Drawing,
    paint: Paint,
    pale: Colour,
    rings: list[float],
    at: tuple[float, float],
    wide: float,
    high: float,
) -> None:
    """A sawn face: pale wood, rings that are not quite round, a crack."""
    x, y = at
    drawing.form(circle(x, y, wide, high, 30), pale, shade=0.4, key="face")
    for k in range(4):
        share = 0.82 - 0.2 * k
        ring = circle(x + rings[k] * wide, y + rings[k + 4] * high, wide * share, high * share, 24)
        ring = np.concatenate([ring, ring[:1]])
        drawing.stroke(ring, 0.7, paint.shadow, wobble=0.5, taper=(0.02, 0.02), key=f"ring{k}")
    crack = points(
        (x + 0.1 * wide, y), (x + 0.5 * wide, y + 0.2 * high), (x + 0.96 * wide, y + 0.3 * high)
    )
    drawing.stroke(crack, 0.8, paint.ink, key="crack")


def _sprig(drawing: Drawing, paint: Paint, moment: Moment, at: Array, side: int) -> None:
    """Two leaves that came after all."""
    blow = 0.03 * moment.sway * moment.cycle(0.5)
    top = at + points(side * 0.14 + blow, -0.2)
    drawing.stroke(
        smooth([at, at + points(side * 0.08, -0.08), top]), 1.4, paint.leaf_dark, key="sprig"
    )
    for k in (-1, 1):
        green = blade(top, top + points(0.15 * k + blow, -0.1), 0.045, 0.15 * k)
        drawing.form(green, paint.leaf, line=0.85, shade=0.5, key=f"leaf{k}")


def _stump(
    drawing: Drawing, paint: Paint, moment: Moment, pale: Colour, rings: list[float], twig: int
) -> None:
    _sprig(drawing, paint, moment, points(0.4 * twig, -0.44), twig)
    side = smooth(SIDE, True, 4)
    drawing.form(side, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key="side")
    for k in range(6):
        x = -0.33 + 0.13 * k
        bark = smooth(points((x, -0.5), (x + 0.02 * (-1) ** k, -0.3), (x * 1.15, -0.1)))
        drawing.stroke(bark, 0.9, paint.ink, wobble=0.6, key=f"bark{k}")
    _rings(drawing, paint, pale, rings, (0.0, -0.62), 0.42, 0.16)


def _log(
    drawing: Drawing, paint: Paint, moment: Moment, pale: Colour, rings: list[float], twig: int
) -> None:
    _sprig(drawing, paint, moment, points(0.3 * twig - 0.1, -0.48), twig)
    body = points(
        (0.72, -0.52),
        (0.0, -0.55),
        (-0.78, -0.48),
        (-0.92, -0.28),
        (-0.8, -0.05),
        (0.0, 0.02),
        (0.72, 0.0),
    )
    drawing.form(
        smooth(body, True, 4),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.1,
        key="side",
    )
    for k in range(5):
        y = -0.46 + 0.1 * k
        bark = smooth(
            points((-0.7 + 0.06 * k, y), (-0.1 + 0.07 * k, y - 0.02), (0.3 + 0.03 * k, y))
        )
        drawing.stroke(bark, 0.8, paint.ink, wobble=0.6, key=f"bark{k}")
    knot = np.stack(
        [-0.3 + 0.09 * cos(np.linspace(0, 6, 9)), -0.24 + 0.06 * sin(np.linspace(0, 6, 9))], 1
    )
    drawing.stroke(knot, 0.9, paint.ink, key="knot")
    moss = points(
        (-0.72, -0.47), (-0.5, -0.56), (-0.1, -0.57), (0.2, -0.53), (0.0, -0.47), (-0.3, -0.5)
    )
    drawing.form(smooth(moss, True, 3), paint.leaf, line=0.6, shade=0.6, key="moss")
    _rings(drawing, paint, pale, rings, (0.7, -0.26), 0.19, 0.27)


def _wood(palette: Palette) -> Colour:
    return mix(under(HUES["brown"], palette), palette.near, 0.25)


register(
    Kind(
        "stump",
        build,
        at=(1.55, 0.69),
        height=0.34,
        home="forest",
        width=1.5,
        top=(0.0, -0.66),
        shadow=0.6,
        forms=FORMS,
        faces=False,
        colour=_wood,
        metres=0.5,
        grip=(0.0, -0.3),
    )
)
