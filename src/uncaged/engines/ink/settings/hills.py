"""Hills: two pale ridges, a middle one with small trees, near ground with one feature that leads inwards."""

from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube, blob, lobed, points, smooth
from uncaged.engines.ink.numbers import TAU, Stream, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import Slope, land, tufts
from uncaged.engines.ink.settings.layout import down, level, many, stretch
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of hills."""
    p, stream = ground.palette, ground.stream.sub("hills")
    high = level(ground) > 0.6 * ground.height
    sky(ground)
    far = mix(p.far, p.low, 0.45)
    land(ground, "farthest", 0.12, down(ground, -0.02), 0.16, 1.3, far, mist=p.low, line=0)
    haze = mix(p.low, p.far, 0.3)
    land(ground, "far", 0.22, down(ground, 0.02), 0.10, 0.8, p.far, mist=haze, line=0.5, fade=0.55)
    middle = land(
        ground, "middle", 0.5, down(ground, 0.08), 0.07, 0.5, p.mid, line=0.7, fade=0.25, marks=26
    )
    _small(ground, middle, stream.sub("small"))
    colour = mix(p.mid, p.near if p.negative else p.low, 0.38)
    ground.stand, ground.behind = colour, p.low if high else p.far
    near = land(
        ground, "near", 0.95, down(ground, 0.16), 0.035, 0.4, colour, line=0.6, fade=0.3, marks=34
    )
    _feature(ground, near, stream.sub("feature"), colour)
    green = mix(p.near, p.mid, 0.2)
    tufts(
        ground,
        near.sheet,
        stream.sub("tufts"),
        16,
        down(ground, 0.2),
        ground.height + 0.15,
        green,
        0.045,
    )
    foreground(ground, "grass")


def _small(ground: Ground, slope: Slope, stream: Stream) -> None:
    """Trees and a house, far away on the ridge."""
    p, on = ground.palette, slope.sheet
    for i in range(many(ground, stream.uniform(4, 8))):
        j = slope.near(stream.uniform(0.1, ground.width - 0.1))
        x, y = slope.top[j].tolist()
        y += stream.uniform(0.004, 0.03)
        s = stream.uniform(0.018, 0.034)
        on.stroke(points((x, y), (x, y - s)), 0.6, p.ink, wobble=0.1)
        crown = lobed(stream.sub(i), x, y - s * 1.4, s * 0.75, s, 6, 0.14, 4)
        on.form(crown, mix(p.near, p.mid, 0.25), line=0.45)
    for _ in range(many(ground, 0.75)):
        if not stream.chance(0.4):
            continue
        x, y = slope.top[slope.near(stream.uniform(0.2, ground.width - 0.25))].tolist()
        walls = points(
            (x, y + 0.02),
            (x, y - 0.02),
            (x + 0.02, y - 0.036),
            (x + 0.04, y - 0.02),
            (x + 0.04, y + 0.02),
        )
        on.form(walls, p.light, line=0.45, shade=0.6)
        roof = points((x - 0.006, y - 0.018), (x + 0.02, y - 0.042), (x + 0.046, y - 0.018))
        on.form(roof, p.a, line=0.4, shade=0.4)


def _feature(ground: Ground, slope: Slope, stream: Stream, colour: Colour) -> None:
    feature = stream.pick(["path", "field", "stream", "stones", "path"])
    if feature in ("path", "stream"):
        _way(ground, slope, stream, colour, feature == "path")
    elif feature == "field":
        _furrows(ground, slope, stream)
    else:
        _stones(ground, slope, stream, colour)


def _way(ground: Ground, slope: Slope, stream: Stream, colour: Colour, dry: bool) -> None:
    """A path or a stream winds from the front to the ridge, narrowing."""
    p = ground.palette
    start, aside = ground.width * stream.uniform(0.25, 0.75), stream.pick([-1, 1])
    u = np.linspace(0, 1, 9)
    x = start + aside * (0.30 * u * np.sqrt(np.sqrt(u)) + 0.05 * sin(u * TAU) * (1 - u))
    low, high = ground.height + 0.08, down(ground, 0.165)
    y = low - (low - high) * (1 - (1 - u) * np.sqrt(1 - u))
    spine = np.concatenate(
        [points((start - aside * 0.04, ground.height + 0.3)), np.stack([x, y], 1)]
    )
    form = Tube(spine, [0.15, 0.12, 0.075, 0.04, 0.02, 0.009, 0.003], count=52, cap_end=False)
    if not dry:
        tone = mix(p.top, p.light, 0.3)
    elif ground.weather.snow > 0:
        tone = mix(colour, p.near, 0.35)
    else:
        tone = mix(p.near if p.negative else p.light, colour, 0.22)
    slope.sheet.form(form.outline(), tone, line=0.5, shade=0.4)
    for _ in range(12):
        q = stream.uniform(0.1, 0.78)
        mark = form.at([q, q + 0.03, q + 0.07], stream.uniform(-0.6, 0.6))
        slope.sheet.stroke(mark, 0.5, mix(tone, p.near, 0.5), wobble=0.5)


def _furrows(ground: Ground, slope: Slope, stream: Stream) -> None:
    """A ploughed field: lines that meet far behind the ridge."""
    p, aside = ground.palette, stream.pick([-1, 1])
    middle = ground.width / 2
    half = int((middle + 0.5) / 0.1 + 0.5)
    tone = mix(p.mid, p.near, 0.3)
    low = ground.height
    for k in range(-half, half + 1):
        x = k * 0.1
        line = smooth(
            [
                (middle + x * 0.5 + 0.12 * aside, down(ground, 0.17)),
                (middle + x + 0.05 * aside, down(ground, 0.23)),
                (middle + x * 1.7, low + 0.1),
                (middle + x * 2.2, low + 0.3),
            ]
        )
        slope.sheet.stroke(line, 0.8, tone, wobble=0.6)


def _stones(ground: Ground, slope: Slope, stream: Stream, colour: Colour) -> None:
    tone = mix(colour, ground.palette.light, 0.35)
    for k in range(many(ground, 8.5)):
        u = stream.uniform()
        y = down(ground, 0.2) + (ground.height + 0.1 - down(ground, 0.2)) * u
        s = 0.0145 + 0.016 * u * min(1.6, sqrt(stretch(ground)))
        x = stream.uniform(-0.1, ground.width + 0.1)
        slope.sheet.form(
            blob(stream.sub(k), x, y, s * 1.6, s, 8, 0.15, 4), tone, line=0.5, shade=1.1
        )


register(
    Setting(
        "hills",
        build,
        at=(0.50, 0.48),
        spirit="hill",
        palettes=("dawn", "rust", "candy", "gold", "violet", "moss", "sea", "ash"),
        discs=True,
        clouds=True,
    )
)
