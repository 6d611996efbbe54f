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
    "run": (0.80, 0.92),
    "hop": (0.78, 0.56),
    "crawl": (0.62, 0.70),
    "glide": (0.46, 0.72),
    "enter": (0.24, 0.78),
    "leave": (0.76, 0.78),
    "roll": (0.66, 0.20),
    "flow": (0.40, 0.24),
    "burn": (0.84, 0.30),
}
"""What a subject does, and its point in the genome's plane of motions. Frozen: add, never move."""

POSTURES: Mapping[str, tuple[float, float]] = {
    "stand": (0.50, 0.50),
    "sit": (0.20, 0.50),
    "lie": (0.50, 0.10),
    "sleep": (0.16, 0.10),
    "kneel": (0.80, 0.30),
}
"""How a body is held; sleep: lying or curled up, eyes closed. Frozen: add, never move."""

GESTURES: Mapping[str, tuple[float, float]] = {
    "none": (0.50, 0.50),
    "hold": (0.20, 0.50),
    "carry": (0.20, 0.80),
    "give": (0.06, 0.30),
    "touch": (0.30, 0.20),
    "point": (0.80, 0.50),
    "wave": (0.90, 0.80),
    "cheer": (0.66, 0.94),
    "look": (0.70, 0.28),
    "eat": (0.40, 0.06),
    "read": (0.14, 0.14),
    "play": (0.40, 0.90),
    "work": (0.94, 0.28),
    "throw": (0.96, 0.56),
    "hide": (0.66, 0.04),
    "hug": (0.04, 0.66),
}
"""What arms, hands or heads do. carry: on the back, the head or both arms. give: a hand held out. touch: a hand laid on
what is before it. look: the head turned up or to somebody. read: something before the eyes. play: an instrument.
work: digging, hammering, sweeping. hide: the face in both hands. Frozen: add, never move."""

MATERIALS: Mapping[str, tuple[float, float]] = {
    "none": (0.50, 0.50),
    "smoke": (0.14, 0.80),
    "water": (0.10, 0.30),
    "fire": (0.86, 0.90),
    "stone": (0.60, 0.06),
    "wood": (0.84, 0.26),
    "glass": (0.22, 0.06),
    "paper": (0.40, 0.94),
    "leaves": (0.96, 0.56),
    "light": (0.66, 0.96),
    "gold": (0.76, 0.70),
    "ice": (0.04, 0.54),
    "sand": (0.80, 0.46),
    "thread": (0.40, 0.20),
}
"""What a body can be made of instead of its own colours. Frozen: add, never move."""

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
    "held": (0.10, 0.62),
    "carried": (0.10, 0.92),
    "of": (0.50, 0.26),
    "touching": (0.80, 0.42),
    "pushing": (0.82, 0.22),
    "pulling": (0.80, 0.84),
    "around": (0.60, 0.78),
}
"""How a subject stands to another one. held, carried: in the hand, on the back or head of the other, who is a body that
can. of: what it is made of; the other is not seen by itself. touching: so near that a hand reaches it. around: in a
ring.
Frozen: add, never move."""

HANDS: Mapping[str, tuple[float, float]] = {
    "print": (0.50, 0.50),
    "pen": (0.20, 0.20),
    "silhouette": (0.10, 0.80),
    "chalk": (0.30, 0.94),
    "one-line": (0.80, 0.06),
    "cut-paper": (0.80, 0.70),
    "stippled": (0.10, 0.46),
}
"""Named hands: styles of drawing, each a file. Frozen: add, never move."""

SCHEMES: Mapping[str, tuple[float, float]] = {
    "plain": (0.50, 0.50),
    "close": (0.20, 0.20),
    "wide": (0.80, 0.20),
    "diptych": (0.20, 0.70),
    "frieze": (0.80, 0.66),
    "above": (0.50, 0.94),
    "map": (0.86, 0.94),
    "page": (0.10, 0.94),
    "portrait": (0.06, 0.46),
}
"""How the frame is divided and from where one looks. Frozen: add, never move."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing of the scene, once or many times.

    kind: a name of the register of kinds. count: how many; rounded when drawn, below 0.5 = an absence. size: factor of
    the kind's own height. hue: OKLab, or None = the palette's. across, down: shift from where the composition would
    put it, in shares of the frame's width and height. form: a form of the kind ("" = chosen by its seed).
    parts: a field of `Paint` → OKLab (``accent`` for a scarf …). relation: one of `RELATIONS`, to the subject `to`.
    seed: feeds its streams, so that it stays itself in another scene. A count of −0.5 or less is so many holes in the
    shape of the thing. posture, gesture, material: names of their tables. joy: −1 sad … 1 glad; stir: −1 sleepy … 1
    startled. letters: what a piece of writing says (kind ``writing`` only).
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
    posture: str = "stand"
    gesture: str = "none"
    material: str = "none"
    joy: float = 0.0
    stir: float = 0.0
    letters: str = ""

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
    """The hand's dials; any number means something. Those of the first row are factors: 1 is the plain amount; those of
    the second are amounts: 0 is none, 1 plain.

    line: width. wobble: pen error. shade: grain or hatching. offset: colour beside its line. tempo: speed of cycles.
    proportion: how far bodies differ in their proportions (limbs, heads). density: marks, plants and things of the
    setting.
    repetition: bodies come again beside themselves. fragments: bodies fall into pieces. hunger: the pen searches, line
    over line. inversion: small things large, large ones small. symmetry: the frame mirrors itself. emptiness: things
    leave the picture.
    """

    line: float = 1.0
    wobble: float = 1.0
    shade: float = 1.0
    offset: float = 1.0
    tempo: float = 1.0
    proportion: float = 1.0
    density: float = 1.0
    repetition: float = 0.0
    fragments: float = 0.0
    hunger: float = 0.0
    inversion: float = 0.0
    symmetry: float = 0.0
    emptiness: float = 0.0


AMOUNTS = ("repetition", "fragments", "hunger", "inversion", "symmetry", "emptiness")
"""Dials that are amounts: 0 is none."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn. seed feeds the setting and the composition; horizon is a share of the frame's height.

    colours: a palette's role → OKLab that replaces the palette's own (a picture lends them).
    echo: how strongly earlier drawings stay (0 none, 1 plain). disc: the large plain sun or moon (below 0.5 none).
    hand, scheme: names of their tables. share: how much of the film it gets against the others of a sequence.
    then: the scene that comes after it, a cut apart.
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
    hand: str = "print"
    scheme: str = "plain"
    share: float = 1.0
    then: "Scene | None" = None

    def evolve(self, **changes: Any) -> Self:
        """This scene with some fields changed."""
        return replace(self, **changes)

    @property
    def sequence(self) -> tuple["Scene", ...]:
        """This scene and those that come after it, in order."""
        scenes: list[Scene] = []
        scene: Scene | None = self
        while scene is not None:
            scenes.append(scene)
            scene = scene.then
        return tuple(scenes)

    def subject(self, name: str) -> Subject | None:
        """The subject of this name."""
        return next((subject for subject in self.subjects if subject.name == name), None)
