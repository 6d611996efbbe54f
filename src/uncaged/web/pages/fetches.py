"""Models that come from a hub: what one is before it is fetched, how far it is, stopping and going on. The owner's."""

from collections.abc import Callable, Mapping

from uncaged.archive import models
from uncaged.core.errors import AskedWrong, NotAllowed, UncagedError
from uncaged.engines import fitting
from uncaged.queue.licensing import Licensed
from uncaged.studio import adding, allowing, bringing, fetching, hub
from uncaged.studio.bringing import Note
from uncaged.studio.hub import Wanted
from uncaged.studio.studio import Studio
from uncaged.web.here import Here
from uncaged.web.pages.shelved import is_owner
from uncaged.web.views.base import Trouble
from uncaged.web.views.fetches import FetchesView, FetchView, HouseSaysView, WantedView
from uncaged.web.words import _

AGAIN = 5.0
"""Seconds after which the page asks again, while something comes."""

TYPED = ("what", "family", "name")

DOINGS: Mapping[str, Callable[[Studio, str], object]] = {
    "stop": bringing.stop,
    "resume": bringing.resume,
    "forget": bringing.forget,
}
"""What one may do about one: stop it, go on with it, take it off the list."""


def show(
    here: Here,
    typed: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
    wanted: Wanted | None = None,
) -> FetchesView:
    """The page. wanted: what was looked at. typed: what was said, where it could not be done; trouble: why not."""
    _refuse(here)
    said, settings = typed or {}, here.studio.settings
    fetches = tuple(_fetch(here, one) for one in bringing.notes(settings))
    return FetchesView(
        offline=_offline(here),
        families=tuple(adding.takes()),
        wanted=None if wanted is None else _wanted(here, wanted, said.get("name", "")),
        fetches=fetches,
        again=AGAIN if any(one.state == "going" for one in fetches) else None,
        typed={name: said[name] for name in TYPED if said.get(name)},
        trouble=trouble,
    )


def may(here: Here) -> bool:
    """Whether whoever asks may fetch models."""
    return is_owner(here)


def _refuse(here: Here) -> None:
    if not may(here):
        raise NotAllowed(
            _("The owner fetches models."), _("Tell them which one is wanted, and for what.")
        )


def _offline(here: Here) -> Trouble | None:
    try:
        hub.refuse_offline(here.studio.settings)
    except UncagedError as error:
        return Trouble(message=error.message, hint=error.hint)
    return None


def _house(here: Here, one: allowing.Wanted) -> tuple[HouseSaysView, ...]:
    """Whom the policy does not let make with it, and why, each reason once."""
    found = allowing.reasons(here.web.policies.look().policy, one)
    return tuple(HouseSaysView(why=why.message, decides=why.hint) for why in found)


def _known(here: Here, one: Note) -> allowing.Wanted:
    """What is known of its licence: by its card once it is on the shelf, before that as it was foretold."""
    if one.model:
        with here.studio.archive.read() as conn:
            own = models.on_shelf(conn, one.model)
        if own is not None:
            return allowing.wanted(own)
    return allowing.Wanted(one.name, one.family, Licensed(one.licences, one.asks))


def _fetch(here: Here, one: Note) -> FetchView:
    return FetchView(
        id=one.id,
        what=one.what,
        family=one.family,
        name=one.name,
        state=one.state,
        doing=one.doing,
        done=one.done,
        total=one.total,
        why=one.why,
        hint=one.hint,
        model=one.model,
        begun=one.begun,
        house=_house(here, _known(here, one)),
    )


def _wanted(here: Here, one: Wanted, name: str) -> WantedView:
    listed, known = one.listed, bringing.foretold(one, name)
    card = adding.family(one.family).card
    comes, free = fetching.room(one)
    opens = bringing.opens(one)
    return WantedView(
        what=bringing.pinned(one),
        repo=listed.repo,
        commit=listed.commit,
        family=one.family,
        summary=card.summary,
        name=known.name,
        files=len(one.files),
        bytes=one.bytes,
        comes=comes,
        free=free,
        spare=fetching.SPARE,
        room=not comes or comes + fetching.SPARE <= free,
        cache=str(one.cache),
        opens=opens,
        has=fitting.place().bytes,
        data=card.training_data,
        licence="; ".join(known.licensed.names),
        licence_url=listed.licence_url,
        asks=known.licensed.asks,
        house=_house(here, known),
    )


def look(here: Here, said: Mapping[str, str]) -> FetchesView:
    """Asks the hub what a model is; small configurations come for that, and nothing else.

    Raises `AskedWrong`, `NotFound`, `NotAllowed`, `WeightsMissing`, `Failed`.
    """
    _refuse(here)
    what, family = _said(said)
    return show(here, said, wanted=bringing.looked_at(here.studio.settings, what, family))


def begin(here: Here, said: Mapping[str, str]) -> Note:
    """Begins to fetch a model, in the state that is named. Raises as `look` does, and `DiskFull`."""
    _refuse(here)
    what, family = _said(said)
    wanted = bringing.looked_at(here.studio.settings, what, family)
    return bringing.begin(here.studio, wanted, said.get("name", ""))


def do(here: Here, name: str, doing: str) -> None:
    """Stops one, goes on with it, or takes it off the list. Raises `NotFound`, `NotAllowed`, `AskedWrong`."""
    _refuse(here)
    bringing.note(here.studio.settings, name)
    if doing not in DOINGS:
        raise AskedWrong(
            _("That cannot be done with it."), _("There are {}.").format(", ".join(DOINGS))
        )
    DOINGS[doing](here.studio, name)


def _said(said: Mapping[str, str]) -> tuple[str, str]:
    what = said.get("what", "").strip()
    if not what:
        raise AskedWrong(_("Say which model: OWNER/NAME, as the hub has it."), about="what")
    return what, said.get("family", "").strip()
