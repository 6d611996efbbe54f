"""Several performers under one steward: films side by side, deaths that hurt nobody else, a good end."""

import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from housing import QUICK, SLOW, House, ask, sitting, state

from uncaged.archive import people, performers, runs
from uncaged.archive.runs import Run
from uncaged.core.errors import ArchiveBusy
from uncaged.core.order import Event, Progress
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.performer.local import LocalPerformer
from uncaged.studio import making, pool, signs
from uncaged.studio.pool import seats
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio


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


def test_a_steward_of_which_a_part_hangs_gives_no_sign(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seat that stands still silences it; idling and a film do not."""
    monkeypatch.setattr(signs, "STILL", 2.5)
    hangs, goes_on = threading.Event(), threading.Event()

    def on(event: Event, seated: Any) -> None:
        if hangs.is_set():
            goes_on.wait(60)

    with open_studio(settings=settings) as studio, House(studio, on=on) as house:
        house.until(lambda: sitting(studio))
        watch = signs.Watch(settings.home, studio.clock)
        ask(studio, seconds=2, options={"pause": 0.08})  # about four seconds
        house.until(lambda: house.ended)
        assert watch.silence() < signs.SILENT
        hangs.set()
        ask(studio, **SLOW)
        house.until(lambda: watch.silence() >= signs.SILENT)
        hangs.clear()
        goes_on.set()
        house.until(lambda: watch.silence() < signs.SILENT)


def test_a_long_sweep_is_no_hang(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signs, "STILL", 1.5)
    monkeypatch.setattr(pool, "SWEEP", 0.0)
    sweeps, done = threading.Event(), threading.Event()

    def sweep(*_: Any) -> None:
        sweeps.set()
        done.wait(60)

    monkeypatch.setattr(pool.files, "sweep", sweep)
    with House(studio) as house:
        house.until(sweeps.is_set)
        threading.Event().wait(3.0)
        assert signs.Watch(studio.settings.home, studio.clock).silence() < signs.SILENT
        done.set()


LARGE = "word " * 19_000
"""More than a pipe holds."""


def stopped_performer(studio: Studio, house: House) -> None:
    """A performer that has made a film, and was stopped after it."""
    ask(studio)
    house.until(lambda: len(house.ended) == 1)
    slot = house.seated[0].slot
    assert isinstance(slot, LocalPerformer)
    os.kill(slot.pid, signal.SIGSTOP)


def ask_for_much(studio: Studio) -> Run:
    run = making.ask(studio, Request(LARGE, **QUICK), "echo").run
    assert run is not None
    return run


def test_a_stopped_performer_is_found_whatever_its_order(settings: Settings) -> None:
    hasty = settings.model_copy(update={"stall_seconds": 4.0})
    with open_studio(settings=hasty) as studio, House(studio) as house:
        stopped_performer(studio, house)
        run = ask_for_much(studio)
        house.until(lambda: len(house.ended) == 2)
        with studio.archive.read() as conn:
            after = runs.get(conn, run.id)
        assert (after.state, after.deaths) == ("completed", 1)


def test_a_pool_ends_beside_a_stopped_performer(settings: Settings) -> None:
    hasty = settings.model_copy(update={"finish_seconds": 0.0, "grace_seconds": 0.5})
    with open_studio(settings=hasty) as studio:
        with House(studio) as house:
            stopped_performer(studio, house)
            run = ask_for_much(studio)
            house.until(lambda: len(house.begun) == 2)
            began = studio.clock.monotonic()
            house.stop.set()
        assert studio.clock.monotonic() - began < 8.0
        assert state(studio, run) == "queued"


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


def test_an_ending_that_cannot_be_written_is_owed(settings: Settings) -> None:
    """Somebody else writes for too long just as the film arrives: the run is in line again afterwards, or kept."""
    hasty = settings.model_copy(update={"busy_seconds": 0.3})
    with open_studio(settings=hasty) as studio:
        run = ask(studio, seconds=2, options={"pause": 0.05})
        locked = threading.Event()

        def on(event: Event, seated: Any) -> None:
            if isinstance(event, Progress) and event.done and not locked.is_set():
                locked.set()

        with House(studio, on=on) as house:
            house.until(locked.is_set)
            with studio.archive.engine.connect() as raw:
                held: Any = raw.connection.dbapi_connection
                held.execute("PRAGMA query_only = OFF")
                held.execute("BEGIN IMMEDIATE")
                threading.Event().wait(4.0)
                held.execute("ROLLBACK")
            house.until(lambda: state(studio, run) == "completed")
        with studio.archive.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM charges").scalar_one() == 0


def test_where_no_performer_can_be_started_the_line_waits(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [ask(studio) for _ in range(3)]
    hired = pool.LocalPerformer
    refusing = threading.Event()

    def hire(threads: int) -> LocalPerformer:
        if not refusing.is_set():
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return hired(threads)

    monkeypatch.setattr(pool, "LocalPerformer", hire)
    with House(studio) as house:
        house.until(lambda: house.trouble)
        assert "could be started" in house.trouble[0]
        assert {state(studio, run) for run in waiting} == {"queued"}
        refusing.set()
        house.until(lambda: len(house.ended) == 3)
    assert {state(studio, run) for run in waiting} == {"completed"}


def test_a_performer_that_never_was_there_is_no_death_of_the_run(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = ask(studio)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", str(broken), prepend=os.pathsep)
    with House(studio) as house:
        house.until(lambda: len(house.trouble) >= 2)
        monkeypatch.undo()
        house.until(lambda: len(house.ended) == 1)
    with studio.archive.read() as conn:
        after = runs.get(conn, run.id)
    assert (after.state, after.deaths) == ("completed", 0) and after.attempt > 1


def test_a_scratch_that_cannot_be_made_ends_nobody(studio: Studio) -> None:
    run = ask(studio)
    with House(studio) as house:
        house.until(lambda: house.ended)
        studio.settings.scratch.rmdir()
        studio.settings.scratch.write_text("in the way")
        other = ask(studio)
        house.until(lambda: house.trouble)
        assert state(studio, other) in ("queued", "in_progress")
        studio.settings.scratch.unlink()
        house.until(lambda: len(house.ended) == 2)
    assert [state(studio, one) for one in (run, other)] == ["completed", "completed"]


def test_what_a_film_used_is_settled_with_the_next_turn_or_at_once(studio: Studio) -> None:
    """Between two turns at most one charge is open: that of the run in progress."""
    watched = "SELECT (SELECT count(*) FROM charges), (SELECT count(*) FROM runs WHERE state = 'in_progress')"
    made, open_charges = [ask(studio) for _ in range(4)], list[tuple[int, int]]()
    with stewardship(studio) as steward:
        assert steward is not None
        seat = seats(1)[0]
        try:
            while (run := steward.next_turn(seat)) is not None:
                with studio.archive.read() as conn:
                    open_charges.append(tuple(conn.exec_driver_sql(watched).one()))
                steward.attempt(seat, run, lambda _: None, threading.Event(), give_back=True)
                assert steward.owes  # the film is kept; the rest goes with the next turn
                assert state(studio, run) == "completed"
        finally:
            seat.leave()
        assert not steward.owes  # nobody waited: it was written all the same
        with studio.archive.read() as conn:
            assert conn.exec_driver_sql(watched).one() == (0, 0)
            assert all(one.run_id is None for one in performers.all_of_them(conn))
    assert open_charges == [(1, 1)] * len(made)
    assert {state(studio, run) for run in made} == {"completed"}


def test_endings_that_fail_in_a_common_transaction_are_written_one_by_one(studio: Studio) -> None:
    first, second = ask(studio), ask(studio)
    with stewardship(studio) as steward:
        assert steward is not None
        seat, written = seats(1)[0], list[str]()
        owing: Any = steward

        def never(conn: Any) -> None:
            raise ArchiveBusy("not this one")

        try:
            assert steward.next_turn(seat) is not None
            steward.attempt(seat, first, lambda _: None, threading.Event(), give_back=True)
            owing._endings.owe("r_never", never)
            owing._endings.owe("r_other", lambda conn: written.append("other"))
            turn = steward.next_turn(seat)
            assert turn is not None and turn.id == second.id
            assert written == ["other"] and steward.owes
            with studio.archive.read() as conn:
                charged = conn.exec_driver_sql("SELECT run_id FROM charges").scalars().all()
            assert charged == [second.id]
        finally:
            seat.leave()
            owing._endings._owed.clear()
