"""Whose turn it is, and where each run stands."""

from typing import Any

from uncaged.archive import people, runs


def places(world: Any, *asked: runs.Run) -> list[int | None]:
    with world.archive.read() as conn:
        return [runs.place(conn, run.id) for run in asked]


def next_id(world: Any, **more: Any) -> str | None:
    with world.archive.read() as conn:
        run = runs.next_in_line(conn, **more)
        return None if run is None else run.id


def test_who_asked_first_is_next(world: Any) -> None:
    assert next_id(world) is None
    one, two, three = world.ask(), world.ask(), world.ask()
    assert places(world, one, two, three) == [1, 2, 3]
    assert next_id(world) == one.id
    world.claim(one.id)
    assert places(world, one, two, three) == [None, 1, 2]
    with world.archive.read() as conn:
        assert [run.id for run in runs.waiting(conn)] == [two.id, three.id]
        assert [run.id for run in runs.waiting(conn, limit=1)] == [two.id]


def test_lanes_are_lines_of_their_own(world: Any) -> None:
    film, training = world.ask(), world.ask(lane="batch")
    assert places(world, film, training) == [1, 1]
    assert next_id(world, lane="batch") == training.id
    assert next_id(world, lane="live") is None


def test_what_waits_for_another_lets_others_pass(world: Any) -> None:
    first = world.ask()
    world.claim(first.id)
    second, other = world.ask(after=(first.id,)), world.ask()
    assert next_id(world) == other.id
    assert world.claim(second.id) is None
    world.complete(first)
    assert next_id(world) == second.id
    assert world.claim(second.id) is not None


def test_many_who_wait_for_one_do_not_hide_the_next(world: Any) -> None:
    first = world.ask()
    world.claim(first.id)
    for _ in range(70):
        world.ask(after=(first.id,))
    other = world.ask()
    assert next_id(world) == other.id


def test_own_priority_overtakes_nobody_else(world: Any) -> None:
    with world.archive.write() as conn:
        guest = people.add(conn, "guest", 1).id
    mine, theirs = world.ask(), world.ask(person_id=guest)
    hurry = world.ask(own_priority=5)
    late = world.ask(person_id=guest)
    assert places(world, hurry, theirs, mine, late) == [1, 2, 3, 4]
    assert next_id(world) == hurry.id


def test_given_back_is_where_it_was(world: Any) -> None:
    one, two = world.ask(), world.ask()
    world.claim(one.id)
    with world.archive.write() as conn:
        runs.give_back(conn, one.id, 1, 5)
    assert places(world, one, two) == [1, 2]
