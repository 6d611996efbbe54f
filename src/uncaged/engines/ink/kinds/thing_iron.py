"""Things of iron and wood that hold, cut, ring and turn: keys, locks, ladders, scissors, wheels, anchors, bells.

How they are built: rings and bars about a middle; what has a pin turns on it.
"""

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.thing import (
    bar,
    box,
    clad,
    edged,
    hoop,
    hundredths,
    lathe,
    moved,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

_BITS = ("26,-2 26,-10 16,-10 16,-16 24,-16 24,-24", "22,-2 22,-24 15,-24 15,-14 10,-14 10,-24")
"""What a key turns its lock with."""


def _key(stream: Stream, paint: Paint) -> Figure:
    shaft = edged(f"-5,0 5,0 {stream.pick(_BITS)} 5,-24 5,-60 -5,-60")
    bow = stream.pick(("ring", "clover"))

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, shaft, "shaft")
        if bow == "ring":
            clad(d, paint, hoop(0, -0.8, 0.16, 0.15, 0.05), "bow")
        else:
            for k, (x, y) in enumerate(((-0.14, -0.74), (0.14, -0.74), (0.0, -0.92))):
                clad(d, paint, hoop(x, y, 0.085, 0.085, 0.04, 22), f"bow{k}")
        d.form(box(-0.085, -0.63, 0.085, -0.57), paint.second, line=0.8, shade=0.5, key="collar")
        tag = turned(hundredths("0,0 6,8 6,26 -6,26 -6,8"), 0.25 * m.cycle(0.5), (0.12, -0.68))
        d.form(tag, paint.accent, line=0.7, shade=0.4, key="tag")

    return figure


def _lock(stream: Stream, paint: Paint) -> Figure:
    open_ = stream.chance(0.3)
    arc = Tube(
        [(-0.22, -0.5), (-0.23, -0.82), (0, -0.97), (0.23, -0.82), (0.22, -0.5)], [0.06], 24
    ).outline()
    body = edged("-38,-56 38,-56 38,0 -38,0", 0.08)

    def figure(d: Drawing, m: Moment) -> None:
        lift = points(0.0, -0.1 - 0.02 * m.cycle(0.5)) if open_ else points(0.0, 0.0)
        d.form(arc + lift, steel(paint), shade=0.6, key="shackle")
        clad(d, paint, body, "body")
        hole = traced("-6,-30 0,-42 6,-30 9,-12 -9,-12")
        d.form(circle(0, -0.28, 0.17, count=22), paint.second, line=0.8, shade=0.4, key="plate")
        d.form(hole, paint.dark, line=0.6, shade=0, key="hole")

    return figure


def _ladder(stream: Stream, paint: Paint) -> Figure:
    missing = stream.integer(0, 30)
    rungs = [(k, -0.09 - 0.1 * k) for k in range(9) if k != missing]

    def figure(d: Drawing, m: Moment) -> None:
        for k, y in rungs:
            d.form(
                bar((-0.15, y), (0.15, y - 0.012), 0.018),
                paint.second,
                line=0.8,
                shade=0.4,
                key=f"rung{k}",
            )
        for side in (-1, 1):
            x = 0.17 * side
            rail = points(
                (x - 0.025, -1.0), (x + 0.025, -1.0), (x * 1.1 + 0.025, 0.0), (x * 1.1 - 0.025, 0.0)
            )
            clad(d, paint, rail, f"rail{side}", shade=0.6)

    return figure


def _scissors(stream: Stream, paint: Paint) -> Figure:
    blade = hundredths("-4,0 5,0 4,-30 0,-52 -5,-30")

    def figure(d: Drawing, m: Moment) -> None:
        snip = 0.2 + 0.13 * m.cycle(0.7)
        for side in (-1, 1):
            part = Drawing(f"{d.key}.{side}", d.manner, d.scale, d.flip, d.variant)
            ring = hoop(0.17 * side, 0.33, 0.115, 0.15, 0.04, 24)
            part.form(bar((0.0, 0.0), (0.1 * side, 0.22), 0.035), paint.colour, line=0.9, key="arm")
            clad(part, paint, ring, "ring")
            part.form(blade * (-side, 1.0), steel(paint), shade=0.5, key="blade")
            moved(d, part, -side * snip * 0.5, (0.0, -0.47))
        d.form(circle(0, -0.47, 0.045, count=14), paint.dark, line=0.7, shade=0.2, key="screw")

    return figure


def _spokes(count: int, inner: float, outer: float, thick: float) -> list[Array]:
    out: list[Array] = []
    for k in range(count):
        a = TAU * k / count
        c, s = cos(a), sin(a)
        out.append(bar((inner * c, inner * s), (outer * c, outer * s), thick))
    return out


def _wheel(stream: Stream, paint: Paint) -> Figure:
    count = stream.integer(7, 10)

    def figure(d: Drawing, m: Moment) -> None:
        a = _rolled(m)
        for k, spoke in enumerate(_spokes(count, 0.1, 0.4, 0.026)):
            d.form(turned(spoke, a), paint.second, line=0.8, shade=0.4, key=f"spoke{k}")
        clad(d, paint, hoop(0, 0, 0.43, 0.43, 0.065, 40), "rim")
        for k in range(count):
            c, s = cos(a + TAU * (k + 0.5) / count), sin(a + TAU * (k + 0.5) / count)
            d.dot(0.43 * c, 0.43 * s, 0.017, paint.ink)
        d.form(circle(0, 0, 0.12, count=22), paint.second, line=0.9, shade=0.6, key="hub")
        d.form(circle(0, 0, 0.04, count=14), paint.dark, line=0.6, shade=0, key="axle")

    return _raised(figure)


def _rolled(m: Moment) -> float:
    """How far something round has turned: it rocks at rest, and rolls where it goes somewhere."""
    if m.act == "still":
        return 0.12 * m.cycle(0.4)
    return TAU * m.turn(0.6)


def _raised(round_: Figure) -> Figure:
    """What was drawn about its middle stands on the ground."""

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        round_(part, m)
        moved(d, part, 0.0, (0.0, -0.5))

    return figure


def _gear(stream: Stream, paint: Paint) -> Figure:
    teeth = stream.integer(9, 12)
    rim: list[tuple[float, float]] = []
    for k in range(teeth):
        for share, r in ((0.0, 0.38), (0.12, 0.5), (0.42, 0.5), (0.54, 0.38)):
            a = TAU * (k + share) / teeth
            rim.append((r * cos(a), r * sin(a)))
    wheel = edged(" ".join(f"{100 * x:.2f},{100 * y:.2f}" for x, y in rim), 0.015)

    def figure(d: Drawing, m: Moment) -> None:
        a = TAU * m.turn(0.1 if m.act == "still" else 0.4)
        clad(d, paint, turned(wheel, a), "wheel")
        for k in range(4):
            c, s = cos(a + TAU * k / 4), sin(a + TAU * k / 4)
            d.form(
                circle(0.24 * c, 0.24 * s, 0.07, count=14),
                paint.second,
                line=0.7,
                shade=0.4,
                key=f"hole{k}",
            )
        d.form(circle(0, 0, 0.11, count=20), paint.dark, line=0.8, shade=0.2, key="hub")

    return _raised(figure)


def _anchor(stream: Stream, paint: Paint) -> Figure:
    arms = traced(
        "-44,-34 -40,-16 -22,-2 0,2 22,-2 40,-16 44,-34 34,-24 20,-12 6,-9 6,-70 -6,-70 -6,-9 -20,-12 -34,-24"
    )

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.06 * m.cycle(0.4)
        rope = (
            traced("0,-90 14,-86 24,-66 10,-48 -14,-42 -24,-26 -8,-8", False)
            + points(1, 0) * sway * 0.3
        )
        d.form(hoop(0, -0.89, 0.08, 0.08, 0.03, 22), paint.second, line=0.9, shade=0.4, key="ring")
        clad(d, paint, arms, "arms")
        d.form(
            bar((-0.25, -0.7), (0.25, -0.72), 0.045), paint.trunk, line=0.9, shade=0.5, key="stock"
        )
        for side in (-1, 1):
            fluke = hundredths("32,-26 50,-46 52,-18") * (side, 1.0)
            clad(d, paint, fluke, f"fluke{side}")
        cord = Tube(rope, [0.026], 30)
        d.form(cord.outline(), paint.pale, line=0.7, shade=0.4, key="rope")

    return figure


def _bell(stream: Stream, paint: Paint) -> Figure:
    body = lathe([(0.06, -0.86), (0.2, -0.78), (0.26, -0.5), (0.33, -0.26), (0.46, -0.12)], 6)

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        swing = m.cycle(0.8)
        part.form(
            hoop(0, -0.92, 0.07, 0.06, 0.026, 20), paint.second, line=0.8, shade=0.4, key="ear"
        )
        late = -0.16 * m.cycle(0.8, 0.2)
        clapper = Tube([(0, -0.3), (late, -0.05)], [0.03, 0.04], 6)
        part.form(clapper.outline(), paint.dark, line=0.7, shade=0.2, key="tongue")
        part.form(
            circle(late, -0.04, 0.07, count=16), paint.dark, line=0.8, shade=0.3, key="clapper"
        )
        clad(part, paint, body, "body")
        for y, half in ((-0.66, 0.235), (-0.2, 0.38)):
            band = smooth([(-half, y), (0, y + 0.035), (half, y)])
            part.stroke(band, 1.2, paint.accent, wobble=0.2, taper=(0.05, 0.05), key=f"band{y}")
        part.stroke(
            bezier((-0.17, -0.74), (-0.23, -0.56), (-0.25, -0.4)), 1.3, paint.white, key="gleam"
        )
        moved(d, part, 0.22 * swing, about=(0.0, -0.94))

    return figure


thing(
    "key", _key, (-0.95, 0.42), 0.5, 0.08,
    width=0.5, grip=(0, -0.64), hue="yellow", rock=0.04, shadow=0.1,
)  # fmt: skip
thing("lock", _lock, (-0.89, 0.42), 0.42, 0.08, width=0.8, grip=(0, -0.3))
thing(
    "ladder", _ladder, (-0.83, 0.42), 0.78, 2.5,
    width=0.45, top=(0, -0.99), grip=(0.15, -0.5), hue="brown",
)  # fmt: skip
thing(
    "scissors",
    _scissors,
    (-0.77, 0.42),
    0.46,
    0.2,
    width=0.7,
    grip=(0, -0.15),
    shadow=0.2,
    top=(0, -0.85),
)
thing(
    "wheel", _wheel, (-0.65, 0.42), 0.48, 0.8,
    width=1.0, top=(0, -0.98), grip=(0, -0.95), rock=0.0, home="village",
)  # fmt: skip
thing("gear", _gear, (-0.59, 0.42), 0.46, 0.2, width=1.0, top=(0, -0.98), grip=(0, -0.9), rock=0.0)
thing("anchor", _anchor, (-0.53, 0.42), 0.5, 1.2, width=1.0, grip=(0, -0.9), home="water")
thing("bell", _bell, (-0.47, 0.42), 0.44, 0.2, width=0.95, grip=(0, -0.94), hue="yellow", rock=0.0)
