"""Arrays out of files of weights: safetensors and GGUF, with what fp8 and blocks of few bits say widened.

Safetensors stay on the disk until somebody reckons with them. Safetensors and GGUF only; a pickle is refused by name.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published, single_files

FP8: Final = (torch.float8_e4m3fn, torch.float8_e5m2)


def opened(path: Path) -> Any:
    """A safetensors file, of which nothing has been read but its header. Raises `WeightsMissing`, `WeightsBroken`."""
    published.refuse_pickle(path)
    if not path.is_file():
        raise published.missing(path)
    try:
        return safe_open(path, "pt")
    except SafetensorError as error:
        raise published.cut(path, str(error)) from None
    except OSError as error:
        raise published.unreadable(path, error) from None


def whole(path: Path, dtype: torch.dtype, device: str) -> dict[str, Tensor]:
    """All arrays of a single file by their names there. What was shrunk is widened to dtype, on the device; what was
    not stays as it lies. Raises `WeightsMissing`, `WeightsBroken`."""
    single_files.refuse_strange(single_files.held(path))
    if path.suffix.lower() == single_files.ENDINGS[1]:
        return _gguf(path, dtype, device)
    with opened(path) as file:
        names = set(file.keys())
        try:
            return {
                name: _widened(file, name, names, dtype, device)
                for name in sorted(names)
                if not name.endswith((*single_files.BESIDE, *single_files.SCALES))
            }
        except (SafetensorError, RuntimeError) as error:
            raise published.cut(path, str(error)) from None


def _widened(file: Any, name: str, names: set[str], dtype: torch.dtype, device: str) -> Tensor:
    found: Tensor = file.get_tensor(name)
    if found.dtype not in FP8:
        return found
    found = found.to(device).float()
    before = name.removesuffix("weight")
    for scale in single_files.SCALES:
        if before != name and before + scale in names:
            by: Tensor = file.get_tensor(before + scale).to(device).float()
            found *= by if by.ndim in (0, found.ndim) else by.view(-1, *[1] * (found.ndim - 1))
    return found.to(dtype)


def _gguf(path: Path, dtype: torch.dtype, device: str) -> dict[str, Tensor]:
    quants: Any = import_module("gguf.quants")
    reader = single_files.gguf(path)
    found: dict[str, Tensor] = {}
    for one in reader.tensors:
        kind = one.tensor_type.name
        try:
            numbers: Any = quants.dequantize(one.data, one.tensor_type)
            plain = torch.as_tensor(numbers.copy())
            plain = plain.view(single_files.shape(reader, one))
        except (NotImplementedError, ValueError, RuntimeError) as error:
            raise WeightsBroken(
                _("%(path)s holds %(key)s as %(kind)s, which cannot be read: %(why)s.")
                % {"path": path, "key": one.name, "kind": kind, "why": error},
                _("Take the same model in another form: safetensors, Q8_0, Q4_K …"),
            ) from None
        found[one.name] = plain if kind in single_files.PLAIN else plain.to(device, dtype)
    return found
