"""`ink` goes on with a film, changes one, and leaves out what must not be seen: seen in its frames."""

from itertools import pairwise

import numpy as np
import pytest

from uncaged.core.order import Frame, Order, PositionFound, Understood
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.registry import engine


def score(*texts: str, seconds: float = 1.0, **more: object) -> Score:
    shots = tuple(Shot(text, seconds) for text in texts)
    return Score(shots, ModelRef("ink"), (96, 64), 12, 5).evolve(**more)


def frames(of: Score) -> list[np.ndarray]:
    events = engine("ink").open({}).perform(Order("r", 1, of))
    return [np.asarray(event.pixels) for event in events if isinstance(event, Frame)]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("two yellow birds over a blue hill at dusk", "the scene goes on"),
        ("a red fox runs in the hills", "it sleeps"),
        ("a boat on the sea, then a whale", "it goes on"),
    ],
)
def test_what_was_there_stays_frame_by_frame(text: str, more: str) -> None:
    was, longer = frames(score(text)), frames(score(text, more))
    assert len(longer) == 2 * len(was)
    for one, other in zip(was, longer, strict=False):
        np.testing.assert_array_equal(one, other)
    assert not np.array_equal(longer[-1], longer[0])


def test_it_moves_on_without_a_jump() -> None:
    longer = frames(score("two yellow birds over a blue hill at dusk", "the scene goes on"))
    steps = [float(np.abs(a.astype(int) - b).mean()) for a, b in pairwise(longer)]
    assert steps[len(longer) // 2 - 1] <= 1.5 * max(steps[: len(longer) // 2 - 1])


def test_a_position_goes_on_too() -> None:
    first = score("a boat on the sea")
    events = engine("ink").open({}).perform(Order("r", 1, first))
    position = next(event.position for event in events if isinstance(event, PositionFound))
    longer = frames(score("a boat on the sea", "a red fox in the hills", position=position))
    for one, other in zip(frames(first), longer, strict=False):
        np.testing.assert_array_equal(one, other)
    assert len(longer) == 24


def test_a_position_is_all_of_a_film_that_went_on() -> None:
    whole = score("a red fox runs in the hills", "it sleeps")
    events = engine("ink").open({}).perform(Order("r", 1, whole))
    position = next(event.position for event in events if isinstance(event, PositionFound))
    again = frames(score("?", seconds=2.0, position=position))
    for one, other in zip(frames(whole), again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_changed_words_change_what_they_say() -> None:
    text = "a red fox in the hills"
    was = frames(score(text))[0]
    changed = frames(score("a blue fox in the hills", origin=text))[0]
    share = (np.abs(was.astype(int) - changed).max(axis=2) > 24).mean()
    assert 0 < share < 0.2


def test_scenes_that_have_no_room_are_told() -> None:
    seven, more = (
        ", then ".join(f"a {animal} in the hills" for animal in animals.split())
        for animals in ("fox cat dog hen cow owl bee", "frog snake lion tiger whale crab swan")
    )
    found = engine("ink").open({}).perform(Order("r", 1, score(seven, more)))
    understood = next(event for event in found if isinstance(event, Understood))
    assert understood.sentence.endswith("A film holds 12 scenes: the last 2 are not drawn.")
    alone = engine("ink").open({}).perform(Order("r", 1, score(seven)))
    assert "not drawn" not in next(e for e in alone if isinstance(e, Understood)).sentence
