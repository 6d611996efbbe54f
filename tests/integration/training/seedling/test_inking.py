"""Inkers that learn: better than plain enlargement soon, to the bit after a stop, and the same without torch."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling import inking
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.running import Network
from uncaged.engines.seedling.weights import Index
from uncaged.training.seedling import ink_training
from uncaged.training.seedling.checkpoint import read
from uncaged.training.seedling.export import Inking
from uncaged.training.seedling.ink import main
from uncaged.training.seedling.ink_judging import enlarged, judged, trials
from uncaged.training.seedling.ink_recipe import InkRecipe
from uncaged.training.seedling.ink_training import inker, train
from uncaged.training.seedling.opening import Files
from uncaged.training.seedling.progress import records
from uncaged.training.seedling.training import NotANumber

TINY = InkRecipe(
    size="tiny",
    samples=32,
    windows_a_step=4,
    places=4,
    times=1,
    kept=3,
    lasts=4,
    warm_steps=2,
    save_steps=4,
    precision="fp32",
)


@pytest.fixture(scope="module")
def codec(files: Files) -> Codec:
    return Codec.load(files.codec)


@pytest.fixture(scope="module")
def leg(codec: Codec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny inker that learned for some seconds."""
    out = tmp_path_factory.mktemp("inker")
    recipe = replace(TINY, samples=1200, noise=0.1, kept=6, learning_rate=4e-3, warm_steps=10)
    return train(replace(recipe, save_steps=0, lasts=60), codec, out)


def after(path: Path) -> dict[str, torch.Tensor]:
    kept = read(path)
    return kept.tensors() | kept.tensors("moments")


def test_after_some_seconds_it_beats_plain_enlargement(leg: Path, codec: Codec) -> None:
    net = Inking(inker(read(leg)))
    with torch.no_grad():
        found = judged(
            trials(codec, 2, 0.1, stages=("one",)),
            {"plain": enlarged, "inked": lambda small: net(torch.from_numpy(small)).numpy()},
        )
    assert found["inked"]["edge"] < found["plain"]["edge"] - 0.03
    assert found["inked"]["psnr"] > found["plain"]["psnr"] - 0.2  # it takes longer to be nearer too


def test_a_stopped_leg_ends_as_if_it_had_not_been(codec: Codec, tmp_path: Path) -> None:
    whole = after(train(TINY, codec, tmp_path / "whole"))
    out, asked = tmp_path / "stopped", iter([False, False, False, True])
    train(TINY, codec, out, stop=lambda: next(asked))
    assert read(out).step == 3
    resumed = after(train(TINY, codec, out))
    assert read(out).step == 8 and [r["what"] for r in records(out)].count("begun") == 2
    assert all(torch.equal(resumed[name], whole[name]) for name in whole)


def test_a_leg_is_not_gone_on_with_by_another_recipe_unless_accepted(
    codec: Codec, tmp_path: Path
) -> None:
    train(TINY, codec, tmp_path)
    more = replace(TINY, samples=40)
    with pytest.raises(AskedWrong, match="samples"):
        train(more, codec, tmp_path)
    found = read(train(more, codec, tmp_path, accept_changes=True))
    assert found.step == 10 and found.body["history"][-1]["at_step"] == 8
    with pytest.raises(AskedWrong, match="another network"):
        train(replace(TINY, size="s"), codec, tmp_path, accept_changes=True)
    with pytest.raises(AskedWrong, match="no size"):
        train(replace(TINY, size="huge"), codec, tmp_path / "huge")


def test_the_step_to_512_learns_alone(leg: Path, codec: Codec, tmp_path: Path) -> None:
    made = read(train(replace(TINY, side=512, samples=12), codec, tmp_path, leg))
    old, new = read(leg).tensors(), made.tensors()
    changed = {name for name in old if name[:4] == "mean" and not torch.equal(old[name], new[name])}
    assert changed == {
        f"mean.{part}.{kind}" for part in ("fine", "finer") for kind in ("weight", "bias")
    }
    assert made.body["counters"]["stage_step"] == 3 and len(made.body["history"]) == 1


def test_a_number_that_is_none_ends_the_leg(
    codec: Codec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(replace(TINY, samples=16), codec, tmp_path)
    own = ink_training.loss

    def broken(*given: Any) -> torch.Tensor:
        return own(*given) * float("nan")

    monkeypatch.setattr(ink_training, "loss", broken)
    with pytest.raises(NotANumber, match="At step 5"):
        train(TINY, codec, tmp_path, accept_changes=True)
    assert read(tmp_path).step == 4 and records(tmp_path)[-1]["why"] == "not a number"


@pytest.fixture(scope="module")
def index(leg: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("exported")
    assert main(["export", str(leg), str(folder)]) == 0
    return Index.of(folder)


@pytest.mark.parametrize("side", inking.SIDES)
def test_exported_it_says_what_torch_says(leg: Path, index: Index, side: int) -> None:
    assert inking.sides(index) == inking.SIDES
    kept = index.weights(index.graphs[inking.graph(side)])
    net = inker(read(leg), side)
    with torch.no_grad():
        for name, weight in net.named_parameters():
            if f"ink.{name}" in kept:
                weight.copy_(torch.from_numpy(kept[f"ink.{name}"]))
    film = np.random.default_rng(0).uniform(-1, 1, (16, 64, 64, 3)).astype(np.float32)
    with torch.no_grad():
        own = (net(torch.from_numpy(film)).clamp(-1, 1) + 1) * 127.5 + 0.5
    theirs = Network(index, inking.graph(side))(film=film)
    assert theirs.shape == (48, side, side, 3) and theirs.dtype == np.uint8
    # A byte holds what was said to 1e-4 of a colour: where the two differ, it was on the border of two levels.
    off = np.maximum(theirs - own.numpy(), own.numpy() - theirs - 1)
    assert off.max() < 127.5e-4


def test_the_door_judges_and_shows(
    leg: Path, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = ["--codec", str(files.codec), "--films", "1", "--noise", "0.2"]
    assert main(["judge", str(leg), str(tmp_path / "figures.json"), *usual]) == 0
    figures = json.loads((tmp_path / "figures.json").read_bytes())["0.2"]
    assert figures["inked, steadied"]["paper"] < figures["inked"]["paper"]
    assert capsys.readouterr().out.count("| 0.2 |") == 3
    assert main(["sheet", str(leg), str(tmp_path / "sheet.png"), *usual]) == 0
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")
    assert main(["judge", str(tmp_path), *usual]) != 0
