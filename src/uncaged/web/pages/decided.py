"""What was decided, as pages show it: a line of the book, the numbers of the last 90 days, names of keepers."""

from collections.abc import Sequence

from sqlalchemy import Connection

from uncaged.archive import people
from uncaged.archive.decisions import Decision
from uncaged.archive.people import Person
from uncaged.studio.reporting import HOUR
from uncaged.web.here import Here
from uncaged.web.views.house import DecisionView, NumbersView
from uncaged.web.words import _


def name_of(conn: Connection, person_id: str) -> str:
    """How a keeper is called on pages."""
    return _called(people.get(conn, person_id))


def _called(person: Person) -> str:
    return person.name or (_("the owner") if person.kind == "owner" else _("a keeper"))


def book_lines(conn: Connection, found: Sequence[Decision]) -> tuple[DecisionView, ...]:
    """Decisions, for everybody; a page of them at a time."""
    ids = {one.decided_by for one in found} | {one.second_id for one in found if one.second_id}
    names = {who: _called(one) for who, one in people.several(conn, ids).items()} if ids else {}
    return tuple(_line(names, one) for one in found)


def _line(names: dict[str, str], one: Decision) -> DecisionView:
    return DecisionView(
        number=one.n,
        report=one.report_n,
        work=one.work_id,
        made=one.made,
        verdict=one.verdict,
        reasons=one.reasons,
        rule=one.rule,
        sentence=one.sentence,
        by=names[one.decided_by],
        second=None if one.second_id is None else names[one.second_id],
        appeal=bool(one.appeal),
    )


def numbers_view(here: Here) -> NumbersView:
    """The numbers of the last 90 days, counted once a second for all who look."""
    found = here.web.numbers.look()
    facts = {name: getattr(found, name) for name in found.__slots__ if name != "longest"}
    return NumbersView(longest=None if found.longest is None else found.longest / HOUR, **facts)
