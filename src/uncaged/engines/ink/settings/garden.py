"""A garden: pale trees, a clipped hedge, beds on both sides, large blossoms cut by the lower edge."""

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import lobed
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import down, level, tall, wide
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky

_TREES = ("round", "cypress", "cloud", "round", "cypress")
_BLOOMS = ("red", "yellow", "white", "pink", "violet", "orange")


def build(ground: Ground) -> None:
    """Layers of a garden."""
    p, stream = ground.palette, ground.stream.sub("garden")
    level(ground, ground.horizon / ground.height + 0.02)
    sky(ground)
    colour = mix(p.mid, p.near if p.negative else p.low, 0.5)
    ground.stand, ground.behind = colour, mix(p.far, p.low, 0.4)
    _trees(ground, stream.sub("trees"))
    _hedge(ground, stream.sub("hedge"))
    top = down(ground, 0.16)
    lawn = land(ground, "lawn", 0.9, top, 0.015, 0.3, colour, line=0.5, fade=0.4, marks=12)
    green, low = mix(p.near, p.mid, 0.3), ground.height + 0.15
    tufts(ground, lawn.sheet, stream.sub("tufts"), 20, down(ground, 0.23), low, green, 0.04)
    _beds(ground, stream.sub("beds"))
    left = stream.chance(0.5)
    _blossoms(ground, stream.sub("blossoms"), left)
    foreground(ground, "leaves", "one", not left)


def _trees(ground: Ground, stream: Stream) -> None:
    p = ground.palette
    tone = mix(p.far, p.low, 0.3)
    on = sheet(ground, "trees", 0.3, tone, 0.55)
    first = stream.integer(0, 4)
    for i in range(min(60, int((ground.width + 0.5) / 0.3 + 0.7))):
        x = -0.16 + 0.3 * i + stream.uniform(-0.06, 0.06)
        size = (0.42 + 0.14 * stream.uniform()) * tall(ground)
        form, y = _TREES[(i + first) % 5], down(ground, 0.1)
        prop(ground, on, "tree", f"tree{i}", x, y, size, form=form, tone=tone, share=0.55)


def _hedge(ground: Ground, stream: Stream) -> None:
    p = ground.palette
    on = land(ground, "hedge", 0.5, down(ground, 0.12), 0.01, 0.3, p.mid, line=0).sheet
    for i in range(min(400, int((ground.width + 0.5) / 0.061) + 1)):
        x = -0.25 + 0.061 * i + stream.uniform(-0.02, 0.02)
        y = down(ground, 0.07) + stream.uniform(-0.01, 0.02)
        bush = lobed(stream.sub(i), x, y, 0.065, 0.055 * tall(ground), 7, 0.13, 4)
        tone = mix(p.light, p.far, 0.3 + 0.4 * (i % 2)) if p.paper else None
        on.form(bush, tone or mix(p.mid, p.near, 0.3 + 0.4 * (i % 2)), line=0.5)


def _beds(ground: Ground, stream: Stream) -> None:
    """Flowers and ferns left and right, the middle is free."""
    p, on = ground.palette, sheet(ground, "beds", 0.95, ground.palette.mid, 0.12, 0.82)
    places: list[tuple[float, float, str, float, int]] = []
    for side in (0, 1):
        for k in range(int(4 * wide(ground) + 0.5)):
            x = stream.uniform(-0.06, 0.24) * wide(ground)
            kind, size = stream.pick(["flower", "flower", "fern"]), stream.uniform(0.16, 0.26)
            y = down(ground, 0.15 + 0.2 * stream.uniform())
            places.append((y, ground.width - x if side else x, kind, size, 2 * k + side))
    for y, x, kind, size, k in sorted(places):
        hue = stream.pick(_BLOOMS) if kind == "flower" else ""
        prop(
            ground,
            on,
            kind,
            f"bed{k}",
            x,
            y,
            size,
            hue=hue,
            tone=p.mid,
            share=0.12,
            line=0.82,
            sway=0.8,
        )


def _blossoms(ground: Ground, stream: Stream, left: bool) -> None:
    """Large blossoms in front, cut by the edge."""
    p, on = ground.palette, sheet(ground, "blossoms", 1.25, ground.palette.deep, 0.22)
    for k in range(3):
        x = stream.uniform(-0.02, 0.1) + 0.09 * k
        x, y = x if left else ground.width - x, ground.height + 0.18 - 0.02 * k
        size, hue = (0.48 - 0.07 * k) * tall(ground), stream.pick(_BLOOMS)
        prop(ground, on, "flower", f"blossom{k}", x, y, size, hue=hue, tone=p.deep, share=0.22)


register(
    Setting(
        "garden",
        build,
        at=(0.28, 0.60),
        spirit="flower",
        palettes=("moss", "gold", "candy", "dawn", "sea"),
        level=False,
    )
)
