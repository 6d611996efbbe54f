"""A policy file says what it means, and every mistake in it is named."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.queue import policy
from uncaged.queue.policy import Policy


def test_silence_keeps_every_default() -> None:
    assert policy.read(b"") == Policy()
    assert policy.read(b"[line]\nhalf_life_minutes = 30").hash == Policy().hash


def test_one_word_about_a_class_leaves_its_other_bounds() -> None:
    guest = policy.read(b"[class.guest]\nweight = 2").of("guest")
    assert (guest.weight, guest.running, guest.seconds) == (2.0, 1, 60.0)


def test_none_takes_a_bound_away() -> None:
    assert policy.read(b'[class.guest]\nrunning = "none"').of("guest").running is None


def test_a_policy_reads_back_what_it_writes() -> None:
    said = policy.read(b'[class.guest]\nrunning = "none"\n[weights]\np_aaaaaaaaaaaa = 2.0')
    assert policy.from_json(said.to_json()).hash == said.hash


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[line]\nhalf_lif_minutes = 3", "Did you mean half_life_minutes"),
        ("[class.gest]\nweight = 2", "Did you mean guest?"),
        ("[class.guest]\nruning = 2", "Did you mean running"),
        ("[class.guest]\nweight = 0", "class.guest.weight"),
        ("[line]\nhalf_life_minutes = 0", "greater than 0"),
        ("[line]\nguarantee_share = nan", "guarantee_share"),
        ("[line]\nstay_seconds = inf", "stay_seconds"),
        ('[line]\nhalf_life_minutes = "a"', "half_life_minutes"),
        ("[weights]\nme = 2", "no person's id"),
        ('[door]\nproxies = ["next door"]', "no address"),
        ("class = 3", "class"),
        ("x =", "TOML"),
        ("a = " + "[" * 5000, "TOML"),
        ("#" * 300_000, "larger"),
        ("[class.guest]\nwaiting = " + "1" * 5000, "TOML"),
        ("a" + ".a" * 5000 + " = 1", "many parts"),
        ("[line]\nhalf_life_minutes" + " . a" * 40 + " = 1", "many parts"),
        ('[door]\nguests = "' + "x" * 50_000 + '"', "guests"),
    ],
)
def test_a_mistake_is_named(text: str, said: str) -> None:
    with pytest.raises(AskedWrong, match=r"policy\.toml") as told:
        policy.read(text.encode())
    assert said in str(told.value) and len(str(told.value)) < 2000


@given(st.binary(max_size=200))
def test_any_bytes_are_a_policy_or_a_clear_no(data: bytes) -> None:
    with suppress(AskedWrong):
        assert policy.read(data).rules().half_life > 0


def test_rules_hold_what_the_file_says() -> None:
    rules = policy.read(b"[line]\nhalf_life_minutes = 1\nfirst_wait_minutes = 2").rules()
    assert (rules.half_life, rules.terms.first_wait) == (60.0, 120.0)
    assert rules.most_running["guest"] == 1 and rules.most_running["owner"] is None
