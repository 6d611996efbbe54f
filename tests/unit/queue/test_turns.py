"""A line in memory gives the turns that looking at everybody would give."""

from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.queue.fairness import SECOND, Head, Terms, Use, Warm, choose
from uncaged.queue.turns import Rules, Turns, Waiting

KINDS = ("guest", "member")
RULES = Rules(
    600.0,
    Terms(20.0, 0.5, 2, 50.0),
    {"member": 2.0},
    {"guest": 2},
    {"p1": 3.0},
)

waiting = st.builds(
    lambda n, person, model, seconds, wish, stood: Waiting(
        f"r{n}", f"p{person}", KINDS[person % 2], model, seconds, stood * SECOND, wish
    ),
    st.integers(0, 10**6),
    st.integers(0, 5),
    st.sampled_from(("ink", "big")),
    st.floats(1, 100),
    st.integers(0, 2),
    st.integers(0, 60),
)


def everybody(
    turns: Turns, runs: list[Waiting], running: dict[str, int], begun: set[str]
) -> list[Head]:
    """Every run that could go next, looked at one by one."""
    found: dict[tuple[str, str], Waiting] = {}
    for run in runs:
        most = RULES.most_running.get(run.kind)
        if most is not None and running.get(run.person, 0) >= most:
            continue
        own = found.get((run.person, run.sort))
        order = lambda r: (-r.own_priority, r.stood, r.run)  # noqa: E731
        if own is None or order(run) < order(own):
            found[run.person, run.sort] = run
    return [
        Head(
            run.run,
            run.person,
            run.kind,
            run.model,
            RULES.rank_of(run.person, turns.use(run.person)),
            run.stood,
            run.own_priority,
            run.person not in begun,
        )
        for run in found.values()
    ]


@settings(max_examples=150)
@given(
    st.lists(waiting, max_size=30, unique_by=lambda r: r.run),
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), max_size=40),
)
def test_turns_are_those_of_looking_at_everybody(
    runs: list[Waiting], steps: list[tuple[int, bool, bool]]
) -> None:
    turns = Turns(RULES, {"p0": Use(50.0, 0)})
    left, running, begun = list(runs), dict[str, int](), set[str]()
    loading = {"big": 30.0}
    for run in runs:
        turns.add(run)
    warm, now = Warm(frozenset(("ink",))), 0
    for later, end, _ in steps:
        now += later * SECOND
        if end and any(running.values()):
            person = min(p for p, n in running.items() if n)
            running[person] -= 1
            turns.finish(person)
            continue
        heads = everybody(turns, left, running, begun)
        classes = {k: RULES.rank_of_class(k, turns.use(k)) for k in KINDS}
        want = choose(heads, classes, RULES.terms, now, turns.credit, warm, loading)
        got = turns.start(now, warm, loading)
        if want is None or got is None:
            assert want is None and got is None
            continue
        run, choice, warm = got
        assert (choice.head, choice.because) == (want.head, want.because)
        left.remove(run)
        running[run.person] = running.get(run.person, 0) + 1
        begun.add(run.person)


def test_a_performer_gets_only_what_it_can_do() -> None:
    turns = Turns(RULES)
    turns.add(Waiting("r1", "p0", "guest", "big", 1.0, 0))
    turns.add(Waiting("r2", "p0", "guest", "ink", 1.0, 1))
    able = turns.start(SECOND, sorts=["ink\n{}"])
    assert able is not None and able[0].run == "r2"
    assert turns.start(SECOND, sorts=["ink\n{}"]) is None
    assert turns.start(SECOND, sorts=["nothing"]) is None


def test_who_has_as_many_running_as_their_class_may_waits_until_one_is_over() -> None:
    turns = Turns(RULES)
    for n in range(3):
        turns.add(Waiting(f"r{n}", "p0", "guest", "ink", 1.0, n))
    assert turns.start(0) and turns.start(0)
    assert turns.start(0) is None
    turns.finish("p0")
    assert turns.start(0) is not None
