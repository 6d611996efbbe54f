"""Opening a model's networks, without a word to anybody."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import torch
from accelerate import init_empty_weights

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import devices, fitting, published
from uncaged.engines.diffusion.family import Denoiser
from uncaged.engines.filling import filled

NOT_BUILT: Final = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    MemoryError,
    RuntimeError,
)
"""What building from a configuration that is none ends with."""


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
    said = _("%(path)s describes no network that can be built.") % {"path": path}
    with _in_words(said), init_empty_weights(include_buffers=False):
        empty = kind.from_config(config)
    fine: Sequence[str] = getattr(empty, "_keep_in_fp32_modules", None) or ()
    return filled(empty, folder, dtype, device, fine)


def scheduler(kind: Any, folder: Path, config: Mapping[str, Any]) -> Any:
    """A scheduler of diffusers, by its class, as the folder's configuration says. Raises `WeightsBroken`."""
    path = folder / "scheduler" / "scheduler_config.json"
    with _in_words(_("%(path)s describes no scheduler that can be built.") % {"path": path}):
        return kind.from_config(config)


@contextmanager
def _in_words(sentence: str) -> Generator[None]:
    """What classes of the library end with where a configuration is none of theirs, as `WeightsBroken`."""
    try:
        yield
    except NOT_BUILT as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise WeightsBroken(sentence, said) from None
