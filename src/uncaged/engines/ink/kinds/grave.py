"""A grave: a leaning stone or a cross, flowers somebody brought, a raven. Knows nobody's name.

How it is built: stone and cross lean by one angle; the grass before them sways, the raven looks about.
"""

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import grass, sharp, sun
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("stone", "cross", "celtic")


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A grave; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("stone", "stone", "cross"))
    lean = stream.uniform(-0.09, 0.09)
    raven = stream.chance(0.45)
    blades = stream.array(11, -1, 1).tolist()
    blooms = stream.integer(2, 4)

    def figure(d: Drawing, m: Moment) -> None:
        mound = smooth(
            [(-0.62, 0.03), (-0.4, -0.06), (0.0, -0.08), (0.4, -0.06), (0.62, 0.03), (0.0, 0.06)],
            True,
            4,
        )
        d.form(mound, paint.leaf_dark, line=0.8, shade=0.8, key="mound")
        (_slab if form == "stone" else _cross)(d, paint, lean, form == "celtic")
        if raven:
            _raven(d, paint, lean, -0.93 if form == "stone" else -0.96, m)
        grass(d, paint, blades, m, 0.56, 0.8)
        for k in range(blooms):
            x = 0.16 + 0.09 * k
            d.stroke(points((x - 0.02, 0.02), (x, -0.08)), 1.0, paint.leaf, wobble=0.2)
            d.form(
                circle(x, -0.11, 0.04, count=10),
                (paint.accent, paint.pale)[k % 2],
                line=0.6,
                shade=0.1,
            )

    return figure


def _slab(d: Drawing, paint: Paint, lean: float, ringed: bool) -> None:
    """A stone with a round head, lines nobody can read any more, a crack."""
    edge = [(-0.29, -0.02), (-0.28, -0.6), (-0.2, -0.84), (0.0, -0.93)]
    stone = turned(smooth([*edge, (0.2, -0.84), (0.28, -0.6), (0.29, -0.02)]), lean)
    d.form(
        stone,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        light=sun(d),
        key="stone",
    )
    for k, half in enumerate((0.13, 0.17, 0.15, 0.1)):
        y = -0.62 + 0.11 * k
        line = points((-half, y), (-half * 0.2, y + 0.008), (half, y))
        d.stroke(turned(line, lean), 1.0, wobble=1.2)
    crack = points((0.14, -0.86), (0.1, -0.74), (0.15, -0.66), (0.11, -0.56))
    d.stroke(turned(crack, lean), 0.8, wobble=0.3)


def _cross(d: Drawing, paint: Paint, lean: float, ringed: bool) -> None:
    """A cross; with a ring behind its arms where it is a Celtic one."""
    a = 0.085
    right = [(a, -0.96), (a, -0.7), (0.3, -0.7), (0.3, -0.54), (a, -0.54), (a, 0.0)]
    cross = points(*[(-x, y) for x, y in reversed(right)], *right)
    if ringed:
        for radius, tone, count in ((0.24, paint.second, 28), (0.15, paint.dark, 22)):
            disc = turned(circle(0, -0.62, radius, count=count), lean)
            d.form(disc, tone, line=0.9, shade=0.4, key=f"ring{count}")
    d.form(
        turned(sharp(cross), lean),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        light=sun(d),
        key="cross",
    )
    heart = turned(circle(0, -0.62, 0.045, count=14), lean)
    d.form(heart, paint.accent, line=0.7, shade=0.2)


def _raven(d: Drawing, paint: Paint, lean: float, y: float, m: Moment) -> None:
    """It looks this way and that, and opens its beak."""
    x, y = turned(points(0.0, y), lean)
    nod = 0.014 * m.cycle(0.5, 0.2)
    body = Tube(
        points((x - 0.2, y + 0.02), (x - 0.03, y - 0.1), (x + 0.07, y - 0.2 + nod)),
        [0.015, 0.075, 0.055],
        14,
    )
    for leg in (-0.02, 0.02):
        d.stroke(points((x + leg, y + 0.005), (x + leg, y - 0.05)), 1.0, wobble=0)
    d.form(body.outline(), paint.dark, line=0.9, shade=0.4, key="raven")
    wing = smooth(
        [(x - 0.01, y - 0.15), (x - 0.08, y - 0.11), (x - 0.19, y - 0.0), (x - 0.06, y - 0.05)],
        True,
        3,
    )
    d.form(wing, paint.dark_shadow, line=0.7, shade=0.3, key="wing")
    gape = 0.012 * max(0.0, m.cycle(1.0))
    for side, tone in ((-1, paint.ink), (1, paint.ink)):
        beak = points(
            (x + 0.11, y - 0.21 + nod), (x + 0.2, y - 0.195 + nod + side * gape),
            (x + 0.11, y - 0.19 + nod + 0.01 * side),
        )  # fmt: skip
        d.form(beak, tone, line=0.5, shade=0)
    d.form(circle(x + 0.085, y - 0.215 + nod, 0.017, count=10), paint.white, line=0, shade=0)
    d.dot(float(x) + 0.09, float(y) - 0.215 + nod, 0.008, paint.ink)


register(
    Kind(
        "grave",
        build,
        at=(0.68, 1.28),
        height=0.38,
        home="meadow",
        width=1.1,
        top=(0.0, -0.92),
        shadow=0.5,
        forms=FORMS,
        faces=False,
        metres=1.1,
    )
)
