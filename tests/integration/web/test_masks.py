"""A mask by the form, over /v1, by command and in Python: the same mask in the same score, or a word why not."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.core.errors import Impossible, PictureRefused
from uncaged.studio import adding
from uncaged.web.v1 import images

JSON = {"Accept": "application/json"}
ASKED = {"prompt": "a red door", "model": "cog", "what": "picture", "size": "64x64", "seed": "1"}


def png(mode: str, left: Any, right: Any) -> bytes:
    """Two halves."""
    picture = Image.new(mode, (64, 64), left)
    picture.paste(right, (32, 0, 64, 64))
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


CLEAR = png("RGBA", (255, 255, 255, 0), (255, 255, 255, 255))
"""White all over, and transparent in its left half."""
LIGHT = png("L", 255, 0)
PICTURE = png("RGB", (200, 10, 10), (10, 10, 200))


@pytest.fixture
def owner(house: Any, cogvideox: Any) -> Any:
    adding.add(house.studio, adding.offered(cogvideox.model), "cog")
    return house.come("owner", **house.origin)


def masked(house: Any, score: dict[str, Any]) -> Any:
    """The mask that a score names, as it is kept: which of its pixels are white."""
    (one,) = (row for row in score["shots"][0]["pictures"] if row.get("mask"))
    with house.studio.files.open(one["sha256"]) as opened:
        return np.asarray(Image.open(BytesIO(opened.read())))[:, :, 0] == 255


def check(house: Any, score: dict[str, Any]) -> None:
    white = masked(house, score)
    assert white[:, :32].all() and not white[:, 32:].any()
    assert len(score["shots"][0]["pictures"]) == 2 and score["shots"][0]["seconds"] == 0


@pytest.mark.parametrize("mask", [CLEAR, LIGHT])
def test_by_the_form(house: Any, owner: Any, mask: bytes) -> None:
    page = owner.get("/?model=cog").text
    assert 'name="mask"' in page and "the rest stays" in page
    files = {"picture": ("p.png", PICTURE), "mask": ("m.png", mask)}
    done = owner.post("/works", data=ASKED, files=files)
    assert done.status_code == 303, done.text
    check(house, owner.get(done.headers["Location"], headers=JSON).json()["score"])


@pytest.mark.parametrize("way", ["form", "data", "file"])
def test_over_v1(house: Any, owner: Any, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "PATIENCE", 0.0)  # nobody performs here
    said: dict[str, Any] = {"prompt": "a red door", "model": "cog", "size": "64x64"}
    url = "data:image/png;base64," + base64.b64encode(CLEAR).decode()
    if way == "form":
        files = {"image": ("p.png", PICTURE), "mask": ("m.png", CLEAR)}
        owner.post("/v1/images/edits", data=said, files=files)
    else:
        picture = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
        mask: dict[str, str] = {"image_url": url}
        if way == "file":
            kept = owner.post("/v1/files", files={"file": ("m.png", CLEAR)}).json()
            mask = {"file_id": kept["id"]}
        owner.post("/v1/images/edits", json=said | {"image": {"image_url": picture}, "mask": mask})
    work = owner.get("/works?state=making", headers=JSON).json()["works"][0]["id"]
    check(house, owner.get(f"/works/{work}", headers=JSON).json()["score"])
    assert next(m for m in owner.get("/v1/models").json()["data"] if m["id"] == "cog")["masks"]


def test_what_cannot_be_is_said(house: Any, owner: Any) -> None:
    said = {"prompt": "a door", "size": "64x64"}
    both = {"image": ("p.png", PICTURE), "mask": ("m.png", CLEAR)}
    ink = owner.post("/v1/images/edits", data=said | {"model": "ink"}, files=both)
    assert ink.status_code == 400 and ink.json()["error"]["param"] == "mask"
    assert "ink cannot keep to a mask" in ink.text
    whole = {"image": ("p.png", PICTURE), "mask": ("m.png", PICTURE)}
    dark = {"image": ("p.png", PICTURE), "mask": ("m.png", png("L", 0, 0))}
    broken = {"image": ("p.png", PICTURE), "mask": ("m.png", b"no picture")}
    for files in (dark, broken, {"mask": ("m.png", CLEAR)}, whole):
        answer = owner.post("/v1/images/edits", data=said | {"model": "cog"}, files=files)
        assert answer.status_code == 400, answer.text
    away = {"image": {"file_id": "x"}, "mask": {"image_url": "https://127.0.0.1/m.png"}}
    assert owner.post("/v1/images/edits", json=said | {"model": "cog"} | away).status_code == 400
    film = owner.post("/works", data=ASKED | {"what": "film"}, files={"mask": ("m.png", CLEAR)})
    assert film.status_code == 400 and "A mask says what of a picture" in film.text
    none = owner.post(
        "/works", data=ASKED | {"model": "ink"}, files=both | {"picture": both["image"]}
    )
    assert none.status_code == 400 and "cannot keep to a mask" in none.text
    guest = house.come("guest", **house.origin)
    assert guest.post("/works", data=ASKED, files={"mask": ("m.png", CLEAR)}).status_code == 403


def test_in_python(house: Any, owner: Any, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PICTURE)
    (tmp_path / "m.png").write_bytes(CLEAR)
    given: dict[str, Any] = {"pictures": [tmp_path / "p.png"], "mask": tmp_path / "m.png"}
    asked = house.studio.ask("a door", model="cog", seconds=0, size=(64, 64), **given)
    check(house, json.loads(asked.run.score.canonical()))
    with pytest.raises(Impossible, match="cannot keep to a mask"):
        house.studio.ask("a door", model="ink", seconds=0, **given)
    (tmp_path / "m.png").write_bytes(png("RGBA", (0, 0, 0, 255), (0, 0, 0, 255)))
    with pytest.raises(PictureRefused, match="lets nothing change"):
        house.studio.ask("a door", model="cog", seconds=0, size=(64, 64), **given)
