"""Turns of several runs: the shortest comes to its end soon, every other goes on meanwhile. Seconds are invented."""

import itertools
import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.performer.interleaving import FAVOUR, Interleaving, needed

Steps = list[float]


def played(runs: Mapping[str, Steps], come: Mapping[str, int] | None = None) -> list[str]:
    """Whose steps come in which order. runs: the seconds of each step. come: after how many steps in all they come."""
    turns, done, order = Interleaving[str](), dict.fromkeys(runs, 0), list[str]()
    coming = dict(come or dict.fromkeys(runs, 0))
    while True:
        over = all(done[name] == len(runs[name]) for name in runs if name not in coming)
        soon = min(coming.values(), default=0) if over else len(order)
        for name in [name for name, at in coming.items() if at <= max(soon, len(order))]:
            turns.come(name)
            del coming[name]
        left = {
            name: sum(steps[done[name] :])
            for name, steps in runs.items()
            if name not in coming and done[name] < len(steps)
        }
        if not left:
            return order
        one = turns.following(left)
        turns.took(one, runs[one][done[one]], left)
        done[one] += 1
        order.append(one)
        if done[one] == len(runs[one]):
            turns.go(one)


def test_one_alone_takes_every_turn() -> None:
    assert played({"film": [1.0] * 5}) == ["film"] * 5


def test_a_preview_comes_first_and_the_film_goes_on() -> None:
    order = played({"film": [1.0] * 50, "preview": [1.0] * 14}, {"film": 0, "preview": 10})
    assert order[10] == "preview"  # it does not wait for its first step
    last = len(order) - order[::-1].index("preview")
    assert last - 10 == 16  # a seventh more than alone
    assert order[10:last].count("film") == 2


def test_of_two_alike_the_one_that_came_first_ends_first() -> None:
    order = played({"a": [1.0] * 10, "b": [1.0] * 10})
    assert order[-1] == "b" and order.index("b") < 10


def test_whoever_waited_for_something_else_saved_up_nothing() -> None:
    turns = Interleaving[str]()
    turns.come("a")
    turns.come("b")
    for _ in range(100):  # b can take no step
        assert turns.following({"a": 10.0}) == "a"
        turns.took("a", 1.0, {"a": 10.0})
    both = {"a": 5.0, "b": 5.0}
    order = list[str]()
    for _ in range(16):
        order.append(turns.following(both))
        turns.took(order[-1], 1.0, both)
    assert order.count("b") <= 3


def test_nobody_is_an_error() -> None:
    with pytest.raises(ValueError):
        Interleaving[str]().following({})


def test_what_is_needed_is_seen_by_what_was_done() -> None:
    assert needed(0.0, 3.0, 0, 0) == math.inf
    assert needed(10.0, 3.0, 0, 50) == 7.0
    assert needed(10.0, 30.0, 0, 50) == 0.0
    assert needed(10.0, 30.0, 10, 40) == 90.0
    assert needed(10.0, 30.0, 40, 40) == 0.0


lengths = st.lists(st.floats(0.01, 3.0), min_size=1, max_size=40)


@given(st.lists(lengths, min_size=2, max_size=4), st.data())
def test_nobody_starves(runs: list[Steps], data: st.DataObject) -> None:
    """Between two steps of a run, while it has some, the others get no more than their weights say, and a step each."""
    named = {f"r{n}": steps for n, steps in enumerate(runs)}
    come = {name: data.draw(st.integers(0, 20)) for name in named}
    come["r0"] = 0
    order = played(named, come)
    assert sorted(order) == sorted(name for name, steps in named.items() for _ in steps)
    longest = max(map(max, runs))
    for name in named:
        at = [n for n, one in enumerate(order) if one == name]
        for before, after in itertools.pairwise(at):
            for other in set(named) - {name}:
                first = order[:before].count(other)
                between = order[before:after].count(other)
                had = sum(named[other][first : first + between])
                assert had <= FAVOUR * 2 * longest + longest
