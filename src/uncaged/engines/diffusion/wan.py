"""Wan 2.1 and 2.2 (Wan Team 2025, arXiv 2503.20314): its networks, and how they are asked.

Text to video; picture to video where a checkpoint was made for it, in one of two ways: the picture beside what is
drawn (2.1 looks at it with CLIP too), or as a first frame without noise (2.2, 5B). VACE (Jiang et al. 2025, arXiv
2503.07598) has a second branch that is told of any frames. The larger models of 2.2 are two: one draws while much is
open, the other what is left. Straight way, v = noise − clean.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl_wan import AutoencoderKLWan
from diffusers.models.transformers.transformer_wan import WanTransformer3DModel
from diffusers.models.transformers.transformer_wan_vace import WanVACETransformer3DModel
from diffusers.schedulers.scheduling_unipc_multistep import UniPCMultistepScheduler
from torch import Tensor, nn
from torch.nn.functional import interpolate
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel

from uncaged.core.order import Pixels
from uncaged.engines import frames as framing
from uncaged.engines import published, twins
from uncaged.engines.diffusion import schedules, sight, timing
from uncaged.engines.diffusion.decoding import by_ones, decoded
from uncaged.engines.diffusion.engine import MODEL_INDEX
from uncaged.engines.diffusion.family import Guided, Shown, Turned
from uncaged.engines.diffusion.opening import network
from uncaged.engines.diffusion.sight import Sight
from uncaged.engines.sampling import bowed
from uncaged.engines.solvers import straight
from uncaged.engines.texts.t5 import Texts

TOKENS: Final = 512
"""Of a text, at most, as published."""

BEGIN: Final = float(np.float32(1 - 1e-6))
"""Where the published solver begins, since at 1 its logarithm has no end."""


@dataclass(frozen=True, slots=True)
class Told:
    """words: (1, tokens, width). beside: (F, channels, H, W) that stand beside what is drawn: which frames are given,
    and their latents. seen: what CLIP says of the pictures. first: (k, C, H, W), first frames without noise. branch:
    (F, channels, H, W), what the branch of VACE is told: latents of what is given, and of the rest; which rest."""

    words: Tensor
    beside: Tensor | None = None
    seen: Tensor | None = None
    first: Tensor | None = None
    branch: Tensor | None = None


class Wan:
    """The opened networks: see `family.Denoiser`."""

    way = staticmethod(straight)
    leads = False

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.device, self._dtype = device, dtype
        index = published.read_json(folder / MODEL_INDEX)
        self._each = bool(index.get("expand_timesteps"))
        self._border = index.get("boundary_ratio")
        said = published.read_json(folder / "scheduler" / "scheduler_config.json")
        self._united = bool(said.get("use_flow_sigmas"))
        self.solver = "unipc" if self._united else "euler"
        self._scheduler = timing.scheduler(folder)
        net = published.read_json(folder / "transformer" / published.CONFIG)
        self._branches = "vace_layers" in net
        kind: Any = WanVACETransformer3DModel if self._branches else WanTransformer3DModel
        self.net: Any = network(kind, folder / "transformer", dtype, device)
        self.second: Any = self.net
        if self._border is not None:
            self.second = network(kind, folder / "transformer_2", dtype, device)
        self._known: Any = self.net.config
        self._plain: tuple[tuple[int, ...], Tensor] | None = None
        self.vae = network(AutoencoderKLWan, folder / "vae", dtype, device)
        self.texts = Texts(folder, dtype, device)
        self.sight = None if self._known.image_dim is None else Sight(folder, dtype, device)
        self._coded: Any = self.vae.config
        self._scale = framing.Scale(self._coded.latents_mean, self._coded.latents_std)

    @property
    def ratio(self) -> int:
        return self._coded.scale_factor_temporal

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        more = {} if self.second is self.net else {"transformer_2": self.second}
        return {"transformer": self.net, **more}

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        count = framing.units(frames, self.ratio)
        small = self._coded.scale_factor_spatial
        return count, self._coded.z_dim, size[1] // small, size[0] // small

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        if not self._united:
            return timing.flow(self._scheduler, steps, bend)
        known = self._scheduler.config
        even = np.linspace(1, 1 / known.num_train_timesteps, steps + 1)[:-1]
        times = (known.shift * even / (1 + (known.shift - 1) * even)).tolist()
        return bowed([min(times[0], BEGIN), *times[1:], 0.0], bend)

    def told(self, text: str) -> tuple[Told, int]:
        plain = " ".join(html.unescape(html.unescape(text)).split())
        words, mask, cut = self.texts.encoded(plain, TOKENS, masked=True)
        return Told(words * mask[..., None].to(words.dtype)), cut

    def within(self, told: Told, fps: float, seed: int) -> Told:
        return told

    def beside(self, told: Told, shown: Sequence[Shown], shape: Sequence[int]) -> Told:
        if self._branches:
            return replace(told, branch=self._branch(shown, shape))
        if self._each:
            begins = [one for one in shown if one.at == 0]
            return replace(told, first=self.latents(begins[0].frames)) if begins else told
        if not shown or self._known.in_channels == self._coded.z_dim:
            return told  # it is told of no frames
        ratio = self._coded.scale_factor_temporal
        film, there = self._laid(shown, shape)
        given = self._latents(film)
        rows = torch.cat([there[:1].expand(ratio), there[1:]]).view(len(given), ratio, 1, 1)
        mask = rows.to(given).expand(-1, -1, *given.shape[2:])
        return replace(told, beside=torch.cat([mask, given], 1), seen=self._sight_of(shown))

    def _laid(self, shown: Sequence[Shown], shape: Sequence[int]) -> tuple[Tensor, Tensor]:
        """A film (3, frames, height, width) of given frames, grey between them; and 1 for each that is given."""
        small = self._coded.scale_factor_spatial
        count = (shape[0] - 1) * self._coded.scale_factor_temporal + 1
        film = torch.zeros((3, count, shape[2] * small, shape[3] * small))
        there = torch.zeros(count)
        for one in shown:
            film[:, one.at : one.at + len(one.frames)] = framing.signed(one.frames)
            there[one.at : one.at + len(one.frames)] = 1
        return film, there

    def _branch(self, shown: Sequence[Shown], shape: Sequence[int]) -> Tensor:
        """What the branch of VACE is told; which of its frames are open, as its makers choose one of each latent's."""
        nothing = self._nothing(tuple(shape))
        if not shown:
            return nothing
        film, there = self._laid(shown, shape)
        open_ones = interpolate(1 - there[None, None], size=shape[0], mode="nearest-exact")[0, 0]
        given = self._latents(film)
        grey, ones = nothing[:, : given.shape[1]], nothing[:, 2 * given.shape[1] :]
        return torch.cat([given, grey, ones * open_ones.to(given)[:, None, None, None]], 1)

    def _nothing(self, shape: tuple[int, ...]) -> Tensor:
        """What it is told where nothing is given: grey, all of it open. The last is kept."""
        if self._plain is None or self._plain[0] != shape:
            grey = self._latents(self._laid((), shape)[0])
            places = self._coded.scale_factor_spatial**2
            rows = grey.new_ones((len(grey), places, *grey.shape[2:]))
            self._plain = shape, torch.cat([grey, grey, rows], 1)
        return self._plain[1]

    def _sight_of(self, shown: Sequence[Shown]) -> Tensor | None:
        """What CLIP says of the first given frame, and of the last too where a model was made for both."""
        if self.sight is None:
            return None
        looked = [shown[0].frames[0]]
        if self._known.pos_embed_seq_len is not None:
            looked.append(shown[-1].frames[-1])
        return torch.cat([self.sight.seen(one) for one in looked])

    def guided(self, conds: Sequence[Any], times: Sequence[float], turned: Turned) -> Guided:
        """Where two networks take turns, the second may be guided by a weight of its own."""
        first, second = turned["guidance"], turned.get("guidance_2")
        if self._border is None or second is None:
            return Guided(conds, [first])
        return Guided(conds, [[first if self._early(time) else second for time in times[:-1]]])

    def estimate(self, x: Tensor, sigma: float, told: Told) -> Tensor:
        held = 0 if told.first is None else len(told.first)
        seen = x if told.first is None else torch.cat([told.first, x[held:]])
        full = seen if told.beside is None else torch.cat([seen, told.beside], 1)
        time, more = self._timestep(sigma), dict[str, Any]()
        if self._branches:
            branch = self._branch((), x.shape) if told.branch is None else told.branch
            more["control_hidden_states"] = branch.transpose(0, 1)[None].to(self._dtype)
        net = self.net if self._early(sigma) else self.second
        velocity = net(
            hidden_states=full.transpose(0, 1)[None].to(self._dtype),
            encoder_hidden_states=told.words,
            encoder_hidden_states_image=told.seen,
            timestep=self._each_time(x, time, told) if self._each else x.new_full((1,), time),
            return_dict=False,
            **more,
        )[0][0].float()
        clean = x - velocity.transpose(0, 1) * sigma
        return clean if told.first is None else torch.cat([told.first, clean[held:]])

    def frames(
        self, latents: Tensor, count: int, seed: int = 0, *, tiled: bool = False
    ) -> Iterator[Pixels]:
        units = framing.units(count, self.ratio)
        x = self._scale.coded(latents[:units]).transpose(0, 1)[None]
        x = x.to(self._dtype)
        pieces = [decoded(self.vae, x, tiled=True)] if tiled else by_ones(self.vae, x)
        yield from islice(chain.from_iterable(map(framing.pixels, pieces)), count)

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        return self._latents(framing.signed(frames))

    def _latents(self, signed: Tensor) -> Tensor:
        x = signed.to(self.device, self._dtype)
        coded = self.vae.encode(x[None]).latent_dist.mode()[0]
        return self._scale.learnt(coded.transpose(0, 1))

    @property
    def _whole(self) -> int:
        return self._scheduler.config.num_train_timesteps

    def _early(self, sigma: float) -> bool:
        """Whether the first of two networks draws at a time."""
        return self._border is None or self._timestep(sigma) >= self._border * self._whole

    def _timestep(self, sigma: float) -> float:
        """What the network is told of a time; with the solver it was published with, whole numbers only."""
        return float(int(sigma * self._whole)) if self._united else sigma * self._whole

    def _each_time(self, x: Tensor, time: float, told: Told) -> Tensor:
        """The time of each place: (1, F·H·W), with none in given first frames."""
        _deep, high, wide = self._known.patch_size
        times = x.new_full((len(x), x.shape[2] // high, x.shape[3] // wide), time)
        if told.first is not None:
            times[: len(told.first)] = 0
        return times.flatten()[None]


LOUD: Final = 0.25


def twin(
    folder: Path,
    seed: int = 0,
    pipeline: str = "WanPipeline",
    sees: bool = False,
    both: bool = False,
    **says: Any,
) -> None:
    """A tiny model with random weights, as it was published; the smallest film has one frame of 16×16.

    pipeline: `WanImageToVideoPipeline` stands a picture beside what is drawn, `WanVACEPipeline` has a branch. sees:
    looks at it with CLIP too (2.1); both: at a first and a last one. says: of what the model says of itself,
    `boundary_ratio` (two networks) and `expand_timesteps` (2.2, 5B).
    """
    chance = torch.Generator().manual_seed(seed)
    takes = pipeline == "WanImageToVideoPipeline" and not says.get("expand_timesteps")
    kind: Any = WanTransformer3DModel
    shape: dict[str, Any] = {
        "num_attention_heads": 2,
        "attention_head_dim": 12,
        "in_channels": 36 if takes else 16,
        "out_channels": 16,
        "text_dim": twins.WIDTH,
        "freq_dim": 32,
        "ffn_dim": 32,
        "num_layers": 2,
        "image_dim": 8 if sees else None,
        "added_kv_proj_dim": 24 if sees else None,
        "pos_embed_seq_len": 2 * 5 if both else None,  # CLIP says 5 tokens of each
    }
    if pipeline == "WanVACEPipeline":
        kind = WanVACETransformer3DModel
        shape |= {"vace_layers": [0], "vace_in_channels": 2 * 16 + 8**2}
    coder: dict[str, Any] = {"base_dim": 4, "dim_mult": [1] * 4, "num_res_blocks": 1}
    twins.network(kind(**shape), folder / "transformer", chance, loud=LOUD)
    if "boundary_ratio" in says:
        twins.network(kind(**shape), folder / "transformer_2", chance, loud=LOUD)
    twins.network(AutoencoderKLWan(**coder), folder / "vae", chance, loud=LOUD)
    twins.texts(folder, chance, "umt5")
    if sees:
        says["image_processor"] = _sight(folder, chance)
    twins.scheduler(UniPCMultistepScheduler(**schedules.WAN), folder)
    twins.index(folder, pipeline, **says)


def _sight(folder: Path, chance: torch.Generator) -> list[str]:
    """A tiny CLIP that looks at 32×32 pixels; how a model names what cuts pictures for it."""
    shape: dict[str, Any] = {"hidden_size": 8, "intermediate_size": 16, "image_size": 32}
    config = CLIPVisionConfig(**shape, patch_size=16, num_hidden_layers=2, num_attention_heads=2)
    twins.network(CLIPVisionModel(config), folder / sight.ENCODER, chance, sight.BEFORE)
    cut: dict[str, Any] = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
    CLIPImageProcessorPil(**cut).save_pretrained(folder / sight.PROCESSOR)
    return ["transformers", "CLIPImageProcessorPil"]
