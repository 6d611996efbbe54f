"""Latents as films, by a coder of diffusers: whole, piece after piece, or in tiles where memory is short.

Knows no score and no network that draws.
"""

from collections.abc import Iterator
from typing import Any

from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify
from torch import Tensor


def decoded(vae: Any, x: Tensor, *given: Any, tiled: bool = False) -> Tensor:
    """(1, C, F, H, W) of the coder -> (3, frames, height, width), −1 … 1. given: what else it is told. tiled: in tiles
    that overlap and are blended, which takes less memory and may show."""
    if not tiled:
        return vae.decode(x, *given).sample[0]
    vae.enable_tiling()
    try:
        return vae.decode(x, *given).sample[0]
    finally:
        vae.disable_tiling()  # another film may be small enough


def by_twos(vae: Any, x: Tensor) -> Iterator[Tensor]:
    """The same film as `decoded` gives, a piece after a piece, by a coder of CogVideoX: that of its latent frames which
    it takes at once. What it remembers of those before is this film's own, so that others may be decoded meanwhile."""
    count, each = x.shape[2], vae.num_latent_frames_batch_size
    held: Any = None
    begin, end = 0, count % each + each if count >= each else count
    while begin < count:
        part = x[:, :, begin:end]
        if vae.post_quant_conv is not None:
            part = vae.post_quant_conv(part)
        film, held = vae.decoder(part, conv_cache=held)
        yield film[0]
        begin, end = end, end + each


def by_ones(vae: Any, x: Tensor) -> Iterator[Tensor]:
    """The same by a coder of Wan: a latent frame at a time."""
    vae.clear_cache()
    held = [None] * len(vae._feat_map)
    whole, patch = vae.post_quant_conv(x), vae.config.patch_size
    for number in range(whole.shape[2]):
        film = vae.decoder(
            whole[:, :, number : number + 1],
            feat_cache=held,
            feat_idx=[0],
            first_chunk=number == 0,
        )
        if patch is not None:
            film = unpatchify(film, patch_size=patch)
        yield film.clamp(-1.0, 1.0)[0]
