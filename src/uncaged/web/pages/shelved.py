"""What the pages say of models of the studio's own: their files, their licence, who brought them, who may do what."""

from collections.abc import Mapping

from uncaged.archive import people
from uncaged.core.errors import NotFound
from uncaged.studio import allowing, terms
from uncaged.studio.held import Held
from uncaged.studio.terms import Terms
from uncaged.web.here import Here
from uncaged.web.views.reading import BroughtView, HeldView, RefusedView, TermsView


def is_owner(here: Here) -> bool:
    """Whether whoever asks may put models on the shelf and take them off."""
    return here.visitor.person.kind == "owner" and "manage" in here.visitor.scopes


def refused(here: Here) -> Mapping[str, RefusedView]:
    """What the house lets whoever asks not make with, and why."""
    found = allowing.refused(here.studio, here.web.policies.look().policy)
    return {name: RefusedView(why=one.message, decides=one.hint) for name, one in found.items()}


def brought_view(here: Here, own: Held) -> BroughtView | None:
    """Who put it on the shelf. By name they are told to whoever keeps the machine alone."""
    if own.who is None or own.when is None:
        return None
    try:
        with here.studio.archive.read() as conn:
            who = people.get(conn, own.who)
    except NotFound:
        return None
    told = "manage" in here.visitor.scopes
    return BroughtView(
        mine=own.who == here.studio.person,
        owner=who.kind == "owner",
        name=(who.name or "") if told else "",
        when=own.when,
    )


def held_view(here: Here, own: Held) -> HeldView:
    """Its files and its licence. Where they lie is told to the owner alone."""
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
