"""Two variants of one model: one is open, and a second only as long as films are drawn with both."""

import shutil
import weakref
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch import nn

from uncaged.core.errors import TooLittleMemory
from uncaged.core.order import Event, Frame, Order, Progress
from uncaged.core.score import Score
from uncaged.engines import devices, narrowing
from uncaged.engines.open_model import INT8
from uncaged.engines.precision import Numbers, Opening
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.pyramid.networks import Networks
from uncaged.engines.pyramid.performing import PyramidPerformance
from uncaged.engines.pyramid.weights import Published

Begun = Callable[[str], Iterator[Event]]
SMALL, LARGE = "64p", "128p"


@pytest.fixture(scope="module")
def folder(twins: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    two = shutil.copytree(twins["miniflux"], tmp_path_factory.mktemp("two") / "model")
    other = tmp_path_factory.mktemp("other")
    PyramidFlow().twin(other, 4)
    shutil.copytree(
        other / f"diffusion_transformer_{SMALL}", two / f"diffusion_transformer_{LARGE}"
    )
    return two


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, "weakref.ref[nn.Module]"]]:
    """Every network that draws, as it is opened: how many others were there just then, and it."""
    found: list[tuple[int, weakref.ref[nn.Module]]] = []
    plain = Published.transformer

    def transformer(own: Published, *given: Any) -> nn.Module:
        there = alive(found)
        net = plain(own, *given)
        found.append((there, weakref.ref(net)))
        return net

    monkeypatch.setattr(Published, "transformer", transformer)
    return found


def alive(opened: list[tuple[int, "weakref.ref[nn.Module]"]]) -> int:
    return sum(one() is not None for _there, one in opened)


@pytest.fixture
def engine(folder: Path) -> PyramidFlow:
    return PyramidFlow(folder)


@pytest.fixture
def performance(engine: PyramidFlow, opened: Any) -> PyramidPerformance:
    assert not opened
    return engine.open({})


@pytest.fixture
def begun(
    engine: PyramidFlow,
    performance: PyramidPerformance,
    scored: Callable[..., Score],
    order: Callable[..., Order],
) -> Begun:
    """A film of a variant, in the middle of its drawing."""

    def begin(variant: str) -> Iterator[Event]:
        film = performance.perform(order(scored(engine, options={"variant": variant})))
        assert any(isinstance(event, Progress) and event.done == 1 for event in film)
        return film

    return begin


def rest(film: Iterator[Event]) -> Any:
    return np.stack([event.pixels for event in film if isinstance(event, Frame)])


def test_the_one_that_nobody_needs_is_closed_first(begun: Begun, opened: Any) -> None:
    assert [there for there, _net in opened] == [0]
    for variant in (SMALL, LARGE, LARGE, SMALL):
        rest(begun(variant))
        assert alive(opened) == 1
    assert [there for there, _net in opened] == [0, 0, 0]


def test_both_stay_as_long_as_films_are_drawn_with_both(begun: Begun, opened: Any) -> None:
    wanted = [rest(begun(variant)) for variant in (SMALL, LARGE)]
    del opened[:]
    films = [begun(variant) for variant in (SMALL, LARGE, SMALL, LARGE)]
    assert alive(opened) == len(opened) == 2, "a third was opened"
    for film, alone in zip(films, [*wanted, *wanted], strict=True):
        assert (rest(film) == alone).all()
    del films, film
    rest(begun(SMALL))
    assert alive(opened) <= 1


def test_where_there_is_no_room_for_both_the_second_waits(
    begun: Begun, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = rest(begun(SMALL))
    film = begun(SMALL)
    left = {1: 0, 0: 10**9}  # beside one, and alone
    monkeypatch.setattr(devices, "left", lambda _place: left[alive(opened)])
    with pytest.raises(TooLittleMemory, match="pyramid-flow"):
        begun(LARGE)
    assert (rest(film) == alone).all(), "it lives on"
    del film
    assert rest(begun(LARGE)).shape == alone.shape
    assert [there for there, _net in opened] == [0, 0]


def test_a_second_one_is_held_in_8_bits_as_the_first_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = Networks.opened(folder, Opening("", 0, "cpu"))
    found: list[bool] = []

    def transformer(own: Published, variant: str, *_given: Any) -> nn.Module:
        net = own.empty(variant)
        found.append(bool(narrowing.names(net)))
        return net

    monkeypatch.setattr(Published, "transformer", transformer)
    networks.transformer(LARGE)
    networks.numbers = Numbers(INT8)
    networks.transformer(SMALL)
    assert found == [False, True]
