"""What a static site shows: every film that is shown to everybody, by whom, and what the house says.

Read at one moment. Whatever is not shown to everybody, hidden by the house or thrown away is not among it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from uncaged.archive import openings, people, works
from uncaged.archive.people import Person
from uncaged.archive.works import Work
from uncaged.studio.studio import Studio

BATCH = 200
"""Works that are read at a time."""

NOBODY = ""
"""Whose eyes the site is made with: of somebody who is nobody here."""

PAGES = ("name", "about", "rules", "contact", "promise")
"""What the house may say of itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """films: the newest first. people: who made them, by id. house: what it says, and since when (µs UTC), by name."""

    films: tuple[Work, ...]
    people: dict[str, Person]
    house: dict[str, tuple[str, int]]

    @property
    def name(self) -> str:
        """What the house is called."""
        return self.house["name"][0] if "name" in self.house else "uncaged"


def read(studio: Studio) -> Shown:
    """Everything that is shown to everybody now."""
    with studio.archive.read() as conn:
        films = tuple(film for film in _films(conn) if film.score is not None)
        whose = {film.person_id for film in films}
        found = {person: people.get(conn, person) for person in sorted(whose)}
        said = {name: openings.house_says(conn, name) for name in PAGES}
    house = {name: what for name, what in said.items() if what is not None}
    return Shown(films, found, house)


def still_shown(studio: Studio, shown: Shown) -> bool:
    """Whether all of it is shown at this moment too: somebody may have taken a film away meanwhile."""
    with studio.archive.read() as conn:
        now = {film.id for film in _films(conn)}
    return all(film.id in now for film in shown.films)


def _films(conn: Connection) -> Iterator[Work]:
    last: str | None = None
    while True:
        batch = works.list_works(conn, NOBODY, BATCH, last)
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id
