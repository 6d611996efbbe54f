"""The addresses of one model while films are made there: how many each has in hand, and which is left alone for now.

Asks nothing.
"""

import time
from collections import Counter
from collections.abc import Sequence


class Addresses:
    """Each has room for one film at a time; one that is named twice, for two."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._room = Counter(addresses)
        self._taken: Counter[str] = Counter()
        self._rests: dict[str, float] = {}

    @property
    def names(self) -> frozenset[str]:
        """Each once."""
        return frozenset(self._room)

    def free(self) -> list[str]:
        """Those that have room and are not left alone, least busy first."""
        now = time.monotonic()
        able = [
            one
            for one, most in self._room.items()
            if self._taken[one] < most and self._rests.get(one, 0.0) <= now
        ]
        return sorted(able, key=lambda one: self._taken[one] / self._room[one])

    @property
    def is_full(self) -> bool:
        """Whether all that is asked for there is ours."""
        return all(self._taken[one] >= most for one, most in self._room.items())

    def rest(self, address: str, seconds: float) -> None:
        """It is left alone for so long."""
        self._rests[address] = time.monotonic() + seconds

    def take(self, address: str) -> None:
        """One more film there."""
        self._taken[address] += 1

    def let_go(self, address: str) -> None:
        """One less."""
        self._taken[address] -= 1
