"""Taking everything along, and leaving."""

from collections.abc import AsyncIterator, Iterator

from anyio import to_thread
from starlette.requests import Request

from uncaged.archive import belongings as listed
from uncaged.archive import logins, sessions
from uncaged.archive.people import Person
from uncaged.core.errors import AskedWrong, NotAllowed, UncagedError
from uncaged.studio import belongings, leaving, signing
from uncaged.web.here import Here
from uncaged.web.views.base import Trouble
from uncaged.web.views.people import LeaveView
from uncaged.web.words import _


def export(here: Here) -> tuple[str, AsyncIterator[bytes]]:
    """The name of the file, and its pieces. `NotAllowed` for somebody who is no person here yet.

    Who is not here themselves (a key, a guest) gets no list of sessions, and no mail address.
    """
    person = here.visitor.person
    if not person.id:
        raise NotAllowed(_("Nothing here is yours yet."), _("Make something first."))
    return f"uncaged-{person.id}.zip", _pieces(
        here, belongings.pieces(here.studio, person.id, here.visitor.signed_in)
    )


async def _pieces(here: Here, made: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Piece by piece, each in a thread, as films are read."""
    while piece := await to_thread.run_sync(next, made, b"", limiter=here.web.pieces):
        yield piece


def show(here: Here, trouble: UncagedError | None = None) -> LeaveView:
    """What leaving does. Raises `NotAllowed`."""
    person = here.visitor.person
    me = signing.themselves(here.visitor)
    with here.studio.archive.read() as conn:
        works, shown = listed.made(conn, person.id)
        asks = "password" if logins.password(conn, me.id) is not None else "nothing"
        if asks == "nothing" and here.visitor.session is not None:
            begun = sessions.get(conn, me.id, here.visitor.session).created
            asks = "nothing" if here.studio.clock.now() - begun <= signing.FRESH else "signing in"
    return LeaveView(
        name=person.name,
        kind=person.kind,
        works=works,
        shown=shown,
        asks=asks,
        may=person.kind != "owner",
        trouble=None if trouble is None else Trouble(message=trouble.message, hint=trouble.hint),
    )


def sure(here: Here, works: str, password: str) -> Person:
    """Who leaves, once they said what is to become of their works, and who they are. Hashes: see `Web.hash`."""
    signing.themselves(here.visitor)
    if works not in ("delete", "stay"):
        raise AskedWrong(_("Say what is to become of your works: they go, or stay."), about="works")
    if here.visitor.person.kind == "owner":
        raise AskedWrong(
            _("The owner runs the machine, and cannot leave it."),
            _("Whoever takes the studio over takes its folder; `uncaged export` writes all of it."),
        )
    return signing.sure(here.studio, here.visitor, password)


def leave(here: Here, me: Person, works: str) -> None:
    """They leave. me: who said so. Waits for commits: see `Web.write`."""
    leaving.leave(here.studio, here.visitor.person.id, me.id, works == "stay")


def address(request: Request, collective: bool) -> str:
    """Where whoever has left goes on."""
    return "/me" if collective else "/enter?left=1"
