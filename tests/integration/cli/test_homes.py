"""Homes that cannot be used: each is a sentence that says what to do, and nothing in them is changed.

As root a folder's permissions stop nobody, so disks are real: a small tmpfs, and one mounted read-only.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from uncaged.archive import sqlite

FILM = ("make", "a bird over the sea", "--size", "512x512", "--seconds", "6", "--seed", "1")
TINY = ("make", "a", "--model", "echo", "--size", "64x64", "--seconds", "0.5")


def uncaged(home: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "uncaged", *arguments],
        env=os.environ | {"UNCAGED_HOME": str(home), "TERM": "dumb"} | more,
        cwd=home.parent if home.parent.is_dir() else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


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


def test_a_full_disk_keeps_nothing_half(disk: Path) -> None:
    home = disk / "home"
    assert uncaged(home, *TINY)[0] == 0
    (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 200_000))
    code, _, err = uncaged(home, *FILM)
    assert code == 1
    assert "room" in err
    (disk / "ballast").unlink()
    code, out, _ = uncaged(home, "works", "--json")
    assert len(json.loads(out)) == 1
    assert not (home / "scratch").exists() or not list((home / "scratch").iterdir())
    code, out, err = uncaged(home, "doctor", "--json")
    found = {row["name"]: row["state"] for row in json.loads(out)}
    assert found["files"] == "works"
    assert uncaged(home, *TINY)[0] == 0


def test_a_full_disk_when_taking_away(disk: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert uncaged(home, *FILM)[0] == 0
    code, _, err = uncaged(home, "take", "latest", "--as", "prores", "-o", str(disk / "a.mov"))
    assert code == 1
    assert "room" in err
    assert list(disk.iterdir()) == []


def test_a_read_only_home_can_be_looked_at(disk: Path) -> None:
    home = disk / "home"
    assert uncaged(home, *TINY)[0] == 0
    assert mount("-o", "remount,ro", str(disk)) == 0
    code, out, err = uncaged(home, "works", "--json")
    assert code == 0, err
    assert len(json.loads(out)) == 1
    assert uncaged(home, "info", "latest")[0] == 0
    for command in (TINY, ("delete", "latest"), ("import", str(disk)), ("steward",)):
        code, _, err = uncaged(home, *command)
        assert code in (1, 2), command
        assert "UNCAGED_HOME" in err or "written" in err, err
    code, _, err = uncaged(disk / "new" / "home", *TINY)
    assert code == 1
    assert "UNCAGED_HOME" in err


def test_a_home_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert uncaged(home, *TINY)[0] == 0
    change(home, "UPDATE studio SET schema_version = 99")
    before = (home / "archive.sqlite3").read_bytes()
    for command in (TINY, ("works",), ("export", str(tmp_path / "out"))):
        code, _, err = uncaged(home, *command)
        assert code == 1
        assert "newer" in err
    assert (home / "archive.sqlite3").read_bytes() == before


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert uncaged(home, *TINY)[0] == 0
    connection = sqlite.driver.connect(str(home / "archive.sqlite3"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        code, _, err = uncaged(home, *TINY, UNCAGED_BUSY_SECONDS="0.3")
        assert code == 1
        assert "another" in err.lower()
        code, out, _ = uncaged(home, "works", "--json", UNCAGED_BUSY_SECONDS="0.3")
        assert code == 0 and len(json.loads(out)) == 1  # looking needs no lock
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert uncaged(home, *TINY)[0] == 0


def change(home: Path, statement: str) -> None:
    connection = sqlite.driver.connect(str(home / "archive.sqlite3"), isolation_level=None)
    connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
