"""A moment of the film, as a figure or a setting sees it. Cycles are whole numbers per film, so that films loop."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from uncaged.engines.ink.numbers import TAU, sin

Act: TypeAlias = Literal[
    "still", "walk", "dance", "spin", "run", "hop", "crawl", "swim", "fly", "glide"
]
"""What the limbs do. run: the fastest gait it has (a gallop, a sprint). glide: wings spread, nothing beats."""


@dataclass(frozen=True, slots=True)
class Moment:
    """t: 0 … 1 over the film. seconds: the film's length.

    grow: 0 … 1, how much of a plant is there. sway: wind, 0.5 = a breath. act: what the figure does with its limbs.
    speed: factor of all cycles. stride: share of a full step, so that feet do not slide.
    posture: one of `scene.POSTURES`; gesture: one of `scene.GESTURES`; a figure that knows one of them not draws as if
    it were the first. joy, stir: what the face says: −1 sad … 1 glad, −1 sleepy … 1 startled; 0, 0 is calm.
    look: where the head turns to, as a direction in the figure's own frame; (0, 0) = straight on. way: how far it has
    come
    forward, in its own heights, or None where it goes nowhere: what rolls turns by it.
    """

    t: float
    seconds: float = 2.0
    grow: float = 1.0
    sway: float = 0.5
    act: Act = "still"
    speed: float = 1.0
    stride: float = 1.0
    posture: str = "stand"
    gesture: str = "none"
    joy: float = 0.0
    stir: float = 0.0
    look: tuple[float, float] = (0.0, 0.0)
    way: float | None = None

    def turn(self, hertz: float) -> float:
        """Turns made so far by something that turns `hertz` times a second; whole over the film, at least one."""
        return self.t * max(1, int(hertz * self.seconds * self.speed + 0.5))

    def cycle(self, hertz: float, lag: float = 0.0) -> float:
        """−1 … 1, a sine of `turn`, `lag` turns late: secondary motion is the same with a later phase."""
        return sin(TAU * (self.turn(hertz) - lag))
