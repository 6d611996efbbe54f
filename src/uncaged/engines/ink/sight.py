"""A sight: one appearance of an actor in a frame. The picture and the plotter lay down the same ones, back to front."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.stage import Pose

Look: TypeAlias = Literal["own", "paler", "second"]
"""As it is; mixed with what is behind it; or printed once more in one other ink."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The drawing of which frame, its pose, its place, and how strong it is (alpha 1 … 255).

    look: in which colours. cut: the part of it that shows, a convex polygon (n, 2) in pixels of the frame round the
    drawing's own origin; None = all.
    """

    frame: int
    at: Pose
    place: Place
    alpha: int = 255
    look: Look = "own"
    cut: Array | None = None
