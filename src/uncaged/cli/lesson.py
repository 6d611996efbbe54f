"""A training as a terminal draws it: losses as lines of block characters, figures, time left, energy.

Where there is no terminal, a plain line for every tenth, and for every checkpoint. Writes to standard error.
"""

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

from uncaged.archive.telling import duration
from uncaged.cli.opening import called, print_json, print_rows, visible
from uncaged.cli.terminal import as_characters, bar
from uncaged.studio import lessons
from uncaged.studio.attending import Stands
from uncaged.studio.lessons import WIDE, blocks, number

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.studio.studio import Studio


def rows_of(stands: Stands, wide: int = WIDE) -> list[tuple[str, str]]:
    """What is said of a training, a row each: curves first, then figures, then what it took."""
    lesson = stands.lesson
    rows = [
        (_plain(name), f"{blocks([b for _a, b in points], wide)}  {points[-1][1]:.4g}")
        for name, points in lesson.curves.items()
    ]
    left = number(lesson.figures.get("seconds_left"))
    hours = number(lesson.figures.get("watt_hours"))
    said = ("now", "seconds_left", "watt_hours", "energy_assumes", *lesson.curves)
    figures = [
        f"{_plain(name)} {_value(value)}"
        for name, value in lesson.figures.items()
        if name not in said and isinstance(value, int | float | str)
    ]
    rows.append(("figures", ", ".join(figures)))
    if stands.run.state == "in_progress":
        rows.insert(0, ("now", str(lesson.figures.get("now", ""))))
        rows.append(("left", "" if left is None else f"about {duration(left)}"))
    if hours is not None:
        assumed = lesson.figures.get("energy_assumes", "")
        rows.append(("energy", f"{hours:.3g} Wh ({assumed})"))
    kept = "" if lesson.kept is None else f", kept at step {lesson.kept}"
    rows.append(("step", f"{lesson.step}{kept}"))
    return [(name, what) for name, what in rows if what]


def _plain(name: str) -> str:
    return f"{name} right, %" if name in lessons.SHARES else name.replace("_", " ")


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def as_record(here: "Studio", stands: Stands) -> dict[str, Any]:
    """A training for programs."""
    from uncaged.archive import learnt

    run, lesson = stands.run, stands.lesson
    with here.archive.read() as conn:
        model = learnt.made_by(conn, run.id)
    return {
        "run": run.id,
        "state": run.state,
        "place": stands.place,
        "reason": run.reason,
        "task": None if run.task is None else run.task.to_json(),
        "model": model,
        "step": lesson.step,
        "kept": lesson.kept,
        "figures": dict(lesson.figures),
        "curves": {
            name: [list(point) for point in points] for name, points in lesson.curves.items()
        },
        "seconds": run.measured_seconds,
    }


class Watcher:
    """Told how a training stands; draws it where there is a terminal, else says it now and then."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out: TextIO | None = out or sys.stderr
        seen = self._out is not None and self._out.isatty()
        self._terminal = seen and os.environ.get("TERM", "dumb") != "dumb"
        self._lines, self._said, self._tenth, self._kept = 0, "", -1, -1
        self._drawn, self._now = 0.0, ""

    def __call__(self, stands: Stands) -> None:
        if self._terminal:
            self._draw(stands)
        else:
            self._tell(stands)

    def say(self, sentence: str) -> None:
        """A line of its own, above what is drawn."""
        self.clear()
        self._write(sentence + "\n")

    def clear(self) -> None:
        """Takes away what is drawn."""
        if self._terminal and self._lines:
            self._write(f"\x1b[{self._lines}F\x1b[J")
        self._lines = 0

    def _draw(self, stands: Stands) -> None:
        now = time.monotonic()
        if now - self._drawn < 0.2:
            return
        self._drawn = now
        columns = shutil.get_terminal_size().columns - 1
        picture = ""
        if stands.preview is not None:
            picture = as_characters(stands.preview, min(48, columns - 1))
        rows = [("", _bar(stands)), *rows_of(stands, min(WIDE, columns - 30))]
        lines = "".join(f"{f'{name:<14}{visible(what)}'[:columns]}\n" for name, what in rows)
        text = picture + lines
        up = f"\x1b[{self._lines}F" if self._lines else ""
        self._write(up + "\x1b[J" + text)
        self._lines = text.count("\n")

    def _tell(self, stands: Stands) -> None:
        done, total = stands.run.progress
        tenth = int(10 * done / total) if total else -1
        kept = -1 if stands.lesson.kept is None else stands.lesson.kept
        if stands.run.state == "queued":
            self._say_once(f"place {stands.place} in line")
        elif (now := str(stands.lesson.figures.get("now", ""))) != self._now:
            self._now = now
            self._say_once(now)
        elif tenth > self._tenth:
            self._tenth, self._kept = tenth, kept
            figures = "  ".join(
                f"{_plain(name)} {points[-1][1]:.4g}"
                for name, points in stands.lesson.curves.items()
            )
            self._say_once(f"{_bar(stands)}  {figures}".rstrip())

    def _say_once(self, line: str) -> None:
        if line != self._said:
            self._said = line
            self._write(line + "\n")

    def _write(self, text: str) -> None:
        """Shows it, or from now on nothing: a training does not end because nobody can watch it."""
        try:
            if self._out is not None:
                self._out.write(text)
                self._out.flush()
        except (OSError, ValueError):
            self._out, self._terminal = None, False


def _bar(stands: Stands) -> str:
    run = stands.run
    if run.state == "queued":
        return f"place {stands.place} in line"
    share = run.progress[0] / max(1, run.progress[1])
    return f"{bar(share)} {share:4.0%}  step {stands.lesson.step}"


def print_lesson(here: "Studio", run: "Run", as_json: bool) -> None:
    """A training, as `uncaged info` prints it."""
    from uncaged.studio import attending

    stands = attending.stands(here, run)
    record = as_record(here, stands)
    if as_json:
        print_json(record)
        return
    assert run.task is not None
    state = run.state.replace("_", " ")
    place = "" if stands.place is None else f", place {stands.place} in line"
    recipe = ", ".join(f"{name} {value}" for name, value in run.task.recipe.items())
    rows = [
        ("training", f"{run.task.name}, by {run.task.what}"),
        ("run", f"{run.id}, attempt {run.attempt}"),
        ("state", state + place),
        ("reason", run.reason or ""),
        *(rows_of(stands) if stands.lesson.figures else ()),
        ("recipe", recipe),
        ("folder", str(lessons.folder(here, run.task.begun))),
        ("model", record["model"] or ""),
    ]
    print_rows([row for row in rows if row[1]])
    if run.state in ("failed", "cancelled"):
        print_rows([("next", f"{called()} train --on {run.id}")], wrapped=False)
