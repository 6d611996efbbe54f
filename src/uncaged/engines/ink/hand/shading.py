"""What lies inside a form: its shadow as grain, hatching or points, its pattern, both cut by it. Paints nothing.

Steps in pixels; which lines and points there are was decided for all forms at once.
"""

from collections.abc import Iterator

import numpy as np

from uncaged.engines.ink.colour import Colour, mix, shade
from uncaged.engines.ink.display import Form, Grain
from uncaged.engines.ink.hand.gather import Item
from uncaged.engines.ink.hand.hatching import Shade
from uncaged.engines.ink.hand.lines import FAINT, SMALLEST, Sheet, shadow_side, tone, tone_of
from uncaged.engines.ink.hand.paths import Contour, rings, tamed
from uncaged.engines.ink.hand.patterns import Marks, across, pattern
from uncaged.engines.ink.hand.steps import Even, Fill, Step, Tone, Within, Without
from uncaged.engines.ink.hand.stippling import stipple
from uncaged.engines.ink.manner import Manner

PLENTY = 0.9
"""An amount of shade, from which on shadows become darker as well as larger."""


def alpha_of(alpha: float) -> int:
    """An alpha that may be any number, as 0 … 255."""
    return int(tamed(alpha, 0, 255))


def shaded(
    sheet: Sheet, mark: Form, item: Item, contour: Contour, colour: Colour
) -> Iterator[Step]:
    """Grain or hatching, then the pattern, both cut by the form."""
    manner = item.manner
    amount = tone(item, mark.shade)
    yield from toned(sheet, item, item.first, contour, colour, amount, mark.light)
    if mark.fill in ("plain", "outlined"):
        return
    marks = _pattern(sheet, mark, item)
    if len(marks.lines) or len(marks.discs):
        yield Within(contour)
        yield marked(marks, mark.colour2 or shade(colour, manner.palette))
        yield Without()


def toned(
    sheet: Sheet,
    item: Item,
    k: int,
    contour: Contour,
    colour: Colour,
    amount: float,
    light: tuple[float, float] | None,
) -> Iterator[Step]:
    """The shadow inside a contour: grain that is stretched to the form's box, or the pen's hatching."""
    made_of = tone_of(item.manner)
    if made_of == "hatching":
        hatched = sheet.hatched.get(k)
        if hatched is not None and hatched.lines:
            width = sheet.width(item, 0.42)
            yield Within(contour)
            yield Even(hatched.lines, width, hatched.ink, item.manner.ink, 235)
            yield Without()
    elif made_of == "stipple":
        dots = sheet.dotted.get(k)
        if dots is not None and len(dots):
            yield Within(contour)
            yield Fill(rings(dots), mix(colour, item.manner.ink, 0.7), 255, False)
            yield Without()
    elif made_of == "grain":
        yield from _grain(sheet, item, k, contour, colour, amount, light)


def _grain(
    sheet: Sheet,
    item: Item,
    k: int,
    contour: Contour,
    colour: Colour,
    amount: float,
    light: tuple[float, float] | None,
) -> Iterator[Step]:
    """Grain towards the shadow; chalk, where it is rubbed in, thickens towards the light; a lamp lights its side."""
    manner, box = item.manner, sheet.box(k)
    if amount <= FAINT or min(box[2] - box[0], box[3] - box[1]) < SMALLEST:
        return
    towards = shadow_side(item, light)
    if manner.hand.fills == "rubbed":
        yield Tone(contour, box, colour, (-towards[0], -towards[1]), amount)
        return
    yield Tone(contour, box, shade(colour, manner.palette, _deep(manner)), towards, amount)
    if manner.glow is not None:
        yield Tone(contour, box, manner.glow[0], (-towards[0], -towards[1]), manner.glow[1])


def _deep(manner: Manner) -> float:
    """How much darker a shadow is: more, once there is more shade than plain."""
    beyond = tamed(manner.shade - PLENTY, 0, 4)
    return 0.17 if beyond == 0 else round(0.17 * (1 + 1.4 * beyond), 3)


def strewn(sheet: Sheet, mark: Grain, item: Item) -> Iterator[Step]:
    """Grain over a box, as points."""
    corners = item.place.of(np.array([mark.box[:2], mark.box[2:]]))
    (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
    towards, amount = item.place.towards(mark.light), tamed(mark.amount, 0, 3)
    key = f"{item.manner.ink}/{mark.amount:.3f}"
    shade_ = Shade((left, top, right, bottom), towards, amount, key, item.manner.density)
    dots = stipple([shade_], sheet.pixels)[0]
    if len(dots):
        yield Fill(
            rings(dots), mix(mark.colour, item.manner.ink, 0.35), alpha_of(mark.alpha), False
        )


def dense(manner: Manner) -> float:
    """Marks for each plain one, whatever the manner says."""
    return tamed(manner.density, 0.05, 100, 1.0)


def _pattern(sheet: Sheet, mark: Form, item: Item) -> Marks:
    k = item.first
    if mark.body is None:
        at, length = across(sheet.shapes.low[k], sheet.shapes.high[k])
        marks = mark.marks / dense(item.manner)
        return pattern(mark.fill, at, length, sheet.pixels, mark.key, marks)
    body, place = mark.body, item.place
    d = body.p[1:] - body.p[:-1]
    length = float(np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]).sum()) * place.unit
    return pattern(
        mark.fill,
        lambda u, v: place.of(body.at(u, v)),
        tamed(length),
        sheet.pixels,
        mark.key,
        mark.marks / dense(item.manner),
    )


def marked(marks: Marks, colour: Colour) -> Step:
    lines = [marks.lines] if len(marks.lines) else []
    return Even(lines, marks.width, marks.contours(), colour)
