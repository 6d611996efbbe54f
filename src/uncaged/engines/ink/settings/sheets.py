"""Sheets: the still layers of a setting, drawn when it is built; and props, kinds that stand in a setting.

A sheet is a display list in frame coordinates. Knows no pixels and no single setting.
"""

from uncaged.engines.ink.colour import HUES, Colour, mix, shade
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.paint import paint
from uncaged.engines.ink.settings import Ground


def toned(ground: Ground, tone: Colour, share: float = 0.0, line: float = 1.0) -> Manner:
    """The setting's manner with its ink mixed towards the colour of a layer, and its line `line` times as wide."""
    manner = ground.manner
    return manner.evolve(ink=mix(manner.ink, tone, share), line=manner.line * line)


def sheet(
    ground: Ground,
    name: str,
    depth: float,
    tone: Colour = (0, 0, 0),
    share: float = 0.0,
    line: float = 1.0,
) -> Drawing:
    """A still layer in front of those that are there; its marks may be written until the film starts.

    tone, share: what its ink is mixed with (aerial perspective). line: factor of the base line width.
    """
    drawing = Drawing(name, toned(ground, tone, share, line))
    ground.add(name, depth, lambda frame, _: frame.group(drawing, 0, 0, 1, 1))
    return drawing


def prop(
    ground: Ground,
    on: Drawing,
    kind: str,
    key: str,
    x: float,
    y: float,
    size: float,
    *,
    hue: str = "",
    form: str = "",
    tone: Colour = (0, 0, 0),
    share: float = 0.0,
    line: float = 1.0,
    flip: bool = False,
    sway: float = 0.0,
) -> None:
    """A kind as part of the surroundings, `size` high with its anchor at (x, y), on a sheet.

    hue: a named one, or the kind's own. tone, share: what all its colours are mixed with. flip: it faces left.
    """
    own = kinds()[kind]
    stream = ground.stream.sub(key)
    colours = paint(
        stream.sub("c"), ground.palette, HUES[hue] if hue else None, "plain", ground.behind, kind
    )
    if own.colour and not hue:
        natural = own.colour(ground.palette)
        colours = colours.evolve(colour=natural, shadow=shade(natural, ground.palette, 0.12))
    figure = own.build(stream, colours.toned(tone, share), form)
    drawing = on.inside(key, toned(ground, tone, share, line), size, flip)
    figure(drawing, Moment(0.0, sway=sway))
    on.group(drawing, x, y, -size if flip else size, size)
