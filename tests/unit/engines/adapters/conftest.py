"""Small networks of every family, each built once; and how a network is asked what it says of the same noise."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from uncaged.engines.adapters.natives import Native
from uncaged.engines.diffusion.families import FAMILIES
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.twin import TINY


@dataclass
class Family:
    """A network, and what it says. natives: see `Engine.natives`."""

    name: str
    net: Any
    natives: tuple[Native, ...]
    asked: Callable[[Any], Tensor]

    def says(self, net: Any) -> Tensor:
        """What a network of this family answers, always to the same."""
        with torch.no_grad():
            return self.asked(net)

    def other(self) -> Any:
        """The same once more, for somebody who writes to it."""
        return deepcopy(self.net)

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        return {"transformer": self.net}


def _diffusion(name: str, folder: Path) -> Family:
    engine = next(one for one in FAMILIES if one.name == name)()
    engine.twin(folder, 5)
    module, _dot, kind = engine.denoiser.rpartition(".")
    networks = getattr(import_module(module), kind)(folder, torch.float32, "cpu")
    told = networks.within(networks.told("a red bird")[0], 8.0, 1)
    wide = engine.published(folder).multiple
    x = torch.randn(networks.shape(5, (2 * wide, wide)), generator=torch.Generator().manual_seed(1))

    def says(net: Any) -> Tensor:
        before, networks.net = networks.net, net
        second, networks.second = getattr(networks, "second", None), net
        try:
            return networks.estimate(x, 0.7, told)
        finally:
            networks.net, networks.second = before, second

    return Family(name, networks.net, tuple(engine.natives), says)


def _pyramid() -> Family:
    chance = torch.Generator().manual_seed(2)
    shape: Any = TINY["miniflux"]
    net = MiniFluxNet(shape)
    for value in net.parameters():
        value.data = torch.randn(value.shape, generator=chance) * 0.2
    clip = torch.randn(1, shape.in_channels // 4, 1, 4, 4, generator=chance)
    text = torch.randn(5, shape.joint_attention_dim, generator=chance)
    pooled = torch.randn(1, shape.pooled_projection_dim, generator=chance)
    net.eval().requires_grad_(False)
    return Family(
        "pyramid-flow", net, (), lambda net: net([clip], [text], pooled, torch.tensor([500.0]))
    )


@pytest.fixture(scope="session")
def family(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Family]:
    """A family's by its name."""
    found: dict[str, Family] = {}

    def of(name: str) -> Family:
        if name not in found:
            found[name] = (
                _pyramid()
                if name == "pyramid-flow"
                else _diffusion(name, tmp_path_factory.mktemp(name))
            )
        return found[name]

    return of
