"""What a leg says while it goes: a stream of records, one JSON line each, that a terminal or a page can draw later."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

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
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        if self._hear is not None:
            self._hear(record)


def records(out: Path) -> list[dict[str, Any]]:
    """All records of a leg, oldest first; a line that a kill cut short is left out."""
    found: list[dict[str, Any]] = []
    path = out / NAME
    if not path.exists():
        return found
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


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


def _short(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value
