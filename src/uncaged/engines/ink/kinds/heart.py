"""A heart that beats: whole, broken, pierced or winged. A sign, not an organ.

How it is built: one closed form of two lobes and a point; a beat is two swellings, the second smaller. A broken one is
the same outline cut along a zigzag, its halves turned apart.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.person_rig import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease, over
from uncaged.engines.ink.paint import Paint

FOOT = points(0.0, -0.04)
RIGHT = points(
    (0.0, -0.74), (0.1, -0.88), (0.27, -0.94), (0.44, -0.84), (0.47, -0.64), (0.38, -0.42),
    (0.2, -0.2), (0.0, -0.04),
)  # fmt: skip
CRACK = points(
    (0.0, -0.74), (-0.07, -0.6), (0.06, -0.48), (-0.06, -0.33), (0.05, -0.2), (0.0, -0.04)
)


@dataclass(frozen=True, slots=True)
class Heart:
    """What the lot decided. askew: how much fuller one side is."""

    paint: Paint
    form: str
    askew: float


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A heart; `form` is whole, broken, pierced or winged, or "" for a whole one."""
    form = form if form in ("broken", "pierced", "winged") else "whole"
    return partial(_draw, Heart(paint, form, stream.uniform(0.92, 1.08)))


def beat(m: Moment) -> float:
    """0 at rest; two swellings, the second half as large."""
    q = m.turn(1.0) % 1
    first = ease(over(q, 0.0, 0.1)) * (1 - ease(over(q, 0.1, 0.26)))
    second = ease(over(q, 0.24, 0.34)) * (1 - ease(over(q, 0.34, 0.56)))
    return first + 0.5 * second


def _draw(heart: Heart, d: Drawing, m: Moment) -> None:
    paint = heart.paint
    k = 1 + 0.07 * beat(m)
    left = RIGHT[::-1] * points(-heart.askew, 1.0)
    if heart.form == "winged":
        for side in (-1, 1):
            _wing(heart, d, m, side)
    if heart.form == "pierced":
        _arrow(heart, d, (-0.62, -0.28), (-0.2, -0.42), feather=True)
    if heart.form == "broken":
        gap = 0.1 + 0.03 * m.cycle(0.5)
        crack = np.repeat(CRACK, 2, 0)  # twice, so that its corners stay sharp
        right, side = smooth(RIGHT, per=5), smooth(left, per=5)
        halves = np.concatenate([right, crack[::-1]]), np.concatenate([crack, side])
        for key, half, angle in zip(("right", "left"), halves, (gap, -gap), strict=True):
            _part(heart, d, turned(half, angle, FOOT), k, key)
    else:
        outline = smooth(np.concatenate([RIGHT[:-1], left[:-1]]), True, 5)
        _part(heart, d, outline, k, "heart")
    shine = bezier((-0.33, -0.58), (-0.36, -0.76), (-0.22, -0.83)) * k
    d.stroke(shine, 1.8, paint.pale, wobble=0.4, key="shine")
    if heart.form == "pierced":
        _arrow(heart, d, (0.26, -0.57), (0.66, -0.7), feather=False)


def _part(heart: Heart, d: Drawing, outline: Array, k: float, key: str) -> None:
    paint = heart.paint
    form = FOOT + (outline - FOOT) * k
    tube = Tube(points((0.0, -0.9), (0.0, -0.05)), [0.42, 0.46, 0.3, 0.03], 14)
    d.form(form, paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern, key=key)


def _wing(heart: Heart, d: Drawing, m: Moment, side: int) -> None:
    """Feathers in three steps; they beat while it flies."""
    flap = 0.45 * m.cycle(1.5) if m.act == "fly" else 0.1 * m.cycle(0.5)
    form = points(
        (0.34, -0.5), (0.5, -0.78), (0.74, -0.92), (0.95, -0.88), (0.9, -0.78), (0.98, -0.7),
        (0.86, -0.63), (0.9, -0.54), (0.74, -0.5), (0.74, -0.42), (0.5, -0.4),
    )  # fmt: skip
    root = points(0.36, -0.48)
    wing = turned(form, -flap, root) * points(side, 1.0)
    d.form(smooth(wing, True, 3), heart.paint.white, line=0.9, shade=0.5, key=f"wing{side}")
    for x, y in ((0.86, -0.72), (0.78, -0.58)):
        quill = turned(points((0.52, -0.62), (x, y)), -flap, root) * points(side, 1.0)
        d.stroke(quill, 0.6, wobble=0.3)


def _arrow(
    heart: Heart, d: Drawing, start: tuple[float, float], end: tuple[float, float], feather: bool
) -> None:
    a, b = points(*start), points(*end)
    way = (b - a) / float(np.sqrt((b - a)[0] * (b - a)[0] + (b - a)[1] * (b - a)[1]))
    across = points(-way[1], way[0])
    shaft = Tube(np.stack([a, b]), [0.018, 0.018], 5)
    d.form(shaft.outline(), heart.paint.trunk, line=0.8, shade=0.2, key=f"shaft{feather}")
    if feather:
        for k in (0.0, 0.06, 0.12):
            for side in (-1, 1):
                root = a + way * (k + 0.02)
                d.stroke(points(root, root - way * 0.05 + across * 0.07 * side), 1.2, wobble=0.2)
        return
    tip = np.stack(
        [b + way * 0.12, b + across * 0.065 - way * 0.02, b, b - across * 0.065 - way * 0.02]
    )
    d.form(tip, heart.paint.accent, line=0.9, shade=0.3, key="tip")


register(
    Kind(
        "heart",
        build,
        at=(0.35, -0.15),
        height=0.5,
        domain="float",
        home="paper",
        width=0.95,
        top=(0.2, -0.9),
        motion="pulse",
        hue="red",
        forms=("whole", "broken", "pierced", "winged"),
        metres=0.12,
        faces=False,
        traits=("part",),
    )
)
