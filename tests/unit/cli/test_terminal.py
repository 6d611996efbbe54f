"""What a terminal, or a file in its place, shows while a film is made."""

import io

from uncaged.cli.terminal import Watcher
from uncaged.core.order import Progress
from uncaged.studio.seeing import Waits


def test_what_counts_no_steps_is_said_once() -> None:
    out = io.StringIO()
    watcher = Watcher(out)
    for event in (Waits(2), Waits(2), Waits(1), Waits(1), *[Progress(0, 0, "opening my-wan")] * 3):
        watcher(event)
    watcher(Progress(0, 4, "drawing"))
    first, second, third, bar = out.getvalue().splitlines()
    assert first == "·· place 2 in line" and second == "· next in line"
    assert third == "opening my-wan" and bar.endswith("drawing") and "0%" in bar
