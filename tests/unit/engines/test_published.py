"""Folders of weights as they are published: what is not right is named before a single number is read."""

import json
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from uncaged.core.errors import UncagedError, WeightsBroken, WeightsMissing
from uncaged.engines import published


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two shards with their index."""
    arrays = {"a.weight": np.ones((2, 3), np.float32), "b.weight": np.ones(4, np.float16)}
    for i, (key, value) in enumerate(arrays.items(), 1):
        save_file({key: value}, tmp_path / f"diffusion_pytorch_model-{i:05}-of-00002.safetensors")
    rows = {
        key: f"diffusion_pytorch_model-{i:05}-of-00002.safetensors"
        for i, key in enumerate(arrays, 1)
    }
    index = tmp_path / "diffusion_pytorch_model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": rows}))
    return tmp_path


def _shard(folder: Path, number: int = 1) -> Path:
    return folder / f"diffusion_pytorch_model-{number:05}-of-00002.safetensors"


def test_shards_are_found_by_their_index_and_counted_by_their_headers(folder: Path) -> None:
    names = [path.name for path in published.files(folder)]
    assert names == [
        "diffusion_pytorch_model-00001-of-00002.safetensors",
        "diffusion_pytorch_model-00002-of-00002.safetensors",
        "diffusion_pytorch_model.safetensors.index.json",
    ]
    held = published.held(_shard(folder, 2))
    assert (held.numbers, dict(held.shapes), dict(held.kinds)) == (
        4,
        {"b.weight": (4,)},
        {"b.weight": "F16"},
    )


def test_one_file_stands_for_itself(tmp_path: Path) -> None:
    save_file({"a": np.zeros(2, np.float32)}, tmp_path / "model.safetensors")
    assert published.shards(tmp_path) == {tmp_path / "model.safetensors": None}
    assert published.files(tmp_path) == [tmp_path / "model.safetensors"]


def _cut(folder: Path) -> None:
    data = _shard(folder).read_bytes()
    _shard(folder).write_bytes(data[:-1])


def _longer(folder: Path) -> None:
    _shard(folder).write_bytes(_shard(folder).read_bytes() + b"\0")


def _header(folder: Path) -> None:
    _shard(folder).write_bytes(struct.pack("<Q", 2**62) + b"{}")


def _empty(folder: Path) -> None:
    _shard(folder).write_bytes(b"")


def _gone(folder: Path) -> None:
    _shard(folder).unlink()


def _pickle(folder: Path) -> None:
    _shard(folder).write_bytes(pickle.dumps({"a": 1}, protocol=4))


def _swapped(folder: Path) -> None:
    first, second = (_shard(folder, i).read_bytes() for i in (1, 2))
    _shard(folder, 1).write_bytes(second)
    _shard(folder, 2).write_bytes(first)


def _elsewhere(folder: Path) -> None:
    index = folder / "diffusion_pytorch_model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "../../secret.safetensors"}}))


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        (_cut, WeightsBroken, "no whole safetensors file"),
        (_longer, WeightsBroken, "no whole safetensors file"),
        (_header, WeightsBroken, "header cannot be read"),
        (_empty, WeightsBroken, "header cannot be read"),
        (_gone, WeightsMissing, "00001-of-00002"),
        (_pickle, WeightsBroken, "is a pickle"),
        (_swapped, WeightsBroken, r"does not hold a\.weight"),
        (_elsewhere, WeightsBroken, "no index of weights"),
    ],
)
def test_what_is_not_right_is_named(
    folder: Path, spoil: Any, kind: type[UncagedError], words: str
) -> None:
    spoil(folder)
    with pytest.raises(kind, match=words) as caught:
        published.files(folder)
    assert caught.value.hint


def crafted(path: Path, size: int, **rows: Any) -> Path:
    """A file of zeros whose header says just this."""
    header = {
        key: {"dtype": kind, "shape": shape, "data_offsets": place}
        for key, (kind, shape, place) in rows.items()
    }
    said = json.dumps(header).replace("Infinity", "1e999").encode()
    path.write_bytes(struct.pack("<Q", len(said)) + said + bytes(size))
    return path


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"a": ("F32", [float("inf")], [0, 8])}, "header cannot be read"),
        ({"a": ("F32", [2], [0, float("inf")])}, "header cannot be read"),
        ({"a": ("F32", [2.5], [0, 8])}, "header cannot be read"),
        ({"a": ("F32", ["2"], [0, 8])}, "header cannot be read"),
        ({"a": ("F32", [True, 2], [0, 8])}, "header cannot be read"),
        ({"a": ("F32", [-2], [0, 8])}, "header cannot be read"),
        ({"a": ("F32", [2], [-8, 8])}, "header cannot be read"),
        ({"a": ("F32", [2], [0, 8, 8])}, "header cannot be read"),
        ({"a": ("F32", [2], [8, 0]), "b": ("F32", [2], [0, 8])}, "a does not lie"),
        ({"a": ("F32", [3], [0, 8])}, "a does not lie"),
        ({"a": ("F16", [2], [0, 8])}, "a does not lie"),
        ({"a": ("F99", [2], [0, 8])}, "a does not lie"),
        ({"a": ("F32", [1], [4, 8])}, "a does not lie"),
        ({"a": ("F32", [1], [0, 4]), "b": ("F32", [2], [0, 8])}, "b does not lie"),
        ({"a": ("F32", [2**62, 2**62], [0, 8])}, "a does not lie"),
    ],
)
def test_a_header_that_lies_is_refused(tmp_path: Path, rows: Any, words: str) -> None:
    path = crafted(tmp_path / "lies.safetensors", 8, **rows)
    with pytest.raises(WeightsBroken, match=rf"lies\.safetensors is no whole .*{words}"):
        published.held(path)


def test_arrays_of_no_numbers_lie_somewhere_too(tmp_path: Path) -> None:
    rows: Any = {"a": ("F32", [0, 4], [0, 0]), "b": ("F32", [2], [0, 8]), "c": ("F4", [0], [8, 8])}
    assert published.held(crafted(tmp_path / "x.safetensors", 8, **rows)).numbers == 2


def test_a_pickle_where_weights_should_be_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "diffusion_pytorch_model.bin").write_bytes(pickle.dumps([], protocol=2))
    with pytest.raises(WeightsBroken, match=r"diffusion_pytorch_model\.bin is a pickle"):
        published.shards(tmp_path)


def test_a_configuration_is_an_object(tmp_path: Path) -> None:
    for text in ("[]", "{", "\0", "[" * 100_000):
        (tmp_path / "config.json").write_text(text)
        with pytest.raises(WeightsBroken, match="cannot be understood"):
            published.read_json(tmp_path / "config.json")
    with pytest.raises(WeightsMissing, match="missing"):
        published.read_json(tmp_path / "nothing.json")
