"""How people get along: walk, run, hop, crawl, swim, fly, and a dance on the spot. Knows no clothes and no arms.

How it is built: a foot that stands goes back as fast as the body goes on (`GAIT` heights a cycle at a full step), so
that it does not slide; the hip is as high as the legs reach. A new gait is a function in `GAITS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.limbs import step
from uncaged.engines.ink.kinds.person_rig import Leg, Rig, leg, spine, turned, way
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, clamp, cos, ease, lerp, over, sin

STRIDE, STANCE, LIFT = 0.17, 0.55, 0.075
"""Half a grown step, the share of the cycle a grown foot stands, how high it swings."""
GAIT: Final = 2 * STRIDE / STANCE
"""Heights covered in a walking cycle, or a hop, at a full step."""
RUNS: Final = 1.05
"""Heights covered in a running cycle at a full step."""
CRAWLS: Final = 0.55 * GAIT
"""Heights covered in a crawling cycle at a full step: as much of `GAIT` as the composition reckons with."""

TOE, HEEL = points(0.07, 0.03), points(-0.022, 0.03)
"""Where the sole touches the ground, seen from the ankle: the foot rolls off over the one and lands on the other."""

Gait: TypeAlias = Callable[[Stature, Moment], Rig]
"""body and moment → its joints."""


def _rolled(ground: Array, tip: float, unit: float) -> Array:
    """The ankle of a foot tipped over toe or heel."""
    return turned(ground, tip, ground + (TOE if tip > 0 else HEEL) * unit)


def walking_foot(body: Stature, phase: float, travel: float) -> tuple[Array, float]:
    """The ankle below the hip's place on the ground, and how far the foot is tipped (radians, heel up positive).

    travel: heights covered in a cycle.
    """
    q, stance = phase % 1, body.stance
    late = 0.6 * stance
    x, y = step(q, travel * stance / 2, LIFT * body.unit, stance)
    if q < stance + 0.15:
        tip = 0.75 * ease(over(q, late, stance)) * (1 - ease(over(q, stance, stance + 0.15)))
        tip -= 0.3 * (1 - over(q, 0.0, 0.08))
    else:
        tip = -0.3 * ease(over(q, stance + 0.15, 1.0))
    return _rolled(points(x, y - body.ankle), tip, body.unit), tip


def _height(body: Stature, aside: float) -> float:
    """How high the hip can be over a foot so far to the side."""
    return (
        float(np.sqrt(max((0.998 * body.leg) ** 2 - aside * aside, 0.04 * body.unit))) + body.ankle
    )


def walk(body: Stature, m: Moment) -> Rig:
    """Lowest when both feet are down, highest over the standing leg; an old back stays bent."""
    phase, travel = m.turn(1.0), GAIT * m.stride
    half = min(travel * body.stance / 2, 0.3)
    top, low = body.hip, _height(body, half)
    drop = min(m.stride, 1.0) * 0.003 + max(0.0, top - low) * 0.5
    bob = drop * (1 + cos(TAU * 2 * (phase - 0.025)))
    lean = 0.1 + 0.9 * body.stoop
    hip = points(-0.35 * body.stoop * body.trunk, bob - top)
    shoulder, head = spine(body, hip, lean, None if body.stoop else 0.06)
    legs: list[Leg] = []
    for lag in (0.0, 0.5):
        ankle, tip = walking_foot(body, phase + lag, travel)
        legs.append(leg(body, hip, ankle + points(hip[0] * 0.6, 0), tip))
    pace = min(m.stride, 1.3)
    return Rig("walk", hip, shoulder, head, lean, 0.0, legs[0], legs[1], phase=phase, pace=pace)


@dataclass(frozen=True, slots=True)
class _Key:
    """A point on the way of a running foot: share of the flight, place, tip."""

    at: float
    x: float
    y: float
    tip: float


def _between(keys: tuple[_Key, ...], q: float) -> _Key:
    """On a smooth way through the keys, which are evenly met."""
    i = next((k for k in range(len(keys) - 2) if q < keys[k + 1].at), len(keys) - 2)
    a, b = keys[i], keys[i + 1]
    before, after = keys[max(i - 1, 0)], keys[min(i + 2, len(keys) - 1)]
    t = over(q, a.at, b.at)
    h = b.at - a.at

    def curve(p0: float, p1: float, p2: float, p3: float) -> float:
        m1 = (p2 - p0) / max(b.at - before.at, 1e-6) * h
        m2 = (p3 - p1) / max(after.at - a.at, 1e-6) * h
        t2, t3 = t * t, t * t * t
        return (
            (2 * t3 - 3 * t2 + 1) * p1
            + (t3 - 2 * t2 + t) * m1
            + (3 * t2 - 2 * t3) * p2
            + (t3 - t2) * m2
        )

    return _Key(
        q,
        curve(before.x, a.x, b.x, after.x),
        curve(before.y, a.y, b.y, after.y),
        curve(before.tip, a.tip, b.tip, after.tip),
    )


RUNNING = 0.34
"""Share of a running cycle in which a foot is on the ground; in between both are in the air."""


def running_foot(body: Stature, phase: float, travel: float) -> tuple[Array, float]:
    """A foot that pulls back, kicks up behind and reaches far ahead: ankle and tip, as for `walking_foot`."""
    q, c = phase % 1, travel * RUNNING / 2
    if q < RUNNING:
        tip = 0.7 * ease(over(q, 0.45 * RUNNING, RUNNING)) - 0.2 * (1 - over(q, 0.0, 0.06))
        return _rolled(points(lerp(c, -c, q / RUNNING), -body.ankle), tip, body.unit), tip
    k = clamp(travel / 0.9, 0.7, 1.2) * body.unit
    keys = (
        _Key(0.0, -c, 0.0, 0.7),
        _Key(0.2, -c - 0.1 * k, -0.1 * k, 1.15),
        _Key(0.45, -0.12 * k, -0.24 * k, 1.2),
        _Key(0.68, 0.15 * k, -0.2 * k, 0.35),
        _Key(0.87, c + 0.07 * k, -0.08 * k, -0.2),
        _Key(1.0, c, 0.0, -0.2),
    )
    at = _between(keys, (q - RUNNING) / (1 - RUNNING))
    return _rolled(points(at.x, at.y - body.ankle), at.tip, body.unit), at.tip


def run(body: Stature, m: Moment) -> Rig:
    """A sprint: both feet off the ground twice a cycle, the trunk ahead of them."""
    phase, travel = m.turn(1.0), RUNS * m.stride
    half = min(travel * RUNNING / 2, 0.24)
    high = min(_height(body, half) - 0.012, body.hip - 0.035)
    bob = -0.016 + 0.024 * -cos(TAU * 2 * (phase - 0.42))
    lean = 0.24 + 0.6 * body.stoop + 0.02 * cos(TAU * 2 * phase)
    hip = points(-0.03, -high + bob)
    shoulder, head = spine(body, hip, lean, 0.16)
    legs: list[Leg] = []
    for lag in (0.0, 0.5):
        ankle, tip = running_foot(body, phase + lag, travel)
        legs.append(leg(body, hip, ankle, tip))
    return Rig("run", hip, shoulder, head, lean, 0.04, legs[0], legs[1], phase=phase, pace=2.0)


HOPPING = 0.3
"""Share of a hop in which the feet are down: they land, give way, and push off."""


def hop(body: Stature, m: Moment) -> Rig:
    """Both feet together: crouch, spring, knees drawn up in the air. Whoever places it lifts it off the ground."""
    phase, u = m.turn(1.0), body.unit
    q, c = phase % 1, min(GAIT * m.stride * HOPPING / 2, 0.2)
    air = over(q, HOPPING, 1.0)
    if q < HOPPING:
        x, lift = lerp(c, -c, q / HOPPING), 0.0
        low = 0.11 * u * sin(PI * over(q, 0.0, 0.8 * HOPPING))
        tip = 0.6 * ease(over(q, 0.7 * HOPPING, HOPPING))
    else:
        x, lift = lerp(-c, c, ease(air)), 0.15 * u * sin(PI * air)
        low, tip = 0.0, lerp(0.6, -0.15, ease(air))
    lean = 0.1 + 1.5 * low + body.stoop
    hip = points(-0.5 * low, -min(_height(body, c) - 0.01, body.hip) + low)
    shoulder, head = spine(body, hip, lean, 0.05)
    ankle = _rolled(points(x, -lift - body.ankle), tip, u)
    near = leg(body, hip, ankle, tip)
    far = leg(body, hip, ankle + points(-0.035, 0.0) * u, tip)
    return Rig("hop", hip, shoulder, head, lean, 0.0, near, far, phase=phase, pace=1.4)


CRAWLING = 0.62


def crawl(body: Stature, m: Moment) -> Rig:
    """On hands and knees; a knee goes with the other side's hand."""
    phase = m.turn(1.0)
    half = min(CRAWLS * m.stride * CRAWLING / 2, 0.16)
    low = float(np.sqrt(max(body.thigh * body.thigh - half * half, 0.002)))
    hip = points(-0.55 * body.trunk, -0.98 * low - 0.03 - 0.008 * cos(2 * TAU * phase))
    height = min(body.arm * 0.95, -hip[1] + 0.05)
    lean = PI / 2 - clamp((height + hip[1]) / body.trunk, -0.4, 0.4)
    shoulder = hip + points(sin(lean), -cos(lean)) * body.trunk
    head = shoulder + points(body.neck * 0.86, -body.neck * 0.55)
    legs: list[Leg] = []
    for lag in (0.0, 0.5):
        x, y = step(phase + lag, half, 0.03, CRAWLING)
        knee = points(hip[0] + x, y - 0.032)
        ankle = knee + points(-0.98, -0.1 - 1.2 * -y) * body.shin
        legs.append(Leg(np.stack([hip, knee, ankle]), 2.5))
    return Rig(
        "crawl",
        hip,
        shoulder,
        head,
        lean,
        -0.12,
        legs[0],
        legs[1],
        phase=phase,
        folded=True,
        floor=0.0,
    )


def crawling_hand(phase: float, shoulder: Array, travel: float) -> Array:
    """Where the hand of a crawler is."""
    x, y = step(phase, min(travel * CRAWLING / 2, 0.16), 0.05, CRAWLING)
    return points(shoulder[0] + 0.02 + x, y - 0.03)


def swim(body: Stature, m: Moment) -> Rig:
    """Prone on the water, legs that kick, the head half turned."""
    phase = m.turn(0.75)
    roll = 0.05 * sin(TAU * phase)
    lean = PI / 2 - 0.06 + roll
    hip = points(-0.12, -0.1 + 0.01 * sin(TAU * phase))
    shoulder = hip + points(sin(lean), -cos(lean)) * body.trunk
    head = shoulder + points(body.neck * 0.93, -body.neck * 0.3)
    legs: list[Leg] = []
    for lag in (0.0, 0.5):
        kick = sin(TAU * (3 * phase + lag))
        knee = hip + way(-PI / 2 + 0.16 * kick) * body.thigh
        late = sin(TAU * (3 * phase + lag - 0.12))
        legs.append(
            Leg(np.stack([hip, knee, knee + way(-PI / 2 + 0.26 * late) * body.shin]), PI / 2 + 0.4)
        )
    return Rig("swim", hip, shoulder, head, lean, -0.1, legs[0], legs[1], phase=phase, pace=0.8)


def fly(body: Stature, m: Moment) -> Rig:
    """As one flies in a dream: stretched on the air, arms spread, cloth and hair far behind."""
    phase = m.turn(0.5)
    lean = 1.1 + 0.05 * sin(TAU * phase)
    hip = points(-0.12, -0.42 + 0.02 * sin(TAU * phase))
    shoulder, head = spine(body, hip, lean, 0.75)
    legs: list[Leg] = []
    for lag, aside in ((0.0, 0.05), (0.2, -0.12)):
        wave = sin(TAU * (phase - lag - 0.2))
        knee = hip + way(-1.12 + aside + 0.06 * wave) * body.thigh
        shin = way(-1.35 + aside + 0.1 * wave) * body.shin
        legs.append(Leg(np.stack([hip, knee, knee + shin]), PI / 2 - 0.1))
    glide = 1.5 if m.act == "fly" else 1.1
    return Rig("fly", hip, shoulder, head, lean, 0.1, legs[0], legs[1], phase=phase, pace=glide)


def dance(body: Stature, m: Moment) -> Rig:
    """From one foot to the other, knees high, on the spot."""
    phase = m.turn(1.0)
    sway, hopping = sin(TAU * phase), 1 - cos(2 * TAU * phase)
    hip = points(0.03 * sway, -body.hip + 0.035 - 0.018 * hopping)
    lean = 0.1 * sin(TAU * (phase - 0.1))
    shoulder, head = spine(body, hip, lean)
    legs: list[Leg] = []
    for way_ in (1, -1):
        up = max(0.0, way_ * sway)
        ankle = points(0.05 * way_ + 0.1 * up, -body.ankle - 0.17 * up)
        legs.append(leg(body, hip, ankle, 0.5 * up))
    return Rig(
        "dance", hip, shoulder, head, lean, 0.14 * sway, legs[0], legs[1], phase=phase, pace=0.9
    )


GAITS: Mapping[str, Gait] = {
    "walk": walk,
    "run": run,
    "hop": hop,
    "crawl": crawl,
    "swim": swim,
    "fly": fly,
    "glide": fly,
    "dance": dance,
}
"""Every way of going, by its act."""
