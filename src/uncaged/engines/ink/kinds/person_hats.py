"""Draws what people wear on their heads, from the rows of `person_hat_rows`. Knows no hair and no faces."""

from functools import cache
from typing import Protocol

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_hat_rows import BACKS, HATS, Part
from uncaged.engines.ink.numbers import Array
from uncaged.engines.ink.paint import Paint


class Seat(Protocol):
    """Where a head is; see `face.Place`."""

    def at(self, form: Array) -> Array:
        """Units of the radius → the figure's frame."""
        ...

    def dot(
        self, d: Drawing, x: float, y: float, radius: float, colour: Colour, alpha: int = 255
    ) -> None:
        """A dot in units of the radius."""
        ...


def draw_hat(d: Drawing, paint: Paint, name: str, seat: Seat, half: bool, behind: bool) -> None:
    """The part of a hat that lies behind the skull, or the one over it. half: the head is half turned to us."""
    table = BACKS if behind else HATS
    rows = table.get(name)
    if rows is None:
        return
    for k, part in enumerate(rows[half and len(rows) > 1]):
        _draw(d, paint, part, seat, f"hat{'-' if behind else ''}{k}")


def _draw(d: Drawing, paint: Paint, part: Part, seat: Seat, key: str) -> None:
    colour: Colour = getattr(paint, part.colour)
    match part.how:
        case "form" | "brim":
            d.form(seat.at(_curve(part)), colour, line=0.8, shade=0.5, key=key)
        case "sharp":
            d.form(seat.at(_curve(part)), colour, line=0.85, shade=0.4, key=key)
        case "band":
            d.flat(seat.at(_curve(part)), colour)
        case "line":
            line = seat.at(_curve(part))
            d.stroke(line, part.wide, colour, wobble=0.1, taper=(0.04, 0.04), key=key)
        case "dots":
            for x, y in part.at:
                seat.dot(d, x, y, part.wide, colour)


@cache
def _curve(part: Part) -> Array:
    """The outline or line of a part, in units of the radius. Shared, so read only."""
    match part.how:
        case "form":
            curve = smooth(part.at, True, 4)
        case "brim":
            curve = Tube(part.at, [0.1, 0.2, 0.1], 10).outline()
        case "line":
            curve = smooth(part.at, per=3)
        case _:
            curve = points(*part.at)
    curve.flags.writeable = False
    return curve
