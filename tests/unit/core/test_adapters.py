"""How adapters are named in a score, by whoever types, and what of it children inherit."""

from typing import Any

import pytest

from uncaged.core.adapters import MOST, inherited, of, read, weighed, written
from uncaged.core.errors import AskedWrong

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("said", "written_out"),
    [
        ("", ""),
        ("my-style", "my-style"),
        (" my-style=0.80,other=-5e-1 ; third=1.0", "my-style=0.8 other=-0.5 third=1"),
        (f"my-style@{SHA}=2", f"my-style@{SHA}=2"),
        (f"low:transformer_2@{SHA}=0.5", f"low:transformer_2@{SHA}=0.5"),
        ("low:a=1 low:b=2", "low:a=1 low:b=2"),
        ({"my-style": 0.8, "other": -3}, "my-style=0.8 other=-3"),
        ({"id": "my-style", "scale": 0.5}, "my-style=0.5"),
        ([{"id": "my-style", "scale": "0.5"}, "other=2"], "my-style=0.5 other=2"),
        ([{"name": "a", "hash": SHA, "weight": 0}], f"a@{SHA}=0"),
        (["Ünï.c-o_de=1e-7"], "Ünï.c-o_de=1e-07"),
    ],
)
def test_each_way_of_saying_is_written_in_one(said: Any, written_out: str) -> None:
    assert written(read(said)) == written_out
    assert written(read(written_out)) == written_out


@pytest.mark.parametrize(
    "said",
    [
        "a=", "=1", "a=x", "a=1=2", "a@b=1", f"a@{SHA[:-1]}=1", "a=nan", "a=1e999", "a=inf",
        "a=1 A=2", "a:=1", "a:b:c=1", 3, None, [3], [["a=1"]], b"a=1", {"a": "1"}, {"a": True},
        {"a": None, 3: 1}, [{"id": "a", "scale": 1, "path": "/etc"}], [{"scale": 1}], [{"id": "a b"}],
        " ".join(f"a{n}=1" for n in range(MOST + 1)),
    ],
)  # fmt: skip
def test_what_names_no_adapter_is_refused_with_words(said: Any) -> None:
    with pytest.raises(AskedWrong) as told:
        read(said)
    assert told.value.message and "\n" not in told.value.message


def test_a_weight_is_what_was_said_else_what_the_position_says_else_one() -> None:
    found = weighed(
        read("a=0.5 b c:low d"), {"adapter a": 9.0, "adapter b": -2.0, "adapter c:low": 3.0}
    )
    assert [one.weight for one in found] == [0.5, -2.0, 3.0, 1.0]


def test_children_inherit_those_of_every_parent_and_no_weight() -> None:
    one, other = {"adapters": f"a@{SHA}=0.5 b@{SHA}"}, {"adapters": f"B@{SHA}=3 c:low@{SHA}"}
    assert inherited([one, other]) == f"a@{SHA} b@{SHA} c:low@{SHA}"
    assert inherited([{}, {"adapters": ""}]) == ""
    with pytest.raises(AskedWrong, match="both called a"):
        inherited([one, {"adapters": f"a@{'f' * 64}"}])


def test_what_a_strangers_model_means_by_that_name_is_left_alone() -> None:

    assert of({"adapters": 7}) == of({"adapters": "a=b"}) == of({}) == ()
