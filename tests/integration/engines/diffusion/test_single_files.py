"""Single files as other programs keep them draw what the published folder draws: by foreign names, in fp8, in GGUF."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType, GGUFWriter, quants
from safetensors.torch import load_file, save_file
from torch import Tensor

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.engines import arrays, registry
from uncaged.engines.diffusion import cogvideox, ltx, ltx2_twin, mochi, wan
from uncaged.engines.diffusion.families import Wan
from uncaged.studio import adding
from uncaged.studio.studio import Studio

NET, CODER = (
    "transformer/diffusion_pytorch_model.safetensors",
    "vae/diffusion_pytorch_model.safetensors",
)
TEXTS = "text_encoder/model.safetensors"


def test_three_files_of_comfyui_are_the_published_model(
    files: SimpleNamespace, studio: Studio, published: Path, comfy: Path
) -> None:
    offer = adding.offered(files.net_of(comfy), parts=[comfy / "cutter"])
    assert (offer.family, offer.name) == ("wan", "wan_tiny")
    assert {path.parent.name for path in offer.files.values()} == {
        "diffusion_models",
        "vae",
        "text_encoders",
        "cutter",
    }
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    assert np.array_equal(files.drawn(engine), files.drawn(Wan(published)))
    assert "shrunk" not in engine.recipe() and "shrunk" not in offer.card
    assert engine.capabilities.multiple == 16 and engine.defaults["size"] == (832, 480)
    again = adding.add(
        studio, adding.offered(files.net_of(comfy), parts=[comfy / "cutter"]), "other"
    )
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
    files: SimpleNamespace,
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
    save_file(foreign_names.wan(there), files.net_of(comfy))
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    assert engine.recipe()["shrunk"] == f"transformer {said}: lossy"
    film = files.drawn(engine)
    assert np.array_equal(film, files.drawn(Wan(as_says(published, comfy / "as", says, NET))))
    assert not np.array_equal(film, files.drawn(Wan(published)))


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
    files: SimpleNamespace,
    studio: Studio,
    published: Path,
    comfy: Path,
    foreign_names: Any,
    kind: str,
) -> None:
    says = write_gguf(
        files.net_of(comfy).with_suffix(".gguf"),
        foreign_names.wan(load_file(published / NET)),
        GGMLQuantizationType[kind],
    )
    files.net_of(comfy).unlink()
    engine = files.added(studio, files.net_of(comfy).with_suffix(".gguf"), comfy / "cutter")
    assert engine.recipe()["shrunk"] == f"transformer {kind}: lossy"
    back = {here: says[there] for here, there in names(published, foreign_names).items()}
    film = files.drawn(engine)
    assert np.array_equal(film, files.drawn(Wan(as_says(published, comfy / "as", back, NET))))
    assert not np.array_equal(film, files.drawn(Wan(published)))


def names(published: Path, foreign_names: Any) -> dict[str, str]:
    return {
        here: next(iter(foreign_names.wan({here: None}))) for here in load_file(published / NET)
    }


def test_a_text_encoder_in_fp8_is_said_too(
    files: SimpleNamespace, studio: Studio, published: Path, comfy: Path
) -> None:
    there, says = fp8(load_file(published / TEXTS), True, torch.float8_e4m3fn)
    save_file(there, comfy / "text_encoders" / "umt5.safetensors")
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    assert engine.recipe()["shrunk"] == "text_encoder F8_E4M3 scaled: lossy"
    other = Wan(as_says(published, comfy / "as", says, TEXTS))
    assert np.array_equal(files.drawn(engine), files.drawn(other))


SOUNDING: dict[str, Any] = {"size": (64, 64), "seconds": 0.36, "fps": 24}
FAMILIES: dict[str, tuple[Callable[..., None], dict[str, Any], str, dict[str, Any]]] = {
    "ltx": (ltx.twin, {}, "ltx", {"size": (64, 64), "seconds": 0.36, "fps": 25}),
    "mochi": (
        mochi.twin,
        {"num_layers": 48, "num_attention_heads": 1, "attention_head_dim": 16},
        "mochi",
        {"size": (64, 64), "seconds": 0.04, "fps": 24},
    ),
    "cogvideox": (cogvideox.twin, {}, "plain", {"size": (64, 64), "seconds": 0.6, "fps": 8}),
    "ltx-2": (ltx2_twin.twin, {}, "ltx2", SOUNDING),
    "ltx-2 2.3": (ltx2_twin.twin, {"later": True}, "ltx2", SOUNDING),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_network_alone_takes_the_rest_from_the_published_folder(
    files: SimpleNamespace, studio: Studio, tmp_path: Path, foreign_names: Any, family: str
) -> None:
    write, changes, foreign, score = FAMILIES[family]
    folder, file = tmp_path / "published", tmp_path / "alone.safetensors"
    write(folder, 2, **changes)
    save_file(getattr(foreign_names, foreign)(load_file(folder / NET)), file)
    engine = files.added(studio, file, folder)
    of: Any = type(registry.families()[family.partition(" ")[0]])
    whole = of(folder)
    assert np.array_equal(files.drawn(engine, **score), files.drawn(whole, **score))


def test_ltx_2_in_gguf_and_within_all_that_was_published_in_one_file(
    files: SimpleNamespace, studio: Studio, tmp_path: Path, foreign_names: Any
) -> None:
    """A network's blocks of few bits; and beside a network what reads its words and makes its sound."""
    folder = tmp_path / "published"
    ltx2_twin.twin(folder, 2)
    plain = load_file(folder / NET)
    net = foreign_names.ltx2(plain)
    one = tmp_path / "whole.safetensors"
    beside = {
        "video_embeddings_connector.learnable_registers": torch.ones(8, 4),
        "audio_embeddings_connector.learnable_registers": torch.ones(8, 4),
    }
    within = {f"model.diffusion_model.{name}": value for name, value in (net | beside).items()}
    more = {
        "vae.encoder.conv_in.conv.weight": torch.ones(4),
        "vocoder.conv_pre.bias": torch.ones(4),
    }
    save_file(within | more, one)
    of: Any = type(registry.families()["ltx-2"])
    film = files.drawn(files.added(studio, one, folder, name="whole"), **SOUNDING)
    assert np.array_equal(film, files.drawn(of(folder), **SOUNDING))
    small = tmp_path / "small.gguf"
    says = write_gguf(small, net, GGMLQuantizationType.Q8_0)
    engine = files.added(studio, small, folder)
    assert engine.recipe()["shrunk"] == "transformer Q8_0: lossy"
    back = {here: says[next(iter(foreign_names.ltx2({here: None})))] for here in plain}
    other = of(as_says(folder, tmp_path / "as", back, NET))
    film = files.drawn(engine, **SOUNDING)
    assert np.array_equal(film, files.drawn(other, **SOUNDING))
    assert not np.array_equal(film, files.drawn(of(folder), **SOUNDING))


def test_ltx_2_needs_its_published_folder_and_of_its_own_version(tmp_path: Path) -> None:
    folder, file = tmp_path / "later", tmp_path / "alone.safetensors"
    ltx2_twin.twin(folder, 2, later=True)
    ltx2_twin.twin(tmp_path / "first", 2)
    shutil.copy(tmp_path / "first" / NET, file)
    with pytest.raises(WeightsMissing, match=r"a network alone.*--with FOLDER"):
        adding.offered(file)
    with pytest.raises(WeightsBroken, match="cross_attn_mod is False, not True"):
        adding.offered(file, parts=[folder])


def marked(layers: Mapping[str, Tensor], kind: Any, form: str) -> dict[str, Tensor]:
    """Layers in numbers of eight bits with a scale beside each, and what ComfyUI writes of their format."""
    there = dict(layers)
    for name, value in layers.items():
        if value.ndim == 2 and name.endswith("weight"):
            before = name.removesuffix("weight")
            by = value.abs().max() / (127 if kind is torch.int8 else torch.finfo(kind).max)
            there[name] = (
                (value / by).round().to(kind) if kind is torch.int8 else (value / by).to(kind)
            )
            there[f"{before}weight_scale"] = by.float()
            said = json.dumps({"format": form}).encode()
            there[f"{before}comfy_quant"] = torch.frombuffer(bytearray(said), dtype=torch.uint8)
    return there


@pytest.mark.parametrize(
    ("kind", "form", "said"),
    [
        (torch.int8, "int8_tensorwise", "I8"),
        (torch.float8_e4m3fn, "mxfp8", "mxfp8"),  # whose scales are of blocks
    ],
)
def test_numbers_that_nothing_here_widens_are_refused(
    files: SimpleNamespace,
    studio: Studio,
    published: Path,
    comfy: Path,
    foreign_names: Any,
    kind: Any,
    form: str,
    said: str,
) -> None:
    net = files.net_of(comfy)
    there = marked(foreign_names.wan(load_file(published / NET)), kind, form)
    save_file(there, net)
    with pytest.raises(WeightsBroken, match=f"wan_tiny.* as {said}, which Uncaged does not widen"):
        adding.offered(net, parts=[comfy / "cutter"])
    with pytest.raises(WeightsBroken, match=f" as {said}, which Uncaged does not widen"):
        arrays.whole(net, torch.float32, "cpu")


def test_formats_of_fp8_are_read(
    files: SimpleNamespace, studio: Studio, published: Path, comfy: Path, foreign_names: Any
) -> None:
    net = foreign_names.wan(load_file(published / NET))
    there = marked(net, torch.float8_e4m3fn, "float8_e4m3fn")
    save_file(there, files.net_of(comfy))
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    assert engine.recipe()["shrunk"] == "transformer F8_E4M3 scaled: lossy"
    assert files.drawn(engine).std() > 0
    rows = {"layers": {"blocks.0.ffn.0": {"format": "nvfp4"}}}
    save_file(net, files.net_of(comfy), {"_quantization_metadata": json.dumps(rows)})
    with pytest.raises(WeightsBroken, match="nvfp4"):
        adding.offered(files.net_of(comfy), parts=[comfy / "cutter"])


def test_a_published_folder_of_whole_numbers_is_not_opened(
    files: SimpleNamespace, published: Path, tmp_path: Path
) -> None:
    net = load_file(published / NET)
    name = next(key for key in net if key.endswith("ffn.net.2.weight"))
    folder = as_says(published, tmp_path / "whole", net | {name: net[name].to(torch.int8)}, NET)
    with pytest.raises(WeightsBroken, match="int8, which Uncaged does not widen"):
        files.drawn(Wan(folder))


def test_what_does_not_fit_is_said(
    files: SimpleNamespace, published: Path, comfy: Path, tmp_path: Path
) -> None:
    net, cutter = files.net_of(comfy), [comfy / "cutter"]
    shutil.copy(comfy / "text_encoders/umt5.safetensors", comfy / "text_encoders/again.safetensors")
    with pytest.raises(AskedWrong, match=r"More than one .*/again\.\w+, .*/umt5\.\w+\. .*--with"):
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


def test_a_network_with_more_than_is_known_is_not_opened(
    files: SimpleNamespace, studio: Studio, comfy: Path
) -> None:
    state = load_file(files.net_of(comfy))
    strange = {"model.diffusion_model.control_adapter.conv.weight": torch.ones(3)}
    save_file(state | strange, files.net_of(comfy))
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter")
    with pytest.raises(
        WeightsBroken, match=r"control_adapter\.conv\.weight, for which .* no place"
    ):
        files.drawn(engine)
    state.pop("model.diffusion_model.blocks.1.ffn.2.bias")
    save_file(state, files.net_of(comfy))
    engine = files.added(studio, files.net_of(comfy), comfy / "cutter", name="second")
    with pytest.raises(WeightsBroken, match=r"no array blocks\.1\.ffn\.net\.2\.bias"):
        files.drawn(engine)


def test_files_that_are_not_whole_or_not_what_they_seem(
    files: SimpleNamespace, comfy: Path, tmp_path: Path
) -> None:
    net = files.net_of(comfy)
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
