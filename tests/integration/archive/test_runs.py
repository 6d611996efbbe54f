"""A run's life: asked, claimed, given back, died, failed, cancelled, kept once."""

from dataclasses import replace
from typing import Any

import pytest

from uncaged.archive import groups, lineage, log, models, people, runs, works
from uncaged.archive.files import get as file_row
from uncaged.core.errors import AskedWrong, FileDamaged, NotFound
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef


def write(world: Any, statement: Any, *arguments: Any) -> Any:
    with world.archive.write() as conn:
        return statement(conn, *arguments)


def test_asked_for_is_in_line_with_the_id_of_its_work(world: Any) -> None:
    run = world.ask("a heron", estimated_seconds=2.5, needs={"memory": 1})
    assert (run.state, run.attempt, run.deaths, run.epoch) == ("queued", 1, 0, 0)
    assert run.score.text == "a heron" and run.score_hash == run.score.hash
    assert run.estimated_seconds == 2.5 and run.needs == {"memory": 1}
    work = world.work(run.work_id)
    assert (work.state, work.kept, work.media, work.visibility) == ("queued", None, None, "nobody")


def test_kept_is_all_of_it(world: Any) -> None:
    picture = world.picture(b"a picture")
    parent = world.make("the parent")
    with world.archive.write() as conn:
        model = models.remember(conn, "echo", None, {"licence": "CC0-1.0"}, 1)
    run = world.ask("a child", pictures=(picture,), parents=(parent.id,))
    world.claim(run.id)
    assert world.complete(run, content=b"child film")
    done, work = world.run(run.id), world.work(run.work_id)
    assert (done.state, done.measured_seconds, done.recipe) == ("completed", 0.5, {"echo": "1"})
    assert (
        done.understood is not None
        and done.understood["sentence"] == "a bird"
        and done.ended is not None
    )
    assert (work.mime, work.bytes, work.frames) == ("video/mp4", len(b"child film"), 24)
    assert work.position["genes"] == {"hue": 0.5} and work.kept == done.ended
    assert world.store.verify(work.media)
    with world.archive.read() as conn:
        edges = {(e.source, e.relation, e.target) for e in lineage.edges_of(conn, work.id)}
        used = file_row(conn, picture)
        told = log.entries(conn, about=work.id)
    assert used is not None
    assert edges == {
        (run.id, "made", work.id),
        (work.id, "used", used.salted),
        (work.id, "used", model.id),
        (work.id, "remixes", parent.id),
    }
    assert [(line.what, line.who, line.details) for line in told] == [
        ("kept", world.me, {"run": run.id})
    ]


def test_a_late_twin_is_thrown_away(world: Any) -> None:
    run = world.ask()
    world.claim(run.id)
    assert write(world, runs.give_back, run.id, 1, 5) == "queued"
    again = world.claim(run.id)
    assert (again.attempt, again.deaths) == (2, 0)
    before = world.everything()
    assert not world.complete(run, attempt=1, content=b"the twin's film")
    assert not write(world, runs.progressed, run.id, 1, 3, 24)
    assert not write(world, runs.fail, run.id, 1, "late", 9)
    assert write(world, runs.died, run.id, 1, 3, 9) is None
    assert write(world, runs.give_back, run.id, 1, 9) is None
    assert world.everything() == before
    assert world.complete(again, content=b"the film")
    assert not world.complete(again, content=b"once more")
    assert world.rows("SELECT count(*) FROM works WHERE kept IS NOT NULL") == [(1,)]


def test_a_film_that_is_not_there_is_not_kept(world: Any) -> None:
    run = world.ask()
    world.claim(run.id)
    kept = world.kept(content=b"a film")
    before = world.everything()
    for wrong in (replace(kept, bytes=1), replace(kept, media_sha="0" * 64)):
        with world.archive.write() as conn, pytest.raises(FileDamaged):
            runs.complete(conn, world.store, run.id, 1, wrong, 9)
        assert world.everything() == before
    assert world.complete(run)


def test_only_one_steward_claims(world: Any) -> None:
    run = world.ask()
    assert world.claim(run.id) is not None
    assert world.claim(run.id) is None


def test_an_older_steward_claims_nothing(world: Any) -> None:
    run = world.ask()
    newer = write(world, runs.raise_epoch)
    assert newer == world.epoch + 1
    assert world.claim(run.id) is None
    assert write(world, runs.claim, run.id, newer, 5) is not None


def test_what_an_older_steward_left_is_back_in_line(world: Any) -> None:
    left, asked_to_stop, waiting = world.ask(), world.ask(), world.ask()
    world.claim(left.id)
    world.claim(asked_to_stop.id)
    assert write(world, runs.cancel, asked_to_stop.id, 5) == "in_progress"
    assert write(world, runs.recover, world.epoch, 6) == ()
    newer = write(world, runs.raise_epoch)
    assert set(write(world, runs.recover, newer, 7)) == {left.id, asked_to_stop.id}
    states = {
        run.id: (run.state, run.attempt, run.deaths)
        for run in map(world.run, (left.id, waiting.id))
    }
    assert states == {left.id: ("queued", 2, 0), waiting.id: ("queued", 1, 0)}
    assert world.run(asked_to_stop.id).state == "cancelled"


def test_after_so_many_deaths_it_has_failed(world: Any) -> None:
    run = world.ask()
    states = []
    for attempt in (1, 2, 3):
        assert world.claim(run.id).attempt == attempt
        states.append(write(world, runs.died, run.id, attempt, 3, 5, "It ran out of memory."))
    done = world.run(run.id)
    assert states == ["queued", "queued", "failed"]
    assert (done.state, done.deaths) == ("failed", 3)
    assert done.reason == "Its performer died 3 times while performing it. It ran out of memory."


def test_cancelling(world: Any) -> None:
    queued, going, done = world.ask(), world.ask(), world.ask()
    world.claim(going.id)
    world.claim(done.id)
    world.complete(done)
    assert write(world, runs.cancel, queued.id, 5) == "cancelled"
    assert write(world, runs.cancel, going.id, 6) == "in_progress"
    assert write(world, runs.cancel, done.id, 7) == "completed"
    with world.archive.read() as conn:
        assert runs.stopping(conn, [going.id, done.id]) == {going.id, done.id}
    assert write(world, runs.stopped, going.id, 1, 8)
    assert world.run(going.id).reason == "It was cancelled."


@pytest.mark.parametrize("end", ["in line", "stopped", "given back", "died", "deleted"])
def test_who_asked_to_cancel_stands_in_the_log(world: Any, end: str) -> None:
    """A steward stops it later, in another process, and names whoever asked; not the last who asked."""
    with world.archive.write() as conn:
        keeper, member = people.add(conn, "keeper", 1).id, people.add(conn, "member", 1).id
    run = world.ask()
    if end != "in line":
        world.claim(run.id)
    for who in (keeper, member):
        with world.archive.write() as conn:
            runs.cancel(conn, run.id, 5, who=who)
    match end:
        case "stopped":
            assert write(world, runs.stopped, run.id, 1, 8)
        case "given back":
            assert write(world, runs.give_back, run.id, 1, 8) == "cancelled"
        case "died":
            assert write(world, runs.died, run.id, 1, 3, 8) == "cancelled"
        case "deleted":
            write(world, works.delete, world.me, run.work_id, 8)
        case _:
            pass
    assert world.run(run.id).cancelled_by == keeper
    with world.archive.read() as conn:
        told = [(line.what, line.who) for line in log.entries(conn, about=run.id)]
    assert told == [("cancelled", keeper)]


def test_a_run_that_nobody_asked_to_stop_names_nobody(world: Any) -> None:
    run = world.ask()
    world.claim(run.id)
    assert write(world, runs.stopped, run.id, 1, 8)
    assert not write(world, runs.stopped, run.id, 1, 9)
    assert world.run(run.id).cancelled_by is None


def test_a_long_chain_ends_with_its_head(world: Any) -> None:
    chain = [world.ask()]
    with world.archive.write() as conn:
        for _ in range(1100):
            asked = runs.Asked(
                new_id("run"), new_id("work"), world.me, chain[0].score, after=(chain[-1].id,)
            )
            chain.append(runs.ask(conn, asked, world.clock.now()))
    assert write(world, runs.cancel, chain[0].id, 5, "It was cancelled.", world.me) == "cancelled"
    states = "SELECT state, count(*) FROM runs GROUP BY state ORDER BY state"
    assert world.rows(states) == [("cancelled", 1), ("failed", 1100)]
    assert world.run(chain[1].id).reason.endswith("was cancelled.")
    assert (
        world.run(chain[-1].id).reason == f"The run {chain[-2].id}, which it comes after, failed."
    )


def test_progress_is_seen(world: Any) -> None:
    run = world.ask()
    world.claim(run.id)
    assert write(world, runs.progressed, run.id, 1, 7, 24)
    assert world.run(run.id).progress == (7, 24)
    with world.archive.read() as conn:
        assert runs.stopping(conn, [run.id]) == frozenset()
    write(world, runs.give_back, run.id, 1, 5)
    assert world.claim(run.id).progress == (0, 0)


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_what_comes_after_a_failed_run_fails_with_it(world: Any, end: str) -> None:
    first = world.ask()
    second = world.ask(after=(first.id,))
    third = world.ask(after=(second.id, first.id))
    other = world.ask()
    if end == "failed":
        world.claim(first.id)
        write(world, runs.fail, first.id, 1, "No paper left.", 5)
    else:
        write(world, runs.cancel, first.id, 5)
    assert world.run(first.id).state == end
    assert world.run(second.id).state == world.run(third.id).state == "failed"
    assert first.id in world.run(second.id).reason
    assert world.run(other.id).state == "queued"
    with pytest.raises(AskedWrong, match="nothing can come after it"):
        world.ask(after=(first.id,))
    with pytest.raises(AskedWrong, match="no run"):
        world.ask(after=(new_id("run"),))


def test_a_score_whose_picture_is_not_here_is_not_asked_for(world: Any) -> None:
    before = world.everything()
    with pytest.raises(AskedWrong, match="not here"):
        world.ask(pictures=("0" * 64,))
    assert world.everything() == before


def test_ids_are_checked_at_the_door(world: Any) -> None:
    with pytest.raises(ValueError, match="Not the ids"):
        world.ask(run_id="../../etc")
    with world.archive.read() as conn, pytest.raises(NotFound):
        runs.get(conn, new_id("run"))


def test_a_group_keeps_its_order(world: Any) -> None:
    with world.archive.write() as conn:
        group = groups.add(conn, world.me, "grid", 1)
    second = world.ask(group_id=group.id, group_order=1)
    first = world.ask(group_id=group.id, group_order=0)
    with world.archive.read() as conn:
        assert groups.get(conn, group.id).runs == (first.id, second.id)
        with pytest.raises(NotFound):
            groups.get(conn, new_id("group"))


def test_a_model_is_remembered_once(world: Any) -> None:
    with world.archive.write() as conn:
        one = models.remember(conn, "ink", None, {"a": 1}, 1)
        assert models.remember(conn, "ink", None, {"a": 2}, 2).id == one.id
        other = models.remember(conn, "ink", "a" * 64, {}, 3)
        assert [(m.id, dict(m.card)) for m in models.list_models(conn)] == [
            (one.id, {"a": 2}),
            (other.id, {}),
        ]
    run = world.ask(model=ModelRef("ink", "a" * 64))
    world.claim(run.id)
    world.complete(run)
    with world.archive.read() as conn:
        assert lineage.edges_of(conn, other.id, "to")[0].source == run.work_id
        assert lineage.edges_of(conn, other.id, "from") == ()


def test_edges_name_ids_only(world: Any) -> None:
    sha = world.picture(b"a picture")
    work = world.make()
    with world.archive.write() as conn:
        for end in (sha, "a slow bird", "", "w_1"):
            with pytest.raises(ValueError, match="edge joins"):
                lineage.add(conn, work.id, "used", end, 1)
        lineage.add(conn, work.id, "extends", work.id, 1)
        lineage.add(conn, work.id, "extends", work.id, 2)
        assert [e.happened for e in lineage.edges_of(conn, work.id, "from")] == [1]


def test_lists_are_read_in_pages(world: Any) -> None:
    kept = [world.make(f"work {n}") for n in range(5)]
    failed = world.ask("broken")
    world.claim(failed.id)
    write(world, runs.fail, failed.id, 1, "No paper left.", 5)
    with world.archive.read() as conn:
        first = works.list_works(conn, world.me, limit=2)
        rest = works.list_works(conn, world.me, limit=9, before=first[-1].id)
        unkept = works.list_unkept(conn, world.me)
    assert [w.id for w in (*first, *rest)] == [w.id for w in reversed(kept)]
    assert [(w.id, w.state) for w in unkept] == [(failed.work_id, "failed")]


def test_what_asking_gives_is_what_stands_there(world: Any) -> None:
    first = world.ask("a slow bird", estimated_seconds=2.5)
    second = world.ask("ein Vogel é 鳥", after=(first.id,), needs={"gigabytes": 24}, own_priority=3)
    with world.archive.read() as conn:
        assert [runs.get(conn, run.id) for run in (first, second)] == [first, second]
