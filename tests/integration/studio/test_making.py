"""From a sentence to a kept work, and everything that can go wrong on the way, in a studio of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import uncaged
from uncaged.archive import lineage, log, runs, sqlite
from uncaged.core.errors import AskedWrong, DiskFull, FileDamaged, RunCancelled, RunFailed
from uncaged.core.media import film_facts
from uncaged.core.order import Event, Progress
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.performer.local import LocalPerformer
from uncaged.studio import adding, making, seeing
from uncaged.studio.seeing import Waits, see_through
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio
from uncaged.studio.taking import take

TINY = {"model": "echo", "size": (64, 64), "seconds": 0.5, "fps": 8}


def test_a_sentence_becomes_a_kept_work(studio: Studio) -> None:
    work = studio.make("two birds", seed=5, **TINY)
    assert work.path.exists()
    facts = film_facts(work.path)
    assert (facts.width, facts.height, facts.frames) == (64, 64, 4)
    assert len(list(work.frames())) == 4
    assert work.score.text == "two birds"
    assert work.score.seed == 5
    assert work.understood["words"] == [["two", ""], ["birds", ""]]
    assert work.position is not None
    run = work.run
    assert (run.state, run.attempt, run.deaths) == ("completed", 1, 0)
    assert run.recipe == uncaged.engine("echo").recipe()
    assert [found.id for found in studio.works()] == [work.id]
    assert studio.work("latest").id == studio.work(work.id[:6]).id == work.id
    with studio.archive.read() as conn:
        edges = {(edge.source, edge.relation) for edge in lineage.edges_of(conn, work.id)}
        assert (run.id, "made") in edges
        assert "kept" in [entry.what for entry in log.entries(conn)]
    assert not studio.settings.scratch.exists()


def test_the_same_score_is_the_same_file(studio: Studio) -> None:
    one, other = studio.make("a", seed=1, **TINY), studio.make("a", seed=1, **TINY)
    assert one.id != other.id
    assert one.path == other.path


def test_nothing_is_begun_when_it_is_asked_wrong(studio: Studio, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    for text, more in (
        ("", {}),
        ("a", {"fps": -1}),
        ("a", {"pictures": [bad]}),
        ("a", {"seed": -3}),
    ):
        with pytest.raises(AskedWrong):
            studio.make(text, **(TINY | more))
    with studio.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM turns").scalar_one() == 0
    assert studio.unkept() == ()


def test_a_picture_is_kept_with_the_work_that_used_it(studio: Studio, tmp_path: Path) -> None:
    given = tmp_path / "red.jpg"
    Image.new("RGB", (32, 32), (200, 20, 20)).save(given)
    work = studio.make("a", pictures=[given], **TINY)
    (picture,) = work.score.pictures
    assert studio.files.verify(picture.sha256)
    studio.delete(work)
    assert not studio.files.verify(picture.sha256)


def test_a_watcher_sees_progress(studio: Studio) -> None:
    seen: list[Event | Waits] = []
    asked = making.ask(studio, Request("a", size=(64, 64), seconds=0.5), "echo")
    see_through(studio, asked, seen.append)
    assert any(isinstance(event, Progress) and event.done == event.total for event in seen)


def test_stopping_cancels_in_good_order(studio: Studio) -> None:
    stop = threading.Event()
    slow = Request("a", size=(64, 64), seconds=30, options={"pause": 0.05})
    asked = making.ask(studio, slow, "echo")

    def watch(event: Event | Waits) -> None:
        if isinstance(event, Progress):
            stop.set()

    with pytest.raises(RunCancelled):
        see_through(studio, asked, watch, stop)
    (work,) = studio.unkept()
    assert work.row.state == "cancelled"
    assert not studio.settings.scratch.exists()
    studio.make("after", **TINY)  # the line goes on


def test_a_full_disk_is_told_and_what_was_half_made_is_gone_first(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of an attempt needs room as well: the half-made film's."""
    asked = making.ask(studio, Request("a", size=(64, 64), seconds=0.5), "echo")
    left: list[bool] = []
    fail = runs.fail

    def full(*_: object) -> None:
        raise DiskFull("There is no room left.")

    def failing(*arguments: Any) -> bool:
        left.append(any(studio.settings.scratch.iterdir()))
        return fail(*arguments)

    monkeypatch.setattr(type(studio.files), "keep", full)
    monkeypatch.setattr(runs, "fail", failing)
    with pytest.raises(RunFailed, match="no room"):
        see_through(studio, asked)
    assert left == [False]


def test_an_end_that_cannot_be_written_is_no_loop(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = making.ask(studio, Request("a", size=(64, 64), seconds=0.5), "echo")

    def full(*_: object) -> None:
        raise DiskFull("There is no room left.")

    with monkeypatch.context() as patched:
        patched.setattr(type(studio.files), "keep", full)
        patched.setattr(runs, "fail", full)
        with pytest.raises(DiskFull):
            see_through(studio, asked)
    assert see_through(studio, asked).run.state == "completed"  # it is still promised


def test_cancelled_from_outside(studio: Studio) -> None:
    asked = making.ask(
        studio, Request("a", size=(64, 64), seconds=30, options={"pause": 0.05}), "echo"
    )
    assert asked.run is not None
    run_id = asked.run.id

    def watch(event: Event | Waits) -> None:
        if isinstance(event, Progress) and event.done == 1:
            with studio.archive.write() as conn:
                runs.cancel(conn, run_id, studio.clock.now())

    with pytest.raises(RunCancelled):
        see_through(studio, asked, watch)


def test_a_performer_that_dies_each_time_fails_the_run(studio: Studio) -> None:
    asked = making.ask(
        studio, Request("a", size=(64, 64), seconds=30, options={"pause": 0.05}), "echo"
    )
    with stewardship(studio) as steward:
        assert steward is not None
        deaths: list[int] = []

        def watch(event: Event) -> None:
            performer = steward.seat.slot
            if (
                isinstance(event, Progress)
                and isinstance(performer, LocalPerformer)
                and performer.pid not in deaths
            ):
                deaths.append(performer.pid)
                performer.kill()

        assert asked.run is not None
        assert steward.perform(asked.run.id, watch, threading.Event()) == "failed"
    assert len(deaths) == studio.settings.deaths
    with pytest.raises(RunFailed, match="died 3 times"):
        see_through(studio, asked)


def test_another_steward_leaves_nothing_undone(studio: Studio) -> None:
    """A steward's end is no death of the run: the next one finds it in line."""
    asked = making.ask(studio, Request("a", size=(64, 64), seconds=0.5), "echo")
    assert asked.run is not None
    with stewardship(studio) as first, studio.archive.write() as conn:
        assert first is not None
        runs.claim(conn, asked.run.id, first.epoch, studio.clock.now())
    work = see_through(studio, asked)
    assert (work.run.attempt, work.run.deaths) == (2, 0)


def test_who_waits_while_a_model_is_opened_is_told_so(
    studio: Studio, twin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "OPENS", 0.0)
    adding.add(studio, adding.offered(twin))
    seen: list[Event | Waits] = []

    def watch(event: Event | Waits) -> None:
        seen.append(event)
        if event == Waits(1):
            with studio.archive.write() as conn:
                assert runs.claim(conn, asked.run.id, first.epoch, studio.clock.now())
        else:
            raise EOFError

    asked = making.ask(studio, Request("hi", size=(64, 64), seconds=0.5), twin.name)
    assert asked.run is not None
    with stewardship(studio) as first:
        assert first is not None
        with pytest.raises(EOFError):
            see_through(studio, asked, watch)
    assert seen == [Waits(1), Progress(0, 0, f"opening {twin.name}")]


def test_only_one_is_the_steward(studio: Studio) -> None:
    with stewardship(studio) as one:
        assert one is not None
        with stewardship(studio) as other:
            assert other is None


def test_a_film_that_is_gone_is_said_to_be(studio: Studio, tmp_path: Path) -> None:
    work = studio.make("a", **TINY)
    work.path.unlink()
    with pytest.raises(FileDamaged, match="missing"):
        _ = work.path
    with pytest.raises(FileDamaged):
        take(studio, work, "mp4", tmp_path / "a.mp4")


def test_somebody_else_writing_for_a_while_fails_no_run(settings: Settings) -> None:
    """Another process holds the write lock for longer than we wait, in the middle of a performance."""
    quick = settings.model_copy(update={"busy_seconds": 0.3})
    with open_studio(settings=quick) as studio:
        slow = Request("a", size=(64, 64), seconds=2, options={"pause": 0.05})
        asked = [making.ask(studio, slow, "echo") for _ in range(2)]
        holder = threading.Thread(target=hold_the_lock, args=(quick, 1.2))

        def watch(event: Event | Waits) -> None:
            if isinstance(event, Progress) and event.done == 2 and holder.ident is None:
                holder.start()

        works = [see_through(studio, one, watch) for one in asked]
        holder.join()
    assert [work.row.state for work in works] == ["completed", "completed"]


def hold_the_lock(settings: Settings, seconds: float) -> None:
    connection = sqlite.driver.connect(str(settings.database), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()


def test_a_steward_that_slept_counts_no_death(tmp_path: Path) -> None:
    """The machine sleeps, or somebody presses Ctrl-Z: silence that nobody could have heard is none."""
    environment = os.environ | {
        "UNCAGED_HOME": str(tmp_path / "home"),
        "UNCAGED_STALL_SECONDS": "1.5",
        "UNCAGED_DEATHS": "1",
        "TERM": "dumb",
    }
    slow = ["--model", "echo", "--size", "64x64", "--seconds", "3", "--option", "pause=0.05"]
    process = subprocess.Popen(
        [sys.executable, "-m", "uncaged", "make", "a", *slow],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    while "%" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGSTOP)
    time.sleep(2.5)
    process.send_signal(signal.SIGCONT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
