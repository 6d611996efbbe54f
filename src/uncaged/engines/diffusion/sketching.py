"""How a network is known whose file says nothing but names and shapes; and the text encoders that families share.

Needs no torch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from uncaged.engines import single_files
from uncaged.engines.text_names import renamed

Shapes: TypeAlias = Mapping[str, Sequence[int]]
Config: TypeAlias = dict[str, Any]


class Known:
    """Names and shapes of a file, looked up by several names."""

    def __init__(self, shapes: Shapes, befores: Sequence[str] = single_files.BEFORE) -> None:
        self.shapes = single_files.within(shapes, befores)

    def __contains__(self, name: str) -> bool:
        return name in self.shapes

    def side(self, at: int, *names: str) -> int:
        """A side of the first of these arrays that is there. `KeyError`, `IndexError` where none is."""
        return int(next(self.shapes[name] for name in names if name in self.shapes)[at])

    def any(self, *names: str) -> bool:
        """Whether one of them is there."""
        return any(name in self.shapes for name in names)

    def layers(self, before: str) -> int:
        """How many there are whose names begin so, with a number behind."""
        found = {
            name[len(before) :].partition(".")[0] for name in self.shapes if name.startswith(before)
        }
        return len({one for one in found if one.isdecimal()})


@dataclass(frozen=True, slots=True)
class Sketch:
    """How a family's files are known. Each gives a configuration, or None where a file is none such.

    texts: the kind of its text encoder. net: of a file's network that draws. rest: what else there is, where files
    tell it; else the published folder has to.
    """

    texts: str
    net: Callable[[Known], Config | None]
    rest: "Rest | None" = None


@dataclass(frozen=True, slots=True)
class Rest:
    """What stands around a network. coder: of its coder of films, by the file and the network. index, times: what else
    the model says of itself, by both configurations and whether there are two networks; of its scheduler. width: by
    what the network's configuration calls the width of its words."""

    coder: Callable[[Known, Config], Config | None]
    index: Callable[[Config, Config, bool], Config]
    times: Callable[[Config, Config], Config]
    width: str


def texts(shapes: Shapes) -> Config | None:
    """Of a text encoder of the kind T5 or UMT5; None where a file is none."""
    found = Known({renamed(name): shape for name, shape in shapes.items()}, ())
    block, words = "encoder.block.{}.layer.0.SelfAttention", "shared.weight"
    if not found.any(words, "encoder.embed_tokens.weight"):
        return None
    bias = f"{block.format(0)}.relative_attention_bias.weight"
    query = f"{block.format(0)}.q.weight"
    if bias not in found or query not in found:
        return None
    each = f"{block.format(1)}.relative_attention_bias.weight" in found
    gated = "encoder.block.0.layer.1.DenseReluDense.wi_0.weight" in found
    heads = found.side(1, bias)
    kind = "umt5" if each else "t5"
    return {
        "model_type": kind,
        "_class_name": f"{kind.upper()}EncoderModel",
        "vocab_size": found.side(0, words, "encoder.embed_tokens.weight"),
        "d_model": found.side(1, query),
        "d_kv": found.side(0, query) // heads,
        "d_ff": found.side(1, "encoder.block.0.layer.1.DenseReluDense.wo.weight"),
        "num_layers": found.layers("encoder.block."),
        "num_heads": heads,
        "relative_attention_num_buckets": found.side(0, bias),
        "feed_forward_proj": "gated-gelu" if gated else "relu",
        "is_encoder_decoder": False,
    }


CLIP_SEES: Final[Config] = {
    "size": {"shortest_edge": 224},
    "crop_size": {"height": 224, "width": 224},
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "rescale_factor": 1 / 255,
    "resample": 3,
}
"""How pictures are cut for CLIP (openai/CLIP, `clip.py`), where they have 224 pixels a side."""


def sight(shapes: Shapes) -> tuple[Config, Config] | None:
    """Of CLIP's sight, and how pictures are cut for it; None where it is none. As ViT-H/14, which Wan looks with."""
    found = Known(shapes, ("vision_model.",))
    first = "embeddings.patch_embedding.weight"
    if first not in found or len(found.shapes[first]) != 4:
        return None
    wide, patch = found.side(0, first), found.side(2, first)
    side = round((found.side(0, "embeddings.position_embedding.weight") - 1) ** 0.5) * patch
    config = {
        "model_type": "clip_vision_model",
        "_class_name": "CLIPVisionModel",
        "hidden_size": wide,
        "intermediate_size": found.side(0, "encoder.layers.0.mlp.fc1.weight"),
        "num_hidden_layers": found.layers("encoder.layers."),
        "num_attention_heads": max(1, wide // (80 if wide == 1280 else 64)),
        "image_size": side,
        "patch_size": patch,
        "hidden_act": "gelu",
    }
    cut = {"size": {"shortest_edge": side}, "crop_size": {"height": side, "width": side}}
    return config, CLIP_SEES | cut
