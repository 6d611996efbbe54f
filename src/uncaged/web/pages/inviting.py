"""Inviting people, and what became of it; and collectives: who belongs to one, who is asked."""

import hashlib
import hmac
import json
import secrets
from dataclasses import astuple
from urllib.parse import urlsplit

import segno
from sqlalchemy import Connection
from starlette.requests import Request

from uncaged.archive import invitations, memberships, people
from uncaged.archive.invitations import Invitation, Wish
from uncaged.archive.people import Person
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound, UncagedError
from uncaged.studio import entering, joining, signing
from uncaged.web.coming import Coming
from uncaged.web.here import Here
from uncaged.web.views.base import Trouble
from uncaged.web.views.people import (
    AskingView,
    CollectiveView,
    InvitationsView,
    InvitationView,
    InvitesView,
    MemberView,
)
from uncaged.web.words import _


def once_more(here: Here, once: str, asked: Wish) -> str | None:
    """The secret of the link that a form's press makes: the same for the same press and the same wish.

    None where the form says none.
    """
    if not once:
        return None
    said = json.dumps(["invitation", here.studio.person, once[:100], *astuple(asked)]).encode()
    key = entering.secret_of(here.studio)
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:40]


def link_of(here: Here, request: Request, secret: str) -> str:
    """The whole address, by the name that whoever invites came by; at the machine, by the studio's own name."""
    coming: Coming = request.scope["coming"]
    scheme, host = coming.scheme, coming.host
    named = here.studio.settings.hosts.replace(",", " ").split()
    if coming.near and named:  # a name without a port is one that a proxy answers for, by https
        host = named[0]
        scheme = "http" if ":" in host.rpartition("]")[2] else "https"
    return f"{scheme}://{host}/join?invitation={secret}"


def leads_here_alone(link: str) -> bool:
    """Whether only this machine can open it."""
    host = urlsplit(link).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1") or host.endswith(".localhost")


def qr(link: str) -> str:
    """The same as a picture: SVG, black on white in both schemes."""
    return segno.make(link, error="m").svg_inline(
        scale=5, border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )


def _check(here: Here) -> None:
    if here.visitor.person.kind not in ("owner", "keeper"):
        raise NotAllowed(_("The owner and keepers invite."), _("Ask one of them."))


def show(
    here: Here, link: str | None = None, trouble: UncagedError | None = None
) -> InvitationsView:
    """Every invitation, for the owner; a keeper's own. Raises `NotAllowed`."""
    _check(here)
    by = None if here.visitor.person.kind == "owner" else here.visitor.person.id
    now = here.studio.clock.now()
    with here.studio.archive.read() as conn:
        found = invitations.all_of_them(conn, by)
        shown = tuple(_view(conn, one, now) for one in found)
    return InvitationsView(
        invitations=shown,
        owner=by is None,
        link=link,
        qr=None if link is None else qr(link),
        here_alone=link is not None and leads_here_alone(link),
        once=secrets.token_urlsafe(12),
        trouble=None if trouble is None else Trouble(message=trouble.message, hint=trouble.hint),
    )


def _view(conn: Connection, one: Invitation, now: int) -> InvitationView:
    def name(person: str | None) -> str | None:
        if person is None:
            return None
        found = people.get(conn, person)
        return found.name or found.kind

    over = "good" if one.is_good(now) else "over"
    return InvitationView(
        id=one.id,
        kind=one.kind,
        name=one.name,
        collective=name(one.collective_id),
        opens=name(one.person_id),
        by=name(one.made_by),
        created=one.created,
        until=one.until,
        state="used" if one.used else "revoked" if one.revoked else over,
        used_by=name(one.used_by),
    )


def wish(here: Here, fields: dict[str, str]) -> Wish:
    """What a form asks for. Raises `AskedWrong`, `NotFound`."""
    days = fields.get("days", "").strip() or "14"
    try:
        long = float(days)
    except ValueError:
        raise AskedWrong(_("Days are a number."), about="days") from None
    opens = fields.get("opens", "").strip()
    with here.studio.archive.read() as conn:
        person = people.find(conn, opens).id if opens else None
    return Wish(
        fields.get("kind") or "member",
        fields.get("name", "").strip() or None,
        fields.get("collective") or None,
        person,
        long,
    )


def invite(here: Here, request: Request, fields: dict[str, str]) -> str:
    """Makes an invitation: the whole link, which is nowhere else."""
    _check(here)
    asked = wish(here, fields)
    secret = once_more(here, fields.get("once", ""), asked)
    return link_of(here, request, joining.invite(here.studio, asked, secret)[1])


def revoke(here: Here, invitation: str) -> None:
    """Takes one back: one's own, or as the owner anybody's; a collective's, as a member."""

    def step(conn: Connection) -> None:
        found = invitations.get(conn, invitation)
        me = here.visitor.person
        acts = found.collective_id is not None and memberships.belongs(
            conn, found.collective_id, me.id
        )
        if not (me.kind == "owner" or found.made_by == me.id or acts):
            raise NotFound(_("There is no such invitation here, or it is not yours."))
        invitations.revoke(conn, found.id, me.id, here.studio.clock.now())

    here.studio.commit(step)


def collective(
    here: Here, collective_id: str, link: str | None = None, trouble: UncagedError | None = None
) -> CollectiveView:
    """A collective, for whoever belongs to it; `NotFound` for everybody else."""
    me, now = signing.themselves(here.visitor), here.studio.clock.now()
    with here.studio.archive.read() as conn:
        found = memberships.get(conn, collective_id, me.id)
        members = memberships.members(conn, collective_id)
        asking = [
            AskingView(
                id=one.id,
                name=None if one.person_id is None else people.get(conn, one.person_id).name,
                until=one.until,
            )
            for one in invitations.asked_by(conn, collective_id, now)
        ]
        invites = _invites(conn, here, me, now)
    return CollectiveView(
        id=found.id,
        name=found.name,
        about=found.about or "",
        members=tuple(
            MemberView(id=one.id, name=one.name, since=one.since, you=one.id == me.id)
            for one in members
        ),
        asking=tuple(asking),
        invites=invites,
        link=link,
        here_alone=link is not None and leads_here_alone(link),
        once=secrets.token_urlsafe(12),
        trouble=None if trouble is None else Trouble(message=trouble.message, hint=trouble.hint),
    )


def _invites(conn: Connection, here: Here, me: Person, now: int) -> InvitesView | None:
    bounds = joining.bounds_of(conn, here.studio, me)
    if bounds is None:
        return None
    given = invitations.given(conn, me.id, now)
    return InvitesView(
        may=bounds.invite,
        waiting=given.waiting,
        most=bounds.open_invitations,
        today=given.today,
        others=given.today - given.mine,
        a_day=bounds.invitations_a_day,
    )


def invite_into(here: Here, request: Request, collective_id: str, once: str) -> str:
    """A link by which somebody new, or somebody here, joins the collective."""
    me = signing.themselves(here.visitor)
    mine = here.studio.as_person(me.id)
    asked = Wish(collective_id=collective_id)
    made = joining.invite(mine, asked, once_more(here, once, asked))
    return link_of(here, request, made[1])


def ask_in(here: Here, collective_id: str, name: str) -> None:
    """Asks somebody who is here."""
    me = signing.themselves(here.visitor)
    joining.ask_in(here.studio.as_person(me.id), collective_id, name)


def remove(here: Here, collective_id: str, person: str) -> None:
    """Somebody belongs to it no more: oneself, or another, by any member."""
    me, now = signing.themselves(here.visitor), here.studio.clock.now()

    def step(conn: Connection) -> None:
        memberships.get(conn, collective_id, me.id)
        memberships.leave(conn, collective_id, person or me.id, me.id, now)

    here.studio.commit(step)
