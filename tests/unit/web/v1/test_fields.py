"""Fields one by one: the same value as a form sends it and as JSON has it, and errors that name the field."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields, reference

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=4), below, max_size=3)
    ),
    max_leaves=6,
)


def fields(**given: Any) -> Fields:
    return Fields(given)


@pytest.mark.parametrize("value", ["1.5", 1.5])
def test_numbers_of_forms_and_of_json(value: object) -> None:
    assert fields(fps=value).number("fps") == 1.5
    assert fields(fps=None).number("fps") is fields().number("fps") is None
    assert fields(seed="7").whole("seed") == fields(seed=7).whole("seed") == 7


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("number", "four"),
        ("number", True),
        ("number", "nan"),
        ("number", 10**400),
        ("number", [4]),
        ("whole", 1.5),
        ("whole", "1e3"),
        ("whole", "9" * 20),
        ("whole", 10**400),
        ("truth", "perhaps"),
        ("truth", 3),
        ("text", 4),
        ("text", {"a": 1}),
        ("mapping", "{"),
        ("mapping", "[1]"),
        ("mapping", 5),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_field(how: str, value: object) -> None:
    with pytest.raises(WrongField) as caught:
        getattr(fields(it=value), how)("it")
    assert caught.value.param == "it"
    assert "it" in caught.value.message


def test_sizes() -> None:
    assert fields(size="720x1280").size() == (720, 1280)
    assert fields(width="64", height=96).size() == (64, 96)
    assert fields(size="auto").size() is None
    for wrong in ({"size": "large"}, {"size": 5}, {"width": 64}):
        with pytest.raises(WrongField):
            fields(**wrong).size()


def test_a_prompt_is_there() -> None:
    for wrong in ({}, {"prompt": "  "}, {"prompt": None}, {"prompt": 5}, {"prompt": "x" * 32_001}):
        with pytest.raises(WrongField) as caught:
            fields(**wrong).prompt()
        assert caught.value.param == "prompt"
    assert fields(prompt="x" * 32_000).prompt()


def test_what_nobody_read_is_told() -> None:
    one = fields(prompt="a", quality="standard", user="me")
    one.prompt()
    assert one.unread == ("quality", "user")


def test_references() -> None:
    def ref(value: object) -> Any:
        return reference(fields(video=value), "video", ("id", "file_id"))

    assert ref({"id": "w_1"}).id == ref("w_1").id == ref('{"id": "w_1"}').id == "w_1"
    assert ref("data:image/png;base64,AAEC").data == bytes((0, 1, 2))
    assert ref({"image_url": "data:,a%20b"}).data == b"a b"
    assert (
        ref({"image_url": {"url": "https://example.org/a.png"}}).url == "https://example.org/a.png"
    )
    assert ref(None) is ref("") is None
    for wrong in (
        {},
        {"id": "a", "image_url": "data:,a"},
        {"id": 5},
        {"idd": "a"},
        {"image_url": "ftp://a"},
        {"image_url": "data:image/png;base64,%%%"},
        {"image_url": "data:" + "a" * 20_971_520},
        {"image_url": "data:" + ";a" * 10_000_000},
        {"image_url": "data:" + ";" * 10_000_000 + ","},
        {"image_url": "data:," + "%41" * 5_000_000},
        {"image_url": "data:" + "a" * 301 + ",a"},
        [1],
        5,
        "{",
    ):
        with pytest.raises(WrongField) as caught:
            ref(wrong)
        assert caught.value.param.startswith("video")


@given(
    JSON, st.sampled_from(["text", "number", "whole", "truth", "mapping", "prompt", "size", "ref"])
)
def test_any_value_is_read_or_refused(value: object, how: str) -> None:
    one = fields(prompt=value, size=value, it=value, width=value)
    with suppress(WrongField):
        if how == "ref":
            reference(one, "it", ("id",))
        elif how in ("prompt", "size"):
            getattr(one, how)()
        else:
            getattr(one, how)("it")
