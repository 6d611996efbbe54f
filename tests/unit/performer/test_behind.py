"""Encoding behind changes when things happen, and nothing else."""

import threading
from collections.abc import Iterator

import pytest

from uncaged.performer.behind import FRAMES, Behind


def handed(
    behind: Behind[int, list[int]], stir: threading.Event, items: Iterator[int]
) -> list[int]:
    """All of these, by somebody who never waits within."""
    for item in items:
        while not behind.has_room:
            stir.clear()
            if not behind.has_room:
                assert stir.wait(5)
        behind.put(item)
    behind.end()
    return behind.result()


def test_the_same_items_in_the_same_order() -> None:
    for many in (0, 1, 100):
        stir = threading.Event()
        behind = Behind[int, list[int]](list, stir.set)
        assert handed(behind, stir, iter(range(many))) == list(range(many))
        assert behind.over and stir.is_set()


def test_no_more_than_a_few_wait() -> None:
    held, taken = threading.Event(), list[int]()

    def take(items: Iterator[int]) -> int:
        for item in items:
            taken.append(item)
            assert held.wait(5)
        return len(taken)

    behind = Behind[int, int](take, lambda: None)
    many = 0
    while behind.has_room and many < 100:
        behind.put(many)
        many += 1
    assert many <= FRAMES + 1
    held.set()
    behind.end()
    assert behind.result() == many


def test_what_goes_wrong_is_raised_where_items_are_put() -> None:
    stir = threading.Event()

    def take(items: Iterator[int]) -> int:
        next(items)
        raise KeyError("the disk")

    behind = Behind[int, int](take, stir.set)
    behind.put(1)
    while not behind.over:
        assert stir.wait(5)
        stir.clear()
    assert behind.has_room
    with pytest.raises(KeyError, match="the disk"):
        behind.put(2)
    with pytest.raises(KeyError, match="the disk"):
        behind.result()


def test_giving_up_ends_the_thread_and_whatever_it_writes() -> None:
    ended, before = threading.Event(), threading.active_count()

    def take(items: Iterator[int]) -> int:
        try:
            return sum(items)
        finally:
            ended.set()

    behind = Behind[int, int](take, lambda: None)
    behind.put(1)
    behind.give_up()
    assert ended.is_set() and threading.active_count() == before
    behind.give_up()
