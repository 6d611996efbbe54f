"""Whose turn it is: forgetting changes no order, the exceptions stay within their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.queue.fairness import (
    COLD,
    NOTHING,
    SECOND,
    Head,
    Terms,
    Use,
    Warm,
    choose,
    rank,
    spent,
    stayed,
)

HALF_LIFE = 1800.0
NEVER = Terms(1e12, 0.0, 0, 0.0)

seconds = st.floats(0.001, 1e6)
times = st.integers(0, 10**15)
uses = st.builds(Use, seconds, times)


def head(run: str, person: str = "", **more: object) -> Head:
    values = {"kind": "guest", "model": "ink", "rank": NOTHING, "stood": 0} | more
    return Head(run, person or run, **values)  # pyright: ignore[reportArgumentType]


@given(uses, uses, st.floats(0.01, 100), st.floats(0.01, 100), st.integers(0, 10**9))
def test_a_rank_orders_as_decayed_use_per_weight_at_any_moment(
    one: Use, other: Use, weight: float, weight2: float, later: int
) -> None:
    now = max(one.at, other.at) + later
    a, b = one.left(now, HALF_LIFE) / weight, other.left(now, HALF_LIFE) / weight2
    ranks = rank(one, weight, HALF_LIFE), rank(other, weight2, HALF_LIFE)
    if a > 1e-250 and b > 1e-250 and abs(a - b) > 1e-5 * max(a, b):
        assert (a < b) == (ranks[0] < ranks[1])


@given(uses, seconds, st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_refund_leaves_what_there_was(
    use: Use, charged: float, wait: int, performing: int
) -> None:
    begun, ended = use.at + wait, use.at + wait + performing
    refunded = use.plus(charged, begun, HALF_LIFE).corrected(-charged, begun, ended, HALF_LIFE)
    assert refunded.left(ended, HALF_LIFE) == pytest.approx(
        use.left(ended, HALF_LIFE), rel=1e-6, abs=1e-6 * charged
    )


@given(uses, st.integers(0, 10**12))
def test_a_clock_that_runs_backwards_forgets_nothing_and_adds_nothing(use: Use, back: int) -> None:
    earlier = use.at - back
    assert use.left(earlier, HALF_LIFE) == use.seconds
    assert use.plus(1.0, earlier, HALF_LIFE).at == use.at


def test_half_is_forgotten_after_a_half_life() -> None:
    assert Use(100.0, 0).left(1800 * SECOND, HALF_LIFE) == pytest.approx(50.0)


def test_class_then_person_then_own_wish_then_age() -> None:
    heads = [
        head("r1", "busy", kind="member", rank=5.0),
        head("r2", "idle", kind="member", rank=3.0, stood=9),
        head("r3", "idle", kind="member", rank=3.0, stood=10, own_priority=1, model="other"),
        head("r4", "guest", rank=1.0),
    ]
    choice = choose(heads, {"member": 1.0, "guest": 2.0}, NEVER, 0, 0.0, COLD, {})
    assert choice is not None and choice.head.run == "r3" and choice.because == "share"
    other = choose(heads, {"member": 3.0, "guest": 2.0}, NEVER, 0, 0.0, COLD, {})
    assert other is not None and other.head.run == "r4"
    assert choose([], {}, NEVER, 0, 0.0, COLD, {}) is None


def test_a_first_film_goes_first_once_it_has_waited_and_within_its_share() -> None:
    terms = Terms(600.0, 0.25, 0, 0.0)
    heads = [head("new", first=True, stood=0, rank=9.0), head("fair", rank=1.0)]
    young = choose(heads, {}, terms, 599 * SECOND, 1.0, COLD, {})
    due = choose(heads, {}, terms, 600 * SECOND, 1.0, COLD, {})
    poor = choose(heads, {}, terms, 600 * SECOND, 0.5, COLD, {})
    assert [c.head.run for c in (young, due, poor) if c] == ["fair", "new", "fair"]
    assert due is not None and due.because == "first" and due.passed is not None


@given(st.lists(st.booleans(), min_size=1, max_size=200), st.floats(0, 1))
def test_the_guarantee_never_takes_more_than_its_share(wanted: list[bool], share: float) -> None:
    terms, credit, taken = Terms(0.0, share, 0, 0.0), 0.0, 0
    heads = [head("new", first=True, rank=9.0), head("fair", rank=1.0)]
    for n, due in enumerate(wanted, 1):
        choice = choose(heads if due else heads[1:], {}, terms, 1, credit, COLD, {})
        assert choice is not None
        taken += choice.because == "first"
        credit = spent(credit, terms, choice.because)
        assert taken <= share * n + 1e-6


def test_a_performer_stays_with_its_model_for_so_long_and_no_longer() -> None:
    terms = Terms(1e12, 0.0, 2, 100.0)
    heads = [head("warm", rank=5.0, model="big"), head("fair", rank=1.0, model="small")]
    warm, chosen = Warm(frozenset(("big",))), []
    for _ in range(3):
        choice = choose(heads, {}, terms, 0, 0.0, warm, {"small": 20.0})
        assert choice is not None
        chosen.append((choice.head.run, choice.because))
        warm = stayed(warm, choice, 10.0)
    assert chosen == [("warm", "warm"), ("warm", "warm"), ("fair", "share")]
    assert warm == Warm(frozenset(("small",)))
    cheap = choose(heads, {}, terms, 0, 0.0, Warm(frozenset(("big",))), {})
    assert cheap is not None and cheap.head.run == "fair"  # nothing to load, nothing to stay for
    long = choose(heads, {}, terms, 0, 0.0, Warm(frozenset(("big",)), 0, 100.0), {"small": 20.0})
    assert long is not None and long.head.run == "fair"
