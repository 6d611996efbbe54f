"""A network without numbers and a published folder -> the network, ready to be asked. Safetensors only.

With engines.published the one way in which weights of open models are opened.
"""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published

Net = TypeVar("Net", bound=nn.Module)


def filled(
    net: Net,
    folder: Path,
    dtype: torch.dtype,
    device: str = "cpu",
    fine: Sequence[str] = (),
    under: str = "",
    without: Set[str] = frozenset(),
) -> Net:
    """A network whose parameters are on the device `meta` and the weights of a folder -> the same, never to learn.

    fine: parts of names whose arrays stay float32 whatever the others are. under: what stands before each name in the
    files. without: arrays of the files that are left alone. Every array that the network has must be there, in its
    shape; one that it knows by two names is needed once. Raises `WeightsMissing`, `WeightsBroken`.
    """
    meant = {key: tuple(value.shape) for key, value in net.state_dict().items()}
    state: dict[str, Tensor] = {}
    for path, keys in published.shards(folder).items():
        with opened(path) as arrays:
            there = frozenset(arrays.keys())
            wanted = [
                key
                for key in sorted(there if keys is None else keys)
                if key in there
                and key not in without
                and published.fits(
                    path, key.removeprefix(under), arrays.get_slice(key).get_shape(), meant
                )
            ]
            for key in wanted:
                try:
                    exact = any(part in fine for part in key.split("."))
                    kind = torch.float32 if exact else dtype
                    state[key.removeprefix(under)] = arrays.get_tensor(key).to(device, kind)
                except (SafetensorError, RuntimeError) as error:
                    raise published.cut(path, str(error)) from None
    _shared(net, state)
    lost = sorted(meant.keys() - state.keys())
    if lost:
        raise WeightsBroken(
            _("The weights in %(folder)s have no array %(key)s (%(count)s are missing of %(all)s).")
            % {"folder": folder, "key": lost[0], "count": len(lost), "all": len(meant)},
            published.again(),
        )
    net.load_state_dict(state, assign=True)
    return net.to(device).eval().requires_grad_(False)


def opened(path: Path) -> Any:
    """A safetensors file, of which nothing has been read but its header. Raises `WeightsMissing`, `WeightsBroken`."""
    published.refuse_pickle(path)
    if not path.is_file():
        raise published.missing(path)
    try:
        return safe_open(path, "pt")
    except SafetensorError as error:
        raise published.cut(path, str(error)) from None
    except OSError as error:
        raise published.unreadable(path, error) from None


def _shared(net: nn.Module, state: dict[str, Tensor]) -> None:
    """What a network knows by several names is the same wherever one of them was found."""
    names: dict[int, list[str]] = {}
    for name, parameter in net.named_parameters(remove_duplicate=False):
        names.setdefault(id(parameter), []).append(name)
    for same in names.values():
        found = next((state[name] for name in same if name in state), None)
        if found is not None:
            state.update((name, found) for name in same)
