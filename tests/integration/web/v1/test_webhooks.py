"""Webhooks through a served studio: told once their film is there, signed for the client, and tried again."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import openai
import pytest

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
SMALL: dict[str, Any] = {"size": "64x64", "seconds": "0.5"}


class Ear:
    """Somebody who is told. answers: the status it gives, one after the other; the last one for ever."""

    def __init__(self, *answers: int) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        ear = self

        class Hears(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                ear.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(answers[min(len(ear.heard), len(answers)) - 1])
                self.send_header("Location", ear.url)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Hears)
        self.url = f"http://127.0.0.1:{self._server.server_port}/told"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def ear() -> Iterator[Callable[..., Ear]]:
    made: list[Ear] = []

    def make(*answers: int) -> Ear:
        made.append(Ear(*answers))
        return made[-1]

    yield make
    for one in made:
        one.close()


def until(fulfilled: Callable[[], object], seconds: float = 30) -> None:
    began = time.monotonic()
    while not fulfilled():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)


def test_told_and_signed(client: openai.OpenAI, ear: Callable[..., Ear]) -> None:
    one = ear(200)
    hook = _made(client, one.url)
    secret, name = hook["signing_secret"], hook["id"]
    video = client.videos.create_and_poll(prompt="a bird", **SMALL)
    until(lambda: one.heard)
    headers, body = one.heard[0]
    event: Any = client.webhooks.unwrap(body, headers, secret=secret)
    assert (event.type, event.data.id) == ("video.completed", video.id)
    with pytest.raises(openai.InvalidWebhookSignatureError):
        client.webhooks.unwrap(body + b" ", headers, secret=secret)
    gone = client.videos.create(prompt="a long way", size="64x64", seconds="100")
    client.post(f"/webhook_endpoints/{name}", body={"name": "yours"}, cast_to=object)
    client.videos.delete(gone.id)
    until(lambda: len(one.heard) > 1)
    assert json.loads(one.heard[1][1])["type"] == "video.failed"
    turned: Any = client.post(
        f"/webhook_endpoints/{name}/rotate_secret",
        body={"keep_old_secret_active_for_24_hours": True},
        cast_to=object,
    )
    tried: Any = client.post(f"/webhook_endpoints/{name}/test", body={}, cast_to=object)
    assert (tried["status_code"], tried["delivered"]) == (200, True)
    headers, body = one.heard[2]
    for key in (secret, turned["signing_secret"]):
        client.webhooks.unwrap(body, headers, secret=key)
    done: Any = client.delete(f"/webhook_endpoints/{name}", cast_to=object)
    assert done["deleted"] is True
    with pytest.raises(openai.NotFoundError):
        client.get(f"/webhook_endpoints/{name}", cast_to=object)


def _made(client: openai.OpenAI, url: str) -> Any:
    asked = {"name": "mine", "url": url, "event_types": ["video.completed", "video.failed"]}
    return client.post("/webhook_endpoints", body=asked, cast_to=object)


def test_a_refusal_and_a_redirect_are_tried_again_under_the_same_id(
    client: openai.OpenAI, ear: Callable[..., Ear]
) -> None:
    one = ear(307, 200)
    hook = _made(client, one.url)
    client.videos.create_and_poll(prompt="a bird", **SMALL)
    until(lambda: len(one.heard) >= 2)
    first, second = (headers["webhook-id"] for headers, _ in one.heard[:2])
    assert first == second
    client.delete(f"/webhook_endpoints/{hook['id']}", cast_to=object)


@pytest.mark.parametrize(
    ("asked", "param"),
    [
        ({"url": "nowhere", "event_types": ["video.completed"]}, "url"),
        ({"event_types": ["video.completed"]}, "url"),
        ({"url": "http://127.0.0.1/", "event_types": ["video.cancelled"]}, "event_types"),
        ({"url": "http://127.0.0.1/", "event_types": []}, "event_types"),
        ({"url": 5, "event_types": ["video.completed"]}, "url"),
    ],
)
def test_webhooks_that_cannot_be(client: openai.OpenAI, asked: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.post("/webhook_endpoints", body=asked, cast_to=object)
    assert caught.value.param == param
