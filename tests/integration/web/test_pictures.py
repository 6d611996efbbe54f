"""A film at rest: one frame and eight of it, made once, for whoever may see the work, gone when the film is."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.core import strips
from uncaged.core.media import write_film


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A film of twelve frames, each a little lighter."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    frames = (np.full((48, 64, 3), 20 * n, np.uint8) for n in range(12))
    assert write_film(frames, path, 12.0) == 12
    return path.read_bytes()


def light(picture: Image.Image, x: int, y: int) -> int:
    """How light the picture is there."""
    return int(np.asarray(picture.convert("L"))[y, x])


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def test_a_film_at_rest_shows_one_frame_and_eight(house: Any, real: bytes) -> None:
    work = house.make("owner", film=real).work_id
    owner = house.come("owner")
    film = owner.get(f"/works/{work}?as=json").json()["film"]
    still, strip = owner.get(film["still"]), owner.get(film["strip"])
    assert still.headers["Content-Type"] == strip.headers["Content-Type"] == "image/jpeg"
    middle = opened(still.content)
    assert middle.size == (64, 48) and abs(light(middle, 30, 20) - 120) < 12
    eight = opened(strip.content)
    seen = [light(eight, 2 + 32 + 66 * n, 24) for n in range(8)]
    assert seen == sorted(seen) and seen[7] - seen[0] > 150
    again = owner.get(film["strip"], headers={"If-None-Match": strip.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    assert still.headers["ETag"] != strip.headers["ETag"]


def test_they_are_made_once_and_again_where_somebody_deleted_them(
    house: Any, real: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uncaged.studio import picturing

    looked: list[Path] = []
    see = picturing.at_rest
    monkeypatch.setattr(picturing, "at_rest", lambda film: looked.append(film) or see(film))
    work, owner = house.make("owner", film=real).work_id, house.come("owner")
    first = owner.get(f"/works/{work}/still").content
    assert owner.get(f"/works/{work}/strip").status_code == 200
    assert len(looked) == 1
    shutil.rmtree(house.studio.settings.home / "strips")
    assert owner.get(f"/works/{work}/still").content == first
    assert len(looked) == 2


def test_they_are_for_whoever_may_see_the_work(house: Any, real: bytes) -> None:
    work = house.make("member", film=real).work_id
    for what in ("still", "strip"):
        assert house.come("member").get(f"/works/{work}/{what}").status_code == 200
        assert house.come("guest").get(f"/works/{work}/{what}").status_code == 404
        assert house.come("owner").get(f"/works/w_aaaaaaaaaaaa/{what}").status_code == 404


def test_they_go_with_the_film(house: Any, real: bytes) -> None:
    run = house.make("owner", film=real)
    owner, strips = house.come("owner"), house.studio.settings.home / "strips"
    owner.get(f"/works/{run.work_id}/still")
    assert [path.suffix for path in strips.rglob("*.*")] == [".jpg", ".jpg"]
    owner.post(f"/works/{run.work_id}/delete", headers=house.origin)
    assert not list(strips.rglob("*.*"))
    assert owner.get(f"/works/{run.work_id}/still").status_code == 404


def test_what_is_no_film_has_no_picture_and_is_looked_through_once(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uncaged.studio import picturing

    looked: list[Path] = []
    see = picturing.at_rest
    monkeypatch.setattr(picturing, "at_rest", lambda film: looked.append(film) or see(film))
    work, owner = house.make("owner").work_id, house.come("owner")
    assert [owner.get(f"/works/{work}/{w}").status_code for w in ("still", "strip", "still")] == [
        404
    ] * 3
    assert len(looked) == 1
    assert owner.get("/").status_code == owner.get(f"/works/{work}").status_code == 200


def test_a_closed_disk_keeps_nobody_from_looking(house: Any, real: bytes) -> None:
    work = house.make("owner", film=real).work_id
    (house.studio.settings.home / "strips").write_text("no folder")
    assert opened(house.come("owner").get(f"/works/{work}/still").content).size == (64, 48)


def test_a_page_of_films_shows_pictures_and_no_player(house: Any, real: bytes) -> None:
    work = house.make("owner", "a bird " + "and a bird " * 5000, film=real).work_id
    page = house.come("owner").get("/").text
    assert f'src="/works/{work}/still"' in page and "<video" not in page
    assert page.count("and a bird") < 60
    page = house.come("owner").get(f"/works/{work}").text
    assert f'poster="/works/{work}/still"' in page and 'preload="none"' in page
    label = page.partition("<video")[2].partition("aria-label=")[2].partition(">")[0]
    assert len(label) < 300


def test_words_that_would_steer_a_page_are_seen_in_it(house: Any, real: bytes) -> None:
    work = house.make("owner", "a \u202ebird\x1b[2J <b>", film=real).work_id
    for path in ("/", f"/works/{work}"):
        page = house.come("owner").get(path).text
        assert "\u202e" not in page and "\x1b" not in page
        assert "a ␦bird␛[2J &lt;b&gt;</bdi>" in page


def test_what_only_could_not_be_looked_through_now_is_tried_again(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process to be had, or too slow: that says nothing of the film."""
    run = house.make("owner")
    owner = house.come("owner")

    def busy(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patched:
        patched.setattr(strips.subprocess, "run", busy)
        assert owner.get(f"/works/{run.work_id}/still").status_code == 404
    assert not house.app.state.web.pictureless
    assert owner.get(f"/works/{run.work_id}/still").status_code == 404  # these bytes are no film
    assert len(house.app.state.web.pictureless) == 1
