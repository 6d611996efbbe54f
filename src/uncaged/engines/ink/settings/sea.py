"""A sheet of water between two heights: its tones, waves that swell, a road of light. No setting of its own.

Water, a harbour, a beach, a swamp and a river are made with it; it knows nothing of what lies in it.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.settings.layout import REACH, gust, many
from uncaged.engines.ink.settings.ribbons import bend, ribbons
from uncaged.engines.ink.settings.sheets import sheet

_CREST = (0.12, 0.75, 1.0, 0.95, 0.2)
_TONES = 3


@dataclass(frozen=True, slots=True)
class Waves:
    """Strokes on the water, one number per wave. near: 0 (horizon) … 1 (lower edge). lit: it takes the light."""

    x: Array
    y: Array
    width: Array
    near: Array
    phase: Array
    lit: Array
    bent: Array


def sea(ground: Ground, near: Colour, top: float, low: float, depth: float = 0.4) -> None:
    """The water's tones from y = top down to y = low; what lies below is for something else to cover."""
    p = ground.palette
    box = (-REACH, top, ground.width + REACH, max(low, top) + REACH)
    far, front = mix(p.far, p.low, 0.35), mix(p.mid, near, 0.55)
    if p.paper:
        far, front = mix(p.low, p.far, 0.35), mix(p.far, p.mid, 0.3)
    sheet(ground, "sea", depth).gradation(box, far, front, top, top + 1.1 * max(0.05, low - top))


def lots(ground: Ground, stream: Stream, top: float, low: float) -> Waves:
    """Where the waves are: rows that widen towards us, and more of them under the light."""
    room = max(0.05, low - top)
    count = max(4, int(13 * min(2.0, sqrt(room / 0.48)) + 0.5))
    rows: list[tuple[float, ...]] = []
    for i in range(count + 3):
        q = (i + 0.5) / count
        y = top + 0.012 + room * 1.04 * q * sqrt(q)
        for _ in range(many(ground, max(2, 7 - i * 4 // count) * 1.1)):
            x = stream.uniform(-0.3, ground.width + 0.3)
            w = (0.05 + 0.17 * q) * stream.uniform(0.5, 1.2)
            jitter = stream.uniform(-0.008, 0.008) * (1 + 2 * q)
            lit = stream.chance(0.5)
            rows.append((x, y + jitter, w, q, stream.uniform(), lit, stream.uniform(-1, 1)))
    if ground.disc_at:
        rows += _road(ground, stream, top, room)
    x, y, width, q, phase, lit, bent = np.array(rows, dtype=np.float64).T
    return Waves(x, y, width, q, phase, lit > 0.5, bent)


def _road(ground: Ground, stream: Stream, top: float, room: float) -> list[tuple[float, ...]]:
    disc = ground.disc_at
    if disc is None:
        return []
    rows: list[tuple[float, ...]] = []
    for i in range(18):
        q = (i + 0.5) / 16
        y = top + 0.012 + room * 1.04 * q * sqrt(q)
        x = disc.x + stream.uniform(-0.5, 0.5) * disc.radius * (1 + q)
        w = (0.04 + 0.1 * q) * stream.uniform(0.6, 1.2)
        rows.append((x, y, w, q, stream.uniform(), 1.0, stream.uniform(-1, 1)))
    return rows


def ripple(ground: Ground, waves: Waves, near: Colour, depth: float = 0.7) -> None:
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

    ground.add("waves", depth, draw, "live")


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
