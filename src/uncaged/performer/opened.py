"""The models that a performer has open: each opened once, then warm; some go where another needs their room."""

import time
from collections.abc import Callable, Collection
from pathlib import Path

from uncaged.core.order import Event, Opened, Order, Progress, opening
from uncaged.engines.base import Engine, Performance, Precise
from uncaged.engines.open_model import PRECISION
from uncaged.engines.registry import engine
from uncaged.engines.shelved import shelved
from uncaged.performer import memory

Named = tuple[str, str]
"""A model's name and the SHA-256 of its files, empty where it has none of its own."""

Key = tuple[str, str, str, bool]
"""The same, with which numbers it computes (empty where it knows one kind only), and whether that was asked for."""


class OpenModels:
    """Opened models by name, hash and numbers."""

    def __init__(self) -> None:
        self._open: dict[Key, Performance] = {}

    def performance(
        self, order: Order, tell: Callable[[Event], None], needed: Collection[Named | None]
    ) -> Performance:
        """The opened model of an order. needed: those that somebody performs with now, which stay open in any case.

        Where there is no room for it, all others that nobody performs with are let go, and it is opened again.
        """
        found = self._found(order)
        if found is not None:
            return found
        if order.folder:  # what lies in files takes a while
            tell(Progress(0, 0, opening(order.score.model.name)))
        began = time.monotonic()
        closed: list[str] = []
        try:
            opened = _open(order)
        except Exception as error:
            if not memory.ran_out(error) or not (closed := self.let_go(needed)):
                raise
            opened = None
        if opened is None:  # out of the error's hands, which hold what was half open
            memory.give_back()
            opened = _open(order)
        precise = isinstance(opened, Precise)
        numbers = opened.precision if precise else ""
        self._open[(*named(order), numbers, bool(precision(order)))] = opened
        seconds = time.monotonic() - began
        name, measured = order.score.model.name, precise and opened.measured
        gone = tuple(one for one in closed if one not in {held[0] for held in self._open})
        tell(Opened(name, seconds, gone, numbers if measured else ""))
        return opened

    def _found(self, order: Order) -> Performance | None:
        """What is open already, and computes with the numbers that are wanted; where none are, with those that nobody
        asked for: a film must not depend on who was here before."""
        wanted, numbers = named(order), precision(order)
        for (name, sha, own, asked), opened in self._open.items():
            fits = own in ("", numbers) if numbers else own == "" or not asked
            if (name, sha) == wanted and fits:
                return opened
        return None

    def holds_alone(self, model: Named | None) -> bool:
        """Whether no other weights are open than those of this model, once: what this process holds is its. Models
        without files of their own are next to nothing. model: None, nobody's."""
        weights = [one[:2] for one in self._open if one[1]]
        return model is not None and (weights == [model] or not weights)

    def let_go(self, needed: Collection[Named | None]) -> list[str]:
        """Closes all that are not needed, and returns their names."""
        idle = [one for one in self._open if one[:2] not in needed]
        for one in idle:
            del self._open[one]
        return [one[0] for one in idle]


def precision(order: Order) -> str:
    """With which numbers an order's model is to compute: as its score says, else as was found to be faster, if it was;
    empty where whoever opens it finds out."""
    return str(order.score.options.get(PRECISION, "")) or order.precision


def named(order: Order) -> Named:
    """Which model an order is for."""
    return order.score.model.name, order.score.model.hash or ""


def player(order: Order) -> Engine:
    """The engine of the order's model; of one of the studio's own, its family's under its name."""
    model = order.score.model
    if not order.engine:
        return engine(model.name)
    folder = Path(order.folder) if order.folder else None
    return shelved(engine(order.engine), model.name, model.hash or "", {}, folder)


def _open(order: Order) -> Performance:
    one = player(order)
    one.compute_with(precision(order), order.compiled)
    return one.open({sha: Path(path) for sha, path in order.model.items()})
