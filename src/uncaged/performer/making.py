"""From an engine's events to a media file, an event at a time: frames are encoded behind, the rest is told at once.

The one place where frames become a file. Also takes frames from a kept film, where a work cannot be performed again.
"""

import errno
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias, TypeVar

from uncaged.core.errors import DiskFull, RunFailed
from uncaged.core.marks import in_svg, mark_of, together
from uncaged.core.media import (
    CODECS,
    Beside,
    film_facts,
    is_picture,
    read_film,
    small_png,
    write_film,
    write_frames,
    write_gif,
    write_picture,
    write_strip,
)
from uncaged.core.order import (
    FORMS,
    Event,
    Frame,
    Marked,
    Media,
    Order,
    Pixels,
    Preview,
    Progress,
    Rest,
    Sound,
)
from uncaged.core.sounds import read_sound
from uncaged.engines.base import Performance
from uncaged.performer.behind import Behind

Tell = Callable[[Event], None]
"""Hands an event on; whatever it raises ends the performance."""

STEPPED, WAITS = True, False
"""What a step says: that it was one, or that nothing could be done before something else is finished."""

R = TypeVar("R")
Steps: TypeAlias = Generator[bool, None, R]
"""A performance, step by step; between two of them whoever drives it may do something else, or close it."""

PREVIEW_SECONDS = 0.4
"""Time between two previews, at least."""

MIMES = {name: codec.mime for name, codec in CODECS.items()} | {
    "gif": "image/gif",
    "png": "image/png",
    "strip": "image/png",
    "svg": "image/svg+xml",
    "frames": "image/png",
}


def make_media(
    performance: Performance | None,
    order: Order,
    tell: Tell,
    stir: Callable[[], None],
    mark: str = "",
) -> Steps[Media]:
    """Performs (or reads the kept film), tells every event but the frames, and writes the wanted form to scratch.

    performance: None where the kept film is enough. stir: called from another thread when a step can be taken again.
    mark: what the file says of itself, see `Engine.mark`; what the films and pictures say that it is made of, and what
    whoever made it elsewhere has marked it with, it says too.
    Closing it ends the performance, and what was written of it is nobody's. Raises `DiskFull`, `RunFailed`, and
    whatever the performance raises.
    """
    path = Path(order.scratch) / f"media{FORMS[order.form]}"
    try:
        if order.form == "svg":
            at = order.score.seconds / 2 if order.at is None else order.at
            assert performance is not None
            said = together(mark, *_said_before(order))
            path.write_text(in_svg(performance.strokes(order, at), said), encoding="utf-8")
            frames = 1
        else:
            events = _events(performance, order)
            marks = [mark, *_said_before(order)]

            def note(event: Event) -> None:
                if isinstance(event, Marked):
                    marks.append(event.text)
                else:
                    tell(event)

            frames = yield from _film(
                events, order, partial(_write, order, path, marks), note, stir
            )
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                "There is no room left on the disk; nothing was kept.", "Make room, then ask again."
            ) from None
        raise
    if frames == 0:
        raise RunFailed(f"{order.score.model.name} gave no frame.")
    width, height = order.score.size
    return Media(str(path), MIMES[order.form], width, height, float(order.score.fps), frames)


def _events(performance: Performance | None, order: Order) -> Iterator[Event]:
    if order.kept or performance is None:
        return _kept_film(order)
    return performance.perform(order)


def _said_before(order: Order) -> Iterator[str]:
    """The marks of the films and pictures that this one is made of; masks show nothing."""
    score = order.score
    lent = [one.sha256 for one in score.pictures if not one.mask]
    made_of = (order.kept, *(order.files.get(sha) for sha in (score.film or "", *lent)))
    return (mark_of(Path(path)) for path in made_of if path)


def _film(
    events: Iterator[Event],
    order: Order,
    write: Callable[[Iterator["Pixels | Sound"]], int],
    tell: Tell,
    stir: Callable[[], None],
) -> Steps[int]:
    """One event at a time: frames are encoded behind, every other event is told as it passes, and now and then a
    small picture of how it looks. Returns how many frames went in."""
    encoder = Behind["Pixels | Sound", int](write, stir)
    previewed = 0.0
    try:
        for event in events:
            if isinstance(event, Sound):
                while not encoder.has_room:
                    yield WAITS
                encoder.put(event)
            elif isinstance(event, Frame):
                now = time.monotonic()
                if not order.quiet and now - previewed >= PREVIEW_SECONDS:
                    previewed = now
                    tell(Preview(small_png(event.pixels)))
                while not encoder.has_room:
                    yield WAITS
                encoder.put(event.pixels)
            else:
                tell(event)
            yield WAITS if isinstance(event, Rest) else STEPPED
        encoder.end()
        while not encoder.over:
            yield WAITS
        return encoder.result()
    finally:
        encoder.give_up()
        if isinstance(events, Generator):
            events.close()


def _write(order: Order, path: Path, marks: list[str], made: Iterator["Pixels | Sound"]) -> int:
    """Writes the form the order wants; returns how many frames went in. marks: all of them are known once the first of
    `made` comes: frames, and where there is a sound, its first part before them."""
    sound: list[Sound] = []
    first = next(made, None)
    if isinstance(first, Sound):
        sound.append(first)
    elif first is not None:
        made = chain([first], made)
    frames, beside = _silent(made, sound), Beside(sound, together(*marks))
    match order.form:
        case "frames":
            path.mkdir()
            return write_frames(frames, path, beside)
        case "png":
            return write_picture(frames, path, _number(order), beside)
        case "gif":
            return write_gif(frames, path, order.score.fps, beside)
        case "strip":
            return write_strip(frames, path, order.score.frame_count, beside)
        case form:
            return write_film(frames, path, order.score.fps, form, beside)


def _silent(made: Iterator["Pixels | Sound"], sound: list[Sound]) -> Iterator[Pixels]:
    """The frames alone; parts of the sound come into the list."""
    for one in made:
        if isinstance(one, Sound):
            sound.append(one)
        else:
            yield one


def _number(order: Order) -> int:
    """Which frame a picture of the work is."""
    score = order.score
    return int(score.frame_count / 2 if order.at is None else order.at * score.fps)


def _kept_film(order: Order) -> Iterator[Event]:
    """The sound and the frames of the kept film, as if it were performed."""
    total = order.score.frame_count
    path = Path(order.kept or "")
    if order.form in CODECS and not is_picture(path):
        sound = read_sound(path, film_facts(path).seconds)
        if sound is not None:
            yield sound
    for i, pixels in enumerate(read_film(path), 1):
        yield Frame(pixels)
        yield Progress(min(i, total), total, "reading the kept film")
