"""How often somebody may ask: so many requests a minute, of each person and of each address that is no person yet.

Kept in memory: whoever restarts the studio forgives everybody. Knows no policy.
"""

import math
import threading
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from uncaged.core.errors import TooMany
from uncaged.web.words import _

SWEEP = 60.0
"""Seconds between two sweeps of what is counted no more."""


class _Alive(threading.Timer):
    """A timer that never has to be started again."""

    def is_alive(self) -> bool:
        return True


class _Quiet(MemoryStorage):
    """Sweeps once a minute, by whoever counts. The library's own sweeps start a thread a hundred times a second and
    look at everybody each time: with ten thousand who look on, that costs more than their pages."""

    def __init__(self) -> None:
        super().__init__()
        self.timer.cancel()
        self.timer = _Alive(0, self.sweep)
        self._swept = time.monotonic()

    def sweep(self) -> None:
        """Forgets whoever has not asked for a while."""
        if time.monotonic() - self._swept >= SWEEP:
            self._swept = time.monotonic()
            for key in list(self.expirations):
                self.get(key)


class Rates:
    """Counts requests by who asks."""

    def __init__(self) -> None:
        self._kept = _Quiet()
        self._window = SlidingWindowCounterRateLimiter(self._kept)

    def count(self, who: str, most: int, said: str = "") -> None:
        """One more request of theirs; `TooMany`, with the seconds to wait, where that is one too many.

        said: what is said then, where it is no request that is counted.
        """
        self._kept.sweep()
        if not self._window.hit(RateLimitItemPerMinute(most), who):
            raise self._too_many(who, most, said)

    def forget(self, who: str, most: int) -> None:
        """What was counted of them against this bound counts no more."""
        self._window.clear(RateLimitItemPerMinute(most), who)

    def _too_many(self, who: str, most: int, said: str) -> TooMany:
        stats = self._window.get_window_stats(RateLimitItemPerMinute(most), who)
        left = max(1.0, math.ceil(stats.reset_time - time.time()))
        return TooMany(
            said
            or _("That was the {:,}th request within a minute; this house allows so many.").format(
                most
            ),
            _("Wait a little; nothing is lost."),
            retry_after=left,
        )
