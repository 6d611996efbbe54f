"""Seedling's positions: raw numbers and noise, and what instruments do with them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.genome import Genome
from uncaged.engines import noises
from uncaged.engines.seedling.drawing import SHAPE
from uncaged.engines.seedling.engine import Seedling
from uncaged.engines.seedling.genome import (
    DIALS,
    LABELS,
    NEUTRAL,
    SCALE,
    between,
    cross,
    mutate,
    noise_of,
    said,
    trait,
)
from uncaged.engines.seedling.grammar import NOTHING, SLOT, WIDTH, labels
from uncaged.engines.seedling.usual import TRAITS
from uncaged.instruments import breed, vary

FISH = Genome("seedling", {**DIALS, "s1.kind.fish": 1.0, "s1.hue.red": 1.0, "noise.1": 1.0})
BIRD = Genome("seedling", {**DIALS, "s1.kind.bird": 1.0, "guidance": 4.0, "noise.2": 1.0})
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def drawn(seed: int) -> np.ndarray:
    return noises.drawn(seed, SHAPE)


def size(noise: np.ndarray) -> float:
    return float(np.sqrt(np.square(noise, dtype=np.float64).mean()))


def test_labels_are_named_as_the_grammar_names_them() -> None:
    assert len(LABELS) == WIDTH == len(set(LABELS))
    assert np.array_equal(said(FISH), labels(**{"s1.kind": "fish", "s1.hue": "red"}))
    wild = FISH.evolve({"s1.kind.bird": -1.0, "free.way-03": 1e6, "nobody.knows": 3.0})
    vector = said(wild)
    assert vector[SLOT["s1.kind"].at("bird")] == -1 and vector[SLOT["free"].at("way-03")] == 1e6
    assert np.count_nonzero(vector) == 4
    assert np.array_equal(said(FISH, negative=True), NOTHING)
    away = FISH.evolve({"not.s1.kind.bird": 0.5})
    assert said(away, negative=True)[SLOT["s1.kind"].at("bird")] == 0.5
    assert np.array_equal(said(away), said(FISH))
    assert np.isfinite(said(FISH.evolve({"s1.kind.bird": 1e308}))).all()


def test_noise_is_that_of_its_seeds() -> None:
    assert np.array_equal(noise_of(FISH, 99), drawn(1))
    assert np.array_equal(noise_of(Genome("seedling"), 99), drawn(99))
    assert drawn(1).shape == SHAPE and drawn(1).dtype == np.float32
    assert size(drawn(1)) == pytest.approx(1, abs=0.01)
    assert not np.array_equal(drawn(1), drawn(2))
    mixed = noise_of(Genome("seedling", {"noise.1": 3.0, "noise.2": -4.0}), 0)
    assert np.allclose(mixed, 0.6 * drawn(1) - 0.8 * drawn(2), atol=1e-6)
    assert size(mixed) == pytest.approx(1, abs=0.02)
    huge = noise_of(Genome("seedling", {"noise.1": 1e308, "noise.2": 1e308}), 0)
    assert np.allclose(huge, (drawn(1) + drawn(2)) / math.sqrt(2), atol=1e-6)


def test_noise_grows_with_its_temperature_and_takes_single_numbers() -> None:
    warm = noise_of(FISH.evolve({"temperature": -1.5}), 0)
    assert np.allclose(warm, -1.5 * drawn(1))
    genes = {"z.4.7.15.31": 8.5, "z.9.0.0.0": 1.0, "z.0.16.0.0": 1.0, "z.0.0.0.0": 1e300}
    single = noise_of(FISH.evolve(genes), 0)
    assert single[4, 7, 15, 31] == 8.5 and single[0, 0, 0, 0] > 1e38
    assert np.count_nonzero(single != drawn(1)) == 2
    assert np.isfinite(noise_of(FISH.evolve({"temperature": 1e300}), 0)).all()


def test_a_variation_is_near_and_keeps_its_size() -> None:
    start = noise_of(FISH, 0)
    apart = [
        float(np.abs(noise_of(noises.varied(FISH, s, 5), 0) - start).mean())
        for s in (0.1, 0.4, 1.0)
    ]
    assert 0 < apart[0] < apart[1] < apart[2]
    for amount in (0.4, 1.0, 3.0, -0.5, 1e200, -1e308):
        assert size(noise_of(noises.varied(FISH, amount, 5), 0)) == pytest.approx(1, abs=0.02)
    assert noises.varied(FISH, 0.3, 5) == noises.varied(FISH, 0.3, 5) != noises.varied(FISH, 0.3, 6)


def test_a_child_stays_near_its_parent() -> None:
    seedling = Seedling()
    assert mutate(FISH, 0.0, 3).genes == FISH.genes
    assert mutate(FISH, 0.5, 3) == mutate(FISH, 0.5, 3) != mutate(FISH, 0.5, 4)
    far = [seedling.distance(FISH, mutate(FISH, amount, 3)) for amount in (0.1, 0.4, 1.6)]
    assert far == sorted(far) and far[0] > 0
    many = [mutate(FISH, 1.0, seed) for seed in range(60)]
    assert any(set(child.genes) & set(LABELS) > {"s1.kind.fish", "s1.hue.red"} for child in many)
    assert all(child.genes["steps"] == 12 for child in many)
    for child in many:
        assert np.isfinite(said(child)).all() and np.isfinite(noise_of(child, 0)).all()


def test_parents_are_crossed_thing_by_thing() -> None:
    one = FISH.evolve({"setting.hills": 1.0})
    other = BIRD.evolve({"camera.zoom-in": 1.0})
    found = [cross(one, other, seed) for seed in range(64)]
    kinds = {tuple(sorted(g for g in c.genes if g.startswith("s1."))) for c in found}
    assert kinds == {("s1.hue.red", "s1.kind.fish"), ("s1.kind.bird",)}
    noises = {tuple(g for g in sorted(c.genes) if g.startswith("noise.")) for c in found}
    assert noises == {("noise.1",), ("noise.2",)}
    assert {c.genes["guidance"] for c in found} == {2.0, 4.0}
    assert {"setting.hills" in c.genes for c in found} == {True, False}


def test_the_way_between_is_a_great_circle_of_noise_and_a_line_of_labels() -> None:
    half = between(FISH, BIRD, 0.5)
    assert half.genes["s1.kind.fish"] == half.genes["s1.kind.bird"] == 0.5
    assert half.genes["guidance"] == 3.0
    assert half.genes["noise.1"] == pytest.approx(math.sqrt(0.5))
    assert np.array_equal(noise_of(between(FISH, BIRD, 0.0), 0), drawn(1))
    assert np.array_equal(noise_of(between(FISH, BIRD, 1.0), 0), drawn(2))
    assert said(between(FISH, BIRD, 1.0)).tolist() == said(BIRD).tolist()
    steps = [noise_of(between(FISH, BIRD, at), 0) for at in np.linspace(0, 1, 6)]
    lengths = [size(b - a) for a, b in pairwise(steps)]
    assert max(lengths) < 1.01 * min(lengths)
    beyond = between(FISH, BIRD, 2.0)
    assert beyond.genes["s1.kind.fish"] == -1.0 and beyond.genes["noise.1"] == pytest.approx(-1.0)
    assert between(FISH, FISH, 0.3).genes == pytest.approx(FISH.genes)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*DIALS, *LABELS, "noise.1", "noise.7"]), NUMBERS, max_size=8),
    NUMBERS,
)
def test_no_number_breaks_the_arithmetic(genes: dict[str, float], amount: float) -> None:
    one = Genome("seedling", genes)
    for child in (between(one, FISH, amount), mutate(one, amount, 1), cross(one, BIRD, 2)):
        assert Genome.from_json(child.to_json()) == child
        assert np.isfinite(said(child)).all()
    assert math.isfinite(Seedling().distance(one, FISH))


def test_every_gene_is_known_and_belongs_to_a_trait() -> None:
    names = [*DIALS, *LABELS, *(f"not.{name}" for name in LABELS), "noise.12", "z.0.1.2.3"]
    assert all(name in NEUTRAL and trait(name) in TRAITS for name in names)
    assert Seedling.traits == TRAITS
    assert {NEUTRAL[name] for name in LABELS} == {0.0} and NEUTRAL["guidance"] == 2.0
    for strange in ("noise.x", "noise.01", "z.1", "s1.kind.unicorn", "not.guidance", ""):
        assert strange not in NEUTRAL
    assert set(NEUTRAL) == {*DIALS, *LABELS} and len(NEUTRAL) == len(DIALS) + WIDTH
    assert set(NEUTRAL) <= set(SCALE) and all(scale > 0 for scale in SCALE.values())
    assert trait("s1.kind.fish") == trait("not.s2.hue.red") == "who"
    assert trait("setting.hills") == "where" and trait("camera.still") == "moves"
    assert trait("noise.3") == trait("guidance") == "drawn"


def test_instruments_play_it() -> None:
    seedling = Seedling()
    near = list(vary.variations(seedling, FISH, 0.35, 1, 12))
    assert len({str(child.genes) for child in near}) == 12
    bred = list(breed.children(seedling, [FISH, BIRD], 0.2, 1, 12, {"who": "1", "drawn": "2"}))
    for child in bred:
        assert child.genes.get("s1.kind.fish", 0) > 0 and "noise.2" in child.genes
        assert child.genes.get("s1.kind.bird", 0) == 0
