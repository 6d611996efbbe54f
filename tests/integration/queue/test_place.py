"""Where somebody stands and why: the line played forward says what then happens."""

from dataclasses import replace
from typing import Any

import pytest

from uncaged.archive import line_time, people, performers, runs
from uncaged.core.score import ModelRef
from uncaged.queue import charging, line, own
from uncaged.queue.fairness import COLD
from uncaged.queue.line import Able, Moment
from uncaged.queue.place import foresee
from uncaged.queue.policy import Policy
from uncaged.queue.reason import reason

RULES = Policy().rules()
FREE = replace(RULES, most_running={})


def crowd(world: Any, heads: int = 5, each: int = 12) -> None:
    with world.archive.write() as conn:
        there = [people.add(conn, kind, 1).id for kind in ("guest", "member") for _ in range(heads)]
    for n in range(each):
        for person in there[: 3 + n % (2 * heads)]:
            world.ask(person_id=person, estimated_seconds=1.0 + n % 3)


def seen(world: Any, rules: Any = FREE, limit: int = 1000) -> Any:
    with world.archive.read() as conn:
        return foresee(conn, rules, world.clock.now(), limit=limit)


def why(world: Any, run_id: str, rules: Any = FREE) -> Any:
    line_now = seen(world, rules)
    with world.archive.read() as conn:
        return reason(conn, line_now, rules, runs.get(conn, run_id))


def one_performer(world: Any) -> None:
    with world.archive.write() as conn:
        epoch = world.epoch
        performers.note(
            conn, performers.Performer(0, epoch, "cpu", "interactive", None, None, 0, 1)
        )


def test_what_is_loaded_counts_by_the_device_it_is_loaded_on(world: Any) -> None:
    """Two performers: on one device a model loads for a minute, on the other at once."""
    with world.archive.write() as conn:
        for number, device in enumerate(("cpu", "cuda:0")):
            here = performers.Performer(
                number, world.epoch, device, "interactive", "ink", None, 0, 1
            )
            performers.note(conn, here)
        charging.loaded(conn, "cuda:0", "echo", 60.0)
        other = people.add(conn, "member", 1).id
    mine = world.ask(model=ModelRef("echo"), estimated_seconds=1.0).id
    theirs = world.ask(model=ModelRef("ink"), estimated_seconds=1.0, person_id=other).id
    assert [place.run for place in seen(world).places] == [mine, theirs]
    with world.archive.write() as conn:  # the one that is free first has the model to load
        conn.exec_driver_sql("UPDATE performers SET device = 'cuda:0'")
    foreseen = seen(world).places
    assert [place.run for place in foreseen] == [theirs, mine]
    assert foreseen[0].choice is not None and foreseen[0].choice.because == "warm"


def test_places_come_as_they_were_foreseen(world: Any) -> None:
    crowd(world)
    one_performer(world)
    places = [place.run for place in seen(world).places]
    assert len(places) == len(set(places)) == seen(world).waiting
    turns: list[str] = []
    with world.archive.write() as conn:
        now = line_time.read(conn, world.clock.now())
        for _ in places:
            choice = line.next_turn(conn, FREE, Able(), now)
            assert choice is not None
            run = line.claim(conn, choice, FREE, Able(), COLD, Moment(world.epoch, 1, now))
            assert run is not None
            turns.append(run[0].id)
            now += int((run[0].estimated_seconds or 0) * 1e6)
    assert turns == places


@pytest.mark.parametrize("limit", [1, 10, 40])
def test_the_beginning_is_the_same_however_far_one_looks(world: Any, limit: int) -> None:
    crowd(world)
    whole = [place.run for place in seen(world).places]
    assert [place.run for place in seen(world, limit=limit).places] == whole[:limit]


def test_whoever_gets_many_turns_is_read_again(world: Any) -> None:
    asked = [world.ask(estimated_seconds=1.0).id for _ in range(40)]
    assert [place.run for place in seen(world).places] == asked


def test_next_and_how_long(world: Any) -> None:
    first, second = world.ask(estimated_seconds=5.0), world.ask(estimated_seconds=5.0)
    nobody = why(world, first.id)
    assert nobody.place == 1 and nobody.starts is None
    assert "Nobody performs now" in nobody.sentences[0]
    one_performer(world)
    assert "It is next" in why(world, first.id).sentences[0]
    later = why(world, second.id)
    assert later.place == 2 and later.starts == pytest.approx(5.0)
    assert "1 run of yours goes before it." in later.sentences


def test_a_paused_and_a_blocked_one_say_so(world: Any) -> None:
    first = world.ask()
    second = world.ask(after=(first.id,))
    assert f"It waits for {first.id}" in why(world, second.id).sentences[0]
    with world.archive.write() as conn:
        own.pause(conn, world.me, first.id, 1)
    paused = why(world, first.id)
    assert paused.place is None and "paused" in paused.sentences[0]


def test_others_are_named_by_class_and_use(world: Any) -> None:
    with world.archive.write() as conn:
        guest, other = (people.add(conn, "guest", 1).id for _ in range(2))
        member = people.add(conn, "member", 1).id
    mine = [world.ask(person_id=guest, estimated_seconds=4.0) for _ in range(2)]
    with world.archive.write() as conn:
        now = line_time.read(conn, world.clock.now())
        choice = line.next_turn(conn, FREE, Able(), now)
        assert choice is not None
        line.claim(conn, choice, FREE, Able(), COLD, Moment(world.epoch, 1, now))
    world.ask(person_id=other, estimated_seconds=1.0)
    world.ask(person_id=member, estimated_seconds=1.0)
    said = " ".join(why(world, mine[1].id).sentences)
    assert "1 run before it is of guests who have used less" in said
    assert "1 run before it is of members: as a class they have used" in said
    assert other not in said and member not in said


def test_beyond_the_exact_places_it_says_about(world: Any) -> None:
    asked = [world.ask(estimated_seconds=1.0) for _ in range(20)]
    short = seen(world, limit=5)
    with world.archive.read() as conn:
        far = reason(conn, short, FREE, asked[-1])
    assert far.about and far.place == 6 and "At least 5 runs" in far.sentences[0]


def test_at_their_most_somebody_waits_for_their_own(world: Any) -> None:
    with world.archive.write() as conn:
        guest = people.add(conn, "guest", 1).id
    first, second = world.ask(person_id=guest), world.ask(person_id=guest)
    one_performer(world)
    places = seen(world, RULES).places
    assert [place.run for place in places] == [first.id, second.id]
    assert any("at a time" in sentence for sentence in why(world, second.id, RULES).sentences)
