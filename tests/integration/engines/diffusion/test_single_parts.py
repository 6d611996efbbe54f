"""What a single file lacks is found beside it: tokenizers, halves, coders, sight. It goes along to other studios."""

import dataclasses
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sentencepiece
import torch
from diffusers.models.transformers.transformer_wan import WanTransformer3DModel
from safetensors.torch import load_file, save_file
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel

from uncaged.archive import crate
from uncaged.core.errors import WeightsMissing
from uncaged.core.settings import Settings
from uncaged.engines import twins
from uncaged.engines.diffusion import ltx, sight, wan
from uncaged.engines.diffusion.families import LTXVideo, Wan
from uncaged.engines.diffusion.sketches import SKETCHES
from uncaged.engines.texts.t5 import tokenizer
from uncaged.studio import adding, elsewhere, laying
from uncaged.studio.studio import Studio, open_studio

NET, CODER = (
    "transformer/diffusion_pytorch_model.safetensors",
    "vae/diffusion_pytorch_model.safetensors",
)
TEXTS = "text_encoder/model.safetensors"


def test_a_tokenizer_comes_out_of_the_text_encoder_s_file(
    files: SimpleNamespace, studio: Studio, comfy: Path, tmp_path: Path
) -> None:
    """As ComfyUI has UMT5: sentencepiece's own file as an array of bytes beside the weights."""
    words = tmp_path / "words.txt"
    words.write_text(
        "\n".join(f"{a} {b} bird over the sea" for a in "abcdefg" for b in "hijklmnop")
    )
    sentencepiece.SentencePieceTrainer.train(
        input=str(words),
        model_prefix=str(tmp_path / "spiece"),
        vocab_size=26,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    pieces = (tmp_path / "spiece.model").read_bytes()
    file = comfy / "text_encoders" / "umt5.safetensors"
    save_file(
        load_file(file) | {"spiece_model": torch.frombuffer(bytearray(pieces), dtype=torch.uint8)},
        file,
    )
    engine = files.added(studio, files.net_of(comfy))
    cutter = tokenizer(engine.folder / "tokenizer")
    known = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "spiece.model"))
    text = "a bird over the sea"
    assert cutter(text).input_ids == [*known.encode(text), known.eos_id()]
    assert files.drawn(engine).shape == (5, 64, 64, 3)


def test_two_networks_that_draw_one_after_the_other(
    files: SimpleNamespace, studio: Studio, published: Path, comfy: Path, foreign_names: Any
) -> None:
    folder = comfy / "as"
    shutil.copytree(published, folder)
    shutil.copytree(folder / "transformer", folder / "transformer_2")
    state = load_file(folder / NET)
    late = {name: value * 0.5 for name, value in state.items()}
    save_file(late, folder / "transformer_2" / Path(NET).name, {"format": "pt"})
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps(index | {"boundary_ratio": 0.875}))
    high = files.net_of(comfy).with_name("wan2.2_high_noise.safetensors")
    low = files.net_of(comfy).with_name("wan2.2_LOW_noise.safetensors")
    files.net_of(comfy).rename(high)
    with pytest.raises(WeightsMissing, match="the other is not here"):
        adding.offered(high, parts=[comfy / "cutter"])
    save_file(foreign_names.wan(late), low)
    film = files.drawn(Wan(folder))
    for file in (high, low):
        offer = adding.offered(file, parts=[comfy / "cutter"])
        assert offer.files["transformer/single.safetensors"] == high
    assert np.array_equal(files.drawn(files.added(studio, high, comfy / "cutter")), film)
    assert not np.array_equal(files.drawn(Wan(published)), film)


def test_all_in_one_file(
    files: SimpleNamespace,
    studio: Studio,
    tmp_path: Path,
    foreign_names: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As LTX Video was published: network and coder in one; it is read once, and counted once."""
    file, folder = tmp_path / "ltx.safetensors", tmp_path / "as"
    ltx.twin(folder, 1)
    own = [
        json.loads((folder / part / "config.json").read_text()) for part in ("transformer", "vae")
    ]
    known = SKETCHES["ltx"]
    assert known.rest is not None
    tiny = dataclasses.replace(
        known,
        net=lambda found: known.net(found) and dict(own[0]),
        rest=dataclasses.replace(known.rest, coder=lambda found, net: dict(own[1])),
    )
    monkeypatch.setattr(LTXVideo, "sketch", tiny)
    state = load_file(folder / CODER)
    statistics = {
        f"vae.per_channel_statistics.{name}": state.pop(here)
        for name, here in (("mean-of-means", "latents_mean"), ("std-of-means", "latents_std"))
    }
    statistics["vae.per_channel_statistics.mean-of-stds"] = torch.ones(8)
    coder = {f"vae.{name}": value for name, value in foreign_names.ltx_coder(state).items()}
    net = foreign_names.ltx(load_file(folder / NET))
    both = {f"model.diffusion_model.{name}": value for name, value in net.items()}
    save_file(both | coder | statistics, file)
    parts = [folder / "text_encoder" / "model.safetensors", folder / "tokenizer"]
    offer = adding.offered(file, parts=parts)
    assert [offer.files[f"{part}/single.safetensors"] for part in ("transformer", "vae")] == [
        file
    ] * 2
    assert offer.bytes == sum(path.stat().st_size for path in set(offer.files.values()))
    heard: list[tuple[int, int]] = []
    shas, noted = elsewhere.hashed(offer.files, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (offer.bytes, offer.bytes)
    assert shas["transformer/single.safetensors"] == shas["vae/single.safetensors"]
    assert noted.keys() == offer.files.keys()
    engine = files.added(studio, file, *parts)
    score: dict[str, Any] = {"size": (64, 64), "seconds": 0.36, "fps": 25}
    assert np.array_equal(files.drawn(engine, **score), files.drawn(LTXVideo(folder), **score))


@pytest.mark.parametrize("pictures", [1, 2], ids=["from one", "between two"])
def test_a_network_that_looks_at_pictures_finds_clip_beside(
    files: SimpleNamespace, studio: Studio, comfy: Path, foreign_names: Any, pictures: int
) -> None:
    chance = torch.Generator().manual_seed(1)
    folder = comfy / "as"
    net = WanTransformer3DModel(
        num_attention_heads=1,
        attention_head_dim=128,
        text_dim=twins.WIDTH,
        freq_dim=32,
        ffn_dim=64,
        num_layers=1,
        in_channels=36,
        image_dim=64,
        added_kv_proj_dim=128,
        pos_embed_seq_len=2 * 5 if pictures == 2 else None,  # CLIP says 5 tokens of each
    )
    twins.network(net, folder / "transformer", chance)
    save_file(foreign_names.wan(load_file(folder / NET)), files.net_of(comfy))
    with pytest.raises(WeightsMissing, match=r"CLIP.s sight.*clip_vision"):
        adding.offered(files.net_of(comfy), parts=[comfy / "cutter"])
    shape: dict[str, Any] = {"hidden_size": 64, "intermediate_size": 128, "image_size": 32}
    more: dict[str, Any] = {"num_hidden_layers": 2, "num_attention_heads": 1, "patch_size": 16}
    eye = CLIPVisionModel(CLIPVisionConfig(**shape, **more, hidden_act="gelu"))
    twins.network(eye, folder / sight.ENCODER, chance, sight.BEFORE)
    (comfy / "clip_vision").mkdir()
    file = folder / sight.ENCODER / "model.safetensors"
    more = {"visual_projection.weight": torch.ones(4, 64)}
    save_file(load_file(file) | more, comfy / "clip_vision" / "h.safetensors")
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    assert (engine.capabilities.pictures, engine.needs) == (pictures, pictures)
    cut: dict[str, Any] = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
    CLIPImageProcessorPil(**cut).save_pretrained(folder / sight.PROCESSOR)
    picture = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    ours, theirs = (
        sight.Sight(place, torch.float32, "cpu").seen(picture) for place in (engine.folder, folder)
    )
    assert torch.equal(ours, theirs) and float(ours.std()) > 0
    opened = wan.Wan(engine.folder, torch.float32, "cpu")
    back, meant = opened.net.state_dict(), load_file(folder / NET)
    assert back.keys() == meant.keys()
    assert all(torch.equal(back[name], value) for name, value in meant.items())


def test_brought_into_another_studio_it_is_known_again(
    files: SimpleNamespace, studio: Studio, published: Path, comfy: Path, tmp_path: Path
) -> None:
    """What was written for it comes along; what lies elsewhere is named, and is found where somebody says."""
    adding.add(studio, adding.offered(files.net_of(comfy), parts=[comfy / "cutter"]), "mine")
    crate.export_studio(studio.archive, studio.files, tmp_path / "out")
    with open_studio(settings=Settings(home=tmp_path / "there", fsync=False)) as there:
        crate.import_studio(there.archive, there.files, tmp_path / "out")
        with pytest.raises(WeightsMissing, match=r"mine .*models add"):
            there.make("a bird", model="mine", size=(64, 64), seconds=0.0625)
        again = adding.add(there, adding.offered(files.net_of(comfy), parts=[comfy / "cutter"]))
        assert again.known and again.moved and again.model.name == "mine"
        laying.laid_out(there, again.model)
        assert np.array_equal(
            files.drawn(Wan(laying.folder(there, again.model))), files.drawn(Wan(published))
        )
