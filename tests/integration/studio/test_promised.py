"""What was asked for, from Python: in line, waited for, cancelled, asked again, one film or many."""

import threading
from typing import Any

import pytest

from uncaged.archive import people
from uncaged.core.errors import AskedWrong, NotFound, RunCancelled, RunFailed
from uncaged.engines.asking import Request
from uncaged.studio.promised import Promised, PromisedTogether
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio

SHORT: dict[str, Any] = {"model": "echo", "size": (64, 64), "seconds": 0.25}


def test_a_film_is_asked_for_and_waited_for(studio: Studio) -> None:
    film = studio.ask("a", **SHORT)
    assert film.state == "queued"
    why = film.reason()
    assert why is not None and why.place == 1 and why.sentences
    work = film.wait()
    assert work.score.text == "a" and work.path.exists()
    assert film.state == "completed" and film.reason() is None
    for name in (film.run_id, work.id):
        assert studio.asked(name) == film


def test_each_wish_about_one_s_own_place(studio: Studio) -> None:
    first, second = studio.ask("a", **SHORT), studio.ask("b", **SHORT)
    second.prefer()
    assert [film.reason().place for film in (first, second)] == [2, 1]  # pyright: ignore[reportOptionalMemberAccess] - both wait
    second.pause()
    paused = second.reason()
    assert paused is not None and paused.place is None and "paused" in paused.sentences[0]
    second.resume()
    first.cancel()
    assert first.state == "cancelled"
    with pytest.raises(RunCancelled):
        first.wait()
    with pytest.raises(AskedWrong):
        first.pause()
    (anew,) = first.again()
    assert anew.wait().score.text == "a"
    with pytest.raises(AskedWrong, match="neither failed"):
        anew.again()


def test_a_film_comes_after_another(studio: Studio) -> None:
    first = studio.ask("a", **SHORT)
    then = studio.ask("b", after=[first.run_id], lane="batch", **SHORT)
    assert then.run.after == (first.run_id,) and then.run.lane == "batch"
    first.cancel()
    with pytest.raises(RunFailed):
        then.wait()
    with pytest.raises(AskedWrong, match="nothing of yours"):
        studio.ask("c", after=["r_aaaaaaaaaaaa"], **SHORT)


def test_films_together_are_made_one_by_one(studio: Studio) -> None:
    grid = studio.ask_all(["a", "b"], **SHORT)
    assert studio.asked(grid.id) == grid and grid.made() == ()
    films = grid.wait()
    assert next(films).score.text == "a"
    assert [work.score.text for work in grid.made()] == ["a"]
    assert next(films).score.text == "b"
    assert [part.state for part in grid.parts] == ["completed", "completed"]


def test_what_is_left_of_a_group_is_cancelled_and_asked_for_again(studio: Studio) -> None:
    parts = [Request("a", size=(64, 64), seconds=0.25, seed=n) for n in range(3)]
    chain = studio.ask_all(parts, model="echo", chained=True)
    chain.parts[0].wait()
    chain.cancel()
    assert [part.state for part in chain.parts] == ["completed", "cancelled", "cancelled"]
    assert len(chain.again()) == 2
    assert [work.score.seed for work in chain.wait()] == [0, 1, 2]
    with pytest.raises(AskedWrong):
        chain.again()
    with pytest.raises(AskedWrong):
        studio.ask_all([], **SHORT)


def test_somebody_else_s_is_not_here(studio: Studio) -> None:
    with studio.archive.write() as conn:
        other = studio.as_person(people.add(conn, "member", 1).id)
    film, grid = studio.ask("a", **SHORT), studio.ask_all(["a"], **SHORT)
    for name in (film.run_id, film.run.work_id or "", grid.id):
        with pytest.raises(NotFound):
            other.asked(name)
    theirs = Promised(other, film.run_id)
    for way in (lambda: theirs.run, theirs.cancel, theirs.pause, theirs.again, theirs.wait):
        with pytest.raises(NotFound):
            way()
    group = PromisedTogether(other, grid.id)
    for way in (lambda: group.parts, group.made, group.cancel, group.again):
        with pytest.raises(NotFound):
            way()
    with pytest.raises(AskedWrong):
        studio.asked("../../etc/passwd")
    assert film.state == "queued"


def test_a_steward_elsewhere_is_waited_for(studio: Studio) -> None:
    """While somebody else is the steward, nothing is performed here."""
    film = studio.ask("a", **SHORT)
    places: list[object] = []
    with stewardship(studio) as steward:
        assert steward is not None
        done: list[object] = []
        waiter = threading.Thread(target=lambda: done.append(film.wait(places.append)))
        waiter.start()
        while not places:
            waiter.join(0.01)
        assert not done
        steward.perform(film.run_id, lambda _: None, threading.Event())
        waiter.join(30)
    assert len(done) == 1 and film.state == "completed"


def test_each_thing_prints_as_what_it_is(studio: Studio) -> None:
    film, grid = studio.ask("a heron\x1b[31m", **SHORT), studio.ask_all(["a", "b"], **SHORT)
    assert str(studio) == f"<Studio of {studio.settings.home}>"
    assert str(film) == f"<Promised {film.run_id} queued>"
    assert str(grid) == f"<PromisedTogether {grid.id} 0 of 2 made>"
    why = film.reason()
    assert why is not None and str(why) == " ".join(why.sentences)
    work = film.wait()
    assert str(work) == rf"<Work {work.id} 'a heron\x1b[31m', 0.25 s, 64x64, completed>"
    assert str([work]) == f"[{work!r}]"
    studio.delete(work)
    gone = studio.asked(film.run_id)
    assert str(gone) == f"<Promised {film.run_id} completed>"
    assert "cannot be looked at" in str(Promised(studio, "r_aaaaaaaaaaaa"))
    assert "cannot be looked at" in str(PromisedTogether(studio, "g_aaaaaaaaaaaa"))


def test_a_name_that_is_none_is_answered_with_the_nearest(studio: Studio) -> None:
    ask: dict[str, Any] = {"second": 5}
    for call in (studio.make, studio.ask, lambda text, **more: studio.ask_all([text], **more)):
        with pytest.raises(AskedWrong, match="There is no `second`") as caught:
            call("a bird", **ask)
        assert caught.value.hint == "Did you mean seconds?"
    with pytest.raises(AskedWrong, match="There is no `modell`"):
        studio.ask_all([Request("a")], modell="ink")
    assert not studio.unkept()
