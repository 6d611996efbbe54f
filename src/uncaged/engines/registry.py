"""Which engines there are: our own and strangers', found through the same hook. Opens none of them."""

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace

import pluggy

from uncaged.core.errors import NotFound, nearest
from uncaged.core.hookspecs import Hooks, hookimpl
from uncaged.engines.base import Engine

DEFAULT = "ink"
"""The model that is used when none is named."""


@hookimpl
def uncaged_engines() -> list[Engine]:
    """The engines that come with the studio."""
    from uncaged.engines.echo import Echo
    from uncaged.engines.ink.engine import Ink

    return [Ink(), Echo()]


@cache
def engines() -> Mapping[str, Engine]:
    """Every engine by its name; a plug-in may not take the name of one that is there."""
    manager = pluggy.PluginManager("uncaged")
    manager.add_hookspecs(Hooks)
    manager.register(SimpleNamespace(uncaged_engines=uncaged_engines), "uncaged")
    manager.load_setuptools_entrypoints("uncaged")
    found: dict[str, Engine] = {}
    for offered in reversed(manager.hook.uncaged_engines()):  # last registered is called first
        for engine in offered:
            if engine.name in found:
                raise ValueError(
                    f"Two plug-ins offer an engine called {engine.name}; remove one of them."
                )
            found[engine.name] = engine
    return dict(sorted(found.items(), key=lambda item: (item[0] != DEFAULT, item[0])))


def engine(name: str) -> Engine:
    """The engine of this name; `NotFound` offers the nearest ones."""
    known = engines()
    if name not in known:
        raise NotFound(f"There is no model called {name}.", nearest(name, list(known)))
    return known[name]
