"""Showing: what is shown to everybody, newest first, by whom; and who somebody is to those who only look.

Knows nothing of links; publishing itself is `works.show`.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select, tuple_

from uncaged.archive import log, quarantine, stored
from uncaged.archive import works as work_statements
from uncaged.archive.paging import Spot
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import Kind, people, runs, studio, works
from uncaged.archive.work import WITH_RUN, Work, record
from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id
from uncaged.core.words import _

LOOKED_THROUGH = 2_000
"""Works that one page looks through for those of one model; what lies further back the next page looks through."""

COUNTED = 10_000
"""As far as works are counted; beyond it is "more than" so many."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A work that is shown to everybody, and who made it. name: None where they have none. when: µs, since then.

    understood: what its model says is seen in it; empty where it does not say.
    """

    work: Work
    kind: Kind
    name: str | None
    when: int
    understood: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """A page of what is shown. further: where the next one begins; None at the end."""

    films: tuple[Shown, ...]
    further: Spot | None


@dataclass(frozen=True, slots=True)
class Face:
    """Who somebody is to everybody. about: what they say of themselves. created: here since then, µs. shown: works of
    theirs that everybody may see, as far as `COUNTED`."""

    id: str
    kind: Kind
    name: str | None
    about: str | None
    created: int
    shown: int


def _to_everybody() -> ColumnElement[bool]:
    return and_(
        works.c.shown.is_not(None),
        works.c.visibility == "everybody",
        works.c.trashed.is_(None),
        quarantine.given_out(),
        work_statements.HERE,
    )


_ORDER = works.c.shown.desc(), works.c.id.desc()


def gallery(
    conn: Connection,
    limit: int,
    before: Spot | None = None,
    by: str | None = None,
    model: str | None = None,
) -> Gallery:
    """What is shown to everybody, newest first: after the spot `before`, of one person, made with one model."""
    wanted = select(works.c.id).where(_to_everybody())
    if by is not None:
        wanted = wanted.where(works.c.person_id == by)
    if before is not None:
        here = tuple_(works.c.shown, works.c.id)
        wanted = wanted.where(here < tuple_(before.moment, before.id))
    further: Spot | None = None
    if model is not None:
        looked = wanted.add_columns(works.c.shown, works.c.run_id).order_by(*_ORDER)
        window = looked.limit(LOOKED_THROUGH).subquery()
        further = _end_of(conn, window.select())
        wanted = (
            select(works.c.id)
            .join(window, window.c.id == works.c.id)
            .join(runs, runs.c.id == window.c.run_id)
            .where(runs.c.model == model)
        )
    ids = list(conn.execute(wanted.order_by(*_ORDER).limit(limit + 1)).scalars())
    films = _films(conn, ids[:limit])
    if len(ids) > limit and films:
        further = Spot(films[-1].when, films[-1].work.id)
    return Gallery(films, further)


def _end_of(conn: Connection, window: Select[str, int, str]) -> Spot | None:
    """Where a full window ends; None where everything lay in it."""
    rows = conn.execute(window).all()
    return Spot(rows[-1][1], rows[-1][0]) if len(rows) == LOOKED_THROUGH else None


def _films(conn: Connection, ids: list[str]) -> tuple[Shown, ...]:
    """These works with who made them, in this order."""
    joined = WITH_RUN.add_columns(people.c.name, people.c.kind, runs.c.understood)
    joined = joined.join(people, people.c.id == works.c.person_id).where(works.c.id.in_(ids))
    rows = {row["id"]: row for row in conn.execute(joined).mappings()}
    return tuple(
        Shown(record(row), row["kind"], row["name"], row["shown"], _sentence(row))
        for row in (rows[one] for one in ids if one in rows)
    )


def _sentence(row: Fields) -> str:
    with stored.reading(row["id"]):
        understood = stored.mapping(row["understood"]) or {}
    said = understood.get("sentence")
    return said if isinstance(said, str) else ""


def count(conn: Connection, by: str | None = None) -> int:
    """How many are shown to everybody, by one person or by all? No more than `COUNTED` + 1 are counted."""
    wanted = select(works.c.id).where(works.c.shown.is_not(None))
    if by is not None:
        wanted = wanted.where(works.c.person_id == by)
    some = wanted.order_by(works.c.shown.desc()).limit(COUNTED + 1).subquery()  # by its own index
    shown = conn.execute(select(func.count()).select_from(some)).scalar_one()
    hidden = select(func.count()).where(works.c.hidden.is_not(None), works.c.shown.is_not(None))
    if by is not None:
        hidden = hidden.where(works.c.person_id + "" == by)  # few are hidden: by that index
    return max(0, shown - conn.execute(hidden).scalar_one())


def face(conn: Connection, person_id: str, viewer: str) -> Face:
    """Who is this, to whoever looks? `NotFound` alike for nobody and for somebody who shows nothing, but themselves."""
    row = _FACE.on(conn, {"wanted": person_id}).mappings().one_or_none()
    if row is None or not is_id("person", person_id):
        raise _nobody()
    shown = count(conn, person_id)
    if not shown and person_id != viewer:
        raise _nobody()
    return Face(person_id, row["kind"], row["name"], row["about"], row["created"], shown)


_FACE = Prepared(select(people).where(people.c.id == bindparam("wanted")))


def _nobody() -> NotFound:
    return NotFound(_("Nobody here shows films under this address."), _("/films has everybody's."))


def allow_training(conn: Connection, person_id: str, work_id: str, allowed: bool, now: int) -> None:
    """Whether models may learn from it: no, unless its person says yes. Twice is once."""
    work = work_statements.own(conn, person_id, work_id)
    if bool(work.training) != allowed:
        work_statements.write(conn, work_id, training=int(allowed))
        log.append(conn, "training", work_id, person_id, now, allowed=allowed)


def this_studio(conn: Connection) -> tuple[str, int]:
    """The studio's id, and since when it is here (µs)."""
    row = conn.execute(select(studio.c.id, studio.c.created)).one()
    return row[0], row[1]
