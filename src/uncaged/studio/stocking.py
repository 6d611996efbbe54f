"""Drawing the stock: the day's twelve and the children of each, one drawing after the other, while nobody waits.

Runs in a process of its own, never in the web's: it performs. Whatever it is in the middle of may be killed: what lies
under a final name is whole. The archive is only looked at.
"""

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from PIL import Image

from uncaged.archive import watching
from uncaged.core import media
from uncaged.core.genome import Genome
from uncaged.core.machine import give_way
from uncaged.core.score import Score, Shot
from uncaged.engines.registry import engine
from uncaged.instruments.vary import variations
from uncaged.studio.growing import FPS, SECONDS, SIDE
from uncaged.studio.stock import Form, Stock
from uncaged.studio.studio import Studio
from uncaged.studio.twelve import RATE, SETS, TWELVE, set_of, sown

MODEL: Final = "ink"
QUALITY: Final = 82
"""How faithful the stills are."""

SMALL: Final = media.Codec(
    ".mp4", "video/mp4", "libx264", "yuv420p", {"crf": "27", "preset": "medium"}, threads=1
)
"""How the films under the pointer are written: small before faithful."""

FORMS: Final[tuple[Form, ...]] = ("jpg", "mp4")
"""In which order."""

KEPT_DAYS: Final = 3
"""Sets of so many days are kept: of today, tomorrow's when today's are there, and those before."""

ROOM: Final = 500_000_000
"""Bytes that stay free on the disk: films that people ask for need them more."""

PAUSE: Final = 1.0
"""Seconds between two looks whether anybody waits."""


def wanted(now: datetime) -> tuple[str, ...]:
    """The sets that should be there, the most wanted first: today's, the first of tomorrow, then others of today."""
    day, next_day = now.date().isoformat(), (now + timedelta(days=1)).date().isoformat()
    others = [set_of(day, n) for n in range(1, SETS)]
    return (set_of(day), *others, set_of(next_day))


def work(studio: Studio, stop: threading.Event, bytes_at_most: int, only: int | None = None) -> int:
    """Draws what is missing until everything is there, there is no room, or `stop`; returns how many were drawn.

    only: so many drawings at the most. Returns at once where another process draws already.
    """
    stock = Stock(studio.settings.stock)
    give_way()  # whoever waits goes first, also on the processor
    (stock.folder / "sets").mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(stock.folder / "lock", timeout=0):
            return _work(studio, stock, stop, bytes_at_most, only)
    except Timeout:
        return 0


def _work(studio: Studio, stock: Stock, stop: threading.Event, most: int, only: int | None) -> int:
    names = wanted(datetime.fromtimestamp(studio.clock.now() / 1e6, UTC))
    tidy(stock, names, most)
    drawn = 0
    for name in names:
        for score, form in missing(stock, name):
            if not _nobody_waits(studio, stop) or (only is not None and drawn >= only):
                return drawn
            if size(stock) >= most or shutil.disk_usage(stock.folder).free < ROOM:
                return drawn
            DRAW[form](stock, score)
            drawn += 1
    return drawn


def missing(stock: Stock, name: str) -> Iterator[tuple[Score, Form]]:
    """What of a set is not drawn yet: stills of the twelve and of their children, and then their small films.

    Its list is written before.
    """
    found = stock.find(name)
    if found is None:
        plan(stock, name)
        found = stock.find(name)
        assert found is not None
    first = [one.first.name for one in found.kin]
    children = [child.name for one in found.kin for child in one.children]
    for form, names in product(FORMS, (first, children)):
        for drawn in names:
            if not stock.path(drawn, form).exists():
                score = stock.score_named(drawn)
                if (
                    score is None
                ):  # somebody deleted it: the set is written anew, what is drawn stays
                    stock.list_of(name).unlink(missing_ok=True)
                    yield from missing(stock, name)
                    return
                yield score, form


def plan(stock: Stock, name: str) -> None:
    """Writes the scores of a set, and then its list."""
    from uncaged.engines.ink.described import described
    from uncaged.engines.ink.genome import scene

    player = engine(MODEL)
    rows: list[list[dict[str, str]]] = []
    for one in sown(name):
        first = player.score(
            one.text, seed=one.seed, size=(SIDE, SIDE), seconds=SECONDS, fps=FPS, loop=True
        )
        here = player.genome(first)
        row = [_written(stock, first, one.text, here)]
        for child in variations(player, here, RATE, one.lot, TWELVE):
            placed = first.evolve(shots=(Shot("", SECONDS),), position=child.to_json())
            row.append(_written(stock, placed, described(scene(child)), None))
        rows.append(row)
    data = json.dumps({"schema": 1, "rate": RATE, "twelve": rows}, ensure_ascii=False)
    _write(stock.list_of(name), data.encode())


def _written(stock: Stock, score: Score, alt: str, here: Genome | None) -> dict[str, str]:
    """One drawing's score under its hash; one of the twelve keeps its words, which its position beats."""
    if here is not None:
        score = score.evolve(position=here.to_json())
    _write(stock.path(score.hash, "json"), score.canonical())
    return {"hash": score.hash, "alt": alt}


def draw_still(stock: Stock, score: Score) -> None:
    """Draws one frame of it, by which it is there: not the first, in which what grows is not there yet."""
    still = BytesIO()
    frames = engine(MODEL).perform(score)
    frame = next(islice(frames, score.frame_count // 3, None))
    Image.fromarray(frame).save(still, format="JPEG", quality=QUALITY, optimize=True)
    _write(stock.path(score.hash, "jpg"), still.getvalue())


def draw_film(stock: Stock, score: Score) -> None:
    """Draws the small film that plays under the pointer."""
    film = stock.path(score.hash, "mp4")
    part = film.with_name(film.name + ".part")
    try:
        media.write_film(engine(MODEL).perform(score), part, score.fps, SMALL)
        part.replace(film)
    finally:
        part.unlink(missing_ok=True)


DRAW: Mapping[Form, Callable[[Stock, Score], None]] = {"jpg": draw_still, "mp4": draw_film}


def tidy(stock: Stock, names: tuple[str, ...], most: int) -> None:
    """Takes away what was left half-written, sets of long ago, and the oldest ones where it is too much."""
    for left in stock.folder.rglob("*.part"):
        left.unlink(missing_ok=True)
    there = stock.names()
    days = sorted({name[:10] for name in (*there, *names)}, reverse=True)[:KEPT_DAYS]
    kept = [name for name in there if name[:10] in days or name in names]
    for name in set(there) - set(kept):
        stock.list_of(name).unlink(missing_ok=True)
    _forget_unnamed(stock, kept)
    while size(stock) > most and (old := [name for name in kept if name not in names]):
        kept.remove(old[-1])
        stock.list_of(old[-1]).unlink(missing_ok=True)
        _forget_unnamed(stock, kept)


def _forget_unnamed(stock: Stock, kept: list[str]) -> None:
    """Deletes every drawing that no set names."""
    found = [stock.find(name) for name in kept]
    named = {
        drawn.name
        for one in found
        if one is not None
        for kin in one.kin
        for drawn in (kin.first, *kin.children)
    }
    for path in stock.folder.iterdir():
        if path.suffix in (".jpg", ".mp4", ".json") and path.stem not in named:
            path.unlink(missing_ok=True)


def size(stock: Stock) -> int:
    """Bytes of everything that lies there."""
    total = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(stock.folder):
            with contextlib.suppress(OSError):
                total += entry.stat().st_size
    return total


def _nobody_waits(studio: Studio, stop: threading.Event) -> bool:
    """Waits until nobody stands in line and nothing is performed; False where it is time to end."""
    while not stop.is_set():
        with studio.archive.read() as conn:
            if not watching.lanes_with_work(conn):
                return True
        stop.wait(PAUSE)
    return False


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
