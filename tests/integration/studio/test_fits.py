"""Which model for me: the memory that one takes, and how long its films take here, by the doctor and on the page."""

from dataclasses import replace
from pathlib import Path

import pytest

from uncaged.archive import groups
from uncaged.cli.comparing import table
from uncaged.engines import fitting
from uncaged.engines.asking import Request
from uncaged.engines.registry import families
from uncaged.studio import adding, comparing, doctor, fits
from uncaged.studio.doctor import Finding, examine
from uncaged.studio.shelf import players
from uncaged.studio.studio import Studio


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
    return next((one for one in said if "512x512" in one.what), None)


def test_the_doctor_says_what_fits_and_how_long_films_take(
    studio: Studio, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(studio, "echo") is None  # it takes next to nothing, and has made nothing
    studio.make("hi", model="echo", seconds=1, size=(64, 64))
    echo = found(studio, "echo")
    assert echo is not None and "6 s at 512x512 take about" in echo.what
    ltx = found(studio, tiny.name)
    assert ltx is not None and ltx.state == "works" and "opens in about 1.5 GB of" in ltx.what
    monkeypatch.setattr(fitting, "place", lambda: fitting.Place(1_000_000_000, 4, False))
    ltx = found(studio, tiny.name)
    assert ltx is not None and ltx.state == "weak"
    assert "needs about 1.5 GB of 1.0 GB" in ltx.what and "smaller" in ltx.advice


def test_a_model_whose_files_are_broken_is_said_elsewhere(studio: Studio, tiny: Path) -> None:
    for path in tiny.rglob("*.safetensors"):
        path.write_bytes(b"nothing")
    (ltx,) = [one for one in fits.fits(studio) if one.model == tiny.name]
    assert ltx.opens is None and ltx.fits


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
