"""What is lighter than air: a hot-air balloon with its burner, and an airship with fins and a gondola.

How it is built: the balloon's gores are one outline cut into strips that bulge, so that it is round; the flame lights
it from below. Knows no wind.
"""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import head, pane, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("plain", "gores", "bands")
_SIDE = (
    (0.0, -0.5), (0.2, -0.48), (0.36, -0.36), (0.42, -0.19), (0.37, -0.02), (0.24, 0.14),
    (0.1, 0.24),
)  # fmt: skip
"""The right edge of the envelope, from the crown to the mouth."""


@lru_cache(1)
def _edge() -> Array:
    return smooth(_SIDE)


def _meridian(share: float) -> Array:
    """A line from the crown to the mouth: −1 the left edge, 0 the middle, 1 the right one."""
    return _edge() * points(share, 1.0)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A hot-air balloon; `form` is one of `FORMS` (of its envelope), or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("gores", "gores", "bands", "plain"))
    shares = (-1.0, -0.78, -0.42, 0.0, 0.42, 0.78, 1.0)
    gores = [np.concatenate([_meridian(a), _meridian(b)[::-1]]) for a, b in pairwise(shares)]
    whole = np.concatenate([_meridian(-1.0), _meridian(1.0)[::-1]])
    riders = stream.integer(1, 2)

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.035 * m.cycle(0.5)
        basket = 0.05 * m.cycle(0.5, 0.15)
        _basket(d, paint, basket, riders, m)
        burns = m.cycle(0.5, 0.3) > -0.2
        outline = turned(whole, lean)
        d.form(outline, paint.colour, fill=paint.fill, colour2=paint.pattern, key="envelope")
        if form == "gores":
            for k in (0, 2, 4):
                tone = paint.accent if k == 2 else paint.second
                d.form(turned(gores[k], lean), tone, line=0.6, shade=0.7, key=f"gore{k}")
        elif form == "bands":
            d.clip(outline)
            for k, y in enumerate((-0.3, -0.12, 0.06)):
                band = smooth(
                    [
                        (-0.5, y), (0, y + 0.07), (0.5, y), (0.5, y + 0.09), (0, y + 0.16),
                        (-0.5, y + 0.09),
                    ],
                    True,
                    4,
                )  # fmt: skip
                tone = (paint.accent, paint.pale, paint.second)[k]
                d.form(turned(band, lean), tone, line=0.6, shade=0.7, key=f"band{k}")
            d.unclip()
        else:
            star = np.arange(16) * (TAU / 16)
            r = np.where(np.arange(16) % 2 == 1, 0.1, 0.2)
            d.form(
                turned(np.stack([sin(star) * r, -0.18 - cos(star) * r], 1), lean),
                paint.accent,
                line=0.8,
                shade=0.5,
                key="badge",
            )
        for share in (-0.42, 0.0, 0.42):
            d.stroke(turned(_meridian(share), lean), 0.5, wobble=0.2)
        if burns:
            if paint.night:
                d.flat(turned(circle(0, 0.0, 0.3, 0.26, 24), lean), paint.glow, 60)
            high = 0.09 + 0.03 * m.cycle(3.0)
            flame = smooth(
                [(-0.03, 0.27), (-0.02, 0.22), (0.0, 0.27 - high), (0.025, 0.22), (0.03, 0.27)]
            )
            d.form(turned(flame, lean), paint.glow, line=0.6, shade=0, key="flame")
        skirt = points((-0.11, 0.22), (0.11, 0.22), (0.075, 0.27), (-0.075, 0.27))
        d.form(turned(skirt, lean), paint.dark, line=0.7, shade=0.3, key="skirt")

    return figure


def _basket(d: Drawing, paint: Paint, lean: float, riders: int, m: Moment) -> None:
    """Ropes, heads that look over the rim, the weave."""
    for x in (-0.07, -0.02, 0.03, 0.07):
        d.stroke(turned(points((x * 1.3, 0.24), (x, 0.38)), lean), 0.6, wobble=0.1)
    for k in range(riders):
        x, y = turned(points(-0.035 + 0.07 * k, 0.345 + 0.006 * m.cycle(0.5, 0.3 * k)), lean)
        head(d, paint, float(x), float(y), 0.034, str(k), k == 1)
    box = turned(points((-0.09, 0.375), (0.09, 0.375), (0.075, 0.5), (-0.075, 0.5)), lean)
    d.form(box, paint.trunk, line=0.8, shade=0.7, fill="hatched", colour2=paint.pale, key="basket")
    d.stroke(box[:2], 2.2, paint.accent, taper=(0.02, 0.02), wobble=0.2)


_HULL = (
    (1.0, 0.0), (0.84, -0.18), (0.4, -0.3), (-0.1, -0.31), (-0.6, -0.22), (-1.0, -0.03),
    (-0.6, 0.16), (-0.1, 0.25), (0.4, 0.25), (0.84, 0.16),
)  # fmt: skip


def airship(stream: Stream, paint: Paint, form: str) -> Figure:
    """An airship; it has no forms."""
    banner = stream.chance(0.4)

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.03 * m.cycle(0.5)
        hull = turned(smooth(_HULL, True, 5), lean)
        fins = (
            ((-0.6, -0.12), (-0.94, -0.4), (-1.1, -0.38), (-0.92, -0.06)),
            ((-0.6, 0.08), (-0.94, 0.34), (-1.1, 0.32), (-0.92, 0.0)),
        )
        for k, fin in enumerate(fins):
            d.form(turned(points(*fin), lean), paint.accent, line=0.9, shade=0.6, key=f"fin{k}")
        d.form(hull, paint.colour, fill=paint.fill, colour2=paint.pattern, key="hull")
        d.clip(hull)
        for k, y in enumerate((-0.16, 0.0, 0.13)):
            line = smooth([(-1.0, -0.02), (-0.3, y * 1.3), (0.4, y * 1.3), (1.0, 0.0)])
            d.stroke(turned(line, lean), 0.6, wobble=0.2, key=f"seam{k}")
        nose = smooth([(0.78, -0.3), (0.7, 0.0), (0.78, 0.3), (1.1, 0.3), (1.1, -0.3)], True, 3)
        d.form(turned(nose, lean), paint.second, line=0.7, shade=0.6, key="nose")
        d.unclip()
        d.form(
            turned(points((-0.7, -0.04), (-1.06, -0.05), (-1.06, 0.03), (-0.7, 0.03)), lean),
            paint.accent,
            line=0.8,
            shade=0.5,
        )
        gondola = smooth(
            [(-0.3, 0.24), (-0.26, 0.37), (-0.1, 0.41), (0.26, 0.41), (0.4, 0.35), (0.44, 0.24)]
        )
        d.form(turned(gondola, lean), paint.dark, line=0.9, shade=0.4, key="gondola")
        row = [
            turned(points((x, 0.28), (x + 0.07, 0.28), (x + 0.07, 0.34), (x, 0.34)), lean)
            for x in (-0.2, -0.08, 0.04, 0.16, 0.28)
        ]
        d.multi(row, pane(paint), line=0.5, key="panes")
        x, y = turned(points(-0.36, 0.34), lean)
        long = 0.11 * cos(TAU * m.turn(3.0))
        d.flat(circle(float(x), float(y), 0.03, 0.11, 14), paint.pale, 120)
        d.stroke(
            points((float(x), float(y) - long), (float(x), float(y) + long)),
            2.4,
            paint.dark,
            wobble=0.1,
        )
        if banner:
            _banner(d, paint, m, lean)

    return figure


def _banner(d: Drawing, paint: Paint, m: Moment, lean: float) -> None:
    """A long cloth that it draws after itself."""
    x = np.linspace(-1.1, -2.1, 9)
    wave = 0.04 * sin(TAU * (m.turn(1.0) + x * 0.9)) * (0.2 - x - 1.0)
    top = np.stack([x, 0.06 + wave], 1)
    cloth = np.concatenate([top, top[::-1] + points(0, 0.2)])
    d.stroke(points((-0.96, 0.0), (-1.1, 0.06), (-1.1, 0.26)), 0.7, wobble=0.2)
    d.form(cloth, paint.pale, line=0.8, shade=0.6, key="banner")
    for k in (2, 4, 6):
        d.stroke(top[k : k + 2] + points(0, 0.1), 1.6, paint.accent, wobble=0.4)


register(
    Kind(
        "air-balloon",
        build,
        at=(0.86, 1.14),
        height=0.62,
        domain="air",
        home="sky",
        width=0.9,
        top=(0.0, 0.37),
        motion="drift-right",
        forms=FORMS,
        metres=22.0,
        grip=(0.0, 0.5),
        faces=False,
        lights=True,
    )
)
register(
    Kind(
        "airship",
        airship,
        at=(0.92, 1.14),
        height=0.4,
        domain="air",
        home="sky",
        width=2.1,
        top=(0.0, -0.3),
        motion="fly",
        metres=30.0,
        grip=(0.0, 0.4),
    )
)
