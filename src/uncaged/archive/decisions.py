"""The decision book: what keepers decided, with reasons, in numbers that only grow. Nothing is taken out.

Knows nothing of who may decide, nor what follows from it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, insert, select

from uncaged.archive.house_tables import Verdict, Why, decisions, report_words, reports
from uncaged.archive.prepared import Fields


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; made: µs UTC. rule: which rule of the house, None for none. work_id: which work it is about."""

    n: int
    report_n: int
    verdict: Verdict
    reasons: str
    rule: int | None
    sentence: str | None
    decided_by: str
    second_id: str | None
    made: int
    appeal: int
    work_id: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reports of a stretch of time, and what became of them. longest: µs until a first decision, None for none."""

    reports: int
    open: int
    show: int
    sentence: int
    hide: int
    delete: int
    appeals: int
    granted: int
    again: int
    longest: int | None
    looked: int


_ALL = select(*decisions.c, reports.c.work_id).join(reports, reports.c.n == decisions.c.report_n)


def _decision(row: Fields) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__slots__})


def add(
    conn: Connection,
    report_n: int,
    verdict: Verdict,
    reasons: str,
    decided_by: str,
    now: int,
    *,
    rule: int | None = None,
    sentence: str | None = None,
    second: str | None = None,
    appeal: bool = False,
) -> Decision:
    """Writes a decision into the book."""
    row = {"report_n": report_n, "verdict": verdict, "reasons": reasons, "rule": rule}
    row |= {"sentence": sentence, "decided_by": decided_by, "second_id": second, "made": now}
    conn.execute(insert(decisions).values(**row, appeal=int(appeal)))
    return of_report(conn, report_n)[-1]


def of_report(conn: Connection, report_n: int) -> tuple[Decision, ...]:
    """What was decided about a report, the first first."""
    wanted = _ALL.where(decisions.c.report_n == report_n).order_by(decisions.c.n)
    return tuple(_decision(row) for row in conn.execute(wanted).mappings())


def last_of_work(conn: Connection, work_id: str, why: Why) -> Decision | None:
    """What was last decided about a work that was reported for this, whoever reported it?"""
    said = _ALL.where(reports.c.work_id == work_id, reports.c.why == why)
    row = conn.execute(said.order_by(decisions.c.n.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _decision(row)


def book(conn: Connection, limit: int, before: int | None = None) -> tuple[Decision, ...]:
    """The book, newest first. before: the number of the last decision of the page before."""
    wanted = _ALL if before is None else _ALL.where(decisions.c.n < before)
    rows = conn.execute(wanted.order_by(decisions.c.n.desc()).limit(limit)).mappings()
    return tuple(_decision(row) for row in rows)


def book_on(conn: Connection, limit: int, after: int = 0) -> tuple[Decision, ...]:
    """The book, oldest first. after: the number of the last decision of the page before."""
    wanted = _ALL.where(decisions.c.n > after).order_by(decisions.c.n).limit(limit)
    return tuple(_decision(row) for row in conn.execute(wanted).mappings())


def numbers(conn: Connection, since: int) -> Numbers:
    """How many reports came since then, and what became of them?"""
    came = reports.c.created >= since
    still = reports.c.decided.is_(None) | reports.c.appealed.is_not(None)
    all_of_them, again = conn.execute(
        select(func.count(), func.coalesce(func.sum(reports.c.again), 0)).where(came)
    ).one()
    waits = conn.execute(select(func.count()).select_from(reports).where(still)).scalar_one()
    lately = decisions.c.made >= since
    last = select(func.max(decisions.c.n)).where(lately).group_by(decisions.c.report_n)
    counted = (
        select(decisions.c.verdict, func.count())
        .where(lately, decisions.c.n.in_(last))
        .group_by(decisions.c.verdict)
    )
    by_verdict = {row[0]: row[1] for row in conn.execute(counted)}
    appeals, granted = _appeals(conn, since)
    first = select(func.min(decisions.c.made) - reports.c.created).select_from(
        decisions.join(reports, reports.c.n == decisions.c.report_n)
    )
    waited = first.where(came).group_by(reports.c.n).subquery()
    longest = conn.execute(select(func.max(waited.c[0]))).scalar()
    looks = report_words.c.author == "keeper", report_words.c.words == "looked"
    looked = select(func.count()).select_from(report_words)
    return Numbers(
        reports=all_of_them,
        open=waits,
        show=by_verdict.get("show", 0),
        sentence=by_verdict.get("sentence", 0),
        hide=by_verdict.get("hide", 0),
        delete=by_verdict.get("delete", 0),
        appeals=appeals,
        granted=granted,
        again=again,
        longest=longest,
        looked=conn.execute(looked.where(*looks, report_words.c.happened >= since)).scalar_one(),
    )


def _appeals(conn: Connection, since: int) -> tuple[int, int]:
    """Appeals that were decided since then, and how many of them changed what was decided."""
    before = decisions.alias("before")
    was = (
        select(before.c.verdict)
        .where(before.c.report_n == decisions.c.report_n, before.c.n < decisions.c.n)
        .order_by(before.c.n.desc())
        .limit(1)
        .scalar_subquery()
    )
    changed = func.coalesce(func.sum(case((decisions.c.verdict != was, 1), else_=0)), 0)
    wanted = select(func.count(), changed).where(decisions.c.made >= since, decisions.c.appeal == 1)
    appeals, granted = conn.execute(wanted).one()
    return appeals, granted
