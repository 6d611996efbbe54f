"""LTX Video 0.9.x (HaCohen et al. 2024, arXiv 2501.00103): its networks, and how they are asked.

Text to video, and picture to video with every checkpoint: the first frame is the picture, and the network is told that
there is no noise in it. From 0.9.1 on the coder takes the last bit of noise away itself, so that some is added before.
From 0.9.5 on steps and places in time are others, and a given frame is shaken a little while much is open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from diffusers.models.autoencoders.autoencoder_kl_ltx import AutoencoderKLLTXVideo
from diffusers.models.transformers.transformer_ltx import LTXVideoTransformer3DModel
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteScheduler,
)
from torch import Tensor, nn

from uncaged.core.order import Pixels
from uncaged.engines import frames as framing
from uncaged.engines import noises, published, twins
from uncaged.engines.diffusion import schedules, timing
from uncaged.engines.diffusion.decoding import decoded
from uncaged.engines.diffusion.engine import MODEL_INDEX
from uncaged.engines.diffusion.facts import LTX_CONDITIONS
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.opening import network
from uncaged.engines.solvers import straight
from uncaged.engines.texts.t5 import Texts

LEFT: Final = (0.05, 0.025)
"""What a coder that takes noise away is told of it, and how much there is: as published."""

SHAKEN: Final = 0.15
"""So much noise on a given frame, times the square of the time."""

LAST: Final = 2**40
"""In place of a step's number: the noise of the coder."""


@dataclass(frozen=True, slots=True)
class Told:
    """words: (1, tokens, width). mask: (1, tokens), which of them are of the text. given: (k, C, H, W), latents without
    noise: first those that stand at the film's beginning, then one for each of `at`, a number of a frame. fps, seed: of
    the film."""

    words: Tensor
    mask: Tensor
    given: Tensor | None = None
    at: tuple[int, ...] = ()
    fps: float = 25.0
    seed: int = 0


class LTXVideo:
    """The opened networks: see `family.Denoiser`."""

    way = staticmethod(straight)
    leads = False

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.device, self._dtype = device, dtype
        self._later = published.read_json(folder / MODEL_INDEX).get("_class_name") == LTX_CONDITIONS
        self._scheduler = timing.scheduler(folder)
        self.solver = "afresh" if self._scheduler.config.stochastic_sampling else "euler"
        self.net = network(LTXVideoTransformer3DModel, folder / "transformer", dtype, device)
        self.vae = network(AutoencoderKLLTXVideo, folder / "vae", dtype, device)
        self.texts = Texts(folder, dtype, device)
        self._coded: Any = self.vae.config
        mean, std = self.vae.latents_mean, self.vae.latents_std
        self._scale = framing.Scale(mean, std, self._coded.scaling_factor)

    @property
    def ratio(self) -> int:
        return self.vae.temporal_compression_ratio

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        return {"transformer": self.net}

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        count = framing.units(frames, self.ratio)
        small = self.vae.spatial_compression_ratio
        return count, self._coded.latent_channels, size[1] // small, size[0] // small

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        sigmas = timing.gentle(steps) if self._later else None
        tokens = shape[0] * shape[2] * shape[3]
        return timing.by_size(self._scheduler, steps, bend, tokens, sigmas)

    def told(self, text: str) -> tuple[Told, int]:
        most = 256 if self._later else 128
        words, mask, cut = self.texts.encoded(text, most, masked=self._later)
        return Told(words, mask), cut

    def within(self, told: Told, fps: float, seed: int) -> Told:
        return replace(told, fps=fps, seed=seed)

    def beside(self, told: Told, shown: Sequence[Shown], shape: Sequence[int]) -> Told:
        in_order = sorted(shown, key=lambda one: one.at)
        given = [self.latents(one.frames) for one in in_order]
        later = tuple(one.at for one in in_order if one.at > 0)
        return replace(told, given=torch.cat(given), at=later) if given else told

    def estimate(self, x: Tensor, sigma: float, told: Told) -> Tensor:
        channels, high, wide = x.shape[1:]
        more, seen, times = len(told.at), x, x.new_full((1, 1, 1, 1), sigma)
        held = 0
        if told.given is not None:
            held = len(told.given) - more
            given = self._shaken(told, told.given, sigma)
            seen = torch.cat([given[held:], given[:held], x[held:]])
            times = times.repeat(len(seen), 1, 1, 1)
            times[: more + held] = 0
        velocity = self.net(
            hidden_states=_packed(seen).to(self._dtype),
            encoder_hidden_states=told.words,
            timestep=_packed(times.expand(-1, 1, high, wide) if len(times) > 1 else times)[..., 0]
            * self._scheduler.config.num_train_timesteps,
            encoder_attention_mask=told.mask,
            return_dict=False,
            **self._where(x.shape, told),
        )[0].float()
        clean = seen - velocity.view(len(seen), high, wide, channels).permute(0, 3, 1, 2) * times
        if told.given is None:
            return clean
        return torch.cat([told.given[:held], clean[more + held :]])

    def frames(
        self, latents: Tensor, count: int, seed: int = 0, *, tiled: bool = False
    ) -> Iterator[Pixels]:
        units = framing.units(count, self.ratio)
        x, time = self._scale.coded(latents[:units]), None
        if self._coded.timestep_conditioning:
            x = x * (1 - LEFT[1]) + self._noise(x.shape, seed, LAST) * LEFT[1]
            time = torch.tensor(LEFT[:1], device=self.device, dtype=self._dtype)
        cards = [self.device] if self.device.startswith("cuda") else []
        with torch.random.fork_rng(devices=cards):  # some coders add more by lot
            torch.manual_seed(seed)
            x = x.transpose(0, 1)[None].to(self._dtype)
            film = decoded(self.vae, x, time, tiled=tiled)
        yield from framing.pixels(film[:, :count])

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        x = framing.signed(frames).to(self.device, self._dtype)
        coded = self.vae.encode(x[None]).latent_dist.mode()[0]
        return self._scale.learnt(coded.transpose(0, 1))

    def _shaken(self, told: Told, given: Tensor, sigma: float) -> Tensor:
        """The given frames as the network sees them at a time."""
        if not self._later:
            return given
        noise = self._noise(given.shape, told.seed, round(abs(sigma) * 2**30))
        return given + noise * (SHAKEN * sigma * sigma)

    def _noise(self, shape: Sequence[int], seed: int, number: int) -> Tensor:
        return torch.from_numpy(noises.drawn([seed, number], shape)).to(self.device)

    def _where(self, shape: Sequence[int], told: Told) -> dict[str, Any]:
        """Where each token stands, in seconds and pixels: from 0.9.5 on the first frame alone is at 0, and what is
        given elsewhere stands before all others."""
        count, _channels, high, wide = shape
        deep, small = self.vae.temporal_compression_ratio, self.vae.spatial_compression_ratio
        if not self._later:
            scale = (deep / told.fps, small, small)
            return {
                "num_frames": count,
                "height": high,
                "width": wide,
                "rope_interpolation_scale": scale,
            }
        starts = [*told.at, *(max(0, unit * deep + 1 - deep) for unit in range(count))]
        sides = [torch.arange(side, device=self.device) for side in (high, wide)]
        times = torch.tensor(starts, device=self.device)
        grid = torch.stack(torch.meshgrid(times, *sides, indexing="ij")).flatten(1).float()
        where = torch.stack([grid[0] * (1.0 / told.fps), grid[1] * small, grid[2] * small])
        return {"video_coords": where[None]}


def _packed(x: Tensor) -> Tensor:
    """(F, C, H, W) -> (1, F·H·W, C): a token for each place."""
    return x.permute(0, 2, 3, 1).flatten(0, 2)[None]


def twin(
    folder: Path, seed: int = 0, pipeline: str = "LTXPipeline", taking: bool = False, **changes: Any
) -> None:
    """A tiny model with random weights, as it was published; the smallest film has one frame of 32×32.

    pipeline: `LTX_CONDITIONS` for 0.9.5 on. taking: whether its coder takes noise away. changes: of the scheduler.
    """
    chance = torch.Generator().manual_seed(seed)
    shape: dict[str, Any] = {
        "in_channels": 8,
        "out_channels": 8,
        "num_attention_heads": 4,
        "attention_head_dim": 8,
        "cross_attention_dim": 32,
        "num_layers": 2,
        "caption_channels": twins.WIDTH,
    }
    coder = AutoencoderKLLTXVideo(
        latent_channels=8,
        block_out_channels=(8,) * 4,
        decoder_block_out_channels=(8,) * 4,
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 5,
        decoder_inject_noise=(taking,) * 5,
        timestep_conditioning=taking,
    )
    coder.latents_mean.copy_(torch.randn(8, generator=chance) * 0.1)
    coder.latents_std.copy_(torch.rand(8, generator=chance) + 0.5)
    twins.network(LTXVideoTransformer3DModel(**shape), folder / "transformer", chance)
    twins.network(coder, folder / "vae", chance)
    twins.texts(folder, chance)
    schedule = {} if pipeline == LTX_CONDITIONS else schedules.LTX
    twins.scheduler(FlowMatchEulerDiscreteScheduler(**{**schedule, **changes}), folder)
    twins.index(folder, pipeline)
