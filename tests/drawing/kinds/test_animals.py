"""The animals: every one draws at any moment, the same from the same stream, and none of them slides when it walks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from built import drawn, figure, numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Form, Mark, Stroke, Union
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.kinds.limbs import step, two_bones
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.scene import FILLS, MOTIONS

ANIMALS = (
    "bird",
    "bird-standing",
    "butterfly",
    "cat",
    "cat-walking",
    "creature",
    "deer",
    "dog",
    "elephant",
    "fish",
    "fox",
    "horse",
    "sheep",
    "snake",
)
WALKERS = tuple(
    name for name in ANIMALS if kinds()[name].gait and name not in ("snake", "creature")
)  # an invention may hover or roll; those with legs are in test_small_animals
BY_LOT = ("bird", "bird-standing", "butterfly", "creature", "fish", "sheep", "snake")
KNEE = points(0.0, 0.0)


def contours(marks: Sequence[Mark]) -> Iterator[Array]:
    """The contour of each form and the line of each stroke."""
    for mark in marks:
        if isinstance(mark, Union):
            yield from mark.polygons
        elif isinstance(mark, Form | Stroke):
            yield mark.points


def standing(one: Array, other: Array) -> bool:
    """Whether a form is a foot that stands at two moments: small, down, and on one level."""
    low, later = float(one[:, 1].max()), float(other[:, 1].max())
    return low > -0.001 and abs(later - low) < 1e-6 and float(np.ptp(one[:, 1])) < 0.17


@pytest.mark.parametrize("name", ANIMALS)
def test_an_animal_says_where_it_belongs(name: str) -> None:
    kind = kinds()[name]
    assert 0 < kind.height <= 1 and 0 < kind.width < 2
    assert kind.motion in MOTIONS
    assert not kind.hue or kind.hue in HUES
    assert set(kind.quiet) < set(FILLS)
    assert {*kind.instead.values(), kind.perched} - {""} <= {
        n for n in ANIMALS if kinds()[n].hidden
    }
    assert (kind.gait > 0) == (kind.domain == "ground" and name != "cat")


def test_every_animal_has_a_place_of_its_own_in_the_plane() -> None:
    places = np.array([kinds()[name].at for name in ANIMALS])
    assert ((places[:, 0] >= 0.02) & (places[:, 0] <= 0.48)).all()
    assert ((places[:, 1] >= 0) & (places[:, 1] <= 1)).all()
    apart = np.abs(places[:, None] - places[None]).max(-1) + np.eye(len(places))
    assert apart.min() >= 0.06


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(ANIMALS),
    seed=st.integers(0, 2**64),
    fill=st.sampled_from(tuple(FILLS)),
    palette=st.sampled_from(tuple(PALETTES)),
    form=st.sampled_from(("", "long", "round", "tall", "no such form")),
    t=st.floats(-1, 2),
    moment=st.builds(
        Moment,
        t=st.just(0.0),
        seconds=st.floats(0.1, 120),
        grow=st.floats(0, 1),
        sway=st.floats(-5, 50),
        act=st.sampled_from(("still", "walk", "dance", "spin")),
        speed=st.floats(-1e6, 1e6),
        stride=st.floats(0, 3),
    ),
)
def test_every_number_draws_something_finite(
    name: str, seed: int, fill: str, palette: str, form: str, t: float, moment: Moment
) -> None:
    marks = drawn(figure(name, seed, fill, palette, form), replace(moment, t=t))
    drawn_numbers = numbers(marks)
    assert len(marks) > 5
    assert np.isfinite(drawn_numbers).all()
    assert np.abs(drawn_numbers).max() < 50


@pytest.mark.parametrize("name", ANIMALS)
def test_an_animal_is_itself_again_and_moves(name: str) -> None:
    one, other = figure(name), figure(name)
    early, late = Moment(0.13, act="walk"), Moment(0.61, act="walk")
    first = numbers(drawn(one, early))
    moved = numbers(drawn(one, late))
    assert not np.array_equal(first, moved)
    assert np.array_equal(numbers(drawn(other, late)), moved)
    assert np.array_equal(numbers(drawn(one, early)), first)


@pytest.mark.parametrize("name", ANIMALS)
def test_an_animal_ends_as_it_began_so_that_films_loop(name: str) -> None:
    animal = figure(name)
    start, end = (drawn(animal, Moment(t, seconds=3.3, act="walk")) for t in (0.0, 1.0))
    assert np.allclose(numbers(start), numbers(end), atol=1e-9)


@pytest.mark.parametrize("name", BY_LOT)
def test_another_seed_is_another_animal(name: str) -> None:
    one, other = (numbers(drawn(figure(name, seed), Moment(0.3))) for seed in (1, 2))
    assert one.shape != other.shape or not np.allclose(one, other)


def test_a_fish_takes_the_form_it_is_told() -> None:
    heights = [
        max(
            np.ptp(mark.points[:, 1])
            for mark in drawn(figure("fish", 5, form=form), Moment(0.0))
            if isinstance(mark, Form)
        )
        for form in ("long", "round", "tall")
    ]
    assert heights == sorted(heights) and heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize("name", WALKERS)
@pytest.mark.parametrize(("stride", "seconds"), [(1.0, 1.0), (0.45, 2.4)])
def test_a_standing_foot_does_not_slide(name: str, stride: float, seconds: float) -> None:
    """While the body advances by its gait, the small forms that touch the ground stay where they are."""
    animal = figure(name, 3)
    gait = kinds()[name].gait * stride * int(seconds + 0.5)
    pause, planted = 0.004, 0
    for t in np.linspace(0.01, 1.01, 9):
        moment = Moment(t, seconds, act="walk", stride=stride)
        before = contours(drawn(animal, moment))
        after = contours(drawn(animal, replace(moment, t=t + pause)))
        for one, other in zip(before, after, strict=True):
            if standing(one, other):
                planted += 1
                slid = np.abs(other - one + points(gait * pause, 0.0)).max()
                assert slid < 1e-6, f"{name} slides by {slid:.4f} at t = {t:.3f}"
    assert planted > 8


def test_a_snake_follows_its_own_track() -> None:
    """What it leaves behind lies still: its bends go back as fast as it goes forward."""
    animal, pause = figure("snake"), 0.02
    one, other = (
        next(
            mark.body
            for mark in drawn(animal, Moment(t, 1.0))
            if isinstance(mark, Form) and mark.body
        )
        for t in (0.3, 0.3 + pause)
    )
    middle = slice(20, 50)
    crest, later = (body.p[middle][np.argmin(body.p[middle, 1])] for body in (one, other))
    assert crest[0] - later[0] == pytest.approx(kinds()["snake"].gait * pause, abs=0.03)


@settings(max_examples=40, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0.02, 0.6), st.floats(0.1, 0.4), st.floats(0.1, 0.4))
def test_bones_keep_their_length(x: float, y: float, upper: float, lower: float) -> None:
    for bend in (-1, 1):
        knee, foot = two_bones(KNEE, points(x, y), upper, lower, bend)
        assert np.sqrt((knee * knee).sum()) == pytest.approx(upper, abs=2e-3)
        assert np.sqrt(((foot - knee) ** 2).sum()) == pytest.approx(lower, abs=2e-3)


def test_a_knee_bends_the_way_it_is_told_and_a_foot_within_reach_stays() -> None:
    ground = points(0.0, 0.4)
    forward, foot = two_bones(KNEE, ground, 0.25, 0.25, -1)
    back, _ = two_bones(KNEE, ground, 0.25, 0.25, 1)
    assert forward[0] > 0.1 and back[0] < -0.1
    assert np.allclose(foot, ground)
    _, hip = two_bones(KNEE, KNEE, 0.25, 0.25, 1)
    assert np.isfinite(hip).all()


@settings(max_examples=40, deadline=None)
@given(st.floats(-3, 3), st.floats(0.4, 0.8))
def test_a_step_stands_then_swings(phase: float, stance: float) -> None:
    dx, dy = step(phase, 0.2, 0.1, stance)
    assert -0.2 - 1e-9 <= dx <= 0.2 + 1e-9
    assert (dy == 0) == (phase % 1 < stance) or abs(dy) < 1e-3
    near, _ = step(phase + 1e-6, 0.2, 0.1, stance)
    assert abs(near - dx) < 1e-4
