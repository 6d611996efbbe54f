"""The house as pages show it: its rules by date, who keeps it, what they see, and the block list.

What is kept here, where and how long, is told from the values that hold, so that it cannot be out of date.
"""

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import Connection

from uncaged.archive import blocks, decisions, guests, house, sessions
from uncaged.archive.house import Name
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound
from uncaged.core.ids import is_sha256
from uncaged.studio import blocking
from uncaged.web import cookies
from uncaged.web.here import Here
from uncaged.web.pages.decided import book_lines, name_of, numbers_view
from uncaged.web.views.base import Trouble
from uncaged.web.views.house import BlocksView, BlockView, HouseView, PageView, SeenView
from uncaged.web.words import _

BOOK = 10
"""Decisions that the house's page shows."""

OLDER = 50
"""Rules of before that it lists at a time."""


def show(
    here: Here,
    rules: int | None = None,
    typed: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
    before: int | None = None,
) -> HouseView:
    """The house now; rules: the number of older ones, to be read again; before: which it lists. Raises `NotFound`."""
    numbers = numbers_view(here)
    with here.studio.archive.read() as conn:
        written = house.current(conn, "rules")
        told = written if rules is None else house.version(conn, "rules", rules)
        now = None if written is None else written.n
        older = house.older(conn, "rules", OLDER + 1, before)
        return HouseView(
            name=_text(conn, "name"),
            about=_text(conn, "about"),
            contact=_text(conn, "contact"),
            promise=_text(conn, "promise"),
            rules=house.rules(conn) if told is None else house.as_list(told.text),
            since=None if told is None else told.since,
            current=told is None or told.n == now,
            older=tuple(
                PageView(number=one.n, since=one.since, now=one.n == now) for one in older[:OLDER]
            ),
            before=older[OLDER - 1].n if len(older) > OLDER else None,
            keepers=tuple(name_of(conn, one.id) for one in house.keepers(conn)),
            seen=seen(here),
            numbers=numbers,
            book=book_lines(conn, decisions.book(conn, BOOK)),
            own=_is_owner(here),
            typed=dict(typed or {}),
            trouble=trouble,
        )


def _text(conn: Connection, name: Name) -> str | None:
    said = house.current(conn, name)
    return None if said is None else said.text


def _is_owner(here: Here) -> bool:
    return here.visitor.person.kind == "owner" and "manage" in here.visitor.scopes


def write(here: Here, said: Mapping[str, str]) -> None:
    """The owner writes what the house says. Raises `AskedWrong`, `NotAllowed`."""
    if not _is_owner(here):
        raise NotAllowed(
            _("The owner writes what the house says."), _("Tell them what should stand there.")
        )
    name, text = said.get("name", ""), said.get("text", "")
    studio = here.studio
    studio.commit(lambda conn: house.write(conn, name, text, studio.person, studio.clock.now()))


_Row: TypeAlias = tuple[str, str, str, str]
"""What is kept, where, until when, and who sees it."""


def seen(here: Here) -> tuple[SeenView, ...]:
    """What is kept here, where, how long, and who sees it."""
    rows = (*_of_works(here), *_of_visits(), *_of_logins(), *_of_the_house())
    return tuple(SeenView(what=a, where=b, until=c, who=d) for a, b, c, d in rows)


def _owner() -> str:
    return _("whoever runs the machine")


def _disk() -> str:
    return _("on this machine’s disk")


def _of_works(here: Here) -> tuple[_Row, ...]:
    policy = here.web.policies.held.policy
    owner, disk = _owner(), _disk()
    yours = _("until you delete it; then it is gone")
    return (
        (
            _("your films, and what you wrote for them"),
            disk,
            yours,
            _("you, {}; others only what you show").format(owner),
        ),
        (
            _("pictures and files that you gave"),
            disk,
            _("until the last film made from them is deleted"),
            _("you, {}").format(owner),
        ),
        (
            _("what a guest made, and neither kept nor showed"),
            disk,
            _days(policy.guests.keep_days),
            _("you, {}").format(owner),
        ),
        (
            _("what you threw away, unless you take it back"),
            disk,
            _days(policy.trash.days),
            _("you, {}").format(owner),
        ),
    )


def _of_visits() -> tuple[_Row, ...]:
    owner, disk, memory = _owner(), _disk(), _("in memory")
    return (
        (
            _("the address you came from"),
            memory,
            _("a minute, to count requests; never written down"),
            _("nobody"),
        ),
        (
            _(
                "a mark made from a guest’s address with a secret of this studio, so that your films stay yours"
            ),
            disk,
            _("{} days after you were last here").format(guests.FORGET // (24 * 3600 * 1_000_000)),
            _("{}, who cannot read an address from it").format(owner),
        ),
        (
            _("a cookie, if you sign in, come by a room’s door, or report something"),
            _("in your browser"),
            _("{} days, or until you leave").format(cookies.DAYS),
            _("your browser and this studio"),
        ),
        (
            _(
                "a cookie that says who signed in by this browser; it opens nothing, and keeps strangers’ tries apart"
            ),
            _("in your browser"),
            _("{} days after you last signed in, or until you leave the studio").format(
                cookies.KNOWN_DAYS
            ),
            _("your browser and this studio"),
        ),
    )


def _of_logins() -> tuple[_Row, ...]:
    owner, disk = _owner(), _disk()
    over = sessions.REMEMBERED // (24 * sessions.HOUR)
    return (
        (
            _("each sign-in: when, by what, with which browser, and when it was last used"),
            disk,
            _("{} days after it has ended").format(over),
            _("you, {}").format(owner),
        ),
        (
            _("invitations: who invited, when, as whom, and who came by it"),
            disk,
            _("for ever; of the link a hash; the name on it until one of the two leaves"),
            _("whoever invited, {}").format(owner),
        ),
    )


def _of_the_house() -> tuple[_Row, ...]:
    keepers, owner, disk = _("the keepers"), _owner(), _disk()
    return (
        (
            _("what you say in a report"),
            disk,
            _("until the film is deleted, or where that is open still, until it is decided"),
            _("{}; the maker reads it without your name").format(keepers),
        ),
        (
            _("hashes of a reported film and its pictures, so that they can be kept out"),
            disk,
            _("as long; and on the block list, where that was decided"),
            owner,
        ),
        (_("a mail address in a report"), disk, _("until it is decided"), keepers),
        (
            _("a mark of where a report came from, to count a flood as one"),
            disk,
            _("with the report"),
            _("nobody can read an address from it"),
        ),
        (
            _("decisions of the keepers, with reasons"),
            disk,
            _("for ever; nothing is taken out"),
            _("everybody"),
        ),
        (
            _("the log: which work was kept, shown, hidden, deleted, and when"),
            disk,
            _("for ever; ids and numbers, nobody’s words"),
            owner,
        ),
        (
            _(
                "and of people: sign-ins, invitations and who came by them, memberships, credits, new passwords, keys"
            ),
            disk,
            _(
                "for ever, also after somebody has left: ids and moments, no name, browser or address"
            ),
            owner,
        ),
    )


def _days(days: float | None) -> str:
    return (
        _("until you delete it; then it is gone")
        if days is None
        else _("{} days").format(f"{days:g}")
    )


def block_list(
    here: Here, typed: Mapping[str, str] | None = None, trouble: Trouble | None = None
) -> BlocksView:
    """The block list."""
    with here.studio.archive.read() as conn:
        found = tuple(
            BlockView(
                sha256=one.sha256,
                reason=one.reason,
                report=one.report_n,
                by=name_of(conn, one.made_by),
                made=one.made,
            )
            for one in blocks.listed(conn)
        )
    return BlocksView(blocks=found, typed=dict(typed or {}), trouble=trouble)


def block(here: Here, said: Mapping[str, str]) -> None:
    """A keeper puts a file on the list, by its hash, or a work's film by its id; of a picture its pixels too. Raises
    `AskedWrong`, `NotFound`."""
    reason, studio, now = said.get("reason", ""), here.studio, here.studio.clock.now()
    shas = blocking.named(studio, said.get("what", ""))
    if shas is None:
        raise AskedWrong(_("Name the file by its SHA-256, or a work by its id."))

    def step(conn: Connection) -> None:
        for sha in shas:
            blocks.add(conn, sha, reason, studio.person, now)

    studio.commit(step)


def unblock(here: Here, sha: str) -> None:
    """A keeper takes a file off the list. Raises `NotFound`."""
    if not is_sha256(sha):
        raise NotFound(_("This file is not on the block list."))
    studio = here.studio
    studio.commit(lambda conn: blocks.remove(conn, sha, studio.person, studio.clock.now()))
