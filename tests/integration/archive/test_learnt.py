"""A training in the archive: it makes no work, ends once as a model, and stays as it was asked for."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from uncaged.archive import crate, files, learnt, lineage, log, merging, models, runs
from uncaged.archive.files import Files
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.core.ids import new_id
from uncaged.core.task import Task


def ask(world: Any, name: str = "mine", **more: Any) -> runs.Run:
    run_id = new_id("run")
    task = Task("echo", {"steps": 3}, name, begun=run_id, **more)
    with world.archive.write() as conn:
        return runs.ask_task(conn, runs.AskedTask(run_id, world.me, task, 60.0), world.clock.now())


def learnt_of(world: Any, name: str = "mine", content: bytes = b"weights") -> runs.Learnt:
    named = {"weights": world.store.keep(content), "data.json": world.store.keep(b"{}")}
    model = models.Shelved(name, "echo", {"summary": "A number."}, named)
    return runs.Learnt(model, {"trainer": "echo 1"}, 5.0, "data.json")


def keep(world: Any, run: runs.Run, attempt: int = 1, **more: Any) -> str | None:
    found = learnt_of(world, **more)
    with world.archive.write() as conn:
        return runs.trained(conn, world.store, run.id, attempt, found, world.clock.now())


def test_a_training_stands_in_line_without_a_score_or_a_work(world: Any) -> None:
    run = ask(world)
    assert run == world.run(run.id)
    assert (run.kind, run.lane, run.score, run.work_id) == ("training", "batch", None, None)
    assert run.task is not None and run.task.begun == run.id
    with world.archive.read() as conn:
        assert [one.id for one in runs.in_hand(conn)] == [run.id]
        assert conn.exec_driver_sql("SELECT run_id FROM turns").scalar_one() == run.id


def test_it_ends_once_as_a_model(world: Any) -> None:
    run = ask(world)
    assert world.claim(run.id) is not None
    assert keep(world, run, attempt=2) is None  # a twin
    assert world.run(run.id).state == "in_progress"
    made = keep(world, run)
    assert made is not None and keep(world, run) is None
    after = world.run(run.id)
    assert (after.state, after.measured_seconds) == ("completed", 5.0)
    with world.archive.read() as conn:
        assert [one.name for one in models.shelf(conn)] == ["mine"]
        assert learnt.made(conn, made) == after and learnt.made_by(conn, run.id) == made
        edges = {(e.source, e.relation) for e in lineage.edges_of(conn, made)}
        assert {(run.id, "made"), (made, "trained_on")} <= edges
        assert [e.what for e in log.entries(conn, about=made)] == ["trained"]


def test_its_task_is_frozen(world: Any) -> None:
    run = ask(world)
    for statement in ("UPDATE runs SET task = '{}'", "UPDATE runs SET task = NULL"):
        with pytest.raises(IntegrityError, match="frozen"), world.archive.write() as conn:
            conn.exec_driver_sql(statement)
    assert world.run(run.id) == run


def test_a_name_is_given_once_and_free_again_afterwards(world: Any) -> None:
    one, other = ask(world), ask(world)
    for run in (one, other):
        world.claim(run.id)
    assert keep(world, one) is not None
    with pytest.raises(AskedWrong, match="already"):
        keep(world, other, content=b"other weights", name="MINE")
    assert world.run(other.id).state == "in_progress"  # nothing of it was kept
    with world.archive.write() as conn:
        gone = models.take_off(conn, "Mine", world.me, 5)[1]
    assert len(gone) == 2
    assert keep(world, other, content=b"other weights") is not None
    with world.archive.write() as conn, pytest.raises(NotFound):
        models.take_off(conn, "nobody", world.me, 5)


def test_what_was_taken_off_and_is_learned_again_is_the_same_model(world: Any) -> None:
    one, other = ask(world), ask(world)
    world.claim(one.id)
    first = keep(world, one)
    with world.archive.write() as conn:
        models.take_off(conn, "mine", world.me, 5)
        assert models.shelf(conn) == ()
    world.claim(other.id)
    assert keep(world, other) == first
    with world.archive.read() as conn:
        assert [model.id for model in models.shelf(conn)] == [first]


def test_files_of_a_model_stay_as_long_as_it_stands(world: Any) -> None:
    run = ask(world)
    world.claim(run.id)
    keep(world, run)
    sha = world.store.keep(b"weights")
    with world.archive.write() as conn:
        assert files.unreferenced(conn, [sha]) == ()
        gone = models.take_off(conn, "mine", world.me, 5)[1]
    assert sha in gone
    with world.archive.write() as conn:
        files.forget(conn, world.store, gone)
    assert not world.store.path(sha).exists()


def test_a_training_travels_with_its_studio(world: Any, make_world: Any, tmp_path: Path) -> None:
    run = ask(world)
    world.claim(run.id)
    keep(world, run)
    crate.export_studio(world.archive, world.store, tmp_path / "out")
    other = make_world("other")
    store: Files = other.store
    done = merging.import_studio(other.archive, store, tmp_path / "out")
    assert "1 model came along" in str(done)
    came = other.run(run.id)
    assert came.task == run.task and came.state == "completed"
    with other.archive.read() as conn, world.archive.read() as there:
        assert models.shelf(conn) == models.shelf(there) != ()
        sha = models.shelf(conn)[0].files["weights"]
        assert learnt.made(conn, models.shelf(conn)[0].id) == came
    assert store.path(sha).read_bytes() == b"weights"
    again = merging.import_studio(other.archive, store, tmp_path / "out")
    assert "model" not in str(again)


def test_a_training_that_is_cancelled_ends_in_words(world: Any) -> None:
    run = ask(world)
    with world.archive.write() as conn:
        assert runs.cancel(conn, run.id, 5) == "cancelled"
    assert world.run(run.id).reason == "It was cancelled."


def test_the_last_that_learned_in_a_folder_is_found(world: Any) -> None:
    one = ask(world)
    assert one.task is not None
    task = replace(one.task, accepted=True)
    with world.archive.write() as conn:
        asked = runs.AskedTask(new_id("run"), world.me, task, 60.0)
        other = runs.ask_task(conn, asked, world.clock.now())
    with world.archive.read() as conn:
        found = learnt.newest_in(conn, one.id)
        assert found is not None and found.id == other.id
        assert learnt.newest_in(conn, new_id("run")) is None
