"""Runs asked for together: all promised or none; a part that fails takes with it only what comes after it."""

import itertools
import json
import threading
from typing import Any

import pytest

from uncaged.archive import groups, log, runs
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.engines.asking import Request
from uncaged.studio import making, together
from uncaged.studio.pool import Eyes, Pool, seats
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio

LONG = together.Terms("long score", chained=True)


def requests(count: int, **more: object) -> list[Request]:
    return [Request(f"a {n}", size=(64, 64), seconds=0.25, seed=n, **more) for n in range(count)]  # pyright: ignore


def work_off(studio: Studio, performers: int = 1) -> int:
    with stewardship(studio) as steward:
        assert steward is not None
        pool = Pool(studio, steward, seats(performers), Eyes())
        return pool.work(threading.Event(), until_nobody_waits=True)


def states(studio: Studio, group: groups.Group) -> list[str]:
    with studio.archive.read() as conn:
        return [runs.get(conn, run).state for run in groups.get(conn, group.id).runs]


def test_a_grid_is_made_by_whoever_is_free(studio: Studio) -> None:
    grid = together.ask(studio, requests(6), "echo")
    assert work_off(studio, performers=2) == 6
    assert states(studio, grid) == ["completed"] * 6


def test_one_after_another_in_their_order(studio: Studio) -> None:
    score = together.ask(studio, requests(4), "echo", LONG)
    work_off(studio, performers=3)
    with studio.archive.read() as conn:
        done = [runs.get(conn, run) for run in score.runs]
    assert all(run.state == "completed" for run in done)
    assert all(a.ended <= b.began for a, b in itertools.pairwise(done) if a.ended and b.began)


def test_all_or_nothing(studio: Studio) -> None:
    with pytest.raises(AskedWrong):
        together.ask(studio, [*requests(2), Request("")], "echo")
    with pytest.raises(AskedWrong):
        together.ask(studio, [], "echo")
    studio.policy.write_text("[class.owner]\nwaiting = 2")
    with pytest.raises(AskedWrong, match="0 of 2"):
        together.ask(studio, requests(3), "echo")
    with studio.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM turns").scalar_one() == 0
        assert conn.exec_driver_sql("SELECT count(*) FROM groups").scalar_one() == 0


def test_a_part_that_failed_is_asked_for_again_with_what_failed_with_it(studio: Studio) -> None:
    score = together.ask(studio, requests(4), "echo", LONG)
    first, second, *rest = score.runs
    with studio.archive.write() as conn:
        epoch = runs.raise_epoch(conn)
        for run in (first, second):
            assert runs.claim(conn, run, epoch, 5) is not None
            if run == first:
                conn.exec_driver_sql(
                    "UPDATE runs SET state = 'completed', ended = 6 WHERE id = ?", (run,)
                )
        runs.fail(conn, second, 1, "No paper left.", 7)
    assert states(studio, score) == ["completed", "failed", "failed", "failed"]
    with studio.archive.read() as conn:
        assert second in (runs.get(conn, rest[0]).reason or "")
    asked = together.again(studio, second)
    with pytest.raises(AskedWrong, match="again already"):
        together.again(studio, second)
    assert len(asked) == 3 and asked[0].after == (first,) and asked[1].after == (asked[0].id,)
    assert work_off(studio) == 3
    assert sorted(states(studio, score)) == ["completed"] * 4 + ["failed"] * 3
    with pytest.raises(AskedWrong):
        together.again(studio, first)
    with pytest.raises(NotFound):
        together.again(studio, "r_aaaaaaaaaaaa")


def test_what_comes_after_by_several_ways_fails_once_and_says_why(studio: Studio) -> None:
    """A crossing: two that come after the first, one that comes after both, one more after that."""
    first, *rest = together.ask(studio, requests(4), "echo").runs
    with studio.archive.write() as conn:
        for run, after in zip(rest, ((first,), (first,), (rest[0], rest[1])), strict=True):
            conn.exec_driver_sql(
                "UPDATE runs SET after = ?, blocked = ? WHERE id = ?",
                (json.dumps(after), len(after), run),
            )
            for one in after:
                conn.exec_driver_sql("INSERT INTO awaits VALUES (?, ?)", (run, one))
        assert runs.cancel(conn, first, 9) == "cancelled"
        found = [runs.get(conn, run) for run in rest]
        told = [entry.about for entry in log.entries(conn) if entry.what in ("failed", "cancelled")]
        assert conn.exec_driver_sql("SELECT count(*) FROM awaits").scalar_one() == 0
    assert [run.state for run in found] == ["failed"] * 3 and told == [first, *rest]
    assert found[0].reason == f"The run {first}, which it comes after, was cancelled."
    assert found[2].reason == f"The run {min(rest[:2])}, which it comes after, failed."
    asked = together.again(studio, first)
    assert [run.after for run in asked] == [
        (),
        (asked[0].id,),
        (asked[0].id,),
        (asked[1].id, asked[2].id),
    ]


def test_so_many_are_asked_for_again_and_no_more(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = together.ask(studio, requests(4), "echo", LONG)
    with studio.archive.write() as conn:
        runs.cancel(conn, score.runs[0], 9)
    before = states(studio, score)
    monkeypatch.setattr(together, "MOST", 3)
    with pytest.raises(AskedWrong, match="4 films would be asked for again; 3 are possible"):
        together.again(studio, score.runs[0])
    studio.policy.write_text("[class.owner]\nwaiting = 3")
    monkeypatch.undo()
    with pytest.raises(AskedWrong, match="ask for 4 more"):
        together.again(studio, score.runs[0])
    assert states(studio, score) == before == ["cancelled", "failed", "failed", "failed"]


def test_all_of_a_group_that_was_not_made_is_asked_for_again_each_after_the_newest(
    studio: Studio,
) -> None:
    chain = together.ask(studio, requests(3), "echo", LONG)
    assert together.cancel_in(studio, chain.id) == chain.runs
    assert states(studio, chain) == ["cancelled"] * 3
    alone = together.again(studio, chain.runs[0])
    assert [run.group_order for run in alone] == [0]
    rest = together.again_in(studio, chain.id)
    assert [run.after for run in rest] == [(alone[0].id,), (rest[0].id,)]
    assert work_off(studio) == 3
    with studio.archive.read() as conn:
        parts = groups.newest(conn, chain.id)
    assert [run.id for run in parts] == [alone[0].id, *(run.id for run in rest)]
    assert {run.state for run in parts} == {"completed"}
    with pytest.raises(AskedWrong):
        together.again_in(studio, chain.id)
    with pytest.raises(NotFound):
        together.cancel_in(studio, "g_aaaaaaaaaaaa")


def test_a_group_asks_for_no_more_again_than_the_house_allows(studio: Studio) -> None:
    grid = together.ask(studio, requests(3), "echo")
    together.cancel_in(studio, grid.id)
    studio.policy.write_text("[class.owner]\nwaiting = 2")
    with pytest.raises(AskedWrong):
        together.again_in(studio, grid.id)
    assert states(studio, grid) == ["cancelled"] * 3


IDS = ("r_aaaaaaaaaaaa", "w_aaaaaaaaaaaa")
GROUP = "g_aaaaaaaaaaaa"


def under_key(
    studio: Studio, count: int = 2, seed: int | None = None, **terms: Any
) -> groups.Group | runs.Run:
    """What is asked for under one and the same Idempotency-Key."""
    wanted = Request("a", size=(64, 64), seconds=0.25, seed=seed)
    prepared = making.replace(making.prepare(studio, wanted, "echo"), ids=IDS)
    if count == 1:
        alone = making.replace(prepared, **terms)
        return studio.commit(lambda conn: making.promise(conn, studio, alone))
    parts = together.with_seeds(prepared, count)
    return together.put_in_line(studio, parts, together.Terms(group_id=GROUP, **terms))


@pytest.mark.parametrize("count", [1, 3])
def test_a_key_is_for_one_asking_and_knows_it_again(studio: Studio, count: int) -> None:
    first = together.ask(studio, requests(1), "echo").runs
    kept = under_key(studio, count, 7, after=first, lane="batch")
    assert under_key(studio, count, 7, after=first, lane="batch").id == kept.id
    others: list[dict[str, Any]] = [
        {"seed": 8, "after": first, "lane": "batch"},
        {"seed": 7, "after": first},
        {"seed": 7, "lane": "batch"},
        {"seed": 7, "count": 2, "after": first, "lane": "batch"},
        {"seed": 7, "count": 1 if count > 1 else 3, "after": first, "lane": "batch"},
    ]
    for other in others:
        with pytest.raises(AskedWrong, match="Idempotency-Key"):
            under_key(studio, **{"count": count, **other})
    with studio.archive.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == 1 + count


def test_a_key_tells_a_chain_from_a_grid_and_forgives_a_drawn_seed(studio: Studio) -> None:
    kept = under_key(studio, 3, chained=True)
    assert isinstance(kept, groups.Group)
    assert under_key(studio, 3, chained=True).id == kept.id
    with pytest.raises(AskedWrong, match="Idempotency-Key"):
        under_key(studio, 3)
    together.cancel_in(studio, kept.id)
    together.again_in(studio, kept.id)
    assert under_key(studio, 3, chained=True).id == kept.id


@pytest.mark.parametrize("grouped", [True, False])
def test_what_came_after_a_cancelled_one_comes_after_its_new_run(
    studio: Studio, grouped: bool
) -> None:
    if grouped:
        first, second = together.ask(studio, requests(2), "echo", LONG).runs
    else:
        (first,) = together.ask(studio, requests(1), "echo").runs
        asked = making.replace(making.prepare(studio, Request("b"), "echo"), after=(first,))
        second = studio.commit(lambda conn: making.promise(conn, studio, asked)).id
    with studio.archive.write() as conn:
        for run in (second, first):
            assert runs.cancel(conn, run, 9) == "cancelled"
    (new,) = together.again(studio, first)
    (after,) = together.again(studio, second)
    assert after.after == (new.id,)
