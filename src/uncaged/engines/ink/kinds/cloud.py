"""A cloud: two flat-based rows of lobes, one behind the other, that breathe; by itself, or with what falls from it.

How it is built: `cloud_form` draws each outline by lot once; a frame only lifts and lowers its lobes, each a little
later than the one before it. Its marks are its own shadow: a pattern drawn by lot would be the loudest
thing in the sky.
"""

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, Palette, mix, under
from uncaged.engines.ink.curves import bezier, circle, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import CLOUD_ARC, cloud_form
from uncaged.engines.ink.kinds.waters import water
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("plain", "rain", "storm", "snow")
_BACK, _FRONT = 0.02, 0.14
"""Height of the two bases."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cloud; `form` is one of `FORMS`: plain, or with rain, snow, or a flash of lightning. "" is plain."""
    lobes = stream.integer(4, 6)
    back = cloud_form(stream.sub("back"), stream.pick((-0.14, 0.12)), _BACK, 0.66, 0.26, lobes)
    front = cloud_form(stream.sub("front"), -0.06, _FRONT, 0.95, 0.34, lobes)
    curls = [_curl(stream.sub(k)) for k in range(5)]
    falling = [(stream.sub("fall").sub(k).uniform(), -0.5 + k / 13) for k in range(14)]
    if form == "storm":
        paint = paint.evolve(
            colour=paint.shadow, shadow=mix(paint.shadow, paint.palette.near, 0.45)
        )

    def figure(drawing: Drawing, moment: Moment) -> None:
        if form in ("rain", "storm"):
            _rain(drawing, paint, falling, moment)
        elif form == "snow":
            _snow(drawing, paint, falling, moment)
        if form == "storm":
            _flash(drawing, paint, moment)
        behind = _breathe(back, _BACK, moment, 0.05, 0.2)
        drawing.form(behind, paint.shadow, line=0.8, shade=0.7, light=(0.2, 1), key="back")
        before = _breathe(front, _FRONT, moment, 0.06, 0.17)
        drawing.form(
            before,
            paint.colour,
            fill=paint.fill,
            colour2=paint.shadow,
            line=0.9,
            shade=0.9,
            light=(0.25, 1),
            key="front",
        )
        drawing.clip(before)
        for k, curl in enumerate(curls):
            drawing.stroke(curl, 0.7, paint.shadow, wobble=0.4, key=f"curl{k}")
        drawing.unclip()

    return figure


def _breathe(outline: Array, base: float, moment: Moment, amount: float, late: float) -> Array:
    """The lobes a little higher or lower over their base."""
    lobes = (len(outline) - 7) // CLOUD_ARC
    lift = np.array([1 + amount * moment.cycle(0.5, late * i) for i in range(lobes)])
    out = outline.copy()
    arcs = slice(1, 1 + lobes * CLOUD_ARC)
    out[arcs, 1] = base + (out[arcs, 1] - base) * np.repeat(lift, CLOUD_ARC)
    return out


def _rain(d: Drawing, paint: Paint, falling: list[tuple[float, float]], m: Moment) -> None:
    """Strokes that slant and fall, each from its own place."""
    for k, (start, x) in enumerate(falling):
        q = (m.turn(1.0) + start) % 1
        y = _FRONT + 0.75 * q
        at = points((x - 0.05 * q, y), (x - 0.05 * q - 0.02, y + 0.13))
        fade = min(1.0, 8 * q, 3 * (1 - q))
        d.stroke(at, 1.7 * fade, water(paint.palette), taper=(0.6, 0.1), wobble=0.1, key=f"rain{k}")


def _snow(d: Drawing, paint: Paint, falling: list[tuple[float, float]], m: Moment) -> None:
    """Flakes that swing as they sink."""
    flakes: list[Array] = []
    for start, x in falling:
        q = (m.turn(0.5) + start) % 1
        size = 0.026 * min(1.0, 8 * q, 4 * (1 - q))
        at = x + 0.05 * sin(6.283185307179586 * (q + start))
        flakes.append(circle(at, _FRONT + 0.08 + 0.7 * q, size, count=8))
    d.multi(flakes, paint.white, line=0.6, key="flakes")


def _flash(d: Drawing, paint: Paint, m: Moment) -> None:
    """A bolt that comes and goes."""
    q = m.turn(1.0) % 1
    strong = q < 0.2 or 0.3 < q < 0.45
    tone = mix(under(HUES["yellow"], paint.palette), paint.palette.light, 0.4 if strong else 0.0)
    bolt = [(0.06, 0.1), (-0.08, 0.36), (0.03, 0.35), (-0.06, 0.66), (0.16, 0.28), (0.05, 0.29)]
    bolt += [(0.17, 0.1)]
    if strong:
        d.flat(circle(0.04, 0.3, 0.34, count=26), tone, 60)
    d.form(points(*bolt), tone, line=0.9, shade=0.1, key="bolt")


def _curl(stream: Stream) -> Array:
    x, y = stream.uniform(-0.4, 0.3), 0.08 - stream.uniform(0, 0.16)
    return bezier((x, y), (x + 0.06, y - 0.05), (x + 0.13, y + 0.005))


def _colour(palette: Palette) -> Colour:
    return mix(palette.light, palette.low, 0.2)


register(
    Kind(
        name="cloud",
        build=build,
        at=(0.96, 0.96),
        height=0.46,
        domain="sky",
        home="sky",
        width=1.1,
        top=(0.0, -0.1),
        motion="drift-right",
        forms=FORMS,
        metres=1.2,  # as large as it looks: somebody may hold it
        faces=False,
        colour=_colour,
    )
)
