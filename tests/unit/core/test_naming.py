"""Names that are one, and names that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.naming import folded, is_seen, look_alike, looks_as

UNSEEN = "\u00ad\u034f\u115f\u1160\u180b\u200b\u200d\u2060\u2800\u3164\ufe00\ufe0f\uffa0\U000e0100"


@pytest.mark.parametrize("unseen", UNSEEN)
def test_letters_that_nobody_sees_make_no_other_name(unseen: str) -> None:
    for name in (f"An{unseen}a", f"{unseen}ana", f"ANA{unseen}", f"ana {unseen} "):
        assert folded(name) == "ana"
    assert not is_seen(unseen) and not is_seen(f" {unseen}\u0301")


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    "pair",
    [
        ("Bea", "Веа"),
        ("bea", "ΒΕΑ"),
        ("BIA", "bΙa"),
        ("Ilse", "1lse"),
        ("Bella", "BeIIa"),
        ("Otto", "0tto"),
    ],
)
def test_letters_of_other_alphabets_look_alike(pair: tuple[str, str]) -> None:
    assert folded(pair[0]) != folded(pair[1])
    assert look_alike(looks_as(pair[0]), looks_as(pair[1]))


@pytest.mark.parametrize(
    "pair",
    [
        ("ana", "ane"),
        ("Нина", "Nina"),
        ("Ella", "Elsa"),
        ("Zoë", "Zoe"),
        ("Ian", "Lan"),
        ("北", "南"),
    ],
)
def test_names_that_differ_to_the_eye_stay_two(pair: tuple[str, str]) -> None:
    assert not look_alike(looks_as(pair[0]), looks_as(pair[1]))


def test_what_can_be_seen() -> None:
    assert all(is_seen(name) for name in ("a", "李", "7", "★", "é", "👩\ufe0f"))
    assert not is_seen("") and not is_seen(" \u3000")
