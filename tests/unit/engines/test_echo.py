"""`echo`: a real engine, so that what holds for it holds for the others."""

import numpy as np

import uncaged
from uncaged.engines.echo import bars
from uncaged.engines.registry import DEFAULT, engines


def test_it_performs_without_an_archive() -> None:
    echo = uncaged.engine("echo")
    score = echo.score("hello", seconds=1, size=(64, 32), fps=4)
    one, other = list(echo.perform(score)), list(echo.perform(score))
    assert len(one) == 4
    assert all(frame.shape == (32, 64, 3) and frame.dtype == np.uint8 for frame in one)
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert not np.array_equal(one[0], one[2])


def test_another_text_is_another_film() -> None:
    echo = uncaged.engine("echo")
    one, other = (next(iter(echo.perform(text, size=(64, 32)))) for text in ("a", "b"))
    assert not np.array_equal(one, other)


def test_a_position_is_where_it_stands() -> None:
    echo = uncaged.engine("echo")
    score = echo.score("a", size=(64, 32), seconds=1)
    genome = echo.genome(score)
    moved = score.evolve(position=genome.evolve({"shift": 3.0}).to_json())
    frames = list(echo.perform(moved))
    assert np.array_equal(frames[12], bars((64, 32), genome.evolve({"shift": 3.0}), 12 / 24))


def test_wild_numbers_do_something() -> None:
    echo = uncaged.engine("echo")
    for shift in (-1e308, -5, 0, 1e-300, 1e308):
        for frame in echo.perform("a", size=(64, 32), seconds=0.1, options={"shift": shift}):
            assert frame.shape == (32, 64, 3)


def test_ink_is_the_default_and_comes_first() -> None:
    assert next(iter(engines())) == DEFAULT == "ink"
