"""A group as its person sees it: its works in their order on one contact sheet, how far it is, what is left to do.

Knows no line: where one of its runs stands, `pages.runs` says.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from uncaged.archive import groups, works
from uncaged.archive.groups import Group
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED
from uncaged.archive.works import Work
from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id
from uncaged.studio import together
from uncaged.studio.studio import Studio
from uncaged.web.here import Here
from uncaged.web.pages.works import film_view
from uncaged.web.views import GroupView, PartView
from uncaged.web.words import _

SHOWN = 60
"""Parts on one page."""

AGAIN = 5.0
"""Seconds after which the page asks again, while something of the group is not over."""

DOINGS: Mapping[str, Callable[[Studio, str], object]] = {
    "cancel": together.cancel_in,
    "again": together.again_in,
}
"""What one may do about a group of one's own: cancel what is left, ask again for what failed."""


def show(here: Here, group_id: str, first: int = 1) -> GroupView:
    """A group of this visitor's own. first: the number of the part that the page begins with."""
    if not is_id("group", group_id):
        raise _not_found()
    me = here.studio.person
    with here.studio.archive.read() as conn:
        try:
            group = groups.own(conn, me, group_id)
        except NotFound:
            raise _not_found() from None
        runs = groups.newest(conn, group_id)
        first = max(1, min(first, len(runs)))
        here_shown = runs[first - 1 : first - 1 + SHOWN]
        made = works.of_runs(conn, me, [run.id for run in here_shown])
    return group_view(group, runs, first, made)


def do(here: Here, group_id: str, doing: str) -> GroupView:
    """Cancels what is left of it, or asks again for what failed or was cancelled."""
    show(here, group_id)
    DOINGS[doing](here.studio, group_id)
    return show(here, group_id)


def group_view(
    group: Group, runs: tuple[Run, ...], first: int, made: Mapping[str, Work]
) -> GroupView:
    """The record of a group. runs: the newest of each part. made: works by their run."""
    over = {run.id for run in runs if run.state == "completed"}
    parts = [
        _part(n, run, made.get(run.id), over)
        for n, run in enumerate(runs[first - 1 : first - 1 + SHOWN], first)
    ]
    states = Counter(run.state for run in runs)
    ids = {run.id for run in runs}
    return GroupView(
        id=group.id,
        kind=group.kind,
        chained=any(ids & set(run.after) for run in runs),
        lane=runs[0].lane if runs else "interactive",
        asked=group.asked,
        count=len(runs),
        states=dict(states),
        first=first,
        parts=tuple(parts),
        again=AGAIN if any(run.state not in FINISHED for run in runs) else None,
    )


def _part(number: int, run: Run, work: Work | None, over: set[str]) -> PartView:
    score = run.score
    return PartView(
        number=number,
        run=run.id,
        work=None if work is None else work.id,
        state=run.state,
        text=None if score is None else score.text,
        seed=None if score is None else score.seed,
        seconds=0.0 if score is None else score.seconds,
        model=run.model,
        paused=run.paused is not None,
        after=tuple(name for name in run.after if name not in over) if run.blocked else (),
        done=run.progress[0],
        total=run.progress[1],
        film=None if work is None else film_view(work),
        reason=run.reason,
    )


def _not_found() -> NotFound:
    return NotFound(
        _("There is no such group here, or it is not yours."), _("Is the address right?")
    )
