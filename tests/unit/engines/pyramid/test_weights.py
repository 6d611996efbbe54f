"""Opening what was published: what is there, and a sentence for all that may be wrong with it."""

import json
import pickle
import re
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.engines.published import SHARD_INDEX
from uncaged.engines.published import WEIGHTS as NAMES
from uncaged.engines.pyramid.twin import build
from uncaged.engines.pyramid.weights import Published

WEIGHTS = NAMES[0]
INDEX = f"{WEIGHTS}{SHARD_INDEX}"

PART = "diffusion_transformer_384p"


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A model of each family."""
    folder = tmp_path_factory.mktemp("twins")
    return {name: build(folder / name, name) for name in ("miniflux", "mmdit")}


@pytest.fixture(params=["miniflux", "mmdit"])
def model(request: pytest.FixtureRequest, twins: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of one to be spoilt."""
    return shutil.copytree(twins[request.param], tmp_path / "model")


def opened(model: Path) -> Any:
    return Published.of(model).transformer("384p")


def reconfigured(model: Path, **changes: Any) -> None:
    path = model / PART / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def rewritten(model: Path, change: Callable[[dict[str, torch.Tensor]], None]) -> None:
    path = model / PART / WEIGHTS
    state = load_file(path)
    change(state)
    path.unlink()
    save_file(state, path)


def test_what_was_written_is_what_is_opened(model: Path) -> None:
    found = Published.of(model)
    assert list(found.variants) == ["384p"] and found.family in ("miniflux", "mmdit")
    for net, folder in ((found.transformer("384p"), PART), (found.coder(), "causal_video_vae")):
        state, written = net.state_dict(), load_file(model / folder / WEIGHTS)
        assert state.keys() == written.keys()
        assert all(torch.equal(state[key], written[key]) for key in written)
        assert not net.training and not any(p.requires_grad for p in net.parameters())
    half = found.transformer("384p", torch.bfloat16)
    assert {value.dtype for value in half.state_dict().values()} == {torch.bfloat16}


def test_variants_lie_side_by_side(model: Path) -> None:
    shutil.copytree(model / PART, model / "diffusion_transformer_768p")
    found = Published.of(model)
    assert list(found.variants) == ["384p", "768p"]
    with pytest.raises(AskedWrong, match="no variant 76p"):
        found.transformer("76p")


def test_transformers_of_two_families_are_refused(twins: dict[str, Path], tmp_path: Path) -> None:
    mixed = shutil.copytree(twins["miniflux"], tmp_path / "mixed")
    shutil.copytree(twins["mmdit"] / PART, mixed / "diffusion_transformer_768p")
    with pytest.raises(WeightsBroken, match="not of one family"):
        Published.of(mixed)


def test_a_coder_of_other_latents_is_refused(model: Path) -> None:
    path = model / "causal_video_vae" / "config.json"
    fewer = {"encoder_out_channels": 4, "decoder_in_channels": 4}
    path.write_text(json.dumps(json.loads(path.read_text()) | fewer))
    with pytest.raises(WeightsBroken, match="do not fit each other"):
        Published.of(model)


def test_folders_of_something_else_are_refused(model: Path) -> None:
    with pytest.raises(WeightsMissing, match="no folder diffusion_transformer_…"):
        Published.of(model / PART)
    with pytest.raises(WeightsMissing, match="cannot be read: No such file"):
        Published.of(model / "nowhere")
    (model / PART / "config.json").write_text('{"_class_name": "FluxTransformer2DModel"}')
    with pytest.raises(WeightsBroken, match="describes no network of Pyramid Flow"):
        Published.of(model)
    shutil.copy(model / "causal_video_vae" / "config.json", model / PART)
    with pytest.raises(WeightsBroken, match="describes no network of Pyramid Flow"):
        Published.of(model)


@pytest.mark.parametrize(
    ("field", "value"),
    [("num_layers", 0), ("num_layers", "2"), ("num_layers", [2]), ("attention_head_dim", True)],
)
def test_a_configuration_that_cannot_be_is_refused(model: Path, field: str, value: Any) -> None:
    reconfigured(model, **{field: value})
    said = re.escape(f"says {field} is {json.dumps(value)}, which cannot be")
    with pytest.raises(WeightsBroken, match=said):
        Published.of(model)


@pytest.mark.parametrize("text", ["{", "[]", "7", "\xff"])
def test_a_configuration_that_is_none_is_refused(model: Path, text: str) -> None:
    (model / PART / "config.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(WeightsBroken, match="cannot be understood"):
        Published.of(model)


@pytest.mark.parametrize("part", [PART, "causal_video_vae"])
def test_what_is_missing_is_named(model: Path, part: str) -> None:
    found = Published.of(model)
    (model / part / WEIGHTS).unlink()
    with pytest.raises(WeightsMissing, match=rf"missing: .*{part}/{WEIGHTS}"):
        found.coder() if "vae" in part else found.transformer("384p")
    (model / part / "config.json").unlink()
    with pytest.raises(WeightsMissing, match=rf"missing: .*{part}/config.json"):
        Published.of(model)


@pytest.mark.parametrize("size", [0, 5, 500, -100, -1])
def test_a_file_that_is_cut_off_is_refused(model: Path, size: int) -> None:
    path = model / PART / WEIGHTS
    path.write_bytes(path.read_bytes()[: size or None] if size else b"")
    with pytest.raises(WeightsBroken, match="no whole safetensors file"):
        opened(model)


class Runs:
    """What a pickle may do as it is opened."""

    def __reduce__(self) -> Any:
        return (pytest.fail, ("it was run",))


@pytest.mark.parametrize("protocol", [2, 5, "zip"])
def test_a_pickle_is_refused_and_not_run(model: Path, protocol: Any) -> None:
    path = model / PART / WEIGHTS
    if protocol == "zip":
        torch.save({"proj_out.bias": torch.zeros(64)}, path)
    else:
        path.write_bytes(pickle.dumps(Runs(), protocol))
    with pytest.raises(WeightsBroken, match=rf"{WEIGHTS} is a pickle"):
        opened(model)


@pytest.mark.parametrize("name", ["diffusion_pytorch_model.bin", "model.ckpt"])
def test_a_pickle_in_the_place_of_weights_is_refused_by_name(model: Path, name: str) -> None:
    (model / PART / WEIGHTS).rename(model / PART / name)
    with pytest.raises(WeightsBroken, match=rf"{name} is a pickle"):
        opened(model)


def test_weights_that_begin_like_a_pickle_by_chance_are_none(model: Path) -> None:
    """Eight bytes of length come first; where it is 0x…280, they begin as a pickle does."""
    path = model / PART / WEIGHTS
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    longer = (length // 0x10000 + 1) * 0x10000 + 0x280
    header = data[8 : 8 + length] + b" " * (longer - length)
    path.write_bytes(struct.pack("<Q", longer) + header + data[8 + length :])
    assert path.read_bytes()[:2] == b"\x80\x02"
    assert opened(model)


def test_weights_of_the_other_family_are_refused(twins: dict[str, Path], tmp_path: Path) -> None:
    for own, other in (("miniflux", "mmdit"), ("mmdit", "miniflux")):
        mixed = shutil.copytree(twins[own], tmp_path / own)
        shutil.copy(twins[other] / PART / WEIGHTS, mixed / PART / WEIGHTS)
        with pytest.raises(WeightsBroken, match=r"another network than their config\.json says"):
            opened(mixed)


def test_too_few_and_too_many_blocks_are_refused(model: Path) -> None:
    layers = json.loads((model / PART / "config.json").read_text())["num_layers"]
    reconfigured(model, num_layers=layers + 1)
    with pytest.raises(WeightsBroken, match=r"transformer_blocks\.1\."):
        opened(model)
    reconfigured(model, num_layers=layers)
    rewritten(model, lambda state: state.update({"transformer_blocks.9.x": torch.zeros(1)}))
    with pytest.raises(WeightsBroken, match=r"transformer_blocks\.9\.x, for which .* no place"):
        opened(model)


def test_an_array_that_is_missing_or_of_another_size_is_named(model: Path) -> None:
    rewritten(model, lambda state: state.update({"proj_out.bias": torch.zeros(63)}))
    with pytest.raises(WeightsBroken, match=r"proj_out\.bias is 63; it should be 64"):
        opened(model)
    rewritten(model, lambda state: state.__delitem__("proj_out.bias"))
    with pytest.raises(WeightsBroken, match=r"no array proj_out\.bias \(1 are missing"):
        opened(model)


def test_what_belongs_to_no_part_of_it_is_left_alone(model: Path) -> None:
    rewritten(model, lambda state: state.update({"loss.logvar": torch.zeros(1)}))
    assert opened(model)


def sharded(model: Path) -> list[Path]:
    """The weights in two files, and an index."""
    folder = model / PART
    state = load_file(folder / WEIGHTS)
    (folder / WEIGHTS).unlink()
    where: dict[str, str] = {}
    names = [f"diffusion_pytorch_model-0000{i}-of-00002.safetensors" for i in (1, 2)]
    for i, name in enumerate(names):
        part = {key: value for j, (key, value) in enumerate(sorted(state.items())) if j % 2 == i}
        save_file(part, folder / name)
        where |= dict.fromkeys(part, name)
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": where}))
    return [folder / name for name in names]


def test_weights_in_several_files_are_opened_together(model: Path) -> None:
    whole = opened(model).state_dict()
    shards = sharded(model)
    parts = opened(model).state_dict()
    assert all(torch.equal(parts[key], whole[key]) for key in whole)
    data = shards[1].read_bytes()
    shards[1].write_bytes(data[:-8])
    with pytest.raises(WeightsBroken, match=f"{shards[1].name} is no whole safetensors file"):
        opened(model)
    shards[1].unlink()
    with pytest.raises(WeightsMissing, match=f"missing: .*{shards[1].name}"):
        opened(model)


@pytest.mark.parametrize(
    "index", [{}, {"weight_map": []}, {"weight_map": {"a": "../b"}}, {"weight_map": {"a": 7}}]
)
def test_an_index_that_is_none_is_refused(model: Path, index: Any) -> None:
    (model / PART / INDEX).write_text(json.dumps(index))
    with pytest.raises(WeightsBroken, match="is no index of weights"):
        opened(model)
