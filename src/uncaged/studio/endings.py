"""How attempts end in the archive. An ending that cannot be written now is owed, and written as soon as one can be.

So a run is never left in hands that let it go: not on a full disk, nor while somebody else writes for too long.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.core.errors import UncagedError

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

Ending = Callable[[Connection], object]
"""Writes how an attempt ended, if it is still this attempt's to say."""


class Endings:
    """Endings of one steward's attempts, by run."""

    def __init__(self, studio: "Studio") -> None:
        self._studio = studio
        self._owed: dict[str, Ending] = {}
        self._lock = threading.Lock()

    @property
    def owed(self) -> int:
        """How many could not be written yet."""
        return len(self._owed)

    def write(self, run_id: str, ending: Ending) -> None:
        """Writes it, now or later."""
        with self._lock:
            self._owed[run_id] = ending
        self.pay()

    def pay(self) -> bool:
        """Writes what is owed; False where it cannot be written yet."""
        try:
            self.demand()
        except UncagedError:
            return False
        return True

    def demand(self) -> None:
        """Writes what is owed, or raises why it cannot be written."""
        for run_id, ending in list(self._owed.items()):
            with self._studio.archive.write() as conn:
                ending(conn)
            with self._lock:
                if self._owed.get(run_id) is ending:
                    del self._owed[run_id]
