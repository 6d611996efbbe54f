"""Whether all is well with this studio: for whatever watches over it, and in more detail for its owner."""

import shutil
import threading

from uncaged.core.errors import UncagedError
from uncaged.studio.stewardship import steward_lives
from uncaged.web.here import Web
from uncaged.web.views import HealthView

LOOK = 1.0
"""Seconds for which an answer holds, however many ask."""

LEAST = 32
"""Megabytes of the disk that must be free."""


class Health:
    """Looks after the studio, at most once in `LOOK` seconds."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._lock = threading.Lock()
        self._seen: tuple[float, HealthView] | None = None

    def look(self) -> HealthView:
        """How it stands."""
        with self._lock:
            now = self._web.studio.clock.monotonic()
            if self._seen is None or not 0 <= now - self._seen[0] < LOOK:
                self._seen = (now, self._look())
            return self._seen[1]

    def _look(self) -> HealthView:
        studio = self._web.studio
        writer = studio.writer is None or studio.writer.alive
        readable, writable = self._readable(), writer and self._writable()
        steward = steward_lives(studio)
        try:
            free = shutil.disk_usage(studio.settings.home).free // 1_000_000
        except OSError:
            free = 0
        mistake = self._web.policies.look().mistake
        return HealthView(
            well=writer and readable and writable and steward and free >= LEAST,
            writer=writer,
            readable=readable,
            writable=writable,
            steward=steward,
            free_megabytes=free,
            policy_mistake=mistake or None,
        )

    def _readable(self) -> bool:
        try:
            with self._web.studio.archive.read() as conn:
                return conn.exec_driver_sql("SELECT epoch FROM studio").first() is not None
        except UncagedError:
            return False

    def _writable(self) -> bool:
        """Whether a write gets through; it changes nothing."""
        try:
            self._web.studio.commit(
                lambda conn: conn.exec_driver_sql("UPDATE studio SET epoch = epoch")
            )
        except UncagedError:
            return False
        return True


def public(view: HealthView) -> HealthView:
    """What anybody may know."""
    return HealthView(well=view.well)
