"""Several performers under one steward: films side by side, deaths that hurt nobody else, a good end."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from uncaged.archive import people, performers, runs
from uncaged.archive.line_tables import charges
from uncaged.archive.runs import Run
from uncaged.archive.tables import runs as run_table
from uncaged.core.order import Event, Progress
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.performer.local import LocalPerformer
from uncaged.queue import charging
from uncaged.studio import making
from uncaged.studio.pool import Eyes, Pool, seats
from uncaged.studio.steward import stewardship
from uncaged.studio.studio import Studio, open_studio

QUICK = {"size": (64, 64), "seconds": 0.25}
SLOW = {"size": (64, 64), "seconds": 30, "options": {"pause": 0.05}}


@dataclass
class House:
    """A pool at work in a thread of its own, and what it was seen to do."""

    studio: Studio
    performers: int = 1
    begun: list[str] = field(default_factory=list)
    ended: list[Run] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    on: Callable[[Event, Any], None] = lambda event, seats: None

    def __enter__(self) -> "House":
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def _work(self) -> None:
        with stewardship(self.studio) as steward:
            assert steward is not None
            seated = seats(self.performers)
            eyes = Eyes(
                lambda run: self.begun.append(run.id),
                self.ended.append,
                lambda event: self.on(event, seated),
                self.trouble.append,
            )
            Pool(self.studio, steward, seated, eyes).work(self.stop)

    def until(self, true: Callable[[], object], seconds: float = 40.0) -> None:
        waited = threading.Event()
        for _ in range(int(seconds / 0.05)):
            if true():
                return
            waited.wait(0.05)
        raise AssertionError(f"it never happened: {self.begun} {self.ended} {self.trouble}")


def ask(studio: Studio, person: str | None = None, **more: Any) -> Run:
    mine = studio if person is None else studio.as_person(person)
    asked = making.ask(mine, Request("a", **(QUICK | more)), "echo")
    assert asked.run is not None
    return asked.run


def sitting(studio: Studio) -> int:
    with studio.archive.read() as conn:
        return len(performers.all_of_them(conn))


def state(studio: Studio, run: Run) -> str:
    with studio.archive.read() as conn:
        return runs.get(conn, run.id).state


def test_two_films_at_once_and_both_are_seen(studio: Studio) -> None:
    slow, other = ask(studio, **SLOW), ask(studio, **SLOW)
    with House(studio, performers=2) as house:
        house.until(lambda: len(house.begun) == 2)
        with studio.archive.read() as conn:
            there = performers.all_of_them(conn)
        assert {p.run_id for p in there if p.lane == "interactive"} == {slow.id, other.id}
        for run in (slow, other):
            with studio.archive.write() as conn:
                runs.cancel(conn, run.id, studio.clock.now())
        house.until(lambda: len(house.ended) == 2)
    assert [state(studio, run) for run in (slow, other)] == ["cancelled", "cancelled"]
    with studio.archive.read() as conn:
        assert performers.all_of_them(conn) == ()


def test_a_run_that_kills_its_performer_fails_and_the_others_are_made(studio: Studio) -> None:
    poison = ask(studio, **SLOW)
    killed: set[int] = set()

    def on(event: Event, seated: Any) -> None:
        if isinstance(event, Progress) and event.total > 100:
            for seat in seated:
                slot = seat.slot
                if isinstance(slot, LocalPerformer) and slot.busy and slot.pid not in killed:
                    with studio.archive.read() as conn:
                        going = performers.all_of_them(conn)
                    if any(p.number == seat.number and p.run_id == poison.id for p in going):
                        killed.add(slot.pid)
                        os.kill(slot.pid, signal.SIGKILL)

    with House(studio, performers=2, on=on) as house:
        good = [ask(studio) for _ in range(3)]
        house.until(lambda: len(house.ended) == 4)
    assert state(studio, poison) == "failed" and len(killed) == studio.settings.deaths
    assert [state(studio, run) for run in good] == ["completed"] * 3


def test_a_hang_is_found_and_the_next_is_made(settings: Settings) -> None:
    hasty = settings.model_copy(update={"stall_seconds": 4.0, "deaths": 1})
    with open_studio(settings=hasty) as studio:
        hangs = ask(studio, size=(64, 64), seconds=1, options={"pause": 30.0})
        good = ask(studio)
        with House(studio) as house:
            house.until(lambda: len(house.ended) == 2)
        assert [state(studio, run) for run in (hangs, good)] == ["failed", "completed"]
        with studio.archive.read() as conn:
            assert "sign of life" in (runs.get(conn, hangs.id).reason or "")


@pytest.mark.parametrize(("patience", "then"), [(30.0, "completed"), (0.0, "queued")])
def test_what_is_in_hand_ends_or_goes_back(settings: Settings, patience: float, then: str) -> None:
    calm = settings.model_copy(update={"finish_seconds": patience})
    with open_studio(settings=calm) as studio:
        run = ask(studio, seconds=2, options={"pause": 0.05})
        other = ask(studio)
        with House(studio) as house:
            house.until(lambda: house.begun)
            house.stop.set()
        assert [state(studio, run), state(studio, other)] == [then, "queued"]


def test_a_policy_is_followed_while_it_works_and_a_mistake_is_told(studio: Studio) -> None:
    with House(studio) as house:
        house.until(lambda: sitting(studio))
        studio.policy.write_text("[class.guest]\nweight = 3")
        house.until(lambda: house.trouble)
        assert "The policy is" in house.trouble[-1]
        studio.policy.write_text("[class.guest]\nweight = 0")
        house.until(lambda: len(house.trouble) > 1)
        assert "stays as it was" in house.trouble[-1] and "weight" in house.trouble[-1]
        with studio.archive.read() as conn:
            followed = conn.exec_driver_sql("SELECT count(*) FROM policies").scalar_one()
            assert followed == 1
        assert state(studio, ask(studio)) in ("queued", "in_progress", "completed")


def test_guests_take_turns_and_one_at_a_time(studio: Studio) -> None:
    with studio.archive.write() as conn:
        flooder, guest = (people.add(conn, "guest", 1).id for _ in range(2))
    flood = [ask(studio, flooder) for _ in range(6)]
    late = ask(studio, guest)
    with House(studio, performers=2) as house:
        house.until(lambda: len(house.ended) == 7)
    assert house.begun.index(late.id) <= 2
    assert [run.id for run in flood] == [run for run in house.begun if run != late.id]


def test_what_a_run_used_is_settled_with_the_next_turn(studio: Studio) -> None:
    for n in range(3):
        making.ask(studio, Request(f"film {n}", **QUICK), "echo")
    stop = threading.Event()
    with stewardship(studio) as steward:
        assert steward is not None
        seat = seats(1)[0]
        for _ in range(3):
            run = steward.next_turn(seat)
            assert run is not None
            assert charged(studio) == [run.id]
            steward.attempt(seat, run, lambda event: None, stop)
        assert steward.next_turn(seat) is None
        assert seat.spent is None
        assert charged(studio) == []
        seat.leave()
    with studio.archive.read() as conn:
        done = conn.execute(select(run_table.c.measured_seconds)).scalars().all()
        used = charging.use(conn, "interactive", studio.person).seconds
    assert used == pytest.approx(sum(done), abs=5.0)  # forgetting, and what stands around a film
    assert used > 0


def charged(studio: Studio) -> list[str]:
    with studio.archive.read() as conn:
        return list(conn.execute(select(charges.c.run_id)).scalars())
