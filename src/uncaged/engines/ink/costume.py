"""How a body is painted and drawn: its paint under the palette and against its ground, its pen, its figure.

Everything is fed by the subject's own seed, so that a subject stays itself in another scene.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import sqrt
from typing import Any

from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.colour import Colour, Palette, mix, shade, under
from uncaged.engines.ink.hands import hand
from uncaged.engines.ink.kinds import Figure, Kind, kinds
from uncaged.engines.ink.manner import Manner, Mode
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.paint import Paint, paint
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.space import CENTRED, Space, Spot

_MODES: Mapping[str, Mode] = {
    "brush": "brush",
    "dotted": "dotted",
    "none": "none",
    "silhouette": "none",
}
_COLOURS = frozenset(f.name for f in fields(Paint) if f.type == Colour)
_INDIVIDUALS = 24
"""So many bodies of a herd are drawn one by one; then their figures come again."""


def manner(scene: Scene, palette: Palette, pixels: int, size: float | None = None) -> Manner:
    """The pen. size: the height of the body it draws, None for a setting; a small body gets a thinner line."""
    dials, own = scene.dials, hand(scene.hand)
    line = soft(abs(dials.line), 4.0, 9.0) * own.line
    if size is None:
        line *= 0.0085
    else:
        line *= 0.0086 * _at_size(pixels) * clamp(_root(2 * size), 0.55, 1.15)
    cut = scene.mode == "silhouette" and size is not None
    return Manner(
        palette,
        palette.ink,
        line,
        0.0 if cut else 0.75 * soft(abs(dials.shade), 2.0, 4.0) * own.shade,
        own.contour if scene.mode == "brush" else _MODES.get(scene.mode, "brush"),
        0.006 * soft(dials.wobble, 8.0, 24.0) * own.wobble,
        0.006 * soft(dials.offset, 10.0, 40.0) * own.offset,
        own,
        soft(dials.hunger, 2.0, 6.0) + own.hunger,
        soft(max(dials.density, 0.1), 3.0, 6.0) * own.density,
    )


def _root(x: float) -> float:
    """Nearly x to the power 0.55, of square roots only."""
    r = sqrt(x)
    return r * sqrt(sqrt(sqrt(r)))


def _at_size(pixels: int) -> float:
    """Lines are thicker in very small pictures and thinner, against the frame, in large ones."""
    if pixels <= 160:
        return 1.2
    x = 256 / max(256, pixels)
    quarter = sqrt(sqrt(x))
    return quarter * sqrt(sqrt(quarter))


def ground_colour(spot: Spot, space: Space, ground: Ground) -> Colour:
    """The colour a subject is seen against: the sky at its height, the air of the place, or the ground it stands on."""
    hung = spot.domain in CENTRED or spot.domain in ("float", "base")
    if not hung:
        return mix(ground.behind, ground.stand, 0.5)
    if not space.setting.level:
        return ground.behind
    depth = max(0.2, space.height if space.open else space.horizon)
    q = clamp((spot.middle - 0.05 * space.height) / depth)
    return mix(*ground.sky, q * q * (3 - 2 * q))


def _on_the_head(other: Subject, wearer: Subject) -> bool:
    """Whether a thing is on somebody's head, or must not be there: no hat of their own, then."""
    kind = kinds().get(other.kind)
    worn = kind is not None and "worn" in kind.traits
    return worn and other.relation == "carried" and other.to == wearer.name


@dataclass(slots=True)
class Wardrobe:
    """The paints and figures of one subject's bodies, each made once. behind: the colour it is seen against."""

    scene: Scene
    subject: Subject
    kind: Kind
    palette: Palette
    behind: Colour
    many: bool
    _paints: dict[str, Paint] = field(default_factory=dict[str, Paint])
    _figures: dict[str, Figure] = field(default_factory=dict[str, Figure])

    def dress(self, i: int) -> tuple[Paint, Figure]:
        """Paint and figure of the i-th body."""
        own = str(i % _INDIVIDUALS) if self._one_by_one else ""
        other = self.many and self.subject.hue is None and i % 3 == 2
        mine = own if "somebody" in self.kind.traits else "other" if other else ""
        if mine not in self._paints:
            self._paints[mine] = self._paint(mine)
        key = f"{own}/{mine}"
        if key not in self._figures:
            name = f"{self.subject.seed}/{self.kind.name}" + (f"/{own}" if own else "")
            self._figures[key] = self.kind.build(
                Stream(name), self._paints[mine], self.subject.letters or self.subject.form
            )
        return self._paints[mine], self._figures[key]

    @property
    def _one_by_one(self) -> bool:
        """Trees, stones, houses and people differ from each other; a flock is of one kind."""
        return not self.kind.faces or not {"somebody", "unlike"}.isdisjoint(self.kind.traits)

    def _paint(self, mine: str) -> Paint:
        subject, kind, p = self.subject, self.kind, self.palette
        hue = subject.hue if subject.hue is not None else subject.parts.get("colour")
        stream = Stream(f"{subject.seed}/colour")
        made = paint(stream, p, hue, subject.fill, self.behind, kind.name)
        if mine:
            own = Stream(f"{subject.seed}/colour/{mine}")
            other = paint(own, p, hue, subject.fill, self.behind, kind.name)
            if "somebody" not in kind.traits or (self.many and subject.hue is None):
                made = other
            else:
                made = made.evolve(
                    **{
                        k: getattr(other, k)
                        for k in ("skin", "skin_shadow", "hair", "hair_light", "lip")
                    }
                )
        if subject.hue is None and kind.colour is not None:
            made = made.evolve(colour=kind.colour(p))
        return self._finished(made)

    def _finished(self, made: Paint) -> Paint:
        """The colours of single parts, the shadow of what the colour became, and what a person is handed."""
        subject, kind, p = self.subject, self.kind, self.palette
        parts = {k: under(lab, p) for k, lab in subject.parts.items() if k in _COLOURS}
        colour = parts.get("colour", made.colour)
        shadow = mix(colour, p.near, 0.3) if p.paper else shade(colour, p, 0.12)
        changed: dict[str, Any] = {
            "shadow": shadow,
            "umbrella": self.scene.weather.rain >= 0.3 and "person" in kind.traits,
            "wears": "somebody" in kind.traits and "accent" in subject.parts,
            "bare": any(_on_the_head(other, subject) for other in self.scene.subjects),
        }
        made = made.evolve(**(changed | parts))
        cut = self.scene.mode == "silhouette" and self.kind.domain != "sky"
        return made.silhouette() if cut else made
