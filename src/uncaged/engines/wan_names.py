"""What arrays of Wan are called where it was published, and here, where the library does not turn them. Needs no torch.

Those of the coder of films of 2.2's 5B, and one of the network that draws from a first frame to a last one.
"""

import re
from collections.abc import Sequence
from typing import Final

BOTH: Final = "img_emb.emb_pos"
"""Which of two pictures it is told of (Wan-Video/Wan2.1, `wan/modules/model.py`)."""

LOOKS: Final = {BOTH: "condition_embedder.image_embedder.pos_embed"}
"""Its name there, and here."""

SIGN: Final = "decoder.upsamples.0.upsamples.0.residual.0.gamma"
"""An array that only it has, by its published names (Wan-Video/Wan2.2, `wan/modules/vae2_2.py`)."""

TURNS: Final[Sequence[tuple[str, str]]] = (
    (r"^conv1\.", "quant_conv."),
    (r"^conv2\.", "post_quant_conv."),
    (r"^(..)coder\.conv1\.", r"\1coder.conv_in."),
    (r"^(..)coder\.head\.0\.", r"\1coder.norm_out."),
    (r"^(..)coder\.head\.2\.", r"\1coder.conv_out."),
    (r"^(..)coder\.middle\.1\.", r"\1coder.mid_block.attentions.0."),
    (r"^(..)coder\.middle\.0\.", r"\1coder.mid_block.resnets.0."),
    (r"^(..)coder\.middle\.2\.", r"\1coder.mid_block.resnets.1."),
    (
        r"^encoder\.downsamples\.(\d)\.downsamples\.\d\.(resample|time_conv)\.",
        r"encoder.down_blocks.\1.downsampler.\2.",
    ),
    (
        r"^decoder\.upsamples\.(\d)\.upsamples\.\d\.(resample|time_conv)\.",
        r"decoder.up_blocks.\1.upsampler.\2.",
    ),
    (r"^encoder\.downsamples\.(\d)\.downsamples\.(\d)\.", r"encoder.down_blocks.\1.resnets.\2."),
    (r"^decoder\.upsamples\.(\d)\.upsamples\.(\d)\.", r"decoder.up_blocks.\1.resnets.\2."),
)
"""How a name begins there, and here; the first that fits."""

ENDS: Final[Sequence[tuple[str, str]]] = (
    (r"\.residual\.0\.gamma$", ".norm1.gamma"),
    (r"\.residual\.2\.(weight|bias)$", r".conv1.\1"),
    (r"\.residual\.3\.gamma$", ".norm2.gamma"),
    (r"\.residual\.6\.(weight|bias)$", r".conv2.\1"),
    (r"\.shortcut\.(weight|bias)$", r".conv_shortcut.\1"),
)
"""And how it ends."""


def renamed(name: str) -> str:
    """An array by its name here.

    >>> renamed("decoder.upsamples.2.upsamples.0.shortcut.bias"), renamed("encoder.middle.2.residual.6.weight")
    ('decoder.up_blocks.2.resnets.0.conv_shortcut.bias', 'encoder.mid_block.resnets.1.conv2.weight')
    """
    for turns in (TURNS, ENDS):
        for there, here in turns:
            name, turned = re.subn(there, here, name)
            if turned:
                break
    return name
