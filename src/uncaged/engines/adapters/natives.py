"""What the families' own repositories call the layers that are called otherwise as they were published for diffusers.

Adapters are written in either. Where several layers are one there, each is a share of its rows. Needs no torch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Rows: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A layer, and which rows of a change become its own: shares `rows`, in this order, of `of` equal ones."""

    layer: str
    rows: Rows = (0,)
    of: int = 1


@dataclass(frozen=True, slots=True)
class Native:
    """Layers whose names match `ours` have the name `theirs` in the original repository."""

    ours: str
    theirs: str
    rows: Rows = (0,)
    of: int = 1


def _three(ours: str, theirs: str, names: Sequence[str]) -> list[Native]:
    """Queries, keys and values, which are one layer there."""
    return [Native(rf"{ours}\.{name}", theirs, (n,), 3) for n, name in enumerate(names)]


BLOCK: Final = r"transformer_blocks\.(\d+)"

COGVIDEOX: Final[Sequence[Native]] = (
    *_three(rf"{BLOCK}\.attn1", r"layers.\1.attention.query_key_value", ("to_q", "to_k", "to_v")),
    Native(rf"{BLOCK}\.attn1\.to_out\.0", r"layers.\1.attention.dense"),
    Native(rf"{BLOCK}\.ff\.net\.0\.proj", r"layers.\1.mlp.dense_h_to_4h"),
    Native(rf"{BLOCK}\.ff\.net\.2", r"layers.\1.mlp.dense_4h_to_h"),
)
"""THUDM/CogVideo, sat: as scripts/convert_cogvideox_to_diffusers.py of diffusers reads them."""

MOCHI: Final[Sequence[Native]] = (
    *_three(rf"{BLOCK}\.attn1", r"blocks.\1.attn.qkv_x", ("to_q", "to_k", "to_v")),
    *_three(
        rf"{BLOCK}\.attn1", r"blocks.\1.attn.qkv_y", ("add_q_proj", "add_k_proj", "add_v_proj")
    ),
    Native(rf"{BLOCK}\.attn1\.to_out\.0", r"blocks.\1.attn.proj_x"),
    Native(rf"{BLOCK}\.attn1\.to_add_out", r"blocks.\1.attn.proj_y"),
    Native(rf"{BLOCK}\.norm1\.linear", r"blocks.\1.mod_x"),
    Native(rf"{BLOCK}\.norm1_context\.linear(?:_1)?", r"blocks.\1.mod_y"),
    Native(
        rf"{BLOCK}\.ff\.net\.0\.proj", r"blocks.\1.mlp_x.w1", (1, 0), 2
    ),  # the gate comes first there
    Native(rf"{BLOCK}\.ff\.net\.2", r"blocks.\1.mlp_x.w2"),
    Native(rf"{BLOCK}\.ff_context\.net\.0\.proj", r"blocks.\1.mlp_y.w1", (1, 0), 2),
    Native(rf"{BLOCK}\.ff_context\.net\.2", r"blocks.\1.mlp_y.w2"),
    Native(r"proj_out", r"final_layer.linear"),
)
"""genmoai/mochi: as `convert_mochi_transformer_checkpoint_to_diffusers` of diffusers reads them."""

LTX: Final[Sequence[Native]] = (
    Native(r"proj_in", r"patchify_proj"),
    Native(r"time_embed\.(.+)", r"adaln_single.\1"),
    Native(r"(.+)\.norm_(q|k)", r"\1.\2_norm"),
)
"""Lightricks/LTX-Video; attention and what follows it are called alike."""

LTX2: Final[Sequence[Native]] = (
    *(Native(rf"{stream}proj_in", rf"{stream}patchify_proj") for stream in ("", "audio_")),
    *(
        Native(rf"{stream}{ours}\.(.+)", rf"{stream}{theirs}.\1")
        for stream in ("", "audio_")
        for ours, theirs in (
            ("time_embed", "adaln_single"),
            ("prompt_adaln", "prompt_adaln_single"),
        )
    ),
    *(
        Native(rf"av_cross_attn_{one}\.(.+)", rf"av_ca_{one.removeprefix(which)}_adaln_single.\1")
        for which, one in (
            ("", "video_scale_shift"),
            ("", "audio_scale_shift"),
            ("video_", "video_a2v_gate"),
            ("audio_", "audio_v2a_gate"),
        )
    ),
    Native(r"(.+)\.norm_(q|k)", r"\1.\2_norm"),
)
"""Lightricks/LTX-2: as `_convert_non_diffusers_ltx2_lora_to_diffusers` of diffusers reads them."""

_WAN: Final = r"blocks\.(\d+)"
WAN: Final[Sequence[Native]] = (
    *(
        Native(rf"{_WAN}\.{ours}\.{inside}", rf"blocks.\1.{theirs}.{there}")
        for ours, theirs in (("attn1", "self_attn"), ("attn2", "cross_attn"))
        for inside, there in (
            (r"to_(q|k|v)", r"\2"),
            (r"to_out\.0", "o"),
            (r"norm_(q|k)", r"norm_\2"),
            (r"add_(k|v)_proj", r"\2_img"),
            (r"norm_added_k", "norm_k_img"),
        )
    ),
    Native(rf"{_WAN}\.ffn\.net\.0\.proj", r"blocks.\1.ffn.0"),
    Native(rf"{_WAN}\.ffn\.net\.2", r"blocks.\1.ffn.2"),
    Native(rf"{_WAN}\.norm2", r"blocks.\1.norm3"),
    Native(rf"{_WAN}\.scale_shift_table", r"blocks.\1.modulation"),
    Native(r"scale_shift_table", r"head.modulation"),
    Native(r"proj_out", r"head.head"),
    Native(r"condition_embedder\.time_embedder\.linear_1", r"time_embedding.0"),
    Native(r"condition_embedder\.time_embedder\.linear_2", r"time_embedding.2"),
    Native(r"condition_embedder\.text_embedder\.linear_1", r"text_embedding.0"),
    Native(r"condition_embedder\.text_embedder\.linear_2", r"text_embedding.2"),
    Native(r"condition_embedder\.time_proj", r"time_projection.1"),
    Native(r"condition_embedder\.image_embedder\.norm1", r"img_emb.proj.0"),
    Native(r"condition_embedder\.image_embedder\.ff\.net\.0\.proj", r"img_emb.proj.1"),
    Native(r"condition_embedder\.image_embedder\.ff\.net\.2", r"img_emb.proj.3"),
    Native(r"condition_embedder\.image_embedder\.norm2", r"img_emb.proj.4"),
)
"""Wan-Video/Wan2.1: as `convert_wan_transformer_to_diffusers` of diffusers reads them."""


def places(layers: Iterable[str], natives: Sequence[Native]) -> Mapping[str, tuple[Place, ...]]:
    """Every name under which an adapter may speak of these layers, as it stands and with lines for dots.

    Those of one's own are never beaten by another's.
    """
    own = {name: (Place(name),) for name in layers}
    found: dict[str, tuple[Place, ...]] = {}
    for name in own:
        for theirs, place in _theirs(name, natives):
            found[theirs] = (*found.get(theirs, ()), place)
    found = {name: there for name, there in found.items() if name not in own} | own
    joined = {name.replace(".", "_"): there for name, there in found.items()}
    return joined | found


def _theirs(name: str, natives: Sequence[Native]) -> Iterator[tuple[str, Place]]:
    for one in natives:
        match = re.fullmatch(one.ours, name)
        if match is not None:
            yield match.expand(one.theirs), Place(name, one.rows, one.of)
