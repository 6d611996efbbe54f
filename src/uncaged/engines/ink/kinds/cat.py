"""A cat that sits and looks at you: one big closed form, two front legs, a haunch line, a round head with ears.

It breathes, its tail swings, it blinks. When it goes, lies, sleeps or eats, it is the row of numbers of `wild_cats`.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.beast_figure import of
from uncaged.engines.ink.kinds.beast_motion import Holds
from uncaged.engines.ink.kinds.beast_pose import POSTURES
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import walks
from uncaged.engines.ink.kinds.wild_cats import WALKING_CAT
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp
from uncaged.engines.ink.paint import Paint

HEAD = points(
    (-0.19, 0.0),
    (-0.13, -0.13),
    (0.0, -0.16),
    (0.13, -0.13),
    (0.19, 0.0),
    (0.12, 0.12),
    (0.0, 0.15),
    (-0.12, 0.12),
)
"""Contour of the head about its centre."""
MOUTH = points((-0.05, 0.1), (-0.02, 0.105), (0.0, 0.075), (0.02, 0.105), (0.05, 0.1))
NOSE = points((-0.025, 0.045), (0.025, 0.045), (0.0, 0.072))


PAW_UP = frozenset({"wave", "give", "point", "touch", "cheer", "throw", "play"})
"""Gestures in which it lifts a paw."""
ELSEWHERE = frozenset({"eat", "work", "hide", "read"})
"""Gestures for which it gets up."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sitting cat, and the walking one for all that it does not do sitting."""
    afoot = of(WALKING_CAT)(stream, paint, form)

    def figure(drawing: Drawing, moment: Moment) -> None:
        gets_up = moment.posture not in ("stand", "sit") or moment.gesture in ELSEWHERE
        if gets_up or walks(moment):
            afoot(drawing, moment)
        else:
            _seated(drawing, paint, moment)

    return figure


def _seated(drawing: Drawing, paint: Paint, moment: Moment) -> None:
    breath = 0.01 * moment.cycle(0.5)
    _tail(drawing, paint, moment.cycle(0.5, 0.1) * (1 + 0.6 * clamp(moment.joy, -1.0, 1.5)))
    _body(drawing, paint, breath, moment)
    up = 0.02 * clamp(moment.joy, -1.5, 1.0) - 0.03 * clamp(moment.look[1], -1.0, 1.0)
    glance = 0.02 * moment.cycle(0.5, 0.3) + 0.03 * clamp(moment.look[0], -1.0, 1.0)
    head = points(0.12 + glance, -0.75 + breath - up)
    _head(drawing, paint, head, moment)
    shut = abs(moment.cycle(0.5, 0.02)) <= 0.12 or moment.stir < -0.6
    for side in (-1, 1):
        _eye(drawing, paint, head, side, glance, shut, moment.stir)
        for k in (-0.02, 0.02):
            ends = points((side * 0.05, 0.07), (side * 0.26, 0.06 + k * 2))
            drawing.stroke(head + ends, 0.45, paint.ink, wobble=0.5)
    drawing.form(head + NOSE, paint.accent, line=0.4, shade=0)
    mouth = MOUTH - points((0.0, 0.018), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.018)) * clamp(
        moment.joy, -1.5, 1.5
    )
    drawing.stroke(smooth(head + mouth), 0.6, paint.ink, wobble=0.2)


def _tail(drawing: Drawing, paint: Paint, swing: float) -> None:
    """An S that swings, −1 … 1, most at its tip."""
    spine = points(
        (-0.26, -0.06),
        (-0.5, -0.04),
        (-0.62, -0.2),
        (-0.56 - 0.05 * swing, -0.42),
        (-0.66 - 0.1 * swing, -0.56),
    )
    tail = Tube(smooth(spine), [0.055, 0.05, 0.045, 0.04, 0.03], 22)
    drawing.form(
        tail.outline(), paint.colour, fill=paint.fill, body=tail, colour2=paint.pattern, shade=0.6
    )


def _body(drawing: Drawing, paint: Paint, breath: float, moment: Moment) -> None:
    """Back, shoulders and haunch in one form; it rises with the breath. A paw may be up, as in a shop window."""
    contour = points(
        (-0.3, -0.03),
        (-0.36, -0.25),
        (-0.22, -0.52 + breath),
        (0.02, -0.66 + breath),
        (0.16, -0.6),
        (0.22, -0.4),
        (0.2, -0.15),
        (0.24, -0.02),
        (0.0, 0.01),
    )
    drawing.form(
        smooth(contour, True, 5),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
    )
    for x in (0.08, 0.2):
        bones = points((x - 0.03, -0.34), (x, -0.15), (x + 0.02, -0.03), (x + 0.08, -0.015))
        if x > 0.1 and moment.gesture in PAW_UP:
            bend = 0.03 * moment.cycle(1.5)
            bones = points((x - 0.02, -0.36), (x + 0.13, -0.42), (x + 0.2 + bend, -0.56))
            bones = np.concatenate([bones, points((x + 0.17 + 2 * bend, -0.64))])
        leg = Tube(bones, [0.05, 0.045, 0.04, 0.035], 14)
        drawing.form(leg.outline(), paint.colour, line=0.8, shade=0.5)
    drawing.stroke(bezier((-0.28, -0.05), (-0.22, -0.3), (-0.02, -0.26)), 0.8, paint.ink)


def _head(drawing: Drawing, paint: Paint, head: Array, moment: Moment) -> None:
    """Ears first, so that the skull covers their roots; they twitch, and lie flat with sorrow."""
    flat = 0.07 * clamp(-moment.joy, 0.0, 1.2) - 0.02 * clamp(moment.stir, 0.0, 1.5)
    for side in (-1, 1):
        twitch = 0.008 * moment.cycle(1.0, 0.3 + 0.1 * side)
        tip = (side * (0.15 + flat) + twitch, -0.24 + flat)
        ear = points((side * 0.05, -0.1), tip, (side * 0.17, -0.04))
        drawing.form(smooth(head + ear, False, 3), paint.colour, line=0.9, shade=0.3)
    drawing.form(smooth(head + HEAD, True, 4), paint.colour, shade=0.7)


def _eye(
    drawing: Drawing,
    paint: Paint,
    head: Array,
    side: int,
    glance: float,
    shut: bool,
    stir: float,
) -> None:
    """An almond whose pupil follows the glance; a line where it is shut."""
    x, y = float(head[0]), float(head[1])
    inner, outer = x + side * 0.03, x + side * 0.125
    key = "left" if side < 0 else "right"  # a name of its own: what follows keeps its tremor
    if shut:
        lid = bezier((inner, y), (x + side * 0.08, y + 0.02), (outer, y - 0.01))
        drawing.stroke(lid, 0.8, paint.ink, key=f"{key}lid")
        return
    almond = leaf(
        (inner, y + 0.01), (outer, y - 0.03), 0.034 * (1 + 0.4 * clamp(stir, -0.6, 1.2))
    ).outline()
    drawing.form(almond, paint.pale, line=0.6, shade=0, key=f"{key}eye")
    drawing.dot(x + side * 0.078 + glance, y - 0.01, 0.018, pupil(paint))


AFOOT = ("walk", "bounce", "dance", "run", "hop", "crawl", "enter", "leave")
"""Motions in which it is on its feet."""
MOUTH_AT = (0.12, -0.66)

register(
    Kind(
        "cat",
        build,
        at=(0.08, 0.50),
        height=0.52,
        home="room",
        width=0.9,
        top=(0.1, -0.86),
        shadow=0.42,
        instead=dict.fromkeys(AFOOT, "cat-walking"),
        quiet=("striped", "dotted"),
        metres=0.5,
        postures=POSTURES,
        holds=Holds(WALKING_CAT, {"stand": MOUTH_AT, "sit": MOUTH_AT}),
    )
)
