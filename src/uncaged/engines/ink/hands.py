"""Named hands: styles of drawing as numbers and choices, each a small file in `hand/styles`. Knows no marks, no pixels.

A hand says how whatever is drawn is drawn; what is drawn, and where, it does not touch.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, get_args

from uncaged.engines.ink.scene import HANDS

Contour: TypeAlias = Literal["brush", "dotted", "none", "joined"]
"""brush: a line of changing width. joined: one wandering line goes from contour to contour."""

Tone: TypeAlias = Literal["own", "grain", "hatching", "stipple", "none"]
"""What shadow is made of. own: grain, or hatching where the palette is the pen's."""

Fills: TypeAlias = Literal["colour", "tinted", "rubbed", "dark"]
"""colour: flat. tinted: half of it paper. rubbed: chalk, thin over the board. dark: sheets that light comes past."""

Ground: TypeAlias = Literal["own", "paper", "pale", "board", "backlit"]
"""What it is drawn on. own: what the palette says. paper: white, shaded with the pen. pale: white, coloured."""


@dataclass(frozen=True, slots=True)
class Hand:
    """line, wobble, shade, offset, density: factors of what the scene's dials say. hunger: added to the dial.

    swell: how much heavier a contour is away from the light, 1 = as the brush is, 0 = even. taper: shares of a
    contour's length over which it swells and thins. passes: how often a contour is drawn. nets: how many nets of
    hatching may cross. facets: length of straight cuts, cast: how far a form's shadow falls, edge: breadth of the
    bare margin, all as shares of the frame. tooth: how much the ground's grain breaks what lies on it, 0 … 1.
    palette: the one it likes when none is named.
    """

    name: str = "print"
    line: float = 1.0
    swell: float = 1.0
    taper: tuple[float, float] = (0.12, 0.06)
    wobble: float = 1.0
    shade: float = 1.0
    offset: float = 1.0
    density: float = 1.0
    hunger: float = 0.0
    passes: int = 1
    nets: int = 2
    facets: float = 0.0
    cast: float = 0.0
    edge: float = 0.0
    tooth: float = 0.0
    contour: Contour = "brush"
    tone: Tone = "own"
    fills: Fills = "colour"
    ground: Ground = "own"
    palette: str = ""

    @property
    def cuts(self) -> bool:
        """Whether it works with scissors: straight edges, no line."""
        return self.facets > 0


PRINT = Hand()
"""The house's own hand."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "contour": get_args(Contour),
    "tone": get_args(Tone),
    "fills": get_args(Fills),
    "ground": get_args(Ground),
}
"""What a hand's choices may say."""

NUMBERS = tuple(f.name for f in fields(Hand) if f.name not in CHOICES and f.type in (float, int))
"""The fields of a hand that are one number each."""


@cache
def hands() -> Mapping[str, Hand]:
    """Every hand of `scene.HANDS` by name."""
    folder = files("uncaged.engines.ink.hand").joinpath("styles")
    return {
        name: _hand(name, tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")))
        for name in HANDS
    }


def hand(name: str) -> Hand:
    """A hand by name; the house's own for one there is not."""
    return hands().get(name, PRINT)


def _hand(name: str, row: Mapping[str, Any]) -> Hand:
    """A shipped file; what it does not say is as in `PRINT`."""
    for key, allowed in CHOICES.items():
        if row.get(key, allowed[0]) not in allowed:
            raise ValueError(f"{name}.toml: {key} is one of {', '.join(allowed)}.")
    taper = tuple(float(share) for share in row.get("taper", PRINT.taper))
    made = Hand(**(dict(row) | {"name": name, "taper": taper}))
    return PRINT if made == PRINT else made
