"""A run of one's own: its place, why it stands there, and what one may do about it."""

from collections.abc import Callable, Mapping

from uncaged.archive.run import Run
from uncaged.archive.watching import Going
from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id
from uncaged.queue.fairness import SECOND
from uncaged.studio import learning, standing, together
from uncaged.studio.standing import Standing
from uncaged.studio.studio import Studio
from uncaged.web import closing
from uncaged.web.here import Here
from uncaged.web.pages import lessons
from uncaged.web.views.line import PlaceView, RunView
from uncaged.web.words import _

SOONEST, LATEST = 2.0, 30.0
"""Seconds between two looks of a page that waits: a quarter of the wait, within these."""


JUST_CAME = 5 * SECOND
"""Microseconds for which somebody has only just asked, and looks whether it begins."""


def _again_for(studio: Studio, run_id: str) -> Run:
    """Asked for again: the new run. What failed only because it came after this one is asked for with it; a training
    goes on from its last checkpoint."""
    if standing.mine(studio, run_id).task is not None:
        return learning.ask(studio, learning.Wish(on=run_id))
    return together.again(studio, run_id)[0]


DOINGS: Mapping[str, Callable[[Studio, str], Run]] = {
    "cancel": standing.cancel,
    "pause": standing.pause,
    "resume": standing.resume,
    "prefer": standing.prefer,
    "again": _again_for,
}
"""What one may do about a run of one's own: in line, and once it failed or was cancelled."""


def show(here: Here, run_id: str) -> RunView:
    """A run of this visitor's own, and why it stands where it stands."""
    _own(here, run_id)
    return _viewed(here, here.foresight.of(run_id))


def _viewed(here: Here, found: Standing) -> RunView:
    """The record of a run; of a training with what it has learned."""
    view = run_view(found, here.studio.clock.now())
    if found.run.task is None:
        return view
    return view.model_copy(update={"training": lessons.show(here, found.run)})


def preview(here: Here, run_id: str) -> bytes:
    """The last picture of a training of one's own. Raises `NotFound` where there is none."""
    return lessons.preview(here, _own(here, run_id))


def do(here: Here, run_id: str, doing: str) -> RunView:
    """Cancels, pauses, resumes or prefers it, or asks for it again: the run that stands in line then."""
    _own(here, run_id)
    if doing == "again":
        closing.check(here)
    return _viewed(here, here.foresight.of(DOINGS[doing](here.studio, run_id).id))


def run_view(found: Run | Standing, now: int) -> RunView:
    """The record of a run, with its place where it has one. now: µs UTC."""
    run = found.run if isinstance(found, Standing) else found
    reason = found.reason if isinstance(found, Standing) else None
    place = None
    if reason is not None:
        place = PlaceView(
            place=reason.place, starts=reason.starts, about=reason.about, why=reason.sentences
        )
    return RunView(
        id=run.id,
        work=run.work_id,
        state=run.state,
        model=run.model,
        text=learning.words_of(run) or None,
        attempt=run.attempt,
        done=run.progress[0],
        total=run.progress[1],
        estimated_seconds=run.estimated_seconds,
        measured_seconds=run.measured_seconds,
        measured_bytes=run.measured_bytes,
        asked=run.asked,
        began=run.began,
        ended=run.ended,
        reason=run.reason,
        paused=run.paused is not None,
        lane=run.lane,
        needs=dict(run.needs),
        after=run.after,
        group=run.group_id,
        left=left(run, now),
        place=place,
        recipe=None if run.recipe is None else dict(run.recipe),
        understood=None if run.understood is None else dict(run.understood),
        kind=run.kind,
        again=_again(run, place, now),
    )


def left(run: Run | Going, now: int) -> float | None:
    """Seconds that it still takes: by the pace so far, and by the estimate before the first step."""
    if run.began is None or (isinstance(run, Run) and run.state != "in_progress"):
        return None
    over, (done, total) = max(0, now - run.began) / SECOND, run.progress
    if done and total:
        return over * max(0, total - done) / done
    return None if run.estimated_seconds is None else max(0.0, run.estimated_seconds - over)


def _again(run: Run, place: PlaceView | None, now: int) -> float | None:
    if run.state == "in_progress":
        return SOONEST
    if run.state != "queued":
        return None
    if place is None or place.starts is None:
        return SOONEST if now - run.asked < JUST_CAME else LATEST / 3
    return max(SOONEST, min(LATEST, place.starts / 4))


def _own(here: Here, run_id: str) -> Run:
    if is_id("run", run_id):
        try:
            return standing.mine(here.studio, run_id)
        except NotFound:
            pass
    raise NotFound(_("There is no such run here, or it is not yours."), _("Is the address right?"))
