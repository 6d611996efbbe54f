"""What a leg says while it goes: a stream of records, one JSON line each, that a terminal or a page can draw later.

A line that a kill cut short is lost, and costs no other.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

Hear = Callable[[Mapping[str, Any]], None]
"""Somebody who wants each record as it comes."""

NAME = "progress.jsonl"


class Progress:
    """Appends records to out/progress.jsonl; each is one line, written at once."""

    def __init__(self, out: Path, hear: Hear | None = None) -> None:
        self._path, self._hear = out / NAME, hear

    def tell(self, what: str, **said: Any) -> None:
        """A record: `what` happened ("begun", "step", "held", "kept", "ended"), and what is said of it. Numbers are
        rounded to six places."""
        record = {"what": what} | {name: _short(value) for name, value in said.items()}
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        with self._path.open("a+b") as file:
            file.write(line if _ends_well(file) else b"\n" + line)
        if self._hear is not None:
            self._hear(record)


def records(out: Path) -> list[dict[str, Any]]:
    """All records of a leg, oldest first; a line that a kill cut short is left out."""
    return Reader(out).new()


class Reader:
    """Reads a leg's records as they come, each once, without reading again what it has read.

    new: leaves out what is there already.
    """

    def __init__(self, out: Path, *, new: bool = False) -> None:
        self._path, self._read = out / NAME, 0
        if new:
            self.new()

    def new(self) -> list[dict[str, Any]]:
        """The records that were written since the last asking; a line that is being written comes with the next."""
        try:
            with self._path.open("rb") as file:
                if file.seek(0, os.SEEK_END) < self._read:
                    self._read = 0  # another file by now
                file.seek(self._read)
                whole, newline, _ = file.read().rpartition(b"\n")
        except FileNotFoundError:
            return []
        self._read += len(whole) + len(newline)
        return list(_legible(whole.split(b"\n")))


class Running:
    """The mean of what was added since the last asking, by name."""

    def __init__(self) -> None:
        self._sums: dict[str, tuple[float, int]] = {}

    def add(self, name: str, value: float) -> None:
        """One more value."""
        total, count = self._sums.get(name, (0.0, 0))
        self._sums[name] = (total + value, count + 1)

    def take(self) -> dict[str, float]:
        """The means by name, and all forgotten."""
        means = {name: total / count for name, (total, count) in self._sums.items()}
        self._sums = {}
        return means


def _legible(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            record: Any = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record


def _ends_well(file: BinaryIO) -> bool:
    """Whether a file is empty or ends with a line's end: a kill may have cut its last line short."""
    if not file.seek(0, os.SEEK_END):
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _short(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value
