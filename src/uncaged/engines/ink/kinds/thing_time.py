"""What tells time: clocks of three forms, an hourglass. Hands turn, a pendulum swings, sand runs.

How they are built: a dial with twelve ticks and two hands, in a case of its own.
"""

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, box, clad, cut, edged, moved, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _dial(d: Drawing, paint: Paint, m: Moment, x: float, y: float, r: float, start: float) -> None:
    """A face of radius r; start: what hour it is, 0 … 1 of twelve. The long hand goes round once or oftener."""
    d.form(circle(x, y, r, count=36), paint.white, line=0.9, shade=0.35, key="dial")
    for k in range(12):
        c, s = cos(TAU * k / 12), sin(TAU * k / 12)
        inner = 0.74 if k % 3 == 0 else 0.82
        tick = points((x + inner * r * c, y + inner * r * s), (x + 0.92 * r * c, y + 0.92 * r * s))
        d.stroke(tick, 1.1 if k % 3 == 0 else 0.6, wobble=0.1, taper=(0.05, 0.05), key=f"tick{k}")
    long = TAU * (m.turn(0.1) + start * 12)
    short = TAU * start
    for name, angle, reach, wide in (("short", short, 0.5, 0.055), ("long", long, 0.76, 0.038)):
        tip = (x + reach * r * sin(angle), y - reach * r * cos(angle))
        tail = (x - 0.14 * r * sin(angle), y + 0.14 * r * cos(angle))
        d.form(bar(tail, tip, wide * r, wide * r * 0.6), paint.ink, line=0, shade=0, key=name)
    d.dot(x, y, 0.08 * r, paint.accent)


def _round_clock(stream: Stream, paint: Paint) -> Figure:
    start = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, circle(0, -0.5, 0.49, count=40), "case")
        _dial(d, paint, m, 0, -0.5, 0.4, start)

    return figure


def _alarm_clock(stream: Stream, paint: Paint) -> Figure:
    start = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        for side in (-1, 1):
            part.form(
                bar((0.22 * side, -0.14), (0.32 * side, 0.0), 0.035),
                paint.dark,
                line=0.8,
                key=f"foot{side}",
            )
            dome = traced("4,-86 10,-98 30,-98 42,-78 30,-74", True) * (side, 1.0)
            part.form(dome, paint.second, line=0.9, shade=0.6, key=f"bell{side}")
        hit = 0.06 * m.cycle(4.0)
        part.form(
            bar((0, -0.8), (hit, -0.97), 0.018, 0.045),
            paint.dark,
            line=0.7,
            shade=0.2,
            key="hammer",
        )
        clad(part, paint, circle(0, -0.45, 0.41, count=36), "case")
        _dial(part, paint, m, 0, -0.45, 0.33, start)
        moved(d, part, 0.02 * m.cycle(5.0))

    return figure


def _tall_clock(stream: Stream, paint: Paint) -> Figure:
    start = stream.uniform()
    crown = smooth(
        [(-0.2, -0.93), (-0.12, -0.98), (0, -1.03), (0.12, -0.98), (0.2, -0.93)], False, 4
    )

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, edged("-14,-68 14,-68 14,-16 -14,-16"), "trunk")
        d.form(box(-0.085, -0.63, 0.085, -0.22), paint.dark, line=0.8, shade=0, key="window")
        swing = 0.16 * m.cycle(0.5)
        bob = (0.28 * swing, -0.3)
        d.stroke(points((0, -0.62), bob), 0.9, paint.glow, wobble=0, key="rod")
        d.form(circle(bob[0], bob[1], 0.045, count=16), paint.glow, line=0.7, shade=0.4, key="bob")
        clad(d, paint, edged("-19,-16 19,-16 20,0 -20,0"), "foot")
        clad(d, paint, edged("-19,-94 19,-94 19,-66 -19,-66"), "head")
        d.form(crown, paint.second, line=0.9, shade=0.5, key="crown")
        _dial(d, paint, m, 0, -0.8, 0.125, start)

    return figure


def _hourglass(stream: Stream, paint: Paint) -> Figure:
    glass = traced(
        "-27,-92 -24,-70 -3,-51 -3,-49 -24,-30 -27,-8 27,-8 24,-30 3,-49 3,-51 24,-70 27,-92",
        True,
        4,
    )

    def figure(d: Drawing, m: Moment) -> None:
        run = m.turn(0.1) % 1
        d.form(glass, paint.pale, line=0.9, shade=0.3, key="glass")
        top = -0.53 - 0.3 * (1 - run)
        half = 0.03 + 0.21 * (1 - run)
        above = smooth(
            [(-half, top), (0, top + 0.05 * run), (half, top), (0.03, -0.52), (-0.03, -0.52)],
            True,
            4,
        )
        d.form(above, paint.colour, line=0.5, shade=0.4, key="above")
        high = 0.05 + 0.26 * run
        heap = smooth(
            [
                (-0.25, -0.09),
                (-0.12, -0.09 - high * 0.6),
                (0, -0.09 - high),
                (0.12, -0.09 - high * 0.6),
                (0.25, -0.09),
            ]
        )
        clad(d, paint, heap, "heap", line=0.5)
        d.stroke(points((0, -0.52), (0.004, -0.1)), 1.0, paint.colour, wobble=0.3, key="thread")
        d.stroke(traced("-20,-86 -19,-72 -10,-62", False), 1.2, paint.white, key="gleam")
        for side in (-1, 1):
            d.form(
                bar((0.33 * side, -0.92), (0.33 * side, -0.06), 0.026),
                paint.trunk,
                line=0.8,
                shade=0.4,
                key=f"post{side}",
            )
        for y in (-1.0, -0.08):
            d.form(
                cut(box(-0.41, y, 0.41, y + 0.09), 0.03), paint.second, shade=0.6, key=f"disc{y}"
            )

    return figure


thing(
    "clock", {"round": _round_clock, "alarm": _alarm_clock},
    (-0.23, 0.42), 0.46, 0.3, width=1.0, top=(0, -0.98), grip=(0, -0.06), rock=0.0,
)  # fmt: skip
thing("tall-clock", _tall_clock, (-0.17, 0.42), 0.76, 2.1, width=0.42, top=(0, -1.0), rock=0.0)
thing("hourglass", _hourglass, (-0.11, 0.42), 0.5, 0.25, width=0.85, top=(0, -1.0), grip=(0, -0.5))
