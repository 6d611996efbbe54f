"""Where a score of a diffusion model stands, and what its children are. No torch."""

import math

import pytest

from uncaged.core.errors import AskedWrong, WeightsMissing
from uncaged.core.genome import Genome
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines import noises, position
from uncaged.engines.diffusion.families import CogVideoX
from uncaged.engines.open_model import MOST_STEPS

ENGINE = CogVideoX()
USUAL = ENGINE.usual


def _score(**changes: object) -> Score:
    score = Score((Shot("a bird", 1.0),), ModelRef("cogvideox"), (64, 64), 8, 7)
    return score.evolve(options=ENGINE.check({}), **changes)


def test_a_score_stands_at_its_seeds_noise_and_its_dials() -> None:
    genome = ENGINE.genome(_score())
    assert genome.genes == {"noise.7": 1.0, **USUAL}
    turned = ENGINE.genome(_score().evolve(options=ENGINE.check({"guidance": -2.0})))
    assert turned.genes["guidance"] == -2.0


def test_a_position_beats_the_seed_and_what_is_turned_beats_the_position() -> None:
    there = ENGINE.genome(_score()).evolve({"guidance": 3.0, "noise.7": 0.5, "noise.9": -0.5})
    stood = ENGINE.genome(_score(position=there.to_json(), seed=11))
    assert stood.genes == there.genes
    options = ENGINE.check({"guidance": 9.0})
    assert (
        ENGINE.genome(_score(position=there.to_json()).evolve(options=options)).genes["guidance"]
        == 9.0
    )
    with pytest.raises(AskedWrong, match="belongs to the model"):
        ENGINE.genome(_score(position=Genome("ink").to_json()))


def test_variation_is_a_little_of_another_noise() -> None:
    options = ENGINE.check({"variation": 0.3})
    genome = ENGINE.genome(_score().evolve(options=options))
    amounts = {n: a for n, a in genome.genes.items() if noises.NOISE.fullmatch(n)}
    assert len(amounts) == 2 and math.isclose(math.hypot(*amounts.values()), 1.0)
    assert amounts["noise.7"] == pytest.approx(math.sqrt(1 - 0.09))


def test_children_keep_the_steps_and_change_the_noise() -> None:
    one = ENGINE.genome(_score())
    child = ENGINE.mutate(one, 1.0, 5)
    assert child.genes["steps"] == one.genes["steps"] and child.genes["guidance"] != 6.0
    assert len([n for n in child.genes if noises.NOISE.fullmatch(n)]) == 2
    assert ENGINE.mutate(one, 0.0, 5).genes == one.genes
    assert ENGINE.mutate(one, 1.0, 5) == child
    other = ENGINE.genome(_score(seed=8)).evolve({"guidance": 1.0})
    crossed = {tuple(sorted(ENGINE.cross(one, other, seed).genes.items())) for seed in range(20)}
    assert len(crossed) > 2
    for genes in crossed:
        assert dict(genes)["guidance"] in (1.0, 6.0)
        assert [n for n, _ in genes if noises.NOISE.fullmatch(n)] in (["noise.7"], ["noise.8"])


def test_the_way_between_two_noises_is_noise() -> None:
    one, other = ENGINE.genome(_score()), ENGINE.genome(_score(seed=8))
    middle = ENGINE.between(one, other, 0.5)
    assert middle.genes["noise.7"] == pytest.approx(math.sqrt(0.5))
    noise = noises.mixed(middle, (4, 4, 32, 32), 0)
    assert float(noise.std()) == pytest.approx(1.0, abs=0.02)
    assert ENGINE.between(one, other, 0.0).genes["noise.7"] == 1.0
    assert ENGINE.distance(one, one) == 0.0 and ENGINE.trait("noise.7") == "noise"
    assert ENGINE.trait("guidance") == "drawn" and set(ENGINE.traits) == set(position.TRAITS)


def test_cost_is_pixels_times_questions() -> None:
    plain = ENGINE.cost(_score())
    assert plain == pytest.approx(64 * 64 * 8 / 1e6 * 50 * 2)
    half = _score().evolve(options=ENGINE.check({"steps": 25}))
    assert ENGINE.cost(half) == plain / 2
    alone = _score().evolve(options=ENGINE.check({"guidance": 1.0}))
    assert ENGINE.cost(alone) == plain / 2
    there = Genome("cogvideox", {"steps": 1e9}).to_json()
    assert ENGINE.cost(_score(position=there)) == plain * MOST_STEPS / 50


@pytest.mark.parametrize("steps", [0, -1, 501])
def test_steps_are_what_it_costs(steps: int) -> None:
    with pytest.raises(AskedWrong, match="takes 1 to 500 steps"):
        ENGINE.check({"steps": steps})


def test_a_family_without_weights_says_how_to_add_some() -> None:
    assert not ENGINE.is_here
    with pytest.raises(WeightsMissing, match=r"not a model\. Choose one of it") as caught:
        ENGINE.score("a bird")
    assert "uncaged models add" in caught.value.hint
