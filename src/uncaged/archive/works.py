"""Works: finding, listing, showing and deleting what was kept. Who may see what is part of each query.

Knows nothing of media; how a work comes to be stands in `runs`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import sqlalchemy
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    or_,
    select,
    tuple_,
    update,
)

from uncaged.archive import files, log, quarantine, reports, stored
from uncaged.archive import runs as run_statements
from uncaged.archive.house_tables import authors, tags
from uncaged.archive.paging import Page, rows_of
from uncaged.archive.prepared import Prepared
from uncaged.archive.run import Run
from uncaged.archive.tables import Visibility, run_files, runs, works
from uncaged.archive.work import HERE, LISTED, WITH_RUN, Work, record
from uncaged.core.errors import Ambiguous, AskedWrong, NotFound
from uncaged.core.ids import is_beginning, is_id
from uncaged.core.score import ModelRef, shown
from uncaged.core.words import _

Cause: TypeAlias = Literal["unclaimed", "trash"]
"""Why a work goes that nobody deleted: no guest kept it in time, or it lay in the trash long enough."""

_CANDIDATES = 8
_SHORTEST = 3
"""Characters of an id that are enough without its prefix."""


def may_see(person_id: str | BindParameter[str], by_link: bool = False) -> ColumnElement[bool]:
    """May this person see the work: their own, one for everybody, or one whose link they came by?

    What was thrown away or is hidden by the house, others do not see.
    """
    seen: tuple[Visibility, ...] = ("everybody", "link") if by_link else ("everybody",)
    shown = or_(*(works.c.visibility == way for way in seen))
    given = and_(shown, works.c.trashed.is_(None), quarantine.given_out())
    return or_(works.c.person_id == person_id, given)


_ONE = {
    by_link: Prepared(
        WITH_RUN.where(works.c.id == bindparam("wanted"), HERE, may_see(bindparam("who"), by_link))
    )
    for by_link in (False, True)
}


def get(conn: Connection, person_id: str, work_id: str, by_link: bool = False) -> Work:
    """What is this work, for this person? `NotFound` alike where it is not here, deleted, or not theirs to see."""
    wanted = {"wanted": work_id, "who": person_id}
    row = _ONE[by_link].on(conn, wanted).mappings().one_or_none()
    if row is None:
        raise _not_found(work_id)
    return record(row)


def to_be(run: Run) -> Work:
    """The work that a run in line will be, as `get` would give it."""
    assert run.work_id is not None
    film = dict.fromkeys(("media", "mime", "bytes", "width", "height", "fps", "frames", "seconds"))
    return Work(
        id=run.work_id,
        person_id=run.person_id,
        run_id=run.id,
        state=run.state,
        model=run.model,
        score=run.score,
        position=None,
        visibility="nobody",
        asked=run.asked,
        kept=None,
        deleted=None,
        **film,
    )


def of_runs(conn: Connection, person_id: str, run_ids: Sequence[str]) -> Mapping[str, Work]:
    """Which works do these runs make, as far as this person may see them? By run; a few hundred at most."""
    wanted = WITH_RUN.where(works.c.run_id.in_(run_ids), HERE, may_see(person_id))
    return {row["run_id"]: record(row) for row in conn.execute(wanted).mappings()}


def of_media(conn: Connection, person_id: str, sha: str) -> Work | None:
    """Which work is this very film, for this person? Their own before others', the newest of several."""
    wanted = WITH_RUN.where(works.c.media == sha, HERE, may_see(person_id))
    mine = works.c.person_id == person_id
    row = conn.execute(wanted.order_by(mine.desc(), works.c.kept.desc(), works.c.id).limit(1))
    found = row.mappings().one_or_none()
    return None if found is None else record(found)


def of_file(conn: Connection, person_id: str, sha: str) -> bool:
    """Whether a work that this person may see is this very film, or was made of this file."""
    named = select(run_files.c.run_id).where(run_files.c.sha256 == sha)
    either = or_(works.c.media == sha, works.c.run_id.in_(named))
    return (
        conn.execute(WITH_RUN.where(either, HERE, may_see(person_id)).limit(1)).first() is not None
    )


def with_media(conn: Connection, sha: str) -> tuple[str, ...]:
    """The ids of all works that are this very film, whoever may see them."""
    return tuple(conn.execute(select(works.c.id).where(works.c.media == sha)).scalars())


def recipe(conn: Connection, work_id: str, model: ModelRef) -> Mapping[str, Any]:
    """With what was a work made, if by this very model? Empty otherwise, and where it is not here any more."""
    row = conn.execute(
        select(runs.c.score, runs.c.recipe)
        .join(works, works.c.run_id == runs.c.id)
        .where(works.c.id == work_id, runs.c.model == model.name)
    ).one_or_none()
    score = None if row is None else stored.score(row.score)
    if row is None or score is None or score.model != model:
        return {}
    return stored.mapping(row.recipe) or {}


def find(conn: Connection, person_id: str, reference: str) -> Work:
    """Which work does a person mean: an id, the beginning of one (``w_ab`` or ``abc``), or ``latest``?

    ``latest`` is the work this person kept last. Raises `NotFound` or `Ambiguous`, which says what fits.
    """
    wanted = reference.strip().lower()
    if wanted == "latest":
        return _latest(conn, person_id)
    if is_id("work", wanted):
        return get(conn, person_id, wanted)
    beginning = wanted if wanted.startswith("w_") else f"w_{wanted}"
    if not is_beginning("work", beginning) or (beginning != wanted and len(wanted) < _SHORTEST):
        raise _not_found(reference)
    fitting = WITH_RUN.where(
        works.c.id.startswith(beginning, autoescape=True), HERE, may_see(person_id)
    )
    rows = conn.execute(fitting.order_by(works.c.id).limit(_CANDIDATES + 1)).mappings().all()
    if not rows:
        raise _not_found(reference)
    if len(rows) > 1:
        names = ", ".join(row["id"] for row in rows[:_CANDIDATES])
        more = " and more" if len(rows) > _CANDIDATES else ""
        raise Ambiguous(
            _("%(reference)s fits several works: %(names)s%(more)s.")
            % {"reference": shown(reference), "names": names, "more": more},
            _("Type a letter or two more."),
        )
    return record(rows[0])


def _latest(conn: Connection, person_id: str) -> Work:
    own = WITH_RUN.where(works.c.person_id == person_id, works.c.kept.is_not(None), LISTED)
    newest = own.order_by(works.c.kept.desc(), works.c.id.desc()).limit(1)
    row = conn.execute(newest).mappings().one_or_none()
    if row is None:
        raise NotFound(
            _("There is no work here yet."),
            _('Make one: `uncaged make "a slow bird over a blue hill"`.'),
        )
    return record(row)


def _not_found(reference: str) -> NotFound:
    return NotFound(
        _("There is no work %(reference)s here.") % {"reference": shown(reference)},
        _("`uncaged works` lists what there is."),
    )


def list_works(
    conn: Connection,
    person_id: str,
    limit: int = 20,
    before: str | None = None,
    own: bool = False,
) -> tuple[Work, ...]:
    """Which kept works may this person see, latest first? before: the last of the page before. own: theirs alone."""
    whose = works.c.person_id == person_id if own else may_see(person_id)
    wanted = WITH_RUN.where(works.c.kept.is_not(None), LISTED, whose)
    if before is not None:
        kept = select(works.c.kept).where(works.c.id == before).scalar_subquery()
        wanted = wanted.where(tuple_(works.c.kept, works.c.id) < tuple_(kept, before))
    ordered = wanted.order_by(works.c.kept.desc(), works.c.id.desc()).limit(limit)
    return tuple(record(row) for row in conn.execute(ordered).mappings())


def list_unkept(conn: Connection, person_id: str, limit: int = 20) -> tuple[Work, ...]:
    """Which works of this person are in line, in progress, failed or cancelled, newest first?"""
    wanted = WITH_RUN.where(works.c.kept.is_(None), LISTED, works.c.person_id == person_id)
    ordered = wanted.order_by(runs.c.asked.desc(), works.c.id).limit(limit)
    return tuple(record(row) for row in conn.execute(ordered).mappings())


def list_asked(conn: Connection, person_id: str, page: Page) -> tuple[tuple[Work, ...], bool]:
    """Works of this person in the order they were asked for, kept or not, newest first; and whether there are more.

    Deleted ones are left out.
    """
    order = (runs.c.asked, works.c.id)
    mine = works.c.person_id == person_id
    wanted = WITH_RUN.where(LISTED, mine, runs.c.person_id == person_id)
    last = select(*order).join(works, works.c.run_id == runs.c.id)
    last = last.where(works.c.id == page.after, works.c.person_id == person_id)
    rows, more = rows_of(conn, wanted, order, last, page)
    return tuple(map(record, rows)), more


def run_of(conn: Connection, work_id: str) -> str:
    """Which run makes this work? `NotFound` where it was deleted, or never was."""
    found = conn.execute(select(works.c.run_id).where(works.c.id == work_id, HERE)).scalar()
    if found is None:
        raise _not_found(work_id)
    return found


def show(conn: Connection, person_id: str, work_id: str, to: Visibility, now: int) -> None:
    """From now on, who may see it beside its person? What is in the trash or hidden by the house is shown to nobody.

    Whoever shows a work keeps it. Twice is once.
    """
    work = own(conn, person_id, work_id)
    if work.visibility == to:
        return
    if to != "nobody" and work.trashed is not None:
        raise AskedWrong(
            _("%(work)s is in the trash.") % {"work": work_id}, _("Take it back first.")
        )
    if to != "nobody" and work.hidden is not None:
        raise AskedWrong(
            _("%(work)s is hidden by the house.") % {"work": work_id},
            _("Its page says why, and how to appeal."),
        )
    if to != "nobody" and work.kept is None:
        raise AskedWrong(
            _("%(work)s is not made yet.") % {"work": work_id}, _("Show it once it is kept.")
        )
    claimed = work.claimed or (None if to == "nobody" else now)
    shown = now if to == "everybody" else None
    write(conn, work_id, visibility=to, shown=shown, claimed=claimed)
    log.append(conn, "visible", work_id, person_id, now, to=to)


def throw_away(conn: Connection, person_id: str, work_id: str, now: int) -> None:
    """Into the trash: only its person sees it there, and may take it back."""
    if own(conn, person_id, work_id).trashed is None:
        write(conn, work_id, trashed=now, visibility="nobody", shown=None)
        log.append(conn, "trashed", work_id, person_id, now)


def take_back(conn: Connection, person_id: str, work_id: str, now: int) -> None:
    """Out of the trash: seen by nobody else, until it is shown again."""
    if own(conn, person_id, work_id).trashed is not None:
        write(conn, work_id, trashed=None)
        log.append(conn, "taken-back", work_id, person_id, now)


def hide(conn: Connection, work_id: str, now: int, who: str | None, report: int) -> None:
    """The house gives it to nobody any more, not even to its person, until `give_again`. who: None for the studio."""
    done = conn.execute(
        update(works)
        .where(works.c.id == work_id, works.c.hidden.is_(None), HERE)
        .values(hidden=now)
    )
    if done.rowcount:
        log.append(conn, "hidden", work_id, who, now, report=report)


def give_again(
    conn: Connection,
    work_id: str,
    now: int,
    who: str,
    report: int | None = None,
    reason: str | None = None,
) -> None:
    """What was hidden stands where it stood. reason: said by a keeper where no report gives it back."""
    done = conn.execute(
        update(works)
        .where(works.c.id == work_id, works.c.hidden.is_not(None), HERE)
        .values(hidden=None)
    )
    if done.rowcount:
        why = {"reason": reason} if report is None else {"report": report}
        log.append(conn, "given-again", work_id, who, now, **why)


def hidden_media(conn: Connection, work_id: str) -> str | None:
    """The film of a work whether it is hidden or not, for a keeper who has to decide about it. Log that they looked."""
    return conn.execute(select(works.c.media).where(works.c.id == work_id, HERE)).scalar()


def write(conn: Connection, work_id: str, **facts: Any) -> None:
    """Other facts of a work, whoever asks: who may has been looked at."""
    conn.execute(update(works).where(works.c.id == work_id).values(facts))


def delete(
    conn: Connection,
    person_id: str,
    work_id: str,
    now: int,
    by: str | None = None,
    cause: Cause | None = None,
) -> tuple[str, ...]:
    """The work goes, and leaves a tombstone: ids and lineage stay; words, position and media do not.

    cause: why the studio does it by itself; the log then names nobody.

    Returns the SHA-256 of files that nothing refers to any more: hand them to `files.forget` once this is
    committed. A work still being made is cancelled first; whatever its performer brings is thrown away.
    by: the keeper, where the house decided that.
    """
    work = own(conn, person_id, work_id)
    if run_statements.cancel(conn, work.run_id, now, who=person_id) == "in_progress":
        attempt = run_statements.get(conn, work.run_id).attempt
        run_statements.stopped(conn, work.run_id, attempt, now)
    named = select(run_files.c.sha256).where(run_files.c.run_id == work.run_id)
    shas: set[str] = set(conn.execute(named).scalars())
    if (media := hidden_media(conn, work_id)) is not None:
        shas.add(media)
    conn.execute(sqlalchemy.delete(run_files).where(run_files.c.run_id == work.run_id))
    facts = ("media", "width", "height", "fps", "frames", "seconds", "position")
    beside = ("shown", "trashed", "hidden", "sentence")
    conn.execute(sqlalchemy.delete(tags).where(tags.c.work_id == work_id))
    conn.execute(sqlalchemy.delete(authors).where(authors.c.work_id == work_id))
    write(conn, work_id, **dict.fromkeys(facts + beside), visibility="nobody", deleted=now)
    words = ("score", "score_hash", "recipe", "understood", "reason")
    conn.execute(update(runs).where(runs.c.id == work.run_id).values(dict.fromkeys(words)))
    if cause is None:
        log.append(conn, "deleted", work_id, by or person_id, now)
    else:
        log.append(conn, "deleted", work_id, None, now, cause=cause)
    reports.forget(conn, work_id)
    return files.unreferenced(conn, shas)


def own(conn: Connection, person_id: str, work_id: str) -> Work:
    """A work of this person's; `NotFound` alike for what is not here and what is somebody else's."""
    work = get(conn, person_id, work_id)
    if work.person_id != person_id:
        raise _not_found(work_id)
    return work
