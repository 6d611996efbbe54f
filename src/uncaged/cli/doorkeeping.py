"""Keeping an open door: looks at its clock, says how long is left, and when its line is finished writes the site.

Knows no process and no command: whoever runs it hands in the studio, how the site is written, and who hears.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive.telling import duration
from uncaged.core.errors import ArchiveBusy, UncagedError
from uncaged.studio import open_door

if TYPE_CHECKING:
    from uncaged.studio.open_door import Stage
    from uncaged.studio.studio import Studio

LOOK = 0.5
"""Seconds between two looks."""

SAID = (86_400, 43_200, 21_600, 10_800, 7_200, 3_600, 1_800, 600, 300, 60)
"""Seconds left at which it is said in a line."""


class Keeper:
    """One opening, until its line is finished. write_site: gives the folder. tell: hears every sentence.

    count: hears where it stands at every look. trouble: what ended it before its end, if anything did.
    """

    def __init__(
        self,
        studio: "Studio",
        opening_id: str,
        write_site: Callable[[], Path],
        tell: Callable[[str], None],
        count: Callable[["Stage"], None] = lambda _: None,
    ) -> None:
        self._studio, self.opening_id, self._write_site = studio, opening_id, write_site
        self._tell, self._count = tell, count
        self._next: float | None = None
        self._phase, self._until = "", 0
        self.site: Path | None = None
        self.trouble: UncagedError | None = None

    def watch(self, stop: threading.Event, ended: Callable[[], None]) -> None:
        """Looks until the end, or until `stop`. ended: called once there is nothing left to do, or it cannot be."""
        while not stop.is_set():
            if self.step():
                ended()
                return
            stop.wait(LOOK)

    def step(self) -> bool:
        """One look; whether that was the last."""
        try:
            stage = open_door.look(self._studio, self.opening_id)
        except ArchiveBusy:
            return False
        except UncagedError as error:
            self.trouble = error
            return True
        self._count(stage)
        self._say(stage)
        return stage.phase == "done" and self._end()

    def _say(self, stage: "Stage") -> None:
        until = stage.opening.until
        if self._phase == "open" and self._until and until > self._until:
            self._tell(f"The door stays open {duration((until - self._until) / 1e6)} longer.")
            self._next = None
        self._until = until
        if stage.phase != "open" and self._phase in ("", "open"):
            self._tell(
                "The door is closed: nobody new can make anything. The line is finished now."
            )
        self._phase = stage.phase
        if stage.phase != "open":
            return
        below = next((mark for mark in reversed(SAID) if stage.left <= mark), None)
        if below is not None and (self._next is None or below < self._next):
            if self._next is not None:
                minutes = max(1, round(stage.left / 60))
                self._tell(f"The door closes in {duration(60 * minutes)}.")
            self._next = below
        elif self._next is None:
            self._next = float("inf")

    def _end(self) -> bool:
        try:
            self.site = self._write_site()
            open_door.finish(self._studio, self.opening_id)
        except ArchiveBusy:
            return False
        except UncagedError as error:
            self.trouble = error
        return True
