"""`echo`: a real engine, so that what holds for it holds for the others."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_a_broken_plug_in_does_not_stop_the_others(tmp_path: Path) -> None:
    """In a process of its own, since plug-ins are looked for once."""
    info = tmp_path / "broken-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\nbad = no_such_module\n")
    code = "from uncaged.engines.registry import *; print(list(engines()), dict(broken_plugins()))"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("*", "engines, broken_plugins")],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "['ink', 'echo'" in done.stdout
    assert "no_such_module" in done.stdout
