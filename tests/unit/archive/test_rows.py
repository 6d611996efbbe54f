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
