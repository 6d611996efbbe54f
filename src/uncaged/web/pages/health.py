"""Whether all is well with this studio: for whatever watches over it, and in more detail for its owner."""

import shutil
import threading
from concurrent.futures import Future, wait

from sqlalchemy import Connection

from uncaged.core.errors import UncagedError
from uncaged.studio.signs import SILENT, Watch
from uncaged.studio.stewardship import steward_lives
from uncaged.web.here import Web
from uncaged.web.views.machine import HealthView

LOOK = 1.0
"""Seconds for which an answer holds, however many ask."""

GLANCE, PATIENCE = 0.2, 10.0
"""Seconds that an answer waits for a write to get through; after which a write that does not is called stuck."""

LEAST = 32
"""Megabytes of the disk that must be free."""


class Health:
    """Looks after the studio, at most once in `LOOK` seconds. Nobody waits here for a write."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._lock = threading.Lock()
        self._seen: tuple[float, HealthView] | None = None
        self._probe = _Probe(web)
        self._watch = Watch(web.studio.settings.home, web.studio.clock)

    def look(self) -> HealthView:
        """How it stands. Whoever comes while somebody looks is told what was seen before."""
        with self._lock:
            now, seen = self._web.studio.clock.monotonic(), self._seen
            if seen is not None:
                if 0 <= now - seen[0] < LOOK:
                    return seen[1]
                self._seen = (now, seen[1])
        view = self._look()
        with self._lock:
            self._seen = (now, view)
        return view

    def _look(self) -> HealthView:
        studio = self._web.studio
        writer = studio.writer is None or studio.writer.alive
        readable, writable = self._readable(), writer and self._probe.passes()
        steward = steward_lives(studio)
        silence = self._watch.silence() if steward else None
        try:
            free = shutil.disk_usage(studio.settings.home).free // 1_000_000
        except OSError:
            free = 0
        mistake = self._web.policies.look().mistake
        return HealthView(
            well=writer
            and readable
            and writable
            and silence is not None
            and silence < SILENT
            and free >= LEAST,
            writer=writer,
            readable=readable,
            writable=writable,
            steward=steward,
            steward_silent=None if silence is None else round(silence, 1),
            free_megabytes=free,
            policy_mistake=mistake or None,
        )

    def _readable(self) -> bool:
        try:
            with self._web.studio.archive.read() as conn:
                return conn.exec_driver_sql("SELECT epoch FROM studio").first() is not None
        except UncagedError:
            return False


class _Probe:
    """A write that changes nothing, handed to the writer again and again: what became of the last one is the answer."""

    def __init__(self, web: Web) -> None:
        self._studio = web.studio
        self._lock = threading.Lock()
        self._sent: tuple[float, Future[object]] | None = None
        self._passed = True

    def passes(self) -> bool:
        """Whether writes get through. While one is under way the last one's answer holds, for `PATIENCE` seconds."""
        writer, clock = self._studio.writer, self._studio.clock
        if writer is None:  # a studio that only looks
            return False
        with self._lock:
            if self._sent is None:
                self._sent = (clock.monotonic(), writer.submit(_write_nothing))
            sent, answer = self._sent
        wait([answer], GLANCE)
        with self._lock:
            if answer.done():
                self._passed = answer.exception() is None
                self._sent = None if self._sent == (sent, answer) else self._sent
            elif clock.monotonic() - sent > PATIENCE:
                self._passed = False
            return self._passed


def _write_nothing(conn: Connection) -> None:
    conn.exec_driver_sql("UPDATE studio SET epoch = epoch")


def public(view: HealthView) -> HealthView:
    """What anybody may know."""
    return HealthView(well=view.well)
