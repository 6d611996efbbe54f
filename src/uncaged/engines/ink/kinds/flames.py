"""Tongues of fire and their colours, for whatever burns. No kind of its own; knows no wood.

A tongue is a leaf that leans and licks: its tip comes late, its belly breathes.
"""

from functools import lru_cache

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, lighter, mix, under
from uncaged.engines.ink.curves import circle, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


@lru_cache(64)
def embers(palette: Palette) -> Colour:
    """Fire and glowing stone: red and orange in every light; on paper its one colour."""
    if palette.paper:
        return palette.a
    return mix(under(HUES["red"], palette), under(HUES["orange"], palette), 0.45)


@lru_cache(64)
def flame(palette: Palette) -> Colour:
    """The body of a flame."""
    if palette.paper:
        return mix(palette.a, palette.light, 0.45)
    return mix(under(HUES["orange"], palette), under(HUES["yellow"], palette), 0.45)


@lru_cache(64)
def core(palette: Palette) -> Colour:
    """Its heart."""
    if palette.paper:
        return palette.light
    return lighter(mix(under(HUES["yellow"], palette), palette.light, 0.4), 0.03)


def tongue(
    x: float, y: float, half: float, high: float, lean: float, m: Moment, lag: float
) -> Array:
    """A tongue of fire on its foot at (x, y): `half` its width, `high` its height, `lean` where its tip is blown."""
    a, b = m.cycle(2.0, lag), m.cycle(3.0, lag + 0.2)
    high = high * (1 + 0.09 * a)
    tip = lean + 0.12 * high * b
    return smooth(
        [
            (x - half * 0.7, y), (x - half, y - high * 0.22),
            (x - half * (0.72 + 0.1 * a) + tip * 0.25, y - high * 0.52),
            (x - half * 0.12 + tip * 0.75, y - high * 0.78), (x + tip, y - high),
            (x + half * 0.34 + tip * 0.6, y - high * 0.66),
            (x + half * (0.8 - 0.1 * b) + tip * 0.2, y - high * 0.42),
            (x + half, y - high * 0.18), (x + half * 0.65, y),
        ],
        True,
        3,
    )  # fmt: skip


def blaze(
    d: Drawing,
    paint: Paint,
    m: Moment,
    tongues: list[tuple[float, float, float]],
    y: float,
    *,
    key: str = "",
    colours: tuple[Colour, Colour, Colour] | None = None,
) -> None:
    """A fire of several tongues (x, half width, height) with their feet at y, in three layers from dark to light."""
    p = paint.palette
    tones = colours or (embers(p), flame(p), core(p))
    for layer, (tone, size) in enumerate(zip(tones, (1.0, 0.68, 0.36), strict=True)):
        for k, (x, half, high) in enumerate(tongues):
            if layer == 2 and k % 2:
                continue
            form = tongue(
                x * (1 - 0.18 * layer),
                y,
                half * (1 - 0.2 * layer),
                high * size,
                0.03 * (k % 3 - 1),
                m,
                0.21 * k + 0.1 * layer,
            )
            d.form(
                form, tone, line=0.9 if layer == 0 else 0.5, shade=0.25, key=f"fire{key}{layer}.{k}"
            )


def shine(d: Drawing, paint: Paint, m: Moment, x: float, y: float, radius: float) -> None:
    """What a fire does to the air round it: two discs that flicker, stronger by night."""
    flicker = 1 + 0.04 * m.cycle(3.0) + 0.03 * m.cycle(2.0, 0.3)
    strong = 52 if paint.night else 30
    d.flat(circle(x, y, radius * flicker, count=30), flame(paint.palette), strong // 2)
    d.flat(circle(x, y, radius * 0.62 * flicker, count=26), flame(paint.palette), strong)


def sparks(
    d: Drawing, paint: Paint, m: Moment, lots: Array, x: float, y: float, high: float, wide: float
) -> None:
    """Sparks that rise, drift and go out; lots: one number per spark, 0 … 1."""
    out: list[Array] = []
    for k, lot in enumerate(lots.tolist()):
        q = (m.turn(1.0) + lot) % 1
        a = x + wide * (2 * ((lot * 7.3) % 1) - 1) * (0.3 + 0.7 * q) + 0.03 * m.cycle(2.0, 0.17 * k)
        out.append(circle(a, y - high * q, 0.016 * (1 - q) + 0.003, count=6))
    d.multi(out, flame(paint.palette), line=0, key="sparks")


def lots(stream: Stream, count: int) -> Array:
    """Numbers for `sparks`."""
    return np.sort(stream.array(count))
