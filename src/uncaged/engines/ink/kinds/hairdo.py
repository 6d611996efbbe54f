"""Hair, scarf and hat of a head that looks at us, each as a form behind the face and one in front. Knows no features.

How it is built: `behind` and `front` draw by the name of the style; hair lags behind the turn of the head. A new style
is a name in `STYLES` and an outline in `_back`; a hat is a function in `TOPS`.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, bezier, circle, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.portrait import Features, Turn
from uncaged.engines.ink.numbers import TAU, Array, cos, sin
from uncaged.engines.ink.paint import Paint

STYLES = ("long", "bob", "curl", "crop", "bun", "braids", "bald", "scarf", "afro", "ponytail")


def behind(d: Drawing, paint: Paint, style: str, turn: Turn) -> None:
    """What is seen of the hair behind face and neck."""
    if style == "bald":
        return
    if style == "bun":
        x, y = turn.at((-0.15 - turn.shift * 0.8, -0.34))[0]
        knot = circle(x, y, 0.115, 0.1, count=20)
        d.form(knot, paint.hair, shade=0.7, key="bun")
    colour = paint.accent if style == "scarf" else paint.hair
    d.form(_back(style, turn), colour, shade=0.8, key="back")
    if style in ("long", "bob"):
        end = 0.4 if style == "long" else 0.2
        for k in (-0.9, -0.7, 0.7, 0.9):
            x = 0.3 * k + turn.lag
            strand = turn.at((0.1 * k, -0.36), (0.27 * k, -0.2), (x, 0.2), (x, end))
            d.stroke(smooth(strand), 0.7, paint.hair_light, wobble=1.2)
    if style == "braids":
        for side in (-1, 1):
            _braid(d, paint, turn, side)
    if style == "ponytail":
        x, lag = 0.2 - turn.shift, turn.lag
        spine = turn.at(
            (x, -0.3), (x + 0.17, -0.26), (x + 0.2 + lag, 0.02), (x + 0.12 + 1.8 * lag, 0.3)
        )
        tail = Tube(smooth(spine), [0.04, 0.085, 0.08, 0.02], 18)
        d.form(tail.outline(), paint.hair, line=0.9, shade=0.7, body=tail, key="tail")
        for v in (-0.4, 0.3):
            d.stroke(tail.at((0.15, 0.5, 0.9), (v, v, v)), 0.6, paint.hair_light, wobble=0.6)


def _back(style: str, turn: Turn) -> Array:
    lag = turn.lag
    if style in ("curl", "afro"):
        count, wide, high = (15, 0.34, -0.08) if style == "curl" else (21, 0.41, -0.16)
        i = np.arange(count)
        a, bulge = i * (TAU / count), 0.05 * (i % 2)
        ring = np.stack([(wide + bulge) * cos(a), high + (wide - 0.02 + bulge) * sin(a)], 1)
        return smooth(turn.at(*ring), True, 4)
    outlines: dict[str, list[tuple[float, float]]] = {
        "long": [
            (-0.3, 0.0),
            (-0.22, -0.3),
            (0.0, -0.4),
            (0.22, -0.3),
            (0.3, 0.0),
            (0.34 + lag, 0.3),
            (0.28 + lag, 0.5),
            (0.0, 0.42),
            (-0.3 + lag, 0.5),
            (-0.36 + lag, 0.3),
        ],
        "bob": [
            (-0.31, 0.05),
            (-0.26, -0.27),
            (0.0, -0.39),
            (0.26, -0.27),
            (0.31, 0.05),
            (0.3 + lag, 0.22),
            (0.0, 0.2),
            (-0.3 + lag, 0.22),
        ],
        "scarf": [
            (-0.27, 0.1),
            (-0.29, -0.18),
            (-0.12, -0.38),
            (0.14, -0.38),
            (0.3, -0.16),
            (0.27, 0.12),
            (0.18, 0.36),
            (-0.18, 0.36),
        ],
    }
    crop = [
        (-0.25, 0.02),
        (-0.25, -0.22),
        (-0.08, -0.37),
        (0.12, -0.36),
        (0.26, -0.2),
        (0.25, 0.02),
    ]
    return smooth(turn.at(*outlines.get(style, crop)), True, 4)


def _braid(d: Drawing, paint: Paint, turn: Turn, side: int) -> None:
    """A plait that hangs over the shoulder and swings a little later than the head."""
    x, lag = side * 0.25, turn.lag
    spine = turn.at((x, 0.06), (x + side * 0.04 + lag * 0.4, 0.24), (x - side * 0.02 + lag, 0.46))
    tube = Tube(spine, [0.05, 0.056, 0.05, 0.024], 18)
    d.form(tube.outline(), paint.hair, line=0.9, shade=0.7, body=tube, key=f"braid{side}")
    for k in range(6):
        u, way = 0.1 + 0.15 * k, 1 if k % 2 else -1
        strand = tube.at((u, u + 0.07, u + 0.1), (-0.9 * way, 0.1 * way, 0.85 * way))
        d.stroke(strand, 0.7, paint.hair_light, wobble=0.4)
    knot = tube.at(0.93, 0.0)
    d.form(circle(knot[0], knot[1], 0.032, 0.026, count=12), paint.accent, line=0.7, shade=0.3)


def front(d: Drawing, paint: Paint, style: str, face: Features, turn: Turn) -> None:
    """What falls over the forehead."""
    if style == "bald":
        for k in (-0.1, 0.02, 0.12):
            shine = turn.at((k, -0.25), (k + 0.03, -0.262))
            d.stroke(shine, 0.6, paint.white, wobble=0.2, alpha=150)
        return
    if style == "scarf":
        _scarf(d, paint, turn)
        return
    part = turn.shift + (0.0 if style == "braids" else -0.08)
    wide, crop = face.brow + 0.06, style in ("crop", "curl", "afro", "ponytail")
    outline = turn.at(
        (-wide, 0.0 if crop else 0.06),
        (-wide - 0.004, -0.15),
        (-0.12, -0.36),
        (0.12, -0.36),
        (wide + 0.004, -0.15),
        (wide - 0.006, -0.02 if crop else 0.03),
        (face.brow - 0.005, -0.12),
        (part + 0.06, -0.235),
        (part - 0.05, -0.2),
        (-face.brow + 0.022, -0.08),
    )
    d.form(smooth(outline, True, 4), paint.hair, shade=0.7, key="front")
    root = turn.at((part, -0.3))[0]
    if style in ("curl", "afro"):
        _ringlets(d, paint.hair_light, turn, part)
        return
    for k in (-0.2, -0.1, 0.06, 0.14, 0.2):
        high, low = turn.at((k * 0.9, -0.34), (k * 1.15, -0.14))
        d.stroke(bezier(root, high, low), 0.6, paint.hair_light, wobble=1)


def _ringlets(d: Drawing, colour: Colour, turn: Turn, part: float) -> None:
    """Small open rings instead of strands."""
    for i in range(9):
        x, y = -0.2 + 0.05 * i + part * 0.3, -0.27 - 0.03 * (i % 3)
        ring = circle(x, y, 0.024, 0.02, count=12, turn=0.7 * i)[:10]
        d.stroke(turn.at(*ring), 0.6, colour, wobble=0.5)


def _scarf(d: Drawing, paint: Paint, turn: Turn) -> None:
    s = turn.shift * 0.5
    outline = turn.at(
        (-0.25, -0.1),
        (-0.2, -0.3),
        (0.0, -0.38),
        (0.2, -0.3),
        (0.25, -0.1),
        (0.1 + s, -0.22),
        (-0.1 + s, -0.2),
    )
    fill = "dotted" if paint.fill == "plain" else "plain"
    d.form(
        smooth(outline, True, 4),
        paint.accent,
        fill=fill,
        colour2=paint.pale,
        shade=0.5,
        key="front",
    )


def _hat(d: Drawing, paint: Paint, turn: Turn) -> None:
    """A brim across the forehead and a soft crown."""
    s = turn.shift * 0.3
    crown = turn.at(
        (-0.25, -0.2), (-0.24, -0.4), (-0.1 + s, -0.47), (0.14 + s, -0.46), (0.25, -0.38),
        (0.26, -0.2),
    )  # fmt: skip
    d.form(smooth(crown, True, 4), paint.second, shade=0.8, key="hat")
    band = Tube(turn.at((-0.25, -0.235), (s, -0.195), (0.26, -0.235)), [0.026] * 2, 12)
    d.form(band.outline(), paint.accent, line=0.8, shade=0.3, key="band")
    brim = Tube(turn.at((-0.46, -0.16), (s, -0.165), (0.47, -0.16)), [0.02, 0.045, 0.02], 16)
    d.form(brim.outline(), paint.second, line=1.0, shade=0.6, key="brim")


def _crown(d: Drawing, paint: Paint, turn: Turn) -> None:
    s = turn.shift * 0.4
    rim: list[tuple[float, float]] = [(-0.25, -0.21)]
    for k in range(5):
        x, high = -0.25 + 0.125 * k, -0.47 - 0.03 * (k == 2)
        tip = x * 1.08 + s * 0.5
        rim += [(tip - 0.012, high), (tip + 0.012, high)]
        if k < 4:
            rim.append((x + 0.0625 + s * 0.3, -0.345))
    crown = turn.at(*rim, (0.25, -0.21), (s, -0.18))
    d.form(crown, paint.glow, line=1.0, shade=0.6, key="crown")
    for k in range(5):
        x, y = turn.at(((-0.25 + 0.125 * k) * 1.08 + s * 0.5, -0.485 - 0.03 * (k == 2)))[0]
        d.dot(x, y, 0.018, paint.accent)
    x, y = turn.at((s, -0.255))[0]
    d.form(circle(x, y, 0.03, 0.034, count=12), paint.accent, line=0.7, shade=0.3, key="jewel")


TOPS: Final[Mapping[str, Callable[[Drawing, Paint, Turn], None]]] = {"hat": _hat, "crown": _crown}
"""What is worn over the hair."""
