"""Invitations: links by which somebody becomes a member, once. Who invites sees the secret once; its hash is kept.

One for a person who is here already opens a lost login again, or asks them into a collective. Knows no cookie.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import (
    CTE,
    Connection,
    RowMapping,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from uncaged.archive import log
from uncaged.archive.door_tables import invitations
from uncaged.archive.keys import hashed
from uncaged.archive.people import checked_name
from uncaged.archive.tables import people
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import is_id, new_id
from uncaged.core.words import _

DAY = 24 * 3600 * 1_000_000
LONGEST_DAYS = 365
KINDS = ("member", "keeper")


@dataclass(frozen=True, slots=True)
class Invitation:
    """Times are µs UTC. person_id: whose login it opens, or whom it asks into `collective_id`. See the table."""

    id: str
    kind: str
    name: str | None
    collective_id: str | None
    person_id: str | None
    made_by: str
    created: int
    until: int
    used: int | None
    used_by: str | None
    revoked: int | None

    def is_good(self, now: int) -> bool:
        """Whether somebody can come by it."""
        return self.used is None and self.revoked is None and now < self.until


@dataclass(frozen=True, slots=True)
class Wish:
    """What an invitation is to say. days: how long it is good."""

    kind: str = "member"
    name: str | None = None
    collective_id: str | None = None
    person_id: str | None = None
    days: float = 14.0


def make(
    conn: Connection, wish: Wish, who: str, now: int, secret: str | None = None
) -> tuple[Invitation, str]:
    """A new invitation and the secret of its link. secret: where the same press must not make two. `AskedWrong`.

    A link that is over is not given out again as a new one.
    """
    if wish.kind not in KINDS:
        raise AskedWrong(
            _("One is invited as %(kinds)s, not %(kind)s.")
            % {"kinds": " or ".join(KINDS), "kind": repr(wish.kind)}
        )
    if not 0 < wish.days <= LONGEST_DAYS:
        raise AskedWrong(
            _("An invitation is good for up to %(most)s days.") % {"most": LONGEST_DAYS}
        )
    secret = secret or secrets.token_urlsafe(24)
    known = _by_hash(conn, secret)
    if known is not None:
        _check_given(known, now)
        return known, secret
    invitation_id = new_id("invitation")
    conn.execute(
        insert(invitations).values(
            id=invitation_id,
            hash=hashed(secret),
            kind=wish.kind,
            name=None if not wish.name else checked_name(wish.name),
            collective_id=wish.collective_id,
            person_id=wish.person_id,
            made_by=who,
            created=now,
            until=now + int(wish.days * DAY),
        )
    )
    log.append(conn, "invited", invitation_id, who, now, kind=wish.kind)
    return get(conn, invitation_id), secret


def _check_given(known: Invitation, now: int) -> None:
    """`AskedWrong` where nobody can come by a link any more that was given out before."""
    if not known.is_good(now):
        raise AskedWrong(
            _("This form has given out its link already, and that link is good no more."),
            _("Press again on the page as it is now: that makes a new one."),
        )


def find(conn: Connection, secret: str) -> Invitation | None:
    """Whose link is this, used or not? None for one that never was."""
    return _by_hash(conn, secret[:200])


def _by_hash(conn: Connection, secret: str) -> Invitation | None:
    found = conn.execute(select(invitations).where(invitations.c.hash == hashed(secret)))
    row = found.mappings().one_or_none()
    return None if row is None else _invitation(row)


def get(conn: Connection, invitation_id: str) -> Invitation:
    """Which invitation is this? `NotFound`."""
    row = None
    if is_id("invitation", invitation_id):
        found = conn.execute(select(invitations).where(invitations.c.id == invitation_id))
        row = found.mappings().one_or_none()
    if row is None:
        raise NotFound(
            _("There is no such invitation here, or it is not yours."),
            _("`uncaged invitations` lists them."),
        )
    return _invitation(row)


def all_of_them(conn: Connection, made_by: str | None = None) -> tuple[Invitation, ...]:
    """Links that were given out, the newest first. made_by: by this person alone. Asked-for members are no links."""
    wanted = select(invitations).order_by(invitations.c.created.desc(), invitations.c.id)
    asking = invitations.c.person_id.is_not(None) & invitations.c.collective_id.is_not(None)
    wanted = wanted.where(~asking)
    if made_by is not None:
        wanted = wanted.where(invitations.c.made_by == made_by)
    return tuple(map(_invitation, conn.execute(wanted.limit(1000)).mappings()))


def asking(conn: Connection, person_id: str, now: int) -> tuple[Invitation, ...]:
    """Collectives that ask this person to join."""
    return _open(conn, now, invitations.c.person_id == person_id)


def asked_by(conn: Connection, collective_id: str, now: int) -> tuple[Invitation, ...]:
    """Whom this collective asks, and which of its links are good."""
    return _open(conn, now, invitations.c.collective_id == collective_id)


def _open(conn: Connection, now: int, whose: object) -> tuple[Invitation, ...]:
    wanted = select(invitations).where(
        whose,  # pyright: ignore[reportArgumentType] - a column's comparison
        invitations.c.collective_id.is_not(None),
        invitations.c.used.is_(None),
        invitations.c.revoked.is_(None),
        invitations.c.until > now,
    )
    return tuple(map(_invitation, conn.execute(wanted.order_by(invitations.c.created)).mappings()))


@dataclass(frozen=True, slots=True)
class Given:
    """Links to strangers that somebody gave out. waiting: good, and nobody has come by them.

    today: made in 24 hours by them and by everybody whom the same member's links brought, link after link; mine: of
    these their own. oldest: when the first of today's was made (µs UTC); None for none.
    """

    waiting: int
    mine: int
    today: int
    oldest: int | None


def given(conn: Connection, made_by: str, now: int) -> Given:
    """How many links has this person given out? Whom a collective asks by name is here already, and does not count."""
    good = (
        invitations.c.used.is_(None) & invitations.c.revoked.is_(None) & (invitations.c.until > now)
    )
    new, own = invitations.c.created > now - DAY, invitations.c.made_by == made_by
    wanted = select(
        func.count(case((good & own, 1))),
        func.count(case((new & own, 1))),
        func.count(case((new, 1))),
        func.min(case((new, invitations.c.created))),
    ).where(
        invitations.c.person_id.is_(None),
        invitations.c.made_by.in_(select(_brought_by(_first(conn, made_by)))),
    )
    return Given(*conn.execute(wanted).one())


_CAME = and_(  # by a link they became a person: whoever was here before has not come by it
    invitations.c.person_id.is_(None), invitations.c.used == people.c.created
)
_UNBOUND = ("owner", "keeper")


def _first(conn: Connection, person_id: str) -> str:
    """The member with whom a chain of members' links begins: the owner or a keeper brought them."""
    inviter = people.alias()
    seen = list[str]()
    first: str | None = person_id
    while first is not None and first not in seen:
        seen.append(first)
        wanted = (
            select(invitations.c.made_by)
            .join(people, people.c.id == invitations.c.used_by)
            .join(inviter, inviter.c.id == invitations.c.made_by)
            .where(people.c.id == first, _CAME, inviter.c.kind.not_in(_UNBOUND))
        )
        first = conn.execute(wanted.limit(1)).scalar()
    return seen[-1]


def _brought_by(person_id: str) -> CTE:
    """They, whoever came by a link of theirs, by a link of those, and so on; keepers begin anew."""
    tree = select(literal(person_id).label("id")).cte("brought", recursive=True)
    came = (
        select(people.c.id)
        .join(invitations, invitations.c.used_by == people.c.id)
        .join(tree, invitations.c.made_by == tree.c.id)
        .where(_CAME, people.c.kind.not_in(_UNBOUND))
    )
    return tree.union(came)


def use(conn: Connection, invitation_id: str, person_id: str, now: int) -> bool:
    """Somebody comes by it; False where somebody was faster, or it is over."""
    done = conn.execute(
        update(invitations)
        .where(
            invitations.c.id == invitation_id,
            invitations.c.used.is_(None),
            invitations.c.revoked.is_(None),
            invitations.c.until > now,
        )
        .values(used=now, used_by=person_id)
    )
    if done.rowcount:
        log.append(conn, "came", person_id, person_id, now, by=invitation_id)
    return bool(done.rowcount)


def revoke(conn: Connection, invitation_id: str, who: str, now: int) -> Invitation:
    """Takes it back; twice is once, and whoever came by it stays."""
    invitation = get(conn, invitation_id)
    if invitation.revoked is None and invitation.used is None:
        conn.execute(
            update(invitations).where(invitations.c.id == invitation_id).values(revoked=now)
        )
        log.append(conn, "invitation-revoked", invitation_id, who, now)
    return get(conn, invitation_id)


def revoke_into(conn: Connection, collective_id: str, made_by: str, who: str, now: int) -> None:
    """What somebody gave out for a collective is taken back, but what somebody has come by."""
    wanted = select(invitations.c.id).where(
        invitations.c.collective_id == collective_id,
        invitations.c.made_by == made_by,
        invitations.c.used.is_(None),
        invitations.c.revoked.is_(None),
    )
    for invitation_id in tuple(conn.execute(wanted).scalars()):
        revoke(conn, invitation_id, who, now)


def forget(conn: Connection, person_id: str) -> None:
    """Somebody leaves: what they called others in invitations, and were called, goes."""
    theirs = or_(invitations.c.made_by == person_id, invitations.c.used_by == person_id)
    conn.execute(update(invitations).where(theirs).values(name=None))


def _invitation(row: RowMapping) -> Invitation:
    return Invitation(**{name: row[name] for name in Invitation.__slots__})
