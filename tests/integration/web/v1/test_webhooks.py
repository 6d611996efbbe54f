"""Webhooks through a served studio: told once their film is there, signed for the client, and tried again."""

import json
import time
from collections.abc import Callable
from typing import Any

import openai
import pytest

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
SMALL: dict[str, Any] = {"size": "64x64", "seconds": "0.5"}


def until(fulfilled: Callable[[], object], seconds: float = 30) -> None:
    began = time.monotonic()
    while not fulfilled():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)


def test_told_and_signed(client: openai.OpenAI, elsewhere: Any) -> None:
    hook = _made(client, elsewhere.gives("/told", b""))
    secret, name = hook["signing_secret"], hook["id"]
    video = client.videos.create_and_poll(prompt="a bird", **SMALL)
    until(lambda: elsewhere.asked)
    _path, headers, body = elsewhere.asked[0]
    event: Any = client.webhooks.unwrap(body, headers, secret=secret)
    assert (event.type, event.data.id) == ("video.completed", video.id)
    with pytest.raises(openai.InvalidWebhookSignatureError):
        client.webhooks.unwrap(body + b" ", headers, secret=secret)
    gone = client.videos.create(prompt="a long way", size="64x64", seconds="100")
    client.post(f"/webhook_endpoints/{name}", body={"name": "yours"}, cast_to=object)
    client.videos.delete(gone.id)
    until(lambda: len(elsewhere.asked) > 1)
    assert json.loads(elsewhere.asked[1][2])["type"] == "video.failed"
    turned: Any = client.post(
        f"/webhook_endpoints/{name}/rotate_secret",
        body={"keep_old_secret_active_for_24_hours": True},
        cast_to=object,
    )
    tried: Any = client.post(f"/webhook_endpoints/{name}/test", body={}, cast_to=object)
    assert (tried["status_code"], tried["delivered"]) == (200, True)
    _path, headers, body = elsewhere.asked[2]
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
    client: openai.OpenAI, elsewhere: Any
) -> None:
    hook = _made(client, elsewhere.gives("/told", b"", 307, 200, Location="/told"))
    client.videos.create_and_poll(prompt="a bird", **SMALL)
    until(lambda: len(elsewhere.asked) >= 2)
    first, second = (headers["webhook-id"] for _, headers, _ in elsewhere.asked[:2])
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
