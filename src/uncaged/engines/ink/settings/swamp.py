"""A swamp: mist between dead trees with hanging moss, dark water with lily leaves, a log, tussocks to stand on."""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, mix, shade, under
from uncaged.engines.ink.curves import Tube, circle, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.forest import crosses
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import gust, level, many, wide
from uncaged.engines.ink.settings.sea import lots, ripple, sea
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc, sky


def build(ground: Ground) -> None:
    """Layers of a swamp."""
    p, stream = ground.palette, ground.stream.sub("swamp")
    horizon = level(ground, min(ground.horizon / ground.height, 0.58))
    room = max(0.05, ground.height - horizon)
    haze = mix(p.low, p.far, 0.45)
    sky(ground, mix(p.low, p.far, 0.25), haze, bare=True)
    disc(ground, horizon)
    ground.behind = mix(p.far, p.low, 0.4)
    far, middle = mix(p.far, p.low, 0.4), mix(p.mid, p.far, 0.45)
    land(ground, "wood", 0.15, horizon - 0.01, 0.14, 1.6, far, mist=haze, line=0)
    _trees(ground, stream.sub("far-trees"), 0.25, far, horizon + 0.01, 0.012, 7.0)
    murk = mix(p.near, under(HUES["green"], p), 0.35) if not p.negative else (36, 52, 46)
    sea(ground, murk, horizon, ground.height)
    _trees(ground, stream.sub("trees"), 0.6, middle, horizon + 0.14 * room, 0.026, 3.2)
    ripple(
        ground, lots(ground, stream.sub("waves"), horizon + 0.1 * room, ground.height), murk, 0.65
    )
    _leaves(ground, stream.sub("leaves"), horizon, room)
    _mist(ground, stream.sub("mist"), horizon, haze)
    colour = (
        mix(mix(p.mid, p.near, 0.5), under(HUES["green"], p), 0.25)
        if not p.paper
        else mix(p.light, p.far, 0.4)
    )
    ground.stand = colour
    if ground.shore:
        slope = land(
            ground,
            "bank",
            0.95,
            horizon + 0.62 * room,
            0.045,
            1.0,
            colour,
            line=0.7,
            fade=0.3,
            marks=12,
        )
        low = ground.height + 0.12
        tufts(
            ground,
            slope.sheet,
            stream.sub("tufts"),
            24,
            horizon + 0.72 * room,
            low,
            mix(p.near, p.deep, 0.2),
            0.06,
        )
    else:
        _log(ground, stream.sub("log"), horizon + 0.7 * room)
    foreground(ground, "grass", "both")


def _trees(
    ground: Ground, stream: Stream, depth: float, tone: Colour, foot: float, w: float, often: float
) -> None:
    """Bare trunks on spread roots, broken boughs, moss that hangs from them; the middle stays open before the near."""
    on = sheet(ground, f"trees{depth}", depth, tone, 0.4, 0.7)
    open_half = 0.17 * wide(ground)
    for k in range(min(90, int((ground.width + 0.5) * often) + 1)):
        x = -0.25 + (k + stream.uniform(-0.3, 0.3)) / often
        lots_ = stream.sub(k)
        if depth > 0.5 and abs(x - ground.width / 2) < open_half:
            continue
        if crosses(ground, x, 2 * w):
            continue
        _tree(ground, on, lots_, x, foot + lots_.uniform(-0.008, 0.012), w, tone)


def _tree(
    ground: Ground, on: Drawing, stream: Stream, x: float, foot: float, w: float, tone: Colour
) -> None:
    lean = stream.uniform(-0.05, 0.05)
    top = stream.uniform(-0.05, 0.16) * ground.height - 0.05
    spine = [(x, foot), (x + 0.3 * lean, foot * 0.7), (x + lean, top)]
    trunk = Tube(spine, [2.1 * w, 1.1 * w, 0.8 * w, 0.35 * w], 18)
    on.form(trunk.outline(), tone, line=0.5, shade=1.1, light=(1, 0.1))
    moss: list[Array] = []
    for _ in range(4):
        u, side = stream.uniform(0.4, 0.9), stream.pick((-1, 1))
        start = trunk.at(u, side * 0.6)
        end = start + points(side * stream.uniform(2.5, 6) * w, -stream.uniform(0.5, 2.5) * w)
        bough = smooth(np.stack([start, (start + end) / 2 + points(0, 0.6 * w), end]))
        on.stroke(bough, 1.2 + 34 * w, tone, taper=(0.02, 0.8), wobble=0.5)
        for q in (0.4, 0.65, 0.9):
            a = bough[int(q * (len(bough) - 1))]
            long = stream.uniform(1.2, 4.2) * w
            moss.append(
                points(
                    (float(a[0]) - 0.22 * w, float(a[1])), (float(a[0]) + 0.22 * w, float(a[1])),
                    (float(a[0]) + 0.05 * w, float(a[1]) + long),
                )
            )  # fmt: skip
    on.multi(moss, mix(tone, under(HUES["green"], ground.palette), 0.2), line=0.3)


def _leaves(ground: Ground, stream: Stream, horizon: float, room: float) -> None:
    """Lily leaves, flatter the farther, notched; a flower on some. They rock."""
    p = ground.palette
    count = many(ground, 15)
    green = mix(under(HUES["green"], p), p.mid, 0.35) if not p.paper else mix(p.light, p.far, 0.25)
    rows = [
        (
            stream.uniform(-0.1, ground.width + 0.1),
            stream.uniform(0.25, 1.0),
            stream.uniform(),
            stream.chance(0.25),
        )
        for _ in range(count)
    ]
    turn = np.linspace(0.35, 6.0, 18)
    leaf = np.concatenate([np.stack([cos(turn), sin(turn)], 1), points((0.1, 0.0))])

    def draw(frame: Drawing, moment: Moment) -> None:
        forms: list[Array] = []
        blooms: list[Array] = []
        for x, q, phase, bloom in rows:
            y = horizon + room * q + 0.003 * moment.cycle(0.5, phase)
            r = 0.018 + 0.045 * q
            forms.append(leaf * points(r, r * 0.32) + points(x, y))
            if bloom:
                for k in (-1, 0, 1):
                    blooms.append(
                        smooth(
                            [
                                (x - 0.2 * r, y - 0.1 * r), (x + 0.32 * r * k, y - 0.75 * r),
                                (x + 0.2 * r, y - 0.1 * r),
                            ]
                        )
                    )  # fmt: skip
        frame.multi(forms, green, line=0.6, key="lilies")
        frame.multi(blooms, mix(p.a, p.light, 0.5), line=0.6, key="blooms")

    ground.add("lilies", 0.75, draw, "live")


def _log(ground: Ground, stream: Stream, y: float) -> None:
    """A log that lies in the water, two eyes of something beside it."""
    p, on = ground.palette, sheet(ground, "log", 0.9, ground.palette.near, 0.25, 0.8)
    x = ground.width * (0.5 + 0.24 * ground.side)
    bark = mix(under(HUES["brown"], p), p.deep, 0.35) if not p.paper else p.far
    log = Tube([(x - 0.17, y + 0.012), (x, y), (x + 0.16, y - 0.02)], [0.024, 0.03, 0.026], 14)
    on.form(log.outline(), bark, line=0.7, shade=1.0)
    on.form(
        circle(x + 0.165, y - 0.021, 0.012, 0.025, 14), mix(bark, p.light, 0.4), line=0.6, shade=0.2
    )
    on.form(
        lobed(stream, x - 0.05, y - 0.028, 0.05, 0.014, 6, 0.2),
        mix(under(HUES["green"], p), p.near, 0.3),
        line=0.4,
        shade=0.5,
    )
    for side in (-1, 1):
        at = ground.width * (0.5 - 0.2 * ground.side) + 0.02 * side
        on.form(circle(at, y + 0.02, 0.011, 0.012, 12), mix(p.b, p.light, 0.3), line=0.8, shade=0)
        on.dot(at, y + 0.02, 0.004, p.ink)
    brow = ground.width * (0.5 - 0.2 * ground.side)
    on.stroke(
        smooth([(brow - 0.05, y + 0.035), (brow, y + 0.03), (brow + 0.09, y + 0.036)]),
        1.6,
        shade(bark, p, 0.1),
        wobble=0.4,
    )


def _mist(ground: Ground, stream: Stream, horizon: float, haze: Colour) -> None:
    """Lanes of mist that slide over the water."""
    rows = [
        (
            stream.uniform(0, ground.width),
            horizon + stream.uniform(-0.06, 0.14),
            stream.uniform(0.25, 0.5),
            stream.uniform(),
        )
        for _ in range(many(ground, 5))
    ]

    def draw(frame: Drawing, moment: Moment) -> None:
        for k, (x, y, half, phase) in enumerate(rows):
            slide = 0.06 * moment.cycle(0.25, phase) * min(2.0, gust(ground))
            lens = Tube(
                points(
                    (x - half + slide, y), (x + slide, y - 0.008), (x + half + slide, y + 0.004)
                ),
                [0.002, 0.017, 0.015, 0.002],
                20,
            )
            frame.flat(lens.outline(), haze, 110 if k % 2 else 80)

    ground.add("mist", 0.78, draw, "live")


register(
    Setting(
        "swamp",
        build,
        at=(1.60, 0.35),
        spirit="grass",
        palettes=("moss", "violet", "rust", "ash", "sea"),
        floor=0.9,
        level=False,
        floats=True,
    )
)
