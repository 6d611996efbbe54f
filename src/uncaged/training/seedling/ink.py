"""The development door to the inker: ``python -m uncaged.training.seedling.ink learn|judge|sheet|export …``.

learn performs a leg at the lowest priority; SIGTERM (or Ctrl-C) ends it with a checkpoint, and the same command goes on.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # before torch comes: threads that wait leave the core to others

from filelock import FileLock, Timeout

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.training.seedling.ink_recipe import InkRecipe

LOWEST = 19
"""The niceness of a leg."""


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.does(asked))
    except Timeout:
        print(f"A leg is at work in {asked.leg}. End it first, or name another folder.", file=sys.stderr)
        return 2
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def recipe_of(path: Path | None, changes: Sequence[str]) -> InkRecipe:
    """A recipe from a JSON file (or the usual one) with NAME=VALUE changes; `AskedWrong` for what it does not have."""
    body: dict[str, Any] = json.loads(path.read_text("utf-8")) if path else {}
    kinds = {field.name: type(field.default) for field in fields(InkRecipe)}
    for change in changes:
        name, _, value = change.partition("=")
        kind = kinds.get(name, str)
        try:
            body[name] = kind(value)
        except ValueError as error:
            raise AskedWrong(f"{name} is “{value}”.", f"It wants a {kind.__name__}.") from error
    return InkRecipe.from_json(body)


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
    return parser


def _learn(asked: argparse.Namespace) -> int:
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.ink_training import train

    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stopped.append(number))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(LOWEST)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
