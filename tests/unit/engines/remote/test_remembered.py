"""What is asked for elsewhere outlasts whoever asked: the next attempt takes up the film that runs there."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asking_far import QUICK, SCORE, frames, place_at, played

from fake_server import Server
from uncaged.core.errors import RunFailed
from uncaged.core.order import Event, Order, Progress
from uncaged.engines.remote import remembered
from uncaged.engines.remote.performing import RemotePerformance
from uncaged.engines.remote.remembered import Asked

PATIENT = replace(QUICK, leave=10)
GOING = {"status": "in_progress", "progress": 30}


def performing(server: Server, tmp_path: Path, attempt: int = 1, **more: Any) -> Any:
    """An attempt, as a performer of its own makes it."""
    errand = str(tmp_path / "errands" / "r_aaaaaaaaaaaa.json")
    order = Order("r_aaaaaaaaaaaa", attempt, SCORE, scratch=str(tmp_path), errand=errand)
    return played(RemotePerformance(place_at(server, **more), PATIENT).perform(order))


def until_it_is_made_there(film: Any) -> None:
    for event in film:
        if isinstance(event, Progress) and event.doing.startswith("made at"):
            return


def kept(tmp_path: Path) -> tuple[Asked, ...]:
    return remembered.read(tmp_path / "errands" / "r_aaaaaaaaaaaa.json")


@pytest.mark.parametrize("speaks", ["uncaged", "openai", "vllm-omni", "sglang"])
def test_the_next_attempt_takes_up_the_film_that_runs_there(
    server: Server, tmp_path: Path, speaks: Any
) -> None:
    server.states = [GOING] * 3 + [{"status": "completed"}]
    first = performing(server, tmp_path, speaks=speaks)
    until_it_is_made_there(first)
    first.close()
    (asked,) = kept(tmp_path)
    assert (asked.address, asked.job) == (server.address, "video_1")
    events: list[Event] = list(performing(server, tmp_path, 2, speaks=speaks))
    assert len(frames(events)) == 8 and server.jobs == 1 and len(server.paths("POST")) == 1
    assert kept(tmp_path) == (asked,) and server.paths("DELETE") == []  # until it is kept here


def test_one_whose_answer_nobody_heard_is_asked_for_under_the_same_key(
    server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "errands" / "r_aaaaaaaaaaaa.json"
    remembered.write(path, [Asked(server.address, "k" * 32)])
    server.keys["k" * 32] = "video_9"
    assert len(frames(list(performing(server, tmp_path, 2)))) == 8
    assert server.jobs == 0 and [one.job for one in kept(tmp_path)] == ["video_9"]


def test_where_no_key_is_known_nobody_guesses(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "errands" / "r_aaaaaaaaaaaa.json"
    remembered.write(path, [Asked(server.address, "k" * 32)])
    with pytest.raises(RunFailed, match="may make it all the same"):
        list(performing(server, tmp_path, 2, speaks="sglang"))
    assert server.asked == []


def test_whoever_ends_leaves_it_there_and_says_where_it_is(server: Server, tmp_path: Path) -> None:
    """The steward knows whether somebody takes it up."""
    server.states, server.late = [GOING], 0.05
    film = performing(server, tmp_path)
    assert isinstance(film, Generator)
    while not kept(tmp_path):
        next(film)
    film.close()  # before the answer has come
    (asked,) = kept(tmp_path)
    assert asked.job == "video_1" and server.paths("DELETE") == []


def test_a_place_that_is_none_of_the_models_is_asked_nothing(
    server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "errands" / "r_aaaaaaaaaaaa.json"
    remembered.write(path, [Asked("http://127.0.0.1:9", "k", "video_7")])
    assert len(frames(list(performing(server, tmp_path)))) == 8
    assert server.jobs == 1


@pytest.mark.parametrize("said", [b"", b"{", b"{}", b'[{"address": 1}]', b'["x"]', b"[" * 5000])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "one").write_bytes(said)
    assert remembered.read(tmp_path / "one") == ()
