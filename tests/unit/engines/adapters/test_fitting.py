"""What attaches to nothing, only partly, or to another width, and what is no whole file, is refused with words."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from uncaged.core.errors import UncagedError, WeightsBroken
from uncaged.engines.adapters import sound
from uncaged.engines.adapters.fitting import Misfit, fitted
from uncaged.engines.adapters.layouts import looked

Arrays = Mapping[str, Tensor]


def put(folder: Path, arrays: Arrays, said: Mapping[str, str] | None = None, **config: Any) -> Path:
    folder.mkdir(exist_ok=True)
    save_file(
        {k: v.contiguous() for k, v in arrays.items()},
        folder / "adapter.safetensors",
        dict(said or {}),
    )
    if config:
        (folder / "adapter_config.json").write_text(json.dumps(config))
    return folder


SHAPES = {
    "transformer": {
        "blocks.0.to_q.weight": (4, 6),
        "blocks.1.to_q.weight": (4, 6),
        "norm.weight": (4,),
    }
}
GOOD = {"blocks.0.to_q.lora_A.weight": (2, 6), "blocks.0.to_q.lora_B.weight": (4, 2)}


def fit(folder: Path, shapes: Mapping[str, tuple[int, ...]], **config: Any) -> Any:
    folder = put(folder, {key: torch.ones(shape) for key, shape in shapes.items()}, **config)
    place = folder / "adapter_config.json"
    written = looked(folder / "adapter.safetensors", place if place.exists() else None)
    return fitted(written.parts, SHAPES, (), "cog")


@pytest.mark.parametrize(
    ("shapes", "error", "says"),
    [
        (
            {"x.lora_A.weight": (2, 6), "x.lora_B.weight": (4, 2)},
            Misfit,
            "another family than cog: none of its 1",
        ),
        (
            GOOD | {"x.lora_A.weight": (2, 6), "x.lora_B.weight": (4, 2)},
            Misfit,
            "only in part: 1 of its 2 layers .*x",
        ),
        (
            {**GOOD, "blocks.0.to_q.lora_A.weight": (2, 8)},
            Misfit,
            "width than cog: its blocks.0.to_q is 4×8, and there it is 4×6",
        ),
        (
            {"blocks.0.to_q.lora_A.weight": (3, 6), "blocks.0.to_q.lora_B.weight": (4, 2)},
            Misfit,
            "do not fit each other",
        ),
        (
            {"blocks.0.to_q.lora_A.weight": (2, 6)},
            WeightsBroken,
            "not whole: of blocks.0.to_q there is",
        ),
        (
            {"blocks.0.to_q.weight": (4, 6)},
            WeightsBroken,
            "not known here: it holds blocks.0.to_q.weight",
        ),
        (
            GOOD | {"blocks.0.to_q.lora_mid.weight": (2, 2)},
            WeightsBroken,
            "holds blocks.0.to_q.lora_mid",
        ),
        (GOOD | {"blocks.1.to_q.alpha": (1,)}, WeightsBroken, "layout that is not known"),
        (GOOD | {"lora_te1_x.lora_down.weight": (2, 2)}, WeightsBroken, "text encoder"),
        (GOOD | {"text_encoder.x.lora_A.weight": (2, 2)}, WeightsBroken, "text encoder"),
        ({"norm.lora_A.weight": (2, 1), "norm.lora_B.weight": (4, 2)}, Misfit, "another width"),
        (GOOD | {"blocks.0.to_q.dora_scale": (5, 1)}, Misfit, "do not fit each other"),
        ({"blocks.0.to_q.diff": (6, 4)}, Misfit, "another width"),
        ({"blocks.0.to_q.diff_b": (4,)}, Misfit, "another family"),
        ({"transformer_2.blocks.0.to_q.diff": (4, 6)}, Misfit, "another family"),
        ({"blocks.0.to_q.lokr_w1": (2, 2), "blocks.0.to_q.lokr_w2": (2, 2)}, Misfit, "is 4×4"),
    ],
)
def test_what_does_not_fit_is_said(shapes: Any, error: Any, says: str, tmp_path: Path) -> None:
    with pytest.raises(error, match=says) as told:
        fit(tmp_path, shapes)
    assert isinstance(told.value, UncagedError) and told.value.hint is not None
    assert fit(tmp_path, GOOD)["transformer"][0].array == "blocks.0.to_q.weight"


@pytest.mark.parametrize(
    "config",
    [
        {"r": 0, "lora_alpha": 1},
        {"r": 2, "lora_alpha": "much"},
        {"lora_alpha": 2},
        {"r": True, "lora_alpha": 1},
        {"r": 2, "lora_alpha": 1, "alpha_pattern": {"(a+)+$": 3}},
        {"r": 2, "lora_alpha": 1e999},
    ],
)
def test_a_rank_that_is_none_is_said(config: Any, tmp_path: Path) -> None:
    with pytest.raises(WeightsBroken, match="rank cannot be understood"):
        fit(tmp_path, GOOD, **config)


@pytest.mark.parametrize(
    "kind", ["float64", "float32", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"]
)
def test_a_number_that_is_none_is_found_bit_by_bit(kind: str, tmp_path: Path) -> None:
    made = torch.tensor([[448.0, -1e-3, 0.0, 3.5]])
    good = put(tmp_path, {"a.diff": made.to(getattr(torch, kind)), "n.alpha": torch.tensor([7])})
    with pytest.raises(WeightsBroken, match="not known"):  # alpha alone says nothing
        looked(good / "adapter.safetensors")
    good = put(tmp_path, {"a.diff": made.to(getattr(torch, kind)), "b.diff": torch.ones(2)})
    sound.check(looked(good / "adapter.safetensors").held)
    for wrong in (
        (torch.nan, -torch.nan) if kind == "float8_e4m3fn" else (torch.nan, torch.inf, -torch.inf)
    ):
        bad = made.clone()
        bad[0, 3] = wrong
        put(tmp_path, {"a.diff": torch.ones(2), "b.diff": bad.to(getattr(torch, kind))})
        with pytest.raises(WeightsBroken, match=r"b\.diff holds something that is no number"):
            sound.check(looked(tmp_path / "adapter.safetensors").held)


def test_a_file_that_is_cut_off_or_a_pickle_is_said(tmp_path: Path) -> None:
    place = (
        put(tmp_path, {key: torch.ones(shape) for key, shape in GOOD.items()})
        / "adapter.safetensors"
    )
    whole = place.read_bytes()
    for broken in (
        whole[:-3],
        whole[:50],
        whole[:4],
        b"",
        struct.pack("<Q", 2**60) + whole[8:],
        whole + b"more",
    ):
        place.write_bytes(broken)
        with pytest.raises(WeightsBroken, match="no whole safetensors"):
            looked(place)
    place.write_bytes(b"\x80\x04pickle!!!")
    with pytest.raises(WeightsBroken, match="pickle"):
        looked(place)
