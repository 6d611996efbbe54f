"""What was decided, as pages show it: a line of the book, the numbers of the last 90 days, names of keepers."""

from sqlalchemy import Connection

from uncaged.archive import decisions, people
from uncaged.archive.decisions import Decision
from uncaged.studio.reporting import DAY, HOUR
from uncaged.web.views.house import DecisionView, NumbersView
from uncaged.web.words import _

DAYS = 90
"""Days whose reports are counted on pages."""


def name_of(conn: Connection, person_id: str) -> str:
    """How a keeper is called on pages."""
    person = people.get(conn, person_id)
    return person.name or (_("the owner") if person.kind == "owner" else _("a keeper"))


def book_line(conn: Connection, one: Decision) -> DecisionView:
    """A decision, for everybody."""
    return DecisionView(
        number=one.n,
        report=one.report_n,
        work=one.work_id,
        made=one.made,
        verdict=one.verdict,
        reasons=one.reasons,
        rule=one.rule,
        sentence=one.sentence,
        by=name_of(conn, one.decided_by),
        second=None if one.second_id is None else name_of(conn, one.second_id),
        appeal=bool(one.appeal),
    )


def numbers_view(conn: Connection, now: int) -> NumbersView:
    """The numbers of the last 90 days."""
    found = decisions.numbers(conn, now - DAYS * DAY)
    facts = {name: getattr(found, name) for name in found.__slots__ if name != "longest"}
    return NumbersView(longest=None if found.longest is None else found.longest / HOUR, **facts)
