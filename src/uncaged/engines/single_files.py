"""Single files of weights, as other programs keep them: safetensors or GGUF, by their headers. Needs no torch.

What lies in one is known by its arrays' names and shapes; no number of it is read. What whole folders hold, `published`
says.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.extras import lacking
from uncaged.engines.gguf_header import refuse_endless
from uncaged.engines.published import Held

ENDINGS: Final = (".safetensors", ".gguf")
NAME: Final = "single"
"""What such a file is called where it is laid out for an engine, its ending behind it."""

BEFORE: Final = ("model.diffusion_model.", "diffusion_model.")
"""What may stand before each name of a network that draws."""

CODERS: Final = ("vae.", "first_stage_model.")
"""What may stand before each name of a coder of films."""

PLAIN: Final = frozenset({"F64", "F32", "F16", "BF16"})
"""Kinds of numbers that are as the model was published, or larger."""

FP8: Final[Mapping[str, str]] = {"F8_E4M3": "float8_e4m3fn", "F8_E5M2": "float8_e5m2"}
"""Kinds that are widened, and what ComfyUI calls them."""

WHOLE: Final = frozenset({"I8", "I16", "I32", "I64"})
"""Kinds of a GGUF that are no weights by themselves."""

FORMAT: Final = ".comfy_quant"
"""How an array ends that says in which format its layer lies, as JSON (ComfyUI, QUANTIZATION.md)."""

FORMATS: Final = "_quantization_metadata"
"""The same of all layers, among the texts about a file."""

BESIDE: Final = ("scaled_fp8", "spiece_model", ".scale_input", ".input_scale", FORMAT)
"""How names end that are of no network."""

LONGEST: Final = 2**16
"""Bytes of what is said of one layer, at most."""

COUNTED: Final = (".position_ids", ".num_batches_tracked")
"""How arrays end that are whole numbers wherever they lie."""

ORIGINAL: Final = "comfy.gguf.orig_shape."
"""What stands in a GGUF before the name of an array that has another shape than the file can say."""

SCALES: Final = ("scale_weight", "weight_scale")
"""What a scale of fp8 is called that stands beside its array."""


def single(folder: Path) -> Path | None:
    """The single file that a folder's weights are, where it is laid out so."""
    found = (folder / f"{NAME}{ending}" for ending in ENDINGS)
    return next((path for path in found if path.exists()), None)


def held(path: Path) -> Held:
    """What a file holds, by its header. Raises `WeightsMissing`, `WeightsBroken`: a pickle, cut off, or neither."""
    published.refuse_pickle(path)
    if path.suffix.lower() != ENDINGS[1]:
        return published.held(path)
    try:
        found = path.stat()
    except OSError as error:
        raise published.unreadable(path, error) from None
    return _held_gguf(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _held_gguf(path: Path, _size: int, _changed: int) -> Held:
    reader = gguf(path)
    shapes = {one.name: shape(reader, one) for one in reader.tensors}
    kinds = {one.name: str(one.tensor_type.name) for one in reader.tensors}
    return Held(path, shapes, kinds)


def gguf(path: Path) -> Any:
    """A GGUF file, of which nothing but its header has been read; all its arrays are there.

    Raises `WeightsMissing` where its library is not installed, `WeightsBroken`.
    """
    lacks = lacking("models", "gguf")
    if lacks:
        raise WeightsMissing(
            _("GGUF files are read with a library that is not installed: gguf."),
            _("Install it: %(command)s") % {"command": lacks},
        )
    from gguf import GGUFReader

    try:
        refuse_endless(path)
        return GGUFReader(path)
    except OSError as error:
        raise published.unreadable(path, error) from None
    except Exception as error:  # whatever its library thinks of bytes that are no such file
        raise WeightsBroken(
            _("%(path)s is no whole GGUF file: %(why)s.")
            % {"path": path, "why": str(error) or type(error).__name__},
            published.again(),
        ) from None


def shape(reader: Any, tensor: Any) -> tuple[int, ...]:
    """The shape that an array of a GGUF had before it was written there, the slowest side first."""
    field = reader.fields.get(ORIGINAL + tensor.name)
    sides = tensor.shape[::-1] if field is None else field.contents()
    return tuple(int(side) for side in sides)


def within(found: Mapping[str, Any], befores: Sequence[str] = BEFORE) -> dict[str, Any]:
    """By their names without what stands before them; those alone, where it stands before some.

    >>> within({"model.diffusion_model.a": 1, "vae.b": 2}), within({"a": 1})
    ({'a': 1}, {'a': 1})
    """
    for before in befores:
        some = {
            key.removeprefix(before): one for key, one in found.items() if key.startswith(before)
        }
        if some:
            return some
    return dict(found)


def shrunk(file: Held) -> str:
    """In which numbers a file's arrays lie where these say less than the published ones; empty where they do not."""
    apart = (*BESIDE, *COUNTED)
    kinds = sorted(
        {kind for key, kind in file.kinds.items() if kind not in PLAIN and not key.endswith(apart)}
    )
    scaled = any(key.endswith(SCALES) for key in file.shapes)
    return "+".join(kinds) + (" scaled" if kinds and scaled else "")


def refuse_strange(file: Held) -> None:
    """Raises `WeightsBroken` where layers lie in numbers that nothing here widens: whole ones, fp4, another format."""
    apart = (*BESIDE, *COUNTED)
    layers = {key: kind for key, kind in file.kinds.items() if not key.endswith(apart)}
    if file.path.suffix.lower() == ENDINGS[1]:
        strange = {key: kind for key, kind in layers.items() if kind in WHOLE}
    else:
        strange = {
            key: kind for key, kind in layers.items() if kind not in PLAIN and kind not in FP8
        }
        strange |= {
            key: form for key, form in _formats(file) if form not in FP8.values()
        }  # a rotated layer looks like any other
    if strange:
        key, kind = next(iter(strange.items()))
        raise WeightsBroken(
            _("%(path)s holds %(key)s as %(kind)s, which Uncaged does not widen.")
            % {"path": file.path, "key": key, "kind": kind},
            _("Take the same model in another form: float16, bfloat16, fp8 or GGUF."),
        )


def _formats(file: Held) -> Iterator[tuple[str, str]]:
    """What a file says in which format its layers lie."""
    rows = _said(file.said.get(FORMATS, "{}")).get("layers", {})
    if not isinstance(rows, dict):
        yield FORMATS, "?"
    else:
        for key, row in cast("dict[str, Any]", rows).items():
            form: Any = cast("dict[str, Any]", row).get("format") if isinstance(row, dict) else None
            yield key, str(form)
    marks = {key: place for key, place in file.places.items() if key.endswith(FORMAT)}
    if not marks:
        return
    with file.path.open("rb") as opened:
        for key, (begin, end) in marks.items():
            opened.seek(begin)
            yield key, str(_said(opened.read(min(end - begin, LONGEST))).get("format"))


def _said(text: str | bytes) -> dict[str, Any]:
    """An object of JSON; empty where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
