"""`remote` as an engine: what is known of it at the door stands in its one file. Sends nothing before it is opened.

The one engine that reaches a network, at the addresses in that file; its key comes with each order.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from uncaged.core.errors import UncagedError, WeightsMissing
from uncaged.core.score import Score
from uncaged.core.version import __version__
from uncaged.core.words import _
from uncaged.engines.base import Capabilities, Card, Engine
from uncaged.engines.remote import dials, place

if TYPE_CHECKING:
    from uncaged.engines.remote.performing import RemotePerformance

GENERATION = 1


class Remote(Engine):
    """Whoever speaks `/v1/videos` performs."""

    name = "remote"
    card = Card(
        summary="Another studio, or an engine on another machine, behind /v1/videos.",
        origin="Performed elsewhere.",
        training_data="Undisclosed.",
        licence="Undisclosed.",
        works="Undisclosed.",
    )
    away = True
    slots = 3

    def __init__(self, folder: Path | None = None) -> None:
        self.folder: Path | None = None
        if folder is not None:
            self.settle(folder)

    @property
    def is_here(self) -> bool:
        """There is none without an address."""
        return self.folder is not None

    def settle(self, folder: Path) -> None:
        self.folder = folder
        try:
            found = place.read(folder)
        except UncagedError:  # whoever performs says so
            return
        self.capabilities = Capabilities(
            pictures=found.pictures,
            negative=found.negative,
            sides=found.sides,
            sizes=found.sizes,
            seconds=found.seconds,
            stills=found.stills,
        )
        self.options = dials.options(found.options)
        low, high = found.seconds
        defaults: dict[str, Any] = {"seconds": min(max(4.0, low), high), "fps": 24}
        defaults["size"] = self.capabilities.size_near((1280, 720))
        self.defaults = MappingProxyType(defaults)

    def check(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What only the far side knows stays open, and is not sent."""
        return {name: value for name, value in super().check(options).items() if value is not None}

    def ready(self, score: Score) -> None:
        place.read(self.home())

    def home(self) -> Path:
        """Where its file lies. Raises `WeightsMissing` where nobody said."""
        if self.folder is None:
            raise WeightsMissing(
                _("remote performs elsewhere, and nobody has said where."),
                _("Say it: uncaged models add-remote NAME --at https://…"),
            )
        return self.folder

    def open(self, files: Mapping[str, Path], device: str = "") -> "RemotePerformance":
        from uncaged.engines.remote.performing import RemotePerformance

        return RemotePerformance(place.read(self.home()))

    def recipe(self) -> dict[str, str]:
        return {"engine": f"remote {GENERATION}", "uncaged": __version__}
