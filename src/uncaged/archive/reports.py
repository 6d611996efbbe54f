"""Reports: what somebody said against a work that was shown, and what happened in it since, line by line.

Knows nothing of who may decide; that stands in `studio.reporting`. What the studio and keepers did stands in
`report_words` as one word, what people said as they said it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from uncaged.archive import log
from uncaged.archive.house_tables import Author, Why, report_words, reports
from uncaged.archive.prepared import Fields, Prepared
from uncaged.core.errors import NotFound
from uncaged.core.words import _

LONGEST = 4_000
"""Characters that one may say in a report, an answer, an appeal, a decision."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report; times are µs UTC. See the table for what each column is. `decided` is empty while it is open."""

    n: int
    work_id: str
    why: Why
    words: str
    mail: str | None
    person_id: str | None
    mark: str
    created: int
    again: int
    keeper_id: str | None
    decided: int | None
    appealed: int | None

    @property
    def open(self) -> bool:
        """Whether somebody has to decide: for the first time, or after an appeal."""
        return self.decided is None or self.appealed is not None


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened in a report. words: what was said; a word of ours where studio or keeper did it."""

    n: int
    happened: int
    author: Author
    person_id: str | None
    words: str


def _report(row: Fields) -> Report:
    return Report(**{name: row[name] for name in Report.__slots__})


def add(
    conn: Connection,
    work_id: str,
    why: Why,
    words: str,
    now: int,
    *,
    link: str,
    mark: str,
    mail: str | None,
    person_id: str | None,
) -> Report:
    """Writes a report down. link: SHA-256 of its secret. mark: a keyed hash of where it came from."""
    row = {"hash": link, "work_id": work_id, "why": why, "words": words, "mail": mail}
    row |= {"person_id": person_id, "mark": mark, "created": now}
    made = conn.execute(insert(reports).values(**row, again=0)).inserted_primary_key
    assert made is not None
    report = get(conn, made[0])
    say(conn, report.n, now, "reporter", words, person_id)
    log.append(conn, "reported", work_id, None, now, report=report.n, why=why)
    return report


_ONE = Prepared(select(reports).where(reports.c.n == bindparam("wanted")))
_LARGEST = 2**53


def get(conn: Connection, n: int) -> Report:
    """Which report is this? `NotFound` where there is none of that number."""
    row = None if not 0 < n < _LARGEST else _ONE.on(conn, {"wanted": n}).mappings().one_or_none()
    if row is None:
        raise NotFound(_("There is no report %(n)s here.") % {"n": n})
    return _report(row)


def by_link(conn: Connection, link: str) -> Report | None:
    """Which report has a secret with this SHA-256?"""
    row = conn.execute(select(reports).where(reports.c.hash == link)).mappings().one_or_none()
    return None if row is None else _report(row)


def opens(conn: Connection, n: int, link: str) -> bool:
    """Whether this SHA-256 is that of the secret of report `n`."""
    found = by_link(conn, link)
    return found is not None and found.n == n


def from_there(conn: Connection, mark: str, work_id: str, since: int) -> Report | None:
    """What was last reported of this work from there, since then?"""
    wanted = select(reports).where(
        reports.c.mark == mark, reports.c.work_id == work_id, reports.c.created >= since
    )
    row = conn.execute(wanted.order_by(reports.c.n.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _report(row)


def came_from(conn: Connection, mark: str, since: int) -> int:
    """How many reports came from there since then, those not counted that said the same again?"""
    mine = _there(mark), reports.c.created >= since
    return conn.execute(select(func.count()).where(*mine)).scalar_one()


def hid_from(conn: Connection, mark: str, since: int) -> int:
    """How many works were hidden at once since then, because somebody there said that they show them?"""
    hid = report_words.c.author == "studio", report_words.c.words == "hid"
    mine = _there(mark), reports.c.created >= since
    wanted = select(func.count(func.distinct(reports.c.work_id)))
    joined = wanted.select_from(reports).join(report_words, report_words.c.report_n == reports.c.n)
    return conn.execute(joined.where(*mine, *hid)).scalar_one()


def keep_address(conn: Connection, n: int, now: int, mark: str) -> None:
    """Where a report with a login came from, so that its address is counted too; twice is once. See `keep_hashes`."""
    wanted = select(report_words.c.n).where(report_words.c.report_n == n, _came_by(mark))
    if conn.execute(wanted.limit(1)).scalar() is None:
        say(conn, n, now, "studio", _FROM + mark)


def _there(mark: str) -> ColumnElement[bool]:
    beside = select(report_words.c.n).where(report_words.c.report_n == reports.c.n, _came_by(mark))
    return or_(reports.c.mark == mark, beside.correlate(reports).exists())


def _came_by(mark: str) -> ColumnElement[bool]:
    return and_(report_words.c.author == "studio", report_words.c.words == _FROM + mark)


def once_more(conn: Connection, report: Report) -> Report:
    """The same was reported from there again: it is counted, and stays one report."""
    conn.execute(update(reports).where(reports.c.n == report.n).values(again=reports.c.again + 1))
    return get(conn, report.n)


def say(
    conn: Connection, n: int, now: int, author: Author, words: str, person_id: str | None = None
) -> None:
    """Another line of what happened in it."""
    last = select(func.coalesce(func.max(report_words.c.n), 0) + 1).where(
        report_words.c.report_n == n
    )
    row = {"report_n": n, "n": last.scalar_subquery(), "happened": now, "author": author}
    conn.execute(insert(report_words).values(**row, person_id=person_id, words=words))


def lines(conn: Connection, n: int) -> tuple[Line, ...]:
    """What has happened in it, the first first; a few hundred at most."""
    wanted = select(report_words).where(report_words.c.report_n == n, ~_HASHES, ~ADDRESS)
    rows = conn.execute(wanted.order_by(report_words.c.n).limit(1000)).mappings()
    return tuple(Line(**{name: row[name] for name in Line.__slots__}) for row in rows)


def keep_hashes(conn: Connection, n: int, now: int, shas: Sequence[str]) -> None:
    """What was reported, by SHA-256: so that it can be kept out, also where its maker is faster than the keepers.

    It is no line of what happened: `lines` leaves it out, and no page shows it.
    """
    if shas:
        say(conn, n, now, "studio", _FILES + " ".join(shas))


def hashes(conn: Connection, n: int) -> tuple[str, ...]:
    """The SHA-256 that were kept with a report; none once it is forgotten."""
    wanted = select(report_words.c.words).where(report_words.c.report_n == n, _HASHES)
    said = conn.execute(wanted.limit(1)).scalar()
    return () if said is None else tuple(said.removeprefix(_FILES).split())


_FILES, _FROM = "files ", "from "
_HASHES = (report_words.c.author == "studio") & report_words.c.words.startswith(_FILES)
ADDRESS = (report_words.c.author == "studio") & report_words.c.words.startswith(_FROM)
"""The line with the mark of an address: no line of what happened, like the hashes."""


def of_work(conn: Connection, work_id: str, limit: int = 100) -> tuple[Report, ...]:
    """What was reported of a work, the newest first."""
    wanted = select(reports).where(reports.c.work_id == work_id)
    return _all(conn, wanted.order_by(reports.c.n.desc()).limit(limit))


def waiting(conn: Connection, limit: int, after: int = 0) -> tuple[Report, ...]:
    """Which reports have to be decided, the oldest first? after: the number of the last one before."""
    still = or_(reports.c.decided.is_(None), reports.c.appealed.is_not(None))
    wanted = select(reports).where(still, reports.c.n > after)
    return _all(conn, wanted.order_by(reports.c.n).limit(limit))


def decided_last(conn: Connection, limit: int) -> tuple[Report, ...]:
    """Which reports were decided last?"""
    over = select(reports).where(reports.c.decided.is_not(None), reports.c.appealed.is_(None))
    return _all(conn, over.order_by(reports.c.decided.desc(), reports.c.n.desc()).limit(limit))


def _all(conn: Connection, wanted: Select[tuple[object, ...]]) -> tuple[Report, ...]:
    return tuple(_report(row) for row in conn.execute(wanted).mappings())


def take_on(conn: Connection, n: int, keeper_id: str, now: int) -> None:
    """A keeper says that they will decide it."""
    conn.execute(update(reports).where(reports.c.n == n).values(keeper_id=keeper_id))
    say(conn, n, now, "keeper", "took", keeper_id)


def decide(conn: Connection, n: int, keeper_id: str, now: int) -> None:
    """It is decided: nobody waits for it any more, and the address to answer to goes."""
    over = {"keeper_id": keeper_id, "decided": now, "appealed": None, "mail": None}
    conn.execute(update(reports).where(reports.c.n == n).values(over))


def appeal(conn: Connection, n: int, now: int) -> None:
    """Somebody does not agree: it waits for a decision again, of somebody else."""
    again = {"appealed": now, "keeper_id": None}
    conn.execute(update(reports).where(reports.c.n == n).values(again))


def forget(conn: Connection, work_id: str) -> None:
    """The work is gone: what people said of it goes too, where that is decided. What was done stays as it was."""
    over = (
        reports.c.work_id == work_id,
        reports.c.decided.is_not(None),
        reports.c.appealed.is_(None),
    )
    these = select(reports.c.n).where(*over)
    said = report_words.c.author.in_(("reporter", "maker")) | report_words.c.words.startswith(
        "again\n"
    )
    conn.execute(delete(report_words).where(report_words.c.report_n.in_(these), _HASHES))
    conn.execute(
        update(report_words).where(report_words.c.report_n.in_(these), said).values(words="")
    )
    conn.execute(update(reports).where(*over).values(words=""))
