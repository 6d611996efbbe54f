"""A bat: wings of skin between long fingers, a small furry body, large ears. Asleep or sitting it hangs upside down.

It flies about its own middle, as birds do. Knows no legs.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

BEATS = 2.0
ARM, FINGERS = 0.2, (0.36, 0.37, 0.33)
HANGS = ("sit", "lie", "sleep", "kneel")
EAR = points((-0.03, 0.02), (-0.045, -0.06), (-0.03, -0.15), (0.01, -0.07), (0.025, 0.02))


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bat; nothing of it is drawn by lot but its colours."""

    def figure(drawing: Drawing, moment: Moment) -> None:
        if moment.posture in HANGS and moment.act in ("still", "dance", "spin"):
            _hanging(drawing, paint, moment)
            return
        lift = points(0.0, 0.03 * moment.cycle(BEATS, 0.25) * (0.3 if moment.act == "glide" else 1))
        _wing(drawing, paint, moment, lift, -1)
        _body(drawing, paint, lift)
        _wing(drawing, paint, moment, lift, 1)
        _head(drawing, paint, moment, lift + points(0.0, -0.17))

    return figure


def _bones(moment: Moment, side: int) -> tuple[Array, Array, list[Array]]:
    """Shoulder, wrist and finger tips of a wing that beats; side: 1 right, −1 left."""
    beat = moment.cycle(BEATS)
    late = moment.cycle(BEATS, 0.14)
    if moment.act == "glide":
        beat, late = 0.25 + 0.1 * moment.cycle(0.5), 0.3
    shoulder = points(0.05 * side, -0.09)
    raised = 0.45 + 0.55 * beat
    wrist = shoulder + points(side * cos(raised), -sin(raised)) * ARM
    tips: list[Array] = []
    for k, long in enumerate(FINGERS):
        angle = 0.25 + 0.75 * late - 0.62 * k
        tips.append(wrist + points(side * cos(angle), -sin(angle)) * long)
    return shoulder, wrist, tips


def _wing(drawing: Drawing, paint: Paint, moment: Moment, lift: Array, side: int) -> None:
    """Skin from finger to finger, hollowed between them, and back to the foot."""
    shoulder, wrist, tips = _bones(moment, side)
    foot = points(0.035 * side, 0.17)
    edge: list[Array] = [shoulder, wrist, tips[0]]
    for one, other in ((tips[0], tips[1]), (tips[1], tips[2]), (tips[2], foot)):
        middle = (one + other) / 2
        hollow = middle + (wrist - middle) * 0.26
        q = np.linspace(0, 1, 7)[1:, None]
        curve = one * (1 - q) * (1 - q) + hollow * 2 * q * (1 - q) + other * q * q
        edge.extend(curve)
    form = np.stack(edge) + lift
    drawing.form(
        form,
        paint.second if side > 0 else paint.shadow,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.8,
    )
    claw = points(wrist, wrist + points(0.01 * side, -0.045)) + lift
    for tip in tips:
        drawing.stroke(points(wrist, tip) + lift, 0.7, paint.ink, wobble=0.3)
    drawing.stroke(claw, 0.9, paint.ink, wobble=0.2)
    arm = Tube(np.stack([shoulder, wrist]) + lift, [0.028, 0.016], 8)
    drawing.form(arm.outline(), paint.colour, line=0.7, shade=0.3)


def _body(drawing: Drawing, paint: Paint, lift: Array) -> None:
    """An egg of fur with a pale breast, and two small feet."""
    for x in (-0.03, 0.03):
        drawing.stroke(points((x, 0.14), (x, 0.21)) + lift, 1.0, paint.ink, wobble=0.3)
    tube = Tube(points((0.0, -0.13), (0.0, 0.0), (0.0, 0.16)) + lift, [0.07, 0.095, 0.045], 16)
    drawing.form(tube.outline(), paint.colour, shade=0.7)
    breast = circle(0.0, -0.01, 0.05, 0.085, 16) + lift
    drawing.form(breast, paint.pale, line=0, shade=0.2, alpha=150)


def _head(
    drawing: Drawing, paint: Paint, moment: Moment, middle: Array, down: bool = False
) -> None:
    """Two ears, a round head that looks at you, a snub nose and two teeth. down: it hangs."""
    flip = points(1.0, -1.0) if down else points(1.0, 1.0)
    look = 0.012 * moment.cycle(0.5, 0.2) + 0.02 * clamp(moment.look[0], -1.0, 1.0)
    twitch = 0.012 * moment.cycle(1.0, 0.3)
    for side in (-1, 1):
        ear = EAR * points(1.15 * side, 1.2) + points(0.06 * side + twitch * side, -0.06)
        drawing.form(smooth(ear, True, 3) * flip + middle, paint.colour, line=0.85, shade=0.3)
        inner = ear * points(1.0, 0.7) + points(0.0, -0.015)
        drawing.form(inner * flip + middle, paint.lip, line=0, shade=0.2, alpha=140)
    drawing.form(circle(0.0, 0.0, 0.105, 0.095, 22) + middle, paint.colour, shade=0.7)
    asleep = moment.posture == "sleep" or moment.stir < -0.8
    for side in (-1, 1):
        at = points(0.042 * side + look, -0.015) * flip + middle
        if asleep:
            lid = points((-0.022, 0.0), (0.0, 0.012), (0.022, 0.0)) * flip
            drawing.stroke(at + lid, 0.7, paint.ink, wobble=0.2)
            continue
        r = 0.024 * (1 + 0.3 * clamp(moment.stir, -0.6, 1.0))
        drawing.dot(at[0], at[1], r, paint.white)
        drawing.dot(at[0] + 0.3 * look, at[1], r * 0.6, pupil(paint))
    nose = points(look, 0.03) * flip + middle
    drawing.dot(nose[0], nose[1], 0.017, pupil(paint))
    mouth = points(
        (-0.035, 0.052), (0.0, 0.06 + 0.01 * clamp(moment.joy, -2.0, 2.0)), (0.035, 0.052)
    )
    drawing.stroke((mouth + points(look, 0.0)) * flip + middle, 0.6, paint.ink, wobble=0.2)
    for side in (-1, 1):
        root = points(look + 0.018 * side, 0.056)
        fang = root + points((-0.008, 0.0), (0.008, 0.0), (0.0, 0.03))
        drawing.form(fang * flip + middle, paint.white, line=0.4, shade=0)


def _hanging(drawing: Drawing, paint: Paint, moment: Moment) -> None:
    """Wrapped in its wings, head down, swinging from its feet."""
    swing = 0.02 * moment.cycle(0.5)
    breath = 1 + 0.03 * moment.cycle(0.5, 0.2)
    twig = points((-0.34, -0.47), (-0.1, -0.45), (0.12, -0.46), (0.36, -0.44))
    drawing.form(Tube(twig, [0.018, 0.024, 0.02, 0.012], 14).outline(), paint.trunk, line=0.8)
    for x in (-0.04, 0.04):
        drawing.stroke(points((x + swing * 0.3, -0.34), (x, -0.46)), 1.2, paint.ink, wobble=0.3)
    _head(drawing, paint, moment, points(swing, 0.2), down=True)
    for side in (-1, 1):
        wing = points(
            (0.0, -0.36),
            (0.13 * side * breath, -0.3),
            (0.17 * side * breath, -0.05),
            (0.1 * side + swing, 0.17),
            (-0.01 * side + swing, 0.13),
            (0.0, -0.1),
        )
        drawing.form(
            smooth(wing, True, 5),
            paint.second if side > 0 else paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.8,
        )
        for k in (0.05, 0.1):
            fold = points(
                (0.02 * side, -0.32), (k * side * 1.2, -0.1), (k * side * 0.7 + swing, 0.12)
            )
            drawing.stroke(smooth(fold, per=4), 0.6, paint.ink, wobble=0.4)


register(
    Kind(
        "bat",
        build,
        at=(1.94, 0.10),
        height=0.42,
        domain="air",
        home="sky",
        width=1.5,
        top=(0.0, -0.2),
        motion="fly",
        hue="violet",
        metres=0.3,
        postures=HANGS,
        grip=(0.0, 0.1),
    )
)
