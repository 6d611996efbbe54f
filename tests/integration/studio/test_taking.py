"""Taking a work away: every form, exact where it can be, and a place that sees it whole or not at all."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import update

from uncaged.archive.tables import runs
from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.media import film_facts, read_film
from uncaged.studio.studio import Studio
from uncaged.studio.taking import FORMS, form_of, take
from uncaged.studio.work import Work


@pytest.fixture
def work(studio: Studio) -> Work:
    return studio.make("a film", model="echo", size=(64, 48), seconds=0.5, fps=8, seed=3)


@pytest.mark.parametrize("form", ["mp4", "webm", "prores", "gif", "strip"])
def test_each_form_arrives_whole(studio: Studio, work: Work, form: str, tmp_path: Path) -> None:
    taken = take(studio, work, form, tmp_path)
    assert taken.path == tmp_path / f"{work.id}{FORMS[form]}"
    assert taken.exact
    if form in ("mp4", "webm", "prores"):
        facts = film_facts(taken.path)
        assert (facts.width, facts.height, facts.frames) == (64, 48, 4)
    else:
        with Image.open(taken.path) as picture:
            assert picture.format == {"gif": "GIF", "strip": "PNG"}[form]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_frames_are_exact_where_the_engine_is(studio: Studio, work: Work, tmp_path: Path) -> None:
    taken = take(studio, work, "frames", tmp_path / "frames")
    from uncaged.engines.registry import engine

    exact = list(engine("echo").perform(work.score))
    for i, pixels in enumerate(exact, 1):
        with Image.open(taken.path / f"{i:06}.png") as picture:
            assert np.array_equal(np.asarray(picture), pixels)


def test_other_versions_take_the_kept_film(studio: Studio, work: Work, tmp_path: Path) -> None:
    with studio.archive.write() as conn:  # the archive freezes finished runs, as it should
        conn.exec_driver_sql("DROP TRIGGER IF EXISTS finished_runs_are_frozen")
        names = [
            row[0]
            for row in conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'")
        ]
        for name in names:
            conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
        conn.execute(update(runs).values(recipe='{"engine":"echo 0"}'))
    taken = take(studio, studio.work(work.id), "frames", tmp_path / "frames")
    assert not taken.exact
    assert "kept film" in taken.how
    kept = list(read_film(work.path))
    with Image.open(taken.path / "000002.png") as picture:
        assert np.array_equal(np.asarray(picture), kept[1])


def test_the_kept_film_is_taken_byte_for_byte(studio: Studio, work: Work, tmp_path: Path) -> None:
    taken = take(studio, work, "mp4", tmp_path / "mine.mp4")
    assert taken.path.read_bytes() == work.path.read_bytes()


def test_places_that_cannot_be(studio: Studio, work: Work, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for form, place in (
        ("frames", full),
        ("mp4", tmp_path / "no" / "where.mp4"),
        ("gif", Path("/proc/x.gif")),
    ):
        with pytest.raises(AskedWrong):
            take(studio, work, form, place)
    assert (full / "mine.txt").read_text() == "mine"


def test_what_has_no_lines_gives_none(studio: Studio, work: Work, tmp_path: Path) -> None:
    with pytest.raises(Impossible, match="ink"):
        take(studio, work, "svg", tmp_path)
    with pytest.raises(AskedWrong, match="gif"):
        take(studio, work, "giff", tmp_path)


def test_a_film_too_large_for_a_gif_is_refused_beforehand(
    studio: Studio, work: Work, tmp_path: Path
) -> None:
    import dataclasses

    large = dataclasses.replace(work.row, score=work.score.evolve(size=(2048, 2048), fps=1000))
    with pytest.raises(Impossible, match="webm"):
        take(studio, Work(studio, large), "gif", tmp_path)


def test_a_name_says_the_form(tmp_path: Path) -> None:
    assert form_of(tmp_path / "a.MP4") == "mp4"
    assert form_of(tmp_path / "a.mov") == "prores"
    for name in ("a", "a.avi", "no/a.mp4"):
        with pytest.raises(AskedWrong):
            form_of(tmp_path / name)
