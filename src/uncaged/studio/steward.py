"""The steward: one per studio. It alone claims, performs, seals and keeps.

Ownership uses no clock: a lock in the home says who is the steward, an epoch in the archive says which one it was. What
an older epoch left in progress goes back to the line with its next attempt.
"""

import contextlib
import shutil
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from uncaged.archive import files, runs
from uncaged.archive.tables import State
from uncaged.core.errors import (
    ArchiveBusy,
    HomeUnusable,
    PerformerDied,
    RunCancelled,
    UncagedError,
)
from uncaged.core.order import Event
from uncaged.performer.local import LocalPerformer
from uncaged.studio import making, performing

if TYPE_CHECKING:
    import threading

    from uncaged.studio.studio import Studio

LEFTOVERS = 3600.0
"""Seconds after which a file without a row counts as left behind by a crash."""

Watch = Callable[[Event], None]


class Steward:
    """Performs runs of one studio, one after the other, with one warm performer."""

    def __init__(self, studio: "Studio", performer: LocalPerformer | None = None) -> None:
        """performer: one that was started beforehand, so that it is warm by now."""
        self._studio = studio
        self.performer = performer
        with studio.archive.write() as conn:
            self.epoch = runs.raise_epoch(conn)
            runs.recover(conn, self.epoch, studio.clock.now())
        studio.files.note_epoch(self.epoch)
        shutil.rmtree(studio.settings.scratch, ignore_errors=True)  # nobody performs now

    def perform(
        self, run_id: str, watch: Watch, stop: "threading.Event", give_back: bool = False
    ) -> State:
        """Performs one run to its end, through the deaths of its performers; returns its state then.

        give_back: `stop` leaves the run in line; else it cancels it.
        """
        while True:
            if give_back and stop.is_set():
                with self._studio.archive.read() as conn:
                    return runs.get(conn, run_id).state
            with self._studio.archive.write() as conn:
                run = runs.claim(conn, run_id, self.epoch, self._studio.clock.now())
            if run is None:
                with self._studio.archive.read() as conn:
                    return runs.get(conn, run_id).state
            self._attempt(run, watch, stop, give_back)

    def work_off(self, watch: Watch, stop: "threading.Event") -> int:
        """Performs what stands in line until nobody waits; returns how many runs it brought to an end."""
        count = 0
        while not stop.is_set():
            with self._studio.archive.read() as conn:
                run = runs.next_in_line(conn)
            if run is None:
                break
            state = self.perform(run.id, watch, stop, give_back=True)
            count += state not in ("queued", "in_progress")
        return count

    def close(self) -> None:
        """Ends the performer and tidies up what nobody needs."""
        if self.performer is not None:
            self.performer.end()
        shutil.rmtree(self._studio.settings.scratch, ignore_errors=True)
        try:
            files.sweep(self._studio.archive, self._studio.files, LEFTOVERS)
            self._studio.archive.checkpoint()
        except UncagedError as error:  # tidying may wait; the work is kept
            print(f"uncaged: {error}", file=sys.stderr)

    def _attempt(
        self, run: runs.Run, watch: Watch, stop: "threading.Event", give_back: bool
    ) -> None:
        """One attempt at a claimed run. Whatever happens, the run is in somebody's hands afterwards."""
        clock, archive = self._studio.clock, self._studio.archive
        try:
            hands = performing.Hands(self._ready(), watch, stop, give_back)
            making.make(self._studio, run, hands)
        except RunCancelled:
            with archive.write() as conn:
                runs.cancel(conn, run.id, clock.now(), who=self._studio.person)
                runs.stopped(conn, run.id, run.attempt, clock.now())
        except PerformerDied as death:
            most = self._studio.settings.deaths
            with archive.write() as conn:
                runs.died(conn, run.id, run.attempt, most, clock.now(), death.message)
        except performing.GivenBack:
            self._give_back(run)
        except ArchiveBusy:
            self._give_back(run)  # it is no fault of the run that somebody else writes for so long
            raise
        except UncagedError as error:
            with archive.write() as conn:
                runs.fail(conn, run.id, run.attempt, str(error), clock.now())
        except BaseException:
            self._give_back(run)
            raise
        finally:
            if self.performer is not None and self.performer.busy:
                self.performer.kill()  # what it still performs is nobody's any more
            performing.clear(self._studio, run)

    def _give_back(self, run: runs.Run) -> None:
        """Back to the line, now if that is possible; else the next steward finds it under an older epoch."""
        with contextlib.suppress(UncagedError), self._studio.archive.write() as conn:
            runs.give_back(conn, run.id, run.attempt, self._studio.clock.now())

    def _ready(self) -> LocalPerformer:
        """The warm performer, or a new one where it died."""
        if self.performer is not None and not self.performer.alive:
            self.performer.end()
            self.performer = None
        if self.performer is None:
            try:
                self.performer = LocalPerformer()
            except OSError as error:
                raise PerformerDied(f"No performer could be started ({error.strerror}).") from None
        return self.performer


def steward_lives(studio: "Studio") -> bool:
    """Whether some process is this studio's steward now."""
    lock = FileLock(studio.settings.home / "steward.lock", timeout=0)
    try:
        with lock:
            return False
    except Timeout:
        return True
    except OSError:
        return False  # where nothing can be written, nobody performs


@contextmanager
def stewardship(
    studio: "Studio", performer: LocalPerformer | None = None
) -> Generator[Steward | None]:
    """The studio's steward while the block runs, or None where another process is it. performer: see `Steward`."""
    lock = FileLock(studio.settings.home / "steward.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield None
        return
    except OSError as error:
        raise HomeUnusable(
            f"{studio.settings.home} cannot be locked ({error.strerror}).",
            "Is it on a disk that can be written to?",
        ) from error
    try:
        steward = Steward(studio, performer)
        try:
            yield steward
        finally:
            steward.close()
    finally:
        lock.release()
