"""What configurations of published models state, each value of the kind that it must be. Needs no torch."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published

LAYERS: Final = ("num_layers", "hidden_layers", "decoder_layers", "layers_per_block")
"""Ends of the names by which configurations say how many layers there are."""

MOST_LAYERS: Final = 1000
"""Of a network, and of a block: several times those of the largest that are published."""

LONGEST: Final = 65_536
"""Tokens of a text, at most: it is filled up to them, and each takes memory."""


def number(config: Mapping[str, Any], name: str, path: Path) -> int:
    """A whole number above 0. Raises `WeightsBroken`."""
    value = config.get(name)
    if _is_count(value):
        return cast("int", value)
    raise _cannot_be(path, name, value)


def numbers(
    config: Mapping[str, Any], name: str, path: Path, otherwise: Sequence[int]
) -> tuple[int, ...]:
    """Several of them, one at least; `otherwise` where nothing is said. Raises `WeightsBroken`."""
    value = config.get(name)
    if value is None:
        return tuple(otherwise)
    found = cast("list[Any]", value) if isinstance(value, list) else []
    if not 0 < len(found) < 100 or not all(map(_is_count, found)):
        raise _cannot_be(path, name, value)
    return tuple(found)


def flags(
    config: Mapping[str, Any], name: str, path: Path, otherwise: Sequence[bool]
) -> tuple[bool, ...]:
    """Several times yes or no; `otherwise` where nothing is said. Raises `WeightsBroken`."""
    value = config.get(name)
    if value is None:
        return tuple(otherwise)
    found = cast("list[Any]", value) if isinstance(value, list) else [None]
    if len(found) > 100 or not all(isinstance(one, bool | int) for one in found):
        raise _cannot_be(path, name, value)
    return tuple(map(bool, found))


def takes(net: Mapping[str, Any], path: Path, latent: int, more: int) -> bool:
    """Whether a network takes a film's latents beside those that it draws. latent: channels of these; more: of what
    stands beside. Raises `WeightsBroken` where it takes others: outlines, masks, a way for a camera."""
    channels = number(net, "in_channels", path)
    if channels == latent:
        return False
    if channels == latent + more:
        return True
    raise WeightsBroken(
        _(
            "%(path)s describes a network that takes %(channels)s channels; Uncaged draws with %(known)s."
        )
        % {
            "path": path,
            "channels": channels,
            "known": _("%(one)s or %(other)s") % {"one": latent, "other": latent + more},
        },
        _("It was made for something else beside words and pictures. Take the plain model."),
    )


def check_layers(config: Mapping[str, Any], path: Path, deep: int = 4) -> None:
    """Raises `WeightsBroken` for a network without layers, or of so many that none could be built of it, and for texts
    longer than any that it was taught. deep: how far down parts are looked into."""
    for name, value in config.items():
        if isinstance(value, Mapping) and deep:
            check_layers(cast("Mapping[str, Any]", value), path, deep - 1)
        elif name.endswith(LAYERS):
            many = cast("list[Any]", value) if isinstance(value, list) else [value]
            least = 0 if name.endswith("per_block") else 1
            if any(not _lies(one, least, MOST_LAYERS) for one in many if one is not None):
                raise _cannot_be(path, name, value)
        elif name.endswith("text_seq_length") and not _lies(value, 1, LONGEST):
            raise _cannot_be(path, name, value)


def _lies(value: Any, least: int, most: float) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_count(value: Any) -> bool:
    return _lies(value, 1, math.inf)


def _cannot_be(path: Path, name: str, value: Any) -> WeightsBroken:
    return WeightsBroken(
        _("%(path)s says %(field)s is %(value)s, which cannot be.")
        % {"path": path, "field": name, "value": str(value)[:100]},
        published.again(),
    )
