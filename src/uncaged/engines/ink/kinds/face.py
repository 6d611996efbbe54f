"""A small head in three-quarter view, facing right: the one that people and dancers carry. Knows no body.

How it is built: a profile of eleven points (brow, nose, lips, chin) and the hair as one form behind or over it, all in
units of the head's radius; `Place` carries them to where the neck ends. What makes somebody of it is drawn by lot once.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Point, Tube, bezier, circle, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

HAIRS = ("crop", "long", "bun", "curls")
FINE = 0.012
"""From this radius on (shares of the frame) ear, brow and lips can be seen and are drawn."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody's head. profile, hair: closed outlines in units of the radius. style: one of `HAIRS`."""

    profile: Array
    hair: Array
    style: str
    hat: bool
    mouth: float
    lag: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a head is: its centre, its radius, and how far it is tilted (radians)."""

    x: float
    y: float
    radius: float
    tilt: float = 0.0

    def at(self, form: Array) -> Array:
        """Points in units of the radius → the figure's frame."""
        c, s = cos(self.tilt) * self.radius, sin(self.tilt) * self.radius
        x, y = form[:, 0], form[:, 1]
        return np.stack([self.x + x * c - y * s, self.y + x * s + y * c], 1)

    def dot(
        self,
        d: Drawing,
        x: float,
        y: float,
        radius: float,
        colour: tuple[int, int, int],
        alpha: int = 255,
    ) -> None:
        """A dot in units of the radius."""
        spot = self.at(points((x, y)))[0]
        d.dot(spot[0], spot[1], radius * self.radius, colour, alpha)


def face(stream: Stream, style: str, hat: bool = False) -> Face:
    """Somebody's head, by lot: brow, nose, lips and chin vary, the hair has its `style`."""
    brow, nose = stream.uniform(-0.05, 0.06), stream.uniform(-0.1, 0.1)
    tip, lips = stream.uniform(-0.08, 0.08), stream.uniform(-0.05, 0.06)
    chin, deep = stream.uniform(-0.12, 0.1), stream.uniform(-0.06, 0.1)
    profile = points(
        (-0.55, 0.9),
        (-0.85, 0.0),
        (-0.5, -0.85),
        (0.3, -1.0),
        (0.8, -0.5),
        (0.86 + brow * 0.5, -0.1),
        (1.13 + nose, 0.2 + tip),
        (0.9, 0.37 + tip * 0.5),
        (0.86 + lips, 0.65),
        (0.58 + chin, 1.0 + deep),
        (0.0, 0.95),
    )
    return Face(
        smooth(profile, True, 3),
        _hair(stream, style),
        style,
        hat,
        stream.uniform(-0.06, 0.05),
        stream.uniform(0, 1),
    )


def _hair(stream: Stream, style: str) -> Array:
    """The hair as one form, in units of the radius; long hair is drawn anew for every pose, since it lags."""
    if style == "curls":
        return _curls(stream)
    nape = stream.uniform(0.55, 1.0)
    outline = points(
        (-1.15, 0.1), (-0.9, -1.0), (0.1, -1.3), (0.85, -0.8), (0.2, -0.1), (-0.3, nape)
    )
    return smooth(outline, True, 4)


def _curls(stream: Stream) -> Array:
    """A cloud of curls round the back of the head that leaves the face open."""
    cloud = lobed(stream, -0.42, -0.5, 1.05, 1.0, stream.integer(11, 14), 0.14, 4)
    x, y = cloud[:, 0], cloud[:, 1]
    edge = 0.22 + 0.5 * np.clip(-0.35 - y, 0, 1)
    return np.stack([np.where(y > -0.95, np.minimum(x, edge), x), y], 1)


def lids(m: Moment, lag: float = 0.37) -> float:
    """How far the eyes are open, 0.1 … 1: a blink of a quarter of a second about every four seconds."""
    blinks = max(1, int(0.25 * m.seconds * m.speed + 0.5))
    away = abs((m.t * blinks + lag) % 1 - 0.5) * m.seconds / blinks
    return 1 - 0.9 * clamp(1 - away / 0.125)


def draw_face(d: Drawing, paint: Paint, who: Face, place: Place, m: Moment) -> None:
    """Draws the head: hair behind, profile, features, hair in front, hat."""
    if who.style == "long":
        sway = 0.5 * m.cycle(1.0, 0.2)
        d.form(place.at(_long(sway)), paint.hair, line=0.7, shade=0.5, key="hair")
    elif who.style == "bun":
        knot = place.at(circle(-1.15, -0.75, 0.5, count=14))
        d.form(knot, paint.hair, line=0.7, shade=0.4, key="bun")
    d.form(place.at(who.profile), paint.skin, line=0.8, shade=0.22, key="face")
    fine = d.scale * place.radius > FINE
    _features(d, paint, who, place, lids(m, who.lag), fine)
    if who.style == "long":
        d.form(place.at(CAP), paint.hair, line=0, shade=0.3, key="cap")
    else:
        d.form(place.at(who.hair), paint.hair, line=0.7, shade=0.5, key="hair")
    if fine and who.style != "long":
        ear = place.at(circle(-0.08, 0.14, 0.17, 0.26, count=12, turn=-0.2))
        d.form(ear, paint.skin, line=0.5, shade=0.2, key="ear")
    if who.hat:
        _hat(d, paint, place)


CAP = smooth(
    [(-1.0, 0.3), (-0.9, -1.0), (0.1, -1.3), (0.9, -0.75), (0.1, -0.55), (-0.45, 0.0)], True, 4
)
"""Long hair over the top of the head."""


def _long(sway: float) -> Array:
    outline: list[Point] = [
        (-1.2, 0.0),
        (-0.9, -1.0),
        (0.1, -1.3),
        (0.85, -0.8),
        (0.1, 0.0),
        (-0.3, 1.6),
        (-1.6 - sway, 2.6),
        (-1.7 - sway * 0.5, 1.2),
    ]
    return smooth(outline, True, 4)


def _features(d: Drawing, paint: Paint, who: Face, place: Place, lid: float, fine: bool) -> None:
    place.dot(d, 0.32, 0.34, 0.2, paint.lip, 90)
    if lid > 0.5:
        place.dot(d, 0.55, -0.08, 0.11, paint.ink)
    else:
        d.stroke(place.at(points((0.42, -0.05), (0.68, -0.05))), 0.6, wobble=0, key="eye")
    mouth = points((0.58, 0.56 + who.mouth), (0.82, 0.54))
    d.stroke(place.at(mouth), 0.6, wobble=0, key="mouth")
    if fine:
        brow = bezier((0.36, -0.36), (0.55, -0.5), (0.78, -0.36))
        d.stroke(place.at(brow), 0.7, paint.hair, wobble=0.2, key="brow")


def _hat(d: Drawing, paint: Paint, place: Place) -> None:
    crown = smooth([(-0.95, -0.75), (-0.7, -1.75), (0.55, -1.75), (0.95, -0.75)], True, 4)
    d.form(place.at(crown), paint.second, line=0.8, shade=0.6, key="hat")
    band = points((-0.9, -0.85), (-0.86, -1.05), (0.82, -1.05), (0.88, -0.85))
    d.flat(place.at(band), paint.accent)
    brim = Tube([(-1.7, -0.7), (0, -0.85), (1.75, -0.62)], [0.1, 0.2, 0.1], 10)
    d.form(place.at(brim.outline()), paint.second, line=0.8, shade=0.4, key="brim")
