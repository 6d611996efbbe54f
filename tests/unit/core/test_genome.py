"""Genomes: read and written without loss, and arithmetic that keeps its promises."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.core.genome import Genome, between, cross, distance, mutate

names = st.sampled_from(["a", "b", "s1.size", "s1.hue.a", "s2.size", "horizon"])
values = st.floats(-1e6, 1e6)
genomes = st.builds(
    Genome,
    st.just("ink"),
    st.dictionaries(names, values, max_size=6),
    st.dictionaries(st.sampled_from(["scene", "s1"]), st.integers(0, 2**53 - 1), max_size=2),
)
NEUTRAL = {"a": 1.0}
SCALE = {"a": 2.0}


@given(genomes)
def test_a_genome_survives_being_written_and_read(genome: Genome) -> None:
    assert Genome.from_json(genome.to_json()) == genome


@given(genomes, genomes)
def test_between_has_its_ends_and_a_middle(one: Genome, other: Genome) -> None:
    start, end = between(one, other, 0, NEUTRAL), between(one, other, 1, NEUTRAL)
    assert all(start.genes[name] == value for name, value in one.genes.items())
    assert all(math.isclose(end.genes[n], v, abs_tol=1e-9) for n, v in other.genes.items())
    assert distance(start, one, SCALE, NEUTRAL) == 0
    half = between(one, other, 0.5, NEUTRAL)
    near, far = distance(one, half, SCALE, NEUTRAL), distance(one, end, SCALE, NEUTRAL)
    assert math.isclose(near * 2, far, rel_tol=1e-6, abs_tol=1e-6)


@given(genomes, genomes, st.integers(0, 1000))
def test_a_child_takes_each_noun_from_one_parent(one: Genome, other: Genome, seed: int) -> None:
    child = cross(one, other, seed, NEUTRAL)
    assert set(child.genes) == {*one.genes, *other.genes}
    for name, value in child.genes.items():
        assert value in (one.genes.get(name), other.genes.get(name))
    assert cross(one, other, seed, NEUTRAL) == child


def test_colour_and_size_of_one_subject_travel_together() -> None:
    one = Genome("ink", {"s1.size": 1.0, "s1.hue.a": 1.0}, {"s1": 1})
    other = Genome("ink", {"s1.size": 2.0, "s1.hue.a": 2.0}, {"s1": 2})
    seen = set[float]()
    for seed in range(20):
        child = cross(one, other, seed, {})
        assert child.genes["s1.size"] == child.genes["s1.hue.a"] == child.seeds["s1"]
        seen.add(child.genes["s1.size"])
    assert seen == {1.0, 2.0}


@given(genomes, st.integers(0, 1000))
def test_mutation_is_repeatable_and_zero_stays(genome: Genome, seed: int) -> None:
    assert mutate(genome, 0.0, seed, SCALE).genes == genome.genes
    assert mutate(genome, 0.3, seed, SCALE) == mutate(genome, 0.3, seed, SCALE)
    if genome.genes:
        assert mutate(genome, 5.0, seed, SCALE).genes != genome.genes


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ([], "object"),
        ({"genome": 1}, "model"),
        ({"model": "echo", "genome": 1}, "echo"),
        ({"model": "ink", "genome": 2}, "version"),
        ({"model": "ink", "genome": 1, "genes": {"size": math.nan}}, "size"),
        ({"model": "ink", "genome": 1, "genes": {"size": "big"}}, "size"),
        ({"model": "ink", "genome": 1, "genes": []}, "genes"),
        ({"model": "ink", "genome": 1, "seeds": {"scene": -1}}, "seed"),
    ],
)
def test_nonsense_is_refused_by_its_name(value: object, word: str) -> None:
    with pytest.raises(AskedWrong, match=word):
        Genome.from_json(value, "ink")


def test_unknown_genes_are_kept() -> None:
    value = {"model": "ink", "genome": 1, "genes": {"of tomorrow": 3.5}, "seeds": {}}
    assert Genome.from_json(value).to_json() == value


def test_huge_genes_stay_finite() -> None:
    one, other = Genome("ink", {"a": 1.7e308}), Genome("ink", {"a": -1.7e308})
    for at in (-5.0, 0.0, 0.5, 1.0, 5.0):
        assert math.isfinite(between(one, other, at, {}).genes["a"])
    assert math.isfinite(mutate(one, 1e308, 3, {}).genes["a"])
    assert math.isfinite(distance(one, other, {}, {}))


def test_half_a_character_names_no_gene() -> None:
    with pytest.raises(AskedWrong, match="half a character"):
        Genome.from_json({"model": "ink", "genome": 1, "genes": {"\ud800": 1}, "seeds": {}})
