"""A tiny Pyramid Flow of random weights, in the folders in which the large one was published: for tests and trials.

It draws nothing one would want to see, by exactly the code that draws with the real weights.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from uncaged.engines.open_model import TWIN
from uncaged.engines.published import CONFIG, WEIGHTS
from uncaged.engines.pyramid.layout import PROJECTED, TEXTS, VAE, VARIANT
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Shape, Vae
from uncaged.engines.pyramid.vae import VaeNet

TEXT, POOLED = 32, 24
"""Numbers of a token of text, and of a text as a whole, as tiny encoders give them."""

SMALL: Final = "64p"
"""The variant of a twin, which says that its films are 128×64 where nobody says otherwise."""

TINY: Final[Mapping[str, MiniFlux | Mmdit]] = {
    "miniflux": MiniFlux(
        num_layers=1,
        num_single_layers=2,
        num_attention_heads=2,
        attention_head_dim=16,
        joint_attention_dim=TEXT,
        pooled_projection_dim=POOLED,
        axes_dims_rope=(4, 6, 6),
    ),
    "mmdit": Mmdit(
        sample_size=16,
        num_layers=2,
        num_attention_heads=2,
        attention_head_dim=16,
        joint_attention_dim=TEXT,
        caption_projection_dim=32,
        pooled_projection_dim=POOLED,
        pos_embed_max_size=16,
    ),
}
TINY_VAE: Final = Vae(
    encoder_layers_per_block=(1, 1, 1, 1),
    encoder_block_out_channels=(8, 8, 16, 16),
    encoder_norm_num_groups=4,
    decoder_layers_per_block=(1, 1, 1, 1),
    decoder_block_out_channels=(8, 8, 16, 16),
    decoder_norm_num_groups=4,
)


def build(folder: Path, family: str = "miniflux", variant: str = "384p", seed: int = 0) -> Path:
    """Writes a model of a family ("miniflux" or "mmdit"), with one variant. The same seed writes the same numbers.

    Raises `KeyError` for another family. -> the folder.
    """
    networks(folder, TINY[family], TINY_VAE, variant, torch.Generator().manual_seed(seed))
    return folder


def whole(folder: Path, family: str = "miniflux", variant: str = SMALL, seed: int = 0) -> Path:
    """The same with its tokenizers and text encoders: a film can be made with it. -> the folder."""
    build(folder, family, variant, seed)
    texts(folder, TINY[family], torch.Generator().manual_seed(seed + 1))
    return folder


def networks(
    folder: Path,
    shape: MiniFlux | Mmdit,
    coder: Vae,
    variant: str,
    chance: torch.Generator,
    dtype: torch.dtype = torch.float32,
    loud: float = 0.1,
) -> tuple[int, int]:
    """Writes networks of any size; how many numbers each has: the one that draws, and the coder. loud: how large they
    are."""
    with torch.random.fork_rng(devices=[]):  # what the networks are born with is thrown away
        net = MiniFluxNet(shape) if isinstance(shape, MiniFlux) else MmditNet(shape)
        drawing = _written(folder / f"{VARIANT}{variant}", shape, net.to(dtype), chance, loud)
        return drawing, _written(folder / VAE, coder, VaeNet(coder).to(dtype), chance, loud)


def texts(folder: Path, shape: MiniFlux | Mmdit, chance: torch.Generator) -> None:
    """Writes small tokenizers and text encoders that are as wide as a network was told to expect."""
    from uncaged.engines import twins

    *ones, tokens = TEXTS[shape.family]
    left = shape.pooled_projection_dim
    with torch.random.fork_rng(devices=[]):
        for number, one in enumerate(ones, 1):
            width = left if number == len(ones) else left * 2 // 3
            left -= width
            projected = width if one.width == PROJECTED else None
            inner = 16 if projected else width
            twins.clip(folder, chance, (one.tokenizer, one.encoder), inner, projected)
        parts = (tokens.tokenizer, tokens.encoder)
        twins.texts(folder, chance, parts=parts, width=shape.joint_attention_dim)


def _written(
    folder: Path, shape: Shape, net: nn.Module, chance: torch.Generator, loud: float
) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    told = asdict(shape) | {TWIN: True}
    (folder / CONFIG).write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")
    state: dict[str, Tensor] = {}
    learnt = dict(net.named_parameters())
    for key, value in sorted(net.state_dict().items()):
        if key in learnt:
            value = (torch.randn(value.shape, generator=chance) * loud).to(value.dtype)
            if value.ndim == 1 and key.endswith("weight"):
                value = value + 1  # a norm that scales by about nothing would say nothing
        state[key] = value.contiguous()
    save_file(state, folder / WEIGHTS[0], {"format": "pt"})
    return sum(one.numel() for one in learnt.values())
