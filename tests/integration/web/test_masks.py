"""A mask by the form, over /v1, by command and in Python: the same mask in the same score, or a word why not."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.archive import files, runs
from uncaged.core.errors import Impossible, PictureRefused
from uncaged.studio import adding, shelf
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


def sized(width: int, height: int) -> bytes:
    """A mask of this size, white in its left half."""
    picture = Image.new("L", (width, height), 255)
    picture.paste(0, (width // 2, 0, width, height))
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def moving() -> bytes:
    """Two frames."""
    frames = [Image.new("L", (64, 64), light) for light in (0, 255)]
    stream = BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
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
    assert 'name="mask"' in page and "the rest stays" in page and '<details id="dials">' in page
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
    for sent in (dark, broken, {"mask": ("m.png", CLEAR)}, whole):
        answer = owner.post("/v1/images/edits", data=said | {"model": "cog"}, files=sent)
        assert answer.status_code == 400, answer.text
    cases = {
        b"": "is an empty file",
        b"no picture": "damaged, or no picture",
        CLEAR[: len(CLEAR) // 2]: "damaged, or no picture",
        moving(): "holds several frames",
        PICTURE: "lets nothing change",
        png("L", 0, 0): "lets nothing change",
    }
    for mask, why in cases.items():
        sent = {"image": ("p.png", PICTURE), "mask": ("m.png", mask)}
        answer = owner.post("/v1/images/edits", data=said | {"model": "cog"}, files=sent)
        error = answer.json()["error"]
        assert (answer.status_code, error["param"], error["code"]) == (400, "mask", None), error
        assert why in error["message"] and " mask " in error["message"], error
    sent = {"image": ("p.png", b"no picture"), "mask": ("m.png", CLEAR)}
    picture = owner.post("/v1/images/edits", data=said | {"model": "cog"}, files=sent)
    assert picture.json()["error"]["param"] == "image"
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


@pytest.mark.parametrize(
    ("mask", "fits"), [((32, 32), True), ((129, 128), True), ((64, 32), False), ((64, 72), False)]
)
def test_it_has_the_shape_of_the_picture(
    house: Any, owner: Any, mask: tuple[int, int], fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "PATIENCE", 0.0)  # nobody performs here
    called = f"{mask[0]}x{mask[1]}"
    files = {"picture": ("p.png", PICTURE), "mask": ("m.png", sized(*mask))}
    asked = owner.post("/works", data=ASKED, files=files, headers=JSON)
    page = owner.post("/works", data=ASKED, files=files, headers={"Accept": "text/html"})
    wire = {"image": ("p.png", PICTURE), "mask": ("m.png", sized(*mask))}
    said = {"prompt": "a door", "model": "cog", "size": "64x64"}
    edited = owner.post("/v1/images/edits", data=said, files=wire)
    if fits:
        scaled = f"The mask of {called} pixels is scaled to the picture's 64x64."
        assert asked.status_code == 202 and scaled in asked.json()["notes"], asked.text
        assert page.status_code == 303
        assert edited.status_code == 503  # not made yet, and accepted
        score = owner.get(asked.headers["Location"], headers=JSON).json()["score"]
        white = masked(house, score)
        half = mask[0] // 2
        assert white[:, :half].all() and not white[:, half:].any()
        return
    why = f"The mask is {called} pixels and the picture 64x64: they have different shapes."
    assert asked.status_code == page.status_code == edited.status_code == 400
    assert why in asked.json()["error"]["message"] and why in page.text
    assert edited.json()["error"]["param"] == "mask" and why in edited.json()["error"]["message"]


def test_a_kept_picture_has_a_shape_too(house: Any, owner: Any) -> None:
    asked = house.studio.ask("a door", model="cog", seconds=0, size=(64, 64))
    work = kept(house, asked.run_id, None)
    files = {"mask": ("m.png", sized(64, 32))}
    no = owner.post("/works", data=ASKED | {"begin": work}, files=files, headers=JSON)
    assert no.status_code == 400 and "the picture 64x64" in no.json()["error"]["message"]
    files = {"mask": ("m.png", sized(16, 16))}
    done = owner.post("/works", data=ASKED | {"begin": work}, files=files, headers=JSON)
    assert done.status_code == 202 and "scaled" in done.json()["notes"][0], done.text


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


def test_variations_keep_to_the_mask_and_films_of_it_do_not(
    house: Any, owner: Any, tmp_path: Path
) -> None:
    (tmp_path / "p.png").write_bytes(PICTURE)
    (tmp_path / "m.png").write_bytes(CLEAR)
    given: dict[str, Any] = {"pictures": [tmp_path / "p.png"], "mask": tmp_path / "m.png"}
    asked = house.studio.ask("a door", model="cog", seconds=0, size=(64, 64), **given)
    score = asked.run.score
    position = shelf.player(house.studio, "cog").genome(score).to_json()
    work = kept(house, asked.run_id, position)
    grown = owner.post("/grow", json={"parents": [work], "kind": "vary", "children": 2})
    assert grown.status_code == 202, grown.text
    for part in grown.json()["parts"]:
        check(house, owner.get(f"/works/{part['work']}", headers=JSON).json()["score"])
    film = owner.post("/grow", json={"parents": [work], "kind": "films"})
    assert film.status_code == 202, film.text
    (part,) = film.json()["parts"]
    made = owner.get(f"/works/{part['work']}", headers=JSON).json()["score"]
    assert made["shots"][0]["seconds"] > 0 and "pictures" not in made["shots"][0]
    form = owner.get(f"/?part={work}")
    assert f'name="begin" value="{work}"' in form.text and form.text.count('name="mask"') == 1
    typed = owner.get(f"/?part={work}&as=json").json()["typed"]
    assert (typed["model"], typed["what"], typed["size"]) == ("cog", "picture", "64x64")
    again = owner.post("/works", data=typed | ASKED, files={"mask": ("m.png", CLEAR)})
    assert again.status_code == 303, again.text
    part_of_it = owner.get(again.headers["Location"], headers=JSON).json()["score"]
    check(house, part_of_it)
    assert "film" not in part_of_it  # it is held, not drawn anew from frames
    assert f"/?part={work}#dials" in owner.get(f"/works/{work}").text
    remixed = owner.post("/works", json={"prompt": "a window", "remix": work})
    assert remixed.status_code == 202, remixed.text
    anew = owner.get(remixed.headers["Location"], headers=JSON).json()["score"]
    assert "pictures" not in anew["shots"][0] and anew["film"]


def test_a_video_is_edited_where_a_mask_says(house: Any, owner: Any) -> None:
    asked = house.studio.ask("a door", model="cog", seconds=1, size=(64, 64))
    work = kept(house, asked.run_id, None)
    mask = {"image_url": "data:image/png;base64," + base64.b64encode(CLEAR).decode()}
    said = {"prompt": "it rains", "video": {"id": work}, "mask": mask}
    done = owner.post("/v1/videos/edits", json=said)
    assert done.status_code == 200 and "ignored" not in done.json(), done.text
    score = owner.get(f"/works/{done.json()['id']}", headers=JSON).json()["score"]
    assert score["film"] and len(score["shots"][0]["pictures"]) == 1
    white = masked(house, score)
    assert white[:, :32].all() and not white[:, 32:].any()
    small, wide = (base64.b64encode(sized(*one)).decode() for one in ((32, 32), (64, 32)))
    other = said | {"mask": {"image_url": f"data:image/png;base64,{small}"}, "seed": 3}
    noted = owner.post("/v1/videos/edits", json=other)
    assert "scaled to the film's 64x64" in noted.json()["notes"][0], noted.text
    other = said | {"mask": {"image_url": f"data:image/png;base64,{wide}"}}
    no = owner.post("/v1/videos/edits", json=other)
    assert no.status_code == 400 and no.json()["error"]["param"] == "mask"
    assert "the film 64x64" in no.json()["error"]["message"]
    longer = said | {"seconds": 1}
    refused = owner.post("/v1/videos/extensions", json=longer)
    assert "mask" in refused.json().get("ignored", [])
    by_ink = house.make("owner")
    no = owner.post("/v1/videos/edits", json=said | {"video": {"id": by_ink.work_id}})
    assert no.status_code == 400 and "cannot keep to a mask" in no.text


def kept(house: Any, run_id: str, position: Any) -> str:
    """What a steward would do with it; the work."""
    now, sha = house.studio.clock.now(), house.studio.files.keep(PICTURE)
    made = runs.Kept(
        media_sha=sha, bytes=len(PICTURE), mime="image/png", width=64, height=64, fps=8.0, frames=1,
        seconds=0.0, position=position, recipe={}, understood=None, measured_seconds=0.1,
    )  # fmt: skip

    def step(conn: Any) -> str:
        epoch = runs.raise_epoch(conn)
        assert runs.claim(conn, run_id, epoch, now)
        files.note(conn, house.studio.files, sha, "image/png", now, PICTURE)
        assert runs.complete(conn, house.studio.files, run_id, 1, made, now)
        return str(runs.get(conn, run_id).work_id)

    return house.studio.commit(step)
