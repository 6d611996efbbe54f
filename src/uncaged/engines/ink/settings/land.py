"""Land in layers: ridges, what lies on their slopes, tufts of grass. Knows no single setting."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour, lighter, mix, shade
from uncaged.engines.ink.curves import bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, sin
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.settings.layout import REACH, many, stretch
from uncaged.engines.ink.settings.sheets import sheet

_WAVES = ((0.55, 1.0), (1.1, 0.55), (2.3, 0.28), (4.7, 0.16))


@dataclass(frozen=True, slots=True)
class Slope:
    """A layer of land: its sheet, on which more may be drawn, its colour, and its upper edge (n, 2) left to right."""

    sheet: Drawing
    colour: Colour
    top: Array

    def near(self, x: float) -> int:
        """The index of the edge's point at x."""
        left, right = self.top[0, 0], self.top[-1, 0]
        last = len(self.top) - 1
        return int(clamp((x - left) / (right - left) * last, 0, last))

    def fall(self, index: int, ahead: int = 3) -> float:
        """How steeply the edge falls to the right at a point: dy ÷ dx."""
        other = min(len(self.top) - 1, index + ahead)
        dx = self.top[other, 0] - self.top[index, 0]
        return float((self.top[other, 1] - self.top[index, 1]) / max(1e-3, dx))


def ridge(stream: Stream, ground: Ground, y: float, rise: float, rough: float) -> Array:
    """An uneven line across the frame and `REACH` beyond, (n, 2): four waves, the shorter ones by `rough`. How high
    they are, and to which side all of it leans, is drawn by lot."""
    lots = stream.sub("lie")
    rise, lean = rise * lots.uniform(0.55, 1.6), lots.uniform(-0.9, 0.9) * min(rise, 0.12)
    count = min(400, int((ground.width + 2 * REACH) / 0.073))
    x = np.linspace(-REACH, ground.width + REACH, count)
    height = np.zeros(count)
    for k, (often, much) in enumerate(_WAVES):
        wave = sin(x * (TAU * often) + stream.uniform(0, TAU))
        height += wave * (much * rough if k > 1 else much)
    aside = lean * (x - ground.width / 2) / max(ground.width, 1.0)
    return smooth(np.stack([x, y + aside - rise * (0.4 + height / 1.7)], 1), False, 3)


def land(
    ground: Ground,
    name: str,
    depth: float,
    y: float,
    rise: float,
    rough: float,
    colour: Colour,
    *,
    mist: Colour | None = None,
    line: float = 0.7,
    fade: float = 0.0,
    marks: float = 0,
) -> Slope:
    """A layer of land from a ridge at y down past the lower edge.

    rise: height of its waves. mist: a colour that rises from its foot. line: of the ridge, 0 = none. fade: how far its
    ink is mixed with its colour. marks: strokes along the slope, per width.
    """
    colour = _weathered(ground, colour, depth)
    stream = ground.stream.sub(name)
    top = ridge(stream, ground, y, rise, rough)
    low = max(ground.height, y) + REACH
    ends = points((ground.width + REACH + 0.05, low), (-REACH - 0.05, low))
    form = np.concatenate([top, ends])
    on = sheet(ground, name, depth, colour, fade, 0.88)
    slope = Slope(on, colour, top)
    on.flat(form, colour)
    on.clip(form)
    if ground.palette.pen:
        _pen(ground, slope, stream.sub("pen"), fade)
    else:
        _grain(ground, slope, y, max(0.3, rise * 1.5) * 0.5 * max(1.0, stretch(ground)), mist)
    _marks(ground, slope, stream.sub("marks"), many(ground, marks))
    on.unclip()
    if line > 0 or ground.palette.pen:  # a pen has no tone to set land off with
        on.stroke(top, line or 0.35, taper=(0.01, 0.01))
    return slope


def _weathered(ground: Ground, colour: Colour, depth: float) -> Colour:
    p = ground.palette
    if p.paper:
        colour = mix(p.light, colour, 0.25 + 0.1 * (1 - depth))
    if ground.silhouette:
        colour = mix(colour, p.deep, max(0.0, depth - 0.4) * 0.55)
    snow = clamp(ground.weather.snow)
    return mix(colour, p.light, (0.30 + 0.45 * depth) * snow) if snow > 0 else colour


def _grain(ground: Ground, slope: Slope, y: float, deep: float, mist: Colour | None) -> None:
    """Grain thickens towards the ridge, mist rises from the foot."""
    on = slope.sheet
    box = (-REACH, float(slope.top[:, 1].min()) - 0.01, ground.width + REACH, y + deep)
    on.grain(box, shade(slope.colour, ground.palette, 0.1), (-0.3, -0.95), 0.55, 150)
    if mist is not None:
        on.grain(box, mist, (0.05, 1), 0.95)


def _pen(ground: Ground, slope: Slope, stream: Stream, fade: float) -> None:
    """With a pen, land is strokes that follow the slope."""
    ink = mix(ground.palette.ink, slope.colour, 0.25 + 0.45 * fade)
    deep = 0.2 * max(1.0, stretch(ground))
    for _ in range(int(many(ground, 37) + 33)):
        j = stream.integer(2, len(slope.top) - 6)
        x, y = slope.top[j].tolist()
        u = stream.uniform()
        y += 0.008 + deep * u * u
        fall = slope.fall(j, 4)
        w, aside = 0.02 + 0.05 * stream.uniform(), 1 if fall > 0 else -1
        steep = abs(fall) * w
        middle = (x + aside * w * 0.5, y + steep * 0.7 + 0.004)
        end = (x + aside * w, y + steep * 1.7 + 0.016)
        slope.sheet.stroke(points((x, y), middle, end), 0.6, ink, wobble=0.5)


def _marks(ground: Ground, slope: Slope, stream: Stream, count: int) -> None:
    """Strokes that run along the slope."""
    dark, bright = shade(slope.colour, ground.palette, 0.1), lighter(slope.colour, 0.07)
    deep = 0.3 * max(1.0, stretch(ground))
    for _ in range(count):
        x = stream.uniform(-0.2, ground.width + 0.2)
        j = slope.near(x)
        u = stream.uniform()
        y = float(slope.top[j, 1]) + 0.02 + u * sqrt(u) * deep
        w, fall = stream.uniform(0.02, 0.09), slope.fall(j)
        middle = (x + w * 0.5, y + fall * w * 0.4 - 0.004)
        line = points((x, y), middle, (x + w, y + fall * w * 0.8))
        slope.sheet.stroke(line, 0.9, dark if stream.chance(0.6) else bright, wobble=0.7)


def tufts(
    ground: Ground,
    on: Drawing,
    stream: Stream,
    count: float,
    above: float,
    below: float,
    colour: Colour,
    size: float = 0.03,
) -> None:
    """Tufts of grass between two heights, nearer ones larger; `count` as on a square frame's ground."""
    right = ground.width + 0.2
    places = [
        (stream.uniform(above, below), stream.uniform(-0.2, right))
        for _ in range(many(ground, count * 1.2, deep=True))
    ]
    for y, x in sorted(places):
        s = size * (0.5 + 0.8 * (y - above) / max(0.01, below - above))
        for k in range(3):
            lean = (k - 1) * 0.5 + stream.uniform(-0.15, 0.15)
            x0 = x + k * s * 0.12
            blade = bezier((x0, y), (x0 + lean * s * 0.2, y - s * 0.6), (x0 + lean * s, y - s), 5)
            on.stroke(blade, 0.9, colour, wobble=0.2, taper=(0.05, 0.9))
