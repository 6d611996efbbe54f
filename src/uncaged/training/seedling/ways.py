"""A way of drawing: what a free word decides, or else the seed of a film. Knows no kinds and no films."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.numbers import Stream

TINTS: Final = ("a", "b", "c", "mid", "far")
"""Roles of a palette that tint its paper."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a thing is drawn, whatever it is.

    lots: names the random streams that its proportions are drawn from. line: width of a contour, share of the frame.
    broad: width of the drawing against its height, 1 = as the kind has it. tint, tinted: a role of the palette, and
    how much of it is in the paper. coloured: how much of its hue is in the contour. facing: 1 = right, −1 = left.
    """

    lots: str
    line: float
    broad: float
    tint: str
    tinted: float
    coloured: float
    facing: int

    def paper(self, palette: Palette) -> Colour:
        """The ground of a film."""
        return mix(palette.low, palette.role(self.tint), self.tinted)


@lru_cache(4096)
def way(lots: str) -> Way:
    """The way of drawing that a name stands for."""
    stream = Stream(f"seedling/way/{lots}")
    return Way(
        lots,
        line=stream.uniform(0.011, 0.021),
        broad=stream.uniform(0.88, 1.14),
        tint=stream.pick(TINTS),
        tinted=stream.uniform(0.0, 0.12),
        coloured=stream.pick((0.0, 0.0, 0.35)),
        facing=stream.pick((1, -1)),
    )
