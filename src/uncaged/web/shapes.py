"""What templates need to draw with characters: marks of the line, numbers without ornament, states in words."""

import shlex
from collections.abc import Mapping
from typing import Any

from uncaged.web.views.line import CurveView, LineView, RowView
from uncaged.web.words import _

LONGEST = 20
"""Marks of the longest row; what is longer ends in an arrow."""

TYPED = 200
"""Characters of a dial, at most, that is put into a command line to be typed."""

ALONE = 40
"""Marks of a row that stands alone."""

UNITS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds that one mark may stand for."""


def unit(view: LineView) -> float:
    """Seconds of one mark, so that three rows in four are drawn whole."""
    spans = sorted((row.starts or 0.0) + row.takes for row in view.rows)
    if not spans:
        return 1.0
    usual = spans[min(len(spans) - 1, len(spans) * 3 // 4)]
    return next((float(u) for u in UNITS if usual / u <= LONGEST), float(UNITS[-1]))


def marks(row: RowView, unit: float) -> tuple[int, int, int, bool]:
    """Marks that wait, that are done, that are to do; and whether the row was cut."""
    waits = round((row.starts or 0.0) / unit)
    done = int(row.done / unit)
    todo = max(1, round((row.takes - row.done) / unit))
    room = LONGEST - 1
    cut = waits + done + todo > LONGEST
    waits = min(waits, room)
    done = min(done, room - waits)
    return waits, done, min(todo, max(0, LONGEST - waits - done)), cut


def stair(starts: float, takes: float) -> tuple[float, int, int]:
    """How one run's wait is drawn by itself: seconds of one mark, marks that wait, marks of its own.

    >>> stair(110, 5)
    (5.0, 22, 1)
    """
    one = next((float(u) for u in UNITS if (starts + takes) / u <= ALONE), float(UNITS[-1]))
    waits = min(ALONE - 1, round(starts / one))
    return one, waits, max(1, min(ALONE - waits, round(takes / one)))


def mark_of(seconds: float) -> float:
    """Seconds of one mark, so that so long a time has 36 marks at most."""
    days = (7_200, 14_400, 43_200, 86_400, 7 * 86_400, 30 * 86_400)
    return next((float(u) for u in (*UNITS, *days) if seconds / u <= 36), float(days[-1]))


def plain(value: float) -> str:
    """A number without ornament.

    >>> plain(6.0), plain(0.25)
    ('6', '0.25')
    """
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def typed(dials: Mapping[str, Any]) -> str:
    """Dials as the command line takes them; nothing of those that are too long to be typed.

    >>> typed({"guidance": -3.0, "solver": "dpm++2m", "hand": True})
    ' --option guidance=-3.0 --option solver=dpm++2m --option hand=true'
    """
    said = (
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in dials.items()
    )
    return "".join(
        f" --option {shlex.quote(f'{name}={value}')}" for name, value in said if len(value) <= TYPED
    )


def number(value: Any, otherwise: float) -> float:
    """A number that somebody typed; `otherwise` where it is none."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return otherwise
    return found if abs(found) < 1e12 else otherwise


def polyline(curve: CurveView, width: int, height: int) -> str:
    """A curve's points for an SVG of this size, the lowest value at the bottom.

    >>> polyline(CurveView(name="", said="", points=((1, 2.0), (3, 1.0)), drawn="", low=1.0, high=2.0), 100, 10)
    '0.0,1.0 100.0,9.0'
    """
    first, last = curve.points[0][0], curve.points[-1][0]
    wide, high = max(1e-12, last - first), max(1e-12, curve.high - curve.low)
    inner = height - 2
    return " ".join(
        f"{(step - first) / wide * width:.1f},{1 + (curve.high - value) / high * inner:.1f}"
        for step, value in curve.points
    )


def state(name: str) -> str:
    """A run's state in words."""
    named = {
        "queued": _("in line"),
        "in_progress": _("being performed"),
        "completed": _("kept"),
        "failed": _("failed"),
        "cancelled": _("cancelled"),
    }
    return named.get(name, name)
