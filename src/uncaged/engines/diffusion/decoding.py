"""Latents as films, by a coder of diffusers: whole, piece after piece, or in tiles where memory is short.

Knows no score and no network that draws.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl_cogvideox import CogVideoXCausalConv3d
from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify
from torch import Tensor, nn
from torch.nn.functional import pad


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


def remembering(decoder: nn.Module) -> None:
    """Lets the decoder of a coder of Mochi go on from piece to piece. Its convolutions look at earlier moments alone,
    and its norms at one, so that pieces could be the whole; but where the library hands on what there was before, they
    repeat a piece's own first moment instead. Asked for a whole film they answer as before."""
    for layer in decoder.modules():
        if isinstance(layer, CogVideoXCausalConv3d):
            vars(layer)["forward"] = partial(_gone_on, layer)


def _gone_on(layer: Any, x: Tensor, conv_cache: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """x: (1, C, F, H, W), and what came before it, if anything did. -> the answer, and what comes before the next."""
    before = (
        x[:, :, :1].expand(-1, -1, layer.time_pad, -1, -1) if conv_cache is None else conv_cache
    )
    long = torch.cat([before, x], 2)
    aside = (*layer.time_causal_padding[:4], 0, 0)
    answer: Tensor = layer.conv(pad(long, aside, mode=layer.pad_mode))
    return answer, long[:, :, long.shape[2] - layer.time_pad :].clone()


def one_after_another(vae: Any, x: Tensor) -> Iterator[Tensor]:
    """The same by a coder of Mochi that is `remembering`, but for the rounding of sums: a latent frame at a time. Of
    the first its last moment alone is shown."""
    held: Any = None
    for number in range(x.shape[2]):
        film, held = vae.decoder(x[:, :, number : number + 1], conv_cache=held)
        yield film[0] if number else film[0][:, vae.temporal_compression_ratio - 1 :]
