"""A stone: one closed form, two ridges that make three facets, hatching in the lowest, sometimes moss.

How it is built: seven to nine points round an ellipse that stands flat on the ground. Everything is drawn by lot
once; a stone does not move.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, lightness, mix
from uncaged.engines.ink.curves import bezier, points, resample, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

_TOP = (-0.05, -0.55)
"""Where feet meet the stone."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A stone; it has no forms."""
    count = stream.integer(7, 9)
    wide, high = stream.uniform(0.46, 0.64), stream.uniform(0.42, 0.62)
    around = (np.arange(count) + stream.array(count, -0.3, 0.3)) * (TAU / count)
    out = 1 + stream.array(count, -0.14, 0.14)
    corners = np.stack(
        [cos(around) * wide * out, high * 0.62 * (sin(around) * out - 1)],
        1,
    )
    corners = _settled(corners)
    high = -corners[:, 1].min() / 1.24
    outline = smooth(corners, True, 4)
    low, side = _facets(stream.uniform(-0.2, 0.1), wide, high)
    hatching = _hatching(wide, high)
    pits = [_pit(stream.sub(k), wide, high) for k in range(6)]
    moss = _moss(corners) if stream.chance(0.5) else None

    def figure(drawing: Drawing, moment: Moment) -> None:
        drawing.form(
            outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.2, key="stone"
        )
        drawing.clip(outline)
        drawing.form(low, paint.shadow, line=0.7, shade=1.0, key="low")
        drawing.form(side, paint.shadow, line=0.6, shade=0.7, alpha=150, key="side")
        for k, line in enumerate(hatching):
            drawing.stroke(line, 0.55, paint.ink, key=f"hatch{k}")
        for k, line in enumerate(pits):
            drawing.stroke(line, 0.7, paint.shadow, wobble=0.3, key=f"pit{k}")
        if moss is not None:
            drawing.form(moss, paint.leaf, line=0, shade=0.6, alpha=215, key="moss")
        drawing.unclip()

    return figure


def _settled(corners: Array) -> Array:
    """Flat on the ground, and as high at `_TOP` as the kind says, so that feet and stone meet."""
    lying = corners * points(1, 1)
    lying[:, 1] = np.minimum(lying[:, 1] - lying[:, 1].max() + 0.04, 0.01)
    edge = resample(smooth(lying, True, 4), 90)
    above = edge[abs(edge[:, 0] - _TOP[0]) < 0.06, 1].min()
    return lying * points(1, _TOP[1] / above)


def _facets(ridge: float, wide: float, high: float) -> tuple[Array, Array]:
    """The facet at the foot and the one on the shadow side; both reach beyond the stone, to be clipped to it."""
    peak, elbow = points(ridge, -high * 0.68), points(ridge + wide * 0.16, -high * 0.34)
    low = smooth(
        points(
            (-wide * 0.75, -high * 0.28),
            elbow + points(-wide * 0.2, high * 0.02),
            elbow,
            (wide * 1.3, -high * 0.5), (wide * 1.4, 0.2), (-wide, 0.2),
        ),
        per=1,
    )  # fmt: skip
    side = points(
        peak + points(wide * 0.1, -high * 0.9),
        peak,
        elbow,
        (wide * 1.3, -high * 0.55),
        (wide * 1.3, -high * 1.4),
    )
    return low, side


def _hatching(wide: float, high: float) -> list[Array]:
    lines: list[Array] = []
    for k in range(7):
        y, x = -high * (0.05 + 0.055 * k), wide * (0.12 + 0.09 * (k % 3))
        lines.append(bezier((x, y), (x + wide * 0.3, y + 0.012), (wide * 1.05, y - 0.05)))
    return lines


def _pit(stream: Stream, wide: float, high: float) -> Array:
    x = wide * stream.uniform(-0.6, 0.3)
    y = -high * stream.uniform(0.45, 0.8)
    return points((x, y), (x + 0.03, y + 0.012))


def _moss(corners: Array) -> Array:
    """A cushion along the four highest corners."""
    highest = corners[np.argsort(corners[:, 1], kind="stable")[:4]]
    edge = smooth(highest[np.argsort(highest[:, 0], kind="stable")], False, 4)
    lower = edge[::-1] * points(0.82, 1.0) + points(0, 0.09)
    return smooth(np.concatenate([edge, lower])[::2], True, 3) + points(0, 0.008)


def _colour(palette: Palette) -> Colour:
    pale = lightness(palette.mid) < 0.6
    return mix(palette.mid, palette.light if pale else palette.near, 0.3)


register(
    Kind(
        name="stone",
        build=build,
        at=(0.90, 0.71),
        height=0.34,
        width=1.15,
        top=_TOP,
        shadow=0.52,
        faces=False,
        colour=_colour,
        quiet=("striped", "dotted"),
        metres=0.35,
        grip=(0.0, -0.2),
        stuff="stone",
    )
)
