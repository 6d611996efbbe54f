"""The development door to the inker: ``python -m uncaged.training.seedling.ink learn|judge|sheet|export …``.

learn performs a leg at the lowest priority; SIGTERM (or Ctrl-C) ends it with a checkpoint, the same command goes on.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "OMP_WAIT_POLICY", "passive"
)  # before torch comes: threads that wait leave the core to others

from filelock import FileLock, Timeout

from uncaged.core.errors import UncagedError
from uncaged.core.machine import give_way
from uncaged.training.checking import from_line, needed
from uncaged.training.seedling.ink_recipe import InkRecipe


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.does(asked))
    except Timeout:
        print(
            f"A leg is at work in {asked.leg}. End it first, or name another folder.",
            file=sys.stderr,
        )
        return 2
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def recipe_of(path: Path | None, changes: Sequence[str]) -> InkRecipe:
    """A recipe from a JSON file (or the usual one) with NAME=VALUE changes; `AskedWrong` for what it does not have."""
    return InkRecipe.from_json(from_line(InkRecipe, path, changes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ink", description="Train Seedling's inker for a while.")
    doors = parser.add_subparsers(required=True)
    learn = doors.add_parser("learn", help="a leg")
    learn.set_defaults(does=_learn)
    learn.add_argument("leg", type=Path, help="the leg's folder")
    learn.add_argument("--codec", type=Path, required=True)
    learn.add_argument("--start", type=Path, help="a checkpoint, or another leg's folder")
    learn.add_argument("--recipe", type=Path, help="a recipe as JSON")
    learn.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    learn.add_argument("--accept-changes", action="store_true")
    for name, does, says in (
        ("judge", _judge, "figures on fresh seeds, beside plain enlargement"),
        ("sheet", _sheet, "a picture of fresh seeds: small, enlarged, inked, as meant"),
        ("export", _export, "graphs and weights that the studio performs with"),
    ):
        door = doors.add_parser(name, help=says)
        door.set_defaults(does=does)
        door.add_argument("leg", type=Path, help="a checkpoint, or a leg's folder")
        door.add_argument("out", type=Path, nargs="?" if name == "judge" else None)
        if name != "export":
            door.add_argument("--codec", type=Path, required=True)
            door.add_argument("--films", type=needed, default=24 if name == "judge" else 6)
            door.add_argument("--noise", type=float, nargs="+", default=[0.0, 0.2, 0.4])
            door.add_argument("--side", type=int, choices=(256, 512), default=256)
            door.add_argument("--threads", type=needed, default=1)
    return parser


def _learn(asked: argparse.Namespace) -> int:
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.ink_training import train

    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stopped.append(number))
    give_way()
    asked.leg.mkdir(parents=True, exist_ok=True)
    with FileLock(asked.leg / "lock", timeout=0):
        train(
            recipe_of(asked.recipe, asked.set),
            Codec.load(asked.codec),
            asked.leg,
            asked.start,
            accept_changes=asked.accept_changes,
            stop=lambda: bool(stopped),
        )
    return 0


def _judge(asked: argparse.Namespace) -> int:
    """Prints a table; with OUT, writes its figures there as JSON too."""
    from uncaged.training.seedling.ink_judging import flickering, judged, trials

    codec, inks = _opened(asked)
    found: dict[str, Any] = {}
    print("| noise | way | PSNR dB | edge error | flicker: all | paper | subject |")
    print("|---|---|---|---|---|---|---|")
    for noise in asked.noise:
        near = judged(trials(codec, asked.films, noise, side=asked.side), inks)
        still = {"s1.motion": "still"}
        films = trials(codec, asked.films, noise, side=asked.side, labels=still, stages=("one",))
        flicker = flickering(films, inks)
        for name in inks:
            figures = near[name] | flicker[name]
            found.setdefault(f"{noise:g}", {})[name] = figures
            print(
                f"| {noise:g} | {name} | {' | '.join(f'{one:.2f}' for one in figures.values())} |"
            )
    if asked.out is not None:
        asked.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


def _sheet(asked: argparse.Namespace) -> int:
    import numpy as np
    from PIL import Image

    from uncaged.training.seedling.ink_judging import sheet, trials

    codec, inks = _opened(asked)
    rows = [
        sheet(trials(codec, asked.films, noise, side=asked.side), inks) for noise in asked.noise
    ]
    Image.fromarray(np.concatenate(rows, 0)).save(asked.out)
    return 0


def _export(asked: argparse.Namespace) -> int:
    from uncaged.engines.seedling.inking import SIDES
    from uncaged.engines.seedling.weights import write
    from uncaged.training.seedling.checkpoint import read
    from uncaged.training.seedling.export import inked
    from uncaged.training.seedling.ink_training import inker

    found = read(asked.leg)
    files, graphs, arrays = inked({side: inker(found, side) for side in SIDES})
    facts = {"inker": {"step": found.step, "windows": found.body["counters"]["clips"]}}
    index = write(asked.out, arrays, files, graphs, facts=facts)
    size = sum(file.size for file in index.files.values())
    print(f"{asked.out}: {size:,} bytes, {index.hash}")
    return 0


def _opened(asked: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """The codec, and ways of enlarging by their names."""
    import torch

    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.checkpoint import read
    from uncaged.training.seedling.export import Inking
    from uncaged.training.seedling.ink_judging import doubled, enlarged, steadied
    from uncaged.training.seedling.ink_training import inker

    torch.set_num_threads(asked.threads)
    found, side = read(asked.leg), asked.side

    def way(size: int) -> Any:
        net = Inking(inker(found, size))

        @torch.no_grad()
        def ink(small: Any) -> Any:
            return net(torch.from_numpy(small)).numpy()

        return ink

    ways = {
        "trilinear": lambda small: enlarged(small, side),
        "inked": way(side),
        "inked, steadied": steadied(way(side)),
    }
    if side > 256:
        smaller = way(256)
        ways["inked at 256, doubled"] = lambda small: doubled(smaller(small))
    return Codec.load(asked.codec), ways


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
