"""What is drawn on a garment: lapels, belts, folds, a swimsuit. Knows joints and cuts, no postures.

A new one is a function in `LINES`, which a row of `CUTS` names.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_cuts import Worn
from uncaged.engines.ink.kinds.person_rig import Rig
from uncaged.engines.ink.numbers import Array, lerp
from uncaged.engines.ink.paint import Paint

Trim: TypeAlias = Callable[[Drawing, Paint, Rig, Worn, Array | None], None]
"""drawing, paint, joints, garment, the hem (back, middle, front) where one hangs."""


def _coat(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    b = worn.body
    g, t, u = b.girth * b.unit, b.trunk, b.unit
    waist = rig.at((0.07 * g, 0.0))[0]
    low = waist if hem is None or rig.floor < 1 else lerp(hem[1], hem[2], 0.6)
    top = rig.at((0.03 * g, t + 0.02 * u))[0]
    edge = np.stack([top, rig.at((0.074 * g + 0.6 * b.belly, 0.1 * u))[0], low])
    d.stroke(smooth(edge), 0.7, key="front")
    lapel = rig.at((-0.02 * g, t + 0.02 * u), (0.025 * g, t - 0.055 * u), (0.04 * g, t))
    d.stroke(lapel, 0.6, wobble=0.3, key="lapel")
    if hem is not None and rig.floor > 1:
        pocket = points(lerp(rig.hip, hem[0], 0.3), lerp(rig.hip, hem[1], 0.25))
        d.stroke(pocket + points(0.02 * g, 0), 0.6, wobble=0.4, key="pocket")
    for q in (0.3, 0.55, 0.8):
        x, y = rig.at((lerp(0.055, 0.058, q) * g + 0.6 * b.belly * q, lerp(t, 0.0, q)))[0]
        d.dot(x, y, 0.008 * u, paint.pale)


def _jacket(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    """Open at the breast: a pale shirt and a tie."""
    b = worn.body
    g, t, u = b.girth * b.unit, b.trunk, b.unit
    shirt = rig.at((-0.01 * g, t + 0.028 * u), (0.05 * g, t + 0.02 * u), (0.062 * g, t - 0.14 * u))
    d.flat(smooth(shirt, True, 3), paint.pale)
    tie = rig.at(
        (0.026 * g, t + 0.02 * u), (0.044 * g, t + 0.012 * u), (0.062 * g, t - 0.1 * u),
        (0.05 * g, t - 0.13 * u),
    )  # fmt: skip
    d.flat(tie, paint.accent)
    lapel = rig.at((-0.012 * g, t + 0.03 * u), (0.03 * g, t - 0.08 * u), (0.064 * g, t - 0.15 * u))
    d.stroke(lapel, 0.8, wobble=0.3, key="lapel")
    low = rig.at((0.075 * g, 0.0))[0] if hem is None else hem[2]
    d.stroke(points(lapel[2], lerp(lapel[2], low, 0.9)), 0.6, key="front")


def _belt(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    b = worn.body
    w, u = worn.cut.waist * b.girth * b.unit, b.unit
    belt = rig.at((-1.05 * w, 0.068 * u), (0.0, 0.042 * u), (0.96 * w + b.belly, 0.066 * u))
    d.stroke(smooth(belt), 1.6, paint.second, key="belt", taper=(0.05, 0.05))


def _dress(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    _belt(d, paint, rig, worn, hem)
    _folds(d, paint, rig, worn, hem)


def _folds(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    """Three lines from the hip towards the hem."""
    if hem is None or rig.floor < 1:
        return
    for k in (-0.5, 0.1, 0.6):
        top = rig.at((k * 0.06 * worn.body.unit, -0.04 * worn.body.unit))[0]
        end = lerp(hem[1], hem[2] if k > 0 else hem[0], abs(k))
        d.stroke(points(top, lerp(top, end, 0.92)), 0.5)


def _robe(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    """A cord and a broad trimming down the front."""
    _folds(d, paint, rig, worn, hem)
    _belt(d, paint, rig, worn, hem)


def _shorts(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    u = worn.body.unit
    stripe = rig.at((-0.085 * u, 0.16 * u), (0.0, 0.14 * u), (0.08 * u, 0.16 * u))
    d.stroke(smooth(stripe), 1.5, paint.second, key="stripe", taper=(0.05, 0.05))


def _skin(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    """A body is two lines: the blade of the shoulder and the navel."""
    t, u = worn.body.trunk, worn.body.unit
    blade = rig.at((-0.03 * u, t - 0.03 * u), (-0.05 * u, t - 0.1 * u))
    d.stroke(blade, 0.5, wobble=0.3, key="blade")
    x, y = rig.at((0.05 * u + worn.body.belly, 0.075 * u))[0]
    d.dot(x, y, 0.005 * u, paint.skin_shadow)


def _swimsuit(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    """From the breast to the hip, over what is there."""
    b = worn.body
    g, t, u = b.girth * b.unit, b.trunk, b.unit
    w = worn.cut.waist * g
    suit = rig.at(
        (-0.02 * g, t + 0.02 * u), (0.03 * g, t - 0.02 * u), (0.086 * g, t - 0.07 * u),
        (0.9 * w + b.belly, 0.1 * u), (0.082 * g + 0.6 * b.belly, 0.0), (0.03 * g, -0.052 * u),
        (-0.09 * g, -0.02 * u), (-w, 0.1 * u), (-0.092 * g, t - 0.08 * u), (-0.05 * g, t - 0.01 * u),
    )  # fmt: skip
    tube = Tube(rig.at((0.0, t), (0.0, -0.05)), [0.09, 0.09], 8)
    d.form(
        smooth(suit, True, 3), paint.colour, line=0.8, fill=paint.fill, body=tube,
        colour2=paint.pattern, shade=0.7, key="suit",
    )  # fmt: skip


def _trunks(d: Drawing, paint: Paint, rig: Rig, worn: Worn, hem: Array | None) -> None:
    b = worn.body
    g, u = b.girth * b.unit, b.unit
    short = rig.at(
        (-0.1 * g, 0.055 * u), (0.0, 0.045 * u), (0.085 * g + b.belly, 0.055 * u),
        (0.09 * g, -0.04 * u), (0.0, -0.06 * u), (-0.1 * g, -0.04 * u),
    )  # fmt: skip
    d.form(smooth(short, True, 3), paint.colour, line=0.8, fill=paint.fill, shade=0.6, key="suit")
    _skin(d, paint, rig, worn, hem)


LINES: Final[Mapping[str, Trim]] = {
    "coat": _coat,
    "jacket": _jacket,
    "belt": _belt,
    "dress": _dress,
    "folds": _folds,
    "robe": _robe,
    "shorts": _shorts,
    "skin": _skin,
    "swimsuit": _swimsuit,
    "trunks": _trunks,
}
"""What is drawn on a garment, by name."""
