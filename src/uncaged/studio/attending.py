"""Seeing a training through: where no steward is alive, this process is one meanwhile, for everybody who waits.

So a film that somebody asks for beside a long training is performed too. How the training stands is read from the
archive and its folder, whoever performs it.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uncaged.archive import runs
from uncaged.archive.tables import FINISHED
from uncaged.queue import following, place
from uncaged.studio import lessons, pool
from uncaged.studio.lessons import Lesson
from uncaged.studio.standing import LOOK, look
from uncaged.studio.stewardship import stewardship

if TYPE_CHECKING:
    from uncaged.studio.steward import Steward
    from uncaged.studio.studio import Studio

OFTEN = 0.5
"""Seconds between two looks at how far it is."""

PLACES = 200
"""Places that are played out to find one's own."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How a training stands. place: 1 = next, None once it waits no more. preview: its last picture, as PNG."""

    run: runs.Run
    place: int | None
    lesson: Lesson
    preview: bytes | None


def stands(studio: "Studio", run: runs.Run) -> Stands:
    """How it stands now, for whoever looks."""
    assert run.task is not None
    folder = lessons.folder(studio, run.task.begun)
    where = _place(studio, run) if run.state == "queued" else None
    return Stands(run, where, lessons.lesson(folder), lessons.preview(folder))


def _place(studio: "Studio", run: runs.Run) -> int:
    with studio.archive.read() as conn:
        rules = following.look(conn, studio.policy).policy.rules()
        foreseen = place.foresee(
            conn, rules, studio.clock.now(), run.lane, PLACES, slots=studio.settings.slots
        )
    found = foreseen.of(run.id)
    return foreseen.waiting if found is None else found.place


def see_through(
    studio: "Studio",
    run_id: str,
    watch: Callable[[Stands], None] = lambda _: None,
    stop: threading.Event | None = None,
    trouble: Callable[[str], None] = lambda _: None,
) -> runs.Run:
    """The training once it has ended, performed here where no steward is alive. stop: set it to cancel.

    watch: told how it stands, now and then. trouble: told what a steward tells.
    """
    stop = stop or threading.Event()
    while (run := look(studio, run_id)).state not in FINISHED:
        with stewardship(studio) as steward:
            if steward is not None:
                with _at_work(studio, steward, trouble) as over:
                    _until(studio, run_id, watch, stop, over)
                continue
        _until(studio, run_id, watch, stop, threading.Event(), once=True)
    watch(stands(studio, run))
    return run


def _until(
    studio: "Studio",
    run_id: str,
    watch: Callable[[Stands], None],
    stop: threading.Event,
    over: threading.Event,
    once: bool = False,
) -> None:
    """Looks until the run has ended, or nobody performs any more (`over`); once: for a moment."""
    asked = False
    while True:
        run = look(studio, run_id)
        if run.state in FINISHED:
            return
        if stop.is_set() and not asked:
            asked = True
            with studio.archive.write() as conn:
                runs.cancel(conn, run_id, studio.clock.now(), who=studio.person)
            continue
        watch(stands(studio, run))
        if over.wait(LOOK if stop.is_set() else OFTEN) or once:
            return


@contextmanager
def _at_work(
    studio: "Studio", steward: "Steward", trouble: Callable[[str], None]
) -> Generator[threading.Event]:
    """The steward's seats at work while the block runs; the event is set where they end by themselves."""
    stop, over = threading.Event(), threading.Event()
    broken: list[BaseException] = []
    eyes = pool.Eyes(trouble=trouble)

    def work() -> None:
        try:
            pool.Pool(studio, steward, pool.seats(1, together=pool.together(studio)), eyes).work(
                stop
            )
        except BaseException as error:
            broken.append(error)
        finally:
            over.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield over
    finally:
        stop.set()
        thread.join()
    if broken:
        raise broken[0]
