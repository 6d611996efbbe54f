"""The gallery: what is shown to everybody; whoever shows something; both as feeds."""

from sqlalchemy import Connection

from uncaged.archive import models, showing
from uncaged.archive.paging import Spot
from uncaged.archive.showing import Face, Shown
from uncaged.engines.registry import engines
from uncaged.web import atom
from uncaged.web.here import Here
from uncaged.web.pages.works import film_view
from uncaged.web.views.sharing import FaceView, FilmsView, ShownView
from uncaged.web.views.works import MakerView
from uncaged.web.words import _, short

PAGE, ON_A_FACE, IN_A_FEED = 24, 12, 50
"""Films of a page, of somebody's own page, and of a feed."""


def gallery(here: Here, before: str | None, by: str | None, model: str | None) -> FilmsView:
    """A page of it. Raises `AskedWrong` for a `before` that is no place, `NotFound` where nobody is called `by`."""
    spot = Spot.read(before) if before else None
    with here.studio.archive.read() as conn:
        whose = showing.face(conn, by, here.studio.person) if by else None
        found = showing.gallery(conn, PAGE, spot, by or None, model or None)
        own = [one.name for one in models.shelf(conn) if not one.is_adapter]
        return FilmsView(
            films=_views(found.films),
            count=showing.count(conn, by or None),
            by=None if whose is None else MakerView(id=whose.id, name=whose.name, kind=whose.kind),
            model=model or None,
            models=tuple(sorted({*engines(), *own, *((model,) if model else ())})),
            before=None if spot is None else str(spot),
            further=None if found.further is None else str(found.further),
        )


def last(here: Here, count: int) -> tuple[ShownView, ...]:
    """The last few of it."""
    with here.studio.archive.read() as conn:
        return _views(showing.gallery(conn, count).films)


def face(here: Here, person_id: str) -> FaceView:
    """Somebody's page. `NotFound` for whoever shows nothing, but themselves."""
    me = here.studio.person
    with here.studio.archive.read() as conn:
        found = showing.face(conn, person_id, me)
        films = showing.gallery(conn, ON_A_FACE, by=person_id)
    return FaceView(
        id=found.id,
        name=found.name,
        kind=found.kind,
        about=found.about,
        created=found.created,
        own=person_id == me,
        count=found.shown,
        films=_views(films.films),
        further=None if films.further is None else str(films.further),
    )


def feed(here: Here, before: str | None) -> bytes:
    """What is shown to everybody, as a feed."""
    with here.studio.archive.read() as conn:
        return _feed(conn, here, before, None)


def feed_of(here: Here, person_id: str, before: str | None) -> bytes:
    """What one person shows, as a feed. `NotFound` as in `face`."""
    with here.studio.archive.read() as conn:
        whose = showing.face(conn, person_id, here.studio.person)
        return _feed(conn, here, before, whose)


def _feed(conn: Connection, here: Here, before: str | None, whose: Face | None) -> bytes:
    at = f"{here.coming.scheme}://{here.coming.host}"
    spot = Spot.read(before) if before else None
    by = None if whose is None else whose.id
    found = showing.gallery(conn, IN_A_FEED, spot, by)
    page = "/films" if by is None else f"/people/{by}"
    itself = f"{page}.atom" if by is None else f"{page}/films.atom"
    further = None if found.further is None else f"{at}{itself}?before={found.further}"
    name, created = showing.this_studio(conn)
    named = "" if whose is None else whose.name or _(whose.kind)
    return atom.write(
        atom.Feed(
            id=name if by is None else by,
            title=_("Films shown here") if whose is None else _("Films by {}").format(named),
            itself=at + itself + (f"?before={spot}" if spot else ""),
            page=at + page,
            moment=created if whose is None else whose.created,
            entries=[one for one in (_entry(at, film) for film in found.films) if one],
            further=further,
        )
    )


def _entry(at: str, film: Shown) -> atom.Entry | None:
    row = film.work
    if row.media is None or row.mime is None or row.score is None:
        return None
    text = row.score.text
    return atom.Entry(
        id=row.id,
        title=short(text, 80) or _("a film without words, by {}").format(row.model),
        summary=text or film.understood,
        author=film.name or _(film.kind),
        author_page=f"{at}/people/{row.person_id}",
        page=f"{at}/works/{row.id}",
        moment=film.when,
        film=(f"{at}/works/{row.id}/film", row.mime, row.bytes or 0),
    )


def _views(films: tuple[Shown, ...]) -> tuple[ShownView, ...]:
    return tuple(view for view in map(_view, films) if view is not None)


def _view(film: Shown) -> ShownView | None:
    row, media = film.work, film_view(film.work)
    if media is None or row.score is None:
        return None
    return ShownView(
        id=row.id,
        text=row.score.text,
        shots=len(row.score.shots),
        understood=film.understood,
        model=row.model,
        seconds=media.seconds,
        seed=row.score.seed,
        shown=film.when,
        training=bool(row.training),
        maker=MakerView(id=row.person_id, name=film.name, kind=film.kind),
        film=media,
    )
