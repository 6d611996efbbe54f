"""A flower in seven forms: daisy, sun, poppy, star, tulip, bell, rose.

How it is built: a curved stem (a tube) that bends in the wind, leaves on alternate sides of it, and one head
(`flower_head`). The stem grows first; each leaf comes when the stem has passed it; the bud opens last and overshoots.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, leaf, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.flower_head import HEADS, Bloom
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease_out, over, settle
from uncaged.engines.ink.paint import Paint

FORMS = ("daisy", "sun", "poppy", "star", "tulip", "bell", "rose")
LOTS = FORMS[:6]
"""What the seed chooses from; what came later only comes by its name, so that old flowers stay."""


@dataclass(frozen=True, slots=True)
class _Stem:
    """height: of the head's middle. bend: how far the head stands aside. leaves: how many."""

    height: float
    bend: float
    leaves: int


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A flower of the form, or of one its seed chooses."""
    form = form if form in FORMS else stream.sub("form").pick(LOTS)
    shape = _Stem(stream.uniform(0.68, 0.78), stream.uniform(-0.14, 0.14), stream.integer(2, 4))
    draw_head = HEADS[form](stream.sub(form), paint)

    def figure(drawing: Drawing, moment: Moment) -> None:
        if moment.grow <= 0.01:
            return
        late = moment.sway * (0.05 * moment.cycle(0.5, 0.1) + 0.015 * moment.cycle(1, 0.3))
        stem = _stem(shape, moment)
        drawing.form(stem.outline(), paint.leaf, line=0.8, shade=0.3, key="stem")
        _draw_leaves(drawing, moment, paint, stem, shape.leaves, late)
        top = stem.p[-1]
        opened = settle(over(moment.grow, 0.5, 1), 0.15)
        if opened < 0.4:
            thick = ease_out(over(moment.grow, 0, 0.3))
            bud = circle(top[0], top[1], 0.03 * thick, 0.045 * thick, 12)
            drawing.form(bud, paint.leaf, line=0.8, shade=0.5, key="bud")
        if opened > 0.02:
            draw_head(drawing, moment, Bloom(top[0], top[1], opened, late * 2))

    return figure


def _stem(shape: _Stem, moment: Moment) -> Tube:
    blown = moment.sway * (0.05 * moment.cycle(0.5) + 0.015 * moment.cycle(1, 0.2))
    up = ease_out(over(moment.grow, 0, 0.6))
    height = shape.height * up
    spine = [
        (0, 0.01),
        (shape.bend * -0.5 * up + blown * 0.2, -height * 0.4),
        (shape.bend * 0.4 * up + blown * 0.6, -height * 0.75),
        (shape.bend * up + blown, -height),
    ]
    return Tube(spine, [0.017, 0.014, 0.012, 0.012], count=18, cap_start=False)


def _draw_leaves(
    drawing: Drawing, moment: Moment, paint: Paint, stem: Tube, count: int, late: float
) -> None:
    for k in range(count):
        grown = ease_out(over(moment.grow, 0.2 + 0.1 * k, 0.65 + 0.1 * k))
        if grown < 0.05:
            continue
        side = -1 if k % 2 else 1
        foot: Array = stem.at(0.12 + 0.2 * k, 0)
        reach = points(side * (0.27 - 0.04 * k) * grown, -0.17 * grown + 0.02 * k + late * side)
        blade = leaf(foot, foot + reach, 0.048 * grown, -0.16 * side, 12)
        tone = paint.leaf if k % 2 else paint.leaf_light
        drawing.form(blade.outline(), tone, body=blade, shade=0.9, key=f"leaf{k}")
        rib = blade.at(np.linspace(0.03, 0.93, 7), 0)
        drawing.stroke(rib, 0.6, paint.ink, wobble=0.2, key=f"rib{k}")


register(
    Kind(
        name="flower",
        build=build,
        at=(0.60, 0.84),
        height=0.72,
        home="meadow",
        top=(0.0, -0.8),
        shadow=0.14,
        motion="sway",
        forms=FORMS,
        plant=True,
        faces=False,
        metres=0.5,
        grip=(0.0, -0.25),
        traits=("perch",),
    )
)
