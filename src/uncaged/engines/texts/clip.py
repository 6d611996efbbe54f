"""Texts as one vector each: the encoder CLIP. Opens what lies in two folders of a published model.

Radford et al. 2021 (arXiv 2103.00020), section 2.4: what stands at the end of the text stands for all of it.
"""

from pathlib import Path
from typing import Any, Final

import torch
from accelerate import init_empty_weights
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModelWithProjection

from uncaged.engines import published
from uncaged.engines.filling import filled
from uncaged.engines.texts.t5 import tokenizer

COUNTED: Final = frozenset({"text_model.embeddings.position_ids"})
"""What older libraries wrote down though it holds nothing but 0, 1, 2 …"""


class Clip:
    """A tokenizer and its encoder, opened."""

    def __init__(
        self,
        folder: Path,
        dtype: torch.dtype,
        device: str,
        parts: tuple[str, str],
        *,
        projected: bool,
    ) -> None:
        """parts: what the folders of both are called. projected: whether what the encoder says goes through one layer
        more. Raises `WeightsMissing`, `WeightsBroken`."""
        cutter, encoder = (folder / part for part in parts)
        self.tokens = tokenizer(cutter)
        config = CLIPTextConfig.from_dict(published.read_json(encoder / published.CONFIG))
        self._most = config.max_position_embeddings
        net = empty(config, projected=projected)
        if not projected and _is_bare(encoder):
            net.text_model = filled(net.text_model, encoder, dtype, device, without=COUNTED)
        else:
            net = filled(net, encoder, dtype, device, without=COUNTED)
        self.net = net
        self._device = device

    def pooled(self, text: str) -> Tensor:
        """A text -> (1, width) numbers. It is cut off, or filled up, to as many tokens as there are places for."""
        taken = self.tokens(
            [text],
            padding="max_length",
            max_length=self._most,
            truncation=True,
            return_tensors="pt",
        )
        with torch.no_grad():
            return self.net(taken.input_ids.to(self._device)).text_embeds


def empty(config: CLIPTextConfig, *, projected: bool) -> Any:
    """The encoder without numbers. Its arrays bear the names under which they were published, with and without the
    last layer."""
    with init_empty_weights(include_buffers=False):
        net: Any = CLIPTextModelWithProjection(config)
    if not projected:
        net.text_projection = nn.Identity()
    return net


def _is_bare(folder: Path) -> bool:
    """Whether the names lack what they were published with, as newer libraries write them."""
    names = [name for path in published.shards(folder) for name in published.held(path).shapes]
    return not any(name.startswith("text_model.") for name in names)
