"""The register of settings: the surroundings a scene is drawn in, as layers from back to front.

A setting knows its light, its horizon and its lower edge; nothing of words, subjects or pixels. Every module of this
folder adds its own when it is imported.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal, TypeAlias

from uncaged.engines.ink.colour import Colour, Palette
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.scene import Weather

LayerKind: TypeAlias = Literal["sky", "still", "live"]
"""sky: fills the frame and never moves with the camera; still: drawn once; live: drawn for each pose."""

Draw: TypeAlias = Callable[[Drawing, Moment], None]
"""Writes a layer's marks in frame coordinates: units of the shorter side, (0, 0) the upper left corner."""


@dataclass(frozen=True, slots=True)
class Layer:
    """depth: 0 = at infinity, 1 = where the subjects stand, above 1 = in front of them."""

    name: str
    depth: float
    kind: LayerKind
    draw: Draw


@dataclass(frozen=True, slots=True)
class Disc:
    """The large plain sun or moon: centre, radius, colour, in frame coordinates."""

    x: float
    y: float
    radius: float
    colour: Colour


@dataclass(slots=True)
class Ground:
    """What a setting builds with, and what it tells the composition afterwards.

    width, height: the frame in units of its shorter side (one of them is 1). horizon: y in frame coordinates, set from
    the scene's share of the height; a setting may move it. stand: colour under the subjects; behind: colour behind
    them. sky: upper and lower colour of the sky. side: −1 or 1, where the lead subject is; the disc goes to the other.
    disc: an amount (0 none). airy: something is in the air, so nothing may hang in from above. shore: somebody must
    stand where only water is. walled: a window or a door comes by itself, so the room has no other.
    clear: x and half width of what is small and must not be lost behind grass.
    cloudless: clouds were denied, so that none may be drawn. layers: back to front, to be filled by the setting.
    """

    stream: Stream
    palette: Palette
    manner: Manner
    width: float
    height: float
    horizon: float
    weather: Weather = field(default_factory=Weather)
    disc: float = 0.0
    cloudy: bool = False
    cloudless: bool = False
    airy: bool = False
    silhouette: bool = False
    shore: bool = False
    walled: bool = False
    clear: tuple[tuple[float, float], ...] = ()
    side: int = 1
    stand: Colour = (0, 0, 0)
    behind: Colour = (0, 0, 0)
    sky: tuple[Colour, Colour] = ((0, 0, 0), (0, 0, 0))
    disc_at: Disc | None = None
    layers: list[Layer] = field(default_factory=list[Layer])

    def __post_init__(self) -> None:
        self.stand, self.behind = self.palette.mid, self.palette.low
        self.sky = (self.palette.top, self.palette.low)

    def add(self, name: str, depth: float, draw: Draw, kind: LayerKind = "still") -> None:
        """One more layer, in front of those that are there."""
        self.layers.append(Layer(name, depth, kind, draw))


Build: TypeAlias = Callable[[Ground], None]


@dataclass(frozen=True, slots=True)
class Setting:
    """at: its point in the genome's plane of settings (frozen once released). spirit: the kind found here when a
    sentence names the place alone. palettes: those that suit it, in a ring: what lies a third apart is
    unlike, since seeds that follow each other step so far.
    floor: y of the subjects' ground line as a share of the frame's height, or None = from the horizon.
    discs, clouds: whether its sky takes them. outdoors: weather reaches it. level: colour of the air behind what
    flies is that of the sky at its height (True) or of the place (False). floats: boats lie in its water, and are
    mirrored in it.
    """

    name: str
    build: Build
    at: tuple[float, float]
    spirit: str
    palettes: tuple[str, ...]
    floor: float | None = None
    discs: bool = False
    clouds: bool = False
    outdoors: bool = True
    level: bool = True
    floats: bool = False


CLOUDS: Final = "cloud"
"""The kind that a sky's own clouds are: where it is denied, they are gone as well."""

_settings: dict[str, Setting] = {}


def register(setting: Setting) -> Setting:
    """Adds a setting; a second one of the same name is a mistake."""
    if setting.name in _settings:
        raise ValueError(f"There are two settings called {setting.name}.")
    _settings[setting.name] = setting
    return setting


@cache
def settings() -> Mapping[str, Setting]:
    """Every setting by name, in the order of their names."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return dict(sorted(_settings.items()))
