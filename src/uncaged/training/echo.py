"""`echo` learns a number: the double by which trainings are tested, and a first try of one, without any library.

It halves its distance to the number with every step, writes checkpoints whole or not at all, and can be told to be
slow, to die, to meet a NaN, to find the disk full.
"""

import errno
import json
import math
import os
import time
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import compress, crc32

from uncaged.core.errors import AskedWrong, RunFailed
from uncaged.core.order import Done, Event, Learned, Preview, Progress, Trained
from uncaged.core.task import Task
from uncaged.core.version import __version__
from uncaged.training.checking import check_among, check_fields

STATE, RESULT = "checkpoint.json", "model"
"""The file of the last whole checkpoint, and the folder of the finished model."""

WATTS = 8.0
"""Assumed, not measured: what one busy core draws."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """number: what is to be learned. pause: seconds of each step. save_every: steps between two checkpoints.

    die_at, nan_at, full_at: steps at which it is to die, meet a NaN, find no room, if it began before them; 0: never.
    """

    number: float = 3.0
    steps: int = 40
    minutes: float = 0.0
    size: str = "s"
    pause: float = 0.0
    save_every: int = 4
    die_at: int = 0
    nan_at: int = 0
    full_at: int = 0

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Recipe":
        """The recipe of plain values; `AskedWrong` for what it does not have."""
        check_fields(cls, body)
        made = cls(**body)
        if not 1 <= made.steps <= 10**9 or made.save_every < 1 or not 0 <= made.minutes <= 1e6:
            raise AskedWrong("A training has at least one step, and as many as it can count.")
        check_among("size", made.size, ("s", "m"))
        return made


class EchoTrainer:
    """See `uncaged.training.registry.Trainer`."""

    name = "echo"

    def ready(self) -> None:
        """It always is."""

    def recipe(self, asked: Mapping[str, Any], start: Mapping[str, Any] | None) -> dict[str, Any]:
        before = dict(start or {})
        body = before | dict(asked)
        if asked.get("minutes") and "pause" not in asked and not before:
            body["pause"] = 60 * float(asked["minutes"]) / Recipe.of(body).steps
        return asdict(Recipe.of(body))

    def seconds(self, recipe: Mapping[str, Any]) -> float:
        made = Recipe.of(recipe)
        return made.steps * max(made.pause, 0.001)

    def differences(
        self, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> list[tuple[str, str, str]]:
        one, other = asdict(Recipe.of(old)), asdict(Recipe.of(new))
        skipped = ("pause", "die_at", "nan_at", "full_at")  # how it goes, not what is learned
        return [
            (name, str(one[name]), str(other[name]))
            for name in one
            if one[name] != other[name] and name not in skipped
        ]

    def learn(self, task: Task) -> Generator[Event]:
        recipe, folder = Recipe.of(task.recipe), Path(task.folder)
        folder.mkdir(parents=True, exist_ok=True)
        step, value, worked = _begin(folder, Path(task.source) if task.source else None)
        first = step
        yield Progress(step, recipe.steps, _doing(step, recipe))
        kept = step
        try:
            while step < recipe.steps:
                began = time.monotonic()
                _mishaps(recipe, step + 1, first)
                if recipe.pause > 0:
                    time.sleep(min(recipe.pause, 60.0))
                value += (recipe.number - value) / 2
                step, worked = step + 1, worked + time.monotonic() - began
                said = _facts(recipe, step, value, worked)
                if step % recipe.save_every == 0 or step == recipe.steps:
                    _keep(folder, {"step": step, "value": value, "worked": worked})
                    kept = step
                    said["kept"] = step
                    said["held_loss"] = abs(recipe.number - value) + 0.01
                    yield Preview(_picture(step / recipe.steps))
                yield Learned(said)
                yield Progress(step, recipe.steps, _doing(step, recipe))
        finally:
            if kept < step < recipe.steps:
                _keep(folder, {"step": step, "value": value, "worked": worked})
        yield _finished(task, recipe, folder, value, worked)
        yield Done({"trainer": "echo 1", "uncaged": __version__})


def _doing(step: int, recipe: Recipe) -> str:
    return f"step {step} of {recipe.steps}"


def _begin(folder: Path, source: Path | None) -> tuple[int, float, float]:
    """Where the last whole checkpoint stands; else the end of the training that it begins from; else nothing."""
    for place, anew in ((folder, False), (source, True)):
        if place is not None and (place / STATE).exists():
            said = json.loads((place / STATE).read_text("utf-8"))
            value = float(said["value"])
            return (0, value, 0.0) if anew else (int(said["step"]), value, float(said["worked"]))
    return 0, 0.0, 0.0


def _mishaps(recipe: Recipe, step: int, first: int) -> None:
    """What was ordered to go wrong at this step, unless it began there: else it would never come further."""
    if step == recipe.die_at and first + 1 != step:
        os.kill(os.getpid(), 9)
    if step == recipe.nan_at:
        raise RunFailed(
            f"At step {step} the loss is {math.nan}: the training ends here.",
            "The last good checkpoint stays.",
        )
    if step == recipe.full_at:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _picture(share: float) -> bytes:
    """A grey PNG of 32 × 16 pixels, white as far as it has come."""
    row = b"\x00" + bytes(255 if x < 32 * share else 64 for x in range(32))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + crc32(kind + data).to_bytes(4, "big")
        for kind, data in (
            (b"IHDR", bytes((0, 0, 0, 32, 0, 0, 0, 16, 8, 0, 0, 0, 0))),
            (b"IDAT", compress(row * 16)),
            (b"IEND", b""),
        )
    )


def _facts(recipe: Recipe, step: int, value: float, worked: float) -> dict[str, Any]:
    return {
        "step": step,
        "loss": abs(recipe.number - value),
        "samples": step * 32,
        "samples_a_second": step * 32 / max(worked, 1e-3),
        "seconds_left": worked / step * (recipe.steps - step),
        "watt_hours": worked * WATTS / 3600,
        "energy_assumes": f"{WATTS:g} W for a busy core; assumed, not measured",
    }


def _keep(folder: Path, state: Mapping[str, Any]) -> None:
    """Beside its place, to the disk, then renamed."""
    beside = folder / f".{STATE}"
    with beside.open("w", encoding="utf-8") as out:
        json.dump(state, out)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(folder / STATE)


def _finished(task: Task, recipe: Recipe, folder: Path, value: float, worked: float) -> Trained:
    """The model: its number as a file, the drawings that it learned from by name, and its card."""
    result = folder / RESULT
    result.mkdir(exist_ok=True)
    texts = {
        "number.json": {"number": value},
        "data.json": {"root": sha256(str(recipe.number).encode()).hexdigest(), "items": 1},
    }
    files: dict[str, Any] = {}
    for name, said in texts.items():
        data = json.dumps(said).encode()
        (result / name).write_bytes(data)
        files[name] = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    card = {
        "summary": f"{task.name}: the number {value:.3g}, learned in {recipe.steps} steps.",
        "origin": f"Trained here in {worked:.1f} seconds.",
        "training_data": f"One number, {recipe.number:g}.",
        "licence": "CC0-1.0",
        "works": "CC0-1.0: nothing in them is anybody's.",
    }
    return Trained(
        str(result), {"engine": "echo", "files": files, "data": "data.json", "card": card}
    )
