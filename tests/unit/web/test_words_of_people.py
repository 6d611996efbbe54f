"""Somebody's words on a page: what would steer it is seen, and what is long is cut at a word."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from uncaged.web.words import short, visible


def test_what_would_steer_a_page_is_shown_as_a_picture() -> None:
    assert visible("a\x1b[31m\x00\x7f\x85\u202ebird\u2066") == "a␛[31m␀␡␦␦bird␦"
    assert visible("two\nlines\tand שלום, نص, 👩‍🚀") == "two\nlines\tand שלום, نص, 👩‍🚀"


def test_long_words_are_cut_at_a_word_and_short_ones_stay() -> None:
    assert short("a  slow\nbird over the hill", 12) == "a slow bird…"
    assert short("a slow bird", 12) == "a slow bird"
    assert short("x" * 50, 12) == "x" * 11 + "…"


@given(st.text(), st.integers(2, 200))
def test_nothing_of_it_steers_and_nothing_is_longer(text: str, length: int) -> None:
    shown = short(text, length)
    assert len(shown) <= length
    assert not any(unicodedata.category(c) == "Cc" for c in shown)
    assert visible(visible(text)) == visible(text)
