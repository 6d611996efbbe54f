"""From latents to frames: piece after piece it is the film that it is whole; in tiles it is nearly so, and said."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl_mochi import AutoencoderKLMochi

from uncaged.core import machine
from uncaged.core.errors import Impossible
from uncaged.core.order import Event, Frame, Noted, Order, Understood
from uncaged.core.score import Score
from uncaged.engines import fitting
from uncaged.engines import frames as framing
from uncaged.engines.diffusion import cogvideox, ltx, mochi, wan
from uncaged.engines.diffusion.decoding import decoded, one_after_another
from uncaged.engines.diffusion.families import FAMILIES, CogVideoX, Wan
from uncaged.engines.open_model import OpenModel
from uncaged.engines.pyramid.engine import PyramidFlow

NETWORKS: dict[str, Any] = {
    "cogvideox": cogvideox.CogVideoX,
    "ltx": ltx.LTXVideo,
    "mochi": mochi.Mochi,
    "wan": wan.Wan,
}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("decoding")
    found = {family.name: place / family.name for family in (*FAMILIES, PyramidFlow)}
    for family in (*FAMILIES, PyramidFlow):
        family().twin(found[family.name], 3)
    return found


def opened(twins: dict[str, Path], name: str) -> Any:
    return NETWORKS[name](twins[name], torch.float32, "cpu")


def latents(networks: Any, frames: int, size: tuple[int, int], seed: int = 1) -> torch.Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(networks.shape(frames, size), generator=chance)


def whole(networks: Any, x: torch.Tensor, count: int) -> list[Any]:
    """As the coder's own library decodes it."""
    if isinstance(networks, cogvideox.CogVideoX):
        coded = x.permute(1, 0, 2, 3)[None] / networks.vae.config["scaling_factor"]
    else:
        coded = networks._scale.coded(x).transpose(0, 1)[None]
    return list(framing.pixels(decoded(networks.vae, coded)[:, :count]))


@pytest.mark.parametrize("name", ["cogvideox", "mochi", "wan"])
@pytest.mark.parametrize("frames", [1, 5, 9, 12, 17])
def test_pieces_are_the_whole_also_beside_another_film(
    twins: dict[str, Path], name: str, frames: int
) -> None:
    networks = opened(twins, name)
    mine, other = (latents(networks, frames, (64, 64), seed) for seed in (1, 2))
    wanted = whole(networks, mine, frames)
    coming = networks.frames(mine, frames)
    meanwhile = networks.frames(other, frames)
    found: list[Any] = []
    for one in coming:
        found.append(one)
        next(meanwhile, None)
        list(networks.frames(other[:1], 1))  # and somebody looks at a preview
    assert len(found) == frames
    if name == "mochi":  # whose sums are rounded elsewhere: see below
        assert np.abs(np.subtract(found, wanted, dtype=float)).max() <= 1
    else:
        assert np.array_equal(found, wanted)
    assert len({one.tobytes() for one in found}) > frames / 2 - 1  # they differ


def test_pieces_of_mochi_are_what_its_library_decodes_but_for_rounding(
    twins: dict[str, Path],
) -> None:
    """By the library's own coder, whose convolutions remember nothing."""
    networks = opened(twins, "mochi")
    x = networks._scale.coded(latents(networks, 19, (64, 64))).transpose(0, 1)[None]
    stock: Any = AutoencoderKLMochi.from_pretrained(twins["mochi"] / "vae")
    with torch.inference_mode():
        meant = stock.decode(x).sample[0]
        assert torch.equal(networks.vae.decode(x).sample[0], meant), "whole it answers as before"
        found = torch.cat(list(one_after_another(networks.vae, x)), 1)
    assert found.shape == meant.shape == (3, 19, 64, 64)
    assert float((found - meant).abs().max() / meant.std()) < 1e-4
    again = torch.cat(list(one_after_another(networks.vae, x[:, :, :2])), 1)
    assert torch.equal(again, found[:, :7]), "what comes later changes nothing"


@pytest.mark.parametrize(("name", "pieces"), [("wan", 5), ("mochi", 4)])
def test_the_first_frames_come_before_the_last_are_decoded(
    twins: dict[str, Path], name: str, pieces: int
) -> None:
    networks = opened(twins, name)
    asked: list[int] = []
    networks.vae.decoder.register_forward_pre_hook(lambda *_: asked.append(1))
    coming: Iterator[Any] = networks.frames(latents(networks, 17, (64, 64)), 17)
    next(coming)
    assert len(asked) == 1
    assert len(list(coming)) == 16 and len(asked) == pieces


class TestTiles:
    """Where memory is short."""

    @pytest.mark.parametrize("name", sorted(NETWORKS))
    def test_they_are_nearly_the_same_film_and_nobody_else_gets_them(
        self, twins: dict[str, Path], name: str
    ) -> None:
        networks = opened(twins, name)
        size = {"ltx": (544, 512), "cogvideox": (384, 240)}.get(name, (272, 256))
        x = latents(networks, 1, size)
        before = np.stack(list(networks.frames(x, 1))).astype(float)
        tiled = np.stack(list(networks.frames(x, 1, tiled=True))).astype(float)
        after = np.stack(list(networks.frames(x, 1))).astype(float)
        assert tiled.shape == before.shape and np.array_equal(before, after)
        assert 0 < np.abs(tiled - before).mean() < 0.25 * before.std() + 1

    def score(self, engine: OpenModel) -> Score:
        side = 64 * 8
        return engine.score("a", size=(side, side), seconds=1 / 8, fps=8, options=self.few(engine))

    @staticmethod
    def few(engine: OpenModel) -> dict[str, Any]:
        return {"steps": 1} | ({"first_steps": 1} if isinstance(engine, PyramidFlow) else {})

    @pytest.mark.parametrize("family", [CogVideoX, Wan, PyramidFlow])
    def test_they_are_chosen_before_a_film_is_refused_and_named(
        self, twins: dict[str, Path], family: type[OpenModel], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine: Any = family(twins[family.name])
        score = self.score(engine)
        monkeypatch.setattr(machine, "card_memory", lambda: None)
        own, tiles = self.bounds(engine, score, monkeypatch)
        assert tiles < own
        monkeypatch.setattr(machine, "memory", lambda: own)
        assert not engine.in_tiles(score)
        monkeypatch.setattr(machine, "memory", lambda: own - 1)
        assert engine.in_tiles(score)
        engine.ready(score)
        told, noted, frames = self.performed(engine, score)
        assert "tiles" in told and noted["decoded"] == fitting.TILES and frames == 1
        monkeypatch.setattr(machine, "memory", lambda: tiles - 1)
        with pytest.raises(Impossible, match="memory"):
            engine.ready(score)
        monkeypatch.setattr(machine, "memory", lambda: own)
        told, noted, frames = self.performed(engine, score)
        assert "tiles" not in told and "decoded" not in noted and frames == 1

    @staticmethod
    def bounds(engine: Any, score: Score, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
        """The least memory in which a film is decoded whole, and in tiles."""
        monkeypatch.setattr(machine, "card_memory", lambda: None)
        weighed: fitting.Weighed = engine.weighed(score)
        work = weighed.work(weighed.film)
        base = fitting.opening(weighed.numbers, fitting.place())
        whole, tiles = (base + work.bytes(4, tiled=tiled) for tiled in (False, True))
        return math.ceil(whole), math.ceil(tiles)

    @staticmethod
    def performed(engine: Any, score: Score) -> tuple[str, dict[str, str], int]:
        events: list[Event] = list(engine.open({}).perform(Order("r", 1, score, quiet=True)))
        noted: dict[str, str] = {}
        for one in events:
            noted |= one.facts if isinstance(one, Noted) else {}
        said = next(one.sentence for one in events if isinstance(one, Understood))
        return said, noted, sum(isinstance(one, Frame) for one in events)
