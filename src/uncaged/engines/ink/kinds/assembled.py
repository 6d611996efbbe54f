"""Things put together from parts that are written down as points: how a row of text becomes a figure.

A row lists closed forms and strokes in the order they are drawn. Knows no single thing; its files hold the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import Maker, clad, edged, steel, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

Life: TypeAlias = Callable[[Drawing, Paint, Moment, float], None]
"""What moves on it by itself, drawn over it; the last argument is its own phase, 0 … 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, in hundredths of its height.

    parts: (outline, colour), from back to front. An outline is ``"x,y x,y …"`` with corners, a curve behind ``~``, an
    oval ``"o x,y rx,ry"`` (its middle, its radii) behind ``o``. A colour is a name of `Paint` or ``steel``; ``colour``
    wears the subject's colour and pattern. lines: strokes on top, (points, width); life: what moves.
    """

    parts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, float], ...] = ()
    life: Life | None = None


def outline(text: str) -> Array:
    """A part's closed form; see `Row`.

    >>> outline("o 0,-50 10,20").shape
    (28, 2)
    """
    if text.startswith("~"):
        return traced(text[1:])
    if text.startswith("o "):
        middle, radii = ([float(n) / 100 for n in pair.split(",")] for pair in text[2:].split(" "))
        return circle(middle[0], middle[1], radii[0], radii[1], 28)
    return edged(text)


def assembled(row: Row) -> Maker:
    """A maker for a row."""

    def make(stream: Stream, paint: Paint) -> Figure:
        parts = [(outline(text), colour) for text, colour in row.parts]
        lines = [(traced(text, False), width) for text, width in row.lines]
        lag = stream.sub("life").uniform()

        def figure(d: Drawing, m: Moment) -> None:
            for k, (shape, colour) in enumerate(parts):
                if colour == "colour":
                    clad(d, paint, shape, f"part{k}")
                else:
                    d.form(shape, tone(paint, colour), line=0.9, shade=0.7, key=f"part{k}")
            for k, (line, width) in enumerate(lines):
                d.stroke(line, width, wobble=0.3, key=f"line{k}")
            if row.life is not None:
                row.life(d, paint, m, lag)

        return figure

    return make


def tone(paint: Paint, name: str) -> Colour:
    """A colour of a paint by its name."""
    return steel(paint) if name == "steel" else getattr(paint, name)
