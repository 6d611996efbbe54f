"""A picture made elsewhere: asked for at once, opened by a guarded decoder, kept as one frame."""

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asking_far import QUICK, SCORE, frames, perform, place_at, played, said

from fake_server import Reply, Server, reply
from uncaged.core.errors import RunFailed
from uncaged.core.marks import made_with
from uncaged.core.order import Marked, Noted, Order
from uncaged.core.pictures import as_png
from uncaged.core.score import Picture, Shot
from uncaged.engines.remote import remembered
from uncaged.engines.remote.performing import RemotePerformance

STILL = replace(SCORE, shots=(Shot("a heron", 0.0),), negative="rain")


def painted(size: tuple[int, int] = (64, 48), **more: Any) -> Reply:
    wide, high = size
    png = as_png(np.full((high, wide, 3), 90, np.uint8))
    one = {"b64_json": base64.b64encode(png).decode()} | more
    return reply(200, {"created": 1, "data": [one]})


@pytest.mark.parametrize(
    ("speaks", "differs"),
    [
        ("uncaged", {"model": "theirs", "seed": 7}),
        ("openai", {"model": "theirs"}),
        ("vllm-omni", {"seed": 7}),
        ("sglang", {"model": "theirs", "seed": 7}),
    ],
)
def test_each_dialect_is_asked_in_json(
    server: Server, tmp_path: Path, speaks: Any, differs: dict[str, Any]
) -> None:
    server.on["POST", "/v1/images/generations"] = lambda _: painted(id="w_aaaaaaaaaaaa")
    events = perform(place_at(server, speaks=speaks, stills=True), tmp_path, STILL)
    (shown,) = frames(events)
    assert shown.pixels.shape == (48, 64, 3) and int(shown.pixels[0, 0, 0]) == 90
    (form,) = server.said("POST")
    expected = {"prompt": "a heron", "n": 1, "size": "64x48", "response_format": "b64_json"}
    assert form == expected | differs
    assert server.paths("DELETE") == ["/v1/videos/w_aaaaaaaaaaaa"]
    (noted,) = [event for event in events if isinstance(event, Noted)]
    assert noted.facts["sent"].startswith("prompt") and "response_format" not in noted.facts["sent"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_to_be_left_out_and_a_picture_to_begin_with(server: Server, tmp_path: Path) -> None:
    picture = tmp_path / "p"
    picture.write_bytes(as_png(np.zeros((8, 8, 3), np.uint8)))
    server.on["POST", "/v1/images/edits"] = lambda _: painted()
    score = replace(STILL, shots=(Shot("a heron", 0.0, (Picture("f" * 64),)),))
    place = place_at(server, stills=True, negative=True)
    assert len(frames(perform(place, tmp_path, score, files={"f" * 64: str(picture)}))) == 1
    (form,) = server.said("POST")
    assert form["negative_prompt"] == "rain" and form["image"][1] == "image/png"
    assert server.paths("DELETE") == []  # nobody said what it is called there


def test_another_size_of_the_same_shape_is_scaled(server: Server, tmp_path: Path) -> None:
    server.on["POST", "/v1/images/"] = lambda _: painted((128, 96))
    events = perform(place_at(server, stills=True), tmp_path, STILL)
    assert frames(events)[0].pixels.shape == (48, 64, 3)
    assert "It made 128x96, scaled here to 64x48" in said(events)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply(200, {"data": []}), "no word about"),
        (reply(200, {"data": [{"url": "https://evil.example/a.png"}]}), "no word about"),
        (reply(200, {"data": [{"b64_json": "!!"}]}), "no word about"),
        (reply(200, {"data": [{"b64_json": "aGVsbG8="}]}), "no picture that can be opened"),
        (painted((128, 32)), "made 128x32, and 64x48 was asked for"),
        (reply(404, {"detail": "Not Found"}), "no such model"),
        (reply(200, {"id": "video_1", "status": "queued"}), "no word about"),
    ],
)
def test_what_is_no_such_picture(server: Server, tmp_path: Path, answer: Reply, why: str) -> None:
    server.on["POST", "/v1/images/"] = lambda _: answer
    with pytest.raises(RunFailed, match=why):
        perform(place_at(server, stills=True), tmp_path, STILL)
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_not_made_yet_is_asked_for_under_the_same_key(
    server: Server, tmp_path: Path
) -> None:
    server.on["POST", "/v1/images/"] = lambda n: (
        reply(503, {"error": {"message": "not yet"}}, Retry_After="0") if n < 3 else painted()
    )
    assert len(frames(perform(place_at(server, stills=True), tmp_path, STILL))) == 1
    keys = {headers["idempotency-key"] for _how, _path, headers, _fields in server.asked}
    assert len(keys) == 1 and len(server.paths("POST")) == 3


def test_the_next_attempt_asks_under_the_same_key(server: Server, tmp_path: Path) -> None:
    errand = tmp_path / "errands" / "r.json"
    remembered.write(errand, [remembered.Asked(server.address, "k" * 32)])
    server.on["POST", "/v1/images/"] = lambda _: painted()
    order = Order("r_aaaaaaaaaaaa", 2, STILL, scratch=str(tmp_path), errand=str(errand))
    performance = RemotePerformance(place_at(server, stills=True), QUICK)
    assert len(frames(list(played(performance.perform(order))))) == 1
    assert server.asked[0][2]["idempotency-key"] == "k" * 32


def test_its_mark_comes_with_it(server: Server, tmp_path: Path) -> None:
    png = as_png(np.full((48, 64, 3), 90, np.uint8), f"{made_with('LTX-2')}; by ana")
    coded = base64.b64encode(png).decode()
    server.on["POST", "/v1/images/"] = lambda _: reply(200, {"data": [{"b64_json": coded}]})
    events = perform(place_at(server, stills=True), tmp_path, STILL)
    assert Marked(made_with("LTX-2")) in events
