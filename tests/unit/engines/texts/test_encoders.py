"""Text encoders: under the names they were published with, computed as their own library does, as large."""

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    T5Config,
    T5EncoderModel,
)

from uncaged.core.errors import WeightsBroken
from uncaged.engines import twins
from uncaged.engines.diffusion.cogvideox import Told
from uncaged.engines.texts import said
from uncaged.engines.texts.clip import Clip, empty
from uncaged.engines.texts.said import TEXTS, Remembered
from uncaged.engines.texts.t5 import Texts

PARTS = ("tokenizer", "text_encoder")
OLD = "text_model.embeddings.position_ids"


@pytest.fixture
def chance() -> torch.Generator:
    return torch.Generator().manual_seed(1)


def clip(folder: Path, *, projected: bool) -> Clip:
    return Clip(folder, torch.float32, "cpu", PARTS, projected=projected)


@pytest.mark.parametrize("projected", [False, True])
def test_a_text_as_a_whole_is_what_the_library_says(
    tmp_path: Path, chance: torch.Generator, projected: bool
) -> None:
    """Under the names as they were published, and as the library writes them now."""
    twins.clip(tmp_path, chance, PARTS, 16, 8 if projected else None)
    path = tmp_path / "text_encoder" / "model.safetensors"
    state = load_file(path)
    assert all(name.startswith(("text_model.", "text_projection.")) for name in state)
    config = CLIPTextConfig.from_json_file(tmp_path / "text_encoder" / "config.json")
    stock: Any = (CLIPTextModelWithProjection if projected else CLIPTextModel)(config).eval()
    bare = not any(name.startswith("text_model.") for name in stock.state_dict())
    stock.load_state_dict(
        {name.removeprefix("text_model.") if bare else name: state[name] for name in state}
    )
    for _time in range(2):
        ours = clip(tmp_path, projected=projected)
        for text in ("a red bird", "", "a " * 200):
            taken = ours.tokens(
                [text], padding="max_length", max_length=77, truncation=True, return_tensors="pt"
            )
            assert taken.input_ids.shape == (1, 77)
            with torch.no_grad():
                said = stock(taken.input_ids)
            wanted = said.text_embeds if projected else said.pooler_output
            assert torch.allclose(ours.pooled(text), wanted, atol=1e-6)
        stock.save_pretrained(tmp_path / "text_encoder")
    ours = clip(tmp_path, projected=projected)
    assert ours.pooled("a red bird").shape == (1, 8 if projected else 16)
    assert (ours.pooled("a red bird") - ours.pooled("a red bear")).abs().max() > 1e-4


def test_what_older_libraries_wrote_down_is_left_alone(
    tmp_path: Path, chance: torch.Generator
) -> None:
    twins.clip(tmp_path, chance, PARTS, 16)
    path = tmp_path / "text_encoder" / "model.safetensors"
    before = clip(tmp_path, projected=False).pooled("a bird")
    state = load_file(path)
    save_file(state | {OLD: torch.arange(77)[None]}, path)
    assert torch.equal(clip(tmp_path, projected=False).pooled("a bird"), before)
    save_file(state | {"text_model.more": torch.zeros(1)}, path)
    with pytest.raises(WeightsBroken, match=r"text_model\.more, for which .* no place"):
        clip(tmp_path, projected=False)


def test_what_fills_a_text_up_is_not_looked_at(tmp_path: Path, chance: torch.Generator) -> None:
    twins.texts(tmp_path, chance)
    t5 = Texts(tmp_path, torch.float32, "cpu")
    with torch.no_grad():
        words, mask, cut = t5.encoded("a bird", 128, masked=True)
        alone = t5.net(t5.tokens(["a bird"], return_tensors="pt").input_ids)[0]
        plain, _mask, _cut = t5.encoded("a bird", 128)
    real = int(mask.sum())
    assert words.shape == (1, 128, twins.WIDTH) and real == alone.shape[1] == 8 and cut == 0
    assert torch.allclose(words[:, :real], alone, atol=1e-6)
    assert (plain[:, :real] - alone).abs().max() > 1e-3, "otherwise the padding counts"
    assert t5.encoded("a bird", 5)[2] == 3


def test_as_large_as_they_were_published() -> None:
    """Numbers of each, as its makers say them; the widths are what the transformers take."""
    common = {"num_hidden_layers": 12, "num_attention_heads": 12}
    large = CLIPTextConfig(hidden_size=768, intermediate_size=3072, projection_dim=768, **common)
    huge = CLIPTextConfig(
        hidden_size=1280,
        intermediate_size=5120,
        projection_dim=1280,
        num_hidden_layers=32,
        num_attention_heads=20,
        hidden_act="gelu",
    )
    counted = [
        numbers(empty(config, projected=projected))
        for config, projected in ((large, False), (large, True), (huge, True))
    ]
    assert counted == [123_060_480, 123_650_304, 694_659_840]
    with torch.device("meta"):
        shape = {"d_model": 4096, "d_kv": 64, "d_ff": 10240, "num_layers": 24, "num_heads": 64}
        t5 = T5EncoderModel(T5Config(feed_forward_proj="gated-gelu", **shape))
    assert numbers(t5) == 4_762_310_656
    assert large.hidden_size == 768 and large.projection_dim + huge.projection_dim == 2048


def numbers(net: Any) -> int:
    return sum(parameter.numel() for parameter in net.parameters())


def test_a_text_is_told_once_and_the_oldest_forgotten() -> None:
    asked: list[str] = []

    def told(text: str) -> tuple[int, int]:
        asked.append(text)
        return len(text), 0

    remembered: Remembered[int] = Remembered(told)
    assert remembered("ab") == remembered("ab") == (2, 0) and asked == ["ab"]
    for i in range(TEXTS):
        remembered(str(i))
    assert remembered("ab") == (2, 0) and asked.count("ab") == 2


def test_large_conditions_are_kept_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "ROOM", 3000)
    asked: list[str] = []

    def told(text: str) -> tuple[Told, int]:
        asked.append(text)
        return Told(torch.zeros(1, 25, 10)), 0  # 1000 bytes

    remembered: Remembered[Told] = Remembered(told)
    for text in ("a", "b", "c", "a", "d"):
        remembered(text)
    assert asked == ["a", "b", "c", "d"]
    remembered("b")  # the oldest, gone for d
    assert asked[4:] == ["b"]
    monkeypatch.setattr(said, "ROOM", 10)
    for text in ("x", "y", "x", "y"):
        remembered(text)
    assert asked[5:] == ["x", "y"], "what is followed and what is fled stay in any case"
