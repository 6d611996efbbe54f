"""The frame as the composition sees it, and a subject's spot in it before it becomes bodies. Knows no rules.

Lengths are in shorter sides of the frame, y down.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.colour import Palette
from uncaged.engines.ink.kinds import Domain, Kind
from uncaged.engines.ink.numbers import lerp
from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.settings import Setting

STANDS = frozenset({"ground", "land", "water", "base"})
"""Domains that rest on something; the others hang or fly."""

CENTRED = frozenset({"air", "sky"})
"""Domains whose figures have their origin in their middle; the others have it at their foot."""


@dataclass(frozen=True, slots=True)
class Space:
    """The frame as the composition sees it.

    width, height: one of them is 1. horizon: its y. side: −1 or 1, where the lead subject is. wet: people carry
    umbrellas, which need room above them. inversion: how far large and small have changed places.
    """

    width: float
    height: float
    horizon: float
    side: int
    setting: Setting
    palette: Palette
    wet: bool = False
    inversion: float = 0.0

    @property
    def middle(self) -> float:
        """The x of the middle."""
        return self.width / 2

    @property
    def near(self) -> float:
        """By how much subjects that relate move apart in a wide frame: far less than the frame grows."""
        return 1 + 0.25 * (min(self.width, 6.0) - 1)

    @property
    def open(self) -> bool:
        """Whether all of it is sky or sea."""
        return self.horizon > 0.85 * self.height

    @property
    def land(self) -> float:
        """How deep the ground is, from the horizon to the lower edge."""
        return max(0.05, self.height - self.horizon)

    @property
    def line(self) -> float:
        """The y of the line subjects stand on."""
        if self.setting.floor is not None:
            return self.setting.floor * self.height
        top = min(self.horizon + 0.43 * self.land, self.height)
        return lerp(top, self.height - 0.07, 0.62)

    def inside(self, x: float, breadth: float) -> float:
        """`x`, moved so that something `breadth` wide stays in the frame, or in its middle where it does not fit."""
        room = max(0.0, self.width / 2 - 0.04 - breadth / 2)
        return self.middle + min(max(x - self.middle, -room), room)


@dataclass(frozen=True, slots=True)
class Spot:
    """A subject's place before it becomes bodies.

    x, y: its anchor. size: its height. count: its bodies. tight: it relates to another, so its bodies stay together.
    flank: its bodies stand to both sides of x. face: −1 left, 1 right, 0 as it comes. array: how its bodies are laid
    out where a scheme says so: "row" along the frame, `rank` of `among` that take turns, or "scatter" over the ground.
    """

    subject: Subject
    kind: Kind
    count: int
    x: float
    y: float
    size: float
    domain: Domain
    tight: bool = False
    flank: bool = False
    face: int = 0
    array: str = ""
    rank: int = 0
    among: int = 1

    @property
    def name(self) -> str:
        """The subject's name."""
        return self.subject.name

    @property
    def breadth(self) -> float:
        """How broad one body is; dancers fling out arms and legs."""
        width = self.kind.width * (1.4 if self.subject.motion == "dance" else 1.0)
        lies = (
            self.subject.posture in ("lie", "sleep") and self.subject.posture in self.kind.postures
        )
        return self.size * (max(width, 1.0) if lies else width)

    @property
    def half(self) -> float:
        """Half the height of what is seen of a body; things of the air are flatter than their height."""
        return self.size * (0.36 if self.domain in CENTRED else 0.5)

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return self.y if self.domain in CENTRED else self.y - self.half

    @property
    def top(self) -> float:
        """The y of its upper end."""
        return self.middle - self.half

    @property
    def foot(self) -> float:
        """The y of its lower end."""
        return self.middle + self.half

    def evolve(self, **changes: Any) -> Self:
        """This spot with some of it changed."""
        return replace(self, **changes)

    def hung(self, middle: float) -> Self:
        """This spot with its middle at a height."""
        return replace(self, y=middle if self.domain in CENTRED else middle + self.half)

    def settled(self, space: Space) -> Self:
        """This spot moved as its subject asks, but never quite out of the frame.

        What is larger than the frame sinks below its edge, so that one sees its upper half.
        """
        over = self.size - 0.98 * space.height
        if over > 0 and self.domain not in CENTRED:
            return replace(self, y=self.y + 0.62 * over)._shifted(space)
        return self._shifted(space)

    def _shifted(self, space: Space) -> Self:
        s = self.subject
        if s.across == 0 and s.down == 0:
            return self
        x = self.x + soft(s.across, 2.0, 3.0) * space.width - space.middle
        y = self.middle + soft(s.down, 2.0, 3.0) * space.height - space.height / 2
        x, y = soft(x / space.width, 0.36, 0.5), soft(y / space.height, 0.36, 0.5)
        moved = replace(self, x=space.middle + x * space.width)
        return moved if s.down == 0 else moved.hung((0.5 + y) * space.height)
