"""Pyramid Flow on SD3 from end to end, by a tiny model in the published folders: what is its own, and that all acts."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.core.score import Picture, Score
from uncaged.engines.precision import Opening
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.pyramid.networks import Networks

Made = Callable[..., Any]


@pytest.fixture
def folder(twins: Mapping[str, Path]) -> Path:
    return twins["mmdit"]


def test_a_film_from_words_is_the_same_again(folder: Path, made: Made) -> None:
    film = made(folder)
    assert film.shape == (17, 64, 64, 3) and film.std() > 1
    assert (made(folder) == film).all() and (made(folder, seed=8) != film).any()
    assert (made(folder, text="a blue cat") != film).any()
    assert made(folder, seconds=0.25, size=(192, 64)).shape == (6, 64, 192, 3)


def test_a_film_from_a_picture(folder: Path, made: Made, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)).save(path)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    film = made(folder, {sha: path}, pictures=(Picture(sha),))
    assert film.shape == (17, 64, 64, 3) and (film[0] != made(folder)[0]).any()


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0])
def test_guidance_acts_whatever_its_number(folder: Path, made: Made, guidance: float) -> None:
    one = made(folder, options={"guidance": 1.0, "first_guidance": 1.0})
    other = made(folder, options={"guidance": guidance, "first_guidance": guidance})
    assert (other[0] != one[0]).any() and (other[1:] != one[1:]).any()


@pytest.mark.parametrize(
    "options",
    [
        {"fall": 0.5},
        {"steps": "2"},
        {"first_steps": "1 2 3"},
        {"temperature": 1.1},
        {"variation": 0.3},
        {"suffix": ""},
        {"negative": ""},
        {"brief": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_every_option_acts(folder: Path, made: Made, options: dict[str, Any]) -> None:
    assert (made(folder, options=options) != made(folder)).any()


def test_no_side_is_longer_than_it_knows_places(folder: Path, scored: Callable[..., Score]) -> None:
    engine = PyramidFlow(folder)
    assert engine.capabilities.sides == (64, 256) and engine.defaults["size"] == (128, 64)
    with pytest.raises(AskedWrong, match="draws sides from 64 to 256 pixels"):
        scored(engine, size=(320, 64))


def test_the_text_as_a_whole_is_told_by_two_encoders(folder: Path, tmp_path: Path) -> None:
    """Side by side in the order of their folders; the tokens by the third alone."""
    words = Networks.opened(folder, Opening("", 0, "cpu")).words
    told = words.told("a red bird")[0]
    for part, width in (("text_encoder", slice(0, 16)), ("text_encoder_2", slice(16, 24))):
        model = shutil.copytree(folder, tmp_path / part)
        path = model / part / "model.safetensors"
        state = load_file(path)
        state["text_projection.weight"] = state["text_projection.weight"] * 2
        path.unlink()
        save_file(state, path)
        other = Networks.opened(model, Opening("", 0, "cpu")).words.told("a red bird")[0]
        wanted = told.pooled.clone()
        wanted[width] *= 2
        assert torch.allclose(other.pooled, wanted, atol=1e-6)
        assert torch.equal(other.tokens, told.tokens)


def test_a_folder_is_offered_with_what_binds_it(folder: Path, tmp_path: Path) -> None:
    model = shutil.copytree(folder, tmp_path / "model")
    path = model / "diffusion_transformer_64p" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"_uncaged_twin": False}))
    offer = PyramidFlow().offer(model)
    assert offer is not None and len(offer.files) == 18
    assert "Stability AI" in offer.card["binds"] and offer.card["terms"]
    assert offer.card["architecture"] == "mmdit" and "undisclosed" in offer.card["training_data"]
    shutil.rmtree(model / "text_encoder_3")
    with pytest.raises(WeightsMissing, match="text_encoder_3"):
        PyramidFlow().offer(model)
    shutil.copytree(model / "text_encoder", model / "text_encoder_3")
    with pytest.raises(WeightsBroken, match=r"text_encoder_3/config\.json describes no text"):
        PyramidFlow(model).open({})
