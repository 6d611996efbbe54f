"""A person who stands, gestures or walks, in coat, dress or shirt. Knows no street and no weather.

How it is built, in painter's order: far arm, far leg, near leg, garment, neck, head, scarf, near arm. Legs are two
bones to a foot on the path of `step`; the heel leaves the ground before the foot does, arms swing against the legs.
An umbrella in the hand of whoever `paint.umbrella` says.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.face import HAIRS, Face, Place, draw_face, face
from uncaged.engines.ink.kinds.garments import CUTS, Body, Cut, bag, garment, scarf, umbrella
from uncaged.engines.ink.kinds.limbs import step, two_bones
from uncaged.engines.ink.kinds.mitten import mitten
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, ease, over, sin
from uncaged.engines.ink.paint import Paint

STRIDE, STANCE, LIFT = 0.17, 0.55, 0.075
"""Half a step, the share of the cycle a foot stands, how high it swings."""
BONE, ANKLE = 0.235, 0.03
"""Length of thigh and of shin; height of the ankle over the sole."""
TOE, HEEL = points(0.07, ANKLE), points(-0.022, ANKLE)
"""Where the sole touches the ground, seen from the ankle: the foot rolls off over the one and lands on the other."""
SHOE = points((-0.022, 0.012), (0.03, 0.01), (0.085, 0.018))
UPPER, FORE, HAND = 0.16, 0.145, 0.037
"""Lengths of upper arm and forearm; size of the hand."""

IDLE = (
    (-0.10, 0.08, 0.12, 0.30),
    (-0.10, 0.08, 0.12, 0.30),
    (-0.72, 0.95, 0.10, 0.30),
    (-0.42, -0.05, -0.25, 0.10),
    (0.16, 1.75, 0.12, 0.30),
    (1.95, 2.75, -0.10, 0.10),
)
"""What arms do when nothing else is said: hang (twice), rest on the hip, lie behind, explain, wave.

Angles of near upper arm and forearm, far upper arm and forearm, in radians from straight down, forward positive.
"""
WAVE = 1.9
"""An upper arm raised as far as this waves."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the lot decided. idle: a row of `IDLE`. wide: how full the garment is cut."""

    paint: Paint
    cut: Cut
    face: Face
    idle: tuple[float, float, float, float]
    wide: float
    scarf: bool
    bag: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A person; `form` is the garment (a key of `CUTS`), or "" for one by lot."""
    if form not in CUTS:
        form = stream.pick(("coat", "dress", "coat", "shirt"))
    style = stream.pick(HAIRS if form != "shirt" else ("crop", "bun", "curls"))
    hat = form == "coat" and style == "crop" and stream.chance(0.6)
    idle, carries = stream.pick(IDLE), stream.chance(0.3)
    person = Person(
        paint,
        CUTS[form],
        face(stream.sub("face"), style, hat),
        IDLE[0] if carries else idle,
        stream.uniform(0.9, 1.15),
        stream.chance(0.6),
        carries,
    )
    return partial(_draw, person)


def _draw(person: Person, d: Drawing, m: Moment) -> None:
    paint, body = person.paint, _body(m)
    _arm(person, d, m, body, far=True)
    _leg(person, d, m, body, far=True)
    _leg(person, d, m, body, far=False)
    neck = Tube(
        [body.shoulder + points(0.005, -0.02), body.head + points(-0.005, 0.03)], [0.03, 0.028], 6
    )
    d.form(neck.outline(), paint.skin, line=0.7, shade=0.3, key="neck")
    garment(d, paint, body, person.cut, person.wide, m)
    draw_face(d, paint, person.face, Place(float(body.head[0]), float(body.head[1]), 0.058), m)
    if person.scarf:
        scarf(d, paint, body, m)
    if paint.umbrella:
        _sheltered(person, d, m, body)
    else:
        _arm(person, d, m, body, far=False)


def _body(m: Moment) -> Body:
    """Hip, shoulder and head. A walker is lowest when both feet are down, highest over the standing leg."""
    phase, walks = m.turn(1.0), m.act in ("walk", "dance")
    if walks:
        bob = min(m.stride, 1.0) * (0.015 + 0.012 * cos(TAU * 2 * (phase - 0.025)))
        lean = 0.03
    else:
        bob, lean = 0.004 * m.cycle(0.5), 0.01 * m.cycle(0.5)
    return Body(
        points(0, -0.495 + bob),
        points(lean, -0.785 + bob),
        points(lean * 1.5 + 0.012, -0.915 + bob),
        phase,
        walks,
    )


def _turned(form: Array, angle: float, about: Array) -> Array:
    """Points turned by `angle` about a point (positive: the heel goes up)."""
    c, s = cos(angle), sin(angle)
    p = form - about
    return about + np.stack([p[..., 0] * c - p[..., 1] * s, p[..., 0] * s + p[..., 1] * c], -1)


def walking_foot(phase: float, stride: float) -> tuple[Array, float]:
    """The ankle below the hip's place on the ground, and how far the foot is tipped (radians, heel up positive)."""
    q = phase % 1
    x, y = step(q, STRIDE * stride, LIFT, STANCE)
    if q < 0.7:
        tip = 0.75 * ease(over(q, 0.33, STANCE)) * (1 - ease(over(q, STANCE, 0.7)))
        tip -= 0.3 * (1 - over(q, 0.0, 0.08))
    else:
        tip = -0.3 * ease(over(q, 0.7, 1.0))
    ground = points(x, y - ANKLE)
    return _turned(ground, tip, ground + (TOE if tip > 0 else HEEL)), tip


def _leg(person: Person, d: Drawing, m: Moment, body: Body, far: bool) -> None:
    paint, side = person.paint, -0.06 if far else 0.07
    if body.walks:
        target, tip = walking_foot(body.phase + (0.5 if far else 0.0), m.stride)
    else:
        target, tip = points(side, -ANKLE), 0.0
    hip = body.hip + points(0.0 if body.walks else side * 0.2, 0)
    knee, ankle = two_bones(hip, target, BONE, BONE, -1)
    colour = paint.dark_shadow if far else paint.legs
    name = "far" if far else "near"
    leg = Tube([hip, knee, ankle], person.cut.legs, 16)
    d.form(leg.outline(), colour, line=0.8, shade=0.4, key=f"leg-{name}")
    shoe = Tube(_turned(ankle + SHOE, tip, ankle), [0.026, 0.027, 0.014], 8)
    d.form(shoe.outline(), paint.dark, line=0.6, shade=0, key=f"shoe-{name}")


def _angles(person: Person, m: Moment, body: Body, far: bool) -> tuple[float, float]:
    """Upper arm and forearm, radians from straight down. Arms swing against the legs, elbows bend in front."""
    if body.walks:
        swing = cos(TAU * (body.phase + (0.5 if far else 0.0) - 0.03))
        return -0.55 * swing * min(m.stride, 1.3), 0.35 - 0.8 * swing * min(m.stride, 1.3)
    near_upper, near_fore, far_upper, far_fore = person.idle
    breath = 0.06 * m.cycle(0.5, 0.1)
    if far:
        return far_upper + breath, far_fore + breath
    if near_upper >= WAVE:
        return near_upper, near_fore + 0.3 * m.cycle(1.0)
    return near_upper + breath, near_fore + breath


def _arm(person: Person, d: Drawing, m: Moment, body: Body, far: bool) -> None:
    paint = person.paint
    upper, fore = _angles(person, m, body, far)
    shoulder = body.shoulder + points(0.022 if far else -0.012, 0.03)
    elbow = shoulder + points(sin(upper), cos(upper)) * UPPER
    along = points(sin(fore), cos(fore))
    carries = person.bag and not far
    wrist = elbow + along * FORE
    if carries:
        bag(d, paint, wrist + along * 0.04)
    _sleeve(d, paint, (shoulder, elbow, wrist), along, carries, far)


def _sheltered(person: Person, d: Drawing, m: Moment, body: Body) -> None:
    """The near arm bent up, an umbrella in its hand."""
    shoulder = body.shoulder + points(-0.012, 0.03)
    elbow, wrist = shoulder + points(0.09, 0.1), shoulder + points(0.12, -0.03)
    umbrella(d, person.paint, wrist, m)
    _sleeve(d, person.paint, (shoulder, elbow, wrist), points(0.22, -0.975), True, False)


def _sleeve(
    d: Drawing,
    paint: Paint,
    joints: tuple[Array, Array, Array],
    along: Array,
    closed: bool,
    far: bool,
) -> None:
    """Hand, then the sleeve over its wrist."""
    name = "far" if far else "near"
    hand = mitten(joints[2] + along * 0.024, along, HAND, 1, closed)
    skin: Colour = paint.skin_shadow if far else paint.skin
    d.form(hand, skin, line=0.6, shade=0.2, key=f"hand-{name}")
    sleeve = Tube(joints, [0.045, 0.04, 0.034, 0.027], 14)
    cloth = paint.shadow if far else paint.colour
    d.form(sleeve.outline(), cloth, line=0.85, shade=0.6, key=f"arm-{name}")


register(
    Kind(
        "person",
        build,
        at=(0.60, 0.08),
        height=0.62,
        home="village",
        width=0.4,
        top=(0.01, -0.97),
        shadow=0.22,
        gait=2 * STRIDE / STANCE,
        motion="walk",
        forms=tuple(CUTS),
        instead={"dance": "dancer"},
    )
)
