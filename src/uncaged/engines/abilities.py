"""What a model can do beside what is asked of it: pictures, shots, films, what must not be seen, loops.

Knows what models say of themselves; performs nothing.
"""

from typing import TYPE_CHECKING

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.score import Way
from uncaged.core.words import _, ngettext
from uncaged.engines.base import Engine

if TYPE_CHECKING:
    from uncaged.engines.asking import Request


def check(request: "Request", engine: Engine) -> None:
    """Raises `Impossible` for what this model cannot, `AskedWrong` where something is lacking."""
    can = engine.capabilities
    if request.pictures and not can.pictures:
        raise Impossible(
            _("%(model)s takes no pictures.") % {"model": engine.name},
            _("`uncaged models list` says which models do."),
            "pictures",
        )
    if len(request.pictures) > can.pictures:
        raise Impossible(
            ngettext(
                "%(model)s takes %(num)s picture with a shot, not %(given)s.",
                "%(model)s takes %(num)s pictures with a shot, not %(given)s.",
                can.pictures,
            )
            % {"model": engine.name, "num": can.pictures, "given": len(request.pictures)},
            _("Choose one of them."),
            "pictures",
        )
    if request.earlier and can.shots == 1:
        raise Impossible(
            _("%(model)s cannot go on with a film that is there.") % {"model": engine.name}
        )
    if len(request.earlier) >= can.shots:
        raise Impossible(
            _("%(model)s plays %(count)s shots one after the other, and this film has as many.")
            % {"model": engine.name, "count": can.shots},
            _("Make a new film of what comes next."),
        )
    _check_film(request, engine)
    if request.negative and not can.negative:
        raise Impossible(
            _("%(model)s cannot be told what must not be seen beside what should.")
            % {"model": engine.name},
            _("Say it in the sentence: … without …"),
            "negative",
        )
    if request.loop and not can.loop:
        raise Impossible(_("%(model)s cannot close a film to a loop.") % {"model": engine.name})


def _check_film(request: "Request", engine: Engine) -> None:
    way: Way = "extends" if request.earlier else "remixes"
    begins = way in engine.capabilities.films
    if request.film is not None and not begins:
        said = (
            _("%(model)s goes on with no film.")
            if request.earlier
            else _("%(model)s draws no film anew.")
        )
        raise Impossible(
            said % {"model": engine.name}, _("`uncaged models list` says which models do.")
        )
    if request.film is None and begins and request.earlier:
        raise AskedWrong(
            _("%(model)s goes on only with a film that is there.") % {"model": engine.name},
            _("Say with which."),
        )
