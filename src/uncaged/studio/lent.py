"""What a film is lent beside its words: by the position where it stands, and by the work that it is made of.

Two stages of `making`: each returns a new record. Nobody is lent what they may not see.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from uncaged.archive import works
from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.asking import standing
from uncaged.studio.shelf import player as player_of

if TYPE_CHECKING:
    from uncaged.studio.making import Making
    from uncaged.studio.studio import Studio


def take_position(studio: "Studio", making: "Making") -> "Making":
    """What the position is given beside its numbers, where nobody says otherwise; its files, if they may see them."""
    asked = making.asked
    request = standing(asked, player_of(studio, making.model))
    lent = {one.sha256 for one in request.pictures} - {one.sha256 for one in asked.pictures}
    if lent:
        with studio.archive.read() as conn:
            if not all(works.of_file(conn, studio.person, sha) for sha in lent):
                raise AskedWrong(
                    _("A picture of this position is not here, or not yours to see."),
                    _("Give it another picture."),
                    "pictures",
                )
    return replace(making, request=request)


def take_film(studio: "Studio", making: "Making") -> "Making":
    """The film that it is made of: its first parent's, where the model makes films of films. Who asks may see it.

    What begins with its parent's picture is not drawn anew from it.
    """
    request = making.asked
    can = player_of(studio, making.model).capabilities
    if request.film is None and not (request.parents and request.parents_as in can.films):
        return making
    with studio.archive.read() as conn:
        film = request.film
        if film is None:
            film = works.get(conn, studio.person, request.parents[0]).media
            if film is not None and any(one.sha256 == film for one in request.pictures):
                return making
        elif not works.of_file(conn, studio.person, film):
            film = None
    if film is None:
        raise AskedWrong(
            _("The film that it is to be made of is not here, or not yours to see."),
            _("Name a work that is made, by its id."),
            "film",
        )
    return replace(making, request=replace(request, film=film))
