"""What waits for somebody's answer: reports, questions to them, films of theirs that were hidden. Decides nothing."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from uncaged.archive.door_tables import invitations
from uncaged.archive.house_tables import authors, decisions, memberships, reports
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import works

DAY = 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How many of each. reports: open ones, for whoever decides them. credits: films whose makers name them. asked:
    collectives that ask them in. hidden: their films, and those of their collectives, that are hidden while something
    can still be said about it."""

    reports: int = 0
    credits: int = 0
    asked: int = 0
    hidden: int = 0

    @property
    def all(self) -> int:
        """How many together."""
        return self.reports + self.credits + self.asked + self.hidden


def of(
    conn: Connection, person_id: str, now: int, *, decides: bool, appeal_days: float
) -> Awaiting:
    """What waits for this person? decides: whether they keep the house. appeal_days: how long one may appeal."""
    since = now - round(min(max(appeal_days, 0.0), 10_000.0) * DAY)
    given = {"person": person_id, "now": now, "since": since, "verdict": "hide"}
    return Awaiting(
        reports=_REPORTS.on(conn, {}).scalar_one() if decides else 0,
        credits=_CREDITS.on(conn, {"person": person_id}).scalar_one(),
        asked=_ASKED.on(conn, {"person": person_id, "now": now}).scalar_one(),
        hidden=_HIDDEN.on(conn, given).scalar_one(),
    )


_OPEN = reports.c.decided.is_(None) | reports.c.appealed.is_not(None)
_REPORTS = Prepared(select(func.count()).select_from(reports).where(_OPEN))
_CREDITS = Prepared(
    select(func.count())
    .select_from(authors)
    .where(authors.c.person_id == bindparam("person"), authors.c.agreed.is_(None))
)
_ASKED = Prepared(
    select(func.count())
    .select_from(invitations)
    .where(
        invitations.c.person_id == bindparam("person"),
        invitations.c.collective_id.is_not(None),
        invitations.c.used.is_(None),
        invitations.c.revoked.is_(None),
        invitations.c.until > bindparam("now"),
    )
)
_THEIRS = select(memberships.c.collective_id).where(
    memberships.c.person_id == bindparam("person"), memberships.c.until.is_(None)
)
_LATELY = select(decisions.c.report_n).where(
    decisions.c.made > bindparam("since"), decisions.c.verdict == bindparam("verdict")
)
_HIDDEN = Prepared(
    select(func.count())
    .select_from(works)
    .where(
        works.c.hidden.is_not(None),
        works.c.deleted.is_(None),
        (works.c.person_id == bindparam("person")) | works.c.person_id.in_(_THEIRS),
        works.c.id.in_(select(reports.c.work_id).where(_OPEN | reports.c.n.in_(_LATELY))),
    )
)
