"""The score: read and written without loss, one hash for one request, and every nonsense refused in words."""

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.core.score import MAX_SEED, ModelRef, Picture, Score, Shot

reals = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
shas = st.text("0123456789abcdef", min_size=64, max_size=64)
shots = st.builds(
    Shot,
    words,
    st.floats(0.01, 600),
    st.lists(st.builds(Picture, shas, st.floats(0, 1)), max_size=2).map(tuple),
)
options = st.dictionaries(st.text("abcxyz_", min_size=1), reals | words | st.booleans(), max_size=4)
scores = st.builds(
    Score,
    shots=st.lists(shots, min_size=1, max_size=3).map(tuple),
    model=st.builds(ModelRef, st.sampled_from(["ink", "echo"]), st.none() | shas),
    size=st.tuples(st.integers(2, 4096), st.integers(2, 4096)),
    fps=st.floats(0.1, 240),
    seed=st.integers(0, MAX_SEED),
    options=options,
    loop=st.booleans(),
    position=st.none() | st.dictionaries(st.text("abc", min_size=1), reals, min_size=1, max_size=3),
    negative=st.none() | words.filter(bool),
    lexicons=st.lists(shas, max_size=2).map(tuple),
)


@given(scores)
def test_a_score_survives_being_written_and_read(score: Score) -> None:
    again = Score.from_json(json.loads(score.canonical()))
    assert again.canonical() == score.canonical()
    assert again.hash == score.hash
    assert again.text == score.text


@given(scores, scores)
def test_two_scores_share_a_hash_only_if_they_are_one(one: Score, other: Score) -> None:
    assert (one.hash == other.hash) == (one.canonical() == other.canonical())


def plain(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = {
        "schema": 1,
        "shots": [{"text": "a bird", "seconds": 2}],
        "model": {"name": "ink"},
        "size": [512, 512],
        "fps": 24,
        "seed": 1,
    }
    return value | changes


def test_unused_keys_are_absent_and_whole_numbers_are_whole() -> None:
    score = Score.from_json(plain(fps=24.0))
    assert score.to_json() == plain()
    assert b'"fps":24,' in score.canonical()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"schema": 2}, "schema"),
        ({"size": [0.5, 2]}, "size"),
        ({"size": [True, 2]}, "size"),
        ({"size": "512x512"}, "size"),
        ({"seed": -1}, "seed"),
        ({"seed": MAX_SEED + 1}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"fps": math.nan}, "fps"),
        ({"fps": math.inf}, "fps"),
        ({"fps": 10**400}, "fps"),
        ({"fps": "24"}, "fps"),
        ({"shots": [{"text": "a", "seconds": True}]}, "seconds"),
        ({"shots": [{"text": 3, "seconds": 1}]}, "text"),
        ({"shots": [{"text": "\ud800", "seconds": 1}]}, "text"),
        ({"shots": [{"text": "x" * 100_001, "seconds": 1}]}, "100,001"),
        ({"shots": {"text": "a"}}, "shots"),
        ({"model": "ink"}, "model"),
        ({"lexicons": ["../../etc/passwd"]}, "SHA-256"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_nonsense_is_refused_by_its_name(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(AskedWrong) as refused:
        Score.from_json(plain(**changes))
    assert word in str(refused.value)


@pytest.mark.parametrize("key", ["shots", "model", "size", "fps", "seed", "schema"])
def test_what_is_missing_is_named(key: str) -> None:
    value = copy.deepcopy(plain())
    del value[key]
    with pytest.raises(AskedWrong, match=key):
        Score.from_json(value)


@pytest.mark.parametrize(
    ("seconds", "fps", "frames"), [(2, 24, 48), (0.01, 1, 1), (6, 23.976, 144), (1, 2.5, 3)]
)
def test_frames(seconds: float, fps: float, frames: int) -> None:
    score = Score((Shot("a", seconds),), ModelRef("ink"), (64, 64), fps, 1)
    assert score.frame_count == frames


def test_a_score_without_a_length_is_a_picture() -> None:
    score = Score((Shot("a fox", 0),), ModelRef("ink"), (64, 64), 24, 1)
    assert score.is_picture and score.frame_count == 1
    assert not score.evolve(shots=(Shot("a fox", 0.01),)).is_picture
    assert Score.from_json(score.to_json()) == score


def test_a_picture_may_have_a_share_of_its_frame() -> None:
    whole, half = Picture("a" * 64), Picture("a" * 64, 0, 0.5)
    score = Score((Shot("a", 0, (half,)),), ModelRef("ink"), (64, 64), 24, 1)
    assert Score.from_json(score.to_json()) == score
    assert whole.to_json() == {"sha256": "a" * 64, "at": 0}  # as it was before there were shares
    for share in (0, -0.5, 1.5, "0.5", True):
        value = score.to_json()
        value["shots"][0]["pictures"][0]["share"] = share
        with pytest.raises(AskedWrong):
            Score.from_json(value)
