"""Settings in every light, shape and weather: what they draw is finite, repeatable, covers the margin, and loops."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import PALETTES, lightness, palette
from uncaged.engines.ink.display import Drawing, Flat, Form, Gradation, Group, Manner, Multi
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.scene import Weather
from uncaged.engines.ink.settings import Disc, Ground, settings
from uncaged.engines.ink.settings.layout import MARGIN, REACH, down
from uncaged.engines.ink.settings.ribbons import bend, leaves, ribbons
from uncaged.engines.ink.settings.sky_parts import sky_at
from uncaged.engines.ink.settings.weather import MOST, WET, weather

SHAPES = ((1.0, 1.0), (16 / 9, 1.0), (21 / 9, 1.0), (1.0, 16 / 9))
AMOUNTS = (-3.0, 0.0, 1.0, 50.0)
NAMES: tuple[str, ...] = tuple(
    "desert forest garden hills jungle meadow paper room sky undersea village water".split()
)
"""Those of the first version."""

NEWER = tuple("beach cave harbour kitchen library river space stage street swamp".split())
EVERY = (*NAMES, *NEWER)

SLOW = ("forest", "garden", "jungle", "room", "village", *NEWER)
"""Full of plants and houses: these are tried in the lights that are drawn in another way, and in one plain one."""
ODD = ("ink-on-paper", "night", "negative")


def bare(light: str = "dawn", shape: tuple[float, float] = (1.0, 1.0), **changes: Any) -> Ground:
    """A ground nothing is built on yet."""
    p = palette(light)
    horizon = changes.pop("horizon", 0.63) * shape[1]
    seed = changes.pop("seed", "one")
    ground = Ground(Stream(seed), p, Manner(p, p.ink), *shape, horizon)
    for name, value in changes.items():
        setattr(ground, name, value)
    return ground


def built(name: str, *args: Any, **changes: Any) -> Ground:
    """A ground with a setting and its weather on it."""
    ground = bare(*args, **changes)
    settings()[name].build(ground)
    weather(ground)
    return ground


def drawn(ground: Ground, t: float = 0.3, live: bool = False) -> dict[str, Drawing]:
    """What each layer draws at a moment; `live`: only those that move."""
    frames: dict[str, Drawing] = {}
    for layer in ground.layers:
        if not live or layer.kind == "live":
            frames[layer.name] = Drawing(layer.name, ground.manner)
            layer.draw(frames[layer.name], Moment(t, 6.0))
    return frames


def flat(drawing: Drawing) -> Iterator[Any]:
    """All marks, those of groups too."""
    for mark in drawing.marks:
        yield mark
        if isinstance(mark, Group):
            yield from flat(mark.drawing)


def measures(mark: Any) -> Iterator[np.ndarray]:
    """Every number in a mark; its single ones together as the last array."""
    single: list[float] = []
    for field in dataclasses.fields(mark):
        value = getattr(mark, field.name)
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, float | int):
            single.append(value)
        elif field.name == "polygons":
            yield from value
        elif isinstance(value, tuple) and field.name in ("box", "light", "taper", "colour"):
            single.extend(value)
    yield np.array(single, dtype=np.float64)


def are_finite(ground: Ground) -> bool:
    marks = [mark for drawing in drawn(ground).values() for mark in flat(drawing)]
    arrays = [numbers.ravel() for mark in marks for numbers in measures(mark)]
    return not arrays or bool(np.isfinite(np.concatenate(arrays)).all())


def alike(one: dict[str, Drawing], other: dict[str, Drawing], within: float = 0.0) -> bool:
    """Whether two lots of drawings hold the same marks, numbers equal `within` a tolerance."""
    if one.keys() != other.keys():
        return False
    for name in one:
        marks, others = list(flat(one[name])), list(flat(other[name]))
        if len(marks) != len(others):
            return False
        for a, b in zip(marks, others, strict=True):
            if type(a) is not type(b) or getattr(a, "key", "") != getattr(b, "key", ""):
                return False
            for x, y in zip(list(measures(a)), list(measures(b)), strict=False):
                if x.shape != y.shape or (x.size and float(abs(x - y).max()) > within):
                    return False
    return True


def covers(polygon: np.ndarray, x: float, y: float) -> bool:
    """Whether a closed polygon covers a point (even-odd rule)."""
    a, b = polygon, np.roll(polygon, -1, 0)
    crosses = (a[:, 1] > y) != (b[:, 1] > y)
    rise = np.where(crosses, b[:, 1] - a[:, 1], 1)
    at = a[:, 0] + (y - a[:, 1]) / rise * (b[:, 0] - a[:, 0])
    return int((crosses & (at > x)).sum()) % 2 == 1


# ---- the register ----------------------------------------------------------------------------


def test_settings_have_room_between_them_in_the_genome_and_newer_ones_lie_outside_the_first_square() -> (
    None
):
    assert tuple(settings()) == tuple(sorted(EVERY))
    at = np.array([setting.at for setting in settings().values()])
    first = np.array([settings()[name].at for name in NAMES])
    newer = np.array([settings()[name].at for name in NEWER])
    assert ((first >= 0) & (first <= 1)).all()
    assert (newer[:, 0] >= 1.15).all() and ((newer[:, 1] >= 0) & (newer[:, 1] <= 1)).all()
    far = np.sqrt(((at[:, None] - at[None]) ** 2).sum(-1)) + np.eye(len(at))
    assert far.min() >= 0.15


def test_spirits_and_palettes_exist() -> None:
    for setting in settings().values():
        assert setting.spirit in kinds(), setting.name
        assert setting.palettes, setting.name
        assert set(setting.palettes) <= set(PALETTES), setting.name
    indoors = [s.name for s in settings().values() if not s.outdoors]
    assert indoors == ["cave", "kitchen", "library", "room", "stage"]
    afloat = [s.name for s in settings().values() if s.floats]
    assert afloat == ["harbour", "river", "swamp", "water"]


# ---- every light, every shape, every weather -------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_a_setting_draws_in_every_light(name: str) -> None:
    lights = [
        light for k, light in enumerate(PALETTES) if name not in SLOW or light in ODD or k == 2
    ]
    for k, light in enumerate(lights):
        turned = k + EVERY.index(name)
        amount = AMOUNTS[turned // 4 % 4]
        ground = built(
            name,
            light,
            SHAPES[turned % 4] if k % 3 == 0 else SHAPES[0],
            seed=light,
            disc=1.0 if settings()[name].discs else 0.0,
            cloudy=True,
            shore=k % 2 == 0,
            weather=Weather(*[amount] * 5),
        )
        assert are_finite(ground), light
        depths = [layer.depth for layer in ground.layers]
        assert depths == sorted(depths), light
        names = [layer.name for layer in ground.layers]
        assert len(set(names)) == len(names), light
        assert ground.layers[0].kind == "sky" and "sky" not in {x.kind for x in ground.layers[1:]}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("amount", [*AMOUNTS, 1e-9, -1e308, 1e308])
def test_weather_of_any_amount_is_drawn_with_few_marks(
    shape: tuple[float, float], amount: float
) -> None:
    ground = bare("ink-on-paper", shape, weather=Weather(*[amount] * 5))
    ground.add("sky", 0.0, lambda frame, moment: None, "sky")
    weather(ground)
    wet = int(abs(amount) >= WET)  # pools on the ground
    assert len(ground.layers) == (1 if abs(amount) < 1e-6 else 6 + wet)
    assert are_finite(ground)
    for drawing in drawn(ground).values():
        for mark in flat(drawing):
            assert not isinstance(mark, Multi) or len(mark.polygons) <= MOST


def test_more_weather_is_more() -> None:
    def amount_of(**kinds_of: float) -> int:
        ground = bare(weather=Weather(**kinds_of))
        weather(ground)
        marks = [m for d in drawn(ground).values() for m in flat(d) if isinstance(m, Multi)]
        return sum(len(mark.polygons) for mark in marks)

    for kind in ("rain", "snow", "stars", "wind", "leaves"):
        assert 0 < amount_of(**{kind: 0.5}) < amount_of(**{kind: 1.0}) < amount_of(**{kind: 3.0})
        assert amount_of(**{kind: -1.0}) == amount_of(**{kind: 1.0})


def test_what_falls_rises_where_the_amount_is_negative() -> None:
    def height(amount: float, t: float) -> np.ndarray:
        ground = bare(weather=Weather(snow=amount))
        weather(ground)
        multi = next(m for m in flat(drawn(ground, t)["snow"]) if isinstance(m, Multi))
        return np.array([flake[:, 1].mean() for flake in multi.polygons])

    for amount, way in ((1.0, 1), (-1.0, -1)):
        moved = np.median(height(amount, 0.31) - height(amount, 0.30))
        assert way * moved > 0


@given(
    horizon=st.floats(allow_nan=False, allow_infinity=False),
    disc=st.floats(allow_nan=False, allow_infinity=False),
    wind=st.floats(allow_nan=False, allow_infinity=False),
    name=st.sampled_from(
        ["hills", "water", "desert", "meadow", "river", "swamp", "beach", "street"]
    ),
)
@hypothesis_settings(max_examples=16, deadline=None)
def test_any_finite_number_draws_something(
    horizon: float, disc: float, wind: float, name: str
) -> None:
    ground = bare(disc=disc, weather=Weather(wind=wind))
    ground.horizon = horizon
    settings()[name].build(ground)
    weather(ground)
    assert are_finite(ground)


# ---- repeatable, looping ---------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_the_same_stream_draws_the_same_and_moves_in_loops(name: str) -> None:
    ground = built(name, weather=Weather(1, 1, 1, 1, 1), disc=1.0)
    start, middle = drawn(ground, 0.0, live=True), drawn(ground, 0.37, live=True)
    assert start and not alike(start, middle, within=1e-3)
    assert alike(start, drawn(ground, 1.0, live=True), within=1e-6)
    again = built(name, weather=Weather(1, 1, 1, 1, 1), disc=1.0)
    assert alike(drawn(ground, 0.37), drawn(again, 0.37))  # asked for without a frame before it


@pytest.mark.parametrize("name", sorted({*NAMES} - {*SLOW}))
def test_another_stream_draws_something_else(name: str) -> None:
    one, two = built(name), built(name, seed="two")
    assert not alike(drawn(one), drawn(two))


# ---- shapes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted({*EVERY} - {"paper", "space"}))
def test_the_ground_reaches_beyond_the_frame(name: str) -> None:
    ground = bare("dawn", SHAPES[3] if name in SLOW else SHAPES[2])
    settings()[name].build(ground)
    marks = [m for d in drawn(ground).values() for m in flat(d)]
    forms = [m.points for m in marks if isinstance(m, Flat | Form)]
    boxes = [m.box for m in marks if isinstance(m, Gradation)]
    y = ground.height + MARGIN
    for x in (-MARGIN, ground.width / 2, ground.width + MARGIN):
        in_a_box = any(b[0] < x < b[2] and b[1] < y < b[3] for b in boxes)
        assert in_a_box or any(covers(form, x, y) for form in forms), x


def test_things_at_the_edges_stand_at_both_edges_of_a_wide_frame() -> None:
    ground = built("hills", "dawn", (3.0, 1.0))
    polygons = [
        polygon
        for mark in flat(drawn(ground)["grass"])
        if isinstance(mark, Multi)
        for polygon in mark.polygons
    ]
    middles = np.array([polygon[:, 0].mean() for polygon in polygons])
    assert ((middles < 0.9) | (middles > 2.1)).all()
    assert (middles < 0.9).any() and (middles > 2.1).any()


def test_a_wide_frame_has_more_of_everything() -> None:
    def waves(shape: tuple[float, float]) -> int:
        marks = flat(drawn(built("water", "sea", shape))["waves"])
        return sum(len(mark.polygons) for mark in marks if isinstance(mark, Multi))

    assert waves((1.0, 1.0)) * 1.8 < waves((2.0, 1.0)) < waves((1.0, 1.0)) * 2.2
    assert waves((1.0, 2.0)) > waves((1.0, 1.0))


def test_the_ground_stretches_to_the_lower_edge() -> None:
    assert down(bare(), 0.0) == 0.63
    assert down(bare(), 0.37) == pytest.approx(1.0)
    assert down(bare(shape=(1.0, 2.0)), 0.37) == pytest.approx(2.0)


def test_nothing_grows_where_nothing_was_sown() -> None:
    none = np.zeros((0, 4, 2))
    assert ribbons(bend(none), np.zeros((0, 13))) == []
    assert leaves(none[:, 0], none[:, 0], np.zeros(0), np.zeros(0)) == []


def test_a_ribbon_runs_through_its_points_as_wide_as_it_is() -> None:
    spine = bend(np.array([[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]]))
    assert spine.shape == (1, 9, 2) and spine[0, 4].tolist() == [1.0, 0.0]
    (form,) = ribbons(spine, np.full((1, 9), 0.25))
    assert form[:, 1].max() == pytest.approx(0.25) and form[:, 1].min() == pytest.approx(-0.25)
    assert covers(form, 1.0, 0.2) and not covers(form, 1.0, 0.3)


# ---- light -----------------------------------------------------------------------------------


def test_the_sky_has_its_colours_at_its_ends() -> None:
    ground = built("hills", "dawn")
    assert sky_at(ground, -0.1) == ground.palette.top
    assert sky_at(ground, 1.0) == ground.palette.low
    middle = lightness(sky_at(ground, 0.34))
    assert lightness(ground.palette.top) < middle < lightness(ground.palette.low)


def near_land(ground: Ground) -> float:
    marks = flat(drawn(ground)["near"])
    return lightness(next(mark.colour for mark in marks if isinstance(mark, Flat)))


def test_snow_whitens_the_land_by_its_amount_and_silhouettes_darken_it() -> None:
    plain = near_land(built("hills", "moss"))
    some = near_land(built("hills", "moss", weather=Weather(snow=0.5)))
    much = near_land(built("hills", "moss", weather=Weather(snow=1.0)))
    assert plain < some < much
    assert near_land(built("hills", "moss", silhouette=True)) < plain


def test_the_disc_grows_softly_and_stays_away_from_the_lead_subject() -> None:
    radii: list[float] = []
    for amount in (0.4, 1.0, 3.0, 1e9):
        ground = built("hills", "candy", (16 / 9, 1.0), disc=amount, side=1)
        if amount < 0.5:
            assert ground.disc_at is None
        else:
            assert ground.disc_at is not None and ground.disc_at.x < ground.width / 2
            radii.append(ground.disc_at.radius)
    assert radii == sorted(radii) and radii[-1] < 6 * radii[0]


def test_a_light_over_water_lays_a_road() -> None:
    disc = Disc(0.3, 0.2, 0.11, (255, 240, 200))
    for announced in (None, disc):
        marks = flat(drawn(built("water", "night", disc_at=announced))["waves"])
        road = [m for m in marks if isinstance(m, Multi) and m.colour == disc.colour]
        assert bool(road) == (announced is not None)
        for stroke in [polygon for mark in road for polygon in mark.polygons]:
            assert abs(stroke[:, 0].mean() - disc.x) < 0.25


def test_somebody_on_the_shore_gets_a_bank_instead_of_rocks() -> None:
    wet, dry = (
        {layer.name for layer in built("water", "sea", shore=shore).layers}
        for shore in (False, True)
    )
    assert "rocks" in wet and "bank" not in wet
    assert "bank" in dry and "rocks" not in dry


def test_weather_shows_in_the_window_of_a_room() -> None:
    ground = bare("ash", weather=Weather(rain=1))
    settings()["room"].build(ground)
    x0, x1 = 0.0, ground.width
    drops = [
        polygon
        for name, drawing in drawn(ground, live=True).items()
        if name.startswith("weather")
        for mark in flat(drawing)
        if isinstance(mark, Multi)
        for polygon in mark.polygons
    ]
    assert drops and all(x0 < drop[:, 0].mean() < x1 for drop in drops)
    assert down(ground, 0) + REACH > max(drop[:, 1].max() for drop in drops)
