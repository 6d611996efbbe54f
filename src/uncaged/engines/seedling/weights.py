"""The folder that a trained Seedling is: shards of weights, graphs, a codec, and an index that names every byte.

Weights are safetensors and nothing else. What is missing, cut off, changed, or could run code when opened is refused
with a sentence. Knows no network and no runtime.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self, cast

import numpy as np
from numpy.typing import NDArray

from uncaged.core.canonical import canonical
from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.words import _
from uncaged.engines import regular
from uncaged.engines.pickled import LOOK, is_pickled
from uncaged.engines.seedling import INDEX

LAYOUT: Final = 1
LARGEST: Final = 16 * 2**20
"""Bytes of one shard, at most."""

DTYPES: Final = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
"""How numbers may be stored; they are always computed with in float32."""

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class File:
    """What a file must be."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where an array lies, and what it must be. dtype: a key of `DTYPES`."""

    shard: str
    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class Index:
    """A folder of weights that was looked at and not yet read.

    files: name → what it must be. tensors: key → where it lies. graphs: file → keys of the weights it needs.
    manifest: SHA-256 of what the training wrote about itself. facts: what else the model says of itself (which slots
    it has learnt).
    """

    folder: Path
    files: Mapping[str, File]
    tensors: Mapping[str, Tensor]
    graphs: Mapping[str, tuple[str, ...]]
    manifest: str
    facts: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Reads a folder's index. Raises `WeightsMissing`, `WeightsBroken`."""
        try:
            data = regular.read(folder / INDEX, LARGEST)
        except (FileNotFoundError, NotADirectoryError):
            raise WeightsMissing(
                _("The weights of this model are not here: %(folder)s has no %(index)s.")
                % {"folder": folder, "index": INDEX},
                _("Install the studio with its weights, or train a model and export it there."),
            ) from None
        except OSError as error:
            raise WeightsBroken(
                _("%(folder)s cannot be read: %(why)s.") % {"folder": folder, "why": error.strerror}
            ) from None
        try:
            return cls._read(folder, json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise WeightsBroken(
                _("%(file)s is no index of weights.") % {"file": folder / INDEX}, _again()
            ) from None

    @classmethod
    def _read(cls, folder: Path, value: Mapping[str, Any]) -> Self:
        if value["layout"] != LAYOUT:
            raise WeightsBroken(
                _("%(file)s has layout %(layout)s; this studio reads %(known)s.")
                % {"file": folder / INDEX, "layout": value["layout"], "known": LAYOUT},
                _("Update the studio, or fetch weights that fit it."),
            )
        files = {name: File(row["sha256"], row["bytes"]) for name, row in value["files"].items()}
        for name in files:
            if Path(name).name != name or name.startswith("."):
                raise ValueError(name)
        tensors = {
            key: Tensor(row["shard"], tuple(row["shape"]), row["dtype"])
            for key, row in value["tensors"].items()
        }
        if any(one.shard not in files or one.dtype not in DTYPES for one in tensors.values()):
            raise ValueError
        graphs = {name: tuple(keys) for name, keys in value["graphs"].items()}
        return cls(folder, files, tensors, graphs, value["manifest"], dict(value["facts"]))

    def to_json(self) -> dict[str, Any]:
        """What stands in `INDEX`."""
        return {
            "layout": LAYOUT,
            "manifest": self.manifest,
            "facts": dict(self.facts),
            "graphs": {name: list(keys) for name, keys in self.graphs.items()},
            "files": {
                name: {"sha256": one.sha256, "bytes": one.size} for name, one in self.files.items()
            },
            "tensors": {
                key: {"shard": one.shard, "shape": list(one.shape), "dtype": one.dtype}
                for key, one in self.tensors.items()
            },
        }

    @property
    def hash(self) -> str:
        """SHA-256 of the index, which names every file by its own: the model's name in a recipe."""
        return sha256(canonical(self.to_json())).hexdigest()

    def read(self, name: str) -> bytes:
        """A file's bytes, exactly those that were meant. Raises `WeightsMissing`, `WeightsBroken`."""
        path, meant = self.folder / name, self.files.get(name)
        if meant is None:
            raise WeightsMissing(
                _("These weights have no %(name)s: %(index)s does not name it.")
                % {"name": name, "index": self.folder / INDEX},
                _again(),
            )
        try:
            data = regular.read(path, 4 * LARGEST)  # graphs are larger than shards
        except FileNotFoundError:
            raise WeightsMissing(
                _("A file of the weights is missing: %(path)s.") % {"path": path}, _again()
            ) from None
        except OSError as error:
            raise WeightsBroken(
                _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
            ) from None
        if is_pickled(data[:LOOK]):
            raise WeightsBroken(
                _("%(path)s is a pickle, or holds one: opening it could run anything.")
                % {"path": path},
                _("Uncaged opens weights as safetensors only. Export the model again."),
            )
        if len(data) != meant.size:
            raise WeightsBroken(
                _("%(path)s has %(size)s bytes; it should have %(meant)s.")
                % {"path": path, "size": f"{len(data):,}", "meant": f"{meant.size:,}"},
                _again(),
            )
        if sha256(data).hexdigest() != meant.sha256:
            raise WeightsBroken(
                _("%(path)s is not the file that was meant: its SHA-256 is another one.")
                % {"path": path},
                _again(),
            )
        return data

    def weights(self, keys: Sequence[str]) -> Weights:
        """These arrays as float32, in memory of their own. Raises `WeightsMissing`, `WeightsBroken`."""
        found: dict[str, NDArray[np.float32]] = {}
        unknown = [key for key in keys if key not in self.tensors]
        if unknown:
            raise WeightsMissing(
                _("These weights have no array %(key)s, which the graph needs.")
                % {"key": unknown[0]},
                _again(),
            )
        for shard in sorted({self.tensors[key].shard for key in keys}):
            opened = _opened(self.read(shard), self.folder / shard)
            for key in keys:
                meant = self.tensors[key]
                if meant.shard != shard:
                    continue
                array = opened.get(key)
                if (
                    array is None
                    or array.shape != meant.shape
                    or array.dtype != DTYPES[meant.dtype]
                ):
                    raise WeightsBroken(
                        _("%(path)s does not hold %(key)s as the index says it does.")
                        % {"path": self.folder / shard, "key": key},
                        _again(),
                    )
                found[key] = array.astype(np.float32)
        return found


def write(
    folder: Path,
    arrays: Mapping[str, NDArray[Any]],
    files: Mapping[str, bytes],
    graphs: Mapping[str, Sequence[str]],
    *,
    manifest: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Index:
    """Writes a folder of weights: float16 or float32 arrays in shards of at most `LARGEST` bytes, and other files.

    files: graphs are among them. graphs: which keys each of them needs. Raises `ValueError` for an array of another
    type, or larger than a shard.
    """
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    written: dict[str, File] = {}

    def put(name: str, data: bytes) -> None:
        (folder / name).write_bytes(data)
        written[name] = File(sha256(data).hexdigest(), len(data))

    for number, keys in enumerate(_shards(arrays), 1):
        shard = f"weights-{number}.safetensors"
        put(shard, save({key: np.array(arrays[key], order="C") for key in keys}))
        for key in keys:
            array = arrays[key]
            tensors[key] = Tensor(shard, array.shape, _dtype(key, array))
    for name, data in files.items():
        put(name, data)
    needed = {name: tuple(keys) for name, keys in graphs.items()}
    index = Index(folder, written, tensors, needed, manifest, dict(facts or {}))
    text = json.dumps(index.to_json(), indent=1, ensure_ascii=False, sort_keys=True)
    (folder / INDEX).write_text(f"{text}\n", encoding="utf-8")
    return index


def _shards(arrays: Mapping[str, NDArray[Any]]) -> list[list[str]]:
    """Keys in order, in groups that fit a shard together with its header."""
    shards: list[list[str]] = [[]]
    room = LARGEST - 8
    for key in sorted(arrays):
        size = arrays[key].nbytes + len(key) + 120  # its line of the header
        if size > LARGEST - 8:
            raise ValueError(f"{key} has {arrays[key].nbytes:,} bytes, more than a shard holds")
        if size > room:
            shards.append([])
            room = LARGEST - 8
        shards[-1].append(key)
        room -= size
    return [keys for keys in shards if keys]


def _dtype(key: str, array: NDArray[Any]) -> str:
    for name, dtype in DTYPES.items():
        if array.dtype == dtype:
            return name
    raise ValueError(f"{key} is {array.dtype}; weights are stored as {' or '.join(DTYPES)}")


def _opened(data: bytes, path: Path) -> Mapping[str, NDArray[Any]]:
    """The arrays of a safetensors file."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return cast("Mapping[str, NDArray[Any]]", load(data))
    except (SafetensorError, ValueError, KeyError, TypeError, struct.error):
        raise WeightsBroken(
            _("%(path)s is no safetensors file.") % {"path": path},
            _("Uncaged opens weights as safetensors only. Export the model again."),
        ) from None


def _again() -> str:
    return _("Fetch the weights again, all of them.")
