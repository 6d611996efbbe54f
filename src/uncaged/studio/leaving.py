"""Leaving: works go or stay, as their person says; then name, logins and keys, all at once. Nothing of it comes back.

Where it is broken off, whoever leaves is still here, and can press again.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import (
    belongings,
    credits,
    files,
    invitations,
    keys,
    logins,
    memberships,
    people,
    runs,
    sessions,
    works,
)
from uncaged.core.errors import AskedWrong
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

AT_ONCE = 50
"""Works that are deleted in one commit."""


def leave(studio: "Studio", person_id: str, who: str, keep_shown: bool) -> int:
    """They leave; how many works went with them. who: themselves, or the owner. Twice is once.

    keep_shown: works that others can see stay, without a name; the others go in any case: nobody could reach them.
    `AskedWrong` for the owner, for a collective that has more members than one, and for the last member of one.
    """
    with studio.archive.read() as conn:
        if people.get(conn, person_id).left is not None:
            return 0
        waiting = belongings.unfinished(conn, person_id)
    now = studio.clock.now()
    studio.commit(lambda conn: _begin(conn, person_id, who, now))
    for run in waiting:
        studio.commit(lambda conn, run=run: runs.cancel(conn, run, now, who=who))
    gone = _delete(studio, person_id, every=not keep_shown)
    studio.commit(lambda conn: _go(conn, person_id, who, now))
    gone += _delete(studio, person_id, every=not keep_shown)  # what was asked for meanwhile
    return gone


def _check(conn: Connection, person_id: str, who: str) -> None:
    """`AskedWrong` where they cannot leave: looked at anew in every commit that takes something away."""
    if people.get(conn, person_id).kind == "owner":
        raise AskedWrong(
            _("The owner runs the machine, and cannot leave it."),
            _("Whoever takes the studio over takes its folder; `uncaged export` writes all of it."),
        )
    for collective in memberships.of(conn, person_id):
        if len(memberships.members(conn, collective.id)) == 1:
            raise AskedWrong(
                _("%(name)s would be left with nobody who may act for it, or take its films back.")
                % {"name": repr(collective.name)},
                _("Act as the collective, and let it leave the studio; or ask somebody in first."),
            )
    members = memberships.members(conn, person_id)
    if len(members) > 1:
        raise AskedWrong(
            _("Other members still belong to this collective."),
            _("They leave it first; the last one lets it leave the studio."),
        )
    if members and who != members[0].id and people.get(conn, who).kind != "owner":
        raise AskedWrong(
            _("You do not belong to this collective any more."), _("Nothing was done.")
        )


def _begin(conn: Connection, person_id: str, who: str, now: int) -> None:
    """Before anything of theirs is deleted: by what a collective gave out nobody comes into it any more."""
    _check(conn, person_id, who)
    for asked in invitations.asked_by(conn, person_id, now):
        invitations.revoke(conn, asked.id, who, now)


def _go(conn: Connection, person_id: str, who: str, now: int) -> None:
    """Name, words, logins, keys, invitations, memberships and credits: in one commit."""
    if people.get(conn, person_id).left is not None:
        return  # somebody pressed twice
    _begin(conn, person_id, who, now)
    for run in belongings.unfinished(conn, person_id):
        runs.cancel(conn, run, now, who=who)
    sessions.end_all(conn, person_id, now)
    logins.forget(conn, person_id)
    for key in keys.of(conn, person_id):
        keys.revoke(conn, key.id, who, now)
    for invitation in invitations.all_of_them(conn, person_id):
        invitations.revoke(conn, invitation.id, who, now)
    invitations.forget(conn, person_id)
    memberships.end_all(conn, person_id, now)
    credits.forget(conn, person_id)
    people.leave(conn, person_id, who, now)


def _delete(studio: "Studio", person_id: str, every: bool) -> int:
    """Their works go, a few at a time, so that nobody waits long."""
    count = 0
    while True:
        with studio.archive.read() as conn:
            some = belongings.to_delete(conn, person_id, every, AT_ONCE)
        if not some:
            return count
        now = studio.clock.now()

        def step(conn: Connection, some: tuple[str, ...] = some, now: int = now) -> set[str]:
            return {sha for one in some for sha in works.delete(conn, person_id, one, now)}

        unused = studio.archive.free(step)
        studio.commit(lambda conn, unused=unused: files.forget(conn, studio.files, unused))
        count += len(some)
