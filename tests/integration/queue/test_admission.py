"""At the door of the line: the room that a person's works take."""

from typing import Any

import pytest

from uncaged.archive import people, works
from uncaged.core.errors import NotToday
from uncaged.queue import admission
from uncaged.queue.policy import Class


def check(world: Any, person: str, bounds: Class) -> None:
    with world.archive.read() as conn:
        admission.check_count(conn, bounds, person, 1, 1.0, world.clock.now())


def test_a_full_shelf_lets_nothing_more_in_until_something_is_deleted(world: Any) -> None:
    bounds = Class(megabytes=0.001)
    with world.archive.write() as conn:
        guest = people.add(conn, "guest", 1).id
    check(world, guest, bounds)  # nothing lies on it yet
    made = [world.ask(f"film {n}", person_id=guest) for n in range(2)]
    for n, run in enumerate(made):
        world.claim(run.id)
        check(world, guest, bounds)  # what is not made takes no room
        assert world.complete(run, content=bytes([n]) * 600)
    with pytest.raises(NotToday, match=r"take 0 MB of the 0\.001 MB"):
        check(world, guest, bounds)
    check(world, world.me, bounds)  # others have shelves of their own
    with world.archive.write() as conn:
        works.delete(conn, guest, made[0].work_id, 9)
    check(world, guest, bounds)
