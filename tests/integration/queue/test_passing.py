"""Passing, as the archive has it: short runs of the model in hand, by turn or within bounds; and how it is foreseen."""

from dataclasses import replace
from typing import Any

import pytest

from uncaged.archive import line_time, people, performers, runs
from uncaged.core.score import ModelRef
from uncaged.queue import own
from uncaged.queue.fairness import COLD, Choice, Warm
from uncaged.queue.line import Able, Moment, claim
from uncaged.queue.passing import SHORT, Room, passing, together
from uncaged.queue.place import foresee
from uncaged.queue.policy import Policy
from uncaged.queue.reason import reason

RULES = Policy().rules()
ROOM = Room("echo", 10.0)


def who(world: Any, rules: Any = RULES, room: Room = ROOM, warm: Warm = COLD) -> Choice | None:
    with world.archive.read() as conn:
        now = line_time.read(conn, world.clock.now())
        return passing(conn, rules, Able(), now, warm, room)


def person(world: Any, kind: str = "member") -> str:
    with world.archive.write() as conn:
        return people.add(conn, kind, 1).id


def test_a_short_one_begins_and_a_long_one_does_not(world: Any) -> None:
    assert who(world) is None
    world.ask(estimated_seconds=11.0)
    assert who(world) is None
    short = world.ask(estimated_seconds=10.0)
    choice = who(world)
    assert choice is not None and (choice.head.run, choice.because) == (short.id, "short")
    assert choice.passed is not None


def test_whose_turn_it_is_needs_no_exception(world: Any) -> None:
    short = world.ask(estimated_seconds=1.0)
    choice = who(world, replace(RULES, terms=replace(RULES.terms, stay_runs=0)))
    assert choice is not None and (choice.head.run, choice.because) == (short.id, "share")


def test_another_model_s_turn_is_passed_within_bounds_only(world: Any) -> None:
    world.ask(model=ModelRef("ink"), estimated_seconds=1.0)
    short = world.ask(estimated_seconds=1.0, person_id=person(world))
    choice = who(world)
    assert choice is not None and (choice.head.run, choice.because) == (short.id, "short")
    stayed = Warm(frozenset(("echo",)), RULES.terms.stay_runs, 1.0)
    assert who(world, warm=stayed) is None
    assert who(world, room=Room("seedling", 10.0)) is None


def test_who_may_not_begin_does_not_pass(world: Any) -> None:
    paused, again = world.ask(estimated_seconds=1.0), world.ask(estimated_seconds=1.0)
    blocked = world.ask(estimated_seconds=1.0, after=(paused.id,))
    guest = person(world, "guest")
    theirs = [world.ask(estimated_seconds=1.0, person_id=guest) for _ in range(2)]
    with world.archive.write() as conn:
        own.pause(conn, world.me, paused.id, 1)
        for run in (again, theirs[0]):
            assert runs.claim(conn, run.id, world.epoch, 1) is not None
        runs.give_back(conn, again.id, 1, 2)
    assert (
        blocked.id and who(world) is None
    )  # the one came back once; of a guest one is performed at a time


def test_of_one_class_the_least_used_and_their_wish(world: Any) -> None:
    other = person(world)
    mine = [world.ask(estimated_seconds=1.0, person_id=other) for _ in range(3)]
    with world.archive.write() as conn:
        own.prefer(conn, other, mine[1].id)
    for wanted in (mine[1].id, mine[0].id):
        choice = who(world)
        assert choice is not None and choice.head.run == wanted
        with world.archive.write() as conn:
            moment = Moment(world.epoch, 1, line_time.read(conn, world.clock.now()))
            assert claim(conn, choice, RULES, Able(), COLD, moment) is not None


def test_how_many_are_together(world: Any) -> None:
    with world.archive.read() as conn:
        assert [together(conn, name, 0) for name in ("ink", "cogvideox", "nobody's")] == [1, 3, 1]
        assert together(conn, "ink", 2) == 2


def in_hand(world: Any, done: int) -> runs.Run:
    """A film of a hundred seconds on the one performer, of which so many per cent are done."""
    film = world.ask(estimated_seconds=100.0)
    assert world.claim(film.id) is not None
    with world.archive.write() as conn:
        runs.progressed(conn, film.id, 1, done, 100)
        here = performers.Performer(
            0, world.epoch, "cpu", "interactive", "echo", film.id, 0, world.clock.now()
        )
        performers.note(conn, here)
    return film


def seen(world: Any, slots: int) -> Any:
    with world.archive.read() as conn:
        return foresee(conn, RULES, world.clock.now(), slots=slots)


@pytest.mark.parametrize(("slots", "starts"), [(1, 50.0), (2, 0.0)])
def test_a_short_one_is_foreseen_at_once(world: Any, slots: int, starts: float) -> None:
    in_hand(world, 50)
    short = world.ask(estimated_seconds=SHORT * 50.0)
    place = seen(world, slots).of(short.id)
    assert place.place == 1 and place.starts == pytest.approx(starts)


def test_what_passes_is_said_and_pushes_the_rest_back(world: Any) -> None:
    in_hand(world, 50)
    long = world.ask(estimated_seconds=60.0)
    short = world.ask(estimated_seconds=10.0, person_id=person(world))
    line = seen(world, 2)
    assert [place.run for place in line.places] == [short.id, long.id]
    assert line.of(long.id).starts == pytest.approx(60.0) and line.performers == 1
    with world.archive.read() as conn:
        why = {run.id: str(reason(conn, line, RULES, run)) for run in (long, short)}
    assert "1 run before it" in why[long.id]
    assert "It is" in why[short.id]


def test_what_is_beside_is_no_performer_more(world: Any) -> None:
    in_hand(world, 50)
    beside = world.ask(estimated_seconds=10.0)
    assert world.claim(beside.id) is not None
    row = performers.Performer(
        performers.BESIDE, world.epoch, "cpu", "interactive", "echo", beside.id, 0, 1
    )
    with world.archive.write() as conn:
        performers.note(conn, row)
    third = world.ask(estimated_seconds=60.0)
    line = seen(world, 3)
    assert line.performers == 1 and 50.0 < line.of(third.id).starts <= 60.0
    with world.archive.write() as conn:
        performers.note(conn, replace(row, run_id=None))
        assert [one.number for one in performers.all_of_them(conn)] == [0]
