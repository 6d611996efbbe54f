"""Another studio of ours as a model: from the command that adds it to a kept work, over a real connection."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import uncaged
from uncaged.archive import people, runs
from uncaged.core.errors import AskedWrong, Impossible, RunFailed, TermsNotAccepted
from uncaged.core.media import film_facts
from uncaged.engines.remote import remembered
from uncaged.engines.remote.place import Place
from uncaged.studio import errands, remoting, terms
from uncaged.studio.studio import Studio


@pytest.fixture
def far(studio: Studio, served: Any) -> remoting.Asked:
    """A model of the studio that is served, on the shelf of this one as `far`."""
    wish = remoting.Wish((served.address,), "echo")
    asked = remoting.ask(studio, wish)
    remoting.add(studio, asked, "far")
    return asked


def test_its_film_is_kept_here_and_says_where_it_was_made(
    studio: Studio, served: Any, far: remoting.Asked
) -> None:
    assert far.place.speaks == "uncaged" and "ink" in far.listed
    assert far.card["licence"] == "AGPL-3.0-or-later" and far.place.sides == (16, 4096)
    work = studio.make("a heron wades", model="far", seconds=0.5, size=(64, 48), fps=8, seed=4)
    found = film_facts(work.path)
    assert (found.width, found.height, found.frames) == (64, 48, 4)
    recipe = dict(work.run.recipe or {})
    assert recipe["at"] == served.address and recipe["their_model"] == "echo"
    assert recipe["sent"] == "prompt, model, seconds, size, seed, fps, dials"
    assert served.address in work.understood["sentence"]
    there = served.client().get("/videos", cast_to=dict[str, Any])
    assert recipe["their_id"] not in str(there)  # nothing of ours stays there


def test_its_options_are_ours_and_nothing_is_clamped(
    studio: Studio, far: remoting.Asked, served: Any
) -> None:
    assert {one.name for one in far.place.options} == {"pause", "shift"}
    more = {"seconds": 0.5, "size": (64, 48), "fps": 8, "seed": 4}
    plain, turned, other = (
        studio.make("a heron wades", model="far", options={"shift": shift}, **more)
        for shift in (1.0, -40.25, 4.0)
    )
    assert plain.run.score is not None and plain.run.score.options == {"pause": 0.0, "shift": 1.0}
    assert "dials" in dict(turned.run.recipe or {})["sent"]
    films = {one.path.read_bytes() for one in (plain, turned, other)}
    assert len(films) == 3
    with pytest.raises(AskedWrong, match=r"no option called 'wobble'.*pause, shift"):
        studio.ask("a heron", model="far", options={"wobble": 1.0})


def test_its_pictures_are_ours(studio: Studio, served: Any) -> None:
    asked = remoting.ask(studio, remoting.Wish((served.address,), "ink"))
    assert asked.place.stills and not asked.place.sound
    remoting.add(studio, asked, "pen")
    work = studio.make("a heron", model="pen", seconds=0, size=(64, 64), seed=3)
    here = studio.make("a heron", model="ink", seconds=0, size=(64, 64), seed=3)
    assert work.path.read_bytes() == here.path.read_bytes()
    assert work.row.mime == "image/png"
    recipe = dict(work.run.recipe or {})
    there = served.client().get("/videos", cast_to=dict[str, Any])
    assert recipe["their_id"] not in str(there)


def test_everybody_says_yes_once(studio: Studio, served: Any, far: remoting.Asked) -> None:
    with studio.archive.write() as conn:
        ana = studio.as_person(people.add(conn, "member", 5, "ana").id)
    with pytest.raises(TermsNotAccepted, match=f"performs elsewhere.*{served.address}.*read"):
        ana.ask("a heron", model="far")
    assert terms.accept(ana, "far")
    assert ana.ask("a heron", model="far").run.state == "queued"


def test_an_offline_studio_sends_nothing(studio: Studio, far: remoting.Asked) -> None:
    shut = studio.settings.model_copy(update={"offline": True})
    with pytest.raises(Impossible, match="offline"):
        remoting.ask(replace(studio, settings=shut), remoting.Wish(far.place.addresses, "echo"))


def steward_of(served: Any) -> int:
    """The process of a studio that is served which hands out its orders."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError, IndexError, ValueError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == served.process.pid and b"\0steward\0" in (entry / "cmdline").read_bytes():
                return int(entry.name)
    raise AssertionError("there is no steward")


def until(true: Callable[[], object]) -> None:
    waited = threading.Event()
    for _ in range(1200):
        if true():
            return
        waited.wait(0.05)
    raise AssertionError("it never happened")


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for the steward in /proc")
def test_a_steward_that_is_killed_takes_up_the_film_that_runs_there(
    studio: Studio, far: remoting.Asked, serve_again: Any
) -> None:
    mine = serve_again()
    slow = {"options": {"pause": 0.25}, "seconds": 1.0, "size": (64, 48), "fps": 8}
    asked = studio.ask("a heron", model="far", **slow)
    path = errands.remembered_at(studio, asked.run.id)

    def job() -> str:
        return "".join(one.job for one in remembered.read(path))

    until(job)
    there = job()
    os.kill(steward_of(mine), signal.SIGKILL)

    def attempt() -> int:
        with studio.archive.read() as conn:
            return runs.get(conn, asked.run.id).attempt

    until(lambda: attempt() == 2)
    work = asked.wait()
    assert dict(work.run.recipe or {})["their_id"] == there  # the same, and no second one
    until(lambda: not path.exists())


def test_a_studio_does_not_ask_itself(studio: Studio, serve_again: Any) -> None:
    """It is served from the same home."""
    served = serve_again()
    for addresses in [(served.address,), ("http://127.0.0.1:9", served.address)]:
        with pytest.raises(AskedWrong, match=f"{served.address} is this studio itself"):
            remoting.ask(studio, remoting.Wish(addresses, "echo"))
    place = Place((served.address,), "echo", "uncaged")
    remoting.add(studio, remoting.Asked(place, ()), "me")
    with pytest.raises(RunFailed, match="asks itself"):
        studio.make("a heron", model="me", seconds=0.5, size=(64, 64), fps=8)


def test_what_another_studio_asks_for_is_not_passed_on(
    studio: Studio, serve_again: Any, tmp_path: Path
) -> None:
    """So that two which name each other go round in no circle."""
    served = serve_again()
    nowhere = Place(("http://127.0.0.1:9",), "echo", "uncaged")
    remoting.add(studio, remoting.Asked(nowhere, ()), "there")
    with uncaged.open_studio(tmp_path / "mine") as mine:
        with pytest.raises(AskedWrong, match="there performs elsewhere itself"):
            remoting.ask(mine, remoting.Wish((served.address,), "there"))
        place = Place((served.address,), "there", "uncaged")
        remoting.add(mine, remoting.Asked(place, ()), "far")
        with pytest.raises(RunFailed, match="is not passed on"):
            mine.make("a heron", model="far", seconds=0.5, size=(64, 64), fps=8)
