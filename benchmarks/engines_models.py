"""The models of `engines.py`: open models of random weights in the published layout, of a middle size or as published.

Speed does not depend on what the weights are. Text encoders have their published width and two layers: a text is read
once, and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKLCogVideoX,
    AutoencoderKLLTXVideo,
    AutoencoderKLMochi,
    AutoencoderKLWan,
    CogVideoXTransformer3DModel,
    LTXVideoTransformer3DModel,
    MochiTransformer3DModel,
    WanTransformer3DModel,
)
from diffusers.schedulers.scheduling_dpm_cogvideox import CogVideoXDPMScheduler
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteScheduler,
)
from diffusers.schedulers.scheduling_unipc_multistep import UniPCMultistepScheduler

from uncaged.engines import twins
from uncaged.engines.diffusion import schedules

PUBLISHED_TEXT = 4096
"""Numbers of a token of T5-XXL and UMT5-XXL."""


@dataclass(frozen=True, slots=True)
class Model:
    """net, coder: classes, and of each the configuration of the middle size; as published both are their own defaults.

    words: by what the network's configuration calls the width of a text. film: frames, width and height of a film; of
    the middle size and as published.
    """

    net: Any
    coder: Any
    small_net: Mapping[str, Any]
    small_coder: Mapping[str, Any]
    words: str
    pipeline: str
    scheduler: Any
    schedule: Mapping[str, Any]
    film: tuple[int, int, int]
    full_film: tuple[int, int, int]
    texts: str = "t5"
    says: Mapping[str, Any] = field(default_factory=dict[str, Any])


MODELS = {
    "cogvideox": Model(
        CogVideoXTransformer3DModel,
        AutoencoderKLCogVideoX,
        {
            "num_attention_heads": 8,
            "attention_head_dim": 64,
            "num_layers": 8,
            "sample_width": 16,
            "sample_height": 16,
            "sample_frames": 9,
            "use_rotary_positional_embeddings": True,
            "max_text_seq_length": 64,
        },
        {"block_out_channels": (32, 32, 64, 64), "layers_per_block": 1},
        "text_embed_dim",
        "CogVideoXPipeline",
        CogVideoXDPMScheduler,
        schedules.COGVIDEOX,
        (9, 128, 128),
        (49, 720, 480),
    ),
    "mochi": Model(
        MochiTransformer3DModel,
        AutoencoderKLMochi,
        {
            "num_attention_heads": 8,
            "attention_head_dim": 64,
            "num_layers": 6,
            "pooled_projection_dim": 256,
            "max_sequence_length": 64,
        },
        {
            "encoder_block_out_channels": (32, 32, 64, 64),
            "decoder_block_out_channels": (32, 32, 64, 64),
            "layers_per_block": (1,) * 5,
        },
        "text_embed_dim",
        "MochiPipeline",
        FlowMatchEulerDiscreteScheduler,
        {"invert_sigmas": True},
        (13, 128, 128),
        (163, 848, 480),
        says={"force_zeros_for_empty_prompt": True},
    ),
    "ltx": Model(
        LTXVideoTransformer3DModel,
        AutoencoderKLLTXVideo,
        {
            "num_attention_heads": 8,
            "attention_head_dim": 64,
            "cross_attention_dim": 512,
            "num_layers": 8,
        },
        {
            "block_out_channels": (32, 64, 128, 128),
            "decoder_block_out_channels": (32, 64, 128, 128),
        },
        "caption_channels",
        "LTXPipeline",
        FlowMatchEulerDiscreteScheduler,
        schedules.LTX,
        (25, 256, 256),
        (161, 704, 512),
    ),
    "wan": Model(
        WanTransformer3DModel,
        AutoencoderKLWan,
        {"num_attention_heads": 8, "attention_head_dim": 64, "num_layers": 6, "ffn_dim": 1024},
        {"base_dim": 16, "num_res_blocks": 1},
        "text_dim",
        "WanPipeline",
        UniPCMultistepScheduler,
        schedules.WAN,
        (9, 128, 128),
        (81, 832, 480),
        "umt5",
    ),
}


def build(name: str, folder: Path, full: bool) -> tuple[int, int]:
    """Writes the model; how many numbers its network and its coder have."""
    model, chance = MODELS[name], torch.Generator().manual_seed(1)
    width = PUBLISHED_TEXT if full else twins.WIDTH
    net = model.net(**{} if full else {**model.small_net, model.words: width})
    coder = model.coder(**{} if full else model.small_coder)
    loud = 0.02
    twins.network(net, folder / "transformer", chance, loud=loud)
    twins.network(coder, folder / "vae", chance, loud=loud)
    twins.texts(folder, chance, model.texts, width=width)
    twins.scheduler(model.scheduler(**model.schedule), folder)
    twins.index(folder, model.pipeline, **model.says)
    return tuple(sum(one.numel() for one in part.parameters()) for part in (net, coder))
