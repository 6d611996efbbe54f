"""Files of models that lie elsewhere and are used in place: reading them once through, and whether they are as noted.

Nothing of them is ever written, moved or copied. Knows no shelf.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from uncaged.archive.models import Elsewhere, Shelved
from uncaged.core.errors import WeightsBroken, WeightsMissing
from uncaged.core.words import _

if TYPE_CHECKING:
    from uncaged.archive.files import Files

PIECE: Final = 1 << 24
"""Bytes that are read at a time."""

SOME: Final = 3
"""Names of files that are told, at most."""

State: TypeAlias = Literal["intact", "changed", "missing"]
Told: TypeAlias = Callable[[int, int], None]
"""Is told how many bytes have been read, and of how many."""


def untold(done: int, total: int) -> None:
    """Nobody listens."""


def hashed(
    files: Mapping[str, Path], told: Told = untold
) -> tuple[Mapping[str, str], Mapping[str, Elsewhere]]:
    """SHA-256 of each of these files, and how it lies there; each is read once through, whatever it is called.

    Raises `WeightsMissing` where one cannot be read, `WeightsBroken` where one changes meanwhile.
    """
    once = dict.fromkeys(files.values())
    read = _Reading(told, sum(map(length, once)))
    found = {path: read.through(path) for path in once}
    shas = {name: found[path][0] for name, path in files.items()}
    return shas, {name: found[path][1] for name, path in files.items()}


def length(path: Path) -> int:
    """Bytes of a file. `WeightsMissing` where it is none, or cannot be looked at."""
    try:
        if path.is_file():  # a pipe or a device would keep us waiting
            return path.stat().st_size
        why = _("it is no file")
    except OSError as error:
        why = error.strerror or str(error)
    raise _unreadable(path, why)


def _unreadable(path: Path, why: str) -> WeightsMissing:
    return WeightsMissing(
        _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": why},
        _("Look whether the folder is whole, and who may read it."),
    )


@dataclass(slots=True)
class _Reading:
    """How far it has come, through all files."""

    told: Told
    total: int
    done: int = 0

    def through(self, path: Path) -> tuple[str, Elsewhere]:
        """A file, once through, in pieces. Raises as `hashed` does."""
        digest, read = sha256(), 0
        before = _noted(path)
        try:
            with path.open("rb") as opened:
                while piece := opened.read(PIECE):
                    digest.update(piece)
                    read += len(piece)
                    self.done += len(piece)
                    self.told(self.done, self.total)
        except OSError as error:
            raise _unreadable(path, error.strerror or str(error)) from None
        if _noted(path) != before or before.bytes != read:
            raise WeightsBroken(
                _("%(path)s changed while it was read.") % {"path": path},
                _("Wait until nothing writes to it, then do the same again."),
            )
        return digest.hexdigest(), before


def _noted(path: Path) -> Elsewhere:
    length(path)
    found = path.stat()
    return Elsewhere(found.st_size, found.st_mtime_ns // 1000, str(path))


def as_noted(place: Elsewhere) -> State:
    """Whether a file still has the length and the time that were noted; its bytes are not looked at."""
    if place.path is None:
        return "missing"
    try:
        found = _noted(Path(place.path))
    except (WeightsMissing, OSError):
        return "missing"
    return "intact" if found == place else "changed"


def is_whole(model: Shelved) -> bool:
    """Whether every file that lies elsewhere is there as it was noted."""
    return all(as_noted(place) == "intact" for place in model.elsewhere.values())


def refuse_others(model: Shelved) -> None:
    """Raises where a file that lies elsewhere is not there, or not as it was.

    `WeightsMissing`, `WeightsBroken`; whoever asks for a film reads it, so that it tells no paths.
    """
    states = {name: as_noted(place) for name, place in model.elsewhere.items()}
    missing = sorted(name for name, state in states.items() if state == "missing")
    if missing:
        raise WeightsMissing(
            _("Files of %(model)s are not where they lay: %(files)s.")
            % {"model": model.name, "files": some(missing)},
            _(
                "Whoever keeps this studio puts them back, or says where they lie now: uncaged models add FOLDER"
            ),
        )
    changed = sorted(name for name, state in states.items() if state == "changed")
    if changed:
        raise WeightsBroken(
            _("Files of %(model)s were written to since they were looked at: %(files)s.")
            % {"model": model.name, "files": some(changed)},
            _(
                "Whoever keeps this studio sees whether they are still the same: uncaged models check %(model)s"
            )
            % {"model": model.name},
        )


def some(names: list[str]) -> str:
    """The first of these names, and how many there are beside them."""
    told = ", ".join(names[:SOME])
    return (
        told
        if len(names) <= SOME
        else _("%(names)s and %(count)s more") % {"names": told, "count": len(names) - SOME}
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """A file of a model after each byte of it was looked at. path: where it lies; empty where nobody has said so.

    place: how it lies there now, where that is otherwise than noted.
    """

    name: str
    state: State
    sha256: str
    path: str
    place: Elsewhere | None = None


def look(model: Shelved, store: "Files", told: Told = untold) -> tuple[Looked, ...]:
    """Reads every file of a model, kept or elsewhere, and says whether its bytes are what they were."""
    paths = {
        name: store.path(sha) if name in model.kept else _path(model.elsewhere[name])
        for name, sha in model.files.items()
    }
    there = {name: path for name, path in paths.items() if path is not None and path.is_file()}
    read = _Reading(told, sum(path.stat().st_size for path in there.values()))
    found: list[Looked] = []
    for name, sha in model.files.items():
        path = paths[name]
        state, place = _state(read, there.get(name), sha)
        noted = model.elsewhere.get(name)
        new = place if state == "intact" and noted is not None and place != noted else None
        found.append(Looked(name, state, sha, "" if path is None else str(path), new))
    return tuple(found)


def _path(place: Elsewhere) -> Path | None:
    return None if place.path is None else Path(place.path)


def _state(read: _Reading, path: Path | None, sha: str) -> tuple[State, Elsewhere | None]:
    if path is None:
        return "missing", None
    try:
        digest, place = read.through(path)
    except WeightsMissing:
        return "missing", None
    except WeightsBroken:
        return "changed", None
    return ("intact", place) if digest == sha else ("changed", None)
