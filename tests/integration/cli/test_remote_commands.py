"""`uncaged models add-remote`: what is shown before, what is kept of it, and a film that is made elsewhere."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uncaged.engines.remote.place import Place

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_server import Server, film, reply, start

Run = Callable[..., Any]
KEY = "sk-nobody-may-read-this"


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Server]:
    """A server that has two models, and wants a key."""
    server = Server(film(tmp_path / "film.mp4", (96, 64)))
    rows = [{"id": "big", "owned_by": "sglang"}, {"id": "small", "owned_by": "somebody"}]
    server.on["GET", "/v1/models"] = lambda _: (
        reply(200, {"object": "list", "data": rows})
        if server.asked[-1][2]["authorization"] == f"Bearer {KEY}"
        else reply(401, {"error": {"message": "no key"}})
    )
    made = start(server)
    yield server
    made.shutdown()
    made.server_close()


def add(uncaged: Run, far: Server, *more: str, name: str = "far") -> Any:
    given = ("models", "add-remote", name, "--at", far.address, "--key-from", "FAR_KEY", *more)
    return uncaged(*given, FAR_KEY=KEY)


def test_from_an_address_to_a_film_and_off_the_shelf(
    uncaged: Run, far: Server, tmp_path: Path
) -> None:
    done = add(uncaged, far, "--model", "big", "--yes")
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for said in (
        "called big there",
        far.address,
        "sglang",
        "The words, size and length",
        "read and",
    ):
        assert said in shown
    assert "Undisclosed." in shown and KEY not in done.stdout + done.stderr
    (key,) = (tmp_path / "home" / "keys").iterdir()
    assert key.read_text() == KEY and key.stat().st_mode & 0o777 == 0o600
    made = uncaged(
        "make",
        "a heron",
        "--model",
        "far",
        "--size",
        "96x64",
        "--seconds",
        "1",
        "--fps",
        "8",
        "--json",
    )
    assert made.returncode == 0, made.stderr
    work = json.loads(made.stdout)
    assert work["recipe"]["at"] == far.address and work["recipe"]["their_id"] == "video_1"
    info = uncaged("info", work["id"]).stdout
    assert f"at {far.address}" in info and "sent prompt, model, seconds" in " ".join(info.split())
    assert {headers["authorization"] for _m, _p, headers, _f in far.asked} == {f"Bearer {KEY}"}
    for path in (tmp_path / "home").rglob("*"):
        assert path == key or not path.is_file() or KEY.encode() not in path.read_bytes()
    again = json.loads(add(uncaged, far, "--model", "big", "--yes", "--json").stdout)
    assert again["known"] and again["speaks"] == "sglang"
    assert uncaged("models", "remove", "far", "--yes").returncode == 0
    assert not key.exists()


def test_whoever_says_no_adds_nothing(uncaged: Run, far: Server, monkeypatch: Any) -> None:
    monkeypatch.setattr("uncaged.cli.remoting.consented", lambda _: False)
    done = add(uncaged, far, "--model", "small")
    assert done.returncode == 0 and "not on the shelf" in done.stdout
    assert uncaged("models", "info", "far").returncode == 2
    assert far.paths("POST") == []


def test_what_cannot_be_is_told_in_words(uncaged: Run, far: Server, tmp_path: Path) -> None:
    def refused(*arguments: str, **variables: str) -> str:
        done = uncaged("models", "add-remote", *arguments, "--yes", **variables)
        assert done.returncode != 0 and KEY not in done.stderr
        return " ".join(done.stderr.split())

    at = ("far", "--at", far.address)
    assert "no key" in refused(*at, "--model", "big") and "--key-from" in refused(*at)
    assert "Say which model" in add(uncaged, far, "--yes").stderr
    assert "no model called bog" in add(uncaged, far, "--model", "bog", "--yes").stderr
    assert "neither a variable nor a file" in refused(*at, "--key-from", "NOTHING_HERE")
    assert "no key: it is one word" in refused(*at, "--key-from", "K", K="two words")
    assert "begins with http" in refused("far", "--at", "http://studio.example")
    assert "has no password" in refused("far", "--at", "https://me:secret@studio.example")
    assert "no address" in refused("far", "--at", "ftp://studio.example")
    assert "Nobody answers" in refused("far", "--at", "http://127.0.0.1:9")
    asked = len(far.asked)
    assert "offline" in refused(*at, "--model", "big", UNCAGED_OFFLINE="1")
    assert len(far.asked) == asked
    assert not (tmp_path / "home" / "keys").exists()


def test_an_offline_studio_asks_nobody_for_a_film(uncaged: Run, far: Server) -> None:
    assert add(uncaged, far, "--model", "big", "--yes").returncode == 0
    done = uncaged("make", "a heron", "--model", "far", UNCAGED_OFFLINE="1")
    assert done.returncode == 2 and "offline: nothing leaves it" in done.stderr
    assert far.paths("POST") == []


def test_a_key_that_is_said_back_is_printed_and_kept_nowhere(
    uncaged: Run, far: Server, tmp_path: Path
) -> None:
    assert add(uncaged, far, "--model", "big", "--yes").returncode == 0
    said = {"error": {"message": f"no user has Bearer {KEY}"}}
    far.on["POST", "/v1/videos"] = lambda _: reply(401, said)
    made = uncaged("make", "a heron", "--model", "far", "--size", "96x64", "--fps", "8")
    assert made.returncode == 1 and "no user has Bearer [key]" in " ".join(made.stderr.split())
    far.on["GET", "/v1/models"] = lambda _: reply(403, said)
    again = add(uncaged, far, "--model", "big", "--yes", name="again")
    assert again.returncode == 1 and "[key]" in again.stderr
    assert KEY not in made.stdout + made.stderr + again.stdout + again.stderr
    (key,) = (tmp_path / "home" / "keys").iterdir()
    for path in (tmp_path / "home").rglob("*"):
        assert path == key or not path.is_file() or KEY.encode() not in path.read_bytes()


def test_another_studios_measures_are_known_here(uncaged: Run, far: Server) -> None:
    seedling = {"sizes": [256, 512], "only_sizes": ["256x256", "512x512"], "seconds": [2, 2]}
    wide = {"sizes": [64, 512], "only_sizes": [], "seconds": [1, 6]}
    more = {"owned_by": "uncaged", "pictures": 0, "negative_prompt": True}
    rows = [{"id": "one", **more, **seedling}, {"id": "two", **more, **wide}]
    far.on["GET", "/v1/models"] = lambda _: reply(200, {"object": "list", "data": rows})
    for name, sizes in (("one", "256x256, 512x512"), ("two", "64 to 512 pixels a side")):
        assert add(uncaged, far, "--model", name, "--yes", name=f"far-{name}").returncode == 0
        assert sizes in uncaged("models", "info", f"far-{name}").stdout
    gone = uncaged("models", "remove", "far-one", "--yes")
    assert "nothing is sent there any more" in gone.stdout
    # What it takes for usual is a size that it makes.
    asked = uncaged("make", "a heron", "--model", "far-two", "--no-wait", "--json")
    assert asked.returncode == 0, asked.stderr


def test_that_its_films_sound_is_said_here_where_it_is_said_there(
    uncaged: Run, far: Server
) -> None:
    more = {"sizes": [64, 512], "seconds": [1, 6], "pictures": 0, "negative_prompt": False}
    rows = [
        {"id": name, "owned_by": owner, "sound": sound, **more}
        for name, owner, sound in (
            ("loud", "uncaged", True),
            ("silent", "uncaged", False),
            ("odd", "uncaged", "yes"),
            ("else", "others", True),
        )
    ]
    far.on["GET", "/v1/models"] = lambda _: reply(200, {"object": "list", "data": rows})
    for name, way, sounds in (
        ("loud", (), True),
        ("silent", (), False),
        ("odd", (), False),
        ("else", (), False),
        ("else", ("--sound",), True),
        ("loud", ("--no-sound",), False),
    ):
        done = add(uncaged, far, "--model", name, "--yes", *way, name="here")
        assert done.returncode == 0, done.stderr
        assert ("films with sound" in done.stdout) == sounds, (name, way)
        record = json.loads(uncaged("models", "info", "here", "--json").stdout)
        assert record["capabilities"]["sound"] is sounds
        assert uncaged("models", "remove", "here", "--yes").returncode == 0


def test_a_place_without_sound_is_written_as_it_was_before_there_was_any() -> None:
    silent = Place(("http://127.0.0.1:9",), "theirs")
    assert (
        b"sound" not in silent.written()
        and b'"sound":true' in replace(silent, sound=True).written()
    )
