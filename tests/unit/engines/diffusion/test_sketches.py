"""Configurations that are found from names and shapes alone, against those that the models were published with."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from accelerate import init_empty_weights
from diffusers.models.autoencoders.autoencoder_kl_cogvideox import AutoencoderKLCogVideoX
from diffusers.models.autoencoders.autoencoder_kl_ltx import AutoencoderKLLTXVideo
from diffusers.models.autoencoders.autoencoder_kl_mochi import AutoencoderKLMochi
from diffusers.models.autoencoders.autoencoder_kl_wan import AutoencoderKLWan
from diffusers.models.transformers.cogvideox_transformer_3d import CogVideoXTransformer3DModel
from diffusers.models.transformers.transformer_ltx import LTXVideoTransformer3DModel
from diffusers.models.transformers.transformer_ltx2 import LTX2VideoTransformer3DModel
from diffusers.models.transformers.transformer_mochi import MochiTransformer3DModel
from diffusers.models.transformers.transformer_wan import WanTransformer3DModel
from diffusers.models.transformers.transformer_wan_vace import WanVACETransformer3DModel
from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

from uncaged.engines.array_names import turned
from uncaged.engines.diffusion.sketches import SKETCHES
from uncaged.engines.diffusion.sketching import Known, Rest, texts
from uncaged.engines.diffusion.wan_coder import WAN_22_CODER
from uncaged.engines.single_files import CODERS

WAN = {"attention_head_dim": 128, "freq_dim": 256, "text_dim": 4096, "out_channels": 16}
WANS = {
    "T2V-1.3B": WAN
    | {"ffn_dim": 8960, "in_channels": 16, "num_attention_heads": 12, "num_layers": 30},
    "T2V-14B": WAN
    | {"ffn_dim": 13824, "in_channels": 16, "num_attention_heads": 40, "num_layers": 40},
    "I2V-14B": WAN
    | {"ffn_dim": 13824, "in_channels": 36, "num_attention_heads": 40, "num_layers": 40}
    | {"image_dim": 1280, "added_kv_proj_dim": 5120},
    "FLF2V-14B": WAN
    | {"ffn_dim": 13824, "in_channels": 36, "num_attention_heads": 40, "num_layers": 40}
    | {"image_dim": 1280, "added_kv_proj_dim": 5120, "pos_embed_seq_len": 514},
}
VACES = {
    "VACE-1.3B": WANS["T2V-1.3B"] | {"vace_layers": list(range(0, 30, 2)), "vace_in_channels": 96},
    "VACE-14B": WANS["T2V-14B"] | {"vace_layers": list(range(0, 40, 5)), "vace_in_channels": 96},
}
LTX2_LATER = dict.fromkeys(
    ("gated_attn", "audio_gated_attn", "cross_attn_mod", "audio_cross_attn_mod", "perturbed_attn"),
    True,
) | {"use_prompt_embeddings": False}
"""What 2.3 has, and 2 has not."""
LTX = {"2B": {}, "13B": {"attention_head_dim": 128, "cross_attention_dim": 4096, "num_layers": 48}}
COG = {
    "2B": {"use_rotary_positional_embeddings": False},
    "5B": {"num_attention_heads": 48, "num_layers": 42, "use_rotary_positional_embeddings": True},
    "5B-I2V": {
        "num_attention_heads": 48,
        "num_layers": 42,
        "in_channels": 32,
        "use_rotary_positional_embeddings": True,
        "use_learned_positional_embeddings": True,
    },
    "1.5-5B-I2V": {
        "num_attention_heads": 48,
        "num_layers": 42,
        "in_channels": 32,
        "patch_size_t": 2,
        "patch_bias": False,
        "ofs_embed_dim": 512,
        "sample_width": 170,
        "sample_height": 96,
        "sample_frames": 81,
        "max_text_seq_length": 226,
        "use_rotary_positional_embeddings": True,
    },
}
LTX_091 = {
    "block_out_channels": (128, 256, 512, 512),
    "layers_per_block": (4, 3, 3, 3, 4),
    "spatio_temporal_scaling": (True, True, True, False),
    "decoder_block_out_channels": (256, 512, 1024),
    "decoder_layers_per_block": (5, 6, 7, 8),
    "decoder_spatio_temporal_scaling": (True, True, True),
    "decoder_inject_noise": (True, True, True, False),
    "upsample_residual": (True, True, True),
    "upsample_factor": (2, 2, 2),
    "timestep_conditioning": True,
    "encoder_causal": True,
    "decoder_causal": False,
    "patch_size": 4,
    "scaling_factor": 1.0,
}
LTX_CODERS = {
    "0.9.0": {
        "block_out_channels": (128, 256, 512, 512),
        "layers_per_block": (4, 3, 3, 3, 4),
        "spatio_temporal_scaling": (True, True, True, False),
        "decoder_block_out_channels": (128, 256, 512, 512),
        "decoder_layers_per_block": (4, 3, 3, 3, 4),
        "decoder_spatio_temporal_scaling": (True, True, True, False),
        "timestep_conditioning": False,
        "encoder_causal": True,
        "decoder_causal": False,
        "patch_size": 4,
        "scaling_factor": 1.0,
    },
    "0.9.1": LTX_091,
    "0.9.5": LTX_091
    | {
        "block_out_channels": (128, 256, 512, 1024, 2048),
        "down_block_types": ("LTXVideo095DownBlock3D",) * 4,
        "layers_per_block": (4, 6, 6, 2, 2),
        "spatio_temporal_scaling": (True, True, True, True),
        "downsample_type": ("spatial", "temporal", "spatiotemporal", "spatiotemporal"),
        "decoder_layers_per_block": (5, 5, 5, 5),
        "decoder_inject_noise": (False, False, False, False),
        "spatial_compression_ratio": 32,
        "temporal_compression_ratio": 8,
    },
}
"""What diffusers' own `convert_ltx_to_diffusers.py` writes of each."""

CASES = [
    *(("wan", WanTransformer3DModel, "wan", one) for one in WANS.values()),
    *(("wan", WanVACETransformer3DModel, "wan", one) for one in VACES.values()),
    *(("ltx", LTXVideoTransformer3DModel, "ltx", one) for one in LTX.values()),
    *(("ltx-2", LTX2VideoTransformer3DModel, "ltx2", one) for one in ({}, LTX2_LATER)),
    ("mochi", MochiTransformer3DModel, "mochi", {}),
    *(("cogvideox", CogVideoXTransformer3DModel, "plain", one) for one in COG.values()),
]


def rest(family: str) -> Rest:
    found = SKETCHES[family].rest
    assert found is not None
    return found


def empty(kind: Any, config: dict[str, Any]) -> Any:
    with init_empty_weights(include_buffers=True):
        return kind(**config)


def shapes(state: Any) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in state.items()}


CUT = re.compile(r"\.(to|add)_[qkv](_proj)?\.|\.net\.0\.proj\.|norm_out\.linear\.")
"""Names of arrays that Mochi was published with in one, or turned round."""


def same(back: Mapping[str, Any], published: Mapping[str, Any]) -> bool:
    """Whether each array is just the one that it was."""
    return all(back[name] is one for name, one in published.items() if not CUT.search(name))


@pytest.mark.parametrize("before", ["", "model.diffusion_model."])
@pytest.mark.parametrize(("family", "kind", "foreign", "config"), CASES)
def test_a_published_network_is_known_by_its_shapes(
    foreign_names: Any, family: str, kind: Any, foreign: str, config: dict[str, Any], before: str
) -> None:
    net = empty(kind, config)
    published = net.state_dict()
    for state in (published, getattr(foreign_names, foreign)(published)):
        there = {f"{before}{name}": value for name, value in state.items()}
        found = SKETCHES[family].net(Known(shapes(there)))
        assert found is not None and found.pop("_class_name") == kind.__name__
        known = dict(net.config)
        said = {name: list(v) if isinstance(v := known[name], tuple) else v for name in found}
        assert said == found
        back = turned(kind.__name__, dict(there), Path("x"))
        assert shapes(back) == shapes(published) and same(back, published)
        others = [one for name, one in SKETCHES.items() if name != family]
        for other in others:
            with suppress(KeyError, IndexError, StopIteration):
                assert other.net(Known(shapes(there))) is None


def test_coders_are_known_by_their_shapes(foreign_names: Any) -> None:
    published = empty(AutoencoderKLWan, {}).state_dict()
    for state in (published, foreign_names.wan_coder(published)):
        found = rest("wan").coder(Known(shapes(state), CODERS), {})
        assert found is not None and found["dim_mult"] == [1, 2, 4, 4] and found["base_dim"] == 96
        back = turned("AutoencoderKLWan", dict(state), Path("x"))
        assert shapes(back) == shapes(published) and same(back, published)
    config = {name: one for name, one in WAN_22_CODER.items() if name != "_class_name"}
    published = empty(AutoencoderKLWan, config).state_dict()
    for state in (published, foreign_names.wan_coder_later(published)):
        assert rest("wan").coder(Known(shapes(state), CODERS), {"out_channels": 48}) == WAN_22_CODER
        assert rest("wan").coder(Known(shapes(state), CODERS), {"out_channels": 16}) is None
        back = turned("AutoencoderKLWan", dict(state), Path("x"))
        assert shapes(back) == shapes(published) and same(back, published)
    said = rest("wan").index({"in_channels": 48, "out_channels": 48}, WAN_22_CODER, False)
    assert said == {"_class_name": "WanPipeline", "expand_timesteps": True}
    mochi = empty(AutoencoderKLMochi, {}).state_dict()
    for state in (mochi, foreign_names.mochi_coder(mochi)):
        for before in ("", "vae."):
            there = {f"{before}{name}": value for name, value in state.items()}
            assert rest("mochi").coder(Known(shapes(there), CODERS), {}) is not None
            back = turned("AutoencoderKLMochi", there, Path("x"))
            assert shapes(back) == shapes(mochi) and same(back, mochi)
    cog = empty(AutoencoderKLCogVideoX, {}).state_dict()
    first = rest("cogvideox").coder(
        Known(shapes(cog), CODERS), {"num_attention_heads": 30, "patch_size_t": None}
    )
    later = rest("cogvideox").coder(
        Known(shapes(cog), CODERS), {"num_attention_heads": 48, "patch_size_t": 2}
    )
    assert first is not None and first["scaling_factor"] == 1.15258426
    assert later is not None and (later["scaling_factor"], later["invert_scale_latents"]) == (
        0.7,
        True,
    )
    for state in (mochi, cog):
        assert rest("wan").coder(Known(shapes(state), CODERS), {}) is None


@pytest.mark.parametrize("version", LTX_CODERS)
def test_coders_of_ltx_video_by_their_versions(foreign_names: Any, version: str) -> None:
    """0.9.0 by its published names too, 0.9.1, and those from 0.9.5 on by the names of the library that has them."""
    net = empty(AutoencoderKLLTXVideo, LTX_CODERS[version])
    found = rest("ltx").coder(Known(shapes(net.state_dict()), CODERS), {})
    assert found is not None and found.keys() >= LTX_CODERS[version].keys()
    config = {name: list(v) if isinstance(v, tuple) else v for name, v in net.config.items()}
    assert {name: config[name] for name in found if name != "_class_name"} == {
        name: one for name, one in found.items() if name != "_class_name"
    }
    if version == "0.9.0":
        published = net.state_dict()
        ours = {name: one for name, one in published.items() if not name.startswith("latents")}
        there = {f"vae.{name}": one for name, one in foreign_names.ltx_coder(ours).items()}
        there["vae.per_channel_statistics.mean-of-means"] = published["latents_mean"]
        there["vae.per_channel_statistics.std-of-means"] = published["latents_std"]
        assert rest("ltx").coder(Known(shapes(there), CODERS), {}) == found
        back = turned("AutoencoderKLLTXVideo", there, Path("x"))
        assert shapes(back) == shapes(published) and same(back, published)
    index = rest("ltx").index({}, found, False)["_class_name"]
    times = rest("ltx").times({}, found)
    assert (index == "LTXConditionPipeline") == (version == "0.9.5")
    assert times.get("use_dynamic_shifting", False) == (version != "0.9.5")


@pytest.mark.parametrize(
    ("layers", "sign"),
    [
        ({"num_layers": 2}, False),
        ({"num_layers": 24, "d_model": 4096, "num_heads": 64, "d_ff": 10240}, True),
    ],
)
@pytest.mark.parametrize("kind", ["t5", "umt5"])
def test_text_encoders_are_known_by_their_shapes(
    foreign_names: Any, kind: str, layers: dict[str, Any], sign: bool
) -> None:
    config = {"t5": T5Config, "umt5": UMT5Config}[kind](
        d_kv=64, feed_forward_proj="gated-gelu" if sign else "relu", **layers
    )
    with init_empty_weights():
        net: Any = {"t5": T5EncoderModel, "umt5": UMT5EncoderModel}[kind](config)
    state = net.state_dict()
    elsewhere = [
        {turn(name): value for name, value in state.items()}
        for turn in (foreign_names.llama, foreign_names.wan_texts)
    ]
    for there in (state, *elsewhere) if sign else (state,):
        found = texts(shapes(there))
        assert found is not None and found["model_type"] == kind
        for name in ("d_model", "d_kv", "d_ff", "num_layers", "num_heads", "vocab_size"):
            assert found[name] == getattr(config, name), name
        assert found["feed_forward_proj"] == config.feed_forward_proj
        back = turned("T5EncoderModel", dict(there), Path("x"))
        assert back.keys() == state.keys() and same(back, state)


def test_what_is_none_of_them() -> None:
    other = {"model.diffusion_model.input_blocks.0.0.weight": (320, 4, 3, 3)}
    assert texts(other) is None
    for sketch in SKETCHES.values():
        assert sketch.net(Known(other)) is None
    animate: dict[str, tuple[int, ...]] = {}
    for name in ("head.modulation", "motion_encoder.dec.direction.weight"):
        animate[name] = (8, 8, 1, 2, 2)
    assert SKETCHES["wan"].net(Known(animate)) is None
    small = {"encoder.conv_out.conv.weight": (9, 8), "decoder.conv_in.conv.weight": (8, 8)}
    assert rest("ltx").coder(Known(small, CODERS), {}) is None
