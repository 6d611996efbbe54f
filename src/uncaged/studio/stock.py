"""The stock: drawings drawn beforehand, outside the archive, named by their scores' hashes. Reads; never draws.

Everything in its folder can be deleted at any time: what is missing is drawn again when nobody waits. A drawing is
there once its still is; its small film may come later. Each file is whole: written beside, and renamed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from uncaged.core.errors import UncagedError
from uncaged.core.ids import is_sha256
from uncaged.core.score import Score
from uncaged.studio.twelve import SETS, TWELVE, is_set, set_of

Form = Literal["jpg", "mp4", "json"]
"""A still of a drawing, its small film, its score."""

MIMES: Mapping[Form, str] = {"jpg": "image/jpeg", "mp4": "video/mp4", "json": "application/json"}

LARGEST = 2_000_000
"""Bytes of a set's list, at most: whatever is larger was not written here."""

_REFERENCE = re.compile(r"([0-9.-]{12,13})/([1-9][0-9]?)(?:/([1-9][0-9]?))?")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing of the stock. name: of its files. alt: what is seen, in words. ready: whether its still is there, and
    moves: its small film."""

    name: str
    alt: str
    ready: bool
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Kin:
    """One of the twelve, and its children in their order."""

    first: Drawn
    children: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Twelve:
    """A set: its name, its twelve, at which rate their children were drawn."""

    name: str
    kin: tuple[Kin, ...]
    rate: float

    @property
    def ready(self) -> int:
        """How many of the twelve themselves are there."""
        return sum(one.first.ready for one in self.kin)

    @property
    def whole(self) -> bool:
        """Whether all twelve, and every child of each, are there."""
        return all(d.ready for one in self.kin for d in (one.first, *one.children))


@dataclass(frozen=True, slots=True)
class Reference:
    """Which drawing of which set is meant: one of the twelve, or a child of it; both count from 1."""

    twelve: str
    number: int
    child: int | None = None

    def __str__(self) -> str:
        own = f"{self.twelve}/{self.number}"
        return own if self.child is None else f"{own}/{self.child}"


def read_reference(text: str) -> Reference | None:
    """``SET/N`` or ``SET/N/M``; None where it is neither.

    >>> str(read_reference("2026-11-26.0/3/12"))
    '2026-11-26.0/3/12'
    """
    found = _REFERENCE.fullmatch(text)
    if found is None or not is_set(found[1]):
        return None
    number, child = int(found[2]), int(found[3]) if found[3] else None
    if number > TWELVE or (child or 1) > TWELVE:
        return None
    return Reference(found[1], number, child)


@dataclass(frozen=True, slots=True)
class Stock:
    """The folder in which it lies."""

    folder: Path

    def list_of(self, name: str) -> Path:
        """Where the list of a set lies."""
        return self.folder / "sets" / f"{name}.json"

    def path(self, name: str, form: Form) -> Path:
        """Where a part of a drawing lies. name: the hash of its score."""
        if not is_sha256(name):
            raise ValueError(f"A drawing is named by a hash, not {name!r}.")
        return self.folder / f"{name}.{form}"

    def names(self) -> tuple[str, ...]:
        """The sets that there are, the latest day first, of each day the first set first."""
        try:
            found = [p.stem for p in (self.folder / "sets").iterdir() if p.suffix == ".json"]
        except OSError:
            return ()
        kept = [name for name in found if is_set(name)]
        return tuple(sorted(kept, key=lambda n: (n[:10], -int(n[11:])), reverse=True))

    def find(self, name: str) -> Twelve | None:
        """A set as it is now; None where there is none of this name, or its list is damaged."""
        if not is_set(name):
            return None
        path = self.list_of(name)
        try:
            told = path.stat()
            if told.st_size > LARGEST:
                return None
            listed = _read(path, told.st_mtime_ns, told.st_size)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        rate, rows = listed
        return Twelve(name, tuple(self._kin(row) for row in rows), rate)

    def _kin(self, row: "tuple[tuple[str, str], ...]") -> Kin:
        drawn = [
            Drawn(name, alt, self.path(name, "jpg").exists(), self.path(name, "mp4").exists())
            for name, alt in row
        ]
        return Kin(drawn[0], tuple(drawn[1:]))

    def today(self, day: str, number: int = 0) -> Twelve | None:
        """The set to show: the wanted one of this day, or else the nearest that is there; None before the first.

        day: YYYY-MM-DD. number: see `twelve.set_of`. One whose twelve are all there goes before one being drawn.
        """
        wanted = set_of(day, number)
        order = [wanted] + [name for name in self.names() if name != wanted and name[:10] <= day]
        begun: Twelve | None = None
        for name in order:
            found = self.find(name)
            if found is not None and found.ready == TWELVE:
                return found
            if begun is None and found is not None and found.ready:
                begun = found
        return begun

    def other(self, shown: str) -> int | None:
        """The number of another set of the same day whose twelve are all there, the next one round; None if none is."""
        day, number = shown[:10], int(shown[11:])
        for step in range(1, SETS):
            found = self.find(set_of(day, number + step))
            if found is not None and found.ready == TWELVE:
                return (number + step) % SETS
        return None

    def score(self, reference: Reference) -> Score | None:
        """The score of a drawing, with its position; None where it is not there."""
        drawn = self.drawn(reference)
        return None if drawn is None else self.score_named(drawn.name)

    def score_named(self, name: str) -> Score | None:
        """The same by its hash."""
        try:
            return Score.from_json(json.loads(self.path(name, "json").read_bytes()))
        except (OSError, ValueError, UncagedError):
            return None

    def drawn(self, reference: Reference) -> Drawn | None:
        """A drawing of the stock; None where there is none."""
        found = self.find(reference.twelve)
        if found is None:
            return None
        one = found.kin[reference.number - 1]
        return one.first if reference.child is None else one.children[reference.child - 1]


@lru_cache(32)
def _read(
    path: Path, changed: int, size: int
) -> tuple[float, tuple[tuple[tuple[str, str], ...], ...]]:
    """A set's list: the rate, and for each of the twelve its own hash and words, then its children's."""
    data = cast("dict[str, Any]", json.loads(path.read_bytes()))
    rows = tuple(tuple((str(d["hash"]), str(d["alt"])) for d in row) for row in data["twelve"])
    names = [name for row in rows for name, _ in row]
    if [len(row) for row in rows] != [TWELVE + 1] * TWELVE or not all(map(is_sha256, names)):
        raise ValueError("no list of twelve")
    return float(data["rate"]), rows
