"""A botanical garden: broad leaves in three depths, unnatural colours, a light behind, an opening in the middle.

Every fourth leaf takes an accent: that is what makes it sing.
"""

from math import sqrt

from uncaged.engines.ink.colour import Colour, lighter, mix, shade
from uncaged.engines.ink.curves import bezier, blob, leaf, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.foliage import BREADTH, Blade, broadleaf
from uncaged.engines.ink.numbers import PI, TAU, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import level, many, tall, wide
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc, sky

_FORMS: tuple[Blade, ...] = ("blade", "blade", "banana", "split", "heart")
_DEPTHS = (0.3, 0.6, 0.9)
_NUMBER = (6, 8, 8)
_REACH = (0.42, 0.34, 0.22)
_LENGTH = (0.75, 0.62, 0.5)
_ACCENTS = (0.1, 0.2, 0.3)
"""For the three depths: how many leaves on a side, how far they reach inwards, how long, how many in an accent."""


def build(ground: Ground) -> None:
    """Layers of leaves."""
    p, stream = ground.palette, ground.stream.sub("jungle")
    low = p.low
    level(ground, 0.74)
    sky(ground, p.top if p.negative else mix(p.top, low, 0.35), low, bare=True)
    disc(ground, 0.5 * ground.height)
    ground.stand, ground.behind = mix(p.mid, low, 0.3), low
    for k, tone in enumerate(_tones(ground)):
        if k == 2:
            _bed(ground, stream.sub("bed"), low)
        fade = 0.0 if p.negative else (0.55, 0.3, 0.08)[k]
        on = sheet(ground, f"leaves{k}", _DEPTHS[k], tone, fade, (0.59, 0.76, 0.92)[k])
        _leaves(ground, on, stream.sub(k), k, tone)
    _blossoms(ground, stream.sub("blossoms"))
    _above(ground, stream.sub("above"))
    foreground(ground, "leaves")


def _tones(ground: Ground) -> tuple[Colour, Colour, Colour]:
    p = ground.palette
    if p.paper:
        return mix(p.light, p.far, 0.15), mix(p.light, p.far, 0.3), mix(p.light, p.far, 0.1)
    if ground.silhouette:
        return mix(p.far, p.low, 0.5), mix(p.mid, p.far, 0.3), mix(p.near, p.mid, 0.35)
    return mix(p.far, p.low, 0.45), mix(p.mid, p.far, 0.35), mix(p.mid, p.near, 0.45)


def _leaves(ground: Ground, on: Drawing, stream: Stream, k: int, tone: Colour) -> None:
    """Leaves from both sides, the longest first; the middle is open."""
    places: list[tuple[float, float, float, float, int]] = []
    spread = (ground.width, (ground.width + wide(ground)) / 2, wide(ground))[k]
    count = int(_NUMBER[k] * min(spread, 9.0) + 0.5)
    for side in (0, 1):
        for i in range(-2, count):
            q = max(0.0, (i + 0.5) / count)
            x = _REACH[k] * spread * q * sqrt(sqrt(q)) + stream.uniform(-0.03, 0.03) - 0.05
            x += 0.08 * min(0, i)
            y = ground.height + 0.02 - 0.1 * stream.uniform()
            y -= (0.05 if k == 2 else 0.12) * (1 - q)
            length = _LENGTH[k] * (1 - 0.55 * q) * stream.uniform(0.85, 1.15) * tall(ground)
            lean = (0.05 + 0.55 * q) * stream.uniform(0.5, 1.2) - 0.15
            places.append(
                (length, ground.width - x if side else x, y, -lean if side else lean, side)
            )
    for length, x, y, lean, side in sorted(places, key=lambda place: -place[0]):
        _one_leaf(ground, on, stream, k, tone, (x, y), lean, length, 0.12 * (1 if side else -1))


def _one_leaf(
    ground: Ground,
    on: Drawing,
    stream: Stream,
    k: int,
    tone: Colour,
    at: tuple[float, float],
    lean: float,
    length: float,
    bend: float,
) -> None:
    """One leaf on its stalk."""
    p, (x, y) = ground.palette, at
    form = stream.pick(_FORMS)
    stem = length * (0.5 if form in ("split", "heart") else 0.12)
    dx, dy = sin(lean * 0.5) * stem, -cos(lean * 0.5) * stem
    colour = _dyed(ground, stream, k, tone)
    dark, bright = shade(colour, p, 0.12), lighter(colour, 0.1)
    if p.paper:
        dark = bright = mix(p.ink, tone, (0.5, 0.25, 0.1)[k])
    if stem > 0.05:
        stalk = bezier((x, y + 0.15), (x + dx * 0.3, y - stem * 0.5), (x + dx, y + dy))
        on.stroke(stalk, 2.2, None if p.paper else dark, taper=(0.02, 0.02), wobble=0.5)
    patterned = k > 0 and not p.paper and stream.chance(0.3)
    broadleaf(
        on,
        form,
        x + dx,
        y + dy,
        lean * 1.25,
        length - stem * 0.6,
        length * BREADTH[form],
        colour,
        dark,
        bright,
        bend=bend,
        shade=1.0,
        line=0.75 if k else 0.5,
        fill=stream.pick(["striped", "dotted", "hatched"]) if patterned else "plain",
    )


def _dyed(ground: Ground, stream: Stream, k: int, tone: Colour) -> Colour:
    p, lot = ground.palette, stream.uniform()
    if lot < _ACCENTS[k] and not p.paper:
        odd = mix(p.role(stream.pick("abc")), p.mid, 0.22)
        return mix(odd, tone, (0.5, 0.25, 0.1)[k])
    return lighter(tone, stream.uniform(-0.07, 0.06)) if lot < 0.65 else tone


def _bed(ground: Ground, stream: Stream, low: Colour) -> None:
    p, h = ground.palette, ground.height
    colour = mix(p.mid, low, 0.3)
    y = 0.83 * h
    bed = land(ground, "bed", 0.8, y, 0.02, 0.5, colour, line=0.6, fade=0.35, marks=16)
    tufts(
        ground,
        bed.sheet,
        stream.sub("tufts"),
        20,
        0.84 * h,
        h + 0.15,
        mix(p.near, p.mid, 0.3),
        0.04,
    )
    for k in range(many(ground, 9)):
        x, y = stream.uniform(0.0, ground.width), stream.uniform(0.86, 1.02) * h
        pebble = blob(stream.sub(k), x, y, 0.02, 0.011, 7, 0.2, 3)
        bed.sheet.form(pebble, mix(colour, p.light, 0.3), line=0.5)


def _blossoms(ground: Ground, stream: Stream) -> None:
    """A few blossoms where the eye should go."""
    p, on = ground.palette, sheet(ground, "blossoms", 0.9, ground.palette.near, 0.08, 0.92)
    for _ in range(int(stream.integer(2, 4) * wide(ground) + 0.5)):
        x = stream.uniform(0.02, 0.2) * wide(ground)
        x = x if stream.chance(0.5) else ground.width - x
        y, s = stream.uniform(0.5, 0.82) * ground.height, stream.uniform(0.022, 0.04)
        role = stream.pick("abc")
        for z in range(6):
            a = TAU * z / 6
            petal = leaf((x, y), (x + sin(a) * s, y - cos(a) * s * 0.8), s * 0.3, 0, 7)
            on.form(petal.outline(), p.role(role), line=0.5, shade=0.5)
        on.dot(x, y, s * 0.22, p.a if role == "b" else p.b)


def _above(ground: Ground, stream: Stream) -> None:
    """Leaves hang in from above."""
    p, on = ground.palette, sheet(ground, "above", 1.2, ground.palette.deep, 0.2, 0.7)
    colour = p.deep if p.paper else mix(p.near, p.deep, 0.35)
    for k in range(int(7 * wide(ground) + 0.5)):
        x = stream.uniform(-0.12, 0.42) * wide(ground)
        x = x if k % 2 else ground.width - x
        form: Blade = stream.pick(("blade", "banana"))
        lean, length = PI + stream.uniform(-0.5, 0.5), stream.uniform(0.14, 0.3) * tall(ground)
        width, tint = stream.uniform(0.025, 0.045), lighter(colour, stream.uniform(-0.04, 0.05))
        on.stroke(points((x, -0.3), (x, -0.03)), 1.6, shade(colour, p, 0.08), taper=(0.02, 0.02))
        dark, bright = shade(colour, p, 0.08), lighter(colour, 0.1)
        broadleaf(on, form, x, -0.05, lean, length, width, tint, dark, bright, bend=0.1, line=0.4)


register(
    Setting(
        "jungle",
        build,
        at=(0.10, 0.80),
        spirit="palm",
        palettes=("moss", "sea", "candy", "violet", "night", "rust"),
        floor=0.93,
        discs=True,
        level=False,
    )
)
