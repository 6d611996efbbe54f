"""Whales, dolphins and sharks: a body along a wave, its back and its belly of their own, fins, a fluke.

Rows of numbers for one construction. They swim with the whole body; leaping they are arched, and water falls from them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.shaping import blade, flank, joined
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, lerp, sin
from uncaged.engines.ink.paint import Paint

BEATS = 0.75
GIRTH = 0.2
"""Radius of the tube that back and belly are measured on."""
LEAPING = (0.3, -0.16, 0.34)
"""How much lower its nose, its middle and its tail are in a leap."""
STATIONS = np.linspace(0, 1, 11)
ALONG = np.linspace(0, 1, 9)


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a moment. tube: its spine from nose to tail; outline: its contour."""

    paint: Paint
    moment: Moment
    tube: Tube
    outline: Array


Marking: TypeAlias = Callable[[Drawing, Body], None]


@dataclass(frozen=True, slots=True)
class Leviathan:
    """A swimmer as numbers, in heights; stations run from nose to tail.

    back, belly: distance of the contour from the spine at eleven stations. rises: how high nose, middle and tail are
    over the straight line. fin: of the back: where (0 … 1), height, length, how far its tip leans back; height 0: none.
    flipper: where, length, half width. fluke: its half span; upright: it stands, as a shark's. eye: where, how far to
    the belly, radius. pale: the share of the body's lower half that is light, 0: none. markings: what only it has.
    """

    back: tuple[float, ...]
    belly: tuple[float, ...]
    rises: tuple[float, float, float]
    fin: tuple[float, float, float, float]
    flipper: tuple[float, float, float]
    fluke: float
    eye: tuple[float, float, float]
    pale: float
    upright: bool = False
    markings: tuple[Marking, ...] = ()
    length: float = 1.0
    spouts: bool = False


def build(
    rows: dict[str, Leviathan], leaps: bool, stream: Stream, paint: Paint, form: str
) -> Figure:
    """A swimmer of the form, or of one its seed chooses."""
    row = rows[form] if form in rows else rows[stream.sub("form").pick(tuple(rows))]
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        wave = moment.turn(BEATS) + phase
        body = _body(row, paint, moment, wave, leaps)
        _fluke(drawing, row, body, 0.3 * sin(TAU * (wave - 0.62)))
        _flipper(drawing, row, body, far=True)
        _fin(drawing, row, body)
        joined(drawing, paint, [body.outline], paint.colour, body=body.outline, along=body.tube)
        if row.pale:
            _belly(drawing, row, body)
        for mark in row.markings:
            mark(drawing, body)
        along, side, radius = row.eye
        x, y = body.tube.at(along, side).tolist()
        eye(drawing, paint, moment, x, y, radius, paint.colour, 0.25)
        _flipper(drawing, row, body, far=False)
        if row.spouts:
            _spout(drawing, body, moment)
        if leaps:
            _spray(drawing, body, moment)

    return figure


def _body(row: Leviathan, paint: Paint, moment: Moment, wave: float, leaps: bool) -> Body:
    """The spine between its three heights, and the wave that runs down it."""
    nose, middle, tail = row.rises
    reach = 0.012 + 0.07 * ALONG * ALONG
    if leaps:
        nose, middle, tail = nose + LEAPING[0], middle + LEAPING[1], tail + LEAPING[2]
        reach = 0.3 * reach
    rest = (
        nose * (1 - ALONG) * (1 - ALONG) + 2 * middle * ALONG * (1 - ALONG) + tail * ALONG * ALONG
    )
    y = rest + reach * sin(TAU * (wave - 0.55 * ALONG))
    x = row.length * (0.5 - ALONG)
    tube = Tube(np.stack([x, y], 1), [GIRTH, GIRTH], 26)
    back, belly = np.array(row.back) / -GIRTH, np.array(row.belly) / GIRTH
    outline = smooth(flank(tube, STATIONS, belly, back), True, 4)
    return Body(paint, moment, tube, outline)


def _fluke(drawing: Drawing, row: Leviathan, body: Body, lag: float) -> None:
    """Two lobes that beat after the body; a shark's stand, the upper one longer."""
    root, along, across = body.tube.p[-1], body.tube.tangent[-1], -body.tube.normal[-1]
    along = along + across * lag
    s = row.fluke
    if row.upright:
        shape = ((-0.3, 0.1), (0.5, 0.75), (1.0, 1.35), (0.62, 0.3), (0.95, -0.75), (0.35, -0.35))
        shape += ((-0.3, -0.1),)
    else:
        shape = ((-0.3, 0.1), (0.3, 0.85), (0.75, 1.15), (0.62, 0.4), (0.5, 0.05), (0.75, -0.45))
        shape += ((0.7, -1.0), (0.2, -0.7), (-0.3, -0.1))
    contour = [root + along * (a * s) + across * (b * s) for a, b in shape]
    drawing.form(smooth(contour, True, 4), body.paint.second, line=0.9, shade=0.8)


def _fin(drawing: Drawing, row: Leviathan, body: Body) -> None:
    """The back fin, rooted inside the body."""
    at, high, long, lean = row.fin
    if not high:
        return
    back = np.interp(at, STATIONS, np.array(row.back))
    base = body.tube.at((at - long, at + long), -0.7 * back / GIRTH)
    top = body.tube.at(at + lean, -(back + high) / GIRTH)
    stir = points(0.01 * body.moment.cycle(BEATS, 0.4), 0.0)
    edge = np.concatenate(
        [
            bezier(base[0], lerp(base[0], top, 0.62) - points(-0.01, 0.035), top + stir, 8),
            bezier(top + stir, lerp(base[1], top, 0.4) + points(0.05, 0.02), base[1], 8),
        ]
    )
    drawing.form(edge, body.paint.second, line=0.9, shade=0.8)


def _flipper(drawing: Drawing, row: Leviathan, body: Body, *, far: bool) -> None:
    """A flipper that rows slowly; the far one is seen a little below the body."""
    at, long, wide = row.flipper
    beat = 0.3 * body.moment.cycle(0.5, 0.1 if far else 0.25)
    root = body.tube.at(at - 0.03 * far, 0.45 if not far else 0.75)
    angle = 2.3 + beat - 0.35 * far
    tip = root + points(cos(angle), sin(angle)) * long * (0.8 if far else 1.0)
    fin = blade(root, tip, wide, 0.16)
    colour = body.paint.shadow if far else body.paint.second
    drawing.form(fin, colour, line=0.9, shade=0.6)


def _belly(drawing: Drawing, row: Leviathan, body: Body) -> None:
    """The light underside."""
    u = STATIONS[:-1]
    belly = np.array(row.belly)[:-1] / GIRTH
    upper = belly * (1 - row.pale)
    lower = belly * 0.97
    form = flank(body.tube, u + 0.01, lower, upper)
    drawing.form(smooth(form, True, 3), body.paint.pale, line=0, shade=0.3, alpha=215)


def _spout(drawing: Drawing, body: Body, moment: Moment) -> None:
    """Two plumes of water over the head; they rise, part and fall."""
    root = body.tube.at(0.2, -1.0)
    blow = 0.5 + 0.5 * moment.cycle(0.5)
    for side in (-1, 1):
        high = 0.12 + 0.16 * blow
        over_ = root + points(0.02 * side, -high * 1.25)
        end = root + points(side * (0.08 + 0.09 * blow), -high * 0.75)
        drawing.stroke(bezier(root, over_, end), 1.6, body.paint.white, wobble=0.3)
        for k in range(2):
            drop = root + points(side * (0.1 + 0.05 * k + 0.06 * blow), -high * (0.95 - 0.5 * k))
            drawing.dot(float(drop[0]), float(drop[1]), 0.016, body.paint.white)


def _spray(drawing: Drawing, body: Body, moment: Moment) -> None:
    """Drops that fall from a leaping body."""
    drops: list[Array] = []
    for k in range(12):
        q = (moment.turn(1.0) + 0.37 * k) % 1
        root = body.tube.at(0.35 + 0.055 * k, 0.9)
        x, y = (root + points(-0.1 * q, 0.06 + 0.3 * q)).tolist()
        drops.append(circle(x, y, 0.014 * (1.2 - q), 0.024 * (1.2 - q), 8))
    drawing.multi(drops, body.paint.white, line=0.4)


def _jaw(drawing: Drawing, body: Body) -> None:
    """A sperm whale's thin lower jaw, and the wrinkles of its flank."""
    jaw = np.stack([body.tube.at(0.03, 0.62), body.tube.at(0.14, 0.68), body.tube.at(0.27, 0.4)])
    drawing.stroke(smooth(jaw), 1.2, body.paint.ink)
    for k in range(4):
        u = 0.5 + 0.08 * k
        line = body.tube.at((u, u + 0.04, u + 0.09), (-0.25, -0.2, -0.28))
        drawing.stroke(line, 0.7, body.paint.pattern, wobble=0.3)


def _pleats(drawing: Drawing, body: Body) -> None:
    """The long mouth of a blue whale, and the folds of its throat."""
    mouth = body.tube.at((0.0, 0.1, 0.2, 0.26), (0.1, -0.08, 0.0, 0.25))
    drawing.stroke(smooth(mouth), 1.2, body.paint.ink)
    for k in range(4):
        v = 0.34 + 0.16 * k
        fold = body.tube.at(np.linspace(0.1 + 0.02 * k, 0.5, 7), v * np.linspace(0.9, 1.0, 7))
        drawing.stroke(fold, 0.7, body.paint.pattern, wobble=0.3)


def _patches(drawing: Drawing, body: Body) -> None:
    """The white of an orca, behind its eye and on its flank."""
    spot = body.tube.at((0.16, 0.2, 0.26, 0.21), (-0.12, -0.36, -0.24, -0.02))
    drawing.form(smooth(spot, True, 4), body.paint.white, line=0, shade=0.2)
    flank_ = body.tube.at((0.55, 0.66, 0.78, 0.66), (0.6, 0.2, 0.1, 0.5))
    drawing.form(smooth(flank_, True, 4), body.paint.white, line=0, shade=0.2)
    smile = body.tube.at((0.02, 0.08, 0.15), (0.35, 0.42, 0.25))
    drawing.stroke(smooth(smile), 1.0, body.paint.ink)


def _smile(drawing: Drawing, body: Body) -> None:
    """The mouth of a dolphin, from its beak far back."""
    mouth = body.tube.at((0.0, 0.07, 0.13, 0.19), (0.02, 0.06, 0.14, 0.06))
    drawing.stroke(smooth(mouth), 1.0, body.paint.ink, wobble=0.4)


def _teeth(drawing: Drawing, body: Body) -> None:
    """A shark's mouth below its nose with a row of teeth, its gills."""
    u = np.linspace(0.07, 0.19, 7)
    gape = 0.1 * max(0.0, body.moment.cycle(0.5, 0.1)) + 0.06 * max(0.0, body.moment.stir)
    arch = 0.36 + 0.12 * np.array([1.0, 0.4, 0.1, 0.0, 0.1, 0.4, 1.0])
    low = arch + 0.1 + gape * np.array([0, 0.7, 1, 1, 1, 0.7, 0])
    mouth = np.concatenate([body.tube.at(u, arch), body.tube.at(u[::-1], low[::-1])])
    drawing.form(mouth, body.paint.dark, line=0.7, shade=0)
    teeth = [
        body.tube.at(
            (u[k], (u[k] + u[k + 1]) / 2, u[k + 1]), (arch[k], arch[k] + 0.13, arch[k + 1])
        )
        for k in range(1, 5)
    ]
    drawing.multi(teeth, body.paint.white, line=0)
    for k in range(4):
        v = np.linspace(-0.2, 0.3, 5)
        drawing.stroke(body.tube.at(0.28 + 0.025 * k + 0.03 * v * v, v), 0.9, body.paint.ink)


def _hammer(drawing: Drawing, body: Body) -> None:
    """The head of a hammerhead: a bar across its nose."""
    root, ahead, up = body.tube.p[0], -body.tube.tangent[0], -body.tube.normal[0]
    shape = ((-0.05, -0.05), (-0.02, -0.17), (0.06, -0.2), (0.1, -0.15), (0.06, 0.0))
    shape += ((0.1, 0.15), (0.06, 0.2), (-0.02, 0.17), (-0.05, 0.05))
    bar = np.stack([root + ahead * a + up * b * 0.85 for a, b in shape])
    drawing.form(smooth(bar, True, 4), body.paint.colour, line=1.0, shade=0.6)
    for side in (-1, 1):
        x, y = (root + ahead * 0.05 + up * 0.14 * side).tolist()
        eye(drawing, body.paint, body.moment, x, y, 0.022, body.paint.colour, 0.2)


SPERM = Leviathan(
    back=(0.13, 0.175, 0.18, 0.18, 0.185, 0.17, 0.14, 0.1, 0.07, 0.045, 0.03),
    belly=(0.09, 0.13, 0.12, 0.14, 0.17, 0.17, 0.14, 0.1, 0.06, 0.04, 0.03),
    rises=(0.03, 0.06, -0.18),
    fin=(0.68, 0.035, 0.06, 0.03),
    flipper=(0.34, 0.17, 0.06),
    fluke=0.19,
    eye=(0.25, 0.18, 0.02),
    pale=0.0,
    markings=(_jaw,),
    spouts=True,
)
BLUE = replace(
    SPERM,
    back=(0.025, 0.06, 0.085, 0.105, 0.12, 0.12, 0.105, 0.08, 0.055, 0.04, 0.028),
    belly=(0.02, 0.13, 0.19, 0.215, 0.2, 0.16, 0.115, 0.08, 0.055, 0.04, 0.028),
    fin=(0.74, 0.045, 0.05, 0.05),
    flipper=(0.34, 0.24, 0.05),
    eye=(0.25, -0.02, 0.018),
    pale=0.85,
    markings=(_pleats,),
)
ORCA = replace(
    SPERM,
    back=(0.03, 0.1, 0.14, 0.165, 0.17, 0.16, 0.13, 0.095, 0.065, 0.045, 0.03),
    belly=(0.03, 0.09, 0.13, 0.155, 0.16, 0.145, 0.115, 0.08, 0.055, 0.04, 0.03),
    fin=(0.45, 0.26, 0.08, 0.06),
    flipper=(0.28, 0.22, 0.085),
    eye=(0.12, 0.06, 0.018),
    pale=0.62,
    markings=(_patches,),
    spouts=False,
)
DOLPHIN = Leviathan(
    back=(0.018, 0.03, 0.105, 0.145, 0.155, 0.145, 0.12, 0.09, 0.06, 0.04, 0.028),
    belly=(0.02, 0.04, 0.085, 0.12, 0.13, 0.12, 0.1, 0.075, 0.05, 0.038, 0.028),
    rises=(0.08, -0.12, -0.08),
    fin=(0.47, 0.16, 0.075, 0.12),
    flipper=(0.3, 0.2, 0.05),
    fluke=0.16,
    eye=(0.2, 0.02, 0.02),
    pale=0.75,
    markings=(_smile,),
)
SHARK = Leviathan(
    back=(0.005, 0.07, 0.105, 0.13, 0.135, 0.125, 0.1, 0.075, 0.05, 0.035, 0.028),
    belly=(0.01, 0.07, 0.11, 0.13, 0.13, 0.115, 0.09, 0.065, 0.045, 0.035, 0.028),
    rises=(0.02, -0.03, -0.02),
    fin=(0.43, 0.2, 0.09, 0.1),
    flipper=(0.36, 0.29, 0.06),
    fluke=0.2,
    eye=(0.13, -0.12, 0.018),
    pale=0.8,
    upright=True,
    markings=(_teeth,),
    length=1.1,
)
HAMMER = replace(SHARK, markings=(_hammer, _teeth), eye=(0.05, 0.0, 0.0))

WHALES = {"sperm": SPERM, "blue": BLUE}
SHARKS = {"white": SHARK, "hammer": HAMMER}
LEAPS = ("bounce", "hop", "rise", "run")


def _register(
    name: str, rows: dict[str, Leviathan], at: tuple[float, float], leap: str = "", **own: Any
) -> None:
    """A kind that swims under water, and where it leaps its twin in the air over it."""
    common: dict[str, Any] = {
        "domain": "air",
        "width": 1.25,
        "top": (0.0, -0.16),
        "forms": tuple(rows) if len(rows) > 1 else (),
        "holds": {"stand": (0.52, 0.05)},
        "grip": (0.0, 0.0),
        "postures": ("sleep",),
        "motion": "swim",
        **own,
    }
    register(
        Kind(
            name,
            partial(build, rows, False),
            at=at,
            home="undersea",
            instead=dict.fromkeys(LEAPS, leap) if leap else {},
            **common,
        )
    )
    if leap:
        twin = partial(build, rows, True)
        nose = next(iter(rows.values())).rises[0] + LEAPING[0]
        common["holds"] = {"stand": (0.5, nose)}
        register(Kind(leap, twin, at=(at[0], at[1] + 0.06), home="water", hidden=True, **common))


_register("whale", WHALES, (1.13, 0.81), "whale-leaping", height=0.62, hue="blue", metres=4.0)
_register(
    "dolphin", {"": DOLPHIN}, (1.19, 0.81), "dolphin-leaping", height=0.5, hue="grey", metres=2.0
)
_register("orca", {"": ORCA}, (1.25, 0.81), "orca-leaping", height=0.58, hue="black", metres=2.6)
_register("shark", SHARKS, (1.31, 0.81), height=0.58, hue="grey", metres=3.0)
