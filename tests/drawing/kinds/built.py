"""What the tests of kinds share: a figure in its colours, its marks at a moment, and all the numbers in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import Drawing, Form, Manner, Mark
from uncaged.engines.ink.kinds import Figure, kinds
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint, paint


def colours(
    palette: str = "dawn", hue: str | None = None, fill: str = "plain", **changes: Any
) -> Paint:
    """Colours of one subject, some of them changed."""
    own = PALETTES[palette]
    return paint(Stream("colours"), own, HUES[hue] if hue else None, fill).evolve(**changes)


def draw(
    name: str,
    moment: Moment,
    form: str = "",
    seed: int = 1,
    dress: Paint | None = None,
    scale: float = 0.5,
    flip: bool = False,
) -> Drawing:
    """A figure of a kind at a moment."""
    dress = dress or colours()
    drawing = Drawing("s1.0", Manner(dress.palette, dress.palette.ink), scale, flip)
    kinds()[name].build(Stream(f"{seed}/{name}"), dress, form)(drawing, moment)
    return drawing


def figure(
    name: str, seed: object = 1, fill: str = "plain", palette: str = "dawn", form: str = ""
) -> Figure:
    """A built figure, in colours of its own."""
    light = PALETTES[palette]
    own = paint(Stream(f"paint/{seed}"), light, None, fill, light.low, name)
    return kinds()[name].build(Stream(f"body/{seed}"), own, form)


def drawn(of: Figure, moment: Moment) -> Sequence[Mark]:
    """The marks of a built figure at a moment."""
    light = PALETTES["dawn"]
    drawing = Drawing("figure", Manner(light, light.ink))
    of(drawing, moment)
    return drawing.marks


def arrays(value: Any) -> Iterator[Array]:
    """Every array of numbers in a mark, however deep."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Tube):
        yield from (value.p, value.r)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from arrays(getattr(value, field.name))
    elif isinstance(value, float):
        yield np.array([value])


def numbers(marks: Iterable[Mark]) -> Array:
    """Every coordinate and width of the marks, in order."""
    return np.concatenate([found.ravel() for mark in marks for found in arrays(mark)])


def part(marks: Iterable[Mark], key: str) -> Array:
    """The outline of the one form of this name."""
    found = [m for m in marks if isinstance(m, Form) and m.key.endswith(f".{key}")]
    assert len(found) == 1, f"{key}: {len(found)} forms"
    return found[0].points
