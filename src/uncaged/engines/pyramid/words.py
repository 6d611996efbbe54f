"""Words as what the transformers are told: T5 for the tokens, CLIP, or two of them, for the text as a whole."""

import torch

from uncaged.engines.pyramid.answering import Told
from uncaged.engines.pyramid.layout import PROJECTED, Layout
from uncaged.engines.texts.clip import Clip
from uncaged.engines.texts.t5 import Texts

MOST = 128
"""Tokens of a text, at most, as published."""


class Words:
    """The text encoders of a model, opened."""

    def __init__(self, layout: Layout, dtype: torch.dtype, device: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        layout.check_texts()
        *whole, tokens = layout.texts
        self._whole = [
            Clip(
                layout.folder,
                dtype,
                device,
                (one.tokenizer, one.encoder),
                projected=one.width == PROJECTED,
            )
            for one in whole
        ]
        self._tokens = Texts(layout.folder, dtype, device, (tokens.tokenizer, tokens.encoder))

    @torch.no_grad()
    def told(self, text: str) -> tuple[Told, int]:
        """A text as a condition, and how many of its tokens were left out because there is no place for more."""
        words, mask, cut = self._tokens.encoded(text, MOST, masked=True)
        pooled = torch.cat([one.pooled(text) for one in self._whole], 1)
        return Told(words[0, mask[0].bool()], pooled[0]), cut
