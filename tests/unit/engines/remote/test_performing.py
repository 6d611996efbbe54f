"""A film made elsewhere, against a server that plays each dialect and tells each lie."""

import socket
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asking_far import KEY, QUICK, SCORE, frames, perform, place_at, played, said

from fake_server import Reply, Server, film, reply
from uncaged.core.errors import AskedWrong, PictureRefused, RunFailed
from uncaged.core.marks import made_with
from uncaged.core.media import Beside, write_film
from uncaged.core.order import Event, Frame, Marked, Noted, Order, Progress, Rest, Sound
from uncaged.core.score import Picture, Shot
from uncaged.engines.remote.performing import RemotePerformance


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
    key = headers["idempotency-key"]
    assert len(key) == 32 and "aaaa" not in key  # it says nothing of whose it is
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


def test_a_failed_film_says_why_whatever_the_number_of_the_answer(
    server: Server, tmp_path: Path
) -> None:
    video = {"id": "video_1", "object": "video", "status": "failed"}
    server.on["GET", "/v1/videos/video_1"] = lambda _: reply(
        500, video | {"error": {"code": 500, "message": "out of memory there"}}
    )
    with pytest.raises(RunFailed, match="could not make it: out of memory there"):
        perform(place_at(server, speaks="vllm-omni"), tmp_path)
    assert server.paths("DELETE") == ["/v1/videos/video_1"]


def test_vllm_in_several_processes_is_asked_for_the_film_at_once(
    server: Server, tmp_path: Path
) -> None:
    made: Reply = (200, {"Content-Type": "video/mp4"}, server.content)
    server.on["POST", "/v1/videos/sync"] = lambda _: made
    server.on["POST", "/v1/videos"] = lambda _: reply(409, {"detail": "one process only"})
    events = perform(place_at(server, speaks="vllm-omni"), tmp_path)
    assert len(frames(events)) == 8
    assert server.paths("POST") == ["/v1/videos", "/v1/videos/sync"] and len(server.asked) == 2


@pytest.mark.parametrize(
    ("mime", "content", "why"),
    [
        ("text/html", b"<html>hello</html>", "no film, but something of the type 'text/html'"),
        ("video/mp4", b"<html>hello</html>", "says that it gave a film, but it is none"),
        ("video/mp4", b"", "says that it gave a film, but it is none"),
        ("video/mp4", b"\0\0\0\x18ftypisom" + b"\0" * 300, "cannot be read"),
        ("video/mp4", "half", "breaks off"),
        ("video/mp4", "wide", "made 128x32, and 64x48 was asked for"),
    ],
)
def test_what_is_no_such_film_is_not_kept(
    server: Server, tmp_path: Path, mime: str, content: bytes | str, why: str
) -> None:
    if content == "half":
        content = film(tmp_path / "long.mp4", (640, 480), frames=60)
        content = content[: len(content) * 2 // 3]
    elif content == "wide":
        content = film(tmp_path / "wide.mp4", (128, 32))
    assert isinstance(content, bytes)
    server.mime, server.content = mime, content
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    score = (
        replace(SCORE, size=(640, 480), shots=(Shot("a heron", 8.0),)) if "off" in why else SCORE
    )
    with pytest.raises(RunFailed, match=why):
        perform(place_at(server), scratch, score)
    assert list(scratch.iterdir()) == [] and server.paths("DELETE") == ["/v1/videos/video_1"]


def test_a_film_that_breaks_off_on_the_way_is_fetched_again(server: Server, tmp_path: Path) -> None:
    def half(number: int) -> Reply | None:
        said = {"Content-Type": "video/mp4", "Content-Length": str(len(server.content) + 9)}
        return (200, said | {"Connection": "close"}, server.content) if number == 1 else None

    server.on["GET", "/v1/videos/video_1/content"] = half
    assert len(frames(perform(place_at(server), tmp_path))) == 8
    assert server.paths("GET")[-2:] == ["/v1/videos/video_1/content"] * 2


def test_a_film_without_end_is_not_taken(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.engines.remote.asking.LARGEST_FILM", 500)
    with pytest.raises(RunFailed, match="did not come: it sends more than 500 bytes"):
        perform(place_at(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_end_is_not_read(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.engines.remote.asking.LARGEST", 100)
    server.on["POST", "/v1/videos"] = lambda _: reply(200, b"x" * 200)
    with pytest.raises(RunFailed, match="more than 100 bytes"):
        perform(place_at(server, speaks="openai"), tmp_path)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("/v1/videos/video_1/content?again", "round in circles"),
        ("https://evil.example/", "another machine"),
    ],
)
def test_redirects_lead_nowhere_else(server: Server, tmp_path: Path, where: str, why: str) -> None:
    server.on["GET", "/v1/videos/video_1/content"] = lambda _: reply(302, b"", Location=where)
    with pytest.raises(RunFailed, match=why):
        perform(place_at(server), tmp_path)


def test_a_redirect_on_the_same_machine_is_followed(server: Server, tmp_path: Path) -> None:
    server.on["GET", "/v1/videos/video_1/content"] = lambda _: reply(302, b"", Location="/files/7")
    server.on["GET", "/files/7"] = lambda _: (200, {"Content-Type": ""}, server.content)
    assert len(frames(perform(place_at(server), tmp_path))) == 8


def test_a_lost_answer_is_asked_for_under_the_same_key(server: Server, tmp_path: Path) -> None:
    server.drop["POST"] = 1
    assert len(frames(perform(place_at(server), tmp_path))) == 8
    assert server.jobs == 1 and len(server.paths("POST")) == 2


def test_where_no_key_is_known_nothing_is_asked_for_twice(server: Server, tmp_path: Path) -> None:
    server.drop["POST"] = 1
    with pytest.raises(RunFailed, match="may make it all the same"):
        perform(place_at(server, speaks="sglang"), tmp_path)
    assert len(server.paths("POST")) == 1


def test_a_film_that_is_lost_there_is_asked_for_anew(server: Server, tmp_path: Path) -> None:
    server.on["GET", "/v1/videos/video_1"] = lambda _: reply(404, {"detail": "no such video"})
    assert len(frames(perform(place_at(server), tmp_path))) == 8
    keys = [headers["idempotency-key"] for how, _p, headers, _f in server.asked if how == "POST"]
    assert len(set(keys)) == 2


def test_one_that_loses_everything_is_asked_three_times(server: Server, tmp_path: Path) -> None:
    server.on["GET", "/v1/videos"] = lambda _: reply(404, {"detail": "no such video"})
    with pytest.raises(RunFailed, match=r"has lost the film .404: no such video"):
        perform(place_at(server), tmp_path)
    assert len(server.paths("POST")) == 3


def test_one_that_answers_now_and_then_is_waited_for(server: Server, tmp_path: Path) -> None:
    wrong = [reply(502, b"<html>gateway"), reply(200, {"status": "dreaming"}), reply(200, b"{")]
    server.on["GET", "/v1/videos/video_1"] = lambda n: wrong[n - 1] if n <= 3 else None
    server.states = [{"status": "in_progress", "progress": -5}, {"status": "succeeded"}]
    events = perform(place_at(server), tmp_path, pace=replace(QUICK, silent=5))
    assert len(frames(events)) == 8 and server.jobs == 1


def test_one_that_falls_silent_is_given_up(server: Server, tmp_path: Path) -> None:
    server.on["GET", "/v1/videos"] = lambda _: reply(200, b"<html>hello</html>")
    pace = replace(QUICK, silent=0.1)
    with pytest.raises(RunFailed, match="gone silent: it answers 200, which is no word about"):
        perform(place_at(server), tmp_path, pace=pace)


def test_one_that_hangs_is_given_up(server: Server, tmp_path: Path) -> None:
    server.late = 1.0
    pace = replace(QUICK, read=0.05, silent=0.1)
    with pytest.raises(RunFailed, match=r"does not answer|all the same"):
        perform(place_at(server, speaks="openai"), tmp_path, pace=pace)


def closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"does not answer.*Ask again later"):
        perform(place_at(closed_port()), tmp_path)


def test_the_next_address_is_asked_where_one_refuses(
    serve: Callable[[], Server], tmp_path: Path
) -> None:
    busy, away, last = serve(), serve(), serve()
    busy.on["POST", "/v1/videos"] = lambda _: reply(429, {"error": "full"}, Retry_After="60")
    away.on["POST", "/v1/videos"] = lambda _: reply(401, {"error": "no key"})
    place = place_at(closed_port(), busy, away, last)
    all_ = RemotePerformance(place, QUICK)
    order = Order("r_aaaaaaaaaaaa", 0, SCORE, scratch=str(tmp_path))
    for _again in range(2):
        events = list(played(all_.perform(order)))
        (noted,) = [event for event in events if isinstance(event, Noted)]
        assert noted.facts["at"] == last.address
    assert len(busy.asked) == 1  # it is left alone as long as it says


def test_all_are_busy(server: Server, tmp_path: Path) -> None:
    server.on["POST", "/v1/videos"] = lambda _: reply(503, {"detail": "starting"})
    events: list[Event] = []
    order = Order("r_aaaaaaaaaaaa", 0, SCORE, scratch=str(tmp_path))
    with pytest.raises(RunFailed, match=r"is busy .503: starting"):
        events.extend(played(RemotePerformance(place_at(server), QUICK).perform(order)))
    assert len(server.asked) > 1


def test_each_address_has_one_film_at_a_time(serve: Callable[[], Server], tmp_path: Path) -> None:
    one, two = serve(), serve()
    for each in (one, two):
        each.states = [{"status": "in_progress"}]
    all_ = RemotePerformance(place_at(one, two), QUICK)
    scratch = [tmp_path / name for name in "abc"]
    going = [
        all_.perform(Order("r_aaaaaaaaaaaa", n, SCORE, scratch=str(scratch[n]))) for n in range(3)
    ]
    waits = ""
    for _step in range(400):
        for film_ in going[:2]:
            if isinstance(next(film_), Rest):
                time.sleep(0.01)
        if (one.jobs, two.jobs) == (1, 1) and isinstance(event := next(going[2]), Progress):
            waits = event.doing
        if waits == "waiting for room elsewhere":
            break
    assert (one.jobs, two.jobs) == (1, 1) and waits == "waiting for room elsewhere"
    for film_ in going:
        assert isinstance(film_, Generator)
        film_.close()  # cancelled: nothing goes on there
    assert one.paths("DELETE") == two.paths("DELETE") == ["/v1/videos/video_1"]
    assert all_.addresses.free() == [one.address, two.address]


def test_a_picture_that_others_cannot_open_is_refused(server: Server, tmp_path: Path) -> None:
    picture = tmp_path / "p"
    picture.write_bytes(b"secret words")
    score = replace(SCORE, shots=(Shot("a heron", 1.0, (Picture("f" * 64),)),))
    with pytest.raises(PictureRefused):
        perform(place_at(server), tmp_path, score, files={"f" * 64: str(picture)})
    assert server.asked == []


def test_no_order_shows_its_key() -> None:
    order = Order("r_aaaaaaaaaaaa", 0, SCORE, key=KEY)
    assert KEY not in repr(order) and Order.from_json(order.to_json()) == order
    assert "key" not in replace(order, key="").to_json()


def test_its_mark_and_its_sound_come_before_its_frames(server: Server, tmp_path: Path) -> None:
    waves = np.full((1, 24_000), 0.25, np.float32)
    beside = Beside([Sound(waves, 24_000)], made_with("LTX-2"))
    write_film([np.zeros((48, 64, 3), np.uint8)] * 8, tmp_path / "f.mp4", 8, "mp4", beside)
    server.content = (tmp_path / "f.mp4").read_bytes()
    (tmp_path / "f.mp4").unlink()
    events = perform(place_at(server), tmp_path)
    told = [event for event in events if isinstance(event, Marked | Sound | Frame)]
    assert told[0] == Marked(made_with("LTX-2")) and isinstance(told[1], Sound)
    assert [isinstance(event, Frame) for event in told[-8:]] == [True] * 8
    heard = sum(event.waves.shape[1] for event in told if isinstance(event, Sound))
    assert heard == 24_000 and "sound" not in said(events)
    server.content = server.content.replace(b"\x40\x15", b"\0\x15").replace(b"mp4a", b"none")
    assert "Its sound breaks off" in said(perform(place_at(server), tmp_path))


@pytest.mark.parametrize("progress", ["1000" + "0" * 400, "Infinity", "NaN", "-1e99", '"half"'])
def test_progress_that_is_none_is_no_progress(
    server: Server, tmp_path: Path, progress: str
) -> None:
    going = b'{"id": "video_1", "status": "in_progress", "progress": %b}' % progress.encode()
    server.on["GET", "/v1/videos/video_1"] = lambda number: (
        reply(200, going) if number == 1 else None
    )
    events = perform(place_at(server), tmp_path)
    assert len(frames(events)) == 8
    done = [one.done for one in events if isinstance(one, Progress) and "made at" in one.doing]
    assert done and set(done) == {0}


@pytest.mark.parametrize("where", ["http://[::1", "//["])
def test_a_redirect_to_no_address_is_told(server: Server, tmp_path: Path, where: str) -> None:
    server.on["GET", "/v1/videos/video_1/content"] = lambda _: reply(302, b"", Location=where)
    with pytest.raises(RunFailed, match="sends us to an address that is none"):
        perform(place_at(server), tmp_path)
