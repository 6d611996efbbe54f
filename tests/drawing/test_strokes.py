"""Strokes for a plotter: on the sheet, hidden lines gone, valid SVG, the same text again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import uncaged.engines.ink.hidden as hidden
import uncaged.engines.ink.strokes as module
from uncaged.engines.ink.curves import arc_length, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.hand.paths import on_grid
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.hand.steps import Fill
from uncaged.engines.ink.hidden import Board, Line, Part
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.panels import panels
from uncaged.engines.ink.plot import together
from uncaged.engines.ink.scene import Camera, Dials, Scene, Subject
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Film, Placed, Stage
from uncaged.engines.ink.staging import staged
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


# ---- however much there is ---------------------------------------------------------------------


def plot_of(scene: Scene, size: tuple[int, int] = (96, 64)) -> Plot:
    """The plot of a whole frame, as the engine puts it together from its pictures."""
    film = Film(*size, 2.0, 24.0, 48)
    sheet = panels(scene, film)
    share = 1 / len(sheet)
    return together(
        [(p.left, p.top, p.film.side, strokes(staged(p.scene, p.film), 0.4, share)) for p in sheet],
        *size,
    )


def well_formed(plot: Plot) -> str:
    """The text of the plot, which an XML reader reads, every number of which is finite and on the sheet."""
    text = svg(plot, 200)
    root = ElementTree.fromstring(text)
    width, height = (float((root.get(k) or "0mm")[:-2]) for k in ("width", "height"))
    lines = [line for group in root.findall(f"{SVG}g") for line in group]
    assert len(lines) == len(plot)
    for line in lines:
        p = np.array([pair.split(",") for pair in line.get("d", "")[1:].split(" L")], np.float64)
        assert len(p) >= 2 and np.isfinite(p).all() and p.min() >= 0
        assert p[:, 0].max() <= width + 0.01 and p[:, 1].max() <= height + 0.01
    return text


def many(count: float, **dials: float) -> Scene:
    subjects = (
        Subject("s1", "fox", 1, count=count, motion="walk"),
        Subject("s2", "fish", 2, count=2),
    )
    return Scene(subjects, "paper", "dawn", 3, dials=Dials(**dials))


@pytest.mark.parametrize("count", [100.0, -3.0])
def test_a_crowd_and_its_holes_are_plotted(count: float) -> None:
    text = well_formed(plot_of(many(count)))
    assert "too much" not in text


@pytest.mark.parametrize("scheme", ["page", "diptych"])
def test_pages_are_plotted(scheme: str) -> None:
    plot = plot_of(many(3).evolve(scheme=scheme), (360, 240))
    well_formed(plot)
    assert len(plot) > 100
    p = np.concatenate([s.points for s in plot])
    assert p[:, 0].max() > 1.2 and p[:, 0].min() < 0.2, "over the whole sheet"


FAR_OUT = {
    "copies in shards": {"repetition": 1e6, "fragments": 1e6},
    "a hungry pen": {"hunger": 1e300, "density": 1e300},
    "a wild pen": {"wobble": -1e300, "line": 1e300, "offset": 1e6, "proportion": -1e6},
    "mirrors": {"symmetry": 1e300, "emptiness": -1e300, "inversion": 1e300},
}


@pytest.mark.parametrize("name", FAR_OUT)
def test_what_a_plot_takes_is_bounded_however_far_a_dial_goes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts, not times: lines that are looked at, pixels they are looked at in, drawings that are made."""
    most, longest, few = 3000, 60_000, 12
    lines, looks, drawings = [0], [0], [0]

    class Counted(Board):
        def seen(self) -> Iterator[tuple[Line, Array]]:
            lines[0] += len(self.lines)
            return super().seen()

    def looked(self: Board, run: Sequence[Line], samples: hidden.Samples) -> NDArray[np.bool_]:
        looks[0] += len(samples.at)
        return shown(self, run, samples)

    def drawn(*of: Any) -> Drawing:
        drawings[0] += 1
        return made(*of)

    shown, made = Board._shown, module.shown_drawing  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(module, "MOST_WORK", most)
    monkeypatch.setattr(module, "MOST_DRAWINGS", few)
    monkeypatch.setattr(hidden, "LONGEST", longest)
    monkeypatch.setattr(module, "Board", Counted)
    monkeypatch.setattr(Board, "_shown", looked)
    monkeypatch.setattr(module, "shown_drawing", drawn)
    plot = plot_of(many(9, **FAR_OUT[name]).evolve(echo=1e6))
    well_formed(plot)
    assert len(plot) > 30
    assert 0 < lines[0] <= most
    assert 0 < looks[0] <= longest + 26 * most, "and each line's own points"
    assert drawings[0] <= few


def test_the_plot_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plot_of(many(5, repetition=2.0))
    assert not whole.left_out
    said: list[tuple[str, ...]] = []
    for most in (2000, 1000, 500):
        monkeypatch.setattr(module, "MOST_WORK", most)
        plot = plot_of(many(5, repetition=2.0))
        said.append(plot.left_out)
        text = well_formed(plot)
        assert all(name in text for name in plot.left_out)
        assert len(plot) < len(whole)
    assert said[0][:1] == ("shadow",) and len(said[-1]) == 3
    assert [len(names) for names in said] == sorted(len(names) for names in said)


def test_earlier_drawings_are_the_first_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = many(2).evolve(echo=1.0)
    whole = plot_of(scene)
    monkeypatch.setattr(module, "MOST_DRAWINGS", 5)
    plot = plot_of(scene)
    assert plot.left_out == ("earlier drawings",) and 0 < len(plot) < len(whole)


WILD = st.sampled_from([0.0, -1.0, 3.0, 1e3, -1e6, 1e12, 1e308, -1e308])


@settings(max_examples=4, deadline=None)
@given(dials=st.dictionaries(st.sampled_from(sorted(Dials.__slots__)), WILD), count=WILD, echo=WILD)
def test_any_scene_has_a_plot(dials: dict[str, float], count: float, echo: float) -> None:
    scene = many(min(count, 2.0), **dials).evolve(echo=echo)
    well_formed(plot_of(scene, (64, 48)))


def test_a_line_far_beyond_the_sheet_costs_no_more_than_the_sheet(small_stage: Make) -> None:
    far = np.stack([np.linspace(-1e4, 1e4, 400), np.tile([-1e4, 1e4], 200)], 1)
    board = Board(1024, 768, small_stage().palette)
    board.lines = [Line(far + 0.5, 1.0, (0, 0, 0), 1, ())] * 40
    looks = sum(run.pixels for run in [hidden.Run(board.lines, (1024, 768))])
    assert looks < 40 * 400 * 768
    pieces = [piece for _, piece in board.seen()]
    assert pieces and all(piece.min() >= 0 and piece[:, 0].max() <= 1024 for piece in pieces)
    assert len(pieces) >= 40 * 15, "each time it crosses the sheet"


@pytest.mark.parametrize("turn", [0.0, 0.7, 2.9])
def test_a_line_that_is_partly_covered_is_cut_where_it_is(turn: float, small_stage: Make) -> None:
    """A square over a straight line: what is left ends at its edges, to the pixel, whatever its own points."""
    board = Board(400, 400, small_stage().palette)
    c, s = float(np.cos(turn)), float(np.sin(turn))
    line = np.array([(200 - 150 * c, 200 - 150 * s), (200 + 150 * c, 200 + 150 * s)])
    board.lines = [Line(line, 1.0, (0, 0, 0), 0, ())]
    disc = on_grid(circle(200, 200, 60, count=200))
    board.add([Part(Fill([disc], (200, 90, 60)), ())], Place(), 255)
    pieces = [piece for _, piece in board.seen()]
    assert len(pieces) == 2
    for piece in pieces:
        away = np.sqrt(((piece - 200) ** 2).sum(1))
        assert abs(away.min() - 60) < 1.6 and abs(away.max() - 150) < 1e-6
