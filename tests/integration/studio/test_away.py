"""What other machines perform, beside what this one performs: no seat of it is taken, and addresses are the slots."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from housing import House, ask, state

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_server import Server, film, start
from uncaged.archive import performers, runs
from uncaged.archive.runs import Run
from uncaged.engines.remote.place import Place
from uncaged.queue import following, place
from uncaged.studio import errands, remoting
from uncaged.studio.studio import Studio

GOING: dict[str, Any] = {"status": "in_progress", "progress": 30}
DONE: dict[str, Any] = {"status": "completed"}


@pytest.fixture
def far(studio: Studio, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two machines with the same model, which is on the shelf as `far`."""
    content = film(tmp_path / "film.mp4", (64, 64))
    servers = Server(content, [GOING]), Server(content, [GOING])
    made: list[ThreadingHTTPServer] = [start(one) for one in servers]
    there = Place(tuple(one.address for one in servers), "theirs", "uncaged")
    remoting.add(studio, remoting.Asked(there, ()), "far")
    yield servers
    for one in made:
        one.shutdown()
        one.server_close()


def ask_far(studio: Studio) -> Run:
    return studio.ask("a heron", model="far", size=(64, 64), seconds=1.0, fps=8).run


def test_films_made_elsewhere_take_no_seat_and_each_address_has_one(
    studio: Studio, far: tuple[Server, Server]
) -> None:
    one, two = far
    away = [ask_far(studio) for _ in range(3)]
    with House(studio, performers=1) as house:
        house.until(lambda: (one.jobs, two.jobs) == (1, 1))
        here = ask(studio)
        house.until(lambda: state(studio, here) == "completed")
        assert sorted(state(studio, run) for run in away) == ["in_progress"] * 2 + ["queued"]
        with studio.archive.read() as conn:
            there = performers.all_of_them(conn)
        devices = [one.device for one in there if one.lane == "interactive"]
        assert devices == ["cpu", "elsewhere", "elsewhere"]
        assert len({one.desk for one in there if one.device == "elsewhere"}) == 1
        one.states = two.states = [DONE]
        house.until(lambda: all(state(studio, run) == "completed" for run in away))
    assert one.jobs + two.jobs == 3
    with studio.archive.read() as conn:
        measured = [runs.get(conn, run.id).measured_seconds for run in away]
    assert min(found or 0.0 for found in measured) > 0.3  # as long as it took there


def test_a_studio_that_ends_leaves_it_there_and_the_next_takes_it_up(
    studio: Studio, far: tuple[Server, Server]
) -> None:
    one, two = far
    studio = replace(studio, settings=studio.settings.model_copy(update={"finish_seconds": 0.2}))
    away = [ask_far(studio) for _ in range(2)]
    with House(studio, performers=1) as house:
        house.until(lambda: (one.looked > 0, two.looked > 0) == (True, True))
    assert [state(studio, run) for run in away] == ["queued", "queued"]
    assert one.paths("DELETE") == two.paths("DELETE") == []
    one.states = two.states = [DONE]
    with House(studio, performers=1) as house:
        house.until(lambda: all(state(studio, run) == "completed" for run in away))
        assert (one.jobs, two.jobs) == (1, 1)
    with studio.archive.read() as conn:
        assert [runs.get(conn, run.id).deaths for run in away] == [0, 0]
    errands.tidy(studio)
    assert one.paths("DELETE") == two.paths("DELETE") == ["/v1/videos/video_1"]


def test_what_came_back_too_often_is_performed_alone(
    studio: Studio, far: tuple[Server, Server]
) -> None:
    run = ask_far(studio)
    assert errands.together(studio, run) == 2
    with studio.archive.write() as conn:
        for _ in range(studio.settings.deaths):
            claimed = runs.claim(conn, run.id, runs.raise_epoch(conn), studio.clock.now())
            assert claimed is not None
            runs.give_back(conn, run.id, claimed.attempt, studio.clock.now())
        run = runs.get(conn, run.id)
    assert run.attempt == 1 + studio.settings.deaths and errands.together(studio, run) == 2
    with studio.archive.write() as conn:
        claimed = runs.claim(conn, run.id, runs.raise_epoch(conn), studio.clock.now())
        assert claimed is not None
        runs.give_back(conn, run.id, claimed.attempt, studio.clock.now())
        run = runs.get(conn, run.id)
    assert errands.together(studio, run) == 0


def test_nobody_here_waits_for_what_others_perform(
    studio: Studio, far: tuple[Server, Server]
) -> None:
    away = [ask_far(studio) for _ in range(3)]
    here = ask(studio)
    with studio.archive.read() as conn:
        rules = following.look(conn, studio.policy).policy.rules()
        found = place.foresee(conn, rules, studio.clock.now())
    starts = {one.run: one.starts for one in found.places}
    assert starts[here.id] == 0.0 and starts[away[0].id] == 0.0
    assert 0.0 < starts[away[1].id] < starts[away[2].id]
    assert sorted(one.place for one in found.places) == [1, 2, 3, 4]
