"""What the arrays of T5 and UMT5 are called where they were published otherwise than here. Needs no torch."""

import re
from collections.abc import Sequence
from typing import Final

GGUF_TEXTS: Final[Sequence[tuple[str, str]]] = (
    (r"^token_embd\.", "shared."),
    (r"^enc\.output_norm\.", "encoder.final_layer_norm."),
    (r"^enc\.blk\.(\d+)\.attn_norm\.", r"encoder.block.\1.layer.0.layer_norm."),
    (
        r"^enc\.blk\.(\d+)\.attn_rel_b\.",
        r"encoder.block.\1.layer.0.SelfAttention.relative_attention_bias.",
    ),
    (r"^enc\.blk\.(\d+)\.attn_([qkvo])\.", r"encoder.block.\1.layer.0.SelfAttention.\2."),
    (r"^enc\.blk\.(\d+)\.ffn_norm\.", r"encoder.block.\1.layer.1.layer_norm."),
    (r"^enc\.blk\.(\d+)\.ffn_gate\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_0."),
    (r"^enc\.blk\.(\d+)\.ffn_up\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_1."),
    (r"^enc\.blk\.(\d+)\.ffn_down\.", r"encoder.block.\1.layer.1.DenseReluDense.wo."),
)
"""T5 in GGUF (llama.cpp, `tensor_mapping.py`)."""

WAN_TEXTS: Final[Sequence[tuple[str, str]]] = (
    (r"^token_embedding\.", "shared."),
    (r"^norm\.", "encoder.final_layer_norm."),
    (r"^blocks\.(\d+)\.norm1\.", r"encoder.block.\1.layer.0.layer_norm."),
    (
        r"^blocks\.(\d+)\.pos_embedding\.embedding\.",
        r"encoder.block.\1.layer.0.SelfAttention.relative_attention_bias.",
    ),
    (r"^blocks\.(\d+)\.attn\.([qkvo])\.", r"encoder.block.\1.layer.0.SelfAttention.\2."),
    (r"^blocks\.(\d+)\.norm2\.", r"encoder.block.\1.layer.1.layer_norm."),
    (r"^blocks\.(\d+)\.ffn\.gate\.0\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_0."),
    (r"^blocks\.(\d+)\.ffn\.fc1\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_1."),
    (r"^blocks\.(\d+)\.ffn\.fc2\.", r"encoder.block.\1.layer.1.DenseReluDense.wo."),
)
"""UMT5 as Wan was published with it (Wan-Video/Wan2.1, `wan/modules/t5.py`)."""


def renamed(name: str) -> str:
    """An array of a text encoder of the kind T5, by its name here.

    >>> renamed("enc.blk.3.attn_q.weight"), renamed("shared.weight")
    ('encoder.block.3.layer.0.SelfAttention.q.weight', 'shared.weight')
    """
    for pattern, said in (*GGUF_TEXTS, *WAN_TEXTS):
        name, turned = re.subn(pattern, said, name)
        if turned:
            break
    return name
