"""`remote` as an engine: what is known of it at the door stands in its one file. Sends nothing before it is opened.

The one engine that reaches a network, at the addresses in that file; its key comes with each order.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncaged.core.errors import UncagedError, WeightsMissing
from uncaged.core.score import Score
from uncaged.core.version import __version__
from uncaged.core.words import _
from uncaged.engines.base import Capabilities, Card
from uncaged.engines.in_folder import InFolder
from uncaged.engines.remote import dials, place

if TYPE_CHECKING:
    from uncaged.engines.remote.performing import RemotePerformance

GENERATION = 1


class Remote(InFolder):
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

    def able(self, folder: Path) -> tuple[Capabilities, Mapping[str, Any]]:
        found = place.read(folder)
        can = Capabilities(
            pictures=found.pictures,
            negative=found.negative,
            sides=found.sides,
            sizes=found.sizes,
            seconds=found.seconds,
            stills=found.stills,
            sound=found.sound,
        )
        low, high = found.seconds
        seconds = min(max(4.0, low), high)
        return can, {"seconds": seconds, "fps": 24, "size": can.size_near((1280, 720))}

    def settle(self, folder: Path) -> None:
        super().settle(folder)
        with suppress(UncagedError):  # whoever performs says so
            self.options = dials.options(place.read(folder).options)

    def check(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What only the far side knows stays open, and is not sent."""
        return {name: value for name, value in super().check(options).items() if value is not None}

    def ready(self, score: Score) -> None:
        place.read(self.home())

    def home(self) -> Path:
        if self.folder is None:
            raise WeightsMissing(
                _("remote performs elsewhere, and nobody has said where."),
                _("Say it: uncaged models add-remote NAME --at https://…"),
            )
        return super().home()

    def open(self, files: Mapping[str, Path], device: str = "") -> "RemotePerformance":
        from uncaged.engines.remote.performing import RemotePerformance

        return RemotePerformance(place.read(self.home()))

    def recipe(self) -> dict[str, str]:
        return {"engine": f"remote {GENERATION}", "uncaged": __version__}
