"""What is written once stays: held by triggers, whoever writes, and with whatever program."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from uncaged.archive import runs, works
from uncaged.archive.tables import metadata

OTHER: dict[str, Any] = {"state": "failed", "attempt": 9, "deaths": 9, "visibility": "link"}


def refused(world: Any, statement: str, *values: object) -> str:
    before = world.everything()
    with pytest.raises(IntegrityError) as caught, world.archive.write() as conn:
        conn.exec_driver_sql(statement, values)
    assert world.everything() == before
    return str(caught.value.orig)


@pytest.mark.parametrize("table", ["edges", "log"])
def test_append_only(world: Any, table: str) -> None:
    world.make()
    assert "append-only" in refused(world, f"DELETE FROM {table}")
    for column in metadata.tables[table].c:
        assert "append-only" in refused(world, f"UPDATE {table} SET {column.name} = {column.name}")
    assert "append-only" in refused(
        world, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    )


@pytest.mark.parametrize("end", ["completed", "cancelled"])
def test_a_finished_run_is_frozen_in_every_column(world: Any, end: str) -> None:
    run_id = world.make().run_id
    if end == "cancelled":
        run_id = world.ask().id
        with world.archive.write() as conn:
            runs.cancel(conn, run_id, 5)
    for column in metadata.tables["runs"].c:
        statement = f"UPDATE runs SET {column.name} = ? WHERE id = ?"
        assert "frozen" in refused(world, statement, OTHER.get(column.name, 9), run_id)


def test_a_finished_run_is_emptied_with_its_work_only(world: Any) -> None:
    work = world.make()
    empty = "UPDATE runs SET score=NULL, score_hash=NULL, recipe=NULL, understood=NULL, reason=NULL"
    assert "only deleting" in refused(world, empty)
    with world.archive.write() as conn:
        works.delete(conn, world.me, work.id, 5)
    assert "only deleting" in refused(world, "UPDATE runs SET score = '{}'")


BESIDE = "visibility shown claimed trashed hidden sentence training links".split()
"""What may change about a kept work: who sees it, and what becomes of it."""


def test_a_kept_work_is_frozen_but_for_who_sees_it(world: Any) -> None:
    work = world.make()
    for column in metadata.tables["works"].c:
        statement = f"UPDATE works SET {column.name} = ? WHERE id = ?"
        if column.name in BESIDE:
            with world.archive.write() as conn:
                conn.exec_driver_sql(statement, ("link", work.id))
        else:
            assert refused(world, statement, 9, work.id)


def test_a_tombstone_does_not_come_back(world: Any) -> None:
    work = world.make()
    with world.archive.write() as conn:
        works.delete(conn, world.me, work.id, 5)
    for column in metadata.tables["works"].c:
        assert "come back" in refused(world, f"UPDATE works SET {column.name} = NULL")


@pytest.mark.parametrize("table", ["runs", "works"])
def test_nothing_goes_without_a_trace(world: Any, table: str) -> None:
    world.make()
    refused(world, f"DELETE FROM {table}")
    refused(world, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE runs SET score = '{}' WHERE state = 'queued'", "frozen once"),
        ("UPDATE runs SET state = 'completed', ended = 5 WHERE state = 'queued'", "in progress"),
        ("UPDATE runs SET attempt = 0 WHERE state = 'queued'", "only grow"),
        ("UPDATE studio SET epoch = 0", "only grows"),
        ("INSERT INTO studio SELECT 'other', 1, 1, 1, 0, 0", "one studio"),
        ("UPDATE files SET bytes = 1", "never changes"),
        ("DELETE FROM files", "FOREIGN KEY"),
        ("UPDATE runs SET state = 'lost' WHERE state = 'queued'", "CHECK"),
        ("UPDATE runs SET state = 'failed' WHERE state = 'queued'", "CHECK"),
        ("UPDATE works SET media = NULL, deleted = NULL", "frozen"),
        ("INSERT INTO edges VALUES ('a', 'likes', 'b', 1)", "CHECK"),
        ("INSERT INTO works (id, person_id, run_id, visibility) SELECT 'w_x', person_id, run_id, "
         "'nobody' FROM works LIMIT 1", "UNIQUE"),
    ],
)  # fmt: skip
def test_what_cannot_be(world: Any, statement: str, says: str) -> None:
    world.make()
    world.ask()
    assert says in refused(world, statement)
