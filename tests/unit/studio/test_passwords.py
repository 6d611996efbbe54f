"""Passwords: which are refused and why, and that a kept one fits itself and nothing else."""

import unicodedata

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.studio import passwords

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))


@pytest.mark.parametrize(
    "said",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "password2026!",
        "qwertyuiopqwerty",
        "zyxwvutsrqpo",
        "20261126 2026",
        "uncaged-12345",
        "x" * 1001,
        "a\0bcdefghijk",
        "\ud800bcdefghijkl",
    ],
)
def test_what_somebody_would_try_first_is_refused(said: str) -> None:
    with pytest.raises(AskedWrong):
        passwords.check(said)


@pytest.mark.parametrize(
    "said",
    [
        "four heavy paper boats",
        "correct horse battery",
        "Tr0ub4dor&3xyz",
        "дом на холме у реки",
        "龍虎山上的白雲飄過了橋",
    ],
)
def test_what_nobody_guesses_is_taken(said: str) -> None:
    assert passwords.check(said, "bea") == unicodedata.normalize("NFKC", said)


def test_ones_own_name_is_guessed() -> None:
    with pytest.raises(AskedWrong):
        passwords.check("Beatrice-1999", "beatrice")


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_a_kept_one_fits_itself_however_it_is_composed_and_nothing_else(
    one: str, other: str
) -> None:
    kept = passwords.hash_of(passwords.plain(one))
    assert passwords.fits(kept, one) and passwords.fits(kept, unicodedata.normalize("NFD", one))
    same = passwords.plain(one) == passwords.plain(other)
    assert passwords.fits(kept, other) == same


@given(st.text(max_size=2000), st.text(max_size=100))
@settings(max_examples=60)
def test_anything_may_be_said_and_nothing_breaks(said: str, kept: str) -> None:
    assert not passwords.fits(kept, said)
    assert not passwords.fits(None, said)
