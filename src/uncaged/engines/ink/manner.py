"""A manner: palette, ink and the amount of everything that a drawing is drawn with. Knows no marks and no pixels."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from uncaged.engines.ink.colour import Colour, Palette
from uncaged.engines.ink.hands import PRINT, Hand

Mode: TypeAlias = Literal["brush", "dotted", "none", "joined"]
"""How contours are drawn: with the brush, as dots, not at all (silhouettes), or as one line that goes on."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is drawn: the palette, the ink, and the amount of everything.

    line: base width as a share of the frame's shorter side. shade: amount of grain or hatching, 1 = full.
    wobble: pen error, share of the frame. offset: how far colour lies beside its line, share of the frame.
    hand: the style. hunger: how much the pen searches, 0 none. density: marks of patterns and hatching, 1 = plain.
    light: where the shadow lies, in the frame, where something shines near by. glow: that light's colour, and how much.
    sheet: the one colour of everything, where the hand works in dark sheets.
    """

    palette: Palette
    ink: Colour
    line: float = 0.0085
    shade: float = 0.75
    mode: Mode = "brush"
    wobble: float = 0.006
    offset: float = 0.006
    hand: Hand = PRINT
    hunger: float = 0.0
    density: float = 1.0
    light: tuple[float, float] | None = None
    glow: tuple[Colour, float] | None = None
    sheet: Colour | None = None

    def evolve(
        self,
        ink: Colour | None = None,
        line: float | None = None,
        shade: float | None = None,
        mode: Mode | None = None,
    ) -> "Manner":
        """This manner with some of it changed."""
        return replace(
            self,
            ink=self.ink if ink is None else ink,
            line=self.line if line is None else line,
            shade=self.shade if shade is None else shade,
            mode=self.mode if mode is None else mode,
        )
