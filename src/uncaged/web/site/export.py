"""Writing a static site: films as files, pages with relative links, feeds; the same twice for the same.

It needs no script and no machine, asks nobody for anything, and opens from a folder as from any web host.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from uncaged.archive.work import Work
from uncaged.core.errors import ArchiveBusy, AskedWrong, PictureRefused
from uncaged.core.words import Language, language, languages, reading
from uncaged.studio import picturing
from uncaged.studio.studio import Studio
from uncaged.studio.taking import outside
from uncaged.web.site import pages, shown
from uncaged.web.site.files import Folder, refuse_others
from uncaged.web.site.shown import Everything, Shown

__all__ = ["Written", "check_place", "write"]

SITE = "site"
"""Where in a studio's folder the open door leaves its site."""

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
    studio: Studio,
    target: Path,
    told: Callable[[int, int], None] = lambda _done, _all: None,
    code: str | None = None,
) -> Written:
    """Writes it, replacing an earlier one; told: hears how many films are there, of how many. code: the language of its
    own words, else what the settings say.

    Raises `AskedWrong` as `check_place` does, `DiskFull`, `HomeUnusable`, `ArchiveBusy`.
    """
    target = target.expanduser().absolute()
    check_place(studio, target)
    written_in = spoken(studio.settings.language if code is None else code)
    for _try in range(TRIES):
        found = shown.read(studio)
        with Folder(target) as folder:
            with reading(written_in):
                done = _fill(studio, folder, found, told)
            if not shown.still_shown(studio, found):
                continue
            size = folder.size
            folder.finish({"films": len(done.films), "name": found.name})
        there = {film.work.id for film in done.films}
        left = tuple(film.work.id for film in found.films if film.work.id not in there)
        whose = {film.work.person_id for film in done.films}
        return Written(target, len(done.films), len(whose), size, left)
    raise ArchiveBusy(
        "Films were taken away again and again while the site was written.", "Try again later."
    )


def spoken(code: str) -> Language:
    """The language of this code, or of a locale such as fr_FR.UTF-8; `AskedWrong` where nobody has translated it."""
    name = re.split(r"[-_.@]", code.strip().lower())[0]
    if name not in languages():
        raise AskedWrong(
            f"The pages are not translated into {code!r}.",
            f"They are there in: {', '.join(languages())}.",
        )
    return language(name)


def check_place(studio: Studio, target: Path) -> None:
    """`AskedWrong` where no site may be written: where anything else lies, or inside the studio's own folder.

    One place there is a site's: where the open door leaves it.
    """
    refuse_others(target)
    if target.resolve() != studio.settings.home.resolve() / SITE:
        outside(studio, target)


def _fill(
    studio: Studio, folder: Folder, found: Everything, told: Callable[[int, int], None]
) -> Everything:
    """Every file of the site; returns what really is in it."""
    kept: list[Shown] = []
    pictured: set[str] = set()
    for film in found.films:
        name = pages.file_of(film.work)
        if folder.film(name, studio.files.path(film.work.media or ""), film.work.media or ""):
            kept.append(film)
            if _pictures(studio, folder, film.work):
                pictured.add(film.work.id)
        told(len(kept), len(found.films))
    there = replace(found, films=tuple(kept))
    for page, text in pages.write_all(there, frozenset(pictured)):
        folder.data(page, text)
    folder.data("style.css", (files("uncaged.web") / "static" / "style.css").read_bytes())
    return there


def _pictures(studio: Studio, folder: Folder, film: Work) -> bool:
    """Its still and its strip; False for a film that gives none."""
    assert film.media is not None
    try:
        made = {what: picturing.picture(studio, film.media, what) for what in picturing.WAYS}
    except PictureRefused:
        return False
    for what, picture in made.items():
        folder.data(f"films/{film.id}-{what}.jpg", picture)
    return True
