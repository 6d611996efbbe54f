"""Tiny models of each family with random weights, and films made with them from end to end."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.order import Event, Order
from uncaged.core.score import Score
from uncaged.engines.pyramid.engine import PyramidFlow

STEPS: dict[str, Any] = {"first_steps": "2", "steps": "1 1 2"}


@pytest.fixture(scope="session")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A folder of each family."""
    found = {family: tmp_path_factory.mktemp(family) for family in ("miniflux", "mmdit")}
    for family, folder in found.items():
        PyramidFlow().twin(folder, 3, family)
    return found


@pytest.fixture(scope="session")
def scored() -> Callable[..., Score]:
    """A score of 17 frames of 64×64, three latent frames, but for what is said."""

    def score(engine: PyramidFlow, text: str = "a red bird", **given: Any) -> Score:
        options = STEPS | given.pop("options", {})
        wanted: dict[str, Any] = {"size": (64, 64), "seconds": 17 / 24, "seed": 7, **given}
        return engine.score(text, options=options, **wanted)

    return score


@pytest.fixture(scope="session")
def made(scored: Callable[..., Score]) -> Callable[..., Any]:
    """The frames of such a score: (F, height, width, 3). The performances of a folder are opened once."""
    opened: dict[Path, Any] = {}

    def make(folder: Path, files: Mapping[str, Path] | None = None, **given: Any) -> Any:
        engine = PyramidFlow(folder)
        if folder not in opened:
            opened[folder] = engine.open({})
        order = ordered(scored(engine, **given), files)
        return np.stack(
            [event.pixels for event in opened[folder].perform(order) if is_frame(event)]
        )

    return make


@pytest.fixture(scope="session")
def order() -> Callable[..., Order]:
    """See `ordered`."""
    return ordered


def ordered(score: Score, files: Mapping[str, Path] | None = None, *, quiet: bool = True) -> Order:
    """An order of a score, which nobody watches."""
    named = {key: str(path) for key, path in (files or {}).items()}
    return Order("r_" + "a" * 12, 0, score, named, quiet=quiet)


def is_frame(event: Event) -> bool:
    """Whether it is a frame."""
    return type(event).__name__ == "Frame"
