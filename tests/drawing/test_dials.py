"""Every dial of `ink` does something, and none does the same as another one."""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from uncaged.core.order import Order
from uncaged.engines.ink.engine import InkOptions, moving_of, reading_of
from uncaged.engines.registry import engine

SCENE = "two horses beside a small house, three birds over the hills"
SIDE, FIRST, FRAMES = 64, 20, 3

LEAST = 0.05
"""How long a dial's profile is at least, in the spread of each feature among pictures."""

ALIKE = 0.99
"""Cosine of two profiles from which on they are proportional."""

DIALS = tuple(name for name, field in InkOptions.model_fields.items() if field.json_schema_extra)


def measures() -> ModuleType:
    path = Path(__file__).parents[2] / "docs/ink/features.py"
    spec = spec_from_file_location("ink_features", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def measured(dial: str, value: float) -> Any:
    """The features of the scene with one dial at a value, in their spreads."""
    tools = measures()
    options = {dial: value} if dial else {}
    score = engine("ink").score(SCENE, seed=2, size=(SIDE, SIDE), seconds=2, options=options)
    moving = moving_of(score, reading_of(Order("", 0, score)).scene)
    return tools.features([moving.frame(FIRST + i) for i in range(FRAMES)]) / tools.SPREAD


@cache
def profile(dial: str) -> Any:
    """What both suggested ends of a dial change, one behind the other."""
    extra = InkOptions.model_fields[dial].json_schema_extra
    assert isinstance(extra, dict)
    ends: Any = extra["suggested"]
    plain = measured("", 0.0)
    still = InkOptions.model_fields[dial].default
    return np.concatenate(
        [0 * plain if end == still else measured(dial, end) - plain for end in ends]
    )


@pytest.mark.parametrize("dial", DIALS)
def test_a_dial_changes_something(dial: str) -> None:
    assert np.linalg.norm(profile(dial)) > LEAST


def test_no_dial_does_what_another_does() -> None:
    for one, other in combinations(DIALS, 2):
        a, b = profile(one), profile(other)
        cosine = abs(a @ b) / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-12)
        assert cosine <= ALIKE, (one, other, cosine)
