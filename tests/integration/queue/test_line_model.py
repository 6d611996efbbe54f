"""Any order of asking, cancelling, pausing, turns, crashes and ends: the line keeps its promises."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from uncaged.archive import line_time, people, runs, turns
from uncaged.archive.tables import FINISHED
from uncaged.core.errors import AskedWrong
from uncaged.queue import charging, line, own
from uncaged.queue.fairness import COLD, Choice, Head, Warm, choose, stayed
from uncaged.queue.line import Able, Moment
from uncaged.queue.place import foresee
from uncaged.queue.policy import from_json

RULES = from_json(
    {
        "line": {
            "first_wait_minutes": 1,
            "guarantee_share": 0.5,
            "half_life_minutes": 10,
            "stay_runs": 2,
            "stay_seconds": 60,
        },
        "class": {"member": {"weight": 2, "running": 2}, "guest": {"running": 1}},
    }
).rules()
ABLE = Able()
MODELS = ("echo", "ink")


class Line(RuleBasedStateMachine):
    """One lane and performer, five people of three classes, two models that take a while to load.

    What was claimed, and what is loaded, is remembered beside the archive.
    """

    World: Any = None
    asked = Bundle("asked")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="line-"))
        self.world = self.World(self.folder / "home")
        self.epoch = self.world.epoch
        self.now = 10**15
        with self.world.archive.write() as conn:
            kinds = ("guest", "guest", "member", "member")
            self.people = [self.world.me, *(people.add(conn, kind, 1).id for kind in kinds)]
            line_time.tell(conn, self.now, self.world.clock.now())
        self.warm: Warm = COLD
        self.loading: dict[str, float] = {}
        self.going: dict[str, int] = {}
        self.made: set[str] = set()
        self.ended: dict[str, str] = {}

    def teardown(self) -> None:
        self.world.archive.close()
        shutil.rmtree(self.folder)

    def write(self, statement: Any, *arguments: Any) -> Any:
        with self.world.archive.write() as conn:
            return statement(conn, *arguments)

    @rule(
        target=asked,
        who=st.integers(0, 4),
        seconds=st.floats(0.1, 60),
        model=st.sampled_from(MODELS),
    )
    def ask(self, who: int, seconds: float, model: str) -> str:
        more = {"person_id": self.people[who], "estimated_seconds": seconds}
        from uncaged.core.score import ModelRef

        return self.world.ask(model=ModelRef(model), **more).id

    @rule(target=asked, first=asked, who=st.integers(0, 4))
    def ask_after(self, first: str, who: int) -> str:
        try:
            return self.world.ask(after=(first,), person_id=self.people[who]).id
        except AskedWrong:
            assert self.world.run(first).state in ("failed", "cancelled")
            return first

    @rule(seconds=st.integers(0, 120))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * 10**6
        self.write(line_time.tell, self.now, self.world.clock.now())

    @rule(hours=st.integers(-50, 50))
    def somebody_sets_the_clock(self, hours: int) -> None:
        self.world.clock.at = max(10**15, self.world.clock.at + hours * 3600 * 10**6)

    @rule()
    def turn(self) -> None:
        with self.world.archive.write() as conn:
            choice = line.next_turn(conn, RULES, ABLE, self.now, self.warm)
            want = self.looked_at_everybody(conn)
            assert (None if choice is None else (choice.head, choice.because)) == (
                None if want is None else (want.head, want.because)
            )
            if choice is None:
                return
            moment = Moment(self.epoch, 1, self.now)
            given = line.claim(conn, choice, RULES, ABLE, self.warm, moment)
        assert given is not None
        run, charged = given
        takes = charging.GUESS if run.estimated_seconds is None else run.estimated_seconds
        cold = 0.0 if run.model in self.warm.models else self.loading.get(run.model, 0.0)
        assert charged == takes + cold
        self.stay(choice, takes)
        assert run.id not in self.going and run.id not in self.made
        assert all(first in self.made for first in run.after)
        self.going[run.id] = run.attempt

    def stay(self, choice: Choice, seconds: float) -> None:
        """Nobody's turn is taken by who wants the loaded model more often, or longer, than the policy allows."""
        if choice.because == "warm":
            assert choice.passed is not None and choice.head.model in self.warm.models
            assert choice.passed.model not in self.warm.models
            assert self.warm.runs < RULES.terms.stay_runs
            assert self.warm.seconds < RULES.terms.stay_seconds
        self.warm = stayed(self.warm, choice, seconds)
        assert choice.head.model in self.warm.models

    @rule(model=st.sampled_from(MODELS), seconds=st.sampled_from([0.0, 8.0, 300.0]))
    def model_is_loaded(self, model: str, seconds: float) -> None:
        before = self.loading.get(model)
        self.loading[model] = seconds if before is None else (before + seconds) / 2
        self.write(charging.loaded, "cpu", model, seconds)

    def looked_at_everybody(self, conn: Any) -> Any:
        """The choice among all heads, found by looking at every run."""
        rows = conn.exec_driver_sql(
            "SELECT r.id, r.person_id, p.kind, r.model, r.stood, r.own_priority FROM runs r "
            "JOIN people p ON p.id = r.person_id WHERE r.state = 'queued' AND r.paused IS NULL "
            "ORDER BY r.own_priority DESC, r.stood, r.id"
        ).all()
        busy = dict(
            conn.exec_driver_sql(
                "SELECT person_id, count(*) FROM runs WHERE state = 'in_progress' GROUP BY 1"
            ).all()
        )
        begun = {who for who, n in conn.exec_driver_sql("SELECT who, begun FROM uses").all() if n}
        heads: dict[tuple[str, str], Head] = {}
        for run, person, kind, model, stood, wish in rows:
            if not all(first in self.made for first in runs.get(conn, run).after):
                continue
            most = RULES.most_running[kind]
            if most is not None and busy.get(person, 0) >= most:
                continue
            level = RULES.rank_of(person, charging.use(conn, "interactive", person))
            head = Head(run, person, kind, model, level, stood, wish, person not in begun)
            heads.setdefault((person, model), head)
        ranks = {
            kind: RULES.rank_of_class(kind, charging.use(conn, "interactive", kind))
            for kind in RULES.weights
        }
        left = charging.credit(conn, "interactive")
        return choose(heads.values(), ranks, RULES.terms, self.now, left, self.warm, self.loading)

    @rule(data=st.data(), used=st.floats(0, 200))
    def finish(self, data: st.DataObject, used: float) -> None:
        if not self.going:
            return
        run_id = data.draw(st.sampled_from(sorted(self.going)))
        how = data.draw(st.sampled_from(["made", "made", "failed", "died", "back", "stopped"]))
        attempt = self.going.pop(run_id)
        run = self.world.run(run_id)
        wall = self.world.clock.now()
        if how == "made":
            assert self.world.complete(run, attempt=attempt, content=run_id.encode())
            self.made.add(run_id)
        elif how == "failed":
            self.write(runs.fail, run_id, attempt, "No paper left.", wall)
        elif how == "died":
            self.write(runs.died, run_id, attempt, 2, wall)
        elif how == "back":
            self.write(runs.give_back, run_id, attempt, wall)
        else:
            self.write(runs.cancel, run_id, wall)
            self.write(runs.stopped, run_id, attempt, wall)
        counted = used if how in ("made", "stopped") else None
        self.write(charging.settle, run, RULES, counted, self.now)

    @rule()
    def crash(self) -> None:
        self.epoch = self.write(runs.raise_epoch)
        back = self.write(charging.recover, RULES, self.epoch, self.world.clock.now(), self.now)
        assert set(back) == set(self.going)
        self.going.clear()
        self.warm = COLD

    @rule(run=asked)
    def cancel(self, run: str) -> None:
        self.write(runs.cancel, run, self.world.clock.now())

    @rule(run=asked, what=st.sampled_from([own.resume, own.prefer, "pause"]))
    def wish(self, run: str, what: Any) -> None:
        person = self.world.run(run).person_id
        try:
            if what == "pause":
                self.write(own.pause, person, run, self.world.clock.now())
            else:
                self.write(what, person, run)
        except AskedWrong:
            assert self.world.run(run).state != "queued"

    @invariant()
    def turns_are_what_the_runs_say(self) -> None:
        kept = self.world.rows("SELECT * FROM turns ORDER BY run_id")
        self.write(turns.find_anew)
        assert self.world.rows("SELECT * FROM turns ORDER BY run_id") == kept

    @invariant()
    def nobody_has_more_in_hand_than_they_may(self) -> None:
        going = self.world.rows(
            "SELECT p.kind, count(*) FROM runs r JOIN people p ON p.id = r.person_id "
            "WHERE r.state = 'in_progress' GROUP BY r.person_id"
        )
        for kind, count in going:
            most = RULES.most_running[kind]
            assert most is None or count <= most

    @invariant()
    def what_is_charged_is_in_hand(self) -> None:
        charged = self.world.rows("SELECT run_id FROM charges")
        assert {run for (run,) in charged} == set(self.going)
        for (seconds,) in self.world.rows("SELECT seconds FROM uses"):
            assert 0.0 <= seconds < 10**9
        for (left,) in self.world.rows("SELECT credit FROM lanes"):
            assert -1.0 <= left <= 1.0

    @invariant()
    def the_ended_stay_ended_and_hold_nobody_up(self) -> None:
        for run, state in self.world.rows("SELECT id, state FROM runs"):
            if run in self.ended:
                assert state == self.ended[run]
            if state in FINISHED:
                self.ended[run] = state
        assert not self.world.rows(
            f"SELECT 1 FROM awaits a JOIN runs f ON f.id = a.first_id WHERE f.state IN {FINISHED}"
        )

    @invariant()
    def everybody_who_can_begin_has_a_place(self) -> None:
        with self.world.archive.read() as conn:
            seen = foresee(conn, RULES, self.world.clock.now())
        ready = self.world.rows(
            "SELECT id FROM runs WHERE state = 'queued' AND paused IS NULL AND blocked IS NULL"
        )
        assert {place.run for place in seen.places} == {run for (run,) in ready}
        assert [place.place for place in seen.places] == list(range(1, len(seen.places) + 1))


def test_any_order_of_events(world: Any) -> None:
    class Machine(Line):
        World = type(world)

    Machine.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=30,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    Machine.TestCase().runTest()
