"""What people do with arms and hands, by the name of the gesture. Knows joints, no clothes.

A gesture that moves goes round a whole number of times in the film: anticipation, deed, recovery. A new gesture is a
function in `GESTURES`; what the back and the head add to it is a row of `POISE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.person_reaches import HOLDS, Doing, Given, bound, pulse
from uncaged.engines.ink.kinds.person_rig import Arm, Rig, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import ease, lerp, over

Gesture: TypeAlias = Callable[[Given], Doing]


def doing(given: Given) -> Doing:
    """What both arms do at a moment."""
    gesture = GESTURES.get(given.m.gesture)
    if gesture is None or bound(given.rig.name):
        done = Doing(given.rest(False), given.rest(True))
    else:
        done = gesture(given)
    if given.rig.floor > 1:
        return done
    return replace(done, near=_above(done.near), far=_above(done.far))


def _above(arm: Arm) -> Arm:
    """Arms lie on the ground, not in it."""
    joints = arm.joints.copy()
    joints[:, 1] = np.minimum(joints[:, 1], -0.026)
    return replace(arm, joints=joints)


def engaged(rig: Rig, m: Moment) -> Rig:
    """The back and the head join in: they lean into what the arms do."""
    poise = POISE.get(m.gesture)
    if poise is None or bound(rig.name):
        return rig
    lean, nod = poise(m)
    if abs(rig.lean) > 0.9:
        lean = 0.0
    return rig.bent(lean, nod)


def _hold(g: Given) -> Doing:
    """A fist at the place where things are held."""
    posture = g.rig.name.rstrip("012").split("-")[0]
    x, y = HOLDS.get(posture, HOLDS["stand"])
    along = points(0.94, -0.34)
    near = g.to(False, points(x, y) - along * g.body.hand * 0.95, "fist", along)
    return Doing(near, g.rest(True))


def _carry(g: Given) -> Doing:
    """The far hand steadies what is on the head, so that the face is free."""
    return Doing(g.rest(False), g.beside(True, -1.05, -1.3, "flat", points(0.35, -0.93), bend=-1))


def _give(g: Given) -> Doing:
    """Drawn to the chest first, then held out, palm up."""
    e = pulse(g.m, 0.5, hold=0.4)
    near = g.arm(False, lerp(0.42, 0.86, e), lerp(-0.62, -0.3, e), "palm", g.way(1.0, 0.12))
    return Doing(near, g.rest(True), beat=e)


def _touch(g: Given) -> Doing:
    stroke = 0.05 * g.m.cycle(0.5)
    near = g.arm(False, 0.86, -0.2 + stroke, "open", g.way(0.75, 0.6))
    return Doing(near, g.rest(True))


def _point(g: Given) -> Doing:
    """A short recoil, then straight out to where it looks, or ahead and a little up."""
    x, y = g.m.look
    far_ = float(np.sqrt(x * x + y * y)) if abs(x) + abs(y) < 1e9 else 0.0
    ahead = (x / far_, -y / far_) if far_ > 1e-6 else (0.96, 0.26)
    reached = 0.82 + 0.14 * pulse(g.m, 0.5, hold=0.6)
    near = g.arm(False, ahead[0] * reached, ahead[1] * reached, "point", g.way(*ahead))
    return Doing(near, g.rest(True))


def _wave(g: Given) -> Doing:
    """Beside the head, the hand a little later than the wrist."""
    swing, late = g.m.cycle(1.5), g.m.cycle(1.5, 0.1)
    hand = turned(points(0.12, -1.0), 0.35 * late, points(0.0, 0.0))
    return Doing(g.beside(False, 2.7 + 0.4 * swing, -0.4, "wave", hand), g.rest(True))


def _cheer(g: Given) -> Doing:
    """Both arms high and wide, one a little later."""
    a, b = g.m.cycle(1.5), g.m.cycle(1.5, 0.12)
    near = g.beside(False, 2.5 + 0.3 * a, -1.7 - 0.3 * a, "wave")
    far = g.beside(True, -1.9 - 0.3 * b, -1.9 - 0.3 * b, "wave", bend=-1)
    return Doing(near, far)


def _look(g: Given) -> Doing:
    """A hand over the eyes, or only the head."""
    if g.habit % 2 or g.rig.name.startswith("lie"):
        return Doing(g.rest(False), g.rest(True))
    brow = g.rig.head + points(0.62, -0.62) * g.body.head
    near = g.to(False, brow, "flat", points(0.98, 0.18))
    return Doing(near, g.rest(True))


def _eat(g: Given) -> Doing:
    """From the lap to the mouth, and a while of chewing."""
    e = pulse(g.m, 0.5, hold=0.2)
    along = g.way(lerp(0.9, 0.1, e), lerp(0.2, 0.95, e))
    low = g.place(False, 0.5, -0.42)
    near = g.to(False, lerp(low, g.mouth() - along * g.body.hand * 1.1, e), "fist", along)
    far = g.arm(True, 0.52, -0.5, "palm", g.way(1.0, 0.1))
    return Doing(near, far, over=True, thing="morsel", beat=e)


def _read(g: Given) -> Doing:
    sway = 0.015 * g.m.cycle(0.5)
    along = g.way(0.55, 0.83)
    near = g.arm(False, 0.5, -0.36 + sway, "fist", along)
    far = g.arm(True, 0.66, -0.3 + sway, "fist", along)
    return Doing(near, far, over=True, thing="book")


def _play(g: Given) -> Doing:
    """A flute, a fiddle or a guitar, by habit."""
    return (_flute, _guitar, _fiddle)[g.habit % 3](g)


def _flute(g: Given) -> Doing:
    finger = 0.02 * g.m.cycle(2.0)
    mouth = g.mouth()
    near = g.to(False, mouth + points(0.055, 0.075 + finger), "fist", points(0.5, -0.86))
    far = g.to(True, mouth + points(0.13, 0.105 - finger), "fist", points(0.3, -0.95))
    return Doing(near, far, over=True, thing="flute", beat=0.5 + 0.5 * g.m.cycle(0.5))


def _guitar(g: Given) -> Doing:
    strum = g.m.cycle(1.5)
    far = g.arm(True, 0.78, -0.12, "fist", g.way(0.4, 0.9))
    near = g.arm(False, 0.3, -0.66 + 0.08 * strum, "fist", g.way(0.55, -0.83))
    return Doing(near, far, over=True, thing="guitar", beat=0.5 + 0.5 * strum)


def _fiddle(g: Given) -> Doing:
    """The bow goes to and fro across the strings."""
    bow = g.m.cycle(0.75)
    far = g.arm(True, 0.72, 0.06, "fist", g.way(0.3, 0.95))
    near = g.arm(False, 0.46 + 0.16 * bow, -0.22 - 0.12 * bow, "fist", g.way(0.8, 0.6))
    return Doing(near, far, over=True, thing="fiddle", beat=0.5 + 0.5 * bow)


def _work(g: Given) -> Doing:
    """A hammer, a spade or a broom, by habit."""
    return (_hammering, _digging, _sweeping)[g.habit % 3](g)


def blow(m: Moment) -> float:
    """0 … 1 of a blow: slowly up, a wait, quickly down, a rest."""
    q = m.turn(1.0) % 1
    return ease(over(q, 0.0, 0.5)) * (1 - ease(over(q, 0.6, 0.76)))


def _hammering(g: Given) -> Doing:
    e = blow(g.m)
    upper, fore = lerp(0.85, 2.5, e), lerp(1.15, 3.4, e)
    near = g.angled(False, upper, fore, "fist")
    far = g.arm(True, 0.62, -0.58, "open", g.way(0.9, -0.4))
    return Doing(near, far, thing="hammer", beat=e)


def _digging(g: Given) -> Doing:
    """Down with both hands, a pull, and the earth over the shoulder."""
    e = blow(g.m)
    near = g.arm(False, lerp(0.46, 0.6, e), lerp(-0.42, -0.2, e), "fist", g.way(0.6, -0.8))
    far = g.arm(True, lerp(0.66, 0.86, e), lerp(-0.78, -0.42, e), "fist", g.way(0.8, -0.6))
    return Doing(near, far, over=True, thing="spade", beat=e)


def _sweeping(g: Given) -> Doing:
    s = g.m.cycle(0.75)
    near = g.arm(False, 0.46 + 0.05 * s, -0.28, "fist", g.way(0.5, -0.85))
    far = g.arm(True, 0.6 + 0.14 * s, -0.66, "fist", g.way(0.5, -0.85))
    return Doing(near, far, over=True, thing="broom", beat=0.5 + 0.5 * s)


def _throw(g: Given) -> Doing:
    """Wind up behind the head, fling, follow through."""
    q = g.m.turn(0.5) % 1
    back, fling = ease(over(q, 0.05, 0.4)), ease(over(q, 0.46, 0.6))
    home = ease(over(q, 0.72, 1.0))
    upper = lerp(lerp(lerp(0.5, -2.2, back), 1.35, fling), 0.5, home)
    fore = lerp(lerp(lerp(1.9, -3.6, back), 1.2, fling), 1.9, home)
    near = g.angled(False, upper, fore, "fist" if q < 0.54 or q > 0.9 else "open")
    far = g.arm(True, 0.75 - 0.5 * fling + 0.5 * home, 0.1 - 0.6 * fling + 0.6 * home)
    return Doing(near, far, thing="ball", beat=q)


def _hide(g: Given) -> Doing:
    """The face in both hands."""
    shake = points(0.006 * g.m.cycle(1.0), 0.0)
    face = g.rig.head + turned(points(0.55, 0.78) * g.body.head, g.rig.tilt, points(0.0, 0.0))
    near = g.to(False, face + shake, "flat", g.way(0.12, 1.0))
    far = g.to(True, face + shake + points(0.032, 0.0), "flat", g.way(0.0, 1.0))
    return Doing(near, far, over=True)


def _hug(g: Given) -> Doing:
    """Arms laid round somebody before it, closing a little with every breath."""
    e = 0.5 + 0.5 * g.m.cycle(0.5)
    near = g.arm(False, 0.84 - 0.07 * e, -0.26, "flat", g.way(0.9, 0.44))
    far = g.arm(True, 0.84 - 0.07 * e, 0.12, "flat", g.way(0.86, -0.5))
    return Doing(near, far)


GESTURES: Mapping[str, Gesture] = {
    "hold": _hold,
    "carry": _carry,
    "give": _give,
    "touch": _touch,
    "point": _point,
    "wave": _wave,
    "cheer": _cheer,
    "look": _look,
    "eat": _eat,
    "read": _read,
    "play": _play,
    "work": _work,
    "throw": _throw,
    "hide": _hide,
    "hug": _hug,
}
"""Every gesture, by its name."""


def _flung(m: Moment) -> tuple[float, float]:
    q = m.turn(0.5) % 1
    lean = -0.16 * ease(over(q, 0.05, 0.4)) + 0.42 * ease(over(q, 0.44, 0.62))
    return lean - 0.26 * ease(over(q, 0.72, 1.0)), -0.1 + 0.1 * ease(over(q, 0.44, 0.6))


POISE: Mapping[str, Callable[[Moment], tuple[float, float]]] = {
    "carry": lambda m: (-0.04, 0.0),
    "give": lambda m: (0.1 * pulse(m, 0.5, hold=0.4), 0.06),
    "touch": lambda m: (0.06, 0.1),
    "point": lambda m: (-0.02, -0.06),
    "wave": lambda m: (-0.03, -0.05),
    "cheer": lambda m: (-0.07 + 0.02 * m.cycle(1.5), -0.2),
    "look": lambda m: (-0.04, -0.28 if m.look == (0.0, 0.0) else 0.0),
    "eat": lambda m: (0.04, 0.08 * pulse(m, 0.5, hold=0.2)),
    "read": lambda m: (0.03, 0.3),
    "play": lambda m: (0.04 * m.cycle(0.5), 0.12 + 0.05 * m.cycle(1.0)),
    "work": lambda m: (lerp(0.36, 0.06, blow(m)), 0.14),
    "throw": _flung,
    "hide": lambda m: (0.12, 0.34),
    "hug": lambda m: (0.1, 0.12 + 0.03 * m.cycle(0.5)),
}
"""Radians by which the back leans forward and the head sinks, by gesture."""
