"""Guidance that turns over the steps, and times of one's own: any numbers, and what is no number is said."""

from pathlib import Path
from typing import Any

import pytest
import torch

from uncaged.core.errors import AskedWrong
from uncaged.core.order import Frame, Noted, Order, Progress
from uncaged.engines.diffusion.families import FAMILIES, LTX2, CogVideoX, DiffusionEngine, Wan
from uncaged.engines.diffusion.turning import MOST, numbers_of, over

SMALL: dict[str, Any] = {"size": (64, 64), "seconds": 0.1}


@pytest.fixture(scope="module", params=[CogVideoX, Wan], ids=lambda kind: kind.name)
def engine(request: Any, tmp_path_factory: pytest.TempPathFactory) -> DiffusionEngine:
    folder = tmp_path_factory.mktemp("turning") / "twin"
    request.param().twin(folder, 3)
    return request.param(folder)


def asked(engine: DiffusionEngine, **options: Any) -> list[tuple[float, int]]:
    """At which time, and under how many conditions, a network is asked."""
    performance: Any = engine.open({})
    score = engine.score("a bird", **SMALL, options=options)
    drawing = performance.planned(score, engine.genome(score))
    loop = drawing.loop(["nothing", "a bird"], performance.denoiser)
    found: list[tuple[float, int]] = []
    try:
        ask = next(loop)
        while True:
            found.append((float(ask.sigma), len(ask.conds)))
            ask = loop.send([torch.zeros_like(ask.x)] * len(ask.conds))
    except StopIteration:
        return found


def test_each_step_has_a_number_and_times_are_as_they_are_said(engine: DiffusionEngine) -> None:
    plain = asked(engine, steps=3, guidance=6, solver="euler")
    assert len(plain) == 3 and all(count == 2 for _time, count in plain)
    own = {"sigmas": "0.9, 0.5 0.2 0", "solver": "euler", "steps": 50}
    assert asked(engine, **own, guidance_steps="0 1 -3") == [(0.9, 1), (0.5, 1), (0.2, 2)]
    assert asked(engine, **own, guidance=1) == [(0.9, 1), (0.5, 1), (0.2, 1)]
    rising = asked(engine, sigmas="0.5 0.9 0", solver="euler")
    assert [time for time, _count in rising] == [0.5, 0.9]


def test_it_costs_what_it_asks(engine: DiffusionEngine) -> None:
    def cost(**options: Any) -> float:
        return engine.cost(engine.score("a bird", **SMALL, options=options))

    assert cost(steps=7, sigmas="1 0.5 0") == cost(steps=2)
    assert cost(guidance=1, guidance_steps="1 2") == cost(guidance=2) == 2 * cost(guidance=1)


def test_layers_are_numbers_that_a_network_may_have() -> None:
    for said in ("", "28", " 14, 28 "):
        LTX2.options(stg_layers=said)
    said: Any
    for said, text in ((28, "28"), ([14, 28], "14 28")):  # as a command, and JSON, have them
        assert LTX2.options(stg_layers=said).model_dump()["stg_layers"] == text
    for said in ("28 " + "1" * 5000, "2-3", "one"):
        with pytest.raises(AskedWrong, match="Layers are numbers"):
            LTX2.options(stg_layers=said)


@pytest.mark.parametrize("said", ["x", "1 nan", "1,inf", "1e999", "0x10", "1 " * (MOST + 1)])
def test_what_is_no_number_is_said(said: str) -> None:
    for name, least in (("guidance_steps", 1), ("sigmas", 2)):
        with pytest.raises(AskedWrong, match=name) as told:
            numbers_of(said, name, least)
        assert told.value.about == name
        with pytest.raises(AskedWrong, match=name):
            CogVideoX().check({name: said})


def test_numbers_are_a_text_too() -> None:
    turned = CogVideoX().check({"guidance_steps": 4, "sigmas": [1, 0.5, 0]})
    assert (turned["guidance_steps"], turned["sigmas"]) == ("4", "1 0.5 0")
    for wrong in (["1"], [[1]], {"a": 1}, [True]):
        with pytest.raises(AskedWrong, match="sigmas"):
            CogVideoX().check({"sigmas": wrong})


def test_one_time_makes_no_step_and_nothing_is_nothing() -> None:
    with pytest.raises(AskedWrong, match="2 to"):
        numbers_of("1", "sigmas", 2)
    assert numbers_of(" , ", "sigmas", 2) == ()
    assert over([-1e30, 1e30], 3) == [-1e30, 0.0, 1e30]
    with pytest.raises(AskedWrong, match="the same numbers at all steps"):
        LTX2().check({"guidance_steps": "3 2"})


def test_what_was_guessed_stands_in_the_recipe_and_nothing_is_unasked(
    engine: DiffusionEngine,
) -> None:
    performance: Any = engine.open({})

    def noted(**options: Any) -> tuple[str, int]:
        score = engine.score("a bird", **SMALL, options={"steps": 8, **options})
        events = list(performance.perform(Order("1", 1, score)))
        said = [event.facts.get("guessed", "") for event in events if isinstance(event, Noted)]
        drawing = [one for one in events if isinstance(one, Progress) and one.doing == "drawing"]
        assert sum(isinstance(one, Frame) for one in events) == score.frame_count
        return "".join(said), len(drawing)

    assert noted() == ("", 8)
    assert noted(step_cache=-1.0) == ("", 8)
    assert noted(step_cache=1e9) == ("5 of 8 answers: lossy", 3)


@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_times_that_no_network_can_be_told_end_in_a_film(
    kind: type[DiffusionEngine], tmp_path: Path
) -> None:
    kind().twin(tmp_path / "twin", 3)
    engine = kind(tmp_path / "twin")
    performance: Any = engine.open({})
    for sigmas in ("1e300 0", "-1e300 1e39 0", "1.2 0.5 0", "1 -0.5 0"):
        size = engine.capabilities.size_near((64, 64))
        options = {"sigmas": sigmas}
        score = engine.score("a bird", size=size, seconds=0.04, options=options)
        events = list(performance.perform(Order("1", 1, score, quiet=True)))
        assert sum(isinstance(one, Frame) for one in events) == score.frame_count
