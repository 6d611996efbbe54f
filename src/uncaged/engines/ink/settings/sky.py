"""The open sky: three banks of clouds, each nearer and larger, and a rim of land far below."""

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.land import land
from uncaged.engines.ink.settings.layout import level
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import sky

_BANKS = ((0.2, 0.36, 0.2, 0.6), (0.45, 0.62, 0.34, 0.35), (0.8, 0.9, 0.6, 0.05))
"""Depth, height in the frame, width of a cloud, share of haze."""


def build(ground: Ground) -> None:
    """Layers of sky."""
    p, stream = ground.palette, ground.stream.sub("sky")
    level(ground, 0.95)
    sky(ground)
    ground.stand = ground.behind = mix(p.top, p.low, 0.5)
    white = p.near if p.negative else mix(p.light, p.low, 0.25)
    below = mix(p.mid, p.far, 0.4)
    for k, (depth, height, size, haze) in enumerate(_BANKS):
        if k == 1:
            y = ground.height
            land(ground, "below", 0.3, y, 0.07, 0.8, below, mist=p.low, line=0.4, fade=0.5)
        colour = mix(white, p.far, haze)
        on = sheet(ground, f"bank{k}", depth, colour, 0.5, 0.7)
        if not ground.cloudless:
            _bank(ground, on, stream.sub(k), height * ground.height, size, colour)


def _bank(
    ground: Ground, on: Drawing, stream: Stream, y: float, size: float, colour: Colour
) -> None:
    x = -0.2 + stream.uniform(-0.15, 0.15)
    while x < ground.width + 0.35:
        w = size * stream.uniform(0.7, 1.15)
        at = y + stream.uniform(-0.09, 0.09) * ground.height
        _cloud(ground, on, stream, x, at, w, colour)
        x += 0.65 + stream.uniform(-0.15, 0.15)


def _cloud(
    ground: Ground, on: Drawing, stream: Stream, x: float, y: float, w: float, colour: Colour
) -> None:
    """A stylised cloud: flat base, scalloped top, an echo line inside."""
    n = stream.integer(4, 6)
    turn = np.linspace(PI, 0, 6)
    outline: list[tuple[float, float]] = [(x - w * 0.62, y)]
    for k in range(n):
        aside = 2 * (k + 0.5) / n - 1
        lift = w * (0.26 * (1 - aside * aside) + 0.06) * 0.7 * stream.uniform(0.85, 1.15)
        scallop = w / n
        across = x + w * aside / 2 + scallop * 0.62 * cos(turn)
        up = y - lift - scallop * 0.55 * sin(turn)
        outline += list(zip(across.tolist(), up.tolist(), strict=True))
    outline += [(x + w * 0.62, y), (x, y + w * 0.03)]
    on.form(smooth(outline, True, 2), colour, line=0.6, shade=0.9, light=(0.25, 1))
    echo = [(x - w * 0.3, y - w * 0.07), (x - w * 0.1, y - w * 0.13), (x + w * 0.08, y - w * 0.08)]
    on.stroke(smooth(echo), 0.6, mix(colour, ground.palette.far, 0.6))


register(
    Setting(
        "sky",
        build,
        at=(0.86, 0.58),
        spirit="cloud",
        palettes=("dawn", "rust", "candy", "gold", "violet", "moss", "sea", "ash"),
        floor=0.86,
        discs=True,
    )
)
