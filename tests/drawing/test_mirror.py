"""The frame that mirrors itself: exact to the pixel, the lead kept, more panes the farther the dial goes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uncaged.engines.ink.mirror import folds, mirrored, mirrored_lines
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Dials
from uncaged.engines.ink.stage import Stage
from uncaged.engines.ink.strokes import strokes

Make = Callable[..., Stage]


def test_none_is_none(small_stage: Make) -> None:
    assert folds(small_stage()) is None


def test_one_is_left_and_right_two_is_up_and_down_as_well(small_stage: Make) -> None:
    pixels = np.random.RandomState(1).randint(0, 255, (54, 72, 3)).astype(np.uint8)
    once = folds(small_stage(dials=Dials(symmetry=1.0)))
    assert once is not None and once.down is None
    one = mirrored(pixels, once)
    assert (one == one[:, ::-1]).all() and (one != one[::-1]).any()
    twice = folds(small_stage(dials=Dials(symmetry=2.0)))
    assert twice is not None
    both = mirrored(pixels, twice)
    assert (both == both[:, ::-1]).all() and (both == both[::-1]).all()


@pytest.mark.parametrize("dial", [0.3, 1.0, 1.6, 3.0, 4.4, 1e300, -1.0, -2.5, float("inf")])
def test_every_pixel_is_one_of_the_pane(dial: float, small_stage: Make) -> None:
    how = folds(small_stage(dials=Dials(symmetry=dial)))
    assert how is not None
    number = np.arange(54 * 72).reshape(54, 72).astype(np.uint32)
    shown = mirrored(number.view(np.uint8).reshape(54, 72, 4), how).view(np.uint32)[..., 0]
    share = len(np.unique(shown)) / number.size
    panes = [fold.pane if fold else 1.0 for fold in (how.across, how.down)]
    assert share == pytest.approx(panes[0] * panes[1], rel=0.1) and min(panes) > 0.1


def test_the_lead_stays_in_the_picture(small_stage: Make) -> None:
    for x in (0.2, 1.1):
        stage = small_stage(dials=Dials(symmetry=1.0), motion="still")
        placed = tuple(
            replace(p, what=replace(p.what, x=x)) if p.name == "s1.0" else p  # pyright: ignore
            for p in stage.placed
        )
        stage = replace(stage, placed=placed)
        how = folds(stage)
        assert how is not None and how.across is not None
        assert how.across.begins <= x / stage.film.across <= how.across.begins + how.across.pane


def test_a_mirrored_frame_differs_and_is_printed_on_whole_paper(small_stage: Make) -> None:
    plain, folded = small_stage(), small_stage(dials=Dials(symmetry=1.0))
    assert (Picture(plain).frame(3) != Picture(folded).frame(3)).any()


def test_lines_are_mirrored_with_the_frame(small_stage: Make) -> None:
    plot = strokes(small_stage(dials=Dials(symmetry=2.0)), 0.3)
    p = np.concatenate([s.points for s in plot])
    assert len(plot) > 8 and p.min() >= -1e-9
    for axis, whole in ((0, plot.across), (1, plot.down)):
        assert p[:, axis].max() <= whole + 1e-9
        turned = np.sort(np.round(whole - p[:, axis], 6))
        assert np.allclose(np.sort(np.round(p[:, axis], 6)), turned, atol=0.02)


def test_a_line_is_cut_at_the_pane(small_stage: Make) -> None:
    how = folds(small_stage(dials=Dials(symmetry=1.0)))
    assert how is not None and how.across is not None
    low = how.across.begins * 4 / 3
    line = np.array([(low - 1.0, 0.5), (low + 2.0, 0.5)])
    found = list(mirrored_lines(line, how, 4 / 3, 1.0))
    assert len(found) == 2
    assert sum(abs(float(q[-1, 0] - q[0, 0])) for q in found) == pytest.approx(4 / 3)
