"""Masks: what may not change stays to the last step; what may is drawn, by any strength; in films and in pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from parity import returned
from uncaged.core.media import write_film
from uncaged.core.order import Frame, Order
from uncaged.core.score import Picture, Score
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.engines.diffusion.families import CogVideoX, LTXVideo, Mochi, Wan

FILM, MASK, SHOWN = "a" * 64, "b" * 64, "c" * 64
FAMILIES: Mapping[str, type[DiffusionEngine]] = {
    one.name: one for one in (CogVideoX, LTXVideo, Mochi, Wan)
}


@pytest.fixture(scope="module", params=FAMILIES)
def made(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[DiffusionEngine, Any]:
    """A model and its performance."""
    kind, folder = FAMILIES[request.param], tmp_path_factory.mktemp("masks")
    kind().twin(folder / "twin", 3)
    engine = kind(folder / "twin")
    return engine, engine.open({})


@pytest.fixture
def files(tmp_path: Path, made: tuple[DiffusionEngine, Any]) -> Mapping[str, str]:
    """A film, a picture of it, and a mask whose right half may change."""
    wide, high = made[0].capabilities.size_near((64, 64))
    chance = np.random.default_rng(2)
    frames = [chance.integers(0, 256, (high, wide, 3), np.uint8) for _number in range(9)]
    write_film(frames, tmp_path / "film.mp4", 8)
    Image.fromarray(frames[0]).save(tmp_path / "shown.png")
    white = np.zeros((high, wide), np.uint8)
    white[:, wide // 2 :] = 255
    Image.fromarray(white).convert("RGB").save(tmp_path / "mask.png")
    named = {FILM: "film.mp4", SHOWN: "shown.png", MASK: "mask.png"}
    return {sha: str(tmp_path / name) for sha, name in named.items()}


def scored(engine: DiffusionEngine, strength: float = 0.5, **more: Any) -> Score:
    options = {"steps": 4, "strength": strength, "solver": "euler"}
    size = engine.capabilities.size_near((64, 64))
    given: dict[str, Any] = {"size": size, "fps": 8, "options": options, **more}
    return engine.score("a red bird", **given)


def drawn(made: tuple[DiffusionEngine, Any], score: Score, files: Mapping[str, str]) -> Any:
    """The last latents of a score, and those of what it was given."""
    engine, performance = made
    scene, den = returned(performance._scene(Order("r", 0, score, files))), performance.denoiser
    drawing = performance.planned(score, engine.genome(score), scene)
    told = [den.within(den.told(text)[0], 8, 1) for text in ("", "a red bird")]
    loop = drawing.loop(told, den)
    return returned(performance.drawn(loop, drawing, [], quiet=True)), scene.given


@pytest.mark.parametrize("strength", [0.5, -0.5, 1.0, 2.5])
def test_of_a_film_what_may_not_change_stays(
    made: tuple[DiffusionEngine, Any], files: Mapping[str, str], strength: float
) -> None:
    score = scored(
        made[0], strength, seconds=9 / 8, film=FILM, pictures=(Picture(MASK, mask=True),)
    )
    latents, given = drawn(made, score, files)
    mask = given.mask.expand_as(latents)
    assert 0 < mask.mean() < 1
    assert torch.equal(latents[mask == 0], given.latents[mask == 0])
    assert (latents[mask == 1] - given.latents[mask == 1]).abs().mean() > 0.05
    frames = [
        event.pixels
        for event in made[1].perform(Order("r", 0, score, files, quiet=True))
        if isinstance(event, Frame)
    ]
    assert len(frames) == 9


def test_each_strength_draws_another_film(
    made: tuple[DiffusionEngine, Any], files: Mapping[str, str]
) -> None:
    more: dict[str, Any] = {"film": FILM, "pictures": (Picture(MASK, mask=True),)}
    films = [
        drawn(made, scored(made[0], strength, seconds=9 / 8, **more), files)[0]
        for strength in (0.5, -0.5, 1.0, 2.5)
    ]
    for number, one in enumerate(films):
        assert not any(torch.equal(one, other) for other in films[:number])


def test_of_a_picture_what_may_not_change_stays(
    made: tuple[DiffusionEngine, Any], files: Mapping[str, str]
) -> None:
    pictures = (Picture(SHOWN), Picture(MASK, mask=True))
    score = scored(made[0], seconds=0, pictures=pictures)
    latents, given = drawn(made, score, files)
    mask = given.mask.expand_as(latents)
    assert torch.equal(latents[mask == 0], given.latents[mask == 0])
    assert (latents[mask == 1] != given.latents[mask == 1]).any()
