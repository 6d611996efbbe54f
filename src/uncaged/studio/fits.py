"""Which model for me, on these machines: the memory that a film of each takes, and how long it takes here.

Memory is reckoned, by one rule for all open models, as at the door; beside it stands what films took that were made
here. Time is that of those films, and of no others.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from uncaged.core.errors import UncagedError
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.base import Capabilities, Engine
from uncaged.engines.open_model import OpenModel
from uncaged.queue import estimate
from uncaged.queue.estimate import Past
from uncaged.studio.shelf import players

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

SECONDS: Final = 6.0
SIZE: Final = (512, 512)
"""The film by which models are compared, or the nearest that one makes."""

TOO_LITTLE: Final = "too little known to say: only much smaller films were made here"
"""Instead of a time, on the command line and by the doctor; the pages say the same in the reader's language."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of memory that a model takes, reckoned. opens: to be opened. needs: for the film by which models are
    compared, opening among it. has: that there are; None where nobody knows. instead: where that film does not fit,
    what of it would; nothing where no film does."""

    opens: int
    needs: int
    has: int | None
    instead: tuple[str, ...] = ()

    @property
    def can_open(self) -> bool:
        """Whether it can be opened here, as far as one knows."""
        return self.has is None or self.opens <= self.has

    @property
    def fits(self) -> bool:
        """Whether the film can be made here, as far as one knows."""
        return self.has is None or self.needs <= self.has


@dataclass(frozen=True, slots=True)
class Fit:
    """A model on these machines. memory: None where nobody knows, or where it is next to nothing. takes: seconds of
    machine for a film of `film` seconds and this size; None where none was made yet, or where what was made is so
    much smaller that it says too little. rough: whether only much smaller films were made. runs: from how many that
    was reckoned. took: bytes of memory that the largest of the last of these took; None where none was measured."""

    model: str
    memory: Memory | None
    takes: float | None
    runs: int
    film: float
    size: tuple[int, int]
    took: int | None = None
    rough: bool = False

    @property
    def fits(self) -> bool:
        """Whether that film can be made here, as far as one knows."""
        return self.memory is None or self.memory.fits


def fit(player: Engine, past: Past, film: Score | None = None) -> Fit:
    """One model. past: what its films took here. film: another than that by which models are compared."""
    film = film or yardstick(player)
    runs, rough = len(past.runs), estimate.is_far(past, film)
    known = estimate.roughly if rough else estimate.expected
    takes = known(past, film) if runs else None
    return Fit(
        player.name, memory(player, film), takes, runs, film.seconds, film.size, past.bytes, rough
    )


def memory(player: Engine, film: Score) -> Memory | None:
    """The memory that a model takes for a film; None where nobody knows, or where it is next to nothing."""
    if not isinstance(player, OpenModel):
        return None
    try:
        weighed = player.weighed(film)
    except (UncagedError, OSError):  # what is wrong with its files is said where they are needed
        return None
    if weighed is None:
        return None
    where = weighed.where
    opens, needs = weighed.base(where), weighed.needs(where)
    fit = where.bytes is None or needs <= where.bytes
    return Memory(opens, needs, where.bytes, () if fit else weighed.instead(where))


def opens(player: Engine) -> int | None:
    """Bytes that a model takes to be opened, reckoned; None where nobody knows, or where it is next to nothing."""
    found = memory(player, yardstick(player))
    return None if found is None else found.opens


def fits(studio: "Studio") -> Iterator[Fit]:
    """Every model that is here."""
    for name, player in players(studio).items():
        with studio.archive.read() as conn:
            past = estimate.past(conn, name)
        yield fit(player, past)


def yardstick(player: Engine) -> Score:
    """The film by which this model is compared: one that it makes."""
    can, fps = player.capabilities, float(player.defaults["fps"])
    longest = min(can.seconds[1], can.frames / fps)
    return Score(
        (Shot("", min(max(SECONDS, can.seconds[0]), longest)),),
        ModelRef(player.name, player.hash),
        _size(can),
        fps,
        1,
        player.check({}),
    )


def _size(can: Capabilities) -> tuple[int, int]:
    """The nearest to `SIZE` that a model makes."""
    if can.sizes:
        return can.size_near(SIZE)
    (low, high), grain = can.sides, math.lcm(can.multiple, 2)
    least, most = -(-low // grain) * grain, high // grain * grain
    wide, tall = (max(least, min(round(side / grain) * grain, most)) for side in SIZE)
    return wide, tall
