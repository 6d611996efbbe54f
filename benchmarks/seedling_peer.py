"""The peer of `seedling.py`: a tiny video pipeline of diffusers' own parts, about as many numbers, random weights.

It is asked for the same latents as Seedling, in as many steps, with and without a condition in one batch. Only a Python
that has diffusers can import what it needs; importing this module needs torch alone.
"""

from typing import Any

import torch

CHANNELS, SIDE, FRAMES, SAID = 32, 16, 8, 256


class Peer:
    """UNet3DConditionModel, DDIMScheduler and AutoencoderTiny."""

    def __init__(self, count: int, steps: int) -> None:
        """count: numbers it should have, about; the nearest of some widths is taken."""
        from diffusers import AutoencoderTiny, DDIMScheduler

        torch.manual_seed(0)
        nets = (self._net(width) for width in (16, 24, 32, 40, 48))
        self.net: Any = min(nets, key=lambda net: abs(self._numbers(net) - count)).eval()
        self.count = self._numbers(self.net)
        self.scheduler: Any = DDIMScheduler()
        self.scheduler.set_timesteps(steps)
        widths = (32, 32, 32)
        self.decoder: Any = AutoencoderTiny(
            latent_channels=CHANNELS,
            encoder_block_out_channels=widths,
            decoder_block_out_channels=widths,
            num_encoder_blocks=(1, 1, 1),
            num_decoder_blocks=(1, 1, 1),
        ).eval()

    @staticmethod
    def _net(width: int) -> Any:
        from diffusers import UNet3DConditionModel

        return UNet3DConditionModel(
            sample_size=SIDE,
            in_channels=CHANNELS,
            out_channels=CHANNELS,
            down_block_types=("CrossAttnDownBlock3D", "CrossAttnDownBlock3D", "DownBlock3D"),
            up_block_types=("UpBlock3D", "CrossAttnUpBlock3D", "CrossAttnUpBlock3D"),
            block_out_channels=(width, 2 * width, 3 * width),
            layers_per_block=2,
            cross_attention_dim=SAID,
            attention_head_dim=8,
            norm_num_groups=8,
        )

    @staticmethod
    def _numbers(net: Any) -> int:
        return sum(one.numel() for one in net.parameters())

    @torch.no_grad()
    def film(self) -> Any:
        """One film, (FRAMES, 3, 64, 64)."""
        x = torch.randn(1, CHANNELS, FRAMES, SIDE, SIDE)
        said = torch.randn(2, 8, SAID)
        for time in self.scheduler.timesteps:
            both = self.net(torch.cat([x, x]), time, encoder_hidden_states=said).sample
            without, with_words = both.chunk(2)
            x = self.scheduler.step(without + 2.0 * (with_words - without), time, x).prev_sample
        return self.decoder.decode(x[0].transpose(0, 1)).sample
