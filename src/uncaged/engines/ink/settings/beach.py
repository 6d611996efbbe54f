"""A beach: the sea far off, waves that come up the sand and leave foam, shells, a parasol, palms at one side."""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, mix, shade, under
from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import REACH, level, many, tall
from uncaged.engines.ink.settings.sea import lots, ripple, sea
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky


def build(ground: Ground) -> None:
    """Layers of a beach."""
    p, stream = ground.palette, ground.stream.sub("beach")
    horizon = level(ground, min(ground.horizon / ground.height, 0.5))
    room = max(0.05, ground.height - horizon)
    sky(ground)
    near = (36, 52, 66) if p.negative else p.near
    shore = horizon + 0.5 * room
    if stream.chance(0.6):
        isle = mix(p.far, p.low, 0.3)
        land(ground, "isle", 0.15, horizon, 0.06, 1.2, isle, mist=p.low, line=0.3, fade=0.6)
    sea(ground, near, horizon, shore + 0.1 * room)
    ripple(ground, lots(ground, stream.sub("waves"), horizon, shore + 0.02 * room), near)
    sand = p.near if p.negative else mix(mix(under(HUES["yellow"], p), p.light, 0.55), p.far, 0.25)
    if p.paper:
        sand = mix(p.light, p.far, 0.2)
    _surf(ground, stream.sub("surf"), shore, room, sand)
    ground.stand, ground.behind = sand, p.low
    slope = land(
        ground, "sand", 0.95, shore + 0.11 * room, 0.025, 0.3, sand, line=0, fade=0.4, marks=12
    )
    _found(ground, slope.sheet, stream.sub("found"), shore + 0.18 * room, sand)
    _beside(ground, stream.sub("beside"), shore, room)
    low = ground.height + 0.12
    tufts(
        ground,
        slope.sheet,
        stream.sub("tufts"),
        7,
        shore + 0.3 * room,
        low,
        mix(p.near, p.mid, 0.3),
        0.045,
    )
    foreground(ground, "grass", "one", left=ground.side > 0)


def _surf(ground: Ground, stream: Stream, shore: float, room: float, sand: Colour) -> None:
    """Tongues of water that come up the sand and go back; wet sand beneath, foam at their edge."""
    p = ground.palette
    count = min(160, int((ground.width + 2 * REACH) / 0.05))
    x = np.linspace(-REACH, ground.width + REACH, count)
    lobes = sin(x * 7.0 + stream.uniform(0, 6)) + 0.5 * sin(x * 13.0 + stream.uniform(0, 6))
    wet, water = shade(sand, p, 0.1), mix(mix(p.mid, p.far, 0.4), p.light, 0.25)
    if p.paper:
        water = mix(p.light, p.far, 0.3)
    foam = p.c if p.negative else p.light
    deep = 0.16 * room
    low = points((ground.width + REACH, shore + 0.5 * room), (-REACH, shore + 0.5 * room))

    def draw(frame: Drawing, moment: Moment) -> None:
        ground_edge = np.stack([x, shore + deep * (0.82 + 0.05 * lobes)], 1)
        frame.flat(
            np.concatenate([np.stack([x, 0 * x + shore - 0.02 * room], 1), ground_edge[::-1]]), wet
        )
        for k in range(2):
            reach = 0.5 + 0.3 * sin(TAU * (moment.turn(0.25) + 0.5 * k)) - 0.22 * k
            edge = np.stack([x, shore + deep * (reach + 0.1 * lobes * (1 if k else -1))], 1)
            top = np.stack([x, 0 * x + shore - 0.1 * room], 1)
            frame.flat(
                np.concatenate([top, edge[::-1]]), water if k == 0 else mix(water, foam, 0.25), 235
            )
            frame.multi([_ribbon(edge, 0.006 + 0.004 * lobes)], foam, line=0, key=f"foam{k}")

    sheet(ground, "wet", 0.85).flat(np.concatenate([np.stack([x, 0 * x + shore], 1), low]), sand)
    ground.add("surf", 0.9, draw, "live")


def _ribbon(edge: Array, half: Array) -> Array:
    side = np.stack([0 * half, np.maximum(0.002, half)], 1)
    return np.concatenate([edge - side, (edge + side)[::-1]])


def _found(ground: Ground, on: Drawing, stream: Stream, top: float, sand: Colour) -> None:
    """Shells, pebbles, a starfish, a line of footprints."""
    p, low = ground.palette, ground.height + 0.1
    for k in range(many(ground, 12)):
        u = stream.uniform()
        x, y = stream.uniform(-0.15, ground.width + 0.15), top + (low - top) * u
        s = 0.006 + 0.009 * u
        tone = mix(p.role(stream.pick("abc")), sand, 0.5) if k % 3 else shade(sand, p, 0.12)
        on.form(blob(stream.sub(k), x, y, s * 1.5, s, 7, 0.16, 3), tone, line=0.5, shade=0.7)
    x, y = ground.width * (0.5 + 0.28 * ground.side), top + 0.55 * (low - 0.1 - top)
    angle = np.arange(10) * (TAU / 10)
    reach = np.where(np.arange(10) % 2 == 0, 0.03, 0.013)
    star = np.stack([x + sin(angle) * reach, y + sin(angle + TAU / 4) * reach * 0.5], 1)
    on.form(smooth(star, True, 3), mix(p.a, sand, 0.25), line=0.6, shade=0.4)
    start = stream.uniform(0.1, 0.4) * ground.width
    steps = [
        circle(
            start + 0.05 * k + 0.012 * (k % 2),
            top + 0.03 + 0.016 * k + 0.012 * (k % 2),
            0.012,
            0.005,
            10,
        )
        for k in range(8)
    ]
    on.multi(steps, shade(sand, p, 0.08), line=0)


def _beside(ground: Ground, stream: Stream, shore: float, room: float) -> None:
    """At the side away from the subject: a parasol and a towel, or two palms."""
    p, size = ground.palette, 0.5 + 0.5 * tall(ground)
    on = sheet(ground, "beside", 0.96, p.far, 0.15, 0.8)
    left = ground.side > 0
    x = 0.13 if left else ground.width - 0.13
    y = shore + 0.3 * room
    if stream.chance(0.5):
        for k, (dx, high) in enumerate(((-0.02, 0.5), (0.09, 0.38))):
            at = x + (dx if left else -dx)
            prop(
                ground,
                on,
                "palm",
                f"palm{k}",
                at,
                y + 0.012 * k,
                high * size,
                tone=p.far,
                share=0.15,
                line=0.8,
                flip=not left,
            )
        return
    towel = points(
        (x - 0.02, y + 0.035), (x + 0.15, y + 0.03), (x + 0.19, y + 0.065), (x + 0.01, y + 0.07)
    )
    towel[:, 0] = towel[:, 0] if left else 2 * x - towel[:, 0]
    on.form(towel, p.c, line=0.6, shade=0.5, fill="striped", colour2=p.light)
    top = y - 0.2 * size
    on.stroke(points((x, y + 0.02), (x + 0.012, top)), 1.6, p.near, wobble=0.2)
    rim = np.linspace(-1, 1, 9)
    edge = np.stack([x + 0.012 + 0.13 * rim, top + 0.055 + 0.012 * (np.arange(9) % 2)], 1)
    dome = smooth(
        [
            (x - 0.118, top + 0.055), (x - 0.07, top - 0.005), (x + 0.012, top - 0.03),
            (x + 0.094, top - 0.005), (x + 0.142, top + 0.055),
        ]
    )  # fmt: skip
    on.form(np.concatenate([dome, edge[::-1]]), p.a, line=0.8, shade=0.6)
    peak = points((x + 0.012, top - 0.03))
    gores = [np.concatenate([peak, edge[k : k + 2]]) for k in (1, 3, 5, 7) if k + 1 < 9]
    on.multi(gores, p.light, line=0.4)


register(
    Setting(
        "beach",
        build,
        at=(1.40, 0.35),
        spirit="wave",
        palettes=("sea", "candy", "violet", "gold", "desert", "dawn"),
        discs=True,
        clouds=True,
    )
)
