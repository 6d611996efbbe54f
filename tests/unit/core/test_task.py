"""A task: what goes in comes out, and what is none is refused in words."""

import re
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.core.order import Order, TaskOrder, read_order
from uncaged.core.task import Task

RUN = "r_" + "a" * 12
SAID: dict[str, Any] = {"kind": "training", "what": "echo", "recipe": {"steps": 3}}


def test_a_task_is_read_as_it_was_written() -> None:
    task = Task("echo", {"steps": 3, "weights": [["a", 1.5]]}, "mine", RUN, RUN, True, "/f", "/s")
    assert Task.from_json(task.to_json()) == task
    assert Task.from_json(SAID) == Task("echo", {"steps": 3})
    assert "folder" not in Task("echo", {}).to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "baking"},
        {"what": ""},
        {"what": 5},
        {"recipe": None},
        {"recipe": {"rate": float("nan")}},
        {"recipe": {"a": {"b": object()}}},
        {"begun": "../../etc"},
        {"start": "w_" + "a" * 12},
        {"surprise": 1},
    ],
    ids=lambda wrong: re.sub(r" at 0x[0-9a-f]+", "", str(wrong)),
)
def test_what_is_no_task_is_refused_in_words(change: dict[str, Any]) -> None:
    with pytest.raises(AskedWrong) as refused:
        Task.from_json(SAID | change)
    assert refused.value.message.endswith(".")
    with pytest.raises(AskedWrong):
        Task.from_json([])


def test_a_recipe_nested_without_end_is_refused() -> None:
    deep: Any = 1
    for _ in range(50):
        deep = [deep]
    with pytest.raises(AskedWrong):
        Task.from_json(SAID | {"recipe": {"deep": deep}})


def test_an_order_names_a_score_or_a_task() -> None:
    order = TaskOrder(RUN, 2, Task("echo", {"steps": 3}, folder="/f"))
    assert read_order(order.to_json()) == order
    for said in ({"run": RUN, "attempt": 1}, {"task": SAID}, {"score": {}}, {"task": []}):
        with pytest.raises(AskedWrong) as refused:
            read_order(said)
        assert str(refused.value)


def test_an_older_order_has_no_engine_of_its_own() -> None:
    from uncaged.core.score import ModelRef, Score, Shot

    score = Score((Shot("a bird", 2.0),), ModelRef("mine", "a" * 64), (64, 64), 24, 1)
    plain = Order("r_x", 2, score).to_json()
    assert "engine" not in plain and "model" not in plain
    own = Order("r_x", 2, score, engine="echo", model={"a" * 64: "/m/a/index.json"}, folder="/m")
    assert read_order(own.to_json()) == own
