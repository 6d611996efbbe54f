"""How long a run will probably take: from what such runs took, and never far beyond what is known."""

import math
from typing import Any

import pytest

from uncaged.archive import runs
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.registry import engine
from uncaged.queue.estimate import FARTHEST, LEAST, LOOKED_AT, PACE, Past, cost, estimate, expected


def a_score(side: int, seconds: float = 2.0) -> Score:
    return Score((Shot("a bird", seconds),), ModelRef("echo"), (side, side), 12.0, 7)


def made(world: Any, seconds: float, count: int = 1) -> None:
    for n in range(count):
        run = world.ask(f"film {n}")
        world.claim(run.id)
        assert world.complete(run, content=b"x", measured_seconds=seconds)


def test_nothing_known_is_a_guess_by_pixels(world: Any) -> None:
    with world.archive.read() as conn:
        assert estimate(conn, a_score(1024)) == pytest.approx(a_score(1024).pixels * PACE)
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


def test_many_short_films_do_not_make_a_long_one_seem_short(world: Any) -> None:
    with world.archive.write() as conn:
        asked = runs.Asked(new_id("run"), new_id("work"), world.me, a_score(512))
        long = runs.ask(conn, asked, world.clock.now())
    world.claim(long.id)
    assert world.complete(long, content=b"x", measured_seconds=100.0)
    made(world, 0.5, LOOKED_AT + 10)
    with world.archive.read() as conn:
        assert estimate(conn, a_score(512)) > 50.0
        assert estimate(conn, a_score(64)) == pytest.approx(0.5)


def test_a_crowd_takes_longer_than_one_body_did() -> None:
    ink = engine("ink")
    bird, crowd = ink.score("a slow bird"), ink.score("forty lanterns")
    known = Past(tuple((cost(bird), 8.0 + n / 100) for n in range(15)))
    assert expected(known, bird) == pytest.approx(8.0, rel=0.02)
    assert 3 * 8.0 < expected(known, crowd) <= FARTHEST * 8.1
    assert expected(Past(), bird) < expected(Past(), crowd) <= FARTHEST * expected(Past(), bird)
    assert expected(Past(((cost(crowd), 40.0),)), crowd) == pytest.approx(40.0)
    assert expected(Past(((cost(crowd), 40.0),)), bird) < 15.0


def test_what_an_engine_says_of_its_cost_need_not_be_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score = a_score(512)
    for said in (math.nan, math.inf, -math.inf):
        monkeypatch.setattr(type(engine("echo")), "cost", lambda _self, _score, said=said: said)
        assert cost(score) == score.pixels
    monkeypatch.setattr(type(engine("echo")), "cost", lambda _self, _score: -3.0)
    assert 0 < cost(score) < 1e-5
    gone = Score((Shot("a bird", 2.0),), ModelRef("gone"), (64, 64), 12.0, 7)
    assert cost(gone) == gone.pixels
