"""A film made elsewhere, against a server that plays each dialect and tells each lie."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_server import Server, film, reply

from uncaged.core.errors import AskedWrong, RunFailed
from uncaged.core.order import Event, Frame, Noted, Order, Progress, Understood
from uncaged.core.score import ModelRef, Picture, Score, Shot
from uncaged.engines.remote.asking import Pace
from uncaged.engines.remote.performing import RemotePerformance
from uncaged.engines.remote.place import Place

QUICK = Pace(
    connect=2, read=2, whole=5, film=5, poll=0.01, longest=0.02, silent=0.3, busy=0.3, leave=0.5
)
SCORE = Score((Shot("a heron wades", 1.0),), ModelRef("far", "0" * 64), (64, 48), 8, 7, {})
KEY = "sk-nobody-may-read-this"


def place_at(*servers: Server | str, **more: Any) -> Place:
    found = tuple(one if isinstance(one, str) else one.address for one in servers)
    given: dict[str, Any] = {"speaks": "uncaged"} | more
    return Place(found, "theirs", **given)


def perform(
    place: Place, tmp_path: Path, score: Score = SCORE, pace: Pace = QUICK, **more: Any
) -> list[Event]:
    order = Order("r_aaaaaaaaaaaa", 3, score, scratch=str(tmp_path), key=KEY, **more)
    return list(RemotePerformance(place, pace).perform(order))


def frames(events: list[Event]) -> list[Frame]:
    return [event for event in events if isinstance(event, Frame)]


def said(events: list[Event]) -> str:
    return [event.sentence for event in events if isinstance(event, Understood)][-1]


def test_a_film_is_asked_for_waited_for_fetched_and_deleted_there(
    server: Server, tmp_path: Path
) -> None:
    server.states = [
        {"status": "queued"},
        {"status": "in_progress", "progress": 40},
        {"status": "in_progress", "progress": 20},
        {"status": "completed", "progress": 100},
    ]
    events = perform(place_at(server), tmp_path)
    shown = frames(events)
    assert len(shown) == 8 and shown[0].pixels.shape == (48, 64, 3)
    assert int(shown[7].pixels.mean()) > int(shown[0].pixels.mean()) + 50
    done = [event.done for event in events if isinstance(event, Progress)]
    assert done == sorted(done) and 36 in done and done[-1] == 100
    (form,) = server.said("POST")
    assert form == {
        "prompt": "a heron wades",
        "model": "theirs",
        "seconds": "1",
        "size": "64x48",
        "seed": "7",
        "fps": "8",
    }
    headers = server.asked[0][2]
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["idempotency-key"] == "r_aaaaaaaaaaaa-3-0"
    assert server.paths("DELETE") == ["/v1/videos/video_1"]
    (noted,) = [event for event in events if isinstance(event, Noted)]
    assert noted.facts == {
        "at": server.address,
        "their_model": "theirs",
        "their_id": "video_1",
        "sent": "prompt, model, seconds, size, seed, fps",
    }
    assert server.address in said(events) and "It made" not in said(events)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("speaks", "differs"),
    [
        ("openai", {"model": "theirs", "seconds": "2"}),
        ("vllm-omni", {"seconds": "2", "fps": "8", "negative_prompt": "rain"}),
        ("sglang", {"model": "theirs", "seconds": "2", "fps": "8", "negative_prompt": "rain"}),
        ("uncaged", {"model": "theirs", "seconds": "1.5", "fps": "8", "negative_prompt": "rain"}),
    ],
)
def test_each_dialect_gets_what_it_reads(
    server: Server, tmp_path: Path, speaks: Any, differs: dict[str, str]
) -> None:
    server.content = film(tmp_path / "two.mp4", frames=16)
    picture = tmp_path / "p"
    picture.write_bytes(b"\x89PNG\r\n\x1a\nrest")
    score = replace(
        SCORE, shots=(Shot("a heron wades", 1.5, (Picture("f" * 64),)),), negative="rain"
    )
    place = place_at(server, speaks=speaks, negative=speaks != "openai")
    events = perform(place, tmp_path, score, files={"f" * 64: str(picture)})
    assert len(frames(events)) == 12
    (form,) = server.said("POST")
    sent = form.pop("input_reference")
    assert sent == ("picture.png", "image/png", picture.read_bytes())
    assert form == {"prompt": "a heron wades", "size": "64x48", "seed": "7"} | differs


def test_what_differs_is_made_to_fit_and_said(server: Server, tmp_path: Path) -> None:
    server.content = film(tmp_path / "other.mp4", (128, 96), 4, 3)
    events = perform(place_at(server), tmp_path)
    shown = frames(events)
    assert len(shown) == 6 and {one.pixels.shape for one in shown} == {(48, 64, 3)}
    assert (shown[0].pixels == shown[1].pixels).all()
    for part in ("It made 128x96, scaled here to 64x48", "4 frames a second", "0.75 s of the 1 s"):
        assert part in said(events)


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (
            401,
            {"error": {"message": "bad key", "code": "x"}},
            "does not take the studio's key .401: bad key",
        ),
        (403, {"detail": "not you"}, "does not allow it .403: not you"),
        (404, {"error": {"message": "no such model"}}, "no such model"),
        (
            422,
            {"detail": [{"loc": ["size"], "msg": "odd size"}]},
            "cannot make this .422: odd size",
        ),
        (400, {"message": "no\n\x1b[31mred"}, "400: no .31mred"),
        (418, b"<html>teapot</html>", "refuses .418."),
        (302, b"", "sends us to another place"),
        (200, b"<html>hello</html>", "no word about a film"),
        (200, {"id": "../../etc", "status": "queued"}, "no word about a film"),
    ],
)
def test_a_refusal_is_told_in_words(
    server: Server, tmp_path: Path, status: int, body: Any, why: str
) -> None:
    server.on["POST", "/v1/videos"] = lambda _: reply(
        status, body, Location="https://elsewhere.example/"
    )
    with pytest.raises((RunFailed, AskedWrong), match=why) as raised:
        perform(place_at(server), tmp_path)
    assert KEY not in str(raised.value) and isinstance(raised.value, AskedWrong) == (
        status in (400, 422)
    )
    assert len(server.asked) == 1 and list(tmp_path.iterdir()) == []
