"""The names of the original repositories mean the layers that diffusers' own converters make of them."""

from collections.abc import Mapping
from typing import Any

import torch
from diffusers.loaders.lora_conversion_utils import (
    _convert_non_diffusers_ltx2_lora_to_diffusers,  # pyright: ignore[reportPrivateUsage]
)
from diffusers.loaders.single_file_utils import (
    convert_ltx_transformer_checkpoint_to_diffusers,
    convert_mochi_transformer_checkpoint_to_diffusers,
    convert_wan_transformer_to_diffusers,
)
from torch import Tensor

from uncaged.engines.adapters.changes import _rows  # pyright: ignore[reportPrivateUsage]
from uncaged.engines.adapters.natives import COGVIDEOX, LTX, LTX2, MOCHI, WAN, places

Arrays = Mapping[str, Tensor]


def native(theirs: Arrays, ours: Arrays, natives: Any) -> int:
    """Each layer of the original names is, for us, where diffusers' own converter puts it, row for row."""
    layers = sorted({key.removesuffix(".weight") for key in ours if key.endswith(".weight")})
    known, met = places(layers, natives), set[str]()
    for key, value in theirs.items():
        for name in (key.removesuffix(".weight"), key.removesuffix(".weight").replace(".", "_")):
            for place in known.get(name, ()):
                assert torch.equal(_rows(value, place), ours[f"{place.layer}.weight"]), (
                    name,
                    place,
                )
                met.add(place.layer)
    return len(met)


def numbered(names: Any, rows: int = 6) -> dict[str, Tensor]:
    """Arrays that can be told from each other."""
    return {
        name: torch.arange(rows * 2.0).reshape(rows, 2) + 1000 * n for n, name in enumerate(names)
    }


def test_wans_own_names() -> None:
    attention = [f"{kind}.{part}" for kind in ("self_attn", "cross_attn") for part in "qkvo"]
    images = [f"cross_attn.{part}_img" for part in "kv"]
    inside = [f"blocks.7.{part}.weight" for part in (*attention, *images, "ffn.0", "ffn.2")]
    outside = [
        f"{one}.weight"
        for one in (
            "time_embedding.0",
            "text_embedding.2",
            "time_projection.1",
            "head.head",
            "img_emb.proj.1",
            "img_emb.proj.3",
        )
    ]
    theirs = numbered(inside + outside)
    ours = convert_wan_transformer_to_diffusers(dict(theirs))
    assert native(theirs, ours, WAN) == len(theirs) == 18


def test_ltx_own_names() -> None:
    inside = ["attn1.to_q", "attn2.to_out.0", "ff.net.0.proj", "attn1.q_norm", "attn2.k_norm"]
    outside = [
        "patchify_proj",
        "adaln_single.linear",
        "adaln_single.emb.timestep_embedder.linear_1",
    ]
    theirs = numbered(
        [f"transformer_blocks.3.{one}.weight" for one in inside]
        + [f"{one}.weight" for one in outside]
    )
    ours = convert_ltx_transformer_checkpoint_to_diffusers(dict(theirs))
    assert native(theirs, ours, LTX) == len(theirs)


def test_ltx_2s_own_names() -> None:
    inside = [
        f"{stream}{one}"
        for stream in ("", "audio_")
        for one in ("attn1.to_q", "attn2.to_out.0", "ff.net.0.proj", "attn1.q_norm")
    ]
    outside = [
        *("patchify_proj", "adaln_single.linear", "prompt_adaln_single.linear"),
        *("audio_patchify_proj", "audio_adaln_single.linear", "audio_prompt_adaln_single.linear"),
        "av_ca_video_scale_shift_adaln_single.emb.timestep_embedder.linear_1",
        "av_ca_audio_scale_shift_adaln_single.linear",
        "av_ca_a2v_gate_adaln_single.linear",
        "av_ca_v2a_gate_adaln_single.linear",
    ]
    theirs = numbered(
        [f"transformer_blocks.3.{one}.weight" for one in inside]
        + [f"{one}.weight" for one in outside]
    )
    before = {f"diffusion_model.{name}": value for name, value in theirs.items()}
    found = _convert_non_diffusers_ltx2_lora_to_diffusers(before)
    ours = {name.removeprefix("transformer."): value for name, value in found.items()}
    assert native(theirs, ours, LTX2) == len(theirs) == 18


class Anything(dict[str, Tensor]):
    """A checkpoint of 48 blocks that has whatever is taken out of it, and remembers that."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[str, Tensor] = {}

    def pop(self, key: str, *_: Any) -> Tensor:
        self.taken[key] = next(iter(numbered([key]).values())) + 1000 * len(self.taken)
        return self.taken[key]


def test_mochis_own_names_with_three_in_one_and_the_gate_first() -> None:
    anything = Anything()
    ours = convert_mochi_transformer_checkpoint_to_diffusers(anything)
    theirs = {key: value for key, value in anything.taken.items() if ".weight" in key}
    found = native(theirs, ours, MOCHI)
    blocks = [
        key
        for key in ours
        if key.startswith("transformer_blocks.") and key.endswith(".weight") and "norm_" not in key
    ]
    assert found == len([key for key in blocks if "norm1" not in key or "linear" in key]) + 1


def test_cogvideoxs_own_names_with_three_in_one() -> None:
    layers = [
        f"transformer_blocks.2.{one}"
        for one in (
            "attn1.to_q",
            "attn1.to_k",
            "attn1.to_v",
            "attn1.to_out.0",
            "ff.net.0.proj",
            "ff.net.2",
        )
    ]
    known = places(layers, COGVIDEOX)
    whole = torch.arange(12.0).reshape(6, 2)
    three = known["layers.2.attention.query_key_value"]
    assert [(one.layer[-4:], _rows(whole, one)[:, 0].tolist()) for one in three] == [
        ("to_q", [0, 2]),
        ("to_k", [4, 6]),
        ("to_v", [8, 10]),
    ]
    assert known["layers_2_mlp_dense_4h_to_h"][0].layer.endswith("ff.net.2")
    assert known["layers.2.mlp.dense_h_to_4h"][0].layer.endswith("ff.net.0.proj")
    assert known["layers.2.attention.dense"][0].layer.endswith("to_out.0")
