"""Films that begin with a picture that was made here: the picture's own file, and the edge to its work.

Knows no page. What a model makes of a picture that it is given, its engine says.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from uncaged.core.errors import AskedWrong
from uncaged.core.score import Picture
from uncaged.core.words import _
from uncaged.engines.asking import Request

if TYPE_CHECKING:
    from uncaged.archive.work import Work
    from uncaged.studio.studio import Studio


def begun_with(studio: "Studio", request: Request, reference: str) -> Request:
    """The request, beginning with the picture of this work. reference: what `Studio.work` takes.

    Raises `NotFound`, `NotAllowed` where the house gives it to nobody, `AskedWrong` where it is no picture.
    """
    work = studio.work(reference)
    work.check_given()
    return begun(request, work.row)


def begun(request: Request, row: "Work") -> Request:
    """The same of a work that somebody holds."""
    if request.pictures:
        raise AskedWrong(
            _("A film begins with one picture."), _("Leave out one of the two."), "pictures"
        )
    if row.media is None or row.mime != "image/png":
        raise AskedWrong(
            _("%(work)s is no picture that is made.") % {"work": row.id},
            _(
                "Name a picture. A frame of a film is taken first (uncaged take WORK --as png), and given as a "
                "file: --image FILE."
            ),
            "pictures",
        )
    return replace(request, pictures=(Picture(row.media),), parents=(*request.parents, row.id))
