"""What a model cannot is refused at the door, with what to do instead. See `engines.asking`."""

from typing import TYPE_CHECKING

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.score import Picture, Way
from uncaged.core.words import _, ngettext
from uncaged.engines.base import Engine

if TYPE_CHECKING:
    from uncaged.engines.asking import Request


def check_abilities(request: "Request", engine: Engine) -> None:
    """Raises `Impossible` for pictures, shots, a loop … that this model does not take or make."""
    can = engine.capabilities
    shown = [picture for picture in request.pictures if not picture.mask]
    pictures = [picture for picture in shown if picture.share == 1]
    if len(pictures) < len(shown):
        _around(request, engine)
    if len(shown) < len(request.pictures):
        pictures = _masked(request, engine, pictures)
    if pictures and not can.pictures:
        raise Impossible(
            _("%(model)s takes no pictures.") % {"model": engine.name},
            _("`uncaged models list` says what each model can."),
            "pictures",
        )
    if len(pictures) > can.pictures:
        raise Impossible(
            ngettext(
                "%(model)s takes %(num)s picture with a shot, not %(given)s.",
                "%(model)s takes %(num)s pictures with a shot, not %(given)s.",
                can.pictures,
            )
            % {"model": engine.name, "num": can.pictures, "given": len(pictures)},
            _("Choose one of them."),
            "pictures",
        )
    if request.earlier and 0 in (request.seconds, *(shot.seconds for shot in request.earlier)):
        raise Impossible(
            _("A picture has no length, and nothing goes on with it."),
            _("Ask for a film that begins with the picture."),
            "seconds",
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


def check_stills(engine: Engine) -> None:
    """Raises `Impossible` where it makes no pictures."""
    if not engine.capabilities.stills:
        raise Impossible(
            _("%(model)s makes films only, and no pictures.") % {"model": engine.name},
            _("Ask it for a short film, or another model for a picture."),
            "seconds",
        )


def _around(request: "Request", engine: Engine) -> None:
    """Of a picture that has a share of its frame."""
    if not engine.capabilities.around:
        raise Impossible(
            _("%(model)s cannot draw what lies around a picture.") % {"model": engine.name},
            _("`uncaged models list` says what each model can."),
            "pictures",
        )
    if request.seconds != 0 or len(request.pictures) > 1:
        raise Impossible(
            _("A larger field is drawn around one picture, and is a picture itself."),
            _("Ask for it with 0 seconds."),
            "pictures",
        )


def _masked(request: "Request", engine: Engine, pictures: list[Picture]) -> list[Picture]:
    """Of a mask: one, for a picture that becomes a picture, or for a film that is drawn anew. What is given beside what
    is held."""
    can = engine.capabilities
    if not can.masks:
        raise Impossible(
            _("%(model)s cannot keep to a mask.") % {"model": engine.name},
            _("`uncaged models list` says what each model can."),
            "mask",
        )
    anew = request.film is not None
    if sum(picture.mask for picture in request.pictures) > 1 or request.earlier:
        raise AskedWrong(
            _("A mask goes with one picture, or with one film that is drawn anew."), about="mask"
        )
    if not anew and not (len(pictures) == 1 and request.seconds == 0):
        raise AskedWrong(
            _("A mask says what of a picture, or of a film that is drawn anew, may change."),
            _("Give the picture and ask for a picture, or name the film."),
            "mask",
        )
    return pictures if anew else []


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
