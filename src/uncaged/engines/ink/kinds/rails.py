"""Rails that lie still under what runs on them, and the wire above it. No kind of its own; knows no stations.

A figure's frame goes with the figure: sleepers go back in it by as much as the figure has come.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.numbers import PI, Array, sin
from uncaged.engines.ink.paint import Paint

STEP = 0.3
"""From one sleeper to the next, in heights of the vehicle."""


def rails(d: Drawing, paint: Paint, half: float, way: float) -> None:
    """A track that reaches `half` to both sides; way: how far the vehicle has come."""
    count = int(2 * half / STEP)
    x = -half + STEP * np.arange(count + 1) - way % STEP
    near = np.maximum(0.0, 1 - abs(x / half))
    size = 0.05 * (0.35 + 0.65 * np.minimum(1.0, 3 * near))
    sleepers: list[Array] = [
        points((a - s, 0.02), (a + s, 0.02), (a + s * 1.3, 0.07), (a - s * 1.3, 0.07))
        for a, s in zip(x.tolist(), size.tolist(), strict=True)
        if s > 0.018
    ]
    d.multi(sleepers, paint.trunk, line=0.5, key="sleepers")
    for y in (0.01, 0.05):
        d.stroke(
            points((-half, y), (0, y + 0.004), (half, y)),
            1.1,
            paint.dark,
            taper=(0.12, 0.12),
            wobble=0.3,
        )


def bogies(d: Drawing, paint: Paint, xs: list[float], radius: float, way: float, key: str) -> None:
    """All the small wheels under the carriages of a train: two marks."""
    discs = [circle(x, -radius, radius, count=16) for x in xs]
    d.multi(discs, paint.dark, line=0.6, key=f"bogies{key}")
    spoke = points((-0.16, -0.7), (0.16, -0.7), (0.16, 0.7), (-0.16, 0.7)) * radius
    turns = [turned(spoke, a + way / radius, x, -radius) for x in xs for a in (0.0, PI / 2)]
    d.multi(turns, paint.pale, line=0, key=f"spokes{key}")


def wire(d: Drawing, paint: Paint, half: float, y: float, way: float) -> None:
    """A wire at height y, hung from pole to pole so that it sags between them."""
    x = np.linspace(-half, half, 24)
    sag = 0.05 * abs(sin(PI * (x + way) / 3.0))
    d.stroke(np.stack([x, y + sag - 0.05], 1), 0.7, taper=(0.05, 0.05), wobble=0.1, key="wire")
