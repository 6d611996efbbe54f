"""Parts of the hand: paths and their grid, the pen's error, grain and paper, patterns and hatching."""

from itertools import pairwise

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from uncaged.engines.ink.curves import Tube, circle
from uncaged.engines.ink.hand import paths
from uncaged.engines.ink.hand.grain import gradation, paper, print_on, ramp, tiles
from uncaged.engines.ink.hand.hatching import Shade, hatch
from uncaged.engines.ink.hand.lots import draws
from uncaged.engines.ink.hand.paths import FAR, each, on_grid, path, rings, tame, tamed
from uncaged.engines.ink.hand.patterns import across, pattern
from uncaged.engines.ink.hand.pen import Line, trace
from uncaged.engines.ink.hand.place import Place, turned


def test_both_ways_to_build_a_path_build_the_same_one() -> None:
    contours = [on_grid(circle(20, 20, 9)), *rings(np.array([[5, 5, 3.0], [9, 9, 2.0]]))]
    made = path(contours)
    called = paths._by_calls(contours)  # pyright: ignore[reportPrivateUsage]
    assert bytes(made.writeToMemory()) == bytes(called.writeToMemory())
    assert made.countVerbs() == sum(len(c) + 1 for c in each(contours))
    assert paths._build is paths._by_memory, "the fast way is not in use: has Skia changed?"  # pyright: ignore


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_is_tamed(x: float) -> None:
    assert -FAR <= tamed(x) <= FAR
    many = tame(np.array([[x, 1.0], [2.0, x]]))
    assert np.isfinite(many).all() and abs(many).max() <= FAR
    c, s = turned(x)
    assert abs(c * c + s * s - 1) < 1e-12


def test_the_grid_is_exact_in_32_bits() -> None:
    x = np.array([0.01, -29999.99, 123.456])
    assert (on_grid(x).astype(np.float64) * 64 % 1 == 0).all()
    assert abs(on_grid(x) - x).max() <= 1 / 128 + 1e-3 / 128


def test_places_nest() -> None:
    outer, inner = Place(2, 0, 0, 2, 10, 20), Place(0, 1, -1, 0, 1, 2)
    p = np.array([[3.0, 4.0], [0.0, 0.0]])
    assert np.allclose(outer.over(inner).of(p), outer.of(inner.of(p)))
    assert Place(-3, 0, 0, 3).unit == 3
    assert Place(-3, 0, 0, 3).towards((1, 0.5)) == (-1, 0.5)


def line(key: str = "k", **changes: float) -> Line:
    points = np.stack([np.linspace(10, 200, 12), np.full(12, 50.0)], 1)
    width, wobble = changes.get("width", 6.0), changes.get("wobble", 3.0)
    return Line(points, key, width, wobble, (0.3, 0.15), 0, changes.get("share", 1.0))


def test_the_pen_errs_by_name_and_never_far() -> None:
    one, again, other = (trace([line(key)], 256)[0] for key in ("a", "a", "b"))
    assert one is not None and again is not None and other is not None
    assert (one.contour == again.contour).all()
    assert one.contour.shape != other.contour.shape or (one.contour != other.contour).any()
    assert 0.5 < abs(one.centre[:, 1] - 50).max() <= 3.3
    still = trace([line(wobble=0.0)], 256)[0]
    assert still is not None and abs(still.centre[:, 1] - 50).max() < 1e-9


def test_a_line_is_drawn_the_same_alone_and_among_others() -> None:
    ring = Line(circle(60, 60, 30), "r", 5.0, 2.0, (0.1, 0.1), 1)
    alone = trace([ring], 256)[0]
    among = trace([line("x"), ring, line("y")], 256)[1]
    assert alone is not None and among is not None
    assert (alone.contour == among.contour).all()


def test_strokes_swell_and_thin() -> None:
    drawn = trace([line(wobble=0.0)], 256)[0]
    assert drawn is not None
    half = len(drawn.contour) // 2
    width = drawn.contour[half:, 1][::-1] - drawn.contour[:half, 1]
    assert abs(width[0]) < 1.5 < 4.5 < abs(width[half // 2]) and abs(width[-1]) < 1.5


def test_a_line_without_length_is_none_and_half_a_line_is_shorter() -> None:
    dot = Line(np.array([[5.0, 5.0]]), "d", 2.0, 1.0, (0.3, 0.15))
    whole, half, none = trace([line(), line(share=0.5), dot], 256)
    assert none is None and whole is not None and half is not None
    assert half.centre[-1, 0] < 0.6 * whole.centre[-1, 0]
    assert trace([], 256) == []


def test_grain_is_even_and_tiles() -> None:
    grain, wash = tiles()
    assert abs(np.sort(grain.ravel()) - np.arange(65536) / 65536).max() < 1e-9
    assert abs(grain[:, 0] - grain[:, -1]).mean() < 0.9 * abs(grain[:, 0] - grain[:, 128]).mean()
    assert abs(wash).max() == 1


def alpha(image: skia.Image) -> np.ndarray:
    return np.asarray(image.toarray(colorType=skia.kRGBA_8888_ColorType))[..., 3].astype(int)


def test_ramps_thicken_towards_the_shadow_and_are_kept() -> None:
    image = ramp(100, 60, (1.0, 0.0), 1.0, 256)
    seen = alpha(image)
    parts = [seen[:, a : a + 16].mean() for a in range(0, seen.shape[1] - 16, 16)]
    assert parts[0] < 5 and all(a <= b + 4 for a, b in pairwise(parts)) and parts[-1] > 60
    assert ramp(101, 59, (1.0, 0.0), 1.0, 256) is image
    assert alpha(ramp(100, 60, (0, 0), -3.0, 256)).mean() < 3


def test_a_gradation_goes_from_one_colour_to_the_other() -> None:
    image = gradation((80, 120), (200, 40, 40), (40, 40, 200), 20, 100, 80)
    seen = np.asarray(image.toarray())[..., :3].astype(float)
    assert image.width() == 80 and image.height() == 120
    ends = sorted([tuple(seen[2].mean(0).round()), tuple(seen[-2].mean(0).round())])
    assert abs(np.array(ends) - [(40, 40, 200), (200, 40, 40)]).max() < 8


@pytest.mark.parametrize(("width", "height"), [(64, 64), (7, 5), (513, 300)])
def test_paper_multiplies_in_whole_numbers(width: int, height: int) -> None:
    sheet = paper(width, height)
    frame = np.random.default_rng(1).integers(0, 256, (height, width, 4), dtype=np.uint8)
    expected = frame[..., :3].astype(np.uint32) * sheet[..., None] >> 8
    assert (print_on(sheet, frame) == expected).all()
    assert sheet.min() > 240 and sheet.max() <= 256


def test_patterns_follow_a_body() -> None:
    body = Tube([(0, 0), (50, 40), (100, 0)], [10, 14, 10], 20)
    for fill in ("striped", "hatched"):
        marks = pattern(fill, body.at, 120.0, 256, "k", 1.0)
        middle = marks.lines[:, marks.lines.shape[1] // 2]
        reach = np.sqrt(((middle[:, None] - body.p[None]) ** 2).sum(2)).min(1)
        assert reach.max() < 14 and len(marks.lines) >= 3
    dots = pattern("dotted", body.at, 120.0, 256, "k", 1.0)
    assert len(dots.discs) >= 15 and dots.contours()
    fewer = pattern("hatched", body.at, 120.0, 256, "k", 4.0)
    assert len(fewer.lines) < len(pattern("hatched", body.at, 120.0, 256, "k", 0.5).lines)
    assert len(pattern("plain", body.at, 120.0, 256, "k", 1.0).lines) == 0


def test_a_form_without_a_body_is_filled_along_its_longer_side() -> None:
    at, length = across(np.array([0.0, 0.0]), np.array([80.0, 20.0]))
    assert length == 80
    assert at(np.array([0.0, 1.0]), np.array([0.0, 0.0])).tolist() == [[0, 10], [80, 10]]


def test_hatching_lies_in_the_shadow_and_is_never_endless() -> None:
    shades = [
        Shade((0, 0, 100, 100), (0.0, 1.0), 0.5, "a"),
        Shade((0, 0, 100, 100), (0.0, 1.0), 1.0, "a"),
        Shade((-3e4, -3e4, 3e4, 3e4), (0.0, 0.0), 1.0, "b"),
        Shade((0, 0, 100, 100), (0.0, 1.0), 0.0, "c"),
    ]
    some, more, wide, none = hatch(shades, [1.0] * 4, 256)
    assert min(lines[..., 1].min() for lines in some.lines) > 60
    assert sum(map(len, some.lines)) < sum(map(len, more.lines))
    assert len(wide.lines[0]) <= 160 and not none.lines
    depths = some.lines[0][:, 2, 1]
    assert all(a < b for a, b in pairwise(depths))
    assert hatch([], [], 256) == []


def test_lots_belong_to_their_name() -> None:
    assert (draws("a", 9) == draws("a", 9)).all() and (draws("a", 9) != draws("b", 9)).any()
    many = draws("a", 10000)
    assert len(many) == 10000 and many.min() >= 0 and many.max() < 1
    assert abs(many.mean() - 0.5) < 0.03
