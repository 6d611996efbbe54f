"""A plot: lines in drawing order, by pen, and its SVG in millimetres. Knows no stage and no raster."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.numbers import Array


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line without lifting the pen.

    points: (n, 2), frame coordinates (units of the shorter side, y down). width: of the ink, same units.
    colour: as it was drawn. layer: the role of the palette's colour that is nearest to it: which pen draws it.
    """

    points: Array
    width: float
    colour: Colour
    layer: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything a plotter draws. across, down: the sheet in units of its shorter side. pens: layer → colour.

    left_out: what the picture has and the plot has not, since it was too much.
    """

    across: float
    down: float
    pens: Mapping[str, Colour]
    strokes: tuple[Stroke, ...]
    left_out: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Stroke]:
        return iter(self.strokes)

    def __len__(self) -> int:
        return len(self.strokes)


def together(plots: Sequence[tuple[int, int, int, Plot]], width: int, height: int) -> Plot:
    """Several plots on one sheet: left and upper edge and shorter side of each in pixels of the sheet."""
    if len(plots) == 1:
        return plots[0][3]
    side = min(width, height)
    strokes: list[Stroke] = []
    pens: dict[str, Colour] = {}
    for left, top, own, plot in plots:
        k, corner = own / side, np.array((left / side, top / side))
        strokes += [replace(s, points=s.points * k + corner, width=s.width * k) for s in plot]
        pens = {**plot.pens, **pens}
    left_out = dict.fromkeys(name for *_, plot in plots for name in plot.left_out)
    return Plot(width / side, height / side, pens, tuple(strokes), tuple(left_out))


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 knows no way to write, not even as a reference: control characters, lone surrogates, U+FFFE, U+FFFF."""

LONGER_SIDE = 277.0
"""Millimetres: an A4 sheet with a margin of ten."""


def svg(plot: Plot, millimetres: float = LONGER_SIDE, title: str = "") -> str:
    """The plot as SVG for a pen plotter; one unit is one millimetre.

    millimetres: the longer side of the drawing. One layer for each pen, in the order in which they are first needed;
    within a layer the drawing order is kept. title: any text; what XML cannot hold is left out of it. Always the same
    text for the same plot.
    """
    k = millimetres / max(plot.across, plot.down)
    width, height = _mm(plot.across * k), _mm(plot.down * k)
    layers: dict[str, list[str]] = {}
    for stroke in plot:
        layers.setdefault(stroke.layer, []).append(_path(stroke, k))
    groups = "".join(
        _layer(number, name, plot.pens[name], paths)
        for number, (name, paths) in enumerate(layers.items(), 1)
    )
    about = (
        f"{len(plot)} lines for {len(layers)} pens, {width} x {height} mm, in drawing order; "
        f"each layer is one pen."
    )
    if plot.left_out:
        about += f" There was too much to draw: without {', '.join(plot.left_out)}."
    title = _NOT_XML.sub("", title).strip() or "A drawing"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" version="1.1" '
        f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(about)}</desc>\n"
        f"{groups}</svg>\n"
    )


def _layer(number: int, name: str, colour: Colour, paths: list[str]) -> str:
    code = "#{:02x}{:02x}{:02x}".format(*colour)
    return (
        f'<g id="pen-{name}" inkscape:groupmode="layer" inkscape:label="{number} {name} {code}" '
        f'fill="none" stroke="{code}" stroke-linecap="round" stroke-linejoin="round">\n'
        f"{''.join(paths)}</g>\n"
    )


def _path(stroke: Stroke, k: float) -> str:
    line = " L".join(f"{_mm(x)},{_mm(y)}" for x, y in (stroke.points * k).tolist())
    return f'<path stroke-width="{_mm(max(stroke.width * k, 0.05))}" d="M{line}"/>\n'


def _mm(x: float) -> str:
    """Millimetres to the hundredth, without zeros that say nothing."""
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
