"""Many people's small writes in one commit: waiting for the disk costs as much for a hundred as for one.

One thread owns the writing; each step runs in its caller's context, so that whoever reads an error reads it in their
language. It takes what waits, without delay, gives each step a savepoint of its own, commits once,
and only then answers all of them; whoever has an answer has it on disk. One step's error is told to its caller alone.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context, copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, text

from uncaged.archive.prepared import Prepared
from uncaged.core.errors import ArchiveBusy
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.archive.database import Archive

T = TypeVar("T")

TOGETHER = 256
"""Steps in one commit, at most."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be written, who waits for it, and whose context it runs in."""

    step: Callable[[Connection], Any]
    answer: Future[Any]
    context: Context


class Writer:
    """Writes into one archive. A step gets the connection, and must be short: every other writer waits for it."""

    def __init__(self, archive: "Archive") -> None:
        self._archive = archive
        self._steps: SimpleQueue[_Step | None] = SimpleQueue()
        self._closed = False
        self._door = threading.Lock()
        self.commits = 0
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still writes; a studio whose writer is dead is not healthy."""
        return self._thread.is_alive()

    def submit(self, step: Callable[[Connection], T]) -> "Future[T]":
        """Puts a step in; its future ends when the commit that holds it is on disk, or with its error."""
        answer: Future[T] = Future()
        with self._door:  # so that nobody puts a step in behind the last one
            if not self._closed and self.alive:
                self._steps.put(_Step(step, answer, copy_context()))
                return answer
        answer.set_exception(
            ArchiveBusy(_("This studio is stopping."), _("Ask again in a moment."))
        )
        return answer

    def write(self, step: Callable[[Connection], T]) -> T:
        """The same, waited for."""
        return self.submit(step).result()

    def close(self) -> None:
        """Writes what was put in, then ends."""
        with self._door:
            self._closed = True
            self._steps.put(None)
        self._thread.join()

    def _work(self) -> None:
        ending = False
        while not ending:
            some, ending = self._take()
            if some:
                self._commit(some)

    def _take(self) -> tuple[list["_Step"], bool]:
        """What waits now; at least one step."""
        first = self._steps.get()
        if first is None:
            return [], True
        some = [first]
        while len(some) < TOGETHER:
            try:
                more = self._steps.get_nowait()
            except Empty:
                break
            if more is None:
                return some, True
            some.append(more)
        return some, False

    def _commit(self, some: list["_Step"]) -> None:
        answers: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._archive.write() as conn:
                for one in some:
                    step, answer = one.step, one.answer
                    if not answer.set_running_or_notify_cancel():
                        continue
                    try:
                        answers.append((answer, one.context.run(_apart, conn, step), None))
                    except Exception as error:
                        if _ends_the_transaction(error):
                            raise
                        answers.append((answer, None, error))
            self.commits += 1
        except BaseException as error:  # nothing of all this was written: everybody is told
            for one in some:
                if not one.answer.done():
                    one.answer.set_exception(error)
            return
        for answer, value, error in answers:
            if error is None:
                answer.set_result(value)
            else:
                answer.set_exception(error)


def _apart(conn: Connection, step: Callable[[Connection], T]) -> T:
    """A step within a savepoint: its error undoes what it wrote, and nothing else."""
    _BEGIN.on(conn)
    try:
        value = step(conn)
    except Exception:
        _UNDO.on(conn)
        _END.on(conn)
        raise
    _END.on(conn)
    return value


_BEGIN, _UNDO, _END = (
    Prepared(text(said)) for said in ("SAVEPOINT step", "ROLLBACK TO step", "RELEASE step")
)


def _ends_the_transaction(error: Exception) -> bool:
    """Whether this is trouble of the disk or the database, and not of one step."""
    from sqlalchemy.exc import DBAPIError, IntegrityError

    return isinstance(error, DBAPIError) and not isinstance(error, IntegrityError)
