"""Birds, sea creatures, reptiles, insects, plants and inventions: each draws at any moment, is itself again, loops.

Whoever walks does not slide; whoever holds something holds it where it says; no two inventions are alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from built import drawn, figure, numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import circle, leaf, points
from uncaged.engines.ink.display import Dot, Drawing, Form, Manner, Mark, Multi, Stroke, Union
from uncaged.engines.ink.kinds import Figure, kinds
from uncaged.engines.ink.kinds.creature import FAMILIES
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.plumage import peck
from uncaged.engines.ink.kinds.shaping import blade, horn, mirrored, turned
from uncaged.engines.ink.kinds.stepping import CRAWLS, RUNS, SPRING, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import paint
from uncaged.engines.ink.scene import FILLS, GESTURES, MOTIONS, POSTURES

OLD = ("bird", "bird-standing", "butterfly", "cactus", "creature", "fern", "fish", "flower")
OLD += ("mushroom", "palm", "snake", "tree", "vine")
NEW = tuple(k.name for k in kinds().values() if 1.12 <= k.at[0] <= 1.95 and 0.56 <= k.at[1] <= 1)
NAMES = (*OLD, *NEW)
CREEPERS = ("snail", "worm", "caterpillar", "centipede", "creature", "snake")
"""What goes without feet to look at, or with a lot of its own."""
WALKERS = tuple(name for name in NAMES if kinds()[name].gait and name not in CREEPERS)
ACTS = ("still", "walk", "dance", "spin", "run", "hop", "crawl", "swim", "fly", "glide")
LIGHT = PALETTES["dawn"]


def contours(marks: Sequence[Mark]) -> Iterator[tuple[Array, bool]]:
    """Every contour and line, and whether it is closed."""
    for mark in marks:
        if isinstance(mark, Union | Multi):
            yield from ((polygon, True) for polygon in mark.polygons)
        elif isinstance(mark, Form | Stroke):
            yield mark.points, isinstance(mark, Form)


def far_from(place: tuple[float, float], marks: Sequence[Mark]) -> float:
    """How far a place is from the nearest contour."""
    nearest = 9.0
    for line, closed in contours(marks):
        start = line if closed else line[:-1]
        way = (np.concatenate([line[1:], line[:1]]) if closed else line[1:]) - start
        out = np.asarray(place) - start
        along = np.clip((out * way).sum(1) / np.maximum((way * way).sum(1), 1e-12), 0, 1)
        gap = out - way * along[:, None]
        nearest = min(nearest, float(np.sqrt((gap * gap).sum(1).min())))
    return nearest


def span(marks: Sequence[Mark]) -> Array:
    """How broad and how high the forms are together."""
    every = np.concatenate([line for line, _ in contours(marks)])
    return np.ptp(every, axis=0)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_says_what_the_composition_must_know(name: str) -> None:
    kind = kinds()[name]
    assert 0 < kind.height <= 1 and 0 < kind.width <= 2
    assert 0 < kind.metres < 20
    assert kind.motion in MOTIONS
    assert set(kind.postures) <= set(POSTURES) - {"stand"}
    assert set(kind.holds) <= {"stand", *kind.postures}
    assert not kind.hue or kind.hue in HUES
    assert {*kind.instead} <= set(MOTIONS)
    assert {*kind.instead.values(), kind.perched} - {""} <= set(kinds())
    assert len(set(kind.forms)) == len(kind.forms)


def test_every_new_kind_has_a_place_of_its_own_in_the_plane() -> None:
    every = {name: kind.at for name, kind in kinds().items()}
    for name in NEW:
        x, y = every[name]
        for other, (across, down) in every.items():
            apart = (x - across) * (x - across) + (y - down) * (y - down)
            assert other == name or apart >= 0.0599 * 0.0599, f"{name} is too near to {other}"


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    seed=st.integers(0, 2**64),
    fill=st.sampled_from(tuple(FILLS)),
    form=st.integers(0, 12),
    moment=st.builds(
        Moment,
        t=st.floats(-1, 2),
        seconds=st.floats(0.1, 120),
        grow=st.floats(0, 1),
        sway=st.floats(-5, 20),
        act=st.sampled_from(ACTS),
        speed=st.floats(-1e6, 1e6),
        stride=st.floats(0, 2),
        posture=st.sampled_from(tuple(POSTURES)),
        gesture=st.sampled_from(tuple(GESTURES)),
        joy=st.floats(-3, 3),
        stir=st.floats(-3, 3),
        look=st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
    ),
)
def test_every_number_draws_something_finite(
    name: str, seed: int, fill: str, form: int, moment: Moment
) -> None:
    wanted = ("", *kinds()[name].forms, "no such form")
    marks = drawn(figure(name, seed, fill, form=wanted[form % len(wanted)]), moment)
    if marks:
        found = numbers(marks)
        assert np.isfinite(found).all()
        assert np.abs(found).max() < 50
    assert marks or kinds()[name].plant


@pytest.mark.parametrize("name", NAMES)
def test_every_form_fills_its_frame(name: str) -> None:
    """About as high as the composition takes it; what comes in from outside (a thread, a branch) is longer."""
    kind = kinds()[name]
    for form in kind.forms or ("",):
        broad, high = span(drawn(figure(name, 2, form=form), Moment(0.3)))
        if name not in ("spider", "branch"):
            assert 0.3 < high < 1.6 and broad < 2.5, f"{name} {form}: {broad:.2f} × {high:.2f}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("creature", "cactus")])
def test_a_figure_is_itself_again_moves_and_loops(name: str) -> None:
    """Every figure moves a little, also when it stands; an invention may roll on by a spoke."""
    one, other = figure(name, 1), figure(name, 1)
    start, later = (Moment(t, 3.3, act="still") for t in (0.0, 0.61))
    before, moved = numbers(drawn(one, start)), numbers(drawn(one, later))
    assert before.shape != moved.shape or not np.array_equal(before, moved)
    assert np.array_equal(numbers(drawn(other, later)), moved)
    end = numbers(drawn(one, Moment(1.0, 3.3, act="still")))
    assert before.shape == end.shape and np.allclose(before, end, atol=1e-9)


@pytest.mark.parametrize("name", [n for n in NAMES if kinds()[n].holds])
def test_what_it_holds_is_where_it_says(name: str) -> None:
    kind = kinds()[name]
    for posture, place in kind.holds.items():
        for k, form in enumerate(kind.forms or ("",)):
            moment = Moment(0.3 * k, 2.0, posture=posture, gesture="hold")
            marks = drawn(figure(name, 4, form=form), moment)
            assert far_from(place, marks) < 0.03, f"{name} {form} {posture}"


def soles(marks: Sequence[Mark]) -> list[Array]:
    """The lowest point of every contour that touches the ground and is not a body: feet."""
    low = [line[line[:, 1].argmax()] for line, _ in contours(marks)]
    return [np.array((np.inf, 0.0)) if p[1] < -0.015 else p for p in low]


LEGGED = ("beast", "walker", "vessel", "birds", "machine", "stack")


@pytest.mark.parametrize(
    ("name", "form"), [(n, "") for n in WALKERS] + [("creature", form) for form in LEGGED]
)
def test_a_standing_foot_does_not_slide(name: str, form: str) -> None:
    """While the body advances by its gait, most of what touches the ground stays where it is."""
    walker, stride, pause = figure(name, 3, form=form), 0.8, 0.03
    ground = kinds()[name].gait * stride * pause
    planted: list[float] = []
    for t in (0.06, 0.31, 0.55, 0.83):
        one, other = (
            soles(drawn(walker, Moment(at, 1.0, act="walk", stride=stride)))
            for at in (t, t + pause)
        )
        for before, after in zip(one, other, strict=True):
            if np.isfinite((before[0], after[0])).all() and abs(after[1] - before[1]) < 0.002:
                planted.append(abs(float(after[0] - before[0]) + ground))
    still = sum(slid < 0.0015 for slid in planted)
    assert still >= 4, f"{name}: {sorted(planted)}"
    assert still > 0.5 * len(planted), f"{name}: {sorted(planted)}"


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(("walk", "run", "crawl", "hop")))
def test_feet_take_the_ground_the_body_covers(t: float, lag: float, act: str) -> None:
    share = {"walk": 1.0, "run": RUNS, "crawl": CRAWLS, "hop": 1.0}[act]
    moment = Moment(t, 1.0, act=act)  # pyright: ignore[reportArgumentType]
    later = replace(moment, t=t + 1e-4)
    (x, y), (after, lifted) = (tread(m, lag, 0.1, 0.08) for m in (moment, later))
    if y == 0 == lifted and after < x:
        assert x - after == pytest.approx(travel(0.1) * share * 1e-4, abs=1e-7)
    assert abs(x) <= 0.1001


def test_a_hopper_crouches_before_it_is_thrown() -> None:
    assert leap(Moment(0.5 * SPRING, 1.0, act="hop"), 0.2) < 0
    assert leap(Moment(0.6, 1.0, act="hop"), 0.2) > 0
    assert leap(Moment(0.6, 1.0, act="walk"), 0.2) == 0


@pytest.mark.parametrize("name", ["bird", "owl-flying", "eagle", "butterfly", "ray", "bee"])
def test_whoever_turns_in_the_air_never_becomes_a_sliver(name: str) -> None:
    for t in np.linspace(0, 1, 13):
        for act in ("spin", "glide"):
            moment = Moment(t, 2.0, act=act)  # pyright: ignore[reportArgumentType]
            assert span(drawn(figure(name, 5), moment)).min() > 0.3


def test_gliding_the_wings_are_still_and_rowing_they_are_not() -> None:
    def height(act: str, t: float) -> float:
        moment = Moment(t, 2.0, act=act)  # pyright: ignore[reportArgumentType]
        return float(span(drawn(figure("bird", 5), moment))[1])

    row, glide = (
        np.ptp([height(act, t) for t in np.linspace(0, 0.3, 9)]) for act in ("fly", "glide")
    )
    assert row > 1.5 * glide


def test_who_eats_goes_down_to_its_food_and_comes_up_again() -> None:
    down = [peck(Moment(t, 2.0, gesture="eat")) for t in np.linspace(0, 1, 25)]
    assert max(down) > 0.9 and min(down) == 0
    assert peck(Moment(0.4, 2.0)) == peck(Moment(0.4, 2.0, gesture="eat", posture="sleep")) == 0
    low = [
        float(np.concatenate([line for line, _ in contours(drawn(figure("hen"), m))])[:, 0].max())
        for m in (Moment(0.0, 2.0, gesture="eat"), Moment(0.45, 2.0, gesture="eat"))
    ]
    assert low[1] > low[0] + 0.05


def test_asleep_an_eye_is_shut_and_has_no_pupil() -> None:
    def pupils(posture: str) -> list[float]:
        drawing = Drawing("eye", Manner(LIGHT, LIGHT.ink))
        colours = paint(Stream("p"), LIGHT)
        eye(drawing, colours, Moment(0.3, posture=posture), 0, 0, 0.1, (9, 9, 9))
        return [m.radius for m in drawing.marks if isinstance(m, Dot)]

    awake, asleep = pupils("stand"), pupils("sleep")
    assert len(awake) == len(asleep)
    assert awake[1] > 0.05 and asleep[1] == 0 < asleep[-1]


@pytest.mark.parametrize("name", ["swan", "heron", "hen", "turtle", "snail", "snake", "tortoise"])
def test_asleep_it_takes_less_room_than_awake(name: str) -> None:
    body = "tortoise" if name == "turtle" else name
    awake, asleep = (
        span(drawn(figure(body), Moment(0.2, posture=posture))) for posture in ("stand", "sleep")
    )
    assert asleep.max() < awake.max()


def test_what_was_there_before_keeps_its_forms_and_what_a_seed_chose() -> None:
    assert kinds()["tree"].forms[:6] == ("round", "cloud", "fruit", "bare", "birch", "cypress")
    assert kinds()["flower"].forms[:6] == ("daisy", "sun", "poppy", "star", "tulip", "bell")
    assert kinds()["fish"].forms == ("long", "round", "tall")
    for name, later in (("tree", {"conifer", "willow", "christmas"}), ("flower", {"rose"})):
        named = {
            form: numbers(drawn(figure(name, 7, form=form), Moment(0.4))).shape
            for form in kinds()[name].forms
        }
        chosen = {numbers(drawn(figure(name, 7), Moment(0.4))).shape}
        assert chosen <= {shape for form, shape in named.items() if form not in later}


def test_a_word_nobody_knows_is_always_the_same_invention() -> None:
    one, other = (numbers(drawn(figure("creature", "flibbet"), Moment(0.4))) for _ in "ab")
    assert np.array_equal(one, other)


def ink(of: Figure) -> Array:
    """Where its lines run: which cells of a 32 × 32 grid have a point of them."""
    every = np.concatenate([line for line, _ in contours(drawn(of, Moment(0.4)))])
    cells = np.clip(((every + points(0.8, 1.1)) * 20).astype(int), 0, 31)
    grid = np.zeros((32, 32))
    grid[cells[:, 1], cells[:, 0]] = 1.0
    return grid


def test_twenty_four_words_are_twenty_four_inventions_of_many_families() -> None:
    pictures = [ink(figure("creature", f"word {k}")) for k in range(24)]
    nearest = min(float(np.abs(a - b).sum()) for a, b in combinations(pictures, 2))
    assert nearest > 30
    lots = {Stream(f"body/{k}").sub("family").pick(tuple(FAMILIES)) for k in range(60)}
    assert len(lots) >= 8
    for name in FAMILIES:
        one, other = (ink(figure("creature", seed, form=name)) for seed in (1, 2))
        assert np.abs(one - other).sum() > 20, name


@settings(max_examples=40, deadline=None)
@given(st.floats(-TAU, TAU), st.floats(-1, 1), st.floats(0.05, 1))
def test_forms_keep_their_size_when_turned_and_their_way_when_mirrored(
    angle: float, x: float, size: float
) -> None:
    form = circle(x, 0.2, size, 0.5 * size)
    back = turned(turned(form, angle), -angle)
    assert np.abs(back - form).max() < 0.01
    assert np.array_equal(mirrored(mirrored(form)), form)


def test_a_blade_is_a_leaf_and_a_horn_is_sharp() -> None:
    for tip in ((0.4, -0.1), (-0.2, 0.3)):
        cheap, dear = blade((0.1, 0.0), tip, 0.05), leaf((0.1, 0.0), tip, 0.05).outline()
        assert cheap.shape == dear.shape and np.abs(cheap - dear).max() < 1e-9
        bent, leaned = blade((0.1, 0.0), tip, 0.05, 0.2), leaf((0.1, 0.0), tip, 0.05, 0.2).outline()
        assert np.abs(bent - leaned).max() < 0.03
        end = horn((0.1, 0.0), tip, 0.05)
        assert np.abs(end[6] - np.array(tip)).max() < 1e-9
