"""A frog: mostly mouth, two eyes on top, hind legs folded like a chair. It sits, breathes with its throat, and leaps.

A toad is the same with warts, and lower. Whatever its gait is called, it gets along by hopping.
"""

from dataclasses import replace

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import joined, turned
from uncaged.engines.ink.kinds.stepping import CRAWLS, RUNS, SPRING, goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream, over, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("frog", "toad")
STRIDE = 0.24
BODY = points(
    (-0.42, -0.12),
    (-0.32, -0.34),
    (-0.1, -0.56),
    (0.14, -0.68),
    (0.36, -0.66),
    (0.52, -0.52),
    (0.5, -0.38),
    (0.36, -0.28),
    (0.26, -0.1),
    (0.02, -0.04),
    (-0.24, -0.03),
)
THROAT = points(
    (0.52, -0.46), (0.4, -0.42), (0.22, -0.3), (0.2, -0.08), (0.32, -0.12), (0.42, -0.3)
)
GULLET = points(0.35, -0.28)
"""The middle of the throat."""
HELD = (0.54, -0.46)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A frog or a toad; its spots by lot."""
    toad = form == "toad"
    spots = stream.array(7, -0.26, 0.3), stream.array(7, -0.14, 0.06), stream.array(7, 0.02, 0.045)

    def figure(drawing: Drawing, moment: Moment) -> None:
        jump, moment = _hopping(moment)
        air = _air(moment)
        sits = asleep(moment) or moment.posture == "lie"
        tilt = -0.3 * air + (0.16 if sits else 0.0)
        if moment.gesture == "hold":
            tilt = 0.0
        at = points(0.0, 0.012 * moment.cycle(0.5) - 0.06 * air - jump)
        _hind(drawing, paint, moment, at, air, far=True)
        _fore(drawing, paint, moment, at, air, far=True)
        _eye(drawing, paint, moment, at, tilt, far=True)
        body = turned(smooth(BODY, True, 4), tilt) + at
        joined(drawing, paint, [body], paint.colour, body=body)
        swell = 1 + 0.08 * moment.cycle(1.0)
        throat = turned(smooth((THROAT - GULLET) * swell + GULLET, True, 4), tilt) + at
        drawing.form(throat, paint.pale, line=0.5, shade=0.4)
        _skin(drawing, paint, spots, at, tilt, toad)
        _eye(drawing, paint, moment, at, tilt, far=False)
        _mouth(drawing, paint, moment, at, tilt)
        _fore(drawing, paint, moment, at, air, far=False)
        _hind(drawing, paint, moment, at, air, far=False)

    return figure


def _hopping(moment: Moment) -> tuple[float, Moment]:
    """How high it throws itself, and the moment as a hop: nobody lifts a body that walks, runs or crawls."""
    if moment.act == "hop" or not goes(moment):
        return 0.0, moment
    share = {"run": RUNS, "crawl": CRAWLS}.get(moment.act, 1.0)
    q = over(moment.turn(1.0) % 1, SPRING, 1.0)
    hop = replace(moment, act="hop", stride=moment.stride * share)
    return 0.25 * 4 * q * (1 - q), hop


def _air(moment: Moment) -> float:
    """How far it is stretched in its leap, 0 … 1."""
    if moment.act != "hop":
        return 0.0
    q = moment.turn(1.0) % 1
    return 0.0 if q < SPRING else float(sin(PI * (q - SPRING) / (1 - SPRING)))


def _lifted(at: Array, air: float) -> Array:
    """How far the feet have left the ground with the body; on the ground they do not care where the body is."""
    return points(0.0, min(0.0, float(at[1]) + 0.06 * air)) * (air > 0)


def _skin(
    drawing: Drawing,
    paint: Paint,
    spots: tuple[Array, Array, Array],
    at: Array,
    tilt: float,
    toad: bool,
) -> None:
    """Spots along the back; a toad's stand out."""
    if paint.fill not in ("plain", "outlined"):
        return
    for x, y, r in zip(*spots, strict=True):
        place = turned(points((x - 0.08, -0.44 + y - 0.4 * x)), tilt)[0] + at
        if toad:
            drawing.form(
                circle(float(place[0]), float(place[1]), float(r), count=10), paint.second, line=0.6
            )
        else:
            drawing.dot(float(place[0]), float(place[1]), float(r), paint.pattern)


def _eye(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, tilt: float, *, far: bool
) -> None:
    """An eye in its bump."""
    x, y = (turned(points((0.3 if far else 0.16, -0.72 if far else -0.7)), tilt)[0] + at).tolist()
    bump = circle(x, y, 0.115 if far else 0.135, count=18)
    drawing.form(bump, paint.shadow if far else paint.colour, line=1.0, shade=0.5)
    radius = 0.075 if far else 0.095
    eye(drawing, paint, moment, x + 0.02, y - 0.01, radius, paint.colour, 0.12, paint.glow)


def _mouth(drawing: Drawing, paint: Paint, moment: Moment, at: Array, tilt: float) -> None:
    """One long line; eating, a tongue that is out and gone."""
    bow = 0.05 * moment.joy
    line = points((0.53, -0.47), (0.38, -0.43 + bow), (0.2, -0.44 - bow), (0.13, -0.48 - bow))
    drawing.stroke(turned(smooth(line), tilt) + at, 1.3, paint.ink)
    out = max(0.0, moment.cycle(1.0)) if moment.gesture == "eat" else 0.0
    tongue = smooth(points((0.5, -0.47), (0.5 + 0.25 * out, -0.5), (0.52 + 0.5 * out, -0.62)))
    drawing.stroke(turned(tongue, tilt) + at, 2.6 if out > 0.05 else 0.0, paint.lip, wobble=0.2)


def _hind(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, air: float, *, far: bool
) -> None:
    """Thigh, shank and a long foot; in the air it trails stretched."""
    dx, dy = tread(moment, 0.0, STRIDE, 0.0)
    hip = at + points(-0.26 + 0.06 * far, -0.2)
    foot = points(-0.3 + 0.1 * far + dx - 0.34 * air, dy - 0.03 + 0.02 * air) + _lifted(at, air)
    knee, ankle = two_bones(hip, foot, 0.36, 0.38, -1.0)
    thigh = Tube([hip, (hip + knee) / 2 + points(0.0, -0.03), knee], [0.13, 0.12, 0.07], 12)
    shank = Tube([knee, ankle], [0.07, 0.045], 8)
    colour = paint.shadow if far else paint.second
    sole = points((-0.06, -0.05), (0.16, -0.06), (0.34, -0.035), (0.36, 0.03), (-0.04, 0.03))
    paddle = turned(smooth(sole, True, 3), 1.5 * air, ankle)
    drawing.union([shank.outline(), thigh.outline(), paddle], colour, line=1.0, shade=0.6)
    for k in (0.12, 0.22):
        toe = turned(points((k, -0.03), (k + 0.1, 0.02)), 1.5 * air, ankle)
        drawing.stroke(toe, 0.7, paint.ink, wobble=0.2)


def _fore(
    drawing: Drawing, paint: Paint, moment: Moment, at: Array, air: float, *, far: bool
) -> None:
    """A short arm with three fingers."""
    dx, dy = tread(moment, 0.0, 0.8 * STRIDE, 0.0)
    shoulder = at + points(0.24 + 0.1 * far, -0.3)
    hand = points(0.36 + 0.1 * far + dx + 0.16 * air, dy - 0.02 - 0.12 * air) + _lifted(at, air)
    elbow, wrist = two_bones(shoulder, hand, 0.17, 0.2, 1.0)
    arm = Tube(np.stack([shoulder, elbow, wrist]), [0.075, 0.05, 0.035], 12)
    colour = paint.shadow if far else paint.second
    fingers = points((-0.03, -0.04), (0.03, -0.05), (0.12, 0.0), (0.06, 0.02), (-0.02, 0.02))
    drawing.union([arm.outline(), smooth(fingers, True, 3) + wrist], colour, line=0.9, shade=0.4)


register(
    Kind(
        "frog",
        build,
        at=(1.55, 0.87),
        height=0.36,
        home="meadow",
        width=1.1,
        top=(0.0, -0.6),
        shadow=0.4,
        gait=travel(STRIDE),
        forms=FORMS,
        hue="green",
        metres=0.1,
        postures=("sit", "lie", "sleep"),
        holds={"stand": HELD, "sit": HELD},
        grip=(0.0, -0.35),
    )
)
