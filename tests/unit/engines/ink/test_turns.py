"""Lots by turns, and the airs of palettes: what seeds beside each other share, and what stays itself."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.engines.ink.airs import AIRS, air, airs
from uncaged.engines.ink.colour import PALETTES, lightness, palette
from uncaged.engines.ink.turns import Turns

PALETTES_OF_DAY = ("dawn", "rust", "candy", "gold", "moss", "sea", "ash")


@given(st.text(max_size=20), st.integers(0, 2**53 - 1), st.integers(3, 9))
def test_neighbours_on_a_sheet_differ(text: str, seed: int, choices: int) -> None:
    some = range(choices)
    here = Turns(text, seed).pick("palette", some)
    assert here != Turns(text, seed + 1).pick("palette", some)
    assert here != Turns(text, seed + 8).pick("palette", some)
    assert 0 <= Turns(text, seed).share("anything else") < 1


@pytest.mark.parametrize("name", ["palette", "air", "horizon", "disc", "scheme", "side", "other"])
def test_everything_comes_equally_often(name: str) -> None:
    found = Counter(Turns("a cat", seed).pick(name, range(5)) for seed in range(500))
    assert all(85 <= found[k] <= 115 for k in range(5))


def test_another_text_begins_elsewhere() -> None:
    starts = {Turns(text, 1).pick("palette", PALETTES_OF_DAY) for text in "abcdefghijklmnop"}
    assert len(starts) >= 5


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_an_air_keeps_the_time_of_day_and_what_is_drawn_on_it_legible(name: str) -> None:
    plain, found = PALETTES[name], airs(name)
    assert "plain" in found and (len(found) >= 4 or plain.pen)
    for one in found:
        changed = palette(name, air(name, one))
        night = [(lightness(p.top) + lightness(p.low)) / 2 < 0.42 for p in (plain, changed)]
        assert night[0] == night[1], one
        assert changed.ink == plain.ink and changed.light == plain.light
        assert min(lightness(changed.far), lightness(changed.mid)) > lightness(changed.deep)


def test_airs_differ_and_half_of_one_lies_between() -> None:
    assert len({tuple(air("dawn", name).items()) for name in AIRS}) == len(AIRS)
    whole, half = air("dawn", "pale")["top"][0], air("dawn", "pale", 0.5)["top"][0]
    assert lightness(PALETTES["dawn"].top) < half < whole
    assert air("dawn", "pale", 0.0)["mid"][0] == pytest.approx(
        lightness(PALETTES["dawn"].mid), abs=0.005
    )


def test_shares_step_round() -> None:
    shares = [Turns("x", seed).share("palette") for seed in range(40)]
    steps = [(b - a) % 1 for a, b in pairwise(shares)]
    assert max(steps) - min(steps) < 1e-6
