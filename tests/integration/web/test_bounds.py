"""Bodies that ask for more than anybody means: refused in words, before anybody is kept waiting, and counted."""

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

ECHO = {"prompt": "a bird", "model": "echo"}

MANY: dict[str, dict[str, Any]] = {
    "keys": {f"k{n}": n for n in range(110_000)},
    "lists": {"options": {"a": [[] for _ in range(600_000)]}},
    "unknown": {**ECHO, **{f"u{n}": "" for n in range(120_000)}},
}


@pytest.mark.parametrize("what", MANY)
def test_a_page_reads_no_more_values_than_anybody_means(shared: Any, what: str) -> None:
    body = json.dumps(MANY[what], separators=(",", ":")).encode()[:1_990_000]
    headers = shared.origin | {"Content-Type": "application/json"}
    began = time.thread_time()
    answer = shared.come("owner").post("/works", content=body, headers=headers)
    assert answer.status_code == 400 and "more than 10,000 values" in answer.text
    assert time.thread_time() - began < 0.5


def test_nobody_waits_while_a_long_body_is_read(shared: Any) -> None:
    """What is within the bounds and long is read in a thread: the loop goes on meanwhile."""
    from uncaged.web import asking

    here: list[int] = []
    was = asking.read_value

    def look(data: bytes, most: int) -> Any:
        with contextlib.suppress(RuntimeError):
            asyncio.get_running_loop()
            here.append(len(data))
        return was(data, most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "read_value", look)
        long = {**ECHO, "position": {"a": "x" * 200_000}}
        owner = shared.come("owner")
        assert owner.post("/works", json=long, headers=shared.origin).status_code == 400
        form = {**ECHO, "position": json.dumps(long["position"])}
        assert owner.post("/works", data=form, headers=shared.origin).status_code == 400
        assert here == []
        assert owner.post("/works", json=ECHO, headers=shared.origin).status_code == 202
        assert len(here) == 1


def test_commas_in_a_text_are_no_values(shared: Any) -> None:
    text = {**ECHO, "prompt": "a bird, " * 12_000}
    answer = shared.come("owner").post("/works", json=text, headers=shared.origin)
    assert answer.status_code == 202, answer.text


def test_an_urlencoded_form_is_short_for_everybody(shared: Any) -> None:
    headers = shared.origin | {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"model=echo&prompt=" + b"%41" * 400_000
    answer = shared.come("owner").post("/works", content=body, headers=headers)
    assert answer.status_code == 413 and "1 MB" in answer.text


@pytest.mark.parametrize("policy", ["", "guests = false\n"])
def test_a_key_is_short_and_whoever_shows_one_is_counted_first(house: Any, policy: str) -> None:
    house.policy(f"[door]\nrequests_a_minute = 8\n{policy}")
    stranger = TestClient(house.app, f"http://{house.host}", client=("192.0.2.7", 1))
    for body in ({"key": "x" * 9_000}, {"key": "x" * 600_000, "b": "y" * 600_000}):
        assert stranger.post("/enter", data=body, headers=house.origin).status_code == 413
    parts = {"key": (None, "x" * 3_000)}
    assert stranger.post("/enter", files=parts, headers=house.origin).status_code == 401
    said = [
        stranger.post("/enter", files=parts, headers=house.origin).status_code for _ in range(9)
    ]
    assert said[0] == 401 and said[-1] == 429


@contextlib.contextmanager
def full(disk: Path, patch: pytest.MonkeyPatch) -> Any:
    """The temporary folder lies on a disk on which not a byte is free."""
    patch.setattr(tempfile, "tempdir", str(disk))
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(b"x" * 4096)
    yield
    filling.unlink()


def test_a_full_temporary_folder_is_said_in_words(
    house: Any, roomy_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = house.come("owner")
    large, small = bytes(1_500_000), bytes(9_000)
    with full(roomy_disk, monkeypatch):
        for picture in (large, small):
            files = {"picture": ("a.png", picture), "prompt": (None, "a bird")}
            answer = owner.post("/works", files=files, headers=house.origin)
            assert answer.status_code == 507, answer.text
            assert "temporary folder" in answer.text and "our mistake" not in answer.text
            files = {"input_reference": ("a.png", picture), "prompt": (None, "a bird")}
            answer = owner.post("/v1/videos", files=files, headers=house.origin)
            assert answer.status_code == 507, answer.text
            assert "temporary folder" in answer.json()["error"]["message"]


def test_a_picture_that_is_fetched_finds_no_room(
    roomy_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace
    from typing import cast

    from starlette.datastructures import UploadFile

    from uncaged.core.errors import DiskFull
    from uncaged.web.v1 import fetching

    async def pieces() -> Any:
        for _ in range(40):
            yield bytes(100_000)

    web = SimpleNamespace(studio=SimpleNamespace(settings=SimpleNamespace(picture_megabytes=20)))
    said = SimpleNamespace(status_code=200, aiter_raw=pieces)
    answered = SimpleNamespace(answer=said, public=True)

    async def take() -> None:
        with tempfile.SpooledTemporaryFile(fetching.IN_MEMORY) as file:
            into = UploadFile(cast("Any", file))
            take_it: Callable[..., Any] = vars(fetching)["_take"]
            await take_it(web, "image", answered, into)

    with full(roomy_disk, monkeypatch), pytest.raises(DiskFull, match="temporary folder"):
        asyncio.run(take())


@pytest.mark.parametrize("said", ["1_0", "\u0661", "\uff11"])
@pytest.mark.parametrize("name", ["seconds", "fps", "seed", "count", "size"])
def test_a_form_takes_no_number_that_nobody_meant(shared: Any, name: str, said: str) -> None:
    owner = shared.come("owner", Accept="application/json")
    answer = owner.post("/works", data=ECHO | {name: said}, headers=shared.origin)
    assert answer.status_code == 400, answer.text
    if name in ("seconds", "fps", "seed", "size"):
        answer = owner.post("/v1/videos", json=ECHO | {name: said}, headers=shared.origin)
        assert answer.status_code == 400, answer.text
