"""A person's own hands and palettes: tables of their word file, called by name, and kept in the position."""

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.words import Lexicon, read

MINE = Lexicon.from_toml(
    """
[hand.basement]
base = "chalk"
line = 2.0
palette = "coal"

[palette.coal]
top = "#101014"
low = "#2a2a33"
far = "#3a3a44"
mid = "#4a4a55"
near = "#5b5b66"
deep = "#08080a"
ink = "#060608"
light = "#f8f8f0"
a = "#d03020"
b = "#3090c0"
c = "#e0b030"
""",
    "mine.toml",
)


def test_ones_own_hand_draws_in_its_own_colours() -> None:
    drawn = read("a bird over a hill, basement", 1, [MINE]).scene
    assert drawn.hand == "chalk" and drawn.dials.line > 1 and drawn.colours
    assert scene(genome(drawn)) == drawn
    named = read("a bird over a hill, basement, at dusk", 1, [MINE]).scene
    assert named.hand == "chalk" and named.palette == "violet" and not named.colours


def test_ones_own_palette_alone() -> None:
    reading = read("a bird over a hill, coal", 1, [MINE])
    assert reading.scene.hand == "print" and reading.scene.colours
    assert reading.words["coal"]


def test_a_hand_brings_the_palette_it_likes() -> None:
    assert read("a bird, chalk drawing", 1).scene.hand in ("chalk", "print")
    drawn = read("a bird over a hill in chalk", 1)
    assert drawn.scene.hand == "chalk", drawn.words


def test_a_wrong_hand_is_said() -> None:
    with pytest.raises(AskedWrong, match="mine"):
        Lexicon.from_toml('[hand.mine]\nbase = "crayon"', "mine.toml")


def test_numbers_and_phrases_without_an_end_are_refused() -> None:
    for text in (
        "[hand.mine]\nline = 1" + "0" * 400,
        "[hand.mine]\nline = nan",
        f'"{"a " * 40}b" = "bird"',
    ):
        with pytest.raises(AskedWrong):
            Lexicon.from_toml(text, "mine.toml")
