"""What a network is whose file says nothing but names and shapes: its configuration, as it was published.

Shapes say most of it; what they cannot say (how wide a head is, which times it was published with) stands here with its
source. Names are those that a model was published with, or those of the library that has its network. Needs no torch.
"""

from collections.abc import Mapping
from typing import Final

from uncaged.engines.diffusion import schedules
from uncaged.engines.diffusion.facts import LTX_CONDITIONS
from uncaged.engines.diffusion.sketching import Config, Known, Rest, Sketch
from uncaged.engines.diffusion.wan_coder import WAN_22_CODER
from uncaged.engines.wan_names import BOTH

# Wan: Wan-Video/Wan2.1 and 2.2; huggingface/diffusers, scripts/convert_wan_to_diffusers.py


def _wan(found: Known) -> Config | None:
    if not found.any("head.modulation", "condition_embedder.time_proj.weight"):
        return None
    if found.any("motion_encoder.dec.direction.weight"):
        return None  # Animate: a network of its own
    inner = found.side(0, "patch_embedding.weight")
    image = ("img_emb.proj.0.weight", "condition_embedder.image_embedder.norm1.weight")
    seen = found.side(0, *image) if found.any(*image) else None
    both = (BOTH, "condition_embedder.image_embedder.pos_embed")  # from a first and a last frame
    layers, branches = found.layers("blocks."), found.layers("vace_blocks.")
    more: Config = {}
    if branches:  # VACE: one beside every second, or every fifth layer
        more["vace_layers"] = list(range(0, layers, layers // branches))
        more["vace_in_channels"] = found.side(1, "vace_patch_embedding.weight")
    return {
        "_class_name": "WanVACETransformer3DModel" if branches else "WanTransformer3DModel",
        "patch_size": [1, 2, 2],
        "num_attention_heads": inner // 128,
        "attention_head_dim": 128,
        "in_channels": found.side(1, "patch_embedding.weight"),
        "out_channels": found.side(0, "head.head.weight", "proj_out.weight") // 4,
        "text_dim": found.side(
            1, "text_embedding.0.weight", "condition_embedder.text_embedder.linear_1.weight"
        ),
        "freq_dim": found.side(
            1, "time_embedding.0.weight", "condition_embedder.time_embedder.linear_1.weight"
        ),
        "ffn_dim": found.side(0, "blocks.0.ffn.0.weight", "blocks.0.ffn.net.0.proj.weight"),
        "num_layers": layers,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "eps": 1e-6,
        "image_dim": seen,
        "added_kv_proj_dim": None if seen is None else inner,
        "pos_embed_seq_len": found.side(1, *both) if found.any(*both) else None,
        **more,
    }


def _wan_coder(found: Known, net: Config) -> Config | None:
    """Of 2.1, which most have: the middle and the width of its latents are its library's own. Of the 5B of 2.2."""
    last = ("conv2.weight", "post_quant_conv.weight")
    if not found.any(
        "decoder.middle.0.residual.0.gamma", "decoder.mid_block.resnets.0.norm1.gamma"
    ):
        return None
    wide = found.side(0, *last)
    base = found.side(0, "encoder.conv1.weight", "encoder.conv_in.weight")
    if net.get("out_channels", wide) != wide:
        return None
    later = (
        "decoder.upsamples.0.upsamples.0.residual.0.gamma",
        "decoder.up_blocks.0.upsampler.resample.1.weight",
    )
    if found.any(*later):
        return (
            dict(WAN_22_CODER)
            if (base, wide) == (WAN_22_CODER["base_dim"], WAN_22_CODER["z_dim"])
            else None
        )
    there = [
        (f"encoder.downsamples.{i}.residual.2.weight", f"encoder.down_blocks.{i}.conv1.weight")
        for i in range(0, 12, 3)
    ]
    if wide != 16 or not all(found.any(*names) for names in there):
        return None
    return {
        "_class_name": "AutoencoderKLWan",
        "base_dim": base,
        "z_dim": wide,
        "dim_mult": [found.side(0, *names) // base for names in there],
        "num_res_blocks": 2,
    }


def _wan_index(net: Config, coder: Config, two: bool) -> Config:
    takes = net["in_channels"] > net["out_channels"]
    said: Config = {"_class_name": "WanImageToVideoPipeline" if takes else "WanPipeline"}
    if "vace_layers" in net:
        said["_class_name"] = "WanVACEPipeline"
    if two:
        said["boundary_ratio"] = 0.9 if takes else 0.875
    if coder["z_dim"] == WAN_22_CODER["z_dim"]:
        said["expand_timesteps"] = True
    return said


def _wan_times(net: Config, coder: Config) -> Config:
    return {
        "_class_name": "UniPCMultistepScheduler",
        "num_train_timesteps": 1000,
        **schedules.WAN,
        "flow_shift": 5.0 if coder["z_dim"] == WAN_22_CODER["z_dim"] else 3.0,
    }


# LTX Video: Lightricks/LTX-Video; huggingface/diffusers, scripts/convert_ltx_to_diffusers.py


def _ltx(found: Known) -> Config | None:
    first = ("patchify_proj.weight", "proj_in.weight")
    if not (found.any(*first) and found.any("caption_projection.linear_1.weight")):
        return None
    if any(name.startswith(("av_ca", "audio_")) for name in found.shapes):
        return None  # LTX-2
    inner = found.side(0, *first)
    return {
        "_class_name": "LTXVideoTransformer3DModel",
        "in_channels": found.side(1, *first),
        "out_channels": found.side(0, "proj_out.weight"),
        "patch_size": 1,
        "patch_size_t": 1,
        "num_attention_heads": 32,
        "attention_head_dim": inner // 32,
        "cross_attention_dim": inner,
        "num_layers": found.layers("transformer_blocks."),
        "activation_fn": "gelu-approximate",
        "qk_norm": "rms_norm_across_heads",
        "norm_elementwise_affine": False,
        "norm_eps": 1e-6,
        "caption_channels": found.side(1, "caption_projection.linear_1.weight"),
        "attention_bias": True,
        "attention_out_bias": True,
    }


LTX_CODER: Final[Config] = {
    "_class_name": "AutoencoderKLLTXVideo",
    "in_channels": 3,
    "out_channels": 3,
    "latent_channels": 128,
    "block_out_channels": [128, 256, 512, 512],
    "down_block_types": ["LTXVideoDownBlock3D"] * 4,
    "decoder_block_out_channels": [128, 256, 512, 512],
    "layers_per_block": [4, 3, 3, 3, 4],
    "decoder_layers_per_block": [4, 3, 3, 3, 4],
    "spatio_temporal_scaling": [True, True, True, False],
    "decoder_spatio_temporal_scaling": [True, True, True, False],
    "decoder_inject_noise": [False] * 5,
    "downsample_type": ["conv"] * 4,
    "upsample_residual": [False] * 4,
    "upsample_factor": [1] * 4,
    "patch_size": 4,
    "patch_size_t": 1,
    "resnet_norm_eps": 1e-6,
    "scaling_factor": 1.0,
    "encoder_causal": True,
    "decoder_causal": False,
    "timestep_conditioning": False,
}
LTX_091: Final[Config] = {
    "decoder_block_out_channels": [256, 512, 1024],
    "decoder_layers_per_block": [5, 6, 7, 8],
    "decoder_spatio_temporal_scaling": [True] * 3,
    "decoder_inject_noise": [True, True, True, False],
    "upsample_residual": [True] * 3,
    "upsample_factor": [2] * 3,
    "timestep_conditioning": True,
}
LTX_095: Final[Config] = {
    "block_out_channels": [128, 256, 512, 1024, 2048],
    "down_block_types": ["LTXVideo095DownBlock3D"] * 4,
    "layers_per_block": [4, 6, 6, 2, 2],
    "decoder_layers_per_block": [5, 5, 5, 5],
    "spatio_temporal_scaling": [True] * 4,
    "decoder_inject_noise": [False] * 4,
    "downsample_type": ["spatial", "temporal", "spatiotemporal", "spatiotemporal"],
    "spatial_compression_ratio": 32,
    "temporal_compression_ratio": 8,
}


def _ltx_coder(found: Known, net: Config) -> Config | None:
    out = "encoder.conv_out.conv.weight"
    if not (found.any(out) and found.any("decoder.conv_in.conv.weight")):
        return None
    if found.side(0, out) != 129:  # of no published one
        return None
    if found.side(1, out) == 2048:
        return LTX_CODER | LTX_091 | LTX_095
    late = "time_embedder.timestep_embedder.linear_1.weight"
    if found.any(f"decoder.last_{late}", f"decoder.{late}"):
        return LTX_CODER | LTX_091
    return dict(LTX_CODER)


def _ltx_index(net: Config, coder: Config, two: bool) -> Config:
    later = coder.get("spatial_compression_ratio") == 32
    return {"_class_name": LTX_CONDITIONS if later else "LTXPipeline"}


def _ltx_times(net: Config, coder: Config) -> Config:
    said: Config = {"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000}
    if coder.get("spatial_compression_ratio") == 32:
        return said
    return {**said, **schedules.LTX}


# LTX-2: Lightricks/LTX-2; the network alone. What its sound and its words need beside it is published in folders.


def _ltx2(found: Known) -> Config | None:
    first = ("audio_patchify_proj.weight", "audio_proj_in.weight")
    sides = ("patchify_proj.weight", "proj_in.weight")
    if not (found.any(*first) and found.any(*sides)):
        return None
    return {
        "_class_name": "LTX2VideoTransformer3DModel",
        "in_channels": found.side(1, *sides),
        "out_channels": found.side(0, "proj_out.weight"),
        "num_layers": found.layers("transformer_blocks."),
        "cross_attn_mod": found.any(
            "prompt_adaln_single.linear.weight", "prompt_adaln.linear.weight"
        ),
    }


# Mochi 1: genmoai/mochi; huggingface/diffusers, scripts/convert_mochi_to_diffusers.py


def _mochi(found: Known) -> Config | None:
    pooled = ("t5_yproj.weight", "time_embed.caption_proj.weight")
    first = ("x_embedder.proj.weight", "patch_embed.proj.weight")
    if not (found.any(*pooled) and found.any(*first)):
        return None
    return {
        "_class_name": "MochiTransformer3DModel",
        "patch_size": 2,
        "num_attention_heads": found.side(0, *first) // 128,
        "attention_head_dim": 128,
        "num_layers": found.layers("blocks.") or found.layers("transformer_blocks."),
        "pooled_projection_dim": found.side(0, *pooled),
        "in_channels": found.side(1, *first),
        "qk_norm": "rms_norm",
        "text_embed_dim": found.side(1, *pooled),
        "time_embed_dim": found.side(
            1, "t_embedder.mlp.0.weight", "time_embed.timestep_embedder.linear_1.weight"
        ),
        "activation_fn": "swiglu",
        "max_sequence_length": 256,
    }


def _mochi_coder(found: Known, net: Config) -> Config | None:
    last = (
        "decoder.blocks.4.0.stack.2.weight",
        "decoder.block_out.resnets.0.conv1.conv.weight",
    )
    if not found.any(*last) or found.side(0, *last) != 128:
        return None  # none, or of no published one
    return {"_class_name": "AutoencoderKLMochi"}  # whose defaults are those of the published one


def _mochi_index(net: Config, coder: Config, two: bool) -> Config:
    return {"_class_name": "MochiPipeline", "force_zeros_for_empty_prompt": True}


def _mochi_times(net: Config, coder: Config) -> Config:
    return {"_class_name": "FlowMatchEulerDiscreteScheduler", "invert_sigmas": True}


# CogVideoX: zai-org/CogVideo; huggingface/diffusers, scripts/convert_cogvideox_to_diffusers.py


def _cogvideox(found: Known) -> Config | None:
    words, first = "patch_embed.text_proj.weight", "patch_embed.proj.weight"
    if not (found.any(words) and found.any(first)):
        return None
    flat = len(found.shapes[first]) == 2  # 1.5: patches in time too
    heads = found.side(0, first) // 64
    wide = found.side(1, first) // 8 if flat else found.side(1, first)
    learnt, offset = "patch_embed.pos_embedding" in found, "ofs_embedding.linear_1.weight"
    return {
        "_class_name": "CogVideoXTransformer3DModel",
        "num_attention_heads": heads,
        "attention_head_dim": 64,
        "in_channels": wide,
        "out_channels": found.side(0, "proj_out.weight") // (8 if flat else 4),
        "time_embed_dim": found.side(0, "time_embedding.linear_1.weight"),
        "ofs_embed_dim": found.side(0, offset) if offset in found else None,
        "text_embed_dim": found.side(1, words),
        "num_layers": found.layers("transformer_blocks."),
        "sample_width": 170 if flat else 90,
        "sample_height": 96 if flat else 60,
        "sample_frames": 81 if flat else 49,
        "patch_size": 2,
        "patch_size_t": 2 if flat else None,
        "patch_bias": not flat,
        "temporal_compression_ratio": 4,
        "max_text_seq_length": 226,
        "use_rotary_positional_embeddings": heads != 30,  # the 2B alone has none
        "use_learned_positional_embeddings": learnt and heads != 30,
    }


def _cogvideox_coder(found: Known, net: Config) -> Config | None:
    """All have the same shapes; how they scale goes by the network that each was published with."""
    if not found.any("decoder.mid_block.resnets.0.norm1.norm_layer.weight"):
        return None
    if found.side(0, "encoder.conv_in.conv.weight") != 128:
        return None  # of no published one
    return {
        "_class_name": "AutoencoderKLCogVideoX",
        "latent_channels": 16,
        "scaling_factor": 1.15258426 if net["num_attention_heads"] == 30 else 0.7,
        "invert_scale_latents": net["patch_size_t"] is not None,
    }


def _cogvideox_index(net: Config, coder: Config, two: bool) -> Config:
    takes = net["in_channels"] > net["out_channels"]
    return {"_class_name": "CogVideoXImageToVideoPipeline" if takes else "CogVideoXPipeline"}


def _cogvideox_times(net: Config, coder: Config) -> Config:
    first = net["num_attention_heads"] == 30
    return {
        "_class_name": "CogVideoXDDIMScheduler" if first else "CogVideoXDPMScheduler",
        **schedules.COGVIDEOX,
        "snr_shift_scale": 3.0 if first else 1.0,
    }


SKETCHES: Final[Mapping[str, Sketch]] = {
    "wan": Sketch("umt5", _wan, Rest(_wan_coder, _wan_index, _wan_times, "text_dim")),
    "ltx": Sketch("t5", _ltx, Rest(_ltx_coder, _ltx_index, _ltx_times, "caption_channels")),
    "ltx-2": Sketch("gemma", _ltx2),
    "mochi": Sketch("t5", _mochi, Rest(_mochi_coder, _mochi_index, _mochi_times, "text_embed_dim")),
    "cogvideox": Sketch(
        "t5",
        _cogvideox,
        Rest(_cogvideox_coder, _cogvideox_index, _cogvideox_times, "text_embed_dim"),
    ),
}
