"""The register of materials: what a body can be made of. Every module of this folder adds its own when it is imported.

A material is one function: it is handed a finished figure as a list of parts and draws it anew, of its own stuff. It
knows no kind, so it works on every one. To add a material, copy a file, and name it in `scene.MATERIALS`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from uncaged.engines.ink.materials.body import Body

Work: TypeAlias = Callable[[Body], None]
"""Draws `body.parts` onto `body.out`."""

_materials: dict[str, Work] = {}
_PARTS = frozenset({"body", "shapes"})


def register(name: str, work: Work) -> Work:
    """Adds a material; a second one of the same name is a mistake."""
    if name in _materials:
        raise ValueError(f"There are two materials called {name}.")
    _materials[name] = work
    return work


@cache
def materials() -> Mapping[str, Work]:
    """Every material by name."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _PARTS):
        importlib.import_module(f"{__name__}.{module}")
    return dict(sorted(_materials.items()))
