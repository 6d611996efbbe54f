"""`uncaged open` as a person runs it: shut until everything is there, a guest's film, an end, and a site of files."""

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import keys, runs, works
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.studio import open_door
from uncaged.studio.studio import open_studio

Run = Callable[..., Any]
FILM = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 0.5}


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"UNCAGED_HOME": str(folder / "home"), "TERM": "dumb", "UNCAGED_FSYNC": "0"}


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A home with an owner, rules and a contact; visitors make two films each."""
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as here:
        now = here.clock.now()
        row = "INSERT INTO house_pages (name, text, since, who) VALUES (?, ?, ?, ?)"
        with here.archive.write() as conn:
            keys.make(conn, here.person, "own", ("read", "make", "manage"), now)
            for name, text in (("rules", "Be kind."), ("contact", "Moss, door@north.example")):
                conn.exec_driver_sql(row, (name, text, now, here.person))
        here.policy.write_text('[door]\nproxies = ["127.0.0.1"]\n', encoding="utf-8")
    return tmp_path


class Opened:
    """A door that is open in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._out = (folder / "said").open("a+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uncaged", "open", "--json", "--port", "0", *arguments],
            env=environment(folder),
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=self._out,
            text=True,
        )
        assert self.process.stdout is not None
        self.begins: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.token = self.begins["address"].rpartition("/")[2]
        self.at = self.begins["address"].partition("/open/")[0]

    def rest(self, seconds: float = 60.0) -> str:
        """What it says until it has ended by itself."""
        said, _ = self.process.communicate(timeout=seconds)
        self._out.close()
        return said

    def end(self, how: int) -> int:
        self.process.send_signal(how)
        self.rest()
        return self.process.returncode


@pytest.fixture
def opened(ready: Path) -> Iterator[Callable[..., Opened]]:
    """Opens the door of that home."""
    made: list[Opened] = []

    def open_it(*arguments: str) -> Opened:
        made.append(Opened(ready, *arguments))
        return made[-1]

    yield open_it
    for one in made:
        if one.process.poll() is None:
            one.end(signal.SIGTERM)


FAR = {"X-Forwarded-For": "203.0.113.9"}
"""By a proxy on this machine: whoever comes straight from it is the owner."""


class Guest:
    """A browser somewhere that came by the address on the wall."""

    def __init__(self, at: str, token: str, context: ssl.SSLContext | None = None) -> None:
        self._at, self.jar = at, CookieJar()
        ways: list[Any] = [urllib.request.HTTPCookieProcessor(self.jar)]
        if context is not None:
            ways.append(urllib.request.HTTPSHandler(context=context))
        self._open = urllib.request.build_opener(*ways).open
        self.get(f"/open/{token}")

    def get(self, path: str, accept: str = "application/json") -> bytes:
        asked = urllib.request.Request(self._at + path, headers=FAR | {"Accept": accept})
        with self._open(asked, timeout=20) as answer:
            return answer.read()

    def post(self, path: str, sent: dict[str, Any]) -> tuple[int, Any]:
        headers = FAR | {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Origin": self._at,
        }
        asked = urllib.request.Request(self._at + path, json.dumps(sent).encode(), headers)
        try:
            with self._open(asked, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


def until(true: Callable[[], object], seconds: float = 40.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def test_it_stays_shut_until_everything_is_there(uncaged: Run) -> None:
    shut = uncaged("open", "--port", "0")
    assert shut.returncode == 2 and "The door stays shut" in shut.stderr
    for command in ("uncaged key add", "uncaged house set rules", "uncaged house set contact"):
        assert command in shut.stderr
    assert shut.stdout.count("□") == 3 and shut.stdout.count("■") == 3
    wrong = uncaged("open", "--port", "0", UNCAGED_LANGUAGE="xx")
    assert "not translated into 'xx'" in wrong.stderr, "not when the evening is over"
    for arguments, said in (
        (("--close",), "not open"),
        (("--longer", "30m"), "not open"),
        (("--longer", "1h", "--close"), "not to be had at once"),
        (("--for", "soon"), "no length of time"),
        (("--public-url", "studio"), "no address"),
        (("--tls-cert", "none.pem"), "--tls-key is missing"),
    ):
        wrong = uncaged("open", *arguments)
        assert wrong.returncode == 2 and said in wrong.stderr, wrong.stderr


def test_a_guest_makes_a_film_the_door_closes_and_the_site_stays(
    opened: Callable[..., Opened], uncaged: Run, ready: Path
) -> None:
    door = opened("--for", "1h", "--host", "127.0.0.1", "--out", str(ready / "site"))
    beside = uncaged("open", "--port", "0")
    assert beside.returncode == 2 and "opened the studio" in beside.stderr
    longer = json.loads(uncaged("open", "--longer", "30m", "--json").stdout)
    assert longer["until"] == door.begins["until"] + 30 * 60 * 1_000_000
    guest, late = Guest(door.at, door.token), Guest(door.at, door.token)
    status, made = guest.post("/works", FILM)
    assert status == 202
    until(lambda: json.loads(guest.get(f"/works/{made['id']}"))["kept"])
    with open_studio(settings=Settings(home=ready / "home", fsync=False)) as here:
        with here.archive.write() as conn:
            whose = conn.exec_driver_sql(
                "SELECT person_id FROM works WHERE id = ?", (made["id"],)
            ).scalar_one()
            works.show(conn, whose, made["id"], "everybody", here.clock.now())
        status, last = guest.post("/works", FILM | {"seconds": 2})
        assert status == 202
        assert "closed for new makings" in uncaged("open", "--close").stdout
        ends = json.loads(door.rest().strip().split("\n")[-1])
        assert door.process.returncode == 0 and ends["site"] == str(ready / "site")
        assert here.as_person(whose).work(last["id"]).row.kept is not None  # who stood in line
    site = ready / "site"
    assert (site / f"films/{made['id']}.html").is_file()
    assert not (site / f"films/{last['id']}.html").exists()  # nobody showed it
    assert (site / f"films/{made['id']}-strip.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert late.jar and "a guest" in (site / "index.html").read_text(encoding="utf-8")


def test_killed_it_goes_on_with_the_same_clock_and_token(
    opened: Callable[..., Opened], ready: Path
) -> None:
    first = opened("--for", "1h", "--host", "127.0.0.1")
    guest = Guest(first.at, first.token)
    assert guest.jar
    first.end(signal.SIGKILL)
    again = opened("--for", "9h", "--host", "127.0.0.1")
    assert again.begins["again"] and again.begins["until"] == first.begins["until"]
    assert again.token == first.token and again.begins["id"] == first.begins["id"]
    assert Guest(again.at, again.token).jar
    assert again.end(signal.SIGINT) == 0


def test_closed_where_nobody_serves_it_is_finished_there(
    opened: Callable[..., Opened], uncaged: Run, ready: Path
) -> None:
    door = opened("--for", "1h", "--host", "127.0.0.1")
    guest = Guest(door.at, door.token)
    door.end(signal.SIGKILL)
    with open_studio(settings=Settings(home=ready / "home", fsync=False)) as here:
        score = Score((Shot("a bird", 1.0),), ModelRef("echo"), (64, 64), 12.0, 7)
        asked = runs.Asked(new_id("run"), new_id("work"), here.person, score)
        here.commit(lambda conn: runs.ask(conn, asked, here.clock.now()))
        closed = uncaged("open", "--close", "--out", str(ready / "site"))
        assert closed.returncode == 0 and "Nobody serves now" in closed.stdout, closed.stderr
        assert f"site lies in {ready / 'site'}" in closed.stdout
        assert here.work(asked.work_id).row.kept is not None, "who stood in line was served"
        assert open_door.unfinished(here) is None
    assert (ready / "site" / "index.html").is_file() and guest.jar
    again = uncaged("open", "--close")
    assert again.returncode == 2 and "not open" in again.stderr


def test_closed_with_an_empty_line_it_ends_at_once_and_as_json(uncaged: Run, ready: Path) -> None:
    with open_studio(settings=Settings(home=ready / "home", fsync=False)) as here:
        opening = open_door.begin(here, open_door.Terms(None, "127.0.0.1"), 3600.0)
    done = uncaged("open", "--close", "--json")
    first, last = map(json.loads, done.stdout.strip().split("\n"))
    assert first["id"] == opening.id and first["closed"]
    assert last == {"id": opening.id, "site": str(ready / "home" / "site")}
    assert done.stderr == "" and (ready / "home" / "site" / "index.html").is_file()


def test_by_its_own_certificate(opened: Callable[..., Opened], ready: Path) -> None:
    pair = ready / "a.pem", ready / "a.key"
    subprocess.run(
        (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 "
            f"-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -out {pair[0]} -keyout {pair[1]}"
        ).split(),
        check=True,
        capture_output=True,
    )
    ways = "--host", "127.0.0.1", "--tls-cert", str(pair[0]), "--tls-key", str(pair[1])
    door = opened("--for", "1h", *ways)
    assert door.at.startswith("https://") and door.begins["address"].startswith("https://")
    assert any("certificate" in one["found"] for one in door.begins["asked"])
    guest = Guest(door.at, door.token, ssl.create_default_context(cafile=str(pair[0])))
    assert [cookie.secure for cookie in guest.jar] == [True]
    status, made = guest.post("/works", FILM)
    assert status == 202
    until(lambda: json.loads(guest.get(f"/works/{made['id']}"))["kept"])
    page = guest.get("/open", "text/html").decode()
    assert "It is plain http" not in page and "FILE" in page and str(ready) not in page
