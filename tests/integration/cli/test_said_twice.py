"""An option is said once: of two values nobody could tell which was meant."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("--option", "steps=3", "--option", "steps=4"), "steps"),
        (("--guidance", "3", "--option", "guidance=4"), "guidance"),
        (("--label", "bird=1", "--label", "bird=2"), "bird"),
        (("--label", "bird=1", "--option", "labels=fish=1"), "labels"),
    ],
)
def test_what_is_said_twice_is_refused(
    uncaged: Callable[..., Any], words: tuple[str, ...], name: str
) -> None:
    done = uncaged("make", "a bird", "--model", "seedling", *words)
    assert done.returncode == 2
    assert name in done.stderr and "is said twice" in done.stderr
