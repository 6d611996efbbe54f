"""Where a subject stands when nothing else is said: ground lines, thirds, sizes, shots. Knows no relations, no paint.

Lengths are in shorter sides of the frame, y down; placements across scale with the width, ground lines with the height.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, Self

from uncaged.engines.ink.amounts import bodies, factor, soft
from uncaged.engines.ink.colour import Palette
from uncaged.engines.ink.kinds import Domain, Kind, kinds
from uncaged.engines.ink.numbers import Stream, lerp
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import Setting

STANDS = frozenset({"ground", "land", "water", "base"})
"""Domains that rest on something; the others hang or fly."""

CENTRED = frozenset({"air", "sky"})
"""Domains whose figures have their origin in their middle; the others have it at their foot."""

_HERD = (1.0, 1.0, 0.82, 0.72, 0.62, 0.56, 0.5)
_ACROSS = ((), (0.08,), (0.2, -0.2), (0.0, 0.29, -0.29))
_ROUND = (0.34, -0.34)
_SKY_ACROSS = (-0.24, 0.22, -0.05, 0.36, -0.38)


@dataclass(frozen=True, slots=True)
class Space:
    """The frame as the composition sees it.

    width, height: one of them is 1. horizon: its y. side: −1 or 1, where the lead subject is. wet: people carry
    umbrellas, which need room above them.
    """

    width: float
    height: float
    horizon: float
    side: int
    setting: Setting
    palette: Palette
    wet: bool = False

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
    flank: its bodies stand to both sides of x. face: −1 left, 1 right, 0 as it comes.
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

    @property
    def name(self) -> str:
        """The subject's name."""
        return self.subject.name

    @property
    def breadth(self) -> float:
        """How broad one body is."""
        return self.kind.width * self.size

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


def drawn_as(subject: Subject, others: Mapping[str, Subject]) -> Kind:
    """The kind a subject is drawn as: its own, or what stands for it when it moves so or perches on something."""
    register = kinds()
    kind = register.get(subject.kind) or register["creature"]
    other = others.get(subject.to) if subject.to != subject.name else None
    perches = subject.relation == "on"
    if subject.relation == "in" and other is not None:
        holder = register.get(other.kind)
        perches = holder is not None and holder.domain in ("ground", "water")
    name = kind.perched if perches and other is not None else ""
    return register.get(name or kind.instead.get(subject.motion, "")) or kind


def present(scene: Scene) -> tuple[Subject, ...]:
    """The subjects that are there at all, at most 60; a count below 0.5 is an absence."""
    return tuple(s for s in scene.subjects if bodies(s.count) > 0)[:60]


def spots(
    subjects: Sequence[Subject], space: Space, stream: Stream, bound: Collection[str]
) -> dict[str, Spot]:
    """A spot for each subject by name. bound: names of those that relate to another: they start in the middle."""
    named = {s.name: s for s in subjects}
    found = {s.name: _spot(s, drawn_as(s, named), len(subjects), space, bound) for s in subjects}
    if len(found) == 1:
        return {name: _shot(spot, space, stream) for name, spot in found.items()}
    loose = [spot for spot in found.values() if not spot.tight]
    sky = [spot for spot in found.values() if spot.domain == "sky"]
    standing = [spot for spot in loose if spot.domain in STANDS]
    hung = [spot for spot in loose if spot.domain in ("air", "float")]
    if len(found) == 2 and len(standing) + len(hung) == 2:
        standing, hung = loose, []
    for row, way in ((standing, 1), (hung, -1)):
        for order, spot in enumerate(row):
            across = way * _across(order, len(row), company=len(loose) < len(found))
            x = space.middle + across * space.side * space.width
            found[spot.name] = spot.evolve(x=x, y=spot.y + _nearer(spot, row, space))
    for order, spot in enumerate(sky):
        found[spot.name] = _in_the_sky(spot, order, space)
    return found


def _spot(
    subject: Subject, kind: Kind, subjects: int, space: Space, bound: Collection[str]
) -> Spot:
    domain: Domain = kind.domain
    if domain == "water" and space.setting.name != kind.home:
        domain = "ground"
    count = bodies(subject.count)
    size = kind.height * factor(subject.size) * (1 + 0.18 * (min(space.height, 2.0) - 1))
    if domain != "land":
        size *= _share(subjects, count) * _herd(count)
    elif subjects > 4:
        size *= sqrt(4 / subjects)
    tight = subject.name in bound
    face = {"drift-left": -1, "drift-right": 1}.get(subject.motion, 0)
    spot = Spot(subject, kind, count, space.middle, 0.0, size, domain, tight, face=face)
    spot = spot.evolve(y=_down(spot, space))
    return spot.evolve(x=space.middle + space.side * _aside(spot, space)) if subjects == 1 else spot


def _share(subjects: int, count: int) -> float:
    """The more there is to see, the smaller it is."""
    if subjects == 1:
        return 1.0 if count == 1 else 0.84
    return 0.74 if subjects <= 4 else 0.74 * sqrt(4 / subjects)


def _herd(count: int) -> float:
    """How much smaller each of several is; beyond six it shrinks with the fourth root, then by the room there is."""
    return _HERD[count] if count < len(_HERD) else 0.5 * sqrt(sqrt(6 / count))


def _aside(spot: Spot, space: Space) -> float:
    """How far a single subject is from the middle: a little, in a wide frame about a third."""
    aside = 0.0 if _heavy(spot) else 0.07
    return aside + (0.16 * (min(space.width, 4.0) - 1) if spot.count == 1 else 0.0)


def _across(order: int, among: int, company: bool) -> float:
    """Where one of several unrelated subjects is, in widths from the middle: thirds, or a row that leaves no two on
    one spot. company: others hold the middle."""
    if company and among <= len(_ROUND):
        return _ROUND[order]
    if among < len(_ACROSS):
        return _ACROSS[among][order]
    slot = (order * 2 + 1) % among if among % 2 else (order * 2 + order * 2 // among) % among
    return ((slot + 0.5) / among - 0.5) * 0.94


def _nearer(spot: Spot, row: Sequence[Spot], space: Space) -> float:
    """Where herds mix, what can move stands a little nearer than trees and houses, so that it is not lost in them."""
    mixed = len(row) > 1 and any(other.count > 1 for other in row)
    if not mixed or spot.domain != "ground":
        return 0.0
    return (0.1 if spot.kind.faces else -0.08) * min(space.land, 0.6)


def _heavy(spot: Spot) -> bool:
    """Whether it holds the middle of a picture by itself."""
    if spot.domain in ("base", "float") or spot.kind.name == "dancer":
        return True
    return not spot.kind.faces and spot.domain == "ground"


def _down(spot: Spot, space: Space) -> float:
    h, horizon = space.height, space.horizon
    match spot.domain:
        case "ground":
            return space.line
        case "land":
            return horizon + 0.56 * space.land
        case "water":
            return horizon + 0.42 * space.land
        case "base":
            return h + 0.02
        case "float":
            return h / 2 + spot.half
        case "air":
            return 0.46 * h if space.open else min(0.42 * h, horizon * 0.62)
        case "sky":
            return horizon * 0.38


def _in_the_sky(spot: Spot, order: int, space: Space) -> Spot:
    """Sun, moon, stars, clouds beside something else: smaller, and on the other side of the lead subject."""
    low = spot.kind.name == "sun" and space.palette.low_disc
    across = _SKY_ACROSS[order % len(_SKY_ACROSS)]
    return spot.evolve(
        size=spot.size * 0.88,
        x=space.middle + across * space.side * space.width,
        y=space.horizon * (0.62 if low else 0.33 + 0.06 * (order % 2)),
    )


def _shot(spot: Spot, space: Space, stream: Stream) -> Spot:
    """How near the camera is to a single subject: wide, medium or close. Its own size counts more."""
    shot = stream.pick(("wide", "medium", "medium", "close"))
    far_from_plain = min(1.0, 2 * abs(spot.subject.size - 1))
    shift = abs(spot.subject.across) + abs(spot.subject.down)
    if spot.count > 1 or shift > 0 or space.setting.name in ("room", "paper"):
        return spot
    k = {"wide": 0.66, "medium": 1.0, "close": 1.34}[shot]
    y, x = spot.y, spot.x
    if spot.domain == "ground":
        k = min(k, 0.9 if space.wet and spot.kind.name == "person" else 1.22)
        y += {"wide": -0.05, "medium": 0.0, "close": 0.06}[shot] * (1 - far_from_plain)
        y = min(space.height, y)
    if shot == "wide" and spot.domain != "base":
        aside = max(0.12 * space.width, abs(x - space.middle))
        x = lerp(space.middle + space.side * aside, x, far_from_plain)
    return spot.evolve(x=x, y=y, size=spot.size * lerp(k, 1.0, far_from_plain))
