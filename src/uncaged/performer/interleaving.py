"""Whose step comes next, where several runs are performed in turn: start-time fair queueing, the shortest favoured.

Arithmetic only: knows no run, no model and no clock. Goyal, Vin and Cheng 1996, "Start-time Fair Queuing".
"""

from collections.abc import Hashable, Mapping
from typing import Final, Generic, TypeVar

FAVOUR: Final = 7.0
"""What the run that needs least counts for; every other counts for one. So of n runs the least comes to its end in
(n + 6) / 7 of the time that it takes alone, and each other goes on with a share of 1 / (n + 6)."""

K = TypeVar("K", bound=Hashable)


class Interleaving(Generic[K]):
    """The runs among which turns are given. Each has a time of its own, which passes as it is served, by its weight."""

    def __init__(self) -> None:
        self._now = 0.0
        self._times: dict[K, float] = {}

    def come(self, run: K) -> None:
        """One more; it begins where the others are now, and owes nothing for what they had before."""
        self._times[run] = self._now

    def go(self, run: K) -> None:
        """It is over."""
        self._times.pop(run, None)
        if not self._times:
            self._now = 0.0

    def following(self, left: Mapping[K, float]) -> K:
        """Whose step comes next. left: the runs that could take one, and the seconds that each still needs.

        Whoever could take none for a while has lost nothing, and saved up nothing. Raises `ValueError` for nobody.
        """
        for run in left:
            self._times[run] = max(self._times[run], self._now)
        order = list(self._times)
        chosen = min(left, key=lambda run: (self._times[run], left[run], order.index(run)))
        self._now = self._times[chosen]
        return chosen

    def took(self, run: K, seconds: float, left: Mapping[K, float]) -> None:
        """Its step took so long. left: as it was when the step was given."""
        least = min(left, key=lambda one: left[one])
        self._times[run] += max(0.0, seconds) / (FAVOUR if run == least else 1.0)


def needed(expected: float, used: float, done: int, total: int) -> float:
    """Seconds that a run still needs: by the steps it has done, or before its first by what it was expected to take.

    expected: 0 where nobody knows; then it is taken for a long one until it has shown something.
    """
    if 0 < done <= total:
        return used * (total - done) / done
    return max(0.0, expected - used) if expected > 0 else float("inf")
