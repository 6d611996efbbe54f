"""CogVideoX (2B, 5B, 1.5; Yang et al. 2024, arXiv 2408.06072): its networks, and how they are asked.

Text to video, and picture to video where the network was made for it. It was trained to say velocity on the curved way
(Salimans and Ho 2022, arXiv 2202.00512): v = α·noise − σ·clean, so that clean = α·x − σ·v.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl_cogvideox import AutoencoderKLCogVideoX
from diffusers.models.embeddings import get_3d_rotary_pos_embed
from diffusers.models.transformers.cogvideox_transformer_3d import CogVideoXTransformer3DModel
from diffusers.pipelines.cogvideo.pipeline_cogvideox import get_resize_crop_region_for_grid
from diffusers.schedulers.scheduling_ddim_cogvideox import CogVideoXDDIMScheduler
from diffusers.schedulers.scheduling_dpm_cogvideox import CogVideoXDPMScheduler
from torch import Tensor, nn

from uncaged.core.order import Pixels
from uncaged.engines import frames as framing
from uncaged.engines import published, twins
from uncaged.engines.diffusion import schedules
from uncaged.engines.diffusion.decoding import by_twos, decoded
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.opening import network, scheduler
from uncaged.engines.sampling import bent
from uncaged.engines.solvers import curved
from uncaged.engines.texts.t5 import Texts

SOLVERS: Final = {"CogVideoXDDIMScheduler": "euler", "CogVideoXDPMScheduler": "dpm++2m-sde"}
"""What was published, and which of ours it is; without its noise and memory both are DDIM."""

OFFSET: Final = 2.0
"""What the 1.5 picture model is told beside the time, as published."""


@dataclass(frozen=True, slots=True)
class Told:
    """words: (1, tokens, width). picture: (F, C, H, W) latents that stand beside those being drawn."""

    words: Tensor
    picture: Tensor | None = None


class CogVideoX:
    """The opened networks: see `family.Denoiser`."""

    way = staticmethod(curved)
    leads = True  # 1.5 takes an even number of latent frames

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.device, self._dtype = device, dtype
        said = published.read_json(folder / "scheduler" / "scheduler_config.json")
        self.solver = SOLVERS.get(str(said.get("_class_name")), "euler")
        kind = CogVideoXDPMScheduler if self.solver != "euler" else CogVideoXDDIMScheduler
        kept = scheduler(kind, folder, said)
        self._sigmas = np.sqrt(1 - kept.alphas_cumprod.double().clamp(max=1).numpy())
        self.net = network(CogVideoXTransformer3DModel, folder / "transformer", dtype, device)
        self.vae = network(AutoencoderKLCogVideoX, folder / "vae", dtype, device)
        self.texts = Texts(folder, dtype, device)
        self._known: Any = self.net.config
        self._coded: Any = self.vae.config

    @property
    def ratio(self) -> int:
        return self._coded.temporal_compression_ratio

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        return {"transformer": self.net}

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        count = framing.units(frames, self.ratio)
        patch = self._known.patch_size_t
        if patch is not None:
            count += -count % patch
        small = 2 ** (len(self._coded.block_out_channels) - 1)
        return count, self._coded.latent_channels, size[1] // small, size[0] // small

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        """At the timesteps T·t − 1 for even (or bent) t, T the number it was trained with; then none."""
        whole = len(self._sigmas)
        marks = [max(0, round(whole * t) - 1) for t in bent(steps, bend)[:-1]]
        return [float(self._sigmas[mark]) for mark in marks] + [0.0]

    def told(self, text: str) -> tuple[Told, int]:
        words, _mask, cut = self.texts.encoded(text, self._known.max_text_seq_length)
        return Told(words), cut

    def within(self, told: Told, fps: float, seed: int) -> Told:
        return told

    def beside(self, told: Told, shown: Sequence[Shown], shape: Sequence[int]) -> Told:
        begins = [one.frames[0] for one in shown if one.at == 0]
        if not begins or self._known.in_channels == self._coded.latent_channels:
            return told  # it is told of no other
        first = self.latents(begins[:1]).to(self._dtype)
        if self._coded.invert_scale_latents:  # 1.5 was trained with it divided
            first = first / self._coded.scaling_factor**2
        rest = first.new_zeros((shape[0] - 1, *shape[1:]))
        return replace(told, picture=torch.cat([first, rest]))

    def estimate(self, x: Tensor, sigma: float, told: Told) -> Tensor:
        seen = x if told.picture is None else torch.cat([x, told.picture.to(x.dtype)], 1)
        time = torch.tensor([self._timestep(sigma)], device=self.device)
        offset = None if self._known.ofs_embed_dim is None else x.new_full((1,), OFFSET)
        velocity = self.net(
            hidden_states=seen[None].to(self._dtype),
            encoder_hidden_states=told.words,
            timestep=time,
            ofs=offset,
            image_rotary_emb=self._turns(x.shape),
            return_dict=False,
        )[0][0].float()
        return x * curved(sigma) - velocity * sigma

    def frames(
        self, latents: Tensor, count: int, seed: int = 0, *, tiled: bool = False
    ) -> Iterator[Pixels]:
        units = framing.units(count, self.ratio)
        x = latents[-units:].permute(1, 0, 2, 3)[None] / self._coded.scaling_factor
        x = x.to(self._dtype)
        pieces = [decoded(self.vae, x, tiled=True)] if tiled else by_twos(self.vae, x)
        yield from islice(chain.from_iterable(map(framing.pixels, pieces)), count)

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        x = framing.signed(frames).to(self.device, self._dtype)
        coded = self.vae.encode(x[None]).latent_dist.mode()[0]
        return (coded * self._coded.scaling_factor).permute(1, 0, 2, 3).float()

    def _timestep(self, sigma: float) -> float:
        """The timestep that has so much noise; between two, in between."""
        at = float(np.interp(sigma, self._sigmas, np.arange(len(self._sigmas))))
        return float(round(at)) if math.isclose(at, round(at), abs_tol=1e-3) else at

    def _turns(self, shape: Sequence[int]) -> tuple[Tensor, Tensor] | None:
        """Where each patch stands, as rotations; None where the network has other means."""
        known = self._known
        if not known.use_rotary_positional_embeddings:
            return None
        patch, deep = known.patch_size, known.patch_size_t
        grid = (shape[2] // patch, shape[3] // patch)
        learnt = (known.sample_height // patch, known.sample_width // patch)
        if deep is None:
            where: dict[str, Any] = {
                "crops_coords": get_resize_crop_region_for_grid(grid, learnt[1], learnt[0]),
                "temporal_size": shape[0],
            }
        else:
            where = {
                "crops_coords": None,
                "temporal_size": -(-shape[0] // deep),
                "grid_type": "slice",
                "max_size": tuple(map(max, learnt, grid)),  # places beyond are counted on
            }
        turns: Any = get_3d_rotary_pos_embed(
            embed_dim=known.attention_head_dim,
            grid_size=grid,
            device=torch.device(self.device),
            **where,
        )
        return turns


def twin(folder: Path, seed: int = 0, **changes: Any) -> None:
    """A tiny model with random weights, as it was published; the smallest film has 5 frames of 64×64.

    changes: of the transformer's configuration, such as `in_channels` 8 (takes a picture) or `patch_size_t` 2 (1.5).
    """
    chance = torch.Generator().manual_seed(seed)
    shape: dict[str, Any] = {
        "num_attention_heads": 2,
        "attention_head_dim": 16,
        "in_channels": 4,
        "out_channels": 4,
        "time_embed_dim": 8,
        "text_embed_dim": twins.WIDTH,
        "num_layers": 2,
        "sample_width": 8,
        "sample_height": 8,
        "sample_frames": 9,
        "patch_size": 2,
        "temporal_compression_ratio": 4,
        "max_text_seq_length": 16,
        "use_rotary_positional_embeddings": True,
    }
    net = CogVideoXTransformer3DModel(**(shape | changes))
    coder: dict[str, Any] = {
        "down_block_types": ("CogVideoXDownBlock3D",) * 4,
        "up_block_types": ("CogVideoXUpBlock3D",) * 4,
        "block_out_channels": (8,) * 4,
        "latent_channels": 4,
        "layers_per_block": 1,
        "norm_num_groups": 2,
        "temporal_compression_ratio": 4,
        "scaling_factor": 0.7,
    }
    twins.network(net, folder / "transformer", chance)
    twins.network(AutoencoderKLCogVideoX(**coder), folder / "vae", chance)
    twins.texts(folder, chance)
    twins.scheduler(CogVideoXDPMScheduler(**schedules.COGVIDEOX), folder)
    takes = net.config["in_channels"] > coder["latent_channels"]
    twins.index(folder, "CogVideoXImageToVideoPipeline" if takes else "CogVideoXPipeline")
