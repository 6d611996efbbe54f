"""How long a run will probably take: from what such runs took, and never far beyond what is known."""

from typing import Any

import pytest

from uncaged.core.score import ModelRef, Score, Shot
from uncaged.queue.estimate import FARTHEST, LEAST, PACE, estimate, pixels


def a_score(side: int, seconds: float = 2.0) -> Score:
    return Score((Shot("a bird", seconds),), ModelRef("echo"), (side, side), 12.0, 7)


def made(world: Any, seconds: float, count: int = 1) -> None:
    for n in range(count):
        run = world.ask(f"film {n}")
        world.claim(run.id)
        assert world.complete(run, content=b"x", measured_seconds=seconds)


def test_nothing_known_is_a_guess_by_pixels(world: Any) -> None:
    with world.archive.read() as conn:
        assert estimate(conn, a_score(1024)) == pytest.approx(pixels(a_score(1024)) * PACE)
        assert estimate(conn, a_score(16, 0.25)) == LEAST


def test_the_same_again_takes_as_long(world: Any) -> None:
    made(world, 3.0, 5)
    made(world, 90.0)
    with world.archive.read() as conn:
        assert estimate(conn, a_score(64)) == pytest.approx(3.0)
        assert estimate(conn, a_score(128)) == pytest.approx(12.0)


def test_a_few_small_slow_films_say_little_of_a_large_one(world: Any) -> None:
    made(world, 3.0, 6)
    with world.archive.read() as conn:
        assert estimate(conn, a_score(1024, 60.0)) <= 3.0 * FARTHEST
