"""A house with a web: an owner at the machine, a member with two keys, guests at addresses, and nobody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from uncaged.archive import files, groups, keys, people, rooms, runs, works
from uncaged.archive.committing import Writer
from uncaged.archive.invitations import Wish
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.studio import entering, joining
from uncaged.studio.joining import Login
from uncaged.studio.studio import Studio, open_studio
from uncaged.web.app import create_app

HOST = "studio.test:8484"
ORIGIN = {"Origin": f"http://{HOST}"}
FILM = bytes(range(256)) * 40
PROGRAM = {"Accept": "application/json"}
"""What a kept film holds here; nobody decodes it."""

FREE = (
    "[door]\nrequests_a_minute = 1_000_000\n"
    '[members]\nopen_invitations = "none"\ninvitations_a_day = "none"\n'
)


@dataclass
class House:
    """An opened studio and its app. `come` gives a client for somebody."""

    studio: Studio
    app: FastAPI
    secrets: dict[str, str] = field(default_factory=dict[str, str])
    persons: dict[str, str] = field(default_factory=dict[str, str])
    host: str = HOST
    origin: dict[str, str] = field(default_factory=lambda: dict(ORIGIN))
    film: bytes = FILM

    def come(self, who: str, **headers: str) -> TestClient:
        """owner, member, reader, manager (by key), guest, other, nobody (a key that never was); else who passes by."""
        address = {"owner": "127.0.0.1", "guest": "203.0.113.7", "other": "203.0.113.8"}.get(
            who, "198.51.100.1"
        )
        if who in self.secrets:
            headers["Authorization"] = f"Bearer {self.secrets[who]}"
        return TestClient(
            self.app,
            f"http://{HOST}",
            client=(address, 50_000),
            follow_redirects=False,
            headers=headers,
        )

    def stay(self, name: str, **wish: Any) -> TestClient:
        """A new person who came by an invitation, signed in, without the slow hash of a password."""
        secret = joining.invite(self.studio, Wish(**wish))[1]
        person, _, cookie = joining.come(self.studio, secret, name, Login("$argon2id$none"))
        self.persons[name] = person.id
        client = self.come("nobody's", **self.origin)
        client.cookies.set("uncaged_session", cookie, domain=HOST.partition(":")[0])
        return client

    def policy(self, text: str) -> None:
        """Says a policy; it holds at once."""
        (self.studio.settings.home / "policy.toml").write_text(text, encoding="utf-8")
        self.app.state.web.policies._read = float("-inf")

    def ask(
        self, who: str, text: str = "a slow bird", group: str | None = None, n: int | None = None
    ) -> runs.Run:
        """A run of somebody's in line; in a group, its n-th part."""
        score = Score((Shot(text, 1.0),), ModelRef("echo"), (64, 64), 12.0, 7)
        names = new_id("run"), new_id("work"), self.persons[who], score
        asked = runs.Asked(*names, group_id=group, group_order=n)
        return self.studio.commit(lambda conn: runs.ask(conn, asked, self.studio.clock.now()))

    def group(self, who: str, count: int = 2) -> str:
        """A group of somebody's in line; its id."""
        now, person = self.studio.clock.now(), self.persons[who]

        def step(conn: Any) -> str:
            group = groups.add(conn, person, "grid", now)
            for n in range(count):
                score = Score((Shot("a bird", 1.0),), ModelRef("echo"), (64, 64), 12.0, n)
                names = new_id("run"), new_id("work"), person, score
                runs.ask(conn, runs.Asked(*names, group_id=group.id, group_order=n), now)
            return group.id

        return self.studio.commit(step)

    def shown(self, who: str, film: bytes = FILM) -> str:
        """A work of somebody's that everybody sees."""
        run = self.make(who, film=film)
        work = str(run.work_id)
        self.studio.commit(lambda c: works.show(c, run.person_id, work, "everybody", 5))
        return work

    def keeper(self, name: str) -> str:
        """A keeper with a key that may manage; their id."""

        def step(conn: Any) -> str:
            person = people.add(conn, "keeper", 1, name)
            may = ("read", "make", "manage")
            self.secrets[name] = keys.make(conn, person.id, name, may, 1)[1]
            return person.id

        return self.studio.commit(step)

    def report(self, who: str = "guest", **said: Any) -> Any:
        """Somebody reports a work; `about` says which."""
        sent = {"why": "hurts", "words": "No."} | said
        return self.come(who).post("/reports", json=sent, headers=PROGRAM | self.origin)

    def decide(self, who: str, verdict: str, n: int = 1, **said: Any) -> Any:
        """Somebody decides a report."""
        sent = {"verdict": verdict, "reasons": "It hurts somebody."} | said
        return self.come(who).post(
            f"/reports/{n}/decision", json=sent, headers=PROGRAM | self.origin
        )

    def make(
        self,
        who: str,
        text: str = "a slow bird",
        film: bytes = FILM,
        group: str | None = None,
        n: int | None = None,
        **facts: Any,
    ) -> runs.Run:
        """A kept work of somebody's; in a group, its n-th part. facts: what else its performance brings."""
        run, now = self.ask(who, text, group, n), self.studio.clock.now()
        sha = self.studio.files.keep(film)
        kept = runs.Kept(
            media_sha=sha,
            bytes=len(film),
            mime="video/mp4",
            width=64,
            height=64,
            fps=12.0,
            frames=12,
            seconds=1.0,
            position={"model": "echo", "genome": 1, "genes": {"hue": 0.5}, "seeds": {}},
            recipe={"echo": "1"},
            understood={"words": [["bird", "a bird"]], "sentence": "A bird, slowly."},
            measured_seconds=0.5,
        )
        kept = replace(kept, **facts)

        def step(conn: Any) -> None:
            epoch = runs.raise_epoch(conn)
            assert runs.claim(conn, run.id, epoch, now)
            files.note(conn, self.studio.files, sha, "video/mp4", now, film)
            assert runs.complete(conn, self.studio.files, run.id, 1, kept, now)

        self.studio.commit(step)
        return run

    def room(self, visitors: int = 9) -> tuple[rooms.Room, str]:
        """A room and the token on its door."""
        now, me = self.studio.clock.now(), self.studio.person
        return self.studio.commit(lambda c: rooms.make(c, "the hall", visitors, None, me, now))


def a_house(home: Path, **more: Any) -> House:
    """A studio in this folder, with everybody who comes to it. more: other settings."""
    opened = open_studio(settings=Settings(home=home, fsync=False, busy_seconds=2, **more))
    studio = replace(opened, writer=Writer(opened.archive))
    house = House(studio, create_app(studio, hosts=frozenset({HOST}), local=True))
    now = studio.clock.now()

    def step(conn: Any) -> None:
        member = people.add(conn, "member", now, "ana")
        house.persons["stranger"] = people.add(conn, "member", now, "who shows nothing").id
        for who, person, scopes in (
            ("member", member.id, ("read", "make")),
            ("reader", member.id, ("read",)),
            ("manager", studio.person, ("read", "make", "manage")),
        ):
            house.secrets[who] = keys.make(conn, person, who, scopes, now)[1]
            house.persons[who] = person

    studio.commit(step)
    house.secrets["nobody"] = "uncaged_" + "x" * 43
    house.persons["owner"] = studio.person
    for who, address in (("guest", "203.0.113.7"), ("other", "203.0.113.8")):
        house.persons[who] = entering.by_address(studio, address).person.id
    house.policy(FREE)
    return house


def leave(house: House) -> None:
    """Closes it."""
    assert house.studio.writer is not None
    house.studio.writer.close()
    house.studio.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of one's own."""
    made = a_house(tmp_path / "home")
    yield made
    leave(made)


@pytest.fixture
def house_in() -> Iterator[Callable[..., House]]:
    """A house in a folder that the test names, with settings of its own."""
    made: list[House] = []

    def make(home: Path, **more: Any) -> House:
        made.append(a_house(home, **more))
        return made[-1]

    yield make
    for one in made:
        leave(one)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests of a module, which leave it as they need it."""
    made = a_house(tmp_path_factory.mktemp("shared") / "home")
    yield made
    leave(made)
