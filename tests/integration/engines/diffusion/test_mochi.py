"""Mochi 1 by our loop: what the stock pipeline draws, and what it cannot. Tiny random weights, published layout."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import MochiPipeline
from torch import Tensor

from parity import far, pipeline, returned
from uncaged.core.score import Score
from uncaged.engines.diffusion.families import Mochi
from uncaged.engines.diffusion.mochi import Mochi as Networks
from uncaged.engines.diffusion.mochi import twin
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing

SIZE, FRAMES, STEPS = (64, 64), 13, 7
"""3 latent frames, and a number of steps that is no even one."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("mochi")
    twin(built, 3)
    return built


@pytest.fixture(scope="module")
def networks(folder: Path) -> Networks:
    return Networks(folder, torch.float32, "cpu")


def _planned(networks: Networks, folder: Path, **options: Any) -> tuple[Score, Drawing]:
    engine = Mochi(folder)
    score = engine.score(
        "a red bird",
        size=SIZE,
        seconds=FRAMES / 30,
        fps=30,
        seed=7,
        options={"steps": STEPS, **options},
    )
    return score, DiffusionPerformance(engine, networks).planned(score, engine.genome(score))


def _drawn(networks: Networks, folder: Path, against: str = "", **options: Any) -> Tensor:
    """The latents that our loop draws."""
    _score, drawing = _planned(networks, folder, **options)
    performance = DiffusionPerformance(Mochi(folder), networks)
    with torch.inference_mode():
        told = [networks.told(text)[0] for text in (against, "a red bird")]
        loop = drawing.loop(told, networks)
        return returned(performance.drawn(loop, drawing, [], quiet=True))


def _stock(folder: Path, drawing: Drawing, **more: Any) -> Any:
    pipe = pipeline(MochiPipeline, folder)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*CPU autocast")
        return pipe(
            "a red bird",
            height=SIZE[1],
            width=SIZE[0],
            num_frames=FRAMES,
            num_inference_steps=STEPS,
            guidance_scale=4.5,
            latents=drawing.noise().transpose(0, 1)[None].clone(),
            max_sequence_length=16,
            **more,
        ).frames[0]


@pytest.mark.parametrize("against", ["", "a blue cat"])
def test_our_loop_draws_what_the_stock_pipeline_draws(
    networks: Networks, folder: Path, against: str
) -> None:
    ours = _drawn(networks, folder, against)
    _score, drawing = _planned(networks, folder)
    assert drawing.solver == "euler" and drawing.shape == (3, 12, 8, 8) and ours.std() > 0.1
    assert drawing.times[0] == 1.0 and drawing.times[-1] == 0.0
    stock = _stock(folder, drawing, negative_prompt=against, output_type="latent")
    assert far(ours, stock.transpose(0, 1)) <= 1e-4


def test_frames_are_those_of_the_stock_pipeline(networks: Networks, folder: Path) -> None:
    score, drawing = _planned(networks, folder)
    ours = np.stack(list(Mochi(folder).perform(score)))
    stock = _stock(folder, drawing, output_type="np")
    assert ours.shape == (FRAMES, 64, 64, 3) and ours.std() > 1
    assert np.abs(ours - stock * 255).max() <= 1


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0, 1e5])
def test_guidance_that_stock_pipelines_take_for_one_acts(
    networks: Networks, folder: Path, guidance: float
) -> None:
    one, other = (_drawn(networks, folder, guidance=weight) for weight in (1.0, guidance))
    assert torch.isfinite(other).all() and far(other, one) > 1e-3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 4),
        *(("solver", one) for one in ("dpm++2m", "unipc", "heun", "ancestral", "afresh")),
        ("temperature", 1.1),
        ("bend", 1.0),
        ("variation", 0.2),
    ],
)
def test_every_dial_acts(networks: Networks, folder: Path, name: str, value: Any) -> None:
    plain, turned = _drawn(networks, folder), _drawn(networks, folder, **{name: value})
    assert torch.isfinite(turned).all() and far(turned, plain) > 1e-3


def test_fresh_noise_acts_with_solvers_that_bring_some(networks: Networks, folder: Path) -> None:
    calm, rough = (_drawn(networks, folder, solver="ancestral", eta=eta) for eta in (0.0, 0.5))
    assert far(rough, calm) > 1e-3


@pytest.mark.parametrize("count", [1, 6, 8])
def test_a_film_has_the_frames_that_were_asked_for(folder: Path, count: int) -> None:
    engine = Mochi(folder)
    film = list(
        engine.perform(
            "a bird", size=(80, 64), seconds=count / 30, fps=30, seed=7, options={"steps": 1}
        )
    )
    assert len(film) == count and film[0].shape == (64, 80, 3)


def test_what_was_drawn_can_be_taken_up_again(networks: Networks) -> None:
    """What the coder says of frames is scaled as it is scaled back; random weights lose the frames themselves."""
    frames = np.random.default_rng(1).integers(0, 255, (7, 64, 64, 3), np.uint8)
    with torch.inference_mode():
        latents = networks.latents(list(frames))
        assert latents.shape == networks.shape(7, SIZE) and latents.std() > 0.01
        other = networks.latents(list(255 - frames))
    assert far(other, latents) > 0.01


def test_what_a_folder_is_offered_as(folder: Path) -> None:
    engine = Mochi(folder)
    offer = engine.offer(folder)
    assert offer is not None and offer.card["licence"] == "CC0-1.0"  # it is a twin
    card = engine.described(folder)
    assert card["licence"] == "Apache-2.0" and not card["terms"]
    assert "Undisclosed" in card["training_data"]
    known = engine.published(folder)
    assert (known.size, known.frames, known.fps) == ((848, 480), 163, 30)
    assert engine.defaults == {"size": (64, 64), "seconds": 25 / 30, "fps": 30}, "a twin's"
    assert engine.capabilities.multiple == 16 and engine.capabilities.pictures == 0
    assert engine.usual["guidance"] == 4.5 and engine.usual["steps"] == 64
