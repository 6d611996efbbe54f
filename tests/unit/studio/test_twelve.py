"""The twelve of a day: the same everywhere, one of each sort, named so that a name can reach a path."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.engines.registry import engine
from uncaged.studio.stock import read_reference
from uncaged.studio.twelve import SETS, TWELVE, is_set, pool, set_of, sown


def test_there_are_twelve_sorts_and_each_day_has_one_of_each() -> None:
    assert len(pool()) == TWELVE
    for name in (set_of("2026-11-26", n) for n in range(SETS)):
        texts = [one.text for one in sown(name)]
        assert sown(name) == sown(name)
        for pairs in pool().values():
            assert sum(text in {t for t, _ in pairs} for text in texts) == 1


def test_days_and_sets_differ() -> None:
    names = [set_of(f"2026-11-{day:02}", n) for day in range(1, 29) for n in range(SETS)]
    found = {tuple((one.text, one.seed) for one in sown(name)) for name in names}
    assert len(found) == len(names)
    assert len({one.lot for name in names for one in sown(name)}) == TWELVE * len(names)


def test_every_sentence_is_understood_and_no_two_sorts_share_one() -> None:
    texts = [text for pairs in pool().values() for text in {t for t, _ in pairs}]
    assert len(texts) == len(set(texts))
    for text in texts:
        assert any(engine("ink").understand(text).words.values()), text


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-26", "2026-11-26.0/0", "2026-11-26.0/13", "2026-11-26.0/1/13", "../../etc/1",
     "2026-11-26.0/1/2/3", "2026-11-26.0/01", "2026-11-26.0/1\n", "２026-11-26.0/1"],
)  # fmt: skip
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None


@given(st.text(string.digits + "-./", max_size=20))
def test_a_reference_reads_as_it_is_written(text: str) -> None:
    found = read_reference(text)
    assert found is None or (str(found) == text and is_set(found.twelve))
