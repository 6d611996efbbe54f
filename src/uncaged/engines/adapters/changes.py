"""An adapter's numbers, read: for each layer of a network what it adds to that layer's answer.

Nothing of the network is written to. What is small stays as small as it was written: a product of low rank is never
multiplied out; LoHa and LoKr are, one layer at a time, whenever that layer is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import torch
import torch.nn.functional as functional
from safetensors import SafetensorError
from torch import Tensor, nn

from uncaged.engines import published
from uncaged.engines.adapters.fitting import BIAS, Fit, Fitted
from uncaged.engines.adapters.natives import Place
from uncaged.engines.adapters.sound import not_numbers
from uncaged.engines.filling import opened

Layer: TypeAlias = nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d


@dataclass(frozen=True, slots=True)
class Product:
    """Of low rank: up (out, r), which has its scale in it, times down (r, …). bias (out,): that comes with it."""

    up: Tensor
    down: Tensor
    bias: Tensor | None = None

    def whole(self) -> Tensor:
        """(out, in) float32."""
        return self.up.float() @ self.down.float().flatten(1)

    def added(self, layer: nn.Module, x: Tensor) -> Tensor:
        """What a layer says more of x."""
        if isinstance(layer, nn.Linear):
            down, up = (
                self.down.to(x.device),
                self.up.to(x.device),
            )  # where it lies may have changed
            more = functional.linear(functional.linear(x.to(down.dtype), down), up)
        else:
            more = _asked(layer, x, self.whole())
        return more if self.bias is None else more + _along(layer, self.bias.to(x.device))


@dataclass(frozen=True, slots=True)
class Sides:
    """LoHa and LoKr: what two matrices give, each of them whole or a product. kronecker: by which rule."""

    one: tuple[Tensor, ...]
    other: tuple[Tensor, ...]
    kronecker: bool
    scale: float
    place: Place

    def whole(self) -> Tensor:
        """(out, in) float32."""
        one, other = (_multiplied(side) for side in (self.one, self.other))
        made = torch.kron(one, other) if self.kronecker else one * other
        return _rows(made, self.place) * self.scale

    def added(self, layer: nn.Module, x: Tensor) -> Tensor:
        """What a layer says more of x."""
        return _asked(layer, x, self.whole())


@dataclass(frozen=True, slots=True)
class Difference:
    """Of all weights of a layer, as it was written: (out, in)."""

    made: Tensor

    def whole(self) -> Tensor:
        """(out, in) float32."""
        return self.made.float()

    def added(self, layer: nn.Module, x: Tensor) -> Tensor:
        """What a layer says more of x."""
        return _asked(layer, x, self.made)


Weights: TypeAlias = Product | Sides | Difference


@dataclass(frozen=True, slots=True)
class Directed:
    """DoRA: the changed weights at another length. by: new length / length, for each row, or for each column."""

    change: Weights
    by: Tensor
    columns: bool

    def added(self, layer: nn.Module, x: Tensor) -> Tensor:
        """What a layer says more of x."""
        weight, by = _weight(layer).to(x.device), self.by.to(x.device)
        if self.columns:
            wide = (1, -1) + (1,) * (weight.dim() - 2)
            return _asked(layer, x, self._whole(weight, by.reshape(wide)))
        if isinstance(layer, nn.Linear):
            plain, more = functional.linear(x, weight), self.change.added(layer, x)
            return plain * (by - 1).to(plain.dtype) + more * by.to(more.dtype)
        tall = (-1,) + (1,) * (weight.dim() - 1)
        return _asked(layer, x, self._whole(weight, by.reshape(tall)))

    def _whole(self, weight: Tensor, by: Tensor) -> Tensor:
        own = weight.float()
        more = self.change.whole().reshape(own.shape).to(own.device)
        return (own + more) * by - own


@dataclass(frozen=True, slots=True)
class Bias:
    """Of a layer's bias (out,)."""

    made: Tensor

    def added(self, layer: nn.Module, x: Tensor) -> Tensor:
        """What a layer says more, whatever x is."""
        return _along(layer, self.made.to(x.device))


Change: TypeAlias = Product | Sides | Difference | Directed | Bias


@dataclass(frozen=True, slots=True)
class Changes:
    """What an adapter changes in one network, where it counts for 1.

    layers: by the layer's name, what is added to its answer. arrays: by its name, what is added to an array that no
    layer multiplies with.
    """

    layers: Mapping[str, Sequence[Change]]
    arrays: Mapping[str, Tensor]


def read(path: Path, fit: Fit, networks: Mapping[str, nn.Module]) -> Mapping[str, Changes]:
    """An adapter's file that fits these networks -> what it changes in each.

    Raises `WeightsMissing`, `WeightsBroken`: also where a number is none.
    """
    with opened(path) as arrays:
        return {name: _read(path, arrays, ones, networks[name]) for name, ones in fit.items()}


def _read(path: Path, arrays: Any, ones: Sequence[Fitted], net: nn.Module) -> Changes:
    layers: dict[str, list[Change]] = {}
    others: dict[str, Tensor] = {}
    own = {**dict(net.named_parameters()), **dict(net.named_buffers())}
    for one in ones:
        pieces = {piece: _array(path, arrays, key) for piece, key in one.part.keys.items()}
        layer = _layer(net, one.place.layer)
        if layer is None:
            meant = own[one.array]
            others[one.array] = (
                _weights(one, pieces, meant, torch.float32).whole().reshape(meant.shape)
            )
        elif one.array.endswith(BIAS):
            made = _rows(pieces["diff_b"].flatten(), one.place)
            layers.setdefault(one.place.layer, []).append(Bias(made.to(layer.weight)))
        else:
            layers.setdefault(one.place.layer, []).append(_change(one, pieces, layer.weight))
    return Changes(layers, others)


def _array(path: Path, arrays: Any, key: str) -> Tensor:
    try:
        found: Tensor = arrays.get_tensor(key)
    except (SafetensorError, RuntimeError) as error:
        raise published.cut(path, str(error)) from None
    if not bool(torch.isfinite(found.float()).all()):
        raise not_numbers(key)
    return found


def _layer(net: nn.Module, name: str) -> Layer | None:
    """The layer of this name, if it is one that multiplies what it is given with its weights."""
    try:
        found = net.get_submodule(name)
    except AttributeError:
        return None
    return found if isinstance(found, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d) else None


def _change(one: Fitted, pieces: Mapping[str, Tensor], weight: Tensor) -> Change:
    """What is added to a layer of these weights."""
    change, magnitude = _weights(one, pieces, weight, weight.dtype), pieces.get("magnitude")
    return change if magnitude is None else _directed(change, magnitude, one, weight)


def _weights(
    one: Fitted, pieces: Mapping[str, Tensor], weight: Tensor, dtype: torch.dtype
) -> Weights:
    """What is added to these weights, where they lie."""
    part, where = one.part, {"device": weight.device, "dtype": dtype}
    scale = _scale(one, pieces)
    if part.kind == "low rank":
        up = _rows(pieces["up"].float().flatten(1) * scale, one.place)
        bias = pieces.get("up_bias")
        more = None if bias is None else _rows(bias.float().flatten() * scale, one.place)
        return Product(
            up.to(**where), pieces["down"].to(**where), None if more is None else more.to(**where)
        )
    if part.kind in ("whole", "bias"):
        found = pieces["diff" if part.kind == "whole" else "diff_b"]
        return Difference(_rows(found, one.place).reshape(weight.shape).to(**where))
    kronecker = part.kind == "kronecker"
    names = ("kw1", "kw2") if kronecker else ("w1", "w2")
    sides = [_side(pieces, name, weight.device) for name in names]
    return Sides(sides[0], sides[1], kronecker, scale, one.place)


def _directed(change: Weights, magnitude: Tensor, one: Fitted, weight: Tensor) -> Directed:
    """Lengths of the changed rows, or columns; Liu et al. 2024 (arXiv 2402.09353), equation 5."""
    made = weight.float() + change.whole().reshape(weight.shape)
    rows = weight.shape[0] * one.place.of // len(one.place.rows)
    flat = magnitude.dim() == 2 and magnitude.shape[0] == 1 and rows > 1
    columns = flat or magnitude.numel() != rows
    length = magnitude.float().flatten().to(weight.device)
    if not columns:
        own = made.flatten(1).norm(dim=1).clamp(min=EPS)
        return Directed(change, _rows(length, one.place) / own, False)
    own = made.transpose(0, 1).flatten(1).norm(dim=1).clamp(min=EPS)
    return Directed(change, length / own, True)


EPS = 1e-12
"""So long is a row at least."""


def _scale(one: Fitted, pieces: Mapping[str, Tensor]) -> float:
    alpha = pieces.get("alpha")
    return one.part.scale(None if alpha is None else float(alpha.float().flatten()[0]))


def _side(pieces: Mapping[str, Tensor], name: str, device: torch.device) -> tuple[Tensor, ...]:
    """One of the two matrices of LoHa and LoKr: whole, or two factors."""
    names = [name] if name in pieces else [f"{name}_a", f"{name}_b"]
    return tuple(pieces[one].float().flatten(1).to(device) for one in names)


def _multiplied(side: tuple[Tensor, ...]) -> Tensor:
    return side[0] if len(side) == 1 else side[0] @ side[1]


def _rows(made: Tensor, place: Place) -> Tensor:
    """A layer's own rows of a change that was written for several of them together."""
    if place.of == 1:
        return made
    shares = made.chunk(place.of)
    return torch.cat([shares[n] for n in place.rows])


def _weight(layer: nn.Module) -> Tensor:
    assert isinstance(layer, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d)
    return layer.weight


def _asked(layer: nn.Module, x: Tensor, weight: Tensor) -> Tensor:
    """What a layer would say if these were its weights, and if it had no bias."""
    own = _weight(layer)
    made = weight.reshape(own.shape).to(x.device, x.dtype)
    if isinstance(layer, nn.Linear):
        return functional.linear(x, made)
    forward: Any = layer._conv_forward  # pyright: ignore[reportPrivateUsage,reportAttributeAccessIssue] - padding and stride are its own
    return forward(x, made, None)


def _along(layer: nn.Module, bias: Tensor) -> Tensor:
    """A bias in the shape of a layer's answers."""
    return (
        bias
        if isinstance(layer, nn.Linear)
        else bias.reshape(-1, *(1,) * (_weight(layer).dim() - 2))
    )
