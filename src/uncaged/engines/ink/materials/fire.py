"""Fire: tongues along every upper edge, red outside, yellow within; what was drawn on it glows dark; sparks rise."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.curves import smooth
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, detail, rest
from uncaged.engines.ink.materials.shapes import grains, outward
from uncaged.engines.ink.numbers import TAU, Array, sin

_SPARKS = 26
_LAYERS = ((1.0, 1.06), (0.62, 0.9), (0.34, 0.66))
"""Length of the tongues and size of the body, from the outer flame to the core."""


def work(body: Body) -> None:
    """Burns the figure."""
    p, d = body.palette, body.out
    red, orange, yellow = (under(HUES[name], p) for name in ("red", "orange", "yellow"))
    dark = mix(red, p.deep, 0.7)
    tones = (mix(red, orange, 0.15), orange, mix(yellow, (255, 250, 220), 0.3))
    ladder = (dark, red, orange, (255, 250, 226))
    forms = body.forms
    d.multi(_sparks(body, forms), tones[1], line=0.0, key="sparks")
    for k, (long, size) in enumerate(_LAYERS):
        for part in forms:
            if k < 2 or part.size > 0.12:
                d.flat(_flame(part, body, long, size), tones[k])
    for part in body.parts:
        if not isinstance(part, Part):
            rest(body, part, ladder, 0.9)
        elif part.is_detail:
            detail(body, part, ladder)
        elif part.size > 0.12:
            ring = np.concatenate([part.points, part.points[:2]])
            d.stroke(ring, 0.5, red, key=f"{part.key}e", alpha=150, wobble=1.2, taper=(0.1, 0.1))


def _flame(part: Part, body: Body, long: float, size: float) -> Array:
    """A form whose upper edge licks: every second point is a tip that leaps and bends with the wind."""
    middle = (part.low + part.high) / 2
    n = 26 if part.size > 0.2 else 16
    at = np.linspace(0, len(part.points), n, endpoint=False).astype(np.int64)
    p = middle + (part.points[at] - middle) * size
    up = np.maximum(0.25 - outward(part.points)[at][:, 1], 0)
    lots = part.lots("flame", 2 * n).reshape(2, n)
    turn = body.m.turn(1.6)
    leap = 0.55 + 0.45 * sin(TAU * (turn + lots[0]))
    tip = (np.arange(n) % 2 == 0) * leap * (0.4 + 0.6 * lots[1])
    reach = long * min(0.16, 0.05 + 0.28 * part.size) * up * tip
    bend = 0.35 * sin(TAU * (turn * 0.5 - p[:, 1] * 1.3)) + 0.2
    return smooth(np.stack([p[:, 0] + reach * bend, p[:, 1] - reach * 1.5], 1), True, 3)


def _sparks(body: Body, forms: list[Part]) -> list[Array]:
    out: list[Array] = []
    top = body.box[1] - 0.22
    for part in forms:
        count = _SPARKS // len(forms) + 1
        u, lag, side, size = part.lots("spark", 4 * count).reshape(4, count)
        at = part.at(u, 2 * side - 1)
        q = (body.m.turn(0.9) + lag) % 1
        at[:, 0] += 0.05 * sin(TAU * (1.3 * q + lag)) * q + 0.04 * q
        at[:, 1] += (top - at[:, 1]) * q
        out += grains(at, (0.006 + 0.008 * size) * (1 - q))
    return out


register("fire", work)
