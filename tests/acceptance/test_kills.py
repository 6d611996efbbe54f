"""``kill -9`` of performer, steward or both, at random moments: no accepted film is lost, none is kept twice.

A round is one kill and the restart after it. 20 rounds here; ``make kills`` does 200. The seed is printed on failure.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from living import kill, left, living
from sqlalchemy import Row, select

from uncaged.archive import log, tables
from uncaged.archive.tables import files, runs, works
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.studio import making
from uncaged.studio.studio import Studio, open_studio

ROUNDS = int(os.environ.get("UNCAGED_KILLS", "20"))
SEED = int(os.environ.get("UNCAGED_KILLS_SEED", "0")) or random.randrange(1, 10**6)
ECHO, INK = 60, 5
MAKE = [
    "make",
    "asked for while others are killed",
    "--model",
    "echo",
    "--size",
    "64x64",
    "--seconds",
    "0.5",
]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for orphans in /proc")


def test_nothing_accepted_is_lost_and_nothing_is_kept_twice(tmp_path: Path) -> None:
    print(f"UNCAGED_KILLS_SEED={SEED}")
    lot = random.Random(SEED)
    settings = Settings(home=tmp_path / "home")
    with open_studio(settings=settings) as studio:
        accepted = ask_many(studio, lot)
        hits = sum(one_round(studio, tmp_path, lot, i) for i in range(ROUNDS))
        while len(rows_of(studio)) < ECHO + INK:
            assert command(tmp_path, MAKE).wait(120) == 0
        assert command(tmp_path, ["steward"]).wait(240) == 0
        check(studio, accepted)
        again = [run for run in rows_of(studio) if run.attempt > 1]
        print(
            f"{hits} of {ROUNDS} kills met a performance; {len(again)} films needed another attempt"
        )
        if ROUNDS >= 20:
            assert hits >= ROUNDS // 2
            assert len(again) >= 2
            assert any(run.model == "ink" for run in again)
    assert not settings.scratch.exists()
    assert left(tmp_path) == []


def ask_many(studio: Studio, lot: random.Random) -> set[str]:
    """Three quarters of the films are in line from the beginning, a drawn one first; `uncaged make` asks for others."""
    accepted: set[str] = set()
    for i in range(ECHO * 3 // 4 + INK):
        ink = i % 9 == 0 and i // 9 < INK
        options = {} if ink else {"pause": lot.choice([0.0, 0.03])}
        request = Request(
            f"film {i}: a bird",
            size=(64, 64),
            seconds=90.0 if ink else 0.5,  # long enough to be met
            fps=12,
            seed=i,
            options=options,
        )
        asked = making.ask(studio, request, "ink" if ink else "echo")
        assert asked.run is not None
        accepted.add(asked.run.id)
    return accepted


def one_round(studio: Studio, folder: Path, lot: random.Random, i: int) -> bool:
    """A steward (or three `make`, of which one is it), killed at a random moment of a performance.

    Returns whether the kill met one.
    """
    commands = [MAKE] * 3 if i % 4 == 0 else [["steward"]]
    processes = [command(folder, arguments) for arguments in commands]
    try:
        if i % 5 < 4:  # one in five is killed wherever it is, while it starts too
            wait_for_a_performance(studio, further=lot.randint(0, 5), drawing=i % 5 == 3)
        time.sleep(lot.uniform(0.0, 0.05 if i % 5 == 3 else 0.3))
        met = any(run.state == "in_progress" for run in rows_of(studio))
        whom = lot.choice(["performer", "steward", "both"])
        if whom in ("performer", "both"):
            for process in processes:
                for child in performers_of(folder, process.pid):
                    kill(child)
        if whom == "performer":
            time.sleep(lot.uniform(0.0, 0.6))
    finally:
        for process in processes:
            kill(process.pid)
            process.wait(30)
    return met


def wait_for_a_performance(studio: Studio, further: int, drawing: bool) -> None:
    """Until somebody performs, and `further` films more are kept: so that kills meet every part of the line.

    drawing: until `ink` draws, where one of its films is still to be made: there are few of them, and they are quick.
    """
    until = time.monotonic() + 10
    wanted = sum(run.state == "completed" for run in rows_of(studio)) + further
    while time.monotonic() < until:
        rows, epoch = rows_of(studio), epoch_of(studio)
        kept = sum(run.state == "completed" for run in rows)
        going = [run for run in rows if run.state == "in_progress" and run.epoch == epoch]
        waiting = any(run.state == "queued" for run in rows)
        if drawing and any(run.state != "completed" and run.model == "ink" for run in rows):
            if any(run.model == "ink" for run in going):
                return
        elif going and (kept >= wanted or not waiting):
            return
        time.sleep(0.02)


def rows_of(studio: Studio) -> "list[Row[Any]]":
    with studio.archive.read() as conn:
        return list(conn.execute(select(runs)))


def epoch_of(studio: Studio) -> int:
    with studio.archive.read() as conn:
        return conn.execute(select(tables.studio.c.epoch)).scalar_one()


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
    assert len(rows) >= ECHO + INK


def command(folder: Path, arguments: list[str]) -> "subprocess.Popen[bytes]":
    """`uncaged` in its own process. A run may die often: here it is killed for no fault of its own."""
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


def performers_of(folder: Path, parent: int) -> list[int]:
    """The performers among a process's children."""
    return [one.pid for one in living(folder) if one.performs and one.parent == parent]
