"""The development door to a leg: ``python -m uncaged.training.seedling.leg OUT --store S --codec C``.

Starts as many processes as asked, each at the lowest priority, and waits. SIGTERM (or Ctrl-C) ends the leg with a
checkpoint; SIGSTOP to the whole group pauses it. The same command goes on where it ended.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from uncaged.core.errors import AskedWrong, Failed, UncagedError
from uncaged.core.machine import KILL, die_with_parent, give_way, processor
from uncaged.training.checking import from_line
from uncaged.training.seedling.progress import Progress
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.slots import shared

MACHINE = "machine.txt"
"""A leg's file that says what it was computed by."""

LOCK: Final = "lock"
"""A leg's file that its leader holds."""

LEARNS: Final = "learning.lock"
"""A leg's file that its first process holds, the only one that writes there: longer than a leader that is killed."""

LOOKS, ENDS = 0.1, 60.0
"""Seconds between two looks at the processes; and for those to end that are told to, or that a killed leader left."""


def main(arguments: Sequence[str]) -> int:
    """Performs a leg; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.rank >= 0:
            return _learn(asked)
        asked.out.mkdir(parents=True, exist_ok=True)
        with FileLock(asked.out / LOCK, timeout=0):
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
    parser.add_argument("--leader", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--gossip", type=Path, action="append", default=[], help=argparse.SUPPRESS)
    return parser


def recipe_of(path: Path | None, changes: Sequence[str]) -> Recipe:
    """A recipe from a JSON file (or the usual one) with NAME=VALUE changes; `AskedWrong` for what it does not have."""
    return Recipe.from_json(from_line(Recipe, path, changes))


def _lead(asked: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Starts the processes and attends to them until they have ended."""
    recipe_of(asked.recipe, asked.set)  # so that what is wrong is said once
    if asked.world < 1:
        raise AskedWrong("A leg takes one process at least.", "Say --world 1.")
    with FileLock(asked.out / LEARNS, timeout=ENDS):
        pass  # a killed leg's first process may still be writing its last checkpoint
    give_way()
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: told.append(number))
    (asked.out / "pid").write_text(f"{os.getpid()}\n")
    (asked.out / MACHINE).write_text(f"{processor()}\n", "utf-8")
    workers: list[subprocess.Popen[bytes]] = []
    try:
        with shared(asked.out, asked.world if asked.world > 1 else 0) as slots:
            own = [f"--leader={os.getpid()}", *(f"--gossip={path}" for path in slots.paths)]
            command = [sys.executable, "-m", "uncaged.training.seedling.leg", *arguments, *own]
            for rank in range(asked.world):
                workers.append(
                    subprocess.Popen(
                        [*command, f"--rank={rank}"],
                        env=_environment(os.environ),
                        pass_fds=slots.handles,
                    )
                )
            return _attend(workers, told, asked.out)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        (asked.out / "pid").unlink(missing_ok=True)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """For a worker: threads that wait leave the core to others."""
    return {"OMP_WAIT_POLICY": "passive", **given}


def _attend(workers: Sequence["subprocess.Popen[bytes]"], told: Sequence[int], out: Path) -> int:
    """Waits until the first process has ended, or is told to; returns its exit code.

    One that dies meanwhile ends the leg, with a checkpoint: half of them would go on at half the speed, to a model that
    looks finished, and what killed one (most often there is too little memory) soon kills the next.
    """
    dead: int | None = None
    while dead is None and not told and workers[0].poll() is None:
        time.sleep(LOOKS)
        codes = [worker.poll() for worker in workers]
        dead = next((rank for rank, code in enumerate(codes) if rank and code), None)
    for worker in workers:
        worker.terminate()
    code = workers[0].wait()
    for worker in workers[1:]:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(ENDS)
    early = code in (-signal.SIGTERM, -signal.SIGINT)  # it was told to end before it had begun
    if told and early:
        return 0
    if early and dead is not None:
        code = workers[dead].returncode
    elif code < 0:
        dead = 0
    if code > 0:
        return code  # it has said why
    if dead is None:
        return 0
    lost = _lost(dead, workers[dead].returncode)
    Progress(out).tell("lost", time=time.time(), process=dead, sentence=lost.message)
    raise lost


def _lost(rank: int, code: int) -> Failed:
    """What is said of a process that died. It counts from 1, as people do."""
    how = f"was killed by signal {-code}" if code < 0 else "has ended with an error"
    why = "Most often memory ran out. " if code == -KILL else ""
    return Failed(
        f"Process {rank + 1} of the leg {how}, and the leg has ended.",
        f"{why}The last checkpoint stays: the same command goes on from it.",
    )


def _learn(asked: argparse.Namespace) -> int:
    """One process of a leg. torch is imported here: the leader does without.

    While it begins it dies with its leader; once it learns it ends as it would when told to, with a checkpoint.
    """
    die_with_parent(parent=asked.leader)
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stopped.append(number))
    begun: list[bool] = []

    def stop() -> bool:
        """Asked before each step: from the first on there is something to keep when the leader dies."""
        if not begun:
            begun.append(True)
            die_with_parent(signal.SIGTERM, asked.leader)
        return bool(stopped)

    from uncaged.training.seedling.opening import Files
    from uncaged.training.seedling.training import train

    give_way()
    files = Files(asked.store, asked.codec, asked.start, tuple(asked.gossip))
    recipe = recipe_of(asked.recipe, asked.set)
    alone = contextlib.nullcontext() if asked.rank else FileLock(asked.out / LEARNS, timeout=0)
    with alone:
        train(
            recipe,
            files,
            asked.out,
            asked.rank,
            asked.world,
            accept_changes=asked.accept_changes,
            stop=stop,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
