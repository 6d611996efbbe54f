"""Every kind of small twin that a family names is one that its own code takes and draws with."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.core.score import Picture
from uncaged.engines import registry
from uncaged.studio import adding, twins

KINDS = [(name, kind) for name, family in twins.having().items() for kind in family.twins]
STEPS = {"pyramid-flow": {"steps": "1", "first_steps": "1"}}


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """Two pictures, by their SHA-256."""
    found: dict[str, Path] = {}
    for tone in (60, 200):
        path = tmp_path / f"{tone}.png"
        Image.fromarray(np.full((64, 64, 3), tone, np.uint8)).save(path)
        found[sha256(path.read_bytes()).hexdigest()] = path
    return found


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_each_kind_can_be_added_and_draws(
    name: str, kind: str, tmp_path: Path, pictures: dict[str, Path]
) -> None:
    folder = twins.write(name, tmp_path / "twin", 1, kind)
    assert adding.offered(folder).family == name
    kind_of: Any = type(registry.families()[name])
    engine = kind_of(folder)
    given = [Picture(sha, at) for sha, at in zip(pictures, (0, 1), strict=True)]
    needs = getattr(engine, "needs", 0)
    assert (needs > 0) == ("picture" in kind)
    score = engine.score(
        "a bird",
        size=(64, 64),
        seconds=0.25,
        options=STEPS.get(name, {"steps": 1}),
        pictures=tuple(given[:needs]),
    )
    film = list(engine.perform(score, files=pictures))
    assert len(film) == score.frame_count and film[0].shape == (64, 64, 3)
