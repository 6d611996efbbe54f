"""An owl, seen from the front: an egg with two discs for a face. It turns its head slowly, and its ears are feathers.

Perched it is a column with eyes; in the air the same face hangs between two broad wings.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.plumage import beak, fan
from uncaged.engines.ink.kinds.shaping import horn, joined, turned
from uncaged.engines.ink.kinds.soaring import Span, wings
from uncaged.engines.ink.kinds.stepping import leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, ease
from uncaged.engines.ink.paint import Paint

STRIDE = 0.06
BODY = points(
    (-0.04, -0.9),
    (-0.27, -0.82),
    (-0.34, -0.6),
    (-0.33, -0.32),
    (-0.2, -0.08),
    (0.0, -0.04),
    (0.2, -0.08),
    (0.33, -0.32),
    (0.34, -0.6),
    (0.27, -0.82),
    (0.04, -0.9),
)
BELLY = points((0.0, -0.56), (-0.2, -0.44), (-0.2, -0.24), (0.0, -0.09), (0.2, -0.24), (0.2, -0.44))
FACE = -0.66
"""Height of the eyes."""
FLIGHT = Span(0.34, 0.26, 0.34, 5, 0.14, 1.5)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A perched owl; tufts or none, and its marks, by lot."""
    tufts = form != "barn" and (form == "horned" or stream.chance(0.7))
    rows = stream.integer(3, 4)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        puff = 0.012 * moment.cycle(0.5)
        up = points(0.0, -leap(moment, 0.25))
        for k, x in enumerate((-0.12, 0.12)):
            dx, dy = tread(moment, 0.5 * k, STRIDE, 0.08, 2)
            _claws(drawing, paint, points(x + dx, dy))
        fan(drawing, points(0.0, -0.2) + up, 0.5 * PI, 0.3, 3, 0.17, 0.07, (paint.shadow,))
        body = smooth(BODY * (1 + puff, 1.0), True, 4) + up
        joined(drawing, paint, [body], paint.colour, body=body)
        _breast(drawing, paint, up, rows)
        _sides(drawing, paint, moment, up)
        face(drawing, paint, moment, up + points(0.0, FACE), phase, tufts)

    return figure


def flying(stream: Stream, paint: Paint, form: str) -> Figure:
    """An owl in the air, coming on."""
    tufts = form != "barn" and stream.chance(0.7)
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        heave = points(0.0, 0.03 * moment.cycle(FLIGHT.beats, 0.45 - phase))
        fan(drawing, heave + points(0.0, 0.06), 0.5 * PI, 0.4, 5, 0.28, 0.07, (paint.shadow,))
        shoulder = points(0.1, -0.1) + heave
        wings(drawing, paint, moment, FLIGHT, shoulder, (paint.second, paint.colour), phase)
        body = smooth(points((0, -0.26), (-0.2, -0.1), (-0.13, 0.14), (0, 0.22)), False, 4)
        body = np.concatenate([body, (body * (-1.0, 1.0))[::-1]]) + heave
        drawing.form(body, paint.colour, shade=0.7, key="body")
        for k in range(5):
            x, y = 0.07 * ((k % 2) * 2 - 1), 0.03 + 0.05 * (k // 2)
            mark = points((x - 0.03, y), (x, y + 0.025), (x + 0.03, y)) + heave
            drawing.stroke(mark, 0.9, paint.pattern, wobble=0.2, key=f"mark{k}")
        for x in (-0.07, 0.07):
            _claws(drawing, paint, points(x, 0.24) + heave, 0.6)
        face(drawing, paint, moment, heave + points(0.0, -0.17), phase, tufts, 0.82)

    return figure


def face(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    at: Array,
    phase: float,
    tufts: bool,
    size: float = 1.0,
) -> None:
    """Two discs with their eyes and the beak between them, shifted as the head turns. at: between the eyes."""
    q = (moment.turn(0.3) + phase) % 1
    turn = ease(min(1.0, q * 5)) - ease(min(1.0, max(0.0, q * 5 - 2.5)))
    still = asleep(moment) or moment.gesture == "hold"
    turn = 0.0 if still else 0.09 * (2 * turn - 1)
    if moment.look[0]:
        turn = 0.11 * max(-1.0, min(1.0, moment.look[0]))
    lift = 0.05 * moment.look[1] + (0.05 if asleep(moment) else 0.0)
    if tufts:
        for side in (-1, 1):
            root = at + points(side * 0.19 + 0.3 * turn, -0.13 + lift) * size
            tip = root + points(side * 0.13 + 0.01 * moment.cycle(0.5, 0.2), -0.24) * size
            drawing.form(horn(root, tip, 0.085 * size, 0.08 * side), paint.second, shade=0.4)
    centre = at + points(turn, lift) * size
    discs = [
        circle(float(centre[0]) + side * 0.145 * size, float(centre[1]), 0.185 * size, 0.18 * size)
        for side in (-1, 1)
    ]
    drawing.union(discs, paint.pale, line=0.9, shade=0.4)
    for side in (-1, 1):
        x, y = (at + points(side * 0.135 + 1.15 * turn, lift) * size).tolist()
        drawing.dot(x, y, 0.115 * size, paint.accent)
        eye(drawing, paint, moment, x, y, 0.1 * size, paint.colour, 0.0, white=paint.glow)
    root = at + points(1.3 * turn, 0.07 + lift) * size
    beak(drawing, root, 0.5 * PI - 1.2 * turn, 0.12 * size, 0.05 * size, paint.dark, 0.0)


def _breast(drawing: Drawing, paint: Paint, up: Array, rows: int) -> None:
    """A pale breast with rows of hooks."""
    drawing.form(smooth(BELLY, True, 4) + up, paint.pale, line=0.4, shade=0.3)
    for row in range(rows):
        count = 3 - row % 2
        for k in range(count):
            x, y = (k - (count - 1) / 2) * 0.115, -0.42 + 0.09 * row
            hook = smooth(points((x - 0.04, y - 0.02), (x, y + 0.025), (x + 0.04, y - 0.02)) + up)
            drawing.stroke(hook, 1.0, paint.pattern, wobble=0.2)


def _sides(drawing: Drawing, paint: Paint, moment: Moment, up: Array) -> None:
    """Folded wings to both sides, shrugged now and then."""
    shrug = 0.04 * max(0.0, moment.cycle(0.5, 0.3))
    for side in (-1, 1):
        root, end = points(side * 0.27, -0.6), points(side * (0.24 + shrug), -0.04)
        wing = leaf(root + up, end + up, 0.115, 0.16 * side, 12)
        drawing.form(wing.outline(), paint.second, shade=0.8)
        for v in (-0.4, 0.3):
            drawing.stroke(wing.at(np.linspace(0.4, 0.9, 5), v), 0.6, paint.ink, wobble=0.3)


def _claws(drawing: Drawing, paint: Paint, foot: Array, size: float = 1.0) -> None:
    """Three toes."""
    for k in (-1, 0, 1):
        toe = (
            points((-0.03, -0.05), (0.0, -0.075), (0.035, -0.03), (0.03, 0.0), (-0.02, 0.0)) * size
        )
        at = foot + points(0.052 * k * size, 0.0)
        drawing.form(turned(smooth(toe, True, 3), 0.0, at), paint.accent, line=0.7, shade=0.2)


INTO_THE_AIR: dict[str, str] = dict.fromkeys(
    ("fly", "glide", "drift-left", "drift-right", "rise", "sink", "enter", "leave"), "owl-flying"
)

register(
    Kind(
        "owl",
        build,
        at=(1.61, 0.57),
        height=0.4,
        home="forest",
        width=0.75,
        top=(0.0, -0.88),
        shadow=0.24,
        gait=travel(STRIDE, 2),
        forms=("horned", "barn"),
        instead=INTO_THE_AIR,
        metres=0.5,
        postures=("sleep",),
        holds={"stand": (0.0, FACE + 0.18)},
        grip=(0.0, -0.4),
    )
)
register(
    Kind(
        "owl-flying",
        flying,
        at=(1.61, 0.63),
        height=0.5,
        domain="air",
        home="forest",
        width=1.5,
        top=(0.0, -0.3),
        motion="fly",
        forms=("horned", "barn"),
        hidden=True,
        metres=0.5,
        postures=("sleep",),
        holds={"stand": (0.0, 0.26)},
        grip=(0.0, 0.0),
    )
)
