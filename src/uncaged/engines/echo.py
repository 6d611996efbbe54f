"""`echo`: test bars with the score's hash, in milliseconds. The double that tests and a first try use.

It performs like any other engine, with progress and a position, and draws nothing worth looking at.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from uncaged.core.errors import Impossible
from uncaged.core.genome import Genome
from uncaged.core.order import Event, Frame, Order, Pixels, PositionFound, Progress, Understood
from uncaged.core.score import Score
from uncaged.core.version import __version__
from uncaged.engines.base import Capabilities, Card, Engine, unread
from uncaged.engines.dials import Options, dial

BARS = (
    (235, 235, 235),
    (235, 235, 16),
    (16, 235, 235),
    (16, 235, 16),
    (235, 16, 235),
    (235, 16, 16),
    (16, 16, 235),
    (16, 16, 16),
)


HASHES = "echo reads no words; it hashes them."


class EchoOptions(Options):
    """What `echo` can be told."""

    pause: float = dial(
        0.0, 0.0, 1.0, "Seconds to wait before each frame, to see a line move.", "s"
    )
    shift: float = dial(1.0, 0.0, 4.0, "How many bars the film moves by from its start to its end.")


class EchoPerformance:
    """Bars that move to the left, and the hash as a row of black and white squares."""

    def __init__(self, player: "Echo | None" = None) -> None:
        self._player = player or Echo()

    def perform(self, order: Order) -> Iterator[Event]:
        score = order.score
        genome = self._player.genome(score)
        yield unread(score.text, HASHES)
        yield PositionFound(genome.to_json())
        frames, pause = score.frame_count, float(score.options.get("pause", 0.0))
        yield Progress(0, frames, "drawing bars")
        for i in range(frames):
            if pause > 0:
                time.sleep(min(pause, 60.0))
            yield Frame(bars(score.size, genome, i / frames))
            yield Progress(i + 1, frames, "drawing bars")

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible("echo draws no lines, so there is nothing for a pen.")


class Echo(Engine):
    """Test bars."""

    name = "echo"
    card = Card(
        summary="Test bars with the score's hash, in milliseconds.",
        origin="Part of the studio.",
        training_data="None: nothing was trained.",
        licence="AGPL-3.0-or-later",
        works="CC0-1.0: nothing in them is anybody's.",
    )
    options = EchoOptions
    capabilities = Capabilities(
        pictures=1,
        shots=1000,
        position=True,
        loop=True,
        exact=True,
        stills=True,
        sides=(16, 4096),
        seconds=(0.01, 600),
    )

    def open(self, files: Mapping[str, Path], device: str = "") -> EchoPerformance:
        return EchoPerformance(self)

    def recipe(self) -> dict[str, str]:
        return {"engine": "echo 1", "uncaged": __version__, "numpy": version("numpy")}

    def understand(
        self,
        text: str,
        *,
        seed: int = 1,
        words: Sequence[tuple[str, bytes]] = (),
        options: Mapping[str, Any] | None = None,
    ) -> Understood:
        self.check(options or {})
        return unread(text, HASHES)

    def genome(self, score: Score) -> Genome:
        if score.position is not None:
            return Genome.from_json(score.position, self.name)
        shift = float(score.options.get("shift", 1.0))
        return Genome(self.name, {"shift": shift}, {"hash": int(score.hash[:13], 16)})


def bars(size: tuple[int, int], genome: Genome, t: float) -> Pixels:
    """One frame: eight bars, moved by `shift` bars at t = 1, and the hash's bits in the lowest eighth."""
    import numpy as np  # here, since the command line lists models without performing

    width, height = size
    shift = genome.genes.get("shift", 1.0) % 8.0
    column = (np.arange(width) * 8 / width + shift * t) % 8
    frame = np.broadcast_to(np.array(BARS, np.uint8)[column.astype(int)], (height, width, 3)).copy()
    bits = [genome.seeds.get("hash", 0) >> k & 1 for k in range(52)]
    row = np.array(bits, np.uint8)[np.arange(width) * 52 // width] * 255
    frame[height - max(1, height // 8) :] = row[None, :, None]
    return frame
