"""What was asked for elsewhere, written down before it is asked: the next attempt finds the film that runs there.

One small file for each run, which outlasts its attempts. It is gone once what it names is done or deleted there.
"""

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, cast

from uncaged.core.errors import DiskFull
from uncaged.engines.remote.asking import Asker, Unreached

LARGEST: Final = 100_000
"""Bytes of such a file, at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. key: under which it is asked there, again and again; it says nothing of anybody.

    job: what they call the film; empty until they have answered.
    """

    address: str
    key: str
    job: str = ""


def new(address: str) -> Asked:
    """A question that nobody has asked yet."""
    return Asked(address, token_hex(16))


def read(path: Path) -> tuple[Asked, ...]:
    """What was asked, the last one last; nothing where there is no such file, or none that can be read."""
    try:
        rows: object = json.loads(path.read_bytes()[:LARGEST])
        if not isinstance(rows, list):
            return ()
        found = [_one(cast("Mapping[str, Any]", row)) for row in cast("list[object]", rows)]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()
    return tuple(found)


def _one(row: Mapping[str, Any]) -> Asked:
    values = tuple(row[name] for name in ("address", "key", "job"))
    if not all(isinstance(value, str) for value in values):
        raise ValueError("it is no text")
    return Asked(*values)


def write(path: Path, asked: Sequence[Asked]) -> None:
    """Keeps it, on the disk once this returns; with nothing in it, there is no such file. Raises `DiskFull`."""
    if not asked:
        path.unlink(missing_ok=True)
        return
    beside = path.with_name(f".{path.name}")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with beside.open("w", encoding="ascii") as opened:
            json.dump([asdict(one) for one in asked], opened)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise DiskFull(
            f"There is no room left on the disk: {error.strerror}.", "Make room, then ask again."
        ) from None


@dataclass(slots=True)
class Memory:
    """What one run has asked for so far. path: where it is written; nowhere where that is None."""

    path: Path | None = None
    asked: tuple[Asked, ...] = ()

    @classmethod
    def of(cls, path: str, addresses: Sequence[str]) -> "Memory":
        """What an earlier attempt has left; of addresses that are none of the model's nothing is taken."""
        if not path:
            return cls()
        found = tuple(one for one in read(Path(path)) if one.address in addresses)
        return cls(Path(path), found)

    @property
    def last(self) -> Asked | None:
        """What was asked last."""
        return self.asked[-1] if self.asked else None

    def note(self, one: Asked) -> None:
        """It is asked, or answered: of each key what is known last."""
        others = tuple(other for other in self.asked if other.key != one.key)
        self._keep((*others, one))

    def forget(self, one: Asked) -> None:
        """Nothing of it is left there."""
        self._keep(tuple(other for other in self.asked if other.key != one.key))

    def _keep(self, asked: tuple[Asked, ...]) -> None:
        self.asked = asked
        if self.path is not None:
            write(self.path, asked)


def delete(at: Asker, job: str) -> bool:
    """Whether nothing of it is left there, as far as anybody says; False where nobody answers in time."""
    try:
        answer = at.ask("DELETE", f"/v1/videos/{job}", within=at.pace.leave)
    except Unreached:
        return False
    return answer.status not in (409, 429) and answer.status < 500
