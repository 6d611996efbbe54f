"""The film that a score names, as frames: what a work is drawn anew from, or goes on with.

Knows no network; a film that was kept here is read as it lies.
"""

import math
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import chain, islice, repeat
from pathlib import Path

from uncaged.core.errors import FileDamaged
from uncaged.core.media import film_facts, read_film
from uncaged.core.order import Event, Frame, Order, Pixels, Sound
from uncaged.core.sounds import lasting, read_sound
from uncaged.core.words import _
from uncaged.engines.within import covering


def frames(order: Order, count: int) -> Iterator[Pixels]:
    """`count` frames of the film that a score names, (height, width, 3) of the score's size.

    They are those of its own moments, where its frames a second are others; a film that is shorter stands still at its
    end. Raises `FileDamaged` where it cannot be read.
    """
    score = order.score
    path = Path(order.files[score.film or ""])
    try:
        pace = film_facts(path).fps / score.fps
        found = (_fitting(one, score.size) for one in _paced(read_film(path), pace))
        first = next(found)
    except (OSError, ValueError, StopIteration) as error:
        raise FileDamaged(
            _("The film that it was to be made of cannot be read."),
            _("Check the studio: uncaged doctor"),
        ) from error
    last = first
    for last in islice(chain([first], found), count):
        count -= 1
        yield last
    yield from repeat(last, count)


def _paced(film: Iterator[Pixels], pace: float) -> Iterator[Pixels]:
    """Each frame as often as a film has it that takes one of every `pace`."""
    shown = 0
    for number, one in enumerate(film):
        while math.floor(shown * pace + 1e-6) == number:
            shown += 1
            yield one


def _fitting(frame: Pixels, size: tuple[int, int]) -> Pixels:
    return frame if frame.shape[:2] == size[::-1] else covering(frame, size)


def sound(order: Order, seconds: float, like: tuple[int, int]) -> Sound:
    """So many seconds of the sound of the film that a score names; silence after it, and where there is none. like:
    channels and samples a second."""
    return lasting(_sound(order, seconds, like), seconds, like)


def _sound(order: Order, seconds: float, like: tuple[int, int] | None) -> Sound | None:
    with suppress(OSError, ValueError):  # whoever reads the frames says so
        return read_sound(Path(order.files[order.score.film or ""]), seconds, like)
    return None


def gone_on(
    order: Order, past: int, like: tuple[int, int] | None = None
) -> Generator[Event, None, list[Pixels]]:
    """Gives the sound and every frame of the film that a score goes on with; returns the last frames, `past` at most.

    like: channels and samples a second of the sound that comes after it; it then lasts as long as these frames, and is
    silence where there is none. Raises `FileDamaged`.
    """
    score = order.score
    seconds = score.frames_before / score.fps
    found = _sound(order, seconds, None) if like is None else sound(order, seconds, like)
    if found is not None:
        yield found
    end: deque[Pixels] = deque(maxlen=past)
    for one in frames(order, score.frames_before):
        end.append(one)
        yield Frame(one)
    return list(end)
