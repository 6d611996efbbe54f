"""Which model for me: the memory that one takes, and how long its films take here, by the doctor and on the page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import groups
from uncaged.cli import measuring
from uncaged.cli.comparing import table
from uncaged.core.errors import Impossible
from uncaged.engines import fitting
from uncaged.engines.asking import Request, score_of
from uncaged.engines.registry import engines, families
from uncaged.engines.shelved import shelved
from uncaged.queue.estimate import Past
from uncaged.studio import adding, comparing, doctor, fits
from uncaged.studio.doctor import Finding, examine
from uncaged.studio.shelf import players
from uncaged.studio.studio import Studio
from uncaged.web.pages.models import measured


@pytest.fixture(autouse=True)
def no_performing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether models perform is looked at elsewhere, and takes seconds."""
    monkeypatch.setattr(doctor, "_models", lambda: iter(()))


@pytest.fixture
def tiny(studio: Studio, tmp_path: Path) -> Path:
    """A small LTX Video on the shelf."""
    folder = tmp_path / "tiny-ltx"
    families()["ltx"].twin(folder)
    adding.add(studio, adding.offered(folder))
    return folder


def found(studio: Studio, name: str) -> Finding | None:
    """What is said of a model's memory and time."""
    said = (one for one in examine(studio.settings) if one.name == name)
    return next((one for one in said if "512x512" in one.what or "GB" in one.what), None)


def test_the_doctor_says_what_fits_and_how_long_films_take(
    studio: Studio, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(studio, "echo") is None  # it takes next to nothing, and has made nothing
    studio.make("hi", model="echo", seconds=1, size=(64, 64))
    echo = found(studio, "echo")
    assert echo is not None and "how long 6 s at 512x512 take is too little known" in echo.what
    studio.make("hi", model="echo", seconds=6, size=(256, 256))
    echo = found(studio, "echo")
    assert echo is not None and "6 s at 512x512 take about" in echo.what
    ltx = found(studio, tiny.name)
    assert ltx is not None and ltx.state == "works"
    assert "6 s at 512x512 need about 2." in ltx.what and "before one was made" in ltx.what
    monkeypatch.setattr(fitting, "place", lambda: fitting.Place(1_000_000_000, 4, False))
    ltx = found(studio, tiny.name)
    assert ltx is not None and ltx.state == "weak"
    assert "needs about 1.5 GB of 1.0 GB" in ltx.what and "smaller" in ltx.advice


def test_a_model_whose_files_are_broken_is_said_elsewhere(studio: Studio, tiny: Path) -> None:
    for path in tiny.rglob("*.safetensors"):
        path.write_bytes(b"nothing")
    (ltx,) = [one for one in fits.fits(studio) if one.model == tiny.name]
    assert ltx.memory is None and ltx.fits


def test_what_fits_is_what_the_door_lets_through(
    studio: Studio, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = players(studio)[tiny.name]
    film = fits.yardstick(player)
    whole = fits.memory(player, film)
    assert whole is not None and whole.needs > whole.opens > fitting.LIBRARIES
    for has, can in ((whole.needs, True), (whole.needs - 1, False)):
        monkeypatch.setattr(fitting, "place", lambda has=has: fitting.Place(has, 4, False))
        need = fits.memory(player, film)
        assert need is not None and need.can_open and need.fits is can
        if can:
            player.ready(film)
            assert need.instead == ()
        else:
            with pytest.raises(Impossible) as told:
                player.ready(film)
            assert need.instead and all(one in told.value.hint for one in need.instead)
    told_by_doctor = found(studio, tiny.name)
    assert told_by_doctor is not None and told_by_doctor.state == "weak"
    assert "What would fit: " in told_by_doctor.advice and "it opens in" in told_by_doctor.what


@pytest.mark.parametrize(
    ("sides", "multiple", "sizes", "size"),
    [
        ((64, 2048), 2, (), (512, 512)),
        ((64, 256), 32, (), (256, 256)),
        ((64, 250), 32, (), (224, 224)),
        ((768, 2048), 2, (), (768, 768)),
        ((16, 4096), 48, (), (528, 528)),
        ((64, 2048), 2, ((256, 128), (720, 480)), (720, 480)),
    ],
)
def test_models_are_compared_by_a_film_that_they_make(
    sides: tuple[int, int], multiple: int, sizes: Any, size: tuple[int, int]
) -> None:
    echo = engines()["echo"]
    can = replace(echo.capabilities, sides=sides, multiple=multiple, sizes=sizes, frames=48)
    one = shelved(echo, "small", "0" * 64, {})
    one.capabilities = can
    film = fits.yardstick(one)
    assert film.size == size and film.frame_count <= 48
    assert score_of(Request("bars", size=film.size, seconds=film.seconds), one).score.size == size


def test_what_only_small_films_say_is_reckoned_on_and_said_to_be(studio: Studio) -> None:
    echo = players(studio)["echo"]
    film = fits.yardstick(echo)
    costs = echo.cost(film)
    small, like = Past(((costs / 10, 2.0),)), Past(((costs / 100, 2.0), (costs / 2, 60.0)))
    rough, known = fits.fit(echo, small), fits.fit(echo, like)
    assert rough.rough and rough.takes == pytest.approx(20.0)
    assert not known.rough and known.takes == pytest.approx(120.0)
    assert fits.fit(echo, Past()).takes is None


def test_what_a_film_takes_before_its_first_pixel_does_not_grow_with_it(studio: Studio) -> None:
    echo = players(studio)["echo"]
    costs = echo.cost(fits.yardstick(echo))
    known = Past(tuple((costs / n, 5.0 + 100.0 / n) for n in (10, 10, 100, 1000)))
    said = fits.fit(echo, known)
    assert said.rough and said.takes == pytest.approx(105.0, rel=0.01)


def test_a_picture_says_too_little_of_a_film(studio: Studio) -> None:
    echo = players(studio)["echo"]
    costs = echo.cost(fits.yardstick(echo))
    picture = fits.fit(echo, Past(((costs / 20_000, 2.6),), bytes=7))
    assert picture.rough and picture.takes is None and picture.runs == 1 and picture.took == 7
    (said,) = (what for name, what in measuring.rows(picture) if name == "measured")
    assert said.startswith("how long 6 s at 512x512 take is too little known to say")
    seen = measured(picture)
    assert seen is not None and seen.seconds is None
    assert measuring.record(picture)["takes"] is None


def test_the_doctor_says_times_as_the_pages_do(studio: Studio, monkeypatch: Any) -> None:
    echo = players(studio)["echo"]
    one = fits.fit(echo, Past(((echo.cost(fits.yardstick(echo)), 60_120.0),)))
    monkeypatch.setattr(fits, "fits", lambda _studio: iter([one]))
    said = found(studio, "echo")
    assert said is not None and "take about 16 h 42 min here" in said.what
    assert "take about 16 h 42 min" in dict(measuring.rows(one))["measured"]


def test_what_a_film_took_is_kept_and_said(studio: Studio) -> None:
    made = studio.make("hi", model="echo", seconds=1, size=(64, 64))
    held = made.run.measured_bytes
    assert held is not None and 10_000_000 < held < 4_000_000_000
    (echo,) = [one for one in fits.fits(studio) if one.model == "echo"]
    assert echo.took == held and echo.memory is None


def test_models_are_compared_by_their_memory_too(studio: Studio, tiny: Path) -> None:
    request = Request("a bird", size=(64, 64), seconds=0.5, fps=8, seed=2)
    group, _notes = comparing.ask(studio, request, f"echo, {tiny.name},")
    with studio.archive.read() as conn:
        runs = groups.newest(conn, group.id)
    echo, ltx = comparing.beside(studio, runs)
    assert echo.memory is None and ltx.memory == fits.opens(players(studio)[tiny.name])
    assert ltx.memory is not None and ltx.memory > fitting.LIBRARIES
    told = table([echo, replace(ltx, seconds=(1.0,))])
    assert "opens in about 1.5 GB" in told.splitlines()[1] and "GB" not in told.splitlines()[0]
