"""LTX-2 draws a film anew from its frames and its sound, as the stock pipeline does that is given their latents.

Tiny random weights, published layout.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler, LTX2Pipeline
from diffusers.pipelines.ltx2 import pipeline_ltx2
from torch import Tensor

from parity import far, pipeline, returned
from uncaged.core.media import Beside, write_film
from uncaged.core.order import Frame, Order, Sound
from uncaged.core.score import Score
from uncaged.engines.diffusion import remaking
from uncaged.engines.diffusion.hearing import Hearing
from uncaged.engines.diffusion.ltx2 import LTX2 as Networks
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.diffusion.ltx2_twin import twin
from uncaged.engines.diffusion.performing import DiffusionPerformance
from uncaged.engines.named import Named

SIZE, FRAMES, FPS, STEPS = (96, 64), 17, 24.0, 5
FILM = "f" * 64
RATE = 24_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ltx2")
    twin(folder, 3)
    return folder


@pytest.fixture(scope="module")
def performance(folder: Path) -> DiffusionPerformance:
    return DiffusionPerformance(LTX2(folder), Networks(folder, torch.float32, "cpu"))


def tone(high: float, seconds: float = FRAMES / FPS) -> Sound:
    times = np.arange(round(seconds * RATE)) / RATE
    wave = np.sin(2 * np.pi * high * times).astype(np.float32) * 0.5
    return Sound(np.stack([wave, wave]), RATE)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same frames with a low tone, with a high one, and silent."""
    place = tmp_path_factory.mktemp("films")
    moves = np.arange(FRAMES)[:, None, None, None] * 8
    across = np.linspace(0, 255, SIZE[0])[None, None, :, None] * [[[[1, 0.3, 0.5]]]]
    frames = (across + moves + np.zeros((1, SIZE[1], 1, 1))).clip(0, 255).astype(np.uint8)
    sounds = {"low": [tone(300.0)], "high": [tone(3000.0)], "silent": []}
    for name, sound in sounds.items():
        write_film(frames, place / f"{name}.mp4", FPS, "mp4", Beside(sound))
    return {name: place / f"{name}.mp4" for name in sounds}


def score_of(folder: Path, strength: float, **more: Any) -> Score:
    options = {"steps": STEPS, "strength": strength, "stg_layers": "1"}
    asked = {"size": SIZE, "seconds": FRAMES / FPS, "fps": FPS, "seed": 7, "film": FILM, **more}
    return LTX2(folder).score("a red bird", options=options, **asked)


def order_of(score: Score, film: Path) -> Order:
    return Order("r_" + "a" * 12, 0, score, {FILM: str(film)}, quiet=True)


def made(
    performance: DiffusionPerformance, folder: Path, film: Path, strength: float
) -> tuple[Any, Sound]:
    events = list(performance.perform(order_of(score_of(folder, strength), film)))
    (sound,) = (event for event in events if isinstance(event, Sound))
    return np.stack([event.pixels for event in events if isinstance(event, Frame)]), sound


@pytest.mark.parametrize("strength", [0.6, 1.0])
def test_it_draws_what_the_stock_pipeline_draws_of_the_same_latents(
    folder: Path,
    performance: DiffusionPerformance,
    films: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    strength: float,
) -> None:
    """The stock pipeline reads neither films nor sounds: it is lent ours, our times, and our noise."""
    score, den = score_of(folder, strength), performance.denoiser
    scene = remaking.anew(order_of(score, films["low"]), den, strength, 0)
    drawing = performance.planned(score, LTX2(folder).genome(score), scene)
    assert drawing.steps == round(STEPS * strength) and scene.given is not None
    with torch.inference_mode():
        told = [den.within(den.told(text)[0], FPS, 7) for text in ("", "a red bird")]
        ours = returned(performance.drawn(drawing.loop(told, den), drawing, [], quiet=True))
    given, noise = scene.given.latents, drawing.noise()
    laid = [
        noise["video"].permute(0, 2, 3, 1).flatten(0, 2)[None],
        noise["audio"].flatten(1)[None],
    ]
    lots = {tuple(one.shape): one for one in laid}
    monkeypatch.setattr(
        pipeline_ltx2, "randn_tensor", lambda shape, **_more: lots[tuple(shape)].clone()
    )
    pipe = pipeline(LTX2Pipeline, folder)
    pipe.scheduler = FlowMatchEulerDiscreteScheduler()  # our times need no bending any more
    video, audio = pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        frame_rate=FPS,
        sigmas=drawing.times[:-1],
        latents=_coded(given["video"], den.vae)[None].transpose(1, 2),
        audio_latents=_coded(given["audio"], den.ear)[None].transpose(1, 2),
        noise_scale=drawing.times[0],
        spatio_temporal_guidance_blocks=[1],
        return_dict=False,
        output_type="latent",
    )
    theirs = Named(video=_coded(ours["video"], den.vae), audio=_coded(ours["audio"], den.ear))
    assert (
        far(theirs, Named(video=video[0].transpose(0, 1), audio=audio[0].transpose(0, 1))) <= 1e-4
    )


def _coded(x: Tensor, coder: Any) -> Tensor:
    """Latents (F, C, …) in the coder's own scale."""
    mean, std = coder.latents_mean, coder.latents_std
    if len(mean) == x.shape[1]:
        return x * std.view(1, -1, 1, 1) + mean.view(1, -1, 1, 1)
    return (x.flatten(1) * std + mean).view(x.shape)


def test_both_the_frames_and_the_sound_of_a_film_count(
    folder: Path, performance: DiffusionPerformance, films: dict[str, Path]
) -> None:
    low, high, silent = (made(performance, folder, films[name], 0.5) for name in films)
    assert low[0].shape == (FRAMES, SIZE[1], SIZE[0], 3)
    for one, other in ((low, high), (low, silent), (high, silent)):
        assert one[1].waves.shape == other[1].waves.shape
        assert np.abs(one[1].waves - other[1].waves).max() > 1e-4
    assert not np.array_equal(low[0], high[0]), "the film hears its sound"


def test_with_a_strength_of_0_nothing_is_drawn(
    folder: Path, performance: DiffusionPerformance, films: dict[str, Path]
) -> None:
    """What is left is what both coders make of the film."""
    frames, sound = made(performance, folder, films["low"], 0.0)
    again, _sound = made(performance, folder, films["low"], 0.0)
    assert np.array_equal(frames, again)
    scene = remaking.anew(order_of(score_of(folder, 0.0), films["low"]), performance.denoiser, 0, 0)
    assert scene.given is not None
    den: Any = performance.denoiser
    heard = den.heard(scene.given.latents, 0.0, FRAMES / FPS)
    assert np.array_equal(sound.waves, heard.waves)


def test_a_sound_is_heard_in_the_band_that_it_sounds_in() -> None:
    """Slaney's scale: 15 marks up to 1,000 Hz, then 27 marks for each 6.4 times as high; 64 bands up to 8,000 Hz."""
    hearing = Hearing(16_000, 160, 64)
    marks = 15 + 27 * np.log(8) / np.log(6.4)
    for high in (250.0, 1000.0, 4000.0):
        mark = high * 3 / 200 if high <= 1000 else 15 + 27 * np.log(high / 1000) / np.log(6.4)
        times = torch.arange(hearing.samples(33)) / 16_000
        wave = torch.sin(2 * torch.pi * high * times)[None]
        seen = hearing.heard(wave, 33)
        assert seen.shape == (1, 33, 64)
        band = int(seen[0, 16].argmax())
        assert abs(band + 1 - mark / marks * 65) < 1
        quiet = hearing.heard(wave * 0.1, 33)[0, 16, band]
        assert float(seen[0, 16, band] - quiet) == pytest.approx(np.log(10), abs=1e-3)
    silence = hearing.heard(torch.zeros(2, hearing.samples(1)), 1)
    assert torch.equal(silence, torch.full((2, 1, 64), np.log(1e-5)))


@pytest.mark.parametrize("count", [1, 2, 9])
def test_a_sound_has_as_many_latents_as_are_asked_for(
    performance: DiffusionPerformance, count: int
) -> None:
    den: Any = performance.denoiser
    seconds, (channels, rate) = den.hears(count)
    sound = Sound(np.zeros((channels, round(seconds * rate)), np.float32), rate)
    assert den.sounded(sound, count).shape == (count, *den.sounding((3, 8, 2, 3), FPS)[1:])


def test_a_tone_is_as_strong_in_each_band_as_reckoned_by_hand() -> None:
    """A tone of a half that falls on one line of the spectrum: 128 in it, and 64 in both beside it, by a Hann window of
    1,024 samples. Bands by Slaney: lines of 200/3 Hz up to 1,000, then 27 to a factor of 6.4, and an area of 1 each."""
    bands, line = 64, 128
    hearing = Hearing(RATE, 160, bands)
    high, moments = line * RATE / 1024, 21
    times = torch.arange(hearing.samples(moments), dtype=torch.float64) / RATE
    waves = (0.5 * torch.sin(2 * torch.pi * high * times)).float()[None]
    top = 15 + 27 * np.log(RATE / 2 / 1000) / np.log(6.4)
    steps = np.linspace(0, top, bands + 2)
    edges = np.where(steps < 15, steps * 200 / 3, 1000 * 6.4 ** ((steps - 15) / 27))
    low, middle, far = edges[:-2], edges[1:-1], edges[2:]
    reckoned = np.zeros(bands)
    for beside, strong in ((-1, 64.0), (0, 128.0), (1, 64.0)):
        at = (line + beside) * RATE / 1024
        slope = np.minimum((at - low) / (middle - low), (far - at) / (far - middle))
        reckoned += strong * slope.clip(0) * 2 / (far - low)
    heard = hearing.heard(waves, moments)[0, moments // 2].exp().numpy()
    assert (reckoned > 0).sum() >= 2
    assert np.allclose(heard[reckoned > 0], reckoned[reckoned > 0], rtol=2e-3)
    assert heard[reckoned == 0].max() < reckoned.max() / 500


def test_a_tone_between_two_lines_stays_near_them() -> None:
    """What a window of equal weights would leave far away, as one part in as many as there are lines between, a Hann
    window does not."""
    hearing = Hearing(RATE, 160, 64)
    times = torch.arange(hearing.samples(21), dtype=torch.float64) / RATE
    waves = (0.5 * torch.sin(2 * torch.pi * 128.5 * RATE / 1024 * times)).float()[None]
    heard = hearing.heard(waves, 21)[0, 10].exp()
    own = int(heard.argmax())
    far = torch.cat([heard[: own - 12], heard[own + 12 :]])
    assert len(far) > 30 and float(far.max() / heard.max()) < 1e-3
