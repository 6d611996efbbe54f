"""What a terminal shows while a film is made: a bar of black squares, the time left, a preview in characters.

Elsewhere (a file, a pipe) plain lines, one for every tenth. Writes to standard error, so that results stay clean.
"""

import os
import shutil
import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, TextIO

from uncaged.core.order import Event, Preview, Progress
from uncaged.studio.seeing import Waits

if TYPE_CHECKING:
    from PIL import Image

MARKS = 24
"""Black squares of a whole bar."""


class Watcher:
    """Told of every event; draws at most ten times a second."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out: TextIO | None = out or sys.stderr  # there may be none
        seen = self._out is not None and self._out.isatty()
        self._terminal = seen and os.environ.get("TERM", "dumb") != "dumb"
        self._began = time.monotonic()
        self._first: tuple[float, int] | None = None
        self._drawn, self._lines, self._tenth = 0.0, 0, -1
        self._bar, self._picture = "", ""

    def __call__(self, event: Event | Waits) -> None:
        match event:
            case Waits(place):
                self._waits(place)
            case Progress():
                self._progress(event)
            case Preview(png) if self._terminal:
                self._picture = as_characters(png, min(48, shutil.get_terminal_size().columns - 2))
                self._draw()
            case _:
                pass

    def say(self, sentence: str) -> None:
        """A line of its own, above the bar."""
        self.clear()
        self._write(sentence + "\n")

    def clear(self) -> None:
        """Takes bar and preview away."""
        if self._terminal and self._lines:
            self._write(f"\x1b[{self._lines}F\x1b[J")
        self._lines = 0

    def _write(self, text: str) -> None:
        """Shows it, or from now on nothing: a film does not end because nobody can watch it being made."""
        try:
            if self._out is not None:
                self._out.write(text)
                self._out.flush()
        except (OSError, ValueError):
            self._out, self._terminal = None, False

    def _waits(self, place: int) -> None:
        where = "next in line" if place == 1 else f"place {place} in line"
        self._says(f"{'·' * min(place, MARKS)} {where}")

    def _says(self, what: str) -> None:
        """Where no step is counted, a line instead of a bar, once."""
        if what == self._bar:
            return
        self._bar = what
        if self._terminal:
            self._draw()
        else:
            self._write(self._bar + "\n")

    def _progress(self, event: Progress) -> None:
        now = time.monotonic()
        if not event.total:
            self._says(event.doing)
            return
        if self._first is None:
            self._first = (now, event.done)
        share = event.done / max(1, event.total)
        self._bar = f"{bar(share)} {share:4.0%}  {self._left(now, event)}  {event.doing}"
        if self._terminal:
            if now - self._drawn >= 0.1:
                self._drawn = now
                self._draw()
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._write(self._bar.rstrip() + "\n")

    def _left(self, now: float, event: Progress) -> str:
        assert self._first is not None
        began, first = self._first
        done = event.done - first
        if event.done >= event.total:
            return f"{now - self._began:.1f} s in all"
        if done <= 0 or now - began < 0.2:
            return "…"
        left = (now - began) / done * (event.total - event.done)
        return "1 s left" if left < 1.5 else f"{left:.0f} s left"

    def _draw(self) -> None:
        text = f"{self._picture}{self._bar[: shutil.get_terminal_size().columns - 1]}\n"
        up = f"\x1b[{self._lines}F" if self._lines else ""
        self._write(up + "\x1b[J" + text)
        self._lines = text.count("\n")


def bar(share: float) -> str:
    """A share as black and white squares: ■ done, □ to do."""
    done = min(MARKS, max(0, int(share * MARKS + 0.5)))
    return "■" * done + "□" * (MARKS - done)


def as_characters(png: bytes, columns: int) -> str:
    """A picture as coloured half blocks, two pixels a character; in greys of ``░▒▓█`` where colours are unknown."""
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB")
    columns = max(8, min(columns, 2 * picture.width))
    rows = max(2, round(columns * picture.height / picture.width / 2) * 2)
    rows = min(rows, 2 * max(4, shutil.get_terminal_size().lines - 6))
    columns = max(8, min(columns, round(rows * picture.width / picture.height)))
    picture = picture.resize((columns, rows), Image.Resampling.BOX)
    if os.environ.get("NO_COLOR") or os.environ.get("COLORTERM") not in ("truecolor", "24bit"):
        return _in_greys(picture)
    raw = picture.tobytes()
    lines: list[str] = []
    for y in range(0, rows, 2):
        cells: list[str] = []
        for x in range(columns):
            a, b = (y * columns + x) * 3, ((y + 1) * columns + x) * 3
            upper, lower = raw[a : a + 3], raw[b : b + 3]
            cells.append(
                f"\x1b[38;2;{upper[0]};{upper[1]};{upper[2]}m\x1b[48;2;{lower[0]};{lower[1]};{lower[2]}m▀"
            )
        lines.append("".join(cells) + "\x1b[0m\n")
    return "".join(lines)


def _in_greys(picture: "Image.Image") -> str:
    from PIL import ImageOps

    small = ImageOps.autocontrast(
        picture.convert("L").resize((picture.width, picture.height // 2)), 1
    )
    steps = " ░▒▓█"
    raw = small.tobytes()
    return "".join(
        "".join(steps[value * 5 // 256] for value in raw[y * small.width : (y + 1) * small.width])
        + "\n"
        for y in range(small.height)
    )
