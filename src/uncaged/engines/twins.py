"""Tiny models of random weights in the published layout: everything runs through the code that opens the real ones.

A tokenizer and a text encoder are built here too; nothing is fetched.
"""

import json
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save_file  # pyright: ignore[reportUnknownVariableType] - it says no types
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from torch import Tensor, nn
from transformers import (
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    Gemma3Config,
    Gemma3ForConditionalGeneration,
    PreTrainedTokenizerFast,
)

from uncaged.engines import published
from uncaged.engines.open_model import TWIN
from uncaged.engines.texts.t5 import ENCODER, ENCODERS, TOKENIZER

WIDTH: Final = 32
"""Numbers of a token of text."""

LETTERS: Final = "etaoinshrdlucmfwypvbgkjqxz0123456789.,;:!?'()-"
"""Each a token; whatever else is typed is unknown."""

END: Final = "<|endoftext|>"


def network(
    net: nn.Module, folder: Path, chance: torch.Generator, under: str = "", loud: float = 0.1
) -> None:
    """Writes a network of diffusers or transformers with random numbers: its configuration and its weights. under: what
    stands before each array's name. loud: how large they are, so that what goes in can be seen in what comes out."""
    folder.mkdir(parents=True, exist_ok=True)
    config: Any = getattr(net, "config", None)
    kept = dict(config.to_dict() if hasattr(config, "to_dict") else config)
    kept = {key: value for key, value in kept.items() if key != "_name_or_path"}
    kept["_class_name"] = type(net).__name__
    text = json.dumps(kept, indent=1, sort_keys=True, default=str)
    (folder / published.CONFIG).write_text(f"{text}\n", encoding="utf-8")
    transformers = hasattr(config, "model_type")
    name = published.WEIGHTS[1] if transformers else published.WEIGHTS[0]
    state = {f"{under}{key}": value for key, value in _random(net, chance, loud).items()}
    save_file(state, folder / name, {"format": "pt"})


def texts(
    folder: Path,
    chance: torch.Generator,
    kind: str = "t5",
    parts: tuple[str, str] = (TOKENIZER, ENCODER),
    width: int = WIDTH,
) -> None:
    """Writes a tokenizer of letters, and an encoder that gives `width` numbers for each.

    kind: a key of `ENCODERS`. parts: what the folders of both are called.
    """
    words: Any = _tokenizer()
    words.save_pretrained(folder / parts[0])
    config, net = ENCODERS[kind]
    shape = config(vocab_size=len(words), d_model=width, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    network(net(shape), folder / parts[1], chance)


def gemma(folder: Path, chance: torch.Generator, width: int = WIDTH) -> int:
    """Writes a tokenizer of letters, and a Gemma 3 that gives `width` numbers for each by each of its layers; how many
    of these there are, with what it begins from. What looks at pictures is there too, as it was published."""
    words: Any = _tokenizer(padding_side="left")  # as it was published
    words.save_pretrained(folder / TOKENIZER)
    reads: dict[str, Any] = {
        "vocab_size": len(words),
        "hidden_size": width,
        "intermediate_size": 2 * width,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 8,
        "query_pre_attn_scalar": 8,
        "sliding_window": 16,
        "layer_types": ["sliding_attention", "full_attention"],
    }
    looks = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 1,
        "image_size": 16,
        "patch_size": 8,
    }
    config = Gemma3Config(text_config=reads, vision_config=looks, mm_tokens_per_image=1)
    network(Gemma3ForConditionalGeneration(config), folder / ENCODER, chance)
    return reads["num_hidden_layers"] + 1


def clip(
    folder: Path,
    chance: torch.Generator,
    parts: tuple[str, str],
    width: int,
    projected: int | None = None,
) -> None:
    """Writes a tokenizer of letters as CLIP's is written, and a CLIP that gives `width` numbers for a text, or so many
    more or less (`projected`) by one layer more."""
    words = _letters(folder / parts[0])
    config = CLIPTextConfig(
        vocab_size=words,
        hidden_size=width,
        intermediate_size=2 * width,
        projection_dim=projected or width,
        num_hidden_layers=1,
        num_attention_heads=2,
        bos_token_id=words - 2,
        eos_token_id=2,  # as all of them were published: the end is where the largest number stands
        pad_token_id=words - 1,
    )
    net: Any = CLIPTextModelWithProjection(config)
    if projected is None:
        net.text_projection = nn.Identity()
    network(net, folder / parts[1], chance)


def scheduler(kind: Any, folder: Path) -> None:
    """Writes the configuration of a scheduler of diffusers."""
    kind.save_pretrained(folder / "scheduler")


def index(folder: Path, pipeline: str, **more: Any) -> None:
    """Writes what a published model says it is: the class of each of its parts. more: what else it says."""
    parts: dict[str, Any] = {TOKENIZER: ["transformers", "PreTrainedTokenizerFast"]}
    for part in sorted(folder.iterdir()):
        for name in (published.CONFIG, "scheduler_config.json"):
            if (part / name).is_file():
                known = published.read_json(part / name)
                library = "transformers" if "model_type" in known else "diffusers"
                parts[part.name] = [library, known["_class_name"]]
    value = {"_class_name": pipeline, "_diffusers_version": "0.42.1", TWIN: True, **parts, **more}
    (folder / "model_index.json").write_text(f"{json.dumps(value, indent=1)}\n", encoding="utf-8")


def _random(net: nn.Module, chance: torch.Generator, loud: float) -> dict[str, Tensor]:
    learnt = dict(net.named_parameters())
    state: dict[str, Tensor] = {}
    for key, value in sorted(net.state_dict().items()):
        if key in learnt:
            value = (torch.randn(value.shape, generator=chance) * loud).to(value.dtype)
            if value.ndim == 1 and key.endswith("weight"):
                value = value + 1  # a norm that scales by about nothing would say nothing
        elif key not in dict(net.named_parameters(remove_duplicate=False)):
            value = value.clone()
        else:
            continue  # another name of what stands there already
        state[key] = value.contiguous()
    return state


def _tokenizer(**more: str) -> PreTrainedTokenizerFast:
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", -10.0), ("▁", -2.0)]
    pieces += [(letter, -3.0 - 0.01 * i) for i, letter in enumerate(LETTERS)]
    words = Tokenizer(Unigram(pieces, unk_id=2))
    words.normalizer = normalizers.Lowercase()
    words.pre_tokenizer = pre_tokenizers.Metaspace()
    words.decoder = decoders.Metaspace()
    words.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    special = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
    return PreTrainedTokenizerFast(tokenizer_object=words, **special, **more)


def _letters(folder: Path) -> int:
    """CLIP's tokenizer, with letters for its words; how many tokens it knows."""
    folder.mkdir(parents=True, exist_ok=True)
    known = [*LETTERS, *(f"{letter}</w>" for letter in LETTERS), "<|startoftext|>", END]
    vocabulary = {token: i for i, token in enumerate(known)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    special = {"bos_token": "<|startoftext|>", "eos_token": END, "unk_token": END, "pad_token": END}
    told = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, **special}
    (folder / "tokenizer_config.json").write_text(json.dumps(told), encoding="utf-8")
    return len(known)
