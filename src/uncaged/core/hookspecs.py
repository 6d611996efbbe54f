"""The seams of the studio, one signature and one sentence each: the table of contents for whoever extends it.

A hook appears only together with something that uses it. A package offers its own under the entry point ``uncaged``.
"""

from collections.abc import Sequence
from typing import Any

import pluggy

hookspec = pluggy.HookspecMarker("uncaged")
hookimpl = pluggy.HookimplMarker("uncaged")


class Hooks:
    """Everything a plug-in may offer."""

    @hookspec
    def uncaged_engines(self) -> Sequence[Any]:
        """Engines: instances of `uncaged.engines.base.Engine`, each with a name of its own."""
        raise AssertionError("a specification is never called")
