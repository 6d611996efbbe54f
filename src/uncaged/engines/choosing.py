"""Which files of a published model are needed, by their names alone: nothing lies here yet.

What a folder that does lie here holds, `published` says.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.words import _
from uncaged.engines.base import Small
from uncaged.engines.published import CONFIG, PICKLES, SHARD_INDEX, TEXT_FILES, WEIGHTS


def chosen(
    names: Collection[str], weights: Sequence[str], small: Sequence[str], read: Small
) -> set[str]:
    """Names of all that is needed: of each folder of weights its configuration and its safetensors once, whatever else
    lies beside them; of each folder of texts everything. read: gives a small JSON file by its name.

    Raises `WeightsMissing`, `WeightsBroken`: a pickle in the place of weights is refused by name.
    """
    found: set[str] = set()
    for part in weights:
        if f"{part}/{CONFIG}" not in names:
            raise _missing(f"{part}/{CONFIG}")
        found |= {f"{part}/{CONFIG}", *_weights(names, part, read)}
    for part in small:
        found |= {
            name for name in names if name.rpartition("/")[0] == part and name.endswith(TEXT_FILES)
        }
    lost = sorted(found - set(names))
    if lost:
        raise _missing(lost[0])
    return found


def _weights(names: Collection[str], part: str, read: Small) -> set[str]:
    """As `published.shards` looks for them."""
    for name in WEIGHTS:
        index = f"{part}/{name}{SHARD_INDEX}"
        if index in names:
            rows: Any = read(index).get("weight_map")
            if not isinstance(rows, Mapping) or not rows:
                raise WeightsBroken(_("%(file)s is no index of weights.") % {"file": index})
            shards = cast("Mapping[str, object]", rows).values()
            return {index, *(f"{part}/{shard}" for shard in shards)}
        if f"{part}/{name}" in names:
            return {f"{part}/{name}"}
    for name in sorted(names):
        if name.startswith(f"{part}/") and name.endswith(PICKLES):
            raise pickled(name)
    raise _missing(f"{part}/{WEIGHTS[0]}")


def pickled(name: str) -> WeightsBroken:
    """Weights lie there as a pickle alone."""
    return WeightsBroken(
        _("%(path)s is a pickle, or holds one: opening it could run anything.") % {"path": name},
        _("Uncaged opens weights as safetensors only, and there are none beside it."),
    )


def _missing(name: str) -> WeightsMissing:
    return WeightsMissing(
        _("A file of the weights is missing: %(path)s.") % {"path": name},
        _("Ask whoever published it, or choose another model."),
    )
