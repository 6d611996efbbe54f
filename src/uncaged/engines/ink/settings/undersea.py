"""Under the sea: shafts of light, a shoal far away, coral, kelp that leans with the swell, bubbles."""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour, lightness, mix, shade
from uncaged.engines.ink.curves import Tube, blob, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land
from uncaged.engines.ink.settings.layout import gust, level, many, tall, wide
from uncaged.engines.ink.settings.ribbons import bend, leaves, ribbons
from uncaged.engines.ink.settings.sheets import sheet, toned
from uncaged.engines.ink.settings.sky_parts import sky

_KELP = np.interp(np.linspace(0, 1, 15), (0, 0.25, 0.5, 0.75, 1), (1.0, 1.3, 1.0, 0.8, 0.0))


def build(ground: Ground) -> None:
    """Layers of the sea's floor and what drifts above it."""
    p, stream = ground.palette, ground.stream.sub("undersea")
    h = ground.height
    level(ground, 0.95)
    high, low = p.near, p.top
    if p.paper:
        high, low = mix(p.low, p.far, 0.25), mix(p.far, p.mid, 0.3)
    elif not p.negative:
        high, low = mix(p.low, p.far, 0.55), mix(p.mid, p.near, 0.7)
    sky(ground, high, low)
    level(ground, 0.86)
    ground.stand, ground.behind = mix(p.mid, p.low, 0.2), mix(high, low, 0.5)
    _shafts(ground, stream.sub("shafts"))
    darker = mix(low, p.far, 0.2) if lightness(low) < lightness(high) else mix(high, p.mid, 0.4)
    _shoal(ground, stream.sub("shoal"), darker)
    floor, haze = mix(p.mid, low, 0.45), mix(low, p.far, 0.4)
    land(ground, "floor1", 0.3, 0.86 * h, 0.12, 1.4, floor, mist=haze, line=0)
    _coral(ground, stream.sub("coral"), low)
    floor = mix(p.near, low, 0.35)
    land(ground, "floor2", 0.6, 0.93 * h, 0.07, 0.7, floor, line=0.4, fade=0.5)
    _kelp(ground, stream.sub("kelp"))
    floor = p.near if p.negative else mix(p.low, p.mid, 0.45)
    land(ground, "floor3", 0.95, 0.985 * h, 0.03, 0.5, floor, line=0.6, fade=0.4, marks=16)
    _bubbles(ground, stream.sub("bubbles"))
    foreground(ground, "leaves", "one")


def _shafts(ground: Ground, stream: Stream) -> None:
    light, low = ground.palette.light, ground.height + 0.25
    shafts = [
        (
            stream.uniform(-0.1, ground.width),
            stream.uniform(0.04, 0.1),
            stream.uniform(0.1, 0.3) * low,
            stream.uniform(),
        )
        for _ in range(many(ground, 5))
    ]

    def draw(frame: Drawing, moment: Moment) -> None:
        for x, w, slant, phase in shafts:
            shaft = points((x, -0.25), (x + w, -0.25), (x + w * 2.4 + slant, low), (x + slant, low))
            alpha = 26 + 16 * sin(TAU * (moment.turn(0.5) + phase))
            frame.flat(shaft, light, int(alpha))

    ground.add("shafts", 0.2, draw, "live")


def _shoal(ground: Ground, stream: Stream, colour: Colour) -> None:
    """Small fish far away, all of one tone, that keep together."""
    x, y, size, number = _fish(ground, stream)

    def draw(frame: Drawing, moment: Moment) -> None:
        at = x + 0.03 * sin(TAU * (moment.turn(0.5) + 0.05 * number))
        beat = 0.3 * size * sin(TAU * (moment.turn(1.0) + 0.17 * number))
        nose = np.stack([at + size, y], 1)
        end = np.stack([at - size * 0.8, y + beat], 1)
        bodies = leaves(nose, end, size * 0.38, np.zeros(len(x)))
        tip = y + beat * 1.6
        corners = (
            (at - size * 1.4, tip - size * 0.3),
            (at - size * 1.2, y + beat),
            (at - size * 1.4, tip + size * 0.3),
            (at - size * 0.7, y + beat),
        )
        tails = np.stack([np.stack(corner, 1) for corner in corners], 1)
        frame.multi([*bodies, *tails], colour, line=0, key="fish")

    ground.add("shoal", 0.25, draw, "live")


def _fish(ground: Ground, stream: Stream) -> tuple[Array, Array, Array, Array]:
    rows: list[tuple[float, float, float, int]] = []
    for _ in range(max(1, many(ground, 0.9))):
        cx = ground.width * stream.uniform(0.15, 0.85)
        cy = ground.height * stream.uniform(0.15, 0.5)
        for i in range(stream.integer(8, 11)):
            x, y = stream.uniform(-0.24, 0.2), stream.uniform(-0.09, 0.1)
            rows.append((cx + x, cy + y, stream.uniform(0.014, 0.026), i))
    x, y, size, number = np.array(rows).T
    return x, y, size, number


def _coral(ground: Ground, stream: Stream, low: Colour) -> None:
    p, on = ground.palette, sheet(ground, "coral", 0.55, low, 0.15, 0.82)
    for k in range(many(ground, 5)):
        edge = stream.uniform(-0.1, 0.3) * wide(ground)
        x = edge if stream.chance(0.5) else ground.width - edge
        y = ground.height * 0.955 + 0.01 * (k % 4)
        colour = mix(p.role(stream.pick("abc")), low, 0.25)
        if stream.chance(0.5):
            size, lean = stream.uniform(0.06, 0.1), stream.uniform(-0.2, 0.2)
            on.union(_branching(stream, x, y, lean, size, 0.016, 0), colour, line=0.6, shade=0.4)
            continue
        for z in range(3):
            s = stream.uniform(0.03, 0.06)
            cx = x + stream.uniform(-0.06, 0.06)
            form = blob(stream.sub(f"{k}{z}"), cx, y - s * 0.6, s * 1.3, s, 8, 0.14, 4)
            on.form(form, mix(p.near, p.mid, stream.uniform(0, 0.6)), line=0.6, shade=1.1)


def _branching(
    stream: Stream, x: float, y: float, lean: float, length: float, width: float, order: int
) -> list[Array]:
    end = (x + sin(lean) * length, y - cos(lean) * length)
    forms = [Tube([(x, y), end], [width, width * 0.8], count=5).outline()]
    if order < 2:
        for z in (-1, 0, 1):
            turn = lean + z * 0.55 + stream.uniform(-0.15, 0.15)
            forms += _branching(stream, *end, turn, length * 0.72, width * 0.75, order + 1)
    return forms


@dataclass(frozen=True, slots=True)
class _Weeds:
    """Kelp of one colour, one number per plant: foot x, length, half width, phase."""

    x: Array
    length: Array
    width: Array
    phase: Array


def _kelp(ground: Ground, stream: Stream) -> None:
    p = ground.palette
    count = many(ground, 5)
    step = (ground.width + 0.3) / max(1, count)
    beds: list[tuple[_Weeds, Colour]] = []
    for k, colour in enumerate((mix(p.deep, p.mid, 0.35), mix(p.near, p.c, 0.3))):
        lots = stream.sub(k)
        beds.append(
            (
                _Weeds(
                    (np.arange(count) + lots.array(count)) * step - 0.15,
                    lots.array(count, 0.2, 0.42) * tall(ground),
                    lots.array(count, 0.012, 0.02),
                    lots.array(count),
                ),
                colour,
            )
        )
    manner = toned(ground, p.deep, 0.0, 0.7)

    def draw(frame: Drawing, moment: Moment) -> None:
        on = frame.inside("kelp", manner)
        for k, (weeds, colour) in enumerate(beds):
            spines = _stems(ground, weeds, moment)
            dark, pale = _fronds(spines, weeds, moment)
            on.multi(dark, colour, line=0.35, key=f"dark{k}")
            on.multi(pale, mix(colour, p.low, 0.12), line=0.35, key=f"pale{k}")
            radii = weeds.width[:, None] * _KELP[None]
            on.multi(ribbons(spines, radii), colour, line=0.5, key=f"stem{k}")
            aside = spines + np.stack([radii * 0.4, radii * 0], -1)
            on.multi(ribbons(aside, radii * 0.55), shade(colour, p, 0.07), line=0, key=f"side{k}")
        frame.group(on, 0, 0, 1, 1)

    ground.add("kelp", 0.8, draw, "live")


def _stems(ground: Ground, weeds: _Weeds, moment: Moment) -> Array:
    """The stems' curves, (n, 15, 2), from the foot up: a swell runs along them."""
    u, phase = np.linspace(0, 1, 8)[None], weeds.phase[:, None]
    swell = 0.05 * gust(ground) * sin(TAU * (moment.turn(0.5) - 0.5 * u + phase)) * u
    x = weeds.x[:, None] + swell + 0.02 * sin(9 * u + phase * 6)
    y = ground.height + 0.05 - u * (weeds.length[:, None] + 0.05)
    return bend(np.stack([x, y], 2), 2)


def _fronds(spines: Array, weeds: _Weeds, moment: Moment) -> tuple[list[Array], list[Array]]:
    """Leaves to the left of all stems, and to the right."""
    sides: list[list[Array]] = []
    for side, at in ((-1.0, (3, 7, 11)), (1.0, (5, 9, 13))):
        start = spines[:, at].reshape(-1, 2)
        phase = np.repeat(weeds.phase, 3) + np.tile(np.array(at) * 0.05, len(weeds.x))
        lift = -0.085 + 0.02 * sin(TAU * (moment.turn(0.5) + phase))
        size = np.repeat(weeds.length / 0.31, 3) * 0.5 + 0.5
        end = start + np.stack([side * 0.07 * size, lift * size], 1)
        sides.append(leaves(start, end, 0.017 * size, np.full(len(start), 0.25 * side)))
    return sides[0], sides[1]


def _bubbles(ground: Ground, stream: Stream) -> None:
    """Bubbles swing as they rise; they grow out of nothing and vanish."""
    colour, rise = mix(ground.palette.light, ground.sky[1], 0.35), ground.height + 0.15
    count = many(ground, 15)
    x, phase = stream.array(count, -0.1, ground.width + 0.1), stream.array(count)
    size = stream.array(count, 0.005, 0.014)
    ring = circle(0, 0, 1, count=12)
    ring = np.concatenate([ring, ring[:1]])[None]

    def draw(frame: Drawing, moment: Moment) -> None:
        q = (moment.turn(0.4) + phase) % 1
        at = np.stack([x + 0.012 * sin(TAU * (2 * q + phase)), ground.height - rise * q], 1)
        here = size * np.clip(np.minimum(4 * q, 6 * (1 - q)), 0, 1)
        rings = at[:, None] + ring * here[:, None, None]
        thick = np.repeat(np.minimum(0.002, here * 0.5)[:, None], 13, 1)
        frame.multi(ribbons(rings, thick), colour, line=0, key="bubbles")

    ground.add("bubbles", 1.1, draw, "live")


register(
    Setting(
        "undersea",
        build,
        at=(0.86, 0.14),
        spirit="coral",
        palettes=("sea", "candy", "violet", "night", "moss"),
        floor=0.96,
    )
)
