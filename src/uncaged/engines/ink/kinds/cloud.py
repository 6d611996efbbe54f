"""A cloud: two flat-based rows of lobes, one behind the other, that breathe.

How it is built: `cloud_form` draws each outline by lot once; a frame only lifts and lowers its lobes, each a little
later than the one before it. Its marks are its own shadow: a pattern drawn by lot would be the loudest
thing in the sky.
"""

import numpy as np

from uncaged.engines.ink.colour import Colour, Palette, mix
from uncaged.engines.ink.curves import bezier
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.foliage import CLOUD_ARC, cloud_form
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

_BACK, _FRONT = 0.02, 0.14
"""Height of the two bases."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A cloud; it has no forms."""
    lobes = stream.integer(4, 6)
    back = cloud_form(stream.sub("back"), stream.pick((-0.14, 0.12)), _BACK, 0.66, 0.26, lobes)
    front = cloud_form(stream.sub("front"), -0.06, _FRONT, 0.95, 0.34, lobes)
    curls = [_curl(stream.sub(k)) for k in range(5)]

    def figure(drawing: Drawing, moment: Moment) -> None:
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
        faces=False,
        colour=_colour,
    )
)
