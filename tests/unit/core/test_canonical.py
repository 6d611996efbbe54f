"""Canonical JSON against the examples of RFC 8785."""

import math

import pytest

from uncaged.core.canonical import canonical, sha256


def test_the_example_of_the_rfc() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(value).decode() == expected


def test_a_large_number_has_one_form_however_it_was_read() -> None:
    assert canonical([2**60]) == canonical([float(2**60)]) == b"[1152921504606847000]"
    assert canonical({"a": [2**53, 1e300]}) == b'{"a":[9007199254740992,1e+300]}'


@pytest.mark.parametrize("value", [math.nan, math.inf, 10**400, object()])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical([value])


def test_sha256_of_nothing() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
