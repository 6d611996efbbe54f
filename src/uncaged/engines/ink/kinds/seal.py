"""Seal and walrus: one long tube that rests on its fore flippers, looks up, and gets along by galumphing.

They swim stretched out. Both are drawn by the same figure. Knows no legs.
"""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure, Kind, register
from uncaged.engines.ink.kinds.beast import ORIGIN, Posed, Trunk, muzzle_tip
from uncaged.engines.ink.kinds.beast_gaits import Gait, foot, paced
from uncaged.engines.ink.kinds.beast_parts import eye, smile
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.quadruped import walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

POSTURES = ("lie", "sleep")
GAIT, RUNS = Gait(0.3, 0.55, 0.05, 0.02), 1.4
"""How it galumphs, and how far it gets in a cycle of running, in walks."""
ALONG = np.linspace(0, 1, 7)
UP = points(
    (-0.56, -0.06),
    (-0.36, -0.1),
    (-0.12, -0.16),
    (0.08, -0.24),
    (0.19, -0.42),
    (0.24, -0.6),
    (0.34, -0.68),
)
FLAT = points(
    (-0.56, -0.06),
    (-0.36, -0.1),
    (-0.12, -0.14),
    (0.1, -0.17),
    (0.28, -0.19),
    (0.4, -0.22),
    (0.52, -0.24),
)
DOWN = points(
    (-0.56, -0.06),
    (-0.36, -0.1),
    (-0.12, -0.15),
    (0.1, -0.17),
    (0.3, -0.15),
    (0.42, -0.11),
    (0.54, -0.085),
)
"""Spines from the tail to the nose: on the fore flippers, on the belly, asleep."""


@dataclass(frozen=True, slots=True)
class Seal:
    """radii: half widths from the tail to the nose. tusks: whether it is a walrus."""

    radii: tuple[float, ...]
    tusks: bool = False


def of(row: Seal) -> Build:
    """What a kind needs to draw this animal."""
    return lambda stream, paint, form: build(stream, paint, row)


def snouts(row: Seal) -> dict[str, tuple[float, float]]:
    """Where it holds something, as a seal holds a ball: on the tip of its nose."""
    found: dict[str, tuple[float, float]] = {}
    for posture in ("stand", *POSTURES):
        at = muzzle_tip(_posed(row, Moment(0.0, posture=posture, gesture="hold")))
        found[posture] = (round(float(at[0]), 3), round(float(at[1]), 3))
    return found


def build(stream: Stream, paint: Paint, row: Seal) -> Figure:
    """A seal; the spots on its back are drawn by lot."""
    lots = stream.sub("spots")
    u, v = lots.array(9, 0.2, 0.7), lots.array(9, 0.1, 0.8)
    size = lots.array(9, 0.008, 0.02)

    def figure(drawing: Drawing, moment: Moment) -> None:
        at = _posed(row, moment)
        for k in (1, 0):
            _tail(drawing, paint, at, k)
        _flipper(drawing, paint, at, moment, 1)
        drawing.form(
            at.body.outline(),
            paint.colour,
            fill=paint.fill,
            body=at.body,
            colour2=paint.pattern,
            shade=0.9,
        )
        if paint.fill == "plain":
            for k in range(0 if row.tusks else 9):
                x, y = at.body.at(float(u[k]), float(v[k]))
                drawing.dot(x, y, float(size[k]), paint.pattern)
        _folds(drawing, paint, row, at)
        _flipper(drawing, paint, at, moment, 0)
        _face(drawing, paint, row, at)
        eye(drawing, paint, at, (0.42, 0.02), paint.colour)

    return figure


def _grounded(row: Seal, spine: Array) -> Array:
    """What is thick lies higher, so that nothing is under the ground."""
    spine[:, 1] = np.minimum(spine[:, 1], -0.93 * np.array(row.radii))
    return spine


def _spine(moment: Moment) -> Array:
    """Where its back is: a wave runs through it as it galumphs, and stretched out it swims."""
    if moment.act in ("swim", "fly", "glide"):
        wave = 0.05 * sin(TAU * (moment.turn(1.0) + ALONG)) * (1.1 - ALONG)
        return FLAT + np.stack([0 * wave, wave - 0.25], 1)
    if moment.posture == "sleep":
        spine = np.array(DOWN)
    elif moment.posture == "lie" or moment.act == "crawl" or moment.gesture == "eat":
        spine = np.array(FLAT)
    else:
        spine = np.array(UP)
    breath = 0.008 * moment.cycle(0.4)
    spine[2:, 1] -= breath
    if walks(moment):
        wave = np.maximum(0.0, sin(TAU * (moment.turn(1.0) - 0.9 * ALONG)))
        spine[:, 1] -= 0.07 * wave * sin(PI * np.minimum(ALONG * 1.4, 1.0))
        spine[:3, 0] += 0.05 * cos(TAU * (moment.turn(1.0) - 0.2))
    up = clamp(moment.joy, -1.5, 1.0) * 0.02 + (
        0.06 if moment.gesture in ("look", "cheer", "hold") else 0.0
    )
    up -= 0.05 * clamp(moment.look[1], -1.0, 1.0)
    sway = 0.0 if moment.gesture == "hold" else 0.025 * moment.cycle(0.5, 0.2)
    spine[5:] -= (
        points((0.3 * sway, 0.4 * up), (0.2 * up, up)) if moment.posture != "sleep" else 0.0
    )
    return spine


def _posed(row: Seal, moment: Moment) -> Posed:
    """The whole seal is one tube; its head is the front of it."""
    body = Tube(_grounded(row, _spine(moment)), row.radii, 40)
    head = Tube(body.p[30:], body.r[30:], 16, curved=False)
    return Posed(
        moment,
        body=body,
        neck=Tube(body.p[24:32], body.r[24:32], 8, curved=False),
        head=head,
        tail=Tube(body.p[:8], body.r[:8], 8, curved=False),
        trunk=Trunk(ORIGIN, 0.0, ORIGIN),
        skull=head.at(0.14, 0.75),
        asleep=moment.posture == "sleep" or moment.stir < -0.8,
    )


def _tail(drawing: Drawing, paint: Paint, at: Posed, far: int) -> None:
    """A hind flipper; the two open and close like a fan."""
    root = at.body.p[1]
    wag = 0.06 * at.moment.cycle(1.0, 0.2 * far)
    tip = root + points(-0.2, -0.09 + 0.07 * far + wag)
    tip[1] = min(float(tip[1]), -0.02)
    colour = paint.shadow if far else paint.second
    drawing.form(leaf(root, tip, 0.055, 0.1 - 0.2 * far).outline(), colour, line=0.8, shade=0.4)


def _flipper(drawing: Drawing, paint: Paint, at: Posed, moment: Moment, far: int) -> None:
    """A fore flipper on the ground: it steps as a foot does, or claps."""
    root = at.body.at(0.58, -0.55 + 0.25 * far) + points(0.03 * far, 0.0)
    if moment.act in ("swim", "fly", "glide"):
        tip = root + points(-0.12, 0.16 + 0.05 * moment.cycle(1.0, 0.1 * far))
    elif moment.gesture in ("wave", "cheer", "give", "point", "play", "touch"):
        tip = root + points(0.2, 0.02 - 0.06 * moment.cycle(2.0, 0.5 * far))
    else:
        dx, dy = foot(paced(GAIT, moment, RUNS), moment, 0.0) if walks(moment) else (0.0, 0.0)
        tip = points(0.28 + 0.05 * far + dx, dy - 0.012)
    middle = root * 0.6 + tip * 0.4 + points(-0.05, 0.0)
    tube = Tube(smooth([root, middle, tip], per=4), [0.05, 0.055, 0.05, 0.02], 14, curved=False)
    colour = paint.shadow if far else paint.second
    drawing.form(tube.outline(), colour, line=0.85, shade=0.4)


def _folds(drawing: Drawing, paint: Paint, row: Seal, at: Posed) -> None:
    """Folds of fat at the neck."""
    for u in (0.6, 0.68) if row.tusks else (0.64,):
        drawing.stroke(at.body.at(u, np.linspace(-0.9, -0.2, 5)), 0.6, paint.ink, wobble=0.4)


def _face(drawing: Drawing, paint: Paint, row: Seal, at: Posed) -> None:
    """A pale muzzle with whiskers; a walrus has a beard of them, and tusks."""
    tip, nose = at.head.p[-1], muzzle_tip(at)
    ahead, up = at.head.tangent[-1], at.head.normal[-1]
    r = float(at.head.r[-1])
    if row.tusks:
        for k in (1, 0):
            root = tip - up * 0.5 * r + ahead * (0.2 - 0.3 * k) * r
            end = root + points(0.015, 0.2) + ahead * 0.02
            end[1] = min(float(end[1]), 0.0)
            tusk = leaf(root, end, 0.022, 0.08)
            drawing.form(tusk.outline(), paint.white, line=0.7, shade=0.2)
    jowl = at.head.at(points(0.6, 0.8, 1.0, 1.0, 0.8), points(-0.2, 0.4, 0.55, -1.0, -1.0))
    drawing.form(smooth(jowl, True, 3), paint.pale, line=0.6, shade=0.3)
    drawing.dot(nose[0], nose[1], 0.024, pupil(paint))
    smile(drawing, paint, at, -0.5, 0.6)
    for k in (-0.5, -0.1, 0.3):
        end = tip - ahead * 0.08 + points(0.02, 0.09 + 0.1 * k) - up * 0.02
        drawing.stroke(np.stack([tip - up * 0.3 * r, end]), 0.4, paint.ink, wobble=0.4)


SEAL = Seal((0.04, 0.085, 0.15, 0.18, 0.12, 0.095, 0.05))
WALRUS = Seal((0.05, 0.13, 0.21, 0.24, 0.19, 0.145, 0.09), tusks=True)

register(
    Kind(
        "seal",
        of(SEAL),
        gait=GAIT.travel,
        runs=RUNS * GAIT.travel,
        at=(1.82, 0.28),
        height=0.5,
        home="water",
        width=1.3,
        top=(-0.2, -0.3),
        shadow=0.46,
        hue="grey",
        quiet=("dotted",),
        metres=1.0,
        postures=POSTURES,
        holds=snouts(SEAL),
        grip=(-0.1, -0.18),
    )
)
register(
    Kind(
        "walrus",
        of(WALRUS),
        gait=GAIT.travel,
        runs=RUNS * GAIT.travel,
        at=(1.88, 0.28),
        height=0.56,
        home="water",
        width=1.3,
        top=(-0.2, -0.36),
        shadow=0.5,
        hue="brown",
        metres=1.6,
        postures=POSTURES,
        holds=snouts(WALRUS),
        grip=(-0.1, -0.18),
    )
)
