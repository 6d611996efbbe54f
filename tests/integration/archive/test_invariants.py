"""Whatever happens to runs, in whatever order: nothing kept twice, attempts only grow, the finished are frozen."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from uncaged.archive import files, people, runs, turns, works
from uncaged.archive.tables import FINISHED


class Stewards(RuleBasedStateMachine):
    """Stewards that come and go, performers that answer late or twice, people who cancel and delete."""

    World: Any = None
    asked = Bundle("asked")
    claimed = Bundle("claimed")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="stewards-"))
        self.world = self.World(self.folder / "home")
        self.epoch = self.world.epoch
        self.guest = self.write(people.add, "guest", 1).id
        self.seen: dict[str, tuple[int, int, str]] = {}
        self.finished: dict[str, tuple[Any, ...]] = {}
        self.kept: dict[str, str] = {}

    def teardown(self) -> None:
        self.world.archive.close()
        shutil.rmtree(self.folder)

    def write(self, statement: Any, *arguments: Any) -> Any:
        with self.world.archive.write() as conn:
            return statement(conn, *arguments)

    @rule(target=asked, wish=st.integers(-1, 1), guest=st.booleans())
    def ask(self, wish: int, guest: bool) -> str:
        person = self.guest if guest else self.world.me
        return self.world.ask(own_priority=wish, person_id=person).id

    @rule(target=asked, first=asked)
    def ask_after(self, first: str) -> str:
        if self.world.run(first).state in ("failed", "cancelled"):
            return self.world.ask().id
        return self.world.ask(after=(first,)).id

    @rule(target=claimed, run=asked, older=st.sampled_from([0, 0, 0, 1]))
    def claim(self, run: str, older: int) -> tuple[str, int]:
        before = self.world.run(run)
        got = self.write(runs.claim, run, self.epoch - older, self.world.clock.now())
        if got is not None:
            assert before.state == "queued" and not older
            assert all(self.world.run(first).state == "completed" for first in before.after)
        return run, before.attempt

    @rule(turn=claimed, film=st.binary(max_size=2))
    def complete(self, turn: tuple[str, int], film: bytes) -> None:
        run, attempt = turn
        before = self.world.run(run)
        rows = self.world.everything()
        done = self.world.complete(before, attempt=attempt, content=film)
        assert done == (before.state == "in_progress" and before.attempt == attempt)
        if done:
            assert run not in self.kept
            self.kept[run] = self.world.rows("SELECT media FROM works WHERE run_id = ?", run)[0][0]
        else:
            assert self.world.everything() == rows

    @rule(turn=claimed)
    def complete_twice(self, turn: tuple[str, int]) -> None:
        self.complete(turn, b"one")
        self.complete(turn, b"other")

    @rule(turn=claimed, by_death=st.booleans())
    def come_late(self, turn: tuple[str, int], by_death: bool) -> None:
        """A performer that was given up answers after the next one has begun."""
        if by_death:
            self.die(turn, 9)
        else:
            self.give_back(turn)
        self.claim(turn[0], 0)
        self.complete(turn, b"late")

    @rule(turn=claimed, n=st.integers(0, 24))
    def progress(self, turn: tuple[str, int], n: int) -> None:
        self.write(runs.progressed, *turn, n, 24)

    @rule(turn=claimed, limit=st.integers(1, 3))
    def die(self, turn: tuple[str, int], limit: int) -> None:
        self.write(runs.died, *turn, limit, self.world.clock.now())

    @rule(turn=claimed)
    def give_back(self, turn: tuple[str, int]) -> None:
        self.write(runs.give_back, *turn, self.world.clock.now())

    @rule(turn=claimed)
    def fail(self, turn: tuple[str, int]) -> None:
        self.write(runs.fail, *turn, "No paper left.", self.world.clock.now())

    @rule(run=asked)
    def cancel(self, run: str) -> None:
        self.write(runs.cancel, run, self.world.clock.now())

    @rule(turn=claimed)
    def stop(self, turn: tuple[str, int]) -> None:
        self.write(runs.stopped, *turn, self.world.clock.now())

    @rule(run=asked)
    def delete(self, run: str) -> None:
        work_id = self.world.run(run).work_id
        if self.world.rows("SELECT 1 FROM works WHERE id = ? AND deleted IS NULL", work_id):
            gone = self.write(
                works.delete, self.world.run(run).person_id, work_id, self.world.clock.now()
            )
            self.write(files.forget, self.world.store, gone)
            self.kept.pop(run, None)
            self.finished.pop(run, None)

    @rule()
    def another_steward(self) -> None:
        self.epoch = self.write(runs.raise_epoch)
        self.write(runs.recover, self.epoch, self.world.clock.now())
        assert not self.world.rows("SELECT 1 FROM runs WHERE state = 'in_progress'")

    @invariant()
    def attempts_and_deaths_only_grow(self) -> None:
        for run, attempt, deaths, state in self.world.rows(
            "SELECT id, attempt, deaths, state FROM runs"
        ):
            before = self.seen.get(run, (1, 0, "queued"))
            assert attempt >= before[0] and deaths >= before[1]
            assert before[2] not in FINISHED or state == before[2]
            self.seen[run] = (attempt, deaths, state)

    @invariant()
    def the_finished_are_frozen(self) -> None:
        done = "SELECT * FROM runs WHERE state IN ('completed', 'failed', 'cancelled')"
        for row in self.world.rows(done):
            assert self.finished.setdefault(row[0], row) == row

    @invariant()
    def every_kept_work_has_its_film_and_one_run(self) -> None:
        found = self.world.rows(
            "SELECT run_id, media, state FROM works JOIN runs ON runs.id = run_id "
            "WHERE kept IS NOT NULL AND deleted IS NULL"
        )
        assert {run: media for run, media, _ in found} == self.kept
        assert all(state == "completed" for _, _, state in found)
        assert all(
            self.world.store.verify(sha) for (sha,) in self.world.rows("SELECT sha256 FROM files")
        )

    @invariant()
    def every_shelf_holds_what_lies_on_it(self) -> None:
        counted = self.world.rows(
            "SELECT person_id, bytes FROM shelf WHERE bytes > 0 ORDER BY person_id"
        )
        kept = self.world.rows(
            "SELECT person_id, bytes FROM shelves WHERE bytes <> 0 ORDER BY person_id"
        )
        assert counted == kept

    @invariant()
    def every_kept_work_is_told_once(self) -> None:
        told = self.world.rows("SELECT about FROM log WHERE what = 'kept'")
        made = self.world.rows("SELECT target FROM edges WHERE relation = 'made'")
        assert sorted(told) == sorted(made) == sorted(set(told))

    @invariant()
    def the_line_is_whole(self) -> None:
        line = self.world.rows("SELECT run_id FROM line")
        waiting = self.world.rows("SELECT id FROM runs WHERE state = 'queued'")
        assert sorted(line) == sorted(waiting)
        ready = [run for (run,) in waiting if self.is_ready(run)]
        blocked = self.world.rows("SELECT id FROM runs WHERE state = 'queued' AND blocked IS NULL")
        assert sorted(ready) == sorted(run for (run,) in blocked)
        kept = self.world.rows("SELECT * FROM turns ORDER BY run_id")
        with self.world.archive.write() as conn:
            turns.find_anew(conn)
        assert self.world.rows("SELECT * FROM turns ORDER BY run_id") == kept
        assert {person for _, person, *_ in kept} == {
            self.world.run(run).person_id for run in ready
        }

    def is_ready(self, run: str) -> bool:
        return all(
            self.world.run(first).state == "completed" for first in self.world.run(run).after
        )


@pytest.fixture
def world_class(world: Any) -> type:
    return type(world)


def test_any_order_of_events(world_class: type) -> None:
    class Machine(Stewards):
        World = world_class

    Machine.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=25,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    Machine.TestCase().runTest()
