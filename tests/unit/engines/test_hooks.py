"""Hooks: each point is reached in its order, what is changed there holds, and what was patched is undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from uncaged.engines.hooks import Hook, Moment
from uncaged.engines.sampling import Ask, Loop, NotFinite, sample

TIMES = [1.0, 0.5, 0.0]


def drive(loop: Loop, said: list[Ask] | None = None, value: float = 1.0) -> Any:
    try:
        ask = next(loop)
        while True:
            if said is not None:
                said.append(ask)
            ask = loop.send([ask.x * 0 + value * (i + 1) for i, _ in enumerate(ask.conds)])
    except StopIteration as end:
        return end.value


def drawn(*hooks: Hook, said: list[Ask] | None = None, weight: float = 2.0) -> Any:
    loop = sample(np.zeros(3), TIMES, ["none", "fish"], [weight], hooks=hooks)
    return drive(loop, said)


class Tells(Hook):
    """Writes down where it is."""

    def __init__(self, said: list[str], name: str, order: int = 0) -> None:
        self.said, self.name, self.order = said, name, order

    @contextmanager
    def patch(self, moment: Moment) -> Iterator[None]:
        self.said.append(f"{self.name} patch")
        try:
            yield
        finally:
            self.said.append(f"{self.name} undone")

    def start(self, moment: Moment) -> None:
        self.said.append(f"{self.name} start")

    def step(self, moment: Moment) -> None:
        self.said.append(f"{self.name} step {moment.number}")

    def model_in(self, moment: Moment) -> None:
        self.said.append(f"{self.name} in")

    def model_out(self, moment: Moment) -> None:
        self.said.append(f"{self.name} out {len(moment.estimates)}")

    def after(self, moment: Moment) -> None:
        self.said.append(f"{self.name} after")

    def end(self, moment: Moment) -> None:
        self.said.append(f"{self.name} end")


def test_every_point_is_reached_in_order() -> None:
    said: list[str] = []
    drawn(Tells(said, "b", 5), Tells(said, "a", -1))
    each = ["step {}", "in", "out 2", "after"]
    wanted = [f"{who} {what}" for what in ("patch", "start") for who in "ab"]
    for number in range(2):
        wanted += [f"{who} {what.format(number)}" for what in each for who in "ab"]
    wanted += ["a end", "b end", "b undone", "a undone"]
    assert said == wanted


def test_what_was_patched_is_undone_however_it_ends() -> None:
    for how in ("closed", "broken"):
        said: list[str] = []
        loop = sample(np.zeros(3), TIMES, ["fish"], hooks=[Tells(said, "a")])
        next(loop)
        if how == "closed":
            loop.close()
        else:
            with pytest.raises(NotFinite):
                loop.send([np.full(3, np.nan)])
        assert said[-1] == "a undone"


def test_before_a_step_everything_may_be_changed() -> None:
    class Turns(Hook):
        def step(self, moment: Moment) -> None:
            if moment.number == 1:
                moment.conds[1], moment.weights[0] = "bird", 0.5
                moment.times[1:] = [0.25, 0.125, 0.0]
                moment.x = moment.x + 1

    said: list[Ask] = []
    assert drawn(Turns(), said=said).tolist() == [1.5] * 3
    assert [(ask.sigma, ask.conds[1], ask.steps) for ask in said] == [
        (1.0, "fish", 2), (0.25, "bird", 3), (0.125, "bird", 3),
    ]  # fmt: skip


def test_around_the_question_input_answers_and_sum_may_be_changed() -> None:
    class Shows(Hook):
        def model_in(self, moment: Moment) -> None:
            moment.seen = moment.x + 100

        def model_out(self, moment: Moment) -> None:
            moment.estimates = [one * 10 for one in moment.estimates]

    said: list[Ask] = []
    assert drawn(Shows(), said=said).tolist() == [30.0] * 3
    assert said[0].x.tolist() == [100.0] * 3

    class Sums(Hook):
        def combine(self, moment: Moment) -> Any:
            return moment.estimates[0] * 7

    class Later(Sums):
        order = 1

        def combine(self, moment: Moment) -> Any:
            raise AssertionError("the first that says something is heard")

    assert drawn(Later(), Sums()).tolist() == [7.0] * 3


def test_a_hook_may_want_every_condition() -> None:
    class Wants(Hook):
        every = True

    said: list[Ask] = []
    assert drawn(Wants(), said=said, weight=1.0).tolist() == [2.0] * 3
    assert [len(ask.conds) for ask in said] == [2, 2]
    drawn(Hook(), said=said, weight=1.0)
    assert len(said[-1].conds) == 1


def test_after_a_step_the_latents_may_be_changed_and_are_looked_at() -> None:
    class Breaks(Hook):
        def after(self, moment: Moment) -> None:
            moment.x = moment.x * np.nan

    with pytest.raises(NotFinite) as caught:
        drawn(Breaks())
    assert np.isfinite(caught.value.last).all()


def test_hooks_remember_between_steps() -> None:
    class Counts(Hook):
        def after(self, moment: Moment) -> None:
            moment.more["steps"] = moment.more.get("steps", 0) + 1

        def end(self, moment: Moment) -> None:
            moment.x = moment.x * 0 + moment.more["steps"]

    assert drawn(Counts()).tolist() == [2.0] * 3
