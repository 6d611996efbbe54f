"""Every model that is here: what it says of itself, what it can do, what it takes on these machines.

What nobody has measured or said is left out, never guessed.
"""

from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.base import Capabilities, Engine
from uncaged.engines.registry import DEFAULT, broken_plugins
from uncaged.queue.estimate import expected
from uncaged.studio.shelf import players
from uncaged.web.here import Here
from uncaged.web.views.reading import CardView, MeasuredView, ModelsView
from uncaged.web.words import _

SECONDS, SIZE = 6.0, (512, 512)
"""The film by which models are compared."""


def show(here: Here) -> ModelsView:
    """All models, side by side. Why a plug-in could not be loaded concerns whoever keeps the machine."""
    keeps = "manage" in here.visitor.scopes
    return ModelsView(
        models=tuple(_card(here, player) for player in players(here.studio).values()),
        broken=dict(broken_plugins()) if keeps else {},
    )


def _card(here: Here, player: Engine) -> CardView:
    card, can = player.card, player.capabilities
    return CardView(
        name=player.name,
        default=player.name == DEFAULT,
        engine=player.family,
        summary=card.summary,
        origin=card.origin,
        data=card.training_data,
        licence=card.licence,
        works=card.works,
        can=abilities(can),
        sides=can.sides,
        seconds=can.seconds,
        dials=len(player.options.model_fields),
        measured=_measured(here, player),
    )


def abilities(can: Capabilities) -> tuple[str, ...]:
    """What a model can do beside films from words, in words."""
    said = (
        (can.pictures > 0, _("begins with a picture")),
        (can.shots > 1, _("plays several shots")),
        (can.position, _("has a space to play in")),
        (can.negative, _("leaves out what you name")),
        (can.lexicons, _("takes your own words")),
        (can.loop, _("ends where it begins")),
        (can.exact, _("gives the same film again")),
        (can.strokes, _("gives its strokes to a pen")),
    )
    return tuple(words for able, words in said if able)


def _measured(here: Here, player: Engine) -> MeasuredView | None:
    past = here.web.past(player.name)
    if not past:
        return None
    film = Score(
        (Shot("", SECONDS),),
        ModelRef(player.name, player.hash),
        SIZE,
        float(player.defaults["fps"]),
        1,
        player.check({}),
    )
    return MeasuredView(seconds=round(expected(past, film), 1), runs=len(past))
