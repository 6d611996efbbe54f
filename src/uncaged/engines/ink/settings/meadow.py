"""A meadow: low land, tall grass, flowers as dots on stalks that grow larger towards us."""

from math import sqrt

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import points
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import Slope, land, tufts
from uncaged.engines.ink.settings.layout import down, level, many, stretch
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a meadow."""
    p, stream = ground.palette, ground.stream.sub("meadow")
    level(ground)
    sky(ground)
    land(ground, "far", 0.2, down(ground, 0), 0.12, 0.9, p.far, mist=p.low, line=0.4, fade=0.6)
    land(ground, "middle", 0.5, down(ground, 0.05), 0.05, 0.5, p.mid, line=0.6, fade=0.3, marks=20)
    colour = mix(p.mid, p.near if p.negative else p.low, 0.35)
    ground.stand = colour
    near = land(
        ground, "near", 0.95, down(ground, 0.13), 0.03, 0.4, colour, line=0.5, fade=0.4, marks=14
    )
    green, top = mix(p.near, p.mid, 0.2), down(ground, 0.14)
    tufts(ground, near.sheet, stream.sub("tufts"), 30, top, ground.height + 0.15, green, 0.05)
    _flowers(ground, near, stream.sub("flowers"))
    foreground(ground, "grass")


def _flowers(ground: Ground, slope: Slope, stream: Stream) -> None:
    p, on = ground.palette, slope.sheet
    top = down(ground, 0.16)
    places: list[tuple[float, float]] = []
    for _ in range(many(ground, 36, deep=True)):
        u = stream.uniform()
        y = top + (ground.height + 0.14 - top) * sqrt(sqrt(u) * u)
        places.append((y, stream.uniform(-0.2, ground.width + 0.2)))
    for y, x in sorted(places):
        s = 0.006 + 0.014 * (y - ground.horizon) / max(1.0, sqrt(stretch(ground)))
        on.stroke(points((x, y), (x + s * 0.3, y - s * 4)), 0.6, p.near, wobble=0.2)
        on.dot(x + s * 0.3, y - s * 4.4, s, stream.pick([p.a, p.b, p.c, p.light]))


register(
    Setting(
        "meadow",
        build,
        at=(0.32, 0.36),
        spirit="field",
        palettes=("dawn", "rust", "candy", "gold", "violet", "moss", "sea", "ash"),
        discs=True,
        clouds=True,
    )
)
