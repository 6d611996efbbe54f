"""What tells people the way: a traffic light that goes through its colours, and signposts. Knows no traffic.

How it is built: a lamp has the colour it means in every light; boards creak a little in the wind.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, mix, under
from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Arrow: TypeAlias = tuple[int, float, float]
"""A board of a signpost: its way (−1, 1), its tilt, its length."""
Draw: TypeAlias = Callable[[Drawing, Paint, list[Arrow], float, Moment], None]

_LAMPS = ("red", "yellow", "green")


def _lamp(paint: Paint, hue: str, on: bool) -> Colour:
    """A lamp's colour is what it says, whatever the light of the picture."""
    colour = under(HUES[hue], paint.palette)
    return colour if on else mix(colour, paint.dark, 0.72)


def stoplight(stream: Stream, paint: Paint, form: str) -> Figure:
    """A traffic light; it has no forms. Red, green, yellow, red: over two seconds or so."""
    start = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        q = (m.turn(0.25) + start) % 1
        on = 0 if q < 0.45 else 2 if q < 0.85 else 1
        post = box(-0.022, -0.52, 0.022, 0.01)
        d.form(post, paint.second, line=0.9, shade=0.8, key="post")
        d.form(box(-0.07, -0.03, 0.07, 0.01), paint.dark, line=0.8, shade=0.3, key="foot")
        case = smooth(
            [
                (-0.115, -0.5), (-0.12, -0.75), (-0.11, -0.98), (0.0, -1.0), (0.11, -0.98),
                (0.12, -0.75), (0.115, -0.5), (0.0, -0.48),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(case, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.8, key="case")
        for k, hue in enumerate(_LAMPS):
            y = -0.9 + 0.155 * k
            if k == on:
                d.flat(
                    circle(0, y, 0.2, count=22), _lamp(paint, hue, True), 60 if paint.night else 40
                )
            d.form(
                circle(0, y, 0.062, count=20),
                _lamp(paint, hue, k == on),
                line=0.8,
                shade=0.1,
                key=f"lamp{k}",
            )
            hood = smooth(
                [
                    (-0.075, y - 0.01), (-0.06, y - 0.065), (0.0, y - 0.085), (0.06, y - 0.065),
                    (0.075, y - 0.01), (0.0, y - 0.055),
                ],
                True,
                3,
            )  # fmt: skip
            d.form(hood, paint.dark, line=0.7, shade=0.1, key=f"hood{k}")
        button = box(-0.05, -0.34, 0.05, -0.25)
        d.form(button, paint.accent, line=0.8, shade=0.3, key="button")
        d.dot(0, -0.295, 0.02, paint.white)

    return figure


def _arrows(d: Drawing, paint: Paint, ways: list[Arrow], creak: float, m: Moment) -> None:
    """Boards that point this way and that, each a little further out of true."""
    tones = (paint.colour, paint.pale, paint.second)
    for k, (way, tilt, long) in enumerate(ways):
        at, mirror = points(0, -0.86 + 0.17 * k), points(way, 1)
        angle = tilt + creak * (k + 1)
        tip = long + 0.07
        arrow = points((-0.1, -0.06), (long, -0.055), (tip, 0.0), (long, 0.055), (-0.1, 0.06))
        board = turned(arrow, angle) * mirror + at
        d.form(board, tones[k], line=0.9, shade=0.7, key=f"arrow{k}")
        line = points((-0.04, 0.0), (0.1, 0.012), (long - 0.04, -0.004))
        d.stroke(turned(line, angle) * mirror + at, 1.2, wobble=1.3)


def _stop(d: Drawing, paint: Paint, ways: list[Arrow], creak: float, m: Moment) -> None:
    """Eight corners, red, with a white bar."""
    a = (np.arange(8) + 0.5) * (PI / 4)
    red = under(HUES["red"], paint.palette)
    for k, (size, tone) in enumerate(((0.24, red), (0.2, paint.white), (0.185, red))):
        rim = np.stack([cos(a) * size + creak, sin(a) * size - 0.78], 1)
        d.form(rim, tone, line=0 if k else 0.9, shade=0 if k else 0.5)
    d.form(box(-0.12 + creak, -0.81, 0.12 + creak, -0.75), paint.white, line=0, shade=0, key="bar")


def _triangle(d: Drawing, paint: Paint, ways: list[Arrow], creak: float, m: Moment) -> None:
    """A warning: nobody says of what."""
    red = under(HUES["red"], paint.palette)
    for size, tone in ((1.0, red), (0.66, paint.white)):
        foot = -0.62 - 0.05 * (1 - size)
        sign = points((-0.27 * size, foot), (0, -0.64 - 0.38 * size), (0.27 * size, foot))
        d.form(sign + points(creak, 0), tone, line=0.9, shade=0.4, key=f"sign{size}")
    d.stroke(points((0, -0.84), (0.002, -0.735)) + points(creak, 0), 3.0, wobble=0.1)
    d.dot(creak, -0.692, 0.018, paint.ink)


def _board(d: Drawing, paint: Paint, ways: list[Arrow], creak: float, m: Moment) -> None:
    """A sign of a shop or an inn that hangs from an arm and swings."""
    arm = smooth([(0.0, -0.93), (0.2, -0.95), (0.5, -0.93)])
    d.stroke(arm, 2.6, paint.dark, taper=(0.01, 0.05), wobble=0.2)
    swing, x, y = 0.1 * m.cycle(0.5) * m.sway, 0.29, -0.93
    edge = [(-0.17, 0.1), (-0.18, 0.24), (-0.14, 0.36), (0.0, 0.4), (0.14, 0.36), (0.18, 0.24)]
    board = turned(smooth([*edge, (0.17, 0.1), (0.0, 0.07)], True, 4), swing, x, y)
    for at in (-0.11, 0.11):
        chain = np.stack([points(x + at, y - 0.01), turned(points(at, 0.1), swing, x, y)])
        d.stroke(chain, 0.8, wobble=0)
    d.form(board, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.7, key="board")
    mark = turned(circle(0, 0.235, 0.09, count=18), swing, x, y)
    d.form(mark, paint.accent, line=0.8, shade=0.2, key="mark")


FORMS: Mapping[str, Draw] = {
    "arrows": _arrows,
    "stop": _stop,
    "triangle": _triangle,
    "board": _board,
}


def signpost(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sign; `form` is one of `FORMS`, or "" for arrows on a post."""
    if form not in FORMS:
        form = "arrows"
    ways = [
        (stream.pick((-1, 1)), stream.uniform(-0.12, 0.12), stream.uniform(0.26, 0.36))
        for _ in range(3)
    ]
    ways[1] = (-ways[0][0], ways[1][1], ways[1][2])
    tone = paint.trunk if form in ("arrows", "board") else paint.pale

    def figure(d: Drawing, m: Moment) -> None:
        creak = 0.015 * m.cycle(0.5) * m.sway
        post = points((-0.028, 0.01), (-0.022, -0.97), (0.022, -0.97), (0.028, 0.01))
        d.form(post, tone, line=0.9, shade=0.8, key="post")
        FORMS[form](d, paint, ways, creak, m)
        for side in (-1, 1):
            tip = (0.11 * side + creak, -0.11)
            blade = smooth([(0.05 * side, 0.02), (0.06 * side, -0.05), tip])
            d.stroke(blade, 1.2, paint.leaf, wobble=0.2)

    return figure


register(
    Kind(
        "stoplight",
        stoplight,
        at=(0.92, 1.28),
        height=0.54,
        home="street",
        width=0.3,
        top=(0.0, -0.99),
        shadow=0.12,
        faces=False,
        metres=3.2,
        grip=(0.0, -0.3),
        lights=True,
    )
)
register(
    Kind(
        "signpost",
        signpost,
        at=(0.98, 1.28),
        height=0.48,
        home="hills",
        width=0.7,
        top=(0.0, -0.97),
        shadow=0.12,
        forms=tuple(FORMS),
        faces=False,
        metres=2.4,
        grip=(0.0, -0.3),
    )
)
