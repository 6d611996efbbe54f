"""A model that stays open changes its adapters from film to film, and from question to question, each run its own."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from uncaged.core.adapters import read
from uncaged.core.errors import AskedWrong
from uncaged.core.order import Event, Frame, Order, PositionFound
from uncaged.engines.adapters.opened import STAY
from uncaged.engines.diffusion.families import CogVideoX, Wan
from uncaged.engines.pyramid.engine import PyramidFlow

FAMILIES: dict[str, Any] = {"cogvideox": CogVideoX, "wan": Wan, "pyramid-flow": PyramidFlow}
FILM: dict[str, Any] = {"seconds": 0.02, "seed": 3}
MADE: dict[str, dict[str, Any]] = {
    "cogvideox": {"size": (64, 64), "options": {"steps": 3}},
    "wan": {"size": (64, 64), "options": {"steps": 3}},
    "pyramid-flow": {"size": (128, 64), "options": {"steps": "2", "first_steps": "2"}},
}


class Stage:
    """An opened twin, and two adapters of it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.engine = name, FAMILIES[name]()
        self.engine.twin(folder / "model", 4)
        self.engine = FAMILIES[name](folder / "model")
        self.performance = self.engine.open({})
        nets = self.engine.adaptable(folder / "model")
        self.folders = dict(
            self._adapter(folder / one, nets, n) for n, one in enumerate("abcdefghijk")
        )
        self.hashes = list(self.folders)

    def _adapter(self, folder: Path, nets: Any, seed: int) -> tuple[str, str]:
        chance = torch.Generator().manual_seed(seed)
        arrays = {
            f"{name.removesuffix('.weight')}.lora_{side}.weight": torch.randn(
                shape, generator=chance
            )
            * 0.5
            for name, (high, wide, *_) in (
                (name, shape)
                for name, shape in next(iter(nets.values())).items()
                if len(shape) == 2
            )
            if name.endswith(("to_q.weight", "to_v.weight", "net.2.weight", "proj_out.weight"))
            for side, shape in (("A", (2, wide)), ("B", (high, 2)))
        }
        folder.mkdir()
        save_file(arrays, folder / "adapter.safetensors")
        return sha256(folder.name.encode()).hexdigest(), str(folder)

    def order(self, *weights: float, position: Any = None, more: str = "") -> Order:
        said = " ".join(
            f"n{n}@{self.hashes[n]}={weight}"
            for n, weight in enumerate(weights)
            if weight is not None
        )
        made = MADE[self.name]
        options = {**made["options"], "adapters": f"{said} {more}"}
        score = self.engine.score(
            "a bird", **FILM, **{**made, "options": options}, position=position
        )
        return Order("r_" + "a" * 12, 0, score, quiet=True, adapters=self.folders)

    def plays(self, order: Order) -> Iterator[Event]:
        return self.performance.perform(order)

    def film(self, *weights: float, **more: Any) -> np.ndarray[Any, Any]:
        return frames(self.plays(self.order(*weights, **more)))


def frames(events: Any) -> np.ndarray[Any, Any]:
    return np.stack([event.pixels for event in events if isinstance(event, Frame)])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Stage]:
    found: dict[str, Stage] = {}

    def of(name: str) -> Stage:
        if name not in found:
            found[name] = Stage(name, tmp_path_factory.mktemp(name))
        return found[name]

    return of


@pytest.mark.parametrize("name", FAMILIES)
def test_each_film_has_its_own_also_question_by_question(
    stage: Callable[[str], Stage], name: str
) -> None:
    own = stage(name)
    asked: Sequence[tuple[float, ...]] = ((), (0.8,), (0.8, -1.5))
    alone = [own.film(*weights) for weights in asked]
    for n, film in enumerate(alone):
        assert all(not np.array_equal(film, other) for other in alone[:n])
    assert np.array_equal(own.film(0.0, 0.0), alone[0])  # exactly the model without them
    playing = [own.plays(own.order(*weights)) for weights in asked]
    seen: list[list[Event]] = [[] for _ in playing]
    left = list(range(len(playing)))
    while left:  # one event of each after the other
        for n in list(left):
            event = next(playing[n], None)
            if event is None:
                left.remove(n)
            else:
                seen[n].append(event)
    assert all(np.array_equal(frames(seen[n]), film) for n, film in enumerate(alone))
    broken_off = own.plays(own.order(5.0))
    for _ in range(4):
        next(broken_off)
    assert np.array_equal(own.film(), alone[0])  # meanwhile
    broken_off.close()  # type: ignore[attr-defined] - what performs is a generator
    assert np.array_equal(own.film(), alone[0])


@pytest.mark.parametrize("name", FAMILIES)
def test_it_acts_on_weights_of_8_bits(stage: Callable[[str], Stage], name: str) -> None:
    own = stage(name)
    whole, narrow = own.performance, FAMILIES[name](own.engine.home())
    narrow.compute_with("int8")
    with_it = own.film(0.8)
    own.performance = narrow.open({})
    try:
        without, short = own.film(), own.film(0.8)
        assert np.array_equal(own.film(0.0), without)
    finally:
        own.performance = whole
    assert own.performance is whole and not np.array_equal(short, without)
    far = np.abs(short.astype(float) - with_it).mean()
    assert far < np.abs(without.astype(float) - with_it).mean()


def test_how_strong_it_is_is_a_gene(stage: Callable[[str], Stage]) -> None:
    own = stage("cogvideox")
    engine, order = own.engine, own.order(0.8)
    place = next(event for event in own.plays(order) if isinstance(event, PositionFound)).position
    assert place["genes"]["adapter n0"] == 0.8
    inherited = engine.inherited(order.score.options, own.order(0.1, 4.0).score.options)
    assert inherited["adapters"] == f"n0@{own.hashes[0]} n1@{own.hashes[1]}"
    child = engine.mutate(engine.genome(order.score), 1.0, 7)
    strong = child.genes["adapter n0"]
    assert strong != 0.8 and engine.distance(engine.genome(order.score), child) > 0
    moved = own.order(position=child.to_json(), more=f"n0@{own.hashes[0]}")
    assert [one.weight for one in engine.adapters(moved.score)] == [strong]
    said = own.order(-2.0, position=child.to_json())  # what somebody says beats the position
    assert [one.weight for one in engine.adapters(said.score)] == [-2.0]
    crossed = engine.cross(child, engine.genome(own.order(0.1, 4.0).score), 3)
    assert crossed.genes["adapter n0"] in (strong, 0.1) and crossed.genes["adapter n1"] in (
        0.0,
        4.0,
    )
    half = engine.between(child, engine.genome(own.order().score), 0.5)
    assert half.genes["adapter n0"] == pytest.approx(strong / 2)


def test_those_asked_for_last_stay_read(stage: Callable[[str], Stage]) -> None:
    own = stage("cogvideox")
    kept: Any = own.performance._adapters  # pyright: ignore[reportPrivateUsage] - what is read shows in no film
    nets = own.performance.denoiser.networks
    chosen = [read(f"n{n}@{one}=1")[0] for n, one in enumerate(own.hashes)]
    kept.of(chosen, own.folders, nets)
    assert len(kept._read) == len(chosen) > STAY
    kept.of(chosen[:1], own.folders, nets)
    left = [key[0] for key in kept._read]
    assert len(left) == STAY and left[-1] == chosen[0].hash
    with pytest.raises(AskedWrong, match="adapter gone is not here"):
        kept.of(read(f"gone@{'f' * 64}=1"), own.folders, nets)
    assert kept.of(read(f"gone@{'f' * 64}=0"), own.folders, nets)  # counts for nothing


def test_one_of_two_networks(tmp_path: Path) -> None:
    """Wan 2.2: one draws while much is open, the other what is left. All are meant where nobody says."""
    from uncaged.engines.diffusion.wan import twin

    twin(tmp_path / "two", 2, boundary_ratio=0.9)
    engine = Wan(tmp_path / "two")
    assert list(engine.adaptable(tmp_path / "two")) == ["transformer", "transformer_2"]
    performance = engine.open({})
    layers = engine.adaptable(tmp_path / "two")["transformer"]
    key, (high, wide) = next(
        (key, shape) for key, shape in layers.items() if key.endswith("to_q.weight")
    )
    save_file(
        {key.replace(".weight", ".diff"): torch.ones(high, wide)}, tmp_path / "adapter.safetensors"
    )

    def film(said: str) -> np.ndarray[Any, Any]:
        options = {"steps": 4, "adapters": said}
        score = engine.score("a bird", **FILM, size=(64, 64), options=options)
        return frames(
            performance.perform(
                Order("r_" + "a" * 12, 0, score, quiet=True, adapters={"e" * 64: str(tmp_path)})
            )
        )

    named = [f"a{network}@{'e' * 64}=1" for network in ("", ":transformer", ":transformer_2")]
    films = [film(said) for said in ("", *named, f"{named[1]} {named[2]}")]
    assert np.array_equal(films[1], films[4])
    assert all(not np.array_equal(films[a], films[b]) for a in range(4) for b in range(a))
    with pytest.raises(AskedWrong, match="no network called third"):
        film(f"a:third@{'e' * 64}=1")


def test_what_was_compiled_is_asked_as_it_was_written(stage: Callable[[str], Stage]) -> None:
    own = stage("cogvideox")
    net = own.performance.denoiser.net
    wanted, plain = own.film(0.8), own.film()
    for block in net.transformer_blocks:
        block.compile(backend="eager")
    try:
        assert np.array_equal(own.film(), plain)
        assert np.array_equal(own.film(0.8), wanted)
        assert np.array_equal(own.film(), plain)
    finally:
        for block in net.transformer_blocks:
            block._compiled_call_impl = None
