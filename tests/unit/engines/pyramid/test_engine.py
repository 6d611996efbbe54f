"""Pyramid Flow at the door: its options, its sizes, where its scores stand and what they cost. No networks."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong, WeightsMissing
from uncaged.core.genome import Genome
from uncaged.core.score import ModelRef, Picture, Score, Shot
from uncaged.engines.pyramid import latents
from uncaged.engines.pyramid.drawing import Plan, draw
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.pyramid.layout import Layout
from uncaged.engines.pyramid.options import stepped
from uncaged.engines.pyramid.stages import STAGE
from uncaged.engines.registry import engines, families

ENGINE = PyramidFlow()


def score(seconds: float = 121 / 24, pictures: tuple[Picture, ...] = (), **options: Any) -> Score:
    shot = Shot("a bird", seconds, pictures)
    plain = Score((shot,), ModelRef("pyramid-flow"), (64, 64), 24, 7)
    return plain.evolve(options=ENGINE.check(options))


def test_it_is_a_family_and_no_model_until_there_is_a_folder() -> None:
    assert "pyramid-flow" in families() and "pyramid-flow" not in engines()
    with pytest.raises(WeightsMissing, match=r"not a model\. Choose one of it"):
        ENGINE.score("a bird")


@pytest.mark.parametrize(
    ("given", "steps"),
    [("10", (10, 10, 10)), (10, (10, 10, 10)), ("20, 10 5", (20, 10, 5)), ([1, 2, 3], (1, 2, 3))],
)
def test_steps_are_one_number_or_three(given: Any, steps: tuple[int, ...]) -> None:
    kept = ENGINE.check({"steps": given})["steps"]
    assert isinstance(kept, str) and stepped(kept) == steps
    assert ENGINE.check({"steps": kept})["steps"] == kept


@pytest.mark.parametrize("given", ["", "ten", "1 2", "1 2 3 4", "1.5", True, None, [1, 2], {}])
def test_steps_that_are_none_are_refused(given: Any) -> None:
    with pytest.raises(AskedWrong, match="one number, or three"):
        ENGINE.check({"steps": given})


@pytest.mark.parametrize("given", [0, -1, 501, "10 0 10", "99999999"])
def test_steps_are_what_it_costs(given: Any) -> None:
    with pytest.raises(AskedWrong, match="takes 1 to 500 steps"):
        ENGINE.check({"first_steps": given})


def test_it_costs_what_it_asks() -> None:
    """Of a 5-second film 20 · 3 questions for the first frame, 15 · 30 for the others, twice: as published."""
    pixels = 64 * 64 * 121 / 1e6
    whole = ENGINE.cost(score())
    assert whole == pytest.approx(pixels * 2 * 510 / 16)
    plan = Plan(16)
    assert plan.asked() == 510 and Plan(16, brief=True).asked() == 510 - 48
    assert ENGINE.cost(score(brief=True)) == pytest.approx(pixels * 2 * (510 - 48) / 16)
    assert ENGINE.cost(score(guidance=1.0)) == pytest.approx(pixels * (120 + 450) / 16)
    begun = score(pictures=(Picture("a" * 64),))
    assert ENGINE.cost(begun) == pytest.approx(pixels * 2 * 450 / 16)
    there = Genome("pyramid-flow", {"guidance": 1.0}).to_json()
    assert ENGINE.cost(score().evolve(position=there)) == ENGINE.cost(score(guidance=1.0))


def test_children_keep_what_is_no_gene() -> None:
    said = ENGINE.check({"negative": "", "suffix": "", "steps": 3, "guidance": 1.0})
    assert ENGINE.inherited(said) == {"negative": "", "suffix": "", "steps": "3"}
    assert ENGINE.inherited(ENGINE.check({})) == {}


def test_a_score_stands_at_its_noise_and_its_dials() -> None:
    genome = ENGINE.genome(score(guidance=-2.0))
    dials = {"guidance": -2.0, "first_guidance": 7.0, "fall": 0.0, "temperature": 1.0}
    assert genome.genes == {"noise.7": 1.0, **dials}
    child = ENGINE.mutate(genome, 1.0, 5)
    assert set(ENGINE.neutral) == set(ENGINE.scale) == set(dials)
    assert child.genes["first_guidance"] != 7.0 and len(child.genes) == 6


def test_noise_stands_between_seeds_and_is_noise() -> None:
    one = latents.standing(Genome("m", {"noise.7": 2.0}), 1, (128, 64))
    plain = latents.seeded(7, 128, 64)
    half = {"noise.7": 1.0, "noise.8": 1.0}
    both = latents.standing(Genome("m", half), 1, (128, 64))
    warm = latents.standing(Genome("m", {"temperature": 2.0}), 7, (128, 64))
    other = latents.seeded(8, 128, 64)
    for unit, stage in ((0, 0), (3, 2)):
        mine = plain(unit, stage)
        assert (one(unit, stage) == mine).all() and mine.dtype == np.float32
        assert np.allclose(warm(unit, stage), 2 * mine)
        mean = (mine + other(unit, stage)) / math.sqrt(2)
        assert np.allclose(both(unit, stage), mean, atol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 9, 10, 17, 121])
def test_there_are_latent_frames_enough(count: int) -> None:
    units = latents.enough(count)
    assert latents.frames(units) >= count and latents.frames(units - 1) < count


def test_what_a_stage_leaves_of_noise_can_be_taken_off() -> None:
    """Estimates of each stage's end, put together of a picture and noise by the paper: the picture comes out."""
    chance = np.random.default_rng(1)
    picture, noise = (chance.standard_normal((1, 1, 1, 2, 2)) for _ in range(2))
    drawing = draw(Plan(1, (2, 2, 2), first_guidance=()), lambda _u, s: noise_at(s), ("words",))
    question = next(drawing)
    stage = STAGE[question.stage]
    end = stage.end * noise + (1 - stage.end) * picture
    start = stage.start * noise + (1 - stage.start) * picture
    assert question.stage == 0 and question.sigma == 1 and stage.end > 0.6
    seen = type(question)(
        start,
        1.0,
        question.conds,
        0,
        6,
        unit=0,
        stage=0,
        timestep=1000.0,
        history=(),
        finished=(),
    )
    assert np.allclose(seen.clean(end), picture)


def noise_at(stage: int) -> Any:
    side = 2 << stage
    return np.ones((1, 1, 1, side, side))


@pytest.mark.parametrize(
    ("size", "units", "variant"),
    [
        ((640, 384), 16, "384p"),
        ((128, 64), 1, "384p"),
        ((1280, 768), 31, "768p"),
        ((768, 1280), 1, "image"),
        ((1024, 1024), 1, "image"),
        ((1024, 1024), 2, "768p"),
    ],
)
def test_the_variant_is_the_one_that_learnt_from_such_a_size(
    size: tuple[int, int], units: int, variant: str
) -> None:
    folders = {name: Path(name) for name in ("384p", "768p", "image")}
    layout = Layout(Path(), "miniflux", folders, Path())
    assert layout.chosen(size, units) == variant
    assert Layout(Path(), "miniflux", {"image": Path()}, Path()).chosen(size, units) == "image"
