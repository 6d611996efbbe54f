"""Weights that find no room on a graphics card lie in the machine's memory; each layer is on it while it is asked.

What a film looks like does not change; how long it takes does. Small networks, such as coders, stay on the card.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

import torch
from torch import nn

SMALL: Final = 1_000_000_000
"""Networks of fewer numbers stay on the card."""

Net = TypeVar("Net", bound=nn.Module)

_on: ContextVar[bool] = ContextVar("lending", default=False)


@contextmanager
def lending() -> Generator[None]:
    """Networks that are opened meanwhile are lent to the card, layer by layer."""
    before = _on.set(True)
    try:
        yield
    finally:
        _on.reset(before)


def lies(net: nn.Module, device: str) -> str:
    """Where the weights of a network lie that computes on a device."""
    return "cpu" if _on.get() and _numbers(net) >= SMALL else device


def lent(net: Net, device: str) -> Net:
    """A network whose weights lie where `lies` says, ready to be asked on the device."""
    if not _on.get() or _numbers(net) < SMALL:
        return net
    from diffusers.hooks.group_offloading import apply_group_offloading  # few ever need it

    here = torch.device("cpu")
    apply_group_offloading(
        net, onload_device=torch.device(device), offload_device=here, offload_type="leaf_level"
    )
    return net


def _numbers(net: nn.Module) -> int:
    return sum(one.numel() for one in net.parameters())
