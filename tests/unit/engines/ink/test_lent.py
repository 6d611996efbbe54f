"""What a picture lends: colours on the ladder of lightness, horizon, and where something stands out."""

import hashlib
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from uncaged.engines.ink.colour import PALETTES, lightness, palette, to_lab
from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.lent import lend
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words import read

Pixels = NDArray[np.uint8]


def plain(rgb: tuple[int, int, int], height: int = 60, width: int = 80) -> Pixels:
    return np.full((height, width, 3), rgb, np.uint8)


def landscape() -> Pixels:
    """A pale sky over a brown land, a red spot low on the right."""
    pixels = plain((190, 215, 235), 120, 160)
    pixels[84:] = (120, 80, 50)
    pixels[66:100, 108:130] = (210, 30, 40)
    return pixels


@pytest.fixture
def bird() -> Scene:
    return read("a bird over a hill at dusk", 1).scene


def test_the_horizon_is_the_strongest_edge_across(bird: Scene) -> None:
    lent = lend(bird, landscape())
    assert lent.horizon == pytest.approx(84 / 120, abs=0.03)
    upright = np.ascontiguousarray(np.swapaxes(landscape(), 0, 1))
    assert lend(bird, upright).horizon != lent.horizon


def test_the_lead_goes_where_something_stands_out(bird: Scene) -> None:
    lead = lend(bird, landscape()).subjects[0]
    assert lead.across == pytest.approx(119 / 160 - 0.5, abs=0.03)
    assert 0.05 < lead.down <= 0.2
    mirrored = np.ascontiguousarray(landscape()[:, ::-1])
    assert lend(bird, mirrored).subjects[0].across == pytest.approx(-lead.across, abs=0.02)


def test_who_sits_on_something_stays_there() -> None:
    riding = read("a horse on a hill", 1).scene
    assert lend(riding, landscape()).subjects == riding.subjects
    standing = lend(read("a fox", 1).scene, landscape()).subjects[0]
    assert abs(standing.down) <= 0.04 < standing.across


def test_its_strong_colours_become_accents(bird: Scene) -> None:
    lent = lend(bird, landscape())
    red = to_lab((210, 30, 40))
    assert sum((x - y) ** 2 for x, y in zip(lent.colours["a"], red, strict=True)) < 0.02
    top = lent.colours["top"]
    assert top[0] > 0.7 and top[2] < 0  # a pale blue


def test_dark_pictures_are_night_and_pale_ones_are_not(bird: Scene) -> None:
    assert PALETTES[lend(bird, plain((20, 24, 50))).palette].night
    assert not PALETTES[lend(bird, landscape()).palette].night
    inked = read("a bird, ink on paper", 1).scene
    assert lend(inked, plain((20, 24, 50))).palette == "ink-on-paper"


@given(
    st.integers(1, 70),
    st.integers(1, 70),
    st.sampled_from(["dusk", "night", "dawn", "ink on paper", "negative", "candy"]),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=40, deadline=None)
def test_any_picture_keeps_the_ladder(height: int, width: int, light: str, seed: int) -> None:
    before = read(f"a fox, {light}", 1).scene
    draw = np.random.default_rng(seed)
    pixels = draw.integers(0, 256, (height, width, 3)).astype(np.uint8) // draw.integers(1, 9)
    lent = lend(before, pixels.astype(np.uint8))
    assert lent == lend(before, pixels.astype(np.uint8))
    assert scene(genome(lent)) == lent
    assert 0.3 <= lent.horizon <= 0.85
    base, own = PALETTES[lent.palette], palette(lent.palette, lent.colours)
    for upper, lower in pairwise(("low", "far", "mid", "near", "deep")):
        step = lightness(base.role(upper)) - lightness(base.role(lower))
        own_step = lightness(own.role(upper)) - lightness(own.role(lower))
        assert own_step * (1 if step > 0 else -1) > -0.01
    assert abs(lightness(own.ink) - lightness(own.light)) > 0.45 or base.negative


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1), (3, 2), (900, 1300)])
def test_plain_pictures_lend_their_colour_and_move_nothing(
    bird: Scene, shape: tuple[int, int]
) -> None:
    lent = lend(bird, plain((200, 120, 60), *shape))
    assert lent.horizon == bird.horizon and lent.subjects == bird.subjects
    assert all(lab[2] > 0.01 for role, lab in lent.colours.items() if role not in "abc")


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((4, 4, 3), np.float64),
    ],
)
def test_anything_else_is_no_picture(bird: Scene, wrong: Pixels) -> None:
    with pytest.raises(ValueError, match="array of bytes"):
        lend(bird, wrong)


def test_the_same_picture_lends_the_same_everywhere(bird: Scene) -> None:
    y, x = np.mgrid[0:200, 0:300]
    pixels = np.stack([x * y % 251, (x + y) % 256, (3 * x - y) % 241], -1).astype(np.uint8)
    lent = lend(bird.evolve(horizon=0.66), pixels)
    numbers = sorted((role, *(round(v * 1000) for v in lab)) for role, lab in lent.colours.items())
    text = repr(
        (numbers, lent.horizon, lent.palette, lent.subjects[0].across, lent.subjects[0].down)
    )
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "ddb6fa2c6f433bd5"
