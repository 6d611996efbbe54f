"""Adapters as the pages have them: beside the models that they fit, and each by itself."""

from collections.abc import Mapping

from uncaged.engines.shelved import card_of
from uncaged.studio import shelf
from uncaged.studio.held import Held
from uncaged.web.here import Here
from uncaged.web.pages.shelved import brought_view, held_view, is_owner, refused
from uncaged.web.views.reading import AdapterPage, AdapterView, RefusedView


def one(here: Here, own: Held, shelved: Mapping[str, Held]) -> AdapterPage:
    """An adapter by itself. shelved: everything on the shelf, by name."""
    view, players = adapter(here, own, refused(here)), shelf.players(here.studio)
    alike = [
        name
        for name, other in shelved.items()
        if name in players and other.model.engine == own.model.engine
    ]
    return AdapterPage(
        adapter=view,
        models=tuple(sorted(alike, key=lambda name: name != view.on)),
        owner=is_owner(here),
    )


def of_family(
    here: Here, family: str, shelved: Mapping[str, Held], why: Mapping[str, RefusedView]
) -> tuple[AdapterView, ...]:
    """Those on the shelf that were made for models of this family."""
    return tuple(
        adapter(here, one, why)
        for one in shelved.values()
        if one.model.is_adapter and one.model.engine == family
    )


def adapter(here: Here, own: Held, why: Mapping[str, RefusedView]) -> AdapterView:
    """What is to be said of one. why: what the house does not let whoever asks make with."""
    card = card_of(own.model.card, elsewhere=True)
    return AdapterView(
        name=own.model.name,
        family=own.model.engine,
        on=str(own.model.card.get("parent", "")),
        summary=card.summary,
        layers=layers if isinstance(layers := own.model.card.get("layers"), int) else None,
        origin=card.origin,
        data=card.training_data,
        licence=card.licence,
        works=card.works,
        brought=brought_view(here, own),
        held=held_view(here, own),
        refused=why.get(own.model.name),
    )
