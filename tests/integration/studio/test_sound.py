"""Films with sound: kept with it, taken with it, marked in every form; what is made of them is marked too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from performing_here import InProcess

from uncaged.cli.main import run
from uncaged.core.marks import SOURCE, mark_of
from uncaged.core.media import read_film
from uncaged.core.settings import Settings
from uncaged.core.sounds import read_sound
from uncaged.engines.asking import Request
from uncaged.engines.diffusion import wan
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.sources import Source
from uncaged.studio import adding, making, remaking, taking
from uncaged.studio.seeing import see_through
from uncaged.studio.studio import Studio, open_studio
from uncaged.studio.work import Work

TINY: dict[str, Any] = {
    "size": (64, 64),
    "seconds": 0.5,
    "fps": 24,
    "seed": 7,
    "options": {"steps": 1},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ltx2") / "small"
    assert run(["models", "twin", "ltx-2", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Studio]:
    """A studio with a tiny LTX-2 on its shelf."""
    home = tmp_path_factory.mktemp("home") / "home"
    with open_studio(settings=Settings(home=home, fsync=False)) as opened:
        adding.add(opened, adding.offered(folder), "mine")
        yield opened


@pytest.fixture(scope="module")
def film(studio: Studio) -> Work:
    run_of = making.ask(studio, Request("a red bird sings", **TINY), "mine")
    return see_through(studio, run_of, performer=InProcess())


def test_a_film_is_kept_with_its_sound(film: Work) -> None:
    sound = read_sound(film.path, 0.5)
    assert sound is not None and sound.rate == 24_000 and len(sound.waves) == 2
    assert 0.45 < sound.waves.shape[1] / sound.rate <= 0.5 and sound.waves.std() > 1e-3
    assert len(list(read_film(film.path))) == 12
    assert SOURCE in mark_of(film.path) and "LTX-2" in mark_of(film.path)


@pytest.mark.parametrize("form", ["webm", "prores"])
def test_it_is_taken_with_its_sound_and_its_mark(
    studio: Studio, film: Work, form: str, tmp_path: Path
) -> None:
    taken = taking.take(studio, film, form, tmp_path / f"taken.{form}")
    sound = read_sound(taken.path, 0.5)
    assert sound is not None and sound.waves.std() > 1e-3
    assert mark_of(taken.path) == mark_of(film.path)


def test_what_goes_on_with_it_keeps_both(studio: Studio, film: Work, tmp_path: Path) -> None:
    wan.twin(tmp_path / "wan", 3)
    adding.add(studio, adding.offered(tmp_path / "wan"), "silent")
    asked = Request("it flies away", seconds=0.5, options={"steps": 1, "guidance": 1.0})
    asked, model = remaking.asked_of(studio, Source("extends", film.id), asked, "silent")
    longer = see_through(studio, making.ask(studio, asked, model), performer=InProcess())
    assert len(list(read_film(longer.path))) == 24
    before, after = read_sound(film.path, 0.5), read_sound(longer.path, 1)
    assert before is not None and after is not None
    assert abs(after.waves.shape[1] / after.rate - 0.5) < 0.1
    middle = slice(4000, 8000)
    assert np.corrcoef(before.waves[0, middle], after.waves[0, middle])[0, 1] > 0.9
    assert mark_of(longer.path) == mark_of(film.path)


def test_it_goes_on_with_a_film_and_its_sound(studio: Studio, film: Work) -> None:
    asked = Request("it flies away", seconds=0.5, options={"steps": 1})
    asked, model = remaking.asked_of(studio, Source("extends", film.id), asked, "mine")
    longer = see_through(studio, making.ask(studio, asked, model), performer=InProcess())
    kept, whole = (np.stack(list(read_film(one.path))).astype(int) for one in (film, longer))
    assert len(whole) == 24 and np.abs(whole[:12] - kept).mean() < 15
    assert np.abs(whole[12:] - kept).mean() > 30
    before, after = read_sound(film.path, 0.5), read_sound(longer.path, 1)
    assert before is not None and after is not None
    assert abs(after.waves.shape[1] / after.rate - 1) < 0.06
    middle = slice(4000, 8000)
    assert np.corrcoef(before.waves[0, middle], after.waves[0, middle])[0, 1] > 0.9
    assert after.waves[:, 14_000:].std() > 1e-3, "and what comes sounds too"


def test_it_goes_on_with_a_silent_film(studio: Studio) -> None:
    asked = Request("a red fox", seconds=0.5, size=(64, 64), fps=24)
    inked = see_through(studio, making.ask(studio, asked, "ink"), performer=InProcess())
    asked = Request("it barks", seconds=0.5, options={"steps": 1})
    asked, model = remaking.asked_of(studio, Source("extends", inked.id), asked, "mine")
    longer = see_through(studio, making.ask(studio, asked, model), performer=InProcess())
    sound = read_sound(longer.path, 1)
    assert sound is not None and np.abs(sound.waves[:, 2_000:10_000]).max() < 1e-3
    assert sound.waves[:, 14_000:].std() > 1e-3


def test_no_film_is_drawn_anew_with_its_sound(studio: Studio, film: Work) -> None:
    """With other words it begins from the same noise, which needs no film."""
    asked, model = remaking.asked_of(studio, Source("remixes", film.id), Request("a cat"), None)
    assert asked.film is None and model == "mine"


def test_a_picture_is_marked_and_silent(studio: Studio) -> None:
    asked = Request("a red bird", **{**TINY, "seconds": 0})
    work = see_through(studio, making.ask(studio, asked, "mine"), performer=InProcess())
    assert work.path.read_bytes()[:4] == b"\x89PNG" and SOURCE in mark_of(work.path)


def test_films_of_others_are_not_marked(studio: Studio) -> None:
    asked = Request("a red fox", seconds=0.5, size=(64, 64))
    work = see_through(studio, making.ask(studio, asked, "ink"), performer=InProcess())
    assert mark_of(work.path) == "" and read_sound(work.path, 1) is None


def test_nothing_turns_the_mark_off() -> None:
    names = {*LTX2().options.model_fields, *Settings.model_fields}
    assert LTX2.mark and not [name for name in names if "mark" in name]
