"""Who begins beside runs that are in progress: short ones, by turn or within bounds; nobody is passed for ever."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from uncaged.queue.fairness import (
    COLD,
    NOTHING,
    SECOND,
    Choice,
    Head,
    Terms,
    Use,
    Warm,
    pass_by,
    stayed,
)
from uncaged.queue.turns import Rules, Turns, Waiting

TERMS = Terms(600.0, 0.25, 2, 30.0)
RULES = Rules(1800.0, TERMS, {}, {"guest": 1}, {})
LONG = Head("long", "p1", "member", "film", 1.0, 0)
SHORT = Head("short", "p2", "member", "film", 9.0, 5)
TURN = Choice(LONG, "share")


def test_whose_turn_it_is_begins_if_theirs_is_short() -> None:
    assert pass_by(Choice(SHORT, "first"), [SHORT], {}, TERMS, COLD) == Choice(SHORT, "first")


def test_others_pass_so_often_and_so_long() -> None:
    warm = Warm(frozenset(("film",)))
    for passed in range(TERMS.stay_runs):
        choice = pass_by(TURN, [SHORT], {}, TERMS, warm)
        assert choice is not None and choice == Choice(SHORT, "short", LONG), passed
        warm = stayed(warm, choice, 10.0)
    assert pass_by(TURN, [SHORT], {}, TERMS, warm) is None
    assert pass_by(TURN, [SHORT], {}, TERMS, Warm(warm.models, 0, 31.0)) is None
    warm = stayed(warm, TURN, 100.0)  # the one that was passed has begun
    assert pass_by(TURN, [SHORT], {}, TERMS, warm) is not None


def test_nobody_passes_where_the_policy_says_so_and_nobody_is_short() -> None:
    assert pass_by(TURN, [SHORT], {}, replace(TERMS, stay_runs=0), COLD) is None
    assert pass_by(TURN, [], {}, TERMS, COLD) is None


def test_of_several_the_least_used_passes() -> None:
    other = Head("other", "p3", "guest", "film", 0.0, 9)
    choice = pass_by(TURN, [SHORT, other], {"member": NOTHING, "guest": 5.0}, TERMS, COLD)
    assert choice is not None and choice.head == SHORT
    choice = pass_by(TURN, [SHORT, other], {"member": 5.0, "guest": 1.0}, TERMS, COLD)
    assert choice is not None and choice.head == other


def waiting(run: str, person: str, seconds: float, model: str = "film", wish: int = 0) -> Waiting:
    return Waiting(run, person, "member", model, seconds, 10, wish)


def test_a_short_one_passes_its_person_s_own_long_one() -> None:
    turns = Turns(RULES, {"p1": Use(50.0, 0)})
    turns.add(waiting("a", "p1", 100.0))
    turns.add(waiting("b", "p1", 5.0))
    turns.add(waiting("c", "p2", 5.0, "other"))
    found = turns.pass_by(SECOND, COLD, "film", 20.0)
    assert found is not None and (found[0].run, found[1].because) == ("b", "short")
    assert turns.pass_by(SECOND, COLD, "film", 20.0) is None
    begun = [turns.start(2 * SECOND) for _ in range(3)]
    assert [one[0].run for one in begun if one is not None] == ["c", "a"]


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.floats(1, 100), st.sampled_from(("film", "other"))),
        max_size=20,
    ),
    st.floats(0, 60),
)
def test_whoever_passes_is_short_and_few_do(
    asked: list[tuple[int, float, str]], most: float
) -> None:
    turns = Turns(RULES)
    for n, (person, seconds, model) in enumerate(asked):
        turns.add(waiting(f"r{n}", f"p{person}", seconds, model))
    warm, passed = Warm(frozenset(("film",))), 0
    for _ in asked:
        begun = turns.pass_by(SECOND, warm, "film", most)
        if begun is None:
            break
        run, choice, warm = begun
        assert run.model == "film" and run.seconds <= most
        passed = passed + 1 if choice.because == "short" else 0
        assert passed <= TERMS.stay_runs
