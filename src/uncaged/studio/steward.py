"""The steward: one per studio. It alone gives turns, performs, seals and keeps.

Ownership uses no clock: a lock in the home says who is the steward, an epoch in the archive says which one it was. What
an older epoch left in progress goes back to the line with its next attempt.
"""

import contextlib
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import files, performers, runs
from uncaged.archive.tables import State
from uncaged.core.errors import (
    ArchiveBusy,
    DiskFull,
    HomeUnusable,
    PerformerDied,
    RunCancelled,
    UncagedError,
)
from uncaged.core.order import Broke, Done, Event, Learned, Opened
from uncaged.performer.local import LocalPerformer
from uncaged.queue import charging, estimate, following, line
from uncaged.queue.fairness import Choice
from uncaged.queue.following import Followed
from uncaged.queue.line import Able, Moment
from uncaged.queue.passing import Room, passing, together
from uncaged.studio import errands, learning, making, performing, reasons
from uncaged.studio.desks import Desk, InHand
from uncaged.studio.endings import Ending, Endings
from uncaged.studio.line_clock import LineClock
from uncaged.studio.seats import Seat
from uncaged.studio.signs import Moving

if TYPE_CHECKING:
    from uncaged.performer.slot import Slot
    from uncaged.studio.studio import Studio


def _kept(studio: "Studio", run: runs.Run, hands: performing.Hands) -> bool:
    """Performs a film or a training to its end; whether it was kept, and not somebody else's twin."""
    if run.task is not None:
        return learning.learn(studio, run, hands).kept is not None
    return making.make(studio, run, hands).kept


LEFTOVERS = 3600.0
"""Seconds after which a file without a row counts as left behind by a crash."""

LAST_ERRANDS = 3.0
"""Seconds in which a steward that goes deletes elsewhere what is kept here by now; the next one does the rest."""

Watch = Callable[[Event], None]


class Steward:
    """Gives turns and performs them, on each of its seats one after the other."""

    def __init__(
        self, studio: "Studio", slot: "Slot | None" = None, moving: Moving | None = None
    ) -> None:
        """slot: a performer that was started beforehand, so that it is warm by now. moving: see `Moving`."""
        self._studio = studio
        self.moving = moving or Moving(studio.clock)
        with studio.archive.write() as conn:
            self.epoch = runs.raise_epoch(conn)
            self.time = LineClock(conn, studio.clock)
            self.followed: Followed = following.follow(conn, studio.policy, studio.clock.now())
            charging.recover(conn, self.rules, self.epoch, studio.clock.now(), self.time.now())
            performers.clear(conn)
        studio.files.note_epoch(self.epoch)
        shutil.rmtree(studio.settings.scratch, ignore_errors=True)  # nobody performs now
        self.seat = Seat(0, Desk(0, Able(), LocalPerformer, slot), slot)
        self._endings = Endings(studio)

    @property
    def rules(self) -> "line.Rules":
        """What the policy says about turns."""
        return self.followed.policy.rules()

    def perform(
        self, run_id: str, watch: Watch, stop: threading.Event, give_back: bool = False
    ) -> State:
        """Performs one run to its end, through the deaths of its performers; returns its state then.

        give_back: `stop` leaves the run in line; else it cancels it. Raises what the archive raises where the end
        cannot be written: the next steward then finds the run, and performs it anew.
        """
        while not (give_back and stop.is_set()):
            with self._studio.archive.write() as conn:
                run = runs.claim(conn, run_id, self.epoch, self._studio.clock.now())
                if run is not None:
                    charging.charge(conn, run, self.rules, self.time.now())
                    self._note(conn, self.seat, run)
            if run is None:
                break
            try:
                self.attempt(self.seat, run, watch, stop, give_back)
            finally:
                self.moving.rests(self.seat.name)
            self._endings.demand()
        with self._studio.archive.read() as conn:
            return runs.get(conn, run_id).state

    def next_turn(self, seat: Seat) -> runs.Run | None:
        """Whose turn it is on this seat: claimed and charged. None where nobody waits whom it could serve.

        Beside what the performer has in hand only short runs of the same model begin: see `passing`.

        What is owed of the turn before is written in the same transaction. Raises `PerformerDied` where no performer
        can be started for it, and what the archive raises.
        """
        if not seat.may_begin:
            return None
        room = seat.desk.room
        if self.owes and seat.sat_in:
            with contextlib.suppress(UncagedError), self._endings.taken() as endings:
                return self._give_turn(seat, room, endings)
            # What cannot be written together is written each by itself.
        self.pay()
        if not self._could_begin(seat, room):
            return None
        seat.ready()  # nobody's turn is used up where no performer can be started
        return self._give_turn(seat, room)

    def _could_begin(self, seat: Seat, room: Room | None) -> bool:
        """Whether it is worth a transaction to ask for a turn."""
        with self._studio.archive.read() as conn:
            if not line.somebody_waits(conn, seat.able.lane):
                return False
            if not seat.refused and seat.sat_in:
                return True
            # Nobody is hired for nothing. Or it was refused: only people waited who had as many in hand as they may, or
            # whom it had no room for.
            return self._choice(conn, seat, room, self.time.now()) is not None

    def _give_turn(
        self, seat: Seat, room: Room | None, endings: Sequence[Ending] = ()
    ) -> runs.Run | None:
        """Writes these endings, and who is next; all or nothing."""
        with self._studio.archive.write() as conn:
            for ending in endings:
                ending(conn)
            turn = self._claim(conn, seat, room)
            if turn is None:
                return None
            run, choice, seconds = turn
            self._note(conn, seat, run)
            held = self._in_hand(conn, run)
        seat.begins(held, choice, seconds)
        return run

    def _in_hand(self, conn: Connection, run: runs.Run) -> InHand:
        """Whoever came back to the line once has the performer for themselves: what happened then is not known."""
        if estimate.is_away(conn, run.model):
            most = errands.together(self._studio, run)
            return InHand(run.id, run.model, run.estimated_seconds or 0.0, most)
        alone = run.score is None or run.attempt > 1
        most = 1 if alone else together(conn, run.model, self._studio.settings.slots)
        return InHand(run.id, run.model, run.estimated_seconds or 0.0, most)

    def _choice(self, conn: Connection, seat: Seat, room: Room | None, now: int) -> Choice | None:
        if room is not None:
            return passing(conn, self.rules, seat.able, now, seat.warm, room)
        return line.next_turn(conn, self.rules, seat.able, now, seat.warm)

    def _claim(
        self, conn: Connection, seat: Seat, room: Room | None
    ) -> tuple[runs.Run, Choice, float] | None:
        """The next run, by which choice, and the device-seconds that were charged for it."""
        now, wall, rules = self.time.now(), self._studio.clock.now(), self.rules
        choice = self._choice(conn, seat, room, now)
        seat.refused = choice is None
        if choice is None:
            return None
        when, warm = Moment(self.epoch, wall, now), seat.warm
        if room is not None:  # it is loaded by then, and whoever came first pays for it
            warm = replace(warm, models=warm.models | {room.model})
        turn = line.claim(conn, choice, rules, seat.able, warm, when)
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

        give_back: see `perform`; trouble of the disk or the archive is then raised, and leaves the run in line.
        """
        began, used = self._studio.clock.monotonic(), None
        told: list[Done | Broke | Opened] = []
        ending: Ending | None = None
        trouble: UncagedError | None = None
        further = False  # whether a training has kept a checkpoint since this attempt began

        def heard(event: Event) -> None:
            nonlocal further
            further = further or (isinstance(event, Learned) and "kept" in event.facts)
            if isinstance(event, Done | Broke | Opened):
                told.append(event)
            seat.heard(event)
            watch(event)

        try:
            listens = partial(self.moving.moves, seat.name)
            hands = performing.Hands(seat.ready(), heard, stop, give_back, listens)
            kept = _kept(self._studio, run, hands)
            used = self._spent(told, began) if kept else None
        except RunCancelled:
            ending, used = self._stopped(run), self._spent(told, began)
        except performing.Crowded:
            ending = self._given_back(run)
        except PerformerDied as death:
            ending, used, trouble = self._after_death(seat, run, death, further, began)
        except performing.GivenBack:
            ending, used = self._given_back(run), self._since(began) if further else None
        except ArchiveBusy as error:
            ending, trouble = self._given_back(run), error
        except UncagedError as error:
            waits = give_back and run.task is None  # a training is gone on with by hand
            if waits and isinstance(error, DiskFull | HomeUnusable):
                ending, trouble = self._given_back(run), error
            else:
                ending = self._failed(run, error)
        except BaseException:
            ending = self._given_back(run)
            raise
        finally:
            seat.ends()
            seat.abandon()
            if run.task is not None:
                seat.leave()  # it has the lowest priority for ever, and its libraries in memory
            performing.clear(self._studio, run)  # first: a full disk may need this room to say so
            self._close(seat, run, ending, used)
        if trouble is not None:
            raise trouble

    def pay(self) -> bool:
        """Writes endings that could not be written before; False where they still cannot be."""
        return self._endings.pay()

    @property
    def owes(self) -> bool:
        """Whether an ending has still to be written."""
        return self._endings.owed > 0

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
        self.pay()  # else the next steward finds what is left under an older epoch
        shutil.rmtree(self._studio.settings.scratch, ignore_errors=True)
        try:
            with self._studio.archive.write() as conn:
                performers.clear(conn)
                self.time.tell(conn)
            errands.tidy(self._studio, LAST_ERRANDS)
            files.sweep(self._studio.archive, self._studio.files, LEFTOVERS)
            self._studio.archive.checkpoint()
        except UncagedError as error:  # tidying may wait; the work is kept
            print(f"uncaged: {error}", file=sys.stderr)

    def _spent(self, told: Sequence[Done | Broke | Opened], began: float) -> float:
        """Device-seconds of an attempt: as its performer says, who may have performed others in between."""
        if not told or isinstance(told[-1], Opened):
            return self._since(began)
        return sum(event.seconds for event in told)

    def _since(self, began: float) -> float:
        return self._studio.clock.monotonic() - began

    def _close(self, seat: Seat, run: runs.Run, ending: Ending | None, used: float | None) -> None:
        """Writes how the attempt ended, what is charged for it, and that the seat is free; now or later.

        Once a film is kept, the rest has time until the seat's next turn; whoever else looks can wait no longer.
        """
        opened = tuple(seat.desk.opened)
        seat.desk.opened.clear()

        def step(conn: Connection) -> None:
            if ending is not None:
                ending(conn)
            charging.settle(conn, run, self.rules, used, self.time.now())
            for one in opened:
                charging.loaded(conn, seat.able.device, one.model, one.seconds)
            self._note(conn, seat, None)

        (self._endings.owe if ending is None else self._endings.write)(run.id, step)

    def _stopped(self, run: runs.Run) -> Ending:
        def step(conn: Connection) -> None:
            now = self._studio.clock.now()
            runs.cancel(conn, run.id, now, who=self._studio.person)
            runs.stopped(conn, run.id, run.attempt, now)

        return step

    def _after_death(
        self, seat: Seat, run: runs.Run, death: PerformerDied, further: bool, began: float
    ) -> tuple[Ending, float | None, UncagedError | None]:
        """How an attempt ends whose performer died, what is charged for it, and what is told as trouble."""
        seat.died()
        if not seat.greeted:  # it never was there: no death of the run
            return self._given_back(run), None, death
        if seat.company:  # whose fault it was nobody knows: next time each is alone
            return self._given_back(run), None, None
        return (
            (self._given_back(run) if further else self._died(run, death)),
            self._since(began),
            None,
        )

    def _died(self, run: runs.Run, death: PerformerDied) -> Ending:
        most = self._studio.settings.deaths
        return lambda conn: runs.died(
            conn, run.id, run.attempt, most, self._studio.clock.now(), death.message
        )

    def _failed(self, run: runs.Run, error: UncagedError) -> Ending:
        why = reasons.told(self._studio, run, error)
        return lambda conn: runs.fail(conn, run.id, run.attempt, why, self._studio.clock.now())

    def _given_back(self, run: runs.Run) -> Ending:
        return lambda conn: runs.give_back(conn, run.id, run.attempt, self._studio.clock.now())

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
                seat.desk.deaths,
                self._studio.clock.now(),
            ),
        )
        self.time.tell(conn)
