"""Which files of a published model are fetched, by the names that hubs show."""

from collections.abc import Mapping
from typing import Any

import pytest

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.engines.choosing import chosen
from uncaged.engines.registry import engine

PARTS = ("transformer", "vae", "text_encoder")
TEXTS = {"tokenizer/tokenizer_config.json", "tokenizer/spiece.model"}
NET = "diffusion_pytorch_model.safetensors"
INDEX = f"transformer/{NET}.index.json"
SHARDS = {f"transformer/diffusion_pytorch_model-0000{n}-of-00002.safetensors" for n in (1, 2)}
NEEDED = {
    "model_index.json",
    "scheduler/scheduler_config.json",
    *TEXTS,
    *(f"{part}/config.json" for part in PARTS),
    INDEX,
    *SHARDS,
    f"vae/{NET}",
    "text_encoder/model.safetensors",
}
BESIDE = {
    "README.md",
    ".gitattributes",
    "tokenizer/example.png",
    "vae/diffusion_pytorch_model.fp16.safetensors",
    "vae/diffusion_pytorch_model.bin",
    "text_encoder/pytorch_model.bin",
    "transformer_2/notes.txt",
    "film.mp4",
}


def read(name: str) -> Mapping[str, Any]:
    if name == "model_index.json":
        return {"_class_name": "CogVideoXPipeline"}
    assert name == INDEX
    return {"weight_map": {str(i): shard.split("/")[1] for i, shard in enumerate(sorted(SHARDS))}}


def test_everything_once_and_nothing_beside() -> None:
    assert engine("cogvideox").wants(NEEDED | BESIDE, read) == NEEDED
    assert engine("mochi").wants(NEEDED | BESIDE, read) is None
    assert engine("pyramid-flow").wants(NEEDED | BESIDE, read) is None


def test_what_only_some_of_a_family_have_comes_along() -> None:
    more = {
        "image_encoder/config.json",
        "image_encoder/model.safetensors",
        "image_processor/preprocessor_config.json",
    }

    def wan(name: str) -> Mapping[str, Any]:
        return {"_class_name": "WanPipeline"} if name == "model_index.json" else read(name)

    assert engine("wan").wants(NEEDED | more, wan) == NEEDED | more
    assert engine("wan").wants(NEEDED, wan) == NEEDED


def test_pyramid_flow_as_it_was_published() -> None:
    drawing = {
        f"diffusion_transformer_{v}/{f}" for v in ("384p", "768p") for f in ("config.json", NET)
    }
    shared = {f"causal_video_vae/{f}" for f in ("config.json", NET)}
    texts = {
        f"text_encoder{n}/{f}" for n in ("", "_2") for f in ("config.json", "model.safetensors")
    }
    texts |= {f"tokenizer{n}/tokenizer_config.json" for n in ("", "_2")}
    names = drawing | shared | texts
    assert engine("pyramid-flow").wants(names | BESIDE, read) == names
    with pytest.raises(WeightsMissing, match="text_encoder_3"):
        engine("pyramid-flow").wants(names | {"tokenizer_3/tokenizer_config.json"}, read)


def test_what_is_missing_or_a_pickle_is_said_by_name() -> None:
    with pytest.raises(WeightsBroken, match=r"vae/diffusion_pytorch_model\.bin is a pickle"):
        chosen((NEEDED | BESIDE) - {f"vae/{NET}"}, PARTS, (), read)
    for lost in (f"vae/{NET}", "vae/config.json", *SHARDS):
        with pytest.raises(WeightsMissing, match=lost):
            chosen(NEEDED - {lost}, PARTS, (), read)
    for rows in ({}, [], None):
        with pytest.raises(WeightsBroken, match="no index"):
            chosen(NEEDED, PARTS, (), lambda name, rows=rows: {"weight_map": rows})
