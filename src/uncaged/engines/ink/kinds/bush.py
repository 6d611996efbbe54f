"""A bush: clumps of leaves heaped on the ground, some in flower or berry; or a hedge, clipped straight."""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import clump, foliage, leaf_marks
from uncaged.engines.ink.kinds.tree_branching import wind
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, ease_out, over, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("bush", "hedge", "berries", "blossom")
HEAP = (
    (-0.3, -0.5, 0.3),
    (0.28, -0.52, 0.3),
    (0.0, -0.66, 0.34),
    (-0.48, -0.24, 0.3),
    (0.48, -0.24, 0.3),
    (0.0, -0.3, 0.38),
)
"""x, y and radius of each clump, back to front."""
MARKS = 46


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bush of the form, or of one its seed chooses."""
    lots = ("bush", "bush", "berries", "blossom")
    form = form if form in FORMS else stream.sub("form").pick(lots)
    return _hedge(stream, paint) if form == "hedge" else _bush(stream, paint, form)


def _bush(stream: Stream, paint: Paint, form: str) -> Figure:
    leaves = 14 if paint.fill == "plain" else 5
    clumps = [clump(stream.sub(k), 9, 0.15, leaves) for k in range(len(HEAP))]
    jitter = stream.array(2 * len(HEAP), -0.04, 0.04)
    dots = [stream.sub(f"dots{k}").array(8, -0.7, 0.7) for k in range(len(HEAP))]
    pale = mix(paint.colour, paint.palette.light, 0.25)

    def figure(drawing: Drawing, moment: Moment) -> None:
        for k, (x, y, radius) in enumerate(HEAP):
            grown = ease_out(over(moment.grow, 0.06 * k, 0.6 + 0.06 * k))
            if grown <= 0.02:
                continue
            at = (
                x + float(jitter[2 * k]) + wind(moment, 2, k),
                (y + float(jitter[2 * k + 1])) * grown,
            )
            far = k < 2
            foliage(
                drawing,
                clumps[k],
                at[0],
                at[1],
                radius * grown,
                paint.shadow if far else paint.colour,
                pale,
                paint.ink if far else paint.shadow,
                key=f"clump{k}",
                fill=paint.fill,
                pattern=paint.pattern,
                leaf=0.055 * grown,
                stir=wind(moment, 5, k) * 3,
            )
            if form != "bush" and k > 1:
                _dots(drawing, paint, form, dots[k], at, radius * grown, moment, k)

    return figure


def _dots(
    drawing: Drawing,
    paint: Paint,
    form: str,
    dots: Array,
    at: tuple[float, float],
    radius: float,
    moment: Moment,
    clump_: int,
) -> None:
    """Four berries, or four blossoms of five petals."""
    ripe = ease_out(over(moment.grow, 0.7, 1.0))
    for j in range(4):
        x, y = at[0] + float(dots[2 * j]) * radius, at[1] + float(dots[2 * j + 1]) * radius * 0.7
        if form == "berries":
            ball = circle(x, y, 0.05 * ripe, count=12)
            drawing.form(ball, paint.accent, line=0.7, shade=0.7, key=f"berry{clump_}.{j}")
            continue
        for k in range(5):
            px, py = x + cos(1.257 * k) * 0.042 * ripe, y + sin(1.257 * k) * 0.042 * ripe
            drawing.dot(px, py, 0.036 * ripe, paint.accent)
        drawing.dot(x, y, 0.024 * ripe, paint.pale)


def _hedge(stream: Stream, paint: Paint) -> Figure:
    """A long block: its edges ruffled, leaf marks all over."""
    rough = stream.array(40, -0.018, 0.018)
    at = np.stack([stream.array(MARKS, -0.95, 0.95), stream.array(MARKS, -0.66, -0.06)], 1)
    turn = stream.array(MARKS, -0.9, 0.9)
    bright = at[:, 0] * 0.4 + at[:, 1] * 1.6 < stream.array(MARKS, -1.1, 0.0)
    pale = mix(paint.colour, paint.palette.light, 0.25)

    def figure(drawing: Drawing, moment: Moment) -> None:
        grown = ease_out(moment.grow)
        if grown <= 0.02:
            return
        top = -0.72 * grown
        u = np.linspace(-1, 1, 27)
        stir = 0.006 * moment.sway * moment.cycle(0.5)
        upper = np.stack([u + stir, top + rough[:27] + 0.02 * sin(u * 21)], 1)
        right = points((1.03 + stir, 0.6 * top), (0.99, 0.3 * top), (1.01, 0.0))
        left = points((-1.01, 0.0), (-1.0, 0.3 * top), (-1.03 + stir, 0.6 * top))
        drawing.form(
            np.concatenate([upper, right, left]),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.1,
            key="hedge",
        )
        angle = turn + wind(moment, 4) * 3
        half = np.stack([sin(angle), -cos(angle)], 1) * (0.045 * grown)
        marks = leaf_marks(at * (1.0, grown), half, 0.32)
        drawing.multi(list(marks[bright]), pale, line=0, key="light")
        drawing.multi(list(marks[~bright]), paint.shadow, line=0, key="dark")

    return figure


def green(palette: Palette) -> Colour:
    """The colour of leaves under a palette, where no other is named."""
    return mix(under(HUES["green"], palette), palette.near, 0.4)


register(
    Kind(
        "bush",
        build,
        at=(1.13, 0.69),
        height=0.4,
        home="garden",
        width=1.5,
        top=(0.0, -0.85),
        shadow=0.6,
        motion="sway",
        forms=FORMS,
        plant=True,
        faces=False,
        colour=green,
        quiet=("striped", "dotted"),
        metres=1.5,
    )
)
