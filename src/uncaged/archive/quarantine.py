"""What the house needs to know of a work that was reported, and what it says beside one. See `works.hide`.

Unlike everywhere else, who may see the work plays no part here: only keepers' decisions ask this way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from uncaged.archive import log
from uncaged.archive.house_tables import authors, memberships, reports
from uncaged.archive.prepared import Fields
from uncaged.archive.tables import Visibility, files, runs, works
from uncaged.archive.tables import log as log_table
from uncaged.core.errors import NotAllowed
from uncaged.core.words import _


@dataclass(frozen=True, slots=True)
class Facts:
    """How a work stands; times µs UTC. media, mime: its film, hidden or not; None once it was deleted.

    links: how often its links were changed; that stays when it is deleted.
    """

    id: str
    person_id: str
    visibility: Visibility
    kept: int | None
    deleted: int | None
    trashed: int | None
    hidden: int | None
    sentence: str | None
    media: str | None
    mime: str | None
    links: int | None


_FACTS = select(
    *(works.c[name] for name in Facts.__slots__ if name != "mime"), files.c.mime
).outerjoin(files, files.c.sha256 == works.c.media)


def facts(conn: Connection, work_id: str) -> Facts:
    """How does this work stand, whoever may see it? It must have been asked for once."""
    return _facts(conn.execute(_FACTS.where(works.c.id == work_id)).mappings().one())


def find(conn: Connection, work_id: str) -> Facts | None:
    """The same; None where no such work was ever asked for."""
    row = conn.execute(_FACTS.where(works.c.id == work_id)).mappings().one_or_none()
    return None if row is None else _facts(row)


def _facts(row: Fields) -> Facts:
    return Facts(**{name: row[name] for name in Facts.__slots__})


def say_beside(
    conn: Connection, work_id: str, sentence: str | None, now: int, who: str, report: int
) -> None:
    """From now on the house says this beside it, wherever it is shown; None takes it back."""
    here = works.c.id == work_id, works.c.deleted.is_(None)
    changed = works.c.sentence.is_distinct_from(sentence)
    done = conn.execute(update(works).where(*here, changed).values(sentence=sentence))
    if done.rowcount:
        said = sentence is not None
        log.append(conn, "said-beside", work_id, who, now, report=report, said=said)


def acting(conn: Connection, person_id: str, since: int | None = None) -> frozenset[str]:
    """This person, and who acts for them where that is a collective. since: also who did so then, or later (µs UTC)."""
    still = memberships.c.until.is_(None)
    when = still if since is None else or_(still, memberships.c.until >= since)
    members = select(memberships.c.person_id).where(memberships.c.collective_id == person_id, when)
    return frozenset((person_id, *conn.execute(members).scalars()))


def owners(conn: Connection, work_id: str, since: int | None = None) -> frozenset[str]:
    """Whose it is, and who acts for them where that is a collective: they answer for it. since: see `acting`."""
    whose = select(works.c.person_id).where(works.c.id == work_id)
    return acting(conn, conn.execute(whose).scalar_one(), since)


def makers(conn: Connection, work_id: str, since: int | None = None) -> frozenset[str]:
    """Everybody who made it: whose it is, who acts for them where that is a collective, whom its credits name.

    Also who did so at any time since it was asked for, or since then (µs UTC): leaving makes nobody a stranger to it.
    Named is who has agreed to it: else a maker could keep every keeper from deciding.
    """
    first = select(runs.c.asked).join(works, works.c.run_id == runs.c.id)
    asked = conn.execute(first.where(works.c.id == work_id)).scalar_one()
    agreed = log_table.c.about == work_id, log_table.c.what == "credit-agreed"
    then = select(log_table.c.who).where(*agreed, log_table.c.who.is_not(None))
    named = select(authors.c.person_id).where(
        authors.c.work_id == work_id,
        authors.c.person_id.is_not(None),
        authors.c.agreed.is_not(None),
    )
    made = owners(conn, work_id, asked if since is None else min(asked, since))
    return made.union(conn.execute(named).scalars(), conn.execute(then).scalars())


def unexplained(conn: Connection, limit: int) -> tuple[str, ...]:
    """Works that are hidden here though nobody reported them here: an import brought them so. The first first."""
    known = select(reports.c.n).where(reports.c.work_id == works.c.id).exists()
    hidden = works.c.hidden.is_not(None), works.c.deleted.is_(None)
    wanted = select(works.c.id).where(*hidden, ~known).order_by(works.c.hidden, works.c.id)
    return tuple(conn.execute(wanted.limit(limit)).scalars())


def hidden_among(conn: Connection, work_ids: Iterable[str]) -> tuple[str, ...]:
    """Which of these works does the house give to nobody now?"""
    wanted = select(works.c.id).where(works.c.id.in_(tuple(work_ids)), works.c.hidden.is_not(None))
    return tuple(conn.execute(wanted.order_by(works.c.id)).scalars())


_twin = works.alias("twin")


def given_out() -> ColumnElement[bool]:
    """Whether the house gives a work to others: neither it is hidden, nor any that has the very same film."""
    film = func.coalesce(works.c.media, "none yet")
    hidden = select(func.coalesce(_twin.c.media, "none")).where(_twin.c.hidden.is_not(None))
    return and_(works.c.hidden.is_(None), film.not_in(hidden))  # read once: few are hidden


def refuse_twin(conn: Connection, work_id: str) -> None:
    """`NotAllowed` where the house hides another work that has the very same film: made anew it is no other one."""
    same = select(_twin.c.id).join(works, works.c.media == _twin.c.media)
    others = same.where(works.c.id == work_id, _twin.c.id != work_id, _twin.c.hidden.is_not(None))
    if conn.execute(others.limit(1)).scalar() is not None:
        raise NotAllowed(
            _("The house hides this very film: another work here has the same bytes."),
            _("Once it is given back, this one may be shown too."),
        )
