"""The steward: one per studio. It alone gives turns, performs, seals and keeps.

Ownership uses no clock: a lock in the home says who is the steward, an epoch in the archive says which one it was. What
an older epoch left in progress goes back to the line with its next attempt.
"""

import contextlib
import shutil
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from uncaged.archive import files, performers, runs
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
from uncaged.queue import charging, following, line
from uncaged.queue.fairness import Choice
from uncaged.queue.following import Followed
from uncaged.queue.line import Able
from uncaged.studio import making, performing
from uncaged.studio.line_clock import LineClock
from uncaged.studio.seats import Seat

if TYPE_CHECKING:
    from uncaged.performer.slot import Slot
    from uncaged.studio.studio import Studio

LEFTOVERS = 3600.0
"""Seconds after which a file without a row counts as left behind by a crash."""

Watch = Callable[[Event], None]


class Steward:
    """Gives turns and performs them, on each of its seats one after the other."""

    def __init__(self, studio: "Studio", slot: "Slot | None" = None) -> None:
        """slot: a performer that was started beforehand, so that it is warm by now."""
        self._studio = studio
        with studio.archive.write() as conn:
            self.epoch = runs.raise_epoch(conn)
            self.time = LineClock(conn, studio.clock)
            self.followed: Followed = following.follow(conn, studio.policy, studio.clock.now())
            charging.recover(conn, self.rules, self.epoch, studio.clock.now(), self.time.now())
            performers.clear(conn)
        studio.files.note_epoch(self.epoch)
        shutil.rmtree(studio.settings.scratch, ignore_errors=True)  # nobody performs now
        self.seat = Seat(0, Able(), LocalPerformer, slot)

    @property
    def rules(self) -> "line.Rules":
        """What the policy says about turns."""
        return self.followed.policy.rules()

    def perform(
        self, run_id: str, watch: Watch, stop: threading.Event, give_back: bool = False
    ) -> State:
        """Performs one run to its end, through the deaths of its performers; returns its state then.

        give_back: `stop` leaves the run in line; else it cancels it.
        """
        while not (give_back and stop.is_set()):
            with self._studio.archive.write() as conn:
                run = runs.claim(conn, run_id, self.epoch, self._studio.clock.now())
                if run is not None:
                    charging.charge(conn, run, self.rules, self.time.now())
                    self._note(conn, self.seat, run)
            if run is None:
                break
            self.attempt(self.seat, run, watch, stop, give_back)
            self.settle(self.seat)
        with self._studio.archive.read() as conn:
            return runs.get(conn, run_id).state

    def next_turn(self, seat: Seat) -> runs.Run | None:
        """Whose turn it is on this seat: claimed and charged. None where nobody waits whom it could serve.

        What the run before it used is settled in the same transaction.
        """
        if seat.spent is None and not self._could_begin(seat):
            return None
        with self._studio.archive.write() as conn:
            self._settle(conn, seat)
            turn = self._claim(conn, seat)
            self._note(conn, seat, None if turn is None else turn[0])
        self._is_settled(seat)
        if turn is None:
            return None
        run, choice, seconds = turn
        seat.turn(choice, seconds)
        return run

    def _could_begin(self, seat: Seat) -> bool:
        """Whether it is worth a transaction to ask for a turn."""
        with self._studio.archive.read() as conn:
            if not line.somebody_waits(conn, seat.able.lane):
                return False
            if not seat.refused:
                return True
            now = (
                self.time.now()
            )  # where it was refused, only people waited who had as many in hand as they may
            return line.next_turn(conn, self.rules, seat.able, now, seat.warm) is not None

    def _claim(self, conn: Connection, seat: Seat) -> tuple[runs.Run, Choice, float] | None:
        """The next run, by which choice, and the device-seconds that were charged for it."""
        now, wall = self.time.now(), self._studio.clock.now()
        choice = line.next_turn(conn, self.rules, seat.able, now, seat.warm)
        seat.refused = choice is None
        if choice is None:
            return None
        turn = line.claim(conn, choice, self.rules, seat.able, seat.warm, self.epoch, wall, now)
        return None if turn is None else (turn[0], choice, turn[1])

    def attempt(
        self,
        seat: Seat,
        run: runs.Run,
        watch: Watch,
        stop: threading.Event,
        give_back: bool = False,
    ) -> None:
        """One attempt at a claimed run. Whatever happens, the run is in somebody's hands afterwards.

        What it used is settled with the seat's next turn, or by `settle`.
        """
        began, used = self._studio.clock.monotonic(), None

        def heard(event: Event) -> None:
            seat.heard(event)
            watch(event)

        try:
            hands = performing.Hands(seat.ready(), heard, stop, give_back)
            made = making.make(self._studio, run, hands)
            used = self._since(began) if made.kept else None
        except RunCancelled:
            used = self._since(began)
            with self._studio.archive.write() as conn:
                now = self._studio.clock.now()
                runs.cancel(conn, run.id, now, who=self._studio.person)
                runs.stopped(conn, run.id, run.attempt, now)
        except PerformerDied as death:
            seat.deaths += 1
            most = self._studio.settings.deaths
            with self._studio.archive.write() as conn:
                now = self._studio.clock.now()
                runs.died(conn, run.id, run.attempt, most, now, death.message)
        except performing.GivenBack:
            self._give_back(run)
        except ArchiveBusy:
            self._give_back(run)  # it is no fault of the run that somebody else writes for so long
            raise
        except UncagedError as error:
            with self._studio.archive.write() as conn:
                runs.fail(conn, run.id, run.attempt, str(error), self._studio.clock.now())
        except BaseException:
            self._give_back(run)
            raise
        finally:
            seat.abandon()
            seat.spent = (run, used)
            performing.clear(self._studio, run)

    def follow(self) -> str:
        """Follows the policy file as it is now; returns its mistake where it cannot be followed."""
        with self._studio.archive.write() as conn:
            self.followed = following.follow(conn, self._studio.policy, self._studio.clock.now())
        return self.followed.mistake

    def tell_time(self) -> None:
        """Tells the archive what time it is in the line."""
        with self._studio.archive.write() as conn:
            self.time.tell(conn)

    def close(self) -> None:
        """Ends its performer and tidies up what nobody needs."""
        self.seat.leave()
        shutil.rmtree(self._studio.settings.scratch, ignore_errors=True)
        try:
            with self._studio.archive.write() as conn:
                performers.clear(conn)
                self.time.tell(conn)
            files.sweep(self._studio.archive, self._studio.files, LEFTOVERS)
            self._studio.archive.checkpoint()
        except UncagedError as error:  # tidying may wait; the work is kept
            print(f"uncaged: {error}", file=sys.stderr)

    def _since(self, began: float) -> float:
        return self._studio.clock.monotonic() - began

    def settle(self, seat: Seat) -> None:
        """What was used is what is charged; the seat is free again. A charge that stays too high is no lost film."""
        if seat.spent is None:
            return
        with contextlib.suppress(UncagedError), self._studio.archive.write() as conn:
            self._settle(conn, seat)
            self._note(conn, seat, None)
        self._is_settled(seat)

    def _settle(self, conn: Connection, seat: Seat) -> None:
        if seat.spent is not None:
            run, used = seat.spent
            charging.settle(conn, run, self.rules, used, self.time.now())
        for opened in seat.opened:
            charging.loaded(conn, seat.able.device, opened.model, opened.seconds)

    @staticmethod
    def _is_settled(seat: Seat) -> None:
        """That is on the disk now."""
        seat.spent = None
        seat.opened.clear()

    def _note(self, conn: Connection, seat: Seat, run: runs.Run | None) -> None:
        """What a seat does now, for whoever looks; and the time."""
        performers.note(
            conn,
            performers.Performer(
                seat.number,
                self.epoch,
                seat.able.device,
                seat.able.lane,
                seat.model,
                None if run is None else run.id,
                seat.deaths,
                self._studio.clock.now(),
            ),
        )
        self.time.tell(conn)

    def _give_back(self, run: runs.Run) -> None:
        """Back to the line, now if that is possible; else the next steward finds it under an older epoch."""
        with contextlib.suppress(UncagedError), self._studio.archive.write() as conn:
            runs.give_back(conn, run.id, run.attempt, self._studio.clock.now())


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
def stewardship(studio: "Studio", slot: "Slot | None" = None) -> Generator[Steward | None]:
    """The studio's steward while the block runs, or None where another process is it. slot: see `Steward`."""
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
        steward = Steward(studio, slot)
        try:
            yield steward
        finally:
            steward.close()
    finally:
        lock.release()
