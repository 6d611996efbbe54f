"""The line's clock in a steward's hands: it goes on by the monotonic clock, and no setting of a clock moves it.

What stands in the archive of it is told with every turn, and every `TELL` seconds while nothing happens.
"""

from sqlalchemy import Connection, func, select

from uncaged.archive import line_time
from uncaged.archive.tables import runs
from uncaged.core.clock import Clock

TELL = 30.0
"""Seconds after which the archive is told at the latest; shorter than what readers believe (`line_time.LEAP`)."""


class LineClock:
    """Goes on from where the last steward left it; a night without one counts, a wrong date does not."""

    def __init__(self, conn: Connection, clock: Clock) -> None:
        self._clock = clock
        last = conn.execute(select(func.max(runs.c.stood))).scalar_one()
        told = line_time.read(conn, clock.now(), line_time.NIGHT)
        self._start = max(told, 0 if last is None else last)
        self._began = clock.monotonic()
        self._told = self._began
        self.tell(conn)

    def now(self) -> int:
        """The line's time, µs."""
        return self._start + int((self._clock.monotonic() - self._began) * 1e6)

    def tell(self, conn: Connection) -> None:
        """Writes it into the archive, in the caller's transaction."""
        self._told = self._clock.monotonic()
        line_time.tell(conn, self.now(), self._clock.now())

    @property
    def is_due(self) -> bool:
        """Whether it should be told again."""
        return self._clock.monotonic() - self._told >= TELL
