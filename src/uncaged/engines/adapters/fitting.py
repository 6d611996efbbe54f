"""Whether an adapter fits a model: each of its layers finds its place there, in its shape. Needs no torch.

What attaches to nothing, or only partly, is refused with words that say why.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.adapters.layouts import Part, Shape
from uncaged.engines.adapters.natives import Native, Place, places

Shapes: TypeAlias = Mapping[str, Shape]
"""Of a network's arrays, by their names."""

T = TypeVar("T")

BIAS: Final = ".bias"
WEIGHT: Final = ".weight"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A part, and where it goes. array: the name of what it changes."""

    part: Part
    place: Place
    array: str


Fit: TypeAlias = Mapping[str, tuple[Fitted, ...]]
"""By the name of a network."""


class Misfit(AskedWrong):
    """An adapter does not fit a model. found: how many of its layers have a place there."""

    def __init__(self, message: str, hint: str = "", found: int = 0) -> None:
        super().__init__(message, hint, "adapters")
        self.found = found


def fitted(
    parts: Sequence[Part], networks: Mapping[str, Shapes], natives: Sequence[Native], model: str
) -> Fit:
    """Where each part goes. networks: of the model, all of them are meant where a file names none. model: its name.

    Raises `Misfit`.
    """
    if not networks:
        raise Misfit(_("%(model)s takes no adapters.") % {"model": model})
    where = {name: _Where(shapes, natives) for name, shapes in networks.items()}
    lost = [part for part in parts if not all(one.of(part) for one in _meant(part, where))]
    found = len(parts) - len(lost)
    if not found:
        raise Misfit(
            _(
                "This adapter is of another family than %(model)s: none of its %(all)s layers is there, such as "
                "%(layer)s."
            )
            % {"model": model, "all": len(parts), "layer": lost[0].layer},
            _("Choose the model that it was made for."),
        )
    if lost:
        raise Misfit(
            _(
                "This adapter would change %(model)s only in part: %(count)s of its %(all)s layers have no place "
                "there, such as %(layer)s."
            )
            % {"model": model, "count": len(lost), "all": len(parts), "layer": lost[0].layer},
            _("Choose the model that it was made for."),
            found,
        )
    fit: dict[str, list[Fitted]] = {}
    for part in parts:
        for network in [part.network] if part.network else networks:
            for one in where[network].of(part):
                _check(one, networks[network][one.array], model, found)
                fit.setdefault(network, []).append(one)
    return {name: tuple(ones) for name, ones in fit.items()}


class _Where:
    """Where the parts of an adapter go in one network."""

    def __init__(self, shapes: Shapes, natives: Sequence[Native]) -> None:
        self._shapes = shapes
        layers = {name.removesuffix(WEIGHT).removesuffix(BIAS) for name in shapes}
        self._places = places(sorted(layers), natives)

    def of(self, part: Part) -> list[Fitted]:
        """Empty where that has no such layer."""
        found: list[Fitted] = []
        for place in self._places.get(part.layer, ()):
            array = place.layer + (BIAS if part.kind == "bias" else WEIGHT)
            array = array if array in self._shapes else place.layer
            if array in self._shapes:
                found.append(Fitted(part, place, array))
        return found


_NOWHERE: Final = _Where({}, ())


def _meant(part: Part, where: Mapping[str, _Where]) -> list[_Where]:
    return [where.get(part.network, _NOWHERE)] if part.network else list(where.values())


def narrowed(networks: Mapping[str, T], network: str, model: str) -> Mapping[str, T]:
    """The networks that are meant: the one that was named, or all. Raises `Misfit`."""
    if not network:
        return networks
    if network not in networks:
        raise Misfit(
            _("%(model)s has no network called %(network)s.")
            % {"model": model, "network": network},
            _("There are: %(networks)s.") % {"networks": ", ".join(networks)},
        )
    return {network: networks[network]}


def _check(one: Fitted, meant: Shape, model: str, found: int) -> None:
    """Raises `Misfit` where a part has not the shape that it must have."""
    said = _shape(one.part)
    rows = meant[0] * one.place.of // len(one.place.rows) if meant else 0
    wanted = (rows, *meant[1:])
    flat = (wanted[0], math.prod(wanted[1:])) if len(wanted) > 1 else wanted
    beside = (
        ("magnitude", {rows, *([flat[-1]] if one.place.of == 1 else [])}),
        ("up_bias", {rows}),
    )
    for piece, sizes in beside:
        if piece in one.part.shapes and math.prod(one.part.shapes[piece]) not in sizes:
            said = None
    if said is None:
        raise Misfit(
            _("This adapter is not whole: the pieces of %(layer)s do not fit each other.")
            % {"layer": one.part.layer}
        )
    if said in (wanted, flat):
        return
    raise Misfit(
        _(
            "This adapter is of another width than %(model)s: its %(layer)s is %(said)s, and there it is %(meant)s."
        )
        % {
            "model": model,
            "layer": one.part.layer,
            "said": "×".join(map(str, said)),
            "meant": "×".join(map(str, flat)),
        },
        _("Choose the model that it was made for."),
        found,
    )


def _shape(part: Part) -> Shape | None:
    """Of the change that a part makes, as a matrix; None where its pieces do not fit each other."""
    shapes = part.shapes
    if part.kind in ("whole", "bias"):
        return shapes["diff" if part.kind == "whole" else "diff_b"]
    if part.kind == "low rank":
        return _product(shapes["up"], shapes["down"])
    if part.kind == "hadamard":
        one = _product(shapes["w1_a"], shapes["w1_b"])
        return one if one == _product(shapes["w2_a"], shapes["w2_b"]) else None
    sides = [_side(shapes, name) for name in ("kw1", "kw2")]
    if sides[0] is None or sides[1] is None:
        return None
    return sides[0][0] * sides[1][0], sides[0][1] * sides[1][1]


def _side(shapes: Mapping[str, Shape], name: str) -> Shape | None:
    """Of one of the two that are multiplied by Kronecker's rule."""
    if name in shapes:
        whole = shapes[name]
        return (whole[0], math.prod(whole[1:])) if whole else None
    return _product(shapes[f"{name}_a"], shapes[f"{name}_b"])


def _product(up: Shape, down: Shape) -> Shape | None:
    """(out, r) and (r, …) -> (out, …) as a matrix."""
    if len(up) < 2 or len(down) < 2 or math.prod(up[1:]) != down[0] or not math.prod(up):
        return None
    return up[0], math.prod(down[1:])
