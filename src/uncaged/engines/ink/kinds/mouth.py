"""A mouth by itself that speaks, laughs, sulks or shows its tongue. It knows no face.

How it is built: an outer outline of two lips, between whose inner edges the dark opens; teeth and tongue are cut by
that opening. It opens and shuts in an uneven rhythm, the corners follow the mood.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp
from uncaged.engines.ink.paint import Paint

MIDDLE = points(0.0, -0.45)


@dataclass(frozen=True, slots=True)
class Mouth:
    """What the lot decided. full: how full the lips are. bow: depth of the notch. gap: a tooth is missing."""

    paint: Paint
    form: str
    full: float
    bow: float
    gap: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A mouth; `form` is speaking, closed or tongue, or "" for one that speaks."""
    form = form if form in ("closed", "tongue") else "speaking"
    return partial(
        _draw,
        Mouth(
            paint, form, stream.uniform(0.85, 1.2), stream.uniform(0.03, 0.07), stream.chance(0.3)
        ),
    )


def _open(mouth: Mouth, m: Moment) -> float:
    if mouth.form == "closed":
        return 0.0
    says = mood(m)
    talk = 0.5 + 0.5 * m.cycle(1.5) * m.cycle(1.0, 0.13)
    base = 0.75 if mouth.form == "tongue" else 0.25 + 0.6 * talk
    return clamp(base + 0.4 * says.wide + 0.2 * max(0.0, says.smile), 0.0, 1.2)


def _inner(mouth: Mouth, smile: float, gape: float) -> tuple[Array, Array]:
    """The edges of the opening: the upper one from left to right, the lower one back."""
    c = -0.16 * smile
    wide = 0.56 + 0.06 * smile
    left, right = (-wide, 0.0 + c), (wide, 0.0 + c)
    upper = [
        left,
        (-0.26, -0.02 - 0.1 * gape),
        (0.0, mouth.bow * 0.5 - 0.1 * gape),
        (0.26, -0.02 - 0.1 * gape),
        right,
    ]
    lower = [
        right,
        (0.3, 0.02 + 0.3 * gape),
        (0.0, 0.03 + 0.4 * gape),
        (-0.3, 0.02 + 0.3 * gape),
        left,
    ]
    return smooth(upper, per=6) + MIDDLE, smooth(lower, per=6) + MIDDLE


def _draw(mouth: Mouth, d: Drawing, m: Moment) -> None:
    paint, says = mouth.paint, mood(m)
    smile = clamp(says.smile + 0.12 * m.cycle(0.5), -1.2, 1.2)
    gape, f = _open(mouth, m), mouth.full
    upper, lower = _inner(mouth, smile, gape)
    c, wide = -0.16 * smile, 0.66 + 0.06 * smile
    outer = MIDDLE + points(
        (-wide, c), (-0.36, -0.19 * f - 0.08 * gape), (-0.12, -0.3 * f - 0.1 * gape),
        (0.0, -0.3 * f + mouth.bow - 0.1 * gape), (0.12, -0.3 * f - 0.1 * gape),
        (0.36, -0.19 * f - 0.08 * gape), (wide, c), (0.36, 0.24 * f + 0.28 * gape),
        (0.0, 0.33 * f + 0.38 * gape), (-0.36, 0.24 * f + 0.28 * gape),
    )  # fmt: skip
    tube = Tube(MIDDLE + points((-0.6, 0.0), (0.6, 0.0)), [0.2, 0.36, 0.2], 14)
    d.form(
        smooth(outer, True, 5), paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern,
        key="lips",
    )  # fmt: skip
    if gape > 0.06:
        hole = np.concatenate([upper, lower[1:-1]])
        d.form(hole, paint.dark, line=0.8, shade=0, key="hole")
        d.clip(hole)
        _inside(mouth, d, m, gape)
        d.unclip()
    else:
        d.stroke(upper, 1.6, key="line")
    if mouth.form == "tongue":
        _tongue(mouth, d, m, gape)
    shine = MIDDLE + points((-0.14, 0.16 * f + 0.4 * gape), (0.1, 0.17 * f + 0.41 * gape))
    d.stroke(shine, 1.4, paint.pale, wobble=0.3, key="shine")
    for side in (-1, 1):
        corner = MIDDLE + points((side * wide, c - 0.05), (side * (wide + 0.05), c + 0.02))
        d.stroke(corner, 0.9, key=f"corner{side}")


def _inside(mouth: Mouth, d: Drawing, m: Moment, gape: float) -> None:
    """Upper teeth, lower teeth, and a tongue that lifts."""
    paint = mouth.paint
    teeth: list[Array] = []
    for k in range(8):
        if mouth.gap and k == 2:
            continue
        x = -0.44 + 0.11 * k
        low = 0.05 + 0.025 * (1 - abs(k - 3.5) / 3.5) - 0.03 * gape
        tooth = points(
            (x, -0.3), (x + 0.105, -0.3), (x + 0.1, low), (x + 0.05, low + 0.02), (x + 0.006, low)
        )
        teeth.append(MIDDLE + tooth)
    d.multi(teeth, paint.white, line=0.6, key="teeth")
    rise = 0.03 * m.cycle(1.5, 0.2)
    tongue = points((-0.3, 0.5), (-0.22, 0.26), (0.0, 0.22), (0.22, 0.26), (0.3, 0.5))
    tongue = MIDDLE + tongue * points(1.0, 0.8) + points(0.0, 0.33 * gape - 0.17 - rise)
    d.form(smooth(tongue, True, 4), paint.lip, line=0.7, shade=0.5, key="tongue")


def _tongue(mouth: Mouth, d: Drawing, m: Moment, gape: float) -> None:
    """Out, and over the lower lip."""
    curl = 0.05 * m.cycle(1.0)
    spine = MIDDLE + points((0.0, 0.1), (0.02, 0.3 + 0.2 * gape), (0.06 + curl, 0.5 + 0.2 * gape))
    tube = Tube(spine, [0.15, 0.17, 0.16, 0.12], 16)
    d.form(tube.outline(), mouth.paint.lip, line=1.0, shade=0.7, key="out")
    d.stroke(tube.at((0.15, 0.5, 0.8), (0.0, 0.0, 0.0)), 0.8, wobble=0.4, key="groove")


register(
    Kind(
        "mouth",
        build,
        at=(0.25, -0.15),
        height=0.44,
        domain="float",
        home="paper",
        width=1.4,
        top=(0.0, -0.75),
        hue="red",
        forms=("speaking", "closed", "tongue"),
        metres=0.05,
        faces=False,
        traits=("part",),
    )
)
