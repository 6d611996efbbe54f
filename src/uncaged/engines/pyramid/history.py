"""Which earlier frames a frame sees while it is drawn, and how small: the further back, the smaller.

Jin et al. 2024 (arXiv 2410.05954). Frames here are latent frames ("units"); knows no model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from uncaged.engines.pyramid.stages import STAGES, Latents, halved


@dataclass(frozen=True, slots=True)
class Clip:
    """Frames `first` … `last` − 1, at the size of stage `size`."""

    size: int
    first: int
    last: int


def clips(unit: int, stage: int) -> tuple[Clip, ...]:
    """What unit `unit` sees at a stage, oldest first; nothing for the first unit.

    The frame before it at its own size, the one before that a size smaller, and so on; as soon as the smallest size is
    reached, all that is left in one clip.
    """
    seen: list[Clip] = []
    size, older = stage, unit
    while older > 0:
        first = 0 if seen and size == 0 else older - 1
        seen.append(Clip(size, first, older))
        size, older = max(size - 1, 0), first
    return tuple(reversed(seen))


class Seen:
    """The finished frames of a film in all sizes, each made once."""

    def __init__(self, units: Sequence[Latents] = ()) -> None:
        self._sizes: list[tuple[Latents, ...]] = []
        for unit in units:
            self.add(unit)

    @property
    def units(self) -> tuple[Latents, ...]:
        """At full size, in order."""
        return tuple(sizes[STAGES - 1] for sizes in self._sizes)

    def add(self, unit: Latents) -> None:
        """The next frame: (B, C, 1, h, w) at full size, h and w multiples of 4."""
        half = halved(unit)
        self._sizes.append((halved(half), half, unit))

    def history(self, unit: int, stage: int) -> tuple[tuple[Latents, ...], ...]:
        """The clips of `clips`, each as its frames (B, C, 1, h, w): how frames are joined is left to the caller."""
        return tuple(
            tuple(sizes[clip.size] for sizes in self._sizes[clip.first : clip.last])
            for clip in clips(unit, stage)
        )
