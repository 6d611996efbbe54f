"""Weights held as whole numbers of 8 bits, by torchao: half the memory of the short ones, and lossy. Only where
somebody asks for it.

Those of the linear layers that a network repeats; each row has a scale of its own. They are widened whenever a layer is
asked, so that what is computed with is as exact as before.
"""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from torch import Tensor, nn

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
    if not _on.get():
        return frozenset()
    return frozenset(
        f"{path}.{name}.weight"
        for path, part in net.named_modules()
        if isinstance(part, nn.ModuleList) and len(part) > 1
        for name, layer in part.named_modules()
        if isinstance(layer, nn.Linear)
    )


def narrow(weight: Tensor) -> Tensor:
    """(out, in) of any floating kind -> the same, each row as whole numbers of 8 bits and a scale. To whoever asks, it
    is of the kind that it was."""
    logging.getLogger("torchao").setLevel(logging.ERROR)  # it warns of its parts for cards
    from torchao.quantization import Int8Tensor, PerRow

    found: Tensor = Int8Tensor.from_hp(weight.contiguous(), granularity=PerRow())
    return found


def wide(weight: Tensor) -> Tensor:
    """The numbers that a weight stands for, as one can reckon with them."""
    widened = getattr(weight, "dequantize", None)
    return widened() if hasattr(weight, "qdata") and widened is not None else weight
