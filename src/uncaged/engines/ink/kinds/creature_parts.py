"""What inventions are made of: eyes, mouths, legs and feet of several makes, chosen by lot. Knows no invention.

Lengths are in heights. A make is a name; every make draws as many marks at one moment as at another.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.limbs import two_bones
from uncaged.engines.ink.kinds.stepping import goes, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

STRIDE = 0.1
GAIT = travel(STRIDE)
"""What every invention advances in a cycle, whatever it goes on."""

EYES = ("round", "round", "slit", "hollow", "rings", "heavy")
MOUTHS = ("line", "teeth", "slot", "none", "lips")
FEET = ("ball", "hoof", "hand", "spike", "shoe")
FILLS = ("plain", "dotted", "striped", "hatched", "plain")


@dataclass(frozen=True, slots=True)
class Make:
    """How one invention is made, by lot. eye, mouth, foot: their makes. fill: of its main form.

    skin, limb, mark: colours of the main form, of what moves, of what stands out.
    """

    eye: str
    mouth: str
    foot: str
    fill: str
    skin: Colour
    limb: Colour
    mark: Colour


def make(stream: Stream, paint: Paint) -> Make:
    """The lots of one invention; a fill that was asked for stays."""
    fill = stream.pick(FILLS)
    skin = stream.pick((paint.colour, paint.colour, paint.colour, paint.second))
    return Make(
        stream.pick(EYES),
        stream.pick(MOUTHS),
        stream.pick(FEET),
        fill if paint.fill == "plain" else paint.fill,
        skin,
        stream.pick((paint.shadow, paint.second, paint.dark, paint.colour)),
        stream.pick((paint.accent, paint.accent, paint.pale, paint.glow)),
    )


def body(
    drawing: Drawing,
    paint: Paint,
    kit: Make,
    form: Array,
    along: Tube | None = None,
    key: str | None = None,
) -> None:
    """The main form, filled as the lot or the subject says."""
    drawing.form(
        form, kit.skin, fill=kit.fill, body=along, colour2=paint.pattern, shade=1.0, key=key
    )


def watch(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, x: float, y: float, radius: float
) -> None:
    """An eye of its make, looking about with the others."""
    glance = 0.25 * radius * moment.cycle(0.5) + 0.4 * radius * moment.look[0]
    wide = radius * (1 + 0.15 * moment.stir)
    match kit.eye:
        case "slit":
            drawing.form(circle(x, y, wide, count=20), paint.glow, line=0.9, shade=0.5)
            open_ = 0.1 if asleep(moment) else 0.32 + 0.08 * moment.cycle(1.0)
            slit = points((x + glance, y - 0.85 * wide), (x + glance + open_ * wide, y))
            slit = np.concatenate(
                [slit, points((x + glance, y + 0.85 * wide), (x + glance - open_ * wide, y))]
            )
            drawing.flat(smooth(slit, True, 4), pupil(paint))
        case "hollow":
            drawing.form(circle(x, y, 0.8 * wide, wide, 18), paint.dark, line=0.8, shade=0)
            spark = 0.0 if asleep(moment) else 0.2 * wide
            drawing.dot(x + glance, y - 0.1 * wide, spark, paint.glow)
        case "rings":
            for share, tone in ((1.0, paint.white), (0.7, paint.accent), (0.42, paint.white)):
                drawing.dot(x, y, share * wide, tone)
            drawing.dot(x + 0.5 * glance, y, 0.0 if asleep(moment) else 0.2 * wide, pupil(paint))
        case "heavy":
            drawing.form(circle(x, y, wide, count=20), paint.white, line=0.9, shade=0)
            drawing.dot(x + glance, y + 0.2 * wide, 0.5 * wide, pupil(paint))
            low = 0.95 if asleep(moment) else 0.05
            lid = circle(x, y - (1 - low) * 0.55 * wide, 1.04 * wide, (0.5 + 0.55 * low) * wide, 18)
            drawing.form(lid, kit.limb, line=0.8, shade=0.3)
        case _:
            drawing.form(circle(x, y, wide, count=20), paint.white, line=0.9, shade=0)
            eye(drawing, paint, moment, x, y, 0.9 * radius, kit.skin, 0.15)


def speak(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, x: float, y: float, width: float
) -> None:
    """A mouth of its make about (x, y), its corners up in joy."""
    up, gape = 0.25 * width * moment.joy, 0.12 * width * (1 + 0.6 * moment.cycle(0.5, 0.2))
    left, right = (x - width, y - up), (x + width, y - up)
    match kit.mouth:
        case "teeth":
            under = bezier(right, (x, y + 2.4 * gape + up), left, 10)
            drawing.form(
                np.concatenate([points(left, right), under]), paint.dark, line=0.8, shade=0
            )
            teeth = [
                points(
                    (a, y - up), (a + 0.14 * width, y - up + 1.1 * gape), (a + 0.28 * width, y - up)
                )
                for a in (x - 0.8 * width, x - 0.36 * width, x + 0.08 * width, x + 0.5 * width)
            ]
            drawing.multi(teeth, paint.white, line=0)
        case "slot":
            drawing.form(circle(x, y, width, 0.5 * gape + 0.01, 16), paint.dark, line=0.8, shade=0)
        case "lips":
            upper = smooth(
                [
                    left,
                    (x - 0.4 * width, y - 0.3 * width),
                    (x, y - 0.12 * width),
                    (x + 0.4 * width, y - 0.3 * width),
                    right,
                ]
            )
            lower = bezier(right, (x, y + 0.75 * width), left, 10)
            drawing.form(np.concatenate([upper, lower]), paint.lip, line=0.8, shade=0.4)
            drawing.stroke(bezier(left, (x, y + 0.1 * width), right, 8), 0.8, paint.ink, wobble=0.2)
        case "none":
            pass
        case _:
            drawing.stroke(bezier(left, (x, y + 0.3 * width + up), right, 10), 1.2, paint.ink)


def foot(drawing: Drawing, paint: Paint, kit: Make, at: Array, size: float, colour: Colour) -> None:
    """A foot of its make on the ground at `at`; size: half its length."""
    s = size
    match kit.foot:
        case "ball":
            form = circle(0.0, -0.7 * s, 0.75 * s, 0.7 * s, 14)
        case "hoof":
            form = points(
                (-0.7 * s, 0.0), (0.9 * s, 0.0), (0.5 * s, -1.2 * s), (-0.5 * s, -1.1 * s)
            )
        case "hand":
            form = points(
                (-0.4, -0.9), (0.3, -1.0), (1.0, -0.3), (0.7, 0.0), (0.45, -0.3), (0.3, 0.0)
            )
            form = (
                np.concatenate([form, points((0.05, -0.3), (-0.2, 0.0), (-0.4, -0.3), (-0.7, 0.0))])
                * s
            )
        case "spike":
            form = points((-0.35 * s, -1.2 * s), (0.35 * s, -1.2 * s), (0.1 * s, 0.0))
        case _:
            form = smooth(
                points((-0.6, -0.9), (0.0, -1.0), (0.5, -0.6), (1.5, -0.4), (1.5, 0.0), (-0.6, 0.0))
                * s,
                True,
                3,
            )
    tone = paint.dark if kit.foot in ("shoe", "hoof") else colour
    drawing.form(form + at, tone, line=0.85, shade=0.3)


@dataclass(frozen=True, slots=True)
class Stand:
    """How a leg is built. thick: half its width at the hip. bend: which way its knee goes, ±1. slack: how much longer
    it is than its way. lift: how high its foot swings. sole: half the foot's length.
    """

    thick: float = 0.05
    bend: float = -1.0
    slack: float = 1.12
    lift: float = 0.08
    sole: float = 0.06


def limb(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    kit: Make,
    hip: Array,
    rest: float,
    lag: float,
    stand: Stand = Stand(),
    colour: Colour | None = None,
) -> None:
    """A leg from `hip` to the ground at x = `rest`, stepping in its turn (`lag`, 0 … 1)."""
    tone, thick, sole = colour or kit.limb, stand.thick, stand.sole
    dx, dy = tread(moment, lag, STRIDE, stand.lift)
    ground = points(rest + dx, dy)
    ankle = ground - points(0.0, 0.9 * sole)
    span = abs(rest - float(hip[0])) + (STRIDE if goes(moment) else 0.6 * STRIDE)
    high = float(hip[1]) + 0.9 * sole
    bone = 0.5 * stand.slack * sqrt(span * span + high * high)
    knee, reached = two_bones(hip, ankle, bone, bone, stand.bend)
    leg = Tube(np.stack([hip, knee, reached]), [thick, 0.8 * thick, 0.62 * thick], 16)
    drawing.form(leg.outline(), tone, line=0.9, shade=0.5)
    foot(drawing, paint, kit, reached + points(0.0, 0.9 * sole), sole, tone)
