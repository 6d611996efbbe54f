"""Numbers that are the same on every machine: own sine, named random streams, easing.

Only + − × ÷, floor and square roots on doubles (exact in IEEE 754); no BLAS, no C library, no numpy.random.
Knows nothing of drawing.
"""

import random
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""Floats. Points are (n, 2)."""

T = TypeVar("T")

TAU = 6.283185307179586
PI = TAU / 2
GOLDEN = 2.399963
"""The golden angle, radians: turned by it, points never line up."""


@overload
def sin(x: float) -> float: ...
@overload
def sin(x: Array) -> Array: ...
def sin(x: float | Array) -> float | Array:
    """Sine of radians: a parabola with one correction, error below 0.0011."""
    x = x * (1 / TAU) + 0.5
    r = (x - x // 1) * 2 - 1
    y = 4 * r - 4 * r * abs(r)
    return 0.225 * (y * abs(y) - y) + y


@overload
def cos(x: float) -> float: ...
@overload
def cos(x: Array) -> Array: ...
def cos(x: float | Array) -> float | Array:
    """Cosine of radians, by `sin`."""
    return sin(x + PI / 2)


class Stream:
    """A named random stream: the same name gives the same numbers in every version of Python.

    Naming keeps a picture stable: when one part takes a number more, the others do not change.
    """

    __slots__ = ("_random", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._random = random.Random(name).random

    def sub(self, name: object) -> "Stream":
        """A stream of its own for a part; it takes no number from this one."""
        return Stream(f"{self.name}/{name}")

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Evenly between `low` and `high`."""
        return low + (high - low) * self._random()

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """About normal: four uniform numbers summed, within ±3.5 spreads."""
        draw = self._random
        return mean + spread * (draw() + draw() + draw() + draw() - 2) * 1.73

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self._random() * len(choices))]

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def array(self, count: int, low: float = 0.0, high: float = 1.0) -> Array:
        """`count` uniform numbers."""
        return np.array([self.uniform(low, high) for _ in range(count)])


def clamp(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """`x`, but not outside `low` … `high`."""
    return low if x < low else high if x > high else x


@overload
def lerp(a: float, b: float, t: float) -> float: ...
@overload
def lerp(a: Array, b: Array, t: float | Array) -> Array: ...
def lerp(a: float | Array, b: float | Array, t: float | Array) -> float | Array:
    """`t` of the way from `a` to `b`."""
    return a + (b - a) * t


def ease(t: float) -> float:
    """Slow, fast, slow (the fifth-degree smootherstep), 0 … 1."""
    t = clamp(t)
    return t * t * t * (t * (6 * t - 15) + 10)


def ease_out(t: float) -> float:
    """Fast, then slow, 0 … 1."""
    t = 1 - clamp(t)
    return 1 - t * t * t


def ease_in(t: float) -> float:
    """Slow, then fast, 0 … 1."""
    t = clamp(t)
    return t * t * t


def over(t: float, start: float, end: float) -> float:
    """How far `t` has come from `start` to `end`, 0 … 1."""
    return clamp((t - start) / (end - start))


def settle(t: float, overshoot: float = 0.12) -> float:
    """Goes past 1 and comes back."""
    t = clamp(t)
    return ease_out(t) + overshoot * sin(PI * t) * t
