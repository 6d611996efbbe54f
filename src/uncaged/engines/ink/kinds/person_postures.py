"""How people stand, sit, lie, sleep and kneel: joints for every posture. Knows no clothes and no arms.

One convention for all that sit: **the origin is where they touch what carries them.** ``sit`` is on bare ground, legs
before the body, feet at y = 0 too. ``perch`` is on a chair, a wall, a horse: the same origin on the seat, thighs over
its edge, feet hanging down to y = `SEAT`. Who lies does so along the ground, the head to the left, its middle at the
origin. Each posture has variants, which the lot or a gesture chooses.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.person_rig import Leg, Rig, leg, spine, way
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, clamp, cos, sin

SEAT: Final = 0.24
"""How far below the seat the feet of a grown person are who perches on it, in heights."""

SEATED = 0.078
"""Height of the hip over what one sits on."""

Posture: TypeAlias = Callable[[Stature, Moment, int], Rig]
"""body, moment, variant → its joints."""


def stand(body: Stature, m: Moment, variant: int) -> Rig:
    """Weight on both feet, on one, or astride."""
    breath = m.cycle(0.5)
    near, far, aside = ((0.07, -0.06, 0.0), (0.09, -0.02, -0.012), (0.1, -0.1, 0.0))[variant % 3]
    hip = points(aside - 0.3 * body.stoop * body.trunk, -body.hip + 0.004 * breath)
    if variant % 3 == 2:
        hip = hip + points(0.0, 0.012)
    lean = 0.9 * body.stoop + 0.012 * breath
    shoulder, head = spine(body, hip, lean)
    thick = 0.8 + 0.2 * body.girth
    legs = [
        leg(body, hip + points(side * 0.2 * thick, 0), points(side * thick, -body.ankle))
        for side in (near, far)
    ]
    return Rig(
        f"stand{variant % 3}", hip, shoulder, head, lean, 0.0, legs[0], legs[1], breath=breath
    )


def sit(body: Stature, m: Moment, variant: int) -> Rig:
    """On the ground: knees drawn up, cross-legged, or legs stretched out before one leaning back."""
    breath = m.cycle(0.5)
    hip = points(-0.06, -SEATED)
    name = f"sit{variant % 3}"
    if variant % 3 == 0:
        lean = 0.16
        near = leg(body, hip, points(0.56 * body.leg - 0.06, -body.ankle))
        far = leg(body, hip + points(0.012, 0), points(0.72 * body.leg - 0.06, -body.ankle))
    elif variant % 3 == 1:
        lean = 0.03
        knee = hip + way(1.42) * body.thigh
        near = Leg(np.stack([hip, knee, knee + points(-0.96, 0.06) * body.shin]), 0.5)
        knee = hip + way(1.62) * body.thigh * 0.86
        far = Leg(np.stack([hip, knee, knee + points(-0.55, 0.3) * body.shin]), 0.3)
    else:
        lean = -0.36
        near = leg(body, hip, hip + points(body.leg * 0.985, SEATED - body.ankle), -1.2)
        far = leg(body, hip, hip + points(body.leg * 0.7, SEATED - body.ankle), 0.0)
    lean += body.stoop * 0.5 + 0.012 * breath
    shoulder, head = spine(body, hip, lean, 0.5 * lean + 0.3 * body.stoop)
    return Rig(
        name, hip, shoulder, head, lean, 0.0, near, far, folded=True, floor=0.004, breath=breath
    )


def perch(body: Stature, m: Moment, variant: int) -> Rig:
    """On a seat at y = 0; short legs dangle."""
    breath, dangle = m.cycle(0.5), 0.07 * (body.leg < 0.4)
    hip = points(-0.1, -SEATED)
    lean = 0.04 + 0.5 * body.stoop + 0.012 * breath
    shoulder, head = spine(body, hip, lean, 0.3 * body.stoop + 0.03)
    legs: list[Leg] = []
    drop = clamp(SEAT - body.ankle - body.shin + SEATED, 0.0, 0.34 * body.thigh)
    out = float(np.sqrt(body.thigh * body.thigh - drop * drop))
    for lag, aside, shin in ((0.0, 0.0, 0.02), (0.35, -0.012, -0.14)):
        swing = (dangle or 0.02) * m.cycle(0.5, lag)
        knee = hip + points(out + aside, drop)
        ankle = knee + way(shin + 3 * swing) * min(body.shin, SEAT - body.ankle - knee[1] + 0.006)
        legs.append(Leg(np.stack([hip, knee, ankle]), -0.15 - swing if dangle else 0.0))
    return Rig(
        "perch", hip, shoulder, head, lean, 0.0, legs[0], legs[1], folded=True, breath=breath
    )


def ride(body: Stature, m: Moment) -> Rig:
    """Through the air on a broom, bent over it, the feet behind."""
    sat = perch(body, m, 0)
    rig = sat.moved(points(0.04, -0.36 + 0.015 * m.cycle(0.5))).bent(0.34, -0.1)
    legs: list[Leg] = []
    for slope, lag in ((1.2, 0.0), (1.34, 0.3)):
        knee = rig.hip + way(slope) * body.thigh
        back = -0.75 + 0.08 * m.cycle(0.5, lag)
        legs.append(Leg(np.stack([rig.hip, knee, knee + way(back) * body.shin]), 0.9))
    return replace(rig, name="ride", near=legs[0], far=legs[1], pace=1.7, phase=m.turn(0.5))


def lie(body: Stature, m: Moment, variant: int) -> Rig:
    """On the back, one knee up; on an elbow; or on the belly, feet in the air."""
    return (_back, _elbow, _belly)[variant % 3](body, m.cycle(0.5), "lie")


def sleep(body: Stature, m: Moment, variant: int) -> Rig:
    """Curled up on the side, or on the back."""
    slow = m.cycle(0.3)
    return _curled(body, slow) if variant % 2 == 0 else _back(body, slow, "sleep")


def _back(body: Stature, breath: float, name: str) -> Rig:
    thick = 0.072 * body.girth
    hip = points(0.06, -thick)
    lean = -PI / 2 + 0.03
    shoulder = hip + points(sin(lean), -cos(lean)) * body.trunk
    head = shoulder + points(-body.neck * 0.95, 0.0)
    head = points(float(head[0]), min(float(head[1]) - 0.012, -1.2 * body.head))
    near = leg(body, hip, hip + points(body.leg * 0.68, thick - body.ankle), 0.0)
    far = leg(body, hip, hip + points(body.leg * 0.985, thick - body.ankle - 0.012), -PI / 2 + 0.25)
    if name == "sleep":
        near = leg(body, hip, hip + points(body.leg * 0.96, thick - body.ankle), -PI / 2 + 0.4)
    return Rig(
        f"{name}-back", hip, shoulder, head, lean, -PI / 2 + 0.12, near, far, floor=0.004,
        view="profile", breath=breath,
    )  # fmt: skip


def _elbow(body: Stature, breath: float, name: str) -> Rig:
    """Half up, one elbow on the ground."""
    hip = points(0.02, -0.085 * body.girth)
    lean = -0.95 + 0.01 * breath
    shoulder, head = spine(body, hip, lean, -0.32)
    near = leg(body, hip, hip + points(body.leg * 0.8, 0.055), 0.1)
    far = leg(body, hip, hip + points(body.leg * 0.98, 0.05), -0.9)
    return Rig(
        f"{name}-elbow", hip, shoulder, head, lean, -0.06, near, far, floor=0.004, breath=breath
    )


def _belly(body: Stature, breath: float, name: str) -> Rig:
    hip = points(-0.06, -0.075 * body.girth)
    lean = 1.18
    shoulder, head = spine(body, hip, lean, 0.42)
    legs: list[Leg] = []
    for raise_ in (0.35, 0.0):
        knee = hip + points(-body.thigh * 0.99, 0.03)
        legs.append(
            Leg(
                np.stack([hip, knee, knee + way(PI - 0.55 - raise_ + 0.08 * breath) * body.shin]),
                -2.6,
            )
        )
    return Rig(
        f"{name}-belly",
        hip,
        shoulder,
        head,
        lean,
        -0.1,
        legs[0],
        legs[1],
        floor=0.004,
        breath=breath,
    )


def _curled(body: Stature, breath: float) -> Rig:
    """On the side, facing us: knees drawn up before the belly, shins folded back under them."""
    hip = points(0.5 * body.trunk, -0.1 * body.girth * body.unit)
    lean = -PI / 2 + 0.03
    shoulder = hip + points(sin(lean), -cos(lean)) * body.trunk * 0.96
    head = points(float(shoulder[0]) - body.neck * 0.88, -1.12 * body.head)
    legs: list[Leg] = []
    for aside in (0.0, 0.035):
        knee = points(float(hip[0]) - 0.72 * body.thigh + aside, -0.062 * body.unit)
        ankle = knee + points(0.97, 0.06) * body.shin
        ankle[1] = min(float(ankle[1]), -0.034 * body.unit)
        legs.append(Leg(np.stack([hip + points(0.0, 0.015), knee, ankle]), 0.1))
    return Rig(
        "sleep-curled", hip, shoulder, head, lean, -PI / 2 + 0.3, legs[0], legs[1], folded=True, over=True,
        floor=0.004, view="front", breath=breath,
    )  # fmt: skip


def kneel(body: Stature, m: Moment, variant: int) -> Rig:
    """Upright on both knees, on one, or sitting on one's heels."""
    breath = m.cycle(0.5)
    back = points(-0.985, 0.0) * body.shin
    if variant % 3 == 0:
        hip, lean = points(-0.01, -body.thigh * 0.985 - body.ankle), 0.03
        knees = (points(0.03, -body.ankle), points(0.0, -body.ankle))
        legs = [Leg(np.stack([hip, k, k + back]), 2.75) for k in knees]
    elif variant % 3 == 1:
        hip, lean = points(0.0, -body.thigh * 0.97 - body.ankle), 0.05
        near = leg(body, hip, points(body.thigh * 0.95, -body.ankle))
        knee = points(-0.05, -body.ankle)
        legs = [near, Leg(np.stack([hip, knee, knee + back]), 2.5)]
    else:
        hip, lean = points(-0.12, -0.125), 0.08
        knee = hip + way(1.2) * body.thigh
        legs = [
            Leg(np.stack([hip, knee, points(knee[0] - body.shin * 0.97, -body.ankle)]), 2.75)
        ] * 2
    lean += 0.5 * body.stoop + 0.012 * breath
    shoulder, head = spine(body, hip, lean, 0.5 * lean + 0.12 + 0.3 * body.stoop)
    return Rig(
        f"kneel{variant % 3}", hip, shoulder, head, lean, 0.12, legs[0], legs[1], folded=True,
        floor=0.004, breath=breath,
    )  # fmt: skip


POSTURES: Mapping[str, Posture] = {
    "stand": stand,
    "sit": sit,
    "perch": perch,
    "lie": lie,
    "sleep": sleep,
    "kneel": kneel,
}
"""Every posture; ``perch`` is not said by a scene but by whoever knows that there is a seat."""
