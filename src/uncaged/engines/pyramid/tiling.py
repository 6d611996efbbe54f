"""A picture coded in tiles that overlap and are blended: less memory, nearly the same pixels. Knows no network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.pyramid.latents import PIXELS

OVERLAP: Final = 4
"""A quarter of each tile's side is seen by its neighbour too."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Squares of `side` pixels; published: 256, and 512 where there is memory. Raises `AskedWrong` otherwise than a
    multiple of 32."""

    side: int = 256

    def __post_init__(self) -> None:
        if self.side < 1 or self.side % (PIXELS * OVERLAP):
            raise AskedWrong(
                _("Tiles are squares with sides of a multiple of %(grain)s pixels, not %(side)s.")
                % {"grain": PIXELS * OVERLAP, "side": self.side},
                about="tiles",
            )

    def decoded(self, decode: Callable[[Tensor], Tensor], latents: Tensor) -> Tensor:
        """(B, C, T, h, w) by `decode`, tile by tile -> (B, 3, F, 8h, 8w)."""
        return _tiled(decode, latents, self.side // PIXELS, self.side)

    def encoded(self, encode: Callable[[Tensor], Tensor], frames: Tensor) -> Tensor:
        """(B, 3, F, H, W) by `encode`, tile by tile -> (B, C, T, H/8, W/8)."""
        return _tiled(encode, frames, self.side, self.side // PIXELS)


def _tiled(code: Callable[[Tensor], Tensor], x: Tensor, before: int, after: int) -> Tensor:
    """before, after: a tile's side as it goes in and as it comes out. Tiles blend with the one above, then the one to
    the left, both of them blended already; of each, what the next ones do not cover is kept."""
    stride, overlap = before - before // OVERLAP, after // OVERLAP
    above: list[Tensor] = []
    rows: list[Tensor] = []
    for top in range(0, x.shape[-2], stride):
        row: list[Tensor] = []
        for number, left in enumerate(range(0, x.shape[-1], stride)):
            tile = code(x[..., top : top + before, left : left + before])
            if above:
                tile = _blended(above[number], tile, -2, overlap)
            if row:
                tile = _blended(row[-1], tile, -1, overlap)
            row.append(tile)
        keep = after - overlap
        rows.append(torch.cat([tile[..., :keep, :keep] for tile in row], -1))
        above = row
    return torch.cat(rows, -2)


def _blended(earlier: Tensor, later: Tensor, axis: int, overlap: int) -> Tensor:
    """`later`, its first lines faded in over the last of `earlier`: `overlap` of them, or as many as both have."""
    count = min(overlap, earlier.shape[axis], later.shape[axis])
    share = torch.arange(count, dtype=later.dtype, device=later.device) / count
    share = share.reshape(-1, *[1] * (-1 - axis))
    old = earlier.narrow(axis, earlier.shape[axis] - count, count)
    new = later.narrow(axis, 0, count)
    rest = later.narrow(axis, count, later.shape[axis] - count)
    return torch.cat([old * (1 - share) + new * share, rest], axis)
