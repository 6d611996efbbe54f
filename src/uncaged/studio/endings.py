"""How attempts end in the archive. An ending that cannot be written now is owed, and written as soon as one can be.

So a run is never left in hands that let it go: not on a full disk, nor while somebody else writes for too long. What
need not be written at once is owed from the beginning, and written with the seat's next turn.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
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
        self.owe(run_id, ending)
        self.pay()

    def owe(self, run_id: str, ending: Ending) -> None:
        """It will be written with what is written next, and by whoever pays."""
        with self._lock:
            self._owed[run_id] = ending

    def pay(self) -> bool:
        """Writes what is owed; False where it cannot be written yet."""
        try:
            self.demand()
        except UncagedError:
            return False
        return True

    def demand(self) -> None:
        """Writes what is owed, each by itself, or raises why the first of what is left cannot be written."""
        trouble: UncagedError | None = None
        for run_id in list(self._owed):
            try:
                with self.taken(run_id) as endings, self._studio.archive.write() as conn:
                    for ending in endings:
                        ending(conn)
            except UncagedError as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble

    @contextmanager
    def taken(self, run_id: str | None = None) -> Generator[tuple[Ending, ...]]:
        """What is owed (of this run), for a transaction within: nobody else writes it then, and it is owed again where
        that fails."""
        with self._lock:
            names = list(self._owed) if run_id is None else [run_id] * (run_id in self._owed)
            taken = {name: self._owed.pop(name) for name in names}
        try:
            yield tuple(taken.values())
        except BaseException:
            with self._lock:
                self._owed = taken | self._owed  # what ended since counts more
            raise
