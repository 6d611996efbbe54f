"""A jointed puppet on strings under a wooden cross. Knows nobody who pulls.

How it is built: rods for limbs and beads at the joints, hung from a cross by strings to hands, knees and head; the
cross tilts with them, and everything swings late.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

CROSS = -1.0
"""Height of the cross."""


@dataclass(frozen=True, slots=True)
class Puppet:
    """What the lot decided. nose: its length. phase: of its swinging."""

    paint: Paint
    nose: float
    phase: float


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A puppet with a longer or shorter nose; it has no forms."""
    return partial(_draw, Puppet(paint, stream.uniform(0.05, 0.12), stream.uniform()))


def _way(angle: float) -> Array:
    return points(sin(angle), cos(angle))


def _draw(puppet: Puppet, d: Drawing, m: Moment) -> None:
    """It hangs, so everything swings late; it dances when its strings are pulled."""
    paint = puppet.paint
    lively = m.act in ("dance", "walk", "run", "hop") or m.gesture in ("wave", "cheer")
    k, hertz = (1.0, 1.0) if lively else (0.3, 0.5)
    a, b = m.cycle(hertz, puppet.phase), m.cycle(hertz, puppet.phase + 0.25)
    lift = 0.03 * k * abs(a)
    hip, neck = points(0.012 * a * k, -0.33 - lift), points(0.02 * a * k, -0.56 - lift)
    head = neck + points(0.01 * b * k, -0.085)
    legs, arms = [], []
    for side in (-1, 1):
        pull = max(0.0, side * a) * k
        knee = hip + points(0.045 * side, 0.0) + _way(0.12 * side + 1.15 * pull) * 0.16
        legs.append(
            points(
                hip + points(0.045 * side, 0.01),
                knee,
                knee + _way(-0.25 * pull + 0.06 * b * k) * 0.15,
            )
        )
        raised = (0.5 + 1.2 * k * (0.5 + 0.5 * side * b)) * side
        elbow = neck + points(0.085 * side, 0.03) + _way(raised) * 0.13
        arms.append(
            points(neck + points(0.085 * side, 0.03), elbow, elbow + _way(raised * 1.5) * 0.12)
        )
    bar = _cross(puppet, d, a * k, (head, arms[0][2], arms[1][2], legs[0][1], legs[1][1]))
    for key, limb in (("leg0", legs[0]), ("leg1", legs[1])):
        _limb(d, paint, limb, 0.026, key, foot=True)
    body = np.stack(
        [
            neck + points(-0.085, 0.0),
            neck + points(0.085, 0.0),
            hip + points(0.06, 0.02),
            hip + points(-0.06, 0.02),
        ]
    )
    tube = Tube(np.stack([neck, hip]), [0.09, 0.07], 8)
    d.form(
        smooth(body, True, 4),
        paint.colour,
        fill=paint.fill,
        body=tube,
        colour2=paint.pattern,
        key="body",
    )
    for q in (0.3, 0.6):
        x, y = neck + (hip - neck) * q
        d.dot(x, y, 0.012, paint.accent)
    for key, limb in (("arm0", arms[0]), ("arm1", arms[1])):
        _limb(d, paint, limb, 0.022, key, foot=False)
    _head(puppet, d, m, head, 0.2 * b * k)
    d.form(bar, paint.trunk, line=0.9, shade=0.4, key="bar")


def _cross(puppet: Puppet, d: Drawing, tilt: float, ends: tuple[Array, ...]) -> Array:
    """Strings to the cross; returns its upper bar, which is drawn last."""
    paint = puppet.paint
    c, s = cos(0.16 * tilt), sin(0.16 * tilt)
    holes = [points(x * c, CROSS + 0.03 + x * s) for x in (0.0, -0.2, 0.2, -0.1, 0.1)]
    for hole, end in zip(holes, ends, strict=True):
        d.line(points(hole, end), 0.004, paint.ink, 190)
    long = Tube(
        points((-0.22 * c, CROSS + 0.03 - 0.22 * s), (0.22 * c, CROSS + 0.03 + 0.22 * s)),
        [0.017] * 2,
        6,
    )
    d.form(long.outline(), paint.trunk, line=0.9, shade=0.4, key="cross")
    return Tube(points((-0.05, CROSS - 0.005), (0.05, CROSS + 0.06)), [0.018] * 2, 6).outline()


def _limb(d: Drawing, paint: Paint, joints: Array, thick: float, key: str, foot: bool) -> None:
    upper, lower = (
        Tube(joints[:2], [thick, thick * 0.85], 6),
        Tube(joints[1:], [thick * 0.9, thick * 0.8], 6),
    )
    sleeve = paint.second if foot else paint.colour
    d.form(
        lower.outline(),
        paint.skin if not foot else paint.second,
        line=0.8,
        shade=0.4,
        key=f"{key}-low",
    )
    d.form(upper.outline(), sleeve, line=0.8, shade=0.5, key=f"{key}-up")
    x, y = joints[1]
    d.form(
        circle(float(x), float(y), thick * 0.8, count=12),
        paint.glow,
        line=0.7,
        shade=0.2,
        key=f"{key}-bead",
    )
    x, y = joints[2]
    if foot:
        shoe = points((-0.035, -0.02), (0.03, -0.03), (0.07, 0.01), (0.06, 0.028), (-0.035, 0.028))
        d.form(
            smooth(shoe + joints[2], True, 3), paint.dark, line=0.8, shade=0.2, key=f"{key}-shoe"
        )
    else:
        d.form(
            circle(float(x), float(y), thick * 1.25, count=12),
            paint.skin,
            line=0.7,
            shade=0.3,
            key=f"{key}-hand",
        )


def _head(puppet: Puppet, d: Drawing, m: Moment, at: Array, tilt: float) -> None:
    """A ball with a peg for a nose, and a jaw on a hinge."""
    paint, says = puppet.paint, mood(m, puppet.phase)
    x, y = float(at[0]), float(at[1])
    r = 0.085
    nose = Tube(
        points((x + 0.5 * r, y), (x + r + puppet.nose, y - 0.01 + 0.02 * tilt)), [0.018, 0.013], 6
    )
    hat = points(
        (x - 0.8 * r, y - 0.55 * r), (x - 0.1 * r, y - 2.1 * r), (x + 0.85 * r, y - 0.5 * r)
    )
    d.form(circle(x, y, r, r * 1.08, 22), paint.skin, line=0.9, shade=0.4, key="face")
    d.form(hat, paint.accent, line=0.9, shade=0.6, key="hat")
    for side in (-1, 1):
        ex = x + 0.18 * r + 0.36 * r * side
        d.dot(ex, y - 0.18 * r, 0.26 * r, paint.white)
        d.dot(ex + 0.06 * r, y - 0.16 * r, 0.13 * r * max(says.lid, 0.4), pupil(paint))
        d.dot(x + 0.1 * r + 0.66 * r * side, y + 0.3 * r, 0.16 * r, paint.lip, 110)
    drop = 0.1 * r * (1 + m.cycle(1.0)) + 0.2 * r * says.open
    jaw = [
        (x - 0.2 * r, y + 0.5 * r),
        (x + 0.55 * r, y + 0.5 * r - 0.1 * r * says.smile),
        (x + 0.4 * r, y + 0.75 * r + drop),
        (x - 0.05 * r, y + 0.75 * r + drop),
    ]
    d.form(smooth(jaw, True, 3), paint.lip, line=0.8, shade=0.2, key="mouth")
    d.form(nose.outline(), paint.glow, line=0.8, shade=0.3, key="nose")


register(
    Kind(
        "puppet",
        build,
        at=(0.75, -0.15),
        height=0.66,
        home="room",
        width=0.5,
        top=(0.0, -0.72),
        shadow=0.18,
        motion="dance",
        metres=0.5,
        grip=(0.0, -0.95),
    )
)
