"""Who sees a work, and what its person does about it: showing, tags, trash, keeping, links, training."""

from collections.abc import Callable

from sqlalchemy import Connection

from uncaged.archive import expiring, showing, tagging, works
from uncaged.archive import links as link_statements
from uncaged.core.errors import AskedWrong
from uncaged.studio import letting_go, links, publishing, standing
from uncaged.studio.links import Role
from uncaged.web.here import Here
from uncaged.web.holding import Held, own, sealed
from uncaged.web.views.works import SharingView
from uncaged.web.words import _


def view(conn: Connection, seen: Held, kind: str) -> SharingView:
    """What a work's person sees of this. kind: their class."""
    row, here = seen.row, seen.here
    policy, times = here.web.policies.held.policy, row.links or 0
    guest = kind == "guest" and row.deleted is None
    by_link = row.visibility == "link"
    return SharingView(
        tags=tagging.of(conn, row.id),
        claimed=row.claimed is not None,
        until=letting_go.until(policy, kind, row),
        trashed=row.trashed,
        link=address(here, row.id, "maker", times) if guest else None,
        viewer_link=address(here, row.id, "viewer", times) if by_link else None,
    )


def of_new(here: Here, work_id: str) -> SharingView:
    """The same, of a work that is not on the disk yet."""
    guest = here.visitor.person.kind == "guest"
    link = address(here, work_id, "maker", 0) if guest else None
    return SharingView(
        tags=(), claimed=False, until=None, trashed=None, link=link, viewer_link=None
    )


def address(here: Here, work_id: str, role: Role, times: int) -> str:
    """A link, as somebody types it into a browser."""
    at = f"{here.coming.scheme}://{here.coming.host}"
    return at + links.path(here.web.studio, work_id, role, times)


def show(here: Here, work_id: str, to: str) -> None:
    """Who sees it from now on. Raises as `publishing.show` does."""
    mine = own(here, work_id)
    publishing.show(mine.here.studio, work_id, to)


def tag(here: Here, work_id: str, more: list[str], fewer: list[str]) -> None:
    """Puts tags on, takes tags off."""
    _change(here, work_id, lambda conn, who: tagging.change(conn, who, work_id, more, fewer))


def throw_away(here: Here, work_id: str) -> None:
    """Into the trash."""
    now = here.studio.clock.now()
    _change(here, work_id, lambda conn, who: works.throw_away(conn, who, work_id, now))


def take_back(here: Here, work_id: str) -> None:
    """Out of the trash."""
    now = here.studio.clock.now()
    _change(here, work_id, lambda conn, who: works.take_back(conn, who, work_id, now))


def keep(here: Here, work_id: str) -> None:
    """It does not expire."""
    now = here.studio.clock.now()
    _change(here, work_id, lambda conn, who: expiring.keep(conn, who, work_id, now))


def allow_training(here: Here, work_id: str, said: str) -> None:
    """Whether models may learn from it: yes or no."""
    if said not in ("yes", "no"):
        raise AskedWrong(_("Say yes or no: may models learn from this film?"))
    now = here.studio.clock.now()
    _change(
        here,
        work_id,
        lambda conn, who: showing.allow_training(conn, who, work_id, said == "yes", now),
    )


def change_links(here: Here, work_id: str) -> str | None:
    """Older links open nothing from now on. The cookie for whoever came by one, and goes on by it."""
    mine, now = own(here, work_id), here.studio.clock.now()
    mine.here.studio.commit(
        lambda conn: link_statements.change(conn, mine.here.studio.person, work_id, now)
    )
    if mine.by is None:
        return None
    with here.studio.archive.read() as conn:
        return sealed(conn, here.web, work_id, mine.by)


def cancel(here: Here, work_id: str) -> None:
    """Out of the line, or stopped; what is over stays as it is."""
    mine = own(here, work_id)
    standing.cancel(mine.here.studio, mine.row.run_id)


def _change(here: Here, work_id: str, step: Callable[[Connection, str], object]) -> None:
    """A short write, in the hands of the work's person."""
    mine = own(here, work_id).here.studio
    mine.commit(lambda conn: step(conn, mine.person))
