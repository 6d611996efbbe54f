"""A long line costs no more than a short one: counted in steps of SQLite, not in time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from uncaged.archive import people, performers, watching
from uncaged.queue import line, own
from uncaged.queue.fairness import COLD
from uncaged.queue.line import Able
from uncaged.queue.passing import Room, passing
from uncaged.queue.policy import Policy

RULES = Policy().rules()
SHORT, LONG = 40, 1200

LOOKS: dict[str, Callable[[Connection, Any], Any]] = {
    "a turn": lambda conn, world: line.next_turn(conn, RULES, Able(), world.clock.now()),
    "whether anybody waits": lambda conn, world: line.somebody_waits(conn, "interactive"),
    "which sorts wait": lambda conn, world: line.sorts(conn, "interactive"),
    "which lanes are lively": lambda conn, world: watching.lanes_with_work(conn),
    "who is performed": lambda conn, world: watching.going(conn, "interactive"),
    "what stands aside": lambda conn, world: watching.held_back(conn, world.me, "interactive", 10),
    "the performers": lambda conn, world: performers.all_of_them(conn),
    "what was asked for last": lambda conn, world: own.last_asked(conn, world.me),
}


@pytest.fixture
def stood(world: Any) -> Any:
    """A line of `SHORT` runs, and how it grows."""
    with world.archive.write() as conn:
        guests = [people.add(conn, "guest", 1).id for _ in range(20)]
    world.ask()

    def grow(count: int) -> None:
        with world.archive.read() as conn:
            row = dict(conn.exec_driver_sql("SELECT * FROM runs LIMIT 1").mappings().one())
        rows = [
            row
            | {"id": f"r_{n:012d}".translate(str.maketrans("0123456789", "abcdefghij"))}
            | {"person_id": guests[n % len(guests)], "stood": row["stood"] + n + 1}
            for n in range(count)
        ]
        for one in rows:
            one["work_id"] = None
        columns = [name for name in row if name != "work_id"]
        marks = ", ".join("?" for _ in columns)
        with world.archive.write() as conn:
            conn.exec_driver_sql(
                f"INSERT OR IGNORE INTO runs ({', '.join(columns)}) VALUES ({marks})",
                [tuple(one[name] for name in columns) for one in rows],
            )

    grow(SHORT)
    return grow


def steps(world: Any, look: Callable[[Connection, Any], Any]) -> int:
    """How many instructions SQLite executes for it, once everything is prepared."""
    with world.archive.read() as conn:
        look(conn, world)
        driver = conn.connection.dbapi_connection
        taken = 0

        def count() -> int:
            nonlocal taken
            taken += 1
            return 0

        driver.set_progress_handler(count, 1)
        try:
            look(conn, world)
        finally:
            driver.set_progress_handler(None, 1)
    return taken


def test_no_look_at_the_line_reads_it_all(world: Any, stood: Any) -> None:
    short = {name: steps(world, look) for name, look in LOOKS.items()}
    stood(LONG)
    with world.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == LONG + 1
    long = {name: steps(world, look) for name, look in LOOKS.items()}
    assert all(long.values())
    assert {name: n for name, n in long.items() if n > 1.5 * short[name] + 50} == {}


def test_who_passes_is_looked_for_among_a_bounded_number(world: Any, stood: Any) -> None:
    def look(conn: Connection, world: Any) -> Any:
        return passing(conn, RULES, Able(), world.clock.now(), COLD, Room("echo", 0.0))

    stood(LONG)
    bounded = steps(world, look)
    stood(4 * LONG)
    assert steps(world, look) <= 1.1 * bounded + 50


def test_the_measure_sees_a_look_that_reads_everything(world: Any, stood: Any) -> None:
    def counts(conn: Connection, world: Any) -> Any:
        return watching.counts(conn)

    short = steps(world, counts)
    stood(LONG)
    assert steps(world, counts) > 10 * short
