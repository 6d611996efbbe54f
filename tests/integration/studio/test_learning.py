"""From a wish to a model on the shelf, and everything that can go wrong on the way, in a studio of its own."""

import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import learnt, models, people, runs
from uncaged.archive.runs import Run
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound, RunFailed
from uncaged.core.order import Event, Learned
from uncaged.core.settings import Settings
from uncaged.performer.local import LocalPerformer
from uncaged.studio import attending, learning, lessons, shelf, standing, together
from uncaged.studio.learning import Wish
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio

TINY = {"size": (64, 64), "seconds": 0.5, "fps": 8}


def ask(studio: Studio, name: str = "", **recipe: Any) -> Run:
    return learning.ask(studio, Wish("echo", {"steps": 8} | recipe, name))


def perform(studio: Studio, run: Run, watch: Any = lambda _: None) -> Run:
    with stewardship(studio) as steward:
        assert steward is not None
        steward.perform(run.id, watch, threading.Event())
    return standing.look(studio, run.id)


def checkpoint(studio: Studio, run: Run) -> int:
    assert run.task is not None
    place = lessons.folder(studio, run.task.begun)
    return json.loads((place / "checkpoint.json").read_text())["step"]


def test_a_wish_becomes_a_model_that_performs(studio: Studio) -> None:
    run = perform(studio, ask(studio, "my-number", number=5.0))
    assert run.state == "completed" and run.recipe is not None
    work = studio.make("hello", model="my-number", seed=1, **TINY)
    assert work.score.model.name == "my-number" and work.score.model.hash is not None
    assert work.run.recipe is not None
    assert work.run.recipe["weights"] == work.score.model.hash
    folder = studio.settings.models / work.score.model.hash
    assert json.loads((folder / "number.json").read_text())["number"] == pytest.approx(5, abs=0.1)
    again = studio.make("hello", model="MY-number", seed=1, **TINY)
    assert again.path == work.path  # the same name in any case of its letters
    assert [child.score.model.name for child in studio.vary(work.id, children=1).wait()] == [
        "my-number"
    ]


def test_a_model_that_was_taken_off_performs_no_more(studio: Studio) -> None:
    perform(studio, ask(studio, "gone-soon"))
    promised = studio.ask("hello", model="gone-soon", **TINY)
    shelf.remove(studio, "gone-soon")
    with pytest.raises(RunFailed, match="not on the shelf"):
        promised.wait()
    with pytest.raises(NotFound, match="gone-soon"):
        studio.make("hello", model="gone-soon", **TINY)
    with pytest.raises(AskedWrong, match="comes with the studio"):
        shelf.remove(studio, "ink")


def test_a_missing_file_of_a_model_is_told(studio: Studio) -> None:
    perform(studio, ask(studio, "torn"))
    with studio.archive.read() as conn:
        (model,) = models.shelf(conn)
    for sha in model.files.values():
        studio.files.path(sha).unlink()
    with pytest.raises(RunFailed, match="missing"):
        studio.make("hello", model="torn", **TINY)


@pytest.mark.parametrize(
    "name", ["ink", "INK", "еcho", "a/b", "-x", "a b", "", "." * 3, "w_" + "a" * 12, "a" * 61]
)
def test_names_that_no_model_can_have(studio: Studio, name: str) -> None:
    with studio.archive.read() as conn, pytest.raises(AskedWrong):
        shelf.check_name(conn, name)


def test_two_trainings_do_not_get_one_name(studio: Studio) -> None:
    first = ask(studio, "twin")
    for same in ("twin", "TWIN", "twіn"):
        with pytest.raises(AskedWrong, match="in line already"):
            ask(studio, same)
    assert perform(studio, first).state == "completed"
    with pytest.raises(AskedWrong, match="models remove twin"):
        ask(studio, "TWIN")
    numbered = [ask(studio), ask(studio)]
    assert [run.task.name for run in numbered if run.task] == ["echo-1", "echo-2"]


def test_guests_do_not_train(studio: Studio) -> None:
    with studio.archive.write() as conn:
        guest = people.add(conn, "guest", 5)
        member = people.add(conn, "member", 5, "ana")
    with pytest.raises(NotAllowed):
        ask(studio.as_person(guest.id))
    with pytest.raises(NotAllowed):
        ask(studio.as_person(""))
    assert ask(studio.as_person(member.id)).person_id == member.id
    studio.policy.write_text("[class.member]\ndevice_seconds = 60\n")
    with pytest.raises(AskedWrong, match="60 for one run"):
        learning.ask(studio.as_person(member.id), Wish("echo", {"minutes": 5}))


def test_cancelled_it_keeps_its_folder_and_goes_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask(studio, "slow", pause=0.05, steps=60)
    stopped: list[int] = []

    def watch(event: Event) -> None:
        if isinstance(event, Learned) and event.facts["step"] == 9:
            standing.cancel(studio, run.id)
        if isinstance(event, Learned):
            stopped.append(event.facts["step"])

    assert perform(studio, run, watch).state == "cancelled"
    at = checkpoint(studio, run)
    assert 9 <= at < 60
    with pytest.raises(AskedWrong, match="goes on"):
        together.again(studio, run.id)
    with pytest.raises(AskedWrong, match=r"steps +60 +70"):
        learning.ask(studio, Wish(recipe={"steps": 70}, on=run.id))
    on = learning.ask(studio, Wish(recipe={"steps": 70, "pause": 0}, on=run.id, accept=True))
    assert on.task is not None and (on.task.name, on.task.begun) == ("slow", run.id)
    assert on.task.accepted
    with pytest.raises(AskedWrong, match="nobody performs now"):
        learning.ask(studio, Wish(on=run.id))
    monkeypatch.setattr(type(studio), "performed_now", lambda _self: True)
    with pytest.raises(AskedWrong, match="goes on by itself"):
        learning.ask(studio, Wish(on=run.id))
    seen: list[int] = []
    after = perform(
        studio, on, lambda e: seen.append(e.facts["step"]) if isinstance(e, Learned) else None
    )
    assert after.state == "completed" and seen == list(range(at + 1, 71))


def test_another_goes_on_from_a_model(studio: Studio) -> None:
    first = perform(studio, ask(studio, "first", number=6.0, steps=20))
    second = learning.ask(studio, Wish(name="second", on="First", recipe={"steps": 3}))
    assert second.task is not None and second.task.start == first.id
    assert second.task.begun == second.id and second.task.recipe["number"] == 6
    perform(studio, second)
    with studio.archive.read() as conn:
        one, other = (models.on_shelf(conn, name) for name in ("first", "second"))
        assert one is not None and other is not None
        from uncaged.archive import lineage

        edges = [(e.relation, e.target) for e in lineage.edges_of(conn, other.id, "from")]
    assert ("adapted_from", one.id) in edges


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish(), "What is to be trained"),
        (Wish("nobody"), "nobody"),
        (Wish(on="r_" + "a" * 12), "no run"),
        (Wish(on="nowhere"), "no training called"),
        (Wish("echo", {"rate": 1}), "rate"),
        (Wish("echo", {}, "a/b"), "no name of a model"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_trained_is_said(studio: Studio, wish: Wish, says: str) -> None:
    with pytest.raises(AskedWrong, match=says):
        learning.ask(studio, wish)
    with studio.archive.read() as conn:
        assert runs.in_hand(conn) == ()


def test_what_is_no_training_is_not_gone_on_with(studio: Studio) -> None:
    work = studio.make("hello", model="echo", **TINY)
    with pytest.raises(AskedWrong, match="no training"):
        learning.ask(studio, Wish(on=work.run.id))
    run = perform(studio, ask(studio))
    with pytest.raises(AskedWrong, match="training of echo"):
        learning.ask(studio, Wish("seedling", on=run.id))
    import shutil

    shutil.rmtree(studio.settings.trainings)
    with pytest.raises(AskedWrong, match="not there any more"):
        learning.ask(studio, Wish(on=run.id))


@pytest.mark.parametrize(
    ("mishap", "says"), [({"nan_at": 6}, "nan"), ({"full_at": 6}, "no room left")]
)
def test_what_goes_wrong_keeps_the_last_checkpoint(
    studio: Studio, mishap: dict[str, int], says: str
) -> None:
    run = perform(studio, ask(studio, "unlucky", **mishap))
    assert run.state == "failed" and says in (run.reason or "")
    assert checkpoint(studio, run) == 5
    again = learning.ask(studio, Wish(on=run.id, recipe=dict.fromkeys(mishap, 0)))
    assert perform(studio, again).state == "completed"


def test_deaths_count_only_where_nothing_was_kept(studio: Studio) -> None:
    run = ask(studio, "mortal", save_every=1, steps=30, pause=0.02)
    dead: list[int] = []

    def watch(event: Event) -> None:
        if isinstance(event, Learned) and event.facts["step"] % 5 == 0 and len(dead) < 5:
            slot = steward.seat.slot
            assert isinstance(slot, LocalPerformer)
            dead.append(slot.pid)
            os.kill(slot.pid, signal.SIGKILL)

    with stewardship(studio) as steward:
        assert steward is not None
        steward.perform(run.id, watch, threading.Event())
    after = standing.look(studio, run.id)
    assert (after.state, after.deaths, after.attempt) == ("completed", 0, 6)
    stubborn = ask(studio, "stubborn", save_every=1000, die_at=4)
    with stewardship(studio) as steward:
        assert steward is not None
        steward.perform(stubborn.id, lambda _: None, threading.Event())
    failed = standing.look(studio, stubborn.id)
    assert failed.state == "failed" and "died 3 times" in (failed.reason or "")


def test_a_late_twin_keeps_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ask(studio, "once")
    seal = learning.seal

    def late(studio: Studio, one: learning.Learning) -> learning.Learning:
        sealed = seal(studio, one)
        assert sealed.run is not None
        with studio.archive.write() as conn:
            runs.give_back(conn, sealed.run.id, sealed.run.attempt, 5)
            runs.cancel(conn, sealed.run.id, 6)
        return sealed

    monkeypatch.setattr(learning, "SEALED", (late,))
    assert perform(studio, run).state == "cancelled"
    with studio.archive.read() as conn:
        assert models.shelf(conn) == () and learnt.made_by(conn, run.id) is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"engine": "echo", "files": {}, "card": {}},
        {"engine": "echo", "files": {"../x": {"sha256": "0" * 64}}, "card": {}},
        {"engine": "echo", "files": {"a": {}}, "card": {}},
        {"engine": "echo", "files": {"a": {"sha256": "0" * 64}}, "card": {"x": float("nan")}},
        {"engine": "echo", "files": {"a": {"sha256": "0" * 64}}, "card": {}, "data": "b"},
    ],
    ids=str,
)
def test_a_manifest_that_is_none_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(RunFailed):
        learning.Manifest.of(said)


def test_a_file_that_is_not_what_was_written_is_not_kept(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask(studio, "torn")
    seal = learning.seal

    def torn(studio: Studio, one: learning.Learning) -> learning.Learning:
        assert one.performed is not None and one.performed.trained is not None
        (Path(one.performed.trained.folder) / "number.json").write_text("{}")
        return seal(studio, one)

    monkeypatch.setattr(learning, "SEALED", (torn,))
    after = perform(studio, run)
    assert after.state == "failed" and "not what was written" in (after.reason or "")


def test_a_film_is_made_beside_a_training(settings: Settings) -> None:
    """Where no steward is alive, whoever trains is one for everybody meanwhile."""
    with open_studio(settings=settings) as studio:
        run = ask(studio, "long", pause=0.05, steps=400)
        stop, made = threading.Event(), list[Any]()
        seen: list[attending.Stands] = []

        def film() -> None:
            with open_studio(settings=settings) as other:
                made.append(other.make("beside", model="echo", **TINY))
            stop.set()

        def watch(stands: attending.Stands) -> None:
            seen.append(stands)
            going = stands.run.state == "in_progress" and stands.lesson.step > 2
            if going and not made and not thread.is_alive():
                thread.start()

        thread = threading.Thread(target=film)
        after = attending.see_through(studio, run.id, watch, stop)
        thread.join()
        assert made and after.state == "cancelled"
        assert checkpoint(studio, run) > 2
        assert seen[-1].lesson.figures["loss"] < 3


def test_a_steward_that_stops_keeps_a_checkpoint(studio: Studio) -> None:
    from uncaged.studio import pool

    run = ask(studio, "given-back", pause=0.05, steps=400, save_every=100_000)
    stop = threading.Event()

    def saw(event: Event) -> None:
        if isinstance(event, Learned) and event.facts["step"] >= 5:
            stop.set()

    with stewardship(studio) as steward:
        assert steward is not None
        pool.Pool(studio, steward, pool.seats(1), pool.Eyes(event=saw)).work(stop)
    after = standing.look(studio, run.id)
    assert (after.state, after.attempt, after.deaths) == ("queued", 2, 0)
    assert checkpoint(studio, run) >= 5


def test_it_is_charged_by_its_seconds(studio: Studio) -> None:
    run = perform(studio, ask(studio, "paid", pause=0.1, steps=8))
    assert run.state == "completed" and run.estimated_seconds == pytest.approx(0.8)
    with studio.archive.read() as conn:
        used = conn.exec_driver_sql(
            "SELECT seconds FROM uses WHERE lane = 'batch' AND who = ?", (studio.person,)
        ).scalar_one()
        assert used > 0.7
    from uncaged.queue import estimate

    with studio.archive.read() as conn:
        assert estimate.past(conn, "echo").runs == ()  # a training is no film to go by


def test_a_program_that_waits_for_it_is_told_what_it_is(studio: Studio) -> None:
    promised = studio.asked(ask(studio).id)
    with pytest.raises(AskedWrong, match="makes a model"):
        list(promised.wait()) if hasattr(promised, "parts") else promised.wait()
    promised.cancel()
