"""Ids: their form, and that nothing else passes for one."""

from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.ids import PREFIXES, is_beginning, is_id, is_sha256, new_id


def test_ids_have_their_nouns_prefix_and_never_repeat() -> None:
    for noun, prefix in PREFIXES.items():
        made = {new_id(noun) for _ in range(200)}
        assert len(made) == 200
        assert all(is_id(noun, text) and text.startswith(prefix + "_") for text in made)


def test_prefixes_are_one_per_noun() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_an_id_of_one_noun_is_none_of_another() -> None:
    assert not is_id("run", new_id("work"))


@given(st.text(max_size=20))
def test_only_ids_are_ids(text: str) -> None:
    well_formed = (
        len(text) == 14
        and text[:2] == "w_"
        and all(letter in "abcdefghijklmnopqrstuvwxyz234567" for letter in text[2:])
    )
    assert is_id("work", text) == well_formed


def test_beginnings_and_tricks() -> None:
    assert is_beginning("work", "w_a")
    for trick in ("w_", "w_../../etc", "w_a\n", "W_a", "w_aaaaaaaaaaaaa", "r_a", ""):
        assert not is_beginning("work", trick)
    assert is_sha256("0" * 64)
    for trick in ("0" * 63, "0" * 64 + "\n", "../" + "0" * 61, "A" * 64):
        assert not is_sha256(trick)
