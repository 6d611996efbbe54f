"""A configuration may not say any number of layers, or any length of texts: some would take the whole machine."""

import json
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import WeightsBroken
from uncaged.engines.diffusion.families import FAMILIES, CogVideoX
from uncaged.engines.diffusion.stated import LONGEST, MOST_LAYERS, check_layers


@pytest.mark.parametrize(
    "said",
    [
        {"num_layers": 10**9},
        {"num_layers": 0},
        {"num_layers": -1},
        {"num_layers": "2"},
        {"num_layers": True},
        {"text_config": {"num_hidden_layers": MOST_LAYERS + 1}},
        {"layers_per_block": 10**8},
        {"decoder_layers_per_block": [1, 10**8]},
        {"max_text_seq_length": 10**9},
        {"max_text_seq_length": 0},
    ],
)
def test_what_no_network_has(said: dict[str, Any]) -> None:
    path = Path("there/config.json")
    with pytest.raises(WeightsBroken, match=r"there/config\.json says .* which cannot be"):
        check_layers(said, path)


def test_what_some_have() -> None:
    blocks = {"layers_per_block": [0, 3], "num_decoder_layers": None, "layer_norm_epsilon": 1e-6}
    check_layers({"num_layers": MOST_LAYERS, "max_text_seq_length": LONGEST} | blocks, Path("c"))


@pytest.mark.parametrize("family", FAMILIES)
def test_it_is_said_where_a_folder_is_looked_at_and_where_it_is_opened(
    family: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "twin"
    family().twin(folder, 3)
    assert family(folder).offer(folder) is not None
    path = folder / "transformer/config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"num_layers": 10**9}))
    with pytest.raises(WeightsBroken, match="num_layers is 1000000000"):
        family(folder).offer(folder)
    if family is CogVideoX:
        with pytest.raises(WeightsBroken, match="num_layers is 1000000000"):
            family(folder).open({})
