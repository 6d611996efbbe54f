"""What one wears and carries over oneself: an umbrella, a fan, spectacles, a ring, a crown.

How they are built: a few closed forms, and ribs, folds or facets between them; what glitters comes and goes.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, clad, edged, hoop, hundredths, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def _umbrella(stream: Stream, paint: Paint) -> Figure:
    x = np.linspace(0.56, -0.56, 6)
    dome = smooth(
        [
            (-0.56, -0.56),
            (-0.46, -0.8),
            (-0.24, -0.93),
            (0, -0.97),
            (0.24, -0.93),
            (0.46, -0.8),
            (0.56, -0.56),
        ],
        per=4,
    )

    def figure(d: Drawing, m: Moment) -> None:
        d.form(bar((0, -0.95), (0, -0.12), 0.014), paint.dark, line=0.7, shade=0.2, key="stick")
        crook = Tube([(0, -0.14), (0, -0.04), (0.07, -0.01), (0.11, -0.08)], [0.026], 16)
        d.form(crook.outline(), paint.trunk, line=0.8, shade=0.4, key="crook")
        flap = 0.012 * m.cycle(0.7)
        hem: list[Array] = []
        for a, b in zip(x[:-1].tolist(), x[1:].tolist(), strict=True):
            hem.append(
                bezier((a, -0.56 + flap), ((a + b) / 2, -0.66 + flap), (b, -0.56 - flap), 6)[:-1]
            )
        clad(d, paint, np.concatenate([dome[:-1], *hem]), "dome")
        for a in x[1:-1].tolist():
            rib = bezier((0, -0.96), (a * 0.75, -0.9), (a, -0.57 + flap))
            d.stroke(rib, 0.7, paint.pattern, wobble=0.2, key=f"rib{a:.2f}")
        d.form(bar((0, -1.02), (0, -0.95), 0.014), paint.dark, line=0.6, shade=0, key="tip")

    return figure


def _fan(stream: Stream, paint: Paint) -> Figure:
    count = 9

    def figure(d: Drawing, m: Moment) -> None:
        spread = 1.15 + 0.12 * m.cycle(0.7)
        angles = [spread * (2 * k / (count - 1) - 1) for k in range(count)]
        rim = [points(0.95 * sin(a), -0.95 * cos(a) - 0.04) for a in angles]
        inner = [points(0.42 * sin(a), -0.42 * cos(a) - 0.04) for a in angles]
        for k, end in enumerate(inner):
            d.form(bar((0, -0.05), end, 0.022), paint.trunk, line=0.7, shade=0.3, key=f"stick{k}")
        clad(d, paint, np.concatenate([rim, inner[::-1]]), "leaf")
        arc = [p * 0.74 + points(0, -0.01) for p in rim]
        d.stroke(np.array(arc), 2.0, paint.accent, wobble=0.2, taper=(0.05, 0.05), key="band")
        for k in range(1, count - 1):
            d.stroke(np.stack([inner[k], rim[k]]), 0.7, paint.pattern, wobble=0.2, key=f"fold{k}")
        d.form(circle(0, -0.05, 0.05, count=16), paint.dark, line=0.8, shade=0.3, key="pin")

    return figure


def _spectacles(stream: Stream, paint: Paint) -> Figure:
    round_ = stream.chance(0.6)
    dark = stream.chance(0.3)
    lens = circle(0, 0, 0.36, 0.36, 28) if round_ else edged("-38,-30 38,-34 34,28 -30,30", 0.12)

    def figure(d: Drawing, m: Moment) -> None:
        for side in (-1, 1):
            arm = Tube(
                [(0.84 * side, -0.58), (1.02 * side, -0.9), (0.92 * side, -0.96)],
                [0.045, 0.04, 0.03],
                12,
            )
            d.form(arm.outline(), paint.colour, line=0.9, shade=0.4, key=f"arm{side}")
        slide = 0.1 * m.cycle(0.3)
        for side in (-1, 1):
            shape = lens * (side, 1.0) + points(0.47 * side, -0.42)
            clad(d, paint, shape + (shape - points(0.47 * side, -0.42)) * 0.22, f"rim{side}")
            d.form(
                shape, paint.dark if dark else paint.pale, line=0.8, shade=0.3, key=f"lens{side}"
            )
            gleam = points((-0.2, 0.12), (0.06, -0.2)) + points(0.47 * side + slide, -0.42)
            d.stroke(gleam, 2.2, paint.white, wobble=0.2, key=f"gleam{side}")
        d.form(
            Tube([(-0.12, -0.5), (0, -0.58), (0.12, -0.5)], [0.04], 10).outline(),
            paint.colour,
            key="bridge",
        )

    return figure


def _ring(stream: Stream, paint: Paint) -> Figure:
    stone = stream.pick(
        ("-20,-70 -12,-88 12,-88 20,-70 0,-52", "-16,-74 -16,-92 16,-92 16,-74 0,-60")
    )

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, hoop(0, -0.36, 0.3, 0.3, 0.06, 36), "band")
        d.form(edged(stone), paint.accent, line=0.9, shade=0.6, key="stone")
        facets = hundredths(stone)
        for k in (0, 1, 2, 3):
            d.stroke(np.stack([facets[k], points(0.0, -0.74)]), 0.6, wobble=0.1, key=f"facet{k}")
        d.form(edged("-12,-68 12,-68 8,-58 -8,-58"), paint.second, line=0.8, shade=0.4, key="claw")
        size = 0.12 * max(0.0, m.cycle(0.6))
        star = points((0, -size), (size * 0.2, 0), (0, size), (-size * 0.2, 0)) + points(0.12, -0.9)
        d.flat(star, paint.white)

    return figure


def _crown(stream: Stream, paint: Paint) -> Figure:
    body = edged("-44,-8 -56,-78 -28,-44 0,-92 28,-44 56,-78 44,-8", 0.02)
    gems = [stream.pick(("accent", "pale", "second")) for _ in range(3)]

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, body, "body")
        d.form(
            edged("-45,-22 45,-22 44,0 -44,0", 0.02), paint.second, line=0.9, shade=0.5, key="band"
        )
        for k, (x, y) in enumerate(((-0.57, -0.8), (0.0, -0.95), (0.57, -0.8))):
            d.form(circle(x, y, 0.065, count=16), paint.accent, line=0.8, shade=0.4, key=f"ball{k}")
        for k, tone in enumerate(gems):
            x = 0.28 * (k - 1)
            gem = points((x, -0.19), (x + 0.08, -0.11), (x, -0.03), (x - 0.08, -0.11))
            d.form(gem, getattr(paint, tone), line=0.7, shade=0.3, key=f"gem{k}")
        size = 0.1 * max(0.0, m.cycle(0.5, 0.2))
        d.flat(
            points((0, -size), (size * 0.2, 0), (0, size), (-size * 0.2, 0)) + points(-0.3, -0.4),
            paint.white,
        )

    return figure


thing(
    "umbrella", _umbrella, (-0.95, 0.50), 0.6, 0.95,
    width=1.15, grip=(0.0, -0.18), rock=0.03, home="village", shadow=0.2, traits=("shelter",),
)  # fmt: skip
thing("fan", _fan, (-0.89, 0.50), 0.4, 0.25, width=1.85, grip=(0, -0.06), rock=0.05, shadow=0.2)
thing(
    "spectacles",
    _spectacles,
    (-0.83, 0.50),
    0.26,
    0.06,
    width=2.0,
    grip=(0.9, -0.5),
    shadow=0.6,
    top=(0, -0.56),
)
thing(
    "ring",
    _ring,
    (-0.77, 0.50),
    0.42,
    0.03,
    width=0.75,
    grip=(0, -0.06),
    hue="yellow",
    top=(0, -0.88),
)
thing(
    "crown", _crown, (-0.71, 0.50), 0.4, 0.18,
    width=1.2, top=(0, -0.5), grip=(0, -0.1), hue="yellow", traits=("worn",),
)  # fmt: skip
