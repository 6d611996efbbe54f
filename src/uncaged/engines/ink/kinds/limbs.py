"""Legs and arms of two bones, and the path of a walking foot: what every body that walks shares.

Knows no bodies. Lengths are in the figure's height, y down.
"""

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.numbers import PI, Array, ease, lerp, sin

STRAIGHT = 0.999
"""A limb is never quite straight: at full length its knee would be undefined."""


def two_bones(
    hip: Array, foot: Array, upper: float, lower: float, bend: float
) -> tuple[Array, Array]:
    """The knee and the foot of a limb that reaches from `hip` towards `foot`, by the law of cosines.

    upper, lower: lengths of the bones, above 0. bend: 1 folds one way, −1 the other (−1: a knee that points forward
    on a figure that faces right). A foot out of reach is drawn in to where the limb ends, one too near is pushed out.
    """
    way = foot - hip
    distance = float(np.sqrt(way[0] * way[0] + way[1] * way[1]))
    along = way / distance if distance > 1e-4 else points(0.0, 1.0)
    reach = min(max(distance, abs(upper - lower) + 1e-4), (upper + lower) * STRAIGHT)
    a = (reach * reach + upper * upper - lower * lower) / (2 * reach)
    side = float(np.sqrt(max(upper * upper - a * a, 0.0)))
    knee = hip + along * a + points(-along[1], along[0]) * (side * bend)
    return knee, hip + along * reach


def step(phase: float, stride: float, lift: float, stance: float = 0.6) -> tuple[float, float]:
    """Where a walking foot is at `phase` (cycles, any number): (dx, dy) from below its hip, dy ≤ 0 in the air.

    For the share `stance` of the cycle it stands and goes back evenly from +stride to −stride, so a body that travels
    2 · stride ÷ stance per cycle does not slide; for the rest it swings forward, lifted by up to `lift`.
    """
    q = phase % 1
    if q < stance:
        return lerp(stride, -stride, q / stance), 0.0
    s = (q - stance) / (1 - stance)
    return lerp(-stride, stride, ease(s)), -lift * sin(PI * s) * (1 - 0.3 * s)
