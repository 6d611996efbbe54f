"""The transformer of Pyramid Flow on SD3. Parameters bear the names under which the weights were published."""

from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from uncaged.engines.pyramid.blocks import Joint
from uncaged.engines.pyramid.layers import Led, TimeText, led
from uncaged.engines.pyramid.shapes import Mmdit
from uncaged.engines.pyramid.tokens import Layout, Size, packed, sizes, turns, unpatched

EPS = 1e-5


def waved(side: int, width: int, base: float) -> Tensor:
    """A picture's places as sines and cosines: (1, side², width) in float32, rows first.

    The first half of the numbers tells the column, the second the row, each as sines, then cosines, of the place times
    10000^(−i / (width/4)). base: what the places of the whole side count up to.
    """
    place = torch.arange(side, dtype=torch.float64) / (side / base)
    rates = 10000.0 ** (-torch.arange(width // 4, dtype=torch.float64) / (width // 4))
    angles = place[:, None] * rates
    axis = torch.cat([angles.sin(), angles.cos()], 1)
    columns = axis[None, :].expand(side, -1, -1)
    rows = axis[:, None].expand(-1, side, -1)
    return torch.cat([columns, rows], -1).reshape(1, side * side, width).float()


class Placing(nn.Module):
    """Patches as tokens, and the place of each in the picture added to it."""

    pos_embed: Tensor

    def __init__(self, shape: Mmdit) -> None:
        super().__init__()
        self.side = shape.pos_embed_max_size
        self.proj = nn.Conv2d(shape.in_channels, shape.width, 2, 2)
        table = waved(self.side, shape.width, shape.sample_size / 2)
        self.register_buffer("pos_embed", table)

    def forward(self, clip: Tensor, current: Size) -> Tensor:
        """(B, C, T, H, W) -> (B, T·H/2·W/2, width). current: size of the clip whose places a smaller one shares."""
        batch, frames = clip.shape[0], clip.shape[2]
        tokens = self.proj(clip.transpose(1, 2).flatten(0, 1))
        tokens = tokens.unflatten(0, (batch, frames)) + self._places(current, tokens.shape[-2:])
        return tokens.permute(0, 1, 3, 4, 2).flatten(1, 3)

    def _places(self, current: Size, size: Sequence[int]) -> Tensor:
        """The middle of the table, (1, width, h, w), made smaller where the clip is."""
        _, rows, columns = current
        if max(rows, columns) > self.side:
            raise ValueError(
                f"{rows} × {columns} patches, and places for {self.side} × {self.side}"
            )
        top, left = (self.side - rows) // 2, (self.side - columns) // 2
        table = self.pos_embed.reshape(1, self.side, self.side, -1).permute(0, 3, 1, 2)
        middle = table[:, :, top : top + rows, left : left + columns]
        if tuple(size) == (rows, columns):
            return middle
        return functional.interpolate(middle, tuple(size), mode="bilinear", align_corners=False)


class MmditNet(nn.Module):
    """Names the velocity of the current clip, seeing the text and smaller earlier clips."""

    def __init__(self, shape: Mmdit) -> None:
        super().__init__()
        self.shape = shape
        width, heads = shape.width, shape.num_attention_heads
        self.pos_embed = Placing(shape)
        self.time_text_embed = TimeText(shape.pooled_projection_dim, width)
        self.context_embedder = nn.Linear(shape.joint_attention_dim, width)
        self.transformer_blocks = nn.ModuleList(
            [
                Joint(width, heads, eps=EPS, text_norm="norm_add", last=left == 1)
                for left in range(shape.num_layers, 0, -1)
            ]
        )
        self.norm_out = Led(width, 2)
        self.proj_out = nn.Linear(width, 4 * shape.channels)

    def forward(
        self, clips: Sequence[Tensor], texts: Sequence[Tensor], pooled: Tensor, timestep: Tensor
    ) -> Tensor:
        """Start minus end of a stage, for the last of `clips`; all as `MiniFluxNet.forward`.

        Raises `ValueError` where the last clip has more patches along a side than the table of places.
        """
        grid = sizes(clips)
        layout = Layout.of([text.shape[0] for text in texts], grid)
        turn = turns(grid, layout.text, (self.shape.attention_head_dim,), clips[-1].device)
        lead = self.time_text_embed(timestep, pooled)
        text = self.context_embedder(packed(texts))
        video = torch.cat([self.pos_embed(clip, grid[-1]) for clip in clips], 1)
        for block in self.transformer_blocks:
            text, video = block(text, video, lead, turn, layout)
        scale, shift = self.norm_out(lead)
        return unpatched(self.proj_out(led(video, shift, scale)), grid[-1])
