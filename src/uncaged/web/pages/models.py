"""Every model that is here: what it says of itself, what it can do, what it takes on these machines.

What nobody has measured or said is left out, never guessed. And what people do there: accept a licence, take one off.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

from uncaged.core.errors import AskedWrong, NotAllowed, UncagedError
from uncaged.core.naming import folded
from uncaged.engines.base import Capabilities, Engine
from uncaged.engines.registry import DEFAULT, broken_plugins
from uncaged.studio import allowing, hub, shelf, terms
from uncaged.studio.fits import Fit, fit
from uncaged.studio.held import Held, held
from uncaged.web.here import Here
from uncaged.web.pages import adapters, wishing
from uncaged.web.pages.make import dials
from uncaged.web.pages.shelved import brought_view, held_view, is_owner, refused
from uncaged.web.views.base import Trouble
from uncaged.web.views.reading import (
    AdapterPage,
    CardView,
    MeasuredView,
    MemoryView,
    ModelPage,
    ModelsView,
    RefusedView,
)
from uncaged.web.visitors import Stay
from uncaged.web.words import _

NOTHING: Mapping[str, str] = MappingProxyType({})

LONGEST = 200
"""Characters of a licence's name that is looked for."""


def show(
    here: Here, said: Mapping[str, str] = NOTHING, trouble: Trouble | None = None
) -> ModelsView:
    """All models, side by side. Why a plug-in could not be loaded concerns whoever keeps the machine.

    said: `licence`: those alone that come under it, or say so; and what somebody wants of a model, see `wishing`.
    trouble: why that could not be understood. Raises `AskedWrong`.
    """
    keeps = "manage" in here.visitor.scopes
    word = said.get("licence", "").strip()[:LONGEST]
    own, found, why = held(here.studio), shelf.players(here.studio), refused(here)
    wanted = {
        one.name for one in allowing.known(here.studio) if not word or one.licensed.says(word)
    }
    cards = tuple(
        _card(here, player, own.get(name), why) for name, player in found.items() if name in wanted
    )
    asks = trouble is None and wishing.is_asked(said)
    among = [player for name, player in found.items() if name in wanted]
    return ModelsView(
        models=cards,
        adapters=tuple(
            adapters.adapter(here, one, why)
            for name, one in own.items()
            if one.model.is_adapter and name in wanted
        ),
        machine=wishing.computing(keeps),
        wants=wishing.wants(found, cards),
        asked=wishing.asked(here, said, among) if asks else None,
        owner=is_owner(here),
        offline=_is_offline(here),
        licence=word,
        typed={name: said[name] for name in (*wishing.FIELDS, "with") if said.get(name)},
        trouble=trouble,
        broken=dict(broken_plugins()) if keeps else {},
    )


def _is_offline(here: Here) -> bool:
    try:
        hub.refuse_offline(here.studio.settings)
    except UncagedError:
        return True
    return False


def one(here: Here, name: str) -> ModelPage | AdapterPage:
    """One model, or one adapter. Raises `NotFound`."""
    own = held(here.studio)
    on_top = next(
        (
            one
            for one in own.values()
            if one.model.is_adapter and folded(one.model.name) == folded(name)
        ),
        None,
    )
    if on_top is not None:
        return adapters.one(here, on_top, own)
    player = shelf.player(here.studio, name)
    mine, why = own.get(player.name), refused(here)
    return ModelPage(
        card=_card(here, player, mine, why),
        dials=dials(player),
        adapters=adapters.of_family(here, player.family, own, why) if player.family else (),
        brought=None if mine is None else brought_view(here, mine),
        plays=player.name in shelf.players(here.studio),
        knows={said: tuple(words) for said, words in player.knows.items()},
        owner=is_owner(here),
    )


def _card(here: Here, player: Engine, own: Held | None, why: Mapping[str, RefusedView]) -> CardView:
    card, can = player.card, player.capabilities
    found = fit(player, here.web.past(player.name))
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
        sizes=can.sizes,
        multiple=math.lcm(can.multiple, 2),
        seconds=can.seconds,
        stills=can.stills,
        dials=len(player.options.model_fields),
        measured=measured(found),
        memory=memory(found),
        held=None if own is None else held_view(here, own),
        refused=why.get(player.name),
    )


def accept(here: Here, said: Mapping[str, str], stay: Stay) -> Here:
    """Whoever asks accepts a model's licence; they are somebody from then on. Raises `AskedWrong`, `NotFound`."""
    name = _named(said)
    shelf.look(here.studio, name)
    here = stay(here)
    terms.accept(here.studio, name)
    return here


def remove(here: Here, said: Mapping[str, str]) -> None:
    """The owner takes a model off the shelf. Raises `AskedWrong`, `NotFound`, `NotAllowed`."""
    if not is_owner(here):
        raise NotAllowed(
            _("The owner takes models off the shelf."), _("Tell them which should go.")
        )
    shelf.remove(here.studio, _named(said))


def _named(said: Mapping[str, str]) -> str:
    name = said.get("model", "").strip()
    if not name:
        raise AskedWrong(_("Say which model, in the field “model”."))
    return name


def _parts(can: Capabilities) -> str:
    if "remixes" in can.films:
        return _("draws a part of a picture or film again, and keeps the rest")
    return _("draws a part of a picture again, and keeps the rest")


def abilities(can: Capabilities) -> tuple[str, ...]:
    """What a model can do beside films from words, in words."""
    said = (
        (can.stills, _("makes pictures too")),
        (can.farther, _("draws again from farther away")),
        (can.pictures > 0, _("begins with a picture")),
        (can.pictures > 1, _("has pictures at several moments")),
        (can.shots > 1 and "extends" not in can.films, _("plays several shots")),
        (can.masks, _parts(can)),
        ("remixes" in can.films, _("draws a film anew, with other words")),
        ("extends" in can.films, _("goes on with a film that is there")),
        (can.position, _("has a space to play in")),
        (can.negative, _("leaves out what you name")),
        (can.lexicons, _("takes your own words")),
        (can.loop, _("ends where it begins")),
        (can.exact, _("gives the same film again")),
        (can.strokes, _("gives its strokes to a pen")),
        (can.sound, _("its films have sound")),
    )
    return tuple(words for able, words in said if able)


def measured(found: Fit) -> MeasuredView | None:
    """How long a film of a model takes here; None where it has made none."""
    if not found.runs:
        return None
    return MeasuredView(
        seconds=None if found.takes is None else round(found.takes, 1),
        runs=found.runs,
        film=found.film,
        size=found.size,
        bytes=found.took,
        rough=found.rough,
    )


def memory(found: Fit) -> MemoryView | None:
    """What a model takes; None where that is next to nothing."""
    need = found.memory
    if need is None:
        return None
    return MemoryView(
        opens=need.opens,
        needs=need.needs,
        has=need.has,
        fits=need.fits,
        opens_here=need.can_open,
        instead=need.instead,
        film=found.film,
        size=found.size,
    )
