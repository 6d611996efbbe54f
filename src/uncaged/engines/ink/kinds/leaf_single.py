"""One large leaf by itself: maple, oak, linden, or plain. It falls, swings, and shows every vein."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease_out
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Blade:
    """half: the right half of the contour from the stem to the tip, at the middle of the leaf. round: it is smoothed.

    veins: where the side veins leave the midrib and where they end, on the right.
    """

    half: tuple[tuple[float, float], ...]
    round: bool
    veins: tuple[tuple[float, tuple[float, float]], ...]


BLADES: Mapping[str, Blade] = {
    "maple": Blade(
        (
            (0.02, 0.26),
            (0.2, 0.32),
            (0.17, 0.24),
            (0.4, 0.16),
            (0.34, 0.09),
            (0.5, -0.06),
            (0.42, -0.08),
            (0.46, -0.2),
            (0.28, -0.14),
            (0.24, -0.17),
            (0.26, -0.32),
            (0.17, -0.27),
            (0.12, -0.36),
            (0.07, -0.33),
        ),
        False,
        ((0.24, (0.36, 0.14)), (0.22, (0.43, -0.13)), (0.05, (0.22, -0.28))),
    ),
    "oak": Blade(
        (
            (0.03, 0.36),
            (0.13, 0.3),
            (0.08, 0.22),
            (0.24, 0.18),
            (0.25, 0.1),
            (0.14, 0.04),
            (0.29, -0.02),
            (0.29, -0.12),
            (0.15, -0.16),
            (0.22, -0.26),
            (0.18, -0.34),
            (0.09, -0.34),
        ),
        True,
        ((0.26, (0.2, 0.14)), (0.1, (0.25, -0.06)), (-0.08, (0.18, -0.28))),
    ),
    "linden": Blade(
        (
            (0.04, 0.22),
            (0.2, 0.32),
            (0.37, 0.24),
            (0.4, 0.06),
            (0.3, -0.14),
            (0.16, -0.3),
            (0.05, -0.4),
        ),
        True,
        ((0.18, (0.3, 0.2)), (0.1, (0.33, 0.0)), (-0.02, (0.22, -0.16)), (-0.14, (0.11, -0.28))),
    ),
    "plain": Blade(
        ((0.03, 0.36), (0.14, 0.26), (0.22, 0.08), (0.2, -0.12), (0.12, -0.3), (0.04, -0.42)),
        True,
        ((0.24, (0.16, 0.16)), (0.12, (0.19, 0.02)), (0.0, (0.17, -0.1)), (-0.14, (0.11, -0.24))),
    ),
}
"""Forms and their halves; y runs from the stem (0.36) to the tip (−0.44)."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A leaf of the form, or of one its seed chooses; its tilt and its holes by lot."""
    blade = BLADES.get(form) or BLADES[stream.sub("form").pick(("maple", "oak", "linden", "plain"))]
    tilt = stream.uniform(-0.5, 0.5)
    curl = stream.uniform(-0.06, 0.06)
    contour = _contour(blade)

    def figure(drawing: Drawing, moment: Moment) -> None:
        grown = ease_out(moment.grow)
        rock = tilt + 0.12 * moment.sway * moment.cycle(0.5)
        fold = 1 - 0.14 * (0.5 + 0.5 * moment.cycle(0.5, 0.3))

        def place(form_: Array) -> Array:
            bent = form_ * (fold, 1.0)
            bent = bent + np.stack([curl * 4 * bent[:, 1] * bent[:, 1], 0 * bent[:, 1]], 1)
            return turned(bent * grown, rock)

        stem = Tube(place(bezier((0.0, 0.3), (0.01, 0.44), (0.05, 0.56), 7)), [0.016, 0.022], 8)
        drawing.form(stem.outline(), paint.shadow, line=0.9, shade=0.3, key="stem")
        drawing.form(
            place(contour),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
            key="blade",
        )
        rib = place(points((0.0, 0.34), (0.0, 0.1), (0.0, -0.16), (0.0, -0.38)))
        drawing.stroke(smooth(rib), 1.3, paint.ink, taper=(0.02, 0.6), wobble=0.3, key="rib")
        for k, (root, end) in enumerate(blade.veins):
            for side in (-1, 1):
                start, tip = points(0.0, root), points(side * end[0], end[1])
                line = bezier(start, (start + tip) / 2 + points(0.0, 0.03), tip, 7)
                tone = paint.ink if side > 0 else paint.pattern
                drawing.stroke(place(line), 0.7, tone, wobble=0.3, key=f"vein{k}{side}")

    return figure


def _contour(blade: Blade) -> Array:
    right = points(*blade.half)
    tip, foot = points((0.0, -0.46)), points((0.0, 0.3))
    left = right[::-1] * (-1.0, 1.0)
    ring = np.concatenate([foot, right, tip, left])
    return smooth(ring, True, 4) if blade.round else ring


register(
    Kind(
        "leaf",
        build,
        at=(1.25, 0.69),
        height=0.44,
        domain="air",
        home="forest",
        width=0.95,
        top=(0.0, -0.3),
        motion="sway",
        forms=tuple(BLADES),
        faces=False,
        metres=0.12,
        grip=(0.03, 0.45),
    )
)
