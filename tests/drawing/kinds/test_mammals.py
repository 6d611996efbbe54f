"""Mammals, dinosaurs, a dragon: they draw at any moment, hold themselves as they are told, and no foot slides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from built import drawn, figure, numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Dot, Form, Mark, Multi, Stroke, Union
from uncaged.engines.ink.kinds import Figure, Kind, kinds
from uncaged.engines.ink.kinds.beast import Beast
from uncaged.engines.ink.kinds.beast_gaits import CRAWL, HOP
from uncaged.engines.ink.kinds.beast_motion import alive
from uncaged.engines.ink.kinds.beasts import DEER
from uncaged.engines.ink.kinds.dinosaur import LONG_NECK
from uncaged.engines.ink.kinds.dogs import DOG, FOX
from uncaged.engines.ink.kinds.farm_beasts import COW, GOAT, PIG
from uncaged.engines.ink.kinds.giants import BEAR
from uncaged.engines.ink.kinds.horse import HORSE
from uncaged.engines.ink.kinds.long_beasts import DROMEDARY as CAMEL
from uncaged.engines.ink.kinds.long_beasts import GIRAFFE
from uncaged.engines.ink.kinds.small_beasts import RABBIT
from uncaged.engines.ink.kinds.wild_cats import LION
from uncaged.engines.ink.moment import Act, Moment
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.scene import FILLS, GESTURES, POSTURES

OLD = ("cat", "cat-walking", "deer", "dog", "elephant", "fox", "horse", "sheep")
FOUR_LEGGED = (
    "badger",
    "bear",
    "beaver",
    "bull",
    "camel",
    "cow",
    "donkey",
    "dragon",
    "giraffe",
    "goat",
    "hedgehog",
    "hippopotamus",
    "leopard",
    "lion",
    "llama",
    "mouse",
    "otter",
    "pig",
    "rabbit",
    "raccoon",
    "rhinoceros",
    "tiger",
    "unicorn",
    "wolf",
    "zebra",
)
OTHERS = ("ape", "bat", "dinosaur", "kangaroo", "monkey", "seal", "squirrel", "walrus")
NEW = FOUR_LEGGED + OTHERS
ALL = OLD + NEW
BUILT_ALIKE = ("cat-walking", "dog", "elephant", "giraffe", "horse", "kangaroo", "rabbit")
"""One of each way of going: they are looked at in every gait, the others where they walk."""
WALKERS = tuple(name for name in ALL if name not in ("bat", "cat", "seal", "walrus"))
ACTS: tuple[Act, ...] = (
    "still",
    "walk",
    "dance",
    "spin",
    "run",
    "hop",
    "crawl",
    "swim",
    "fly",
    "glide",
)
GAITS: tuple[Act, ...] = ("walk", "run", "hop", "crawl")
LIGHT = PALETTES["dawn"]


@cache
def known(name: str, form: str = "") -> Figure:
    """An animal that may be drawn again and again."""
    return figure(name, form=form)


@cache
def still(name: str, posture: str, form: str = "") -> Sequence[Mark]:
    """An animal that takes a posture, at one moment."""
    return drawn(known(name, form), Moment(0.3, posture=posture))


def contours(marks: Sequence[Mark]) -> Iterator[Array]:
    """The contour of each form."""
    for mark in marks:
        if isinstance(mark, Union | Multi):
            yield from mark.polygons
        elif isinstance(mark, Form):
            yield mark.points


def extent(marks: Sequence[Mark]) -> tuple[Array, Array]:
    """Corners of what the forms cover."""
    everything = np.concatenate(list(contours(marks)))
    return everything.min(0), everything.max(0)


def forms_of(kind: Kind) -> tuple[str, ...]:
    """What it may be asked for."""
    return kind.forms or ("",)


@pytest.mark.parametrize("name", ALL)
def test_an_animal_says_what_must_be_known_of_it(name: str) -> None:
    kind = kinds()[name]
    assert 0.05 < kind.metres < 8
    assert set(kind.postures) <= set(POSTURES) and kind.postures
    assert not kind.hue or kind.hue in HUES
    assert set(kind.quiet) < set(FILLS)
    assert (kind.runs > kind.gait) == (kind.gait > 0)
    if kind.holds:
        assert set(kind.holds) == {"stand", *kind.postures}


def test_every_new_animal_has_a_place_of_its_own_in_the_plane() -> None:
    places = np.array([kinds()[name].at for name in NEW])
    assert ((places >= (1.12, 0.0)) & (places <= (1.95, 0.46))).all()
    apart = np.abs(places[:, None] - places[None]).max(-1) + np.eye(len(places))
    assert apart.min() > 0.05


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(ALL),
    seed=st.integers(0, 2**64),
    fill=st.sampled_from(tuple(FILLS)),
    palette=st.sampled_from(tuple(PALETTES)),
    form=st.sampled_from(("", "lioness", "bactrian", "tyrannosaurus", "no such form")),
    t=st.floats(-1, 2),
    moment=st.builds(
        Moment,
        t=st.just(0.0),
        seconds=st.floats(0.1, 120),
        sway=st.floats(-5, 50),
        act=st.sampled_from(ACTS),
        speed=st.floats(-1e6, 1e6),
        stride=st.floats(0, 3),
        posture=st.sampled_from((*POSTURES, "no such posture")),
        gesture=st.sampled_from((*GESTURES, "no such gesture")),
        joy=st.floats(-1e6, 1e6),
        stir=st.floats(-1e6, 1e6),
        look=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    ),
)
def test_every_number_draws_something_finite(
    name: str, seed: int, fill: str, palette: str, form: str, t: float, moment: Moment
) -> None:
    marks = drawn(figure(name, seed, fill, palette, form), replace(moment, t=t))
    found = numbers(marks)
    assert len(marks) > 5
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 50


@pytest.mark.parametrize(
    "name", [*BUILT_ALIKE, *OTHERS, "cow", "hedgehog", "lion", "sheep", "tiger"]
)
def test_an_animal_is_itself_again_and_its_film_has_no_seam(name: str) -> None:
    one, other = figure(name, 4), figure(name, 4)
    moment = Moment(0.61, 3.3, act="run")
    first = numbers(drawn(one, moment))
    early, late = drawn(one, replace(moment, t=0.0)), drawn(one, replace(moment, t=1.0))
    assert np.allclose(numbers(early), numbers(late), atol=1e-9)
    assert not np.array_equal(first, numbers(early))
    assert np.array_equal(numbers(drawn(other, moment)), first)


@pytest.mark.parametrize("name", [*BUILT_ALIKE, *OTHERS, "cat", "dragon", "hedgehog", "tiger"])
def test_an_animal_keeps_its_marks_while_it_moves(name: str) -> None:
    """A mark that came or went would make all later ones jitter."""
    act: Act = "still" if name == "cat" else "walk"
    moments = Moment(0.0), Moment(0.21, act=act), Moment(0.77, act=act, stride=0.6)
    written = {
        tuple(key for key in (getattr(mark, "key", "") for mark in drawn(known(name), at)) if key)
        for at in moments
    }
    assert len({tuple(k for k in keys if k[-1].isdigit()) for keys in written}) == 1


@pytest.mark.parametrize("name", ALL)
def test_an_animal_stays_on_its_ground_and_in_its_frame(name: str) -> None:
    kind = kinds()[name]
    low = 0.06 if kind.domain == "ground" else 0.6
    for form in forms_of(kind):
        for posture in ("stand", *kind.postures):
            left, right = extent(still(name, posture, form))
            assert left[0] > -1.45 and right[0] < 1.2 and left[1] > -1.3
            assert right[1] < low, f"{name} sinks {right[1]:.3f} when it is to {posture}"
        for act in GAITS if name in BUILT_ALIKE or form else ():
            left, right = extent(drawn(known(name, form), Moment(0.3, act=act)))
            assert left[0] > -1.5 and right[0] < 1.3 and left[1] > -1.35 and right[1] < low


@pytest.mark.parametrize("name", ALL)
def test_every_posture_is_another_figure(name: str) -> None:
    shapes = [
        np.concatenate(extent(still(name, posture)))
        for posture in ("stand", *kinds()[name].postures)
    ]
    for posture, shape in zip(kinds()[name].postures, shapes[1:], strict=True):
        if name != "bat" and (name, posture) != ("cat", "sit"):
            assert np.abs(shape - shapes[0]).max() > 0.01, f"{name} does not {posture}"


def _standing(one: Array, other: Array) -> bool:
    """Whether a form is a foot that stands at two moments: small, down, on one level, and not bent."""
    moved = other - one
    down = float(one[:, 1].max()) > -0.001 and abs(float(moved[:, 1].max())) < 1e-6
    return down and float(np.ptp(one[:, 1])) < 0.17 and float(np.ptp(moved, 0).max()) < 1e-6


@pytest.mark.parametrize(
    ("name", "act"),
    [(name, "walk") for name in WALKERS[::2] if name not in ("ape", "monkey", "dinosaur")]
    + [(name, act) for name in BUILT_ALIKE for act in ("run", "hop", "crawl")],
)
def test_a_standing_foot_does_not_slide(name: str, act: Act) -> None:
    """While the body advances as far as its gait says, feet on the ground stay where they are."""
    animal, pause, planted = known(name), 0.004, 0
    kind = kinds()[name]
    covered = {"run": kind.runs, "hop": HOP * kind.gait, "crawl": CRAWL * kind.gait}.get(
        act, kind.gait
    )
    for t in (0.013, 0.22, 0.61):
        moment = Moment(float(t), 1.0, act=act)
        before = contours(drawn(animal, moment))
        after = contours(drawn(animal, replace(moment, t=t + pause)))
        for one, other in zip(before, after, strict=True):
            if _standing(one, other):
                planted += 1
                slid = np.abs(other - one + points(covered * pause, 0.0)).max()
                assert slid < 2e-5, f"{name} slides by {slid:.5f} at t = {t:.3f}"
    assert planted > 1


@pytest.mark.parametrize("name", ["bear", "cat-walking", "dog", "horse", "kangaroo", "rabbit"])
def test_what_leaps_has_all_feet_off_the_ground_for_a_moment(name: str) -> None:
    act: Act = "hop" if name == "kangaroo" else "run"
    lows = [
        extent(drawn(known(name), Moment(t, 1.0, act=act)))[1][1] for t in np.linspace(0, 1, 25)
    ]
    assert min(lows) < -0.015


@pytest.mark.parametrize("name", ["elephant", "hippopotamus", "rhinoceros"])
def test_what_is_heavy_never_leaves_the_ground(name: str) -> None:
    for t in np.linspace(0, 1, 11):
        assert extent(drawn(known(name), Moment(t, 1.0, act="run")))[1][1] > -0.005


@pytest.mark.parametrize(
    "beast", [BEAR, CAMEL, COW, DEER, DOG, FOX, GIRAFFE, GOAT, HORSE, LION, LONG_NECK, PIG, RABBIT]
)
def test_an_animal_that_eats_has_its_mouth_on_the_ground(beast: Beast) -> None:
    for posture in ("stand", "lie"):
        head = alive(beast)(Moment(0.3, posture=posture, gesture="eat")).at.head
        lowest = float((head.p[:, 1] + head.r).max())
        assert -0.08 < lowest < 0.05
        assert head.p[-1, 1] > head.p[0, 1]


@pytest.mark.parametrize("name", ALL)
def test_a_sleeper_shuts_its_eyes(name: str) -> None:
    if "sleep" not in kinds()[name].postures:
        return
    awake, asleep = (
        sum(isinstance(mark, Dot) for mark in still(name, posture)) for posture in ("lie", "sleep")
    )
    assert asleep < awake


def _holds(form: Array, at: Array) -> bool:
    """Whether a point lies in a small closed form, by the crossings of a ray, or beside its contour."""
    if float(((form - at) * (form - at)).sum(1).min()) < 0.03 * 0.03:
        return True
    x, y = form[:, 0] - at[0], form[:, 1] - at[1]
    u, v = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > 0) != (v > 0)
    odd = bool((crosses & (x - (u - x) * y / np.where(v == y, 1.0, v - y) > 0)).sum() % 2)
    return odd and float(np.ptp(form, 0).max()) < 0.3


@pytest.mark.parametrize("name", [n for n in ALL if kinds()[n].holds])
def test_what_is_held_is_where_the_mouth_or_hand_is(name: str) -> None:
    kind = kinds()[name]
    form = "long-neck" if name == "dinosaur" else ""
    for posture in [k for k in kind.holds if k not in ("kneel", "sleep")]:
        at = kind.holds[posture]
        marks = drawn(known(name, form), Moment(0.35, posture=posture, gesture="hold"))
        assert any(_holds(f, points(*at)) for f in contours(marks)), f"{name}, {posture}"


@pytest.mark.parametrize("name", ["ape", "bear", "cat", "dog", "horse", "kangaroo", "monkey"])
def test_a_wave_is_seen(name: str) -> None:
    still, waving, later = (
        np.concatenate(list(contours(drawn(known(name), Moment(t, gesture=g, posture="sit")))))
        for t, g in ((0.3, "none"), (0.3, "wave"), (0.4, "wave"))
    )
    assert still.shape != waving.shape or np.abs(still - waving).max() > 0.05
    assert np.abs(waving - later).max() > 0.01


@pytest.mark.parametrize("name", ["dog", "fox", "horse", "lion", "tiger"])
def test_joy_and_sorrow_are_held_differently(name: str) -> None:
    glad, sad = (drawn(known(name), Moment(0.3, joy=joy)) for joy in (0.5, -1.0))
    assert extent(glad)[0][1] < extent(sad)[0][1] - 0.004


@pytest.mark.parametrize("name", ["cow", "dog", "giraffe", "lion", "tiger", "wolf"])
def test_no_two_animals_of_a_kind_are_quite_alike(name: str) -> None:
    one, other = (numbers(drawn(figure(name, seed, form="hound"), Moment(0.3))) for seed in (1, 2))
    assert one.shape != other.shape or not np.allclose(one, other)


def test_a_dragon_that_is_stirred_breathes_fire() -> None:
    calm, stirred = (extent(drawn(known("dragon"), Moment(0.3, stir=s)))[1][0] for s in (0.0, 1.0))
    assert stirred > calm + 0.2


def test_stripes_bend_with_the_back_and_stay_on_it() -> None:
    for name in ("tiger", "zebra", "leopard", "giraffe", "cow"):
        for moment in (Moment(0.3), Moment(0.3, act="run"), Moment(0.3, posture="lie")):
            marks = drawn(known(name), moment)
            low, high = extent([m for m in marks if not isinstance(m, Multi)])
            for mark in marks:
                if isinstance(mark, Multi):
                    every = np.concatenate(mark.polygons)
                    assert (every > low - 0.02).all() and (every < high + 0.02).all()


@pytest.mark.parametrize("name", ALL)
def test_an_animal_is_drawn_with_few_marks(name: str) -> None:
    marks = drawn(known(name), Moment(0.3, act="walk"))
    assert len(marks) <= 52
    assert sum(isinstance(mark, Stroke) for mark in marks) <= 24
