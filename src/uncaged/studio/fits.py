"""Which model for me, on these machines: the memory that each takes to be opened, and how long a film of it takes here.

Memory is reckoned, by one rule for all open models; time is that of the films that were made here, and of no others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from uncaged.core.errors import UncagedError
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines import fitting
from uncaged.engines.base import Engine
from uncaged.engines.open_model import OpenModel
from uncaged.queue import estimate
from uncaged.queue.estimate import Past
from uncaged.studio.shelf import players

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

SECONDS: Final = 6.0
SIZE: Final = (512, 512)
"""The film by which models are compared, or the nearest that one makes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A model on these machines. opens, has: bytes that it takes to be opened, and that there are; None where nobody
    knows, or where it is next to nothing. takes: seconds of machine for a film of `film` seconds and this size; None
    where none was made yet. runs: from how many that was reckoned."""

    model: str
    opens: int | None
    has: int | None
    takes: float | None
    runs: int
    film: float
    size: tuple[int, int]

    @property
    def fits(self) -> bool:
        """Whether it can be opened here, as far as one knows."""
        return self.opens is None or self.has is None or self.opens <= self.has


def fit(player: Engine, past: Past) -> Fit:
    """One model. past: what its films took here."""
    film = yardstick(player)
    memory = opens(player)
    takes = estimate.expected(past, film) if past.runs else None
    has = None if memory is None else fitting.place().bytes
    return Fit(player.name, memory, has, takes, len(past.runs), film.seconds, film.size)


def opens(player: Engine) -> int | None:
    """Bytes that a model takes to be opened, reckoned; None where nobody knows, or where it is next to nothing."""
    if not isinstance(player, OpenModel) or player.folder is None:
        return None
    try:
        return fitting.opening(fitting.numbers(player.folder), fitting.place())
    except (UncagedError, OSError):  # what is wrong with its files is said where they are needed
        return None


def fits(studio: "Studio") -> Iterator[Fit]:
    """Every model that is here."""
    for name, player in players(studio).items():
        with studio.archive.read() as conn:
            past = estimate.past(conn, name)
        yield fit(player, past)


def yardstick(player: Engine) -> Score:
    """The film by which this model is compared."""
    can = player.capabilities
    return Score(
        (Shot("", min(max(SECONDS, can.seconds[0]), can.seconds[1])),),
        ModelRef(player.name, player.hash),
        can.size_near(SIZE),
        float(player.defaults["fps"]),
        1,
        player.check({}),
    )
