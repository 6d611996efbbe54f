"""Water as part of a thing: its colour, waves that go by, falling threads, spray. No kind of its own; knows no sea."""

from functools import lru_cache

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, lighter, mix, under
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.wheels import ball
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, sin
from uncaged.engines.ink.paint import Paint


@lru_cache(64)
def water(palette: Palette) -> Colour:
    """What water looks like in this light: blue, drawn towards the far land."""
    if palette.paper:
        return mix(palette.light, palette.far, 0.55)
    return mix(under(HUES["blue"], palette), palette.far, 0.42)


@lru_cache(64)
def light_water(palette: Palette) -> Colour:
    """The same where it is shallow or shone upon."""
    return mix(lighter(water(palette), 0.1), palette.light, 0.2)


def waves(
    d: Drawing,
    paint: Paint,
    m: Moment,
    half: float,
    y: float,
    deep: float,
    count: int = 5,
    key: str = "wave",
) -> None:
    """Light strokes that go by to the right on a sheet of water `half` wide to both sides, from y to y + deep."""
    for k in range(count):
        q = (m.turn(0.5) + k / count) % 1
        lane = (k * 0.618) % 1
        reach = half * (1 - 0.3 * abs(2 * lane - 1))
        x = reach * (1.7 * q - 0.95)
        at = y + deep * lane
        long = 0.12 * half
        wave = smooth([(x, at), (x + 0.4 * long, at - 0.16 * long), (x + long, at + 0.05 * long)])
        fade = min(1.0, 5 * q, 5 * (1 - q))
        d.stroke(wave, 1.5 * fade, paint.white, wobble=0.3, key=f"{key}{k}")


def thread(x0: float, y0: float, x1: float, y1: float, turn: float, count: int = 9) -> Array:
    """A falling line of water: it starts at (x0, y0), swings a little as it falls, and ends at (x1, y1)."""
    u = np.linspace(0, 1, count)
    swing = 0.012 * sin(9 * u - 6.283185307179586 * turn)
    return np.stack([x0 + (x1 - x0) * u + swing * u, y0 + (y1 - y0) * u * (0.4 + 0.6 * u)], 1)


def spray(d: Drawing, paint: Paint, m: Moment, x: float, y: float, reach: float, key: str) -> None:
    """Drops that jump up where water falls, and come down again."""
    drops: list[Array] = []
    for k in range(7):
        q = (m.turn(1.0) + k / 7) % 1
        way = (k - 3) / 3
        at = points(
            x + reach * way * q, y - reach * (2.2 * q - 2.2 * q * q) * (1.2 - 0.5 * abs(way))
        )
        drops.append(ball(at, 0.09 * reach * (1 - 0.5 * q), count=8))
    d.multi(drops, paint.white, line=0.4, key=f"spray{key}")
