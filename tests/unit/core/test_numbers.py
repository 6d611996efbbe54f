"""Numbers as they are typed: what is one, and what Python alone would take for one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.core.numbers import number, whole
from uncaged.engines.sorts import parse_size

NONE = ["1_0", "١", "１", "1_000.5", "", " ", "0x10", "1e", "--1", "1 0", "²"]


@pytest.mark.parametrize("text", NONE)
def test_what_nobody_meant_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        number(text)
    with pytest.raises(ValueError, match="is no"):
        whole(text)
    with pytest.raises(AskedWrong):
        parse_size(f"{text}x64")


@given(st.floats(allow_nan=False))
def test_every_number_is_one(value: float) -> None:
    assert number(repr(value)) == value
    assert math.isnan(number("nan"))


@given(st.integers())
def test_every_whole_number_is_one(value: int) -> None:
    assert whole(f" {value} ") == number(str(value)) or abs(value) > 2**53
