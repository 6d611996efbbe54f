"""``kill -9`` of web, steward, performers, supervisor or all, while twenty people ask for films through HTTP.

No accepted run is lost, none is kept twice, every file is what its name says, no process is left. 20 rounds here;
``make crash`` does 200. The seed is printed on failure.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from living import kill, left, living
from sqlalchemy import select

from uncaged.archive import keys, log, people
from uncaged.archive.tables import FINISHED, files, runs, works
from uncaged.core.settings import Settings
from uncaged.studio.studio import Studio, open_studio

ROUNDS = int(os.environ.get("UNCAGED_CRASHES", "20"))
SEED = int(os.environ.get("UNCAGED_CRASHES_SEED", "0")) or random.randrange(1, 10**6)
PEOPLE = 20
WHOM = ("web", "steward", "performers", "supervisor", "all")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@dataclass
class House:
    """A studio that is served, killed in parts, and served again on the same port."""

    home: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = None

    def open(self) -> None:
        """Serves it; returns once it says where."""
        command = [sys.executable, "-m", "uncaged", "serve", "--performers", "2"]
        with (self.home.parent / "said.txt").open("a") as said_by_all:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stdout=subprocess.PIPE,
                stderr=said_by_all,
                text=True,
                cwd=self.home.parent,
                env=os.environ
                | {
                    "UNCAGED_HOME": str(self.home),
                    "UNCAGED_DEATHS": "100",
                    "UNCAGED_STOCK_MEGABYTES": "0",
                },
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said:
            raise AssertionError((self.home.parent / "said.txt").read_text())
        self.port = int(said.split("http://127.0.0.1:")[1].split("/")[0])

    def kill(self, whom: str) -> None:
        """Ends these at once, without a word."""
        named = list(self.named())
        for what, pid in named:
            if whom in (what, "all"):
                kill(pid)
        if whom in ("supervisor", "all"):
            assert self.process is not None
            self.process.wait(30)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.ended()
            self.open()

    def named(self) -> Iterator[tuple[str, int]]:
        """Every process of the studio, and what it is."""
        names = {" serve ": "supervisor", " steward ": "steward", " web ": "web"}
        for one in living(self.home.parent):
            if one.performs:
                yield "performers", one.pid
            for word, name in names.items():
                if word in one.command:
                    yield name, one.pid

    def ended(self) -> None:
        """Waits until nobody is left."""
        assert left(self.home.parent, 60) == []

    def close(self) -> None:
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(60) == 143
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.ended()


@dataclass
class Asker:
    """Somebody who asks for films with a key, again and again with the same word until there is an answer."""

    house: House
    secret: str
    number: int
    stop: threading.Event
    accepted: dict[str, str] = field(default_factory=dict[str, str])
    refused: list[str] = field(default_factory=list[str])

    def run(self) -> None:
        lot = random.Random(SEED * 1000 + self.number)
        while not self.stop.is_set():
            word = f"film-{self.number}-{len(self.accepted)}"
            body = {
                "prompt": f"{word}: a bird",
                "model": "echo",
                "size": [64, 64],
                "seconds": 0.25,
                "options": {"pause": lot.choice([0.0, 0.02])},
                "seed": 1,
            }
            while (answer := self.ask(body, word)) is None:
                if self.stop.is_set():
                    return
                time.sleep(0.1)
            self.accepted[word] = answer["id"]
            self.stop.wait(lot.uniform(0.2, 1.5))

    def ask(self, body: dict[str, Any], word: str) -> dict[str, Any] | None:
        """The accepted work; None where nobody answered. Whatever else is said is a mistake of ours."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.house.port}/works",
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.secret}",
                "Idempotency-Key": word,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                self.refused.append(f"{error.code} {error.read().decode(errors='replace')}")
            error.close()
            return None
        except (OSError, ValueError):
            return None


def test_nothing_accepted_is_lost_whoever_is_killed(tmp_path: Path) -> None:
    print(f"UNCAGED_CRASHES_SEED={SEED}")
    lot = random.Random(SEED)
    settings = Settings(home=tmp_path / "home")
    with open_studio(settings=settings) as studio:
        secrets = [a_key(studio, n) for n in range(PEOPLE)]
        house, stop = House(tmp_path / "home"), threading.Event()
        house.open()
        askers = [Asker(house, secret, n, stop) for n, secret in enumerate(secrets)]
        threads = [threading.Thread(target=asker.run) for asker in askers]
        for thread in threads:
            thread.start()
        try:
            for i in range(ROUNDS):
                time.sleep(lot.uniform(0.2, 1.5))
                house.kill(WHOM[i % len(WHOM)] if i < len(WHOM) else lot.choice(WHOM))
            until = time.monotonic() + 120  # on a slow machine twenty have hardly asked once by now
            while sum(len(one.accepted) for one in askers) <= PEOPLE and time.monotonic() < until:
                time.sleep(0.2)
        finally:
            stop.set()
            for thread in threads:
                thread.join(60)
        accepted = {work for asker in askers for work in asker.accepted.values()}
        assert len(accepted) == sum(len(asker.accepted) for asker in askers) > PEOPLE
        assert [said for asker in askers for said in asker.refused] == []
        until_all_ended(studio)
        house.close()
        check(studio, accepted)


def a_key(studio: Studio, n: int) -> str:
    with studio.archive.write() as conn:
        person = people.add(conn, "member", 1, f"person {n}")
        return keys.make(conn, person.id, "program", ("read", "make"), 1)[1]


def until_all_ended(studio: Studio) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        with studio.archive.read() as conn:
            left = conn.execute(select(runs.c.id).where(runs.c.state.not_in(FINISHED))).all()
        if not left:
            return
        time.sleep(0.2)
    raise AssertionError(f"{len(left)} runs never ended")


def check(studio: Studio, accepted: set[str]) -> None:
    """Every accepted work is kept, once; every file is what its name says; nothing is charged for ever."""
    with studio.archive.read() as conn:
        rows = conn.execute(select(runs)).all()
        kept = {row.id: row for row in conn.execute(select(works))}
        told = [entry.about for entry in log.entries(conn, limit=100_000) if entry.what == "kept"]
        shas = set(conn.execute(select(files.c.sha256)).scalars())
        charged = conn.exec_driver_sql("SELECT count(*) FROM charges").scalar_one()
        whole = conn.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    assert accepted <= set(kept)
    assert [(row.id, row.state, row.reason) for row in rows if row.state != "completed"] == []
    assert sorted(told) == sorted(work for work, row in kept.items() if row.kept)
    assert len(set(told)) == len(told) == len(rows) == len(kept)
    assert all(studio.files.verify(sha) for sha in shas)
    assert (charged, whole) == (0, "ok")
    assert not studio.settings.scratch.exists()
