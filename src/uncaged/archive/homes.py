"""A home's folder: whether it is one, can be written to, and has an archive in it.

Looks at names and lengths only; knows nothing of what is in a database.
"""

import os
from pathlib import Path

from uncaged.core.errors import ArchiveBroken, HomeMissing, HomeUnusable
from uncaged.core.settings import Settings


def refuse_what_is_none(settings: Settings) -> None:
    """`HomeUnusable` where something else lies at the place of the folder or of the database."""
    home, database = settings.home, settings.database
    if home.exists() and not home.is_dir():
        raise HomeUnusable(
            f"{home} is a file, and a studio lives in a folder.",
            "Move the file away, or name another folder with UNCAGED_HOME.",
        )
    if database.exists() and not database.is_file():
        what = "a folder" if database.is_dir() else "no plain file"
        raise HomeUnusable(
            f"{database} is {what}, where the archive's database should be.",
            "Move it away, or name another folder with UNCAGED_HOME.",
        )


def refuse_nothing(settings: Settings) -> None:
    """Whoever only looks wants no studio made where there is none."""
    if not is_empty(settings.database):
        return
    refuse_orphans(settings)
    raise no_studio(settings.home)


def no_studio(home: Path) -> HomeMissing:
    """The error for whoever looks at a home that was never one."""
    return HomeMissing(
        f"There is no studio in {home} yet.",
        'Make a first film: `uncaged make "a slow bird over a blue hill"`; or name another folder with '
        "UNCAGED_HOME.",
    )


def make(home: Path) -> None:
    """Makes the folder where there is none, for its person's eyes only."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(
            f"The studio's folder {home} cannot be made ({error.strerror}).",
            "Name another folder with UNCAGED_HOME.",
        ) from error


def writable(settings: Settings) -> bool:
    """Whether folder and database, where they are there, may be written to."""
    home, database = settings.home, settings.database
    return os.access(home, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


def way_to_look(database: Path) -> str:
    """How to open a database that cannot be written to.

    SQLite wants to make two small files beside a WAL database; where it cannot, the database may be read as
    immutable, unless its write-ahead log holds something that would then be overlooked.
    """
    log = database.with_name(database.name + "-wal")
    return "ro" if log.exists() and log.stat().st_size else "immutable"


def is_empty(database: Path) -> bool:
    """Whether nothing was ever written here; a log beside an empty file holds a beginning."""
    log = database.with_name(database.name + "-wal")
    return not any(part.exists() and part.stat().st_size for part in (database, log))


def refuse_orphans(settings: Settings) -> None:
    """An empty archive beside kept files would call them leftovers, and sweep them away."""
    if not settings.files.is_dir() or not any(settings.files.glob("[0-9a-f][0-9a-f]/*")):
        return
    if is_empty(settings.database):  # another process may have begun it meanwhile
        raise ArchiveBroken(
            f"{settings.database} is missing or empty, but {settings.files} holds kept files.",
            "Put a copy of the database back, or move the files folder away to start anew.",
        )
