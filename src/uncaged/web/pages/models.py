"""Every model that is here: what it says of itself, what it can do, what it takes on these machines.

What nobody has measured or said is left out, never guessed. And what people do there: accept a licence, take one off.
"""

import math
from collections.abc import Mapping

from uncaged.core.errors import AskedWrong, NotAllowed
from uncaged.engines.base import Capabilities, Engine
from uncaged.engines.registry import DEFAULT, broken_plugins
from uncaged.engines.shelved import card_of
from uncaged.studio import allowing, shelf, terms
from uncaged.studio.fits import Fit, fit
from uncaged.studio.held import Held, held
from uncaged.studio.terms import Terms
from uncaged.web.here import Here
from uncaged.web.pages.make import dials
from uncaged.web.views.reading import (
    AdapterView,
    CardView,
    HeldView,
    MeasuredView,
    MemoryView,
    ModelPage,
    ModelsView,
    RefusedView,
    TermsView,
)
from uncaged.web.visitors import Stay
from uncaged.web.words import _

LONGEST = 200
"""Characters of a licence's name that is looked for."""


def show(here: Here, licence: str = "") -> ModelsView:
    """All models, side by side. Why a plug-in could not be loaded concerns whoever keeps the machine.

    licence: those alone that come under it, or say so.
    """
    keeps = "manage" in here.visitor.scopes
    word = licence.strip()[:LONGEST]
    own = held(here.studio)
    found = shelf.players(here.studio)
    wanted = {
        one.name for one in allowing.known(here.studio) if not word or one.licensed.says(word)
    }
    why = _refused(here)
    return ModelsView(
        models=tuple(
            _card(here, player, own.get(name), why)
            for name, player in found.items()
            if name in wanted
        ),
        adapters=tuple(
            _adapter(here, one, why)
            for name, one in own.items()
            if one.model.is_adapter and name in wanted
        ),
        owner=is_owner(here),
        licence=word,
        broken=dict(broken_plugins()) if keeps else {},
    )


def one(here: Here, name: str) -> ModelPage:
    """One model. Raises `NotFound`."""
    player = shelf.player(here.studio, name)
    return ModelPage(
        card=_card(here, player, held(here.studio).get(player.name), _refused(here)),
        dials=dials(player),
        plays=player.name in shelf.players(here.studio),
        knows={said: tuple(words) for said, words in player.knows.items()},
        owner=is_owner(here),
    )


def is_owner(here: Here) -> bool:
    """Whether whoever asks may put models on the shelf and take them off."""
    return here.visitor.person.kind == "owner" and "manage" in here.visitor.scopes


def _refused(here: Here) -> Mapping[str, RefusedView]:
    """What the house lets whoever asks not make with, and why."""
    found = allowing.refused(here.studio, here.web.policies.look().policy)
    return {name: RefusedView(why=one.message, decides=one.hint) for name, one in found.items()}


def _card(
    here: Here, player: Engine, own: Held | None, refused: Mapping[str, RefusedView]
) -> CardView:
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
        held=None if own is None else _held(here, own),
        refused=refused.get(player.name),
    )


def _adapter(here: Here, own: Held, refused: Mapping[str, RefusedView]) -> AdapterView:
    card = card_of(own.model.card, elsewhere=True)
    return AdapterView(
        name=own.model.name,
        family=own.model.engine,
        on=str(own.model.card.get("parent", "")),
        summary=card.summary,
        origin=card.origin,
        data=card.training_data,
        licence=card.licence,
        works=card.works,
        held=_held(here, own),
        refused=refused.get(own.model.name),
    )


def _held(here: Here, own: Held) -> HeldView:
    known = terms.of(own.model)
    return HeldView(
        files=len(own.model.files),
        bytes=own.bytes,
        elsewhere=len(own.model.elsewhere),
        missing=own.lost,
        folders=own.folders if is_owner(here) else (),
        lacks=own.lacks,
        shrunk=_said(own, "shrunk"),
        hub=_said(own, "hub"),
        terms=None if known is None else _terms(here, own, known),
    )


def _said(own: Held, fact: str) -> str:
    """A fact of its card; empty where it says nothing of that."""
    said = own.model.card.get(fact)
    return said if isinstance(said, str) else ""


def _terms(here: Here, own: Held, known: Terms) -> TermsView:
    with here.studio.archive.read() as conn:
        waits = terms.waits(conn, here.studio.person, own.model) is not None
    web = known.url.startswith(("https://", "http://"))
    return TermsView(
        name=known.name,
        binds=known.binds,
        text=known.text,
        url=known.url if web else "",
        waits=waits,
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


def abilities(can: Capabilities) -> tuple[str, ...]:
    """What a model can do beside films from words, in words."""
    said = (
        (can.stills, _("makes pictures too")),
        (can.farther, _("draws again from farther away")),
        (can.pictures > 0, _("begins with a picture")),
        (can.pictures > 1, _("has pictures at several moments")),
        (can.shots > 1 and "extends" not in can.films, _("plays several shots")),
        (can.masks, _("draws a part of a picture or film again, and keeps the rest")),
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
