"""What a hostile or unlucky person types: nothing that was kept is written over, lost, or cancelled by the way."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

TINY = ("--model", "echo", "--size", "64x64", "--seconds", "0.5", "--fps", "8")
Run = Callable[..., Any]


@pytest.fixture
def apart(uncaged: Run, tmp_path: Path) -> Run:
    """Runs a command in a process of its own, for what is done to that process."""

    def call(
        *arguments: str,
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
        before: tuple[str, ...] = (),
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [*before, sys.executable, "-P", "-m", "uncaged", *arguments],
            stdout=stdout,
            stderr=stderr,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in (done.stderr or "")
        return done

    return call


def started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A command that has begun to perform."""
    process = subprocess.Popen(
        [sys.executable, "-m", "uncaged", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    while "%" not in (line := process.stderr.readline()):
        assert line
    return process


def states(uncaged: Run) -> list[str]:
    return [row["state"] for row in json.loads(uncaged("works", "--all", "--json").stdout)]


def test_another_studios_export_is_not_replaced(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    assert uncaged("export", "backup").returncode == 0
    other = {"UNCAGED_HOME": str(tmp_path / "other")}
    uncaged("make", "b", *TINY, **other)
    refused = uncaged("export", "backup", **other)
    assert refused.returncode == 2 and "this studio" in refused.stderr
    (tmp_path / "home" / "lexicon").mkdir()
    (tmp_path / "home" / "lexicon" / "mine.toml").write_text('liability = "cactus"')
    for _ in range(2):  # our own is, words of our own beside it or not
        assert uncaged("export", "backup").returncode == 0
    assert json.loads((tmp_path / "backup" / "manifest.json").read_text())["studio"]


def test_nothing_is_written_into_the_home_or_over_a_device(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    home = tmp_path / "home"
    kept = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    film = next((home / "files").glob("??/*"))
    os.mkfifo(tmp_path / "pipe.gif")
    (tmp_path / "link.mp4").symlink_to(home / "archive.sqlite3")
    for arguments in (
        ("position", "latest", "-o", str(home / "archive.sqlite3")),
        ("take", "latest", "-o", str(home / "archive.sqlite3")),
        ("take", "latest", "-o", "link.mp4"),
        ("take", "latest", "--as", "gif", "-o", str(film)),
        ("take", "latest", "--as", "gif", "-o", "pipe.gif"),
        ("make", "b", *TINY, "-o", str(home / "b.mp4")),
        ("export", str(home / "scratch")),
        ("export", str(home / "files" / "ab")),
    ):
        refused = uncaged(*arguments)
        assert refused.returncode == 2, (arguments, refused.stderr)
    for path, data in kept.items():
        if path.name == "archive.sqlite3" or "files" in path.parts:
            assert path.read_bytes() == data, path
    assert states(uncaged) == ["completed"]


def test_a_database_put_back_loses_no_film(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY, "--seed", "1")
    home = tmp_path / "home"
    shutil.copyfile(home / "archive.sqlite3", tmp_path / "copy")
    uncaged("make", "b", *TINY, "--seed", "2")
    films = sorted((home / "files").glob("??/*"))
    assert len(films) == 2
    for beside in home.glob("archive.sqlite3*"):
        beside.unlink()
    shutil.copyfile(tmp_path / "copy", home / "archive.sqlite3")
    day = time.time() - 86400
    for path in (home / "files").rglob("*"):
        os.utime(path, (day, day))
    uncaged("make", "c", *TINY, "--seed", "3")
    assert all(path.exists() for path in films)
    assert "put back" in uncaged("doctor").stdout


def test_stopping_a_steward_cancels_nobodys_film(
    uncaged: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNCAGED_FINISH_SECONDS", "0")
    slow = ("--model", "echo", "--size", "64x64", "--seconds", "20", "--option", "pause=0.02")
    for whom in (["make", "a", *slow], ["steward"]):
        process = started(tmp_path, *whom)
        process.send_signal(signal.SIGKILL if whom[0] == "make" else signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert states(uncaged) == ["queued"]


def test_a_film_is_made_whoever_watches(uncaged: Run, apart: Run) -> None:
    with Path("/dev/full").open("w") as full:
        assert apart("make", "a", *TINY, stderr=full.fileno()).returncode == 0
    assert states(uncaged) == ["completed"]


def test_the_folder_one_stands_in_is_no_library(uncaged: Run, apart: Run, tmp_path: Path) -> None:
    for name in ("random.py", "numpy.py", "uncaged.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(7)")
    done = apart("make", "a bird", "--size", "64x64", "--seconds", "0.5", "--json")
    assert done.returncode == 0, done.stderr


def test_an_empty_home_variable_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uncaged", "works"],
        env=os.environ | {"UNCAGED_HOME": "", "HOME": str(tmp_path / "me")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "me") in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_gives_the_film_back(uncaged: Run, tmp_path: Path, end: int) -> None:
    slow = ("--model", "echo", "--size", "64x64", "--seconds", "20", "--option", "pause=0.02")
    process = started(tmp_path, "make", "a", *slow)
    process.send_signal(end)
    process.communicate(timeout=30)
    assert process.returncode == 128 + end
    assert states(uncaged) == ["queued"]
    assert not list((tmp_path / "home" / "scratch").glob("*"))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_what_is_taken_leaves_nothing_beside_it(uncaged: Run, tmp_path: Path, end: int) -> None:
    slow = ("--model", "echo", "--size", "64x64", "--seconds", "2", "--option", "pause=0.02")
    uncaged("make", "a", *slow)
    process = started(tmp_path, "take", "latest", "--as", "gif", "-o", "a.gif")
    process.send_signal(end)
    process.communicate(timeout=30)
    hidden = list(tmp_path.glob(".a.gif*"))
    assert len(hidden) == (end == signal.SIGKILL)
    assert uncaged("take", "latest", "--as", "gif", "-o", "a.gif").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gif", "home"]


def test_a_film_kept_is_not_called_lost(uncaged: Run, apart: Run, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        told = apart("make", "a", *TINY, stdout=full.fileno())
    assert told.returncode == 1 and "kept as w_" in told.stderr
    (tmp_path / "there.gif").mkdir()
    for place in ("/proc/film.gif", "/sys/film.mp4"):
        told = uncaged("make", "a", *TINY, "-o", place)
        assert told.returncode == 2 and "kept as w_" in told.stderr, told.stderr
    assert states(uncaged) == ["completed"] * 3


def test_whoever_has_heard_enough_is_no_failure(uncaged: Run, apart: Run) -> None:
    uncaged("make", "a", *TINY)
    reading, writing = os.pipe()
    os.close(reading)
    assert apart("works", stdout=writing).returncode == 0
    os.close(writing)


def test_files_without_an_end_are_refused(uncaged: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    lexicon = tmp_path / "home" / "lexicon"
    lexicon.mkdir(parents=True)
    for flag, name in (
        ("--image", "pipe"),
        ("--position", "pipe"),
        ("--image", "/dev/zero"),
        ("--position", "home"),
    ):
        refused = uncaged("make", "a bird", "--size", "64x64", flag, name)
        assert refused.returncode == 2, refused.stderr
    os.mkfifo(lexicon / "mine.toml")
    refused = uncaged("make", "a bird", "--size", "64x64")
    assert refused.returncode == 2 and "no plain file" in refused.stderr
    (lexicon / "mine.toml").unlink()
    assert not list((tmp_path / "home").glob("archive.sqlite3")) or states(uncaged) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("make", "a", "--option", "line=" + "[" * 100_000),
        ("make", "a", "--option", "line=true"),
        ("make", "a", "--position", "strange.json"),
        ("make", "a", "--image", "a.png", "--image", "a.png"),
        ("make", "a", "-o", "~nobody-at-all/a.mp4"),
        ("works", "--limit", "9" * 30),
    ],
)
def test_what_is_asked_wrong_is_said(
    uncaged: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "strange.json").write_text(
        r'{"model": "ink", "genome": 1, "genes": {"\ud800": 1}, "seeds": {}}'
    )
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    refused = uncaged(*arguments)
    assert refused.returncode == 2 and "mistake" not in refused.stderr, refused.stderr


def test_a_home_of_nobody(tmp_path: Path) -> None:
    for variables in ({"UNCAGED_HOME": "~nobody-at-all/x"}, {"UNCAGED_PICTURE_MEGABYTES": "inf"}):
        done = subprocess.run(
            [sys.executable, "-m", "uncaged", "works"],
            env=os.environ | {"UNCAGED_HOME": str(tmp_path)} | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (1, 2) and "mistake" not in done.stderr, done.stderr
        assert "UNCAGED_" in done.stderr


def test_a_work_whose_film_is_missing_still_says_what_it_was(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a word to remember", *TINY)
    next((tmp_path / "home" / "files").glob("??/*")).unlink()
    told = uncaged("info", "latest")
    assert "a word to remember" in told.stdout and "missing" in told.stdout
    record = json.loads(uncaged("info", "latest", "--json").stdout)
    assert record["film"] is None and record["score"]["shots"]


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit (util-linux) is not here")
def test_too_little_memory_is_said(uncaged: Run, apart: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    told = apart("works", before=("prlimit", "--as=60000000"))
    assert told.returncode == 1 and "memory" in told.stderr
    assert states(uncaged) == ["completed"]
