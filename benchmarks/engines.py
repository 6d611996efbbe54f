"""What open models cost here, beside the stock pipelines of diffusers in the same run.

Seconds a step, end to end, and peak memory; and cold, a process for each film, beside a warm performer.

    python benchmarks/engines.py [--models cogvideox,mochi,ltx,wan] [--steps N] [--rounds N] [--full] [--quick]
        [--precision float32|bfloat16|measured] [--compile]

Weights are random, of a middle size; --full takes the published configurations, for a graphics card. Both sides get the
same folder and the same size, length, steps and guidance, and take turns; what is printed are medians of the rounds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from engines_models import MODELS, build
from uncaged.core.machine import card_memory, processor, threads_allowed
from uncaged.core.order import Broke, Done, Event, Media, Opened, Order, Progress
from uncaged.engines.registry import engine
from uncaged.performer.local import LocalPerformer

SENTENCE = "a red bird over a blue hill"
PEER = Path(__file__).with_name("engines_peer.py")


@dataclass(frozen=True, slots=True)
class Film:
    """What is asked for."""

    frames: int
    width: int
    height: int
    steps: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: until the model is open; a step; after the last step; a film, warm; the first film with all before it.
    memory: bytes at their peak, of the machine, or of the card where one computes."""

    open: float
    step: float
    after: float
    warm: float
    cold: float
    memory: float


STOCK = {True: "bfloat16", False: "float32"}
"""With which numbers the stock pipelines compute, with a graphics card and without."""


@dataclass(frozen=True, slots=True)
class Way:
    """How our side computes. precision: with which numbers, or `measured`."""

    precision: str
    compiled: bool


def main() -> None:
    """A table for each model."""
    parser = argparse.ArgumentParser(description="What open models cost.")
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--steps", type=int, default=8, help="of a film (8)")
    parser.add_argument("--rounds", type=int, default=3, help="of both sides in turn (3)")
    parser.add_argument("--full", action="store_true", help="the published configurations")
    parser.add_argument(
        "--precision",
        default="",
        help="ours: float32, bfloat16 or measured; unless said, that of the stock pipeline",
    )
    parser.add_argument("--compile", action="store_true", help="ours: with compiled layers")
    parser.add_argument("--quick", action="store_true", help="one of each: whether it works")
    asked = parser.parse_args()
    steps, rounds = (2, 1) if asked.quick else (asked.steps, asked.rounds)
    threads = threads_allowed()
    print(
        f"{processor()}, {os.cpu_count()} cores, {threads} threads; {steps} steps, {rounds} rounds"
    )
    for name in asked.models.split(","):
        with tempfile.TemporaryDirectory() as place:
            numbers = build(name, Path(place), asked.full)
            whole = MODELS[name].full_film if asked.full else MODELS[name].film
            film = Film(*whole, steps)
            way = Way(asked.precision or STOCK[card_memory() is not None], asked.compile)
            pairs = [
                (ours(name, Path(place), film, way), stock(Path(place), film))
                for _ in range(rounds)
            ]
        print(
            f"\n{name}: {numbers[0] / 1e6:,.0f} + {numbers[1] / 1e6:,.0f} million numbers, ", end=""
        )
        print(f"{film.frames} frames of {film.width}x{film.height}")
        _tell(pairs)


def ours(name: str, folder: Path, film: Film, way: Way) -> Cost:
    """A performer of the studio: a process that opens the model and is asked twice."""
    began = time.monotonic()
    performer = LocalPerformer(threads_allowed())
    player: Any = type(engine(name))(folder)
    fps = float(player.defaults["fps"])
    given: dict[str, Any] = {"size": (film.width, film.height), "seconds": film.frames / fps}
    options: dict[str, Any] = {"steps": film.steps, "guidance": 6.0}
    options |= {} if way.precision == "measured" else {"precision": way.precision}
    score = player.score(SENTENCE, fps=fps, seed=1, options=options, **given)
    told: list[list[tuple[float, Event]]] = []
    opened = 0.0
    try:
        for number in range(2):
            with tempfile.TemporaryDirectory() as scratch:
                order = Order(
                    f"r_{number}", 1, score, {}, scratch, True, engine=name, folder=str(folder)
                )
                order = replace(order, compiled=way.compiled)
                performer.start(order)
                told.append(_heard(performer))
            if not number:
                cold = told[0][-1][0] - began
                opened = sum(event.seconds for _, event in told[0] if isinstance(event, Opened))
    finally:
        performer.end()
    warm = told[1]
    memory = max(event.bytes or 0 for film in told for _, event in film if isinstance(event, Done))
    steps = [at for at, event in warm if isinstance(event, Progress) and event.doing == "drawing"]
    last = next(
        at for at, event in warm if isinstance(event, Progress) and event.doing == "decoding"
    )
    step = (last - steps[0]) / film.steps
    return Cost(opened, step, warm[-1][0] - last, warm[-1][0] - warm[0][0], cold, memory)


def _heard(performer: LocalPerformer) -> list[tuple[float, Event]]:
    """Every event of an order, and when it came; the first says when it was asked for."""
    found: list[tuple[float, Event]] = [(time.monotonic(), Progress(0, 1, "asked"))]
    while True:
        event = performer.hear(1.0)
        if event is None:
            continue
        found.append((time.monotonic(), event))
        if isinstance(event, Broke):
            raise SystemExit(f"{event.reason} {event.hint}")
        if isinstance(event, Done):
            assert any(isinstance(one, Media) for _, one in found)
            return found


def stock(folder: Path, film: Film) -> Cost:
    """The pipeline of diffusers: a process that opens the model and makes two films."""
    said = (film.frames, film.width, film.height, film.steps, 2, threads_allowed())
    command = [sys.executable, str(PEER), str(folder), SENTENCE, *map(str, said)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    begun = time.monotonic() - began
    found = json.loads(done.stdout.splitlines()[-1])
    warm = found["films"][1]
    cold = found["cold"] + begun - sum(one["all"] for one in found["films"]) - found["open"]
    return Cost(found["open"], warm["step"], warm["after"], warm["all"], cold, found["memory"])


def _tell(pairs: list[tuple[Cost, Cost]]) -> None:
    rows = (
        ("a step", lambda one: one.step, "{:.3f} s"),
        ("after the last step, ours with the file", lambda one: one.after, "{:.2f} s"),
        ("a film, warm", lambda one: one.warm, "{:.2f} s"),
        ("a process for one film", lambda one: one.cold, "{:.2f} s"),
        ("memory at its peak", lambda one: one.memory / 2**30, "{:.2f} GiB"),
    )
    for said, of, form in rows:
        mine, other = (median(of(pair[n]) for pair in pairs) for n in (0, 1))
        ratio = median(of(one) / of(two) for one, two in pairs)
        print(
            f"  {said:<42} {form.format(mine):>10}  stock {form.format(other):>10}  ratio {ratio:.2f}"
        )
    quick = median(two.cold / one.warm for one, two in pairs)
    print(f"  {'warm performer, for a stock process a film':<42} {quick:>8.1f} times faster")
    share = median(one.after / one.warm for one, _ in pairs)
    print(f"  {'decoding and the file, share of a film':<42} {share:>9.0%}")


if __name__ == "__main__":
    main()
