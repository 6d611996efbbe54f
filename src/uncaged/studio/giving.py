"""What is hidden and held by no report is given back: an import brings that a work is hidden, and not why.

Knows no page. What holds a work is asked of `deciding`.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import blocks, house, quarantine, works
from uncaged.core.errors import AskedWrong, DoneBefore, NotAllowed, NotFound
from uncaged.core.ids import is_id
from uncaged.core.words import _
from uncaged.studio.deciding import holding

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

REASONS = ("import", "looked", "mistake")
"""Why a work is given back: its report did not travel; a keeper looked at it; it was hidden by mistake. The log takes
nobody's words, so it is one of these."""


def give(studio: "Studio", work_id: str, who: str, reason: str) -> None:
    """A keeper gives a hidden work back, and the log says who and why.

    Raises `AskedWrong`, `NotFound`, `DoneBefore` where it is not hidden, `NotAllowed` where a report or the block list
    holds it, or where who made it would give it back though another keeper could.
    """
    said, named = _checked(reason), work_id.strip().lower()

    def step(conn: Connection) -> None:
        found = quarantine.find(conn, named) if is_id("work", named) else None
        if found is None or found.deleted is not None:
            raise NotFound(
                _("There is no such work here."), _("Name it by its id: w_ and twelve letters.")
            )
        if found.hidden is None:
            raise DoneBefore(_("The house does not hide this work."))
        held = holding(conn, named)
        if held is not None:
            number = held.partition(" ")[2]
            raise NotAllowed(
                _("Report %(report)s holds this work.") % {"report": number},
                _("Decide that report, or its appeal: that gives it back."),
            )
        _check_who(conn, named, who)
        blocks.refuse_work(conn, named)
        works.give_again(conn, named, studio.clock.now(), who, reason=said)

    studio.commit(step)


def _check_who(conn: Connection, work_id: str, who: str) -> None:
    keepers = {one.id for one in house.keepers(conn)}
    if who not in keepers:
        raise NotAllowed(_("Keepers give back what the house hides."))
    made = quarantine.makers(conn, work_id)
    if who in made and keepers - made:
        raise NotAllowed(_("Who made the film does not give it back."), _("Another keeper does."))


def _checked(reason: str) -> str:
    said = reason.strip()
    if said not in REASONS:
        raise AskedWrong(
            _("Say why: one of %(reasons)s. The log takes one word.")
            % {"reasons": ", ".join(REASONS)}
        )
    return said
