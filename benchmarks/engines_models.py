"""The models of `engines.py`: open models of random weights in the published layout, of a middle size or as published.

Speed does not depend on what the weights are; as published they are written with half as long numbers, as they were
published. Text encoders have their published width and two layers: a text is read once, and kept.
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
from uncaged.engines.pyramid import twin
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Vae

PUBLISHED_TEXT = 4096
"""Numbers of a token of T5-XXL and UMT5-XXL."""


LOUD = 0.02
"""How large the numbers of weights are: what is computed with them must stay within those that a computer holds."""

VARIANT = {True: "768p", False: twin.SMALL}
"""Of Pyramid Flow, as published and small."""


@dataclass(frozen=True, slots=True)
class Model:
    """net, coder: classes, and of each the configuration of the middle size; as published both are their own defaults.
    words: by what the network's configuration calls the width of a text. film: frames, width and height of a film; of
    the middle size and as published. pipeline: of diffusers; empty for Pyramid Flow, for which there is none, and whose
    classes are shapes. family: where the model is called otherwise."""

    net: Any
    coder: Any
    small_net: Mapping[str, Any]
    small_coder: Mapping[str, Any]
    words: str
    film: tuple[int, int, int]
    full_film: tuple[int, int, int]
    pipeline: str = ""
    scheduler: Any = None
    schedule: Mapping[str, Any] = field(default_factory=dict[str, Any])
    texts: str = "t5"
    family: str = ""
    says: Mapping[str, Any] = field(default_factory=dict[str, Any])


SMALL_CODER: Mapping[str, Any] = {
    "encoder_layers_per_block": (1,) * 4,
    "encoder_block_out_channels": (32, 32, 64, 64),
    "decoder_layers_per_block": (1,) * 4,
    "decoder_block_out_channels": (32, 32, 64, 64),
}
"""Of Pyramid Flow."""

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
        (9, 128, 128),
        (49, 720, 480),
        "CogVideoXPipeline",
        CogVideoXDPMScheduler,
        schedules.COGVIDEOX,
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
        (13, 128, 128),
        (163, 848, 480),
        "MochiPipeline",
        FlowMatchEulerDiscreteScheduler,
        {"invert_sigmas": True},
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
        (25, 256, 256),
        (161, 704, 512),
        "LTXPipeline",
        FlowMatchEulerDiscreteScheduler,
        schedules.LTX,
    ),
    "wan": Model(
        WanTransformer3DModel,
        AutoencoderKLWan,
        {"num_attention_heads": 8, "attention_head_dim": 64, "num_layers": 6, "ffn_dim": 1024},
        {"base_dim": 16, "num_res_blocks": 1},
        "text_dim",
        (9, 128, 128),
        (81, 832, 480),
        "WanPipeline",
        UniPCMultistepScheduler,
        schedules.WAN,
        "umt5",
    ),
    "pyramid-flow": Model(
        MiniFlux,
        Vae,
        {"num_attention_heads": 8, "num_layers": 2, "num_single_layers": 4},
        SMALL_CODER,
        "joint_attention_dim",
        (9, 128, 128),
        (121, 1280, 768),
    ),
    "pyramid-flow-sd3": Model(
        Mmdit,
        Vae,
        {"num_attention_heads": 8, "caption_projection_dim": 512, "num_layers": 6},
        SMALL_CODER,
        "joint_attention_dim",
        (9, 128, 128),
        (121, 1280, 768),
        family="pyramid-flow",
    ),
}


def build(name: str, folder: Path, full: bool) -> tuple[int, int]:
    """Writes the model; how many numbers its network and its coder have."""
    model, chance = MODELS[name], torch.Generator().manual_seed(1)
    width, dtype = (PUBLISHED_TEXT, torch.bfloat16) if full else (twins.WIDTH, torch.float32)
    net = model.net(**{} if full else {**model.small_net, model.words: width})
    coder = model.coder(**{} if full else model.small_coder)
    if not model.pipeline:
        twin.texts(folder, net, chance)
        return twin.networks(folder, net, coder, VARIANT[full], chance, dtype, LOUD)
    if full:
        net, coder = net.to(dtype), coder.to(dtype)
    twins.network(net, folder / "transformer", chance, loud=LOUD)
    twins.network(coder, folder / "vae", chance, loud=LOUD)
    twins.texts(folder, chance, model.texts, width=width)
    twins.scheduler(model.scheduler(**model.schedule), folder)
    twins.index(folder, model.pipeline, **model.says)
    return tuple(sum(one.numel() for one in part.parameters()) for part in (net, coder))
