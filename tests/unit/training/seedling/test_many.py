"""The later stage: two subjects and how they stand to each other, settings, palettes, and a camera that moves."""

from collections import Counter

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.grammar import RELATIONS, SLOTS, holds_out, labels
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.plans import plan

STILL = {"s1.motion": "still", "s2.motion": "still"}
TWO = STILL | {
    "s1.kind": "heart",
    "s2.kind": "mushroom",
    "s1.hue": "red",
    "s2.hue": "blue",
    "s1.size": "large",
    "s2.size": "large",
    "setting": "paper",
    "palette": "ink-on-paper",
    "camera": "still",
}


def test_films_of_both_stages_are_those_of_each_in_turn() -> None:
    for seed in range(40):
        assert plan(seed, stage="both") == plan(seed, stage="many" if seed % 2 else "one")


def test_every_value_of_every_slot_is_drawn() -> None:
    plans = [plan(seed, stage="many") for seed in range(4000)]
    found = Counter((name, value) for one in plans for name, value in one.names.items())
    for slot in SLOTS:
        counts = [found[slot.name, value] for value in slot.values]
        usual = [
            n
            for n, value in zip(counts, slot.values, strict=True)
            if value not in ("paper", "still")
        ]
        if not slot.name.endswith("s2.place"):
            assert min(counts) > 15, (slot.name, counts)
            assert slot.name.endswith("motion") or max(usual) < 2 * min(usual), (slot.name, counts)
    two = [one for one in plans if len(one.subjects) == 2]
    assert 1700 < len(two) < 2300
    assert not any(holds_out(one.names) for one in plans)
    assert all(one.names["s1.kind"] != one.names["s2.kind"] for one in two)


def test_labels_take_whatever_is_named() -> None:
    one = plan(next(s for s in range(99) if len(plan(s, stage="many").subjects) == 2), stage="many")
    vector = labels(**one.names)
    assert vector.sum() == len(one.names)


def _middle(film: np.ndarray, bluish: bool) -> np.ndarray:
    red, blue = film[8, ..., 0].astype(int), film[8, ..., 2].astype(int)
    y, x = np.nonzero(blue - red > 60 if bluish else red - blue > 120)
    return np.array([x.mean(), y.mean(), len(x)])


@pytest.mark.parametrize("relation", RELATIONS)
def test_subjects_stand_as_it_is_said(relation: str) -> None:
    said = TWO | {"relation": relation}
    for seed in range(4):
        film = clip(seed, labels=said, stage="many").frames
        first, second = _middle(film, False), _middle(film, True)
        dx, dy, _ = first - second
        match relation:
            case "beside":
                assert abs(dx) > 20 and abs(dy) < 8
            case "above":
                assert dy < -20 and abs(dx) < 8
            case "below":
                assert dy > 20 and abs(dx) < 8
            case _:
                assert abs(dx) > 5 and dy < -5
                before = clip(seed, labels=said | {"relation": "above"}, stage="many").frames
                assert abs(second[2] / _middle(before, True)[2] - 1) < 0.15, "nothing hides it"


def test_a_camera_moves_all_that_is_there() -> None:
    said = {"s1.motion": "still", "s1.place": "centre", "s1.size": "small", "setting": "street"}
    still, left, near = (
        clip(4, labels=said | {"camera": name}, stage="many").frames.astype(int)
        for name in ("still", "pan-left", "zoom-in")
    )
    assert not np.ptp(still, 0).any()
    early, late = left[2, :, :, :], left[13, :, :, :]
    shift = round(0.3 * 64 * 11 / 16)
    moved = np.abs(late[:, shift:] - early[:, :-shift]).mean()
    assert moved < 0.5 * np.abs(late - early).mean()
    assert np.abs(near[0] - near[-1]).mean() > 8


def test_palettes_and_settings_change_the_picture() -> None:
    said = {"s1.motion": "still", "s1.kind": "cat", "s1.hue": "red", "camera": "still"}
    night, paper, room = (
        clip(4, labels=said | more, stage="many").frames[0].astype(int)
        for more in (
            {"palette": "night", "setting": "paper"},
            {"palette": "ink-on-paper", "setting": "paper"},
            {"palette": "ink-on-paper", "setting": "room"},
        )
    )
    assert night[0, 0].sum() < 300 < 600 < paper[0, 0].sum()
    assert np.abs(room - paper).mean() > 8


@pytest.mark.parametrize(
    ("fixed", "word"),
    [
        ({"s2.kind": "cat", "s1.place": "left"}, "places"),
        ({"s1.kind": "cat", "s2.kind": "cat"}, "two kinds"),
        ({"s2.kind": "sun", "s2.motion": "pulses"}, "held"),
    ],
)
def test_what_two_subjects_cannot_be_is_refused(fixed: dict[str, str], word: str) -> None:
    with pytest.raises(AskedWrong, match=word):
        plan(0, fixed, stage="many")
