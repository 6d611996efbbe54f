"""Runs of one opened model, an event of one after an event of another: each is what it is alone, to the last bit."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.order import Event, Frame, Order, PositionFound, Sound
from uncaged.core.score import Score
from uncaged.engines.base import Engine, Performance
from uncaged.engines.diffusion.families import FAMILIES
from uncaged.engines.ink.engine import Ink
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.seedling.engine import Seedling

OPEN = {family.name: family for family in (*FAMILIES, PyramidFlow)}


def order(letter: str, score: Score) -> Order:
    return Order("r_" + letter * 12, 1, score, quiet=False)


def kept(event: Event) -> Any:
    """What of an event makes a work."""
    if isinstance(event, Frame):
        return event.pixels
    if isinstance(event, Sound):
        return event.waves
    return event.position if isinstance(event, PositionFound) else None


def alone(performance: Performance, score: Score) -> list[Any]:
    return [kept(event) for event in performance.perform(order("a", score))]


def in_turn(performance: Performance, scores: list[Score]) -> list[list[Any]]:
    """An event of each, round after round; the last is cancelled in the middle."""
    going: dict[int, Iterator[Event]] = {
        n: performance.perform(order("abc"[n], score)) for n, score in enumerate(scores)
    }
    found: list[list[Any]] = [[] for _ in scores]
    for n in cycle(range(len(scores))):
        if not going:
            return found
        if n not in going:
            continue
        event = next(going[n], None)
        if event is None:
            del going[n]
            continue
        found[n].append(kept(event))
        if n == len(scores) - 1 and len(found[n]) == 4:
            going.pop(n).close()  # type: ignore[attr-defined] - what performs is a generator
    raise AssertionError


def same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b
        for a, b in zip(one, other, strict=True)
    )


def check(engine: Engine, performance: Performance, scores: list[Score]) -> None:
    wanted = [alone(performance, score) for score in scores[:2]]
    assert not same(*wanted)
    found = in_turn(performance, scores)
    assert [same(one, other) for one, other in zip(found, wanted, strict=False)] == [True, True]
    assert same(alone(performance, scores[0]), wanted[0])  # and nothing is left behind


@pytest.mark.parametrize("name", sorted(OPEN))
def test_open_models(name: str, tmp_path: Path) -> None:
    OPEN[name]().twin(tmp_path / "twin", 3)
    engine = OPEN[name](tmp_path / "twin")
    fps = float(engine.defaults["fps"])
    sizes = engine.capabilities.sizes or ((64, 64),)
    size = sizes[0] if engine.capabilities.sizes else (max(64, engine.capabilities.multiple),) * 2

    def score(text: str, seed: int, **options: Any) -> Score:
        given = {"steps": 3, **options}
        return engine.score(text, size=size, seconds=9 / fps, fps=fps, seed=seed, options=given)

    scores = [score("a red bird", 1), score("two fish", 2, guidance=-1.0), score("a cat", 3)]
    check(engine, engine.open({}), scores)


def test_seedling(tiny_seedling: Path) -> None:
    engine = Seedling(tiny_seedling)
    side = engine.defaults["size"]
    scores = [
        engine.score(text, size=side, seed=seed, options={"steps": 3})
        for seed, text in enumerate(("a red bird", "two fish", "a cat"), 1)
    ]
    check(engine, engine.open({}), scores)


def test_ink() -> None:
    engine = Ink()
    scores = [
        engine.score(text, size=(96, 96), seconds=0.5, seed=seed)
        for seed, text in enumerate(("a red bird", "two fish in the rain", "a cat"), 1)
    ]
    check(engine, engine.open({}), scores)
