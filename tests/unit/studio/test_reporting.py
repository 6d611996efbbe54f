"""What somebody means by what they typed into a report, whatever they typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_id
from uncaged.studio.reporting import LONGEST, checked_words, link_of, work_in

WORK = "w_abcdefghijkl"


@pytest.mark.parametrize(
    "said",
    [
        WORK,
        f"  {WORK}\n",
        f"/works/{WORK}",
        f"https://studio.example:8484/works/{WORK}/film?x=1#t=2.0",
        f"http://[::1]:8484/works/{WORK}?link=secret",
        f"{WORK}, 2.0 s of 6 s".split(",")[0],
        f"/works/{WORK}.",
    ],
)
def test_a_film_is_named_by_its_id_or_its_address(said: str) -> None:
    assert work_in(said) == WORK


@pytest.mark.parametrize(
    "said",
    [
        "",
        "w_",
        WORK[:-1],
        WORK + "m",
        WORK.upper(),
        f"x{WORK}",
        f"/people/{WORK}",
        "http://[::1/x",
        "/works/",
    ],
)
def test_what_names_none(said: str) -> None:
    assert work_in(said) is None


@given(st.text(max_size=300))
def test_anything_may_be_typed(said: str) -> None:
    found = work_in(said)
    assert found is None or is_id("work", found)
    assert len(link_of(said)) == 64
    try:
        kept = checked_words(said)
    except AskedWrong:
        assert not said.replace("\x00", "").strip()
    else:
        assert kept == kept.strip() and "\x00" not in kept and len(kept) <= LONGEST
        kept.encode()


def test_words_have_a_length() -> None:
    assert checked_words("x" * LONGEST) == "x" * LONGEST
    with pytest.raises(AskedWrong, match="4,001"):
        checked_words("x" * (LONGEST + 1))
    with pytest.raises(AskedWrong):
        checked_words(" \n ")
    assert checked_words(" \n ", empty=True) == ""
