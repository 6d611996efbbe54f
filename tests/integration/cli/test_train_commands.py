"""Training from the command line: asked for, watched, stopped, gone on with; models taken off the shelf."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FAST = ("--set", "pause=0", "--set", "steps=6")


def test_a_training_is_watched_and_its_model_listed(uncaged: Run) -> None:
    done = uncaged("train", "echo", "--minutes", "0.01", "--name", "mine", "--set", "steps=6")
    assert done.returncode == 0, done.stderr
    assert "mine, on the shelf" in done.stdout and "assumed, not measured" in done.stdout
    assert "held loss" in done.stdout and "step 6" in done.stdout.replace("          ", " ")
    assert "100%" in done.stderr and "\x1b" not in done.stderr  # plain lines where nobody sits
    listed = json.loads(uncaged("models", "list", "--json").stdout)
    own = next(model for model in listed if model["name"] == "mine")
    assert own["engine"] == "echo" and own["hash"] and not own["default"]
    info = uncaged("models", "info", "mine").stdout
    assert own["hash"] in info and "Trained here" in info
    made = uncaged("make", "hi", "--model", "mine", "--size", "64x64", "--seconds", "0.5", "--json")
    assert made.returncode == 0 and json.loads(made.stdout)["score"]["model"]["name"] == "mine"
    assert uncaged("models", "remove", "mine", "--yes").returncode == 0
    assert uncaged("models", "info", "mine").returncode == 2
    assert uncaged("models", "remove", "mine", "--yes").returncode == 2
    again = uncaged("take", "latest", "--as", "gif")
    assert again.returncode == 0, again.stderr  # from the kept film


def test_it_is_told_to_programs(uncaged: Run) -> None:
    done = uncaged("train", "echo", "--name", "mine", "--json", *FAST)
    record = json.loads(done.stdout)
    assert (record["state"], record["step"], record["kept"]) == ("completed", 6, 6)
    assert record["task"]["name"] == "mine" and record["model"].startswith("m_")
    info = json.loads(uncaged("info", record["run"], "--json").stdout)
    assert info == record
    told = uncaged("info", record["run"]).stdout
    assert "training      mine, by echo" in told and "folder" in told and "recipe" in told


def test_what_is_not_waited_for_stands_in_line(uncaged: Run) -> None:
    done = uncaged("train", "echo", "--no-wait", "--json", *FAST)
    run = json.loads(done.stdout)["run"]
    assert "Nobody performs now" in json.loads(done.stdout)["trouble"]
    assert "training echo-1 with echo" in uncaged("line", "--lane", "batch").stdout
    assert "batch" in uncaged("line", "--why", run).stdout
    assert "place 1 in line" in uncaged("info", run).stdout
    assert uncaged("wait", run, "--timeout", "0.1").returncode == 1
    assert uncaged("steward").returncode == 0
    assert uncaged("wait", run).returncode == 0
    assert uncaged("again", run).returncode == 2
    assert uncaged("works").stdout.startswith("Nothing was made here yet")
    assert uncaged("doctor").returncode == 0


def test_what_cannot_be_done_is_said(uncaged: Run) -> None:
    run = json.loads(uncaged("train", "echo", "--no-wait", "--json", *FAST).stdout)["run"]
    uncaged("cancel", run)
    for arguments, says in (
        (("train",), "uncaged train seedling"),
        (("train", "ehco"), "Did you mean echo?"),
        (("train", "echo", "--size", "xl"), "There are: m, s."),
        (("train", "echo", "--name", "ink"), "built-in model"),
        (("train", "echo", "--set", "pause"), "name and a value"),
        (("train", "echo", "--minutes", "-1"), "0"),
        (("train", "--on", "nowhere"), "no training called"),
        (("train", "--on", run, "--set", "steps=9"), "not there any more"),
        (("again", run), f"uncaged train --on {run}"),
        (("make", "a", "--model", "mien"), "no model called mien"),
    ):
        said = uncaged(*arguments)
        assert said.returncode == 2 and says in said.stderr, (arguments, said.stderr)


def test_a_failed_training_says_why_and_how_to_go_on(uncaged: Run) -> None:
    done = uncaged("train", "echo", "--set", "nan_at=5", *FAST, "--name", "mine")
    assert done.returncode == 1 and "nan" in done.stderr and "uncaged train --on r_" in done.stderr
    run = done.stderr.rpartition("--on ")[2].strip()
    changed = uncaged("train", "--on", run, "--set", "nan_at=0", "--set", "number=9")
    assert changed.returncode == 2 and "number  3     9" in changed.stderr
    on = uncaged("train", "--on", run, "--set", "nan_at=0", "--json")
    assert on.returncode == 0 and json.loads(on.stdout)["task"]["begun"] == run


@pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl-C")
def test_ctrl_c_ends_it_with_a_checkpoint(uncaged: Run, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "uncaged", "train", "echo", "--name", "mine", "--minutes", "5"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"UNCAGED_HOME": str(tmp_path / "home")},
        text=True,
    )
    until = time.monotonic() + 30
    while time.monotonic() < until and not list((tmp_path / "home").glob("training/*/learned*")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and "uncaged train --on r_" in told.replace(
        "python -m uncaged", "uncaged"
    )
    assert list((tmp_path / "home").glob("training/*/checkpoint.json"))


def test_a_lost_file_is_said_to_be_the_model_s(uncaged: Run, tmp_path: Path) -> None:
    assert uncaged("train", "echo", "--name", "mine", *FAST).returncode == 0
    info = json.loads(uncaged("models", "info", "mine", "--json").stdout)
    assert info["hash"]
    kept = [path for path in (tmp_path / "home" / "files").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.unlink()
    assert "the model mine" in uncaged("doctor").stdout
    assert "the model mine" in uncaged("export", str(tmp_path / "all")).stdout
