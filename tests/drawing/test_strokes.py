"""Strokes for a plotter: on the sheet, hidden lines gone, valid SVG, the same text again."""

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from uncaged.engines.ink.curves import arc_length, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.scene import Camera
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Placed, Stage
from uncaged.engines.ink.strokes import Plot, strokes, svg

Make = Callable[..., Stage]
SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"


def only(stage: Stage, draw: Callable[[Drawing], None]) -> Stage:
    """The stage with one layer alone."""

    def layer(d: Drawing, _: Moment) -> None:
        draw(d)

    return replace(stage, placed=(Placed(1.0, Layer("only", 1.0, "still", layer)),))


def inside(plot: Plot, left: float, top: float, right: float, bottom: float) -> int:
    """How many points of all lines lie well inside a box."""
    p = np.concatenate([s.points for s in plot])
    return int(((p[:, 0] > left) & (p[:, 0] < right) & (p[:, 1] > top) & (p[:, 1] < bottom)).sum())


def test_a_square_hides_the_line_behind_it(small_stage: Make) -> None:
    def draw(d: Drawing, square: bool) -> None:
        wave = np.linspace(0.1, 0.9, 60)
        d.stroke(np.stack([wave, 0.5 + 0.02 * np.tile([1, -1], 30)], 1), wobble=0.0)
        if square:
            box = points((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))
            d.form(box, (200, 90, 60), line=1.0, shade=0.0)

    stage = small_stage()
    free = strokes(only(stage, lambda d: draw(d, False)), 0.0)
    hidden = strokes(only(stage, lambda d: draw(d, True)), 0.0)
    assert inside(free, 0.34, 0.4, 0.66, 0.6) > 15
    assert inside(hidden, 0.34, 0.4, 0.66, 0.6) == 0
    assert len(free) == 1 and len(hidden) == 3


def test_what_is_faint_hides_nothing_and_clips_cut(small_stage: Make) -> None:
    def faint(d: Drawing) -> None:
        d.stroke(points((0.1, 0.5), (0.9, 0.5)), wobble=0.0)
        d.flat(circle(0.5, 0.5, 0.2), (200, 90, 60), 50)

    def cut(d: Drawing) -> None:
        d.clip(circle(0.5, 0.5, 0.2))
        d.stroke(points((0.1, 0.5), (0.9, 0.5)), wobble=0.0)
        d.unclip()
        d.stroke(points((0.1, 0.9), (0.9, 0.9)), wobble=0.0)

    stage = small_stage()
    assert [len(strokes(only(stage, draw), 0.0)) for draw in (faint, cut)] == [1, 2]
    short, long = (arc_length(s.points)[-1] for s in strokes(only(stage, cut), 0.0))
    assert 0.36 < short < 0.42 and 0.78 < long < 0.82


def test_drawing_order_is_kept_and_forms_without_contour_get_one(small_stage: Make) -> None:
    def draw(d: Drawing) -> None:
        d.stroke(points((0.1, 0.1), (0.4, 0.1)))
        d.flat(circle(0.5, 0.5, 0.2), (200, 90, 60))
        d.dot(0.9, 0.9, 0.05, (10, 10, 10))
        d.stroke(points((0.1, 0.9), (0.4, 0.9)))

    plot = strokes(only(small_stage(), draw), 0.0)
    heights = [float(s.points[:, 1].mean()) for s in plot]
    assert len(plot) == 4 and np.allclose(heights, [0.1, 0.5, 0.9, 0.9], atol=0.03)
    ring = plot.strokes[1].points
    assert abs(ring[0] - ring[-1]).max() < 0.01


def test_grain_becomes_hatching_inside_its_form(small_stage: Make) -> None:
    def draw(d: Drawing) -> None:
        d.form(circle(0.5, 0.5, 0.3), (200, 90, 60), shade=1.2, line=0.0)

    plot = strokes(only(small_stage(), draw), 0.0)
    assert len(plot) > 6
    p = np.concatenate([s.points for s in plot]) - 0.5
    assert np.sqrt((p * p).sum(1)).max() < 0.31


@pytest.mark.parametrize("palette", ["dawn", "ink-on-paper"])
@pytest.mark.parametrize("size", [(72, 54), (54, 128)])
def test_a_whole_stage_stays_on_the_sheet(
    palette: str, size: tuple[int, int], small_stage: Make
) -> None:
    stage = small_stage(*size, palette=palette, camera=Camera(pan=1.0), echo=1.0)
    plot = strokes(stage, 0.5)
    assert len(plot) > 10
    across, down = size[0] / min(size), size[1] / min(size)
    for stroke in plot:
        assert len(stroke.points) >= 2 and stroke.width > 0 and stroke.layer in plot.pens
        assert stroke.points.min() >= 0
        assert stroke.points[:, 0].max() <= across + 1e-6
        assert stroke.points[:, 1].max() <= down + 1e-6


def test_the_svg_is_valid_and_always_the_same(small_stage: Make) -> None:
    stage = small_stage(echo=1.0)
    text = svg(strokes(stage, 0.4), 200, "<a & b>")
    assert text == svg(strokes(stage, 0.4), 200, "<a & b>")
    assert text != svg(strokes(stage, 0.0), 200, "<a & b>")
    root = ElementTree.fromstring(text)
    assert root.get("width") == "200mm" and root.get("height") == "150mm"
    assert root.get("viewBox") == "0 0 200 150"
    assert root.findtext(f"{SVG}title") == "<a & b>" and root.findtext(f"{SVG}desc")
    groups = root.findall(f"{SVG}g")
    assert len(groups) == len({g.get(f"{INKSCAPE}label") for g in groups}) > 1
    for group in groups:
        assert group.get(f"{INKSCAPE}groupmode") == "layer" and group.get("fill") == "none"
        for line in group:
            assert float(line.get("stroke-width", "0")) > 0
            pairs = line.get("d", "")[1:].split(" L")
            p = np.array([[float(x) for x in pair.split(",")] for pair in pairs])
            assert len(p) >= 2 and p.min() >= 0
            assert p[:, 0].max() <= 200 and p[:, 1].max() <= 150


def test_the_plot_does_not_depend_on_the_films_size(small_stage: Make) -> None:
    small, large = (strokes(small_stage(w, h), 0.3) for w, h in ((72, 54), (288, 216)))
    assert len(small) == len(large)
    for one, other in zip(small, large, strict=True):
        assert np.allclose(one.points[0], other.points[0], atol=0.02)


def test_an_empty_sheet_is_a_sheet(small_stage: Make) -> None:
    plot = strokes(only(small_stage(), lambda d: None), 0.0)
    assert len(plot) == 0
    assert ElementTree.fromstring(svg(plot)).get("width") == "277mm"


@pytest.mark.parametrize(
    "title", ["a\x00bird\x1b[31m", "\ud800 fish", "\ufffe\uffff", '<b> & "c" ☂ \U0001f41f']
)
def test_the_svg_is_well_formed_whatever_the_title(title: str) -> None:
    text = svg(Plot(1.0, 1.0, {}, ()), title=title)
    said = ElementTree.fromstring(text.encode("utf-8"))[0].text
    kept = "".join(c for c in title if c.isprintable() and c not in "\ufffe\uffff\ud800").strip()
    assert said == (kept or "A drawing")
