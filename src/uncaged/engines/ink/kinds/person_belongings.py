"""What people carry through the weather: scarf, bag and umbrella. Knows the joints they hang on, no more."""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_rig import Arm, Rig
from uncaged.engines.ink.kinds.person_stature import Stature
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, clamp, lerp, sin
from uncaged.engines.ink.paint import Paint


def fist(arm: Arm, body: Stature) -> Array:
    """The middle of the hand."""
    return arm.joints[2] + arm.along * body.hand * 0.95


def scarf(d: Drawing, paint: Paint, rig: Rig, body: Stature, m: Moment) -> None:
    """Round the neck, under the hair: its tail waves behind a walker and hangs on one who stands."""
    sh, u, turn = rig.shoulder, body.unit, m.turn(1.0)
    blown = clamp(rig.pace + 0.35 * (abs(m.sway) - 0.5), 0.0, 1.6)
    back, low = -rig.forward, points(0.0, 1.0)
    if abs(rig.lean) > 0.9:
        low = points(-0.4, 0.5)
    root = sh + rig.at((-0.04 * u, body.trunk + 0.03 * u))[0] - sh
    tail = [root]
    for k in (1, 2, 3):
        wave = 0.022 * sin(TAU * (2 * turn - 0.17 * k)) * k * (0.4 + 0.6 * min(blown, 1.0))
        far = lerp(0.03, 0.085, min(blown, 1.0)) * k * u
        drop = lerp(0.058, 0.012, min(blown, 1.0)) * k * u
        tail.append(root + back * far + low * drop - low * wave * u)
    form = np.stack(tail)
    tube = Tube(smooth(form), [0.02 * u, 0.026 * u, 0.03 * u, 0.034 * u], 12)
    fill = "striped" if paint.fill == "plain" else "plain"
    d.form(
        tube.outline(), paint.accent, line=0.8, fill=fill, body=tube, colour2=paint.pale, shade=0.3,
        key="tail",
    )  # fmt: skip
    loop = rig.at(
        (-0.055 * u, body.trunk + 0.03 * u), (0.01 * u, body.trunk + 0.018 * u),
        (0.06 * u, body.trunk + 0.036 * u),
    )  # fmt: skip
    ring = Tube(loop, [0.025 * u, 0.032 * u, 0.025 * u], 8)
    d.form(ring.outline(), paint.accent, line=0.8, shade=0.4, key="scarf")


def bag(d: Drawing, paint: Paint, hand: Array, u: float) -> None:
    """A bag that hangs from a hand."""
    x, y = hand + points(0.0, 0.01)
    strap = bezier(hand, hand + points(-0.03, 0.03) * u, hand + points(-0.035, 0.05) * u)
    d.stroke(strap, 0.8, key="strap")
    form = points((-0.07, 0.04), (0.05, 0.04), (0.06, 0.13), (-0.08, 0.13)) * u + points(x, y)
    d.form(smooth(form, True, 3), paint.accent, line=0.8, shade=0.7, key="bag")


def broom(d: Drawing, paint: Paint, rig: Rig, u: float) -> None:
    """The broom that somebody rides, twigs behind."""
    seat = rig.hip + points(0.0, 0.075) * u
    stick = Tube(
        np.stack([seat + points(-0.2, 0.03) * u, seat + points(0.36, -0.05) * u]),
        [0.012 * u] * 2,
        6,
    )
    d.form(stick.outline(), paint.trunk, line=0.8, shade=0.3, key="stick")
    twigs = points(
        (-0.17, 0.0),
        (-0.28, -0.05),
        (-0.44, -0.02),
        (-0.41, 0.03),
        (-0.45, 0.08),
        (-0.3, 0.1),
        (-0.18, 0.06),
    )
    d.form(smooth(seat + twigs * u, True, 3), paint.glow, line=0.9, shade=0.7, key="broom")
    for y in (-0.01, 0.03, 0.065):
        d.stroke(seat + points((-0.2, 0.028), (-0.38, y)) * u, 0.6, wobble=0.4)


def umbrella(d: Drawing, paint: Paint, hand: Array, m: Moment) -> None:
    """An open umbrella above a hand: a dome of five scallops, 0.54 wide, and its ribs."""
    top = hand + points(0.015 + 0.01 * m.cycle(1, 0.2), -0.44)
    d.stroke(points(hand + points(0, 0.05), top), 1.1, wobble=0.2, key="stick")
    reach, count = 0.27, 5
    rim, tip = top + points(0.0, 0.13), top + points(0, -0.045)
    dome = smooth(
        [
            rim + points(-reach, 0.02),
            top + points(-reach * 0.62, 0.0),
            tip,
            top + points(reach * 0.62, 0.0),
            rim + points(reach, 0.02),
        ]
    )
    scallops: list[Array] = []
    for k in range(count):
        right, left = reach - 2 * reach * k / count, reach - 2 * reach * (k + 1) / count
        scallops += [rim + points(right, 0.02), rim + points((right + left) / 2, -0.015)]
    outline = np.concatenate([dome, points(*scallops), [rim + points(-reach, 0.02)]])
    d.form(outline, paint.accent, shade=0.8, key="umbrella")
    for k in range(1, count):
        x = reach - 2 * reach * k / count
        d.stroke(bezier(tip, top + points(x * 0.6, 0.0), rim + points(x, 0.02)), 0.6)
    d.stroke(points(tip, tip + points(0, -0.03)), 0.8, wobble=0.1)
