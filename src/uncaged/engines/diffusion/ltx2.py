"""LTX-2 and 2.3 (HaCohen et al. 2026, arXiv 2601.03233): its networks, and how they are asked.

A film and its sound are drawn together: one network has a stream for each, and they look at each other. Text to
video, pictures to video, and on from a film: first frames are given, others stand beside the film at their moments, and
the network is told that there is no noise in them. Straight way, v = noise − clean. What is clean is led by up to four
estimates, see `Both`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from diffusers.models.autoencoders.autoencoder_kl_ltx2 import AutoencoderKLLTX2Video
from diffusers.models.autoencoders.autoencoder_kl_ltx2_audio import AutoencoderKLLTX2Audio
from diffusers.models.transformers.transformer_ltx2 import LTX2VideoTransformer3DModel
from diffusers.pipelines.ltx2.connectors import LTX2TextConnectors
from diffusers.pipelines.ltx2.utils import apply_image_conditioning_crf
from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder, LTX2VocoderWithBWE
from torch import Tensor, nn

from uncaged.core.errors import WeightsBroken
from uncaged.core.order import Pixels, Sound
from uncaged.core.words import _
from uncaged.engines import frames as framing
from uncaged.engines import published
from uncaged.engines.diffusion import timing
from uncaged.engines.diffusion.family import Guided, Shown, Turned
from uncaged.engines.diffusion.hearing import Hearing
from uncaged.engines.diffusion.opening import network
from uncaged.engines.hooks import Hook, Moment
from uncaged.engines.named import Named
from uncaged.engines.solvers import straight
from uncaged.engines.texts.gemma import Gemma

TOKENS: Final = 1024
"""Of a text, at most, as published."""

PRESSED: Final = 33
"""How hard a given picture is pressed, as the films were that the network learnt from: a quality of H.264."""

VOCODERS: Final[Mapping[str, Any]] = {
    "LTX2Vocoder": LTX2Vocoder,
    "LTX2VocoderWithBWE": LTX2VocoderWithBWE,
}

Shares = Mapping[str, float]
"""Of the film (`video`) and its sound (`audio`): a number for each."""


@dataclass(frozen=True, slots=True)
class Told:
    """words, sounding: (1, tokens, width), for each stream. mask: (1, tokens). first: (k, C, H, W), first frames
    without noise. later: (n, C, H, W), frames without noise that stand beside the film, each at one of `at`, a frame's
    number. fps: of the film. skipped: layers in which no token looks at others of its stream. apart: whether the
    streams do not look at each other."""

    words: Tensor
    sounding: Tensor
    mask: Tensor
    first: Tensor | None = None
    later: Tensor | None = None
    at: tuple[int, ...] = ()
    fps: float = 24.0
    skipped: tuple[int, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Both(Hook):
    """The sum of estimates, the film's and the sound's each by its own weights; brought back to the spread that the
    words alone give it (Lin et al. 2023, arXiv 2305.08891, section 3.4), as much as `spread` says.

    shares: of each estimate, the words' own the last of them. first: see `Told`.
    """

    shares: Sequence[Shares]
    spread: Shares
    first: Tensor | None
    every: bool = True

    def combine(self, moment: Moment) -> Named:
        found = {
            name: self._of(name, [one[name] for one in moment.estimates]) for name in VIDEO_AUDIO
        }
        film = found["video"][: len(moment.x["video"])]
        if self.first is not None:
            film = torch.cat([self.first, film[len(self.first) :]])
        found["video"] = film
        return Named(**found)

    def _of(self, name: str, estimates: Sequence[Tensor]) -> Tensor:
        words = estimates[-1]
        if len(estimates) == 1:
            return words
        terms = [one * share[name] for one, share in zip(estimates, self.shares, strict=True)]
        clean = torch.stack(terms).sum(0)
        spread = self.spread[name]
        if spread == 0:
            return clean
        return clean * (words.std() / clean.std()) * spread + clean * (1 - spread)


VIDEO_AUDIO: Final = ("video", "audio")


class LTX2:
    """The opened networks: see `family.Denoiser`. What it draws is `Named`: video (F, C, H, W), audio (L, C, bands)."""

    way = staticmethod(straight)
    leads = False
    solver = "euler"

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.device, self._dtype = device, dtype
        self._scheduler = timing.scheduler(folder)
        self.net = network(LTX2VideoTransformer3DModel, folder / "transformer", dtype, device)
        self.vae = network(AutoencoderKLLTX2Video, folder / "vae", dtype, device)
        self.ear = network(AutoencoderKLLTX2Audio, folder / "audio_vae", dtype, device)
        self.voice = network(_vocoder(folder), folder / "vocoder", dtype, device)
        self.connectors = network(LTX2TextConnectors, folder / "connectors", dtype, device)
        self.texts = Gemma(folder, dtype, device)
        self._coded, self._heard = self.vae.config, self.ear.config
        self._hearing = Hearing(
            int(self._heard.sample_rate), int(self._heard.mel_hop_length), int(self._heard.mel_bins)
        )
        mean, std = self.vae.latents_mean, self.vae.latents_std
        self._scale = framing.Scale(mean.cpu(), std.cpu(), self._coded.scaling_factor)

    @property
    def ratio(self) -> int:
        return self.vae.temporal_compression_ratio

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        return {"transformer": self.net}

    def shape(self, frames: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
        small = self.vae.spatial_compression_ratio
        count = framing.units(frames, self.ratio)
        return count, self._coded.latent_channels, size[1] // small, size[0] // small

    def sounding(self, shape: Sequence[int], fps: float) -> tuple[int, int, int]:
        """Latents of the sound of a film of so many latent frames: (L, C, bands)."""
        seconds = ((shape[0] - 1) * self.ratio + 1) / fps
        pace = (
            self._heard.sample_rate
            / self._heard.mel_hop_length
            / self.ear.temporal_compression_ratio
        )
        bands = self._heard.mel_bins // self.ear.mel_compression_ratio
        return max(1, round(seconds * pace)), self._heard.latent_channels, bands

    def times(self, steps: int, bend: float, shape: Sequence[int]) -> list[float]:
        return timing.by_size(self._scheduler, steps, bend, shape[0] * shape[2] * shape[3])

    def told(self, text: str) -> tuple[Told, int]:
        layers, mask, cut = self.texts.encoded(text, TOKENS)
        words, sounding, seen = self.connectors(layers.to(self._dtype), mask, padding_side="left")
        return Told(words, sounding, seen), cut

    def within(self, told: Told, fps: float, seed: int) -> Told:
        return replace(told, fps=fps)

    def beside(self, told: Told, shown: Sequence[Shown], shape: Sequence[int]) -> Told:
        for one in shown:
            frames = one.frames
            if len(frames) == 1:
                frames = [apply_image_conditioning_crf(frames[0], PRESSED)]
            given = self.latents(frames)
            if one.at == 0:
                told = replace(told, first=given)
            else:
                beside = given if told.later is None else torch.cat([told.later, given])
                told = replace(told, later=beside, at=(*told.at, one.at))
        return told

    def guided(self, conds: Sequence[Any], times: Sequence[float], turned: Turned) -> Guided:
        """Led away from what must not be seen; from what is drawn where a layer does not look around; and from what
        either stream draws by itself. What counts for nothing is not asked for."""
        against, told = conds
        by = {name: _amounts(turned, name) for name in ("guidance", "stg", "modality", "rescale")}
        skipped = _layers(turned["stg_layers"])
        if not self.net.config.perturbed_attn:
            skipped = ()
        asked = [
            (against, {name: 1 - by["guidance"][name] for name in VIDEO_AUDIO}),
            (replace(told, skipped=skipped), {name: -by["stg"][name] for name in VIDEO_AUDIO}),
            (replace(told, apart=True), {name: 1 - by["modality"][name] for name in VIDEO_AUDIO}),
        ]
        if not skipped:
            del asked[1]
        asked = [(cond, share) for cond, share in asked if any(share.values())]
        rest = {name: 1 - sum(share[name] for _cond, share in asked) for name in VIDEO_AUDIO}
        asked.append((told, rest))
        hook = Both([share for _cond, share in asked], by["rescale"], told.first)
        weights = [share["video"] for _cond, share in asked[1:]]
        return Guided([cond for cond, _share in asked], weights, [hook])

    def estimate(self, x: Named, sigma: float, told: Told) -> Named:
        film, sound = x["video"], x["audio"]
        count, channels, high, wide = film.shape
        held = 0 if told.first is None else len(told.first)
        seen = film if told.first is None else torch.cat([told.first, film[held:]])
        time = film.new_full((1,), sigma * self._scheduler.config.num_train_timesteps)
        each = time[:, None].repeat(1, count * high * wide)
        where = self.net.rope.prepare_video_coords(1, count, high, wide, film.device, fps=told.fps)
        each[:, : held * high * wide] = 0
        if told.later is not None:
            seen = torch.cat([seen, told.later])
            each = torch.cat([each, each.new_zeros((1, len(told.later) * high * wide))], 1)
            where = torch.cat([where, self._moments(told, high, wide).to(where)], 2)
        moves, sounds = self.net(
            hidden_states=seen.permute(0, 2, 3, 1).flatten(0, 2)[None].to(self._dtype),
            audio_hidden_states=sound.flatten(1)[None].to(self._dtype),
            encoder_hidden_states=told.words,
            audio_encoder_hidden_states=told.sounding,
            timestep=time if len(seen) == count and not held else each,
            audio_timestep=time,
            sigma=time,
            encoder_attention_mask=told.mask,
            audio_encoder_attention_mask=told.mask,
            num_frames=count,
            height=high,
            width=wide,
            fps=told.fps,
            audio_num_frames=len(sound),
            video_coords=where,
            isolate_modalities=told.apart,
            spatio_temporal_guidance_blocks=list(told.skipped) or None,
            use_cross_timestep=True,
            return_dict=False,
        )
        moved = moves[0].float().view(len(seen), high, wide, channels).permute(0, 3, 1, 2)
        heard = sounds[0].float().view(sound.shape)
        return Named(video=seen - moved * sigma, audio=sound - heard * sigma)

    def _moments(self, told: Told, high: int, wide: int) -> Tensor:
        """Where each token of frames that stand beside a film begins and ends, in seconds and pixels: (1, 3, tokens,
        2). Each of them lasts one frame."""
        small = self.vae.spatial_compression_ratio
        sides = [torch.arange(side, dtype=torch.float32) for side in (high, wide)]
        times = torch.tensor(told.at, dtype=torch.float32)
        grid = torch.stack(torch.meshgrid(times, *sides, indexing="ij")).flatten(1)
        scale = torch.tensor([1.0 / told.fps, small, small])[:, None]
        return torch.stack([grid * scale, (grid + 1) * scale], -1)[None]

    def frames(self, latents: Named | Tensor, count: int, seed: int = 0) -> Iterator[Pixels]:
        film = latents["video"] if isinstance(latents, Named) else latents
        x = self._scale.coded(film[: framing.units(count, self.ratio)])
        time = x.new_zeros((1,)).to(self._dtype) if self._coded.timestep_conditioning else None
        cards = [self.device] if self.device.startswith("cuda") else []
        with torch.random.fork_rng(devices=cards):  # some coders add more by lot
            torch.manual_seed(seed)
            decoded = self.vae.decode(x.transpose(0, 1)[None].to(self._dtype), time).sample[0]
        yield from framing.pixels(decoded[:, :count])

    @property
    def spoken(self) -> tuple[int, int]:
        known = self.voice.config
        return int(known.out_channels), int(known.output_sampling_rate)

    def heard(self, latents: Named, begin: float, end: float) -> Sound:
        coded = latents["audio"].flatten(1) * self.ear.latents_std + self.ear.latents_mean
        x = coded.view(latents["audio"].shape).transpose(0, 1)[None]
        waves = self.voice(self.ear.decode(x.to(self._dtype)).sample)[0].float()
        rate = self.spoken[1]
        part = waves[:, round(begin * rate) : round(end * rate)].nan_to_num().clamp(-1, 1)
        return Sound(part.cpu().numpy(), rate)

    def hears(self, count: int) -> tuple[float, tuple[int, int]]:
        seconds = self._hearing.samples(self._moments_of(count)) / self._hearing.rate
        return seconds, (int(self._heard.in_channels), self._hearing.rate)

    def sounded(self, sound: Sound, count: int) -> Tensor:
        waves = torch.from_numpy(sound.waves).to(self.device)
        seen = self._hearing.heard(waves, self._moments_of(count))
        coded = self.ear.encode(seen[None].to(self._dtype)).latent_dist.mode()[0].float()
        x = coded.transpose(0, 1)
        plain = (x.flatten(1) - self.ear.latents_mean) / self.ear.latents_std
        return plain.float().view(x.shape)

    def _moments_of(self, count: int) -> int:
        """Of a spectrogram, for so many latents of it: the first of them is one alone."""
        return (count - 1) * self.ear.temporal_compression_ratio + 1

    def latents(self, frames: Sequence[Pixels]) -> Tensor:
        """Of a film without its sound."""
        x = framing.signed(frames).to(self.device, self._dtype)
        coded = self.vae.encode(x[None]).latent_dist.mode()[0]
        return self._scale.learnt(coded.transpose(0, 1))


def _vocoder(folder: Path) -> Any:
    """Which network makes waves of a spectrogram. Raises `WeightsMissing`, `WeightsBroken`."""
    path = folder / "vocoder" / published.CONFIG
    kind = str(published.read_json(path).get("_class_name"))
    if kind not in VOCODERS:
        raise WeightsBroken(
            _("%(path)s describes no network that can be built.") % {"path": path}, kind[:200]
        )
    return VOCODERS[kind]


def _amounts(turned: Turned, name: str) -> Shares:
    return {"video": turned[name], "audio": turned[f"sound_{name}"]}


def _layers(said: str) -> tuple[int, ...]:
    """Numbers in a text."""
    return tuple(int(one) for one in said.replace(",", " ").split())
