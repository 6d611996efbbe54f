"""Seeing a run through: perform it where no steward is alive, wait and look where one is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uncaged.archive import runs, works
from uncaged.archive.tables import FINISHED
from uncaged.core.errors import RunCancelled, RunFailed
from uncaged.core.order import Event, Progress, opening
from uncaged.performer.slot import Slot
from uncaged.queue import following, place
from uncaged.studio.standing import LOOK, look
from uncaged.studio.stewardship import stewardship
from uncaged.studio.work import Work

if TYPE_CHECKING:
    from uncaged.studio.making import Making
    from uncaged.studio.studio import Studio

PLACES = 200
"""Places that are played out to find one's own; further back it is only counted."""


OPENS = 1.0
"""Seconds after which a model of the studio's own that has taken no step yet is being opened: an open one begins."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Told to a watcher while a run stands in line: its place, 1 = next."""

    place: int


Watcher = Callable[[Event | Waits], None]


def see_through(
    studio: "Studio",
    making: "Making",
    watch: Watcher = lambda _: None,
    stop: threading.Event | None = None,
    performer: Slot | None = None,
) -> Work:
    """Waits for a film that was asked for, performing it here where no steward is alive.

    stop: set it to cancel. performer: one that was started beforehand; it ends with the stewardship.
    Raises `RunFailed` with the reason, `RunCancelled`.
    """
    assert making.run is not None and making.run.work_id is not None
    stop = stop or threading.Event()
    run_id = making.run.id
    try:
        run = _until_ended(studio, run_id, watch, stop, performer)
    except KeyboardInterrupt:
        with studio.archive.write() as conn:
            runs.cancel(conn, run_id, studio.clock.now(), who=studio.person)
        raise
    if run.state == "completed":
        with studio.archive.read() as conn:
            return Work(studio, works.get(conn, studio.person, making.run.work_id))
    if run.state == "cancelled":
        raise RunCancelled(run.reason or "It was cancelled.")
    raise RunFailed(run.reason or "It failed, and nobody said why.")


def _until_ended(
    studio: "Studio",
    run_id: str,
    watch: Watcher,
    stop: threading.Event,
    performer: Slot | None,
) -> runs.Run:
    told, began = 0.0, None
    while True:
        run = look(studio, run_id)
        if run.state in FINISHED:
            return run
        if stop.is_set():
            with studio.archive.write() as conn:
                runs.cancel(conn, run_id, studio.clock.now(), who=studio.person)
        with stewardship(studio, performer) as steward:
            if steward is not None:
                steward.perform(run_id, watch, stop)
                continue
        now = studio.clock.monotonic()
        if run.state != "queued" or now - told >= 1.0:
            told = now
            if run.state != "queued":
                began = now if began is None else began
            _tell(studio, run, watch, 0.0 if began is None else now - began)
        stop.wait(LOOK)


def _tell(studio: "Studio", run: runs.Run, watch: Watcher, since: float) -> None:
    """Another process is the steward: where the run stands, or how far it has come. since: seconds since it began."""
    if run.state == "queued":
        with studio.archive.read() as conn:
            rules = following.look(conn, studio.policy).policy.rules()
            foreseen = place.foresee(
                conn, rules, studio.clock.now(), run.lane, PLACES, slots=studio.settings.slots
            )
        found = foreseen.of(run.id)
        watch(Waits(foreseen.waiting if found is None else found.place))
    elif run.progress[1]:
        watch(Progress(*run.progress, "performed by the studio's steward"))
    elif since >= OPENS and run.score is not None and run.score.model.hash is not None:
        watch(Progress(0, 0, opening(run.model)))
