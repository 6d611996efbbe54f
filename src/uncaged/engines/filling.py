"""A network without numbers and a published folder, or a single file in it -> the network, ready to be asked.

With engines.published the one way in which weights of open models are opened.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import lending, narrowing, published, single_files
from uncaged.engines.array_names import turned
from uncaged.engines.arrays import opened, whole

DRAWS: Final = "Transformer3DModel"
"""How the class of a network that draws is called: whatever its file holds beside it would be needed too."""

EVEN: Final = 64
"""Bytes at whose multiples arrays lie in memory: elsewhere sums are done in another order, and the same numbers draw a
film that differs in its last bits by where in its file an array lay."""

Net = TypeVar("Net", bound=nn.Module)
Meant: TypeAlias = Mapping[str, Sequence[int]]
Placed: TypeAlias = Callable[[str, Tensor], Tensor]


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
    own = net.state_dict()
    meant = {key: tuple(value.shape) for key, value in own.items()}
    place, shorter, scales = lending.lies(net, device), narrowing.names(net), dict[str, Tensor]()

    def placed(key: str, value: Tensor) -> Tensor:
        if own[key.removeprefix(under)].is_floating_point() and not value.is_floating_point():
            raise WeightsBroken(
                _("%(path)s holds %(key)s as %(kind)s, which Uncaged does not widen.")
                % {"path": folder, "key": key, "kind": str(value.dtype).removeprefix("torch.")},
                _("Take the same model in another form: float16, bfloat16, fp8 or GGUF."),
            )
        exact = any(part in fine for part in key.split("."))
        there = value.to(place, torch.float32 if exact else dtype)
        if (name := key.removeprefix(under)) in shorter and not exact:
            there, scales[name] = narrowing.narrow(there)
        return there if there.data_ptr() % EVEN == 0 else there.clone()

    single = single_files.single(folder)
    if single is None:
        state = _of_shards(folder, under, without, meant, placed)
    else:
        kind = type(net).__name__
        short = torch.bfloat16 if shorter else dtype  # narrowing leaves no more
        found = turned(kind, whole(single, short, place), single)
        state = _of_single(found, single, under, meant, placed, kind.endswith(DRAWS))
    _shared(net, state)
    lost = sorted(meant.keys() - state.keys())
    if lost:
        raise WeightsBroken(
            _("The weights in %(folder)s have no array %(key)s (%(count)s are missing of %(all)s).")
            % {"folder": folder, "key": lost[0], "count": len(lost), "all": len(meant)},
            published.again(),
        )
    for name, scale in scales.items():
        first, second = narrowing.hold(net, name)
        state |= {first: state.pop(name), second: scale}
    net.load_state_dict(state, assign=True)
    return lending.lent(net.to(place).eval().requires_grad_(False), device)


def _of_shards(
    folder: Path, under: str, without: Set[str], meant: Meant, placed: Placed
) -> dict[str, Tensor]:
    """The arrays of a published folder."""
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
                    state[key.removeprefix(under)] = placed(key, arrays.get_tensor(key))
                except (SafetensorError, RuntimeError) as error:
                    raise published.cut(path, str(error)) from None
    return state


def _of_single(
    found: dict[str, Tensor], path: Path, under: str, meant: Meant, placed: Placed, alone: bool
) -> dict[str, Tensor]:
    """The arrays of a single file, which are given back one by one. alone: whether there should be no others in it."""
    state: dict[str, Tensor] = {}
    while found:
        key, value = found.popitem()
        name = key.removeprefix(under)
        if published.fits(path, name, value.shape, meant, alone):
            state[name] = placed(key, value)
    return state


def _shared(net: nn.Module, state: dict[str, Tensor]) -> None:
    """What a network knows by several names is the same wherever one of them was found."""
    names: dict[int, list[str]] = {}
    for name, parameter in net.named_parameters(remove_duplicate=False):
        names.setdefault(id(parameter), []).append(name)
    for same in names.values():
        found = next((state[name] for name in same if name in state), None)
        if found is not None:
            state.update((name, found) for name in same)
