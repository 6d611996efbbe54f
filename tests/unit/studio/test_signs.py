"""Signs of life, as whoever looks sees them: by their own clock, whatever any other clock says."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from uncaged.studio.signs import BEAT, SILENT, STILL, Moving, Pulse, Watch


class Elsewhere:
    """A clock on which something may happen while one waits."""

    def __init__(self, clock: Any, happens: Any) -> None:
        self._clock, self._happens = clock, happens

    def now(self) -> int:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)
        self._happens()


def sign(home: Path, at: int) -> None:
    path = home / "steward.alive"
    path.touch()
    os.utime(path, (at, at))


def test_silence_is_counted_by_whoever_looks(tmp_path: Path, clock: Any) -> None:
    watch = Watch(tmp_path, clock)
    sign(tmp_path, 1_000)
    assert SILENT <= watch.silence() < SILENT + 0.1  # nobody knows how old that one is
    for at in (900, 5_000, 4_999):  # a machine's clock may be set to anything
        sign(tmp_path, at)
        clock.sleep(1)
        assert watch.silence() == 0
    for seconds in (1, 2, 3, 4):
        clock.sleep(1)
        assert watch.silence() == pytest.approx(seconds)


def test_whoever_has_slept_waits_for_the_next_sign(tmp_path: Path, clock: Any) -> None:
    times = iter(range(1, 99))
    watch = Watch(tmp_path, Elsewhere(clock, lambda: sign(tmp_path, next(times))))
    assert watch.silence() == 0
    clock.sleep(3600)  # both of them were stopped
    assert watch.silence() == 0


def test_where_there_is_no_file_there_is_no_sign(tmp_path: Path, clock: Any) -> None:
    watch = Watch(tmp_path / "nowhere", clock)
    assert watch.silence() >= SILENT
    clock.sleep(1)
    assert watch.silence() >= SILENT + 1


def test_several_who_look_at_once_do_not_wait_for_one_another(tmp_path: Path, clock: Any) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert go_on.wait(10)

    watch = Watch(tmp_path, Elsewhere(clock, wait))
    first = threading.Thread(target=watch.silence)
    first.start()
    assert inside.wait(10)
    assert watch.silence() == 0  # what was seen before
    go_on.set()
    first.join(10)
    assert watch.silence() >= SILENT


def test_a_pulse_goes_on_by_itself_until_somebody_gives_it_by_hand() -> None:
    given, second = list[str](), threading.Event()

    def give() -> None:
        given.append(threading.current_thread().name)
        if len(given) == 2:
            second.set()

    pulse = Pulse(give)
    assert second.wait(10) and given[1] == "pulse"
    pulse.beat()
    pulse.end()
    assert given[-1] == threading.current_thread().name


def test_a_sign_that_cannot_be_given_is_silence_and_no_more() -> None:
    def refuse() -> None:
        raise OSError(30, "Read-only file system")

    pulse = Pulse(refuse)
    pulse.beat()
    pulse.end()


def test_all_move_until_one_that_does_not_rest_stands_still(clock: Any) -> None:
    moving = Moving(clock)
    assert moving.all_move()
    for who in ("one", "two"):
        moving.moves(who)
    clock.sleep(STILL - 1.0)
    moving.moves("one")
    assert moving.all_move()
    clock.sleep(2.0)
    assert not moving.all_move()
    moving.rests("two")
    assert moving.all_move()


def test_a_pulse_is_silent_while_those_it_speaks_for_do_not_live() -> None:
    given, lives = list[int](), threading.Event()
    pulse = Pulse(lambda: given.append(1))
    pulse.only_while(lives.is_set)
    before = len(given)
    assert not lives.wait(2.5 * BEAT)
    assert len(given) <= before + 1
    lives.set()
    for _ in range(100):
        if len(given) > before + 1:
            break
        threading.Event().wait(BEAT / 5)
    pulse.end()
    assert len(given) > before + 1
