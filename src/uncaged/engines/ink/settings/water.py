"""Water: an island far away, waves that swell, a road of light under the disc; rocks, or a bank to stand on."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import blob, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.foreground import foreground
from uncaged.engines.ink.settings.land import land, tufts
from uncaged.engines.ink.settings.layout import REACH, gust, level, many
from uncaged.engines.ink.settings.ribbons import bend, ribbons
from uncaged.engines.ink.settings.sheets import prop, sheet
from uncaged.engines.ink.settings.sky_parts import sky

_CREST = (0.12, 0.75, 1.0, 0.95, 0.2)
_TONES = 3


@dataclass(frozen=True, slots=True)
class _Waves:
    """Strokes on the water, one number per wave. near: 0 (horizon) … 1 (lower edge). lit: it takes the light."""

    x: Array
    y: Array
    width: Array
    near: Array
    phase: Array
    lit: Array
    bent: Array


def build(ground: Ground) -> None:
    """Layers of water."""
    p, stream = ground.palette, ground.stream.sub("water")
    horizon = level(ground, min(ground.horizon / ground.height, 0.52))
    sky(ground)
    isle, haze = mix(p.far, p.low, 0.25), mix(p.low, p.far, 0.4)
    land(ground, "isle", 0.15, horizon, 0.07, 1.1, isle, mist=haze, line=0.4, fade=0.6)
    near = (36, 52, 66) if p.negative else p.near
    ground.stand, ground.behind = mix(p.mid, p.far, 0.4), p.low
    _sea(ground, near)
    _ripple(ground, _lots(ground, stream.sub("waves")), near)
    if ground.shore:
        _bank(ground, stream.sub("bank"))
    else:
        _rocks(ground, stream.sub("rocks"))
    foreground(ground, "grass", "one")


def _room(ground: Ground) -> float:
    return max(0.05, ground.height - ground.horizon)


def _sea(ground: Ground, near: Colour) -> None:
    p, top = ground.palette, ground.horizon
    box = (-REACH, top, ground.width + REACH, max(ground.height, top) + REACH)
    far, front = mix(p.far, p.low, 0.35), mix(p.mid, near, 0.55)
    if p.paper:
        far, front = mix(p.low, p.far, 0.35), mix(p.far, p.mid, 0.3)
    sheet(ground, "sea", 0.4).gradation(box, far, front, top, top + 1.1 * _room(ground))


def _lots(ground: Ground, stream: Stream) -> _Waves:
    """Where the waves are: rows that widen towards us, and more of them under the light."""
    room = _room(ground)
    count = max(4, int(13 * min(2.0, sqrt(room / 0.48)) + 0.5))
    rows: list[tuple[float, ...]] = []
    for i in range(count + 3):
        q = (i + 0.5) / count
        y = ground.horizon + 0.012 + room * 1.04 * q * sqrt(q)
        for _ in range(many(ground, max(2, 7 - i * 4 // count) * 1.1)):
            x = stream.uniform(-0.3, ground.width + 0.3)
            w = (0.05 + 0.17 * q) * stream.uniform(0.5, 1.2)
            jitter = stream.uniform(-0.008, 0.008) * (1 + 2 * q)
            lit = stream.chance(0.5)
            rows.append((x, y + jitter, w, q, stream.uniform(), lit, stream.uniform(-1, 1)))
    if ground.disc_at:
        rows += _road(ground, stream, room)
    x, y, width, q, phase, lit, bent = np.array(rows, dtype=np.float64).T
    return _Waves(x, y, width, q, phase, lit > 0.5, bent)


def _road(ground: Ground, stream: Stream, room: float) -> list[tuple[float, ...]]:
    disc = ground.disc_at
    if disc is None:
        return []
    rows: list[tuple[float, ...]] = []
    for i in range(18):
        q = (i + 0.5) / 16
        y = ground.horizon + 0.012 + room * 1.04 * q * sqrt(q)
        x = disc.x + stream.uniform(-0.5, 0.5) * disc.radius * (1 + q)
        w = (0.04 + 0.1 * q) * stream.uniform(0.6, 1.2)
        rows.append((x, y, w, q, stream.uniform(), 1.0, stream.uniform(-1, 1)))
    return rows


def _ripple(ground: Ground, waves: _Waves, near: Colour) -> None:
    """The waves at each moment: they swell and shift, and shine where the road of light is."""
    p, disc = ground.palette, ground.disc_at
    thick = ground.manner.line * 0.88 / 2
    dark = mix(p.ink, p.mid, 0.3) if p.paper else mix(near, p.mid, 0 if p.negative else 0.3)
    high = p.c if p.negative else p.light
    tone = np.minimum((waves.near * _TONES).astype(np.int64), _TONES - 1)
    haze = 0.1 if p.paper else 0.25
    pale = [mix(high, p.mid, haze + 0.3 * (1 - (k + 0.5) / _TONES)) for k in range(_TONES)]
    reach = waves.near
    wind = gust(ground)

    def draw(frame: Drawing, moment: Moment) -> None:
        turn = moment.turn(0.5)
        x = waves.x + 0.012 * (1 + 2 * reach) * wind * sin(TAU * (turn + waves.phase))
        w = waves.width * (0.75 + 0.25 * sin(TAU * (turn + waves.phase + 0.3)))
        rise = (0.006 + 0.012 * reach) * (0.6 + 0.4 * wind)
        crest = rise * (1 + 0.25 * waves.bent)
        forms = _strokes(x, waves.y, w, crest, thick * (0.5 + 0.9 * reach))
        groups = [("dark", dark, ~waves.lit)]
        groups += [(f"lit{k}", pale[k], waves.lit & (tone == k)) for k in range(_TONES)]
        if disc is not None:
            shining = abs(x - disc.x) < disc.radius * (0.9 + 0.6 * reach)
            glints = _glints(x, waves.y, w, rise, thick * (1.1 + 1.6 * reach))
            chosen = [glints[k] for k in np.flatnonzero(shining).tolist()]
            frame.multi(chosen, disc.colour, line=0, key="road")
        for key, colour, which in groups:
            chosen = [forms[k] for k in np.flatnonzero(which).tolist()]
            frame.multi(chosen, colour, line=0, key=key)

    ground.add("waves", 0.7, draw, "live")


def _strokes(x: Array, y: Array, w: Array, rise: Array, thick: Array) -> list[Array]:
    ways = ((-0.5, 0.0), (-0.2, -0.9), (0.15, -0.5), (0.5, 0.2))
    control = np.stack([np.stack([x + w * a, y + rise * b], 1) for a, b in ways], 1)
    return _swelling(control, thick)


def _glints(x: Array, y: Array, w: Array, rise: Array, thick: Array) -> list[Array]:
    ways = ((-0.4, 1.0), (0.0, 0.3), (0.4, 1.0))
    control = np.stack([np.stack([x + w * a, y + rise * b], 1) for a, b in ways], 1)
    return _swelling(control, thick)


def _swelling(control: Array, thick: Array) -> list[Array]:
    spines = bend(control, 3)
    shape = np.interp(np.linspace(0, 1, spines.shape[1]), np.linspace(0, 1, 5), _CREST)
    return ribbons(spines, shape[None] * thick[:, None])


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
        spirit="boat",
        palettes=("sea", "dawn", "ash", "gold"),
        floor=0.9,
        discs=True,
        clouds=True,
    )
)
