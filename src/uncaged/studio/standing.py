"""Standing in line, for whoever asks: places, reasons, and what one may do about one's own runs.

The line is played forward once a second at most for all who look; `queue` knows how.
"""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import runs
from uncaged.archive.tables import FINISHED, Lane
from uncaged.queue import following, own
from uncaged.queue.following import Followed
from uncaged.queue.place import EXACT, Foreseen, Place, foresee
from uncaged.queue.reason import Reason, Stand, reason, stand
from uncaged.queue.turns import Waiting

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

FRESH = 1.0
"""Seconds for which a line that was played forward is shown to everybody who asks."""

SELDOM = 5.0
"""Of one that took long to play: so many times as long, so that most of the processor is left for everything else."""

IF_PRESSED = "if pressed"
"""The name of a run that nobody has asked for yet."""

PLAYED, REMEMBERED = 60, 1000
"""Places among which one is looked for; people whose place is remembered for a moment."""

LOOK = 0.15
"""Seconds between two looks at a run that somebody waits for, here or in `seeing`."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A run and why it stands where it stands; `reason` is None once it stands in line no more."""

    run: runs.Run
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line as it was seen: when, and how many seconds it took."""

    at: float
    took: float
    line: Foreseen
    policy: Followed


class Foresight:
    """The lines as they will go, shared by everybody who looks. limit: places that are played out."""

    def __init__(self, studio: "Studio", limit: int = EXACT) -> None:
        self._studio, self._limit = studio, limit
        self._lock = threading.Lock()
        self._seen: dict[Lane, _Seen] = {}
        self._pressed: dict[tuple[str, str, str], tuple[float, Place | None]] = {}

    def line(self, lane: Lane = "interactive", since: int = 0) -> tuple[Foreseen, Followed]:
        """The line, a moment old, and the policy by which it goes.

        since: when what one looks for came in, by the line's clock (µs).
        """
        with self._lock:
            now = self._studio.clock.monotonic()
            seen = self._seen.get(lane)
            least = FRESH if seen is None or since < seen.line.now else 0.0
            if seen is None or not 0 <= now - seen.at < max(least, seen.took * SELDOM):
                with self._studio.archive.read() as conn:
                    policy = following.look(conn, self._studio.policy)
                    wall, slots = self._studio.clock.now(), self._studio.settings.slots
                    line = foresee(
                        conn, policy.policy.rules(), wall, lane, self._limit, slots=slots
                    )
                then = self._studio.clock.monotonic()
                seen = _Seen(then, then - now, line, policy)
                self._seen[lane] = seen
            return seen.line, seen.policy

    def pressed(self, person: str, kind: str, model: str, seconds: float) -> Place | None:
        """Where a film of somebody's would stand that they asked for now; None where it would be beyond what is played.

        person: empty for whoever is nobody yet. kind: their class. seconds: what it takes.
        """
        key = (person, kind, model)
        now = self._studio.clock.monotonic()
        with self._lock:
            seen = self._pressed.get(key)
            if seen is not None and 0 <= now - seen[0] < FRESH * 2:
                return seen[1]
        newcomer = Waiting(IF_PRESSED, person, kind, model, seconds, 0)
        with self._studio.archive.read() as conn:
            rules = following.look(conn, self._studio.policy).policy.rules()
            wall = self._studio.clock.now()
            slots = self._studio.settings.slots
            line = foresee(conn, rules, wall, "interactive", PLAYED, newcomer, slots)
        place = line.of(IF_PRESSED)
        with self._lock:
            if len(self._pressed) >= REMEMBERED:
                self._pressed.clear()
            self._pressed[key] = (now, place)
        return place

    def of(self, run_id: str) -> Standing:
        """Where this run stands, and why."""
        with self._studio.archive.read() as conn:
            return self.told(conn, runs.get(conn, run_id))

    def stand(self, run: runs.Run, kind: str) -> Stand | None:
        """Where a run stands, without the why; None where it is not in line. kind: its person's class."""
        if run.state != "queued":
            return None
        line, policy = self.line(run.lane, run.stood or 0)
        return stand(line, policy.policy.rules(), run, kind)

    def told(self, conn: Connection, run: runs.Run) -> Standing:
        """The same, for whoever has just read the run."""
        if run.state != "queued":
            return Standing(run, None)
        line, policy = self.line(run.lane, run.stood or 0)
        return Standing(run, reason(conn, line, policy.policy.rules(), run))


def look(studio: "Studio", run_id: str) -> runs.Run:
    """How a run stands now, whosever it is."""
    with studio.archive.read() as conn:
        return runs.get(conn, run_id)


def mine(studio: "Studio", run_id: str) -> runs.Run:
    """A run of this person; `NotFound` alike where it is not here and where it is somebody else's."""
    with studio.archive.read() as conn:
        return own.own(conn, studio.person, run_id)


def cancel(studio: "Studio", run_id: str) -> runs.Run:
    """In line it ends at once; what is being performed is stopped by the steward. The finished stays what it is."""
    now = studio.clock.now()

    def step(conn: Connection) -> runs.Run:
        own.own(conn, studio.person, run_id)
        runs.cancel(conn, run_id, now, who=studio.person)
        return runs.get(conn, run_id)

    return studio.commit(step)


def pause(studio: "Studio", run_id: str) -> runs.Run:
    """Lets everybody pass until it is resumed."""
    now = studio.clock.now()
    return studio.commit(lambda conn: own.pause(conn, studio.person, run_id, now))


def resume(studio: "Studio", run_id: str) -> runs.Run:
    """Waits again, where it stood."""
    return studio.commit(lambda conn: own.resume(conn, studio.person, run_id))


def prefer(studio: "Studio", run_id: str) -> runs.Run:
    """The first of one's own from now on."""
    return studio.commit(lambda conn: own.prefer(conn, studio.person, run_id))


def wait(studio: "Studio", run_id: str, seconds: float | None = None) -> runs.Run:
    """The run once it has ended, or as it stands after so many seconds (None: without end)."""
    began = studio.clock.monotonic()
    while True:
        run = look(studio, run_id)
        over = seconds is not None and studio.clock.monotonic() - began >= seconds
        if run.state in FINISHED or over:
            return run
        studio.clock.sleep(LOOK)
