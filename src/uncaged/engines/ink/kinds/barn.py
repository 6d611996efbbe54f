"""A barn with a curved-back roof, crossed doors, hay in its loft and a cock that turns on the ridge. Knows no farm."""

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, halo, sun
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, cos
from uncaged.engines.ink.paint import Paint


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A barn; it has no forms. By lot it has a silo."""
    silo = stream.chance(0.5)
    lean = stream.uniform(-0.012, 0.012)
    straws = stream.array(7, -1, 1)

    def figure(d: Drawing, m: Moment) -> None:
        if silo:
            _silo(d, paint)
        front = points(
            (-0.42, 0.01), (-0.42 + lean, -0.42), (-0.3 + lean, -0.66), (0 + lean, -0.8),
            (0.3 + lean, -0.66), (0.42 + lean, -0.42), (0.42, 0.01),
        )  # fmt: skip
        d.form(
            front,
            paint.colour,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=0.9,
            light=sun(d),
            key="front",
        )
        for k in range(7):
            x = -0.33 + 0.11 * k
            high = 0.44 + 0.3 * (1 - abs(x) / 0.42)
            d.stroke(points((x, -0.02), (x + lean, -high)), 0.6, paint.pattern, wobble=0.4)
        _doors(d, paint)
        _loft(d, paint, straws.tolist(), lean, m)
        roof = points(
            (-0.5, -0.38), (-0.36 + lean, -0.7), (lean, -0.87), (0.36 + lean, -0.7), (0.5, -0.38),
            (0.44, -0.37), (0.31 + lean, -0.65), (lean, -0.8), (-0.31 + lean, -0.65),
            (-0.44, -0.37),
        )  # fmt: skip
        d.form(roof, paint.second, line=1.0, shade=0.7, key="roof")
        _cock(d, paint, lean, m)

    return figure


def _silo(d: Drawing, paint: Paint) -> None:
    side = points((0.46, 0.01), (0.46, -0.7), (0.72, -0.7), (0.72, 0.01))
    d.form(side, paint.pale, line=0.9, shade=1.0, light=sun(d), key="silo")
    dome = smooth([(0.45, -0.69), (0.5, -0.8), (0.59, -0.85), (0.68, -0.8), (0.73, -0.69)])
    d.form(dome, paint.accent, line=0.9, shade=0.7, key="dome")
    for k in range(4):
        y = -0.14 - 0.15 * k
        d.stroke(smooth([(0.465, y), (0.59, y + 0.025), (0.715, y)]), 0.8, wobble=0.2)


def _doors(d: Drawing, paint: Paint) -> None:
    """Two wings, each with a cross of planks."""
    for x0, x1 in ((-0.2, 0.0), (0.0, 0.2)):
        d.form(box(x0, -0.34, x1, 0.01), paint.dark, line=0.9, shade=0.3, key=f"door{x0 < 0}")
        frame = points(
            (x0 + 0.015, -0.005), (x0 + 0.015, -0.325), (x1 - 0.015, -0.325),
            (x1 - 0.015, -0.005), (x0 + 0.015, -0.005),
        )  # fmt: skip
        d.stroke(frame, 1.5, paint.white, taper=(0.01, 0.01), wobble=0.2)
        d.stroke(points((x0 + 0.015, -0.005), (x1 - 0.015, -0.325)), 1.5, paint.white, wobble=0.2)
        d.stroke(points((x0 + 0.015, -0.325), (x1 - 0.015, -0.005)), 1.5, paint.white, wobble=0.2)


def _loft(d: Drawing, paint: Paint, straws: list[float], lean: float, m: Moment) -> None:
    """An opening under the gable, hay that hangs out of it, a lantern."""
    d.form(
        box(-0.09 + lean, -0.62, 0.09 + lean, -0.45), paint.dark, line=0.9, shade=0.2, key="loft"
    )
    heap = smooth(
        [
            (-0.09, -0.45), (-0.07, -0.53), (0.0, -0.56), (0.08, -0.52), (0.1, -0.45),
            (0.05, -0.42), (-0.05, -0.43),
        ],
        True,
        3,
    )  # fmt: skip
    d.form(heap + points(lean, 0), paint.glow, line=0.7, shade=0.7, key="hay")
    for k, lot in enumerate(straws):
        x = 0.08 * lot + lean
        tip = points((x, -0.46), (x + 0.012 * lot + 0.01 * m.cycle(0.5, 0.1 * k), -0.39))
        d.stroke(tip, 0.8, paint.glow, wobble=0.2)
    halo(d, paint, 0.26, -0.38, 0.12)
    d.form(circle(0.26, -0.38, 0.024, count=12), paint.glow, line=0.7, shade=0)


def _cock(d: Drawing, paint: Paint, x: float, m: Moment) -> None:
    """A weather cock: it turns, so that from here it is now long, now thin."""
    d.stroke(points((x, -0.86), (x, -0.95)), 1.0, wobble=0.1)
    k = cos(TAU * m.turn(0.25))
    k = k if abs(k) > 0.18 else 0.18
    cock = smooth(
        [
            (0.06, -0.99), (0.05, -1.03), (0.025, -1.0), (-0.02, -0.99), (-0.06, -1.04),
            (-0.065, -0.97), (-0.02, -0.94), (0.03, -0.95),
        ],
        True,
        3,
    )  # fmt: skip
    d.form(cock * points(k, 1.0) + points(x, 0), paint.accent, line=0.7, shade=0.2, key="cock")


register(
    Kind(
        "barn",
        build,
        at=(0.44, 1.28),
        height=0.5,
        home="meadow",
        width=1.1,
        top=(0.0, -0.84),
        shadow=0.46,
        faces=False,
        metres=9.0,
        lights=True,
        traits=("building",),
    )
)
