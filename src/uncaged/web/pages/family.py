"""A family tree as lines and squares: generations one below the other, what was taken filled. Knows no archive."""

from collections.abc import Sequence

from uncaged.web.views.grow import FamilyView, GenerationView

WIDTH, ROW, SQUARE = 720, 80, 13
"""Units across, from one row to the next, and of a square's side."""


def family(rows: Sequence[GenerationView]) -> FamilyView:
    """The tree of these generations."""
    height = ROW * (len(rows) - 1) + 32
    faint, thin, known, mark = "", "", "", ""
    for level, row in enumerate(rows):
        y = 16 + ROW * level
        for n, one in enumerate(row.drawings):
            x = _across(n, len(row.drawings))
            square = f"M{x - SQUARE / 2:g} {y - SQUARE / 2:g}h{SQUARE}v{SQUARE}h-{SQUARE}z"
            mark, known = (mark + square, known) if one.chosen else (mark, known + square)
            if not level:
                continue
            above = rows[level - 1].drawings
            for parent in row.parents:
                if parent <= len(above):
                    line = f"M{_across(parent - 1, len(above))} {y - ROW + 7}L{x} {y - 7}"
                    thin, faint = (thin + line, faint) if one.chosen else (thin, faint + line)
    return FamilyView(width=WIDTH, height=height, faint=faint, thin=thin, known=known, mark=mark)


def _across(number: int, count: int) -> int:
    step = min(60, (WIDTH - 40) // max(1, count))
    return 20 + step * number
