"""People who are none: a ghost, a skeleton, a robot. They have the joints of people and move like them.

How it is built: each function draws a whole figure on a `Rig` and two arms. A new one is a row of `STRANGE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.kinds.face import Place
from uncaged.engines.ink.kinds.mitten import mitten
from uncaged.engines.ink.kinds.person_reaches import Doing
from uncaged.engines.ink.kinds.person_rig import Arm, Leg, Rig, turned
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, lerp, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Given:
    """What such a body is drawn from."""

    paint: Paint
    rig: Rig
    body: Stature
    arms: Doing
    head: Place


Strange: TypeAlias = Callable[[Drawing, Given, Moment], None]


def _ghost(d: Drawing, g: Given, m: Moment) -> None:
    """A sheet that hovers over the ground, two holes and a mouth; the hands are where its corners are lifted."""
    paint, body = g.paint, g.body
    r = g.head.radius * 1.25
    hover = points(0.0, -0.05 + 0.018 * m.cycle(0.5))
    top, sh, hip = g.rig.head + hover, g.rig.shoulder + hover, g.rig.hip + hover
    low = hip + points(0.0, 0.8 * body.leg)
    trail = 0.1 * g.rig.pace
    _lobe(d, sh, g.arms.far.joints[2] + hover, paint.shadow, "far")
    hem = [
        low + points(x - trail, 0.03 * sin(TAU * (m.turn(1.0) + 0.31 * k)) + 0.02 * (k % 2))
        for k, x in enumerate((0.17, 0.1, 0.03, -0.05, -0.12, -0.2, -0.27 - trail))
    ]
    crown = top + points((0.0, -1.15), (0.85, -0.6), (1.0, 0.4)) * r
    back = top + points((-1.05, 0.4), (-0.9, -0.6)) * r
    front = np.stack([sh + points(0.1, 0.05), hip + points(0.12, 0.0)])
    rear = np.stack([hip + points(-0.15, 0.05), sh + points(-0.1, 0.06)])
    outline = np.concatenate([crown, front, np.stack(hem), rear, back])
    d.form(
        smooth(outline, True, 4), paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8,
        key="garment",
    )  # fmt: skip
    says = mood(m)
    for side in (-1, 1):
        x, y = top + points(0.3 + 0.36 * side, -0.1 - 0.1 * says.brow) * r
        hole = circle(x, y, 0.17 * r, 0.26 * r * max(says.lid, 0.25), 12)
        d.form(hole, paint.dark, line=0, shade=0, key=f"eye{side}")
    x, y = top + points(0.32, 0.45) * r
    gape = circle(x, y, 0.13 * r, (0.12 + 0.16 * says.open) * r, 10)
    d.form(gape, paint.dark, line=0, shade=0, key="mouth")
    _lobe(d, sh, g.arms.near.joints[2] + hover, paint.colour, "near")
    for k in (-0.4, 0.35):
        fold = np.stack([hip + points(k * 0.1, 0.02), low + points(k * 0.2 - trail, -0.03)])
        d.stroke(fold, 0.5, key=f"fold{k}")


def _lobe(d: Drawing, shoulder: Array, wrist: Array, colour: Colour, name: str) -> None:
    middle = lerp(shoulder, wrist, 0.6) + points(0.0, 0.03)
    spine = np.stack([shoulder + points(0.0, 0.04), middle, wrist])
    tube = Tube(spine, [0.07, 0.06, 0.045, 0.022], 14)
    d.form(tube.outline(), colour, line=0.85, shade=0.6, key=f"arm-{name}")


# ------------------------------------------------------------------------------------------------------------ skeleton


def _bone(start: Array, end: Array, thick: float) -> Array:
    """A shaft with two knobs at each end, as one outline."""
    v = end - start
    a = v / float(np.sqrt(v[0] * v[0] + v[1] * v[1]) + 1e-9)
    n = points(-a[1], a[0])
    w, k = thick * 0.5, thick * 1.15
    rows = ((start, -0.8, 0.7), (start, 0.5, 1.0), (end, -0.5, 1.0), (end, 0.8, 0.7))
    knobs = [(at + a * along * k, out * k) for at, along, out in rows]
    shaft = [(start + a * 1.6 * k, w), (end - a * 1.6 * k, w)]
    half = [*knobs[:2], *shaft, *knobs[2:]]
    one = [at + n * out for at, out in half]
    other = [at - n * out for at, out in reversed(half)]
    return smooth([start - a * 0.3 * k, *one, end + a * 0.3 * k, *other], True, 2)


def _bones(d: Drawing, paint: Paint, joints: Array, thick: float, name: str, far: bool) -> None:
    colour = paint.pale if far else paint.white
    pair = [_bone(joints[0], joints[1], thick), _bone(joints[1], joints[2], thick * 0.85)]
    d.union(pair, colour, line=0.8, shade=0.4, key=name)


def _skeleton(d: Drawing, g: Given, m: Moment) -> None:
    """Bones of limbs, a spine of beads, a cage of ribs, a pelvis, and a skull that grins."""
    paint, rig, t = g.paint, g.rig, g.body.trunk
    if not g.arms.over:
        _bone_arm(d, paint, g.arms.far, g.body, True)
    for limb, far in ((rig.far, True), (rig.near, False)):
        _bone_leg(d, paint, limb, far)
    beads = [rig.at((-0.03 + 0.02 * abs(k - 3) / 3, t * k / 6))[0] for k in range(7)]
    beads.append(lerp(rig.shoulder, rig.head, 0.5))
    d.multi([circle(x, y, 0.02, 0.018, 9) for x, y in beads], paint.white, line=0.7, key="spine")
    ribs: list[Array] = []
    for high, wide in ((0.94, 0.075), (0.8, 0.1), (0.66, 0.108), (0.52, 0.1), (0.4, 0.078)):
        y = t * high
        arc = rig.at((-0.075, y), (0.02, y + 0.012), (wide, y - 0.1 * t), (0.045, y - 0.17 * t))
        ribs.append(Tube(arc, [0.01, 0.012, 0.011, 0.007], 10).outline())
    d.multi(ribs, paint.white, line=0.8, key="ribs")
    pelvis = rig.at(
        (-0.085, 0.05), (-0.02, 0.02), (0.05, 0.05), (0.082, 0.03), (0.05, -0.03), (0.0, -0.052),
        (-0.06, -0.03),
    )  # fmt: skip
    d.form(smooth(pelvis, True, 3), paint.white, line=0.85, shade=0.4, key="garment")
    x, y = rig.at((0.0, 0.0))[0]
    d.dot(x, y, 0.016, paint.dark)
    _skull(d, paint, g.head, m)
    if g.arms.over:
        _bone_arm(d, paint, g.arms.far, g.body, True)
    _bone_arm(d, paint, g.arms.near, g.body, False)


def _bone_leg(d: Drawing, paint: Paint, limb: Leg, far: bool) -> None:
    name = "far" if far else "near"
    _bones(d, paint, limb.joints, 0.024, f"leg-{name}", far)
    ankle = limb.joints[2]
    sole = points((-0.022, 0.012), (0.03, 0.008), (0.085, 0.02))
    foot = Tube(turned(ankle + sole, limb.foot, ankle), [0.018, 0.016, 0.009], 8)
    colour = paint.pale if far else paint.white
    d.form(foot.outline(), colour, line=0.7, shade=0.2, key=f"shoe-{name}")


def _bone_arm(d: Drawing, paint: Paint, arm: Arm, body: Stature, far: bool) -> None:
    name = "far" if far else "near"
    _bones(d, paint, arm.joints, 0.018, f"arm-{name}", far)
    wrist = arm.joints[2] + arm.along * 0.6 * body.hand
    hand = mitten(wrist, arm.along, body.hand * 0.85, 1, arm.hand)
    colour = paint.pale if far else paint.white
    d.form(hand, colour, line=0.7, shade=0.2, key=f"hand-{name}")


SKULL = points(
    (-0.6, 0.72), (-1.0, 0.2), (-0.98, -0.55), (-0.45, -1.08), (0.3, -1.12), (0.92, -0.66),
    (0.96, -0.1), (0.86, 0.3), (0.72, 0.62), (0.1, 0.6),
)  # fmt: skip
JAW = points((-0.42, 0.55), (0.1, 0.66), (0.74, 0.62), (0.66, 1.02), (0.2, 1.12), (-0.3, 0.86))
"""In units of the head's radius."""


def _skull(d: Drawing, paint: Paint, head: Place, m: Moment) -> None:
    says = mood(m)
    drop = 0.06 + 0.2 * max(says.open, 0.3 + 0.3 * m.cycle(1.0))
    jaw = smooth(JAW + points(0.0, drop), True, 3)
    d.form(head.at(jaw), paint.white, line=0.8, shade=0.3, key="jaw")
    d.form(head.at(smooth(SKULL, True, 4)), paint.white, line=0.9, shade=0.4, key="face")
    for k, (x, r) in enumerate(((0.02, 0.26), (0.62, 0.22))):
        hole = circle(x, -0.1, r, 0.27 * (1 + 0.2 * says.wide), 12)
        d.form(head.at(hole), paint.dark, line=0, shade=0, key=f"eye{k}")
    d.flat(head.at(points((0.36, 0.14), (0.26, 0.36), (0.46, 0.36))), paint.dark)
    teeth = (0.05, 0.25, 0.45, 0.62) if d.scale * head.radius > 0.03 else ()
    for x in teeth:
        d.stroke(head.at(points((x, 0.48), (x, 0.66))), 0.5, wobble=0, key=f"tooth{x}")


# ------------------------------------------------------------------------------------------------------------ robot


def _plate(corners: Array) -> Array:
    """A box with rounded corners."""
    after, before = np.roll(corners, -1, 0), np.roll(corners, 1, 0)
    near = np.stack(
        [
            corners * 0.82 + before * 0.18,
            corners * 0.96 + (before + after) * 0.02,
            corners * 0.82 + after * 0.18,
        ],
        1,
    )
    return smooth(near.reshape(-1, 2), True, 2)


def _rod(d: Drawing, paint: Paint, joints: Array, thick: float, name: str, far: bool) -> None:
    colour = paint.shadow if far else paint.colour
    upper = Tube(joints[:2], [thick, thick], 4).outline()
    lower = Tube(joints[1:], [thick * 0.9, thick * 1.15], 4).outline()
    d.union([upper, lower], colour, line=0.85, shade=0.6, key=name)
    x, y = joints[1]
    joint = circle(x, y, thick * 0.95, count=12)
    d.form(joint, paint.second, line=0.7, shade=0.3, key=f"{name}-joint")


def _robot_leg(d: Drawing, paint: Paint, limb: Leg, far: bool) -> None:
    name = "far" if far else "near"
    _rod(d, paint, limb.joints, 0.034, f"leg-{name}", far)
    ankle = limb.joints[2]
    box = ankle + points((-0.05, -0.014), (0.06, -0.014), (0.09, 0.03), (-0.055, 0.03))
    colour = paint.dark_shadow if far else paint.dark
    shoe = _plate(turned(box, limb.foot, ankle))
    d.form(shoe, colour, line=0.8, shade=0.2, key=f"shoe-{name}")


def _robot_arm(d: Drawing, paint: Paint, arm: Arm, body: Stature, far: bool) -> None:
    name = "far" if far else "near"
    _rod(d, paint, arm.joints, 0.028, f"arm-{name}", far)
    wrist = arm.joints[2] + arm.along * 0.6 * body.hand
    claw = mitten(wrist, arm.along, body.hand, 1, arm.hand)
    d.form(claw, paint.second, line=0.7, shade=0.3, key=f"hand-{name}")


def _robot(d: Drawing, g: Given, m: Moment) -> None:
    """Boxes and rods, lamps on the breast, a face behind glass."""
    paint, rig, t = g.paint, g.rig, g.body.trunk
    if not g.arms.over:
        _robot_arm(d, paint, g.arms.far, g.body, True)
    _robot_leg(d, paint, rig.far, True)
    _robot_leg(d, paint, rig.near, False)
    chest = rig.at((-0.13, t + 0.045), (0.13, t + 0.045), (0.1, -0.03), (-0.1, -0.03))
    tube = Tube(rig.at((0.0, t), (0.0, -0.03)), [0.13, 0.1], 10)
    d.form(
        _plate(chest), paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern,
        key="garment",
    )  # fmt: skip
    panel = rig.at((-0.02, t - 0.02), (0.09, t - 0.02), (0.08, t - 0.12), (-0.02, t - 0.12))
    d.form(_plate(panel), paint.pale, line=0.7, shade=0.3, key="panel")
    for k, x in enumerate((0.0, 0.032, 0.064)):
        lit = (int(m.turn(2.0) * 2) + k) % 3 == 0
        spot = rig.at((x, t - 0.05))[0]
        d.dot(spot[0], spot[1], 0.011, paint.glow if lit else paint.accent)
    d.stroke(rig.at((-0.008, t - 0.095), (0.068, t - 0.095)), 0.8, wobble=0.2)
    neck = Tube(np.stack([rig.shoulder, lerp(rig.shoulder, rig.head, 0.6)]), [0.026] * 2, 4)
    d.form(neck.outline(), paint.second, line=0.7, shade=0.2, key="neck")
    _robot_head(d, paint, g.head, m)
    if g.arms.over:
        _robot_arm(d, paint, g.arms.far, g.body, True)
    _robot_arm(d, paint, g.arms.near, g.body, False)


def _robot_head(d: Drawing, paint: Paint, head: Place, m: Moment) -> None:
    says = mood(m)
    sway = 0.1 * m.cycle(1.0)
    rod = points((0.0, -1.0), (0.1 * sway, -1.4), (0.3 * sway, -1.75))
    d.stroke(head.at(rod), 0.9, wobble=0.1, key="antenna")
    head.dot(d, 0.3 * sway, -1.85, 0.18, paint.accent)
    box = points((-1.1, -1.0), (1.15, -1.0), (1.1, 0.85), (-1.05, 0.85))
    d.form(head.at(_plate(box)), paint.colour, line=0.9, shade=0.6, key="face")
    glass = points((-0.55, -0.6), (1.0, -0.6), (0.95, 0.4), (-0.5, 0.4))
    d.form(head.at(_plate(glass)), paint.dark, line=0.7, shade=0.1, key="glass")
    for k, x in enumerate((-0.12, 0.58)):
        eye = circle(x, -0.14, 0.17, 0.19 * max(says.lid, 0.15) * (1 + 0.3 * says.wide), 10)
        d.form(head.at(eye), paint.glow, line=0, shade=0, key=f"eye{k}")
    bend = 0.08 * says.smile
    mouth = smooth([(0.0, 0.22 - bend), (0.24, 0.22 + 0.8 * bend), (0.48, 0.22 - bend)], per=3)
    d.stroke(head.at(mouth), 0.8, paint.glow, wobble=0, key="mouth")


STRANGE: Final[Mapping[str, Strange]] = {"ghost": _ghost, "skeleton": _skeleton, "robot": _robot}
"""By name."""
