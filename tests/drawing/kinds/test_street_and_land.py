"""Vehicles, buildings, land, sky and weather as subjects: they always draw, and wheels do not slide."""

from typing import Any

import numpy as np
import pytest
from built import colours, draw, numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.display import Drawing, Form, Manner, Multi, Stroke
from uncaged.engines.ink.footing import footing
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.kinds.wheels import ROLLS, Wheel, come
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream

NEW = """aeroplane air-balloon airship barn bench bicycle bridge bubble bus car cart cave church city cliff crystal
    derrick draw-well drop dune explosion factory fence field fire firework fog-bank fountain galaxy gate grave gust
    helicopter iceberg island lamppost lightning motorcycle mountain planet pram pylon pyramid rainbow river road rocket
    ruin signpost skyscraper sledge smoke snowflake snowman stairs stoplight submarine temple tent tornado tractor train
    tram truck tunnel ufo volcano wall waterfall wave wheelchair windmill""".split()
OLDER = "blob boat cloud hill house moon spiral star stone sun tower".split()
EVERY = [(name, form) for name in (*NEW, *OLDER) for form in (kinds()[name].forms or ("",))]

ROLLING = {
    "bicycle": ("city", "spokes0", 0.345),
    "bus": ("bus", "holes0", 0.13),
    "car": ("saloon", "holes0", 0.225),
    "cart": ("cart", "spokes0", 0.27),
    "motorcycle": ("motorcycle", "spokes0", 0.31),
    "pram": ("", "spokes0", 0.24),
    "tractor": ("", "holesbig", 0.37),
    "train": ("steam", "spokesdriver0", 0.165),
    "tram": ("", "holes0", 0.1),
    "truck": ("box", "holes0", 0.16),
    "wheelchair": ("", "spokesbig", 0.34),
}
"""Kind → a form of it, the mark of one of its wheels, and that wheel's radius."""


def outlines(drawing: Drawing) -> np.ndarray:
    """All points of its closed forms and strokes, (n, 2)."""
    found = [m.points for m in drawing.marks if isinstance(m, Form | Stroke)]
    return np.concatenate(
        [*found, *[p for m in drawing.marks if isinstance(m, Multi) for p in m.polygons]]
    )


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_it_draws_repeats_moves_and_comes_back(name: str, form: str):
    dress = colours()
    figure = kinds()[name].build(Stream("a"), dress, form)

    def at(t: float, act: Any = "still") -> Drawing:
        drawing = Drawing("k", Manner(dress.palette, dress.palette.ink), 0.5)
        figure(drawing, Moment(t, 4.0, act=act))
        return drawing

    one, start, end = at(0.37), at(0.0), at(1.0)
    found = numbers(one.marks)
    assert np.isfinite(found).all() and np.array_equal(found, numbers(at(0.37).marks))
    assert len(one.marks) >= 3 and 0.25 < float(np.ptp(outlines(one)[:, 1])) < 3.2
    assert float(np.abs(found).max()) <= 260  # alphas; coordinates are far smaller
    moves = any(
        not np.array_equal(found, numbers(at(t, "walk").marks)) for t in (0.1, 0.45, 0.8, 0.02)
    )
    assert moves or name in ("hill", "stone"), "never moves"
    seamless = np.allclose(np.sort(outlines(start), 0), np.sort(outlines(end), 0), atol=0.004)
    assert seamless, "the film has a seam"


@settings(max_examples=100, deadline=None)
@given(
    which=st.sampled_from(EVERY),
    t=st.floats(0, 1),
    seconds=st.floats(0.1, 120),
    act=st.sampled_from(("still", "walk", "run", "crawl", "dance", "spin", "hop", "glide")),
    sway=st.floats(-5, 50),
    speed=st.sampled_from((0.0, 0.3, 1.0, 40.0, -3.0, 1e6)),
    stride=st.floats(0, 3),
    mood=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
    gesture=st.sampled_from(("none", "hold", "wave", "cheer", "no such gesture")),
    palette=st.sampled_from(sorted(PALETTES)),
    fill=st.sampled_from(("plain", "hatched", "dotted", "striped", "outlined")),
    cut=st.booleans(),
)
def test_any_moment_in_any_dress_draws_finite_points(
    which: tuple[str, str],
    t: float,
    seconds: float,
    act: Any,
    sway: float,
    speed: float,
    stride: float,
    mood: tuple[float, float],
    gesture: str,
    palette: str,
    fill: str,
    cut: bool,
):
    name, form = which
    dress = colours(palette, fill=fill)
    moment = Moment(
        t, seconds, 1.0, sway, act, speed, stride, gesture=gesture, joy=mood[0], stir=mood[1]
    )
    asked = form if stride < 2 else "no such form"
    drawing = draw(name, moment, asked, 3, dress.silhouette() if cut else dress)
    assert np.isfinite(numbers(drawing.marks)).all()
    for mark in drawing.marks:
        if isinstance(mark, Form):
            assert mark.points.ndim == 2 and len(mark.points) >= 3
            assert isinstance(mark.alpha, int) and 0 <= mark.alpha <= 255


DIFFER = "bridge church city cliff fence firework island mountain planet rocket ruin snowflake wall volcano".split()


@pytest.mark.parametrize("name", DIFFER)
def test_no_two_are_alike(name: str):
    drawn = {numbers(draw(name, Moment(0.2), "", seed).marks).tobytes() for seed in range(4)}
    assert len(drawn) == 4


@pytest.mark.parametrize("name", NEW)
def test_every_form_is_a_drawing_of_its_own(name: str):
    forms = kinds()[name].forms
    assert len({numbers(draw(name, Moment(0.2), form).marks).tobytes() for form in forms}) == len(
        forms
    )


@pytest.mark.parametrize("name", ROLLING)
@pytest.mark.parametrize("act", ROLLS)
def test_wheels_roll_and_do_not_slide(name: str, act: Any):
    form, key, radius = ROLLING[name]
    kind, cycles, stride = kinds()[name], 3, 0.8

    def turned(t: float) -> float:
        moment = Moment(t, 1.0, act=act, speed=cycles, stride=stride)
        marks = draw(name, moment, form).marks
        spokes = next(m for m in marks if isinstance(m, Multi) and m.key.endswith(f".{key}"))
        hub = np.concatenate(spokes.polygons).mean(0)
        x, y = (spokes.polygons[0].mean(0) - hub).tolist()
        return float(np.arctan2(y, x))

    step = 0.004
    way = step * cycles * kind.gait * stride * ROLLS[act]
    angle = (turned(0.3 + step) - turned(0.3) + np.pi) % (2 * np.pi) - np.pi
    assert angle * radius == pytest.approx(way, rel=0.03)


@pytest.mark.parametrize("name", ROLLING)
def test_a_wheel_comes_to_stand_where_it_stood(name: str):
    form, key, _ = ROLLING[name]
    marks = [draw(name, Moment(t, 4.0, act="walk"), form).marks for t in (0.0, 1.0)]
    wheels = [
        next(m for m in d if isinstance(m, Multi) and m.key.endswith(f".{key}")) for d in marks
    ]
    ends = [np.sort(np.array([p.mean(0) for p in w.polygons]), 0) for w in wheels]
    assert np.allclose(*ends, atol=0.01)


def test_what_is_parked_does_not_roll():
    assert come(Moment(0.4, 4.0), 1.0) == 0
    assert come(Moment(0.5, 4.0, act="walk", stride=0.5), 2.0) == pytest.approx(2.0)
    assert Wheel(0.3, 0.25).angle(0.5) == pytest.approx(2.0)
    for name in ROLLING:
        still = [draw(name, Moment(t, 4.0), ROLLING[name][0]) for t in (0.2, 0.7)]
        key = f".{ROLLING[name][1]}"
        wheels = [
            next(m for m in d.marks if isinstance(m, Multi) and m.key.endswith(key)) for d in still
        ]
        assert np.allclose(wheels[0].polygons[0], wheels[1].polygons[0])


def test_rails_lie_still_under_a_train():
    def sleepers(t: float) -> np.ndarray:
        marks = draw("train", Moment(t, 1.0, act="walk", speed=2.0), "steam").marks
        row = next(m for m in marks if isinstance(m, Multi) and m.key.endswith("sleepers"))
        return np.array([p[:, 0].mean() for p in row.polygons])

    way = 0.02 * 2 * kinds()["train"].gait
    before, after = sleepers(0.30), sleepers(0.32)
    middle = before[len(before) // 2]
    assert float(np.abs(after + way - middle).min()) < 1e-6


SEATS = """bench bicycle boat bridge bus car cart church factory hill house iceberg island mountain pram pyramid stairs
    stone tent train truck wall wheelchair windmill""".split()


@pytest.mark.parametrize("name", SEATS)
def test_one_can_stand_where_the_kind_says(name: str):
    kind = kinds()[name]
    x, y = kind.top
    form = kind.forms[0] if kind.forms else ""
    for seed in range(3):
        dress = colours()
        figure = kind.build(Stream(f"{seed}"), dress, form)
        under = footing(figure, Manner(dress.palette, dress.palette.ink), 2.0)
        nowhere = 9.0
        found = under.ridge(x, nowhere) if kind.domain == "land" else under.at(x, y, 0.1)
        assert found != nowhere and abs(found - y) < 0.1
        solid = [f for f in under.forms if f[:, 0].min() <= x <= f[:, 0].max()]
        assert min(abs(float(f[:, 1].min()) - y) for f in solid) < 0.35, "stands on nothing"


def test_a_snowman_holds_things_where_its_twig_ends():
    drawing = draw("snowman", Moment(0.3, gesture="hold"))
    twig = next(m for m in drawing.marks if isinstance(m, Stroke) and m.key.endswith(".near"))
    far = twig.points[-1] - np.array(kinds()["snowman"].holds["stand"])
    assert float(np.abs(far).max()) < 0.03


def test_windows_are_lit_at_night_only():
    for name in ("house", "city", "skyscraper", "factory", "church"):
        night, day = colours("night"), colours("dawn")
        assert kinds()[name].lights
        lit = [
            m.colour
            for m in draw(name, Moment(0.2), dress=night).marks
            if isinstance(m, Form | Multi)
        ]
        dark = [m.colour for m in draw(name, Moment(0.2), dress=day).marks if isinstance(m, Multi)]
        assert night.glow in lit
        assert day.glow not in dark


def test_a_traffic_light_shows_one_light_and_then_another():
    seen: set[int] = set()
    for t in np.linspace(0, 1, 21)[:-1].tolist():
        drawing = draw("stoplight", Moment(t, 4.0))
        lamps = [m for m in drawing.marks if isinstance(m, Form) and ".lamp" in m.key]
        light = [sum(m.colour) for m in lamps]
        seen.add(light.index(max(light)))
    assert seen == {0, 1, 2}


def test_older_kinds_keep_what_positions_rely_on():
    assert kinds()["boat"].forms[:2] == ("sail", "sails")
    assert kinds()["cloud"].forms[0] == "plain"
    plain = numbers(draw("cloud", Moment(0.2), "plain").marks)
    assert np.array_equal(plain, numbers(draw("cloud", Moment(0.2), "").marks))
    rainy = numbers(draw("cloud", Moment(0.2), "rain").marks)
    assert len(rainy) > len(plain)


def test_new_kinds_lie_in_their_own_part_of_the_plane():
    everybody: list[Kind] = list(kinds().values())
    for kind in (kinds()[name] for name in NEW):
        assert 0.0 <= kind.at[0] <= 1.0 and 1.12 <= kind.at[1] <= 1.95
        for other in everybody:
            if other is not kind:
                apart = (kind.at[0] - other.at[0]) ** 2 + (kind.at[1] - other.at[1]) ** 2
                assert apart >= 0.05**2 - 1e-9, f"{kind.name} and {other.name}"
