"""A single large eye that looks about, blinks and may weep. An eye by itself: it knows no face.

How it is built: two lids as one form in the subject's colour, the white cut out between two curves, an iris of rays, a
pupil that follows the gaze and widens, lashes along the upper curve. The lids close by moving the upper curve down.
"""

from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import Mood, mood
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

MIDDLE = points(0.0, -0.5)
HALF, HIGH, LOW = 0.62, 0.34, 0.27
"""Half width of the white, how far the lids are open above and below."""


@dataclass(frozen=True, slots=True)
class Eye:
    """What the lot decided. slant: how much higher the outer corner is. rays: of the iris. lashes: their number."""

    paint: Paint
    form: str
    slant: float
    rays: int
    lashes: int
    lag: float


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """An eye; `form` is open, closed or weeping, or "" for an open one."""
    form = form if form in ("closed", "weeping") else "open"
    return partial(
        _draw,
        Eye(
            paint,
            form,
            stream.uniform(-0.02, 0.08),
            stream.integer(16, 26),
            stream.integer(7, 11),
            stream.uniform(),
        ),
    )


def _gaze(m: Moment) -> tuple[float, float]:
    """Where it looks: somewhere by itself, now here, now there, or where it is asked to."""
    x, y = clamp(m.look[0], -1e6, 1e6), clamp(m.look[1], -1e6, 1e6)
    far = sqrt(x * x + y * y)
    if far > 1e-6:
        return x / far, y / far
    a = m.cycle(0.5) + 0.5 * m.cycle(1.0, 0.2)
    return clamp(1.8 * a, -1.0, 1.0) * 0.8, 0.3 * m.cycle(0.5, 0.3)


def _curves(eye: Eye, lid: float) -> tuple[Array, Array]:
    """The upper edge from left to right, the lower one back."""
    left, right = points(-HALF, 0.02), points(HALF, 0.02 - eye.slant)
    up = HIGH * (2 * lid - 1) if lid > 0.5 else -LOW * 0.8 * (1 - 2 * lid)
    upper = smooth([left, (-0.34, -0.72 * up), (0.02, -up), (0.38, -0.74 * up), right], per=6)
    lower = smooth([right, (0.3, 0.72 * LOW), (-0.04, LOW), (-0.36, 0.66 * LOW), left], per=5)
    return upper + MIDDLE, lower + MIDDLE


def _draw(eye: Eye, d: Drawing, m: Moment) -> None:
    paint, says = eye.paint, mood(m, eye.lag)
    lid = 0.1 if eye.form == "closed" else clamp(says.lid * (1 + 0.12 * says.wide), 0.1, 1.12)
    if says.glee:
        lid = 0.4
    _brow(eye, d, says)
    ring = MIDDLE + points(
        (-0.78, 0.06), (-0.5, -0.38), (0.0, -0.52), (0.52, -0.42), (0.8, -eye.slant),
        (0.5, 0.34), (0.0, 0.44), (-0.5, 0.34),
    )  # fmt: skip
    tube = Tube(MIDDLE + points((-0.7, 0.0), (0.7, 0.0)), [0.3, 0.5, 0.3], 14)
    d.form(
        smooth(ring, True, 5), paint.colour, fill=paint.fill, body=tube, colour2=paint.pattern,
        shade=0.9, key="lids",
    )  # fmt: skip
    upper, lower = _curves(eye, lid)
    if lid > 0.2:
        white = np.concatenate([upper, lower[1:-1]])
        d.form(white, paint.white, line=0.7, shade=0.45, key="white")
        _iris(eye, d, m, says, white)
    crease = MIDDLE + points(
        (-0.6, -0.06), (-0.3, -0.38), (0.05, -0.46), (0.42, -0.37), (0.68, -0.1)
    )
    d.stroke(smooth(crease), 0.8, key="crease")
    d.stroke(upper, 2.2, key="edge", taper=(0.3, 0.2), wobble=0.4)
    _lashes(eye, d, m, upper, lid)
    if eye.form == "weeping" or says.tear >= 0:
        _tear(eye, d, m)


def _iris(eye: Eye, d: Drawing, m: Moment, says: Mood, white: Array) -> None:
    """A disc of rays round a pupil that is wide when startled."""
    paint = eye.paint
    x, y = _gaze(m)
    cx, cy = 0.22 * x, -0.5 - 0.02 + 0.09 * y
    d.clip(white)
    d.form(circle(cx, cy, 0.25, count=30), paint.accent, line=0.8, shade=0.7, key="iris")
    a = np.arange(eye.rays) * (TAU / eye.rays)
    for k in range(eye.rays):
        c, s = cos(float(a[k])), sin(float(a[k]))
        d.line(
            points((cx + 0.13 * c, cy + 0.13 * s), (cx + 0.23 * c, cy + 0.23 * s)),
            0.009,
            paint.second,
        )
    d.dot(cx, cy, 0.115 + 0.02 * m.cycle(0.5) + 0.04 * says.wide, pupil(paint))
    d.dot(cx - 0.075, cy - 0.085, 0.05, paint.white)
    d.dot(cx + 0.07, cy + 0.08, 0.022, paint.white, 200)
    d.unclip()


def _lashes(eye: Eye, d: Drawing, m: Moment, upper: Array, lid: float) -> None:
    """They stand off the upper edge, and hang when it is shut."""
    last = len(upper) - 1
    for k in range(eye.lashes):
        q = 0.1 + 0.86 * k / max(1, eye.lashes - 1)
        root = upper[int(q * last)]
        out = (q - 0.45) * 0.3
        rise = -0.13 if lid > 0.5 else 0.13
        bend = 0.02 * m.cycle(0.5, 0.05 * k)
        lash = points(root, root + points(out * 0.45, rise * 0.6), root + points(out + bend, rise))
        d.stroke(smooth(lash, per=4), 1.3, key=f"lash{k}", taper=(0.02, 0.6), wobble=0.3)


def _brow(eye: Eye, d: Drawing, says: Mood) -> None:
    lift = -0.07 * says.brow
    spine = MIDDLE + points(
        (-0.72, -0.52 + lift - 0.12 * says.worry), (-0.2, -0.68 + lift), (0.4, -0.62 + lift),
        (0.78, -0.44 + lift),
    )  # fmt: skip
    tube = Tube(spine, [0.05, 0.06, 0.045, 0.012], 16)
    d.form(tube.outline(), eye.paint.hair, line=0.8, shade=0.5, key="brow")


def _tear(eye: Eye, d: Drawing, m: Moment) -> None:
    """It gathers in the corner, runs, and falls."""
    q = m.turn(0.5) % 1
    x, y = -0.3, -0.24 + 0.34 * q * q
    r = 0.055 * min(1.0, 4 * q) * (1 - max(0.0, q - 0.9) * 8)
    drop = points(
        (x, y - 1.9 * r),
        (x + r, y),
        (x + 0.6 * r, y + 0.8 * r),
        (x - 0.6 * r, y + 0.8 * r),
        (x - r, y),
    )
    if r > 0.005:
        d.form(smooth(drop, True, 3), eye.paint.white, line=0.8, shade=0.3, key="tear")


register(
    Kind(
        "eye",
        build,
        at=(0.15, -0.15),
        height=0.46,
        domain="float",
        home="paper",
        width=1.6,
        top=(0.0, -1.0),
        forms=("open", "closed", "weeping"),
        metres=0.03,
        faces=False,
        traits=("part",),
    )
)
