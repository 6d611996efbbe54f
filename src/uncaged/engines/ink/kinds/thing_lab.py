"""What a laboratory and a chemist's shop hold: flasks, molecules, cells, pills, meters, magnets, circuits.

How they are built: rows of parts (`assembled`); what bubbles, circles, swims, swings or blinks is drawn over them.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import Maker, bar, clad, moved, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _bubbles(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """They rise through the liquid and out at the neck."""
    for k in range(6):
        rise = (m.turn(0.4) + lag + k / 6) % 1.0
        x = 0.1 * (1 - rise) * (k % 3 - 1) + 0.015 * m.cycle(1.0, k * 0.3)
        d.form(
            circle(x, -0.1 - 0.95 * rise, 0.02 + 0.03 * rise, count=14),
            paint.white, line=0.6, shade=0, key=f"bubble{k}",
        )  # fmt: skip


def _swing(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """The needle of a meter."""
    turn = 0.06 + 0.13 * m.cycle(0.4, lag) + 0.03 * m.cycle(1.7, lag)
    tip = points(0.27 * sin(TAU * turn), -0.55 - 0.27 * cos(TAU * turn))
    d.form(bar((0, -0.55), tip, 0.025, 0.006), paint.lip, line=0.5, shade=0, key="needle")
    d.form(circle(0, -0.55, 0.035, count=14), paint.dark, line=0.5, shade=0, key="pivot")


def _blink(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """Two small lights of a circuit, in turn."""
    for k, (x, y) in enumerate(((-0.34, -0.84), (0.36, -0.16))):
        lit = m.cycle(0.8, lag + 0.5 * k) > 0
        d.form(
            circle(x, y, 0.045, count=14),
            paint.glow if lit else paint.dark, line=0.7, shade=0, key=f"light{k}",
        )  # fmt: skip


def _lines_of_force(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """What a magnet pulls with, and a nail it has caught."""
    for k in range(3):
        reach = 0.12 + 0.1 * ((m.turn(0.6) + lag + k / 3) % 1.0)
        for side in (-1, 1):
            x = 0.27 * side
            arc = smooth([(x - 0.09, -0.93 - reach), (x, -0.98 - reach), (x + 0.09, -0.93 - reach)])
            d.stroke(arc, 1.1, paint.accent, wobble=0.2, key=f"force{k}{side}")


_PINS: Final = tuple(
    (f"{x},{y} {x + 5},{y} {x + 5},{y + 10} {x},{y + 10}", "steel")
    for y in (-78, -32)
    for x in (-25, -13, -1, 11, 23)
)
ROWS: Mapping[str, Row] = {
    "flask": Row(
        (("~-9,-94 -9,-66 -38,-10 -34,0 0,2 34,0 38,-10 9,-66 9,-94", "pale"),
         ("~-21,-44 -6,-41 8,-46 22,-43 36,-10 32,-2 0,0 -32,-2 -36,-10", "colour"),
         ("~-13,-100 13,-100 14,-94 -14,-94", "pale")),
        (("-24,-24 -30,-10", 1.6), ("10,-66 14,-66", 0.8), ("14,-56 20,-56", 0.8)),
        _bubbles,
    ),
    "tubes": Row(
        (("-60,-6 60,-6 60,4 -60,4", "trunk"),
         ("~-44,-92 -44,-12 -36,-4 -28,-12 -28,-92", "pale"), ("~-43,-52 -29,-54 -29,-12 -36,-5 -43,-12", "colour"),
         ("~-8,-92 -8,-12 0,-4 8,-12 8,-92", "pale"), ("~-7,-70 7,-72 7,-12 0,-5 -7,-12", "accent"),
         ("~28,-92 28,-12 36,-4 44,-12 44,-92", "pale"), ("~29,-36 43,-38 43,-12 36,-5 29,-12", "second"),
         ("-60,-66 60,-66 60,-56 -60,-56", "trunk"), ("-60,-66 -52,-66 -52,4 -60,4", "trunk"),
         ("52,-66 60,-66 60,4 52,4", "trunk")),
        (("-47,-93 -25,-93", 1.6), ("-11,-93 11,-93", 1.6), ("25,-93 47,-93", 1.6)),
    ),
    "gauge": Row(
        (("-40,-98 40,-98 42,0 -42,0", "colour"), ("o 0,-60 36,32", "dark"), ("o 0,-60 32,28", "pale"),
         ("o -22,-14 8,8", "dark"), ("o 22,-14 8,8", "accent")),
        (("-26,-66 -22,-63", 1.0), ("-18,-78 -15,-73", 1.0), ("0,-84 0,-78", 1.2), ("18,-78 15,-73", 1.0),
         ("26,-66 22,-63", 1.0), ("-22,-20 -22,-14", 1.0)),
        _swing,
    ),
    "circuit": Row(
        (("-50,-100 50,-100 50,0 -50,0", "colour"), *_PINS, ("-30,-70 32,-70 32,-30 -30,-30", "dark"),
         ("-22,-62 -12,-62 -12,-52 -22,-52", "pale")),
        (("-22,-78 -22,-90 -34,-90", 1.4), ("2,-78 2,-94 44,-94", 1.4), ("26,-78 26,-86 44,-86", 1.4),
         ("-10,-22 -10,-10 -44,-10", 1.4), ("14,-22 14,-6 36,-6", 1.4), ("-44,-24 -38,-36 -38,-66 -44,-78", 1.4)),
        _blink,
    ),
    "magnet": Row(
        (("~-42,-86 -42,-36 -38,-14 -22,-2 0,1 22,-2 38,-14 42,-36 42,-86 14,-86 14,-38 10,-28 0,-24 -10,-28 -14,-38 "
          "-14,-86", "colour"),
         ("-43,-90 -13,-90 -13,-68 -43,-68", "steel"), ("13,-90 43,-90 43,-68 13,-68", "steel")),
        (("-30,-40 -26,-22 -14,-12", 1.4),),
        _lines_of_force,
    ),
}  # fmt: skip


_BALLS: Final = (
    (0.0, -0.5, 0.17, "colour"), (-0.34, -0.72, 0.13, "accent"), (0.3, -0.8, 0.12, "pale"),
    (0.38, -0.34, 0.14, "accent"),
    (-0.26, -0.2, 0.12, "pale"), (-0.62, -0.56, 0.09, "pale"), (0.66, -0.5, 0.09, "pale"), (0.56, -0.1, 0.09, "second"),
)  # fmt: skip
_BONDS: Final = ((0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (3, 6), (3, 7))
"""Balls: x, y, radius, colour; bonds: which two a stick joins."""


def _molecule(stream: Stream, paint: Paint) -> Figure:
    """Balls and sticks, in a slow turn."""
    mirrored = -1.0 if stream.chance(0.5) else 1.0

    def figure(d: Drawing, m: Moment) -> None:
        swing = 1 - 0.08 * (1 + m.cycle(0.3))
        at = [(x * mirrored * swing, y + 0.012 * m.cycle(0.6, x)) for x, y, _, _ in _BALLS]
        for k, (a, b) in enumerate(_BONDS):
            d.form(bar(at[a], at[b], 0.034), paint.dark, line=0.6, shade=0.3, key=f"bond{k}")
        for k, (_, _, radius, colour) in enumerate(_BALLS):
            shape = circle(*at[k], radius, count=26)
            if colour == "colour":
                clad(d, paint, shape, f"ball{k}")
            else:
                d.form(shape, getattr(paint, colour), shade=0.9, key=f"ball{k}")
            x, y = at[k]
            d.dot(x - radius * 0.35, y - radius * 0.4, radius * 0.22, paint.white)

    return figure


def _atom(stream: Stream, paint: Paint) -> Figure:
    """A nucleus of small balls, and three that run round it."""
    phases = [stream.uniform() for _ in range(3)]
    grains = ((-0.07, -0.55), (0.08, -0.54), (0.0, -0.45), (0.01, -0.6), (-0.07, -0.46))

    def figure(d: Drawing, m: Moment) -> None:
        for k in range(3):
            d.stroke(_orbit(k, np.linspace(0, 1, 40)), 1.5, paint.dark, wobble=0.2, key=f"orbit{k}")
        for k, (x, y) in enumerate(grains):
            shape = circle(x, y, 0.09, count=18)
            d.form(shape, paint.accent if k % 2 else paint.colour, line=0.8, key=f"grain{k}")
        for k, phase in enumerate(phases):
            ((x, y),) = _orbit(k, np.array([m.turn(0.45 + 0.1 * k) + phase])).tolist()
            d.form(circle(x, y, 0.055, count=16), paint.second, line=0.9, key=f"electron{k}")

    return figure


def _orbit(k: int, along: Array) -> Array:
    """Points on the k-th of three ovals that lie across each other."""
    turn = TAU * (k / 6 + 0.04)
    x = np.array([0.48 * cos(TAU * float(q)) for q in along])
    y = np.array([0.17 * sin(TAU * float(q)) for q in along])
    return np.stack([x * cos(turn) - y * sin(turn), -0.5 + x * sin(turn) + y * cos(turn)], 1)


def _cell(stream: Stream, paint: Paint) -> Figure:
    """A living cell: its skin, its nucleus, small bodies that drift in it."""
    rim = [0.44 + stream.uniform(-0.05, 0.05) for _ in range(9)]
    bodies = [(stream.uniform(), 0.2 + 0.1 * stream.uniform()) for _ in range(6)]

    def figure(d: Drawing, m: Moment) -> None:
        edge = smooth(
            [_round(k / 9, r + 0.02 * m.cycle(0.5, k / 9 * 2)) for k, r in enumerate(rim)], True, 5
        )
        clad(d, paint, edge, "skin")
        inner = (edge - points(0, -0.5)) * 0.87 + points(0, -0.5)
        d.form(inner, mix(paint.colour, paint.white, 0.45), line=0.6, shade=0.4, key="inside")
        for k, (where, far) in enumerate(bodies):
            (x, y) = _round(where + 0.02 * m.cycle(0.3, where), far + 0.08)
            grain = Tube(
                [(x - 0.05, y - 0.02), (x, y), (x + 0.05, y - 0.01)], [0.022, 0.03, 0.022], 10
            )
            d.form(grain.outline(), paint.accent, line=0.6, shade=0.3, key=f"body{k}")
        at = 0.02 * m.cycle(0.35)
        d.form(circle(0.03 + at, -0.53, 0.155, count=26), paint.second, shade=0.8, key="nucleus")
        d.form(circle(0.06 + at, -0.55, 0.06, count=16), paint.dark, line=0.5, key="core")

    return figure


def _bacteria(stream: Stream, paint: Paint) -> Figure:
    """Rods with tails that wriggle, and one round one with spikes."""
    rods = ((-0.3, -0.72, 0.1), (0.28, -0.3, 0.55), (-0.26, -0.24, 0.9))

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, y, turned) in enumerate(rods):
            c, s = cos(TAU * (turned + 0.02 * m.cycle(0.6, k / 3))), sin(TAU * turned)
            q = np.linspace(0, 1, 9)
            wave = (
                0.05 * np.array([sin(TAU * (1.3 * float(v) - m.turn(1.0) - k / 3)) for v in q]) * q
            )
            tail = np.stack(
                [x - c * (0.16 + 0.22 * q) - s * wave, y - s * (0.16 + 0.22 * q) + c * wave], 1
            )
            d.stroke(tail, 1.4, paint.dark, wobble=0.2, key=f"tail{k}")
            rod = Tube(
                [(x - 0.17 * c, y - 0.17 * s), (x, y), (x + 0.17 * c, y + 0.17 * s)], [0.085], 14
            )
            clad(d, paint, rod.outline(), f"rod{k}", body=rod)
            d.dot(x + 0.06 * c, y + 0.06 * s, 0.025, paint.white)
        for k in range(10):
            a, b = _round(k / 10, 0.12), _round(k / 10, 0.2)
            at = points(0.24, -0.26)
            d.form(
                bar(points(*a) + at, points(*b) + at, 0.016, 0.026),
                paint.accent,
                line=0.5,
                key=f"spike{k}",
            )
        d.form(circle(0.24, -0.76, 0.145, count=24), paint.accent, shade=0.8, key="ball")
        d.form(circle(0.2, -0.8, 0.04, count=12), paint.white, line=0, shade=0, key="gleam")

    return figure


def _hovering(maker: Maker) -> Maker:
    """The same, with its middle where its foot was."""

    def make(stream: Stream, paint: Paint) -> Figure:
        standing = maker(stream, paint)

        def figure(d: Drawing, m: Moment) -> None:
            part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
            standing(part, m)
            moved(d, part, 0.0, (0.0, 0.5))

        return figure

    return make


def _round(turn: float, far: float) -> tuple[float, float]:
    """A point so far from the middle of a figure one high."""
    return far * cos(TAU * turn), -0.5 + far * sin(TAU * turn)


def _pills(stream: Stream, paint: Paint) -> Figure:
    """A capsule of two colours that leans on two tablets."""
    tilt = stream.uniform(-0.05, 0.05)

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, rx) in enumerate(((-0.44, 0.3), (0.42, 0.26))):
            low = circle(x, -0.13, rx, 0.13, 28)
            d.form(low + points(0, 0.06), paint.shadow if k else paint.pale, key=f"edge{k}")
            d.form(low, paint.second if k else paint.white, shade=0.5, key=f"tablet{k}")
            d.stroke(points((x - rx * 0.6, -0.15), (x + rx * 0.6, -0.11)), 1.2, key=f"score{k}")
        roll = tilt + 0.012 * m.cycle(0.5)
        body = Tube([(-0.3, -0.3 + roll), (0.06, -0.55), (0.4, -0.8 - roll)], [0.19], 20)
        clad(d, paint, body.outline(), "capsule", body=body)
        half = Tube([(-0.3, -0.3 + roll), (-0.12, -0.43 + roll / 2), (0.05, -0.54)], [0.19], 16)
        d.form(half.outline(), paint.white, line=0.9, shade=0.7, key="half")
        d.stroke(points((-0.2, -0.5), (0.3, -0.86)), 2.2, paint.pale, wobble=0.2, key="gleam")

    return figure


thing(
    "flask",
    {"flask": assembled(ROWS["flask"]), "tubes": assembled(ROWS["tubes"])},
    (-0.45, 0.02),
    0.48,
    0.25,
    width=0.8,
)
thing(
    "molecule",
    {"molecule": _molecule, "atom": _atom},
    (-0.37, 0.02),
    0.48,
    0.4,
    top=(0.0, -0.66),
    grip=(0.0, -0.5),
    width=1.3,
    shadow=0.3,
)
thing(
    "cell",
    {"cell": _hovering(_cell), "bacteria": _hovering(_bacteria)},
    (-0.29, 0.02),
    0.5,
    0.3,
    top=(0.0, -0.3),
    grip=(0.0, 0.0),
    width=1.0,
    domain="float",
    home="paper",
)
thing(
    "pill",
    _pills,
    (-0.21, 0.02),
    0.34,
    0.03,
    top=(0.06, -0.7),
    grip=(0.06, -0.55),
    width=1.4,
    shadow=0.6,
)
thing("gauge", assembled(ROWS["gauge"]), (-0.41, 0.08), 0.46, 0.25, width=0.85)
thing("circuit", assembled(ROWS["circuit"]), (-0.33, 0.08), 0.44, 0.2, width=1.0, rock=0.02)
thing(
    "magnet",
    assembled(ROWS["magnet"]),
    (-0.25, 0.08),
    0.42,
    0.12,
    grip=(0.0, -0.1),
    top=(0.28, -0.9),
    width=0.9,
    rock=0.03,
    hue="red",
)
