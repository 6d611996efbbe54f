"""What a static site shows: every film that is shown to everybody, by whom, and what the house says.

Read at one moment. Whatever is not shown to everybody, hidden by the house or thrown away is not among it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from uncaged.archive import credits, house, showing
from uncaged.archive.credits import Credit
from uncaged.archive.house import Said
from uncaged.archive.paging import Spot
from uncaged.archive.showing import Shown
from uncaged.studio.studio import Studio

BATCH = 200
"""Works that are read at a time."""


@dataclass(frozen=True, slots=True)
class Everything:
    """films: with who made them, the last shown first. house: what it says, by name. rules: one by one.

    credits: who is named beside a film's maker and agreed, by its id; no key where nobody is.
    """

    films: tuple[Shown, ...]
    house: dict[str, Said]
    rules: tuple[str, ...]
    credits: dict[str, tuple[Credit, ...]]

    @property
    def name(self) -> str:
        """What the house is called."""
        return self.house["name"].text if "name" in self.house else "uncaged"


def read(studio: Studio) -> Everything:
    """Everything that is shown to everybody now."""
    with studio.archive.read() as conn:
        films = tuple(_films(conn))
        said = {name: house.current(conn, name) for name in house.NAMES}
        rules = house.rules(conn)
        named = {film.work.id: credits.of(conn, film.work.id) for film in films}
    says = {name: what for name, what in said.items() if what}
    return Everything(films, says, rules, {work: roll for work, roll in named.items() if roll})


def still_shown(studio: Studio, everything: Everything) -> bool:
    """Whether all of it is shown at this moment too: somebody may have taken a film away meanwhile."""
    with studio.archive.read() as conn:
        now = {film.work.id for film in _films(conn)}
    return all(film.work.id in now for film in everything.films)


def _films(conn: Connection) -> Iterator[Shown]:
    last: Spot | None = None
    while True:
        page = showing.gallery(conn, BATCH, last)
        yield from (film for film in page.films if film.work.score and film.work.media)
        if page.further is None:
            return
        last = page.further
