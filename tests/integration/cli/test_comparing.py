"""`uncaged compare`: the same words by several models, what each made of them and took for it."""

import json
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from uncaged.cli.comparing import table
from uncaged.cli.main import run
from uncaged.core.clock import SystemClock
from uncaged.studio.comparing import Beside
from uncaged.studio.studio import Studio

Run = Callable[..., Any]
TINY = ("--size", "64x64", "--seconds", "0.5", "--fps", "8", "--seed", "3")


def test_each_makes_the_nearest_that_it_can(uncaged: Run) -> None:
    asked = uncaged("compare", "a red fish", "--models", "echo,ink,seedling", *TINY, "--json")
    assert asked.returncode == 0
    assert "seedling: It makes 256x256." in asked.stderr and "uncaged steward" in asked.stderr
    group = json.loads(asked.stdout)
    assert [(one["model"], one["made"]) for one in group["models"]] == [
        ("echo", 0),
        ("ink", 0),
        ("seedling", 0),
    ]
    assert group["models"][0]["size"] == [64, 64] and group["models"][2]["film"] == 2
    info = json.loads(uncaged("info", group["id"], "--json").stdout)
    assert info["kind"] == "compare"
    assert {(part["text"], part["seed"]) for part in info["parts"]} == {("a red fish", 3)}


def test_what_each_took_stands_side_by_side(uncaged: Run) -> None:
    few = ("--models", "echo,ink,echo", "--each", "2")
    group = json.loads(uncaged("compare", "a bird", *few, *TINY, "--json").stdout)
    assert len(group["models"]) == 2  # named twice is once
    assert uncaged("steward").returncode == 0
    again = json.loads(uncaged("compare", group["id"], "--json").stdout)
    for one in again["models"]:
        assert one["made"] == one["asked"] == 2 and len(one["seconds"]) == 2 and one["mean"] > 0
    spreads = {one["model"]: one["spread"] for one in again["models"]}
    assert (
        spreads["echo"] == 1.0 and 1 < spreads["ink"] <= 2
    )  # bars differ by a number that is no gene
    told = uncaged("compare", group["id"]).stdout
    assert f"spread {spreads['ink']:.1f}" in told
    assert "4 of 4 made" in told and "■" in told and "0.5 s, 64x64" in told


def test_the_line_of_a_model() -> None:
    quick = Beside("echo", 2, (0.1, 0.3), 0.5, (64, 64))
    slow = Beside("slow-one", 1, (2.0,), 6, (512, 288))
    none = Beside("later", 1, (), 1, (64, 64))
    lost = Beside("lost", 2, (), 1, (64, 64), ended=1, why="No room.")
    half = Beside("half", 2, (1.0,), 1, (64, 64), ended=1)
    assert (none.waits, lost.waits, half.waits) == (1, 1, 0)
    ended = table([lost, half]).splitlines()
    assert "1 of 2 came to nothing: No room." in ended[0] and "not made" not in ended[0]
    assert "1.0 s" in ended[1] and ended[1].endswith("1 of 2 came to nothing")
    said = table([quick, slow, none]).splitlines()
    assert "0.2 s" in said[0] and said[0].endswith("0.1 to 0.3 s") and said[0].count("■") == 2
    assert said[1].count("■") == 20 and "to" not in said[1].partition("x")[2]
    assert said[2].endswith("not made yet")


def test_it_says_its_name_at_once_and_how_far_it_is(
    uncaged: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A steward lives: here it performs while whoever compares looks away for a moment."""
    performs = threading.Event()

    def look_away(_clock: SystemClock, _seconds: float) -> None:
        if not performs.is_set():
            performs.set()
            assert run(["steward"]) == 0

    monkeypatch.setattr(Studio, "performed_now", lambda _studio: True)
    monkeypatch.setattr(SystemClock, "sleep", look_away)
    done = uncaged("compare", "a bird", "--models", "echo,ink", *TINY)
    assert done.returncode == 0 and "2 of 2 made" in done.stdout
    named, far, *_ = done.stderr.splitlines()
    assert named.startswith("group g_") and named.endswith("2 films in line")
    assert "0 of 2 made, 2 in line" in far and named.split()[1].rstrip(":") in done.stdout


def test_ctrl_c_leaves_one_with_the_group_s_name(
    uncaged: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_clock: SystemClock, _seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Studio, "performed_now", lambda _studio: True)
    monkeypatch.setattr(SystemClock, "sleep", pressed)
    done = uncaged("compare", "a bird", "--models", "echo,ink", *TINY)
    (last,) = re.findall(r"compare (g_\w+)", done.stderr)
    assert done.returncode == 130 and "Nothing is cancelled" in done.stderr
    assert json.loads(uncaged("info", last, "--json").stdout)["parts"][0]["state"] == "queued"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--models", "ink"), "2 to 12 models, not 1"),
        ((), "2 to 12 models, not 0"),
        (("--models", "ink,inc"), "no model called inc"),
        (("--models", "ink,echo", "--each", "0"), "not 0"),
        (("--models", "ink,echo", "--size", "none"), "size"),
    ],
)
def test_what_cannot_be_compared(uncaged: Run, words: tuple[str, ...], says: str) -> None:
    done = uncaged("compare", "a bird", *words)
    assert done.returncode == 2 and says in done.stderr
    assert json.loads(uncaged("works", "--json").stdout) == []


def test_a_group_has_its_models(uncaged: Run) -> None:
    done = uncaged("compare", "g_" + "a" * 12, "--models", "ink,echo")
    assert done.returncode == 2 and "models already" in done.stderr
    assert uncaged("compare", "g_" + "a" * 12).returncode == 2
