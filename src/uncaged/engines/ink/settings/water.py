"""Water: an island far away, waves that swell, a road of light under the disc; rocks, or a bank to stand on."""

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import blob, points
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import level, many
from uncaged.engines.ink.settings.sea import lots, ripple, sea
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of water."""
    p, stream = ground.palette, ground.stream.sub("water")
    horizon = level(ground, min(ground.horizon / ground.height, 0.52))
    sky(ground)
    isle, haze = mix(p.far, p.low, 0.25), mix(p.low, p.far, 0.4)
    land(ground, "isle", 0.15, horizon, 0.07, 1.1, isle, mist=haze, line=0.4, fade=0.6)
    near = (36, 52, 66) if p.negative else p.near
    ground.stand, ground.behind = mix(p.mid, p.far, 0.4), p.low
    low = horizon + _room(ground)
    sea(ground, near, horizon, low)
    ripple(ground, lots(ground, stream.sub("waves"), horizon, low), near)
    if ground.shore:
        _bank(ground, stream.sub("bank"))
    else:
        _rocks(ground, stream.sub("rocks"))
    foreground(ground, "grass", "one")


def _room(ground: Ground) -> float:
    return max(0.05, ground.height - ground.horizon)


def _bank(ground: Ground, stream: Stream) -> None:
    """Somebody stands here: a bank with grass and pebbles."""
    p, room = ground.palette, _room(ground)
    colour = mix(p.mid, p.near if p.negative else p.low, 0.55)
    ground.stand = colour
    edge = ground.horizon + 0.583 * room
    slope = land(ground, "bank", 0.95, edge, 0.03, 0.5, colour, line=0.7, fade=0.3, marks=10)
    on, top, low = slope.sheet, edge + 0.083 * room, ground.height + 0.12
    tufts(ground, on, stream.sub("tufts"), 18, top, low, mix(p.near, p.mid, 0.25), 0.04)
    for k in range(many(ground, 11)):
        u = stream.uniform()
        y = edge + 0.03 + (low - edge - 0.03) * u
        s = 0.008 + 0.011 * u * stream.uniform(0.3, 1)
        x, tone = stream.uniform(-0.15, ground.width + 0.15), stream.uniform(0.1, 0.5)
        pebble = blob(stream.sub(k), x, y, s * 1.6, s, 8, 0.15, 4)
        on.form(pebble, mix(colour, p.near, tone), line=0.5, shade=1.1)
    on.stroke(slope.top + points(0, -0.012), 0.8, p.c if p.negative else p.light, wobble=1.2)


def _rocks(ground: Ground, stream: Stream) -> None:
    on = sheet(ground, "rocks", 1.25, ground.palette.deep, 0.45)
    left = stream.chance(0.5)
    for k in range(3):
        x = stream.uniform(-0.02, 0.16) + 0.07 * k
        y = ground.height + 0.02 - 0.045 * k * stream.uniform(0.6, 1.2)
        x = x if left else ground.width - x
        size = clamp(0.16 - 0.03 * k, 0.05, 0.2)
        prop(ground, on, "stone", f"rock{k}", x, y, size, tone=ground.palette.deep, share=0.45)


register(
    Setting(
        "water",
        build,
        at=(0.70, 0.34),
        spirit="wave",
        palettes=("sea", "ash", "dawn", "violet", "candy"),
        floor=0.9,
        discs=True,
        clouds=True,
        floats=True,
    )
)
