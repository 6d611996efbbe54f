"""A jellyfish: a bell that closes and opens, frills below it, threads that follow late. Light shows through it."""

import numpy as np

from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, ease, sin
from uncaged.engines.ink.paint import Paint

ALONG = np.linspace(0, 1, 9)
PULSE = 0.75
"""Beats a second."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A jellyfish; the number of its threads, its phase and its height by lot."""
    threads = stream.integer(6, 9)
    phase = stream.uniform()
    tall = stream.uniform(0.3, 0.4)
    lengths = stream.array(threads, 0.5, 0.72)

    def figure(drawing: Drawing, moment: Moment) -> None:
        q = (moment.turn(PULSE) + phase) % 1
        shut = ease(min(1.0, q / 0.3)) * (1 - ease(max(0.0, (q - 0.3) / 0.7)))
        wide, high = 0.38 - 0.11 * shut, tall + 0.08 * shut
        top = points(0.0, -0.3 - 0.08 * shut + 0.05 * q)
        for i in range(threads):
            x = wide * 0.82 * (2 * i / (threads - 1) - 1)
            thread = _thread(moment, top + points(x, 0.0), float(lengths[i]), 0.11 * i + phase)
            drawing.stroke(thread, 1.1, paint.second, wobble=0.2, taper=(0.05, 0.7))
        _frills(drawing, paint, moment, top, wide, phase)
        bell = _bell(top, wide, high)
        drawing.form(bell, paint.colour, fill=paint.fill, colour2=paint.pattern, alpha=222)
        _marks(drawing, paint, top, wide, high)

    return figure


def _bell(top: Array, wide: float, high: float) -> Array:
    """A dome with a scalloped hem. top: the middle of its hem."""
    dome = points(
        (-wide, 0.0),
        (-0.92 * wide, -0.55 * high),
        (-0.45 * wide, -0.95 * high),
        (0.0, -1.04 * high),
        (0.45 * wide, -0.95 * high),
        (0.92 * wide, -0.55 * high),
        (wide, 0.0),
    )
    u = np.linspace(1, -1, 33)
    hem = np.stack([u * wide, 0.045 * np.abs(sin(PI * 4 * u)) + 0.02 * (1 - u * u)], 1)
    return np.concatenate([smooth(dome, False, 5), hem]) + top


def _marks(drawing: Drawing, paint: Paint, top: Array, wide: float, high: float) -> None:
    """Ribs that run up the bell, and four rings of colour under its skin."""
    for k in (-2, -1, 0, 1, 2):
        x = 0.34 * k
        rib = points(
            (x * wide * 1.1, -0.05), (x * wide * 1.05, -0.5 * high), (x * wide * 0.5, -0.9 * high)
        )
        drawing.stroke(smooth(rib + top), 0.7, paint.pale, wobble=0.3)
    for k in (-1, 0, 1):
        x, y = (top + points(0.36 * k * wide, -0.52 * high - 0.03 * (k == 0))).tolist()
        drawing.dot(x, y, 0.055, paint.accent, 200)
        drawing.dot(x, y, 0.03, paint.pale, 220)


def _thread(moment: Moment, root: Array, length: float, lag: float) -> Array:
    """A thread that hangs and waves; the wave runs down it."""
    x = 0.09 * ALONG * sin(TAU * (moment.turn(PULSE) - 0.8 * ALONG - lag))
    return root + np.stack([x, length * ALONG], 1)


def _frills(
    drawing: Drawing, paint: Paint, moment: Moment, top: Array, wide: float, phase: float
) -> None:
    """Four broad ruffled arms in the middle."""
    for k in range(4):
        root = top + points((k - 1.5) * 0.26 * wide, -0.03)
        line = _thread(moment, root, 0.46 + 0.06 * (k % 2), phase + 0.17 * k)
        u = np.linspace(0, 1, 21)
        tube = Tube(line, [0.075, 0.075, 0.055, 0.01], 20)
        ruffle = 0.7 + 0.3 * sin(TAU * (5 * u + moment.turn(PULSE) + 0.3 * k))
        arm = np.concatenate([tube.at(u, ruffle), tube.at(u[::-1], -ruffle)])
        colour = paint.pale if k % 2 else paint.accent
        drawing.form(arm, colour, line=0.7, shade=0.4, alpha=215)


register(
    Kind(
        "jellyfish",
        build,
        at=(1.49, 0.81),
        height=0.62,
        domain="air",
        home="undersea",
        width=0.9,
        top=(0.0, -0.6),
        motion="rise",
        metres=0.5,
        grip=(0.0, 0.2),
        faces=False,
    )
)
