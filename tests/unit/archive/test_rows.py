"""Rows that come from elsewhere: nothing gets in that the tables could not have held."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.archive import rows
from uncaged.archive.files import salted_name
from uncaged.archive.tables import metadata
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot

SCORE = Score((Shot("a slow bird", 2.0),), ModelRef("echo"), (64, 64), 12.0, 7)


def a_run(**more: Any) -> dict[str, Any]:
    return {
        "id": new_id("run"),
        "person_id": new_id("person"),
        "after": [],
        "lane": "interactive",
        "needs": {},
        "kind": "making",
        "model": "echo",
        "score": SCORE.to_json(),
        "own_priority": 0,
        "state": "completed",
        "attempt": 1,
        "deaths": 0,
        "epoch": 1,
        "progress_done": 3,
        "progress_total": 3,
        "asked": 1,
        "ended": 2,
    } | more


PICTURE, SHOT = {"text": "a", "seconds": 0}, {"text": "a", "seconds": 1}


def test_a_score_travels_and_its_hash_is_computed() -> None:
    row = rows.from_json("runs", a_run(score_hash="0" * 64))
    assert row["score_hash"] == SCORE.hash
    assert Score.from_json(json.loads(row["score"])) == SCORE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "r_1"}, "name of ours"),
        ({"id": "../../etc/passwd"}, "name of ours"),
        ({"person_id": new_id("work")}, "name of ours"),
        ({"score": {"schema": 1}}, "cannot be read"),
        ({"score": "text"}, "what it should be"),
        ({"after": ["r_1"]}, "list of runs"),
        ({"after": {}}, "what it should be"),
        ({"asked": 1.5}, "whole number"),
        ({"asked": True}, "whole number"),
        ({"asked": 2**63}, "whole number"),
        ({"asked": -1}, "runs.asked is -1, and must be microseconds"),
        ({"asked": "2026-11-26T14:05:00Z"}, "whole number"),
        ({"ended": 7_300_000_000_000_000}, "runs.ended is 7300000000000000, and must be"),
        ({"began": 2**62}, "runs.began"),
        ({"measured_seconds": -0.5}, "runs.measured_seconds is -0.5"),
        ({"estimated_seconds": 1e10}, "a hundred years"),
        ({"attempt": 0}, "runs.attempt"),
        ({"deaths": -1}, "runs.deaths"),
        ({"progress_total": -3}, "runs.progress_total"),
        ({"understood": {"words": {"bird": "bird"}}}, "words in runs.understood must be pairs"),
        ({"understood": {"words": [["bird"]]}}, "pairs"),
        ({"understood": {"words": [["bird", 1]]}}, "pairs"),
        ({"understood": {"sentence": 3}}, "no text"),
        ({"understood": []}, "what it should be"),
        ({"recipe": {"echo": []}}, "'echo' in runs.recipe is no version"),
        ({"recipe": "echo 1"}, "what it should be"),
        ({"score": SCORE.to_json() | {"fps": 0}}, "fps in runs.score is 0"),
        ({"score": SCORE.to_json() | {"fps": -24}}, "fps in runs.score"),
        ({"score": SCORE.to_json() | {"fps": 10_001}}, "at most 10,000"),
        ({"score": SCORE.to_json() | {"fps": float("inf")}}, "runs.score cannot be kept"),
        ({"score": SCORE.to_json() | {"size": [0, 64]}}, "the width in runs.score is 0"),
        ({"score": SCORE.to_json() | {"size": [64, 100_002]}}, "the height in runs.score"),
        ({"score": SCORE.to_json() | {"size": [64]}}, "cannot be read"),
        ({"score": SCORE.to_json() | {"shots": []}}, "no shots"),
        ({"score": SCORE.to_json() | {"shots": [{"text": "a", "seconds": -1}]}}, "seconds in"),
        ({"score": SCORE.to_json() | {"shots": [PICTURE, SHOT]}}, "has no length"),
        ({"score": SCORE.to_json() | {"shots": [{"text": "a", "seconds": 1e9}]}}, "a week"),
        ({"score": SCORE.to_json() | {"shots": [{"text": "a"}]}}, "cannot be read"),
        ({"score": SCORE.to_json() | {"model": {"name": "echo", "hash": {}}}}, "SHA-256"),
        ({"score": SCORE.to_json() | {"position": {"genome": 1}}}, "which model"),
        ({"asked": None}, "missing"),
        ({"measured_seconds": float("inf")}, "finite"),
        ({"measured_seconds": 10**400}, "finite"),
        ({"model": 3}, "text"),
        ({"colour": "blue"}, "no field"),
    ],
)
def test_runs_that_cannot_be(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rows.from_json("runs", a_run(**change))


def a_work(**more: Any) -> dict[str, Any]:
    return {
        "id": new_id("work"),
        "person_id": new_id("person"),
        "run_id": new_id("run"),
        "media": "a" * 64,
        "width": 64,
        "height": 48,
        "fps": 23.976,
        "frames": 48,
        "seconds": 48 / 23.976,
        "position": {"model": "echo", "genome": 1, "genes": {"hue": 0.5}, "seeds": {"s": 3}},
        "visibility": "nobody",
        "kept": 1_700_000_000_000_000,
    } | more


def test_what_a_studio_keeps_passes() -> None:
    """Odd rates, the longest and the shortest films, works without a film, stones of deleted ones."""
    facts = ("media", "width", "height", "fps", "frames", "seconds", "position")
    empty: dict[str, Any] = dict.fromkeys(facts)
    for more in (
        {},
        {"fps": 0.01, "frames": 1, "seconds": 100.0},
        {"frames": 1, "seconds": 0.0},
        {"fps": 1000, "frames": 120_000, "seconds": 120.0},
        {"position": None},
        {"position": {"model": "noise", "latent": "a file"}},
        empty | {"kept": None},
        empty | {"deleted": 1_700_000_000_000_001},
    ):
        row = a_work(**more)
        assert rows.from_json("works", row)["fps"] == row["fps"]
    read = {"words": [["bird", "bird"], ["xyz", ""]], "sentence": "a bird", "more": 1}
    for more in ({"understood": read}, {"understood": {}}, {"score": None, "recipe": None}):
        assert rows.from_json("runs", a_run(**more))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"fps": 0}, "works.fps is 0"),
        ({"fps": -1.0}, "works.fps is -1.0, and must be frames per second"),
        ({"fps": 10_001}, "works.fps"),
        ({"fps": float("nan")}, "works.fps is not finite"),
        ({"fps": "24"}, "works.fps is no number"),
        ({"width": 0}, "works.width is 0, and must be pixels"),
        ({"height": -64}, "works.height"),
        ({"height": 100_001}, "works.height"),
        ({"seconds": -2.0}, "works.seconds"),
        ({"seconds": 1e9}, "works.seconds .* at most a week"),
        ({"frames": 0}, "works.frames"),
        ({"kept": -1}, "works.kept"),
        ({"deleted": 10**17}, "works.deleted"),
        ({"position": {"genes": {}}}, "which model"),
        ({"position": {"model": "ink", "genome": 1, "genes": {"hue": "blue"}}}, "works.position"),
        ({"position": {"model": "ink", "genome": 2}}, "works.position cannot be read"),
    ],
)
def test_works_that_cannot_be(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rows.from_json("works", a_work(**change))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        rows.from_json("runs", a_run(reason="\ud800"))


def test_a_log_line_with_a_sentence_is_refused() -> None:
    line = {"n": 1, "id": new_id("log"), "happened": 1, "what": "kept", "about": new_id("work")}
    assert rows.from_json("log", line | {"details": {"works": 1}})["details"] == '{"works":1}'
    with pytest.raises(ValueError, match="no such detail"):
        rows.from_json("log", line | {"details": {"prompt": "a slow bird"}})


def test_a_salted_name_must_be_made_from_its_salt() -> None:
    sha = "a" * 64
    row = {"sha256": sha, "salt": "s", "bytes": 1, "mime": "video/mp4", "kept": 1}
    assert rows.from_json("files", row | {"salted": salted_name(sha, "s")})
    with pytest.raises(ValueError, match=r"files\.mime"):
        rows.from_json("files", row | {"salted": "b" * 64, "mime": "video/mp4\r\nX: y"})
    with pytest.raises(ValueError, match="salt"):
        rows.from_json("files", row | {"salted": "b" * 64})


_anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.just([])
    | st.just({})
)


@settings(max_examples=150)
@given(st.sampled_from(sorted(set(metadata.tables) - {"studio"})), st.data())
def test_any_row_is_taken_or_refused_in_words(table: str, data: st.DataObject) -> None:
    names = [column.name for column in metadata.tables[table].c]
    value = data.draw(st.fixed_dictionaries(dict.fromkeys(names, _anything)))
    with contextlib.suppress(ValueError):
        assert set(rows.from_json(table, value)) == set(names)
