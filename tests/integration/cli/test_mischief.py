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

import pytest

TINY = ("--model", "echo", "--size", "64x64", "--seconds", "0.5", "--fps", "8")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def uncaged(tmp_path: Path) -> Run:
    """Runs a command in a process and a folder of its own; `home` names another home."""

    def call(
        *arguments: str, home: str = "home", stderr: int = subprocess.PIPE
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-P", "-m", "uncaged", *arguments],
            env=os.environ | {"UNCAGED_HOME": str(tmp_path / home), "TERM": "dumb"},
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in (done.stderr or "")
        return done

    return call


def states(uncaged: Run) -> list[str]:
    return [row["state"] for row in json.loads(uncaged("works", "--all", "--json").stdout)]


def test_another_studios_export_is_not_replaced(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    assert uncaged("export", "backup").returncode == 0
    uncaged("make", "b", *TINY, home="other")
    refused = uncaged("export", "backup", home="other")
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


def test_stopping_a_steward_cancels_nobodys_film(uncaged: Run, tmp_path: Path) -> None:
    environment = os.environ | {"UNCAGED_HOME": str(tmp_path / "home"), "TERM": "dumb"}
    slow = ("--model", "echo", "--size", "64x64", "--seconds", "20", "--option", "pause=0.02")
    for whom in (["make", "a", *slow], ["steward"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "uncaged", *whom],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        while "%" not in (line := process.stderr.readline()):
            assert line
        process.send_signal(signal.SIGKILL if whom[0] == "make" else signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert states(uncaged) == ["queued"]


def test_a_film_is_made_whoever_watches(uncaged: Run) -> None:
    with Path("/dev/full").open("w") as full:
        assert uncaged("make", "a", *TINY, stderr=full.fileno()).returncode == 0
    assert states(uncaged) == ["completed"]


def test_the_folder_one_stands_in_is_no_library(uncaged: Run, tmp_path: Path) -> None:
    for name in ("random.py", "numpy.py", "uncaged.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(7)")
    done = uncaged("make", "a bird", "--size", "64x64", "--seconds", "0.5", "--json")
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
