"""Children of positions: repeatable, related, crossed as asked, and never clamped."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.genome import Genome
from uncaged.core.score import MAX_SEED
from uncaged.engines.base import Capabilities
from uncaged.engines.echo import Echo
from uncaged.engines.registry import engine
from uncaged.instruments import breed, vary
from uncaged.instruments.diversity import spread

numbers = st.floats(allow_nan=False, allow_infinity=False)
seeds = st.integers(0, MAX_SEED)
GENES = ("s1.size", "s1.kind.x", "s1.kind.y", "s1.motion.x", "setting.x", "dial.line", "camera.pan")
genomes = st.builds(
    Genome,
    st.just("ink"),
    st.dictionaries(st.sampled_from(GENES), st.floats(-5, 5), min_size=1),
    st.dictionaries(st.sampled_from(("scene", "s1")), seeds),
)


@settings(max_examples=40, deadline=None)
@given(genomes, numbers, seeds)
def test_the_same_seed_gives_the_same_children_whatever_their_number(
    one: Genome, rate: float, seed: int
) -> None:
    ink = engine("ink")
    twelve = list(vary.variations(ink, one, rate, seed, 12))
    assert twelve == list(vary.variations(ink, one, rate, seed, 12))
    assert twelve[:3] == list(vary.variations(ink, one, rate, seed, 3))
    for child in twelve:
        assert child.model == "ink" and child.seeds == one.seeds
        assert child.genes.keys() == one.genes.keys()
        assert all(math.isfinite(value) for value in child.genes.values())
        assert Genome.from_json(child.to_json()) == child


@settings(max_examples=30, deadline=None)
@given(genomes, seeds)
def test_a_rate_of_nothing_moves_nothing(one: Genome, seed: int) -> None:
    assert list(vary.variations(engine("ink"), one, 0.0, seed, 5)) == [one] * 5


def test_the_greater_the_rate_the_farther_and_the_more_different() -> None:
    ink = engine("ink")
    one = ink.genome(ink.score("two birds over a hill at dusk", seed=3))
    apart: list[float] = []
    wide: list[float] = []
    for rate in (0.1, 0.4, 1.5):
        children = list(vary.variations(ink, one, rate, 7, 12))
        apart.append(sum(ink.distance(one, child) for child in children) / 12)
        wide.append(spread(ink, children).count)
    assert apart == sorted(apart) and wide == sorted(wide) and wide[0] < wide[-1]
    changed = [sum(c.genes[g] != one.genes[g] for g in one.genes) for c in children]
    assert max(changed) > min(changed) > 0
    still = list(vary.variations(ink, one, 0.2, 7, 12))
    assert all(any(c.genes[g] == one.genes[g] for g in one.genes) for c in still)


def test_numbers_of_one_thing_move_together() -> None:
    ink = engine("ink")
    one = ink.genome(ink.score("a fox in the snow", seed=3))
    for child in vary.variations(ink, one, 0.3, 5, 12):
        for name in ("palette", "setting", "s1.kind"):
            moved = [child.genes[f"{name}.{axis}"] != one.genes[f"{name}.{axis}"] for axis in "xy"]
            assert moved[0] == moved[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(genomes, min_size=2, max_size=4), seeds)
def test_without_moving_every_gene_is_some_parents(parents: list[Genome], seed: int) -> None:
    ink = engine("ink")
    for child in breed.children(ink, parents, 0.0, seed, 6):
        assert set(child.genes) == {name for one in parents for name in one.genes}
        for name, value in child.genes.items():
            assert value in [one.genes.get(name, ink.neutral[name]) for one in parents]


@settings(max_examples=40, deadline=None)
@given(genomes, genomes, seeds)
def test_a_trait_comes_from_whom_it_is_said_to(one: Genome, other: Genome, seed: int) -> None:
    ink = engine("ink")
    ways = {"who": "1", "where": "2", "moves": "2", "drawn": "1"}
    for child in breed.children(ink, [one, other], 0.0, seed, 3, ways):
        for name, value in child.genes.items():
            source = (one, other)[int(ways[ink.trait(name)]) - 1]
            assert value == source.genes.get(name, ink.neutral[name])


@settings(max_examples=30, deadline=None)
@given(genomes, genomes, seeds)
def test_between_lies_between(one: Genome, other: Genome, seed: int) -> None:
    ink = engine("ink")
    ways = dict.fromkeys(ink.traits, "between")
    for child in breed.children(ink, [one, other], 0.0, seed, 3, ways):
        for name, value in child.genes.items():
            ends = sorted(g.genes.get(name, ink.neutral[name]) for g in (one, other))
            assert ends[0] - 1e-9 <= value <= ends[1] + 1e-9


def test_every_gene_of_ink_belongs_to_a_trait() -> None:
    ink = engine("ink")
    found = {ink.trait(name.replace("s*", "s1")) for name in ink.neutral}
    assert found == set(ink.traits)
    assert ink.trait("then.s2.hue.l") == "who" and ink.trait("something new") == "drawn"


def test_any_model_with_positions_can_be_played() -> None:
    echo = Echo()
    parents = [echo.genome(echo.score("a bird", seed=n)) for n in (1, 2)]
    children = list(breed.children(echo, parents, 0.5, 3, 4))
    assert len(children) == 4 and all(child.model == "echo" for child in children)
    assert spread(echo, children).count >= 1


class Mute(Echo):
    """A model without a space."""

    name = "mute"
    capabilities = Capabilities()


@pytest.mark.parametrize("rate", [math.nan, math.inf, -math.inf, "0.5", True, None, 10**400])
def test_a_rate_is_a_finite_number(rate: Any) -> None:
    with pytest.raises(AskedWrong, match="rate"):
        list(vary.variations(Echo(), Genome("echo", {"hue": 0.5}), rate, 1, 2))


@pytest.mark.parametrize("count", [0, -1, 145, 10_000, 10**9])
def test_a_generation_can_be_looked_at(count: int) -> None:
    with pytest.raises(AskedWrong, match="1 to 144"):
        list(vary.variations(Echo(), Genome("echo", {"hue": 0.5}), 0.1, 1, count))


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1, 0.5, True])
def test_a_seed_is_a_seed(seed: Any) -> None:
    with pytest.raises(AskedWrong, match="seed"):
        list(vary.variations(Echo(), Genome("echo", {"hue": 0.5}), 0.1, seed, 2))


def test_what_nobody_knows_is_said() -> None:
    ink, one = engine("ink"), Genome("ink", {"horizon": 0.5})
    with pytest.raises(AskedWrong, match="no trait 'whom'"):
        list(breed.children(ink, [one, one], 0.1, 1, 2, {"whom": "1"}))
    with pytest.raises(AskedWrong, match="cannot come from '3'"):
        list(breed.children(ink, [one, one], 0.1, 1, 2, {"who": "3"}))
    with pytest.raises(AskedWrong, match="1 to 12 parents"):
        list(breed.children(ink, [], 0.1, 1, 2))
    with pytest.raises(Impossible, match="no positions"):
        list(breed.children(Mute(), [one], 0.1, 1, 2))


@settings(max_examples=30, deadline=None)
@given(st.lists(genomes, min_size=1, max_size=6))
def test_spread_is_from_one_to_how_many_there_are(found: list[Genome]) -> None:
    ink = engine("ink")
    measured = spread(ink, found)
    assert 1 - 1e-9 <= measured.count <= len(found) + 1e-9
    assert spread(ink, [found[0]] * 4).count == pytest.approx(1)
