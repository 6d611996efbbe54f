"""People, lights of the sky, abstract forms, buildings and the boat: they always draw, and it holds together."""

from typing import Any

import numpy as np
import pytest
from built import colours, draw, numbers, part
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.display import Drawing, Flat, Form, Manner
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.kinds.dancer import POSES
from uncaged.engines.ink.kinds.face import lids
from uncaged.engines.ink.kinds.mitten import mitten
from uncaged.engines.ink.kinds.person import STANCE
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream

NAMES = "blob boat dancer head house moon person spiral star sun tower".split()


moments = st.builds(
    Moment,
    t=st.floats(0, 1),
    seconds=st.floats(0.1, 120),
    grow=st.floats(0, 1),
    sway=st.floats(-5, 50),
    act=st.sampled_from(("still", "walk", "dance", "spin")),
    speed=st.sampled_from((0.0, 0.3, 1.0, 40.0, -3.0, 1e6)),
    stride=st.floats(0, 3),
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=14, deadline=None)
@given(
    moment=moments,
    seed=st.integers(0, 2**53 - 1),
    form=st.integers(0, 9),
    palette=st.sampled_from(sorted(PALETTES)),
    fill=st.sampled_from(("plain", "hatched", "dotted", "striped", "outlined")),
    extra=st.booleans(),
    scale=st.sampled_from((1e-6, 0.05, 0.6, 40.0)),
)
def test_always_draws_finite_points(
    name: str,
    moment: Moment,
    seed: int,
    form: int,
    palette: str,
    fill: str,
    extra: bool,
    scale: float,
):
    forms = ("", *kinds()[name].forms, "no such form")
    dress = colours(palette, fill=fill, umbrella=extra, wears=extra)
    if extra:
        dress = dress.silhouette()
    drawing = draw(name, moment, forms[form % len(forms)], seed, dress, scale, extra)
    assert drawing.marks
    found = numbers(drawing.marks)
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 300
    for mark in drawing.marks:
        if isinstance(mark, Form):
            assert mark.points.ndim == 2 and mark.points.shape[1] == 2 and len(mark.points) >= 3
            assert 0 <= mark.alpha <= 255 and isinstance(mark.alpha, int)


@pytest.mark.parametrize("name", NAMES)
def test_same_stream_same_marks_whatever_was_drawn_before(name: str):
    moment = Moment(0.37, 6.0, act="walk")
    dress = colours()
    figure = kinds()[name].build(Stream("a"), dress, "")
    results: list[np.ndarray] = []
    for t in (0.9, 0.37):
        drawing = Drawing("k", Manner(dress.palette, dress.palette.ink), 0.6)
        figure(drawing, Moment(t, 6.0, act="walk"))
        results.append(numbers(drawing.marks))
    again = Drawing("k", Manner(dress.palette, dress.palette.ink), 0.6)
    kinds()[name].build(Stream("a"), dress, "")(again, moment)
    assert np.array_equal(results[1], numbers(again.marks))


@pytest.mark.parametrize("name", NAMES)
def test_moves_with_time_and_differs_by_seed(name: str):
    def shapes(t: float, seed: int) -> list[bytes]:
        drawing = draw(name, Moment(t, 4.0), seed=seed)
        solid = [m for m in drawing.marks if isinstance(m, Form | Flat)]
        return sorted(np.round(m.points, 9).tobytes() for m in solid)

    assert any(shapes(0.1, seed) != shapes(0.3, seed) for seed in range(8)), "never moves"
    assert len({tuple(shapes(0.1, seed)) for seed in range(6)}) >= 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("act", ["still", "walk", "dance", "spin"])
def test_film_ends_where_it_began(name: str, act: Any):
    def places(t: float) -> np.ndarray:
        drawing = draw(name, Moment(t, 4.0, act=act), seed=3)
        middles = [
            np.round([*m.points.mean(0), *np.ptp(m.points, 0)], 4)
            for m in drawing.marks
            if isinstance(m, Form) and m.alpha > 4
        ]
        return np.array(sorted(middles, key=lambda m: tuple(np.round(m, 2))))

    assert np.allclose(places(0.0), places(1.0), atol=0.004)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_a_drawing_of_its_own(name: str):
    forms = kinds()[name].forms
    drawn = {f: numbers(draw(name, Moment(0.2), f, 5).marks).tobytes() for f in forms}
    assert len(set(drawn.values())) == len(forms)


@pytest.mark.parametrize("stride", [0.35, 0.7, 1.0])
@pytest.mark.parametrize("foot", ["near", "far"])
@pytest.mark.parametrize("form", ["coat", "dress", "shirt"])
def test_walking_feet_do_not_slide(stride: float, foot: str, form: str):
    kind, seconds = kinds()["person"], 2.0
    lag = 0.5 if foot == "far" else 0.0
    places: list[float] = []
    soles: list[float] = []
    for phase in np.linspace(0.1, STANCE - 0.02, 12):
        t = ((phase - lag) % 1) / seconds
        shoe = part(
            draw("person", Moment(t, seconds, act="walk", stride=stride), form, 2).marks,
            f"shoe-{foot}",
        )
        places.append(shoe[:, 0].max() + kind.gait * stride * phase)
        soles.append(shoe[:, 1].max())
    early = [
        x
        for x, phase in zip(places, np.linspace(0.1, STANCE - 0.02, 12), strict=True)
        if phase < 0.33
    ]
    assert max(early) - min(early) < 1e-6, "slides while the whole foot is down"
    assert max(places) - min(places) < 0.02, "slides while the heel comes up"
    assert all(abs(y) < 0.02 for y in soles), "hangs over the ground or sinks into it"


def test_standing_feet_stand():
    for seed in range(6):
        drawing = draw("person", Moment(0.3), seed=seed)
        for foot in ("near", "far"):
            assert abs(part(drawing.marks, f"shoe-{foot}")[:, 1].max()) < 0.012


def test_arms_swing_against_the_legs():
    for phase in (0.0, 0.5):
        drawing = draw("person", Moment(phase / 2, 2.0, act="walk"), "shirt", 2)
        middle = part(drawing.marks, "garment").mean(0)[0]
        shoe, hand = (
            part(drawing.marks, "shoe-near").mean(0)[0],
            part(drawing.marks, "hand-near").mean(0)[0],
        )
        assert (shoe > middle) != (hand > middle)


def test_umbrella_and_scarf_are_the_compositions_gift():
    def keys(name: str, **changes: Any) -> set[str]:
        drawing = draw(name, Moment(0.2), "bob" if name == "head" else "", 4, colours(**changes))
        return {m.key for m in drawing.marks if isinstance(m, Form)}

    assert "s1.0.umbrella" in keys("person", umbrella=True)
    assert "s1.0.umbrella" not in keys("person")
    worn = draw("head", Moment(0.2), "bob", 4, colours(wears=True))
    bare = draw("head", Moment(0.2), "bob", 4)
    accent = colours().accent
    tops = [
        [m.colour for m in d.marks if isinstance(m, Form) and m.key.endswith("front")]
        for d in (worn, bare)
    ]
    assert tops[0] == [accent] and tops[1] != [accent]


def test_no_two_heads_are_of_one_type():
    skulls = [part(draw("head", Moment(0.2), seed=seed).marks, "skull") for seed in range(16)]
    lips = [part(draw("head", Moment(0.2), seed=seed).marks, "lips") for seed in range(16)]
    length = [float(s[:, 1].max()) for s in skulls]
    jaw = [float(np.ptp(s[(s[:, 1] > -0.42) & (s[:, 1] < -0.36), 0])) for s in skulls]
    assert max(length) - min(length) > 0.02
    assert max(jaw) - min(jaw) > 0.03
    assert max(np.ptp(x[:, 0]) for x in lips) > 1.3 * min(np.ptp(x[:, 0]) for x in lips)


def test_light_is_mirrored_with_the_figure():
    for name, key in (("head", "skull"), ("house", "wall"), ("tower", "wall")):
        form = "castle" if name == "tower" else ""
        sides: list[float] = []
        for flip in (False, True):
            drawing = draw(name, Moment(0.2), form, 4, flip=flip)
            lit = [m for m in drawing.marks if isinstance(m, Form) and m.key.endswith(key)]
            assert lit[0].light is not None
            sides.append(lit[0].light[0])
        assert sides[0] == -sides[1] > 0


@pytest.mark.parametrize("t", np.linspace(0, 1, 9).tolist())
def test_dancer_stands_on_the_ground_or_leaps_over_it(t: float):
    for seed in range(5):
        drawing = draw("dancer", Moment(t, 2.0, act="dance"), seed=seed)
        low = max(part(drawing.marks, f"leg-{side}")[:, 1].max() for side in ("near", "far"))
        assert -max(p.lift for p in POSES) - 0.05 < low < 0.05


def test_blink_takes_a_quarter_of_a_second_in_any_film():
    for seconds in (2.0, 6.0, 120.0):
        times = np.linspace(0, 1, int(seconds * 100) + 1)[:-1]
        shut = sum(lids(Moment(t, seconds)) < 0.999 for t in times.tolist()) / 100
        blinks = max(1, int(0.25 * seconds + 0.5))
        assert shut / blinks == pytest.approx(0.25, abs=0.03)


def test_hand_has_its_thumb_where_it_is_asked():
    down = np.array([0.0, 1.0])
    left, right = mitten((0, 0), down, 1.0, 1), mitten((0, 0), down, 1.0, -1)
    assert left[:, 0].max() == pytest.approx(-right[:, 0].min())
    assert left[:, 0].max() > -left[:, 0].min() + 0.2
    assert left[:, 1].max() > mitten((0, 0), down, 1.0, 1, "fist")[:, 1].max()


def test_sun_moon_and_star_bring_their_own_colour():
    for name in ("sun", "moon", "star"):
        kind = kinds()[name]
        assert kind.colour is not None and kind.domain == "sky" and not kind.faces
        for palette in PALETTES.values():
            assert all(0 <= channel <= 255 for channel in kind.colour(palette))
    sun = kinds()["sun"].colour
    assert sun is not None and sun(PALETTES["night"]) == PALETTES["night"].a, "a blue sun at night"


def test_names_and_places_in_the_plane_are_unique():
    ours = [kinds()[name] for name in NAMES]
    assert [kind.name for kind in ours] == NAMES
    everybody: list[Kind] = list(kinds().values())
    for kind in ours:
        assert 0.54 <= kind.at[0] <= 0.98 and 0.02 <= kind.at[1] <= 0.48
        for other in everybody:
            if other is not kind:
                apart = (kind.at[0] - other.at[0]) ** 2 + (kind.at[1] - other.at[1]) ** 2
                assert apart >= 0.06**2 - 1e-9, f"{kind.name} and {other.name}"
