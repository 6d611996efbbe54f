"""Opening a model's networks: on which device, with which numbers, and without a word to anybody."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from accelerate import init_empty_weights

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.diffusion.family import Denoiser
from uncaged.engines.filling import filled

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is read from folders; nothing is fetched


class Family(Protocol):
    """A family's class: opens a folder."""

    def __call__(self, folder: Path, dtype: torch.dtype, device: str) -> Denoiser: ...


def opened(family: Family, folder: Path, device: str = "") -> Denoiser:
    """The networks of a folder, ready to be asked. device: empty, the fastest there is.

    Raises `WeightsMissing`, `WeightsBroken`.
    """
    quiet()
    place = device or ("cuda" if torch.cuda.is_available() else "cpu")
    dtype = torch.bfloat16 if place.startswith("cuda") else torch.float32
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


def quiet() -> None:
    """What these libraries say of themselves goes to nobody."""
    import diffusers.utils.logging as theirs
    import transformers.utils.logging as others

    libraries: list[Any] = [theirs, others]
    for library in libraries:
        library.set_verbosity_error()
        library.disable_progress_bar()
