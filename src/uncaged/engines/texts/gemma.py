"""Texts as conditions: Gemma 3, of which LTX-2 hears what every layer says (Team Gemma 2025, arXiv 2503.19786).

Opens what lies in the folders `tokenizer` and `text_encoder` of a published model; what looks at pictures there stays
closed. Nothing is fetched.
"""

from pathlib import Path
from typing import Any, Final

import torch
from accelerate import init_empty_weights
from torch import Tensor
from transformers import Gemma3TextConfig, Gemma3TextModel

from uncaged.engines import published
from uncaged.engines.filling import filled
from uncaged.engines.texts.kinds import gemma
from uncaged.engines.texts.t5 import ENCODER, TOKENIZER, counted, tokenizer

BEFORE: Final = ("model.language_model.", "language_model.model.", "model.", "")
"""What stands before the names of its arrays, by who wrote them."""

FIRST: Final = "embed_tokens.weight"


class Gemma:
    """A tokenizer and its encoder, opened."""

    def __init__(self, folder: Path, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        self.tokens = tokenizer(folder / TOKENIZER)
        self.tokens.padding_side = "left"
        if self.tokens.pad_token is None:
            self.tokens.pad_token = self.tokens.eos_token
        config = Gemma3TextConfig.from_dict(gemma(folder))
        with init_empty_weights(include_buffers=False):
            empty = Gemma3TextModel(config)
        place = folder / ENCODER
        names = frozenset(published.arrays(place))
        under = next((one for one in BEFORE if f"{one}{FIRST}" in names), "")
        self.net: Any = filled(empty, place, dtype, device, under=under)
        self._device = device

    def encoded(self, text: str, most: int) -> tuple[Tensor, Tensor, int]:
        """A text -> (1, most, width · (layers + 1)) numbers, what the layers say of each token side by side; (1, most)
        which of them are of the text; and how many tokens were left out. It is filled up at its beginning."""
        ids, mask, left = counted(self.tokens, text.strip(), most, self._device)
        layers = self.net(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        words = torch.stack(layers.hidden_states, dim=-1).flatten(2, 3)
        return words, mask, left
