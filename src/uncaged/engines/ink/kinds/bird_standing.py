"""A bird on its feet: an egg tilted up to a head, a folded wing as a leaf tube, stick legs, a tail that dips.

It walks as birds do: the feet are planted, and the head stays where it is in the world until it is thrust ahead.
The scene says *bird*; this kind is drawn for it when it stands, walks or perches.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import round_eye
from uncaged.engines.ink.kinds.limbs import step, two_bones
from uncaged.engines.ink.kinds.quadruped import walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, lerp
from uncaged.engines.ink.paint import Paint

STRIDE, STANCE, LIFT = 0.075, 0.6, 0.05
"""Half a step and its height in heights; the share of the cycle a foot stands."""
PACE = 2
"""Steps of one foot in a cycle: small birds patter."""
RADII = (0.02, 0.08, 0.17, 0.14, 0.085)
BREAST = np.linspace(0.3, 0.9, 8)
FOLD = np.linspace(0.45, 0.95, 6)
TOES = (-0.05, 0.05, 0.08)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A standing bird; crest, length of legs and neck by lot."""
    crest = stream.chance(0.4)
    legs = stream.uniform(0.16, 0.3)
    neck = stream.uniform(0.0, 0.1)

    def figure(drawing: Drawing, moment: Moment) -> None:
        walking = walks(moment)
        phase = PACE * moment.turn(1.0)
        thrust = _thrust(phase, moment.stride) if walking else 0.0
        dip = 0.03 * moment.cycle(0.5) + (0.02 * moment.cycle(2.0, 0.2) if walking else 0)
        nod = 0.02 * moment.cycle(0.5, 0.3)
        body = _body(legs, neck, dip, thrust)
        for k, x in enumerate((-0.04, 0.05)):
            dx, dy = step(phase + 0.5 * k, STRIDE * moment.stride, LIFT) if walking else (0.0, 0.0)
            _leg(drawing, paint, points(x, 0.02 - legs), points(x + dx, dy))
        _tail(drawing, paint, body.p[2], dip)
        _beak(drawing, paint, body.p[-1], nod, crest)
        drawing.form(body.outline(), paint.colour, body=body, shade=0.85)
        breast = np.concatenate([body.at(BREAST, -0.25), body.at(BREAST[::-1], -0.95)])
        drawing.form(smooth(breast[::2], True, 4), paint.pale, line=0, shade=0.3, alpha=200)
        _wing(drawing, paint, body, 0.05 * max(0.0, moment.cycle(0.5, 0.1)))
        x, y = float(body.p[-1][0]), float(body.p[-1][1])
        round_eye(drawing, paint, x + 0.012, y - 0.02 + nod, 0.024, 0.005)

    return figure


def _thrust(phase: float, stride: float) -> float:
    """How far the head is ahead of its mean place: twice a cycle it falls back evenly (still in the world, while the
    body goes on), then is thrust forward."""
    travel = STRIDE * stride / STANCE
    q = phase * 2 % 1
    return travel * (0.5 - q / 0.8 if q < 0.8 else -0.5 + (q - 0.8) / 0.2) * 0.8


def _body(legs: float, neck: float, dip: float, thrust: float) -> Tube:
    """Tail, back, breast, neck, head; `dip` tilts the tail, `thrust` carries the head."""
    spine = points(
        (-0.44, 0.02 + dip),
        (-0.25, -0.1),
        (0.0, -0.17),
        (0.2 + thrust * 0.4, -0.27 - neck),
        (0.28 + thrust, -0.4 - neck),
    )
    return Tube(spine - points(0.0, legs), RADII, 26)


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


def _beak(drawing: Drawing, paint: Paint, head: Array, nod: float, crest: bool) -> None:
    """The beak, and the crest where it has one."""
    beak = points((0.05, -0.045 + nod), (0.2, 0.02 + nod), (0.05, 0.04 + nod))
    drawing.form(smooth(head + beak, False, 3), paint.accent, line=0.8, shade=0.4)
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
        gait=PACE * 2 * STRIDE / STANCE,
        motion="walk",
        hidden=True,
    )
)
