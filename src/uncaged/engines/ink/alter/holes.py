"""Holes: a figure's outline cut out of the world. Inside it is the bare sheet, with the shadow of its edge."""

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import Drawing, Flat, Form, Mark, Multi, Overprint, Stroke, Union
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.marks import flat, like
from uncaged.engines.ink.numbers import Array

_EDGE = (0.016, 0.022)
"""How far the shadow of the upper left edge falls into the hole, in heights."""

_THICK = 0.010
"""Half the breadth of a stroke's cut for each plain width."""


def cut_out(drawing: Drawing) -> Drawing:
    """The hole in the shape of a drawing: everything it covers, as one."""
    out = like(drawing)
    palette = drawing.manner.palette
    sheet = bare(palette)
    polygons = [p for mark in flat(drawing) for p in _covered(mark) if len(p) > 2]
    if not polygons:
        return out
    dark: Colour = mix(sheet, (0, 0, 0) if palette.negative else palette.deep, 0.5)
    out.stencil(polygons)
    out.multi(polygons, dark, line=0.0, key="edge")
    dx, dy = (-_EDGE[0] if drawing.flip else _EDGE[0]), _EDGE[1]
    for share, tone in ((0.55, 0.45), (1.0, 0.0)):
        inner = [p + np.array((dx, dy)) * share for p in polygons]
        out.multi(inner, mix(sheet, dark, tone), line=0.0, key=f"sheet{share}")
    out.unclip()
    return out


def _covered(mark: Mark) -> list[Array]:
    match mark:
        case Form() if mark.alpha > 60:
            return [mark.points]
        case Flat() if mark.alpha > 120:
            return [mark.points]
        case Union() | Multi():
            return mark.polygons
        case Overprint():
            return [mark.first, mark.second]
        case Stroke() if len(mark.points) > 2 and mark.alpha > 120:
            thick = _THICK * min(max(mark.width, 0.3), 4.0)
            return [
                Tube(
                    mark.points, [0.4 * thick, thick, 0.5 * thick], len(mark.points), False
                ).outline()
            ]
        case _:
            return []
