"""A scene: what is to be seen, as numbers and names. Words make one, a genome is one, the composition draws one.

Knows no text (a scene is complete without it), no coordinates of the frame and no colours under a light.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from uncaged.engines.ink.colour import Lab

MOTIONS: Mapping[str, tuple[float, float]] = {
    "still": (0.50, 0.50),
    "drift-left": (0.30, 0.66),
    "drift-right": (0.70, 0.66),
    "fly": (0.52, 0.86),
    "swim": (0.36, 0.84),
    "walk": (0.66, 0.84),
    "dance": (0.82, 0.72),
    "rise": (0.50, 0.98),
    "sink": (0.50, 0.02),
    "fall": (0.64, 0.06),
    "grow": (0.12, 0.60),
    "unfold": (0.10, 0.44),
    "shrink": (0.12, 0.28),
    "sway": (0.34, 0.44),
    "spin": (0.90, 0.44),
    "bounce": (0.92, 0.60),
    "pulse": (0.68, 0.36),
    "melt": (0.30, 0.14),
    "draw": (0.06, 0.90),
}
"""What a subject does, and its point in the genome's plane of motions. Frozen: add, never move."""

FILLS: Mapping[str, tuple[float, float]] = {
    "plain": (0.50, 0.50),
    "hatched": (0.15, 0.80),
    "dotted": (0.85, 0.80),
    "striped": (0.85, 0.20),
    "outlined": (0.15, 0.20),
}
"""How a subject's form is filled. Frozen: add, never move."""

MODES: Mapping[str, tuple[float, float]] = {
    "brush": (0.50, 0.50),
    "dotted": (0.90, 0.20),
    "silhouette": (0.10, 0.10),
    "none": (0.50, 0.05),
}
"""How contours are drawn. Frozen: add, never move."""

RELATIONS: Mapping[str, tuple[float, float]] = {
    "none": (0.50, 0.50),
    "over": (0.50, 0.98),
    "under": (0.50, 0.02),
    "beside": (0.92, 0.50),
    "behind": (0.20, 0.80),
    "front": (0.20, 0.20),
    "on": (0.34, 0.94),
    "in": (0.36, 0.40),
    "between": (0.66, 0.62),
    "facing": (0.98, 0.36),
    "following": (0.98, 0.66),
}
"""How a subject stands to another one. Frozen: add, never move."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing of the scene, once or many times.

    kind: a name of the register of kinds. count: how many; rounded when drawn, below 0.5 = an absence. size: factor of
    the kind's own height. hue: OKLab, or None = the palette's. across, down: shift from where the composition would
    put it, in shares of the frame's width and height. form: a form of the kind ("" = chosen by its seed).
    parts: a field of `Paint` → OKLab (``accent`` for a scarf …). relation: one of `RELATIONS`, to the subject `to`.
    seed: feeds its streams, so that it stays itself in another scene.
    """

    name: str
    kind: str
    seed: int
    count: float = 1.0
    size: float = 1.0
    hue: Lab | None = None
    fill: str = "plain"
    motion: str = "still"
    across: float = 0.0
    down: float = 0.0
    form: str = ""
    parts: Mapping[str, Lab] = field(default_factory=dict[str, Lab])
    relation: str = "none"
    to: str = ""

    def evolve(self, **changes: Any) -> Self:
        """This subject with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Camera:
    """How far the camera goes: 1 is a plain pan (to the right), tilt (up) or zoom (in); negative the other way."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether anything of it is felt."""
        return abs(self.pan) + abs(self.tilt) + abs(self.zoom) > 1e-6


@dataclass(frozen=True, slots=True)
class Weather:
    """Amounts: 0 none, 1 plain; more is more, negative rises instead of falling."""

    rain: float = 0.0
    snow: float = 0.0
    stars: float = 0.0
    wind: float = 0.0
    leaves: float = 0.0


@dataclass(frozen=True, slots=True)
class Dials:
    """The hand's dials; 1 is the plain amount, any number means something.

    line: width. wobble: pen error. shade: grain or hatching. offset: colour beside its line. tempo: speed of cycles.
    """

    line: float = 1.0
    wobble: float = 1.0
    shade: float = 1.0
    offset: float = 1.0
    tempo: float = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn. seed feeds the setting and the composition; horizon is a share of the frame's height.

    colours: a palette's role → OKLab that replaces the palette's own (a picture lends them).
    echo: how strongly earlier drawings stay (0 none, 1 plain). disc: the large plain sun or moon (below 0.5 none).
    """

    subjects: tuple[Subject, ...]
    setting: str
    palette: str
    seed: int
    horizon: float = 0.63
    mode: str = "brush"
    camera: Camera = Camera()
    weather: Weather = Weather()
    dials: Dials = Dials()
    echo: float = 0.0
    disc: float = 0.0
    colours: Mapping[str, Lab] = field(default_factory=dict[str, Lab])

    def evolve(self, **changes: Any) -> Self:
        """This scene with some fields changed."""
        return replace(self, **changes)

    def subject(self, name: str) -> Subject | None:
        """The subject of this name."""
        return next((subject for subject in self.subjects if subject.name == name), None)
