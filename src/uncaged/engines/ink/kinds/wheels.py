"""Wheels, and what rides on them: tyres and spokes that turn, lamps, panes, heads at a window. No kind of its own.

How far a vehicle has come decides how its wheels stand, so that they roll and do not slide. Knows no roads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Act, Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

ROLLS: Mapping[Act, float] = {"walk": 1.0, "run": 1.2, "crawl": 0.55}
"""Acts that take a vehicle along its road, and how far it gets per cycle against walking (as `plan` has it)."""


def come(m: Moment, gait: float) -> float:
    """How far something that goes `gait` per cycle has come by now, in its own heights; parked: 0."""
    if m.way is not None:
        return m.way
    return m.turn(1.0) * gait * m.stride * ROLLS.get(m.act, 0.0)


def shaken(m: Moment, amount: float = 0.008) -> Array:
    """The body of a vehicle on its springs: it trembles on the road, and hardly where it stands."""
    amount = amount if m.act in ROLLS else 0.25 * amount
    return points(0.0, amount * m.cycle(2.0))


def turned(p: Array, angle: float, x: float = 0.0, y: float = 0.0) -> Array:
    """Points (…, 2) turned about the origin by `angle` (radians, clockwise on the page), then moved to (x, y)."""
    c, s = cos(angle), sin(angle)
    return np.stack([x + p[..., 0] * c - p[..., 1] * s, y + p[..., 0] * s + p[..., 1] * c], -1)


def ball(at: Array, rx: float, ry: float | None = None, count: int = 28) -> Array:
    """A circle or an ellipse about a point that is an array."""
    return circle(float(at[0]), float(at[1]), rx, ry, count)


def ring(x: float, y: float, radius: float, count: int = 30) -> Array:
    """A circle as a line that ends where it began."""
    around = circle(x, y, radius, count=count)
    return np.concatenate([around, around[:1]])


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel about its hub. spokes: how many show. tyre: its thickness as a share of the radius."""

    x: float
    radius: float
    spokes: int = 5
    tyre: float = 0.34

    def angle(self, way: float) -> float:
        """How far it is turned after `way`, radians: the way it has rolled along the ground."""
        return way / self.radius

    def place(self) -> tuple[float, float]:
        """Its hub: it stands on the ground."""
        return self.x, -self.radius


def disc_wheel(d: Drawing, paint: Paint, wheel: Wheel, way: float, key: str) -> None:
    """A wheel with a tyre and a hub cap: holes round its hub show that it turns."""
    x, y = wheel.place()
    r = wheel.radius
    d.form(circle(x, y, r), paint.dark, line=0.8, shade=0.3, key=f"tyre{key}")
    inner = r * (1 - wheel.tyre)
    d.form(circle(x, y, inner, count=22), paint.pale, line=0.6, shade=0.5, key=f"rim{key}")
    hole = points((-0.16, -0.82), (0.16, -0.82), (0.09, -0.42), (-0.09, -0.42)) * inner
    turns = [TAU * k / wheel.spokes + wheel.angle(way) for k in range(wheel.spokes)]
    d.multi([turned(hole, a, x, y) for a in turns], paint.dark, line=0, key=f"holes{key}")
    d.dot(x, y, inner * 0.24, paint.accent)


def spoked_wheel(
    d: Drawing,
    paint: Paint,
    wheel: Wheel,
    way: float,
    key: str,
    colour: Colour | None = None,
    width: float = 1.0,
) -> None:
    """A wheel one sees through: rim, spokes and hub as strokes. width: of its lines, 1 = a cart's."""
    x, y = wheel.place()
    r = wheel.radius
    tone = colour or paint.dark
    spoke = points((-0.035, 0.0), (-0.02, -1.0), (0.02, -1.0), (0.035, 0.0)) * r * width
    spoke[1:3, 1] = -r * 0.97
    turns = [TAU * k / wheel.spokes + wheel.angle(way) for k in range(wheel.spokes)]
    d.multi([turned(spoke, a, x, y) for a in turns], tone, line=0, key=f"spokes{key}")
    rim = ring(x, y, r * (1 - wheel.tyre / 2))
    d.stroke(rim, 4.2 * width, tone, taper=(0.01, 0.01), wobble=0.3, key=f"rim{key}")
    d.dot(x, y, r * 0.16 * min(1.0, width + 0.2), tone)
    d.dot(x, y, r * 0.07, paint.pale)


def glass(paint: Paint) -> Colour:
    """A pane by day: pale, with a little of the dark behind it."""
    return mix(paint.pale, paint.dark, 0.16)


def pane(paint: Paint, lit: bool = True) -> Colour:
    """A pane now: at night it is lit or dark."""
    if not paint.night:
        return glass(paint)
    return paint.glow if lit else paint.dark


def head(
    d: Drawing, paint: Paint, x: float, y: float, r: float, key: str, cap: bool = False
) -> None:
    """A head seen through a window, in profile: one form, hair or a cap, an eye."""
    face = [
        (x - r * 0.8, y - r * 0.2), (x - r * 0.3, y - r), (x + r * 0.6, y - r * 0.75),
        (x + r * 0.75, y - r * 0.1), (x + r * 1.15, y + r * 0.15), (x + r * 0.75, y + r * 0.35),
        (x + r * 0.5, y + r * 0.95), (x - r * 0.4, y + r * 1.0),
    ]  # fmt: skip
    d.form(smooth(face, True, 3), paint.skin, line=0.6, shade=0.3, key=f"face{key}")
    hair = [
        (x - r * 0.95, y + r * 0.45), (x - r * 1.0, y - r * 0.55), (x - r * 0.1, y - r * 1.2),
        (x + r * 0.8, y - r * 0.75), (x + r * (1.3 if cap else 0.5), y - r * 0.45),
        (x - r * 0.25, y - r * 0.3),
    ]  # fmt: skip
    d.form(smooth(hair, True, 3), paint.accent if cap else paint.hair, line=0.5, shade=0)
    d.dot(x + r * 0.5, y - r * 0.05, r * 0.13, paint.ink)


_FACE = ((-0.8, -0.2), (-0.3, -1.0), (0.6, -0.75), (1.15, 0.15), (0.5, 0.95), (-0.4, 1.0))
_HAIR = ((-0.95, 0.45), (-1.0, -0.55), (-0.1, -1.2), (0.8, -0.75), (0.5, -0.45), (-0.25, -0.3))
_CAP = ((-0.95, 0.2), (-1.0, -0.55), (-0.1, -1.2), (0.8, -0.75), (1.3, -0.45), (-0.25, -0.3))


@lru_cache(1)
def _heads() -> tuple[Array, Array, Array, Array]:
    """A face, hair, a cap and shoulders of radius 1, for heads by the dozen."""
    face, hair, cap = (smooth(p, True, 2) for p in (_FACE, _HAIR, _CAP))
    return face, hair, cap, circle(-0.1, 2.0, 1.5, 1.3, 12)


def heads(d: Drawing, paint: Paint, at: Sequence[tuple[float, float]], r: float, key: str) -> None:
    """Several people at their windows, in five marks whatever their number; every third wears a cap."""
    face, hair, cap, coat = _heads()
    places = [points(x, y) for x, y in at]
    for k in (0, 1):
        coats = [coat * r + p for p in places[k::2]]
        d.multi(coats, (paint.dark, paint.accent)[k], line=0.5, key=f"coats{key}{k}")
    d.multi([face * r + p for p in places], paint.skin, line=0.6, key=f"faces{key}")
    capped = [k % 3 == 2 for k in range(len(places))]
    bare = [hair * r + p for p, on in zip(places, capped, strict=True) if not on]
    d.multi(bare, paint.hair, line=0.5, key=f"hairs{key}")
    caps = [cap * r + p for p, on in zip(places, capped, strict=True) if on]
    d.multi(caps, paint.second, line=0.5, key=f"caps{key}")


def lamp(d: Drawing, paint: Paint, x: float, y: float, r: float, reach: float = 0.9) -> None:
    """A headlight that looks to the right; at night with its beam."""
    if paint.night:
        beam = points((x, y - r * 0.6), (x + reach, y - 0.2), (x + reach, y + 0.3), (x, y + r))
        d.flat(beam, paint.glow, 52)
        d.flat(circle(x, y, r * 2.6, count=18), paint.glow, 60)
    d.form(circle(x, y, r, count=14), paint.glow, line=0.6, shade=0.1)


def puffs(stream: Stream, count: int = 4) -> list[Array]:
    """Round clouds about (0, 0) of radius 1, for smoke and steam."""
    return [blob(stream, 0, 0, 1, None, 8, 0.12, 4) for _ in range(count)]


def smoke(
    d: Drawing,
    colour: Colour,
    clouds: list[Array],
    turn: float,
    start: tuple[float, float],
    way: tuple[float, float],
    size: tuple[float, float],
    *,
    alpha: int = 210,
    line: float = 0.0,
    key: str = "smoke",
) -> None:
    """Puffs that leave `start`, drift by `way` while they swell from one `size` to the other, and fade.

    turn: turns made so far; one of the puffs leaves per 1/len(clouds) turn. They curl over as they go.
    """
    for k, cloud in enumerate(clouds):
        q = (turn + k / len(clouds)) % 1
        x = start[0] + way[0] * q * (0.5 + 0.5 * q) + 0.12 * size[1] * sin(9 * q + 2 * k)
        y = start[1] + way[1] * q * (1.3 - 0.3 * q)
        form = cloud * (size[0] + (size[1] - size[0]) * q) + points(x, y)
        faded = int(alpha * min(1.0, 6 * q) * min(1.0, 2.2 * (1 - q)))
        d.form(form, colour, line=line, shade=0.35, alpha=faded, key=f"{key}{k}")
