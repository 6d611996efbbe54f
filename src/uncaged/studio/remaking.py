"""A work made of another: what is asked for where somebody has other words for it, or says what comes next.

What they leave open is as it is in the work. Knows no door; whoever calls has found the work for whoever asks.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from uncaged.archive import works
from uncaged.archive.work import Work
from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.score import Picture, Score
from uncaged.core.words import _
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.engines.sources import Remaking, Source
from uncaged.studio import shelf

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def asked_of(
    studio: "Studio", source: Source, request: Request, model: str | None = None
) -> tuple[Request, str]:
    """What to ask for, and of which model: the work's own where none is said. Raises `NotFound`, `AskedWrong`,
    `Impossible`."""
    with studio.archive.read() as conn:
        work = works.find(conn, studio.person, source.work)
    score = made(studio, work)
    player = shelf.player(studio, model or score.model.name)
    return of(work, source.way, request, player), player.name


def made(studio: "Studio", work: Work) -> Score:
    """The score of a work that is whole. Raises `AskedWrong`."""
    if work.score is None or work.media is None:
        raise AskedWrong(
            _("%(work)s is not made yet.") % {"work": work.id}, _("Wait until it is."), "parents"
        )
    return work.score


def of(work: Work, way: Remaking, request: Request, player: Engine) -> Request:
    """The request with everything that it leaves open as it is in the work. player: who is to perform it.

    Raises `Impossible` where that is another model, and one that makes no films of films.
    """
    score = work.score
    assert score is not None
    same = player.name == score.model.name
    if not same and way not in player.capabilities.films:
        said = (
            _("%(model)s draws no film of %(other)s anew: it does not begin with frames.")
            if way == "remixes"
            else _("%(model)s does not go on with a film of %(other)s.")
        )
        raise Impossible(
            said % {"model": player.name, "other": score.model.name},
            _(
                "Leave the model out, or choose one that can: `uncaged models list` says what each can."
            ),
            "model",
        )
    known = _common(score, request, same) | {"parents": (work.id,), "parents_as": way}
    if way == "remixes":
        return replace(request, **known, **_anew(score, request, same))
    return replace(request, **known, **_longer(score, request, same))


def _common(score: Score, request: Request, same: bool) -> dict[str, Any]:
    """What both ways leave as it is. same: whether the same model performs."""
    return {
        "seed": score.seed if request.seed is None else request.seed,
        "options": {**(score.options if same else {}), **request.options},
        "lexicons": score.lexicons,
        "negative": request.negative or score.negative,
    }


def _anew(score: Score, request: Request, same: bool) -> dict[str, Any]:
    return {
        "seconds": score.seconds if request.seconds is None else request.seconds,
        "size": request.size or score.size,
        "fps": score.fps if request.fps is None else request.fps,
        "loop": request.loop or score.loop,
        "pictures": request.pictures or (_unmasked(score) if same else ()),
        "origin": score.origin if score.origin is not None else score.shots[0].text,
    }


def _unmasked(score: Score) -> tuple[Picture, ...]:
    """Its pictures; what of them might change there says nothing of what is to change now."""
    if any(picture.mask for picture in score.pictures):
        return ()
    return score.pictures


def _longer(score: Score, request: Request, same: bool) -> dict[str, Any]:
    """The frames that were there stay, so that size and rate do."""
    if request.seconds is None:
        raise AskedWrong(_("Say by how many seconds it goes on: seconds."), about="seconds")
    for name, said, is_so in (("size", request.size, score.size), ("fps", request.fps, score.fps)):
        if said is not None and said != is_so:
            raise AskedWrong(
                _("A film goes on in its own size and its own frames a second."),
                _("Leave out %(name)s, or draw it anew first.") % {"name": name},
                name,
            )
    return {
        "size": score.size,
        "fps": score.fps,
        "loop": False,
        "position": score.position if same else None,
        "origin": score.origin,
        "earlier": score.shots,
    }
