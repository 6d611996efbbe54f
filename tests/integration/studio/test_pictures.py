"""Pictures: one frame, kept as PNG, by every road from asking to taking away; grown from, and begun with."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.archive.run import get
from uncaged.core.errors import AskedWrong, FileDamaged, Impossible
from uncaged.core.media import film_facts
from uncaged.core.settings import Settings
from uncaged.engines.registry import engine
from uncaged.studio import moving
from uncaged.studio.growing import film_parts, parents_of
from uncaged.studio.studio import Studio, open_studio
from uncaged.studio.taking import take
from uncaged.studio.verifying import verify
from uncaged.studio.work import Work

SMALL: dict[str, Any] = {"size": (64, 48), "seed": 3, "seconds": 0}


@pytest.fixture
def picture(studio: Studio) -> Work:
    return studio.make("a red fox", model="echo", **SMALL)


def exact(work: Work) -> Any:
    return next(iter(engine("echo").perform(work.score)))


def test_a_picture_is_a_work_of_one_frame_and_nothing_is_lost(
    studio: Studio, picture: Work
) -> None:
    row = picture.row
    assert (row.mime, row.frames, row.seconds, row.width, row.height) == ("image/png", 1, 0, 64, 48)
    with Image.open(picture.path) as seen:
        assert seen.format == "PNG" and seen.info == {}  # its pixels, and nothing else
        assert np.array_equal(np.asarray(seen), exact(picture))
    assert [frame.shape for frame in picture.frames()] == [(48, 64, 3)]
    assert picture.score.is_picture and picture.score.to_json()["shots"][0]["seconds"] == 0
    again = studio.make("a red fox", model="echo", **SMALL)
    assert again.row.media == row.media and again.id != picture.id
    assert verify(studio, picture.path).work is not None


@pytest.mark.parametrize("form", [None, "png", "mp4", "frames", "gif", "strip"])
def test_it_is_taken_away_in_every_form(
    studio: Studio, picture: Work, form: str | None, tmp_path: Path
) -> None:
    taken = take(studio, picture, form, tmp_path / "x" if form == "frames" else tmp_path)
    assert taken.exact
    if form in (None, "png"):
        assert taken.path.name == f"{picture.id}.png"
        assert taken.path.read_bytes() == picture.path.read_bytes()
    elif form == "mp4":
        assert film_facts(taken.path).frames == 1
    elif form == "frames":
        with Image.open(taken.path / "000001.png") as seen:
            assert np.array_equal(np.asarray(seen), exact(picture))
    else:
        assert taken.path.stat().st_size > 0


def test_a_frame_of_a_film_is_taken_as_a_picture(studio: Studio, tmp_path: Path) -> None:
    film = studio.make("a", model="echo", size=(64, 48), seconds=1, fps=4, seed=3)
    frames = list(engine("echo").perform(film.score))
    for at, number in ((None, 2), (0.3, 1), (1.0, 3)):
        taken = take(studio, film, "png", tmp_path / f"{at}.png", at)
        with Image.open(taken.path) as seen:
            assert np.array_equal(np.asarray(seen), frames[number])
    with pytest.raises(AskedWrong):
        take(studio, film, "png", tmp_path / "late.png", 1.5)


def test_it_travels(studio: Studio, picture: Work, tmp_path: Path) -> None:
    moving.export_to(studio, tmp_path / "out")
    other = open_studio(settings=Settings(home=tmp_path / "other", fsync=False))
    try:
        moving.import_from(other, tmp_path / "out")
        came = other.work(picture.id)
        assert came.row.mime == "image/png" and came.path.read_bytes() == picture.path.read_bytes()
        assert take(other, came, "frames", tmp_path / "again").exact
    finally:
        other.close()


def test_what_cannot_be_a_picture(studio: Studio) -> None:
    with pytest.raises(AskedWrong):
        studio.ask("a", model="echo", size=(64, 64), seconds=-0.1)
    work = studio.make("a", model="echo", loop=True, **SMALL)
    assert not work.score.loop


def test_children_of_pictures_are_pictures(studio: Studio, picture: Work) -> None:
    for group in (studio.vary(picture.id, children=4), studio.breed(picture.id, children=2)):
        made = list(group.wait())
        assert all(one.row.mime == "image/png" and one.score.is_picture for one in made)
        assert {one.score.parents for one in made} == {(picture.id,)}


def test_a_film_begins_with_a_picture_that_outlives_its_work(studio: Studio, picture: Work) -> None:
    media = picture.row.media
    asked = studio.ask("it moves", model="echo", size=(64, 64), seconds=0.25, begin=picture.id)
    film = asked.wait()
    assert film.row.mime == "video/mp4" and film.score.parents == (picture.id,)
    assert [one.sha256 for one in film.score.pictures] == [media]
    studio.delete(picture)
    assert studio.files.path(str(media)).is_file()
    with pytest.raises(AskedWrong):
        studio.ask("it moves", model="echo", begin=film.id)


def test_ink_draws_a_picture_again_from_farther_away(studio: Studio) -> None:
    near = studio.make("a red ball", size=(128, 128), seconds=0, seed=2)
    (far,) = studio.farther(near.id, factor=2).wait()
    assert far.score.is_picture and far.score.parents == (near.id,) and far.score.size == (128, 128)
    assert near.position is not None and far.position is not None
    sizes = [one.genes["s1.size"] for one in (near.position, far.position)]
    assert sizes[1] == sizes[0] / 2
    red = [np.asarray(next(one.frames())).astype(int) for one in (near, far)]
    counts = [int((one[..., 0] - one[..., 1] > 60).sum()) for one in red]
    assert 0 < counts[1] < 0.7 * counts[0]
    for factor in (1.0, 0.5, float("nan")):
        with pytest.raises(AskedWrong):
            studio.farther(near.id, factor=factor)
    still = studio.make("a", model="echo", **SMALL)
    with pytest.raises(Impossible):
        studio.farther(still.id)


def test_a_picture_whose_bytes_are_gone_is_said_so(studio: Studio, picture: Work) -> None:
    picture.path.chmod(0o600)
    shutil.copyfile(__file__, picture.path)
    with pytest.raises(FileDamaged):
        take(studio, picture)


def test_what_is_drawn_around_a_picture_keeps_it(studio: Studio) -> None:
    near = studio.make("a fish", model="seedling", seconds=0, size=(256, 256), seed=2)
    (far,) = studio.farther(near.id, seed=3).wait()
    (held,) = far.score.pictures
    assert (held.sha256, held.share) == (near.row.media, 0.5)
    asked = studio.vary(far.id, children=1)
    with studio.archive.read() as conn:
        (run,) = (get(conn, part.run_id) for part in asked.parts)
    assert run.score is not None and run.score.pictures == (held,)
    (film,) = film_parts(studio, parents_of(studio, [far.id]))
    assert film.score is not None and film.score.pictures == () and film.score.seconds == 2
