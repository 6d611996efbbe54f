"""Lizard, gecko, newt and chameleon: low on bent legs with spread fingers, a tail longer than the rest, a quick tongue.

Rows of numbers for one construction. The chameleon stands high, rolls up its tail, and its eye is a turret.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.shaping import joined
from uncaged.engines.ink.kinds.stepping import goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint

STRIDE = 0.11
TOOTH = points(0.0, 0.018, 0.036)
"""Half a spine of the comb, along the body."""
HELD = (0.725, -0.405)


@dataclass(frozen=True, slots=True)
class Saurian:
    """spine, radii: nose to tip of the tail. hips: u of the fore and the hind legs. pads: size of the finger tips.

    eye: radius. comb: height of the spines on its back. knee: how far the bones of a leg are longer than its way. limb:
    how thick a leg is.
    """

    spine: tuple[tuple[float, float], ...]
    radii: tuple[float, ...]
    hips: tuple[float, float]
    pads: float
    eye: float
    comb: float
    knee: float
    limb: float = 1.0


_LOW = ((0.72, -0.38), (0.5, -0.4), (0.32, -0.27), (0.0, -0.26), (-0.3, -0.25), (-0.62, -0.1))
FORMS = {
    "lizard": Saurian(
        (*_LOW, (-0.92, -0.1), (-1.06, -0.3), (-0.9, -0.42)),
        (0.035, 0.12, 0.1, 0.15, 0.14, 0.09, 0.06, 0.045, 0.03, 0.012),
        (0.24, 0.42),
        0.0,
        0.042,
        0.0,
        1.25,
    ),
    "gecko": Saurian(
        (*_LOW, (-0.86, -0.1), (-0.96, -0.26), (-0.84, -0.34)),
        (0.05, 0.16, 0.12, 0.16, 0.15, 0.09, 0.09, 0.09, 0.06, 0.02),
        (0.25, 0.44),
        0.04,
        0.08,
        0.0,
        1.25,
    ),
    "newt": Saurian(
        (*_LOW, (-0.9, -0.12), (-1.06, -0.18), (-1.16, -0.1)),
        (0.06, 0.13, 0.12, 0.13, 0.13, 0.1, 0.085, 0.07, 0.05, 0.01),
        (0.24, 0.44),
        0.0,
        0.04,
        0.13,
        1.2,
    ),
    "chameleon": Saurian(
        (
            (0.68, -0.44),
            (0.5, -0.52),
            (0.3, -0.44),
            (0.0, -0.5),
            (-0.3, -0.38),
            (-0.56, -0.26),
            (-0.8, -0.26),
            (-0.9, -0.42),
            (-0.78, -0.53),
            (-0.68, -0.44),
        ),
        (0.035, 0.17, 0.14, 0.2, 0.18, 0.08, 0.06, 0.045, 0.035, 0.025, 0.018),
        (0.2, 0.46),
        0.05,
        0.085,
        0.07,
        1.02,
        0.55,
    ),
}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """One of the form, or of one its seed chooses; its phase by lot."""
    lot = stream.pick(("lizard", "lizard", "gecko", "chameleon"))
    row = FORMS.get(form) or FORMS[lot]
    phase = stream.uniform()
    calm = Tube(points(*row.spine), row.radii, 48, cap_end=False)
    roots = [float(calm.at(u, 0.35)[0]) for u in row.hips]

    def figure(drawing: Drawing, moment: Moment) -> None:
        flat = not goes(moment) and (asleep(moment) or moment.posture in ("lie", "sit"))
        at = points(0.0, (0.09 if flat else 0.0) + 0.008 * moment.cycle(0.5))
        body = _body(row, moment, at, phase)
        _leg(drawing, paint, moment, row, body, roots, 0.5, fore=True, far=True)
        _leg(drawing, paint, moment, row, body, roots, 0.0, fore=False, far=True)
        _tongue(drawing, paint, moment, body)
        if row.comb:
            _comb(drawing, paint, row, body)
        joined(drawing, paint, [body.outline()], paint.colour, body=body.outline(), along=body)
        _skin(drawing, paint, body)
        _leg(drawing, paint, moment, row, body, roots, 0.0, fore=True, far=False)
        _leg(drawing, paint, moment, row, body, roots, 0.5, fore=False, far=False)
        _face(drawing, paint, moment, row, body)

    return figure


def _body(row: Saurian, moment: Moment, at: Array, phase: float) -> Tube:
    """Nose to tail. The head does push-ups and looks about, the tail sweeps late."""
    spine = points(*row.spine)
    u = np.linspace(0, 1, len(spine))
    steady = 0.0 if moment.gesture == "hold" else 1.0
    nod = steady * (0.035 * max(0.0, moment.cycle(1.0, phase)) - 0.05 * moment.look[1])
    front = np.maximum(0.0, 1 - 3.2 * u)
    back = np.maximum(0.0, u - 0.45)
    wave = sin(TAU * (moment.turn(1.0 if goes(moment) else 0.5) + phase - u))
    lift = -nod * front + 0.16 * back * wave * (1.6 if goes(moment) else 1.0)
    return Tube(
        spine + at + np.stack([0.3 * back * wave * 0.3, lift], 1), row.radii, 48, cap_end=False
    )


def _leg(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    row: Saurian,
    body: Tube,
    roots: list[float],
    lag: float,
    *,
    fore: bool,
    far: bool,
) -> None:
    """A bent leg whose elbow stands out, and a hand of four fingers. roots: x of the hips of a body at rest."""
    hip = body.at(row.hips[0 if fore else 1], 0.35)
    dx, dy = tread(moment, lag, STRIDE, 0.07)
    rest = (0.16 if fore else -0.02) + 0.13 * far
    foot = points(roots[0 if fore else 1] + rest + dx, dy - 0.025)
    way = float(np.sqrt(STRIDE * STRIDE + hip[1] * hip[1])) * row.knee
    knee, hand = two_bones(hip, foot, 0.56 * way, 0.56 * way, 1.0 if fore else -1.0)
    arm = Tube(np.stack([hip, knee, hand]), np.array([0.085, 0.062, 0.04]) * row.limb, 14)
    colour = paint.shadow if far else paint.colour
    fingers: list[Array] = []
    for j in range(4):
        tip = hand + points(-0.03 + 0.055 * j, 0.025 - 0.012 * (j == 0))
        fingers.append(Tube([hand, tip], [0.024, max(0.014, row.pads)], 6).outline())
    drawing.union([arm.outline(), *fingers], colour, line=0.95, shade=0.5)


def _tongue(drawing: Drawing, paint: Paint, moment: Moment, body: Tube) -> None:
    """Out and in again; longer when it eats."""
    out = max(0.0, moment.cycle(1.0, 0.3) - 0.5) * (0.9 if moment.gesture == "eat" else 0.3)
    root, ahead = body.p[0], -body.tangent[0]
    tip = root + ahead * (0.02 + out)
    drawing.stroke(np.stack([root, tip]), 1.6 if out > 0 else 0.0, paint.lip, wobble=0.2)


def _comb(drawing: Drawing, paint: Paint, row: Saurian, body: Tube) -> None:
    """Spines along the back, higher in its middle."""
    spines: list[Array] = []
    for k in range(17):
        u = 0.12 + 0.036 * k
        high = row.comb * (1 - abs(k - 8) / 10)
        thick = 0.12
        spines.append(body.at(u + TOOTH, (-0.9, -1 - high / thick, -0.9)))
    drawing.multi(spines, paint.accent, line=0.7)


def _skin(drawing: Drawing, paint: Paint, body: Tube) -> None:
    """A pale belly, spots along the side."""
    u = np.linspace(0.1, 0.5, 8)
    belly = np.concatenate([body.at(u, 0.95), body.at(u[::-1], 0.45)])
    drawing.form(smooth(belly[::2], True, 3), paint.pale, line=0, shade=0.2, alpha=190)
    if paint.fill in ("plain", "outlined"):
        for k in range(9):
            x, y = body.at(0.22 + 0.06 * k, -0.15 if k % 2 else -0.55).tolist()
            drawing.dot(x, y, 0.026 - 0.0016 * k, paint.pattern)


def _face(drawing: Drawing, paint: Paint, moment: Moment, row: Saurian, body: Tube) -> None:
    """A long mouth, and the eye, of the chameleon in its turret."""
    mouth = body.at((0.01, 0.05, 0.1, 0.125), (0.3, 0.28, 0.3, 0.1))
    drawing.stroke(smooth(mouth), 1.0, paint.ink, wobble=0.3)
    x, y = body.at(0.085, -0.25).tolist()
    turret = row.comb > 0 and row.pads > 0
    drawing.form(circle(x, y, row.eye * 1.25, count=16), paint.second, line=0.8, shade=0.4)
    eye(
        drawing,
        paint,
        moment,
        x + (0.02 * moment.cycle(0.5, 0.2) if turret else 0.004),
        y,
        row.eye * (0.6 if turret else 0.9),
        paint.second,
        0.25,
        paint.glow,
    )


register(
    Kind(
        "lizard",
        build,
        at=(1.49, 0.87),
        height=0.4,
        home="desert",
        width=1.75,
        top=(0.0, -0.42),
        shadow=0.6,
        gait=travel(STRIDE),
        motion="walk",
        forms=tuple(FORMS),
        hue="green",
        metres=0.1,
        postures=("lie", "sleep"),
        holds={"stand": HELD},
        grip=(0.0, -0.3),
    )
)
