"""One performance seen from the steward: hand out the order, listen, and know when to stop.

Knows when a performer is silent for too long and when somebody said stop; what to do about a death is the steward's.
"""

import contextlib
import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncaged.archive import files, runs
from uncaged.core.errors import (
    ArchiveBusy,
    AskedWrong,
    DiskFull,
    PerformerDied,
    RunCancelled,
    RunFailed,
)
from uncaged.core.order import (
    Broke,
    Done,
    Event,
    Learned,
    Media,
    Opened,
    Order,
    PositionFound,
    Preview,
    Progress,
    TaskOrder,
    Trained,
    Understood,
    kept_as,
)
from uncaged.performer.slot import Slot
from uncaged.studio import allowing, errands, lessons, measured, previews, shelf

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

LISTEN = 0.1
"""Seconds between two looks at whether somebody said stop."""

ASK = 0.5
"""Seconds between two looks into the archive, and between two notes of progress in it."""

STEPS_OF_GRACE = 2.0
"""Of its longest steps so many a performer has at least, once it is told to stop."""

LAST_WORDS = 60.0
"""Seconds that a training has for its last checkpoint, at least, once it is told to stop."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a steward performs with. watch: told of every event. stop: set by whoever wants it to end.

    give_back: stopping ends the performance, and leaves the run to the next steward instead of cancelling it.
    listens: told again and again while somebody listens to the performer.
    """

    performer: Slot
    watch: Callable[[Event], None] = lambda _: None
    stop: threading.Event = field(default_factory=threading.Event)
    give_back: bool = False
    listens: Callable[[], None] = lambda: None


class GivenBack(Exception):
    """The steward was stopped; the run is as good as new."""


class Crowded(Exception):
    """There was not room enough beside others; the run is as good as new, and alone it may have room."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What came back: a film's media, or a training's model. `seconds`, `bytes`: of time and
    memory that it took, 0 bytes where nobody knows."""

    media: Media | None
    trained: Trained | None
    recipe: Mapping[str, Any]
    seconds: float
    position: Mapping[str, Any] | None
    understood: Mapping[str, Any] | None
    bytes: int = 0


def perform(studio: "Studio", run: runs.Run, hands: Hands) -> Performed:
    """Performs a claimed run into a scratch folder of its own.

    Raises `RunFailed` with the reason, `RunCancelled`, `PerformerDied`, and `ModelNotAllowed` where the house has
    decided since that its person may not make with the model. Scratch is emptied by `clear`.
    """
    assert run.score is not None
    allowing.refuse_run(studio, run)
    scratch = folder(studio, run)
    shutil.rmtree(scratch, ignore_errors=True)
    with files.disk_in_words(studio.settings.home):
        scratch.mkdir(parents=True)
    named = {sha: str(studio.files.path(sha)) for sha in runs.files_named(run.score)}
    expected, form = run.estimated_seconds or 0.0, kept_as(run.score)
    order = Order(run.id, run.attempt, run.score, named, str(scratch), form=form, seconds=expected)
    numbers, compiled = measured.precision(studio, run.score), studio.settings.compile
    order = replace(order, precision=numbers, compiled=compiled)
    order = errands.remembered_for(studio, shelf.with_weights(studio, order))
    hands.performer.start(order)
    performed = _Listener(studio, run, hands, scratch).listen()
    if performed.media is None:
        raise RunFailed(f"{run.model} said it was done, but gave no film.")
    return performed


def learn(studio: "Studio", run: runs.Run, hands: Hands) -> Performed:
    """Performs a claimed training in a folder that outlasts it. Raises as `perform` does."""
    assert run.task is not None
    allowing.refuse_run(studio, run)
    place = lessons.folder(studio, run.task.begun)
    with files.disk_in_words(studio.settings.home):
        place.mkdir(parents=True, exist_ok=True)
    source = str(lessons.folder(studio, run.task.start)) if run.task.start else ""
    task = replace(run.task, folder=str(place), source=source)
    hands.performer.start(TaskOrder(run.id, run.attempt, task))
    performed = _Listener(studio, run, hands, place).listen()
    if performed.trained is None:
        raise RunFailed(f"{run.model} said it was done, but gave no model.")
    return performed


def folder(studio: "Studio", run: runs.Run) -> Path:
    """The scratch folder of one attempt."""
    return studio.settings.scratch / f"{run.id}-{run.attempt}"


def clear(studio: "Studio", run: runs.Run) -> None:
    """Empties a run's scratch."""
    shutil.rmtree(folder(studio, run), ignore_errors=True)


class _Listener:
    """Collects the events of one performance until it is done."""

    def __init__(self, studio: "Studio", run: runs.Run, hands: Hands, place: Path) -> None:
        self._studio, self._run, self._hands, self._place = studio, run, hands, place
        grace = studio.settings.grace_seconds
        self._grace = grace if run.task is None else max(grace, LAST_WORDS)
        self._media: Media | None = None
        self._trained: Trained | None = None
        self._position: Mapping[str, Any] | None = None
        self._understood: Mapping[str, Any] | None = None
        self._progress = (0, 0)
        self._asked = studio.clock.monotonic()
        self._stepped: float | None = None
        self._longest = 0.0

    def listen(self) -> Performed:
        """Until the last event. Silence counts only while somebody listens: a machine that slept heard nothing.

        It is the performer's: while that performs for another of its slots, this one waits for its turn.
        """
        silent, heard = 0.0, -1
        clock = self._studio.clock
        while True:
            self._hands.listens()
            before = clock.monotonic()
            event = self._hands.performer.hear(LISTEN)
            now = clock.monotonic()
            if event is not None or self._hands.performer.heard != heard:
                silent, heard = 0.0, self._hands.performer.heard
            else:
                silent += min(now - before, 2 * LISTEN)
            if event is not None:
                performed = self._take(event)
                if performed is not None:
                    return performed
            if now - self._asked >= ASK and self._told_to_stop(now):
                self._stop()
            if self._hands.stop.is_set():
                if self._hands.give_back:
                    if self._run.task is not None:
                        self._let_end(self._studio.settings.grace_seconds)
                    raise GivenBack
                self._stop()
            if silent > self._studio.settings.stall_seconds:
                self._hands.performer.kill()
                raise PerformerDied(
                    f"It gave no sign of life for {silent:.0f} seconds and was ended."
                )

    def _take(self, event: Event) -> Performed | None:
        self._hands.watch(event)
        match event:
            case Opened(precision=found) if found and self._run.score is not None:
                measured.note(self._studio, self._run.score.model, found)
            case Understood(words, sentence):
                self._understood = {
                    "words": [[a, b] for a, b in words.items()],
                    "sentence": sentence,
                }
            case PositionFound(position):
                self._position = position
            case Progress(done, total):
                self._progress = (done, total)
                if total:
                    self._step()
            case Preview(png):
                previews.lay(self._place, png)
            case Learned(facts):
                lessons.note(self._place, facts, self._studio.clock.now())
            case Media():
                self._media = event
            case Trained():
                self._trained = event
            case Broke(crowded=True):
                raise Crowded
            case Broke(reason, hint, asked_wrong):
                raise (AskedWrong if asked_wrong else _failure(reason))(reason, hint)
            case Done(recipe, seconds, held):
                return Performed(
                    self._media,
                    self._trained,
                    recipe,
                    seconds,
                    self._position,
                    self._understood,
                    held,
                )
            case _:
                pass
        return None

    def _step(self) -> None:
        """Keeps how long the longest step took: a performer hears that it is to stop between two of them."""
        now = self._studio.clock.monotonic()
        if self._stepped is not None:
            self._longest = max(self._longest, now - self._stepped)
        self._stepped = now

    def _told_to_stop(self, now: float) -> bool:
        """Notes the progress for whoever looks from outside; True where the archive says stop."""
        self._asked = now
        try:
            with self._studio.archive.write() as conn:
                runs.progressed(conn, self._run.id, self._run.attempt, *self._progress)
                return bool(runs.stopping(conn, [self._run.id]))
        except (ArchiveBusy, DiskFull):
            return False  # a note of progress is worth no film

    def _stop(self) -> None:
        """A note in the archive, a flag, a grace period, then the end of the process.

        Whoever cancels is free at once; the period lets a performer with long steps keep the models that it has open.
        """
        with contextlib.suppress(ArchiveBusy, DiskFull), self._studio.archive.write() as conn:
            runs.cancel(conn, self._run.id, self._studio.clock.now(), who=self._studio.person)
        patience = min(STEPS_OF_GRACE * self._longest, self._studio.settings.stall_seconds)
        self._let_end(max(self._grace, patience))
        raise RunCancelled("It was cancelled.")

    def _let_end(self, grace: float) -> None:
        """Tells the performer to stop, and hears its last words; after so many seconds it is ended.

        One that performs for others too goes on: it lets this run go at its next event.
        """
        performer = self._hands.performer
        performer.cancel()
        deadline = self._studio.clock.monotonic() + grace
        try:
            while self._studio.clock.monotonic() < deadline:
                self._hands.listens()
                event = performer.hear(LISTEN)
                if isinstance(event, Learned):
                    lessons.note(self._place, event.facts, self._studio.clock.now())
                if isinstance(event, Broke | Done):
                    self._hands.watch(event)
                    break
            else:
                if performer.company:
                    performer.give_up()
                else:
                    performer.kill()
        except PerformerDied:
            pass


def _failure(reason: str) -> type[RunFailed] | type[DiskFull]:
    return DiskFull if reason.startswith("There is no room left") else RunFailed
