"""Seedling as a training of the studio: two legs, one after the other, in processes of their own, as events.

A leg of single frames, then one of films that begins where it ended. What a leg writes of itself is read as it comes;
whatever lies in the folder is gone on from. Imports no torch: only its processes do.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from hashlib import file_digest
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from uncaged.core.errors import AskedWrong, DiskFull, RunFailed, UncagedError
from uncaged.core.machine import threads_allowed
from uncaged.core.order import Done, Event, Learned, Preview, Progress, Trained
from uncaged.core.task import Task
from uncaged.core.version import __version__
from uncaged.training.seedling.course import LEGS, OWN, Course, films_of
from uncaged.training.seedling.model_card import JSON, JUDGED, texts
from uncaged.training.seedling.progress import Reader
from uncaged.training.seedling.recipe import Recipe, differences
from uncaged.training.seedling.recipe_book import course_seconds, judging_seconds

LIBRARIES: Final = ("torch", "safetensors", "onnx", "onnxscript")
"""What it needs that the studio does not: the last two write the model at the end."""

PARTS: Final = 1000
"""Of which progress is told."""

OFTEN, PATIENCE = 0.5, 50.0
"""Seconds between two looks at what a leg has said; and for its last checkpoint once it is told to end."""

ALONGSIDE: Final = 4
"""Threads that may learn for each that this machine has: more of them only wait."""

LOOK_STEPS: Final = 8
"""Steps of the films that are looked at while it learns: fewer than a film is worth, in half the time."""

CODEC: Final = "codec.npz"
"""A training's file that says how its films are coded."""

DATA: Final = "drawings"
"""The folder beside the trainings' folders that holds drawn films, for all of them."""

LEARNS: Final = {"frames": "from single pictures", "mixed": "from films"}
"""What a leg learns, in words."""

SAID: Final = (
    "frame_loss", "clip_loss", "gradient", "held_frames", "held_clips", "samples_a_second", "watt_hours",
    "energy_assumes",
)  # fmt: skip
"""What of a leg's records is told, by the same names."""


class SeedlingTrainer:
    """See `uncaged.training.registry.Trainer`."""

    name = "seedling"

    def ready(self) -> None:
        for library in LIBRARIES:
            if find_spec(library) is None:
                raise AskedWrong(
                    f"seedling learns with {library}, which is not installed here.",
                    "pip install 'uncaged[training]'",
                )

    def recipe(self, asked: Mapping[str, Any], start: Mapping[str, Any] | None) -> dict[str, Any]:
        plan = Course.of(dict(start or {}) | dict(asked))
        before = plan if start is None else Course.of(start)
        if plan.legs.size != before.legs.size:
            raise AskedWrong(
                f"What it is to go on from is of size {before.legs.size}, and cannot become {plan.legs.size}.",
                "Leave the size out, or begin a new one, from nothing.",
                "size",
            )
        most = ALONGSIDE * threads_allowed()
        if plan.processes * plan.legs.threads > most:
            raise AskedWrong(
                f"{plan.processes} processes of {plan.legs.threads} threads are more than this machine has room for.",
                f"{most} threads in all at most.",
                "processes",
            )
        return plan.to_json()

    def seconds(self, recipe: Mapping[str, Any]) -> float:
        return course_seconds(Course.of(recipe))

    def differences(
        self, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> list[tuple[str, str, str]]:
        one, other = Course.of(old), Course.of(new)
        own = [
            (name, str(getattr(one, name)), str(getattr(other, name)))
            for name in OWN
            if getattr(one, name) != getattr(other, name)
        ]
        return [*differences(one.legs, other.legs), *own]

    def learn(self, task: Task) -> Generator[Event]:
        plan, folder = Course.of(task.recipe), Path(task.folder)
        yield from self.lessons(task)
        judged = folder / JUDGED
        if plan.judged and not judged.is_file():
            yield from _judged(plan, folder)
        yield Learned({"now": "writing the model", "seconds_left": 0.0})
        yield Progress(PARTS, PARTS, "writing the model")
        result = folder / "model"
        ask = {
            "name": task.name,
            "leg": str(folder / plan.stages[-1]),
            "legs": [str(leg) for stage in LEGS for leg in folder.parent.glob(f"*/{stage}")],
            "store": str(store_of(folder, plan)),
            "codec": str(folder / CODEC),
            "judged": str(judged) if judged.is_file() else "",
            "out": str(result),
        }
        still = Progress(PARTS, PARTS, "writing")
        yield from aside(["export", json.dumps(ask)], folder / "export.log", still)
        yield Trained(str(result), _manifest(result))
        yield Done({"trainer": "seedling 1", "uncaged": __version__, "torch": version("torch")})

    def lessons(self, task: Task) -> Generator[Event]:
        """The first part of `learn`: films are drawn, and legs come to their end. Nothing is exported.

        Whether a leg has come to its end it says itself: the recipe may ask for more now. But what it learned after a
        later one has begun from it would reach no model, so then it is left alone.
        """
        plan, folder = Course.of(task.recipe), Path(task.folder)
        start = _start(task, plan)
        folder.mkdir(parents=True, exist_ok=True)
        store, codec = store_of(folder, plan), folder / CODEC
        yield Learned({"now": f"drawing {plan.films:,} films to learn from"})
        yield Progress(0, PARTS, "drawing films to learn from")
        ask = json.dumps(
            {
                "films": plan.films,
                "drawings": plan.drawings,
                "codec": str(codec),
                "store": str(store),
                "processes": plan.processes,
            }
        )
        yield from aside(["draw", ask], folder / "drawing.log", Progress(0, PARTS, "drawing films"))
        done = 0.0
        for number, stage in enumerate(plan.stages, 1):
            leg, share = plan.leg(stage), plan.leg(stage).minutes / plan.legs.minutes
            out, files = folder / stage, (store, codec, start)
            if not any(_kept(folder / later) for later in plan.stages[number:]):
                yield from _leg(task, leg, plan.processes, out, files, (done, share))
            start, done = out, done + share


def store_of(folder: Path, plan: Course) -> Path:
    """Where the films lie that a training in `folder` learns from: beside it, for all that want the same."""
    return folder.parent / DATA / f"seedling-{films_of(plan.films, plan.drawings).hash[:16]}"


def _start(task: Task, plan: Course) -> Path | None:
    """The last leg that kept anything of the training that this one begins from, if it does. Raises `AskedWrong` where
    that has kept nothing, and neither has this one: it would begin from nothing, and say otherwise."""
    if not task.source:
        return None
    legs = [Path(task.source) / stage for stage in reversed(LEGS)]
    found = next((leg for leg in legs if _kept(leg)), None)
    if found is None and not any(_kept(Path(task.folder) / stage) for stage in plan.stages):
        raise AskedWrong(
            f"The training that this one is to begin from has kept no checkpoint in {task.source}.",
            "Begin from another one; or from nothing, without --on.",
        )
    return found


def _kept(leg: Path) -> bool:
    """Whether a leg has kept a checkpoint; whether that can be read, the leg says."""
    return any(leg.glob("step-*/leg.json"))


def _command(words: Sequence[str]) -> list[str]:
    return [
        sys.executable,
        "-P",
        "-m",
        "uncaged.training.seedling.chores",
        str(os.getpid()),
        *words,
    ]


@contextlib.contextmanager
def _process(words: Sequence[str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """A process of ours that dies with us; told to end, it has time for a checkpoint."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            _command(words), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                process.kill()
            process.wait()


def aside(words: Sequence[str], log: Path, still: Progress) -> Generator[Event]:
    """Something that takes long, in a process of its own: a sign of life now and then."""
    with _process(words, log) as process:
        while process.poll() is None:
            yield still
            time.sleep(OFTEN)
        _check(process.returncode, log)


def _check(code: int, log: Path) -> None:
    """Raises what a process of ours said last, where it did not end well."""
    if code == 0:
        return
    lines = log.read_text("utf-8", errors="replace").strip().splitlines() or ["It said nothing."]
    if code < 0:
        raise RunFailed(f"A process of the training was killed by signal {-code}.", _STAYS)
    if "No space left" in lines[-1] or "There is no room" in "\n".join(lines[-4:]):
        raise DiskFull("There is no room left on the disk for the training.", _STAYS)
    differs = any("was begun differently" in line for line in lines)
    hint = f"{_STAYS} Go on with --accept-changes to accept them." if differs else _STAYS
    raise (AskedWrong if code == 2 else RunFailed)("\n".join(lines[-12:])[:2000], hint)


_STAYS = "The last whole checkpoint stays."


def _leg(
    task: Task,
    recipe: Recipe,
    world: int,
    out: Path,
    files: tuple[Path, Path, Path | None],
    part: tuple[float, float],
) -> Generator[Event]:
    """One leg to its end. part: what of the training is done before it, and its share. Ended before, it says little."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "recipe.json").write_text(json.dumps(recipe.to_json()), "utf-8")
    store, codec, start = files
    words = ["leg", str(out), "--store", str(store), "--codec", str(codec), "--world", str(world)]
    words += ["--recipe", str(out / "recipe.json")]
    words += [] if start is None else ["--start", str(start)]
    words += ["--accept-changes"] if task.accepted else []
    said = Reader(out, new=True)
    still = Progress(round(PARTS * part[0]), PARTS, f"learning {recipe.stage}")
    yield Learned({"now": f"learning {LEARNS[recipe.stage]}"})
    with _process(words, out / "leg.log") as process:
        alive, ended = True, dict[str, Any]()
        while alive:
            alive = process.poll() is None
            for record in said.new():
                ended = record if record.get("what") == "ended" else ended
                if "done" in record:
                    share = part[0] + part[1] * float(record["done"])
                    still = Progress(min(PARTS, round(PARTS * share)), PARTS, still.doing)
                yield from _told(record, recipe, part)
                if record.get("what") == "kept":
                    yield from _looked(out, still)
            yield still
            time.sleep(OFTEN if alive else 0)
        if ended.get("why") == "not a number":
            raise RunFailed(str(ended.get("sentence", "A number is none any more.")))
        _check(process.returncode, out / "leg.log")


def _judged(plan: Course, folder: Path) -> Generator[Event]:
    """Judges the last leg by the probe of the package; the figures go where the card looks for them."""
    stage = plan.stages[-1]
    words = ["judge", str(folder / stage), "--codec", str(folder / CODEC), "--out", str(folder)]
    if stage == "frames":
        words += ["--frames", str(plan.judged)]
    else:
        words += ["--seen", str(plan.judged)]
        words += [f"--{part}={max(2, plan.judged // 3)}" for part in ("held", "still", "alike")]
    words += ["--threads", str(plan.processes)]
    left = judging_seconds(plan)
    yield Learned(
        {"now": f"judging what it draws, {plan.judged} films and more", "seconds_left": left}
    )
    yield from aside(words, folder / "judging.log", Progress(PARTS, PARTS, "judging"))


def _looked(out: Path, still: Progress) -> Generator[Event]:
    """What its last checkpoint draws, and what the probe names of it. A look is worth no training: trouble is passed
    over."""
    picture, found = out / "sheet.png", out / "look.json"
    with contextlib.suppress(OSError, ValueError, UncagedError):
        ask = {"leg": str(out), "out": str(picture), "found": str(found), "steps": LOOK_STEPS}
        yield from aside(["look", json.dumps(ask)], out / "look.log", still)
        yield Preview(picture.read_bytes())
        yield Learned(json.loads(found.read_bytes()))


def _told(record: Mapping[str, Any], recipe: Recipe, part: tuple[float, float]) -> Generator[Event]:
    """A record of a leg as events; the time left is that of the whole training."""
    facts: dict[str, Any] = {"step": int(record.get("step", 0))}
    facts |= {name: record[name] for name in SAID if name in record}
    if "frames" in record:
        facts["samples"] = int(record["frames"]) + int(record.get("clips", 0))
    if "left" in record and part[1] > 0:
        rest = 60 * recipe.minutes * (1 - part[0] - part[1]) / part[1]
        facts["seconds_left"] = float(record["left"]) + max(0.0, rest)
    if record.get("what") == "kept":
        facts["kept"] = facts["step"]
    if record.get("what") in ("step", "held", "kept"):
        yield Learned(facts)


def _manifest(result: Path) -> dict[str, Any]:
    """What the studio is told of the model: its files, whose engine performs it, its card."""
    files: dict[str, Any] = {}
    for path in sorted(path for path in result.iterdir() if path.is_file()):
        with path.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        files[path.name] = {"sha256": digest, "bytes": path.stat().st_size}
    card = texts(json.loads((result / JSON).read_bytes()))
    return {"engine": "seedling", "files": files, "data": "data.json", "card": card}
