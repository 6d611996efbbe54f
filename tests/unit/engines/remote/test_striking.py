"""A server that was given the key says it back: nobody reads it."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from asking_far import KEY, perform, place_at

from fake_server import Reply, Server, reply
from uncaged.core.errors import UncagedError
from uncaged.engines.remote import striking
from uncaged.engines.remote.asking import Asker, Unreached

SAID = (
    KEY,
    f"Bearer {KEY}",
    KEY.upper(),
    KEY[:8],
    KEY[-8:],
    f"{KEY[:12]}…",
    f"…{KEY[6:]}",
    quote(f"Bearer {KEY}").replace("-", "%2D"),
    "".join(f"%{ord(one):02X}" for one in KEY),
    "".join(f"\\u{ord(one):04x}" for one in KEY),
    "".join(f"&#{ord(one)};" for one in KEY),
    KEY.encode().hex(),
    *(base64.b64encode(f"{before}{KEY}".encode()).decode() for before in ("", "a", "ab", "user:")),
    base64.urlsafe_b64encode(f"Bearer {KEY}".encode()).decode(),
)


@pytest.mark.parametrize("said", SAID)
def test_every_way_to_say_a_key_is_struck_and_nothing_else(said: str) -> None:
    told = striking.struck(f"we do not know {said} here, nobody", KEY)
    assert told.startswith("we do not know ") and told.endswith(" here, nobody")
    left = told.removeprefix("we do not know ").removesuffix(" here, nobody")
    assert striking.STRUCK in left and len(left.replace(striking.STRUCK, "")) < 12


def test_what_is_no_key_is_left_and_a_short_one_is_struck_as_a_word() -> None:
    assert striking.struck("nobody may read this: 100 %", KEY) == "nobody may read this: 100 %"
    assert striking.struck("abc is no key, abcd", "abc") == f"{striking.STRUCK} is no key, abcd"
    assert striking.struck("anything", "") == "anything"


def test_a_picture_in_an_answer_stays_what_it_is() -> None:
    coded = base64.b64encode(KEY.encode() * 3).decode()
    body = json.dumps({"data": [{"b64_json": coded, "id": KEY}]}).encode()
    (row,) = json.loads(striking.answer(body, KEY))["data"]
    assert row == {"b64_json": coded, "id": striking.STRUCK}


def refused(status: int) -> Callable[[Server], None]:
    def go(server: Server) -> None:
        def say(_number: int) -> Reply:
            body = f'{{"error": {{"message": "unknown key {escaped}"}}}}'.encode()
            return reply(status, body)

        escaped = "".join(f"\\u{ord(one):04x}" for one in KEY)
        server.on["POST", "/v1/videos"] = say

    return go


def failed(server: Server) -> None:
    server.states = [{"status": "failed", "error": {"message": f"upstream said no to {KEY}"}}]


def gone(server: Server) -> None:
    server.on["GET", "/v1/videos/video_1/content"] = lambda _: reply(400, {"detail": KEY})


@pytest.mark.parametrize("lie", [refused(401), refused(400), refused(503), failed, gone])
def test_no_refusal_tells_the_key(
    server: Server, tmp_path: Path, lie: Callable[[Server], None]
) -> None:
    lie(server)
    with pytest.raises(UncagedError) as told:
        perform(place_at(server), tmp_path)
    assert striking.STRUCK in str(told.value) and KEY not in f"{told.value}{told.value.hint}"


def test_an_answer_that_is_none_tells_no_key(server: Server) -> None:
    server.on["GET", "/v1/models"] = lambda _: (200, {"Content-Length": KEY}, b"")
    asker = Asker(server.address, KEY)
    try:
        with pytest.raises(Unreached) as told:
            asker.ask("GET", "/v1/models", within=2)
    finally:
        asker.close()
    assert KEY not in str(told.value)
