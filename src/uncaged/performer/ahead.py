"""Drawing ahead: one thread draws while the other encodes, a few frames apart. Knows neither drawing nor encoding."""

import threading
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")

FRAMES = 8
"""How many finished items may wait to be taken."""


class _End:
    """What ends the queue: `error`, where drawing ended with one."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, in the same order, computed in a thread of their own.

    An error of theirs is raised here, after the items before it. Closing this iterator ends the thread.
    """
    queue: Queue[T | _End] = Queue(FRAMES)
    stop = threading.Event()
    thread = threading.Thread(target=_fill, args=(items, queue, stop), daemon=True)
    thread.start()
    try:
        while not isinstance(item := queue.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        while thread.is_alive():  # it may wait for room in the queue
            try:
                queue.get(timeout=0.02)
            except Empty:
                continue
        thread.join()


def _fill(items: Iterator[T], queue: "Queue[T | _End]", stop: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            if not _put(queue, item, stop):
                return
    except BaseException as raised:  # whatever it is, it belongs to whoever takes the items
        error = raised
    _put(queue, _End(error), stop)


def _put(queue: "Queue[T | _End]", item: T | _End, stop: threading.Event) -> bool:
    while not stop.is_set():
        try:
            queue.put(item, timeout=0.1)
        except Full:
            continue
        return True
    return False
