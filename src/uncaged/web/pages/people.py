"""Somebody as they see themselves: name, words, sessions, ways in, keys, collectives; and what they change of it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request

from uncaged.archive import credits, invitations, keys, logins, memberships, people, sessions
from uncaged.archive.people import Person
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound, UncagedError
from uncaged.studio import entering, joining, passkeys, signing
from uncaged.web import cookies, tries
from uncaged.web.here import Here
from uncaged.web.pages import doors
from uncaged.web.views.base import Trouble
from uncaged.web.views.people import (
    AskedView,
    CollectiveLine,
    CreditAskedView,
    KeyView,
    MeView,
    PasskeyView,
    SessionView,
    WaitsView,
)
from uncaged.web.visitors import awaited
from uncaged.web.words import _


def show(
    here: Here, request: Request, trouble: UncagedError | None = None, about: str = ""
) -> MeView:
    """Who one is, and everything that is said of it."""
    visitor, person = here.visitor, here.visitor.person
    now, hand = here.studio.clock.now(), here.visitor.hand or here.visitor.person
    with here.studio.archive.read() as conn:
        person = people.get(conn, person.id) if person.id else person
        lists = _lists(conn, here, hand, now) if person.id else {}
        password = logins.password(conn, hand.id) if hand.id else None
    waits = awaited(here)
    return MeView(
        waits=WaitsView(
            reports=waits.reports,
            credits=waits.credits,
            asked=waits.asked,
            hidden=waits.hidden,
            elsewhere=waits.elsewhere,
        ),
        id=person.id,
        kind=person.kind,
        name=person.name,
        about=person.about or "",
        created=person.created or None,
        acting_by=None if visitor.hand is None else visitor.hand.name,
        signed_in=visitor.signed_in,
        encrypted=doors.encrypted(request),
        passkeys_work=doors.site(request) is not None,
        password_changed=None if password is None else password[1],
        may_invite=person.kind in ("owner", "keeper") and "manage" in visitor.scopes,
        trouble=None if trouble is None else Trouble(message=trouble.message, hint=trouble.hint),
        about_what=about,
        **(dict.fromkeys(_LISTS, ()) | lists),
    )


_LISTS = ("sessions", "passkeys", "keys", "collectives", "asked", "credits")


def _lists(conn: Connection, here: Here, hand: Person, now: int) -> dict[str, tuple[Any, ...]]:
    """hand: who acts, where one acts as a collective: sessions and ways in are theirs."""
    visitor = here.visitor
    found = keys.of(conn, visitor.person.id)
    return {
        "sessions": tuple(
            SessionView(
                id=one.id,
                how=one.how,
                agent=one.agent,
                created=one.created,
                seen=one.seen,
                until=one.until,
                this=one.id == visitor.session,
            )
            for one in sessions.of(conn, hand.id, now)
        ),
        "passkeys": tuple(
            PasskeyView(id=one.id, name=one.name, created=one.created, used=one.used)
            for one in logins.passkeys_of(conn, hand.id)
        ),
        "keys": tuple(key_view(one) for one in found),
        "collectives": tuple(
            CollectiveLine(id=one.id, name=one.name, acting=one.id == visitor.person.id)
            for one in memberships.of(conn, hand.id)
        ),
        "asked": tuple(
            AskedView(
                invitation=one.id,
                collective=one.collective_id,
                name=people.get(conn, one.collective_id).name,
                by=people.get(conn, one.made_by).name,
                until=one.until,
            )
            for one in invitations.asking(conn, hand.id, now)
            if one.collective_id is not None
        ),
        "credits": tuple(
            CreditAskedView(work=one.work_id, n=one.n, role=one.role, added=one.added)
            for one in credits.asked(conn, hand.id)
        ),
    }


def key_view(key: keys.Key) -> KeyView:
    """A key, without its secret."""
    return KeyView(
        id=key.id,
        name=key.name,
        may=tuple(sorted(key.scopes)),
        created=key.created,
        revoked=key.revoked,
    )


def _member(here: Here) -> Person:
    """Who changes something of theirs, by login or by key; `NotAllowed` for guests."""
    if here.visitor.person.kind == "guest":
        raise NotAllowed(
            _("You have no login here."), _("Sign in first; the owner and keepers invite.")
        )
    return here.visitor.person


def _changed(here: Here, step: Callable[[Connection, Person, int], Any]) -> Any:
    person, now = _member(here), here.studio.clock.now()
    try:
        return here.studio.commit(lambda conn: step(conn, person, now))
    finally:
        here.web.owner.forget()


def rename(here: Here, name: str) -> None:
    """Another name, from now on."""
    _changed(here, lambda conn, me, now: people.change(conn, me.id, me.id, now, name=name))


def say_about(here: Here, about: str) -> None:
    """What one says of oneself, to everybody."""
    _changed(here, lambda conn, me, now: people.say_about(conn, me.id, about))


def end_session(here: Here, session: str) -> None:
    """One login ends."""
    me, now = signing.themselves(here.visitor), here.studio.clock.now()
    here.studio.commit(lambda conn: sessions.end(conn, me.id, session, now))


def end_others(here: Here) -> None:
    """Every login but this one ends."""
    me, now = signing.themselves(here.visitor), here.studio.clock.now()
    but = here.visitor.session
    here.studio.commit(lambda conn: sessions.end_all(conn, me.id, now, but))


async def add_passkey(here: Here, request: Request, name: str, answer: str, password: str) -> None:
    """One more passkey, by whoever is sure to be themselves. Raises `AskedWrong`, `NotAllowed`, `TooMany`."""
    me, web = signing.themselves(here.visitor), here.web
    at, challenge = doors.challenge_of(web, request, f"me:{me.id}")
    made = await web.run(lambda: passkeys.made(at, challenge.said, answer))
    now = here.studio.clock.now()
    tried = tries.of_oneself(web, me.id)
    await web.hash(lambda: signing.sure(here.studio, here.visitor, password))
    tried.was_right(web)
    await web.write(
        lambda: here.studio.commit(lambda conn: logins.add_passkey(conn, me.id, made, name, now))
    )


def make_key(here: Here, name: str, may: tuple[str, ...]) -> tuple[keys.Key, str]:
    """A key for one's programs, and its secret. A key makes none: it would outlast being taken back."""
    if here.visitor.hand is not None:  # it would outlast their membership
        raise NotAllowed(
            _("A member makes no key for a collective."),
            _("The owner does: uncaged key add NAME --for the collective."),
        )
    signing.themselves(here.visitor)
    more = [scope for scope in may if scope not in here.visitor.scopes]
    if more:
        raise NotAllowed(_("You cannot give away what you may not do: {}.").format(", ".join(more)))
    return _changed(here, lambda conn, me, now: keys.make(conn, me.id, name, may, now))


def revoke_key(here: Here, key: str) -> None:
    """Nobody comes in by it any more."""

    def step(conn: Connection, me: Person, now: int) -> None:
        if key not in {one.id for one in keys.of(conn, me.id)}:
            raise NotFound(_("You have no such key."), _("The list shows those that you have."))
        keys.revoke(conn, key, me.id, now)

    _changed(here, step)


def act_as(here: Here, collective: str) -> str:
    """The cookie by which one acts as a collective from now on. Raises `NotFound`, `NotAllowed`."""
    me = signing.themselves(here.visitor)
    if here.visitor.session is None:
        raise AskedWrong(
            _("At the machine itself one is its owner, and acts for nobody."),
            _("Sign in with your name and a password, and choose then."),
        )
    with here.studio.archive.read() as conn:
        memberships.get(conn, collective, me.id)
    return cookies.for_acting(entering.secret_of(here.studio), collective, me.id)


def make_collective(here: Here, name: str) -> str:
    """A new collective, of oneself at first; its id."""
    me, now = signing.themselves(here.visitor), here.studio.clock.now()
    return here.studio.commit(lambda conn: memberships.make(conn, name, me.id, now)).id


def answer_asked(here: Here, invitation: str, agrees: bool) -> None:
    """Yes or no to a collective that asks one in."""
    me = signing.themselves(here.visitor)
    joining.answer_collective(here.studio.as_person(me.id), invitation, agrees)


def answer_credit(here: Here, work: str, n: int, agrees: bool) -> None:
    """Yes or no to being named beside a work's maker."""

    def step(conn: Connection, me: Person, now: int) -> None:
        credits.answer(conn, work, me.id, n, agrees, now)

    _changed(here, step)
