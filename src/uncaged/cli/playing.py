"""Playing a film on a terminal, in characters."""

import sys
import time
from typing import TYPE_CHECKING

from uncaged.cli.terminal import as_characters
from uncaged.core.media import small_png

if TYPE_CHECKING:
    from uncaged.studio.work import Work


def play(work: "Work") -> None:
    """Plays it once, at most twelve pictures a second, leaving out what the terminal is too slow for."""
    fps = work.score.fps
    step = max(1, round(fps / 12))
    began = time.monotonic()
    lines = 0
    for i, pixels in enumerate(work.frames()):
        late = time.monotonic() - began - i / fps
        if i % step or late > 0.5:
            continue
        text = as_characters(small_png(pixels, 160), 78)
        time.sleep(max(0.0, -late))
        sys.stdout.write((f"\x1b[{lines}F" if lines else "") + text)
        sys.stdout.flush()
        lines = text.count("\n")
