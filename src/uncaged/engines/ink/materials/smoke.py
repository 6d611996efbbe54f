"""Smoke: soft lobes over each other, no contour, that hold below and drift apart above."""

import numpy as np

from uncaged.engines.ink.colour import lightness, mix
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Line, Mark, Stroke
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Ladder, Part, toned
from uncaged.engines.ink.materials.shapes import outward
from uncaged.engines.ink.numbers import TAU, Array, cos, sin

_PUFFS, _WISPS = 20, 5


def work(body: Body) -> None:
    """Blows the figure away."""
    p, d = body.palette, body.out
    pale = lightness(body.ground) < 0.55
    far = mix(p.light, p.far, 0.3) if pale else mix(p.near, p.far, 0.35)
    near = mix(p.light, p.mid, 0.12) if pale else mix(p.near, p.deep, 0.35)
    ladder = (
        mix(near, p.deep, 0.5) if pale else mix(near, p.deep, 0.6),
        near,
        mix(near, far, 0.5),
        mix(far, p.light, 0.35),
    )
    forms = body.forms
    _puffs(body, forms, far)
    for grow, alpha in ((0.028, 42), (0.012, 70)):
        for part in forms:
            d.flat(_blown(_lobes(part, body, grow), body), far, alpha)
    for part in body.parts:
        if isinstance(part, Part):
            tone = near if part.tone < 0.5 else mix(near, far, 0.6)
            colour = toned(part.colour, ladder) if part.is_detail else tone
            d.flat(_blown(part.points, body), colour, 215 if part.is_detail else 128)
        else:
            _trace(body, part, ladder)


def _blown(p: Array, body: Body) -> Array:
    """Bent by slow waves that grow with the height."""
    _, top, _, bottom = body.box
    tall = max(bottom - top, 0.1)
    high = np.clip((bottom - p[:, 1]) / tall, 0, 1.4)
    turn = body.m.turn(0.45)
    q = high * high
    x = p[:, 0] + 0.045 * tall * q * sin(TAU * (1.1 * high - turn)) + 0.02 * tall * q
    y = p[:, 1] - 0.02 * tall * q * (1 + cos(TAU * (0.8 * high - turn)))
    return np.stack([x, y], 1)


def _lobes(part: Part, body: Body, grow: float) -> Array:
    """The form swollen into soft arcs that travel round it."""
    p = part.points
    n = len(p)
    at = np.arange(n) / n
    lobes = max(3, int(part.size * 18))
    arc = abs(sin(TAU * (at * lobes / 2 + 0.5 * part.lot("lobe") + 0.25 * body.m.turn(0.4))))
    return p + outward(p) * (grow * (0.3 + arc))[:, None]


def _puffs(body: Body, forms: list[Part], colour: tuple[int, int, int]) -> None:
    """Round clouds that leave the upper edges, rise, widen and thin out."""
    for k in range(_PUFFS if forms else 0):
        part = forms[k % len(forms)]
        u, side, lag, size = part.lots(f"puff{k}", 4).tolist()
        x, y = part.at(np.array([u]), np.array([1.6 * side - 0.8]))[0].tolist()
        q = (body.m.turn(0.4) + lag) % 1
        x += 0.10 * float(sin(TAU * (0.7 * q + lag))) * q + 0.12 * q
        r = (0.03 + 0.04 * size) * (0.6 + 1.3 * q) * min(1.0, 0.4 + 2 * part.size)
        body.out.flat(
            circle(x, y - 0.42 * q, r, r * 0.85, 18), colour, int(74 * (1 - q) * min(1, 6 * q))
        )


def _trace(body: Body, mark: Mark, ladder: Ladder) -> None:
    """Strokes stay as faint threads of it; what else was there is gone."""
    if isinstance(mark, Stroke | Line):
        line = _blown(mark.points, body)
        key = mark.key if isinstance(mark, Stroke) else "line"
        body.out.stroke(line, 0.8, ladder[0], key=key, alpha=120, wobble=1.5, taper=(0.4, 0.5))
    elif hasattr(mark, "radius"):
        body.out.marks.append(mark)


register("smoke", work)
