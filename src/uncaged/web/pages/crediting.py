"""The credit roll of a work, as its page shows it, and what changes it."""

from collections.abc import Mapping

from sqlalchemy import Connection

from uncaged.archive import credits
from uncaged.archive.work import Work
from uncaged.core.errors import AskedWrong
from uncaged.web.here import Here
from uncaged.web.pages import works
from uncaged.web.views.people import CreditsView
from uncaged.web.views.works import CreditView
from uncaged.web.words import _


def of(conn: Connection, here: Here, row: Work) -> tuple[CreditView, ...]:
    """Who is named beside a work's maker; the maker sees also who has not agreed yet, and so do they themselves."""
    me = here.studio.person
    own = row.person_id == me
    return tuple(
        CreditView(
            n=one.n,
            name=one.name,
            person=one.person_id,
            role=one.role,
            agreed=one.shown,
            you=one.person_id == me,
        )
        for one in credits.of(conn, row.id, every=True)
        if one.shown or own or one.person_id == me
    )


def change(here: Here, work_id: str, fields: Mapping[str, str]) -> CreditsView:
    """Names somebody, takes a line away, or answers. Raises `NotFound`, `AskedWrong`."""
    me, now = here.studio.person, here.studio.clock.now()
    row = works.find(here, work_id)
    remove, n = fields.get("remove", ""), fields.get("n", "")

    def step(conn: Connection) -> None:
        if "answer" in fields:
            credits.answer(conn, work_id, me, _number(n), fields["answer"] == "yes", now)
        elif row.person_id != me:
            raise works.not_found()
        elif remove:
            credits.remove(conn, work_id, me, _number(remove), now)
        else:
            name, role = fields.get("name", ""), fields.get("role", "")
            credits.add(conn, work_id, me, name, role, now)

    here.studio.commit(step)
    with here.studio.archive.read() as conn:
        return CreditsView(work=work_id, credits=of(conn, here, row))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise AskedWrong(_("A line of a credit roll is named by its number."))
    return int(text)
