"""A tabletop at the lower edge, for a small thing that is seen alone from near: it must lie on something its size.

Stands before everything of the room. Knows no room and no thing.
"""

from uncaged.engines.ink.colour import HUES, Colour, lightness, mix, shade, under
from uncaged.engines.ink.curves import bezier, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.settings.layout import MARGIN
from uncaged.engines.ink.settings.sheets import sheet

_BACK, _FRONT, _EDGE = 0.79, 0.965, 0.035
"""Shares of the height: where the top ends behind and in front, and how thick it is."""


def tabletop(ground: Ground) -> None:
    """The top of a table, wood or under a cloth, across the frame or round at both ends."""
    p, lots = ground.palette, ground.stream.sub("tabletop")
    wood = mix(under(HUES["brown"], p), p.light, lots.uniform(0.1, 0.45))
    if p.paper:
        wood = mix(p.light, p.mid, 0.25)
    cloth = lots.pick(("", "", "a", "b", "c"))
    colour = mix(p.role(cloth), p.light, 0.55) if cloth else wood
    on = sheet(ground, "tabletop", 1.0, colour, 0.1, 0.9)
    inset = lots.uniform(-0.25, 0.08)
    form = _top(ground, inset)
    on.form(form + points(0.0, _EDGE * ground.height), shade(wood, p, 0.12), line=0.9, shade=0.6)
    on.form(
        form, colour, line=0.9, shade=0.4, fill="striped" if cloth and lots.chance(0.6) else "plain"
    )
    if not cloth:
        _grain(ground, on, lots, shade(wood, p, 0.08))
    ground.stand = colour
    if abs(lightness(ground.behind) - lightness(colour)) < 0.04:
        on.stroke(form[:2], 1.2, wobble=0.4)


def _top(ground: Ground, inset: float) -> Array:
    h, w = ground.height, ground.width
    reach = -MARGIN if inset < 0 else inset
    return points(
        (reach + 0.1, _BACK * h),
        (w - reach - 0.1, _BACK * h),
        (w - reach, _FRONT * h),
        (reach, _FRONT * h),
    )


def _grain(ground: Ground, on: Drawing, lots: Stream, tone: Colour) -> None:
    for _ in range(7):
        y = ground.height * lots.uniform(_BACK + 0.03, _FRONT - 0.02)
        x, long = lots.uniform(0.15, 0.7) * ground.width, lots.uniform(0.1, 0.3)
        line = bezier((x, y), (x + long / 2, y - 0.006), (x + long, y + 0.002))
        on.stroke(line, 0.6, tone, wobble=0.5)
