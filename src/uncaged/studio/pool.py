"""All seats of a steward at work: each takes the next turn, performs it, takes the next. The rest is house-keeping.

Knows no rule of the line and no performer; `steward` gives turns and performs them.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from uncaged.archive import askings, files, guests, hooks, performers, runs
from uncaged.archive.performers import AWAY, BESIDE
from uncaged.archive.runs import Run
from uncaged.archive.tables import FINISHED, Lane
from uncaged.core.errors import UncagedError
from uncaged.core.order import Event
from uncaged.engines.registry import families
from uncaged.performer.local import LocalPerformer
from uncaged.queue.line import Able
from uncaged.studio.desks import Desk
from uncaged.studio.errands import Tidying
from uncaged.studio.letting_go import let_go
from uncaged.studio.seats import Seat
from uncaged.studio.steward import LEFTOVERS, Steward

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

LOOK, SELDOM = 0.2, 1.0
"""Seconds between two looks into the line, while nobody waits; into those of what takes long anyway."""

TRY_AGAIN = 1.0
LONGEST = 30.0
"""Seconds after which something is tried again that could not be done, twice as many each time; and at most."""

ERRANDS = 32
"""Films that other machines perform at a time, at most; of one model as many as it has addresses."""

HOUSE = "house-keeping"
"""What the rest is called among those who move."""

LET_GO = 2.0
"""Seconds beside a performer's own grace in which a seat that was told to stop lets go of it."""

TIDY = 5.0
CHECKPOINT = 60.0
SWEEP = 3600.0
"""Seconds between two times of deleting elsewhere what is kept here by now; of emptying the write-ahead log; of
sweeping up what crashes left."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who watches: told of every run that begins and ends here, of every event, and of trouble."""

    begun: Callable[[Run], None] = lambda _: None
    ended: Callable[[Run], None] = lambda _: None
    event: Callable[[Event], None] = lambda _: None
    trouble: Callable[[str], None] = lambda _: None


def seats(count: int, cores: int | None = None, together: int = 1) -> list[Seat]:
    """Seats for films on this machine's processor, one for what may take long, some for what other machines perform.

    Cores are shared out.

    together: how many films one performer may have in hand at most; how many it has, their model says.
    """
    threads = max(1, (cores or os.cpu_count() or 1) // max(1, count))
    hire = partial(LocalPerformer, threads)
    desks = [Desk(n, Able("interactive", away=False), hire) for n in range(count)]
    films = [Seat(desk.number + BESIDE * n, desk) for n in range(together) for desk in desks]
    lanes: tuple[Lane, Lane] = ("batch", "live")
    others = [Desk(count + n, Able(lane), hire) for n, lane in enumerate(lanes)]
    away = Desk(
        count + len(lanes), Able("interactive", AWAY, away=True), partial(LocalPerformer, 1)
    )
    errands = [Seat(away.number + BESIDE * n, away) for n in range(1, ERRANDS + 1)]
    return [*films, *(Seat(desk.number, desk) for desk in others), *errands]


def together(studio: "Studio") -> int:
    """How many films of one model a performer of this studio may have in hand at most."""
    said = studio.settings.slots
    return said or max(family.slots for family in families().values())


class Pool:
    """The seats of one steward. A seat whose lane nobody waits in has no process."""

    def __init__(self, studio: "Studio", steward: Steward, seats: list[Seat], eyes: Eyes) -> None:
        self._studio, self._steward, self._seats, self._eyes = studio, steward, seats, eyes
        self._stop, self._halt = threading.Event(), threading.Event()
        self._policy = self._policy_seen()  # before anybody can see that we are there
        self._at_work: set[int] = set()
        self._lock = threading.Lock()
        self._ended, self._broken = 0, list[BaseException]()

    def work(self, stop: threading.Event, until_nobody_waits: bool = False) -> int:
        """Until `stop`; returns how many runs were brought to an end.

        What is in hand then has `finish_seconds` to come to its end, and goes back to the line after that.
        """
        with self._studio.archive.write() as conn:
            for seat in self._seats:
                if seat.is_first:
                    performers.note(conn, self._idle(seat))
        threads = [
            threading.Thread(target=self._sit, args=(seat, until_nobody_waits), daemon=True)
            for seat in self._seats
        ]
        for thread in threads:
            thread.start()
        self._keep_house(stop, threads)
        self._stop.set()
        deadline = self._studio.clock.monotonic() + self._studio.settings.finish_seconds
        for thread in threads:
            thread.join(max(0.0, deadline - self._studio.clock.monotonic()))
        self._halt.set()
        self._see_off(threads)
        if self._broken:
            raise self._broken[0]
        return self._ended

    def _see_off(self, threads: list[threading.Thread]) -> None:
        """Whoever does not let go by then loses the performer, and is left behind after that."""
        grace = self._studio.settings.grace_seconds + LET_GO
        for way_out in (self._kill, self._leave_behind):
            deadline = self._studio.clock.monotonic() + grace
            for thread in threads:
                thread.join(max(0.0, deadline - self._studio.clock.monotonic()))
            for seat, thread in zip(self._seats, threads, strict=True):
                if thread.is_alive():
                    way_out(seat)

    def _kill(self, seat: Seat) -> None:
        slot = seat.slot
        if slot is not None:
            slot.kill()

    def _leave_behind(self, seat: Seat) -> None:
        self._eyes.trouble(
            f"Seat {seat.number} does not end; what it has in hand goes to the next steward."
        )

    def _sit(self, seat: Seat, until_nobody_waits: bool) -> None:
        """One seat, turn after turn. Trouble with the archive or the disk is told, and tried again."""
        in_vain = 0
        try:
            while not self._stop.is_set():
                self._steward.moving.moves(seat.name)
                try:
                    worked = self._take_turn(seat)
                except UncagedError as error:
                    self._eyes.trouble(str(error))
                    self._stop.wait(min(LONGEST, TRY_AGAIN * 2**in_vain))
                    in_vain += 1
                    continue
                in_vain = 0
                if worked:
                    continue
                if until_nobody_waits and not self._at_work:
                    return
                self._stop.wait(LOOK if seat.looks_often else SELDOM)
        except (
            BaseException
        ) as error:  # a mistake of ours: everybody stops, and it is raised where all began
            self._broken.append(error)
            self._stop.set()
        finally:
            self._steward.pay()
            seat.leave()
            self._steward.moving.rests(seat.name)

    def _take_turn(self, seat: Seat) -> bool:
        with self._lock:  # so that nobody leaves while somebody is about to begin
            run = self._steward.next_turn(seat)
            if run is None:
                return False
            self._at_work.add(seat.number)
        try:
            self._eyes.begun(run)
            # What may take days cannot come to its end in the seconds that a film has: it keeps a checkpoint in them.
            halt = self._halt if run.task is None else self._stop
            self._steward.attempt(seat, run, self._eyes.event, halt, give_back=True)
        finally:
            self._at_work.discard(seat.number)
        with self._studio.archive.read() as conn:
            after = runs.get(conn, run.id)
        if after.state in FINISHED:
            self._ended += 1
            self._eyes.ended(after)
        return True

    def _idle(self, seat: Seat) -> performers.Performer:
        now = self._studio.clock.now()
        able = seat.able
        epoch = self._steward.epoch
        return performers.Performer(
            seat.number, epoch, able.device, able.lane, None, None, seat.desk.deaths, now
        )

    def _keep_house(self, stop: threading.Event, threads: list[threading.Thread]) -> None:
        """Looks after the policy, the clock and the disk, until it is time to stop."""
        clock = self._studio.clock
        checked = swept = tidied = clock.monotonic()
        moving, tidying = self._steward.moving, Tidying(self._studio)
        while not stop.is_set() and any(thread.is_alive() for thread in threads):
            moving.moves(HOUSE)
            stop.wait(LOOK)
            try:
                if (now := self._policy_seen()) != self._policy:
                    self._policy = now
                    self._follow()
                if self._steward.owes:
                    self._steward.pay()
                if self._steward.time.is_due:
                    self._steward.tell_time()
                if clock.monotonic() - tidied >= TIDY:
                    tidied = clock.monotonic()
                    tidying.go()
                if clock.monotonic() - checked >= CHECKPOINT:
                    checked = clock.monotonic()
                    self._studio.archive.checkpoint()
                if clock.monotonic() - swept >= SWEEP:
                    swept = clock.monotonic()
                    moving.rests(HOUSE)  # it may take as long as there are files
                    self._sweep()
            except UncagedError as error:
                self._eyes.trouble(str(error))
                stop.wait(TRY_AGAIN)
        moving.rests(HOUSE)

    def _sweep(self) -> None:
        """What crashes left behind, marks of guests who have not come for long, requests that nobody sends again; works
        that no guest kept, and what lay in the trash long enough."""
        files.sweep(self._studio.archive, self._studio.files, LEFTOVERS)
        with self._studio.archive.write() as conn:
            guests.forget(conn, self._steward.time.now())
            askings.forget(conn, self._studio.clock.now())
            hooks.forget(conn, self._studio.clock.now())
        # The earlier of both clocks: a wrong date deletes nothing before its time.
        now = min(self._studio.clock.now(), self._steward.time.now())
        gone = let_go(self._studio, self._steward.followed.policy, now)
        if any(gone.values()):
            self._eyes.trouble(
                f"{gone['unclaimed']} works of guests that nobody kept are deleted, "
                f"and {gone['trash']} from the trash."
            )

    def _follow(self) -> None:
        mistake = self._steward.follow()
        if mistake:
            self._eyes.trouble(f"The policy stays as it was. {mistake}")
        else:
            self._eyes.trouble(f"The policy is {self._steward.followed.short_hash} now.")

    def _policy_seen(self) -> tuple[int, int, int] | None:
        try:
            found = self._studio.policy.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)
