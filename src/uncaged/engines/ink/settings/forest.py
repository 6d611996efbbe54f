"""A forest: three depths of trunks under a canopy, an opening in the middle, ferns at the foot."""

from uncaged.engines.ink.colour import Colour, mix, shade
from uncaged.engines.ink.curves import Tube, bezier, lobed, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import MARGIN, down, level, many, stretch, tall, wide
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import disc, sky


def build(ground: Ground) -> None:
    """Layers of a forest."""
    p, stream = ground.palette, ground.stream.sub("forest")
    level(ground, ground.horizon / ground.height + 0.06, most=0.95)
    sky(ground, p.low, mix(p.low, p.far, 0.3), bare=True)
    disc(ground, ground.horizon, 0.42 * ground.horizon)
    ground.behind = mix(p.far, p.low, 0.4)
    tones = (mix(p.far, p.low, 0.5), mix(p.far, p.mid, 0.35), mix(p.mid, p.near, 0.5))
    if p.paper:
        tones = (mix(p.light, p.far, 0.5), mix(p.light, p.far, 0.25), mix(p.light, p.far, 0.05))
    for k, (depth, often, width) in enumerate(
        ((0.15, 10.5, 0.016), (0.35, 7.0, 0.024), (0.65, 4.7, 0.036))
    ):
        on = sheet(ground, f"trunks{k}", depth, tones[k], 0.5 - 0.2 * k, 0.7)
        _trunks(ground, on, stream.sub(k), k, often, width, tones[k])
        _canopy(ground, on, stream.sub(f"canopy{k}"), k, tones[k])
    colour = mix(p.mid, p.near if p.negative else p.low, 0.3)
    ground.stand = colour
    top = down(ground, 0.13)
    floor = land(ground, "floor", 0.9, top, 0.02, 0.5, colour, line=0.5, fade=0.4, marks=16)
    green = mix(p.near, p.mid, 0.3)
    low = ground.height + 0.15
    tufts(ground, floor.sheet, stream.sub("tufts"), 24, down(ground, 0.16), low, green, 0.045)
    _ferns(ground, stream.sub("ferns"))
    foreground(ground, "leaves")


def _trunks(
    ground: Ground, on: Drawing, stream: Stream, k: int, often: float, w: float, colour: Colour
) -> None:
    """Trunks from the ground to above the frame; the nearest leave the middle open."""
    step, open_half = 1 / often, 0.2 * wide(ground)
    thick = w * (0.5 + 0.5 * tall(ground))
    for i in range(min(240, int((ground.width + 0.6) * often) + 1)):
        x = -0.3 + step * (i + stream.uniform(-0.3, 0.3))
        foot = down(ground, 0.07 + 0.05 * k) + stream.uniform(-0.01, 0.01) * stretch(ground)
        if k == 2 and abs(x - ground.width / 2) < open_half:
            continue
        if crosses(ground, x, thick):
            continue
        spine = [
            (x, foot + 0.02),
            (x + stream.uniform(-0.01, 0.01), foot * 0.62),
            (x + stream.uniform(-0.03, 0.03), -MARGIN - 0.05),
        ]
        trunk = Tube(spine, [thick * 1.5, thick, thick * 0.85], count=16)
        line = 0.5 if k or ground.palette.pen else 0
        on.form(trunk.outline(), colour, line=line, shade=1.1, light=(1, 0.1))
        _boughs(ground, on, stream, x, thick, k, colour)
        for _ in range(7 if k == 2 else 0):
            y = stream.uniform(0.0, foot)
            mark = points((x - thick * 0.5, y), (x + thick * 0.3, y + 0.004))
            on.stroke(mark, 0.6, shade(colour, ground.palette), wobble=0.4)


def crosses(ground: Ground, x: float, half: float) -> bool:
    """Whether a trunk at x, `half` of it to each side, would stand before the sun or moon or along its rim."""
    at = ground.disc_at
    return at is not None and abs(x - at.x) < 1.06 * at.radius + 2.5 * half


def _boughs(
    ground: Ground, on: Drawing, stream: Stream, x: float, w: float, k: int, colour: Colour
) -> None:
    for _ in range(3):
        y, side = stream.uniform(0.13, 0.65) * ground.horizon, stream.pick([-1, 1])
        if crosses(ground, x + side * w * (3 + k), w * (2 + k)):
            continue
        up = 0.1 + 0.05 * stream.uniform()
        start, middle = (x + side * w * 0.8, y), (x + side * w * 3, y - 0.03)
        end = (x + side * w * (5 + 2 * k), y - up)
        width = (1.3 + k * 0.6) * (0.55 if ground.palette.paper else 1)
        tone = on.manner.ink if ground.palette.paper else colour
        on.stroke(bezier(start, middle, end), width, tone, wobble=0.6, taper=(0.02, 0.9))


def _canopy(ground: Ground, on: Drawing, stream: Stream, k: int, colour: Colour) -> None:
    size = tall(ground)
    leaf = mix(colour, ground.palette.mid, 0.08 if ground.palette.paper else 0.25)
    right = ground.width + MARGIN + 0.1
    left, above = -MARGIN - 0.1, -MARGIN - 0.1
    on.flat(points((left, above), (right, above), (right, -0.04), (left, -0.04)), leaf)
    for i in range(min(200, int((ground.width + 0.5) / 0.133) + 1)):
        x = -0.25 + 0.133 * i + stream.uniform(-0.05, 0.05)
        y = -0.02 + stream.uniform(-0.03, 0.06) * (1 + k) * size
        if crosses(ground, x, 0.0):
            y = min(y, -0.03)  # the light is seen whole, or nearly
        crown = lobed(stream.sub(i), x, y, 0.14 * size, 0.11 * size, 11, 0.13, 4)
        on.form(crown, leaf, line=0.4 if k or ground.palette.pen else 0)


def _ferns(ground: Ground, stream: Stream) -> None:
    p, on = ground.palette, sheet(ground, "ferns", 0.95, ground.palette.mid, 0.2, 0.7)
    places = ((0.05, 0.21), (-0.07, 0.18), (0.2, 0.14), (-0.18, 0.31))
    for k in range(4 + many(ground, 2) - 2):
        x, offset = places[k % 4]
        inwards = 0.0 if k < 4 else stream.uniform(-0.1, 0.35)
        x += (1 if x > 0 else -1) * inwards + stream.uniform(-0.04, 0.04)
        x = x if x > 0 else ground.width + x
        size = stream.uniform(0.17, 0.27)
        y = down(ground, offset)
        prop(ground, on, "fern", f"fern{k}", x, y, size, tone=p.mid, share=0.2, line=0.7)


register(
    Setting(
        "forest",
        build,
        at=(0.12, 0.46),
        spirit="tree",
        palettes=("moss", "gold", "rust", "violet", "dawn", "sea"),
        level=False,
    )
)
