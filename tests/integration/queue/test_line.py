"""Whose turn it is in a real archive: classes, weights, first films, caps, one's own wishes, what is charged."""

import json
from dataclasses import replace
from typing import Any

import pytest

from uncaged.archive import line_time, people, runs
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.score import ModelRef
from uncaged.queue import charging, line, own
from uncaged.queue.fairness import COLD, Warm
from uncaged.queue.line import Able, Moment
from uncaged.queue.policy import Policy
from uncaged.queue.turns import Rules

RULES = Policy().rules()
FREE = replace(RULES, most_running={})
ANY = Able()


def somebody(world: Any, kind: str = "guest") -> str:
    with world.archive.write() as conn:
        return people.add(conn, kind, 1).id


def now(world: Any) -> int:
    with world.archive.read() as conn:
        return line_time.read(conn, world.clock.now())


def turn(
    world: Any, rules: Rules = RULES, able: Able = ANY, warm: Warm = COLD, **more: Any
) -> str | None:
    """Whose turn it is: claimed and charged. None where nobody waits."""
    with world.archive.write() as conn:
        at = more.get("now", line_time.read(conn, world.clock.now()))
        choice = line.next_turn(conn, rules, able, at, warm)
        if choice is None:
            return None
        wall = world.clock.now()
        given = line.claim(conn, choice, rules, able, warm, Moment(world.epoch, wall, at))
        assert given is not None and given[0].id == choice.head.run
        return given[0].id


def settle(world: Any, run_id: str, used: float | None, rules: Rules = RULES) -> None:
    with world.archive.write() as conn:
        charging.settle(conn, runs.get(conn, run_id), rules, used, now(world))


def used(world: Any, who: str) -> float:
    with world.archive.read() as conn:
        return charging.use(conn, "interactive", who).left(now(world), RULES.half_life)


def test_who_has_used_least_is_next(world: Any) -> None:
    one, two = somebody(world), somebody(world)
    first = world.ask(person_id=one, estimated_seconds=5.0)
    second = world.ask(person_id=one, estimated_seconds=5.0)
    other = world.ask(person_id=two, estimated_seconds=5.0)
    assert [turn(world, FREE) for _ in range(4)] == [first.id, other.id, second.id, None]


def test_classes_come_before_people(world: Any) -> None:
    guests = [world.ask(person_id=somebody(world), estimated_seconds=1.0).id for _ in range(3)]
    member = somebody(world, "member")
    theirs = [world.ask(person_id=member, estimated_seconds=1.0).id for _ in range(3)]
    order = [turn(world) for _ in range(6)]
    assert order == [guests[0], theirs[0], guests[1], theirs[1], guests[2], theirs[2]]


def test_a_weight_counts_as_it_is_written(world: Any) -> None:
    heavy = replace(FREE, weights={**FREE.weights, "member": 3.0})
    guest, member = somebody(world), somebody(world, "member")
    mine = {world.ask(person_id=guest, estimated_seconds=1.0).id for _ in range(12)}
    for _ in range(12):
        world.ask(person_id=member, estimated_seconds=1.0)
    first = [turn(world, heavy) for _ in range(12)]
    assert 2 <= sum(run in mine for run in first) <= 4


def test_one_person_has_as_many_in_progress_as_their_class_may(world: Any) -> None:
    guest = somebody(world)
    first, second = world.ask(person_id=guest), world.ask(person_id=guest)
    assert [turn(world), turn(world)] == [first.id, None]
    world.complete(world.run(first.id))
    assert turn(world) == second.id


def test_a_first_film_that_waited_too_long_goes_first(world: Any) -> None:
    member = somebody(world, "member")
    for _ in range(3):
        world.ask(person_id=member, estimated_seconds=1.0)
    old = somebody(world)
    assert turn(world, FREE) and turn(world, FREE)
    with world.archive.write() as conn:
        charging._use(conn, FREE, "interactive", "guest", charging.Use(1e6, now(world)), "guest", 0)
    late = world.ask(person_id=old, estimated_seconds=1.0)
    whole = replace(FREE, terms=replace(FREE.terms, guarantee_share=1.0))
    later = now(world) + int(RULES.terms.first_wait * 1e6) + 10
    with world.archive.read() as conn:
        soon = line.next_turn(conn, whole, Able(), now(world))
        due = line.next_turn(conn, whole, Able(), later)
        poor = line.next_turn(
            conn, replace(FREE, terms=replace(FREE.terms, guarantee_share=0.0)), Able(), later
        )
    assert soon is not None and soon.head.person == member
    assert due is not None and (due.head.run, due.because) == (late.id, "first")
    assert poor is not None and poor.head.person == member


def test_lanes_are_lines_of_their_own(world: Any) -> None:
    film, training = world.ask(), world.ask(lane="batch")
    assert turn(world, able=Able("batch")) == training.id
    assert turn(world, able=Able("live")) is None
    assert turn(world) == film.id


def test_a_performer_gets_only_what_it_can_do(world: Any) -> None:
    big = world.ask(needs={"gigabytes": 40})
    small = world.ask()
    assert turn(world, able=Able(has={"gigabytes": 24})) == small.id
    assert turn(world, able=Able(has={"gigabytes": 24})) is None
    assert turn(world, able=Able(models=frozenset(("cogvideox",)))) is None
    assert turn(world, able=Able(has={"gigabytes": 80})) == big.id


def test_every_kind_of_run_is_seen_however_many_there_are(world: Any) -> None:
    wanted = {
        ("echo", '{"a":1}'),
        ("echo", '{"b":1}'),
        ("echo", "{}"),
        ("ink", "{}"),
        ("ink", '{"a":1}'),
    }
    for model, needs in sorted(wanted) * 2:
        world.ask(model=ModelRef(model), needs=json.loads(needs), person_id=somebody(world))
    done = [turn(world, FREE, able=Able(has={"a": 1.0, "b": 1.0})) for _ in range(11)]
    assert done.pop() is None
    with world.archive.read() as conn:
        given = [runs.get(conn, run) for run in done if run is not None]
    found = [(run.model, json.dumps(run.needs, separators=(",", ":"))) for run in given]
    assert sorted(found) == sorted([*wanted] * 2)


def test_what_waits_for_another_lets_others_pass(world: Any) -> None:
    first = world.ask()
    world.claim(first.id)
    second, other = world.ask(after=(first.id,)), world.ask()
    assert turn(world) == other.id
    assert turn(world) is None
    world.complete(first)
    assert turn(world) == second.id


def test_what_comes_after_a_failed_one_fails_with_it(world: Any) -> None:
    first = world.ask()
    second = world.ask(after=(first.id,))
    third = world.ask(after=(second.id, first.id))
    world.claim(first.id)
    with world.archive.write() as conn:
        runs.fail(conn, first.id, 1, "No paper left.", 5)
    assert [world.run(run.id).state for run in (second, third)] == ["failed", "failed"]
    assert first.id in world.run(second.id).reason and turn(world) is None
    assert world.rows("SELECT * FROM awaits") == []


def test_one_s_own_wish_overtakes_nobody_else(world: Any) -> None:
    guest = somebody(world)
    mine, later = world.ask(), world.ask()
    theirs = world.ask(person_id=guest)
    with world.archive.write() as conn:
        own.prefer(conn, world.me, later.id)
    assert [turn(world) for _ in range(3)] == [later.id, theirs.id, mine.id]


def test_paused_lets_everybody_pass(world: Any) -> None:
    mine, other = world.ask(), world.ask()
    with world.archive.write() as conn:
        assert own.pause(conn, world.me, mine.id, 7).paused == 7
    assert [turn(world), turn(world)] == [other.id, None]
    assert world.claim(mine.id) is None
    with world.archive.write() as conn:
        own.resume(conn, world.me, mine.id)
    assert turn(world) == mine.id
    with world.archive.write() as conn, pytest.raises(AskedWrong, match="is being performed"):
        own.pause(conn, world.me, mine.id, 8)


def test_what_is_somebody_else_s_is_not_there(world: Any) -> None:
    guest = somebody(world)
    mine = world.ask()
    for change in (own.prefer, own.resume, own.own):
        with world.archive.write() as conn, pytest.raises(NotFound) as told:
            change(conn, guest, mine.id)
        with world.archive.write() as conn, pytest.raises(NotFound) as nothing:
            change(conn, guest, "r_aaaaaaaaaaaa")
        assert str(told.value).replace(mine.id, "") == str(nothing.value).replace(
            "r_aaaaaaaaaaaa", ""
        )


def test_charged_at_the_start_and_corrected_at_the_end(world: Any) -> None:
    run = world.ask(estimated_seconds=10.0)
    turn(world)
    assert used(world, world.me) == pytest.approx(10.0) == used(world, "owner")
    settle(world, run.id, 4.0)
    assert used(world, world.me) == pytest.approx(4.0) == used(world, "owner")
    settle(world, run.id, 99.0)  # once is enough
    assert used(world, world.me) == pytest.approx(4.0)


def test_given_back_costs_nothing_and_stands_where_it_stood(world: Any) -> None:
    guest = somebody(world)
    run, other = world.ask(person_id=guest, estimated_seconds=10.0), world.ask(person_id=guest)
    assert turn(world) == run.id
    settle(world, run.id, None)
    with world.archive.write() as conn:
        runs.give_back(conn, run.id, 1, 5)
    assert used(world, guest) == 0.0
    with world.archive.read() as conn:
        choice = line.next_turn(conn, RULES, Able(), now(world))
    assert choice is not None and choice.head.run == run.id and choice.head.first
    assert other.stood > run.stood


def test_loading_is_charged_to_who_has_it_loaded(world: Any) -> None:
    with world.archive.write() as conn:
        charging.loaded(conn, "cpu", "echo", 30.0)
    world.ask(estimated_seconds=1.0)
    world.ask(estimated_seconds=1.0)
    turn(world)
    assert used(world, world.me) == pytest.approx(31.0)
    turn(world, warm=Warm(frozenset(("echo",))))
    assert used(world, world.me) == pytest.approx(32.0)


def test_a_new_steward_gives_back_what_the_last_one_charged(world: Any) -> None:
    world.ask(estimated_seconds=10.0)
    turn(world)
    with world.archive.write() as conn:
        epoch = runs.raise_epoch(conn)
        assert len(charging.recover(conn, RULES, epoch, 5, now(world))) == 1
    assert used(world, world.me) == 0.0


def test_after_a_vote_the_line_goes_by_the_new_weights(world: Any) -> None:
    light, heavy = somebody(world), somebody(world)
    for person in (light, heavy):
        world.ask(person_id=person, estimated_seconds=10.0)
        run = turn(world, FREE)
        assert run is not None
        world.complete(world.run(run))
        settle(world, run, 10.0, FREE)
    settle_more = world.ask(person_id=heavy, estimated_seconds=10.0)
    assert turn(world, FREE) == settle_more.id
    for person in (light, heavy):
        world.ask(person_id=person, estimated_seconds=1.0)
    voted = replace(FREE, person_weights={heavy: 5.0})
    with world.archive.write() as conn:
        charging.reckon(conn, voted)
        choice = line.next_turn(conn, voted, Able(), now(world))
    assert choice is not None and choice.head.person == heavy


def test_a_clock_that_jumps_changes_no_turn(world: Any) -> None:
    with world.archive.write() as conn:
        line_time.tell(conn, 5 * 10**15, world.clock.now())
    world.ask(estimated_seconds=1.0)
    before = now(world) - 100
    world.clock.at -= 10**12
    second = world.ask()
    world.clock.at += 10**14
    third = world.ask()
    stood = [world.run(run.id).stood for run in (second, third)]
    assert before < stood[0] < stood[1] and stood[1] - before <= line_time.LEAP + 200
