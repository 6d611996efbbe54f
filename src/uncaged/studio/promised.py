"""What was asked for and is not in one's hands yet: one film, or several together, as a program holds them.

Opens nothing before it is asked for; how it stands is read anew each time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from uncaged.archive import groups, works
from uncaged.archive.run import Run
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.ids import is_id
from uncaged.core.order import Event
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.queue.reason import Reason
from uncaged.studio import standing, together
from uncaged.studio.comparing import Beside, beside
from uncaged.studio.making import Making
from uncaged.studio.seeing import Waits, see_through
from uncaged.studio.work import Work

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Promised:
    """A film that was asked for: the studio owes it. Raises `NotFound` wherever it is somebody else's."""

    studio: "Studio"
    run_id: str

    def __repr__(self) -> str:
        return f"<Promised {self.run_id} {_said(lambda: self.state)}>"

    @property
    def run(self) -> Run:
        """How it stands now: state, progress, times, the reason where it failed."""
        return standing.mine(self.studio, self.run_id)

    @property
    def state(self) -> str:
        """``queued``, ``in_progress``, ``completed``, ``failed`` or ``cancelled``."""
        return self.run.state

    def reason(self) -> Reason | None:
        """Its place in line, when it should begin, and why, in sentences; None once it waits no more."""
        return standing.Foresight(self.studio).of(self.run.id).reason

    def wait(self, watch: Callable[[Event | Waits], None] = lambda _: None) -> Work:
        """The kept work, once it is made: here, where no steward is alive. watch: told of places and progress.

        Raises `RunFailed` with the reason, `RunCancelled`.
        """
        if self.run.task is not None:
            raise AskedWrong(
                _("%(run)s is a training: it makes a model, and no film.") % {"run": self.run_id}
            )
        return see_through(self.studio, Making(run=self.run), watch)

    def cancel(self) -> None:
        """In line it ends at once; being performed, it is stopped. What is made stays what it is."""
        standing.cancel(self.studio, self.run_id)

    def pause(self) -> None:
        """Lets everybody pass until `resume`. Raises `AskedWrong` where it waits no more."""
        standing.pause(self.studio, self.run_id)

    def resume(self) -> None:
        """Waits again, where it stood. Raises `AskedWrong` where it waits no more."""
        standing.resume(self.studio, self.run_id)

    def prefer(self) -> None:
        """The first of one's own from now on. Raises `AskedWrong` where it waits no more."""
        standing.prefer(self.studio, self.run_id)

    def again(self) -> "tuple[Promised, ...]":
        """Asks again for what failed or was cancelled, and for what failed only because it came after it.

        Raises `AskedWrong` where there is nothing to ask again.
        """
        return _all(self.studio, together.again(self.studio, self.run_id))


@dataclass(frozen=True, slots=True)
class PromisedTogether:
    """A group: films that were asked for at once, each on its own in line; what was made stays, whatever fails."""

    studio: "Studio"
    id: str

    def __repr__(self) -> str:
        return f"<PromisedTogether {self.id} {_said(self._so_far)}>"

    def _so_far(self) -> str:
        with self.studio.archive.read() as conn:
            groups.own(conn, self.studio.person, self.id)
            parts = groups.newest(conn, self.id)
        done = sum(run.state == "completed" for run in parts)
        return f"{done} of {len(parts)} made"

    @property
    def parts(self) -> tuple[Promised, ...]:
        """In their order; of one that was asked for again, what was asked last."""
        with self.studio.archive.read() as conn:
            groups.own(conn, self.studio.person, self.id)
            names = list(groups.standing(conn, self.id))
        return tuple(Promised(self.studio, name) for name in names)

    def beside(self) -> tuple[Beside, ...]:
        """Of each model that was asked: how many films, and what those took that are made."""
        with self.studio.archive.read() as conn:
            groups.own(conn, self.studio.person, self.id)
            runs = groups.newest(conn, self.id)
        return beside(self.studio, runs)

    def made(self) -> tuple[Work, ...]:
        """The works that are there already, in the order of the parts."""
        with self.studio.archive.read() as conn:
            groups.own(conn, self.studio.person, self.id)
            done = [r.work_id for r in groups.newest(conn, self.id) if r.state == "completed"]
            rows = [works.get(conn, self.studio.person, name) for name in done if name is not None]
        return tuple(Work(self.studio, row) for row in rows)

    def wait(self, watch: Callable[[Event | Waits], None] = lambda _: None) -> Iterator[Work]:
        """One kept work after the other, in their order. Raises as `Promised.wait` does, at the part that failed."""
        for part in self.parts:
            yield part.wait(watch)

    def cancel(self) -> None:
        """Cancels every part that is not over."""
        together.cancel_in(self.studio, self.id)

    def again(self) -> tuple[Promised, ...]:
        """Asks again for every part that failed or was cancelled. Raises `AskedWrong` where there is none."""
        return _all(self.studio, together.again_in(self.studio, self.id))


def promised(studio: "Studio", reference: str) -> Promised | PromisedTogether:
    """By the whole id of a run, a work or a group of one's own. Raises `NotFound`, `AskedWrong`."""
    if is_id("group", reference):
        with studio.archive.read() as conn:
            return PromisedTogether(studio, groups.own(conn, studio.person, reference).id)
    if is_id("work", reference):
        with studio.archive.read() as conn:
            return Promised(studio, works.get(conn, studio.person, reference).run_id)
    if is_id("run", reference):
        return Promised(studio, standing.mine(studio, reference).id)
    raise AskedWrong(
        _("%(reference)s is no id of a run, a work or a group.") % {"reference": shown(reference)}
    )


def _said(look: Callable[[], str]) -> str:
    """How it stands; a studio that is not to be looked at now must not make printing fail."""
    try:
        return look()
    except (UncagedError, SQLAlchemyError):
        return "(cannot be looked at)"


def _all(studio: "Studio", asked: tuple[Run, ...]) -> tuple[Promised, ...]:
    return tuple(Promised(studio, run.id) for run in asked)
