"""Wan VACE by our loop: its branch is told of any frames, as the stock pipeline tells it. Tiny random weights."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import WanVACEPipeline
from diffusers.pipelines.wan import pipeline_wan_vace
from safetensors.torch import load_file, save_file
from torch import Tensor

from parity import far, pipeline, returned
from uncaged.core.errors import WeightsMissing
from uncaged.core.order import Order
from uncaged.core.score import Score
from uncaged.engines import frames as framing
from uncaged.engines.diffusion.families import Wan
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing
from uncaged.engines.diffusion.wan import Wan as Networks
from uncaged.engines.diffusion.wan import twin

SIZE, FRAMES, STEPS = (96, 64), 17, 4
NET = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vace")
    twin(folder, 3, "WanVACEPipeline")
    return folder


@pytest.fixture(scope="module")
def networks(folder: Path) -> Networks:
    return Networks(folder, torch.float32, "cpu")


@pytest.fixture(autouse=True)
def unmended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock pipeline mends broken letters by a library that only it needs; ours has none."""
    monkeypatch.setattr(pipeline_wan_vace, "ftfy", SimpleNamespace(fix_text=str), raising=False)


def score_of(folder: Path) -> Score:
    asked: dict[str, Any] = {"size": SIZE, "seconds": FRAMES / 16, "fps": 16, "seed": 7}
    return Wan(folder).score("a red bird", options={"steps": STEPS}, **asked)


def drawn(folder: Path, networks: Networks, shown: list[Shown]) -> tuple[Tensor, Drawing]:
    engine, score = Wan(folder), score_of(folder)
    performance = DiffusionPerformance(engine, networks)
    drawing = performance.planned(score, engine.genome(score))
    with torch.inference_mode():
        told = [networks.told(text)[0] for text in ("", "a red bird")]
        if shown:
            told = [networks.beside(one, shown, drawing.shape) for one in told]
        loop = drawing.loop(told, networks)
        return returned(performance.drawn(loop, drawing, [], quiet=True)), drawing


def still(seed: int) -> Any:
    coarse = np.random.default_rng(seed).integers(0, 255, (2, 3, 3), np.uint8)
    return coarse.repeat(32, 0).repeat(32, 1)


GIVEN: dict[str, list[Shown]] = {
    "nothing": [],
    "a first and a last frame": [Shown([still(1)]), Shown([still(2)], FRAMES - 1)],
    "frames of the middle": [Shown([still(n) for n in range(4)], 5)],
    "a film's end": [Shown([still(n) for n in range(9)])],
}


@pytest.mark.parametrize("what", GIVEN)
def test_it_draws_what_the_stock_pipeline_draws(
    folder: Path, networks: Networks, what: str
) -> None:
    """Grey frames, and white masks, where nothing is given; as numbers, since no picture is quite grey."""
    ours, drawing = drawn(folder, networks, GIVEN[what])
    film, mask = torch.zeros(1, 3, FRAMES, SIZE[1], SIZE[0]), torch.ones(1, 3, FRAMES, *SIZE[::-1])
    for one in GIVEN[what]:
        end = one.at + len(one.frames)
        film[0, :, one.at : end] = framing.signed(one.frames)
        mask[:, :, one.at : end] = 0
    pipe = pipeline(WanVACEPipeline, folder)
    if GIVEN[what]:
        pipe.preprocess_conditions = lambda *_args: (film, mask, [[]])
    stock = pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        num_inference_steps=STEPS,
        guidance_scale=5.0,
        latents=drawing.noise().transpose(0, 1)[None].clone(),
        output_type="latent",
    ).frames[0]
    assert ours.std() > 0.1 and far(ours, stock.transpose(0, 1)) <= 1e-4
    if GIVEN[what]:
        assert far(drawn(folder, networks, [])[0], ours) > 0.01, "each counts"


def test_what_the_branch_is_told_of_nothing_is_worked_out_once_a_film(
    folder: Path, networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    den: Any = networks
    coded, plain = list[int](), den._latents
    monkeypatch.setattr(den, "_latents", lambda film: (coded.append(1), plain(film))[1])
    own, said = DiffusionPerformance(Wan(folder), networks), {"steps": 3}
    scores = [
        Wan(folder).score("a bird", size=size, seconds=5 / 16, seed=1, options=said)
        for size in ((64, 64), (96, 64))
    ]
    playing = [own.perform(Order("r_" + "a" * 12, 0, score, quiet=True)) for score in scores]
    while playing:
        playing = [one for one in playing if next(one, None) is not None]
    assert len(coded) == 2


def test_what_it_can(folder: Path) -> None:
    engine = Wan(folder)
    offer = engine.offer(folder)
    assert offer is not None and offer.card["family"] == "wan"
    can = engine.capabilities
    assert (can.pictures, engine.needs, can.films) == (8, 0, ("remixes", "extends"))
    assert can.masks and len(list(engine.perform(score_of(folder)))) == FRAMES


def test_its_network_comes_from_a_single_file(
    files: SimpleNamespace, studio: Any, tmp_path: Path, folder: Path, foreign_names: Any
) -> None:
    state = load_file(folder / NET)
    there = {f"model.diffusion_model.{k}": one for k, one in foreign_names.wan(state).items()}
    assert "model.diffusion_model.vace_blocks.0.after_proj.bias" in there
    save_file(there, tmp_path / "vace.safetensors")
    engine = files.added(studio, tmp_path / "vace.safetensors", folder)
    score: dict[str, Any] = {"size": SIZE, "seconds": 0.3}
    assert np.array_equal(files.drawn(engine, **score), files.drawn(Wan(folder), **score))
    with pytest.raises(WeightsMissing, match="coder of films"):
        files.added(studio, tmp_path / "vace.safetensors")
