"""A code that a phone reads, drawn on a terminal: in half blocks, or in plain ASCII where it knows no others.

Knows no address.
"""

from collections.abc import Sequence

import segno

QUIET = 2
"""Empty squares around it: a terminal's own ground makes them more."""

BLACK_ON_WHITE, PLAIN = "\x1b[30;107m", "\x1b[0m"


def drawn(text: str, *, blocks: bool, colours: bool) -> str:
    """The code of a text. blocks: two rows of squares in one of letters. colours: black on white."""
    rows = _squares(text)
    lines = _in_blocks(rows) if blocks else ["".join("##" if s else "  " for s in r) for r in rows]
    if not colours:
        return "\n".join(line.rstrip() for line in lines)
    return "\n".join(f"{BLACK_ON_WHITE}{line}{PLAIN}" for line in lines)


def _squares(text: str) -> list[Sequence[int]]:
    code = segno.make(text, error="l", micro=False)
    return [tuple(row) for row in code.matrix_iter(border=QUIET)]


def _in_blocks(rows: Sequence[Sequence[int]]) -> list[str]:
    if len(rows) % 2:
        rows = [*rows, (0,) * len(rows[0])]
    marks = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(marks[a, b] for a, b in zip(*pair, strict=True)) for pair in pairs]
