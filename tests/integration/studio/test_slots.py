"""Two works in one performer, end to end: the short one first, both as they are alone, and neither ends the other."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from housing import House, ask, state

from uncaged.archive import performers, runs, works
from uncaged.archive.runs import Run
from uncaged.core.order import Broke, Event, Order, TaskOrder
from uncaged.core.settings import Settings
from uncaged.performer.local import LocalPerformer
from uncaged.studio.desks import Desk
from uncaged.studio.seats import Seat
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio

SIZE = (320, 240)
PREVIEW: dict[str, Any] = {"size": SIZE, "seconds": 4 / 24, "seed": 7}
FILM: dict[str, Any] = {"size": SIZE, "seconds": 60 / 24, "seed": 7, "options": {"pause": 0.02}}
LONG: dict[str, Any] = {"size": SIZE, "seconds": 30, "seed": 8, "options": {"pause": 0.02}}


@pytest.fixture
def together(settings: Settings) -> Iterator[Studio]:
    """A studio whose performers perform three films in turn, whatever their model says, and that is impatient."""
    hasty = settings.model_copy(update={"slots": 3, "grace_seconds": 0.2})
    with open_studio(settings=hasty) as opened:
        yield opened


def films(studio: Studio, *asked: Run) -> list[str | None]:
    with studio.archive.read() as conn:
        return [works.get(conn, studio.person, run.work_id or "").media for run in asked]


def now(studio: Studio, run: Run) -> Run:
    with studio.archive.read() as conn:
        return runs.get(conn, run.id)


def under_way(studio: Studio, run: Run) -> bool:
    return now(studio, run).progress[0] > 2


def at_work(studio: Studio) -> dict[int, str]:
    """What is performed, by the number under which it stands."""
    with studio.archive.read() as conn:
        there = performers.all_of_them(conn)
    return {one.number: one.run_id for one in there if one.run_id is not None}


def test_a_preview_behind_a_film_comes_first_and_both_are_what_they_are_alone(
    together: Studio, tmp_path: Path
) -> None:
    with open_studio(settings=Settings(home=tmp_path / "alone", fsync=False, slots=1)) as alone:
        asked = [ask(alone, **one) for one in (FILM, PREVIEW)]
        with House(alone) as house:
            house.until(lambda: len(house.ended) == 2)
        assert [run.id for run in house.ended] == [run.id for run in asked]
        wanted = films(alone, *asked)
    began = time.monotonic()
    film = ask(together, **FILM)
    with House(together) as house:
        house.until(lambda: under_way(together, film))
        preview = ask(together, **PREVIEW)
        house.until(lambda: len(house.ended) == 2)
    took = time.monotonic() - began
    assert [run.id for run in house.ended] == [preview.id, film.id]
    assert films(together, film, preview) == wanted
    spent = [now(together, run).measured_seconds or 0.0 for run in (film, preview)]
    assert min(spent) > 0 and sum(spent) < took  # each its own: no second counts twice
    with together.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM charges").scalar_one() == 0


def test_what_is_together_is_seen_and_a_long_one_waits(together: Studio) -> None:
    film = ask(together, **LONG)
    with House(together) as house:
        house.until(lambda: under_way(together, film))
        other = ask(together, **LONG)
        short = ask(together, **(FILM | {"options": {"pause": 0.1}}))
        house.until(lambda: short.id in house.begun)
        seen = at_work(together)  # whichever of its slots took it
        assert seen.pop(0) == film.id and list(seen.values()) == [short.id]
        assert all(number % performers.BESIDE == 0 for number in seen)
        assert state(together, other) == "queued"
        with together.archive.write() as conn:
            for run in (short, other, film):
                runs.cancel(conn, run.id, together.clock.now())
        house.until(lambda: len(house.ended) == 2)
        assert at_work(together) == {}
    assert [state(together, one) for one in (film, short, other)] == ["cancelled"] * 3


def test_cancelling_one_leaves_the_other_as_it_is(together: Studio) -> None:
    """Also where it does not hear for longer than the grace."""
    film = ask(together, **LONG)
    with House(together) as house:
        house.until(lambda: under_way(together, film))
        short = ask(together, **(FILM | {"seed": 9, "options": {"pause": 2.0}}))
        house.until(lambda: now(together, short).progress[1])
        with together.archive.write() as conn:
            runs.cancel(conn, short.id, together.clock.now())
        house.until(lambda: house.ended)
        assert (house.ended[0].id, house.ended[0].state) == (short.id, "cancelled")
        before = now(together, film)
        house.until(lambda: now(together, film).progress[0] > before.progress[0])
        assert now(together, film).attempt == 1
        with together.archive.write() as conn:
            runs.cancel(conn, film.id, together.clock.now())


def test_steps_longer_than_the_grace_cost_nobody_the_models_that_are_open(
    together: Studio,
) -> None:
    film = ask(together, **(LONG | {"options": {"pause": 0.7}}))
    with House(together) as house:
        house.until(lambda: under_way(together, film))
        slot = house.seated[0].slot
        assert isinstance(slot, LocalPerformer)
        with together.archive.write() as conn:
            runs.cancel(conn, film.id, together.clock.now())
        house.until(lambda: house.ended)
        assert state(together, film) == "cancelled"
        preview = ask(together, **PREVIEW)
        house.until(lambda: len(house.ended) == 2)
        assert state(together, preview) == "completed"
        after = house.seated[0].slot
        assert isinstance(after, LocalPerformer) and after.pid == slot.pid


def test_a_death_with_two_inside_is_nobody_s_and_then_each_is_alone(together: Studio) -> None:
    film = ask(together, **(FILM | {"options": {"pause": 0.05}}))
    short = ask(together, **(FILM | {"seconds": 20 / 24, "options": {"pause": 0.1}}))
    seen: list[int] = []

    def on(event: Event, seated: Any) -> None:
        seen.append(len(at_work(together)))

    with House(together, on=on) as house:
        house.until(lambda: under_way(together, film) and under_way(together, short))
        assert len(at_work(together)) == 2
        slot = house.seated[0].slot
        assert isinstance(slot, LocalPerformer)
        os.kill(slot.pid, signal.SIGKILL)
        house.until(lambda: {now(together, run).attempt for run in (film, short)} == {2})
        late = ask(together, **PREVIEW)  # it passes neither
        seen.clear()
        house.until(lambda: len(house.ended) == 3)
        assert max(seen) == 1 and house.begun[-1] == late.id
        with together.archive.read() as conn:
            assert {one.deaths for one in performers.all_of_them(conn) if one.number == 0} == {1}
    for run in (film, short):
        after = now(together, run)
        assert (after.state, after.deaths, after.attempt) == ("completed", 0, 2)


class NoRoom:
    """A slot whose performer runs out of memory, whatever it is asked for."""

    busy = False
    company = 1
    heard = 0
    greeted = alive = True

    def start(self, order: Order | TaskOrder) -> None:
        self.busy = True

    def hear(self, seconds: float) -> Event:
        self.busy = False
        return Broke("There was not enough memory.", "Ask for less.", crowded=self.company > 0)

    def cancel(self) -> None: ...
    def give_up(self) -> None: ...
    def kill(self) -> None: ...
    def end(self) -> None: ...
    def beside(self) -> "NoRoom":
        return self


def test_who_has_no_room_beside_others_is_tried_alone(together: Studio) -> None:
    run = ask(together, **FILM)
    with stewardship(together) as steward:
        assert steward is not None
        slot = NoRoom()
        seat = Seat(0, Desk(0, steward.seat.able, lambda: slot))
        for company, then, attempt in ((1, "queued", 2), (0, "failed", 2)):
            slot.company = company
            claimed = steward.next_turn(seat)
            assert claimed is not None
            assert (seat.desk.room is None) == (company == 0)
            steward.attempt(seat, claimed, lambda _: None, threading.Event(), give_back=True)
            after = now(together, run)
            assert (after.state, after.attempt, after.deaths) == (then, attempt, 0)
        assert "not enough memory" in (after.reason or "") and "Ask for less" in (
            after.reason or ""
        )
