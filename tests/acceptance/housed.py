"""A studio that is open within the test: its clock is moved by hand, and it performs when it is told to.

Whoever comes is told apart by what a proxy says of them; nobody is the owner for coming from this machine.
"""

import socket
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from uvicorn import Config, Server

from uncaged.archive import files, groups, keys, people, runs, sessions, works
from uncaged.archive.committing import Writer
from uncaged.core.ids import new_id
from uncaged.core.media import write_film
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.studio import picturing, pool
from uncaged.studio.steward import Steward
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio
from uncaged.web.app import create_app
from uncaged.web.patience import PatientProtocol

POLICY = '[door]\nproxies = ["127.0.0.1"]\nrequests_a_minute = 1_000_000\n'
PATIENCE = 10_000
"""Milliseconds until something on a page is given up."""

BIRD = Score((Shot("a slow bird", 1.0),), ModelRef("echo"), (64, 64), 12.0, 7)


@dataclass
class HandClock:
    """The machine's clock, and as many seconds more as a test has moved it on."""

    ahead: float = 0.0

    def now(self) -> int:
        return time.time_ns() // 1000 + int(self.ahead * 1e6)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Server(Server):
    """Lets go of whoever still waits with an open stream when it ends."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.waiting.end()
        await super().shutdown(sockets)


@dataclass
class Housed:
    """An open studio. base: where it listens. secrets: keys by the name of whose they are; persons: their ids."""

    studio: Studio
    clock: HandClock
    base: str
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    persons: dict[str, str] = field(default_factory=dict[str, str])

    def later(self, seconds: float) -> None:
        """It is so much later; a second at least, so that nothing is held from before."""
        self.clock.ahead += max(seconds, 2.0)

    def perform(self) -> int:
        """Everything that waits in line; how many that were."""
        with stewardship(self.studio) as steward:
            assert isinstance(steward, Steward)
            quiet = pool.Eyes()
            at_work = pool.Pool(self.studio, steward, pool.seats(1), quiet)
            return at_work.work(threading.Event(), until_nobody_waits=True)

    def add(self, name: str, kind: Any = "member") -> str:
        """Somebody new, with a key that may do what such a person may; their id."""
        may = ("read", "make") if kind == "member" else ("read", "make", "manage")

        def step(conn: Any) -> str:
            who = people.owner(conn) if kind == "owner" else people.add(conn, kind, 1, name)
            self.secrets[name] = keys.make(conn, who.id, name, may, 1)[1]
            return who.id

        self.persons[name] = self.studio.commit(step)
        return self.persons[name]

    def sign_in(self, name: str) -> str:
        """A session of theirs: what its cookie holds."""
        now, who = self.studio.clock.now(), self.persons[name]
        return self.studio.commit(lambda c: sessions.begin(c, who, "password", "a browser", now)[1])

    def come(self, browser: Any, address: str, key: str = "", **how: Any) -> Any:
        """A context for somebody at this address. key: by whose key."""
        headers = {"X-Forwarded-For": address}
        if key:
            headers["Authorization"] = f"Bearer {self.secrets[key]}"
        context = browser.new_context(extra_http_headers=headers, **how)
        context.set_default_timeout(PATIENCE)
        return context

    def signed_in(self, browser: Any, address: str, name: str, **how: Any) -> Any:
        """A context in which somebody is signed in."""
        context = self.come(browser, address, **how)
        cookie = {"name": "uncaged_session", "value": self.sign_in(name), "url": self.base}
        context.add_cookies([cookie])
        return context

    @cached_property
    def film(self) -> bytes:
        """A small film that a browser plays."""
        path = self.studio.settings.home / "small.mp4"
        colours = np.linspace(40, 220, 12).astype(np.uint8)
        write_film((np.full((64, 64, 3), one, np.uint8) for one in colours), path, 12.0)
        return path.read_bytes()

    @cached_property
    def picture(self) -> bytes:
        """One frame of it."""
        made = BytesIO()
        Image.new("RGB", (64, 64), (120, 120, 120)).save(made, "JPEG")
        return made.getvalue()

    def ask(
        self, who: str, text: str = "a slow bird", group: str | None = None, n: int = 0
    ) -> runs.Run:
        """A run of theirs in line; in a group, its n-th part."""
        score, now = replace(BIRD, shots=(Shot(text, 1.0),)), self.studio.clock.now()
        asked = runs.Asked(
            new_id("run"), new_id("work"), self.persons[who], score, group_id=group, group_order=n
        )
        return self.studio.commit(lambda conn: runs.ask(conn, asked, now))

    def claim(self, run: runs.Run) -> None:
        """It is being performed, as a steward would leave it in the archive."""
        now = self.studio.clock.now()
        self.studio.commit(lambda c: runs.claim(c, run.id, runs.raise_epoch(c), now))

    def make(self, who: str, text: str = "a slow bird", to: Any = "nobody") -> str:
        """A kept work of theirs; its id. to: who sees it."""
        run, now = self.ask(who, text), self.studio.clock.now()
        named = run.id.encode()  # in a box that players pass over: no two films are the same bytes
        film = self.film + (8 + len(named)).to_bytes(4) + b"free" + named
        sha = self.studio.files.keep(film)
        genes = {"model": "echo", "genome": 1, "genes": {"hue": 0.5}, "seeds": {}}
        understood = {"words": [["bird", "a bird"]], "sentence": "A bird, slowly."}
        kept = runs.Kept(
            media_sha=sha,
            bytes=len(film),
            mime="video/mp4",
            width=64,
            height=64,
            fps=12.0,
            frames=12,
            seconds=1.0,
            position=genes,
            recipe={"echo": "1"},
            understood=understood,
            measured_seconds=0.5,
        )
        work = str(run.work_id)
        for what in picturing.WAYS:  # as if somebody had looked before: nobody has to decode it
            place = self.studio.files.derived(sha, f"{what}.jpg")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.picture)

        def step(conn: Any) -> None:
            assert runs.claim(conn, run.id, runs.raise_epoch(conn), now)
            files.note(conn, self.studio.files, sha, "video/mp4", now, film)
            assert runs.complete(conn, self.studio.files, run.id, 1, kept, now)
            works.show(conn, self.persons[who], work, to, now)

        self.studio.commit(step)
        return work

    def group(self, who: str, texts: Sequence[str]) -> str:
        """A group of theirs in line; its id."""
        now = self.studio.clock.now()
        made = self.studio.commit(lambda c: groups.add(c, self.persons[who], "grid", now))
        for n, text in enumerate(texts):
            self.ask(who, text, made.id, n)
        return made.id


@contextmanager
def housed(home: Path, *, door: bool = False, policy: str = POLICY) -> Generator[Housed]:
    """A studio that listens on this machine until the block ends. door: as `uncaged open` serves it."""
    clock = HandClock()
    opened = open_studio(settings=Settings(home=home, fsync=False), clock=clock)
    opened.policy.write_text(policy, encoding="utf-8")
    writer = Writer(opened.archive)
    studio = replace(opened, writer=writer)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        name = f"127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(studio, hosts=frozenset({name}), local=True, read_only=door)
        server = _Server(
            Config(app, http=PatientProtocol, ws="none", lifespan="off", log_config=None)
        )
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield Housed(studio, clock, f"http://{name}")
        finally:
            server.should_exit = True
            thread.join(30)
            writer.close()
            studio.close()
