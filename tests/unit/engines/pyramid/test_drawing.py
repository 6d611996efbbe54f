"""The order of drawing: what is asked when, what guidance does, how films begin and go on. On arrays; no network."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.pyramid.drawing import Drawing, Part, Plan, Question, draw
from uncaged.engines.pyramid.latents import seeded
from uncaged.engines.pyramid.stages import jump, sigmas
from uncaged.engines.sampling import NotFinite

NOISE = seeded(1, 64, 64, channels=2)
BRIEF = {"first_steps": (2, 2, 2), "steps": (1, 2, 3)}
"""Few steps, and not as many in each stage."""

Model = Callable[[Question, Any], Any]


def velocity(question: Question, cond: float) -> Any:
    """What a model might say: it hears the text, the time and the whole history, and is not straight."""
    heard = sum(float(frame.mean()) for clip in question.history for frame in clip)
    return np.sin(question.x + question.timestep / 300) + cond * question.x + 0.3 * heard


def drive(drawing: Drawing, model: Model = velocity, seen: list[Question] | None = None) -> Any:
    """Answers until the film is drawn."""
    try:
        question = next(drawing)
        while True:
            if seen is not None:
                seen.append(question)
            answers = [question.estimate(model(question, cond)) for cond in question.conds]
            question = drawing.send(answers)
    except StopIteration as end:
        return end.value


def asked(
    plan: Plan, conds: Sequence[Any] = (0.1, 0.5), given: Sequence[Any] = ()
) -> list[Question]:
    seen: list[Question] = []
    drive(draw(plan, NOISE, conds, given), seen=seen)
    return seen


def test_frame_after_frame_and_each_small_to_large() -> None:
    seen = asked(Plan(3, **BRIEF))
    order = [(question.unit, question.stage) for question in seen]
    first, later = [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 2]
    assert order == [(unit, s) for unit in range(3) for s in (later if unit else first)]
    assert [question.number for question in seen] == list(range(18))
    assert {question.steps for question in seen} == {18}
    assert [question.x.shape[-1] for question in seen[:6]] == [2, 2, 4, 4, 8, 8]
    assert [round(question.timestep, 1) for question in seen[9:12]] == [386, 193.7, 1.4]
    assert [round(question.sigma, 4) for question in seen[9:12]] == [1, 0.5005, 0.001]
    assert [len(question.finished) for question in seen] == [0] * 6 + [1] * 6 + [2] * 6
    assert [len(clip) for clip in seen[-1].history] == [1, 1]
    assert [clip[0].shape[-1] for clip in seen[-1].history] == [4, 8]


@pytest.mark.parametrize(("units", "calls"), [(1, 60), (16, 510), (31, 960)])
def test_as_published_it_asks_as_often_as_published(units: int, calls: int) -> None:
    assert Plan(units).asked() == calls


def test_a_still_picture_is_one_unit() -> None:
    assert len(drive(draw(Plan(1, **BRIEF), NOISE, (0.1, 0.5)))) == 1


@pytest.mark.parametrize("weight", [7.0, 1.0, 0.5, 0.0, -3.0])
def test_guidance_is_any_real_number(weight: float) -> None:
    """Against plain steps by the guided velocity: x + (s' − s)·(v₀ + w·(v₁ − v₀)), stage after stage."""
    plan = Plan(1, first_steps=(2, 3, 2), first_guidance=(weight,))
    x = NOISE(0, 0)
    for stage, highs in enumerate([[1000.0, 744.256], [744.0, 565.179, 386.358], [386.0, 1.385]]):
        if stage:
            x = jump(x, NOISE(0, stage), stage)
        times = sigmas(len(highs))
        for time, now, then in zip(highs, times[:-1], times[1:], strict=True):
            against, towards = (np.sin(x + time / 300) + cond * x for cond in (0.1, 0.5))
            x = x + (then - now) * (against + weight * (towards - against))
    (unit,) = drive(draw(plan, NOISE, (0.1, 0.5)))
    assert np.allclose(unit, x, rtol=0, atol=1e-5 * unit.std())


def test_the_first_unit_and_the_others_have_guidance_of_their_own() -> None:
    def film(first: float, later: float) -> Any:
        plan = Plan(2, **BRIEF, first_guidance=(first,), guidance=(later,))
        return drive(draw(plan, NOISE, (0.1, 0.5)))

    one, other, again = film(7.0, -3.0), film(7.0, 0.0), film(2.0, 0.0)
    assert np.array_equal(one[0], other[0])
    assert np.abs(one[1] - other[1]).max() > 0.1
    assert np.abs(other[0] - again[0]).max() > 0.1


def test_guidance_may_fall_from_unit_to_unit() -> None:
    plan = Plan(20, first_guidance=(7.0, 1.5), guidance=(5.0, -3.0), fall=0.5)
    assert plan.weights(0) == [7.0, 1.5]
    assert plan.weights(1) == [4.5, -3.0]
    assert plan.weights(6) == [2.0, -3.0]
    assert plan.weights(19) == [2.0, -3.0]
    assert Plan(20).weights(19) == [5.0]


def test_what_counts_for_nothing_is_not_asked_for() -> None:
    alone = asked(Plan(2, **BRIEF, first_guidance=(1.0,), guidance=(0.0,)))
    assert {question.conds for question in alone[:6]} == {(0.5,)}
    assert {question.conds for question in alone[6:]} == {(0.1,)}
    plain = asked(Plan(1, **BRIEF, first_guidance=()), conds=(0.5,))
    assert {question.conds for question in plain} == {(0.5,)}


def test_a_film_goes_on_as_if_it_had_never_stopped() -> None:
    whole = drive(draw(Plan(4, **BRIEF), NOISE, (0.1, 0.5)))
    for count in (1, 2, 3):
        seen: list[Question] = []
        more = drive(draw(Plan(4, **BRIEF), NOISE, (0.1, 0.5), whole[:count]), seen=seen)
        assert all(np.array_equal(a, b) for a, b in zip(more, whole, strict=True))
        assert seen[0].unit == count and seen[0].number == 0
        assert len(seen) == seen[0].steps == Plan(4, **BRIEF).asked(count)


def test_a_longer_film_begins_as_the_shorter_one() -> None:
    short, long = (drive(draw(Plan(n, **BRIEF), NOISE, (0.1, 0.5))) for n in (2, 3))
    assert all(np.array_equal(a, b) for a, b in zip(short, long[:2], strict=True))


def test_a_picture_begins_a_film_and_is_seen() -> None:
    picture = np.full((1, 2, 1, 8, 8), 0.5, np.float32)
    film = drive(draw(Plan(2, **BRIEF), NOISE, (0.1, 0.5), [picture]))
    other = drive(draw(Plan(2, **BRIEF), NOISE, (0.1, 0.5), [picture + 1]))
    assert film[0] is picture
    assert np.abs(film[1] - other[1]).max() > 0.1


def test_without_the_last_questions_the_estimate_before_serves() -> None:
    """The last step of a stage by the velocity of the step before it."""
    kept: list[Any] = [None]

    def lazy(question: Question, cond: float) -> Any:
        if not math.isclose(question.sigma, 0.001):
            kept[0] = velocity(question, cond)
        return kept[0]

    plan = {"units": 2, "first_steps": (3, 3, 3), "steps": (1, 2, 3)}
    once = {"first_guidance": (), "guidance": ()}
    seen: list[Question] = []
    brief = drive(draw(Plan(**plan, **once, brief=True), NOISE, (0.5,)), seen=seen)
    full = drive(draw(Plan(**plan, **once), NOISE, (0.5,)), lazy)
    assert len(seen) == Plan(**plan, brief=True).asked() == 6 + 1 + 1 + 2
    for one, other in zip(brief, full, strict=True):
        assert np.allclose(one, other, rtol=0, atol=1e-5)
    honest = drive(draw(Plan(**plan, **once), NOISE, (0.5,)))
    assert 0 < np.abs(honest[0] - brief[0]).max() < 0.01


def test_numbers_without_an_end_are_found_and_told_by_the_whole_film() -> None:
    def model(question: Question, cond: float) -> Any:
        if (question.unit, question.stage) == (1, 2):
            return question.x * np.inf
        return velocity(question, cond)

    seen: list[Question] = []
    with pytest.raises(NotFinite, match="step 10 of 18") as told:
        drive(draw(Plan(3, **BRIEF), NOISE, (0.1, 0.5)), model, seen)
    assert np.isfinite(told.value.last).all() and told.value.last.shape[-1] == 8
    assert len(seen[-1].finished) == 1


def test_closing_ends_it() -> None:
    drawing = draw(Plan(2), NOISE, (0.1, 0.5))
    next(drawing)
    drawing.close()
    with pytest.raises(StopIteration):
        next(drawing)


@pytest.mark.parametrize(
    ("plan", "conds", "given", "said"),
    [
        (Plan(2), (1.0, 2.0), 2, "2 latent frames are given, and the film is to have 2"),
        (Plan(0), (1.0, 2.0), 0, "Ask for a longer film"),
        (Plan(2), (1.0,), 0, "1 conditions take 0 weights, not 1"),
        (Plan(2, guidance=(1.0, 2.0)), (1.0, 2.0), 0, "2 conditions take 1 weights, not 2"),
        (Plan(2, steps=(1, 0, 1)), (1.0, 2.0), 0, "at least one step"),
    ],
)
def test_what_does_not_fit_is_said_before_the_first_frame(
    plan: Plan, conds: Sequence[float], given: int, said: str
) -> None:
    with pytest.raises(AskedWrong, match=said):
        next(draw(plan, NOISE, conds, [np.zeros((1, 2, 1, 8, 8))] * given))


def test_only_what_is_drawn_needs_guidance() -> None:
    assert next(draw(Plan(1, first_guidance=()), NOISE, (0.5,))).number == 0
    picture = np.zeros((1, 2, 1, 8, 8))
    assert next(draw(Plan(2, guidance=()), NOISE, (0.5,), [picture])).unit == 1


def test_of_a_picture_what_may_not_change_is_at_each_size_what_the_model_learnt() -> None:
    """Start = s·noise + (1 − s)·the smaller picture, end = e·noise + (1 − e)·the picture: the numbers of both are the
    specification's table, sections 4 and 11; between them the way is straight."""
    clean = np.random.default_rng(3).standard_normal((1, 2, 1, 8, 8)).astype(np.float32)
    mask = np.ones((1, 1, 1, 8, 8), np.float32)
    mask[..., :, 4:] = 0
    seen: list[Question] = []
    plan = Plan(1, first_steps=(2, 3, 2))
    (unit,) = drive(draw(plan, NOISE, (0.1, 0.5), part=Part(clean, mask)), seen=seen)
    assert (unit[..., 4:] == clean[..., 4:]).all() and (unit[..., :4] != clean[..., :4]).all()
    rows = {0: (1.0, 0.667), 1: (0.800240, 0.334), 2: (0.500750, 0.0)}
    for question in seen:
        begin, end = rows[question.stage]
        side = 8 >> (2 - question.stage)
        picture, half = (
            clean.reshape(1, 2, 1, one, 8 // one, one, 8 // one).mean((-3, -1))
            for one in (side, side // 2)
        )
        white, large = NOISE(0, question.stage), half.repeat(2, -1).repeat(2, -2)
        start = white * begin + large * (1 - begin)
        meant = start * question.sigma + (white * end + picture * (1 - end)) * (1 - question.sigma)
        held = slice(side // 2, side)
        assert np.abs(question.x[..., held] - meant[..., held]).max() < 1e-5
        assert np.abs(question.x[..., : side // 2] - meant[..., : side // 2]).max() > 0.01 or (
            question.stage == 0 and question.sigma == 1
        )


def test_a_place_of_a_smaller_size_stays_where_all_of_it_stays() -> None:
    mask = np.zeros((1, 1, 1, 8, 8))
    mask[..., 0, 3] = 1
    part = Part(np.zeros((1, 2, 1, 8, 8)), mask)
    assert [int(part.at(stage).mask.sum()) for stage in range(3)] == [1, 1, 1]
    assert part.at(1).mask[..., 0, 1] == 1 and part.at(0).mask[..., 0, 0] == 1
    without = drive(draw(Plan(1, **BRIEF), NOISE, (0.1, 0.5)))[0]
    all_open = Part(np.ones((1, 2, 1, 8, 8)), np.ones((1, 1, 1, 8, 8)))
    drawn = drive(draw(Plan(1, **BRIEF), NOISE, (0.1, 0.5), part=all_open))[0]
    assert np.abs(drawn - without).max() < 1e-4
