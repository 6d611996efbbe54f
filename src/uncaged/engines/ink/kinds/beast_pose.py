"""How a four-legged animal holds itself: stands, sits, lies, sleeps, kneels, stoops to the ground, holds out a paw.

What a posture and a gesture ask for is found once (`hold`); what a moment adds to it is in `beast_motion`. Knows no
drawing.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.kinds.beast import Beast, Headed, Spine, Trunk, turned
from uncaged.engines.ink.numbers import Array

POSTURES = ("sit", "lie", "sleep", "kneel")
"""What every four-legged animal can do beside standing."""

Stance: TypeAlias = Literal["stand", "fold", "raise"]

PAW_UP = {"give": 0.25, "touch": 0.3, "point": 0.45, "wave": 0.9, "cheer": 0.9, "throw": 0.8}
"""Gestures in which a fore leg is held out, and how high."""

STOOPS = frozenset({"eat", "work", "hide", "read"})
"""Gestures in which the head goes down to the ground."""

NOSE_DOWN = points(0.62, 0.78)
LEVEL = points(0.99, 0.1)


@dataclass(frozen=True, slots=True)
class Hold:
    """How an animal holds itself: its trunk, and how far neck and head are turned up from where they are by nature.

    pitch, shift: as in `Trunk`. hind, fore: what the legs do; near_fore: the one that may be held out, `up` so high.
    rests: its tail lies on the ground.
    """

    pitch: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    neck: float = 0.0
    head: float = 0.0
    hind: Stance = "stand"
    fore: Stance = "stand"
    near_fore: Stance = "stand"
    up: float = 0.0
    rests: bool = False

    def trunk(self, beast: Beast) -> Trunk:
        """The trunk as it is held."""
        return Trunk(rows(beast.hips)[0], self.pitch, points(*self.shift))


@lru_cache(1024)
def rows(spine: Spine | tuple[tuple[float, float], ...]) -> Array:
    """A row of numbers as an array. Shared, so read only."""
    out = np.array(spine)
    out.flags.writeable = False
    return out


def hold(beast: Beast, posture: str, gesture: str) -> Hold:
    """How this animal takes a posture and makes a gesture; the unknown ones are standing and none."""
    if gesture == "play" and posture == "stand":
        posture = "kneel"
    held = _POSTURES.get(posture, _standing)(beast)
    if posture == "sleep":
        return _stooped(beast, held, LEVEL, 0.9)
    if gesture in STOOPS and beast.grazes:
        return _stooped(beast, held, NOSE_DOWN, 0.3)
    if gesture in ("look", "cheer"):
        held = replace(held, neck=held.neck + 0.16, head=held.head + 0.34)
    if gesture in PAW_UP and held.near_fore == "stand":
        held = replace(held, near_fore="raise", up=PAW_UP[gesture])
    return held


def _standing(_beast: Beast) -> Hold:
    return Hold()


def _sitting(beast: Beast) -> Hold:
    """Rump on the ground, chest up as far as the fore legs allow; neck and head stay as they were."""
    hips, body = rows(beast.hips), rows(beast.body)
    held = Hold()
    for k in range(16):
        trunk = Trunk(hips[0], 0.85 - 0.04 * k, points(0.0, 0.0))
        down = -float((trunk.apply(body[:, :2])[:, 1] + 1.03 * body[:, 2]).max())
        shoulder = trunk.apply(hips[1]) + points(0.0, down)
        ahead = float(hips[1][0] - shoulder[0]) * 0.5
        held = Hold(trunk.pitch, (ahead, down), 0.12, 0.02, "fold", rests=True)
        if -shoulder[1] <= 1.16 * beast.fore.length:
            break
    return held


def _lying(beast: Beast) -> Hold:
    """Belly on the ground, legs folded, head up."""
    body = rows(beast.body)
    down = -float((body[:, 1] + 1.03 * body[:, 2]).max())
    return Hold(0.0, (0.0, down), 0.08, 0.0, "fold", "fold", "fold", rests=True)


def _kneeling(beast: Beast) -> Hold:
    """Chest low, rump high: a bow, or an invitation to play."""
    body = rows(beast.body)
    hips = rows(beast.hips)
    held = Hold()
    for k in range(1, 14):
        trunk = Trunk(hips[0], -0.045 * k, points(0.0, 0.0))
        held = Hold(trunk.pitch, (0.0, 0.0), -0.05 * k * 0.3, 0.2, "stand", "fold", "fold")
        if float((trunk.apply(body[:, :2])[:, 1] + body[:, 2]).max()) > -0.06:
            break
    return held


_POSTURES = {"sit": _sitting, "lie": _lying, "sleep": _lying, "kneel": _kneeling}


def _stooped(beast: Beast, held: Hold, nose: Array, rest: float) -> Hold:
    """The head goes down until it is on the ground: first the neck, then, where that is too short, the chest.

    nose: the way the nose is to point. rest: how much of its half width the head keeps from the ground.
    """
    tilt = tilt_towards(beast, nose)
    thick = rest * rows(beast.head)[:, 2]
    best, lowest = held, -9.0
    for dip in range(1 if held.fore == "fold" else 7):
        lower = replace(held, pitch=held.pitch - 0.05 * dip, head=tilt, fore=held.fore)
        trunk = lower.trunk(beast)
        for k in range(24):
            angle = held.neck - 0.1 * k
            spine = head_points(beast, neck_points(beast, trunk, angle), tilt)
            y = float((spine[:, 1] + thick).max())
            if y > lowest and y < 0.03:
                best, lowest = replace(lower, neck=angle), y
            if y >= -0.015:
                return best
    return best


def tilt_towards(beast: Headed, way: Array) -> float:
    """How far the head must be turned so that its nose points this way."""
    head = rows(beast.head)[:, :2]
    chord = head[-1] - head[0]
    return max(
        (0.6 - 0.08 * k for k in range(30)),
        key=lambda a: float((turned(chord, points(0.0, 0.0), a) * way).sum()),
    )


def mouth(beast: Headed, trunk: Trunk, neck: float, tilt: float) -> Array:
    """The end of the head of an animal that holds neck and head like this."""
    return head_points(beast, neck_points(beast, trunk, neck), tilt)[-1]


def neck_points(beast: Headed, trunk: Trunk, angle: float) -> Array:
    """The spine of the neck: it leaves the trunk where it grows, and bends more the further it gets."""
    spine = rows(beast.neck)[:, :2]
    out = np.empty_like(spine)
    out[0] = trunk.apply(spine[0])
    last = len(spine) - 2
    for i in range(last + 1):
        share = 1.0 if last == 0 else 0.7 + 0.5 * i / last
        out[i + 1] = out[i] + turned(spine[i + 1] - spine[i], points(0.0, 0.0), angle * share)
    return out


def head_points(beast: Headed, neck: Array, tilt: float) -> Array:
    """The spine of the head, carried by the end of the neck."""
    spine, root = rows(beast.head)[:, :2], rows(beast.neck)[-1, :2]
    return turned(spine, root, tilt) + (neck[-1] - root)
