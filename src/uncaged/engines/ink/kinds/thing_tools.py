"""Tools with a handle: hammers, axes, saws, brooms, spades, rakes, knives, swords, spoons, forks, brushes, pens.

How they are built: a handle that stands upright and a head upon it, each a closed form written down as points; a row
says which. They stand on the ground as if somebody had put them down for a moment, and are held by the handle.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, bezier, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import (
    Maker,
    bar,
    clad,
    edged,
    hundredths,
    moved,
    steel,
    thing,
    traced,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, in hundredths.

    handle: its spine, from the foot up. thick: half widths along it. head: parts, drawn in order after the handle:
    (outline, colour); an outline that begins with ~ is a curve, else it has corners. coloured: what wears the subject's
    colour, the handle or the head. lines: strokes on top.
    """

    handle: str
    thick: tuple[float, ...]
    head: tuple[tuple[str, str], ...]
    coloured: str = "head"
    lines: tuple[str, ...] = ()


def _outline(text: str) -> Array:
    return traced(text[1:]) if text.startswith("~") else edged(text)


def _colour(paint: Paint, name: str) -> Colour:
    return steel(paint) if name == "steel" else getattr(paint, name)


def tool(row: Tool) -> Maker:
    """A maker for a row."""

    def make(stream: Stream, paint: Paint) -> Figure:
        spine = hundredths(row.handle)
        spine[:, 0] += (
            np.linspace(0, 1, len(spine))
            * (1 - np.linspace(0, 1, len(spine)))
            * stream.uniform(-0.06, 0.06)
        )
        handle = Tube(spine, row.thick, 14)
        head = [(_outline(text), colour) for text, colour in row.head]
        lines = [traced(text, False) for text in row.lines]
        gleam = stream.uniform()

        def figure(d: Drawing, m: Moment) -> None:
            if row.coloured == "handle":
                clad(d, paint, handle.outline(), "handle", body=handle)
            else:
                d.form(handle.outline(), paint.trunk, line=0.9, shade=0.7, key="handle")
            for k, (shape, colour) in enumerate(head):
                if colour == "colour":
                    clad(d, paint, shape, f"head{k}")
                else:
                    d.form(shape, _colour(paint, colour), line=0.95, shade=0.7, key=f"head{k}")
            for k, line in enumerate(lines):
                d.stroke(line, 0.7, wobble=0.3, key=f"line{k}")
            _glint(d, paint, m, head[0][0], gleam)

        return figure

    return make


def _glint(d: Drawing, paint: Paint, m: Moment, shape: Array, lag: float) -> None:
    """A small star that wanders over the head and comes and goes."""
    low, high = shape.min(0), shape.max(0)
    at = low + (high - low) * points(0.3 + 0.2 * lag, 0.3)
    size = 0.05 * max(0.0, m.cycle(0.5, lag))
    star = points((0, -size), (size * 0.25, 0), (0, size), (-size * 0.25, 0))
    d.flat(star + at, paint.white)


TOOLS: Mapping[str, Tool] = {
    "hammer": Tool(
        "0,0 0,-40 0,-84", (0.05, 0.038, 0.034),
        (("-28,-100 6,-100 6,-80 -28,-80", "colour"), ("-36,-104 -26,-102 -26,-78 -36,-76", "colour"),
         ("~4,-99 20,-100 38,-84 22,-86 5,-81", "colour")),
    ),
    "axe": Tool(
        "2,0 -2,-30 2,-60 0,-98", (0.05, 0.036, 0.036, 0.04),
        (("~-4,-92 12,-98 34,-106 42,-78 34,-52 12,-66 -4,-72", "colour"),
         ("~34,-106 44,-80 34,-52 38,-78", "pale")),
    ),
    "saw": Tool(
        "0,-16 0,-22", (0.02, 0.02),
        (("-14,-24 -4,-100 8,-100 3,-90 10,-89 6,-79 13,-78 9,-68 16,-67 12,-57 19,-56 15,-46 22,-45 18,-35 25,-34 "
          "20,-24", "steel"),
         ("~-26,-32 -24,-6 -8,2 14,-2 30,-14 28,-32 2,-36", "colour"),
         ("~-14,-24 -13,-11 2,-8 16,-16 14,-26 0,-28", "dark")),
    ),
    "broom": Tool(
        "0,-26 0,-60 0,-100", (0.022, 0.02, 0.02),
        (("~-9,-40 9,-40 20,-8 24,0 12,-3 6,1 0,-3 -7,1 -12,-3 -24,0 -20,-8", "colour"),
         ("-9,-40 9,-40 10,-33 -10,-33", "accent")),
        lines=("-4,-30 -10,-6", "1,-30 0,-6", "5,-30 11,-6"),
    ),
    "shovel": Tool(
        "0,-30 0,-60 0,-94", (0.024, 0.022, 0.024),
        (("~-2,-44 -19,-38 -20,-14 0,2 20,-14 19,-38 2,-44", "steel"), ("-13,-100 13,-100 13,-94 -13,-94", "colour")),
        lines=("0,-36 0,-12",),
    ),
    "rake": Tool(
        "0,-6 0,-50 0,-100", (0.02, 0.02, 0.022),
        (("-30,-12 30,-12 30,-6 -30,-6", "colour"),
         *((f"{x},-7 {x + 4},-7 {x + 3},3 {x + 1},3", "colour") for x in (-29, -18, -7, 4, 15, 25))),
    ),
    "knife": Tool(
        "0,0 0,-18 0,-36", (0.055, 0.045, 0.05),
        (("~-5,-36 -5,-70 -3,-90 5,-100 9,-70 7,-36", "steel"), ("-7,-39 9,-39 9,-34 -7,-34", "dark")),
        "handle", ("-1,-40 0,-86",),
    ),
    "sword": Tool(
        "0,-6 0,-14 0,-22", (0.03, 0.026, 0.03),
        (("-5,-24 -4,-92 0,-102 4,-92 5,-24", "steel"), ("~-19,-27 0,-23 19,-27 20,-22 0,-18 -20,-22", "colour"),
         ("~0,-8 5,-4 0,1 -5,-4", "colour")),
        lines=("0,-30 0,-88",),
    ),
    "spoon": Tool(
        "0,0 0,-30 0,-66", (0.05, 0.022, 0.025),
        (("~0,-62 -15,-74 -17,-90 0,-101 17,-90 15,-74", "steel"), ("~0,-70 -9,-78 -10,-89 0,-96 8,-89 8,-78", "pale")),
        "handle",
    ),
    "fork": Tool(
        "0,0 0,-30 0,-64", (0.05, 0.022, 0.028),
        (("-3,-62 -13,-72 -14,-100 -9,-100 -8,-80 -2,-79 -2,-101 2,-101 2,-79 8,-80 9,-100 14,-100 13,-72 3,-62",
          "steel"),),
        "handle",
    ),
    "brush": Tool(
        "0,0 0,-34 0,-66", (0.018, 0.04, 0.03),
        (("~-6,-72 -9,-82 -2,-100 1,-103 9,-84 6,-72", "accent"), ("-6,-73 6,-73 5,-60 -5,-60", "steel")),
        "handle", ("0,-76 0,-94", "3,-76 3,-88"),
    ),
    "pen": Tool(
        "0,-28 0,-60 0,-100", (0.07, 0.07, 0.05),
        (("-6,-30 6,-30 2,-6 0,0 -2,-6", "steel"), ("-7,-36 7,-36 7,-29 -7,-29", "accent")),
        "handle", ("0,-22 0,-2",),
    ),
    "pencil": Tool(
        "0,-24 0,-60 0,-92", (0.075, 0.075, 0.075),
        (("-8,-25 8,-25 2,-4 0,0 -2,-4", "pale"), ("-3,-8 3,-8 0,0", "dark"), ("-8,-96 8,-96 8,-88 -8,-88", "steel"),
         ("-8,-102 8,-102 8,-95 -8,-95", "accent")),
        "handle", ("-3,-28 -3,-86", "3,-28 3,-86"),
    ),
}  # fmt: skip


def _needle(stream: Stream, paint: Paint) -> Figure:
    shaft = hundredths("0,0 3,-94 -3,-94")

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.05 * m.cycle(0.33)
        thread = traced("2,-92 22,-99 32,-76 14,-56 26,-30 44,-20 40,-4 60,0", False)
        thread = thread + points(1, 0) * (sway * np.linspace(0, 1, len(thread)))[:, None]
        d.stroke(thread, 1.6, paint.colour, wobble=0.4, taper=(0.02, 0.2), key="thread")
        d.form(shaft, steel(paint), line=0.8, shade=0.3, key="shaft")
        d.form(
            traced("-4,-92 -4,-100 0,-104 4,-100 4,-92 0,-88"), steel(paint), line=0.9, key="head"
        )
        d.form(bar((0, -0.94), (0, -0.985), 0.011), paint.dark, line=0, shade=0, key="eye")
        d.stroke(bezier((0.0, -0.95), (-0.08, -0.93), (-0.1, -0.84)), 1.4, paint.colour, key="end")

    return figure


_ROWS = (
    ("hammer", 0.46, 0.35, 0.75, -0.2), ("axe", 0.52, 0.75, 0.75, -0.2), ("saw", 0.5, 0.55, 0.45, -0.14),
    ("broom", 0.62, 1.4, 0.45, -0.7), ("shovel", 0.6, 1.1, 0.4, -0.7), ("rake", 0.62, 1.5, 0.6, -0.6),
    ("knife", 0.46, 0.3, 0.2, -0.18), ("sword", 0.6, 1.0, 0.4, -0.14), ("spoon", 0.46, 0.2, 0.35, -0.25),
    ("fork", 0.46, 0.2, 0.3, -0.25), ("brush", 0.48, 0.25, 0.2, -0.35), ("pen", 0.46, 0.15, 0.16, -0.5),
    ("pencil", 0.48, 0.18, 0.18, -0.5),
)  # fmt: skip
"""name, height, metres, width, where it is held."""

for _k, (_name, _height, _metres, _width, _held) in enumerate(_ROWS):
    thing(
        _name,
        tool(TOOLS[_name]),
        (-0.95 + 0.06 * _k, 0.34),
        _height,
        _metres,
        width=_width,
        grip=(0.0, _held),
        rock=0.03,
        shadow=0.14,
        instead={"fly": "broom-ridden", "glide": "broom-ridden"} if _name == "broom" else None,
        rest="sit" if _name == "broom" else "",  # a witch rides it
    )


def _ridden(stream: Stream, paint: Paint) -> Figure:
    """The broom as one flies on it: level, the twigs behind."""
    upright = tool(TOOLS["broom"])(stream, paint)

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        upright(part, m)
        moved(d, part, 1.47, (-0.5, 0.05))

    return figure


thing(
    "broom-ridden", _ridden, (-0.59, 0.20), 0.4, 1.4,
    domain="air", width=1.0, top=(0.02, 0.02), grip=(0.02, 0.04), rock=0.02, motion="fly", faces=True, hidden=True,
)  # fmt: skip
thing("needle", _needle, (-0.17, 0.34), 0.5, 0.06, width=1.0, grip=(0, -0.5), rock=0.03, shadow=0.1)
