"""A boat that rocks: a sailing one, its sails filling and slackening, or one of `ships`. Of the water it knows nothing.

How it is built: everything is drawn upright and then rocked about the waterline; the hull is cut off along a level,
wavy line, so that it lies in the water and not on it, and a few light strokes mark that line.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.ships import SHIPS, clouds
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("sail", "sails", *SHIPS)
WATER = 0.05
"""The waterline: this far below the anchor, in heights."""


@dataclass(frozen=True, slots=True)
class Boat:
    """What the lot decided. fore: it carries a second, smaller sail. seams: how many cloths a sail is sewn of."""

    paint: Paint
    fore: bool
    seams: int


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A boat; `form` is one of `FORMS` (one sail, two, or another ship), or "" for a sailing one by lot."""
    if form in SHIPS:
        return partial(_ship, paint, form, clouds(stream))
    two = stream.chance(0.6)
    return partial(
        _draw, Boat(paint, form == "sails" or (two and form != "sail"), stream.pick((0, 2, 3)))
    )


def _rocked(p: Array, m: Moment) -> Array:
    """Points turned about the anchor and lifted by the swell."""
    angle = 0.05 * m.cycle(0.5)
    c, s = cos(angle), sin(angle)
    x, y = p[:, 0], p[:, 1]
    return np.stack([x * c - y * s, x * s + y * c + 0.015 * m.cycle(0.5, 0.2)], 1)


def _draw(boat: Boat, d: Drawing, m: Moment) -> None:
    paint = boat.paint
    belly = 0.05 + 0.025 * (1 + m.cycle(0.5, 0.15))
    mast = Tube([(0.0, -0.1), (0.0, -0.95)], [0.014, 0.01], 6)
    d.form(_rocked(mast.outline(), m), paint.trunk, line=0.8, shade=0.3, key="mast")
    _main(boat, d, m, belly)
    if boat.fore:
        edge = smooth(
            [(-0.03, -0.85), (-0.1 + belly * 0.5, -0.55), (-0.36 + belly, -0.24)], False, 5
        )
        foot = smooth([(-0.36 + belly, -0.24), (-0.2, -0.21), (-0.03, -0.23)], False, 4)
        d.form(_rocked(np.concatenate([edge, foot]), m), paint.pale, shade=0.9, key="fore")
    _hull(boat, d, m)
    tip = [
        (0, -0.95), (-0.08, -0.96 + 0.015 * m.cycle(1, 0.1)),
        (-0.16, -0.93 + 0.02 * m.cycle(1, 0.3)),
    ]  # fmt: skip
    pennant = Tube(_rocked(smooth(tip), m), [0.03, 0.02, 0.0], 8)
    d.form(pennant.outline(), paint.accent, line=0.6, shade=0, key="pennant")


def _main(boat: Boat, d: Drawing, m: Moment, belly: float) -> None:
    """The large sail before the mast; its seams follow its belly."""
    paint = boat.paint
    edge = smooth([(0.03, -0.9), (0.18 + belly, -0.62), (0.42 + belly * 0.6, -0.24)], False, 5)
    foot = smooth([(0.42 + belly * 0.6, -0.24), (0.2, -0.2), (0.03, -0.22)], False, 4)
    sail = _rocked(np.concatenate([edge, foot]), m)
    d.form(sail, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, key="main")
    for k in range(boat.seams):
        q = (k + 1) / (boat.seams + 1)
        end = edge[int(q * (len(edge) - 1))]
        y = -0.9 + 0.68 * q
        seam = points((0.035, y), ((0.03 + end[0]) / 2, (y + end[1]) / 2 + 0.02), end)
        d.stroke(_rocked(smooth(seam), m), 0.5, paint.pattern, wobble=0.4)


def _hull(boat: Boat, d: Drawing, m: Moment) -> None:
    """The hull, cut by the water it lies in."""
    paint = boat.paint
    d.clip(_above_water(m, 0.62))
    hull = [
        (-0.5, -0.14), (-0.2, -0.1), (0.2, -0.1), (0.55, -0.17), (0.44, 0.02), (0.24, 0.12),
        (-0.22, 0.12), (-0.42, 0.02),
    ]  # fmt: skip
    d.form(_rocked(smooth(hull, True, 4), m), paint.second, shade=1.0, key="hull")
    rail = smooth([(-0.47, -0.1), (-0.2, -0.055), (0.2, -0.055), (0.5, -0.12)])
    d.stroke(_rocked(rail, m), 1.5, paint.pale, wobble=0.3, key="rail")
    d.unclip()
    _foam(d, paint, m)


def _above_water(m: Moment, half: float) -> Array:
    """All that is above the waves, to both sides of the boat."""
    x = np.linspace(-half, half, 14)
    level = WATER + 0.006 * sin(TAU * (x * 2.2 - m.turn(0.5)))
    return np.concatenate([np.stack([x, level], 1), points((half, -1.4), (-half, -1.4))])


def _foam(d: Drawing, paint: Paint, m: Moment) -> None:
    """Light strokes along the waterline."""
    for k, (left, right) in enumerate(((-0.5, -0.2), (-0.08, 0.16), (0.26, 0.54))):
        shift = 0.03 * m.cycle(0.5, 0.3 * k)
        u = np.linspace(left + shift, right + shift, 8)
        foam = np.stack([u, WATER + 0.008 + 0.006 * sin(TAU * (u * 2.2 - m.turn(0.5)))], 1)
        d.stroke(foam, 1.1, paint.white, taper=(0.4, 0.4), wobble=0.4, key=f"foam{k}")


def _ship(paint: Paint, form: str, cloud: list[Array], d: Drawing, m: Moment) -> None:
    """Another ship, rocked and cut by the same water."""
    d.clip(_above_water(m, 1.6))
    SHIPS[form](d, paint, lambda p: _rocked(p, m), m, cloud)
    d.unclip()
    _foam(d, paint, m)


register(
    Kind(
        "boat",
        build,
        at=(0.90, 0.44),
        height=0.50,
        domain="water",
        home="water",
        width=1.0,
        top=(-0.12, -0.12),
        shadow=0.4,
        motion="swim",
        forms=FORMS,
        metres=7.0,
        grip=(0.5, -0.14),
        traits=("perch",),
    )
)
