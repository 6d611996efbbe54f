"""Texts as conditions: the encoder T5, which CogVideoX, Mochi, LTX Video and Pyramid Flow share, UMT5, which Wan has,
and how their tokens are cut.

Opens what lies in two folders of a published model, mostly `tokenizer` and `text_encoder`; nothing is fetched.
"""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from accelerate import init_empty_weights
from torch import Tensor
from transformers import (
    AutoTokenizer,
    T5Config,
    T5EncoderModel,
    UMT5Config,
    UMT5EncoderModel,
)

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.filling import filled

TOKENIZER: Final = "tokenizer"
ENCODER: Final = "text_encoder"
ENCODERS: Final[Mapping[str, tuple[Any, Any]]] = {
    "t5": (T5Config, T5EncoderModel),
    "umt5": (UMT5Config, UMT5EncoderModel),
}
"""By what a configuration calls its architecture."""


class Texts:
    """A tokenizer and its encoder, opened."""

    def __init__(
        self,
        folder: Path,
        dtype: torch.dtype,
        device: str,
        parts: tuple[str, str] = (TOKENIZER, ENCODER),
    ) -> None:
        """parts: what the folders of both are called. Raises `WeightsMissing`, `WeightsBroken`."""
        cutter, encoder = (folder / part for part in parts)
        self.tokens = tokenizer(cutter)
        known = published.read_json(encoder / published.CONFIG)
        config, kind = ENCODERS.get(str(known.get("model_type")), ENCODERS["t5"])
        with init_empty_weights(include_buffers=False):
            empty = kind(config.from_dict(known))
        empty.tie_weights()  # being emptied, it forgot which of them are one
        self.net: Any = filled(empty, encoder, dtype, device)
        self._device = device

    def encoded(
        self, text: str, most: int, *, masked: bool = False, blank: bool = False
    ) -> tuple[Tensor, Tensor, int]:
        """A text -> (1, most, width) numbers, (1, most) which of them are of the text, and how many tokens were left
        out. Shorter texts are filled up, as the models learnt them. masked: what fills them up is not looked at.
        blank: an empty text is not even its end."""
        ids, mask, left = counted(self.tokens, text, most, self._device)
        if blank and not text:
            ids, mask = torch.zeros_like(ids), torch.zeros_like(mask)
        words = self.net(ids, attention_mask=mask if masked else None)[0]
        return words, mask, left


def counted(tokens: Any, text: str, most: int, device: str) -> tuple[Tensor, Tensor, int]:
    """A text as `most` tokens: (1, most) their numbers, (1, most) which of them are of the text, the others fill it up;
    and how many tokens were left out."""
    taken = tokens(
        [text],
        padding="max_length",
        max_length=most,
        truncation=True,
        add_special_tokens=True,
        return_tensors="pt",
    )
    whole = len(tokens([text], add_special_tokens=True).input_ids[0])
    ids, mask = taken.input_ids.to(device), taken.attention_mask.to(device)
    return ids, mask, max(0, whole - most)


def tokenizer(folder: Path) -> Any:
    """What cuts texts into tokens. Raises `WeightsBroken`."""
    published.read_json(folder / "tokenizer_config.json")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return AutoTokenizer.from_pretrained(
                str(folder), local_files_only=True, trust_remote_code=False
            )
    except Exception as error:  # whatever a library thinks of files it cannot read
        raise WeightsBroken(
            _("%(path)s cannot be understood.") % {"path": folder},
            f"{type(error).__name__}: {error}".splitlines()[0][:200],
        ) from None
