"""Homes that cannot be used: each is a sentence that says what to do, and nothing in them is changed.

As root a folder's permissions stop nobody, so disks are real: a small tmpfs, and one mounted read-only.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import sqlite

FILM = ("make", "a bird over the sea", "--size", "512x512", "--seconds", "6", "--seed", "1")
TINY = ("make", "a", "--model", "echo", "--size", "64x64", "--seconds", "0.5")


@pytest.fixture
def at(uncaged: Callable[..., Any]) -> Callable[..., Any]:
    """Runs a command at a home: exit code, output, errors."""
    return lambda home, *arguments, **more: uncaged(*arguments, UNCAGED_HOME=str(home), **more)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)):
        pytest.skip(
            "this machine lets us mount nothing: a full and a read-only disk are not tested"
        )
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def mount(*arguments: str) -> int:
    if shutil.which("mount") is None:
        return 1
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def test_a_full_disk_keeps_nothing_half(at: Callable[..., Any], disk: Path) -> None:
    home = disk / "home"
    assert at(home, *TINY)[0] == 0
    (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 200_000))
    code, _, err = at(home, *FILM)
    assert code == 1
    assert "room" in err
    (disk / "ballast").unlink()
    code, out, _ = at(home, "works", "--json")
    assert len(json.loads(out)) == 1
    assert not (home / "scratch").exists() or not list((home / "scratch").iterdir())
    code, out, err = at(home, "doctor", "--json")
    found = {row["name"]: row["state"] for row in json.loads(out)}
    assert found["files"] == "works"
    assert at(home, *TINY)[0] == 0


def test_a_full_disk_when_taking_away(at: Callable[..., Any], disk: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert at(home, *FILM)[0] == 0
    code, _, err = at(home, "take", "latest", "--as", "prores", "-o", str(disk / "a.mov"))
    assert code == 1
    assert "room" in err
    assert list(disk.iterdir()) == []


def test_a_read_only_home_can_be_looked_at(at: Callable[..., Any], disk: Path) -> None:
    home = disk / "home"
    assert at(home, *TINY)[0] == 0
    assert mount("-o", "remount,ro", str(disk)) == 0
    code, out, err = at(home, "works", "--json")
    assert code == 0, err
    assert len(json.loads(out)) == 1
    assert at(home, "info", "latest")[0] == 0
    for command in (TINY, ("delete", "latest"), ("import", str(disk)), ("steward",)):
        code, _, err = at(home, *command)
        assert code in (1, 2), command
        assert "UNCAGED_HOME" in err or "written" in err, err
    code, _, err = at(disk / "new" / "home", *TINY)
    assert code == 1
    assert "UNCAGED_HOME" in err


def test_a_home_of_a_newer_version_is_left_alone(at: Callable[..., Any], tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert at(home, *TINY)[0] == 0
    change(home, "UPDATE studio SET schema_version = 99")
    before = (home / "archive.sqlite3").read_bytes()
    for command in (TINY, ("works",), ("export", str(tmp_path / "out"))):
        code, _, err = at(home, *command)
        assert code == 1
        assert "newer" in err
    assert (home / "archive.sqlite3").read_bytes() == before


def test_a_locked_archive_says_so(at: Callable[..., Any], tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert at(home, *TINY)[0] == 0
    connection = sqlite.driver.connect(str(home / "archive.sqlite3"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        code, _, err = at(home, *TINY, UNCAGED_BUSY_SECONDS="0.3")
        assert code == 1
        assert "another" in err.lower()
        code, out, _ = at(home, "works", "--json", UNCAGED_BUSY_SECONDS="0.3")
        assert code == 0 and len(json.loads(out)) == 1  # looking needs no lock
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert at(home, *TINY)[0] == 0


def change(home: Path, statement: str) -> None:
    connection = sqlite.driver.connect(str(home / "archive.sqlite3"), isolation_level=None)
    connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
