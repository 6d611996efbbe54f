"""How a subject moves: for each frame the matrix that its drawing is placed by. Knows no drawings but their size.

Every motion is a function of the time in the film alone, so that a film of any number of frames shows the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, sin

OFFSETS: Final = MappingProxyType(
    {
        "centre": (0.0, 0.0),
        "left": (-0.2, 0.0),
        "right": (0.2, 0.0),
        "top": (0.0, -0.2),
        "bottom": (0.0, 0.2),
    }
)
"""How far from the middle of the frame a subject is halfway through the film, in shares of the frame."""

CUT: Final = 0.08
"""So much of a subject's breadth or height may lie beyond the frame's edge, at its farthest."""

WAY: Final = MappingProxyType({"small": 0.44, "middle": 0.4, "large": 0.3})
"""How far a subject drifts, rises or sinks; large ones go less far, since they have less room."""

HOP: Final = MappingProxyType({"small": 0.26, "middle": 0.22, "large": 0.17})
RING: Final = MappingProxyType({"small": 0.17, "middle": 0.15, "large": 0.12})


@dataclass(frozen=True, slots=True)
class Body:
    """What is moved. width, height: its box in shares of the frame, at its plain size. size, place: their names.
    facing: 1 = right, −1 = left, and then its drawing is mirrored."""

    width: float
    height: float
    size: str
    place: str
    facing: int


@dataclass(frozen=True, slots=True)
class Track:
    """Where the middle of a subject is and how it is placed there, (frames,) each. x, y: shares of the frame, from its
    place. turn: radians, clockwise. wide, high: factors of its size."""

    x: Array
    y: Array
    turn: Array
    wide: Array
    high: Array


def track(motion: str, body: Body, lots: Stream, frames: int) -> Track:
    """A motion as it is in so many frames, evenly over the film, before it is put where there is room for it."""
    t = (np.arange(frames) + 0.5) / frames
    none, one = np.zeros(frames), np.ones(frames)
    lean = lots.uniform(-0.06, 0.06)
    size = lots.uniform(0.93, 1.07)
    plain = Track(none, none, none + lean, one * size, one * size)
    return MOTIONS[motion](plain, body, t, lots.uniform(-1, 1))


Motion: TypeAlias = Callable[[Track, Body, Array, float], Track]
"""at rest, body, times 0 … 1, a lot −1 … 1 → how it moves."""


def _still(rest: Track, body: Body, t: Array, lot: float) -> Track:
    return rest


def _along(right: int, down: int) -> Motion:
    def motion(rest: Track, body: Body, t: Array, lot: float) -> Track:
        way = WAY[body.size] * (1 + 0.1 * lot) * (t - 0.5)
        return replace(rest, x=rest.x + right * way, y=rest.y + down * way)

    return motion


def _sized(first: float, last: float) -> Motion:
    def motion(rest: Track, body: Body, t: Array, lot: float) -> Track:
        grown = first + (last - first) * t
        return replace(rest, wide=rest.wide * grown, high=rest.high * grown)

    return motion


def _spins(rest: Track, body: Body, t: Array, lot: float) -> Track:
    """Once round, head first."""
    return replace(rest, turn=rest.turn + body.facing * TAU * (0.95 + 0.07 * lot) * t)


def _sways(rest: Track, body: Body, t: Array, lot: float) -> Track:
    """To and fro about its foot, once and a half."""
    lean = body.facing * (0.42 + 0.05 * lot) * sin(TAU * 1.5 * t)
    foot = 0.5 * body.height * rest.high
    return replace(
        rest, x=rest.x + foot * sin(lean), y=rest.y + foot * (1 - cos(lean)), turn=rest.turn + lean
    )


def _bounces(rest: Track, body: Body, t: Array, lot: float) -> Track:
    """Two hops; where it lands it is pressed together."""
    q = 2 * t % 1
    high = HOP[body.size] * (1 + 0.1 * lot)
    near = np.maximum(1 - np.minimum(q, 1 - q) / 0.13, 0)
    pressed = 1 - 0.25 * near
    air = 4 * q * (1 - q)
    y = rest.y + high * (0.5 - air) + 0.5 * body.height * rest.high * (1 - pressed)
    return replace(rest, y=y, wide=rest.wide * (1 + 0.15 * near), high=rest.high * pressed)


def _pulses(rest: Track, body: Body, t: Array, lot: float) -> Track:
    """Larger and smaller again, twice."""
    beat = 1 + (0.24 + 0.03 * lot) * sin(TAU * 2 * t)
    return replace(rest, wide=rest.wide * beat, high=rest.high * beat)


def _circles(rest: Track, body: Body, t: Array, lot: float) -> Track:
    """Once round a ring, upright; it begins at the top, the way it faces."""
    ring = RING[body.size] * (1 + 0.1 * lot)
    angle = body.facing * TAU * t
    return replace(rest, x=rest.x + ring * sin(angle), y=rest.y - ring * cos(angle))


MOTIONS: Final = MappingProxyType[str, Motion](
    {
        "still": _still,
        "drifts-left": _along(-1, 0),
        "drifts-right": _along(1, 0),
        "rises": _along(0, -1),
        "sinks": _along(0, 1),
        "grows": _sized(0.5, 1.3),
        "shrinks": _sized(1.3, 0.5),
        "spins": _spins,
        "sways": _sways,
        "bounces": _bounces,
        "pulses": _pulses,
        "circles": _circles,
    }
)


def matrices(motion: str, body: Body, lots: Stream, frames: int) -> Array:
    """(frames, 6): a, b, c, d, e, f of x' = a·x + c·y + e, y' = b·x + d·y + f, in shares of the frame.

    Takes the drawing about its middle. The whole way is moved to where the subject stays in sight.
    """
    found = track(motion, body, lots, frames)
    right, down = OFFSETS[body.place]
    c, s = cos(found.turn), sin(found.turn)
    half_w = 0.5 * (abs(c) * body.width * found.wide + abs(s) * body.height * found.high)
    half_h = 0.5 * (abs(s) * body.width * found.wide + abs(c) * body.height * found.high)
    x = found.x + _kept(0.5 + right + lots.uniform(-0.02, 0.02), found.x, half_w)
    y = found.y + _kept(0.5 + down + lots.uniform(-0.02, 0.02), found.y, half_h)
    wide = found.wide * body.facing
    return np.stack([c * wide, s * wide, -s * found.high, c * found.high, x, y], 1)


def _kept(at: float, way: Array, half: Array) -> float:
    """`at`, moved by as little as keeps every frame's subject in sight; in the middle where there is no room."""
    low = float((half * (1 - 2 * CUT) - way).max())
    high = float((1 - half * (1 - 2 * CUT) - way).min())
    return clamp(at, low, high) if low <= high else (low + high) / 2
