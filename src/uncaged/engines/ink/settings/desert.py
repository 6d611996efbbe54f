"""A desert: mesas far away, dunes whose shadow side falls from the crest, pebbles, a cactus or two."""

from itertools import pairwise

import numpy as np

from uncaged.engines.ink.colour import Colour, mix, shade
from uncaged.engines.ink.curves import blob, points, smooth
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import Slope, land, tufts
from uncaged.engines.ink.settings.layout import down, level, many, stretch, tall
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a desert."""
    p, stream = ground.palette, ground.stream.sub("desert")
    level(ground)
    sky(ground)
    sand = p.far if p.negative else mix(p.far, p.low, 0.55)
    ground.stand, ground.behind = sand, p.low
    dark = mix(p.far, p.mid, 0.6)
    _mesas(ground, stream.sub("mesas"))
    far = mix(p.far, p.mid, 0.25)
    slope = land(ground, "dune1", 0.4, down(ground, 0.05), 0.06, 0.25, far, line=0.6, fade=0.35)
    _crests(ground, slope, stream.sub("dune1"), dark)
    middle, shadow = mix(sand, p.far, 0.25), mix(dark, p.far, 0.3)
    slope = land(ground, "dune2", 0.7, down(ground, 0.13), 0.06, 0.25, middle, line=0.6, fade=0.35)
    _crests(ground, slope, stream.sub("dune2"), shadow)
    _cacti(ground, stream.sub("cacti"))
    near = land(
        ground, "near", 0.95, down(ground, 0.2), 0.03, 0.25, sand, line=0.5, fade=0.4, marks=10
    )
    _pebbles(ground, near, stream.sub("pebbles"), dark)
    low = ground.height + 0.12
    tufts(ground, near.sheet, stream.sub("tufts"), 6, down(ground, 0.25), low, p.near, 0.04)
    foreground(ground, "grass", "one")


def _mesas(ground: Ground, stream: Stream) -> None:
    p, base = ground.palette, down(ground, 0.06)
    stone = mix(p.far, p.low, 0.2)
    on = sheet(ground, "mesas", 0.15, p.low, 0.6, 0.7)
    for i in range(many(ground, 3.2)):
        x = stream.uniform(-0.15, ground.width)
        w, h = stream.uniform(0.1, 0.22), stream.uniform(0.07, 0.17) * tall(ground)
        top = ground.horizon - h
        form = points(
            (x - w * 0.75, base),
            (x - w * 0.55, ground.horizon - h * 0.55),
            (x - w * 0.48, top),
            (x + w * 0.1, top - h * 0.04),
            (x + w * 0.45, top + h * 0.03),
            (x + w * 0.52, ground.horizon - h * 0.5),
            (x + w * 0.8, base),
        )
        tone = mix(stone, p.far, 0.3 * (i % 3))
        on.form(form, tone, line=0.5, shade=1.1, light=(0.95, 0.2))
        for k in range(5):
            crack = x - w * 0.4 + w * 0.8 * k / 4
            line = points(
                (crack, top + h * 0.1), (crack + 0.006, top + h * stream.uniform(0.5, 0.8))
            )
            on.stroke(line, 0.5, shade(stone, p, 0.1), wobble=1)


def _crests(ground: Ground, slope: Slope, stream: Stream, dark: Colour) -> None:
    """Each crest throws its shadow to the right; the wind has drawn lines on its other side."""
    top, on = slope.top, slope.sheet
    deep = min(1.6, stretch(ground))
    for j in _peaks(ground, slope):
        x, y = top[j].tolist()
        after = top[j : j + 22]
        foot = smooth(
            [
                after[-1],
                (x + 0.2, y + 0.13 * deep),
                (x + 0.07, y + 0.11 * deep),
                (x + 0.03, y + 0.05 * deep),
                (x, y),
            ],
            False,
            4,
        )
        on.form(np.concatenate([after, foot]), dark, line=0, shade=0.6)
        for i in range(6):
            yy = y + (0.05 + 0.03 * i) * deep
            xx = x - 0.1 - 0.12 * stream.uniform()
            line = [(xx - 0.16, yy + 0.02), (xx - 0.08, yy + 0.008), (xx, yy + 0.014)]
            on.stroke(smooth([*line, (xx + 0.07, yy + 0.002)]), 0.5, dark, wobble=0.6)


def _peaks(ground: Ground, slope: Slope) -> list[int]:
    """The highest point of the edge in every stretch of about one shorter side."""
    pieces = max(1, many(ground, 0.75))
    ends = [slope.near(ground.width * k / pieces) for k in range(pieces + 1)]
    return [int(slope.top[a:b, 1].argmin()) + a for a, b in pairwise(ends) if b > a]


def _pebbles(ground: Ground, slope: Slope, stream: Stream, dark: Colour) -> None:
    top = down(ground, 0.24)
    for i in range(many(ground, 19)):
        y = top + (ground.height + 0.12 - top) * stream.uniform()
        x, s = stream.uniform(-0.15, ground.width + 0.15), stream.uniform(0.004, 0.012)
        pebble = blob(stream.sub(i), x, y, s * 1.5, s, 7, 0.2, 3)
        slope.sheet.form(pebble, dark, line=0.4)


def _cacti(ground: Ground, stream: Stream) -> None:
    on = sheet(ground, "cacti", 0.75, ground.palette.far, 0.35, 0.7)
    places = [0.07, 0.16, -0.12, -0.05]
    first = stream.integer(0, 3)
    for k in range(2):
        x = places[(first + k * stream.integer(1, 3)) % 4] + stream.uniform(-0.02, 0.02)
        y, size = down(ground, 0.13 + 0.03 * k), stream.uniform(0.12, 0.18)
        x = x if x > 0 else ground.width + x
        tone = ground.palette.far
        prop(ground, on, "cactus", f"cactus{k}", x, y, size, tone=tone, share=0.35, line=0.7)


register(
    Setting(
        "desert",
        build,
        at=(0.52, 0.18),
        spirit="dune",
        palettes=("desert", "gold", "rust", "violet", "dawn"),
        discs=True,
        clouds=True,
    )
)
