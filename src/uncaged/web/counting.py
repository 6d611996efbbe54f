"""What happened at the door since the web began, as numbers alone: no name, no address, no words.

Knows nothing of OpenMetrics; `pages.metrics` writes it out.
"""

import threading
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds that divide the buckets of times."""


@dataclass(slots=True)
class Times:
    """How long something took: how often within each of `BOUNDS`, and in all."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """It took so long."""
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


class Counts:
    """Requests by route and status, and how long commits took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.commits = Times()

    def request(self, method: str, route: str, status: int) -> None:
        """One was answered."""
        with self._lock:
            self.requests[method, route, status] += 1

    def commit(self, seconds: float) -> None:
        """A run was put in line, and it took so long until that was on disk."""
        with self._lock:
            self.commits.add(seconds)
