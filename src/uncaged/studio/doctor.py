"""The doctor: what is here, what works, what is missing. Looks and tries; changes nothing."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import func, select

from uncaged.archive import runs, sqlite, tables
from uncaged.archive.files import UNSURE
from uncaged.core.errors import HomeMissing, UncagedError
from uncaged.core.order import Broke, Done, Order
from uncaged.core.settings import Settings
from uncaged.core.version import __version__
from uncaged.engines.registry import broken_plugins, engines
from uncaged.performer.local import LocalPerformer
from uncaged.studio.steward import steward_lives
from uncaged.studio.studio import Studio, open_studio

if TYPE_CHECKING:
    from uncaged.engines.base import Engine

State: TypeAlias = Literal["works", "weak", "broken"]

ROOM = 1 << 30
"""Bytes that should be free for new works."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` says what to do where it is not well."""

    name: str
    state: State
    what: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything, one finding after the other; never raises."""
    yield Finding(
        "Uncaged",
        "works",
        f"{__version__}, Python {platform.python_version()} on {platform.platform()}",
    )
    yield from _libraries()
    yield _sqlite()
    yield _room(settings)
    try:
        studio = open_studio(settings=settings, looking=True)
    except HomeMissing as missing:
        yield Finding("archive", "works", f"{missing.message} It is made with the first film.")
    except UncagedError as error:
        yield Finding("archive", "broken", error.message, error.hint)
    else:
        with studio:
            yield from _archive(studio)
    yield from _words(settings)
    for name, why in broken_plugins().items():
        yield Finding(f"plug-in {name}", "broken", why, "Remove it, or ask whoever wrote it.")
    for player in engines().values():
        yield _performs(player)


def _libraries() -> Iterator[Finding]:
    for name, what in (
        ("skia-python", "draws"),
        ("av", "writes films"),
        ("numpy", "counts"),
        ("pillow", "pictures"),
    ):
        try:
            yield Finding(name, "works", f"{version(name)} ({what})")
        except PackageNotFoundError:
            yield Finding(
                name,
                "broken",
                "is not installed",
                "Install the studio again: `pip install uncaged`.",
            )


def _sqlite() -> Finding:
    found = sqlite.sqlite_version()
    if sqlite.has_wal_reset_bug(found):
        return Finding(
            "SQLite",
            "weak",
            f"{found} can, very rarely, damage an archive that two processes write to",
            "Install `pysqlite3` beside the studio, or a newer SQLite (3.51.3 or later).",
        )
    return Finding("SQLite", "works", found)


def _room(settings: Settings) -> Finding:
    place = settings.home
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    state: State = "works" if free > ROOM else "weak"
    return Finding(
        "room",
        state,
        f"{free / 1e9:.1f} GB free for {settings.home}",
        ""
        if state == "works"
        else "Make room: a film needs about a megabyte, the archive some spare.",
    )


def _archive(studio: Studio) -> Iterator[Finding]:
    with studio.archive.read() as conn:
        kept = conn.execute(
            select(tables.works.c.id, tables.works.c.media).where(tables.works.c.media.is_not(None))
        ).all()
        people = conn.execute(select(func.count()).select_from(tables.people)).scalar_one()
        waiting = len(runs.waiting(conn))
        left = conn.execute(
            select(func.count()).where(tables.runs.c.state == "in_progress")
        ).scalar_one()
        shas = set(conn.execute(select(tables.files.c.sha256)).scalars())
    held = f"{_many(len(kept), 'work')}, {_many(people, 'person')}, schema {tables.SCHEMA}"
    yield Finding("archive", "works", f"{studio.settings.home}: {held}")
    if studio.files.unsure:
        yield Finding(
            "database",
            "weak",
            "was once put back from an older copy: films that it does not know are kept beside it",
            f"`uncaged import` an export that has them; then remove {studio.files.root / UNSURE}.",
        )
    damaged = sorted(sha for sha in shas if not studio.files.verify(sha))
    if damaged:
        works = ", ".join(row.id for row in kept if row.media in damaged) or "pictures and words"
        yield Finding(
            "files",
            "broken",
            f"{len(damaged)} of {len(shas)} are missing or changed: {works}",
            "Put them back from a copy; `uncaged import` of an export heals them.",
        )
    else:
        yield Finding("files", "works", f"{len(shas)} kept, each is what its name says")
    if not steward_lives(studio) and (waiting or left):
        yield Finding(
            "line",
            "weak",
            f"{_many(waiting + left, 'run')} accepted and not finished, and no steward lives",
            "`uncaged steward` performs them.",
        )


def _words(settings: Settings) -> Iterator[Finding]:
    """Each of the person's own word files: a mistake in one would stop every film."""
    for path in sorted(settings.lexicons.glob("*.toml")):
        try:
            for player in engines().values():
                if player.capabilities.lexicons:
                    player.check_words(path.read_bytes(), path.name)
        except UncagedError as error:
            yield Finding("own words", "broken", error.message, error.hint)
        except OSError as error:
            yield Finding("own words", "broken", f"{path.name} cannot be read: {error.strerror}")
        else:
            yield Finding("own words", "works", path.name)


def _many(count: int, noun: str) -> str:
    plurals = {"person": "people"}
    return f"{count} {noun if count == 1 else plurals.get(noun, noun + 's')}"


def _performs(player: "Engine") -> Finding:
    """Lets a performer make the smallest film, as a real order would."""
    low = player.capabilities.sides[0] + player.capabilities.sides[0] % 2
    with TemporaryDirectory() as folder:
        score = player.score("a test", size=(max(64, low), max(64, low)), seconds=0.5, fps=8)
        performer = LocalPerformer()
        try:
            performer.start(Order("r_" + "a" * 12, 0, score, {}, folder, quiet=True))
            while not isinstance(event := performer.hear(30.0), Done | Broke):
                if event is None:
                    return Finding(player.name, "broken", "gave no sign of life for 30 seconds")
        except UncagedError as error:
            return Finding(player.name, "broken", error.message, error.hint)
        finally:
            performer.end()
    if isinstance(event, Broke):
        return Finding(player.name, "broken", event.reason, event.hint)
    return Finding(player.name, "works", f"performs ({player.card.summary})")
