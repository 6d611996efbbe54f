"""What configurations of published models state, each value of the kind that it must be. Needs no torch."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published


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


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _cannot_be(path: Path, name: str, value: Any) -> WeightsBroken:
    return WeightsBroken(
        _("%(path)s says %(field)s is %(value)s, which cannot be.")
        % {"path": path, "field": name, "value": str(value)[:100]},
        published.again(),
    )
