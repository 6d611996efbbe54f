"""Seedling from nothing to a judged model: ``python -m uncaged.training.seedling.whole --size small``.

Performs a recipe book stage by stage; what is finished is left alone, and what was interrupted goes on, so the same
command is the way to go on. Ctrl-C ends it with a checkpoint. Imports no torch: only its processes do.
"""

import argparse
import sys
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.machine import processor
from uncaged.core.order import Event, Learned, Progress, Trained
from uncaged.core.task import Task
from uncaged.training.seedling.course import Course
from uncaged.training.seedling.model_card import JSON, JUDGED, document
from uncaged.training.seedling.recipe_book import BOOKS, SECONDS, Book, book, how_long, seconds
from uncaged.training.seedling.trainer import CODEC, PARTS, SeedlingTrainer, aside, store_of

FIRST_MINUTE: Final = 60.0
"""Seconds of learning after which it is said how long all of it takes on this machine."""

UNSEEN: Final = 2**42
"""The first seed of the films that the probe learns held-out pairs from."""

PROBE, KINDS = "probe.safetensors", "kinds.safetensors"
"""The probes that were taught, of one subject and of two."""

ASKED: Final = ("seen", "held", "still", "alike", "two")
"""What of the book's judging is asked of the judge by its own name."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole training in a folder. processes: that learn together. accepted: goes on though recipe, drawings or code
    are not those it was begun with."""

    book: Book
    out: Path
    processes: int
    accepted: bool = False

    def task(self, number: int) -> Task:
        """The task of a chapter; it begins where the one before ended."""
        chapter = self.book.chapters[number]
        source = str(self.folder(number - 1)) if number else ""
        recipe = Course.of({**chapter.course, "processes": self.processes}).to_json()
        return Task(
            "seedling",
            recipe,
            f"seedling-{self.book.name}",
            folder=str(self.folder(number)),
            source=source,
            accepted=self.accepted,
        )

    def folder(self, number: int) -> Path:
        """Where a chapter lies."""
        return self.out / self.book.chapters[number].name

    @property
    def last(self) -> int:
        """The number of the last chapter: it becomes the model."""
        return len(self.book.chapters) - 1

    @property
    def model(self) -> Path:
        """Where the model lies at the end."""
        return self.folder(self.last) / "model"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is called, and how it is done (or found done)."""

    name: str
    events: Callable[[], Generator[Event]]


def stages(whole: Whole) -> list[Stage]:
    """All of them, in order."""
    teacher = SeedlingTrainer()
    chapters = [
        Stage(chapter.name, lambda number=number: teacher.lessons(whole.task(number)))
        for number, chapter in enumerate(whole.book.chapters)
    ]
    return [
        *chapters,
        Stage("probe", lambda: _probe(whole)),
        Stage("judging", lambda: _judged(whole)),
        Stage("model", lambda: _written(whole, teacher)),
    ]


def perform(whole: Whole, say: Say, now: Callable[[], float] = time.monotonic) -> Path:
    """Every stage, one after the other; returns the model's folder. Raises `UncagedError`."""
    whole.out.mkdir(parents=True, exist_ok=True)
    every = stages(whole)
    told = _Told(whole, say, now)
    for number, stage in enumerate(every, 1):
        say(f"{number} of {len(every)}: {stage.name}")
        for event in stage.events():
            told.hear(event)
    return whole.model


def _probe(whole: Whole) -> Generator[Event]:
    """Teaches the probes by drawings, each once; none where those of the package judge."""
    judging = whole.book.judging
    if not judging.unseen:
        return
    teach = ["judge", "--codec", str(whole.folder(0) / CODEC), "--threads", str(whole.processes)]
    teach += ["--steps", str(judging.films), "--fresh", str(judging.fresh)]
    if not (whole.out / PROBE).is_file():
        from uncaged.engines.seedling.codec import Codec
        from uncaged.training.seedling.store import Root, drawn_store

        codec, held = Codec.shipped(), whole.out / f"held-{judging.unseen}"
        yield Progress(0, PARTS, "drawing films for the probe")
        drawn_store(held, Root(UNSEEN, judging.unseen, "held", codec.hash), codec)
        words = [*teach, "--probe", str(whole.out / PROBE), "--look-steps", str(judging.looks)]
        words += ["--teach", str(_store(whole, 0)), str(held)]
        yield from aside(words, whole.out / "probe.log", Progress(0, PARTS, "teaching the probe"))
    if judging.two and not (whole.out / KINDS).is_file():
        words = [*teach, "--kinds", str(whole.out / KINDS), "--probe", str(whole.out / PROBE)]
        words += ["--teach-two", str(_store(whole, whole.last))]
        still = Progress(0, PARTS, "teaching the probe of two")
        yield from aside(words, whole.out / "kinds.log", still)


def _store(whole: Whole, number: int) -> Path:
    """The films of a chapter."""
    return store_of(whole.folder(number), Course.of(whole.task(number).recipe))


def _judged(whole: Whole) -> Generator[Event]:
    """Judges the last leg, once; the figures go where the card looks for them."""
    folder, judging = whole.folder(whole.last), whole.book.judging
    if (folder / JUDGED).is_file():
        return
    leg = folder / Course.of(whole.task(whole.last).recipe).stages[-1]
    words = ["judge", str(leg), "--codec", str(folder / CODEC)]
    words += [f"--{name}={getattr(judging, name)}" for name in ASKED]
    if judging.unseen:
        words += ["--probe", str(whole.out / PROBE), "--kinds", str(whole.out / KINDS)]
    words += ["--out", str(folder), "--threads", str(whole.processes)]
    yield from aside(words, folder / "judging.log", Progress(0, PARTS, "judging"))


def _written(whole: Whole, teacher: SeedlingTrainer) -> Generator[Event]:
    """Writes the model with its card, once: its folder takes its place whole, so where the card is, all is."""
    if not (whole.model / JSON).is_file():
        yield from teacher.learn(whole.task(whole.last))


class _Told:
    """What of the events is said aloud."""

    def __init__(self, whole: Whole, say: Say, now: Callable[[], float]) -> None:
        self._whole, self._say, self._now = whole, say, now
        self._doing, self._measured = "", False
        self._begun: float | None = None

    def hear(self, event: Event) -> None:
        """One event."""
        if isinstance(event, Progress) and event.doing != self._doing:
            self._doing = event.doing
            self._say(f"  {event.doing} …")
        elif isinstance(event, Learned):
            self._facts(event)
        elif isinstance(event, Trained):
            self._say(f"  {event.folder}")

    def _facts(self, event: Learned) -> None:
        facts = event.facts
        parts = [f"{facts['samples']:,} samples" if "samples" in facts else ""]
        names = ("frame_loss", "clip_loss", "held_frames", "held_clips")
        parts += [f"{name.replace('_', ' ')} {facts[name]:.3f}" for name in names if name in facts]
        if any(parts):
            self._say("  " + ", ".join(part for part in parts if part))
        rate = float(facts.get("samples_a_second", 0.0))
        if not rate or self._measured:
            return
        now = self._now()
        self._begun = now if self._begun is None else self._begun
        if now - self._begun >= FIRST_MINUTE and self._doing.endswith("frames"):
            self._measured = True
            slower = self._whole.processes / (rate * SECONDS["frame"])
            whole = sum(seconds(self._whole.book, self._whole.processes, slower).values())
            self._say(f"  {rate:.0f} frames a second here: about {how_long(whole)} in all.")


def main(arguments: Sequence[str]) -> int:
    """Says how long it takes, and does it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="whole", description="Train Seedling from nothing.")
    parser.add_argument("--size", default="small", help=f"{', '.join(BOOKS)} (small)")
    parser.add_argument("--out", type=Path, help="a folder (build/seedling-SIZE)")
    parser.add_argument("--processes", type=int, default=2, help="that learn together (2)")
    parser.add_argument("--hours", action="store_true", help="say how long it takes, and end")
    parser.add_argument("--accept-changes", action="store_true", help="go on all the same")
    parser.add_argument("--write", type=Path, help="where to write the card as a document")
    asked = parser.parse_args(arguments)
    try:
        if asked.processes < 1:
            raise AskedWrong("A training takes one process at least.", "Say --processes 1.")
        chosen = book(asked.size)
        out = asked.out or Path("build") / f"seedling-{chosen.name}"
        whole = Whole(chosen, out, asked.processes, asked.accept_changes)
        for line in announced(whole):
            print(line, flush=True)
        if asked.hours:
            return 0
        SeedlingTrainer().ready()
        model = perform(whole, lambda text: print(text, flush=True))
        if asked.write:
            asked.write.write_text(document(model), encoding="utf-8")
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped with a checkpoint; the same command goes on.", file=sys.stderr)
        return 130
    print(f"Perform with it: see docs/seedling.md. Its card: {model / 'card.md'}")
    return 0


def announced(whole: Whole) -> list[str]:
    """What is said before anything begins."""
    parts = seconds(whole.book, whole.processes)
    told = ", ".join(f"{name} {how_long(spent)}" for name, spent in parts.items())
    return [
        f"{whole.book.name}: {whole.book.says}.",
        f"About {how_long(sum(parts.values()))} ({told}) with a free core for each of {whole.processes} processes, "
        f"as fast as those it was measured on; "
        f"this processor is {processor()}. After a minute of learning it is said anew.",
        f"In {whole.out}. Stop it whenever you want: the same command goes on.",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
