"""Works as a page shows them: how one is made, the film, what it came from. See `pages.runs` for its place in line."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from uncaged.archive import groups, people, runs, understanding, works
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED
from uncaged.archive.work import Work
from uncaged.studio.work import Work as Held
from uncaged.web.here import Here
from uncaged.web.holding import held, not_found, own
from uncaged.web.pages import cases, sharing
from uncaged.web.pages.colophon import preview_of, written
from uncaged.web.pages.runs import run_view
from uncaged.web.views.works import CreditView, FilmView, MakerView, WorkLine, WorkView

__all__ = [
    "delete",
    "film_view",
    "find",
    "found",
    "latest",
    "not_found",
    "promised",
    "show",
    "shown",
]

LISTED, LOOKED_AT = 8, 100
"""Works of one's own that the first page lists of each sort; unkept ones among which it looks for them."""


def find(here: Here, work_id: str) -> Work:
    """The work, for this visitor; `NotFound` alike where it is not here, not theirs to see, or no id at all."""
    with here.studio.archive.read() as conn:
        return found(conn, here, work_id)


def found(conn: Connection, here: Here, work_id: str) -> Work:
    """The same, in a reading that has begun."""
    return held(conn, here, work_id).row


def given(here: Here, work_id: str) -> Work:
    """The same of one whose file may be used; `NotAllowed` where the house gives it to nobody."""
    row = find(here, work_id)
    Held(here.studio, row).check_given()
    return row


def show(here: Here, work_id: str) -> WorkView:
    """A work as it stands now."""
    with here.studio.archive.read() as conn:
        return shown(conn, here, work_id)


def shown(conn: Connection, here: Here, work_id: str) -> WorkView:
    """The same, in a reading that has begun."""
    seen = held(conn, here, work_id)
    row, own, run = seen.row, seen.own, None
    if row.score is None:
        raise not_found()
    now = here.studio.clock.now()
    notes: tuple[str, ...] = ()
    if own or row.kept is not None:
        found = runs.get(conn, row.run_id)
        run, notes = run_view(here.foresight.told(conn, found), now), understanding.notes(found)
    maker = people.get(conn, row.person_id)
    return WorkView(
        id=row.id,
        own=own,
        maker=MakerView(id=maker.id, name=maker.name, kind=maker.kind),
        training=bool(row.training),
        by_link=seen.by is not None,
        sharing=sharing.view(conn, seen, maker.kind) if own else None,
        state=row.state,
        model=row.model,
        visibility=row.visibility,
        asked=row.asked,
        kept=row.kept,
        film=film_view(row),
        preview=preview_of(here.studio, row, run),
        position=f"/works/{row.id}/position" if row.position is not None else None,
        run=run,
        notes=notes,
        house=cases.note(conn, seen.here, row, own),
        credits=_credits(conn, here, row),
        **written(row.score, here.studio),
    )


def _credits(conn: Connection, here: Here, row: Work) -> tuple[CreditView, ...]:
    from uncaged.web.pages import crediting

    return crediting.of(conn, here, row)


def promised(here: Here, run: Run, notes: tuple[str, ...]) -> WorkView:
    """A work of this visitor's that has just been put in line."""
    assert run.score is not None and run.work_id is not None
    who = here.visitor.person
    return WorkView(
        id=run.work_id,
        own=True,
        state=run.state,
        model=run.model,
        visibility="nobody",
        asked=run.asked,
        kept=None,
        film=None,
        position=None,
        run=run_view(run, run.asked),
        notes=notes,
        maker=MakerView(id=run.person_id, name=who.name, kind=who.kind),
        sharing=sharing.of_new(here, run.work_id),
        **written(run.score, here.studio),
    )


def delete(here: Here, work_id: str) -> None:
    """Deletes a work of one's own, for ever."""
    mine = own(here, work_id)
    mine.here.studio.delete(Held(mine.here.studio, mine.row))


def film_view(row: Work) -> FilmView | None:
    """The kept film of a work, or None."""
    if row.media is None or row.mime is None or row.bytes is None:
        return None
    return FilmView(
        url=f"/works/{row.id}/film",
        still=f"/works/{row.id}/still",
        strip=f"/works/{row.id}/strip",
        mime=row.mime,
        bytes=row.bytes,
        sha256=row.media,
        width=row.width or 0,
        height=row.height or 0,
        fps=row.fps or 0.0,
        frames=row.frames or 0,
        seconds=row.seconds or 0.0,
        picture=row.mime.startswith("image/"),
    )


def latest(here: Here) -> tuple[tuple[WorkLine, ...], ...]:
    """This visitor's own last works: kept, on their way, and those that failed or were cancelled."""
    person = here.studio.person
    with here.studio.archive.read() as conn:
        kept = works.list_works(conn, person, LISTED, own=True)
        unkept = works.list_unkept(conn, person, LOOKED_AT)
        ended = [row for row in unkept if row.state in FINISHED][:LISTED]
        of_group = groups.of_runs(conn, [row.run_id for row in unkept])
        why = {row.id: runs.get(conn, row.run_id).reason for row in ended}
        said = understanding.sentences(conn, [row.run_id for row in kept])
    coming = [row for row in unkept if row.state not in FINISHED]
    return (
        tuple(_line(row, understood=said.get(row.run_id, "")) for row in kept),
        _gathered(coming, of_group)[:LISTED],
        tuple(_line(row, why[row.id]) for row in ended),
    )


def _gathered(coming: Sequence[Work], of_group: Mapping[str, str]) -> tuple[WorkLine, ...]:
    """What is on its way, the works of a group as one."""
    found: dict[str, list[Work]] = {}
    for row in coming:
        found.setdefault(of_group.get(row.run_id, row.id), []).append(row)
    return tuple(
        _line(rows[0])
        if len(rows) == 1
        else _line(rows[-1]).model_copy(update={"group": name, "count": len(rows)})
        for name, rows in found.items()
    )


def _line(row: Work, reason: str | None = None, understood: str = "") -> WorkLine:
    return WorkLine(
        id=row.id,
        run=row.run_id,
        state=row.state,
        text="" if row.score is None else row.score.text,
        model=row.model,
        seconds=row.seconds or (0.0 if row.score is None else row.score.seconds),
        asked=row.asked,
        kept=row.kept,
        film=film_view(row),
        understood=understood,
        reason=reason,
    )
