"""Which engines there are: our own and strangers', found through the same hook. Opens none of them."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

import pluggy

from uncaged.core.errors import NotFound, nearest
from uncaged.core.hookspecs import Hooks, hookimpl
from uncaged.core.words import _
from uncaged.engines.base import Engine

DEFAULT = "ink"
"""The model that is used when none is named."""


@hookimpl
def uncaged_engines() -> list[Engine]:
    """The engines that come with the studio."""
    from uncaged.engines.diffusion.families import FAMILIES
    from uncaged.engines.echo import Echo
    from uncaged.engines.ink.engine import Ink
    from uncaged.engines.pyramid.engine import PyramidFlow
    from uncaged.engines.remote.engine import Remote
    from uncaged.engines.seedling.engine import Seedling

    open_ones = [family() for family in FAMILIES]
    return [Ink(), Seedling(), Echo(), *open_ones, PyramidFlow(), Remote()]


@cache
def _found() -> tuple[Mapping[str, Engine], Mapping[str, str]]:
    """Every engine by its name, and every plug-in that could not be loaded with the reason."""
    manager = pluggy.PluginManager("uncaged")
    manager.add_hookspecs(Hooks)
    offered: list[Engine] = uncaged_engines()
    broken: dict[str, str] = {}
    for entry in sorted(entry_points(group="uncaged"), key=lambda entry: entry.name):
        try:
            plugin = entry.load()
            manager.register(plugin, entry.name)
            offered += [player for players in manager.hook.uncaged_engines() for player in players]
            manager.unregister(plugin)
        except Exception as error:  # a stranger's mistake must not keep the others from working
            broken[entry.name] = f"{type(error).__name__}: {error}"
    engines: dict[str, Engine] = {}
    for player in offered:
        if player.name in engines:
            broken[player.name] = "there is an engine of this name already; the first one stays"
        engines.setdefault(player.name, player)
    return dict(sorted(engines.items(), key=lambda item: (item[0] != DEFAULT, item[0]))), broken


def engines() -> Mapping[str, Engine]:
    """Every engine that can perform by its name, the default first."""
    return _here()


@cache
def _here() -> Mapping[str, Engine]:
    return {name: player for name, player in families().items() if player.is_here}


def forget() -> None:
    """Looks anew when somebody asks next: something was installed meanwhile."""
    _found.cache_clear()
    _here.cache_clear()


def families() -> Mapping[str, Engine]:
    """The same with those whose own weights are not installed: models of one's own are performed by them too."""
    return _found()[0]


def broken_plugins() -> Mapping[str, str]:
    """Plug-ins that could not be loaded, each with the reason; the studio goes on without them."""
    return _found()[1]


def engine(name: str) -> Engine:
    """The engine of this name, also where its weights are not here; `NotFound` offers the nearest ones."""
    known = families()
    if name not in known:
        raise NotFound(
            _("There is no model called %(name)s.") % {"name": name}, nearest(name, list(engines()))
        )
    return known[name]
