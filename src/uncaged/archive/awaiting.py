"""What waits for somebody's answer: reports, questions to them, films of theirs that were hidden. Decides nothing."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, func, select

from uncaged.archive.door_tables import invitations
from uncaged.archive.house_tables import authors, decisions, memberships, report_words, reports
from uncaged.archive.prepared import Prepared
from uncaged.archive.tables import works
from uncaged.archive.work import LISTED

DAY = 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How many of each. reports: open ones, for whoever may decide them. credits: films whose makers name them. asked:
    collectives that ask them in. hidden: films that are hidden while something can still be said about it, of whom they
    act as now. elsewhere: the same, of whom they may act as besides.
    """

    reports: int = 0
    credits: int = 0
    asked: int = 0
    hidden: int = 0
    elsewhere: int = 0

    @property
    def all(self) -> int:
        """How many together."""
        return self.reports + self.credits + self.asked + self.hidden + self.elsewhere


def of(
    conn: Connection,
    person_id: str,
    now: int,
    *,
    decides: bool,
    appeal_days: float,
    acts_as: str | None = None,
) -> Awaiting:
    """What waits for this person? decides: whether they keep the house. appeal_days: how long one may appeal.

    acts_as: who they act as now; None for themselves.
    """
    since = now - round(min(max(appeal_days, 0.0), 10_000.0) * DAY)
    hidden = dict(_HIDDEN.on(conn, {"person": person_id, "since": since}).all())
    here = hidden.pop(acts_as or person_id, 0)
    return Awaiting(
        reports=_REPORTS.on(conn, {"person": person_id}).scalar_one() if decides else 0,
        credits=_CREDITS.on(conn, {"person": person_id}).scalar_one(),
        asked=_ASKED.on(conn, {"person": person_id, "now": now}).scalar_one(),
        hidden=here,
        elsewhere=sum(hidden.values()),
    )


_OPEN = reports.c.decided.is_(None) | reports.c.appealed.is_not(None)
_NAMED = exists().where(
    authors.c.work_id == reports.c.work_id,
    authors.c.person_id == bindparam("person"),
    authors.c.agreed.is_not(None),
)
# Whoever made the film, is named in it, or reported it does not decide it; `studio.deciding.bench` knows the rest.
_REPORTS = Prepared(
    select(func.count())
    .select_from(reports.join(works, works.c.id == reports.c.work_id))
    .where(
        _OPEN,
        reports.c.person_id.is_distinct_from(bindparam("person")),
        works.c.person_id != bindparam("person"),
        ~_NAMED.correlate(reports),
    )
)
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
_LATELY = exists().where(
    decisions.c.report_n == reports.c.n,
    decisions.c.made > bindparam("since"),
    decisions.c.verdict == "hide",
)
_APPEALED = exists().where(
    report_words.c.report_n == reports.c.n,
    report_words.c.author == "studio",
    report_words.c.words == "appeal maker",
)
_CAN_BE_SAID = exists().where(
    reports.c.work_id == works.c.id,
    _OPEN | (_LATELY.correlate(reports) & ~_APPEALED.correlate(reports)),
)
# What is hidden is little, whoever's it is: looked through by its own index, not by that of all their works.
_WHOSE = works.c.person_id + ""
_HIDDEN = Prepared(
    select(_WHOSE, func.count())
    .where(
        works.c.hidden.is_not(None),
        LISTED,
        (bindparam("person") == _WHOSE) | _WHOSE.in_(_THEIRS),
        _CAN_BE_SAID.correlate(works),
    )
    .group_by(_WHOSE)
)
"""How many hidden works of theirs, by whose they are; a maker appeals once, see `studio.reporting`."""
