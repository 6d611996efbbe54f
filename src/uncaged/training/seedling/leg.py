"""The development door to a leg: ``python -m uncaged.training.seedling.leg OUT --store S --codec C``.

Starts as many processes as asked, each at the lowest priority, and waits. SIGTERM (or Ctrl-C) ends the leg with a
checkpoint; SIGSTOP to the whole group pauses it. The same command goes on where it ended.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from uncaged.core.errors import UncagedError
from uncaged.core.machine import give_way, processor
from uncaged.training.checking import from_line
from uncaged.training.seedling.recipe import Recipe

MACHINE = "machine.txt"
"""A leg's file that says what it was computed by."""

MEMORY = Path("/dev/shm")  # noqa: S108 — memory that processes share, not a temporary file


def main(arguments: Sequence[str]) -> int:
    """Performs a leg; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.rank >= 0:
            return _learn(asked)
        asked.out.mkdir(parents=True, exist_ok=True)
        with FileLock(asked.out / "lock", timeout=0):
            return _lead(asked, arguments)
    except Timeout:
        print(f"A leg is at work in {asked.out}. End it first, or name another folder.")
        return 2
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leg", description="Train Seedling for a while.")
    parser.add_argument("out", type=Path, help="the leg's folder")
    parser.add_argument("--store", type=Path, required=True, help="coded clips")
    parser.add_argument("--codec", type=Path, required=True, help="what they were coded by")
    parser.add_argument("--start", type=Path, help="a checkpoint, or another leg's folder")
    parser.add_argument("--recipe", type=Path, help="a recipe as JSON")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--world", type=int, default=2, help="processes (2)")
    parser.add_argument("--accept-changes", action="store_true")
    parser.add_argument("--rank", type=int, default=-1, help=argparse.SUPPRESS)
    parser.add_argument("--gossip", type=Path, help=argparse.SUPPRESS)
    return parser


def recipe_of(path: Path | None, changes: Sequence[str]) -> Recipe:
    """A recipe from a JSON file (or the usual one) with NAME=VALUE changes; `AskedWrong` for what it does not have."""
    return Recipe.from_json(from_line(Recipe, path, changes))


def _lead(asked: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Starts the processes and waits for the first; the others are ended then."""
    recipe_of(asked.recipe, asked.set)  # so that what is wrong is said once
    give_way()
    (asked.out / "pid").write_text(f"{os.getpid()}\n")
    (asked.out / MACHINE).write_text(f"{processor()}\n", "utf-8")
    memory = MEMORY if MEMORY.is_dir() else asked.out
    gossip = Path(tempfile.mkdtemp(prefix="seedling-", dir=memory))
    own = ["--gossip", str(gossip)]
    command = [sys.executable, "-m", "uncaged.training.seedling.leg", *arguments, *own]
    workers = [
        subprocess.Popen([*command, "--rank", str(rank)], env=_environment(os.environ))
        for rank in range(asked.world)
    ]

    def end(number: int, frame: object) -> None:
        for worker in workers:
            worker.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        code = workers[0].wait()
        end(0, None)
        for worker in workers[1:]:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(60)
            worker.kill()
        return code
    finally:
        shutil.rmtree(gossip, ignore_errors=True)
        (asked.out / "pid").unlink(missing_ok=True)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """For a worker: threads that wait leave the core to others."""
    return {"OMP_WAIT_POLICY": "passive", **given}


def _learn(asked: argparse.Namespace) -> int:
    """One process of a leg. torch is imported here: the leader does without."""
    from uncaged.training.seedling.opening import Files
    from uncaged.training.seedling.training import train

    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stopped.append(number))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(
            1, signal.SIGTERM
        )  # PR_SET_PDEATHSIG: no orphan outlives its leader
    give_way()
    files = Files(asked.store, asked.codec, asked.start, asked.gossip)
    recipe = recipe_of(asked.recipe, asked.set)
    train(
        recipe,
        files,
        asked.out,
        asked.rank,
        asked.world,
        accept_changes=asked.accept_changes,
        stop=lambda: bool(stopped),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
