"""What the arrays of Mochi's coder of films are called where it was published, and here. Needs no torch.

As it was published (genmoai/mochi, `vae/models.py`) the layers stand in one list each for either half.
"""

import re
from collections.abc import Sequence
from typing import Final

SIGN: Final = "decoder.blocks.0.0.weight"
"""An array that only the published names have."""

ONE: Final = ".qkv."
"""Stands in the name of an array that is three here: q, k and v, one behind the other."""

STACK: Final = {
    "0": "norm1.norm_layer",
    "2": "conv1.conv",
    "3": "norm2.norm_layer",
    "5": "conv2.conv",
}
"""What each number in a stack of layers is."""

PLACES: Final[Sequence[tuple[str, str, int]]] = (
    (r"decoder\.blocks\.0\.0", "decoder.conv_in", 0),
    (r"decoder\.blocks\.0\.(?P<i>\d+)", "decoder.block_in.{part}.{i}", 1),
    (r"decoder\.blocks\.(?P<b>[123])\.proj", "decoder.up_blocks.{b}.proj", 1),
    (r"decoder\.blocks\.(?P<b>[123])\.blocks\.(?P<i>\d+)", "decoder.up_blocks.{b}.{part}.{i}", 1),
    (r"decoder\.blocks\.4\.(?P<i>\d+)", "decoder.block_out.{part}.{i}", 0),
    (r"decoder\.output_proj", "decoder.proj_out", 0),
    (r"encoder\.layers\.0", "encoder.proj_in", 0),
    (r"encoder\.layers\.(?P<i>[123])", "encoder.block_in.{part}.{i}", 1),
    (r"encoder\.layers\.(?P<b>[456])\.layers\.0", "encoder.down_blocks.{b}.conv_in.conv", 4),
    (r"encoder\.layers\.(?P<b>[456])\.layers\.(?P<i>\d+)", "encoder.down_blocks.{b}.{part}.{i}", 4),
    (r"encoder\.layers\.(?P<i>[789])", "encoder.block_out.{part}.{i}", 7),
    (r"encoder\.output_norm", "encoder.norm_out.norm_layer", 0),
    (r"encoder\.output_proj", "encoder.proj_out", 0),
)
"""Where a name begins so, it begins so here; b and i are numbers, counted from the last column on."""

WITHIN: Final[Sequence[tuple[str, str, str]]] = (
    (r"stack\.(?P<n>[0235])", "resnets", ""),
    (r"attn_block\.attn\.qkv", "attentions", "qkv"),
    (r"attn_block\.attn\.out", "attentions", "to_out.0"),
    (r"attn_block\.norm", "norms", "norm_layer"),
)
"""What follows, which part of a block that is, and what it is called in it."""


def renamed(name: str) -> str:
    """An array by its name here; one that is three here has `ONE` in it still.

    >>> renamed("decoder.blocks.2.blocks.3.stack.5.weight"), renamed("encoder.layers.7.attn_block.attn.qkv.weight")
    ('decoder.up_blocks.1.resnets.3.conv2.conv.weight', 'encoder.block_out.attentions.0.qkv.weight')
    """
    rest, _dot, last = name.rpartition(".")
    part, inner = "", ""
    for pattern, kind, said in WITHIN:
        found = re.search(rf"\.{pattern}$", rest)
        if found is not None:
            rest, part = rest[: found.start()], kind
            inner = said or STACK[found["n"]]
            break
    for pattern, here, first in PLACES:
        found = re.fullmatch(pattern, rest)
        if found is not None and ("{part}" in here) == bool(part):
            at = found.groupdict()
            numbers = {key: int(one) for key, one in at.items()}
            if "b" in numbers:
                numbers["b"] -= first
                if "i" in numbers and first == 4:
                    numbers["i"] -= 1  # the first of them is no part of a block
            elif "i" in numbers:
                numbers["i"] -= first
            return ".".join(filter(None, (here.format(part=part, **numbers), inner, last)))
    return name
