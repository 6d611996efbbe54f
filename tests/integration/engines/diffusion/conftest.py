"""Single files of weights as other programs keep them, of a tiny Wan: shared by the tests of what they draw."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl_wan import AutoencoderKLWan
from diffusers.models.transformers.transformer_wan import WanTransformer3DModel
from safetensors.torch import load_file, save_file

from uncaged.engines import registry, twins
from uncaged.engines.diffusion import wan
from uncaged.studio import adding, laying
from uncaged.studio.studio import Studio

NET, CODER = (
    "transformer/diffusion_pytorch_model.safetensors",
    "vae/diffusion_pytorch_model.safetensors",
)
TEXTS = "text_encoder/model.safetensors"
SCORE = {"size": (64, 64), "seconds": 0.3125, "fps": 16, "seed": 3, "options": {"steps": 2}}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny Wan as it was published, of sizes that its shapes tell."""
    folder = tmp_path_factory.mktemp("published") / "wan"
    wan.twin(folder, 5)
    chance = torch.Generator().manual_seed(5)
    net = WanTransformer3DModel(
        num_attention_heads=1,
        attention_head_dim=128,
        text_dim=twins.WIDTH,
        freq_dim=32,
        ffn_dim=64,
        num_layers=2,
    )
    twins.network(net, folder / "transformer", chance, loud=wan.LOUD)
    twins.network(AutoencoderKLWan(base_dim=4), folder / "vae", chance, loud=wan.LOUD)
    return folder


@pytest.fixture
def comfy(published: Path, tmp_path: Path, foreign_names: Any) -> Path:
    """The same as ComfyUI keeps it: three files by the names they were published with, and a tokenizer beside."""
    models = tmp_path / "ComfyUI" / "models"
    for name in ("diffusion_models", "text_encoders", "vae", "cutter"):
        (models / name).mkdir(parents=True)
    net = foreign_names.wan(load_file(published / NET))
    save_file({f"model.diffusion_model.{k}": v for k, v in net.items()}, net_of(models))
    save_file(
        foreign_names.wan_coder(load_file(published / CODER)), models / "vae" / "wan.safetensors"
    )
    shutil.copy(published / TEXTS, models / "text_encoders" / "umt5.safetensors")
    for path in (published / "tokenizer").iterdir():
        shutil.copy(path, models / "cutter")
    return models


def net_of(models: Path) -> Path:
    return models / "diffusion_models" / "wan_tiny.safetensors"


def drawn(engine: Any, **more: Any) -> "np.ndarray[Any, Any]":
    """A film, all frames of it."""
    return np.stack(list(engine.perform(engine.score("a red bird", **(SCORE | more)))))


def added(studio: Studio, file: Path, *parts: Path, name: str = "") -> Any:
    """The engine of a single file, after it was added as anybody adds it."""
    model = adding.add(studio, adding.offered(file, parts=parts), name).model
    family: Any = type(registry.families()[model.engine])
    return family(laying.folder(studio, model))


@pytest.fixture(scope="session")
def files() -> SimpleNamespace:
    """How a film is drawn, a file is added, and where the network of `comfy` lies."""
    return SimpleNamespace(drawn=drawn, added=added, net_of=net_of)
