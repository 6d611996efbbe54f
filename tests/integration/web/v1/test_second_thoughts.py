"""What goes another way than it was meant: overtaken by one's own repetition, refused after a picture came, changed
under a list, told while nothing can be written down."""

import asyncio
import threading
from typing import Any

import pytest

from uncaged.archive import hooks
from uncaged.core.errors import HomeUnusable
from uncaged.web.v1 import routes, telling
from uncaged.web.v1.telling import Teller
from uncaged.web.v1.videos import Wanted

WELL: dict[str, Any] = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "0.5"}


def waiting(house: Any) -> int:
    with house.studio.archive.read() as conn:
        return conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one()


@pytest.mark.parametrize("count", ["1", "0"])
def test_a_repetition_that_is_faster_is_the_same_film(
    house: Any, monkeypatch: pytest.MonkeyPatch, count: str
) -> None:
    """The first request hangs while it is read; its client sends it again. Two first requests are two films."""
    read, held, free = routes.videos.to_create, threading.Event(), threading.Event()

    def slow(*given: Any) -> Wanted:
        if not held.is_set():
            held.set()
            assert free.wait(20)
        return read(*given)

    monkeypatch.setattr(routes.videos, "to_create", slow)
    owner, answers = house.come("owner"), list[Any]()
    body = WELL | {"input_reference": None, "user": "x" * 110_000}  # long enough for a thread

    def ask(**headers: str) -> None:
        answers.append(owner.post("/v1/videos", json=body, headers=house.origin | headers))

    first = threading.Thread(target=ask)
    first.start()
    assert held.wait(20)
    ask(**{"x-stainless-retry-count": count})
    free.set()
    first.join(20)
    ids = {answer.json()["id"] for answer in answers}
    assert len(ids) == waiting(house) == (1 if count == "1" else 2)


@pytest.mark.parametrize(
    "wrong", [{"size": "9x9"}, {"seconds": "-1"}, {"dials": {"nothing": 1}}, {"model": "nope"}]
)
def test_what_is_refused_leaves_no_picture_behind(house: Any, wrong: dict[str, Any]) -> None:
    from base64 import b64encode
    from io import BytesIO

    from PIL import Image

    png = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(png, "PNG")
    url = "data:image/png;base64," + b64encode(png.getvalue()).decode()
    body = WELL | {"input_reference": {"image_url": url}}
    folder = house.studio.settings.files

    def files() -> int:
        return sum(path.is_file() for path in folder.rglob("*"))

    owner, before = house.come("owner"), files()
    assert owner.post("/v1/videos", json=body | wrong, headers=house.origin).status_code >= 400
    many = {**WELL, "image": [{"image_url": url}] * 3}
    refused = owner.post("/v1/images/edits", json=many, headers=house.origin)
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "image")
    assert files() == before
    assert owner.post("/v1/videos", json=body, headers=house.origin).status_code == 200
    assert files() > before


def test_a_list_goes_on_behind_what_was_taken_away(house: Any) -> None:
    owner = house.come("owner")
    given = [
        owner.post("/v1/files", files={"file": (f"{n}", b"x%d" % n)}, headers=house.origin).json()
        for n in range(5)
    ]
    after, seen = "", list[str]()
    while True:
        page = owner.get(f"/v1/files?limit=2&order=asc{after}").json()
        for one in page["data"]:
            seen.append(one["id"])
            assert owner.delete(f"/v1/files/{one['id']}", headers=house.origin).json()["deleted"]
        if not page["has_more"]:
            break
        after = f"&after={page['last_id']}"
    assert seen == [one["id"] for one in given]
    member = house.come("member")
    assert member.get(f"/v1/files?after={seen[0]}").json()["data"] == []


def test_what_cannot_be_written_down_is_not_told_again(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk hammers nobody: the webhook heard it, and is told nothing until that is written."""
    studio, told = house.studio, list[str]()
    with studio.archive.write() as conn:
        hooks.add(
            conn,
            studio.person,
            "a",
            "https://example.org/",
            ("video.completed",),
            studio.clock.now(),
        )
    house.make("owner")

    async def hears(web: Any, one: hooks.Delivery) -> int:
        told.append(one.id)
        return 200

    def full(*_: object) -> None:
        raise HomeUnusable("The archive cannot be written to.")

    monkeypatch.setattr(telling, "told", hears)
    monkeypatch.setattr(telling, "LOOK", 0.02)
    write = hooks.tried

    async def work() -> None:
        monkeypatch.setattr(hooks, "tried", full)
        task = asyncio.create_task(Teller(house.app.state.web).work())
        await asyncio.sleep(0.3)
        assert len(told) == 1
        monkeypatch.setattr(hooks, "tried", write)
        for _ in range(200):
            with studio.archive.read() as conn:
                if not hooks.due(conn, studio.clock.now(), 9):
                    break
            await asyncio.sleep(0.02)
        else:
            pytest.fail("It was never written down.")
        task.cancel()

    asyncio.run(work())
    assert len(told) == 1


@pytest.mark.parametrize("said", [{}, {"size": "512x512"}, {"seconds": "2"}])
def test_a_model_that_cannot_make_the_wires_own_makes_its_own(
    house: Any, said: dict[str, Any]
) -> None:
    body = {"model": "seedling", "prompt": "a red fish"} | said
    answer = house.come("owner").post("/v1/videos", json=body, headers=house.origin)
    assert answer.status_code == 200, answer.text
    assert answer.json()["size"] == said.get("size", "256x256")
    assert float(answer.json()["seconds"]) == 2
