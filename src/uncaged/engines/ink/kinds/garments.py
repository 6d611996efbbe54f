"""What people wear: one closed form from the shoulder to a hem that comes late. Knows joints, no postures and no moods.

How it is built: the outline lies in the trunk's own frame, so that it bends, leans and lies with it; where thighs lie
across the trunk the skirt becomes a form of its own along them. The form carries the pattern, in the body coordinates
of a tube through shoulder, hip and hem. Cuts are in `person_cuts`, the lines on them in `person_trims`.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_cuts import Worn
from uncaged.engines.ink.kinds.person_rig import Rig
from uncaged.engines.ink.kinds.person_trims import LINES
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, clamp, cos, lerp, sin
from uncaged.engines.ink.paint import Paint


def garment(d: Drawing, paint: Paint, rig: Rig, worn: Worn, m: Moment) -> None:
    """The garment: its form, then the lines that make a coat or a dress of it."""
    if rig.folded:
        outline, tube = _bodice(rig, worn)
        hem = None
    else:
        outline, tube, hem = _hanging(rig, worn, m)
    bare = worn.cut.sleeve == 0.0
    d.form(
        smooth(outline, True, 4),
        paint.skin if bare else paint.colour,
        fill="plain" if bare else paint.fill,
        body=tube,
        colour2=paint.pattern,
        shade=0.45 if bare else 1.0,
        key="garment",
    )
    if worn.cut.lines:
        LINES[worn.cut.lines](d, paint, rig, worn, hem)


def _upper(rig: Rig, worn: Worn) -> tuple[Array, Array]:
    """The front of the trunk from the shoulder down, and its back from the hip up."""
    b = worn.body
    g, t, u = b.girth * b.unit, b.trunk, b.unit
    w, chest = worn.cut.waist * g, (0.09 + 0.004 * rig.breath) * g
    round_ = b.belly
    front = rig.at(
        (-0.035 * g, t + 0.03 * u),
        (0.045 * g, t + 0.03 * u),
        (chest, t - 0.03 * u),
        (0.9 * w + round_, 0.1 * u),
        (0.085 * g + 0.7 * round_, 0.0),
    )
    back = rig.at(
        (-0.1 * g, 0.0),
        (-w - 0.005 * g, 0.1 * u),
        (-0.1 * g, t - 0.035 * u),
    )
    return front, back


def _hang(rig: Rig) -> float:
    """The lean of what hangs: straight down from who is upright, along the body of who lies or flies."""
    if abs(rig.lean) > 0.75:
        return rig.lean
    return 0.55 * rig.lean if rig.pace > 1.3 else 0.0


def _hanging(rig: Rig, worn: Worn, m: Moment) -> tuple[Array, Tube, Array]:
    """Outline, tube and the hem (back, middle, front) of a garment that hangs below the hip."""
    cut, b = worn.cut, worn.body
    u = b.unit
    flare = cut.flare * worn.wide * u * (0.5 + 0.5 * b.girth)
    blown = clamp(0.6 + 0.8 * m.sway, 0.5, 2.0)
    if rig.pace > 0:
        swing = 0.035 * sin(TAU * (2 * rig.phase - 0.18)) * min(rig.pace, 1.4)
    else:
        swing = 0.012 * blown * m.cycle(0.5, 0.2)
    swing *= u * (0.3 if cut.short else 1.0)
    late = 0.0 if cut.short else (0.03 * min(rig.pace, 1.0) + 0.06 * max(0.0, rig.pace - 1)) * u
    rear, fore = -flare - swing - late, flare * 0.85 - swing * 0.4 - 0.4 * late
    low = cut.length * u * (b.leg / 0.47 if not cut.short else 1.0)
    angle = _hang(rig)
    down, forward = points(-sin(angle), cos(angle)), points(cos(angle), sin(angle))

    def at(x: float, y: float) -> Array:
        return rig.hip + forward * x + down * y

    hem = np.stack([at(rear, low - 1.6 * late), at(0.0, low), at(fore, low)])
    middle = (
        [at(0.0, low + 0.01 * u)]
        if cut.short
        else [
            at(fore * 0.55, low + 0.008 * u),
            at(0.0, low + 0.02 * u + swing * 0.3),
            at(rear * 0.55, low + 0.012 * u - 0.6 * late),
        ]
    )
    front, back = _upper(rig, worn)
    outline = np.concatenate([front, hem[2:], np.stack(middle), hem[:1], back])
    spine = np.stack([rig.shoulder - rig.up * -0.02, rig.hip, (hem[0] + hem[2]) / 2])
    return outline, Tube(spine, [0.09, 0.085, 0.1, cut.flare], 14), hem


def _bodice(rig: Rig, worn: Worn) -> tuple[Array, Tube]:
    """The trunk of somebody whose thighs lie across it, down to the seat."""
    b = worn.body
    g = b.girth * b.unit
    front, back = _upper(rig, worn)
    seat = rig.at((0.03 * g, -0.055 * b.unit), (-0.06 * g, -0.062 * b.unit))
    outline = np.concatenate([front, seat, back])
    tube = Tube(np.stack([rig.shoulder, rig.hip, rig.at((0.0, -0.06))[0]]), [0.09, 0.085, 0.09], 12)
    return outline, tube


def skirt(d: Drawing, paint: Paint, rig: Rig, worn: Worn) -> None:
    """The lower part of a dress or coat along thighs that lie across the trunk, and over the knee."""
    b, cut = worn.body, worn.cut
    if cut.short or not rig.folded:
        return
    g = (0.5 + 0.5 * b.girth) * b.unit
    low = cut.length * b.leg / 0.47
    hip, knee, ankle = lerp(rig.near.joints, rig.far.joints, 0.3)
    over = clamp((low - 0.8 * b.thigh) / b.shin, 0.0, 0.9)
    thigh, shin = knee - hip, ankle - knee
    if thigh[0] * shin[0] + thigh[1] * shin[1] < -0.3 * b.thigh * b.shin:
        over = 0.0  # the shin lies under the thigh, and the cloth over both
    ends = [hip + rig.up * -0.012, lerp(hip, knee, 0.5)]
    if over > 0.08:
        ends += [knee, lerp(knee, ankle, over)]
    else:
        ends += [lerp(hip, knee, clamp(low / b.thigh, 0.5, 1.08))]
    radii = [0.092 * g, 0.088 * g, 0.08 * g, (0.075 + 0.25 * max(0.0, cut.flare - 0.12)) * g]
    tube = Tube(np.stack(ends), radii, 16)
    d.form(
        tube.outline(), paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern, shade=0.8,
        key="skirt",
    )  # fmt: skip
