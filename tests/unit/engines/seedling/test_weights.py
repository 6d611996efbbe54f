"""A folder of weights: whole, or refused with a sentence that says which file and why."""

import json
import pickle
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.engines.seedling import weights
from uncaged.engines.seedling.performing import CODEC
from uncaged.engines.seedling.running import Network
from uncaged.engines.seedling.weights import INDEX, Index, write

SHARD = "weights-1.safetensors"


@pytest.fixture
def folder(tiny_seedling: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_seedling, tmp_path / "model"))


def rename(folder: Path, name: str, data: bytes) -> None:
    """Puts other bytes in a file's place, and their hash and length in the index."""
    (folder / name).write_bytes(data)
    index = json.loads((folder / INDEX).read_bytes())
    index["files"][name] = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    (folder / INDEX).write_text(json.dumps(index))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    arrays: dict[str, Any] = {
        "a": dice.standard_normal((3, 4)).astype(np.float16),
        "b": dice.standard_normal(7).astype(np.float32),
        "c": np.float32(2.5).reshape(()),
    }
    made = write(
        tmp_path, arrays, {"g.onnx": b"graph"}, {"g.onnx": ["a"]}, manifest="m", facts={"x": 1}
    )
    index = Index.of(tmp_path)
    assert index == made and index.hash == made.hash
    assert index.graphs == {"g.onnx": ("a",)} and index.manifest == "m" and index.facts == {"x": 1}
    found = index.weights(["c", "a", "b"])
    assert all(found[key].dtype == np.float32 for key in arrays)
    assert all(np.array_equal(found[key], arrays[key].astype(np.float32)) for key in arrays)
    assert index.read("g.onnx") == b"graph"


def test_shards_hold_no_more_than_they_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights.LARGEST == 16 * 2**20
    monkeypatch.setattr(weights, "LARGEST", 10_000)
    arrays = {f"array-{n}": np.full(1000 + 100 * n, n, np.float16) for n in range(20)}
    index = write(tmp_path, arrays, {}, {})
    assert len(index.files) > 3 and all(one.size <= 10_000 for one in index.files.values())
    found = index.weights(list(arrays))
    assert all(np.array_equal(found[key], arrays[key]) for key in arrays)
    with pytest.raises(ValueError, match="more than a shard holds"):
        write(tmp_path, {"large": np.zeros(6000, np.float16)}, {}, {})
    with pytest.raises(ValueError, match="float64"):
        write(tmp_path, {"double": np.zeros(6)}, {}, {})


def test_no_weights_at_all(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(WeightsMissing, match="are not here") as caught:
            Index.of(folder)
        assert "export" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", '{"layout": 1}', "\xff", "[" * 100_000, '{"layout": 1, "files": 3}'],
)
def test_an_index_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).write_text(text, encoding="latin-1")
    with pytest.raises(WeightsBroken, match="is no index"):
        Index.of(tmp_path)


@pytest.mark.parametrize("name", ["../evil", "a/b", ".hidden", "/etc/passwd"])
def test_an_index_names_only_files_beside_it(folder: Path, name: str) -> None:
    index = json.loads((folder / INDEX).read_bytes())
    index["files"][name] = {"sha256": "0" * 64, "bytes": 1}
    (folder / INDEX).write_text(json.dumps(index))
    with pytest.raises(WeightsBroken, match="is no index"):
        Index.of(folder)


def test_an_index_of_another_layout(folder: Path) -> None:
    index = json.loads((folder / INDEX).read_bytes()) | {"layout": 2}
    (folder / INDEX).write_text(json.dumps(index))
    with pytest.raises(WeightsBroken, match="layout 2"):
        Index.of(folder)


class Opened:
    """What must never be made of bytes."""

    def __reduce__(self) -> Any:
        return (pytest.fail, ("it was opened",))


def _cut(folder: Path) -> None:
    data = (folder / SHARD).read_bytes()
    (folder / SHARD).write_bytes(data[: len(data) // 2])


def _changed(folder: Path) -> None:
    data = bytearray((folder / SHARD).read_bytes())
    data[-1] ^= 1
    (folder / SHARD).write_bytes(data)


def _no_safetensors(folder: Path) -> None:
    rename(folder, SHARD, b"GIF89a and so on, long enough to hold a header of some length")


def _headless(folder: Path) -> None:
    rename(folder, SHARD, (2**62).to_bytes(8, "little") + b"{}")


def _another_shape(folder: Path) -> None:
    index = json.loads((folder / INDEX).read_bytes())
    index["tensors"]["table"]["shape"] = [1, 2]
    (folder / INDEX).write_text(json.dumps(index))


BROKEN: dict[str, tuple[Callable[[Path], Any], type[Exception], str]] = {
    "missing": (lambda folder: (folder / SHARD).unlink(), WeightsMissing, "is missing"),
    "truncated": (_cut, WeightsBroken, "it should have"),
    "changed": (_changed, WeightsBroken, "SHA-256 is another"),
    "no safetensors": (_no_safetensors, WeightsBroken, "is no safetensors file"),
    "headless": (_headless, WeightsBroken, "is no safetensors file"),
    "empty": (lambda folder: rename(folder, SHARD, b""), WeightsBroken, "is no safetensors file"),
    "another shape": (_another_shape, WeightsBroken, "does not hold table as the index says"),
    "a folder": (
        lambda folder: ((folder / SHARD).unlink(), (folder / SHARD).mkdir()),
        WeightsBroken,
        "cannot be read",
    ),
    "a pickle": (
        lambda folder: rename(folder, SHARD, pickle.dumps(Opened())),
        WeightsBroken,
        "is a pickle",
    ),
    "what torch.save writes": (
        lambda folder: rename(folder, SHARD, b"PK\x03\x04archive/data.pkl"),
        WeightsBroken,
        "is a pickle, or holds one",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_broken_is_refused_in_words(folder: Path, how: str) -> None:
    spoil, error, words = BROKEN[how]
    spoil(folder)
    with pytest.raises(error, match=words) as caught:
        Index.of(folder).weights(["table"])
    assert SHARD in str(caught.value) and str(caught.value).endswith(".")


def test_what_the_index_does_not_name(folder: Path) -> None:
    index = Index.of(folder)
    with pytest.raises(WeightsMissing, match="no array nothing"):
        index.weights(["nothing"])
    with pytest.raises(WeightsMissing, match=r"have no film\.txt"):
        index.read("film.txt")
    assert set(index.weights(CODEC)) == set(CODEC)


def test_a_graph_that_is_none_and_weights_that_do_not_fit(folder: Path) -> None:
    rename(folder, "film.onnx", b"no graph at all")
    with pytest.raises(WeightsBroken, match=r"graph film\.onnx and its weights do not fit"):
        Network(Index.of(folder), "film.onnx")
    index = json.loads((folder / INDEX).read_bytes())
    index["graphs"]["frame.onnx"] = ["table"]
    (folder / INDEX).write_text(json.dumps(index))
    with pytest.raises(WeightsBroken, match=r"graph frame\.onnx and its weights do not fit"):
        Network(Index.of(folder), "frame.onnx")
