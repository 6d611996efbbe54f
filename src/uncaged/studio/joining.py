"""Coming to stay: an invitation becomes a person with a login; a login is opened again; a collective gets a member.

Knows no cookie and no page. What is slow (the hash of a password) has happened before.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import invitations, keys, logins, memberships, people, sessions
from uncaged.archive.invitations import Invitation, Wish
from uncaged.archive.people import Person
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound, TooMany
from uncaged.core.words import _
from uncaged.queue import following
from uncaged.queue.policy import Members

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


class TooLate(AskedWrong):
    """An invitation that somebody has come by, that was taken back, or whose time is over."""

    http_status = 410


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody will sign in: the hash of a password, or a passkey (id, public key, count). agent: the browser."""

    password: str | None = None
    passkey: tuple[str, bytes, int] | None = None
    agent: str = ""


def invite(studio: "Studio", wish: Wish, secret: str | None = None) -> tuple[Invitation, str]:
    """A link for somebody, by whoever holds the studio. Raises `NotAllowed`, `NotFound`, `AskedWrong`."""
    return studio.commit(lambda conn: _invite(conn, studio, wish, secret))


def _invite(
    conn: Connection, studio: "Studio", wish: Wish, secret: str | None
) -> tuple[Invitation, str]:
    if wish.person_id is not None and wish.collective_id is not None:
        raise AskedWrong(
            _("A link opens a login again, or leads into a collective; never both."),
            _("Leave one of them out. Members ask in whoever is here on the collective's page."),
        )
    _may_invite(conn, studio, studio.person, wish)
    now = studio.clock.now()
    if secret is None or invitations.find(conn, secret) is None:  # pressed twice it is one
        _check_bounds(conn, studio, now)
    return invitations.make(conn, wish, studio.person, now, secret)


def bounds_of(conn: Connection, studio: "Studio", person: Person) -> Members | None:
    """What the policy says of whom this person invites; None for the owner and keepers, who have no bounds."""
    if person.kind in ("owner", "keeper"):
        return None
    return following.look(conn, studio.policy).policy.members


def _check_bounds(conn: Connection, studio: "Studio", now: int) -> None:
    """`TooMany` where a member has given out as many links as the policy allows."""
    bounds = bounds_of(conn, studio, people.get(conn, studio.person))
    if bounds is None:
        return
    given, most = invitations.given(conn, studio.person, now), bounds.open_invitations
    if most is not None and given.waiting >= most:
        raise TooMany(
            _(
                "%(count)s links of yours wait for somebody; in this house a member has %(most)s at most."
            )
            % {"count": f"{given.waiting:,}", "most": f"{most:,}"},
            _(
                "Take one back, or wait until somebody comes by one. The owner and keepers can invite too."
            ),
            retry_after=3600.0,
        )
    most = bounds.invitations_a_day
    if most is not None and given.today >= most:
        left = invitations.DAY - (now - (given.oldest or now))
        said = _(
            "You made %(count)s links within 24 hours; in this house a member makes %(most)s at most."
        )
        if given.today > given.mine:
            said = _(
                "You, and those whom the same member brought here, made %(count)s links"
                " within 24 hours; in this house they make %(most)s at most together."
            )
        raise TooMany(
            said % {"count": f"{given.today:,}", "most": f"{most:,}"},
            _("Come again tomorrow, or ask the owner or a keeper to invite."),
            retry_after=max(60.0, left / 1e6),
        )


def _may_invite(conn: Connection, studio: "Studio", maker: str, wish: Wish) -> None:
    """Whether somebody may give this out now: asked when a link is made, and again when somebody comes by it."""
    who = people.get(conn, maker)
    if who.left is not None:
        raise NotAllowed(_("Whoever has left invites nobody."))
    bounds = bounds_of(conn, studio, who) if wish.person_id is None else None
    if bounds is not None and not bounds.invite:
        raise NotAllowed(
            _("In this house members invite nobody who is not here yet."),
            _("Ask the owner or a keeper to do it."),
        )
    if wish.collective_id is not None:
        for_all = who.kind in ("owner", "keeper") and wish.kind == "member"
        memberships.get(conn, wish.collective_id, None if for_all else maker)
    elif who.kind not in ("owner", "keeper"):
        raise NotAllowed(_("The owner and keepers invite."), _("Ask one of them."))
    if wish.kind == "keeper" and who.kind != "owner":
        raise NotAllowed(_("The owner alone invites keepers."))
    if wish.person_id is not None and wish.collective_id is None:
        whose = people.get(conn, wish.person_id)
        if whose.left is not None or whose.kind in ("guest", "collective"):
            raise AskedWrong(_("Only people with a login can lose it."))
        if whose.kind != "member" and who.kind != "owner":
            raise NotAllowed(_("The owner alone opens a keeper's login again."))


def look(conn: Connection, studio: "Studio", secret: str) -> Invitation:
    """The invitation of a link; `TooLate` where nobody can come by it."""
    found = invitations.find(conn, secret) if secret else None
    if found is None:
        raise TooLate(
            "This invitation is not known here, or this browser keeps no cookies.",
            "Open the link again as you were given it, or ask for another.",
        )
    check(found, studio.clock.now())
    if found.person_id is not None and found.collective_id is not None:
        raise TooLate(
            "This asks somebody who is here into a collective: nobody comes by it as a link.",
            "Sign in, and answer at /me.",
        )
    _still(conn, studio, found)
    return found


def _still(conn: Connection, studio: "Studio", found: Invitation) -> None:
    """`TooLate` where whoever made it could not make it any more: an invitation has no power of its own."""
    wish = Wish(found.kind, None, found.collective_id, found.person_id)
    try:
        _may_invite(conn, studio, found.made_by, wish)
    except (NotAllowed, NotFound, AskedWrong) as error:
        raise TooLate(
            "Whoever gave out this invitation may not do so any more.", "Ask for another one."
        ) from error


def check(found: Invitation, now: int) -> None:
    """`TooLate`, in words, where it is over."""
    if found.used is not None:
        raise TooLate(
            "Somebody has come by this invitation already: each is good once.",
            "If that was you, sign in. If not, ask for another one.",
        )
    if found.revoked is not None:
        raise TooLate("This invitation was taken back.", "Ask whoever gave it to you.")
    if now >= found.until:
        raise TooLate("The time of this invitation is over.", "Ask for another one.")


def come(
    studio: "Studio", secret: str, name: str, login: Login
) -> tuple[Person, sessions.Session, str]:
    """Whoever was invited becomes a person with a login, and is signed in: all of it or nothing.

    Raises `TooLate`, and `AskedWrong` for a name that somebody has.
    """
    return studio.commit(lambda conn: _come(conn, studio, secret, name, login))


def _come(
    conn: Connection, studio: "Studio", secret: str, name: str, login: Login
) -> tuple[Person, sessions.Session, str]:
    found, now = look(conn, studio, secret), studio.clock.now()
    if found.person_id is not None and found.collective_id is None:
        person = _again(conn, found.person_id, now)
    else:
        kind = "keeper" if found.kind == "keeper" else "member"
        person = people.add(conn, kind, now, people.free_name(conn, name))
    if not invitations.use(conn, found.id, person.id, now):
        check(invitations.get(conn, found.id), now)
    if login.password is not None:
        logins.set_password(conn, person.id, login.password, now)
    if login.passkey is not None:
        logins.add_passkey(conn, person.id, login.passkey, "the first one", now)
    if found.collective_id is not None:
        memberships.join(conn, found.collective_id, person.id, now)
    begun, cookie = sessions.begin(conn, person.id, "invitation", login.agent, now)
    return person, begun, cookie


def _again(conn: Connection, person_id: str, now: int) -> Person:
    """A lost login: what opened it before opens it no more, keys of programs included."""
    person = people.get(conn, person_id)
    logins.forget(conn, person.id)
    sessions.end_all(conn, person.id, now)
    for key in keys.of(conn, person.id):
        keys.revoke(conn, key.id, person.id, now)
    return person


def join_collective(studio: "Studio", secret: str) -> Person:
    """Somebody who is here already comes by a link of a collective's. Raises `TooLate`, `AskedWrong`."""

    def step(conn: Connection) -> Person:
        found, now = look(conn, studio, secret), studio.clock.now()
        if found.collective_id is None:
            raise AskedWrong(_("You are here already: this invitation is for somebody else."))
        return _joins(conn, found, studio.person, now)

    return studio.commit(step)


def ask_in(studio: "Studio", collective_id: str, name: str) -> Person:
    """A collective asks somebody who is here; they belong to it once they agree. Raises `NotFound`, `AskedWrong`."""

    def step(conn: Connection) -> Person:
        memberships.get(conn, collective_id, studio.person)
        asked = people.named_exactly(conn, name)
        if asked is None:
            raise NotFound(
                _("Nobody with a login here is called %(name)s.")
                % {"name": repr(name.strip()[:60])},
                _("Ask them for their name, as they wrote it, and type all of it."),
            )
        now = studio.clock.now()
        there = any(one.collective_id == collective_id for one in _asking(conn, asked.id, now))
        if not there and not memberships.belongs(conn, collective_id, asked.id):
            wish = Wish(collective_id=collective_id, person_id=asked.id)
            invitations.make(conn, wish, studio.person, now)
        return asked

    return studio.commit(step)


def _asking(conn: Connection, person_id: str, now: int) -> tuple[Invitation, ...]:
    return invitations.asking(conn, person_id, now)


def answer_collective(studio: "Studio", invitation_id: str, agrees: bool) -> None:
    """Somebody who was asked into a collective says yes or no. Raises `NotFound`, `TooLate`."""

    def step(conn: Connection) -> None:
        found, now = invitations.get(conn, invitation_id), studio.clock.now()
        if found.person_id != studio.person or found.collective_id is None:
            raise TooLate("Nobody asks you this any more.")
        if found.used_by == studio.person and agrees:
            return
        check(found, now)
        if agrees:
            _still(conn, studio, found)
            _joins(conn, found, studio.person, now)
        else:
            invitations.revoke(conn, found.id, studio.person, now)

    studio.commit(step)


def _joins(conn: Connection, found: Invitation, person_id: str, now: int) -> Person:
    assert found.collective_id is not None
    memberships.join(conn, found.collective_id, person_id, now)
    if not invitations.use(conn, found.id, person_id, now):
        check(invitations.get(conn, found.id), now)
    return people.get(conn, found.collective_id)
