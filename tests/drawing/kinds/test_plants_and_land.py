"""Plants, stones, hills and clouds: whatever the lot, the moment and the wind, they draw; and they grow in order."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import arc_length, points
from uncaged.engines.ink.display import (
    Clip,
    Dot,
    Drawing,
    Flat,
    Form,
    Manner,
    Mark,
    Multi,
    Stroke,
    Unclip,
    Union,
)
from uncaged.engines.ink.kinds import Figure, kinds
from uncaged.engines.ink.kinds.foliage import (
    BLADES,
    BREADTH,
    CLOUD_ARC,
    broadleaf,
    cloud_form,
    clump,
    foliage,
    frond,
    leaf_marks,
    pinnae,
    slivers,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import paint

PLANTS = ("tree", "palm", "fern", "flower", "cactus", "vine", "mushroom")
LAND = ("stone", "hill", "cloud")
FORMS = [(name, form) for name in PLANTS + LAND for form in kinds()[name].forms or ("",)]

moments = st.builds(
    Moment,
    t=st.floats(0, 1),
    seconds=st.floats(0.1, 120),
    grow=st.floats(0, 1),
    sway=st.floats(-5, 50) | st.sampled_from([0.0, -1e6, 1e6]),
    speed=st.floats(-3, 1e4),
)


def built(
    name: str, form: str = "", seed: object = 1, palette: str = "moss", fill: str = "plain"
) -> Figure:
    """A figure of a kind, in colours of its own."""
    colours = paint(Stream(f"{seed}/paint"), PALETTES[palette], None, fill, kind=name)
    return kinds()[name].build(Stream(f"{name}/{seed}"), colours, form)


def drawn(figure: Figure, moment: Moment, scale: float = 0.6, flip: bool = False) -> list[Mark]:
    """The marks of a figure at a moment."""
    palette = PALETTES["moss"]
    drawing = Drawing("s0.0", Manner(palette, palette.ink), scale, flip)
    figure(drawing, moment)
    return drawing.marks


def polygons(marks: list[Mark], clipped: bool = True) -> list[np.ndarray]:
    """Every polygon and line of the marks, with or without those that are cut by a clip."""
    found: list[np.ndarray] = []
    inside = False
    for mark in marks:
        inside = isinstance(mark, Clip) or (inside and not isinstance(mark, Unclip))
        if inside and not clipped:
            continue
        match mark:
            case Form() | Stroke() | Flat():
                found.append(mark.points)
            case Union() | Multi():
                found.extend(mark.polygons)
            case Dot():
                found.append(points((mark.x, mark.y)))
            case _:
                assert isinstance(mark, Clip | Unclip)
    return found


def same(first: list[Mark], second: list[Mark], within: float = 0.0) -> bool:
    """Whether two lists of marks show the same."""
    if [type(m) for m in first] != [type(m) for m in second]:
        return False
    a, b = polygons(first), polygons(second)
    return len(a) == len(b) and all(
        p.shape == q.shape and bool(np.all(abs(p - q) <= within)) for p, q in zip(a, b, strict=True)
    )


@pytest.mark.parametrize(("name", "form"), FORMS)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_every_form_draws_at_any_moment(name: str, form: str, data: st.DataObject) -> None:
    moment = data.draw(moments)
    palette = data.draw(st.sampled_from(sorted(PALETTES)))
    fill = data.draw(st.sampled_from(["plain", "hatched", "outlined"]))
    figure = built(name, form, data.draw(st.integers()), palette, fill)
    scale = data.draw(st.sampled_from([0.6, 0.02, 0.0, -1.0, 1e6]))
    marks = drawn(figure, moment, scale, data.draw(st.booleans()))
    for polygon in polygons(marks):
        assert polygon.ndim == 2 and polygon.shape[1] == 2
        assert np.isfinite(polygon).all()
    keys = [mark.key for mark in marks if isinstance(mark, Form | Union | Multi | Stroke)]
    assert len(keys) == len(set(keys)), "two marks of one name would share the pen's tremor"
    assert all(not key.removeprefix("s0.0.").isdigit() for key in keys), "every mark has a name"


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_same_stream_same_marks_whatever_was_asked_before(name: str, form: str) -> None:
    moment = Moment(0.37, grow=0.8, sway=1.3)
    first, second = built(name, form, "a"), built(name, form, "a")
    alone = drawn(first, moment)
    for t in (0.9, 0.1):
        drawn(second, Moment(t, grow=t))
    assert same(alone, drawn(second, moment))
    assert not same(drawn(built(name, form, "b"), moment), alone)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_film_loops(name: str, form: str) -> None:
    figure = built(name, form, "loop")
    start, end = (drawn(figure, Moment(t, seconds=5.0, sway=1.0)) for t in (0.0, 1.0))
    assert same(start, end, within=1e-6)


@pytest.mark.parametrize(("name", "form"), [row for row in FORMS if row[0] in PLANTS])
def test_a_plant_grows_from_nothing_and_never_back(name: str, form: str) -> None:
    figure = built(name, form, 2)
    steps = [drawn(figure, Moment(0.0, grow=g, sway=0.0)) for g in np.linspace(0, 1, 9)]
    assert not polygons(steps[0])
    tall = [-min((p[:, 1].min() for p in polygons(marks)), default=0.0) for marks in steps]
    many = [len(polygons(marks)) for marks in steps]
    assert all(b >= a - 0.07 for a, b in pairwise(tall)), tall  # overshoot
    assert tall[-1] > 1.1 * tall[2] > 0
    assert all(b >= a - 1 for a, b in pairwise(many)), many  # a bud may go
    assert many[-1] > many[0]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_stands_on_the_ground_and_is_about_as_tall_as_it_says(name: str, form: str) -> None:
    for seed in range(4):
        marks = drawn(built(name, form, seed), Moment(0.0, sway=0.0))
        all_points = np.concatenate(polygons(marks, clipped=False))
        (left, top), (right, foot) = all_points.min(0), all_points.max(0)
        if kinds()[name].domain == "ground":
            assert -0.01 <= foot <= 0.09
            assert -1.3 < top < -0.4
        assert right - left < 2 * kinds()[name].width + 0.25


@pytest.mark.parametrize("name", [name for name in PLANTS if name not in ("vine",)])
def test_only_the_wind_moves_a_plant(name: str) -> None:
    figure = built(name, "", "wind")
    calm = [drawn(figure, Moment(t, sway=0.0)) for t in (0.0, 0.31)]
    assert same(*calm)
    assert not same(drawn(figure, Moment(0.31, sway=1.0)), calm[0])


def test_the_tip_of_a_vine_searches_while_it_grows_and_comes_to_rest() -> None:
    figure = built("vine", "", 4)

    def tip(grow: float, t: float) -> np.ndarray:
        stem = drawn(figure, Moment(t, grow=grow, sway=0.0))[0]
        assert isinstance(stem, Form)
        return stem.points[stem.points[:, 1].argmin()]

    def wandering(grow: float) -> float:
        return max(abs(tip(grow, t)[0] - tip(grow, 0)[0]) for t in (0.25, 0.5, 0.75))

    assert wandering(0.5) > 0.1 > 0.04 > wandering(1.0)


def test_a_named_form_is_drawn_and_an_unknown_one_is_left_to_the_seed() -> None:
    moment = Moment(0.2)
    for name in ("tree", "flower", "cactus"):
        named = [drawn(built(name, form), moment) for form in kinds()[name].forms]
        assert not any(same(a, b) for a, b in combinations(named, 2))
        assert any(same(drawn(built(name, "of glass"), moment), marks) for marks in named)
        seeds = [drawn(built(name, "", seed), moment) for seed in range(12)]
        assert len({len(polygons(marks)) for marks in seeds}) > 3


def test_no_hill_is_a_cone_and_who_stands_on_it_has_ground_below() -> None:
    for seed in range(20):
        hill = drawn(built("hill", "", seed), Moment(0.0))[0]
        assert isinstance(hill, Form)
        skyline = hill.points[:-2]
        assert (np.diff(skyline[:, 0]) > -0.02).all()
        x = np.linspace(-0.55, 0.55, 23)
        y = np.interp(x, skyline[:, 0], skyline[:, 1])
        stands = kinds()["hill"].top[1] + 0.62 * np.maximum(0, abs(x) - 0.1)
        assert (y <= stands + 0.03).all()
        x = np.linspace(-0.75, 0.75, 31)
        y = np.interp(x, skyline[:, 0], skyline[:, 1])
        assert abs(y - y[::-1]).max() > 0.08, "one flank is not the mirror of the other"


def test_what_the_composition_knows_of_them() -> None:
    known = kinds()
    rows = [known[name] for name in PLANTS + LAND]
    assert all(kind.plant == (kind.name in PLANTS) for kind in rows)
    assert all(0.54 <= kind.at[0] <= 0.98 and 0.54 <= kind.at[1] <= 0.98 for kind in rows)
    assert {k.name: k.domain for k in rows if k.domain != "ground"} == {
        "hill": "land",
        "cloud": "sky",
    }
    own = {k.name: k.colour(PALETTES["candy"]) for k in rows if k.colour is not None}
    assert set(own) == {"mushroom", *LAND}
    assert own["mushroom"] == PALETTES["candy"].a
    for name in ("tree", "stone", "hill"):
        assert known[name].quiet == ("striped", "dotted")


def test_points_of_all_kinds_in_the_plane_keep_their_distance() -> None:
    for a, b in combinations(kinds().values(), 2):
        across, down = a.at[0] - b.at[0], a.at[1] - b.at[1]
        assert across * across + down * down >= 0.0599 * 0.0599, (a.name, b.name)


def test_birches_are_pale_except_as_silhouettes() -> None:
    colours = paint(Stream("p"), PALETTES["moss"], HUES["green"], kind="tree")
    moment = Moment(0.0)

    def bark(colours_now: object) -> object:
        figure = kinds()["tree"].build(Stream("b"), colours_now, "birch")  # pyright: ignore
        return next(mark.colour for mark in drawn(figure, moment) if isinstance(mark, Union))

    assert bark(colours) != colours.trunk
    assert bark(colours.silhouette()) == PALETTES["moss"].deep


def test_fronds_bend_and_their_leaflets_come_in_pairs() -> None:
    straight, bent = frond((1, 2), 0.0, 0.5, 0.0), frond((1, 2), 0.0, 0.5, 1.2)
    assert np.allclose(straight[0], (1, 2)) and np.allclose(straight[-1], (1, 1.5), atol=1e-3)
    assert arc_length(bent)[-1] == pytest.approx(0.5, abs=2e-3)
    assert bent[-1][0] > 1.1 > straight[-1][0]
    leaflets = pinnae(straight, 15, 0.1)
    assert len(leaflets) == 30 and all(p.shape == (6, 2) for p in leaflets)
    lengths = [float(np.sqrt(((p[3] - p[0]) ** 2).sum())) for p in leaflets]
    assert max(lengths[:15]) == pytest.approx(max(lengths[15:]), rel=0.3)
    assert lengths[4] > lengths[0] and lengths[4] > lengths[14]
    assert pinnae(straight, 0, 0.1) == []


@pytest.mark.parametrize("form", BLADES)
def test_a_broad_leaf_reaches_where_it_points(form: str) -> None:
    palette = PALETTES["candy"]
    drawing = Drawing("leaf", Manner(palette, palette.ink))
    blade = next(b for b in BLADES if b == form)
    tube = broadleaf(
        drawing, blade, 0, 0, 0.3, 0.5, 0.5 * BREADTH[blade], palette.a, palette.b, palette.c
    )
    assert np.allclose(tube.p[-1], (0.5 * 0.2955, -0.5 * 0.9553), atol=2e-3)
    assert isinstance(drawing.marks[0], Form) and drawing.marks[0].colour == palette.a
    assert all(np.isfinite(p).all() for p in polygons(drawing.marks))


def test_clumps_clouds_and_slivers() -> None:
    form = clump(Stream("c"), leaves=15)
    assert same_array(clump(Stream("c"), leaves=15).outline, form.outline)
    assert 0 < form.bright.sum() < 15
    palette = PALETTES["moss"]
    drawing = Drawing("bush", Manner(palette, palette.ink))
    foliage(drawing, form, 2, 3, 0.1, palette.mid, palette.far, palette.deep, key="k")
    bush = np.concatenate(polygons(drawing.marks))
    assert abs(bush - points(2, 3)).max() < 0.16
    marks = leaf_marks(points((0, 0), (5, 5)), points((0, 1), (1, 0)), 0.3)
    assert marks.shape == (2, 6, 2) and np.allclose(marks[0, [0, 3]], [(0, -1), (0, 1)])
    cloud = cloud_form(Stream("n"), 0.2, 0.1, 1.0, 0.3, 5)
    assert len(cloud) == 7 + 5 * CLOUD_ARC
    assert cloud[:, 1].max() < 0.1 + 0.04 and cloud[:, 1].min() < 0.1 - 0.2
    assert len(cloud_form(Stream("n"), 0, 0, 1, 0.3, 0)) == 7 + CLOUD_ARC
    thin = slivers(points((0, 0), (0, 0)), points((0, 1), (0, 0)), 0.2)
    assert np.allclose(thin[0], [(0.1, 0), (0, 1), (-0.1, 0)]) and np.isfinite(thin).all()


def same_array(first: np.ndarray, second: np.ndarray) -> bool:
    """Equal to the last bit."""
    return first.shape == second.shape and bool((first == second).all())
