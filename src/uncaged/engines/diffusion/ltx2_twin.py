"""A tiny LTX-2 of random weights, in the folders in which it was published."""

from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl_ltx2 import AutoencoderKLLTX2Video
from diffusers.models.autoencoders.autoencoder_kl_ltx2_audio import AutoencoderKLLTX2Audio
from diffusers.models.transformers.transformer_ltx2 import LTX2VideoTransformer3DModel
from diffusers.pipelines.ltx2.connectors import LTX2TextConnectors
from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder, LTX2VocoderWithBWE
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteScheduler,
)

from uncaged.engines import twins
from uncaged.engines.diffusion import schedules

BANDS, DEEP, CODED = 8, 2, 4
"""Of the sound: bands of its spectrogram; channels of its latents; numbers of one of their moments, which is both."""

LOUD = 0.25
"""So that a few words among a thousand places for them can be seen in what is drawn."""


def twin(folder: Path, seed: int = 0, pipeline: str = "LTX2Pipeline", later: bool = False) -> None:
    """The smallest film has one frame of 32×32, and a sound of 24,000 samples a second.

    later: as 2.3 was published, whose layers can be told not to look around, and whose sound has twice the samples.
    """
    chance = torch.Generator().manual_seed(seed)
    layers = twins.gemma(folder, chance)
    twins.network(_transformer(later), folder / "transformer", chance, loud=LOUD)
    twins.network(_connectors(layers, later), folder / "connectors", chance, loud=LOUD)
    coder = AutoencoderKLLTX2Video(
        latent_channels=8,
        block_out_channels=(8,) * 4,
        decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 4,
        spatial_compression_ratio=32,
        temporal_compression_ratio=8,
    )
    ear = AutoencoderKLLTX2Audio(
        base_channels=CODED, num_res_blocks=1, latent_channels=DEEP, mel_bins=BANDS, resolution=32
    )
    for one, count in ((coder, 8), (ear, CODED)):
        one.latents_mean.copy_(torch.randn(count, generator=chance) * 0.1)
        one.latents_std.copy_(torch.rand(count, generator=chance) + 0.5)
    twins.network(coder, folder / "vae", chance)
    twins.network(ear, folder / "audio_vae", chance)
    twins.network(_vocoder(later), folder / "vocoder", chance)
    twins.scheduler(FlowMatchEulerDiscreteScheduler(**schedules.LTX), folder)
    voice = "LTX2VocoderWithBWE" if later else "LTX2Vocoder"
    own = {"connectors": ["ltx2", "LTX2TextConnectors"], "vocoder": ["ltx2", voice]}
    twins.index(folder, pipeline, **own)


def _transformer(later: bool) -> Any:
    more: dict[str, Any] = (
        {
            "gated_attn": True,
            "audio_gated_attn": True,
            "cross_attn_mod": True,
            "audio_cross_attn_mod": True,
            "perturbed_attn": True,
            "use_prompt_embeddings": False,
        }
        if later
        else {}
    )
    return LTX2VideoTransformer3DModel(
        in_channels=8,
        out_channels=8,
        num_attention_heads=2,
        attention_head_dim=16,
        cross_attention_dim=32,
        audio_in_channels=CODED,
        audio_out_channels=CODED,
        audio_num_attention_heads=2,
        audio_attention_head_dim=8,
        audio_cross_attention_dim=16,
        num_layers=2,
        caption_channels=twins.WIDTH,
        rope_double_precision=False,
        rope_type="split",
        **more,
    )


def _connectors(layers: int, later: bool) -> Any:
    more: dict[str, Any] = (
        {
            "per_modality_projections": True,
            "proj_bias": True,
            "video_gated_attn": True,
            "audio_gated_attn": True,
            "video_hidden_dim": 32,
            "audio_hidden_dim": 16,
        }
        if later
        else {}
    )
    return LTX2TextConnectors(
        caption_channels=twins.WIDTH,
        text_proj_in_factor=layers,
        video_connector_num_attention_heads=2,
        video_connector_attention_head_dim=16,
        video_connector_num_layers=1,
        audio_connector_num_attention_heads=2,
        audio_connector_attention_head_dim=8 if later else 16,
        audio_connector_num_layers=1,
        rope_double_precision=False,
        rope_type="split",
        **more,
    )


def _vocoder(later: bool) -> Any:
    if later:
        return LTX2VocoderWithBWE(
            in_channels=2 * BANDS,
            hidden_channels=64,
            bwe_in_channels=2 * 64,
            bwe_hidden_channels=32,
        )
    return LTX2Vocoder(in_channels=2 * BANDS, hidden_channels=32)
