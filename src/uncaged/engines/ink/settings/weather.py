"""Weather by amount: rain, snow, stars, wind, leaves. What falls rises where the amount is negative. Knows no setting.

Everything moves per second and in whole numbers of cycles per film, so that films loop. At most `MOST` marks each.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.scene import Weather
from uncaged.engines.ink.settings import Draw, Ground, Layer
from uncaged.engines.ink.settings.layout import MARGIN, soft
from uncaged.engines.ink.settings.ribbons import leaves, ribbons
from uncaged.engines.ink.settings.sheets import toned

Box: TypeAlias = tuple[float, float, float, float]
"""x0, y0, x1, y1 in frame coordinates."""

MOST = 400
"""Marks of one kind of weather; what an amount asks for beyond that makes them larger."""

WET = 0.3
"""From so much rain on the ground is wet."""


def weather(ground: Ground) -> None:
    """Adds the layers of `ground.weather` to a setting that is built, each at its depth."""
    w, h = ground.width + MARGIN, ground.height + MARGIN
    air = (-MARGIN, -MARGIN, w, h)
    heaven = (-MARGIN, -MARGIN, w, max(0.1, ground.horizon - 0.1))
    amounts = ground.weather
    for name, depth, make, amount, box in (
        ("stars", 0.03, stars, amounts.stars, heaven),
        ("puddles", 0.97, puddles, amounts.rain, air),
        ("wind", 1.1, wind, amounts.wind, air),
        ("falling-leaves", 1.15, falling_leaves, amounts.leaves, air),
        ("rain", 1.2, rain, amounts.rain, air),
        ("snow", 1.2, snow, amounts.snow, air),
    ):
        draw = make(ground, amount, box)
        if draw is not None:
            layers = ground.layers
            at = next((i for i, layer in enumerate(layers) if layer.depth > depth), len(layers))
            layers.insert(at, Layer(name, depth, "live", draw))


Make: TypeAlias = Callable[[Ground, float, Box], Draw | None]
"""Weather of an amount inside a box; None where there is too little for a single mark."""


def _number(amount: float, per_area: float, box: Box) -> tuple[int, float]:
    """How many marks, and how much larger they are than plain ones."""
    want = abs(amount) * per_area * (box[2] - box[0]) * (box[3] - box[1])
    count = int(min(want, MOST) + 0.5)
    return count, 1 + soft(0.1 * max(0.0, want / MOST - 1), 1.2)


def _visible(ground: Ground, share: float) -> Colour:
    """Light against the land; on bare paper, ink."""
    p = ground.palette
    return mix(p.ink, p.low, 0.25) if p.paper else mix(p.light, p.far, share)


def _share(moment: Moment, phase: Array, hertz: float, up: bool) -> Array:
    """How far each has come on its way down, 0 … 1; on its way up where it rises."""
    q = (moment.turn(hertz) + phase) % 1
    return 1 - q if up else q


def stars(ground: Ground, amount: float, box: Box) -> Draw | None:
    """Stars that twinkle; a negative amount rises like sparks."""
    count, grown = _number(amount, 58, box)
    if not count:
        return None
    stream = ground.stream.sub("stars")
    x, y = stream.array(count, box[0], box[2]), stream.array(count)
    radius = stream.array(count, 0.0016, 0.0048) * grown
    phase = stream.array(count)
    colour = mix(_visible(ground, 0.0), ground.sky[0], 0.1)
    tall, form = box[3] - box[1], circle(0, 0, 1, count=8)[None]

    def draw(frame: Drawing, moment: Moment) -> None:
        size = radius * (0.8 + 0.35 * sin(TAU * (moment.turn(0.5) + phase)))
        at = y
        if amount < 0:
            at = _share(moment, y, 0.1, True)
            size = size * sin(PI * at)
        middle = np.stack([x, box[1] + tall * at], 1)[:, None]
        frame.multi(list(middle + form * size[:, None, None]), colour, line=0, key="stars")

    return draw


def storm(amounts: Weather) -> float:
    """How much of a storm it is: 0 still rain, 1 plain rain in a plain wind, at most 2."""
    return min(soft(abs(amounts.rain), 2.0), soft(abs(amounts.wind), 2.0), 2.0) * 1.5


def rain(ground: Ground, amount: float, box: Box, colour: Colour | None = None) -> Draw | None:
    """Rain in two speeds, aslant, more so in the wind; in a storm thick and dense. colour: of its strokes, or None =
    the light's."""
    wild = storm(ground.weather)
    count, grown = _number(amount, 48 * (1 + 0.9 * wild), box)
    if not count:
        return None
    stream, tall = ground.stream.sub("rain"), box[3] - box[1]
    slant = -0.16 + 0.5 * soft(ground.weather.wind, 2.0)
    aside = max(0.0, slant * tall), max(0.0, -slant * tall)
    x = stream.array(count, box[0] - aside[0], box[2] + aside[1])
    phase = stream.array(count)
    length = stream.array(count, 0.05, 0.1) * grown * (1 + 0.5 * wild)
    fast = stream.array(count) < 0.5
    tone, pace = colour or _visible(ground, 0.15), (1.0 + 0.4 * wild) / max(0.6, tall - 2 * MARGIN)
    radii = np.full((count, 2), 0.0021 * (0.5 + 0.5 * grown) * (1 + 0.4 * wild))
    radii = radii * np.array([0.55, 1.0])

    def draw(frame: Drawing, moment: Moment) -> None:
        slow = _share(moment, phase, pace, amount < 0)
        q = np.where(fast, _share(moment, phase, pace * 1.5, amount < 0), slow)
        top = box[1] - 0.1 + (tall + 0.1) * q
        start = np.stack([x + slant * (top - box[1]), top], 1)
        lines = np.stack([start, start + np.stack([slant * length, length], 1)], 1)
        frame.multi(ribbons(lines, radii), tone, line=0, key="rain")

    return draw


def puddles(ground: Ground, amount: float, box: Box) -> Draw | None:
    """What rain leaves on the ground: flat pools that mirror the sky, and rings where drops fall into them."""
    low = min(ground.height, box[3])
    top = ground.horizon + 0.5 * (low - ground.horizon)
    if abs(amount) < WET or low - top < 0.06:
        return None
    stream, p = ground.stream.sub("puddles"), ground.palette
    count = int(min(5 + 3 * storm(ground.weather), 9) * min(ground.width, 4.0) + 0.5)
    y = top + (low - top) * stream.array(count)
    x, phase = stream.array(count, 0.0, ground.width), stream.array(count)
    size = stream.array(count, 0.04, 0.09) * (0.5 + (y - top) / (low - top))
    pool = mix(ground.stand, ground.sky[0] if p.paper else ground.sky[1], 0.55)
    ring = mix(pool, p.light, 0.6)
    form = circle(0, 0, 1, count=16) * np.array([1.0, 0.22])

    def draw(frame: Drawing, moment: Moment) -> None:
        middle = np.stack([x, y], 1)[:, None]
        frame.multi(list(middle + form[None] * size[:, None, None]), pool, line=0, key="pools")
        grown = size * (0.15 + 0.75 * ((moment.turn(1.0) + phase) % 1))
        outer = middle + form[None] * grown[:, None, None]
        for k in range(count):
            frame.stroke(
                np.concatenate([outer[k], outer[k][:1]]), 0.4, ring, wobble=0.1, key=f"ring{k}"
            )

    return draw


def snow(ground: Ground, amount: float, box: Box) -> Draw | None:
    """Snow that swings as it falls."""
    count, grown = _number(amount, 44, box)
    if not count:
        return None
    p, stream, tall = ground.palette, ground.stream.sub("snow"), box[3] - box[1]
    blown = 0.6 * soft(ground.weather.wind, 2.0)
    aside = abs(blown) * tall
    x = stream.array(count, box[0] - aside, box[2] + aside)
    phase, turn = stream.array(count), stream.array(count)
    size, form = stream.array(count, 0.004, 0.011) * grown, circle(0, 0, 1, count=10)[None]

    def draw(frame: Drawing, moment: Moment) -> None:
        q = _share(moment, phase, 0.35, amount < 0)
        swing = 0.03 * sin(TAU * (moment.turn(0.35) + turn)) + 0.02 * sin(TAU * (2 * q + turn))
        at = np.stack([x + swing + blown * (q - 0.5) * tall, box[1] + tall * q], 1)[:, None]
        flakes = size[:, None, None] * form
        if p.paper:
            frame.multi(list(at + flakes * 1.35), p.deep, line=0, key="rims")
        frame.multi(list(at + flakes), p.light, line=0, key="snow")

    return draw


def wind(ground: Ground, amount: float, box: Box) -> Draw | None:
    """Long wavy strokes that cross the frame; a negative amount blows to the left."""
    count, grown = _number(amount, 3.6, box)
    if not count:
        return None
    stream = ground.stream.sub("wind")
    y = stream.array(count, box[1] + 0.25 * (box[3] - box[1]), box[1] + 0.75 * (box[3] - box[1]))
    length, phase = stream.array(count, 0.12, 0.3) * grown, stream.array(count)
    x0, reach, way = box[0], box[2] - box[0], -1.0 if amount < 0 else 1.0
    u = np.linspace(0, 1, 14)
    thick = 0.45 * ground.manner.line * np.minimum(np.minimum(u / 0.3, (1 - u) / 0.15), 1)
    radii = np.repeat((thick + 0.0003)[None], count, 0)
    colour, pace = _visible(ground, 0.2), 0.5 / max(1.0, reach - 0.7)
    wave = 0.015 * sin(TAU * (u[None] * 1.2 + phase[:, None]))

    def draw(frame: Drawing, moment: Moment) -> None:
        q = _share(moment, phase, pace, amount < 0)
        head = x0 - 0.3 + (reach + 0.6) * q
        across = head[:, None] - way * length[:, None] * (u[None] - 0.5)
        spines = np.stack([across, y[:, None] + wave], 2)
        frame.multi(ribbons(spines, radii), colour, line=0, key="wind")

    return draw


def falling_leaves(ground: Ground, amount: float, box: Box) -> Draw | None:
    """Leaves in the palette's accents that tumble down."""
    count, grown = _number(amount, 8, box)
    if not count:
        return None
    p, stream, tall = ground.palette, ground.stream.sub("leaves"), box[3] - box[1]
    blown = 0.8 * soft(ground.weather.wind, 2.0)
    aside = abs(blown) * tall / 2
    x = stream.array(count, box[0] - aside, box[2] + aside)
    phase, turn = stream.array(count), stream.array(count)
    size = stream.array(count, 0.018, 0.032) * grown
    tint = _thirds(stream, count)
    manner = toned(ground, p.ink, 0.0, 0.7)

    def draw(frame: Drawing, moment: Moment) -> None:
        q = _share(moment, phase, 0.4, amount < 0)
        at = x + 0.07 * sin(TAU * (2 * q + turn)) + blown * (q - 0.5) * tall
        down = box[1] + tall * q
        roll = 2.2 * sin(TAU * (2 * q + turn + 0.2))
        half = np.stack([cos(roll) * size, sin(roll) * size], 1)
        middle = np.stack([at, down], 1)
        forms = leaves(middle - half, middle + half, size * 0.4, np.full(count, 0.1))
        on = frame.inside("leaves", manner)
        for role, which in zip("abc", tint, strict=True):
            on.multi([forms[k] for k in which], p.role(role), line=0.5, key=role)
        frame.group(on, 0, 0, 1, 1)

    return draw


def _thirds(stream: Stream, count: int) -> tuple[list[int], list[int], list[int]]:
    lots = [stream.integer(0, 2) for _ in range(count)]
    one, two, three = ([k for k, lot in enumerate(lots) if lot == n] for n in range(3))
    return one, two, three
