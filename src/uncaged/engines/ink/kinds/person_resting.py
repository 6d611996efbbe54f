"""What arms do by themselves: hang, swing, lean on a knee, prop a head, crawl, swim, spread. Knows joints only.

`REST` has a row for every posture, variant and gait that a `Rig` can be called.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.person_gaits import CRAWLS, crawling_hand
from uncaged.engines.ink.kinds.person_rig import Arm, Rig, reach, swung
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, cos, lerp, sin

Idle: TypeAlias = tuple[float, float, float, float]
"""Near upper arm and forearm, far upper arm and forearm: radians from straight down, forward positive."""

Rest: TypeAlias = Callable[[Stature, Rig, Moment, Idle, bool], Arm]
"""body, joints, moment, habit, whether it is the far arm → the arm."""

IDLE: tuple[Idle, ...] = (
    (-0.10, 0.08, 0.12, 0.30),
    (0.04, 0.22, 0.20, 0.42),
    (-0.72, 0.95, 0.10, 0.30),
    (-0.42, -0.05, -0.25, 0.10),
    (0.16, 1.75, 0.12, 0.30),
    (0.05, 0.25, -0.62, 1.05),
    (0.30, 1.95, 0.42, 1.72),
    (-0.5, -1.25, -0.46, -1.3),
)
"""What arms do when nothing else is said: hang (twice), rest on the hip, lie behind, explain, the other on the hip,
both before the chest, both behind the back."""


def _standing(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    upper, fore = idle[2:] if far else idle[:2]
    breath = 0.05 * m.cycle(0.5, 0.1)
    hand = "open" if fore < 0.9 else "fist"
    return swung(body, rig.shoulder_of(far), upper + breath, fore + breath, hand)


def _walking(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Arms swing against the legs, elbows bend in front."""
    swing = cos(TAU * (rig.phase + (0.5 if far else 0.0) - 0.03)) * min(rig.pace, 1.3)
    upper = -0.55 * swing + 0.25 * body.stoop
    return swung(body, rig.shoulder_of(far), upper, 0.35 - 0.8 * swing)


def _running(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Elbows bent, fists from the hip to the chin."""
    swing = cos(TAU * (rig.phase + (0.5 if far else 0.0) + 0.06))
    upper = -0.15 - 0.95 * swing
    return swung(body, rig.shoulder_of(far), upper, upper + 1.6 - 0.25 * swing, "fist")


def _hopping(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Back in the crouch, up in the air."""
    swing = -cos(TAU * (rig.phase - 0.12 - (0.04 if far else 0.0)))
    upper = 0.7 + 1.15 * swing
    return swung(body, rig.shoulder_of(far), upper, upper + 0.55)


def _dancing(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    swing = sin(TAU * (rig.phase - 0.1 + (0.5 if far else 0.0)))
    upper = (-1.9 if far else 1.9) + 0.5 * swing
    fore = (-2.6 if far else 2.7) + 0.5 * swing
    return swung(body, rig.shoulder_of(far), upper, fore)


def _crawling(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    shoulder = rig.shoulder_of(far)
    wrist = crawling_hand(rig.phase + (0.0 if far else 0.5), rig.shoulder, CRAWLS * m.stride)
    return reach(body, shoulder, wrist, points(0.97, 0.22), "flat")


def _swimming(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """A crawl stroke: pulled under the body, bent over the water."""
    turn = TAU * (rig.phase + (0.5 if far else 0.0))
    upper = PI / 2 - turn
    over_water = max(0.0, sin(turn - PI))
    return swung(body, rig.shoulder_of(far), upper, upper + 0.9 * over_water, "flat")


def _flying(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Spread, one before the air and one behind it, beating slowly."""
    beat = 0.0 if m.act == "glide" else 0.3 * m.cycle(0.5, 0.15)
    upper = PI * 0.8 - beat if far else 0.55 + beat
    return swung(body, rig.shoulder_of(far), upper, upper + (0.25 if far else 0.3), "wave")


def _on(body: Stature, rig: Rig, far: bool, wrist: Array, along: Array, hand: str = "flat") -> Arm:
    return reach(body, rig.shoulder_of(far), wrist, along, hand)


def _round_knees(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    knee = rig.near.joints[1] + points(-0.01, 0.03) * body.unit
    return _on(body, rig, far, knee + points(0.02, 0.02) * (body.unit * far), points(0.9, 0.44))


def _on_knees(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    leg = (rig.far if far else rig.near).joints
    place = lerp(leg[0], leg[1], 0.72) + points(0.0, -0.055) * body.unit * body.girth
    return _on(body, rig, far, place, points(0.96, 0.28))


def _propped(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """On the ground behind."""
    ground = points(rig.shoulder[0] - (0.05 if far else 0.1) * body.unit, -0.02)
    return reach(body, rig.shoulder_of(far), ground, points(-0.9, 0.3), "flat", -1)


def _on_belly(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """One hand on the belly that it rises with, one under the head."""
    if far:
        return _on(body, rig, True, rig.head + points(-0.05, 0.0) * body.unit, points(-0.6, 0.5))
    belly = rig.at((0.07 + 0.006 * rig.breath, 0.3 * body.trunk))[0]
    return _on(body, rig, False, belly, points(0.95, 0.2))


def _on_elbow(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    if far:
        ground = points(rig.shoulder[0] + 0.1 * body.unit, -0.024)
        return reach(body, rig.shoulder_of(True), ground, points(1.0, 0.05), "flat", 1)
    leg = rig.near.joints
    thigh = lerp(leg[0], leg[1], 0.45) + points(0.0, -0.055) * body.unit
    return _on(body, rig, False, thigh, points(0.9, 0.3))


def _chin(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Elbows on the ground, the chin in both hands."""
    chin = rig.head + points(0.62 if far else 0.35, 0.95) * body.head
    return reach(body, rig.shoulder_of(far), chin, points(0.2, -0.98), "flat", 1)


def _under_cheek(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    cheek = rig.head + points(0.55 if far else 0.8, 0.82) * body.head
    return reach(body, rig.shoulder_of(far), cheek, points(-0.98, 0.2), "flat", -1)


def _folded(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    """Hands joined before the breast."""
    breast = rig.at((0.13, 0.72 * body.trunk))[0] + points(0.014 if far else 0.0, 0.0)
    return _on(body, rig, far, breast, points(0.35, -0.94))


def _one_knee(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    if far:
        return swung(body, rig.shoulder_of(True), -0.1, 0.1)
    knee = rig.near.joints[1] + points(-0.03, -0.04) * body.unit
    return _on(body, rig, False, knee, points(0.9, 0.3))


def _on_broom(body: Stature, rig: Rig, m: Moment, idle: Idle, far: bool) -> Arm:
    stick = rig.hip + points(0.24 if far else 0.19, 0.06) * body.unit
    return _on(body, rig, far, stick, points(0.8, 0.6), "fist")


REST: Mapping[str, Rest] = {
    "stand0": _standing,
    "stand1": _standing,
    "stand2": _standing,
    "walk": _walking,
    "run": _running,
    "hop": _hopping,
    "dance": _dancing,
    "crawl": _crawling,
    "swim": _swimming,
    "fly": _flying,
    "sit0": _round_knees,
    "sit1": _on_knees,
    "sit2": _propped,
    "perch": _on_knees,
    "lie-back": _on_belly,
    "lie-elbow": _on_elbow,
    "lie-belly": _chin,
    "sleep-back": _on_belly,
    "sleep-curled": _under_cheek,
    "kneel0": _folded,
    "kneel1": _one_knee,
    "kneel2": _on_knees,
    "ride": _on_broom,
}
"""By the rig's name."""
