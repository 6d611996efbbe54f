"""More than one process on one archive: nobody loses anything, and what was answered for is there after a kill."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from uncaged.archive.database import open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.settings import Settings

WRITER = """
import sys
from pathlib import Path
from uncaged.archive import people, runs
from uncaged.archive.database import open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings

clock, many = SystemClock(), int(sys.argv[2])
archive = open_archive(Settings(home=Path(sys.argv[1]), fsync=False), clock)
for n in range(many):
    with archive.write() as conn:
        score = Score((Shot(f"film {n}", 1.0),), ModelRef("echo"), (64, 64), 12.0, n)
        asked = runs.Asked(new_id("run"), new_id("work"), people.owner(conn).id, score)
        runs.ask(conn, asked, clock.now())
    print(asked.run_id, flush=True)
"""

CLAIMER = """
import sys
from pathlib import Path
from uncaged.archive import runs
from uncaged.archive.database import open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.settings import Settings

archive = open_archive(Settings(home=Path(sys.argv[1]), fsync=False), SystemClock())
while True:
    with archive.read() as conn:
        run = conn.exec_driver_sql("SELECT run_id FROM turns ORDER BY stood, run_id").scalar()
    if run is None:
        break
    with archive.write() as conn:
        mine = runs.claim(conn, run, int(sys.argv[2]), 1)
    if mine is not None:
        print(mine.id, flush=True)
"""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def answers(*processes: "subprocess.Popen[str]") -> list[str]:
    said = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [line for lines in said for line in lines]


def asked(home: Path) -> list[str]:
    with (
        open_archive(Settings(home=home, fsync=False), SystemClock()) as archive,
        archive.read() as conn,
    ):
        found = conn.exec_driver_sql("SELECT run_id FROM line")
        return [run_id for (run_id,) in found]


def test_processes_that_begin_one_archive_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    said = answers(*[start(WRITER, home, 15) for _ in range(2)])
    assert len(said) == 30 and sorted(asked(home)) == sorted(said)
    with open_archive(Settings(home=home), SystemClock()) as archive, archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 1


def test_two_claim_and_none_is_claimed_twice(world: Any) -> None:
    waiting = [world.ask().id for _ in range(40)]
    claimed = answers(*[start(CLAIMER, world.home, world.epoch) for _ in range(2)])
    assert sorted(claimed) == sorted(waiting)


def test_what_was_answered_for_survives_a_kill(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered: list[str] = []
    for _ in range(3):
        process = start(WRITER, home, 100_000)
        assert process.stdout is not None
        answered.append(process.stdout.readline().strip())
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        answered += process.stdout.read().split("\n")[:-1]
        process.wait()
        process.stdout.close()
    there = set(asked(home))
    assert len(answered) > 3 and set(answered) <= there
    with open_archive(Settings(home=home), SystemClock()) as archive, archive.read() as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        orphans = "SELECT count(*) FROM runs WHERE id NOT IN (SELECT run_id FROM works)"
        assert conn.exec_driver_sql(orphans).scalar_one() == 0
