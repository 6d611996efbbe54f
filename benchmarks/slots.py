"""A preview of 4 steps behind a film of 50: first in, first out, and in turn, on one performer of a studio's line.

    python benchmarks/slots.py [--layers N] [--side PIXELS]

The model is a small CogVideoX of random weights in the published layout; speed does not depend on what they are. Each
way has a studio of its own; the model is open before anything is measured, and both ways must give the same files.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
sys.path.append(sys.path.pop(0))  # the queue.py beside this one is not that of Python

from uncaged.archive import runs, works
from uncaged.archive.runs import Run
from uncaged.core.machine import processor
from uncaged.core.order import Event, Progress
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.engines.diffusion.cogvideox import twin
from uncaged.studio import adding, making
from uncaged.studio.pool import Eyes, Pool, seats, together
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio

MODEL, FILM, PREVIEW = "small", 50, 4


@dataclass
class Seen:
    """When which run began a step, and when it was there: seconds of one clock."""

    on: dict[int, str] = field(default_factory=dict[int, str])
    steps: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    ended: dict[str, float] = field(default_factory=dict[str, float])

    def begun(self, run: Run) -> None:
        self.on[threading.get_ident()] = run.id

    def event(self, event: Event) -> None:
        if isinstance(event, Progress) and event.total:  # nothing is counted while it is opened
            run = self.on[threading.get_ident()]
            self.steps.setdefault(run, []).append(time.monotonic())

    def over(self, run: Run) -> None:
        self.ended[run.id] = time.monotonic()


def ask(studio: Studio, steps: int, side: int) -> str:
    given: dict[str, Any] = {"size": (side, side), "seconds": 17 / 8, "fps": 8, "seed": steps}
    request = Request("a red bird", options={"steps": steps}, **given)
    run = making.ask(studio, request, MODEL).run
    assert run is not None
    return run.id


def wait(true: Any) -> None:
    while not true():
        time.sleep(0.01)


def day(home: Path, weights: Path, slots: int, side: int) -> dict[str, Any]:
    """Seconds from asking for a preview to its first step and to its file, behind a film that has just begun."""
    seen, stop = Seen(), threading.Event()
    with open_studio(settings=Settings(home=home, slots=slots)) as studio:
        adding.add(studio, adding.offered(weights), MODEL)
        with stewardship(studio) as steward:
            assert steward is not None
            places = seats(1, together=together(studio))
            pool = Pool(studio, steward, places, Eyes(seen.begun, seen.over, seen.event))
            thread = threading.Thread(target=pool.work, args=(stop,))
            thread.start()
            try:
                for steps in (2, FILM):  # the model is open, and what films take is known
                    warm = ask(studio, steps, side)
                    wait(lambda warm=warm: warm in seen.ended)
                film = ask(studio, FILM, side)
                wait(lambda: len(seen.steps.get(film, ())) > 2)
                asked = time.monotonic()
                preview = ask(studio, PREVIEW, side)
                wait(lambda: film in seen.ended and preview in seen.ended)
            finally:
                stop.set()
                thread.join()
        with studio.archive.read() as conn:
            both = [runs.get(conn, one) for one in (film, preview)]
            files = [works.get(conn, studio.person, run.work_id or "").media for run in both]
    return {
        "first": seen.steps[preview][0] - asked,
        "file": seen.ended[preview] - asked,
        "film": seen.ended[film] - asked,
        "own": [run.measured_seconds for run in both],
        "files": files,
    }


def main() -> None:
    """Both ways, and how many times shorter the waits are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--side", type=int, default=64)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        weights = Path(place, "weights")
        twin(weights, 1, num_layers=given.layers, num_attention_heads=16)
        ways = {
            name: day(Path(place, name), weights, slots, given.side)
            for name, slots in (("first in, first out", 1), ("in turn", 0))
        }
    print(f"{processor()}, {os.cpu_count()} cores; {given.layers} layers, {given.side} pixels")
    for name, way in ways.items():
        film, preview = way["own"]
        print(
            f"{name}: preview's first step {way['first']:.2f} s, its file {way['file']:.2f} s, "
            f"the film's file {way['film']:.2f} s; charged {preview:.2f} and {film:.2f} s"
        )
    one, other = ways.values()
    print(f"first step {one['first'] / other['first']:.1f} times sooner, ", end="")
    print(f"file {one['file'] / other['file']:.1f} times sooner")
    if one["files"] != other["files"]:
        raise SystemExit("the files differ")
    print("both files are the same, to the last byte")


if __name__ == "__main__":
    main()
