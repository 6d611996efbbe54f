"""Drawing ahead changes when things happen, and nothing else."""

import threading
import time
from collections.abc import Iterator

import pytest

from uncaged.performer.ahead import FRAMES, ahead


def test_the_same_items_in_the_same_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))
    assert list(ahead(iter([]))) == []


def test_an_error_comes_after_what_was_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise KeyError("three")

    taking = ahead(items())
    assert (next(taking), next(taking)) == (1, 2)
    with pytest.raises(KeyError, match="three"):
        next(taking)


def test_it_never_runs_far_ahead() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for i in range(100):
            drawn.append(i)
            yield i

    taking = ahead(items())
    next(taking)
    time.sleep(0.1)
    assert len(drawn) <= FRAMES + 3
    taking.close()


def test_closing_ends_the_thread_and_the_drawing() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    before = threading.active_count()
    taking = ahead(items())
    next(taking)
    taking.close()
    assert threading.active_count() == before
    del taking
    assert closed.wait(5)
