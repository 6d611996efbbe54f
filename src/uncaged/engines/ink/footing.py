"""Where something may stand on a figure: the upper outline of what is drawn. Knows no scene and no pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.display import Drawing, Form, Manner, Union
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array

_STEP = 0.16
"""How far from where it is expected a surface may lie, in heights of the figure."""


@dataclass(frozen=True, slots=True)
class Footing:
    """The forms of a figure at rest, in its own frame."""

    forms: tuple[Array, ...]

    def at(self, x: float, expected: float, step: float = _STEP) -> float:
        """The y of the surface at x that lies nearest to the expected y, or the expected one where none is near."""
        best, near = expected, step
        for form in self.forms:
            for y in _crossings(form, x)[:1]:
                if abs(y - expected) < near:
                    best, near = y, abs(y - expected)
        return best

    def ridge(self, x: float, expected: float) -> float:
        """The y of the upper edge at x of the figure's first form (a hill), or the expected one beside it."""
        found = _crossings(self.forms[0], x) if self.forms else []
        return found[0] if found else expected


def footing(figure: Figure, manner: Manner, seconds: float) -> Footing:
    """The forms of a figure as it is at the beginning, drawn once."""
    drawing = Drawing("footing", manner)
    figure(drawing, Moment(0.0, seconds))
    forms: list[Array] = []
    for mark in drawing.marks:
        if isinstance(mark, Form):
            forms.append(mark.points)
        elif isinstance(mark, Union):
            forms.extend(mark.polygons)
    return Footing(tuple(forms))


def _crossings(form: Array, x: float) -> Sequence[float]:
    """Where a closed form's edge crosses the vertical at x, upper ones first."""
    after = np.concatenate([form[1:], form[:1]])
    x0, x1 = form[:, 0], after[:, 0]
    hit = (x0 <= x) != (x1 <= x)
    if not hit.any():
        return []
    a, b = form[hit], after[hit]
    y = a[:, 1] + (b[:, 1] - a[:, 1]) * ((x - a[:, 0]) / (b[:, 0] - a[:, 0]))
    return sorted(y.tolist())
