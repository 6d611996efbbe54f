"""A cactus in three forms: saguaro (a column with arms), pear (pads on pads), barrel.

How it is built: the saguaro is one tube and one or two elbow tubes, with ribs in their body coordinates; the pear is
six or seven ellipses; the barrel one closed form. Spines are one mark of slivers; a bloom sits on top when it is grown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from uncaged.engines.ink.curves import Tube, arc_length, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import slivers
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, ease_out, over, settle, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("saguaro", "pear", "barrel")
LOTS = ("saguaro", "saguaro", "pear", "barrel")

_SLIM = 0.68
"""Half width of a pad ÷ half its length."""


@dataclass(frozen=True, slots=True)
class _Arm:
    """side: −1 or 1. foot: height where it leaves the column. rise: length of its upright part."""

    side: int
    foot: float
    rise: float


@dataclass(frozen=True, slots=True)
class _Pad:
    """A pad of a prickly pear. below: index of the pad it sits on, −1 = the ground. seat: radians round that
    pad's edge, 0 = its top. lean: radians against upright. size: half its length.
    """

    below: int
    seat: float
    lean: float
    size: float


_PADS = (
    _Pad(-1, 0.0, 0.0, 0.20),
    _Pad(0, -0.75, -0.50, 0.17),
    _Pad(0, 0.65, 0.45, 0.18),
    _Pad(1, -0.55, -0.70, 0.12),
    _Pad(1, 0.60, 0.10, 0.14),
    _Pad(2, 0.65, 0.60, 0.13),
    _Pad(2, -0.55, -0.15, 0.11),
)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cactus of the form, or of one its seed chooses."""
    form = form if form in FORMS else stream.sub("form").pick(LOTS)
    return {"saguaro": _saguaro, "pear": _pear, "barrel": _barrel}[form](stream.sub(form), paint)


def _saguaro(stream: Stream, paint: Paint) -> Figure:
    first = stream.pick((-1, 1))
    arms = [
        _Arm(first, stream.uniform(0.30, 0.45), stream.uniform(0.25, 0.40)),
        _Arm(-first, stream.uniform(0.42, 0.58), stream.uniform(0.20, 0.30)),
    ][: 1 if stream.chance(0.3) else 2]

    def figure(drawing: Drawing, moment: Moment) -> None:
        grown = ease_out(moment.grow)
        if grown <= 0.01:
            return
        blown = moment.sway * 0.012 * moment.cycle(0.5)
        ripe = over(moment.grow, 0.8, 1)
        for i, arm in enumerate(arms):
            out = ease_out(over(moment.grow, 0.35 + 0.1 * i, 0.9))
            if out >= 0.05:
                tube = _elbow(arm, out, blown)
                _draw_column(drawing, paint, tube, 4, f"arm{i}")
                _draw_bloom(drawing, paint, tube.p[-1] + points(0, -0.055 * out), ripe, f"arm{i}")
        spine = [(0, -0.03), (0, -0.35 * grown), (blown, -0.66 * grown), (blown * 2, -0.88 * grown)]
        thick = 0.3 + 0.7 * ease_out(over(moment.grow, 0, 0.6))
        radii = np.array([0.08, 0.098, 0.1, 0.094, 0.085]) * thick
        column = Tube(spine, radii, count=26)
        _draw_column(drawing, paint, column, 6, "column")
        _draw_bloom(drawing, paint, column.p[-1] + points(0.02, -0.08), ripe, "top")

    return figure


def _elbow(arm: _Arm, out: float, blown: float) -> Tube:
    """An arm: out of the column, round the corner, up."""
    y, side, rise = -arm.foot, arm.side, arm.rise * out
    control = [
        (0, y),
        (side * 0.14 * out, y + 0.015),
        (side * 0.215 * out + blown, y - 0.06 * out),
        (side * 0.22 * out + blown * 2, y - 0.06 - rise),
    ]
    radii = np.array([0.06, 0.062, 0.064, 0.064, 0.058]) * (0.4 + 0.6 * out)
    return Tube(smooth(control), radii, count=24)


def _breadth(drawing: Drawing) -> float:
    """Of a spine at its foot: nearly that of a line, whatever the size of the figure."""
    return 0.9 * drawing.manner.line / max(abs(drawing.scale), 1e-3)


def _draw_column(drawing: Drawing, paint: Paint, tube: Tube, ribs: int, key: str) -> None:
    """A tube with ribs along it and spines on its edges and two of its ribs."""
    drawing.form(
        tube.outline(),
        paint.colour,
        body=tube,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.05,
        key=key,
    )
    along = np.linspace(0.03, 0.97, 12)
    for k in range(ribs):
        rib = tube.at(along, -0.72 + 1.44 * k / (ribs - 1))
        drawing.stroke(rib, 0.55, paint.pattern, wobble=0.5, key=f"{key}rib{k}")
    rows = min(40, int(arc_length(tube.p)[-1] / 0.055))
    if rows == 0:
        return
    u = 0.06 + np.arange(rows) / rows * 0.96
    start: list[Array] = []
    end: list[Array] = []
    for v in (-1.0, -0.36, 0.36, 1.0):
        at = tube.at(u + (0.02 if v * v < 0.5 else 0.0), v)
        outward = tube.normal[(np.clip(u, 0, 1) * (len(tube.p) - 1)).astype(np.int64)]
        start.append(at)
        end.append(at + outward * (0.026 if v > 0 else -0.026))
    thorns = slivers(np.concatenate(start), np.concatenate(end), _breadth(drawing))
    drawing.multi(list(thorns), paint.ink, line=0, key=f"{key}spines")


def _pear(stream: Stream, paint: Paint) -> Figure:
    pads = [
        _Pad(
            pad.below,
            pad.seat + stream.uniform(-0.2, 0.2),
            pad.lean + stream.uniform(-0.15, 0.15),
            pad.size + stream.uniform(-0.015, 0.015),
        )
        for pad in _PADS[: len(_PADS) - stream.integer(0, 2)]
    ]

    def figure(drawing: Drawing, moment: Moment) -> None:
        blown = moment.sway * 0.012 * moment.cycle(0.5)
        placed: list[tuple[Array, float, float]] = []
        for k, pad in enumerate(pads):
            grown = settle(over(moment.grow, 0.1 * k, 0.4 + 0.1 * k), 0.1)
            lean, size = pad.lean + blown * 3 * (pad.below >= 0), pad.size * grown
            foot = _edge(*placed[pad.below], pad.seat) if pad.below >= 0 else points(0, 0)
            placed.append((foot + points(sin(lean), -cos(lean)) * size * 0.94, lean, size))
        for k in reversed(range(len(pads))):
            if placed[k][2] >= 0.005:
                _draw_pad(drawing, paint, k, *placed[k])
                if k > 2:
                    top = _edge(*placed[k], 0.0)
                    _draw_bloom(drawing, paint, top, over(moment.grow, 0.85, 1), f"pad{k}")

    return figure


def _edge(middle: Array, lean: float, size: float, seat: float) -> Array:
    """The point of a pad's edge at an angle from its top."""
    across, up = sin(seat) * size * _SLIM, cos(seat) * size
    return middle + points(across * cos(lean) + up * sin(lean), across * sin(lean) - up * cos(lean))


def _draw_pad(
    drawing: Drawing, paint: Paint, k: int, middle: Array, lean: float, size: float
) -> None:
    """A pad, with spines in pairs at golden angles."""
    drawing.form(
        circle(float(middle[0]), float(middle[1]), size * _SLIM, size, 26, lean),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        key=f"pad{k}",
    )
    angle = np.arange(9) * 2.4
    out = size * 0.85 * np.sqrt(np.arange(9) / 9)
    across, along = cos(angle) * out * _SLIM * 0.92, sin(angle) * out * 0.92
    side, up = points(cos(lean), sin(lean)), points(sin(lean), -cos(lean))
    pair = np.repeat(middle + across[:, None] * side + along[:, None] * up, 2, 0)
    tips = pair + np.tile(points((-0.013, -0.022), (0.013, -0.022)), (9, 1))
    drawing.multi(list(slivers(pair, tips, _breadth(drawing))), paint.ink, line=0, key=f"spines{k}")


def _barrel(stream: Stream, paint: Paint) -> Figure:
    broad, tall = stream.uniform(0.92, 1.06), stream.uniform(0.92, 1.12)
    ribs = range(-3, 4)

    def figure(drawing: Drawing, moment: Moment) -> None:
        grown = ease_out(moment.grow)
        if grown <= 0.01:
            return
        wide, high = broad * (0.2 + 0.8 * grown), tall * grown
        body = points(
            (-0.3, 0), (-0.4, -0.25), (-0.28, -0.5), (0, -0.6), (0.28, -0.5), (0.4, -0.25), (0.3, 0)
        )
        size = points(wide, high)
        drawing.form(
            smooth(body * size, True, 5),
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.1,
            key="barrel",
        )
        start: list[Array] = []
        for k in ribs:
            x = k * 0.115
            rib = bezier((x * 0.5, -0.585), (x * 1.35, -0.3), (x * 0.85, -0.01), 14) * size
            drawing.stroke(rib, 0.7, paint.pattern, key=f"rib{k}")
            start.append(rib[1:13:2])
        foot = np.repeat(np.concatenate(start), 2, 0)
        tips = foot + np.tile(points((-0.02, -0.022), (0.02, -0.022)), (len(foot) // 2, 1))
        drawing.multi(list(slivers(foot, tips, _breadth(drawing))), paint.ink, line=0, key="spines")
        ripe = over(moment.grow, 0.7, 1)
        for k in (-1, 0, 1):
            at = points(k * 0.08 * wide, -0.59 * high + abs(k) * 0.02)
            _draw_bloom(drawing, paint, at, ripe, f"crown{k}")

    return figure


def _draw_bloom(
    drawing: Drawing, paint: Paint, at: Sequence[float] | Array, opened: float, key: str
) -> None:
    """Three petals on top."""
    if opened <= 0.02:
        return
    x, y = at
    for k in (-1, 1, 0):
        tip = (x + k * 0.05 * opened, y + 0.015 - 0.085 * opened)
        petal = leaf((x, y + 0.015), tip, 0.025 * sqrt(opened))
        drawing.form(petal.outline(), paint.accent, line=0.6, shade=0.5, key=f"{key}petal{k}")


register(
    Kind(
        name="cactus",
        build=build,
        at=(0.86, 0.58),
        height=0.60,
        home="desert",
        top=(0.0, -0.86),
        shadow=0.26,
        forms=FORMS,
        plant=True,
        faces=False,
        metres=2.0,
        grip=(0.0, -0.3),
        traits=("perch",),
    )
)
