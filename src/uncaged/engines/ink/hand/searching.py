"""The pen that searches: arcs of a contour drawn again and again, past their ends, and the lines it measures by.

From a line to more lines; nothing is drawn here. Lengths are pixels.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.hand.lots import draws
from uncaged.engines.ink.hand.pen import Line
from uncaged.engines.ink.numbers import TAU, Array, cos, sin

MOST = 9
"""Lines that may be sought for one."""

THIN = 0.5
"""Width of a searching line, against the one that was found."""

MEASURED = 0.10
"""Forms from this size on, as a share of the frame, are measured: an axis, a level, an oval about them."""


def tries(hunger: float) -> int:
    """How many lines are sought for each that is found."""
    return int(min(abs(hunger) * 3 + 0.5, MOST))


def search(line: Line, hunger: float, pixels: float) -> list[Line]:
    """The lines before the line. hunger: 0 none, 1 plain, any number."""
    p = line.points
    size = float(np.ptp(p, axis=0).max()) if len(p) > 2 else 0.0
    if size < 0.012 * pixels:
        return []
    hunger = abs(hunger)
    out = [_try(line, k, hunger, size, pixels) for k in range(tries(hunger))]
    if line.outside and size > MEASURED * pixels and hunger >= 0.25:
        out += [
            replace(line, points=q, key=f"{line.key}/m{k}", width=line.width * 0.3, wobble=line.wobble * 0.4,
                    taper=(0.1, 0.1), outside=0, swell=1.0)
            for k, q in enumerate(_measures(p, hunger))
        ]  # fmt: skip
    return out


def _try(line: Line, k: int, hunger: float, size: float, pixels: float) -> Line:
    """An arc of the line, beside it, overshooting where it bends away."""
    lot = draws(f"seek/{line.key}/{k}", 8)
    p, n = line.points, len(line.points)
    if line.outside:
        share, begin = 0.3 + 0.5 * lot[0], int(lot[1] * n)
        at = (begin + np.arange(max(3, int(share * n)))) % n
    else:
        at = np.arange(int(lot[0] * 0.25 * n), max(3, int((0.75 + 0.25 * lot[1]) * n)))
        at = np.minimum(at, n - 1)
    arc = p[at]
    reach = min((0.008 + 0.014 * hunger) * pixels, 0.16 * size)
    aside = np.array([lot[2] - 0.5, lot[3] - 0.5]) * 2 * reach
    grown = 1 + (lot[4] - 0.5) * min(0.16, 0.05 + 0.05 * hunger)
    middle = p.mean(0)
    arc = middle + (arc - middle) * grown + aside
    past = size * (0.08 + 0.22 * lot[5]) * min(hunger, 2.5)
    arc = np.concatenate([_on(arc[1], arc[0], past), arc, _on(arc[-2], arc[-1], past)])
    wobble = line.wobble * (1 + hunger)
    width = line.width * THIN * (0.7 + 0.6 * lot[6])
    key = f"{line.key}/s{k}"
    return replace(
        line, points=arc, key=key, width=width, wobble=wobble, taper=(0.25, 0.3), outside=0
    )


def _on(before: Array, last: Array, past: float) -> Array:
    """One point further on, straight."""
    d = last - before
    length = float(np.sqrt(d[0] * d[0] + d[1] * d[1]))
    return (last + d * (past / length))[None] if length > 1e-9 else last[None]


def _measures(p: Array, hunger: float) -> list[Array]:
    """An upright, a level, and from a plain hunger on an oval and the diagonals."""
    low, high = p.min(0), p.max(0)
    middle, half = (low + high) / 2, (high - low) / 2
    far = 1.25 + 0.3 * min(hunger, 3.0)
    x, y = (half * far).tolist()
    (cx, cy) = middle.tolist()
    out = [
        np.array([(cx, cy - y), (cx, cy), (cx, cy + y)]),
        np.array([(cx - x, cy), (cx, cy), (cx + x, cy)]),
    ]
    if hunger >= 0.9:
        turn = np.linspace(0, 1.12 * TAU, 40)
        out.append(middle + np.stack([cos(turn), sin(turn)], 1) * half * 1.12)
    if hunger >= 1.8:
        out += [np.array([(cx - x, cy - y), middle, (cx + x, cy + y)]),
                np.array([(cx - x, cy + y), middle, (cx + x, cy - y)])]  # fmt: skip
    return out
