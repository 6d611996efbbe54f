"""What the policy does to a crowd: the bounds that a collective relies on when it votes. Twenty days of each kind."""

from dataclasses import replace

import pytest

from uncaged.queue.policy import Policy
from uncaged.queue.trial import HEAVY, MILD, Day, Outcome, entitled, play, told
from uncaged.queue.turns import Rules

DAYS = 20


def rules(first_wait: float, share: float) -> Rules:
    plain = Policy().rules()
    terms = replace(plain.terms, first_wait=first_wait, guarantee_share=share)
    return replace(plain, terms=terms, most_running={})


def days(rules: Rules | None, day: Day) -> list[Outcome]:
    return [play(rules, day, seed) for seed in range(DAYS)]


@pytest.fixture(scope="module")
def mild() -> dict[str, list[Outcome]]:
    return {
        "fifo": days(None, MILD),
        "share": days(rules(600.0, 0.0), MILD),
        "first": days(rules(600.0, 1.0), MILD),
    }


def test_a_flooder_gets_one_person_s_share(mild: dict[str, list[Outcome]]) -> None:
    assert told(mild["fifo"])["flooder"] > 0.9
    assert told(mild["share"])["flooder"] < 0.03  # one of 221 people, alone for the first minute
    assert all(day.share(day.flooders) < 0.06 for day in mild["share"])


def test_members_are_served_evenly_and_at_once(mild: dict[str, list[Outcome]]) -> None:
    means = told(mild["share"])
    assert means["jain_members"] > 0.9 > 0.1 > told(mild["fifo"])["jain_members"]
    assert means["member_max"] < 1.0 and 0.35 < means["members"] < 0.5


def test_guests_are_served_more_evenly_than_by_coming_first(mild: dict[str, list[Outcome]]) -> None:
    """A guest wants a film or two: a whole one more or less is what makes a day uneven."""
    assert told(mild["share"])["jain_guests"] > 0.55 > 0.01 > told(mild["fifo"])["jain_guests"]
    assert all(
        day.jain("guest") > max(0.3, 50 * plain.jain("guest"))
        for day, plain in zip(mild["share"], mild["fifo"], strict=True)
    )


def test_the_guarantee_holds_where_it_can(mild: dict[str, list[Outcome]]) -> None:
    assert told(mild["first"])["guest_max"] < 11.5 < told(mild["share"])["guest_max"]
    assert told(mild["fifo"])["guest_max"] > 80


def test_no_performer_is_idle_while_somebody_waits(mild: dict[str, list[Outcome]]) -> None:
    assert all(day.idle == 0.0 for day in mild["share"] + mild["first"])


def test_fifty_names_take_from_guests_and_leave_the_members_alone() -> None:
    puppets = told(days(rules(600.0, 0.25), replace(MILD, names=50)))
    assert puppets["members"] > 0.4 and puppets["member_max"] < 2.5
    assert puppets["flooder"] < 0.25  # fifty names that are not merged by their address


def test_under_heavy_load_the_share_of_the_guarantee_decides_between_the_classes() -> None:
    whole, quarter = (told(days(rules(1800.0, share), HEAVY)) for share in (1.0, 0.25))
    assert whole["guest_median"] < 0.7 * quarter["guest_median"]
    assert quarter["member_max"] < 15.0 < whole["member_max"]


def test_what_somebody_is_entitled_to_is_never_more_than_they_want() -> None:
    assert entitled({"a": 1.0, "b": 10.0, "c": 10.0}, 9.0) == {"a": 1.0, "b": 4.0, "c": 4.0}
