"""Weights held as whole numbers of 8 bits: half the memory of the short ones, and lossy. Only where somebody asks for
it.

Those of the linear layers that a network repeats; each row has a scale of its own. They are widened whenever a layer is
asked, so that what is computed with is as exact as before.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

MOST: Final = 127
"""The largest whole number."""

HELD: Final = ".parametrizations."
"""Between a layer's name and its weight's, where that is held otherwise."""

_on: ContextVar[bool] = ContextVar("narrowing", default=False)


@contextmanager
def narrowing() -> Generator[None]:
    """Networks that are opened meanwhile have their repeated layers narrowed."""
    before = _on.set(True)
    try:
        yield
    finally:
        _on.reset(before)


def names(net: nn.Module) -> frozenset[str]:
    """Arrays of a network that are narrowed when it is opened: none but for `narrowing`."""
    return frozenset(_linear(net) if _on.get() else ())


def _linear(net: nn.Module, path: str = "", repeated: bool = False) -> Iterator[str]:
    """The weights of the linear layers in it, where a list repeats them. repeated: whether one has begun above."""
    repeated |= isinstance(net, nn.ModuleList) and len(net) > 1
    if repeated and isinstance(net, nn.Linear):
        yield f"{path}weight"
    for name, part in net.named_children():
        yield from _linear(part, f"{path}{name}.", repeated)


def narrow(weight: Tensor) -> tuple[Tensor, Tensor]:
    """(out, in) of any floating kind -> the nearest whole numbers, (out, in) of 8 bits, and what one of them stands for
    in each row, (out, 1) of the same kind."""
    rows = weight.float()
    least = torch.finfo(weight.dtype).tiny
    scales = (rows.abs().amax(1, keepdim=True) / MOST).to(weight.dtype).clamp(min=least)
    return (rows / scales.float()).round_().clamp_(-MOST, MOST).to(torch.int8), scales


def hold(net: nn.Module, name: str) -> tuple[str, str]:
    """A weight of a network, on the device `meta`, is from now on held as `narrow` gives it. The names of the two."""
    path, _dot, weight = name.rpartition(".")
    layer = net.get_submodule(path).requires_grad_(False)
    parametrize.register_parametrization(layer, weight, _Widened(), unsafe=True)
    first, second = (f"{path}{HELD}{weight}.original{n}" for n in range(2))
    return first, second


def shapes(net: nn.Module) -> dict[str, tuple[int, ...]]:
    """Of each array of a network its shape, by the names that it was published with, however it is held."""
    found: dict[str, tuple[int, ...]] = {}
    for name, value in net.state_dict().items():
        path, held, rest = name.partition(HELD)
        weight, _dot, which = rest.partition(".")
        if not held:
            found[name] = tuple(value.shape)
        elif which == "original0":
            found[f"{path}.{weight}"] = tuple(value.shape)
    return found


class _Widened(nn.Module):
    """What `narrow` gives -> the numbers that it stands for."""

    def forward(self, numbers: Tensor, scales: Tensor) -> Tensor:
        return numbers.to(scales.dtype) * scales

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        return narrow(weight)
