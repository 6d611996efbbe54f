"""What people wear and carry: coat, dress and shirt, scarf, bag and umbrella. Knows the body it hangs on, no more.

How it is built: a garment is one closed form from the shoulder to a hem that swings late; it carries the pattern, in
the body coordinates of a tube through shoulder, hip and hem. A new garment is a row of `CUTS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, lerp, sin
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a moment. phase: cycles walked so far."""

    hip: Array
    shoulder: Array
    head: Array
    phase: float
    walks: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """How a garment is cut. hem: its height (y down). flare: half its width there. short: nothing swings below the hip.

    legs: radii of the leg below it, hip to ankle.
    """

    hem: float
    flare: float
    short: bool
    legs: tuple[float, ...]


CUTS: Mapping[str, Cut] = {
    "coat": Cut(-0.25, 0.15, False, (0.062, 0.05, 0.04, 0.034, 0.028)),
    "dress": Cut(-0.17, 0.20, False, (0.058, 0.046, 0.036, 0.03, 0.022)),
    "shirt": Cut(-0.46, 0.085, True, (0.064, 0.054, 0.046, 0.042, 0.038)),
}


def garment(d: Drawing, paint: Paint, body: Body, cut: Cut, wide: float, m: Moment) -> None:
    """The garment: its form, then what makes it a coat (front and buttons) or a dress (belt and folds)."""
    hip, sh = body.hip, body.shoulder
    flare = cut.flare * wide
    swing = 0.035 * sin(TAU * (2 * body.phase - 0.18)) if body.walks else 0.012 * m.cycle(0.5, 0.2)
    if cut.short:
        swing *= 0.3
    back = -flare - swing - (0.03 if body.walks and not cut.short else 0.0)
    front = flare * 0.85 - swing * 0.4
    hem = cut.hem + (hip[1] + 0.485 if cut.short else 0.0)
    if cut.short:
        under = points((0.0, hem + 0.01))
    else:
        under = points(
            (front * 0.55, hem + 0.008), (0.0, hem + 0.02 + swing * 0.3), (back * 0.55, hem + 0.012)
        )
    outline = np.concatenate(
        [
            sh + points((-0.035, -0.03), (0.045, -0.03), (0.092, 0.03)),
            hip + points((0.072, -0.1), (0.085, 0.0)),
            points((front, hem)),
            under,
            points((back, hem)),
            hip + points((-0.1, 0.0), (-0.085, -0.1)),
            sh + points((-0.1, 0.035)),
        ]
    )
    spine = [sh + points(0, -0.02), hip, points((back + front) / 2, hem)]
    tube = Tube(spine, [0.09, 0.085, 0.1, flare], 14)
    d.form(
        smooth(outline, True, 4),
        paint.colour,
        fill=paint.fill,
        body=tube,
        colour2=paint.pattern,
        key="garment",
    )
    if cut == CUTS["coat"]:
        _coat(d, paint, body, front, hem)
    elif cut == CUTS["dress"]:
        _dress(d, paint, body, (back, front), hem)


def _coat(d: Drawing, paint: Paint, body: Body, front: float, hem: float) -> None:
    hip, sh = body.hip, body.shoulder
    edge = bezier(sh + points(0.03, -0.02), hip + points(0.07, 0), points(front * 0.6, hem))
    d.stroke(edge, 0.7, key="front")
    lapel = points(sh + points(-0.02, -0.02), sh + points(0.025, 0.055), sh + points(0.04, 0.0))
    d.stroke(lapel, 0.6, wobble=0.3, key="lapel")
    d.stroke(hip + points((-0.05, 0.07), (0.03, 0.06)), 0.6, wobble=0.4, key="pocket")
    for q in (0.25, 0.5, 0.75):
        x, y = lerp(sh + points(0.05, 0.03), hip + points(0.06, 0.05), q)
        d.dot(x, y, 0.008, paint.pale)


def _dress(d: Drawing, paint: Paint, body: Body, ends: tuple[float, float], hem: float) -> None:
    hip = body.hip
    belt = bezier(hip + points(-0.085, -0.06), hip + points(0, -0.03), hip + points(0.075, -0.06))
    d.stroke(belt, 1.0, paint.second, key="belt")
    for k in (-0.5, 0.1, 0.6):
        end = lerp(0.0, ends[1] if k > 0 else ends[0], abs(k))
        d.stroke(points(hip + points(k * 0.06, 0.04), (end, hem - 0.02)), 0.5)


def scarf(d: Drawing, paint: Paint, body: Body, m: Moment) -> None:
    """A scarf whose tail waves behind a walker and hangs on one who stands."""
    sh, turn = body.shoulder, m.turn(1.0)
    tail = [sh + points(-0.03, -0.035)]
    for k in (1, 2, 3):
        wave = 0.03 * sin(TAU * (2 * turn - 0.17 * k)) * k * 0.7
        drop = 0.012 * k if body.walks else 0.05 * k
        tail.append(sh + points(-0.03 - (0.085 if body.walks else 0.06) * k, -0.035 + wave + drop))
    tube = Tube(smooth(tail), [0.02, 0.026, 0.03, 0.034], 12)
    fill = "striped" if paint.fill == "plain" else "plain"
    d.form(
        tube.outline(),
        paint.accent,
        line=0.8,
        fill=fill,
        body=tube,
        colour2=paint.pale,
        shade=0.3,
        key="tail",
    )
    loop = [sh + points(-0.05, -0.03), sh + points(0.01, -0.018), sh + points(0.06, -0.035)]
    d.form(
        Tube(loop, [0.025, 0.032, 0.025], 8).outline(),
        paint.accent,
        line=0.8,
        shade=0.4,
        key="scarf",
    )


def bag(d: Drawing, paint: Paint, hand: Array) -> None:
    """A bag that hangs from a hand."""
    x, y = hand + points(0.0, 0.03)
    strap = bezier(hand, hand + points(-0.03, 0.04), hand + points(-0.035, 0.06))
    d.stroke(strap, 0.8, key="strap")
    form = [(x - 0.07, y + 0.04), (x + 0.05, y + 0.04), (x + 0.06, y + 0.13), (x - 0.08, y + 0.13)]
    d.form(smooth(form, True, 3), paint.accent, line=0.8, shade=0.7, key="bag")


def umbrella(d: Drawing, paint: Paint, hand: Array, m: Moment) -> None:
    """An open umbrella above a hand: a dome of five scallops, 0.54 wide, and its ribs."""
    top = hand + points(0.015 + 0.01 * m.cycle(1, 0.2), -0.44)
    d.stroke(points(hand + points(0, 0.05), top), 1.1, wobble=0.2, key="stick")
    reach, count = 0.27, 5
    rim, tip = top + points(0.0, 0.13), top + points(0, -0.045)
    dome = smooth(
        [
            rim + points(-reach, 0.02),
            top + points(-reach * 0.62, 0.0),
            tip,
            top + points(reach * 0.62, 0.0),
            rim + points(reach, 0.02),
        ]
    )
    scallops: list[Array] = []
    for k in range(count):
        right, left = reach - 2 * reach * k / count, reach - 2 * reach * (k + 1) / count
        scallops += [rim + points(right, 0.02), rim + points((right + left) / 2, -0.015)]
    outline = np.concatenate([dome, points(*scallops), [rim + points(-reach, 0.02)]])
    d.form(outline, paint.accent, shade=0.8, key="umbrella")
    for k in range(1, count):
        x = reach - 2 * reach * k / count
        d.stroke(bezier(tip, top + points(x * 0.6, 0.0), rim + points(x, 0.02)), 0.6)
    d.stroke(points(tip, tip + points(0, -0.03)), 0.8, wobble=0.1)
