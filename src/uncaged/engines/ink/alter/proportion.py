"""Proportion: a body's bands of height and breadth swell and shrink, smoothly, from its feet to its head.

A drawing is bent as if it stood on a sheet of rubber, so every kind can be a giant's head on a thread or a mountain on
two dots. Its feet stay where they stand.
"""

from collections.abc import Callable
from functools import lru_cache
from math import isfinite

import numpy as np

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin

TEMPERS = (
    ((-0.55, -0.45, -0.1, 0.9, 1.0), (-0.35, -0.35, -0.1, 0.9, 1.0)),  # a great head
    ((1.0, 0.7, -0.1, -0.4, -0.4), (-0.4, -0.3, 0.1, 0.25, 0.25)),  # long legs
    ((-0.5, -0.2, 0.3, -0.4, -0.4), (0.2, 1.0, 1.0, -0.5, -0.5)),  # a mountain with a small head
    ((-0.3, -0.1, 0.3, 1.2, 0.1), (-0.2, 0.1, -0.3, -0.6, 0.3)),  # a long neck
    ((0.5, 0.5, 0.6, 0.4, 0.2), (-0.9, -0.9, -0.8, -0.7, -0.5)),  # a thread
    ((-0.2, -0.3, 0.4, -0.4, -0.4), (1.3, 0.2, -0.2, -0.4, -0.4)),  # great feet
)
"""Heights and breadths of five bands from the feet up: each a share of the dial, below 0 = smaller."""

KNOTS = (0.0, 0.28, 0.52, 0.80, 1.05)
_FINE = 96


def strength(dial: float) -> float:
    """How far the dial is from 1, alike both ways: 2 is as far as a half. Never past 3.6."""
    if not isfinite(dial):
        dial = 1.0 if dial != dial else (1e9 if dial > 0 else -1e9)
    x = (
        dial - 1
        if dial >= 1
        else 1 - 1 / max(dial, 0.25)
        if dial > 0.25
        else -3 - 4 * (0.25 - dial)
    )
    return soft(x, 1.2, 3.6)


def warp(dial: float, seed: int, centred: bool, width: float) -> Callable[[Array], Array] | None:
    """The map of points for a body; None where the dial is 1.

    centred: its origin is its middle, not its feet. width: how broad it is, in its own heights.
    """
    k = strength(dial)
    return _warp(round(k, 4), seed, centred, round(max(width, 0.2), 3)) if abs(k) > 1e-6 else None


@lru_cache(512)
def _warp(k: float, seed: int, centred: bool, width: float) -> Callable[[Array], Array]:
    stream = Stream(f"{seed}/proportion")
    tall, broad = stream.pick(TEMPERS)
    top = 0.5 if centred else 0.0
    up = _Bands([stream.uniform(-0.2, 0.2) + x for x in tall], k, 1.0)
    slim = min(1.0, 0.75 / width)  # what is broad already would leave the frame
    across = _Bands([slim * (stream.uniform(-0.15, 0.15) + x) for x in broad], k, 1.0)
    lying = min(1.0, max(0.0, (width - 0.7) / 0.6))
    along = _Bands([lying * x for x in stream.pick(TEMPERS)[1]], k, width)
    wave, turns, phase = 0.05 * k, stream.uniform(0.7, 1.4), stream.uniform()
    zero = up.length(top) if centred else 0.0

    def map_(p: Array) -> Array:
        high = top - p[:, 1]
        q = p[:, 0] + width / 2
        out = np.empty_like(p)
        bow = wave * (sin(TAU * (turns * high + phase)) - sin(TAU * (turns * top + phase)))
        foot = np.clip(high * 4, 0, 1) if not centred else 1.0
        out[:, 0] = (along.length(q) - along.length(width / 2)) * across.scale(high) + bow * foot
        out[:, 1] = (zero - up.length(high)) * along.scale(q)
        return out

    return map_


class _Bands:
    """A scale that changes along a length, and the length it makes of it. Kept near the length it had."""

    def __init__(self, values: list[float], k: float, whole: float) -> None:
        self._at = np.linspace(-0.3, 1.4, _FINE) * whole
        share = np.interp(self._at / whole, KNOTS, values) * k
        scale = np.where(share >= 0, 1 + np.maximum(share, 0), 1 / (1 - np.minimum(share, 0)))
        scale = (
            np.concatenate([scale[:1], scale[:-1]])
            + scale * 2
            + np.concatenate([scale[1:], scale[-1:]])
        ) / 4
        step = np.diff(self._at) * (scale[1:] + scale[:-1]) / 2
        self._length = np.concatenate([[0.0], np.cumsum(step)])
        self._length -= np.interp(0.0, self._at, self._length)
        self._scale = scale
        made = float(np.interp(whole, self._at, self._length))
        self._shrink = 1 / float(np.sqrt(max(made / whole, 0.05)))

    def length(self, at: Array | float) -> Array:
        """How far along it lies now; beyond the ends as at the ends."""
        inside = np.interp(at, self._at, self._length)
        past = np.asarray(at) - np.clip(at, self._at[0], self._at[-1])
        return np.asarray((inside + past) * self._shrink)

    def scale(self, at: Array | float) -> Array:
        """How much it is stretched there."""
        return np.asarray(np.interp(at, self._at, self._scale))
