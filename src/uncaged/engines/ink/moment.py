"""A moment of the film, as a figure or a setting sees it. Cycles are whole numbers per film, so that films loop."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from uncaged.engines.ink.numbers import TAU, sin

Act: TypeAlias = Literal["still", "walk", "dance", "spin"]


@dataclass(frozen=True, slots=True)
class Moment:
    """t: 0 … 1 over the film. seconds: the film's length.

    grow: 0 … 1, how much of a plant is there. sway: wind, 0.5 = a breath. act: what the figure does with its limbs.
    speed: factor of all cycles. stride: share of a full step, so that feet do not slide.
    """

    t: float
    seconds: float = 2.0
    grow: float = 1.0
    sway: float = 0.5
    act: Act = "still"
    speed: float = 1.0
    stride: float = 1.0

    def turn(self, hertz: float) -> float:
        """Turns made so far by something that turns `hertz` times a second; whole over the film, at least one."""
        return self.t * max(1, int(hertz * self.seconds * self.speed + 0.5))

    def cycle(self, hertz: float, lag: float = 0.0) -> float:
        """−1 … 1, a sine of `turn`, `lag` turns late: secondary motion is the same with a later phase."""
        return sin(TAU * (self.turn(hertz) - lag))
