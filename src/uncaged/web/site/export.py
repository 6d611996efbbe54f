"""Writing a static site: films as files, pages with relative links, feeds; the same twice for the same.

It needs no script and no machine, asks nobody for anything, and opens from a folder as from any web host.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from uncaged.archive.works import Work
from uncaged.core.errors import ArchiveBusy, PictureRefused
from uncaged.studio import picturing
from uncaged.studio.studio import Studio
from uncaged.web.site import pages, shown
from uncaged.web.site.files import Folder, refuse_others
from uncaged.web.site.shown import Shown

__all__ = ["Written", "refuse_others", "write"]

TRIES = 3
"""How often it is begun anew, where somebody takes a film away while it is written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A site that lies there. left_out: ids of works whose film is missing or damaged."""

    folder: Path
    films: int
    people: int
    bytes: int
    left_out: tuple[str, ...] = ()


def write(
    studio: Studio, target: Path, told: Callable[[int, int], None] = lambda _done, _all: None
) -> Written:
    """Writes it, replacing an earlier one; told: hears how many films are there, of how many.

    Raises `AskedWrong` where the folder holds something else, `DiskFull`, `HomeUnusable`, `ArchiveBusy`.
    """
    target = target.expanduser().absolute()
    refuse_others(target)
    for _try in range(TRIES):
        found = shown.read(studio)
        with Folder(target) as folder:
            done = _fill(studio, folder, found, told)
            if not shown.still_shown(studio, found):
                continue
            size = folder.size
            folder.finish({"films": len(done.films), "name": found.name})
        there = {film.id for film in done.films}
        left = tuple(film.id for film in found.films if film.id not in there)
        return Written(target, len(done.films), len(done.people), size, left)
    raise ArchiveBusy(
        "Films were taken away again and again while the site was written.", "Try again later."
    )


def _fill(studio: Studio, folder: Folder, found: Shown, told: Callable[[int, int], None]) -> Shown:
    """Every file of the site; returns what really is in it."""
    kept: list[Work] = []
    for film in found.films:
        if _film(studio, folder, film):
            kept.append(film)
        told(len(kept), len(found.films))
    whose = {film.person_id for film in kept}
    there = Shown(
        tuple(kept), {who: p for who, p in found.people.items() if who in whose}, found.house
    )
    for name, text in pages.write_all(there, _pictured(folder, kept)):
        folder.data(name, text)
    css = (files("uncaged.web") / "static" / "style.css").read_bytes()
    folder.data("style.css", css)
    return there


def _film(studio: Studio, folder: Folder, film: Work) -> bool:
    """A film with its still and its strip; a film that gives none has none."""
    assert film.media is not None
    name = pages.file_of(film)
    if not folder.film(name, studio.files.path(film.media), film.media):
        return False
    try:
        for what in picturing.WAYS:
            picture = picturing.picture(studio, film.media, what)
            folder.data(f"films/{film.id}-{what}.jpg", picture)
    except PictureRefused:
        return True
    return True


def _pictured(folder: Folder, films: list[Work]) -> frozenset[str]:
    """The films that have pictures."""
    return frozenset(
        film.id for film in films if (folder.root / f"films/{film.id}-strip.jpg").is_file()
    )
