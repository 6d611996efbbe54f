"""The register of kinds: what `ink` can draw. Every module of this folder adds its own when it is imported.

A kind is built once per subject and drawn once per pose. It knows its own body and how it moves, and nothing of
scenes, words or pixels.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

from uncaged.engines.ink.colour import Colour, Palette
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

Figure: TypeAlias = Callable[[Drawing, Moment], None]
"""Draws the thing at a moment, in its own frame: height about 1, y down, origin on the ground between its feet
(flyers, fish, sun: at the centre), facing right, light from the upper left."""

Build: TypeAlias = Callable[[Stream, Paint, str], Figure]
"""stream, paint and form → figure. Everything that is drawn by lot is drawn here, once."""

Domain: TypeAlias = Literal["ground", "air", "sky", "land", "water", "float", "base"]
"""Where it belongs: stands on the ground, flies or swims, hangs in the sky, is land, floats on water, hovers in the
middle (abstract forms), or rises from the lower edge (heads)."""


TRAITS: Mapping[str, str] = {
    "person": "a human body: whom he, she and they mean",
    "somebody": "has skin, hair and clothes of its own, each one others",
    "unlike": "each one is another, though it has a face",
    "part": "a part of others as well: drawn with what it belongs to, so that it cannot be left out",
    "building": "has doors and windows of its own",
    "wall": "hangs or stands in a wall, so that one is in a room",
    "board": "small things that are named with it stand on it",
    "worn": "on the head: one is in it, or has it with one",
    "played": "an instrument",
    "way": "what goes across it goes on it",
    "shelter": "who is under it holds it",
    "burning": "burns or shines by itself, so that it is not on fire",
    "everywhere": "a light for the whole place",
    "rayed": "its rays turn by themselves; it stands low where the light is low",
    "dancing": "dances with its whole body, and holds the middle of a picture",
    "nightly": "seen at night only",
    "heavenly": "a light in the sky, beside which there is no large plain disc",
    "vessel": "a glass of water is a glass, and not made of water",
    "whole": "nobody knows it from a part, so no frame cuts it",
    "flutters": "flies in small eights and goes nowhere",
    "perch": "what flies and is in it sits there",
}
"""What sentences must know of single kinds, in one word each."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the composition must know of a kind. Lengths are in the thing's own height unless they say otherwise.

    at: its point in the genome's plane of kinds (frozen once released). height: share of the frame's shorter side
    when alone. width: how broad it is. top: where something may stand on it. shadow: half width of the shadow it
    casts, 0 = none. gait: distance walked per cycle (2 × stride ÷ share of stance), 0 = it does not walk. runs:
    distance per cycle of its fastest gait, 0 = it only walks quicker.
    home: setting it is found in. motion: what it does when nothing else is said. hue: its natural colour, by name.
    forms: names of its forms; "" lets its seed choose. instead: motion → the kind that is drawn for it.
    perched: the kind drawn when it stands on or in something. plant: grows by age instead of by scale.
    hidden: reached through another kind only. faces: it looks somewhere, so a flock faces one way.
    colour: its colour when none is named. quiet: fills that do not suit it.
    metres: how tall such a thing usually is, in metres. postures: those of `scene.POSTURES` it can take beside
    standing; another one is ignored. holds: posture → where it holds what it holds (hand, mouth, beak, trunk) while its
    gesture is "hold"; empty: it holds nothing. grip: the point of it that is held, in its own frame.
    lights: it gives light at night (a lamp, a fire, a window). traits: names of `TRAITS`. rest: the posture one takes
    on what is made for it (a chair, a bed). above: the kind it is where somebody is under it. stuff: the material that
    something is of which has only its looks (a mountain like a sleeping woman).
    """

    name: str
    build: Build
    at: tuple[float, float]
    height: float
    domain: Domain = "ground"
    home: str = "hills"
    width: float = 0.5
    top: tuple[float, float] = (0.0, -0.7)
    shadow: float = 0.0
    gait: float = 0.0
    runs: float = 0.0
    motion: str = "still"
    hue: str = ""
    forms: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict[str, str])
    perched: str = ""
    plant: bool = False
    hidden: bool = False
    faces: bool = True
    colour: Callable[[Palette], Colour] | None = None
    quiet: tuple[str, ...] = ()
    metres: float = 1.0
    postures: tuple[str, ...] = ()
    holds: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    grip: tuple[float, float] = (0.0, -0.4)
    lights: bool = False
    traits: tuple[str, ...] = ()
    rest: str = ""
    above: str = ""
    stuff: str = ""

    @property
    def alive(self) -> bool:
        """Whether it has a body that rests or goes; all else is a thing."""
        return bool(self.postures) or self.gait > 0


_kinds: dict[str, Kind] = {}
_modules: dict[str, str] = {}


def register(kind: Kind) -> Kind:
    """Adds a kind; a second one of the same name is a mistake."""
    if kind.name in _kinds:
        raise ValueError(f"There are two kinds called {kind.name}.")
    if not TRAITS.keys() >= set(kind.traits):
        raise ValueError(f"{kind.name} has a trait that is not in the list: {kind.traits}.")
    _kinds[kind.name] = kind
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    _modules[kind.name] = "" if frame is None else frame.f_globals["__name__"].rpartition(".")[2]
    return kind


def registered() -> Mapping[str, Kind]:
    """The kinds whose files were imported so far."""
    return _kinds


def module_of(kind: str) -> str:
    """The name of the file that an imported kind is in, without its ending."""
    return _modules[kind]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the order of their names. Its file is imported when it is built for the first time."""
    from uncaged.engines.ink.catalogue import read  # it stands on this module

    return read() or imported()


@cache
def imported() -> Mapping[str, Kind]:
    """Every kind by name, in the order of their names, every file imported."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return dict(sorted(_kinds.items()))
