"""A film that goes on, by its score: how many frames come, what is reckoned for them, and what is refused."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import Impossible
from uncaged.core.media import write_film
from uncaged.core.order import Frame, Order
from uncaged.core.score import Picture, Score, Shot
from uncaged.engines.fitting import Film
from uncaged.engines.pyramid.engine import PyramidFlow


@pytest.mark.parametrize("seconds", [0.3125, 0.3542])
def test_a_film_that_goes_on_has_as_many_frames_as_its_score(
    twins: Mapping[str, Path],
    scored: Callable[..., Score],
    order: Callable[..., Order],
    tmp_path: Path,
    seconds: float,
) -> None:
    """Each part by itself would round to one more."""
    engine = PyramidFlow(twins["miniflux"])
    performance = engine.open({})
    count = scored(engine, seconds=seconds).frame_count
    write_film([np.full((64, 64, 3), 90, np.uint8)] * count, tmp_path / "film.mp4", 24)
    before: dict[str, Any] = {"film": "a" * 64, "earlier": (Shot("a red bird", seconds),)}
    score = scored(engine, seconds=seconds, **before)
    asked = replace(order(score), files={"a" * 64: str(tmp_path / "film.mp4")})
    found = sum(isinstance(event, Frame) for event in performance.perform(asked))
    assert found == score.frame_count == 2 * count - 1
    assert engine.weighed(score).film == Film((64, 64), score.frames_new, held=count)
    with pytest.raises(Impossible, match="for the beginning"):
        scored(engine, seconds=seconds, pictures=(Picture("b" * 64),), **before)
