"""What a card will say is read from small files alone, and is what it then says."""

from typing import Any

import pytest

from uncaged.engines.base import Small
from uncaged.engines.diffusion.families import CogVideoX, LTXVideo
from uncaged.engines.foretelling import Foretells
from uncaged.engines.open_model import TWIN
from uncaged.engines.pyramid.engine import PyramidFlow

INDEX, NET = "model_index.json", "transformer/config.json"


def reading(said: dict[str, dict[str, Any]]) -> tuple[list[str], Small]:
    """What was asked for, and what gives it."""
    asked: list[str] = []

    def read(name: str) -> dict[str, Any]:
        asked.append(name)
        return said[name]

    return asked, read


@pytest.mark.parametrize(
    ("rotary", "licence"), [(False, "Apache-2.0"), (True, "CogVideoX License")]
)
def test_by_its_configurations(rotary: bool, licence: str) -> None:
    said: dict[str, dict[str, Any]] = {
        INDEX: {"_class_name": "CogVideoXPipeline"},
        NET: {"use_rotary_positional_embeddings": rotary},
    }
    names = [*said, "transformer/diffusion_pytorch_model.safetensors", "scheduler/x.json"]
    asked, read = reading(said)
    found = CogVideoX().foretold(names, read)
    assert found["licence"] == licence and bool(found["binds"]) == rotary
    assert sorted(asked) == sorted(said)  # nothing large, and nothing that says nothing of it
    assert isinstance(LTXVideo(), Foretells) and isinstance(PyramidFlow(), Foretells)


def test_of_pyramid_flow_by_its_folders() -> None:
    net = "diffusion_transformer_384p/config.json"
    _, read = reading({net: {}})
    family = PyramidFlow()
    assert not family.foretold([net, "tokenizer_2/tokenizer.json"], read)["binds"]
    assert "Stability AI" in family.foretold([net, "tokenizer_3/tokenizer.json"], read)["terms"]
    _, read = reading({net: {TWIN: True}})
    assert family.foretold([net], read)["licence"] == "CC0-1.0"
