"""The doctor: what is here, what works, what is missing. Looks and tries; changes nothing."""

import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from uncaged.archive import checking, models, sqlite, tables
from uncaged.archive.files import UNSURE
from uncaged.archive.telling import duration
from uncaged.core.errors import HomeMissing, UncagedError, WeightsMissing
from uncaged.core.order import Broke, Done, Order
from uncaged.core.reading import WORDS, read_file
from uncaged.core.settings import Settings
from uncaged.core.version import __version__
from uncaged.engines.fitting import gigabytes
from uncaged.engines.registry import broken_plugins, engines
from uncaged.performer.local import LocalPerformer
from uncaged.queue import following
from uncaged.studio import allowing, computing, elsewhere, fits
from uncaged.studio.careful import careful
from uncaged.studio.finding import Finding, State
from uncaged.studio.fits import TOO_LITTLE, Memory
from uncaged.studio.signs import SILENT, Watch
from uncaged.studio.stewardship import STILL, steward_lives
from uncaged.studio.studio import Studio, open_studio

if TYPE_CHECKING:
    from uncaged.engines.base import Engine

ROOM = 1 << 30
"""Bytes that should be free for new works."""

TOO_LARGE = "Choose a smaller model, or perform with it on a machine that has more."
"""What to do where a model does not fit."""

SOME = 3
"""Complaints about a database that are told; the rest would say little more."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything, one finding after the other; never raises."""
    for name, look in (
        ("Uncaged", _ourselves),
        ("libraries", _libraries),
        ("device", computing.look),
        ("SQLite", _sqlite),
        ("room", lambda: _room(settings)),
        ("archive", lambda: _studio(settings)),
        ("own words", lambda: _words(settings)),
        ("plug-ins", _plugins),
        ("models", _models),
    ):
        yield from _carefully(name, look)


def _carefully(name: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What is found there; whatever keeps us from looking is a finding itself."""
    try:
        yield from look()
    except UncagedError as error:
        yield Finding(name, "broken", error.message, error.hint)
    except OSError as error:
        where = f" at {error.filename}" if error.filename else ""
        yield Finding(
            name,
            "broken",
            f"cannot be looked at: the system says {error.strerror or error}{where}",
            "Look after the disk, and after who may read what lies there.",
        )
    except Exception as error:
        yield Finding(
            name,
            "broken",
            f"cannot be looked at: {type(error).__name__}: {error}",
            "It may be damaged, or this is a mistake in Uncaged: please report it.",
        )


def _ourselves() -> Iterator[Finding]:
    yield Finding(
        "Uncaged",
        "works",
        f"{__version__}, Python {platform.python_version()} on {platform.platform()}",
    )


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


def _sqlite() -> Iterator[Finding]:
    found = sqlite.sqlite_version()
    if sqlite.has_wal_reset_bug(found):
        yield Finding(
            "SQLite",
            "weak",
            f"{found} can, very rarely, damage an archive that two processes write to",
            "Install `pysqlite3` beside the studio, or a newer SQLite (3.51.3 or later).",
        )
    else:
        yield Finding("SQLite", "works", found)


def _room(settings: Settings) -> Iterator[Finding]:
    place = settings.home
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    state: State = "works" if free > ROOM else "weak"
    yield Finding(
        "room",
        state,
        f"{free / 1e9:.1f} GB free for {settings.home}",
        ""
        if state == "works"
        else "Make room: a film needs about a megabyte, the archive some spare.",
    )


def _studio(settings: Settings) -> Iterator[Finding]:
    """The archive, one subject after the other: what is broken in one keeps nobody from the next."""
    try:
        studio = open_studio(settings=settings, looking=True)
    except HomeMissing as missing:
        yield Finding("archive", "works", f"{missing.message} It is made with the first film.")
        return
    with studio:
        for name, look in (
            ("archive", _archive),
            ("database", _database),
            ("files", _files),
            ("shelf", _shelf),
            ("policy", _policy),
            ("models", _fits),
            ("line", _line),
        ):
            yield from _carefully(name, partial(look, studio))


def _archive(studio: Studio) -> Iterator[Finding]:
    with studio.archive.read() as conn:
        kept = conn.execute(select(func.count(tables.works.c.media))).scalar_one()
        people = conn.execute(select(func.count()).select_from(tables.people)).scalar_one()
    held = f"{_many(kept, 'work')}, {_many(people, 'person')}, schema {tables.SCHEMA}"
    yield Finding("archive", "works", f"{studio.settings.home}: {held}")


def _database(studio: Studio) -> Iterator[Finding]:
    wrong = checking.complaints(studio.archive)
    if wrong:
        listed = "; ".join(wrong[:SOME]) + ("; and more" if len(wrong) > SOME else "")
        yield Finding("database", "broken", f"is damaged: {listed}", sqlite.FROM_A_COPY)
    else:
        yield Finding("database", "works", "whole, every row refers to rows that are there")
    if studio.files.unsure:
        yield Finding(
            "older copy",
            "weak",
            "The database was once put back from an older copy: films that it does not know are kept beside it",
            f"`uncaged import` an export that has them; then remove {studio.files.root / UNSURE}.",
        )


def _files(studio: Studio) -> Iterator[Finding]:
    with studio.archive.read() as conn:
        shas = set(conn.execute(select(tables.files.c.sha256)).scalars())
        shown = conn.execute(select(tables.works.c.id, tables.works.c.media)).all()
    damaged = {sha for sha in shas if not _is_whole(studio, sha)}
    if damaged:
        with studio.archive.read() as conn:
            named = [f"the model {name}" for name in models.made_of(conn, damaged)]
        named = [*(row.id for row in shown if row.media in damaged), *named]
        works = ", ".join(named) or "pictures and words"
        yield Finding(
            "files",
            "broken",
            f"{len(damaged)} of {len(shas)} are missing or changed: {works}",
            "Put them back from a copy; `uncaged import` of an export heals them.",
        )
    else:
        yield Finding("files", "works", f"{len(shas)} kept, each is what its name says")


def _fits(studio: Studio) -> Iterator[Finding]:
    """Which model fits these machines: the memory and the time that a film of it takes."""
    for one in fits.fits(studio):
        film = f"{one.film:g} s at {one.size[0]}x{one.size[1]}"
        said = [] if one.memory is None else [_memory(one.memory, film)]
        if one.took is not None and one.memory is not None:
            said.append(f"the last films took up to {gigabytes(one.took)}")
        if one.takes is not None:
            rough = ", reckoned from much smaller films" if one.rough else ""
            said.append(f"{film} take about {duration(one.takes)} here{rough}")
        elif one.runs:
            said.append(f"how long {film} take is {TOO_LITTLE}")
        elif one.memory is not None and one.memory.can_open:
            said.append("how long a film takes nobody knows before one was made here")
        if said:
            state: State = "works" if one.fits else "weak"
            yield Finding(one.model, state, "; ".join(said), _what_fits(one.memory))


def _what_fits(memory: Memory | None) -> str:
    """What to do where the film by which models are compared does not fit."""
    if memory is None or memory.fits:
        return ""
    return f"What would fit: {', or '.join(memory.instead)}." if memory.instead else TOO_LARGE


def _memory(memory: Memory, film: str) -> str:
    has = "" if memory.has is None else f" of {gigabytes(memory.has)}"
    if not memory.can_open:
        return f"needs about {gigabytes(memory.opens)}{has} to be opened"
    needs = f"{film} need about {gigabytes(memory.needs)}{has}"
    return needs if memory.fits else f"{needs}; it opens in {gigabytes(memory.opens)}"


def _shelf(studio: Studio) -> Iterator[Finding]:
    """Models whose files lie elsewhere: whether they still lie there as they did; no byte of them is read."""
    with studio.archive.read() as conn:
        away = [model for model in models.shelf(conn) if model.elsewhere]
    for model in away:
        try:
            elsewhere.refuse_others(model)
        except UncagedError as error:
            yield Finding(model.name, "weak", error.message, error.hint)
        else:
            yield Finding(
                model.name, "works", f"{_many(len(model.elsewhere), 'file')} used in place"
            )


def _policy(studio: Studio) -> Iterator[Finding]:
    """What stands in the policy's file: whether it can be followed, and what it can hardly mean."""
    if not studio.policy.exists():
        return
    with studio.archive.read() as conn:
        holds = following.look(conn, studio.policy)
    if holds.mistake:
        yield Finding(
            "policy", "weak", holds.mistake, "Until it is mended, the last good policy holds."
        )
        return
    odd = careful(holds.policy, allowing.known(studio))
    for one in odd:
        yield Finding(
            "policy", "weak", one, "`uncaged policy check FILE` says whom it keeps from which."
        )
    if not odd:
        yield Finding("policy", "works", f"{studio.policy.name} is followed ({holds.short_hash})")


def _is_whole(studio: Studio, sha: object) -> bool:
    """Also for a name that is none, in a damaged row."""
    try:
        return studio.files.verify(str(sha))
    except UncagedError:
        return False


def _line(studio: Studio) -> Iterator[Finding]:
    unfinished = tables.runs.c.state.in_(("queued", "in_progress"))
    with studio.archive.read() as conn:
        left = conn.execute(select(func.count()).where(unfinished)).scalar_one()
    if steward_lives(studio):
        yield from _steward(studio)
    elif left:
        yield Finding(
            "line",
            "weak",
            f"{_many(left, 'run')} accepted and not finished, and no steward lives",
            "`uncaged steward` performs them.",
        )


def _steward(studio: Studio) -> Iterator[Finding]:
    silence = Watch(studio.settings.home, studio.clock).silence()
    if silence >= SILENT:
        yield Finding("steward", "broken", f"has given no sign for {silence:.0f} seconds", STILL)


def _words(settings: Settings) -> Iterator[Finding]:
    """Each of the person's own word files: a mistake in one would stop every film."""
    folder = settings.lexicons
    if not folder.exists():
        return
    if not folder.is_dir():
        yield Finding(
            "own words",
            "weak",
            f"{folder} is no folder, so no words of yours are read",
            "Move it away, and put word files (*.toml) in a folder of that name.",
        )
        return
    for path in sorted(path for path in folder.iterdir() if path.name.endswith(".toml")):
        yield from _carefully("own words", partial(_word_file, path))


def _word_file(path: Path) -> Iterator[Finding]:
    words = read_file(path, "Your word file", WORDS)
    for player in engines().values():
        if player.capabilities.lexicons:
            player.check_words(words, path.name)
    yield Finding("own words", "works", path.name)


def _plugins() -> Iterator[Finding]:
    for name, why in broken_plugins().items():
        yield Finding(f"plug-in {name}", "broken", why, "Remove it, or ask whoever wrote it.")


def _models() -> Iterator[Finding]:
    for name, player in engines().items():
        yield from _carefully(name, partial(_if_it_is_here, player))


def _if_it_is_here(player: "Engine") -> Iterator[Finding]:
    """A model without its weights keeps nobody from the others."""
    try:
        yield from _performs(player)
    except WeightsMissing as error:
        yield Finding(player.name, "weak", error.message, error.hint)


def _many(count: int, noun: str) -> str:
    plurals = {"person": "people"}
    return f"{count} {noun if count == 1 else plurals.get(noun, noun + 's')}"


def _performs(player: "Engine") -> Iterator[Finding]:
    """Lets a performer make the smallest film, as a real order would."""
    can = player.capabilities
    side = max(64, can.sides[0] + can.sides[0] % 2)
    with TemporaryDirectory() as folder:
        score = player.score(
            "a test",
            size=can.size_near((side, side)),
            seconds=max(0.5, can.seconds[0]),
            fps=can.rate_near(8.0),
        )
        performer = LocalPerformer()
        try:
            performer.start(Order("r_" + "a" * 12, 0, score, {}, folder, quiet=True))
            while not isinstance(event := performer.hear(30.0), Done | Broke | None):
                pass
        finally:
            performer.end()
    match event:
        case None:
            yield Finding(player.name, "broken", "gave no sign of life for 30 seconds")
        case Broke(reason, hint):
            yield Finding(player.name, "broken", reason, hint)
        case _:
            yield Finding(player.name, "works", f"performs ({player.card.summary})")
