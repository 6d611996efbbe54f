"""Octopus and squid: a head that is a body, eyes, and arms that move like thoughts, each later than the one beside it.

Arms are tubes whose curl runs to the tip; suckers sit on those in front.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.shaping import joined
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("octopus", "squid")
ALONG = np.linspace(0, 1, 10)
HELD = (0.45, 0.26)
"""Where the arm that holds something ends."""

MANTLE = points(
    (0.0, -0.48), (-0.2, -0.44), (-0.29, -0.26), (-0.24, -0.06), (-0.14, 0.08), (0.14, 0.08)
)
MANTLE = np.concatenate([MANTLE, points((0.24, -0.06), (0.29, -0.26), (0.2, -0.44))])
SQUID = points((0.0, -0.52), (-0.09, -0.38), (-0.15, -0.2), (-0.15, 0.0), (-0.1, 0.12), (0.1, 0.12))
SQUID = np.concatenate([SQUID, points((0.15, 0.0), (0.15, -0.2), (0.09, -0.38))])
SAIL = points((0.0, -0.54), (-0.28, -0.3), (-0.1, -0.2), (0.1, -0.2), (0.28, -0.3))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """An octopus or a squid; how its arms lie, by lot."""
    form = form if form in FORMS else "octopus"
    phase = stream.uniform()
    curls = stream.array(8, 0.75, 1.3)
    lean = stream.uniform(-0.06, 0.06)

    def figure(drawing: Drawing, moment: Moment) -> None:
        beat = 0.5 + 0.5 * moment.cycle(0.5, phase)
        order = (0, 7, 1, 6, 2, 5, 3, 4)
        for k in order:
            _arm(drawing, paint, form, moment, k, float(curls[k]), phase)
        bob = points(lean * 0.2, 0.025 * moment.cycle(0.5, phase + 0.2))
        swell = (1 + 0.05 * beat, 1 - 0.04 * beat)
        if form == "squid":
            sail = smooth(SAIL * (1 + 0.25 * moment.cycle(1.0), 1.0), True, 3) + bob
            drawing.form(sail, paint.second, line=0.9, shade=0.6)
        body = smooth((SQUID if form == "squid" else MANTLE) * swell, True, 5) + bob
        joined(drawing, paint, [body], paint.colour, body=body)
        _face(drawing, paint, moment, form, bob)

    return figure


def _face(drawing: Drawing, paint: Paint, moment: Moment, form: str, bob: Array) -> None:
    """Two eyes that stand out, far apart; spots on an octopus's brow."""
    squid = form == "squid"
    for side in (-1, 1):
        x, y = (bob + points(side * (0.1 if squid else 0.125), 0.04 if squid else -0.02)).tolist()
        bulge = circle(x, y, 0.075 if not squid else 0.055, count=16)
        drawing.form(bulge, paint.second, line=0.8, shade=0.4)
        radius = 0.05 if not squid else 0.04
        eye(drawing, paint, moment, x, y, radius, paint.second, 0.15)
    if not squid:
        for dx, dy, r in ((-0.1, -0.3, 0.03), (0.05, -0.36, 0.022), (0.12, -0.27, 0.028)):
            drawing.dot(float(bob[0]) + dx, float(bob[1]) + dy, r, paint.pattern)


def _arm(
    drawing: Drawing,
    paint: Paint,
    form: str,
    moment: Moment,
    k: int,
    curl: float,
    phase: float,
) -> None:
    """One of eight arms, 0 … 7 from left to right: a wave runs along it, its tip curls outwards."""
    side = (k - 3.5) / 3.5
    inner = k in (2, 3, 4, 5)
    wave = TAU * (moment.turn(0.5) + phase + 0.13 * k - 0.55 * ALONG)
    if form == "squid":
        turn = side * 0.35 + 0.28 * ALONG * sin(wave) + 0.5 * side * ALONG * ALONG
        length, thick = 0.56 if inner else 0.44, 0.036
        root = points(side * 0.09, 0.1)
    else:
        out = side * (0.65 if inner else 1.05)
        turn = out + 0.8 * ALONG * sin(wave) + side * 2.4 * curl * ALONG * ALONG * ALONG
        length, thick = 0.5 + 0.08 * abs(side), 0.062
        root = points(side * 0.14, 0.02)
    if k == 6 and moment.gesture in ("hold", "give", "carry", "wave"):
        lift = 0.08 * moment.cycle(1.0) if moment.gesture == "wave" else 0.0
        spine = smooth(points((0.12, 0.02), (0.26, 0.24), (0.4, 0.34), HELD)) + points(0.0, lift)
    else:
        step = np.stack([sin(turn), cos(turn)], 1) * (length / (len(ALONG) - 1))
        step[0] = 0
        spine = root + np.cumsum(step, 0)
    arm = Tube(spine, [thick, 0.85 * thick, 0.55 * thick, 0.12 * thick], 20)
    colour = paint.colour if inner else paint.shadow
    drawing.form(arm.outline(), colour, body=arm, line=0.9, shade=0.6)
    if inner and form == "octopus":
        for j in range(5):
            x, y = arm.at(0.3 + 0.14 * j, -0.5 if side > 0 else 0.5).tolist()
            drawing.dot(x, y, 0.018 - 0.0025 * j, paint.pale)


register(
    Kind(
        "octopus",
        build,
        at=(1.43, 0.81),
        height=0.6,
        domain="air",
        home="undersea",
        width=1.1,
        top=(0.0, -0.46),
        motion="swim",
        forms=FORMS,
        metres=1.0,
        postures=("sleep",),
        holds={"stand": HELD},
        grip=(0.0, -0.2),
        faces=False,
    )
)
