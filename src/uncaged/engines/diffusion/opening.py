"""Opening a model's networks, without a word to anybody."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from accelerate import init_empty_weights

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import devices, fitting, published
from uncaged.engines.diffusion.family import Denoiser
from uncaged.engines.filling import filled


class Family(Protocol):
    """A family's class: opens a folder."""

    def __call__(self, folder: Path, dtype: torch.dtype, device: str) -> Denoiser: ...


def opened(family: Family, folder: Path, device: str = "", name: str = "") -> Denoiser:
    """The networks of a folder, ready to be asked. device: empty, the fastest there is. name: of the model.

    Raises `WeightsMissing`, `WeightsBroken`, `TooLittleMemory`.
    """
    devices.quiet(("diffusers", "transformers"))
    place, dtype = devices.place(device)
    count = fitting.numbers(folder)
    fitting.refuse_opening(name or folder.name, count, devices.left(place), dtype.itemsize)
    with torch.random.fork_rng(devices=[]):  # what networks are born with is thrown away
        return family(folder, dtype, place)


def network(kind: Any, folder: Path, dtype: torch.dtype, device: str) -> Any:
    """A network of diffusers, by its class: built as the folder's configuration says, with the folder's weights.

    Raises `WeightsMissing`, `WeightsBroken`.
    """
    path = folder / published.CONFIG
    config = published.read_json(path)
    try:
        with init_empty_weights(include_buffers=False):
            empty = kind.from_config(config)
    except (TypeError, ValueError, AttributeError, IndexError, RuntimeError) as error:
        raise WeightsBroken(
            _("%(path)s describes no network that can be built.") % {"path": path},
            f"{type(error).__name__}: {error}".splitlines()[0][:200],
        ) from None
    fine: Sequence[str] = getattr(empty, "_keep_in_fp32_modules", None) or ()
    return filled(empty, folder, dtype, device, fine)
