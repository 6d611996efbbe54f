"""A film made elsewhere, and whoever ends in the middle of it: what runs there is taken up, or deleted there."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_server import Server, film, reply, start
from uncaged.archive import runs
from uncaged.core.errors import RunCancelled
from uncaged.core.order import Progress
from uncaged.engines.remote import remembered
from uncaged.engines.remote.place import Place
from uncaged.engines.remote.remembered import Asked
from uncaged.studio import errands, remoting
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio

GOING = {"status": "in_progress", "progress": 30}


@pytest.fixture
def far(studio: Studio, tmp_path: Path) -> Iterator[Server]:
    """Another studio, whose model is on the shelf as `far`."""
    server = Server(film(tmp_path / "film.mp4", (64, 64)))
    made = start(server)
    place = Place((server.address,), "theirs", "uncaged")
    remoting.add(studio, remoting.Asked(place, ()), "far", "sk-nobody")
    yield server
    made.shutdown()
    made.server_close()


def children() -> set[int]:
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(one) for path in found for one in path.read_text().split()}


def left(studio: Studio) -> list[Path]:
    return list(studio.settings.errands.glob("*"))


def test_a_film_is_deleted_there_once_it_is_kept_here(studio: Studio, far: Server) -> None:
    asked = studio.ask("a heron", model="far", size=(64, 64), seconds=1.0, fps=8)
    work = asked.wait()
    assert work.path.stat().st_size > 0
    assert far.paths("DELETE") == ["/v1/videos/video_1"] and left(studio) == []
    assert far.asked[-1][2]["authorization"] == "Bearer sk-nobody"


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for the performer in /proc")
def test_a_performer_that_is_killed_costs_no_film_there(studio: Studio, far: Server) -> None:
    far.states = [GOING]
    before, killed = children(), list[int]()
    asked = studio.ask("a heron", model="far", size=(64, 64), seconds=1.0, fps=8)

    def watch(event: object) -> None:
        if isinstance(event, Progress) and event.done == 27 and not killed:
            killed.extend(children() - before)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            far.states, far.looked = [GOING, {"status": "completed"}], 0

    work = asked.wait(watch)
    assert work.path.stat().st_size > 0 and killed
    assert far.jobs == 1 and far.paths("POST") == ["/v1/videos"]
    assert far.paths("DELETE") == ["/v1/videos/video_1"] and left(studio) == []


def test_cancelled_where_nobody_answers_it_is_deleted_there_later(
    studio: Studio, far: Server
) -> None:
    far.states = [GOING]
    far.on["DELETE", "/"] = lambda _: reply(503)
    asked = studio.ask("a heron", model="far", size=(64, 64), seconds=1.0, fps=8)

    def watch(event: object) -> None:
        if isinstance(event, Progress) and event.done == 27:
            asked.cancel()

    with pytest.raises(RunCancelled):
        asked.wait(watch)
    assert len(left(studio)) == 1 and far.paths("DELETE") != []
    del far.on["DELETE", "/"]
    assert errands.tidy(studio) == 1 and left(studio) == []


def test_what_still_waits_is_left_there(studio: Studio, far: Server) -> None:
    asked = studio.ask("a heron", model="far")
    path = errands.remembered_at(studio, asked.run.id)
    remembered.write(path, [Asked(far.address, "k", "video_7")])
    assert errands.tidy(studio) == 0 and far.asked == []
    with studio.archive.write() as conn:
        runs.cancel(conn, asked.run.id, studio.clock.now(), who=studio.person)
    with stewardship(studio) as steward:
        assert steward is not None
    assert far.paths("DELETE") == ["/v1/videos/video_7"] and left(studio) == []


def test_nothing_is_asked_where_it_was_not_asked_before(studio: Studio, far: Server) -> None:
    asked = studio.ask("a heron", model="far")
    asked.cancel()
    path = errands.remembered_at(studio, asked.run.id)
    remembered.write(path, [Asked("http://127.0.0.1:9", "k", "video_7")])
    errands.tidy(studio)
    assert far.asked == [] and left(studio) == []
