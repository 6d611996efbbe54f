"""Films that this machine has no memory for are refused before anything is opened, with what would fit."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from uncaged.core import machine
from uncaged.core.errors import Impossible, TooLittleMemory
from uncaged.engines import devices, fitting
from uncaged.engines.diffusion import ltx
from uncaged.engines.diffusion.families import LTXVideo
from uncaged.studio import adding
from uncaged.studio.studio import Studio

FILM = {"size": (1024, 1024), "seconds": 6.44, "fps": 25}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("memory") / "tiny"
    ltx.twin(folder, 1)
    return folder


@pytest.fixture
def has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a graphics card."""
    monkeypatch.setattr(machine, "card_memory", lambda: None)


def needs(tiny: Path, size: tuple[int, int], frames: int) -> float:
    """By the rule, written out: 26 arrays of tokens or 9 of the coder's last layer, and the film."""
    tokens = size[0] * size[1] / 32**2 * (frames / 8 + 1)
    decoding = size[0] * size[1] * frames * 8 / 16
    inside = max(tokens * 32 * 26, decoding * 9) + 3 * size[0] * size[1] * frames
    return 1_500_000_000 + 4 * (fitting.numbers(tiny) + inside)


@pytest.mark.usefixtures("has")
def test_what_would_fit_fits(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = LTXVideo(tiny)
    whole = needs(tiny, (1024, 1024), 161)
    monkeypatch.setattr(machine, "memory", lambda: int(whole) + 1)
    score = engine.score("a red bird", **FILM)
    assert score.frame_count == 161
    monkeypatch.setattr(machine, "memory", lambda: int(whole) - 10_000_000)
    with pytest.raises(Impossible, match=r"needs about \d\.\d GB .*this machine has") as told:
        engine.score("a red bird", **FILM)
    (wide, high), frames = (
        map(int, re.findall(r"(\d+)x(\d+) pixels", str(told.value))[0]),
        int(re.findall(r"(\d+) frames", str(told.value))[0]),
    )
    assert told.value.about == "size" and (wide, frames) == (768, 120)
    assert engine.score("a red bird", **FILM | {"size": (wide, high)}).size == (768, 768)
    assert engine.score("a red bird", **FILM | {"seconds": frames / 25}).frame_count == frames


@pytest.mark.usefixtures("has")
def test_going_on_with_a_long_film_takes_what_is_new(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LTXVideo(tiny)
    film = engine.score("a red bird", size=(512, 512), seconds=0.4, fps=25).evolve(film="a" * 64)
    longer = film.evolve(shots=(replace(film.shots[0], seconds=30.0), film.shots[0]))
    past = engine.options().model_dump()["past"]
    assert longer.frame_count == 760 and past > 1
    monkeypatch.setattr(machine, "memory", lambda: int(needs(tiny, (512, 512), 10 + past)) + 1)
    engine.ready(longer)
    monkeypatch.setattr(machine, "memory", lambda: int(needs(tiny, (512, 512), 10 + past)) - 1)
    with pytest.raises(Impossible, match="This film needs") as told:
        engine.ready(longer)
    (offered,) = map(int, re.findall(r"(\d+) frames", str(told.value)))
    assert 0 < offered < 10, "of those that are new"
    with pytest.raises(Impossible, match="This film needs"):
        engine.ready(longer.evolve(shots=longer.shots[:1]))  # all of it anew


@pytest.mark.usefixtures("has")
def test_weights_that_do_not_fit_at_all(
    studio: Studio, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adding.add(studio, adding.offered(tiny), "mine")
    monkeypatch.setattr(machine, "memory", lambda: 1_000_000_000)
    with pytest.raises(Impossible, match=r"mine needs about 1\.5 GB .*uncaged models list") as told:
        studio.make("a red bird", model="mine", size=(64, 64), seconds=0.04)
    assert told.value.about == "model"


def test_a_graphics_card_is_asked_for_its_own(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho Card, 81559\necho Card, 40000\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv(machine.CARDS[0], raising=False)
    monkeypatch.setattr(fitting, "version", lambda package: "2.13.0")
    machine.card.cache_clear()
    assert machine.card_memory() == 81559 * 2**20
    assert fitting.place() == fitting.Place(81559 * 2**20, 2, True)
    with monkeypatch.context() as other:
        other.setattr(fitting, "version", lambda package: "2.13.0+cpu")
        assert not fitting.place().card, "this torch uses no card"
    program.write_text("#!/bin/sh\nexit 9\n")
    machine.card.cache_clear()
    assert machine.card_memory() is None and not fitting.place().card
    machine.card.cache_clear()


def test_what_is_free_just_now_is_looked_at_before_opening(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LTXVideo(tiny)
    monkeypatch.setattr(devices, "left", lambda place: 4 * fitting.numbers(tiny) - 1)
    with pytest.raises(TooLittleMemory, match="free just now"):
        engine.open({})
    monkeypatch.setattr(devices, "left", lambda place: 4 * fitting.numbers(tiny))
    assert engine.open({})


def test_what_this_machine_says_of_itself() -> None:
    whole, left = machine.memory(), machine.memory_left()
    assert whole is not None and left is not None and left > 2**28
    assert 2**29 < whole < 2**50


def test_a_file_under_two_names_is_counted_once(tiny: Path, tmp_path: Path) -> None:
    whole = fitting.numbers(tiny)
    net = tiny / "transformer" / "diffusion_pytorch_model.safetensors"
    for part in ("transformer", "vae"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "single.safetensors").symlink_to(net)
    assert 0 < fitting.numbers(tmp_path) < whole
