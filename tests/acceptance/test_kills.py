"""``kill -9`` of performer, steward or both, at random moments: no accepted film is lost, none is kept twice.

A round is one kill and the restart after it. 20 rounds here; ``make kills`` does 200. The seed is printed on failure.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from uncaged.archive import log
from uncaged.archive.tables import files, runs, works
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.studio import making
from uncaged.studio.studio import Studio, open_studio

ROUNDS = int(os.environ.get("UNCAGED_KILLS", "20"))
SEED = int(os.environ.get("UNCAGED_KILLS_SEED", "0")) or random.randrange(1, 10**6)
ECHO, INK = 60, 5

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for orphans in /proc")


def test_nothing_accepted_is_lost_and_nothing_is_kept_twice(tmp_path: Path) -> None:
    print(f"UNCAGED_KILLS_SEED={SEED}")
    lot = random.Random(SEED)
    settings = Settings(home=tmp_path / "home")
    with open_studio(settings=settings) as studio:
        accepted = ask_many(studio, lot)
        for i in range(ROUNDS):
            accepted |= one_round(tmp_path, lot, i)
        for _ in range(3):
            finish(tmp_path)
        check(studio, accepted)
    assert orphans(tmp_path) == []


def ask_many(studio: Studio, lot: random.Random) -> set[str]:
    """Three quarters of the films are in line from the beginning; the rest is asked for by `uncaged make`."""
    accepted: set[str] = set()
    for i in range(ECHO * 3 // 4 + INK):
        ink = i % 10 == 9 and i // 10 < INK
        pause = {} if ink else {"options": {"pause": lot.choice([0.0, 0.02])}}
        request = Request(f"film {i}: a bird", size=(64, 64), seconds=0.5, fps=12, seed=i, **pause)
        asked = making.ask(studio, request, "ink" if ink else "echo")
        assert asked.run is not None
        accepted.add(asked.run.id)
    return accepted


def one_round(folder: Path, lot: random.Random, i: int) -> set[str]:
    """Starts a steward, or a `make` that is one; kills somebody at a random moment; ends the rest."""
    make = i % 4 == 0
    arguments = ["steward"]
    if make:
        arguments = [
            "make",
            f"asked in round {i}",
            "--model",
            "echo",
            "--size",
            "64x64",
            "--seconds",
            "0.5",
        ]
    process = command(folder, arguments)
    try:
        time.sleep(lot.uniform(0.2, 2.6))
        whom = lot.choice(["performer", "steward", "both"])
        children = performers_of(process.pid)
        if whom in ("performer", "both"):
            for child in children:
                kill(child)
        if whom in ("steward", "both"):
            kill(process.pid)
        else:
            time.sleep(lot.uniform(0.0, 0.6))
            kill(process.pid)
    finally:
        process.wait(30)
    return set()


def finish(folder: Path) -> None:
    """A steward that nobody kills."""
    process = command(folder, ["steward"])
    assert process.wait(120) == 0


def check(studio: Studio, accepted: set[str]) -> None:
    """Every accepted run is completed, each work is kept once, every file is what its name says."""
    with studio.archive.read() as conn:
        rows = {row.id: row for row in conn.execute(select(runs))}
        kept = list(conn.execute(select(works.c.id, works.c.media, works.c.run_id)))
        told = [entry.about for entry in log.entries(conn, limit=10_000) if entry.what == "kept"]
        shas = set(conn.execute(select(files.c.sha256)).scalars())
    assert accepted <= set(rows)
    assert {row.state for row in rows.values()} == {"completed"}, [
        (row.id, row.state, row.reason) for row in rows.values() if row.state != "completed"
    ]
    assert len(kept) == len(rows) == len({row.run_id for row in kept})
    assert all(row.media is not None for row in kept)
    assert sorted(told) == sorted(row.id for row in kept)
    assert all(studio.files.verify(sha) for sha in shas)
    assert len(rows) >= ECHO * 3 // 4 + INK


def command(folder: Path, arguments: list[str]) -> "subprocess.Popen[bytes]":
    """`uncaged` in its own process; a run may die often here, since it is killed for no fault of its own."""
    environment = os.environ | {
        "UNCAGED_HOME": str(folder / "home"),
        "UNCAGED_DEATHS": "1000",
        "TERM": "dumb",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "uncaged", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def performers_of(parent: int) -> list[int]:
    """The performers among a process's children."""
    return [pid for pid, of, _ in performers() if of == parent]


def orphans(folder: Path) -> list[int]:
    """Performers of this test that are still alive two seconds after everything has ended."""
    until = time.monotonic() + 2
    while time.monotonic() < until and any(cwd == folder for _, _, cwd in performers()):
        time.sleep(0.05)
    return [pid for pid, _, cwd in performers() if cwd == folder]


def performers() -> Iterator[tuple[int, int, Path]]:
    """Every living performer: its id, its parent's, the folder it was started in."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if b"uncaged.performer.host" not in (entry / "cmdline").read_bytes():
                continue
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                yield int(entry.name), int(fields[1]), (entry / "cwd").readlink()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
