"""Encoding behind: one thread draws while another takes what is drawn, a few frames apart. Knows neither.

Whoever draws never waits in here: it asks whether there is room, and does something else where there is none.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

FRAMES = 8
"""How many finished items may wait to be taken."""

T = TypeVar("T")
R = TypeVar("R")


class GivenUp(Exception):
    """What is raised where items are taken once nobody wants what comes of them."""


class Behind(Generic[T, R]):
    """Items on their way to `take`, which works in a thread of its own. stir: called when something has changed."""

    def __init__(self, take: Callable[[Iterator[T]], R], stir: Callable[[], None]) -> None:
        self._take, self._stir = take, stir
        self._items: deque[T] = deque()
        self._changed = threading.Condition()
        self._ended = self._given_up = self._over = False
        self._result: list[R] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def has_room(self) -> bool:
        """Whether one more item can be put; true as well where taking has ended, so that `put` says how."""
        with self._changed:
            return self._over or len(self._items) < FRAMES

    @property
    def over(self) -> bool:
        """Whether there is a result, or an error in its place."""
        with self._changed:
            return self._over

    def put(self, item: T) -> None:
        """Hands over one more item. Raises what `take` raised."""
        with self._changed:
            self._raise()
            self._items.append(item)
            self._changed.notify_all()

    def end(self) -> None:
        """No more items will come."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def result(self) -> R:
        """What `take` returned, once it is `over`. Raises what it raised."""
        self._thread.join()
        self._raise()
        return self._result[0]

    def give_up(self) -> None:
        """Nobody wants it any more: `take` gets no more items, and its thread has ended afterwards."""
        with self._changed:
            self._given_up = True
            self._items.clear()
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        error: BaseException | None = None
        try:
            self._result.append(self._take(self._coming()))
        except BaseException as raised:  # whatever it is, it belongs to whoever draws
            error = raised
        with self._changed:
            self._over, self._error = True, error
            self._items.clear()
        self._stir()

    def _coming(self) -> Iterator[T]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._items or self._ended or self._given_up)
                if self._given_up:
                    raise GivenUp
                if not self._items:
                    return
                item = self._items.popleft()
            self._stir()
            yield item

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error
