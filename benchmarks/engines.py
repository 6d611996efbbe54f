"""What open models cost here, beside the stock pipelines of diffusers in the same run.

Seconds a step, end to end, and peak memory; and cold, a process for each film, beside a warm performer.

    python benchmarks/engines.py [--models cogvideox,mochi,ltx,wan,pyramid-flow,pyramid-flow-sd3] [--steps N]
        [--rounds N] [--full] [--quick] [--precision float32|bfloat16|measured] [--compile]
        [--compiled-peer | --no-compiled-peer] [--compiler inductor]

Weights are random, of a middle size; --full takes the published configurations, for a graphics card. Both sides get the
same folder and the same size, length, steps and guidance, and take turns; what is printed are medians of the rounds.
On a graphics card, or where --compiled-peer says so, the stock pipeline is compiled as well, and stands in lines of its
own. For Pyramid Flow diffusers has no pipeline: beside it stands a limit, see `engines_limit.py`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from engines_models import MODELS, build
from uncaged.core.machine import card_memory, processor, threads_allowed
from uncaged.core.order import Broke, Done, Event, Media, Order, Progress
from uncaged.engines.registry import engine
from uncaged.performer.local import LocalPerformer

SENTENCE = "a red bird over a blue hill"
PEER = Path(__file__).with_name("engines_peer.py")
LIMIT = Path(__file__).with_name("engines_limit.py")


@dataclass(frozen=True, slots=True)
class Film:
    """What is asked for."""

    frames: int
    width: int
    height: int
    steps: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: a step; after the last step; a film, warm; the first film with all before it. memory: bytes at their
    peak, of the machine, or of the card where one computes. None: of what a side has not."""

    step: float
    after: float | None
    warm: float
    cold: float | None
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
    parser.add_argument(
        "--compiled-peer",
        action=argparse.BooleanOptionalAction,
        default=card_memory() is not None,
        help="the stock pipeline compiled as well; by itself on a graphics card",
    )
    parser.add_argument("--compiler", default="inductor", help="of torch, for the stock pipeline")
    parser.add_argument("--quick", action="store_true", help="one of each: whether it works")
    asked = parser.parse_args()
    steps, rounds = (2, 1) if asked.quick else (asked.steps, asked.rounds)
    threads = threads_allowed()
    print(
        f"{processor()}, {os.cpu_count()} cores, {threads} threads; {steps} steps, {rounds} rounds"
    )
    way = Way(asked.precision or STOCK[card_memory() is not None], asked.compile)
    for name in asked.models.split(","):
        with tempfile.TemporaryDirectory() as place:
            numbers = build(name, Path(place), asked.full)
            whole = MODELS[name].full_film if asked.full else MODELS[name].film
            film = Film(*whole, steps)
            print(
                f"\n{name}: {numbers[0] / 1e6:,.0f} + {numbers[1] / 1e6:,.0f} million numbers, "
                f"{film.frames} frames of {film.width}x{film.height}"
            )
            beside(name, Path(place), film, way, (rounds, asked.compiled_peer, asked.compiler))


def beside(name: str, folder: Path, film: Film, way: Way, rounds: tuple[int, bool, str]) -> None:
    """Both sides in turn, and what is to be said of them. rounds: how many, whether the stock pipeline is compiled as
    well, and by what."""
    count, compiled, compiler = rounds
    mine: list[Cost] = []
    others: dict[str, list[Cost]] = {}
    for _ in range(count):
        mine.append(ours(name, folder, film, way))
        if MODELS[name].pipeline:
            others.setdefault("stock", []).append(stock(folder, film))
            if compiled:
                others.setdefault("compiled", []).append(stock(folder, film, compiler))
        else:
            others.setdefault("limit", []).append(limit(folder, film, way))
    for said, costs in others.items():
        _tell(said, list(zip(mine, costs, strict=True)))
    if "stock" in others:
        pairs = zip(mine, others["stock"], strict=True)
        quick = median((two.cold or 0.0) / one.warm for one, two in pairs)
        print(f"  {'warm performer, for a stock process a film':<42} {quick:>8.1f} times faster")
    afters = [one.after / one.warm for one in mine if one.after is not None]
    if afters:
        print(f"  {'decoding and the file, share of a film':<42} {median(afters):>9.0%}")


def ours(name: str, folder: Path, film: Film, way: Way) -> Cost:
    """A performer of the studio: a process that opens the model and is asked twice."""
    began = time.monotonic()
    performer = LocalPerformer(threads_allowed())
    player: Any = type(engine(MODELS[name].family or name))(folder)
    fps = float(player.defaults["fps"])
    given: dict[str, Any] = {"size": (film.width, film.height), "seconds": film.frames / fps}
    options: dict[str, Any] = {"guidance": 6.0}
    for said in ("steps", "first_steps"):  # Pyramid Flow asks so often in each of three sizes
        if said in player.options.model_fields:
            options[said] = film.steps
    options |= {} if way.precision == "measured" else {"precision": way.precision}
    score = player.score(SENTENCE, fps=fps, seed=1, options=options, **given)
    told: list[list[tuple[float, Event]]] = []
    try:
        for number in range(2):
            with tempfile.TemporaryDirectory() as scratch:
                order = Order(
                    f"r_{number}",
                    1,
                    score,
                    {},
                    scratch,
                    True,
                    engine=player.name,
                    folder=str(folder),
                )
                order = replace(order, compiled=way.compiled)
                performer.start(order)
                told.append(_heard(performer))
            if not number:
                cold = told[0][-1][0] - began
    finally:
        performer.end()
    warm = told[1]
    memory = max(event.bytes or 0 for film in told for _, event in film if isinstance(event, Done))
    steps = [at for at, event in warm if isinstance(event, Progress) and event.doing == "drawing"]
    ends = [at for at, event in warm if isinstance(event, Progress) and event.doing == "decoding"]
    whole = warm[-1][0] - warm[0][0]
    if (
        not ends
    ):  # what is drawn is decoded meanwhile: a step is what one takes, with its share of that
        return Cost((steps[-1] - steps[0]) / (len(steps) - 1), None, whole, cold, memory)
    step = (ends[0] - steps[0]) / len(steps)
    return Cost(step, warm[-1][0] - ends[0], whole, cold, memory)


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


def stock(folder: Path, film: Film, compiler: str = "") -> Cost:
    """The pipeline of diffusers: a process that opens the model and makes two films. compiler: what compiles its
    network; nothing does unless it is said."""
    said = (film.frames, film.width, film.height, film.steps, 2, threads_allowed(), compiler)
    begun, found = _child(PEER, folder, SENTENCE, *said)
    warm = found["films"][1]
    cold = found["cold"] + begun - sum(one["all"] for one in found["films"]) - found["open"]
    return Cost(warm["step"], warm["after"], warm["all"], cold, found["memory"])


def limit(folder: Path, film: Film, way: Way) -> Cost:
    """What no program can be quicker than here that asks the same questions with these numbers, and holds its
    weights."""
    numbers = STOCK[card_memory() is not None] if way.precision == "measured" else way.precision
    said = (film.frames, film.width, film.height, film.steps, threads_allowed(), numbers)
    found = _child(LIMIT, folder, SENTENCE, *said)[1]
    print(
        f"  {found['flop'] / 1e12:,.1f} TFLOP to draw it and {found['coder'] / 1e12:,.1f} to decode it; matrices of "
        f"{numbers}: {found['rate'] / 1e12:,.2f} TFLOP/s, measured"
    )
    return Cost(found["step"], None, found["all"], None, found["memory"])


def _child(script: Path, *said: object) -> tuple[float, dict[str, Any]]:
    """What a script of another process prints as JSON, and how many seconds it ran."""
    began = time.monotonic()
    command = [sys.executable, str(script), *map(str, said)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.monotonic() - began, json.loads(done.stdout.splitlines()[-1])


ROWS: Sequence[tuple[str, Callable[[Cost], float | None], str]] = (
    ("a step", lambda one: one.step, "{:.3f} s"),
    ("after the last step, ours with the file", lambda one: one.after, "{:.2f} s"),
    ("a film, warm", lambda one: one.warm, "{:.2f} s"),
    ("a process for one film", lambda one: one.cold, "{:.2f} s"),
    ("memory at its peak", lambda one: one.memory / 2**30, "{:.2f} GiB"),
)


def _tell(other: str, pairs: list[tuple[Cost, Cost]]) -> None:
    """A line for each figure that both sides have."""
    for said, of, form in ROWS:
        both = [(one, two) for one, two in ((of(a), of(b)) for a, b in pairs) if one and two]
        if not both:
            continue
        mine, theirs = median(one for one, _two in both), median(two for _one, two in both)
        ratio = median(one / two for one, two in both)
        print(
            f"  {said:<42} {form.format(mine):>10}  {other} {form.format(theirs):>10}  "
            f"ratio {ratio:.2f}"
        )


if __name__ == "__main__":
    main()
