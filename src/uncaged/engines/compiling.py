"""The layers that a network repeats, compiled: a first question takes long, and all others less. Off unless asked for.

Each is compiled as one, whatever stands around them. Where that fails, the network answers as before.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import torch
from torch import nn

BACKEND: Final = "inductor"
"""What compiles: it needs a compiler of C++ on a processor."""


def compiled(nets: Sequence[nn.Module], ask: Callable[[], object]) -> str:
    """Compiles the layers of networks, and asks a small question to see whether one then answers; why not, or
    nothing."""
    layers = [layer for net in nets for layer in repeated(net)]
    if not layers:
        return "it repeats no layers"
    try:
        for layer in layers:
            layer.compile(backend=BACKEND)  # pyright: ignore[reportUnknownMemberType] - torch says no type
        ask()
    except Exception as error:  # of a compiler anything may come
        for layer in layers:
            layer._compiled_call_impl = None  # pyright: ignore[reportPrivateUsage] - there is no public way back
        lines = str(error).strip().splitlines()
        return f"{type(error).__name__}: {lines[0] if lines else ''}"[:200]
    config = torch._dynamo.config  # pyright: ignore[reportPrivateUsage] - its settings lie there
    config.suppress_errors = True  # another size may be another matter: then it is not compiled
    return ""


def repeated(net: nn.Module) -> Iterator[nn.Module]:
    """Every layer of the lists that a network itself has."""
    for part in net.children():
        if isinstance(part, nn.ModuleList) and len(part) > 1:
            yield from part
