"""A bicycle that rolls: two wheels one sees through, pedals at half their pace, a basket, a bell. Who rides sits on it.

How it is built: all tubes of the frame are strokes; the chain wheel and its pedals turn by the way it has come.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import Wheel, ball, come, ring, spoked_wheel
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("city", "racer", "penny", "tandem")
RADIUS = 0.345
GAIT = TAU * RADIUS / 3
"""A third of a turn per cycle: of the twelve spokes each comes to stand where another stood."""
REAR, CRANK, SADDLE, HEAD, FRONT = (
    points(-0.52, -RADIUS),
    points(-0.06, -0.3),
    points(-0.2, -0.86),
    points(0.34, -0.8),
    points(0.52, -RADIUS),
)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bicycle; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("city", "city", "racer"))
    basket = form == "city" and stream.chance(0.7)
    blooms = stream.array(4, -1, 1)

    def figure(d: Drawing, m: Moment) -> None:
        way = come(m, GAIT)
        if form == "penny":
            _penny(d, paint, way)
            return
        long = 0.5 if form == "tandem" else 0.0
        for k, x in enumerate((-0.52 - long, 0.52)):
            spoked_wheel(d, paint, Wheel(x, RADIUS, 12, 0.1), way, str(k), paint.dark, 0.5)
        _pedal(d, paint, CRANK, way, far=True)
        _frame(d, paint, form, long)
        for at in (CRANK, CRANK - points(long, 0)) if long else (CRANK,):
            d.form(ball(at, 0.085, count=16), paint.pale, line=0.8, shade=0.2)
            _pedal(d, paint, at, way)
        chain = np.stack([CRANK + points(0, -0.08), REAR - points(long, 0.045)])
        d.stroke(chain, 0.6, wobble=0.1)
        if basket:
            _basket(d, paint, blooms, m)
        if paint.night:
            d.flat(points((0.5, -0.8), (1.4, -0.95), (1.4, -0.3), (0.5, -0.74)), paint.glow, 50)
        d.form(circle(0.46, -0.76, 0.05, count=12), paint.glow, line=0.6, shade=0)

    return figure


def _tube(d: Drawing, paint: Paint, *at: Array, width: float = 3.0) -> None:
    d.stroke(np.stack(at), width, paint.colour, taper=(0.01, 0.01), wobble=0.15)


def _frame(d: Drawing, paint: Paint, form: str, long: float) -> None:
    """Tubes, fork, saddle, handlebar; a mudguard for the town."""
    back = points(long, 0)
    tubes = [
        (REAR - back, CRANK - back), (REAR - back, SADDLE - back), (SADDLE - back, CRANK - back),
        (CRANK, HEAD + points(0.02, 0.12)),
        (HEAD + points(-0.02, -0.08), HEAD + points(0.03, 0.16), FRONT),
    ]  # fmt: skip
    if form == "city":
        tubes.append((SADDLE + points(0.05, 0.2), points(0.1, -0.46), HEAD + points(0, 0.02)))
    else:
        tubes.append((SADDLE + points(0.04, 0.08), HEAD))
    if long:
        tubes += [
            (CRANK - back, CRANK), (SADDLE, CRANK), (SADDLE - back + points(0.04, 0.1), SADDLE),
        ]  # fmt: skip
    for tube in tubes:
        d.stroke(smooth(np.stack(tube)), 3.6, paint.ink, taper=(0.01, 0.01), wobble=0.15)
    for tube in tubes:
        d.stroke(smooth(np.stack(tube)), 2.2, paint.colour, taper=(0.01, 0.01), wobble=0.15)
    for seat in (SADDLE, SADDLE - back) if long else (SADDLE,):
        x, y = seat
        d.stroke(np.stack([seat, seat - points(0.01, 0.08)]), 1.8, paint.dark, wobble=0.1)
        saddle = [
            (x - 0.16, y - 0.1), (x - 0.1, y - 0.13), (x + 0.06, y - 0.11), (x + 0.17, y - 0.1),
            (x + 0.04, y - 0.06), (x - 0.08, y - 0.04),
        ]  # fmt: skip
        d.form(smooth(saddle, True, 3), paint.accent, line=0.8, shade=0.5, key=f"saddle{x < -0.3}")
    hx, hy = HEAD
    if form == "racer":
        bar = [
            (hx - 0.02, hy - 0.08), (hx + 0.14, hy - 0.1), (hx + 0.2, hy), (hx + 0.08, hy + 0.06),
        ]  # fmt: skip
    else:
        bar = [
            (hx - 0.02, hy - 0.06), (hx - 0.01, hy - 0.19), (hx + 0.06, hy - 0.22),
            (hx - 0.14, hy - 0.19),
        ]  # fmt: skip
    d.stroke(smooth(bar), 2.0, paint.dark, taper=(0.02, 0.02), wobble=0.15, key="bar")
    if form == "city":
        angle = np.linspace(PI * 1.02, PI * 1.72, 10)
        guard = np.stack([REAR[0] + cos(angle) * 0.39, REAR[1] + sin(angle) * 0.39], 1)
        d.stroke(guard, 2.4, paint.accent, taper=(0.05, 0.05), wobble=0.15, key="guard")
        d.dot(hx + 0.03, hy - 0.25, 0.035, paint.accent)


def _pedal(d: Drawing, paint: Paint, crank: Array, way: float, far: bool = False) -> None:
    angle = way / RADIUS / 2 + (PI if far else 0.0)
    foot = crank + points(cos(angle), sin(angle)) * 0.16
    tone = paint.dark_shadow if far else paint.dark
    d.stroke(np.stack([crank, foot]), 1.8, tone, taper=(0.01, 0.01), wobble=0.1)
    d.stroke(np.stack([foot - points(0.06, 0), foot + points(0.06, 0)]), 2.4, tone, wobble=0.1)


def _basket(d: Drawing, paint: Paint, blooms: Array, m: Moment) -> None:
    """A basket with flowers that tremble."""
    for k, at in enumerate(blooms.tolist()):
        x, y = 0.5 + 0.09 * k, -0.99 - 0.04 * at + 0.01 * m.cycle(1.0, 0.2 * k)
        d.stroke(points((0.6, -0.8), (x, y)), 0.8, paint.leaf, wobble=0.2)
        d.form(circle(x, y, 0.05, count=10), (paint.accent, paint.pale)[k % 2], line=0.5, shade=0)
    weave = points((0.44, -0.9), (0.86, -0.92), (0.8, -0.66), (0.5, -0.65))
    d.form(
        weave, paint.trunk, line=0.8, shade=0.7, fill="hatched", colour2=paint.pale, key="basket"
    )


def _penny(d: Drawing, paint: Paint, way: float) -> None:
    """A penny-farthing: one huge wheel before, one small one behind."""
    big, small = Wheel(0.18, 0.44, 14, 0.07), Wheel(-0.6, 0.15, 8, 0.16)
    spoked_wheel(d, paint, big, way, "big", paint.dark, 0.45)
    spoked_wheel(d, paint, small, way, "small", paint.dark, 0.5)
    spine = smooth([(-0.6, -0.15), (-0.46, -0.5), (-0.2, -0.84), (0.06, -0.96)])
    for width, tone in ((3.6, paint.ink), (2.2, paint.colour)):
        d.stroke(spine, width, tone, taper=(0.01, 0.01), wobble=0.15)
        d.stroke(points((0.08, -0.98), (0.18, -0.44)), width, tone, taper=(0.01, 0.01), wobble=0.15)
    saddle = smooth([(-0.34, -0.92), (-0.22, -0.97), (0.0, -0.95), (-0.2, -0.88)], True, 3)
    d.form(saddle, paint.accent, line=0.8, shade=0.4, key="saddle")
    d.stroke(points((-0.04, -1.02), (0.12, -1.0)), 2.2, paint.dark, wobble=0.1)
    angle = way / 0.44
    for side in (1, -1):
        foot = points(0.18, -0.44) + points(cos(angle), sin(angle)) * (0.13 * side)
        d.stroke(np.stack([points(0.18, -0.44), foot]), 1.8, paint.dark, wobble=0.1)
    d.stroke(ring(0.18, -0.44, 0.04, 10), 1.2, wobble=0.1)


register(
    Kind(
        "bicycle",
        build,
        at=(0.32, 1.14),
        height=0.36,
        home="street",
        width=1.75,
        top=(-0.2, -0.97),
        shadow=0.7,
        gait=GAIT,
        motion="walk",
        forms=FORMS,
        metres=1.05,
        grip=(0.34, -1.0),
        rest="sit",
    )
)
