"""A sheet of paper: no horizon; a wash of colour, hatching on the ground, a few small closed forms."""

from math import sqrt

from uncaged.engines.ink.colour import Colour, lightness, mix
from uncaged.engines.ink.curves import blob, points, smooth
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.layout import level, many, tall, wide
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc, sky


def build(ground: Ground) -> None:
    """Layers of a sheet of paper."""
    p, stream = ground.palette, ground.stream.sub("paper")
    low = p.top if p.negative else p.low
    level(ground, 0.8)
    sky(ground, p.top if p.negative else mix(low, p.light, 0.35), low, bare=True)
    disc(ground, ground.horizon)
    ground.stand = ground.behind = low
    _wash(ground, stream.sub("wash"), low)
    _forms(ground, stream.sub("forms"), low)


def _wash(ground: Ground, stream: Stream, low: Colour) -> None:
    """Five deformed translucent forms, after Tyler Hobbs, behind all that hangs in the sky; then the hatched ground."""
    p, wash = ground.palette, sheet(ground, "wash", 0.04, low, 0.25, 0.82)
    tint = p.role(stream.pick(["far", "a", "b", "c", "far"]))
    if (
        abs(lightness(tint) - lightness(low)) < 0.1
    ):  # an accent as pale as the sheet would not be seen
        tint = p.far
    tint = mix(tint, low, 0.75 if p.negative else 0.55)
    x, y = ground.width * stream.pick([0.44, 0.56]), 0.47 * ground.height
    for k in range(5):
        cx, cy = x + stream.uniform(-0.02, 0.02), y + stream.uniform(-0.02, 0.02)
        form = blob(stream.sub(k), cx, cy, 0.36 * wide(ground), 0.34 * tall(ground), 11, 0.13, 5)
        wash.flat(form, tint, 70)
    on = sheet(ground, "ground", 0.5, low, 0.25, 0.82)
    base = 0.86 * ground.height
    knots = range(-1, int(ground.width / 0.3) + 3)
    on.stroke(smooth([(k * 0.3, base + stream.uniform(-0.008, 0.008)) for k in knots]), wobble=1.2)
    middle = ground.width / 2
    for _ in range(many(ground, 46)):
        x = stream.uniform(-0.15, ground.width + 0.15)
        x += (middle - x) * 0.45 * stream.uniform()
        top = (x, base + 0.012 + stream.uniform(0, 0.012))
        foot = (x - 0.03 - 0.04 * stream.uniform(), base + 0.05 + 0.06 * stream.uniform())
        on.stroke(points(top, foot), 0.55, wobble=0.6)


def _forms(ground: Ground, stream: Stream, low: Colour) -> None:
    """Small closed forms round the middle, after the early drawings."""
    p, on = ground.palette, sheet(ground, "forms", 0.6, low, 0.15, 0.82)
    for i in range(int(stream.integer(3, 5) * sqrt(ground.width * ground.height) + 0.5)):
        turn = stream.uniform(0, TAU)
        x = ground.width * (0.5 + 0.42 * cos(turn))
        y = ground.height * (0.44 + 0.36 * sin(turn))
        s = stream.uniform(0.018, 0.045)
        if y > 0.78 * ground.height:
            continue
        form = blob(
            stream.sub(i), x, y, s * stream.uniform(0.8, 1.6), s, stream.integer(5, 8), 0.3, 4
        )
        fill = stream.pick(["plain", "hatched", "dotted"])
        on.form(form, p.role(stream.pick("abc")), line=0.8, shade=0.9, fill=fill)
        if stream.chance(0.5):
            tail = [(x + s, y), (x + s * 2, y - s), (x + s * 3, y), (x + s * 4, y - s * 0.6)]
            on.stroke(smooth(tail), 0.7)


register(
    Setting(
        "paper",
        build,
        at=(0.50, 0.92),
        spirit="sheet",
        palettes=("ink-on-paper", "candy", "gold", "rust", "ash"),
        floor=0.88,
        level=False,
    )
)
