"""A palm: a leaning trunk with rings, fronds that droop from its top, sometimes nuts or a skirt of old fronds.

How it is built: half of the fronds are drawn dark behind the trunk's top, half of them light in front (`frond`,
`pinnae`). No two trunks are alike: lean, bow, girth, swelling at the foot and number of rings are drawn by lot.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube, circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import frond, pinnae
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, clamp, ease_out, over
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class _Trunk:
    """lean: of its top. bow: where its spine is at a third and two thirds of the height, in shares of the lean.

    radii: from the foot up. rings: u of each ring. v: how each ring is cut short, (rings, 2).
    """

    height: float
    lean: float
    bow: tuple[float, float]
    radii: Array
    rings: Array
    cuts: Array


@dataclass(frozen=True, slots=True)
class _Frond:
    """side: −1 … 1 across the crown. angle, droop: radians. start: of its growth, 0 … 1."""

    side: float
    angle: float
    length: float
    droop: float
    start: float


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A palm; it has no forms."""
    trunk, fronds = _trunk(stream.sub("trunk")), _fronds(stream.sub("fronds"))
    nuts = stream.chance(0.6)
    skirt = [0.16 + 0.17 * k + stream.uniform(-0.05, 0.05) for k in range(stream.integer(4, 6))]
    skirt = skirt if stream.chance(0.4) else []
    dry = mix(paint.trunk, paint.leaf, 0.35)

    def figure(drawing: Drawing, moment: Moment) -> None:
        if moment.grow <= 0.01:
            return
        tube = _stand(trunk, moment)
        top = tube.p[-1]

        def draw(i: int, leaves: _Frond, dark: bool) -> None:
            light = paint.leaf if i % 3 else paint.leaf_light
            _draw_frond(drawing, moment, top, leaves, i, paint, paint.leaf_dark if dark else light)

        for i, leaves in enumerate(fronds[::2]):
            draw(2 * i, leaves, True)
        _draw_skirt(drawing, moment, top, skirt, dry)
        _draw_trunk(drawing, trunk, tube, paint)
        for i, leaves in enumerate(fronds[1::2]):
            draw(2 * i + 1, leaves, False)
        ripe = ease_out(over(moment.grow, 0.8, 1))
        if nuts and ripe > 0.02:
            for k, (x, y) in enumerate(((-0.03, 0.025), (0.035, 0.03), (0.0, 0.05))):
                nut = circle(top[0] + x, top[1] + y, 0.03 * ripe, count=12)
                drawing.form(nut, paint.accent, line=0.7, shade=0.8, key=f"nut{k}")

    return figure


def _trunk(stream: Stream) -> _Trunk:
    lean = stream.pick((-1, 1)) * stream.uniform(0.03, 0.2)
    bow = stream.pick(((0.05, 0.4), (0.15, 0.55), (0.33, 0.7), (-0.35, 0.3), (0.6, 1.05)))
    girth, swell = stream.uniform(0.8, 1.25), stream.uniform(1.0, 1.9)
    belly = stream.uniform(0.95, 1.3)
    radii = np.array([0.034 * swell, 0.034, 0.031 * belly, 0.027, 0.031]) * girth
    count = stream.integer(8, 15)
    rings = 0.05 + 0.9 * (np.arange(count) + stream.array(count, -0.25, 0.25)) / count
    cuts = np.stack([stream.array(count, -0.98, -0.6), stream.array(count, 0.5, 0.98)], 1)
    return _Trunk(stream.uniform(0.62, 0.76), lean, bow, radii, rings, cuts)


def _fronds(stream: Stream) -> list[_Frond]:
    count = stream.integer(8, 10)
    droop = stream.uniform(1.05, 1.4)
    made: list[_Frond] = []
    for i in range(count):
        side = -1 + 2 * i / (count - 1)
        upright = abs(side) <= 0.15
        angle = side * 1.5 + (0.12 if abs(side) <= 0.1 else 0) + stream.uniform(-0.09, 0.09)
        bent = (0.3 * (1 if i % 2 else -1) if upright else side) * droop
        length = (0.48 - 0.05 * abs(side) + 0.03 * (i % 3)) * stream.uniform(0.92, 1.06)
        made.append(_Frond(side, angle, length, bent * stream.uniform(0.88, 1.12), 0.25 + 0.03 * i))
    return made


def _stand(trunk: _Trunk, moment: Moment) -> Tube:
    """The trunk at a moment: it grows upwards, and its upper part moves in the wind."""
    up = ease_out(moment.grow)
    height = trunk.height * (0.05 + 0.95 * up)
    blown = moment.sway * (0.02 * moment.cycle(0.5) + 0.006 * moment.cycle(1))
    lean = trunk.lean * up
    low, high = trunk.bow
    spine = [
        (0, -0.02 * up),
        (lean * low, -height * 0.35),
        (lean * high + blown * 0.4, -height * 0.7),
        (lean + blown, -height),
    ]
    thick = 0.25 + 0.75 * clamp(moment.grow * 1.5)
    return Tube(spine, trunk.radii * thick, count=26)


def _draw_trunk(drawing: Drawing, trunk: _Trunk, tube: Tube, paint: Paint) -> None:
    drawing.form(tube.outline(), paint.trunk, body=tube, shade=0.9, key="trunk")
    for k, u in enumerate(trunk.rings):
        v = np.linspace(trunk.cuts[k, 0], trunk.cuts[k, 1], 5)
        ring = tube.at(u + 0.012 * (1 - v * v), v)
        drawing.stroke(ring, 0.6, paint.ink, wobble=0.3, key=f"ring{k}")


def _draw_frond(
    drawing: Drawing,
    moment: Moment,
    top: Array,
    leaves: _Frond,
    i: int,
    paint: Paint,
    colour: Colour,
) -> None:
    """One frond; on its way up it stands steeper and droops more."""
    grown = ease_out(over(moment.grow, leaves.start, leaves.start + 0.6 - 0.015 * i))
    if grown < 0.03:
        return
    late = 0.07 * i
    angle = leaves.angle + moment.sway * 0.07 * moment.cycle(0.5, 0.12 + late)
    droop = leaves.droop + moment.sway * 0.2 * moment.cycle(0.5, 0.22 + late)
    rachis = frond(top, angle, leaves.length * grown, droop * (1.2 - 0.4 * grown))
    leaflets = pinnae(rachis, 15, 0.135 * grown, lean=1.15, fat=0.13, peak=0.4)
    drawing.multi(leaflets, colour, line=0.45, key=f"leaflets{i}")
    rib = paint.leaf_dark if colour == paint.leaf_dark else paint.ink
    drawing.stroke(rachis, 1.3, rib, taper=(0.02, 0.4), wobble=0.3, key=f"rachis{i}")


def _draw_skirt(
    drawing: Drawing,
    moment: Moment,
    top: Array,
    skirt: list[float],
    colour: Colour,
) -> None:
    """Old fronds that hang down the trunk."""
    old = ease_out(over(moment.grow, 0.7, 1))
    if old < 0.05:
        return
    for k, spread in enumerate(skirt):
        side = 1 if k % 2 else -1
        angle = side * (PI - spread) + 0.05 * moment.sway * moment.cycle(0.5, 0.2 * k)
        rachis = frond(top, angle, (0.22 - 0.015 * k) * old, side * 0.3)
        drawing.multi(pinnae(rachis, 9, 0.05 * old, lean=2.0), colour, line=0.4, key=f"old{k}")


register(
    Kind(
        name="palm",
        build=build,
        at=(0.72, 0.56),
        height=0.82,
        home="desert",
        width=0.75,
        top=(0.0, -0.8),
        shadow=0.2,
        motion="sway",
        plant=True,
        faces=False,
        metres=9.0,
        grip=(0.0, -0.3),
        traits=("perch",),
    )
)
