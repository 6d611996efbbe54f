"""Mochi 1 (Genmo, 2024): its networks, and how they are asked. Text to video.

It was trained on the straight way with the clock turned round: its time is 0 where all is noise and 1 where none is,
and its velocity leads from noise to what is clean, so that clean = x + σ·v.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl_mochi import AutoencoderKLMochi
from diffusers.models.transformers.transformer_mochi import MochiTransformer3DModel
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteScheduler,
)
from torch import Tensor, nn

from uncaged.core.order import Pixels
from uncaged.engines import frames as framing
from uncaged.engines import published, twins
from uncaged.engines.diffusion import timing
from uncaged.engines.diffusion.decoding import decoded, one_after_another, remembering
from uncaged.engines.diffusion.engine import MODEL_INDEX
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.opening import network
from uncaged.engines.solvers import straight
from uncaged.engines.texts.t5 import Texts


@dataclass(frozen=True, slots=True)
class Told:
    """words: (1, tokens, width). mask: (1, tokens), which of them are of the text."""

    words: Tensor
    mask: Tensor


class Mochi:
    """The opened networks: see `family.Denoiser`."""

    way = staticmethod(straight)
    leads = False
    solver = "euler"

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.device, self._dtype = device, dtype
        self._scheduler = timing.scheduler(folder)
        index = published.read_json(folder / MODEL_INDEX)
        self._blank = bool(index.get("force_zeros_for_empty_prompt"))
        self.net = network(MochiTransformer3DModel, folder / "transformer", dtype, device)
        self.vae = network(AutoencoderKLMochi, folder / "vae", dtype, device)
        remembering(self.vae.decoder)
        self.texts = Texts(folder, dtype, device)
        self._known: Any = self.net.config
        coded: Any = self.vae.config
        self._scale = framing.Scale(coded.latents_mean, coded.latents_std, coded.scaling_factor)

    @property
    def ratio(self) -> int:
        return self.vae.temporal_compression_ratio

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        return {"transformer": self.net}

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        count = framing.units(frames, self.ratio)
        small = self.vae.spatial_compression_ratio
        return count, self._known.in_channels, size[1] // small, size[0] // small

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        return timing.flow(self._scheduler, steps, bend, timing.gentle(steps))

    def told(self, text: str) -> tuple[Told, int]:
        words, mask, cut = self.texts.encoded(
            text, self._known.max_sequence_length, masked=True, blank=self._blank
        )
        return Told(words, mask.bool()), cut

    def within(self, told: Told, fps: float, seed: int) -> Told:
        return told

    def beside(self, told: Told, shown: Sequence[Shown], shape: Sequence[int]) -> Told:
        return told  # it is told of no frames: what stays, the loop holds

    def estimate(self, x: Tensor, sigma: float, told: Told) -> Tensor:
        whole = self._scheduler.config.num_train_timesteps
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", ".*CPU autocast"
            )  # where it asks for what is so anyway
            velocity = self.net(
                hidden_states=x.transpose(0, 1)[None].to(self._dtype),
                encoder_hidden_states=told.words,
                timestep=x.new_full((1,), whole * (1 - sigma)),
                encoder_attention_mask=told.mask,
                return_dict=False,
            )[0][0].float()
        return x + velocity.transpose(0, 1) * sigma

    def frames(
        self, latents: Tensor, count: int, seed: int = 0, *, tiled: bool = False
    ) -> Iterator[Pixels]:
        x = self._scale.coded(latents[: framing.units(count, self.ratio)]).transpose(0, 1)[None]
        x = x.to(self._dtype)
        pieces = [decoded(self.vae, x, tiled=True)] if tiled else one_after_another(self.vae, x)
        yield from islice(chain.from_iterable(map(framing.pixels, pieces)), count)

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        x = framing.signed(frames).to(self.device, self._dtype)
        coded = self.vae.encode(x[None]).latent_dist.mode()[0]
        return self._scale.learnt(coded.transpose(0, 1))


def twin(folder: Path, seed: int = 0, **changes: Any) -> None:
    """A tiny model with random weights, as it was published; the smallest film has one frame of 16×16.

    changes: of the transformer's configuration.
    """
    chance = torch.Generator().manual_seed(seed)
    shape: dict[str, Any] = {
        "patch_size": 2,
        "num_attention_heads": 2,
        "attention_head_dim": 8,
        "num_layers": 2,
        "pooled_projection_dim": 16,
        "in_channels": 12,
        "text_embed_dim": twins.WIDTH,
        "time_embed_dim": 4,
        "max_sequence_length": 16,
    }
    coder: dict[str, Any] = {
        "latent_channels": 12,
        "encoder_block_out_channels": (32,) * 4,
        "decoder_block_out_channels": (32,) * 4,
        "layers_per_block": (1,) * 5,
    }
    twins.network(MochiTransformer3DModel(**(shape | changes)), folder / "transformer", chance)
    twins.network(AutoencoderKLMochi(**coder), folder / "vae", chance)
    twins.texts(folder, chance)
    twins.scheduler(FlowMatchEulerDiscreteScheduler(invert_sigmas=True), folder)
    twins.index(folder, "MochiPipeline", force_zeros_for_empty_prompt=True)
