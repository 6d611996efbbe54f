"""Single files as other programs keep them draw what the published folder draws: by foreign names, in fp8, in GGUF."""

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sentencepiece
import torch
from diffusers.models.autoencoders.autoencoder_kl_wan import AutoencoderKLWan
from diffusers.models.transformers.transformer_wan import WanTransformer3DModel
from gguf import GGMLQuantizationType, GGUFWriter, quants
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel

from uncaged.archive import crate
from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.core.settings import Settings
from uncaged.engines import registry, twins
from uncaged.engines.diffusion import cogvideox, ltx, mochi, sight, wan
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


def test_three_files_of_comfyui_are_the_published_model(
    studio: Studio, published: Path, comfy: Path
) -> None:
    offer = adding.offered(net_of(comfy), parts=[comfy / "cutter"])
    assert (offer.family, offer.name) == ("wan", "wan_tiny")
    assert {path.parent.name for path in offer.files.values()} == {
        "diffusion_models",
        "vae",
        "text_encoders",
        "cutter",
    }
    engine = added(studio, net_of(comfy), comfy / "cutter")
    assert np.array_equal(drawn(engine), drawn(Wan(published)))
    assert "shrunk" not in engine.recipe() and "shrunk" not in offer.card
    assert engine.capabilities.multiple == 16 and engine.defaults["size"] == (832, 480)
    again = adding.add(studio, adding.offered(net_of(comfy), parts=[comfy / "cutter"]), "other")
    assert again.known


def fp8(
    state: Mapping[str, Tensor], scaled: bool, kind: Any
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Weights of layers in fp8; and what they then say."""
    there: dict[str, Tensor] = {}
    says = dict(state)
    for name, value in state.items():
        if value.ndim != 2 or not name.endswith("weight"):
            there[name] = value
            continue
        by = value.abs().max() / torch.finfo(kind).max if scaled else torch.tensor(1.0)
        there[name] = (value / by).to(kind)
        says[name] = there[name].float() * by
        if scaled:
            there[name.removesuffix("weight") + "scale_weight"] = by
            there[name.removesuffix("weight") + "scale_input"] = torch.tensor(1.0)
    if scaled:
        there["scaled_fp8"] = torch.zeros(2, dtype=kind)
    return there, says


def as_says(published: Path, place: Path, says: Mapping[str, Tensor], part: str) -> Path:
    """The published folder with other numbers in one part."""
    shutil.copytree(published, place)
    save_file(dict(says), place / part, {"format": "pt"})
    return place


@pytest.mark.parametrize(
    ("scaled", "kind", "said"),
    [
        (False, torch.float8_e4m3fn, "F8_E4M3"),
        (True, torch.float8_e4m3fn, "F8_E4M3 scaled"),
        (False, torch.float8_e5m2, "F8_E5M2"),
    ],
)
def test_fp8_draws_what_its_numbers_say(
    studio: Studio,
    published: Path,
    comfy: Path,
    foreign_names: Any,
    scaled: bool,
    kind: Any,
    said: str,
) -> None:
    net = load_file(published / NET)
    there, says = fp8(net, scaled, kind)
    save_file(foreign_names.wan(there), net_of(comfy))
    engine = added(studio, net_of(comfy), comfy / "cutter")
    assert engine.recipe()["shrunk"] == f"transformer {said}: lossy"
    film = drawn(engine)
    assert np.array_equal(film, drawn(Wan(as_says(published, comfy / "as", says, NET))))
    assert not np.array_equal(film, drawn(Wan(published)))


def write_gguf(
    path: Path, state: Mapping[str, Tensor], kind: GGMLQuantizationType
) -> dict[str, Tensor]:
    """Layers in blocks of few bits, the rest as it is; what they then say."""
    writer, says = GGUFWriter(path, "wan"), dict(state)
    for name, value in state.items():
        numbers = value.numpy()
        if value.ndim == 2 and value.shape[1] % 32 == 0:
            blocks = quants.quantize(numbers, kind)
            says[name] = torch.from_numpy(quants.dequantize(blocks, kind).copy())
            writer.add_tensor(name, blocks, raw_dtype=kind)
        elif value.ndim > 4:
            writer.add_array(f"comfy.gguf.orig_shape.{name}", [int(side) for side in value.shape])
            writer.add_tensor(name, numbers.reshape(numbers.shape[0], -1))
        else:
            writer.add_tensor(name, numbers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return says


@pytest.mark.parametrize("kind", ["Q8_0", "Q4_0"])
def test_gguf_draws_what_its_numbers_say(
    studio: Studio, published: Path, comfy: Path, foreign_names: Any, kind: str
) -> None:
    says = write_gguf(
        net_of(comfy).with_suffix(".gguf"),
        foreign_names.wan(load_file(published / NET)),
        GGMLQuantizationType[kind],
    )
    net_of(comfy).unlink()
    engine = added(studio, net_of(comfy).with_suffix(".gguf"), comfy / "cutter")
    assert engine.recipe()["shrunk"] == f"transformer {kind}: lossy"
    back = {here: says[there] for here, there in names(published, foreign_names).items()}
    film = drawn(engine)
    assert np.array_equal(film, drawn(Wan(as_says(published, comfy / "as", back, NET))))
    assert not np.array_equal(film, drawn(Wan(published)))


def names(published: Path, foreign_names: Any) -> dict[str, str]:
    return {
        here: next(iter(foreign_names.wan({here: None}))) for here in load_file(published / NET)
    }


def test_a_text_encoder_in_fp8_is_said_too(studio: Studio, published: Path, comfy: Path) -> None:
    there, says = fp8(load_file(published / TEXTS), True, torch.float8_e4m3fn)
    save_file(there, comfy / "text_encoders" / "umt5.safetensors")
    engine = added(studio, net_of(comfy), comfy / "cutter")
    assert engine.recipe()["shrunk"] == "text_encoder F8_E4M3 scaled: lossy"
    other = Wan(as_says(published, comfy / "as", says, TEXTS))
    assert np.array_equal(drawn(engine), drawn(other))


FAMILIES: dict[str, tuple[Callable[..., None], dict[str, Any], str, dict[str, Any]]] = {
    "ltx": (ltx.twin, {}, "ltx", {"size": (64, 64), "seconds": 0.36, "fps": 25}),
    "mochi": (
        mochi.twin,
        {"num_layers": 48, "num_attention_heads": 1, "attention_head_dim": 16},
        "mochi",
        {"size": (64, 64), "seconds": 0.04, "fps": 24},
    ),
    "cogvideox": (cogvideox.twin, {}, "plain", {"size": (64, 64), "seconds": 0.6, "fps": 8}),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_network_alone_takes_the_rest_from_the_published_folder(
    studio: Studio, tmp_path: Path, foreign_names: Any, family: str
) -> None:
    write, changes, foreign, score = FAMILIES[family]
    folder, file = tmp_path / "published", tmp_path / "alone.safetensors"
    write(folder, 2, **changes)
    save_file(getattr(foreign_names, foreign)(load_file(folder / NET)), file)
    engine = added(studio, file, folder)
    of: Any = type(registry.families()[family])
    whole = of(folder)
    assert np.array_equal(drawn(engine, **score), drawn(whole, **score))


def test_what_does_not_fit_is_said(published: Path, comfy: Path, tmp_path: Path) -> None:
    net, cutter = net_of(comfy), [comfy / "cutter"]
    shutil.copy(comfy / "text_encoders/umt5.safetensors", comfy / "text_encoders/again.safetensors")
    with pytest.raises(AskedWrong, match=r"More than one file.*again.*umt5.*|--with"):
        adding.offered(net, parts=cutter)
    chosen = adding.offered(net, parts=[*cutter, comfy / "text_encoders/again.safetensors"])
    assert "again" in str(chosen.files["text_encoder/single.safetensors"])
    (comfy / "text_encoders/again.safetensors").unlink()
    with pytest.raises(WeightsMissing, match="tokenizer"):
        adding.offered(net)
    (comfy / "vae/wan.safetensors").rename(comfy / "vae.safetensors")
    with pytest.raises(WeightsMissing, match=r"coder of films.*--with"):
        adding.offered(net, parts=cutter)
    other = tmp_path / "other"
    wan.twin(other, 1)
    config = json.loads((other / "transformer/config.json").read_text())
    (other / "transformer/config.json").write_text(json.dumps(config | {"num_layers": 3}))
    with pytest.raises(WeightsBroken, match="another network"):
        adding.offered(net, parts=[other])
    with pytest.raises(AskedWrong, match="holds the whole model"):
        adding.offered(published, parts=cutter)


def test_a_network_with_more_than_is_known_is_not_opened(studio: Studio, comfy: Path) -> None:
    state = load_file(net_of(comfy))
    strange = {"model.diffusion_model.control_adapter.conv.weight": torch.ones(3)}
    save_file(state | strange, net_of(comfy))
    engine = added(studio, net_of(comfy), comfy / "cutter")
    with pytest.raises(
        WeightsBroken, match=r"control_adapter\.conv\.weight, for which .* no place"
    ):
        drawn(engine)
    state.pop("model.diffusion_model.blocks.1.ffn.2.bias")
    save_file(state, net_of(comfy))
    engine = added(studio, net_of(comfy), comfy / "cutter", name="second")
    with pytest.raises(WeightsBroken, match=r"no array blocks\.1\.ffn\.net\.2\.bias"):
        drawn(engine)


def test_files_that_are_not_whole_or_not_what_they_seem(comfy: Path, tmp_path: Path) -> None:
    net = net_of(comfy)
    whole = net.read_bytes()
    net.write_bytes(whole[:-10])
    with pytest.raises(WeightsBroken, match="no whole safetensors"):
        adding.offered(net)
    for name, content, said in (
        ("a.safetensors", b"\x80\x02}q\x00." * 9, "pickle"),
        ("a.ckpt", b"PK\x03\x04" + bytes(90), "pickle"),
        ("a.gguf", b"GGUF" + bytes(8), "no whole GGUF"),
        ("b.gguf", b"", "no whole GGUF"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(WeightsBroken, match=said):
            adding.offered(tmp_path / name)
    cut = tmp_path / "cut.gguf"
    write_gguf(cut, {"a.weight": torch.zeros(64, 64)}, GGMLQuantizationType.Q8_0)
    with pytest.raises(AskedWrong, match="Nothing in"):
        adding.offered(cut)
    cut.write_bytes(cut.read_bytes()[:-2000])
    with pytest.raises(WeightsBroken, match="no whole GGUF"):
        adding.offered(cut)


def test_a_tokenizer_comes_out_of_the_text_encoder_s_file(
    studio: Studio, comfy: Path, tmp_path: Path
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
    engine = added(studio, net_of(comfy))
    cutter = tokenizer(engine.folder / "tokenizer")
    known = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "spiece.model"))
    text = "a bird over the sea"
    assert cutter(text).input_ids == [*known.encode(text), known.eos_id()]
    assert drawn(engine).shape == (5, 64, 64, 3)


def test_two_networks_that_draw_one_after_the_other(
    studio: Studio, published: Path, comfy: Path, foreign_names: Any
) -> None:
    folder = comfy / "as"
    shutil.copytree(published, folder)
    shutil.copytree(folder / "transformer", folder / "transformer_2")
    state = load_file(folder / NET)
    late = {name: value * 0.5 for name, value in state.items()}
    save_file(late, folder / "transformer_2" / Path(NET).name, {"format": "pt"})
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps(index | {"boundary_ratio": 0.875}))
    high = net_of(comfy).with_name("wan2.2_high_noise.safetensors")
    low = net_of(comfy).with_name("wan2.2_LOW_noise.safetensors")
    net_of(comfy).rename(high)
    with pytest.raises(WeightsMissing, match="the other is not here"):
        adding.offered(high, parts=[comfy / "cutter"])
    save_file(foreign_names.wan(late), low)
    film = drawn(Wan(folder))
    for file in (high, low):
        offer = adding.offered(file, parts=[comfy / "cutter"])
        assert offer.files["transformer/single.safetensors"] == high
    assert np.array_equal(drawn(added(studio, high, comfy / "cutter")), film)
    assert not np.array_equal(drawn(Wan(published)), film)


def test_all_in_one_file(
    studio: Studio, tmp_path: Path, foreign_names: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As LTX Video was published: network and coder in one; it is read once, and counted once."""
    file, folder = tmp_path / "ltx.safetensors", tmp_path / "as"
    ltx.twin(folder, 1)
    own = [
        json.loads((folder / part / "config.json").read_text()) for part in ("transformer", "vae")
    ]
    tiny = dataclasses.replace(
        SKETCHES["ltx"],
        net=lambda found: SKETCHES["ltx"].net(found) and dict(own[0]),
        coder=lambda found, net: dict(own[1]),
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
    engine = added(studio, file, *parts)
    score = FAMILIES["ltx"][3]
    assert np.array_equal(drawn(engine, **score), drawn(LTXVideo(folder), **score))


def test_a_network_that_looks_at_pictures_finds_clip_beside(
    studio: Studio, published: Path, comfy: Path, foreign_names: Any
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
    )
    twins.network(net, folder / "transformer", chance)
    save_file(foreign_names.wan(load_file(folder / NET)), net_of(comfy))
    with pytest.raises(WeightsMissing, match=r"CLIP.s sight.*clip_vision"):
        adding.offered(net_of(comfy), parts=[comfy / "cutter"])
    shape: dict[str, Any] = {"hidden_size": 64, "intermediate_size": 128, "image_size": 32}
    more: dict[str, Any] = {"num_hidden_layers": 2, "num_attention_heads": 1, "patch_size": 16}
    eye = CLIPVisionModel(CLIPVisionConfig(**shape, **more, hidden_act="gelu"))
    twins.network(eye, folder / sight.ENCODER, chance, sight.BEFORE)
    (comfy / "clip_vision").mkdir()
    file = folder / sight.ENCODER / "model.safetensors"
    more = {"visual_projection.weight": torch.ones(4, 64)}
    save_file(load_file(file) | more, comfy / "clip_vision" / "h.safetensors")
    engine = added(studio, net_of(comfy), comfy / "cutter")
    assert engine.capabilities.pictures == 1
    cut: dict[str, Any] = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
    CLIPImageProcessorPil(**cut).save_pretrained(folder / sight.PROCESSOR)
    picture = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    ours, theirs = (
        sight.Sight(place, torch.float32, "cpu").seen(picture) for place in (engine.folder, folder)
    )
    assert torch.equal(ours, theirs) and float(ours.std()) > 0
    assert len(wan.Wan(engine.folder, torch.float32, "cpu").net.blocks) == 1


def test_brought_into_another_studio_it_is_known_again(
    studio: Studio, published: Path, comfy: Path, tmp_path: Path
) -> None:
    """What was written for it comes along; what lies elsewhere is named, and is found where somebody says."""
    adding.add(studio, adding.offered(net_of(comfy), parts=[comfy / "cutter"]), "mine")
    crate.export_studio(studio.archive, studio.files, tmp_path / "out")
    with open_studio(settings=Settings(home=tmp_path / "there", fsync=False)) as there:
        crate.import_studio(there.archive, there.files, tmp_path / "out")
        with pytest.raises(WeightsMissing, match=r"mine .*models add"):
            there.make("a bird", model="mine", size=(64, 64), seconds=0.0625)
        again = adding.add(there, adding.offered(net_of(comfy), parts=[comfy / "cutter"]))
        assert again.known and again.moved and again.model.name == "mine"
        laying.laid_out(there, again.model)
        assert np.array_equal(drawn(Wan(laying.folder(there, again.model))), drawn(Wan(published)))
