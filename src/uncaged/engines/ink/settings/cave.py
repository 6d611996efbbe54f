"""A cave from within: dark walls round an opening, teeth of stone from above and below, a pool, crystals that glow."""

import numpy as np

from uncaged.engines.ink.colour import Colour, lighter, mix
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.land import land
from uncaged.engines.ink.settings.layout import MARGIN, REACH, level, many, soft, tall, wide
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import disc_colour, sky


def build(ground: Ground) -> None:
    """Layers of a cave."""
    p, stream = ground.palette, ground.stream.sub("cave")
    level(ground, 0.74)
    day, low = (p.light, p.low) if not p.negative else (p.far, p.mid)
    sky(ground, mix(p.top, day, 0.2), mix(low, day, 0.2), bare=True)
    tones = _tones(ground)
    ground.behind = mix(tones[0], low, 0.35)
    _outside(ground, stream.sub("outside"))
    for k, (depth, open_) in enumerate(((0.35, 0.2), (0.65, 0.34))):
        _ring(ground, stream.sub(k), k, depth, open_, tones[k])
    floor = mix(tones[1], tones[0], 0.55)
    ground.stand = floor
    slope = land(
        ground, "floor", 0.9, 0.8 * ground.height, 0.03, 0.7, floor, line=0.6, fade=0.3, marks=12
    )
    _pool(ground, slope.sheet, stream.sub("pool"))
    _crystals(ground, stream.sub("crystals"))
    _drips(ground, stream.sub("drips"))
    _front(ground, stream.sub("front"), tones[2])


def _tones(ground: Ground) -> tuple[Colour, Colour, Colour]:
    """Rock from the mouth to where we are: darker and darker."""
    p = ground.palette
    if p.paper:
        return mix(p.light, p.far, 0.35), mix(p.light, p.far, 0.75), mix(p.far, p.mid, 0.4)
    if p.negative:
        return p.near, p.mid, (26, 26, 34)
    return mix(p.far, p.mid, 0.6), mix(p.mid, p.near, 0.7), mix(p.near, p.deep, 0.75)


def _outside(ground: Ground, stream: Stream) -> None:
    """What one sees through the mouth: a disc, a ridge."""
    p, on = ground.palette, sheet(ground, "outside", 0.1, ground.palette.far, 0.4, 0.7)
    x, y = ground.width * (0.5 - 0.06 * ground.side), 0.44 * ground.height
    if ground.weather.rain < 0.3:
        big = 0.055 * (1 + 0.8 * soft(max(0.0, ground.disc), 2.0)) * tall(ground)
        on.flat(circle(x, y - 0.02, big, count=36), disc_colour(p))
    knots = [
        (-REACH, 0.6),
        *[
            (0.12 * k, 0.6 + stream.uniform(-0.05, 0.03))
            for k in range(int(ground.width / 0.12) + 2)
        ],
        (ground.width + REACH, 0.6),
    ]
    ridge = smooth(points(*knots) * points(1, ground.height), False, 3)
    low = points((ground.width + REACH, ground.height), (-REACH, ground.height))
    on.form(np.concatenate([ridge, low]), mix(p.far, p.low, 0.35), line=0.4, shade=0.7)


def _opening(ground: Ground, stream: Stream, open_: float) -> Array:
    """A ragged round hole, wider in a wide frame."""
    count = 22
    turn = np.arange(count) * (TAU / count)
    out = 1 + stream.array(count, -0.14, 0.14)
    rx, ry = open_ * wide(ground), open_ * 1.15 * tall(ground)
    return np.stack(
        [ground.width / 2 + cos(turn) * rx * out, 0.5 * ground.height + sin(turn) * ry * out], 1
    )


def _ring(ground: Ground, stream: Stream, k: int, depth: float, open_: float, tone: Colour) -> None:
    """Rock all round, drawn as pieces so that the hole stays open; teeth hang into it."""
    p, on = ground.palette, sheet(ground, f"wall{k}", depth, tone, 0.35, 0.8)
    hole = _opening(ground, stream.sub("hole"), open_)
    middle = points(ground.width / 2, 0.5 * ground.height)
    far = middle + (hole - middle) * (3.2 / open_)
    n = len(hole)
    around = np.arange(n + 2)
    for half in (around[: n // 2 + 2], around[n // 2 - 1 :]):  # two, so that no corner shows
        at = half % n
        on.flat(np.concatenate([hole[at], far[at][::-1]]), tone)
    edge = smooth(hole, True, 4)
    on.stroke(np.concatenate([edge, edge[:1]]), 1.0, taper=(0.01, 0.01), wobble=1.0)
    teeth: list[Array] = []
    for i in range(n // 2 + 1, n):
        x, y = hole[i].tolist()
        long, half = (
            stream.uniform(0.03, 0.12) * (1 + 0.6 * k),
            stream.uniform(0.012, 0.026) * (1 + 0.5 * k),
        )
        teeth.append(
            points(
                (x - half, y - 0.05), (x + half, y - 0.05), (x + 0.3 * half, y + 0.4 * long),
                (x, y + long),
            )
        )  # fmt: skip
    on.multi(teeth, tone, line=0.6)
    pale, dark = lighter(tone, 0.06), mix(tone, p.deep, 0.3)
    for _ in range(many(ground, 34)):
        a, r = stream.uniform(0, TAU), stream.uniform(1.15, 2.4)
        x = ground.width / 2 + cos(a) * open_ * wide(ground) * r
        y = 0.5 * ground.height + sin(a) * open_ * 1.15 * tall(ground) * r
        s = stream.uniform(0.02, 0.05)
        crack = points(
            (x, y), (x + s * cos(a + 0.5), y + s * sin(a + 0.5)),
            (x + 1.8 * s * cos(a), y + 1.8 * s * sin(a)),
        )  # fmt: skip
        on.stroke(crack, 0.8, dark if stream.chance(0.6) else pale, wobble=0.7)


def _pool(ground: Ground, on: Drawing, stream: Stream) -> None:
    """Still water that mirrors the mouth."""
    p = ground.palette
    x, y = ground.width * (0.5 + 0.22 * ground.side), 0.9 * ground.height
    w = 0.2 * wide(ground)
    pool = smooth(
        [
            (x - w, y), (x - 0.5 * w, y - 0.022), (x + 0.4 * w, y - 0.02), (x + w, y + 0.004),
            (x + 0.5 * w, y + 0.024), (x - 0.5 * w, y + 0.022),
        ],
        True,
        4,
    )  # fmt: skip
    on.form(pool, mix(p.c, p.near, 0.45) if not p.paper else p.light, line=0.7, shade=0.4)
    for k in range(3):
        a = x - 0.5 * w + 0.35 * w * k
        on.stroke(
            points((a, y + 0.006 * (k - 1)), (a + 0.3 * w, y + 0.006 * (k - 1))),
            0.9,
            mix(p.light, p.c, 0.3),
            wobble=0.3,
        )


def _crystals(ground: Ground, stream: Stream) -> None:
    p, on = ground.palette, sheet(ground, "crystals", 0.95, ground.palette.mid, 0.2, 0.75)
    left = ground.side > 0
    for k in range(1 + many(ground, 1.1)):
        x = (
            (0.08 + 0.13 * k + 0.5 * (k // 2))
            if left
            else ground.width - 0.08 - 0.13 * k - 0.5 * (k // 2)
        )
        size = stream.uniform(0.1, 0.2) * tall(ground)
        y = (0.83 + 0.05 * (k % 2)) * ground.height
        prop(ground, on, "crystal", f"crystal{k}", x, y, size, tone=p.mid, share=0.1, line=0.75)


def _front(ground: Ground, stream: Stream, tone: Colour) -> None:
    """Dark teeth in front of everything, above and at one edge below."""
    on = sheet(ground, "teeth", 1.3, tone, 0.4, 0.9)
    left = stream.chance(0.5)
    x = -MARGIN
    while x < ground.width + MARGIN:
        share = abs(x / ground.width - 0.5) * 2
        long = (0.05 + 0.3 * share * share * stream.uniform(0.5, 1.1)) * tall(ground)
        half = stream.uniform(0.025, 0.05)
        if not ground.airy or share > 0.55:
            tooth = points(
                (x - half, -MARGIN), (x + half, -MARGIN), (x + 0.7 * half, 0.2 * long),
                (x + 0.15 * half, long), (x - 0.1 * half, long * 0.96),
                (x - 0.8 * half, 0.15 * long),
            )  # fmt: skip
            on.form(tooth, tone, line=0.5, shade=0.5)
        x += stream.uniform(0.04, 0.09)
    for k in range(4):
        at = 0.02 + 0.06 * k
        at = at if left else ground.width - at
        y, h = ground.height + 0.04, (0.22 - 0.05 * k) * stream.uniform(0.7, 1.1) * tall(ground)
        on.form(
            smooth(
                [
                    (at - 0.05, y), (at - 0.02, y - 0.6 * h), (at, y - h),
                    (at + 0.018, y - 0.6 * h), (at + 0.05, y),
                ]
            ),
            tone,
            line=0.5,
            shade=0.6,
        )  # fmt: skip


def _drips(ground: Ground, stream: Stream) -> None:
    """Drops fall now and then, each in its own time."""
    count = many(ground, 5)
    x, phase = stream.array(count, 0.05, 0.95) * ground.width, stream.array(count)
    tone = mix(ground.palette.light, ground.palette.c, 0.3)

    def draw(frame: Drawing, moment: Moment) -> None:
        q = (moment.turn(0.5) + phase) % 1
        y = (0.1 + 0.75 * q * q) * ground.height
        size = 0.0065 * np.minimum(1.0, 5 * (1 - q))
        drops = [
            circle(a, b, 0.7 * s, s, 8)
            for a, b, s in zip(x.tolist(), y.tolist(), size.tolist(), strict=True)
        ]
        frame.multi(drops, tone, line=0, key="drips")

    ground.add("drips", 1.1, draw, "live")


register(
    Setting(
        "cave",
        build,
        at=(1.60, 0.10),
        spirit="stone",
        palettes=("violet", "rust", "moss", "sea", "night"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
