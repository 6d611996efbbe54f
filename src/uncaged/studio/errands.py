"""What is asked for elsewhere, as it is remembered here; and deleting there what nobody waits for any more.

A film that is made elsewhere stays there until it is kept here, so that no crash costs it.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uncaged.archive import models, runs
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED
from uncaged.core.errors import NotFound, UncagedError
from uncaged.core.ids import is_id
from uncaged.core.order import Order
from uncaged.engines.remote import place as places
from uncaged.engines.remote import remembered
from uncaged.engines.remote.asking import Asker, Pace
from uncaged.engines.remote.remembered import Asked, delete
from uncaged.studio import laying, outgoing

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

KEPT: Final = 24 * 3600.0
"""Seconds for which one is asked again and again to delete what nobody waits for."""

LEAVE: Final = 2.0
"""Seconds that an address has to answer that, each time."""

ENDING: Final = ".json"


def remembered_at(studio: "Studio", run_id: str) -> Path:
    """Where stands what is asked for elsewhere for a run."""
    return studio.settings.errands / f"{run_id}{ENDING}"


def remembered_for(studio: "Studio", order: Order) -> Order:
    """The order with the place where it remembers what it asks for, if it is performed elsewhere."""
    if order.engine != outgoing.REMOTE:
        return order
    return replace(order, errand=str(remembered_at(studio, order.run)))


def together(studio: "Studio", run: Run) -> int:
    """How many runs of its model are performed elsewhere at a time: as many as there are addresses.

    0 where it is performed alone: it came back to the line more often than performers die of something else.
    """
    if run.attempt > 1 + studio.settings.deaths:
        return 0
    model = _model(studio, run)
    try:
        return 1 if model is None else len(places.read(laying.folder(studio, model)).addresses)
    except UncagedError:  # whoever performs says so
        return 1


def tidy(studio: "Studio", within: float = KEPT) -> int:
    """Deletes elsewhere what was asked for by runs that are over; returns how much of it was left. within: seconds.

    Whoever does not answer is asked again the next time.
    """
    if studio.settings.offline:
        return 0
    until, done = time.monotonic() + within, 0
    for path, run in _over(studio):
        left = list(remembered.read(path))
        for asked in tuple(left):
            if time.monotonic() > until:
                return done
            if _deleted(studio, run, asked):
                left.remove(asked)
                done += 1
        with contextlib.suppress(OSError, UncagedError):
            if not left or time.time() - path.stat().st_mtime > KEPT:
                path.unlink(missing_ok=True)
            elif len(left) < len(remembered.read(path)):
                remembered.write(path, left)
    return done


def _over(studio: "Studio") -> Iterator[tuple[Path, Run | None]]:
    """Every run that has asked for something elsewhere and is over; None for one that is gone."""
    for path in sorted(studio.settings.errands.glob(f"*{ENDING}")):
        if not is_id("run", path.name.removesuffix(ENDING)):
            continue
        with studio.archive.read() as conn:
            try:
                run = runs.get(conn, path.name.removesuffix(ENDING))
            except NotFound:
                run = None
        if run is None or run.state in FINISHED:
            yield path, run


def _deleted(studio: "Studio", run: Run | None, asked: Asked) -> bool:
    """Whether nothing of it is left there, or nobody here could ask for that."""
    model = None if run is None else _model(studio, run)
    if model is None or not asked.job:
        return True
    try:
        known = places.read(laying.folder(studio, model)).addresses
        key = outgoing.key_of(studio, model)
    except UncagedError:
        return True
    if asked.address not in known:
        return True
    at = Asker(asked.address, key, Pace(leave=LEAVE))
    try:
        return delete(at, asked.job)
    finally:
        at.close()


def _model(studio: "Studio", run: Run) -> models.Shelved | None:
    """What it was made with; by its name, where its words were deleted here meanwhile."""
    wanted = None if run.score is None else run.score.model.hash
    with studio.archive.read() as conn:
        if wanted is not None:
            return models.of_hash(conn, wanted)
        return models.on_shelf(conn, run.model)


class Tidying:
    """`tidy` in a thread of its own, never two at a time: whoever keeps house waits for no other machine."""

    def __init__(self, studio: "Studio") -> None:
        self._studio = studio
        self._thread: threading.Thread | None = None

    def go(self) -> None:
        """Begins it, where there is something to do and nobody does it yet."""
        if self._thread is not None and self._thread.is_alive():
            return
        if not any(self._studio.settings.errands.glob(f"*{ENDING}")):
            return
        self._thread = threading.Thread(target=self._work, name="errands", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        with contextlib.suppress(UncagedError):
            tidy(self._studio)
