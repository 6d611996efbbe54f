"""Ctrl-C, and two at once: what somebody at a terminal does to the studio, seen from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLOW = ("--model", "echo", "--size", "64x64", "--seconds", "60", "--option", "pause=0.02")
QUICK = ("--size", "64x64", "--seconds", "0.5", "--json")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"UNCAGED_HOME": str(tmp_path / "home"), "TERM": "dumb"}


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "uncaged", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_frames(process: "subprocess.Popen[str]") -> None:
    """Until the first line of progress."""
    assert process.stderr is not None
    while "%" not in (line := process.stderr.readline()):
        assert line, "it ended before it began"


def states(environment: dict[str, str]) -> list[str]:
    process = start(environment, "works", "--all", "--json")
    out, _ = process.communicate(timeout=30)
    return [row["state"] for row in json.loads(out)]


def test_the_first_press_cancels_in_good_order(environment: dict[str, str], tmp_path: Path) -> None:
    process = start(environment, "make", "a", *SLOW)
    wait_for_frames(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "again to end at once" in err
    assert states(environment) == ["cancelled"]
    assert not (tmp_path / "home" / "scratch").exists()


def test_the_second_press_ends_at_once_and_the_cancelling_holds(
    environment: dict[str, str],
) -> None:
    environment["UNCAGED_GRACE_SECONDS"] = "60"
    slow = ("--model", "echo", "--size", "64x64", "--seconds", "60", "--option", "pause=50")
    process = start(environment, "make", "a", *slow)
    wait_for_frames(process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - began < 10
    assert "Traceback" not in err
    steward = start(environment, "steward")
    steward.communicate(timeout=60)
    assert states(environment) == ["cancelled"]


def test_two_at_once_both_finish(environment: dict[str, str]) -> None:
    both = [start(environment, "make", f"film {i}", *QUICK) for i in range(3)]
    made = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0, 0]
    assert len({film["id"] for film in made}) == 3
    assert states(environment) == ["completed"] * 3


def test_a_make_beside_a_steward_is_performed_by_it(environment: dict[str, str]) -> None:
    slow = start(
        environment,
        "make",
        "slow",
        "--model",
        "echo",
        "--size",
        "64x64",
        "--seconds",
        "8",
        "--option",
        "pause=0.05",
    )
    wait_for_frames(slow)
    quick = start(environment, "make", "quick", *QUICK)
    _, err = quick.communicate(timeout=60)
    assert quick.returncode == 0, err
    assert "in line" in err  # it had to wait, and was told its place
    slow.communicate(timeout=60)
    assert slow.returncode == 0
