"""A village: two rows of houses with a gap in the nearer one, trees between them, a cobbled square."""

from uncaged.engines.ink.colour import Colour, mix, shade
from uncaged.engines.ink.curves import bezier
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import Slope, land
from uncaged.engines.ink.settings.layout import down, level, many, stretch, tall, wide
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a village."""
    p, stream = ground.palette, ground.stream.sub("village")
    level(ground)
    sky(ground)
    colour = mix(p.mid, p.near if p.negative else p.low, 0.45)
    ground.stand, ground.behind = colour, p.low
    far, top = mix(p.far, p.low, 0.3), down(ground, 0)
    land(ground, "far", 0.15, top, 0.12, 0.9, far, mist=p.low, line=0.3, fade=0.6)
    lots = stream.sub("look")
    large, gap = lots.uniform(0.75, 1.3), lots.uniform(0.36, 0.64)
    rows = (
        (0.35, 0.07, 0.2, 0.5, 0.208, p.mid),
        (0.6, 0.13, 0.28, 0.25, 0.312, mix(p.mid, p.near, 0.3)),
    )
    for k, (depth, offset, size, haze, step, tone) in enumerate(rows):
        y = down(ground, offset)
        land(ground, f"street{k}", depth, y - 0.005, 0.012, 0.3, tone, line=0.3, fade=0.5)
        on = sheet(ground, f"houses{k}", depth, p.far, haze, 0.7)
        high = size * large * (0.5 + 0.5 * tall(ground))
        _row(ground, on, stream.sub(k), k, y, high, haze, step * large, gap)
    top = down(ground, 0.17)
    square = land(ground, "square", 0.95, top, 0.012, 0.3, colour, line=0.5, fade=0.4)
    _cobbles(ground, square, stream.sub("cobbles"), colour)
    foreground(ground, "grass", "one")


def _row(
    ground: Ground,
    on: Drawing,
    stream: Stream,
    k: int,
    y: float,
    size: float,
    haze: float,
    step: float,
    gap: float,
) -> None:
    """Houses side by side; the nearer row leaves a gap in the middle of which somebody may stand."""
    tone, open_half = ground.palette.far, 0.2 * wide(ground)
    for i in range(min(72, int((ground.width + 0.4) / step + 1))):
        x = -0.16 + step * (i + stream.uniform(-0.2, 0.2))
        kind = "tower" if stream.chance(0.18) else "house"
        high, base = size * stream.uniform(0.75, 1.15), y + stream.uniform(-0.01, 0.01)
        green, tree = stream.chance(0.5), size * stream.uniform(0.5, 0.8)
        form = stream.pick(["cypress", "round"])
        if k and abs(x - gap * ground.width) < open_half:
            continue
        prop(ground, on, kind, f"house{k}.{i}", x, base, high, tone=tone, share=haze, line=0.7)
        if green:
            name, x = f"tree{k}.{i}", x + step * 0.45
            prop(
                ground,
                on,
                "tree",
                name,
                x,
                y + 0.005,
                tree,
                form=form,
                tone=tone,
                share=haze,
                line=0.7,
            )


def _cobbles(ground: Ground, slope: Slope, stream: Stream, colour: Colour) -> None:
    dark, top = shade(colour, ground.palette, 0.08), down(ground, 0.22)
    low = ground.height + 0.15
    for _ in range(many(ground, 52, deep=True)):
        u = stream.uniform()
        y, x = top + (low - top) * u, stream.uniform(-0.2, ground.width + 0.2)
        s = 0.012 + 0.03 * (y - ground.horizon) / max(1.0, stretch(ground))
        slope.sheet.stroke(bezier((x - s, y), (x, y - s * 0.35), (x + s, y)), 0.6, dark, wobble=0.4)


register(
    Setting(
        "village",
        build,
        at=(0.64, 0.66),
        spirit="house",
        palettes=("dawn", "ash", "rust", "gold", "violet", "candy", "sea"),
        discs=True,
        clouds=True,
    )
)
