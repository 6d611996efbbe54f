"""Names that networks were published with, from those of the library that has them: written from the makers' own code,
to see that what is turned comes back."""

import re
from collections.abc import Mapping
from typing import Any

BLOCK = [
    (r"\.attn1\.", ".self_attn."),
    (r"\.attn2\.add_k_proj\.", ".cross_attn.k_img."),
    (r"\.attn2\.add_v_proj\.", ".cross_attn.v_img."),
    (r"\.attn2\.norm_added_k\.", ".cross_attn.norm_k_img."),
    (r"\.attn2\.", ".cross_attn."),
    (r"\.to_([qkv])\.", r".\1."),
    (r"\.to_out\.0\.", ".o."),
    (r"\.ffn\.net\.0\.proj\.", ".ffn.0."),
    (r"\.ffn\.net\.2\.", ".ffn.2."),
    (r"^((?:vace_)?blocks\.\d+)\.norm2\.", r"\1.norm3."),
    (r"^((?:vace_)?blocks\.\d+)\.scale_shift_table$", r"\1.modulation"),
    (r"^(vace_blocks\.\d+)\.proj_in\.", r"\1.before_proj."),
    (r"^(vace_blocks\.\d+)\.proj_out\.", r"\1.after_proj."),
]
TOP = {
    "condition_embedder.time_embedder.linear_1.": "time_embedding.0.",
    "condition_embedder.time_embedder.linear_2.": "time_embedding.2.",
    "condition_embedder.text_embedder.linear_1.": "text_embedding.0.",
    "condition_embedder.text_embedder.linear_2.": "text_embedding.2.",
    "condition_embedder.time_proj.": "time_projection.1.",
    "condition_embedder.image_embedder.norm1.": "img_emb.proj.0.",
    "condition_embedder.image_embedder.ff.net.0.proj.": "img_emb.proj.1.",
    "condition_embedder.image_embedder.ff.net.2.": "img_emb.proj.3.",
    "condition_embedder.image_embedder.norm2.": "img_emb.proj.4.",
    "condition_embedder.image_embedder.pos_embed": "img_emb.emb_pos",
    "proj_out.": "head.head.",
}


def wan(state: Mapping[str, Any]) -> dict[str, Any]:
    """Wan-Video/Wan2.1, `wan/modules/model.py`."""
    found: dict[str, Any] = {}
    for name, value in state.items():
        if name == "scale_shift_table":
            name = "head.modulation"
        for here, there in TOP.items():
            name = there + name[len(here) :] if name.startswith(here) else name
        for here, there in BLOCK if name.startswith(("blocks.", "vace_blocks.")) else ():
            name = re.sub(here, there, name)
        found[name] = value
    return found


RESIDUAL = {
    "norm1.gamma": "residual.0.gamma",
    "conv1.weight": "residual.2.weight",
    "conv1.bias": "residual.2.bias",
    "norm2.gamma": "residual.3.gamma",
    "conv2.weight": "residual.6.weight",
    "conv2.bias": "residual.6.bias",
    "conv_shortcut.weight": "shortcut.weight",
    "conv_shortcut.bias": "shortcut.bias",
}


def wan_coder(state: Mapping[str, Any]) -> dict[str, Any]:
    """Wan-Video/Wan2.1, `wan/modules/vae.py`."""
    found: dict[str, Any] = {}
    for name, value in state.items():
        for here, there in (
            (r"^quant_conv\.", "conv1."),
            (r"^post_quant_conv\.", "conv2."),
            (r"coder\.conv_in\.", "coder.conv1."),
            (r"coder\.norm_out\.", "coder.head.0."),
            (r"coder\.conv_out\.", "coder.head.2."),
            (r"\.mid_block\.attentions\.0\.", ".middle.1."),
            (r"\.mid_block\.resnets\.0\.", ".middle.0."),
            (r"\.mid_block\.resnets\.1\.", ".middle.2."),
            (r"^encoder\.down_blocks\.", "encoder.downsamples."),
        ):
            name = re.sub(here, there, name)
        up = re.fullmatch(r"decoder\.up_blocks\.(\d)\.(resnets|upsamplers)\.(\d)\.(.*)", name)
        if up is not None:
            at = 4 * int(up[1]) + (int(up[3]) if up[2] == "resnets" else 3)
            name = f"decoder.upsamples.{at}.{up[4]}"
        for here, there in RESIDUAL.items():
            if name.endswith(f".{here}") and re.search(r"samples\.|middle\.[02]", name):
                name = name.removesuffix(here) + there
        found[name] = value
    return found


def ltx(state: Mapping[str, Any]) -> dict[str, Any]:
    """Lightricks/LTX-Video, `ltx_video/models/transformers`."""
    turns = (
        (r"^proj_in\.", "patchify_proj."),
        (r"^time_embed\.", "adaln_single."),
        (r"\.norm_q\.", ".q_norm."),
        (r"\.norm_k\.", ".k_norm."),
    )
    return {_turned(name, turns): value for name, value in state.items()}


def ltx2(state: Mapping[str, Any]) -> dict[str, Any]:
    """Lightricks/LTX-2, `ltx_core/model/transformer`."""
    turns = (
        (r"^(audio_)?proj_in\.", r"\1patchify_proj."),
        (r"^(audio_)?time_embed\.", r"\1adaln_single."),
        (r"^(audio_)?prompt_adaln\.", r"\1prompt_adaln_single."),
        (r"^av_cross_attn_(\w+)_scale_shift\.", r"av_ca_\1_scale_shift_adaln_single."),
        (r"^av_cross_attn_video_a2v_gate\.", "av_ca_a2v_gate_adaln_single."),
        (r"^av_cross_attn_audio_v2a_gate\.", "av_ca_v2a_gate_adaln_single."),
        (r"\.(\w+)_a2v_cross_attn_scale_shift_table$", r".scale_shift_table_a2v_ca_\1"),
        (r"\.norm_q\.", ".q_norm."),
        (r"\.norm_k\.", ".k_norm."),
    )
    return {_turned(name, turns): value for name, value in state.items()}


def _turned(name: str, turns: Any) -> str:
    for here, there in turns:
        name = re.sub(here, there, name)
    return name


def mochi(state: Mapping[str, Any]) -> dict[str, Any]:
    """genmoai/mochi, `dit/joint_model/asymm_models_joint.py`: q, k and v are one, gates stand behind."""
    import torch

    turns = (
        (r"^patch_embed\.", "x_embedder."),
        (r"^time_embed\.timestep_embedder\.linear_1\.", "t_embedder.mlp.0."),
        (r"^time_embed\.timestep_embedder\.linear_2\.", "t_embedder.mlp.2."),
        (r"^time_embed\.pooler\.", "t5_y_embedder."),
        (r"^time_embed\.caption_proj\.", "t5_yproj."),
        (r"^proj_out\.", "final_layer.linear."),
        (r"^norm_out\.linear\.", "final_layer.mod."),
        (r"^transformer_blocks\.", "blocks."),
        (r"\.norm1\.linear\.", ".mod_x."),
        (r"\.norm1_context\.linear(_1)?\.", ".mod_y."),
        (r"\.attn1\.norm_q\.", ".attn.q_norm_x."),
        (r"\.attn1\.norm_k\.", ".attn.k_norm_x."),
        (r"\.attn1\.norm_added_q\.", ".attn.q_norm_y."),
        (r"\.attn1\.norm_added_k\.", ".attn.k_norm_y."),
        (r"\.attn1\.to_out\.0\.", ".attn.proj_x."),
        (r"\.attn1\.to_add_out\.", ".attn.proj_y."),
        (r"\.ff\.net\.0\.proj\.", ".mlp_x.w1."),
        (r"\.ff\.net\.2\.", ".mlp_x.w2."),
        (r"\.ff_context\.net\.0\.proj\.", ".mlp_y.w1."),
        (r"\.ff_context\.net\.2\.", ".mlp_y.w2."),
    )
    found = {_turned(name, turns): value for name, value in state.items()}
    for name in [name for name in found if re.search(r"\.w1\.|^final_layer\.mod\.", name)]:
        found[name] = torch.cat(found[name].chunk(2)[::-1])
    for name in [name for name in found if name.endswith(".attn1.to_q.weight")]:
        block = name.removesuffix(".attn1.to_q.weight")
        parts = [found.pop(f"{block}.attn1.to_{one}.weight") for one in "qkv"]
        found[f"{block}.attn.qkv_x.weight"] = torch.cat(parts)
        parts = [found.pop(f"{block}.attn1.add_{one}_proj.weight") for one in "qkv"]
        found[f"{block}.attn.qkv_y.weight"] = torch.cat(parts)
    return found


def plain(state: Mapping[str, Any]) -> dict[str, Any]:
    """CogVideoX: other programs keep it by its library's names."""
    return dict(state)


def llama(name: str) -> str:
    """An array of T5 as llama.cpp calls it (`gguf-py/gguf/tensor_mapping.py`)."""
    return _turned(
        name,
        (
            (r"^shared\.", "token_embd."),
            (r"^encoder\.final_layer_norm\.", "enc.output_norm."),
            (r"^encoder\.block\.(\d+)\.layer\.0\.layer_norm\.", r"enc.blk.\1.attn_norm."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.layer_norm\.", r"enc.blk.\1.ffn_norm."),
            (
                r"^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.rel\w+\.",
                r"enc.blk.\1.attn_rel_b.",
            ),
            (r"^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.(.)\.", r"enc.blk.\1.attn_\2."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_0\.", r"enc.blk.\1.ffn_gate."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_1\.", r"enc.blk.\1.ffn_up."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wo\.", r"enc.blk.\1.ffn_down."),
        ),
    )


def ltx_coder(state: Mapping[str, Any]) -> dict[str, Any]:
    """Lightricks/LTX-Video 0.9, `ltx_video/models/autoencoders`: one list of blocks up, one down."""
    turns = (
        (r"\.resnets\.", ".res_blocks."),
        (r"\.norm3\.", ".norm3.norm."),
        (r"\.conv_shortcut\.conv\.", ".conv_shortcut."),
        (r"^decoder\.up_blocks\.3\.upsamplers\.0\.", "decoder.up_blocks.8."),
        (r"^decoder\.up_blocks\.3\.conv_in\.", "decoder.up_blocks.7."),
        (r"^decoder\.up_blocks\.3\.res", "decoder.up_blocks.9.res"),
        (r"^decoder\.up_blocks\.2\.upsamplers\.0\.", "decoder.up_blocks.5."),
        (r"^decoder\.up_blocks\.2\.conv_in\.", "decoder.up_blocks.4."),
        (r"^decoder\.up_blocks\.2\.res", "decoder.up_blocks.6.res"),
        (r"^decoder\.up_blocks\.1\.upsamplers\.0\.", "decoder.up_blocks.2."),
        (r"^decoder\.up_blocks\.1\.res", "decoder.up_blocks.3.res"),
        (r"^decoder\.up_blocks\.0\.res", "decoder.up_blocks.1.res"),
        (r"^decoder\.mid_block\.", "decoder.up_blocks.0."),
        (r"^encoder\.mid_block\.", "encoder.down_blocks.9."),
        (r"^encoder\.down_blocks\.3\.res", "encoder.down_blocks.8.res"),
        (r"^encoder\.down_blocks\.2\.downsamplers\.0\.", "encoder.down_blocks.7."),
        (r"^encoder\.down_blocks\.2\.res", "encoder.down_blocks.6.res"),
        (r"^encoder\.down_blocks\.1\.conv_out\.", "encoder.down_blocks.5."),
        (r"^encoder\.down_blocks\.1\.downsamplers\.0\.", "encoder.down_blocks.4."),
        (r"^encoder\.down_blocks\.1\.res", "encoder.down_blocks.3.res"),
        (r"^encoder\.down_blocks\.0\.conv_out\.", "encoder.down_blocks.2."),
        (r"^encoder\.down_blocks\.0\.downsamplers\.0\.", "encoder.down_blocks.1."),
    )
    found: dict[str, Any] = {}
    for name, value in state.items():
        for here, there in turns:
            name, turned = re.subn(here, there, name)
            if turned and here.startswith("^"):
                break
        found[name] = value
    return found


def mochi_coder(state: Mapping[str, Any]) -> dict[str, Any]:
    """genmoai/mochi, `vae/models.py`: counted along the lists of its layers."""
    import torch

    stack = {"norm1.norm_layer": 0, "conv1.conv": 2, "norm2.norm_layer": 3, "conv2.conv": 5}
    left, found = dict(state), {}

    def move(here: str, there: str) -> None:
        for last in ("weight", "bias"):
            if f"{here}.{last}" in left:
                found[f"{there}.{last}"] = left.pop(f"{here}.{last}")

    def block(here: str, i: int, there: str) -> None:
        for name, at in stack.items():
            move(f"{here}.resnets.{i}.{name}", f"{there}.stack.{at}")
        move(f"{here}.norms.{i}.norm_layer", f"{there}.attn_block.norm")
        move(f"{here}.attentions.{i}.to_out.0", f"{there}.attn_block.attn.out")
        parts = [left.pop(f"{here}.attentions.{i}.to_{one}.weight", None) for one in "qkv"]
        if parts[0] is not None:
            found[f"{there}.attn_block.attn.qkv.weight"] = torch.cat(parts)

    move("decoder.conv_in", "decoder.blocks.0.0")
    move("decoder.proj_out", "decoder.output_proj")
    for i in range(3):
        block("decoder.block_in", i, f"decoder.blocks.0.{i + 1}")
        block("decoder.block_out", i, f"decoder.blocks.4.{i}")
        block("encoder.block_in", i, f"encoder.layers.{i + 1}")
        block("encoder.block_out", i, f"encoder.layers.{i + 7}")
        move(f"decoder.up_blocks.{i}.proj", f"decoder.blocks.{i + 1}.proj")
        move(f"encoder.down_blocks.{i}.conv_in.conv", f"encoder.layers.{i + 4}.layers.0")
        for j in range((6, 4, 3)[i]):
            block(f"decoder.up_blocks.{i}", j, f"decoder.blocks.{i + 1}.blocks.{j}")
        for j in range((3, 4, 6)[i]):
            block(f"encoder.down_blocks.{i}", j, f"encoder.layers.{i + 4}.layers.{j + 1}")
    move("encoder.proj_in", "encoder.layers.0")
    move("encoder.norm_out.norm_layer", "encoder.output_norm")
    move("encoder.proj_out", "encoder.output_proj")
    assert not left
    return found


def wan_texts(name: str) -> str:
    """An array of UMT5 as Wan was published with it (Wan-Video/Wan2.1, `wan/modules/t5.py`)."""
    return _turned(
        name,
        (
            (r"^shared\.", "token_embedding."),
            (r"^encoder\.final_layer_norm\.", "norm."),
            (r"^encoder\.block\.(\d+)\.layer\.0\.layer_norm\.", r"blocks.\1.norm1."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.layer_norm\.", r"blocks.\1.norm2."),
            (
                r"^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.rel\w+\.",
                r"blocks.\1.pos_embedding.embedding.",
            ),
            (r"^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.(.)\.", r"blocks.\1.attn.\2."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_0\.", r"blocks.\1.ffn.gate.0."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_1\.", r"blocks.\1.ffn.fc1."),
            (r"^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wo\.", r"blocks.\1.ffn.fc2."),
        ),
    )


def wan_coder_later(state: Mapping[str, Any]) -> dict[str, Any]:
    """Wan-Video/Wan2.2, `wan/modules/vae2_2.py`: lists within lists."""
    found: dict[str, Any] = {}
    for name, value in state.items():
        up = re.fullmatch(r"(.*)\.(down|up)_blocks\.(\d)\.(resnets\.(\d)|\w+sampler)\.(.*)", name)
        if up is not None:
            lists, most = ("downsamples", 2) if up[2] == "down" else ("upsamples", 3)
            at = up[5] if up[5] is not None else most  # a sampler is the last of its list
            name = f"{up[1]}.{lists}.{up[3]}.{lists}.{at}.{up[6]}"
            for here, there in RESIDUAL.items():
                if up[5] is not None and name.endswith(f".{here}"):
                    name = name.removesuffix(here) + there
            found[name] = value
        else:
            found |= wan_coder({name: value})
    return found
