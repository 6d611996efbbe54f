"""The models that a performer has open: each opened once, then warm; some go where another needs their room."""

import time
from collections.abc import Callable, Collection
from pathlib import Path

from uncaged.core.order import Event, Opened, Order
from uncaged.engines.base import Engine, Performance
from uncaged.engines.registry import engine
from uncaged.engines.shelved import shelved
from uncaged.performer import memory

Named = tuple[str, str]
"""A model's name and the SHA-256 of its files, empty where it has none of its own."""


class OpenModels:
    """Opened models by name and hash."""

    def __init__(self) -> None:
        self._open: dict[Named, Performance] = {}

    def performance(
        self, order: Order, tell: Callable[[Event], None], needed: Collection[Named | None]
    ) -> Performance:
        """The opened model of an order. needed: those that somebody performs with now, which stay open in any case.

        Where there is no room for it, all others that nobody performs with are let go, and it is opened again.
        """
        wanted = named(order)
        if wanted not in self._open:
            began = time.monotonic()
            closed: list[str] = []
            try:
                opened = _open(order)
            except Exception as error:
                if not memory.ran_out(error) or not (closed := self._let_go(needed)):
                    raise
                opened = None
            if opened is None:  # out of the error's hands, which hold what was half open
                memory.give_back()
                opened = _open(order)
            self._open[wanted] = opened
            seconds = time.monotonic() - began
            tell(Opened(order.score.model.name, seconds, tuple(closed)))
        return self._open[wanted]

    def _let_go(self, needed: Collection[Named | None]) -> list[str]:
        idle = [one for one in self._open if one not in needed]
        for one in idle:
            del self._open[one]
        return [name for name, _hash in idle]


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
    return player(order).open({sha: Path(path) for sha, path in order.model.items()})
