"""The grammar: one vector for all that can be said, linear, and words of any script on one of 32 ways."""

from collections import Counter

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.settings import settings
from uncaged.engines.seedling import grammar


def test_slots_lie_side_by_side_and_fill_the_vector() -> None:
    ends = [slot.end for slot in grammar.SLOTS]
    assert [slot.offset for slot in grammar.SLOTS] == [0, *ends[:-1]]
    assert ends[-1] == grammar.WIDTH == 149
    assert all(len(set(slot.values)) == len(slot.values) for slot in grammar.SLOTS)
    assert not grammar.NOTHING.any() and not grammar.NOTHING.flags.writeable


def test_tables_name_what_ink_draws() -> None:
    assert set(grammar.KINDS) <= {name for name, kind in kinds().items() if not kind.hidden}
    assert tuple(HUES) == grammar.HUES
    assert set(grammar.SETTINGS) <= settings().keys()
    assert set(grammar.PALETTES) <= PALETTES.keys()


def test_labels_are_one_for_what_is_said_and_add_up() -> None:
    fish = grammar.labels(**{"s1.kind": "fish"})
    red = grammar.labels(**{"s1.hue": "red"})
    assert fish.dtype == np.float32 and fish.sum() == 1
    both = grammar.labels(**{"s1.kind": "fish", "s1.hue": "red"})
    np.testing.assert_array_equal(both, fish + red)
    wild = grammar.labels(**{"s1.kind": {"fish": -3.5, "bird": 1e6}})
    np.testing.assert_array_equal(
        wild, -3.5 * fish + np.float32(1e6) * grammar.labels(**{"s1.kind": "bird"})
    )


def test_a_vector_says_its_names_again() -> None:
    said = {"s1.kind": "cat", "s1.motion": "sways", "s2.kind": "boat", "free": "way-31"}
    assert grammar.names(grammar.labels(**said)) == said
    assert grammar.names(grammar.NOTHING) == {}


@pytest.mark.parametrize(
    ("name", "said", "word"),
    [
        ("s1.kind", "brid", "bird"),
        ("s1.kin", "bird", "s1.kind"),
        ("s3.kind", "bird", "s2.kind"),
        ("s1.hue", {"red": float("nan")}, "reckon"),
        ("s1.hue", {"red": 1e39}, "reckon"),
    ],
)
def test_what_the_grammar_does_not_have_is_refused(
    name: str, said: str | dict[str, float], word: str
) -> None:
    with pytest.raises(AskedWrong, match=word):
        grammar.labels(**{name: said})


def test_a_free_word_is_the_same_way_however_it_is_written() -> None:
    assert grammar.way("Café") == grammar.way("cafe\u0301") == grammar.way("CAFÉ")
    assert grammar.way("STRASSE") == grammar.way("straße")
    assert grammar.way("way-07") == "way-07"
    assert grammar.way("thunder") == "way-16"  # frozen: another hash would change old films


def test_words_of_any_script_are_spread_over_all_ways() -> None:
    words = [f"{stem}{i}" for stem in ("γάτα", "猫", "кошка", "قطة", "🐈", " ") for i in range(100)]
    found = Counter(grammar.way(word) for word in words)
    assert found.keys() == set(grammar.FREE)
    assert max(found.values()) < 3 * len(words) / len(grammar.FREE)
    assert grammar.way("") in grammar.FREE


def test_each_kind_has_one_hue_and_one_motion_held_out() -> None:
    for kind in grammar.KINDS:
        assert sum(grammar.held_out(kind, hue) for hue in grammar.HUES) == 1
        assert sum(grammar.held_out(kind, motion) for motion in grammar.MOTIONS) == 1
    for table in (grammar.HUES, grammar.MOTIONS):
        held = Counter(n for n in table for kind in grammar.KINDS if grammar.held_out(kind, n))
        assert held.keys() == set(table) and max(held.values()) <= 2
    with pytest.raises(AskedWrong):
        grammar.held_out("bird", "flies")


def test_a_pair_is_held_out_for_either_subject() -> None:
    pair = {"s2.kind": "sun", "s2.motion": "pulses"}
    assert grammar.holds_out(pair) and not grammar.holds_out(pair | {"s2.motion": "rises"})
    assert not grammar.holds_out({"s1.kind": "sun", "s2.motion": "pulses"})
