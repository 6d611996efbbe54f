"""The client of our own against a server that has bad days: what is tried again, how, and what is left behind."""

import base64
import importlib.util
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from uncaged.web.v1 import signing

FILE = Path(__file__).parents[4] / "clients" / "python" / "uncaged_client.py"
FILM = bytes(range(256)) * 400


def load() -> Any:
    spec = importlib.util.spec_from_file_location("uncaged_client_alone", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Answer:
    """cut: so many bytes of the body are sent, and then nothing more; None: no answer at all."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = -1


@dataclass
class Scripted:
    """A server that answers as it was told, and remembers what it was asked."""

    address: str
    answers: list[Answer]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Callable[..., Scripted]]:
    made: list[HTTPServer] = []

    def begin(*answers: Answer) -> Scripted:
        class Plays(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                script.asked.append((self.command, self.path, headers))
                answer = script.answers.pop(0)
                if answer.cut is None:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                said = {"Content-Length": str(len(answer.body))} | answer.headers
                for name, value in said.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body if answer.cut < 0 else answer.body[: answer.cut])
                self.close_connection = answer.cut >= 0

            do_POST = do_DELETE = do_GET

            def log_message(self, *_: object) -> None:
                pass

        http = HTTPServer(("127.0.0.1", 0), Plays)
        made.append(http)
        script = Scripted(f"http://127.0.0.1:{http.server_port}/v1", list(answers))
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}).start()
        return script

    yield begin
    for http in made:
        http.shutdown()
        http.server_close()


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The client, which does not really pause: `paused` says how long it would have."""
    module = load()
    module.paused = []
    clock = SimpleNamespace(time=module.time.time, monotonic=module.time.monotonic)
    clock.sleep = module.paused.append
    monkeypatch.setattr(module, "time", clock)
    return module


def said(**error: Any) -> bytes:
    return json.dumps({"error": {"message": "No.", "type": "t", "param": None, **error}}).encode()


def video(status: str, **more: Any) -> bytes:
    return json.dumps({"id": "w_1", "status": status, "error": None, **more}).encode()


def test_a_lost_answer_is_asked_for_again_under_the_same_key(own: Any, server: Any) -> None:
    lost, busy = Answer(cut=None), Answer(503, said(), {"Retry-After": "2"})
    script = server(lost, busy, Answer(body=video("queued")))
    with own.Studio(script.address) as studio:
        assert studio.create("a bird", picture=b"bytes")["id"] == "w_1"
    keys = {headers["idempotency-key"] for _, _, headers in script.asked}
    counts = [headers["x-stainless-retry-count"] for _, _, headers in script.asked]
    assert len(keys) == 1 and counts == ["0", "1", "2"]
    assert 0.3 < own.paused[0] <= 0.5 and own.paused[1] == 2


def test_what_might_be_done_twice_is_not(own: Any, server: Any) -> None:
    script = server(Answer(cut=None))
    with own.Studio(script.address) as studio, pytest.raises(own.StudioError) as caught:
        studio.give_file(b"a file")
    assert (caught.value.status, caught.value.type) == (None, "connection_error")
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(429, said(code="quota_exceeded"), {"x-should-retry": "false", "Retry-After": "9"}),
        Answer(429, said(), {"Retry-After": "121"}),
        Answer(400, said(param="prompt")),
        Answer(500, said()),
    ],
)
def test_what_is_not_worth_it_is_asked_once(own: Any, server: Any, answer: Answer) -> None:
    script = server(answer)
    with own.Studio(script.address) as studio, pytest.raises(own.StudioError) as caught:
        studio.create("a bird")
    assert caught.value.status == answer.status
    assert len(script.asked) == 1 and own.paused == []


def test_it_gives_up_after_so_many_times(own: Any, server: Any) -> None:
    named = Answer(503, said(code="busy"), {"x-request-id": "req_7"})
    script = server(named, named, named)
    with own.Studio(script.address, retries=2) as studio, pytest.raises(own.StudioError) as caught:
        studio.models()
    error = caught.value
    assert (len(script.asked), error.code, error.request_id) == (3, "busy", "req_7")


def test_nobody_there(own: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with own.Studio(nowhere) as studio, pytest.raises(own.StudioError, match="Nobody answers"):
            studio.give_file(b"a file")
    assert len(own.paused) == 4


@pytest.mark.parametrize("body", [b"<html>", b'{"detail": "no"}', b'{"error": "no"}', b"[]"])
def test_errors_of_another_shape(own: Any, server: Any, body: bytes) -> None:
    with own.Studio(server(Answer(404, body)).address) as studio:
        with pytest.raises(own.StudioError, match="404") as caught:
            studio.retrieve("w_1")
        assert caught.value.status == 404


def test_a_film_that_breaks_off_goes_on(own: Any, server: Any, tmp_path: Path) -> None:
    tag = {"ETag": '"one"'}
    script = server(
        Answer(200, FILM, tag, cut=1000),
        Answer(206, FILM[1000:], tag, cut=500),
        Answer(206, FILM[1500:], tag),
    )
    with own.Studio(script.address) as studio:
        film = studio.save("w_1", tmp_path / "film.mp4")
    assert film.read_bytes() == FILM
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]
    ranges = [(h.get("range"), h.get("if-range")) for _, _, h in script.asked]
    assert ranges == [(None, None), ("bytes=1000-", '"one"'), ("bytes=1500-", '"one"')]


def test_another_film_in_its_place_begins_anew(own: Any, server: Any, tmp_path: Path) -> None:
    script = server(
        Answer(200, b"old" * 900, {"ETag": '"old"'}, cut=600), Answer(200, FILM, {"ETag": '"new"'})
    )
    with own.Studio(script.address) as studio:
        assert studio.save("w_1", tmp_path / "film.mp4").read_bytes() == FILM


def test_half_a_film_is_never_there(own: Any, server: Any, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"the old one")
    script = server(*[Answer(200, FILM, cut=1000)] * 3, Answer(404, said(code="not_ready")))
    with own.Studio(script.address, retries=2) as studio:
        for _ in range(2):
            with pytest.raises(own.StudioError):
                studio.save("w_1", tmp_path / "film.mp4")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"the old one"]


def test_it_asks_as_often_as_the_server_wishes(own: Any, server: Any) -> None:
    script = server(
        Answer(body=video("queued"), headers={"openai-poll-after-ms": "5000"}),
        Answer(body=video("in_progress"), headers={"openai-poll-after-ms": "1500"}),
        Answer(body=video("in_progress")),
        Answer(body=video("completed")),
    )
    with own.Studio(script.address) as studio:
        assert studio.wait("w_1")["status"] == "completed"
    assert own.paused == [5.0, 1.5, 1.0]


@pytest.mark.parametrize("error", [{"code": "cancelled", "message": "It was cancelled."}, None])
def test_a_video_that_fails(own: Any, server: Any, error: Any) -> None:
    script = server(Answer(body=video("queued")), Answer(body=video("failed", error=error)))
    with own.Studio(script.address) as studio, pytest.raises(own.VideoFailed) as caught:
        studio.create_and_wait("a bird")
    assert caught.value.video["id"] == "w_1"
    assert caught.value.code == (error and "cancelled")


def test_a_message_is_verified(own: Any) -> None:
    secret = "whsec_" + base64.b64encode(b"k" * 24).decode()
    message = signing.Message("evt_1", 1_000_000, b'{"type": "video.completed"}')
    headers = signing.signed(message, ["whsec_" + base64.b64encode(b"o" * 24).decode(), secret])
    assert own.verify(message.body, headers, secret, 1_000_100)["type"] == "video.completed"
    for body, when, key in (
        (message.body + b" ", 1_000_100, secret),
        (message.body, 1_000_301, secret),
        (message.body, 999_600, secret),
        (message.body, 1_000_100, "another"),
    ):
        with pytest.raises(own.StudioError):
            own.verify(body, headers, key, when)
    with pytest.raises(own.StudioError):
        own.verify(message.body, {}, secret)


def test_pages_that_name_no_last_one_end(server: Callable[..., Scripted]) -> None:
    endless = b'{"data": [{"id": "a"}], "has_more": true, "last_id": null}'
    circle = b'{"data": [{"id": "b"}], "has_more": true, "last_id": "b"}'
    script = server(Answer(body=endless), Answer(body=circle), Answer(body=circle))
    with load().Studio(script.address) as studio:
        assert [one["id"] for one in studio.videos()] == ["a"]
        assert [one["id"] for one in studio.videos()] == ["b", "b"]
    assert len(script.asked) == 3 and "after=b" in script.asked[2][1]


def test_an_answer_that_is_no_json_is_an_error_of_the_studio(
    server: Callable[..., Scripted],
) -> None:
    page = Answer(body=b"<html>welcome</html>", headers={"x-request-id": "seven"})
    script = server(page, page, Answer(status=204, body=b""))
    own = load()
    with own.Studio(script.address, retries=0) as studio:
        for look in (studio.retrieve, studio.look):
            with pytest.raises(own.StudioError, match="nothing that can be read") as caught:
                look("v")
            assert (caught.value.status, caught.value.request_id) == (200, "seven")
        studio.delete("v")


def test_a_wait_looks_once_more_before_its_time_is_over(server: Callable[..., Scripted]) -> None:
    slow = {"openai-poll-after-ms": "5000"}
    going, made = (
        Answer(body=json.dumps({"id": "v", "status": status}).encode(), headers=slow)
        for status in ("in_progress", "completed")
    )
    with load().Studio(server(going, made).address) as studio:
        began = time.monotonic()
        assert studio.wait("v", timeout=0.3)["status"] == "completed"
        assert 0.3 <= time.monotonic() - began < 2
    script = server(going, going)
    with load().Studio(script.address) as studio, pytest.raises(TimeoutError):
        studio.wait("v", timeout=0.3)
    assert len(script.asked) == 2
