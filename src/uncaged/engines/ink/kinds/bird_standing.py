"""A bird on its feet: an egg tilted up to a head, a folded wing as a leaf tube, stick legs, a tail that dips.

It walks as birds do: the feet are planted, and the head stays where it is in the world until it is thrust ahead.
The scene says *bird*; this kind is drawn for it when it stands, walks or perches.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.plumage import peck, thrust
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.stepping import STANCE, goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, lerp
from uncaged.engines.ink.paint import Paint

STRIDE, LIFT = 0.075, 0.05
"""Half a step and its height, in heights."""
PACE = 2
"""Steps of one foot in a cycle: small birds patter."""
RADII = (0.02, 0.08, 0.17, 0.14, 0.085)
BREAST = np.linspace(0.3, 0.9, 8)
FOLD = np.linspace(0.45, 0.95, 6)
TOES = (-0.05, 0.05, 0.08)
HELD = {"stand": (0.48, -0.66), "sit": (0.48, -0.42)}
"""Where its beak ends while it holds something."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A standing bird; crest, length of legs and neck by lot."""
    crest = stream.chance(0.4)
    legs = stream.uniform(0.16, 0.3)
    neck = stream.uniform(0.0, 0.1)

    def figure(drawing: Drawing, moment: Moment) -> None:
        going, down, sits = goes(moment), peck(moment), _sits(moment)
        dip = 0.03 * moment.cycle(0.5) + (0.02 * moment.cycle(2.0, 0.2) if going else 0)
        dip += 0.02 * max(0.0, moment.joy) * moment.cycle(2.0) - 0.12 * down
        nod = 0.0 if moment.gesture == "hold" else 0.02 * moment.cycle(0.5, 0.3)
        tall = (0.0 if sits else legs) + leap(moment, 0.25)
        body = _body(moment, tall, neck, dip, down)
        for k, x in enumerate((-0.04, 0.05)):
            dx, dy = tread(moment, 0.5 * k, STRIDE, LIFT, PACE)
            if not sits:
                _leg(drawing, paint, points(x, 0.02 - tall), points(x + dx, dy))
        _tail(drawing, paint, body.p[2], dip)
        if not asleep(moment):
            _beak(drawing, paint, body.p[-1], nod, crest, 1.15 * down)
        drawing.form(body.outline(), paint.colour, body=body, shade=0.85)
        breast = np.concatenate([body.at(BREAST, -0.25), body.at(BREAST[::-1], -0.95)])
        drawing.form(smooth(breast[::2], True, 4), paint.pale, line=0, shade=0.3, alpha=200)
        x, y = body.p[-1].tolist()
        if not asleep(moment):
            eye(drawing, paint, moment, x + 0.012, y - 0.02 + nod, 0.024, paint.colour)
        _wing(drawing, paint, body, 0.05 * max(0.0, moment.cycle(0.5, 0.1)))

    return figure


def _sits(moment: Moment) -> bool:
    """Whether its legs are under it."""
    return moment.posture in ("sit", "lie", "kneel") and not goes(moment)


def _body(moment: Moment, tall: float, neck: float, dip: float, down: float) -> Tube:
    """Tail, back, breast, neck, head over legs that are `tall`; `dip` tilts the tail, `down` bows to the food.

    Holding something it keeps its beak where the composition expects it, whatever its legs and neck.
    """
    ahead = 0.0
    if goes(moment):
        ahead = thrust(PACE * moment.turn(1.0), 2 * STRIDE * moment.stride / STANCE)
    spine = points(
        (-0.44, 0.02 + dip),
        (-0.25, -0.1),
        (0.0, -0.17),
        (0.2 + ahead * 0.4, -0.27 - neck),
        (0.28 + ahead, -0.4 - neck),
    )
    spine = spine - points(0.0, tall)
    if asleep(moment):  # the head is laid back, under the wing
        spine[3:] = points((0.17, -0.29 - tall), (0.06, -0.3 - tall))
    if moment.gesture == "hold":
        spine[4] = HELD["sit" if _sits(moment) else "stand"] - points(0.18, 0.02)
        spine[3] = lerp(spine[2], spine[4], 0.6) + points(0.06, 0.02)
    spine[3:] = lerp(spine[3:], points((0.3, -0.16), (0.46, 0.06 - 0.35 * tall)), down)
    return Tube(spine, RADII, 26)


def _leg(drawing: Drawing, paint: Paint, hip: Array, foot: Array) -> None:
    """A stick that folds backwards (what looks like a knee is its heel), and three toes."""
    bone = 0.52 * float(np.sqrt(STRIDE * STRIDE + hip[1] * hip[1]))
    knee, foot = two_bones(hip, foot, bone, bone, 1)
    drawing.stroke(np.stack([hip, knee, foot]), 1.3, paint.accent, wobble=0.3, taper=(0.05, 0.05))
    for toe in TOES:
        tip = foot + points(toe, 0.015 - abs(toe) * 0.1)
        drawing.stroke(np.stack([foot - points(0.0, 0.005), tip]), 1.0, paint.accent, wobble=0)


def _tail(drawing: Drawing, paint: Paint, root: Array, dip: float) -> None:
    """Three long feathers."""
    for k in range(3):
        feather = leaf(root + points(0.06, 0.0), root + points(-0.24, 0.1 + 0.045 * k + dip), 0.035)
        colour = paint.second if k % 2 else paint.shadow
        drawing.form(feather.outline(), colour, line=0.8, shade=0.4)


def _beak(
    drawing: Drawing, paint: Paint, head: Array, nod: float, crest: bool, angle: float
) -> None:
    """The beak, `angle` radians down, and the crest where it has one."""
    beak = turned(points((0.05, -0.045 + nod), (0.2, 0.02 + nod), (0.05, 0.04 + nod)), angle, head)
    drawing.form(smooth(beak, False, 3), paint.accent, line=0.8, shade=0.4)
    if not crest:
        return
    for k in range(3):
        root = head + points(-0.02 - 0.02 * k, -0.07)
        tip = root + points(-0.08 - 0.03 * k, -0.12 + 0.03 * k)
        drawing.stroke(bezier(root, root + points(0.0, -0.08), tip), 1.4, paint.second)


def _wing(drawing: Drawing, paint: Paint, body: Tube, shrug: float) -> None:
    """The folded wing carries the pattern; `shrug` lifts it off the back."""
    root, end = body.at(0.72, 0.1), body.at(0.08, 0.15)
    middle = lerp(root, end, 0.45) + points(0.0, 0.075 - shrug)
    wing = Tube(
        [root, middle, end + points(0.0, 0.02 - shrug)],
        [0.05, 0.11, 0.1, 0.05, 0.0],
        16,
        cap_end=False,
    )
    drawing.form(
        wing.outline(),
        paint.second,
        fill=paint.fill,
        body=wing,
        colour2=paint.pattern,
        shade=0.8,
    )
    for k in (-0.5, 0.0, 0.5):
        drawing.stroke(wing.at(FOLD, k), 0.6, paint.ink, wobble=0.3)


register(
    Kind(
        "bird-standing",
        build,
        at=(0.20, 0.34),
        height=0.36,
        width=0.8,
        top=(0.0, -0.55),
        shadow=0.28,
        gait=travel(STRIDE, PACE),
        motion="walk",
        hidden=True,
        metres=0.3,
        postures=("sit", "sleep"),
        holds=HELD,
        grip=(0.0, -0.4),
    )
)
