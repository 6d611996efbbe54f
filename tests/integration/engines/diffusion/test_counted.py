"""The table of `docs/models.md`: the numbers of each model, counted on empty networks as they were published."""

import re
from pathlib import Path
from typing import Any

import pytest
from accelerate import init_empty_weights
from diffusers import (
    AutoencoderKLCogVideoX,
    AutoencoderKLLTX2Audio,
    AutoencoderKLLTX2Video,
    AutoencoderKLLTXVideo,
    AutoencoderKLMochi,
    AutoencoderKLWan,
    CogVideoXTransformer3DModel,
    LTX2VideoTransformer3DModel,
    LTXVideoTransformer3DModel,
    MochiTransformer3DModel,
    WanTransformer3DModel,
)
from diffusers.pipelines.ltx2.connectors import LTX2TextConnectors
from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder
from transformers import (
    Gemma3TextConfig,
    Gemma3TextModel,
    T5Config,
    T5EncoderModel,
    UMT5Config,
    UMT5EncoderModel,
)

from uncaged.engines.open_model import OpenModel
from uncaged.engines.registry import families

DOCUMENT = Path(__file__).parents[4] / "docs" / "models.md"
XXL: dict[str, Any] = {
    "d_model": 4096,
    "d_kv": 64,
    "d_ff": 10240,
    "num_layers": 24,
    "num_heads": 64,
    "feed_forward_proj": "gated-gelu",
}


def _row(family: str) -> str:
    (row,) = re.findall(rf"^\| `{family}` \|.*$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    return str(row)


def _counted(*parts: Any) -> int:
    """Numbers of networks of these classes and configurations, without building any; what is shared counts once."""
    whole = 0
    for kind, known in parts:
        with init_empty_weights():
            net = kind(known) if not isinstance(known, dict) else kind(**known)
        if hasattr(net, "tie_weights"):
            net.tie_weights()
        whole += sum(value.numel() for value in net.parameters())
    return whole


T5 = (T5EncoderModel, T5Config(vocab_size=32128, **XXL))
UMT5 = (UMT5EncoderModel, UMT5Config(vocab_size=256384, **XXL))
COGVIDEOX = (AutoencoderKLCogVideoX, {})
GEMMA_12B: dict[str, Any] = {
    "vocab_size": 262208,
    "hidden_size": 3840,
    "intermediate_size": 15360,
    "num_hidden_layers": 48,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "head_dim": 256,
}
GEMMA = (Gemma3TextModel, Gemma3TextConfig(**GEMMA_12B))
LTX2 = (
    (AutoencoderKLLTX2Video, {}),
    (AutoencoderKLLTX2Audio, {}),
    (LTX2TextConnectors, {}),
    (LTX2Vocoder, {}),
)
COGVIDEOX_5B = {
    "num_attention_heads": 48,
    "num_layers": 42,
    "use_rotary_positional_embeddings": True,
}
WAN_SMALL = {"num_attention_heads": 12, "num_layers": 30, "ffn_dim": 8960}


@pytest.mark.parametrize(
    ("family", "parts"),
    [
        ("cogvideox", ((CogVideoXTransformer3DModel, {}), COGVIDEOX, T5)),
        ("cogvideox", ((CogVideoXTransformer3DModel, COGVIDEOX_5B), COGVIDEOX, T5)),
        ("mochi", ((MochiTransformer3DModel, {}), (AutoencoderKLMochi, {}), T5)),
        ("ltx", ((LTXVideoTransformer3DModel, {}), (AutoencoderKLLTXVideo, {}), T5)),
        ("ltx-2", ((LTX2VideoTransformer3DModel, {}), *LTX2, GEMMA)),
        ("wan", ((WanTransformer3DModel, WAN_SMALL), (AutoencoderKLWan, {}), UMT5)),
        ("wan", ((WanTransformer3DModel, {}), (AutoencoderKLWan, {}), UMT5)),
    ],
)
def test_the_table_counts_right(family: str, parts: Any) -> None:
    whole, row = _counted(*parts), _row(family)
    assert f"{whole / 1e9:.1f} billion" in row, whole
    assert f"{2 * whole / 2**30:.1f} GiB" in row, whole


def test_every_family_has_its_row() -> None:
    for name, family in families().items():
        if isinstance(family, OpenModel):
            assert _row(name).count("|") == 7
