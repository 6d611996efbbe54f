"""A performer that needs no process of its own, where what matters is what comes of a performance."""

import threading
from collections import deque
from pathlib import Path
from typing import Any

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.order import Broke, Done, Event, Order
from uncaged.engines.base import Performance
from uncaged.engines.registry import engine
from uncaged.engines.shelved import shelved
from uncaged.performer.making import WAITS, make_media


class InProcess:
    """A performer in this process: what it was told to perform, it has performed when it is heard."""

    greeted, alive, company, heard = True, True, 0, 0

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self._opened: dict[str, Performance] = {}

    @property
    def busy(self) -> bool:
        return bool(self._events)

    def start(self, order: Any) -> None:
        assert isinstance(order, Order)
        model = order.score.model
        player = engine(order.engine or model.name)
        if model.name not in self._opened:
            if order.engine:
                player = shelved(player, model.name, model.hash or "", {}, Path(order.folder))
            self._opened[model.name] = player.open({})
        tell = self._events.append
        stirred = threading.Event()
        steps = make_media(self._opened[model.name], order, tell, stirred.set, player.mark)
        try:
            while True:
                stirred.clear()
                if next(steps) is WAITS:
                    stirred.wait(10)
        except StopIteration as end:
            tell(end.value)
            tell(Done({"engine": "here"}))
        except UncagedError as error:
            tell(Broke(error.message, error.hint, isinstance(error, AskedWrong)))

    def hear(self, seconds: float) -> Event | None:
        return self._events.popleft() if self._events else None

    def cancel(self) -> None: ...

    def give_up(self) -> None: ...

    def beside(self) -> "InProcess":
        return self

    def kill(self) -> None: ...

    def end(self) -> None: ...
