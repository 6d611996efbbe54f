"""LTX-2 by our loop: what the stock pipelines draw, film and sound, and what they cannot. Tiny random weights,
published layout."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import LTX2ImageToVideoPipeline, LTX2Pipeline
from PIL import Image

from uncaged.core.score import Score
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.ltx2 import LTX2 as Networks
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.diffusion.ltx2_twin import twin
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing
from uncaged.engines.named import Named

SIZE, FRAMES, FPS, STEPS = (96, 64), 17, 24.0, 5
"""3 latent frames of 2×3 tokens, and 18 moments of sound."""

PICTURE = np.random.default_rng(1).integers(0, 255, (2, 3, 3), np.uint8).repeat(32, 0).repeat(32, 1)
LEAD = {"stg_layers": "1"}
"""The tiny network has two layers."""

Opened = tuple[Path, Networks]
Twin = Callable[..., Opened]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """Twins, each written and opened once."""
    found: dict[bool, Opened] = {}

    def build(later: bool = False) -> Opened:
        if later not in found:
            folder = tmp_path_factory.mktemp("ltx2")
            twin(folder, 3, later=later)
            found[later] = folder, Networks(folder, torch.float32, "cpu")
        return found[later]

    return build


def _score(opened: Opened, **options: Any) -> Score:
    given = {"steps": STEPS, **LEAD, **options}
    return LTX2(opened[0]).score(
        "a red bird", size=SIZE, seconds=FRAMES / FPS, fps=FPS, seed=7, options=given
    )


def _planned(opened: Opened, **options: Any) -> Drawing:
    engine, score = LTX2(opened[0]), _score(opened, **options)
    return DiffusionPerformance(engine, opened[1]).planned(score, engine.genome(score))


def _drawn(opened: Opened, picture: Any = None, **options: Any) -> Named:
    """The latents that our loop draws."""
    folder, networks = opened
    drawing = _planned(opened, **options)
    performance = DiffusionPerformance(LTX2(folder), networks)
    with torch.inference_mode():
        told = [networks.within(networks.told(text)[0], FPS, 7) for text in ("", "a red bird")]
        if picture is not None:
            told = [networks.beside(one, [Shown([picture])], drawing.shape) for one in told]
        loop = drawing.loop(told, networks)
        return _returned(performance.drawn(loop, drawing, [], quiet=True))


def _returned(events: Iterator[Any]) -> Any:
    while True:
        try:
            next(events)
        except StopIteration as end:
            return end.value


def _far(one: Named, other: Named) -> float:
    """The largest difference, in standard deviations, of film or sound."""
    return max(
        float((one[name] - other[name]).abs().max() / other[name].std())
        for name in ("video", "audio")
    )


def _stock(kind: Any, opened: Opened, monkeypatch: pytest.MonkeyPatch, **more: Any) -> Any:
    """What the stock pipeline gives by its own settings, from our noise."""
    noise = _planned(opened).noise()
    lots = {
        5: noise["video"].transpose(0, 1)[None].clone(),
        4: noise["audio"].transpose(0, 1)[None].clone(),
    }
    module = __import__(kind.__module__, fromlist=["randn_tensor"])
    monkeypatch.setattr(module, "randn_tensor", lambda shape, **_more: lots[len(shape)])
    pipe: Any = kind.from_pretrained(opened[0])
    pipe.set_progress_bar_config(disable=True)
    return pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        frame_rate=FPS,
        num_inference_steps=STEPS,
        spatio_temporal_guidance_blocks=[1],
        return_dict=False,
        **{"output_type": "latent", **more},
    )


def _latents(opened: Opened, made: Any) -> Named:
    """Latents of the stock pipeline, as ours are."""
    networks, (video, audio) = opened[1], made
    ear = networks.ear
    sound = audio[0].transpose(0, 1)
    flat = (sound.flatten(1) - ear.latents_mean) / ear.latents_std
    film = networks._scale.learnt(video[0].transpose(0, 1))
    return Named(video=film, audio=flat.view(sound.shape))


@pytest.mark.parametrize("later", [False, True])
def test_our_loop_draws_what_the_stock_pipeline_draws(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    ours, drawing = _drawn(opened), _planned(opened)
    assert drawing.shape == (3, 8, 2, 3) and drawing.sound == (18, 2, 2)
    assert min(float(one.std()) for one in ours.values()) > 0.1
    stock = _latents(opened, _stock(LTX2Pipeline, opened, monkeypatch))
    assert _far(ours, stock) <= 1e-4
    assert _far(_drawn(opened, stg=0.0, sound_stg=0.0), ours) > 1e-3 or not later


def test_every_part_of_its_guidance_is_as_the_stock_pipeline_has_it(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later=True)
    turned = {
        "guidance": 2.5,
        "sound_guidance": 4.0,
        "stg": 0.5,
        "sound_stg": 1.5,
        "modality": 2.0,
        "sound_modality": 1.5,
        "rescale": 0.3,
        "sound_rescale": 0.9,
    }
    theirs = {
        f"{'audio_' * (name.startswith('sound_'))}{word}": turned[name]
        for name in turned
        for word in [
            {
                "guidance": "guidance_scale",
                "stg": "stg_scale",
                "modality": "modality_scale",
                "rescale": "guidance_rescale",
            }[name.removeprefix("sound_")]
        ]
    }
    stock = _latents(opened, _stock(LTX2Pipeline, opened, monkeypatch, **theirs))
    assert _far(_drawn(opened, **turned), stock) <= 1e-4


@pytest.mark.parametrize("later", [False, True])
def test_a_picture_begins_a_film_as_the_stock_pipeline_has_it(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    ours = _drawn(opened, PICTURE)
    assert _far(_drawn(opened, 255 - PICTURE), ours) > 0.01, "the picture counts"
    image = Image.fromarray(PICTURE)
    stock = _stock(LTX2ImageToVideoPipeline, opened, monkeypatch, image=image)
    assert _far(ours, _latents(opened, stock)) <= 1e-4
