"""The client of our own against a studio that performs: everything of `/v1` that it has a call for."""

import asyncio
import importlib.util
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import TypeAdapter

from uncaged.engines.registry import engines
from uncaged.web.v1 import records

FILE = Path(__file__).parents[4] / "clients" / "python" / "uncaged_client.py"
SMALL: dict[str, Any] = {"size": "64x96", "seconds": 1}


def load() -> Any:
    """The one file, as a program has it that copied it."""
    spec = importlib.util.spec_from_file_location("uncaged_client", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


own = load()


@pytest.fixture(scope="module")
def studio(served: Any) -> Iterator[Any]:
    with own.Studio(f"{served.address}/v1") as made:
        yield made


@pytest.fixture(scope="module")
def fox(studio: Any) -> Any:
    return studio.create_and_wait("a red fox in the hills", seed=5, **SMALL)


def red() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(picture, "PNG")
    return picture.getvalue()


def test_it_knows_every_key_of_a_video() -> None:
    assert set(own.Video.__annotations__) == set(records.Video.__annotations__)


def test_a_film_from_its_words_to_a_file(studio: Any, tmp_path: Path) -> None:
    heard: list[str] = []
    video = studio.create_and_wait(
        "a bird", told=lambda one: heard.append(one["status"]), dials={"wobble": 2}, **SMALL
    )
    assert (video["size"], video["seconds"], video["dials"]["wobble"]) == ("64x96", "1", 2)
    assert heard[-1] == "completed"
    assert studio.retrieve(video["id"])["status"] == "completed"
    film = studio.save(video["id"], tmp_path / "film.mp4")
    assert film.read_bytes()[4:8] == b"ftyp"
    still = studio.save(video["id"], str(tmp_path / "still.jpg"), "thumbnail")
    with Image.open(still) as picture:
        assert picture.size == (64, 96)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["film.mp4", "still.jpg"]
    studio.delete(video["id"])
    with pytest.raises(own.StudioError) as caught:
        studio.retrieve(video["id"])
    said = caught.value
    assert (said.status, said.type, said.code) == (404, "invalid_request_error", "not_found")
    assert len(said.request_id) == 32


@pytest.mark.parametrize("way", ["bytes", "path", "address", "id"])
def test_a_picture_by_four_ways(studio: Any, tmp_path: Path, way: str) -> None:
    picture: Any = red()
    if way == "path":
        (tmp_path / "red.png").write_bytes(picture)
        picture = tmp_path / "red.png"
    elif way == "address":
        picture = f"data:image/png;base64,{b64encode(picture).decode()}"
    elif way == "id":
        picture = studio.give_file(picture)["id"]
    video = studio.create_and_wait("a bird", picture=picture, dials={"wobble": 1}, **SMALL)
    assert "lent by the picture" in video["understood"]["sentence"]
    assert video["dials"]["wobble"] == 1


def test_changes_name_what_they_come_from(studio: Any, fox: Any) -> None:
    source = fox["id"]
    remix = studio.remix(source, "a blue fox in the hills")
    edit = studio.edit(source, "make it night", seed=7)
    longer = studio.extend(source, "it sleeps", 2)
    assert remix["remixed_from_video_id"] == edit["remixed_from_video_id"] == source
    assert (edit["seed"], longer["extended_from_video_id"], longer["seconds"]) == (7, source, "3")
    for one in (remix, edit, longer):
        assert studio.wait(one["id"], timeout=60)["status"] == "completed"


def test_a_list_goes_on_over_its_pages(studio: Any) -> None:
    asked = [studio.create(f"a bird {n}", **SMALL)["id"] for n in range(5)]
    newest = [one["id"] for one in studio.videos(limit=2)]
    assert newest[:5] == asked[::-1]
    assert [one["id"] for one in studio.videos(order="asc", limit=3)] == newest[::-1]
    for one in asked:
        studio.delete(one)


def test_a_key_of_ones_own_makes_it_once(studio: Any) -> None:
    first = studio.create("a bird", key="own-client-1", **SMALL)
    assert studio.create("a bird", key="own-client-1", **SMALL)["id"] == first["id"]
    assert studio.create("a bird", **SMALL)["id"] != first["id"]
    with pytest.raises(own.StudioError) as caught:
        studio.create("a fish", key="own-client-1", **SMALL)
    assert (caught.value.param, caught.value.code) == ("Idempotency-Key", "idempotency_key_reused")


def test_files(studio: Any, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(red())
    given = studio.give_file(tmp_path / "red.png", "user_data")
    assert (given["filename"], given["purpose"]) == ("red.png", "user_data")
    assert studio.file(given["id"]) == given
    assert given in list(studio.files(limit=1))
    assert studio.save_file(given["id"], tmp_path / "again.png").read_bytes() == red()
    studio.delete_file(given["id"])
    with pytest.raises(own.StudioError, match="file"):
        studio.file(given["id"])


def test_models(studio: Any) -> None:
    assert {one["id"] for one in studio.models()} == set(engines())
    assert studio.model("sora-2-pro")["id"] == "ink"
    for name, code in (("nothing", "model_not_found"), ("../videos", None)):
        with pytest.raises(own.StudioError) as caught:
            studio.model(name)
        assert (caught.value.status, caught.value.code) == (404, code)


def test_images_by_three_ways(studio: Any) -> None:
    two = studio.images("a bird", n=2, size="64x64")
    (edited,) = studio.images("a bird", red(), size="64x64")
    (varied,) = studio.images("", red(), size="64x64")
    for one in (*two, edited, varied):
        with Image.open(BytesIO(b64decode(one["b64_json"]))) as picture:
            assert picture.size == (64, 64)


def test_webhooks(studio: Any) -> None:
    made = studio.make_webhook("http://127.0.0.1:9/", "video.completed", name="mine")
    assert made["signing_secret"].startswith("whsec_")
    changed = studio.change_webhook(made["id"], name="yours", event_types=["video.failed"])
    assert (changed["name"], changed["event_types"]) == ("yours", ["video.failed"])
    assert "signing_secret" not in changed
    assert studio.rotate_webhook(made["id"])["signing_secret"] != made["signing_secret"]
    tried = studio.test_webhook(made["id"])
    assert (tried["status_code"], tried["delivered"]) == (None, False)
    assert [one["id"] for one in studio.webhooks()] == [made["id"]]
    studio.delete_webhook(made["id"])
    assert list(studio.webhooks()) == []


def test_answers_are_the_records(studio: Any, fox: Any) -> None:
    given = studio.give_file(b"a file")
    made = studio.make_webhook("http://127.0.0.1:9/", "video.failed")
    for record, answer in (
        (records.Video, fox),
        (records.Video, studio.create("a bird", quality="high", size="65x64")),
        (records.VideoList, studio._json("GET", "/videos?limit=3")),
        (records.VideoDeleted, studio._json("DELETE", f"/videos/{studio.create('a')['id']}")),
        (records.File, given),
        (records.FileList, studio._json("GET", "/files")),
        (records.FileDeleted, studio._json("DELETE", f"/files/{given['id']}")),
        (records.ModelList, studio._json("GET", "/models")),
        (records.Images, studio._make("/images/generations", {"prompt": "a", "size": "64x64"})),
        (records.EventTypeList, studio._json("GET", "/webhook_event_types")),
        (records.WebhookEndpoint, made),
        (records.WebhookEndpointList, studio._json("GET", "/webhook_endpoints")),
        (records.WebhookEndpointTest, studio.test_webhook(made["id"])),
        (
            records.WebhookEndpointDeleted,
            studio._json("DELETE", f"/webhook_endpoints/{made['id']}"),
        ),
    ):
        TypeAdapter(record).validate_python(answer, strict=True, extra="forbid")


def test_what_cannot_be_done_is_said(studio: Any) -> None:
    with pytest.raises(own.StudioError) as caught:
        studio.create(" ")
    said = caught.value
    assert (said.status, said.param, said.type) == (400, "prompt", "invalid_request_error")
    assert "prompt" in str(said)
    waiting = studio.create("a long way", size="64x64", seconds=100)
    with pytest.raises(TimeoutError):
        studio.wait(waiting["id"], timeout=0)
    studio.delete(waiting["id"])


def test_awaited(served: Any, tmp_path: Path) -> None:
    async def both() -> list[str]:
        async with own.AsyncStudio(f"{served.address}/v1") as studio:
            asked = [await studio.do(own.Studio.create, f"a bird {n}", **SMALL) for n in range(2)]
            made = await asyncio.gather(*(studio.wait(one["id"]) for one in asked))
            await studio.do(own.Studio.save, made[0]["id"], tmp_path / "film.mp4")
            return [one["status"] for one in made]

    assert asyncio.run(both()) == ["completed", "completed"]
    assert (tmp_path / "film.mp4").stat().st_size > 500


def test_its_document_names_every_call_and_runs(
    served: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FILE.with_name("README.md").read_text("utf-8")
    calls = [name for name in vars(own.Studio) if not name.startswith("_")]
    assert [name for name in calls if f"`{name}" not in text and f".{name}" not in text] == [
        "close",
        "look",
    ]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "uncaged_client", own)
    said = text.replace("http://127.0.0.1:8484", served.address)
    said = said.replace('"1280x720"', '"64x64"').replace('hills")', 'hills", size="64x64")')
    first, second = re.findall(r"```python\n(.*?)```", said, re.S)
    scope: dict[str, Any] = {}
    exec(first, scope)
    scope["studio"].close()
    (tmp_path / "fox.mp4").rename(tmp_path / "first.mp4")
    body = "".join(f"    {line}\n" for line in second.splitlines())
    exec(f"from uncaged_client import *\nasync def main():\n{body}", scope)
    asyncio.run(scope["main"]())
    for name in ("first.mp4", "fox.mp4"):
        assert (tmp_path / name).read_bytes()[4:8] == b"ftyp"
