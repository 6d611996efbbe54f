"""A network asked with adapters on: only while it is asked, so that no other run of the same network notices.

Its weights are never written to. An adapter that counts for nothing is not there at all.
"""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import get_ident
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

from uncaged.engines.adapters.changes import Change, Changes

Weighed: TypeAlias = Sequence[tuple[float, Changes]]
"""Adapters of one network, each with how much it counts: any real number."""


@contextmanager
def adapted(net: nn.Module, adapters: Weighed) -> Generator[None]:
    """Meanwhile every layer that the adapters change says what it says with them, to whoever asks in this thread.

    What is no layer (a norm's weights) is another one for all threads meanwhile.
    """
    layers: dict[str, list[tuple[float, Change]]] = {}
    arrays: dict[str, Tensor] = {}
    for weight, changes in adapters:
        if weight == 0:
            continue
        for name, own in changes.layers.items():
            layers.setdefault(name, []).extend((weight, change) for change in own)
        for name, change in changes.arrays.items():
            arrays[name] = arrays[name] + change * weight if name in arrays else change * weight
    if not layers and not arrays:
        yield
        return
    undo: list[Callable[[], None]] = []
    try:
        for name, own in layers.items():
            hook = net.get_submodule(name).register_forward_hook(_saying(own))
            undo.append(hook.remove)
        for name, change in arrays.items():
            undo.append(_exchanged(net, name, change))
        with _uncompiled():
            yield
    finally:
        for step in reversed(undo):
            step()


def _saying(changes: Sequence[tuple[float, Change]]) -> Callable[..., Tensor | None]:
    thread = get_ident()

    def hook(layer: nn.Module, given: tuple[Any, ...], said: Tensor) -> Tensor | None:
        if get_ident() != thread:
            return None
        more = sum_of(change.added(layer, given[0]) * weight for weight, change in changes)
        return said + more.to(said.dtype)

    return hook


def sum_of(parts: "Generator[Tensor]") -> Tensor:
    """Of one or more."""
    total = next(parts)
    for part in parts:
        total = total + part
    return total


def _exchanged(net: nn.Module, name: str, change: Tensor) -> Callable[[], None]:
    """Another array in the place of one that no layer multiplies with; returns what puts the old one back."""
    path, _dot, last = name.rpartition(".")
    owner = net.get_submodule(path)
    old: Tensor = getattr(owner, last)
    made = (old.float() + change).to(old.dtype)
    new = nn.Parameter(made, requires_grad=False) if isinstance(old, nn.Parameter) else made
    setattr(owner, last, new)
    return lambda: setattr(owner, last, old)


def _uncompiled() -> AbstractContextManager[object]:
    """Meanwhile nothing runs as it was compiled: that was without adapters."""
    if "torch._dynamo" not in sys.modules:
        return nullcontext()
    return torch.compiler.set_stance("force_eager")
