"""The coder of films: eight frames and 8×8 pixels to one latent and back, no frame looking at a later one.

Piece by piece in time it gives what it gives in one go; in tiles (tiling.py) nearly so. Parameters bear the names under
which the weights were published. Pixels are −1…1; latents are the coder's own, see `latents.inward` for the model's.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.pyramid.latents import PIXELS, units
from uncaged.engines.pyramid.shapes import Vae
from uncaged.engines.pyramid.tiling import Tiles
from uncaged.engines.pyramid.vae_layers import Convolved, Decoder, Encoder, Past


class VaeNet(nn.Module):
    """Encodes and decodes films."""

    def __init__(self, shape: Vae) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(
            shape.encoder_in_channels,
            shape.encoder_out_channels,
            shape.encoder_block_out_channels,
            shape.encoder_layers_per_block,
            shape.encoder_norm_num_groups,
        )
        self.decoder = Decoder(
            shape.decoder_in_channels,
            shape.decoder_out_channels,
            shape.decoder_block_out_channels,
            shape.decoder_layers_per_block,
            shape.decoder_norm_num_groups,
        )
        self.quant_conv = Convolved(2 * shape.channels, 2 * shape.channels, 1)
        self.post_quant_conv = Convolved(shape.channels, shape.channels, 1)

    def moments(
        self, frames: Tensor, *, window: int | None = None, tiles: Tiles | None = None
    ) -> tuple[Tensor, Tensor]:
        """What a film may be coded as: mean and log variance of a normal spread, the latter in −30…20.

        frames (B, 3, F, H, W) in −1…1, F = 8k + 1, H and W multiples of 8. window: frames at a time after the first, a
        multiple of 8; all at once where it is not said. tiles: in tiles. -> (B, C, k + 1, H/8, W/8) twice.
        Raises `AskedWrong` for a number of frames or a window that cannot be.
        """
        units(frames.shape[2])
        if window is not None and (window < 1 or window % PIXELS):
            raise AskedWrong(
                _("Films are coded by multiples of %(grain)s frames, not by %(window)s.")
                % {"grain": PIXELS, "window": window},
                about="window",
            )

        def encode(part: Tensor) -> Tensor:
            past: Past = {}
            return torch.cat([self.encoder(piece, past) for piece in _pieces(part, window)], 2)

        coded = tiles.encoded(encode, frames) if tiles else encode(frames)
        mean, spread = self.quant_conv(coded, {}).chunk(2, 1)
        return mean, spread.clamp(-30.0, 20.0)

    def encode(
        self, frames: Tensor, *, window: int | None = None, tiles: Tiles | None = None
    ) -> Tensor:
        """The mean of `moments`: what a film is coded as, with nothing left to chance."""
        return self.moments(frames, window=window, tiles=tiles)[0]

    def decode(
        self, latents: Tensor, *, window: int | None = None, tiles: Tiles | None = None
    ) -> Tensor:
        """(B, C, T, h, w) -> (B, 3, 8(T − 1) + 1, 8h, 8w), about −1…1, nothing clamped.

        window: units at a time after the first (published: 1 where memory is short, else 2); all at once where it is
        not said. tiles: in tiles.
        """
        if window is not None and window < 1:
            raise AskedWrong(_("Films are decoded by one latent frame or more."), about="window")

        def decode(part: Tensor) -> Tensor:
            past: Past = {}
            return torch.cat([self.go_on(piece, past) for piece in _pieces(part, window)], 2)

        return tiles.decoded(decode, latents) if tiles else decode(latents)

    def go_on(self, latents: Tensor, past: Past) -> Tensor:
        """The next frames of a film that is decoded while it is drawn.

        latents (B, C, T, h, w), T of 1 or more. past: what this film left behind so far, `{}` to begin; it is kept up.
        -> (B, 3, 8T, 8h, 8w), 7 frames less where the film begins.
        """
        return self.decoder(self.post_quant_conv(latents, past), past)


def _pieces(x: Tensor, window: int | None) -> Iterator[Tensor]:
    """The first frame with the first window, then window by window."""
    if window is None:
        yield x
        return
    first = window + 1
    yield x[:, :, :first]
    for begin in range(first, x.shape[2], window):
        yield x[:, :, begin : begin + window]


def to_bytes(frames: Tensor) -> Tensor:
    """Pixels −1…1 as bytes: (B, 3, F, H, W) -> (B, F, H, W, 3) in uint8, clamped and cut off as published."""
    return (
        (frames.float().nan_to_num() * 127.5 + 127.5)
        .clamp(0, 255)
        .to(torch.uint8)
        .permute(0, 2, 3, 4, 1)
    )


def to_pixels(pictures: Tensor) -> Tensor:
    """Bytes as pixels −1…1: (B, F, H, W, 3) in uint8 -> (B, 3, F, H, W) in float32."""
    return pictures.permute(0, 4, 1, 2, 3).float() / 127.5 - 1
