"""Opening a model's networks, without a word to anybody."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import torch
from accelerate import init_empty_weights
from torch import Tensor, nn

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import devices, fitting, published
from uncaged.engines.diffusion.family import Denoiser, Shown, Sounds
from uncaged.engines.filling import filled
from uncaged.engines.named import Named
from uncaged.engines.precision import Numbers, Opening

RATE: Final = 8.0
"""Frames a second of the film that a model is first asked for, to see with which numbers it is quicker."""

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is opened. model: its name. precision: with which numbers it is to compute, a key of `precision.KINDS`, or
    empty. frames, size, needs: a small film to measure with, and how many pictures the model needs for one. compiled:
    whether its layers are to be compiled."""

    model: str = ""
    precision: str = ""
    frames: int = 1
    size: tuple[int, int] = (256, 256)
    needs: int = 0
    compiled: bool = False


def opened(
    family: Family, folder: Path, device: str = "", wanted: Wanted = Wanted()
) -> tuple[Denoiser, Numbers]:
    """The networks of a folder, ready to be asked, and with which numbers they compute. device: empty, the fastest
    there is.

    Raises `WeightsMissing`, `WeightsBroken`, `TooLittleMemory`.
    """
    devices.quiet(("diffusers", "transformers"))
    place = devices.place(device)
    name, count = wanted.model or folder.name, fitting.numbers(folder)
    narrow = fitting.narrow(folder)
    opening = Opening(name, count, place, wanted.precision, wanted.compiled, narrow)

    def make(kind: torch.dtype) -> Denoiser:
        with torch.random.fork_rng(devices=[]):  # what networks are born with is thrown away
            return family(folder, kind, place)

    return opening.numbers(make, partial(_asked, wanted))


def _asked(wanted: Wanted, denoiser: Denoiser) -> tuple[list[nn.Module], Callable[[], object]]:
    """The networks that draw, and the first question of a small film to the first of them."""

    def ask() -> Tensor | Named:
        width, height = wanted.size
        told, _cut = denoiser.told("a film")
        told = denoiser.within(told, RATE, 0)
        grey = np.full((height, width, 3), 128, np.uint8)
        places = (0, wanted.frames - 1)[: wanted.needs]
        shape = denoiser.shape(wanted.frames, wanted.size)
        if places:
            told = denoiser.beside(told, [Shown([grey], at) for at in places], shape)
        film = torch.ones(shape, device=denoiser.device)
        if not isinstance(denoiser, Sounds):
            return denoiser.estimate(film, 1.0, told)
        sound = torch.ones(denoiser.sounding(shape, RATE), device=denoiser.device)
        return denoiser.estimate(Named(video=film, audio=sound), 1.0, told)

    return list(denoiser.networks.values()), ask


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
