"""Values of the authors' own code, and networks and inputs made from numbered seeds, as those values were."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load
from torch import Tensor, nn

VALUES = Path(__file__).with_name("values")


@pytest.fixture(autouse=True)
def without_gradients() -> Any:
    """Nothing here learns."""
    with torch.no_grad():
        yield


@pytest.fixture(scope="session")
def values() -> Callable[[str], dict[str, Tensor]]:
    """A file of `VALUES` by its name: see the README there."""
    return lambda name: load(gzip.decompress((VALUES / f"{name}.safetensors.gz").read_bytes()))


@pytest.fixture(scope="session")
def config() -> Callable[[str], dict[str, Any]]:
    """A configuration of `VALUES` by its name."""
    return lambda name: json.loads((VALUES / f"{name}_config.json").read_text())


def drawn(seed: int, shape: tuple[int, ...]) -> Tensor:
    """Normal numbers from a numbered seed."""
    return torch.from_numpy(np.random.RandomState(seed).randn(*shape)).float()


@pytest.fixture(scope="session")
def numbers() -> Callable[[int, tuple[int, ...]], Tensor]:
    """See `drawn`."""
    return drawn


@pytest.fixture(scope="session")
def peopled() -> Callable[[nn.Module], Any]:
    """Gives a network the weights that the values were computed with: in the order of their names, 0.1 wide, norms
    around 1; a computed table stays."""

    def fill(net: nn.Module) -> nn.Module:
        state = net.state_dict()
        for i, key in enumerate(sorted(key for key in state if key != "pos_embed.pos_embed")):
            weight = 0.1 * drawn(1000 + i, tuple(state[key].shape))
            is_norm = weight.ndim == 1 and key.endswith("weight")
            state[key] = weight + 1 if is_norm else weight
        net.load_state_dict(state)
        return net

    return fill


@pytest.fixture(scope="session")
def agrees() -> Callable[..., None]:
    """Whether an output has the mean, spread, largest size and single values that a table of values says, to within
    `off`; the values have six digits after the point."""

    def check(
        out: Tensor,
        shape: tuple[int, ...],
        whole: tuple[float, float, float],
        at: list[int],
        single: list[float],
        off: float = 1e-5,
    ) -> None:
        assert tuple(out.shape) == shape
        flat = out.double().flatten()
        found = [flat.mean(), flat.std(unbiased=False), flat.abs().max()]
        assert np.allclose(found, whole, rtol=0, atol=off)
        assert np.allclose(flat[at], single, rtol=0, atol=off)

    return check
