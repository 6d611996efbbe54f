"""The stage: setting and actors with their places in the frame, back to front. What the picture draws for each frame.

Records only: the composition makes a stage, motion says where an actor is at a time. No pixels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from uncaged.engines.ink.colour import Palette
from uncaged.engines.ink.display import Manner
from uncaged.engines.ink.kinds import Domain, Figure, Kind
from uncaged.engines.ink.moment import Act
from uncaged.engines.ink.paint import Paint
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import Ground, Layer


@dataclass(frozen=True, slots=True)
class Film:
    """The film's own measures. width, height: pixels. seconds, fps, frames: its length. loop: no seam is wanted.

    poses: drawings a second; places move on every frame.
    """

    width: int
    height: int
    seconds: float
    fps: float
    frames: int
    loop: bool = False
    poses: float = 12.0

    @property
    def side(self) -> int:
        """Pixels of the shorter side: the unit of the frame's coordinates."""
        return min(self.width, self.height)

    @property
    def across(self) -> float:
        """The frame's width in units of its shorter side."""
        return self.width / self.side

    @property
    def down(self) -> float:
        """The frame's height in units of its shorter side."""
        return self.height / self.side


@dataclass(frozen=True, slots=True)
class Actor:
    """One body on the stage.

    key: its name (``s1.0``). x, y: its anchor in frame coordinates. size: its height in shorter sides. z: order among
    the actors, smaller is farther. phase: 0 … 1, so that a flock does not beat as one. flip: it faces left.
    rider: the key of the actor it sits on and moves with. look: where its head turns, in its own frame.
    laden: something is in its hand. hole: it is not there, and its outline is cut out of the picture. stuff: the
    figure that it is made of. block: the body of its herd whose drawing is shown for it; late: how many frames ahead.
    slow: 0, or 1 or 2 where it is drawn anew on every second pose only, the odd or the even ones.
    """

    key: str
    subject: Subject
    kind: Kind
    x: float
    y: float
    size: float
    z: float
    phase: float
    flip: bool
    paint: Paint
    figure: Figure
    manner: Manner
    domain: Domain
    rider: str = ""
    look: tuple[float, float] = (0.0, 0.0)
    laden: bool = False
    hole: bool = False
    stuff: Figure | None = None
    block: "Actor | None" = None
    late: int = 0
    slow: int = 0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where and how an actor is at a moment.

    x, y: its anchor. turn: radians. scale_x, scale_y: stretch, 1 = none. act: what the limbs do. grow: 0 … 1.
    reveal: None, or 0 … 1 of a figure that draws itself. lift: how far it is off its ground, in shorter sides.
    stride: share of a full step, so that feet do not slide. pivot: height (shorter sides, up) it turns about.
    """

    x: float
    y: float
    turn: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    act: Act = "still"
    grow: float = 1.0
    reveal: float | None = None
    lift: float = 0.0
    stride: float = 1.0
    pivot: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry of the stage, back to front: a layer of the setting, or an actor at a depth."""

    depth: float
    what: Layer | Actor

    @property
    def name(self) -> str:
        """Unique on the stage."""
        return self.what.key if isinstance(self.what, Actor) else self.what.name


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a film needs to be drawn, in the order it is drawn.

    drawing: the picture draws itself, layer after layer. The manner of the setting's layers is `ground.manner`.
    """

    film: Film
    scene: Scene
    palette: Palette
    ground: Ground
    placed: tuple[Placed, ...]
    drawing: bool = False

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors, back to front."""
        return tuple(p.what for p in self.placed if isinstance(p.what, Actor))

    @property
    def lead(self) -> Actor | None:
        """The first body of the first subject; where it is not there, the farthest one."""
        first = f"{self.scene.subjects[0].name}.0" if self.scene.subjects else ""
        actors = self.actors
        return next((a for a in actors if a.key == first), actors[0] if actors else None)

    def exchanged(self, others: Mapping[str, Actor]) -> "Stage":
        """This stage with other actors in the places of those whose key is named."""
        placed = (
            replace(p, what=others.get(p.what.key, p.what)) if isinstance(p.what, Actor) else p
            for p in self.placed
        )
        return replace(self, placed=tuple(placed))
