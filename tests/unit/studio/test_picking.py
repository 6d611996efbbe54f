"""Which file at a hub is an adapter: by its name, or because it is alone; never a pickle, never a guess between two."""

from collections.abc import Mapping

import pytest

from uncaged.core.errors import AskedWrong, WeightsBroken
from uncaged.studio.picking import LARGEST, picked, weights

NAMED, PEFT, CONFIG = (
    "pytorch_lora_weights.safetensors",
    "adapter_model.safetensors",
    "adapter_config.json",
)


def pick(names: Mapping[str, int] | list[str], file: str = "") -> frozenset[str] | None:
    lengths = dict(names) if isinstance(names, Mapping) else dict.fromkeys(names, 10)
    return picked("somebody/styles", lengths, file)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([NAMED, "README.md", "ink.safetensors"], {NAMED}),
        ([PEFT, CONFIG, "config.json", "sub/adapter_config.json"], {PEFT, CONFIG}),
        (["ink.safetensors", "README.md", "old/ink.pt"], {"ink.safetensors"}),
        (["README.md", "sub/ink.safetensors"], None),
        (["model_index.json", "ink.safetensors"], None),
        (["config.json", "model.safetensors", "pytorch_model.bin"], None),
        ([], None),
    ],
)
def test_what_is_one(names: list[str], found: set[str] | None) -> None:
    assert pick(names) == found
    if found:
        assert weights(frozenset(found)).endswith(".safetensors")


def test_what_is_too_large_is_rather_a_model() -> None:
    assert pick({"a.safetensors": LARGEST + 1}) is None
    assert pick({"a.safetensors": LARGEST + 1}, "a.safetensors") == {"a.safetensors"}
    assert pick({"a.safetensors": LARGEST + 1, "b.safetensors": LARGEST}) == {"b.safetensors"}


def test_of_several_one_is_named() -> None:
    names = ["a.safetensors", "b.safetensors", "sub/c.safetensors", "sub/adapter_config.json"]
    with pytest.raises(AskedWrong, match="more than one adapter") as told:
        pick(names)
    assert "--file a.safetensors (a.safetensors, b.safetensors)" in told.value.hint
    assert pick(names, "b.safetensors") == {"b.safetensors"}
    assert pick(names, "sub/c.safetensors") == {"sub/c.safetensors", "sub/adapter_config.json"}
    with pytest.raises(AskedWrong, match="no file called 'd'") as told:
        pick(names, "d")
    assert "sub/c.safetensors" in told.value.hint
    with pytest.raises(AskedWrong, match="holds no weights"):
        pick([*names, "README.md"], "README.md")


@pytest.mark.parametrize("name", ["adapter_model.bin", "ink.pt", "ink.ckpt"])
def test_a_pickle_is_refused_by_its_name(name: str) -> None:
    for file in ("", name):
        with pytest.raises(WeightsBroken, match=f"{name} is a pickle"):
            pick(["README.md", name], file)
