"""The transformer of Pyramid Flow miniFLUX. Parameters bear the names under which the weights were published."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from uncaged.engines.pyramid.blocks import Joint, Single
from uncaged.engines.pyramid.layers import Led, TimeText, led
from uncaged.engines.pyramid.shapes import MiniFlux
from uncaged.engines.pyramid.tokens import Layout, packed, patches, sizes, turns, unpatched

EPS = 1e-6


class MiniFluxNet(nn.Module):
    """Names the velocity of the current clip, seeing the text and smaller earlier clips."""

    def __init__(self, shape: MiniFlux) -> None:
        super().__init__()
        self.shape = shape
        width, heads = shape.width, shape.num_attention_heads
        self.time_text_embed = TimeText(shape.pooled_projection_dim, width)
        self.context_embedder = nn.Linear(shape.joint_attention_dim, width)
        self.x_embedder = nn.Linear(shape.in_channels, width)
        self.transformer_blocks = nn.ModuleList(
            [Joint(width, heads, eps=EPS, text_norm="norm_added") for _ in range(shape.num_layers)]
        )
        self.single_transformer_blocks = nn.ModuleList(
            [Single(width, heads, EPS) for _ in range(shape.num_single_layers)]
        )
        self.norm_out = Led(width, 2)
        self.proj_out = nn.Linear(width, shape.in_channels)

    def forward(
        self, clips: Sequence[Tensor], texts: Sequence[Tensor], pooled: Tensor, timestep: Tensor
    ) -> Tensor:
        """Start minus end of a stage, for the last of `clips`.

        clips: (B, C, T, H, W) each, oldest first, H and W even, in the model's scale; all but the last are history and
        may be smaller. texts: B of (n, joint_attention_dim), the tokens that were really said, none for padding.
        pooled (B, pooled_projection_dim). timestep (B,), 0…1000, in float32. -> as the last clip.
        """
        grid = sizes(clips)
        layout = Layout.of([text.shape[0] for text in texts], grid)
        turn = turns(grid, layout.text, self.shape.axes_dims_rope, clips[-1].device)
        lead = self.time_text_embed(timestep, pooled)
        text = self.context_embedder(packed(texts))
        video = self.x_embedder(torch.cat([patches(clip) for clip in clips], 1))
        for block in self.transformer_blocks:
            text, video = block(text, video, lead, turn, layout)
        x = torch.cat([text, video], 1)
        *before, last = self.single_transformer_blocks
        for block in before:
            x = block(x, lead, turn, layout)
        x = last(x, lead, turn, layout, last=True)
        scale, shift = self.norm_out(lead)
        return unpatched(self.proj_out(led(x, shift, scale)), grid[-1])
