"""What a turn and a page cost with 1,000 and with 100,000 runs in line, beside 1,000 kept works and beside a million.

    python benchmarks/line.py --scale [--kept 1000000]

Homes are filled with plain SQL, every trigger kept. A turn is CPU of this process, a page is time until it is there.
Machines differ and are busy: read ratios to the first line.
"""

import asyncio
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from crowd import Client, Server, Watch
from uncaged.archive import line_time, people, runs
from uncaged.archive.database import Archive, open_archive
from uncaged.core.canonical import sha256
from uncaged.core.clock import SystemClock
from uncaged.core.ids import ALPHABET, LENGTH
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request, score_of
from uncaged.engines.registry import engine
from uncaged.queue import charging, line, place
from uncaged.queue.fairness import COLD
from uncaged.queue.line import Able, Moment
from uncaged.queue.policy import Policy

TURNS, PAGES, FEW, OWN = 200, 60, 1000, 1000
"""Turns and pages that are measured; kept works to begin with; of so many kept works one is the owner's, whose pages
these are: as many as a page shows in any case."""

Serve = Callable[..., AbstractContextManager[Server]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: CPU of a turn and of playing the line forward; until a page is there. Megabytes of a steward."""

    turn: float
    foresee: float
    line: float
    first: float
    steward: float


def main(serve: Serve, kept: int = 1_000_000) -> None:
    """Prints a row for each line, beside few works and beside `kept` ones; times in ms, and as ratios to the first."""
    print(
        f"{'works':>9} {'in line':>8} {'each':>5}   {'a turn':>13}  {'foresight':>13}   {'GET /line':>13}  "
        f"{'GET /':>13}  {'steward':>12}"
    )
    first: Cost | None = None
    for works in (FEW, kept):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder) / "base"
            _keep(base, works)
            for waiting, each in ((1_000, 10), (100_000, 10), (100_000, 1)):
                home = Path(folder) / f"{waiting}-{each}"
                shutil.copytree(base, home)
                _stand_in_line(home, waiting, each)
                cost = _measured(serve, home)
                first = first or cost
                print(f"{works:>9,} {waiting:>8,} {each:>5}   {_told(cost, first)}", flush=True)
                shutil.rmtree(home)


def _told(cost: Cost, first: Cost) -> str:
    def beside(now: float, then: float) -> str:
        return f"{now:6.2f} ({now / then:4.2f})"

    steward = f"{cost.steward:.0f} MB ({cost.steward / first.steward:4.2f})"
    return (
        f"{beside(cost.turn, first.turn)}  {beside(cost.foresee, first.foresee)}   {beside(cost.line, first.line)}  "
        f"{beside(cost.first, first.first)}  {steward}"
    )


def _measured(serve: Serve, home: Path) -> Cost:
    turn, foresee = _turns(home)
    with serve(home, "web") as server:
        seen, first = _pages(server, "/line"), _pages(server, "/")
    with serve(home) as server:
        time.sleep(8.0)  # it performs meanwhile
        steward = server.megabytes(" steward ")
    return Cost(turn, foresee, seen, first, steward)


def _turns(home: Path) -> tuple[float, float]:
    """CPU of a turn (chosen, claimed, charged, settled) and of foreseeing the line, ms."""
    rules = Policy().rules()
    with _open(home) as archive:
        with archive.write() as conn:
            epoch = runs.raise_epoch(conn)
        spent = list[float]()
        for _ in range(TURNS):
            began = time.process_time()
            with archive.write() as conn:
                now, wall = line_time.read(conn, archive.clock.now()), archive.clock.now()
                choice = line.next_turn(conn, rules, Able(), now)
                assert choice is not None
                turn = line.claim(conn, choice, rules, Able(), COLD, Moment(epoch, wall, now))
                assert turn is not None
                charging.settle(conn, turn[0], rules, 1.0, now)
            spent.append(time.process_time() - began)
            with archive.write() as conn:
                runs.fail(conn, turn[0].id, turn[0].attempt, "A measurement.", wall)
        seen = list[float]()
        for _ in range(5):
            began = time.process_time()
            with archive.read() as conn:
                place.foresee(conn, rules, archive.clock.now())
            seen.append(time.process_time() - began)
    return 1000 * median(spent), 1000 * median(seen)


def _pages(server: Server, path: str) -> float:
    """Until a page is there, ms, one after the other; what they have in common was looked up before."""

    async def look() -> float:
        client, times = Client(server.port), list[float]()
        for _ in range(PAGES):
            watch = Watch()
            status, _ = await client.ask("GET", path)
            assert status == 200
            times.append(watch.seconds)
        await client.close()
        return median(times)

    asyncio.run(look())
    return 1000 * asyncio.run(look())


def _open(home: Path) -> Archive:
    return open_archive(Settings(home=home, fsync=False), SystemClock())


def _row(archive: Archive) -> dict[str, Any]:
    """What every run of this measurement says: the smallest film there is."""
    score = score_of(
        Request("a film", 0.25, (64, 64), 12.0, 1, {"pause": 0.017}), engine("echo")
    ).score
    return {
        "after": "[]",
        "lane": "interactive",
        "needs": "{}",
        "kind": "making",
        "model": "echo",
        "score": score.canonical().decode(),
        "score_hash": score.hash,
        "own_priority": 0,
        "attempt": 1,
        "deaths": 0,
        "epoch": 0,
        "progress_done": 0,
        "progress_total": 0,
        "estimated_seconds": 1.0,
        "asked": archive.clock.now(),
    }


def _keep(home: Path, count: int) -> None:
    """A home with so many kept works, of a thousand members and the owner."""
    with _open(home) as archive:
        row, now = _row(archive), archive.clock.now()
        with archive.write() as conn:
            everybody = [people.add(conn, "member", now).id for _ in range(1000)]
            owner = people.owner(conn).id
            sha, salted = sha256(b"a film"), sha256(b"salted")
            _insert(conn, "files", [{"sha256": sha, "salt": "", "salted": salted, "bytes": 6}
                                    | {"mime": "video/mp4", "kept": now}])  # fmt: skip

            def whose(n: int) -> str:
                return owner if n < 50 or n % OWN == 0 else everybody[n % len(everybody)]

            facts = {"state": "completed", "measured_seconds": 0.5, "began": now}
            _insert(conn, "runs", (
                row | facts | {"id": f"r_{_name(n)}", "person_id": whose(n), "stood": now - count + n, "ended": now + n}
                for n in range(count)
            ))  # fmt: skip
            film = {
                "media": sha,
                "width": 64,
                "height": 64,
                "fps": 12.0,
                "frames": 3,
                "seconds": 0.25,
            }
            _insert(conn, "works", (
                film | {"id": f"w_{_name(n)}", "person_id": whose(n), "run_id": f"r_{_name(n)}",
                        "visibility": "nobody", "kept": now + n}
                for n in range(count)
            ))  # fmt: skip


def _stand_in_line(home: Path, count: int, each: int) -> None:
    """So many runs in line, `each` of one person, and the works they will be."""
    with _open(home) as archive:
        row, now = _row(archive), archive.clock.now()
        with archive.write() as conn:
            guests = [people.add(conn, "guest", now).id for _ in range(count // each)]
            names = [_name(n, "line") for n in range(count)]
            _insert(conn, "runs", (
                row | {"id": f"r_{name}", "person_id": guests[n % len(guests)], "state": "queued", "stood": now + n + 1}
                for n, name in enumerate(names)
            ))  # fmt: skip
            _insert(conn, "works", (
                {"id": f"w_{name}", "person_id": guests[n % len(guests)], "run_id": f"r_{name}", "visibility": "nobody"}
                for n, name in enumerate(names)
            ))  # fmt: skip


_SALT = secrets.token_hex(8)


def _name(n: int, of: str = "") -> str:
    """Twelve letters as in an id: the same for the same number."""
    digest = bytes.fromhex(sha256(f"{_SALT}{of}{n}".encode()))
    return "".join(ALPHABET[byte % 32] for byte in digest[:LENGTH])


def _insert(conn: Any, table: str, rows: Any) -> None:
    """Rows as plain SQL, a slice at a time."""
    rest: Iterator[dict[str, Any]] = iter(rows)
    while some := list(islice(rest, 10_000)):
        columns = ", ".join(some[0])
        marks = ", ".join("?" for _ in some[0])
        conn.exec_driver_sql(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - of our own names
            [tuple(row.values()) for row in some],
        )
