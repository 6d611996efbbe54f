"""Closed forms that overlap: where two inks meet there is a third. An abstract form: it knows nothing but itself.

How it is built: two rings of drawn-by-lot radii that breathe point by point; `Drawing.overprint` prints what they
share. Inside the first one a pale core with an eye, a seed or a division; from the second one a line with beads.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("eye", "seed", "division")


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed form to be: angle, radius (1 = plain) and phase of each of its knots."""

    angles: Array
    radii: Array
    phases: Array

    def at(
        self, m: Moment, centre: Array, radius: float, amplitude: float = 0.1, lag: float = 0.0
    ) -> Array:
        """The form at a moment: each knot breathes by `amplitude` with its own phase, `lag` turns late."""
        q = radius * self.radii * (1 + amplitude * sin(TAU * (m.turn(0.5) + self.phases - lag)))
        knots = np.stack([centre[0] + cos(self.angles) * q, centre[1] + sin(self.angles) * q], 1)
        return smooth(knots, True, 7)


@dataclass(frozen=True, slots=True)
class Blob:
    """What the lot decided. offset: from the first form to the second. pattern: of what they share.

    beads: how many stand on the tail; 0 = no tail.
    """

    paint: Paint
    first: Ring
    second: Ring
    offset: Array
    pattern: str
    inside: str
    beads: int


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A pair of closed forms; `form` says what lies in the core: one of `FORMS`, or "" for one by lot."""
    first = _ring(stream.sub("1"), stream.integer(6, 8))
    second = _ring(stream.sub("2"), stream.integer(5, 7))
    angle = stream.uniform(0, TAU)
    offset = points(cos(angle), sin(angle) * 0.8) * stream.uniform(0.14, 0.2)
    pattern = stream.pick(("hatched", "dotted", "striped"))
    beads = stream.integer(7, 11) if stream.chance(0.75) else 0
    if form not in FORMS:
        form = stream.pick(("eye", "eye", "seed", "seed", "division"))
    return partial(_draw, Blob(paint, first, second, offset, pattern, form, beads))


def _ring(stream: Stream, knots: int) -> Ring:
    angles = (np.arange(knots) + stream.array(knots, -0.3, 0.3)) * (TAU / knots)
    return Ring(angles, stream.array(knots, 0.7, 1.2), stream.array(knots))


def _draw(blob: Blob, d: Drawing, m: Moment) -> None:
    paint, offset = blob.paint, blob.offset
    here = points(0, -0.5) - offset * 0.6
    there = points(0, -0.48) + offset * (1.0 + 0.12 * m.cycle(0.5, 0.2))
    first = blob.first.at(m, here, 0.37)
    second = blob.second.at(m, there, 0.27, 0.1, 0.15)
    d.form(second, paint.accent, shade=0.9, key="second")
    d.form(first, paint.colour, fill=paint.fill, colour2=paint.pattern, key="first")
    d.overprint(first, second, paint.second, paint.pale, fill=blob.pattern, key="both")
    _core(blob, d, m, here - offset * 0.35)
    if blob.beads:
        _tail(blob, d, m, there)


def _core(blob: Blob, d: Drawing, m: Moment, centre: Array) -> None:
    paint = blob.paint
    core = blob.first.at(m, centre, 0.15, 0.12, 0.25)
    d.form(core, paint.pale, shade=0.5, key="core")
    middle = core.mean(0)
    x, y = float(middle[0]), float(middle[1])
    if blob.inside == "eye":
        x += 0.012 * m.cycle(0.5)
        d.dot(x, y, 0.045, pupil(paint))
        d.dot(x + 0.012, y - 0.014, 0.012, paint.white)
    elif blob.inside == "seed":
        d.form(blob.second.at(m, middle, 0.07, 0.15, 0.3), paint.accent, shade=0.6, key="seed")
    else:
        bend = points(0.05 * m.cycle(0.5, 0.1), 0.04)
        ends = core[0], core[len(core) // 2]
        d.stroke(bezier(ends[0], middle + bend, ends[1]), 1.0, key="division")
        for side, end in zip(
            (-1, 1), (core[len(core) // 4], core[len(core) * 3 // 4]), strict=True
        ):
            seat = middle + (end - middle) * 0.5
            d.dot(seat[0], seat[1], 0.018 + 0.006 * side, paint.accent)


def _tail(blob: Blob, d: Drawing, m: Moment, centre: Array) -> None:
    """A line that leaves the second form away from the first and swings wider towards its end; beads on it."""
    paint = blob.paint
    length = float(np.sqrt(blob.offset[0] * blob.offset[0] + blob.offset[1] * blob.offset[1]))
    out = blob.offset / length
    across = points(-out[1], out[0])
    u = np.linspace(0, 1, 16)
    swing = 0.1 * sin(TAU * (u * 1.1 - m.turn(0.5))) * u
    line = centre + out * (0.24 + 0.26 * u)[:, None] + across * swing[:, None]
    d.stroke(line, 1.1, key="tail")
    tints = (paint.colour, paint.accent, paint.pale)
    for i in range(1, blob.beads, 2):
        x, y = line[2 + 13 * i // blob.beads]
        bead = circle(x, y, 0.016 + 0.006 * (i % 3), count=12)
        d.form(bead, tints[i % 3], line=0.6, shade=0)


register(
    Kind(
        "blob",
        build,
        at=(0.72, 0.28),
        height=0.66,
        domain="float",
        home="paper",
        width=0.9,
        top=(0.0, -0.85),
        forms=FORMS,
        faces=False,
        metres=1.2,
        grip=(0.0, -0.2),
    )
)
