"""Adapters that a performer has read: those that were asked for last stay, since a next run will want them too."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from torch import nn

from uncaged.core.adapters import OPTION, Chosen
from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines import narrowing
from uncaged.engines.adapters import changes
from uncaged.engines.adapters.asked import adapted
from uncaged.engines.adapters.changes import Changes
from uncaged.engines.adapters.fitting import Fit, fitted, narrowed
from uncaged.engines.adapters.layouts import CONFIG, WEIGHTS, looked
from uncaged.engines.adapters.natives import Native

Networks: TypeAlias = Mapping[str, nn.Module]
"""Of a model, by name; all are meant where neither an adapter nor whoever chose it names one."""

STAY: Final = 4
"""Adapters that stay read, at most, but for those of the film that was asked for last."""


class Adapted:
    """A model's networks with the adapters of one run: they are on while somebody asks, and at no other time."""

    def __init__(
        self, networks: Networks, adapters: Sequence[tuple[float, Mapping[str, Changes]]]
    ) -> None:
        self._on = [
            (net, own)
            for name, net in networks.items()
            if (
                own := [
                    (weight, one[name]) for weight, one in adapters if weight != 0 and name in one
                ]
            )
        ]

    @contextmanager
    def on(self) -> Generator[None]:
        """Meanwhile the networks are asked with them."""
        with ExitStack() as stack:
            for net, own in self._on:
                stack.enter_context(adapted(net, own))
            yield


class Opened:
    """Those of a performer. natives: see `Engine.natives`. model: its name."""

    def __init__(self, model: str, natives: Sequence[Native]) -> None:
        self._model, self._natives = model, natives
        self._read: dict[tuple[str, str, str], Mapping[str, Changes]] = {}

    def of(
        self,
        chosen: Sequence[Chosen],
        folders: Mapping[str, str],
        networks: Networks,
        which: str = "",
    ) -> Adapted:
        """Those of one run. folders: hash → folder of the adapter's files. which: of several networks of one name.

        Raises `AskedWrong` where one is not here or does not fit, `WeightsMissing`, `WeightsBroken`.
        """
        found: list[tuple[float, Mapping[str, Changes]]] = []
        for one in chosen:
            weight = 1.0 if one.weight is None else one.weight
            if weight:
                found.append((weight, self._of(one, folders, networks, which)))
        while len(self._read) > max(STAY, len(found)):
            del self._read[next(iter(self._read))]
        return Adapted(networks, found)

    def _of(
        self, one: Chosen, folders: Mapping[str, str], networks: Networks, which: str
    ) -> Mapping[str, Changes]:
        key = (one.hash, one.network, which)
        known = self._read.pop(key, None)
        if known is None:
            if one.hash not in folders:
                raise AskedWrong(
                    _("The adapter %(name)s is not here.") % {"name": one.name}, about=OPTION
                )
            meant = narrowed(networks, one.network, self._model)
            known = read(Path(folders[one.hash]), meant, self._natives, self._model)
        self._read[key] = known  # the last one asked for is the last to go
        return known


def read(
    folder: Path, networks: Networks, natives: Sequence[Native], model: str
) -> Mapping[str, Changes]:
    """An adapter's files in their folder. Raises as `Opened.of` does."""
    config = folder / CONFIG
    written = looked(folder / WEIGHTS, config if config.exists() else None)
    shapes = {name: narrowing.shapes(net) for name, net in networks.items()}
    fit: Fit = fitted(written.parts, shapes, natives, model)
    return changes.read(folder / WEIGHTS, fit, networks)
