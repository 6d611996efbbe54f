"""Names in brackets: the spellings that both clients were seen to send, and those that mean two things."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.web.v1.wire import nested


def test_plain_fields_stay_what_they_are() -> None:
    assert nested([("prompt", "a"), ("seconds", "4")]) == {"prompt": "a", "seconds": "4"}
    assert nested([("seconds", "4"), ("seconds", "8")]) == {"seconds": "8"}


def test_objects_and_lists() -> None:
    pairs = [("extra[k][n]", "2"), ("tags[]", "p"), ("tags[]", "q"), ("video[id]", "w_1")]
    assert nested(pairs) == {"extra": {"k": {"n": "2"}}, "tags": ["p", "q"], "video": {"id": "w_1"}}


def test_a_list_of_objects_is_the_same_in_either_order() -> None:
    by_key = ["lora[][id]=a", "lora[][id]=b", "lora[][scale]=1", "lora[][scale]=0.5"]
    by_item = ["lora[][id]=a", "lora[][scale]=1", "lora[][id]=b", "lora[][scale]=0.5"]
    wanted = {"lora": [{"id": "a", "scale": "1"}, {"id": "b", "scale": "0.5"}]}
    for spelling in (by_key, by_item):
        assert nested([tuple(pair.split("=")) for pair in spelling]) == wanted


@pytest.mark.parametrize(
    "pairs",
    [
        [("l[][a]", "1"), ("l[][a]", "2"), ("l[][b]", "1")],
        [("a", "1"), ("a[b]", "2")],
        [("a[b]", "2"), ("a", "1")],
        [("a[]", "2"), ("a[b]", "1")],
        [("a[b]", "2"), ("a[]", "1")],
        [("a[][b][c]", "1")],
        [("a]b", "1")],
        [("", "1")],
        [("[a]", "1")],
        [("a" + "[b]" * 9, "1")],
    ],
)
def test_what_means_two_things_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(AskedWrong):
        nested(pairs)


LEAF = st.text(max_size=5)
KEY = st.text(st.characters(exclude_characters="[]", codec="utf-8"), min_size=1, max_size=4)
TREE = st.recursive(
    LEAF | st.lists(LEAF, min_size=1, max_size=3),
    lambda below: st.dictionaries(KEY, below, min_size=1, max_size=3),
    max_leaves=8,
)


def spelled(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for key, below in value.items() for pair in spelled(f"{name}[{key}]", below)]
    if isinstance(value, list):
        return [(f"{name}[]", one) for one in value]
    return [(name, value)]


@given(st.dictionaries(KEY, TREE, max_size=4))
def test_whatever_was_meant_comes_back(meant: dict[str, Any]) -> None:
    assert nested([pair for key, value in meant.items() for pair in spelled(key, value)]) == meant


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=3)), max_size=6))
def test_any_names_are_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    with suppress(AskedWrong):
        assert isinstance(nested(pairs), dict)
