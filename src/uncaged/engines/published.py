"""Folders of weights as open models are published: a configuration, and safetensors in one file or in shards.

Looks at names, configurations and headers, never at the numbers; needs no torch. What is missing, cut off, not to be
understood, or could run code when opened is refused with a sentence.
"""

import errno
import json
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.words import _
from uncaged.engines import regular
from uncaged.engines.pickled import LOOK, is_pickled

CONFIG: Final = "config.json"
WEIGHTS: Final = ("diffusion_pytorch_model.safetensors", "model.safetensors")
"""What a folder's weights are called, where they are one file; in shards an index stands beside, with `SHARD_INDEX`
behind it."""

SHARD_INDEX: Final = ".index.json"
PICKLES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
TEXT_FILES: Final = (".json", ".model", ".txt")
LONGEST: Final = 100 * 2**20
"""Bytes of a safetensors header, at most, as its own readers have it."""

LONGEST_JSON: Final = 16 * 2**20
"""Bytes of a configuration, at most: an index of many shards has a few millions."""

LONGEST_TEXT: Final = 100 * 2**20
"""Bytes of what belongs to a tokenizer, at most: those of all tongues have some 30 millions."""

BITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("F64", "I64", "U64", "C64"), 64),
    **dict.fromkeys(("F32", "I32", "U32"), 32),
    **dict.fromkeys(("BF16", "F16", "I16", "U16"), 16),
    **dict.fromkeys(("F8_E4M3", "F8_E5M2", "F8_E8M0", "I8", "U8", "BOOL"), 8),
    **dict.fromkeys(("F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("F6_E2M3", "F6_E3M2"), 6),
    "F4": 4,
}
"""How large a number of each kind is."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a file of weights holds, by its header. shapes: array → shape; kinds: array → a key of `BITS`; places: array
    → where its bytes begin and end in the file; said: texts about the whole."""

    path: Path
    shapes: Mapping[str, tuple[int, ...]]
    kinds: Mapping[str, str]
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    said: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def numbers(self) -> int:
        """How many there are."""
        return sum(math.prod(shape) for shape in self.shapes.values())


def read_json(path: Path) -> dict[str, Any]:
    """A configuration. Raises `WeightsMissing`, `WeightsBroken`."""
    try:
        value = json.loads(regular.read(path, LONGEST_JSON))
    except (FileNotFoundError, NotADirectoryError):
        raise missing(path) from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise WeightsBroken(_("%(path)s cannot be understood.") % {"path": path}, again())
    return cast("dict[str, Any]", value)


def small(path: Path) -> bytes:
    """What belongs to a tokenizer, or says how something is built. Raises `WeightsMissing`, `WeightsBroken`."""
    try:
        return regular.read(path, LONGEST_TEXT)
    except OSError as error:
        raise unreadable(path, error) from None


def shards(folder: Path) -> Mapping[Path, frozenset[str] | None]:
    """Each file of a folder's weights, and which arrays it must hold; None: whatever it holds.

    A pickle in the place of weights is refused by name. Raises `WeightsMissing`, `WeightsBroken`.
    """
    for name in WEIGHTS:
        index = folder / f"{name}{SHARD_INDEX}"
        if index.exists():
            return _indexed(index)
        if (folder / name).exists():
            return {folder / name: None}
    refuse_pickle(folder / WEIGHTS[0])
    raise missing(folder / WEIGHTS[0])


def _indexed(index: Path) -> Mapping[Path, frozenset[str]]:
    rows = read_json(index).get("weight_map")
    if not isinstance(rows, dict) or not rows:
        raise WeightsBroken(_("%(file)s is no index of weights.") % {"file": index}, again())
    found: dict[Path, set[str]] = {}
    for key, name in cast("dict[str, Any]", rows).items():
        if not isinstance(name, str) or Path(name).name != name:
            raise WeightsBroken(_("%(file)s is no index of weights.") % {"file": index}, again())
        found.setdefault(index.parent / name, set()).add(key)
    return {path: frozenset(keys) for path, keys in sorted(found.items())}


def files(folder: Path) -> list[Path]:
    """The files that a folder's weights are: shards and, where there is one, their index. Each was looked at: it is
    whole and holds what it must. Raises `WeightsMissing`, `WeightsBroken`."""
    found = shards(folder)
    for path, keys in found.items():
        lost = sorted((keys or frozenset()) - held(path).shapes.keys())
        if lost:
            raise WeightsBroken(
                _("%(path)s does not hold %(key)s as the index says it does.")
                % {"path": path, "key": lost[0]},
                again(),
            )
    index = [folder / f"{name}{SHARD_INDEX}" for name in WEIGHTS]
    return [*found, *(one for one in index if one.exists())]


def arrays(folder: Path) -> Mapping[str, tuple[int, ...]]:
    """The shapes of a folder's arrays, by the headers of its files. Raises `WeightsMissing`, `WeightsBroken`."""
    return {key: shape for path in shards(folder) for key, shape in held(path).shapes.items()}


def gathered(
    folder: Path, weights: Sequence[str], small: Sequence[str]
) -> tuple[dict[str, Path], int]:
    """What a published model is performed with: each file under `folder/name`, and how many numbers there are.

    weights: folders with a configuration and weights. small: folders of texts, of which everything is needed.
    Raises `WeightsMissing`, `WeightsBroken`.
    """
    found: dict[str, Path] = {}
    numbers = 0
    for part in weights:
        read_json(folder / part / CONFIG)
        for path in (folder / part / CONFIG, *files(folder / part)):
            found[f"{part}/{path.name}"] = path
            if path.suffix == ".safetensors":
                numbers += held(path).numbers
    for part in small:
        for path in sorted((folder / part).glob("*")):
            if path.suffix in TEXT_FILES and path.is_file():
                found[f"{part}/{path.name}"] = path
                if path.stat().st_size > LONGEST_TEXT:
                    raise WeightsBroken(
                        _("%(path)s is too long for what it is called.") % {"path": path}, again()
                    )
    return found, numbers


def held(path: Path) -> Held:
    """What a safetensors file holds, by its header, and whether all its bytes are there. Raises `WeightsMissing`,
    `WeightsBroken`."""
    refuse_pickle(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (long,) = struct.unpack("<Q", file.read(8))
            if not 2 <= long <= min(LONGEST, size - 8):
                raise ValueError("its header does not end")
            header = cast("dict[str, Any]", json.loads(file.read(long)))
        said = {str(key): str(one) for key, one in header.pop("__metadata__", {}).items()}
        shapes = {key: tuple(map(_count, row["shape"])) for key, row in header.items()}
        kinds = {key: str(row["dtype"]) for key, row in header.items()}
        places: dict[str, tuple[int, int]] = {}
        for key, row in header.items():
            begin, end = map(_count, row["data_offsets"])
            places[key] = (8 + long + begin, 8 + long + end)
    except FileNotFoundError:
        raise missing(path) from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        struct.error,
        OverflowError,
        RecursionError,
    ):
        raise cut(path, _("its header cannot be read")) from None
    meant = max((end for _begin, end in places.values()), default=8 + long)
    if size != meant:
        raise cut(
            path,
            _("it has %(size)s bytes and should have %(meant)s")
            % {"size": f"{size:,}", "meant": f"{meant:,}"},
        )
    found = Held(path, shapes, kinds, places, said)
    _refuse_misplaced(found, 8 + long)
    return found


def _count(value: Any) -> int:
    """A whole number of a header, 0 or more. `ValueError`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _refuse_misplaced(file: Held, begin: int) -> None:
    """Raises `WeightsBroken` where arrays do not lie one behind the other, each as long as its shape in its numbers.

    begin: where the first lies.
    """
    for key, (here, end) in sorted(file.places.items(), key=lambda row: row[1]):
        bits = math.prod(file.shapes[key]) * BITS.get(file.kinds[key], 0)
        if file.kinds[key] not in BITS or here != begin or (end - here) * 8 != bits:
            raise cut(
                file.path, _("%(key)s does not lie where its header says it does") % {"key": key}
            )
        begin = end


def refuse_pickle(path: Path) -> None:
    """Raises `WeightsBroken` where a pickle bears this name, or lies where the file of this name should be; and where
    what bears it is no plain file."""
    found: Path | None = None
    try:
        with regular.opened(path) as file:
            found = path if is_pickled(file.read(LOOK)) else None
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise unreadable(path, error) from None
        beside = sorted(path.parent.glob("*")) if path.parent.is_dir() else []
        found = next((one for one in beside if one.suffix in PICKLES), None)
    if found is not None:
        raise WeightsBroken(
            _("%(path)s is a pickle, or holds one: opening it could run anything.")
            % {"path": found},
            _("Uncaged opens weights as safetensors only. Export the model again."),
        )


def missing(path: Path) -> WeightsMissing:
    """Nothing lies there."""
    return WeightsMissing(
        _("A file of the weights is missing: %(path)s.") % {"path": path}, again()
    )


def unreadable(path: Path, error: OSError) -> WeightsBroken | WeightsMissing:
    """It is not there, or this system does not let us read it."""
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return (WeightsMissing if gone else WeightsBroken)(
        _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
    )


def cut(path: Path, why: str) -> WeightsBroken:
    """It is not all there."""
    return WeightsBroken(
        _("%(path)s is no whole safetensors file: %(why)s.") % {"path": path, "why": why}, again()
    )


def again() -> str:
    """What to do about weights that are not right."""
    return _("Fetch the weights again, all of them.")


def fits(
    path: Path,
    key: str,
    found: Sequence[int],
    meant: Mapping[str, Sequence[int]],
    alone: bool = False,
) -> bool:
    """Whether a network has a place for an array of this name and shape; one of no part of it at all is left alone,
    unless the file holds this network alone.

    Raises `WeightsBroken` for one that belongs to it and has no place.
    """
    if key not in meant:
        parts = {name.partition(".")[0] for name in meant}
        if not alone and key.partition(".")[0] not in parts:
            return False
        raise WeightsBroken(
            _("%(path)s holds %(key)s, for which this network has no place.")
            % {"path": path, "key": key},
            _("The weights are of another network than their %(config)s says.")
            % {"config": CONFIG},
        )
    if list(found) != list(meant[key]):
        raise WeightsBroken(
            _("%(path)s: %(key)s is %(found)s; it should be %(meant)s.")
            % {
                "path": path,
                "key": key,
                "found": "×".join(map(str, found)),
                "meant": "×".join(map(str, meant[key])),
            },
            _("The weights are of another network than their %(config)s says.")
            % {"config": CONFIG},
        )
    return True
