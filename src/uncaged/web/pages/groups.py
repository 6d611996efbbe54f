"""A group as its person sees it: its works in their order on one contact sheet, how far it is, what is left to do.

Knows no line: where one of its runs stands, `pages.runs` says.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from uncaged.archive import groups, understanding, works
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED, State
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id
from uncaged.studio import together
from uncaged.studio.comparing import KIND, Beside, beside, rows
from uncaged.studio.studio import Studio
from uncaged.web import closing
from uncaged.web.here import Here
from uncaged.web.pages import growing
from uncaged.web.pages.colophon import plays
from uncaged.web.pages.works import film_view
from uncaged.web.views.works import BesideView, GroupView, PartView
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


def show(here: Here, group_id: str, first: int = 1, way: str = "") -> GroupView:
    """A group of this visitor's own. first: the number of the part that the page begins with. way: where its
    generations began, see `pages.grow`."""
    if not is_id("group", group_id):
        raise _not_found()
    me = here.studio.person
    with here.studio.archive.read() as conn:
        try:
            group = groups.own(conn, me, group_id)
        except NotFound:
            raise _not_found() from None
        states = groups.standing(conn, group_id)
        first = max(1, min(first, len(states)))
        compared = groups.newest(conn, group_id) if group.kind == KIND else ()
        shown = rows(compared)[first - 1 : first - 1 + SHOWN]
        runs = [run for _row, run in shown]
        if not compared:
            runs = list(groups.newest(conn, group_id, first - 1, SHOWN))
        made = works.of_runs(conn, me, [run.id for run in runs])
        grown = growing.shown(conn, here, group, way)
        origin = growing.origin(conn, here, group, runs)
        said = understanding.sentences(conn, list(made))
    row = {run.id: n for n, run in shown}
    parts = tuple(
        _part(n, run, made.get(run.id), states, said.get(run.id, ""), row.get(run.id, 0))
        for n, run in enumerate(runs, first)
    )
    models = beside(here.studio, compared)
    return GroupView(
        id=group.id,
        kind=group.kind,
        chained=any(set(run.after) & set(group.runs) for run in runs),
        lane=runs[0].lane if runs else "interactive",
        asked=group.asked,
        count=len(states),
        states=dict(Counter(states.values())),
        first=first,
        parts=parts,
        grown=grown,
        origin=origin,
        pictures=all(run.score is not None and run.score.is_picture for run in runs),
        plays=_plays(here, runs),
        beside=tuple(_beside(one) for one in models) if len(models) > 1 else (),
        again=AGAIN if set(states.values()) - set(FINISHED) else None,
    )


def _plays(here: Here, runs: Sequence[Run]) -> tuple[str, ...]:
    score = next((run.score for run in runs if run.score is not None), None)
    return () if score is None else plays(score, here.studio)


def do(here: Here, group_id: str, doing: str) -> GroupView:
    """Cancels what is left of it, or asks again for what failed or was cancelled."""
    show(here, group_id)
    if doing == "again":
        closing.check(here)
    DOINGS[doing](here.studio, group_id)
    return show(here, group_id)


def _beside(one: Beside) -> BesideView:
    low, high = one.between or (None, None)
    return BesideView(
        model=one.model,
        asked=one.asked,
        made=len(one.seconds),
        mean=one.mean,
        low=low,
        high=high,
        film=one.film,
        size=one.size,
        fps=one.fps,
        memory=one.memory,
        spread=one.spread,
        ended=one.ended,
        why=one.why,
    )


def _part(
    number: int,
    run: Run,
    work: Work | None,
    states: Mapping[str, State],
    understood: str,
    row: int,
) -> PartView:
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
        after=tuple(n for n in run.after if states.get(n) != "completed") if run.blocked else (),
        done=run.progress[0],
        total=run.progress[1],
        film=None if work is None else film_view(work),
        understood=understood,
        reason=run.reason,
        row=row,
    )


def _not_found() -> NotFound:
    return NotFound(
        _("There is no such group here, or it is not yours."), _("Is the address right?")
    )
