"""Air that one sees: wind with curls or with a face, a tornado, a bank of fog. Knows no weather.

How it is built: wind is strokes that end in a curl and run along themselves; a tornado is rings from broad to narrow,
each round its own place; fog is long lenses that slide past each other.
"""

from collections.abc import Callable

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import Tube, circle, leaf_mark, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("gust", "face")


def _curl(x: float, y: float, long: float, r: float, way: int) -> Array:
    """A level line from (x, y) that ends in a curl of radius r; way: −1 it curls up, 1 down."""
    a = np.linspace(-PI / 2 * way, -PI / 2 * way + 1.75 * PI * way, 20)
    shrink = r * (1 - 0.5 * np.linspace(0, 1, 20))
    end = np.stack([x + long + cos(a) * shrink, y + way * r + sin(a) * shrink], 1)
    line = np.stack([np.linspace(x, x + long, 12), y + 0.025 * sin(np.linspace(0, 5, 12))], 1)
    return np.concatenate([line, end])


def wind(stream: Stream, paint: Paint, form: str) -> Figure:
    """Wind; `form` is one of `FORMS`, or "" for a gust. Leaves fly with it."""
    curls = [
        _curl(-0.9 + stream.uniform(0, 0.3), y, long, r, way)
        for y, long, r, way in (
            (-0.3, 1.1, 0.14, -1), (-0.14, 1.3, 0.1, 1), (0.02, 0.8, 0.12, -1),
            (0.12, 1.2, 0.13, 1), (0.3, 0.7, 0.09, 1),
        )
    ]  # fmt: skip
    leaves = [
        (stream.uniform(), stream.uniform(-0.34, 0.34), stream.uniform(0, TAU)) for _ in range(7)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        shift = points(0.5, 0.0) if form == "face" else points(0.0, 0.0)
        size = 0.7 if form == "face" else 1.0
        for k, curl in enumerate(curls):
            n = len(curl)
            q = (m.turn(0.5) + 0.23 * k) % 1
            head = int(n * min(1.0, 1.7 * q + 0.25))
            tail = int(n * max(0.0, 1.7 * q - 0.75))
            p = curl[tail : max(head, tail + 3)] * size + shift
            for width, tone in ((4.4, paint.ink), (3.0, paint.colour)):
                d.stroke(p, width, tone, taper=(0.4, 0.06), wobble=0.3, key=f"curl{k}{width}")
        marks: list[Array] = []
        for start, y, spin in leaves:
            q = (m.turn(0.5) + start) % 1
            a = spin + TAU * 2 * q
            x = (-1.0 + 2.0 * q) * size + float(shift[0])
            marks.append(
                leaf_mark(
                    x, y * size + 0.08 * sin(TAU * q + spin), 0.05 * cos(a), 0.05 * sin(a), 0.5
                )
            )
        d.multi(marks[::2], paint.accent, line=0.7, key="leaves0")
        d.multi(marks[1::2], paint.leaf, line=0.7, key="leaves1")
        if form == "face":
            _blower(d, paint, m)

    return figure


def _blower(d: Drawing, paint: Paint, m: Moment) -> None:
    """An old cloud with round cheeks that blows to the right."""
    puff = 0.02 * m.cycle(0.5)
    lobes = [
        (-0.62, -0.28, 0.2), (-0.36, -0.36, 0.2), (-0.84, -0.06, 0.2), (-0.8, 0.2, 0.18),
        (-0.52, 0.3, 0.2),
    ]  # fmt: skip
    d.union(
        [circle(x, y, r + puff, count=20) for x, y, r in lobes],
        paint.white,
        line=1.0,
        shade=0.5,
        key="hair",
    )
    face = smooth(
        [
            (-0.74, -0.2), (-0.44, -0.34), (-0.2, -0.24), (-0.14, -0.1), (-0.04 - puff, -0.02),
            (-0.14, 0.04), (-0.12, 0.14), (-0.22, 0.28), (-0.5, 0.34), (-0.74, 0.2),
        ],
        True,
        4,
    )  # fmt: skip
    d.form(face, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.7, key="face")
    d.form(circle(-0.36, 0.12, 0.12 + puff, count=20), paint.pale, line=0.8, shade=0.6, key="cheek")
    d.form(
        circle(-0.1, 0.13, 0.035 + puff * 0.6, 0.05 + puff, 14),
        paint.dark,
        line=0.8,
        shade=0,
        key="mouth",
    )
    d.stroke(smooth([(-0.42, -0.16), (-0.32, -0.22), (-0.2, -0.17)]), 2.2, wobble=0.2)
    d.stroke(smooth([(-0.4, -0.06), (-0.32, -0.09), (-0.24, -0.05)]), 1.4, wobble=0.2)
    d.dot(-0.31, -0.055, 0.02, paint.ink)


def tornado(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tornado with what it has picked up; it has no forms."""
    count = 11
    wobble = stream.array(count)
    things = [(stream.uniform(0.15, 0.9), stream.uniform(), stream.integer(0, 3)) for _ in range(7)]

    def at(u: float, m: Moment) -> tuple[float, float, float]:
        """Middle and radius of the funnel at height u, 0 … 1."""
        sway = 0.1 * u * sin(TAU * (m.turn(0.5) - 0.6 * u)) + 0.05 * sin(
            TAU * (m.turn(1.0) - 1.3 * u)
        ) * (1 - u)
        return sway, -0.96 * u - 0.02, 0.035 + 0.4 * u * (0.35 + 0.65 * u)

    def figure(d: Drawing, m: Moment) -> None:
        u = np.linspace(0, 1, 16)
        spine = [at(float(a), m) for a in u]
        left = points(*[(x - r, y) for x, y, r in spine])
        right = points(*[(x + r, y) for x, y, r in spine])
        _things(d, paint, things, at, m, True)
        funnel = np.concatenate([left, right[::-1]])
        d.form(
            funnel, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=1.1, key="funnel"
        )
        for k in range(count):
            q = (m.turn(0.5) + k / count) % 1
            x, y, r = at(q, m)
            a = np.linspace(0.1, PI * (0.7 + 0.25 * float(wobble[k])), 12) + 0.3 * k
            band = np.stack([x + cos(a) * r * 1.04, y + sin(a) * r * 0.22], 1)
            tone = paint.shadow if k % 2 else paint.pale
            d.stroke(
                band,
                2.4 * min(1.0, 6 * q, 6 * (1 - q)) + 0.4,
                tone,
                taper=(0.3, 0.3),
                wobble=0.4,
                key=f"band{k}",
            )
        x, y, r = at(1.0, m)
        crown = [
            circle(x + r * a, y + 0.03 * b + 0.01 * m.cycle(0.5, 0.2 * b), r * size, r * 0.36, 16)
            for a, b, size in (
                (-0.9, 0, 0.5), (-0.4, -1, 0.56), (0.2, -1, 0.6), (0.8, 0, 0.52), (0.0, 1, 0.7),
            )
        ]  # fmt: skip
        d.union(crown, paint.shadow, line=1.0, shade=0.8, key="cloud")
        _things(d, paint, things, at, m, False)
        for k in range(6):
            a = TAU * (m.turn(1.0) + k / 6)
            d.form(
                circle(0.24 * cos(a), 0.0 + 0.035 * sin(a), 0.07 + 0.02 * sin(a), 0.045, 12),
                paint.pale,
                line=0.5,
                shade=0.6,
                alpha=200,
                key=f"dust{k}",
            )

    return figure


def _things(
    d: Drawing,
    paint: Paint,
    things: list[tuple[float, float, int]],
    at: Callable[[float, Moment], tuple[float, float, float]],
    m: Moment,
    behind: bool,
) -> None:
    """A hat, a house, a fence board and leaves go round and round."""
    for k, (u, phase, what) in enumerate(things):
        a = TAU * (m.turn(0.5) * (2 if u < 0.5 else 1) + phase)
        if (sin(a) < 0) != behind:
            continue
        x, y, r = at(u, m)
        here = points(x + cos(a) * r * 1.35, y + sin(a) * r * 0.3)
        spin = TAU * (m.turn(1.0) + phase)
        if what == 0:
            house = points((-0.06, 0.05), (-0.06, -0.02), (0, -0.08), (0.06, -0.02), (0.06, 0.05))
            d.form(turned(house, spin, *here), paint.accent, line=0.8, shade=0.4, key=f"house{k}")
        elif what == 1:
            board = points((-0.07, -0.014), (0.07, -0.014), (0.07, 0.014), (-0.07, 0.014))
            d.form(turned(board, spin, *here), paint.trunk, line=0.7, shade=0.3, key=f"board{k}")
        else:
            d.form(
                turned(leaf_mark(0, 0, 0.045, 0, 0.5), spin, *here),
                paint.leaf,
                line=0.6,
                shade=0,
                key=f"leaf{k}",
            )


def fog(stream: Stream, paint: Paint, form: str) -> Figure:
    """A bank of fog; it has no forms: soft long lenses without a line, each before the other."""
    rows = [
        (
            stream.uniform(-0.35, 0.35),
            -0.32 + 0.1 * k,
            stream.uniform(0.75, 1.15),
            stream.uniform(0.08, 0.13),
            stream.uniform(),
        )
        for k in range(8)
    ]

    def figure(d: Drawing, m: Moment) -> None:
        for k, (x, y, half, thick, phase) in enumerate(rows):
            slide = 0.16 * sin(TAU * (m.turn(0.25) + phase)) * (1 if k % 2 else -1)
            thick *= 1 + 0.1 * m.cycle(0.5, phase)
            ends = points(
                (x - half, y), (x - 0.4 * half, y - 0.02), (x + 0.4 * half, y + 0.02), (x + half, y)
            )
            lens = Tube(ends + points(slide, 0), [0.03, thick, thick * 1.1, thick * 0.9, 0.03], 26)
            tone = paint.colour if k % 2 else paint.pale
            d.form(
                lens.outline(), tone, line=0, shade=1.1, light=(0.1, 1), alpha=150, key=f"fog{k}"
            )
            low = lens.at(np.linspace(0.25, 0.75, 12), -0.7)
            d.stroke(
                low, 0.7, paint.shadow, taper=(0.5, 0.5), wobble=0.5, alpha=150, key=f"echo{k}"
            )

    return figure


def _air(palette: Palette) -> Colour:
    return mix(palette.light, palette.c, 0.22)


def _grey(palette: Palette) -> Colour:
    return mix(palette.mid, palette.far, 0.4)


def _mist(palette: Palette) -> Colour:
    return mix(palette.low, palette.far, 0.3)


register(
    Kind(
        "gust",
        wind,
        at=(0.44, 1.56),
        height=0.5,
        domain="air",
        width=2.0,
        top=(0.0, -0.3),
        forms=FORMS,
        colour=_air,
        quiet=("striped", "dotted", "hatched"),
        metres=4.0,
    )
)
register(
    Kind(
        "tornado",
        tornado,
        at=(0.50, 1.56),
        height=0.78,
        width=1.0,
        top=(0.0, -0.95),
        shadow=0.3,
        motion="drift-right",
        faces=False,
        colour=_grey,
        quiet=("striped", "dotted"),
        metres=200.0,
    )
)
register(
    Kind(
        "fog-bank",
        fog,
        at=(0.56, 1.56),
        height=0.4,
        domain="air",
        width=2.2,
        top=(0.0, -0.3),
        faces=False,
        colour=_mist,
        quiet=("striped", "dotted", "hatched"),
        metres=10.0,
    )
)
