"""A motorcycle or a scooter: two fat wheels, a tank, an engine that shakes, a lamp. Who rides sits on it."""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import (
    Wheel,
    come,
    disc_wheel,
    lamp,
    puffs,
    shaken,
    smoke,
    spoked_wheel,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("motorcycle", "scooter")
RADIUS = 0.31
GAIT = TAU * RADIUS * 0.3
"""Three of ten spokes go by in a cycle."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A motorcycle; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("motorcycle", "motorcycle", "scooter"))
    clouds = puffs(stream.sub("exhaust"), 3)

    def figure(d: Drawing, m: Moment) -> None:
        way, shift = come(m, GAIT), shaken(m, 0.012)
        smoke(
            d,
            paint.pale,
            clouds,
            m.turn(1.0),
            (-0.86, -0.24), (-0.6, -0.22), (0.03, 0.13),
            alpha=160,
        )  # fmt: skip
        (_scooter if form == "scooter" else _heavy)(d, paint, shift, way)

    return figure


def _heavy(d: Drawing, paint: Paint, shift: Array, way: float) -> None:
    for k, x in enumerate((-0.62, 0.68)):
        spoked_wheel(d, paint, Wheel(x, RADIUS, 10, 0.2), way, str(k), paint.dark, 1.15)
    fork = points((0.42, -0.86), (0.68, -RADIUS))
    for width, tone in ((3.8, paint.ink), (2.4, paint.pale)):
        d.stroke(fork + shift * 0.5, width, tone, taper=(0.01, 0.01), wobble=0.1)
    pipe = smooth([(0.1, -0.2), (-0.2, -0.17), (-0.5, -0.2), (-0.86, -0.26)])
    for width, tone in ((4.6, paint.ink), (3.2, paint.pale)):
        d.stroke(pipe + shift, width, tone, taper=(0.03, 0.01), wobble=0.1)
    engine = [
        (-0.26, -0.16), (-0.3, -0.42), (-0.1, -0.52), (0.2, -0.5), (0.3, -0.34), (0.22, -0.15),
    ]  # fmt: skip
    d.form(smooth(engine, True, 3) + shift, paint.dark, line=0.9, shade=0.4, key="engine")
    ribs = [points((-0.04, -0.5 + 0.06 * k), (0.22, -0.49 + 0.06 * k)) for k in range(4)]
    for rib in ribs:
        d.stroke(rib + shift, 1.2, paint.pale, wobble=0.2)
    d.form(circle(-0.1, -0.28, 0.085, count=16) + shift, paint.pale, line=0.7, shade=0.4)
    frame = smooth([(-0.62, -RADIUS), (-0.4, -0.5), (0.0, -0.6), (0.44, -0.78)])
    d.stroke(frame + shift, 3.0, paint.dark, taper=(0.01, 0.01), wobble=0.1)
    tail = [
        (-0.98, -0.6), (-0.9, -0.68), (-0.5, -0.72), (-0.3, -0.64), (-0.44, -0.54), (-0.7, -0.52),
        (-0.9, -0.5),
    ]  # fmt: skip
    d.form(smooth(tail, True, 3) + shift, paint.second, line=0.8, shade=0.6, key="tail")
    seat = [
        (-0.86, -0.72), (-0.6, -0.78), (-0.2, -0.73), (-0.08, -0.66), (-0.4, -0.62),
        (-0.7, -0.65),
    ]  # fmt: skip
    d.form(smooth(seat, True, 3) + shift, paint.dark, line=0.8, shade=0.3, key="seat")
    tank = [
        (-0.12, -0.62), (-0.04, -0.8), (0.2, -0.87), (0.42, -0.82), (0.44, -0.7), (0.2, -0.58),
        (-0.02, -0.56),
    ]  # fmt: skip
    d.form(
        smooth(tank, True, 4) + shift,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="tank",
    )
    d.stroke(
        smooth([(0.0, -0.7), (0.2, -0.76), (0.38, -0.74)]) + shift, 1.6, paint.accent, wobble=0.2
    )
    guard = smooth([(0.42, -0.5), (0.55, -0.66), (0.74, -0.68), (0.94, -0.54)])
    d.stroke(guard + shift * 0.4, 3.4, paint.colour, taper=(0.06, 0.06), wobble=0.15, key="guard")
    bar = smooth([(0.44, -0.84), (0.4, -0.98), (0.28, -0.99)])
    d.stroke(bar + shift, 2.2, paint.dark, taper=(0.02, 0.02), wobble=0.1, key="bar")
    lamp(d, paint, 0.56, -0.84 + float(shift[1]), 0.09, 1.1)


def _scooter(d: Drawing, paint: Paint, shift: Array, way: float) -> None:
    for k, x in enumerate((-0.52, 0.58)):
        disc_wheel(d, paint, Wheel(x, 0.2, 5, 0.4), way, str(k))
    rear = [
        (-0.86, -0.24), (-0.86, -0.44), (-0.66, -0.58), (-0.3, -0.6), (-0.1, -0.5),
        (-0.08, -0.22), (-0.3, -0.17), (-0.32, -0.3), (-0.52, -0.42), (-0.74, -0.3),
    ]  # fmt: skip
    d.form(
        smooth(rear, True, 4) + shift,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="rear",
    )
    floor = points((-0.2, -0.24), (0.24, -0.24), (0.3, -0.15), (-0.2, -0.15))
    d.form(floor + shift, paint.dark, line=0.8, shade=0.3, key="floor")
    apron = [
        (0.16, -0.17), (0.2, -0.4), (0.3, -0.7), (0.42, -0.84), (0.5, -0.74), (0.52, -0.44),
        (0.4, -0.22),
    ]  # fmt: skip
    d.form(smooth(apron, True, 4) + shift, paint.colour, shade=0.9, key="apron")
    guard = [(0.36, -0.22), (0.44, -0.42), (0.62, -0.44), (0.8, -0.26), (0.66, -0.3), (0.5, -0.28)]
    d.form(smooth(guard, True, 3) + shift, paint.second, line=0.8, shade=0.5, key="guard")
    seat = [
        (-0.84, -0.6), (-0.66, -0.68), (-0.3, -0.68), (-0.12, -0.6), (-0.3, -0.57), (-0.7, -0.56),
    ]  # fmt: skip
    d.form(smooth(seat, True, 3) + shift, paint.accent, line=0.8, shade=0.4, key="seat")
    for width, tone in ((3.4, paint.ink), (2.0, paint.pale)):
        d.stroke(points((0.4, -0.8), (0.38, -0.96)) + shift, width, tone, wobble=0.1)
    d.stroke(
        smooth([(0.46, -0.99), (0.36, -0.98), (0.2, -0.95)]) + shift, 2.4, paint.dark, wobble=0.1
    )
    d.stroke(np.stack([points(0.46, -0.98), points(0.56, -1.12)]) + shift, 1.0, wobble=0.1)
    d.form(circle(0.57, -1.15, 0.06, count=12) + shift, paint.pale, line=0.6, shade=0.1)
    d.dot(-0.52, -0.5 + float(shift[1]), 0.05, paint.pale)
    lamp(d, paint, 0.5, -0.87 + float(shift[1]), 0.075, 1.1)


register(
    Kind(
        "motorcycle",
        build,
        at=(0.38, 1.14),
        height=0.34,
        home="street",
        width=1.9,
        top=(-0.45, -0.75),
        shadow=0.75,
        gait=GAIT,
        motion="walk",
        forms=FORMS,
        metres=1.15,
        grip=(0.36, -0.98),
    )
)
