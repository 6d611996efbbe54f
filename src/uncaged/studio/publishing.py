"""Publishing: the artist's own click. Immediate, and nobody approves it; what the house has decided before still holds.

Every way of showing a work, page, command and Python, goes through `show`. Knows no page.
"""

from typing import TYPE_CHECKING, get_args

from sqlalchemy import Connection

from uncaged.archive import blocks, quarantine, works
from uncaged.archive.tables import Visibility
from uncaged.archive.work import Work
from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.score import shown
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def show(studio: "Studio", work_id: str, to: str) -> Work:
    """From now on this is who sees a work of one's own: everybody, whoever has its link, or nobody else.

    Raises `NotFound`, `AskedWrong` for what cannot be shown now, `NotAllowed` for a film that the house keeps out.
    """
    way = visibility(to)

    def step(conn: Connection) -> Work:
        if way != "nobody":
            works.own(conn, studio.person, work_id)
            blocks.refuse_work(conn, work_id)
            quarantine.refuse_twin(conn, work_id)
        works.show(conn, studio.person, work_id, way, studio.clock.now())
        return works.get(conn, studio.person, work_id)

    return studio.commit(step)


def visibility(text: str) -> Visibility:
    """One of everybody, link, nobody; `AskedWrong` for any other word."""
    ways: tuple[Visibility, ...] = get_args(Visibility)
    for way in ways:
        if way == text:
            return way
    raise AskedWrong(
        _("A work is shown to everybody, link or nobody, not to %(text)s.") % {"text": shown(text)},
        nearest(text, list(ways)),
    )
