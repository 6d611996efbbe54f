"""The form of an export: a manifest that names every part, one file of JSON lines for each table, kept files.

Reading trusts nothing: names come from a closed set, and bytes are looked at before anything is believed.
Knows nothing of how rows are merged.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from uncaged.archive import bounds, files
from uncaged.archive.tables import SCHEMA
from uncaged.core.errors import AskedWrong, FileDamaged
from uncaged.core.ids import is_sha256

FORMAT = 4
"""Of an export; an earlier one does not have every table: see `LATER`."""
WHAT = "a studio of Uncaged"
NAME = "manifest.json"
README = "README.md"
LATER: Mapping[str, int] = {
    "memberships": 2,
    "tags": 2,
    "authors": 2,
    "model_files": 3,
    "model_elsewhere": 4,
}
"""Since which format an export has these tables."""
TABLES = (
    *("people", "groups", "models", "files", "runs", "run_files", "works", "edges", "log"),
    *LATER,
)
"""The tables of an export, those that others refer to first."""

_STUDIO = re.compile(r"[0-9a-f]{32}")

_LARGEST = 1 << 28
"""Bytes of a manifest, at most: millions of parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export: its name within the folder, SHA-256 and length."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds. `studio`: the id of the one it comes from; `exported`: µs UTC.

    damaged: SHA-256 of files that should be in it, but were damaged or missing in that studio.
    format: of the export; see `FORMAT`.
    """

    schema_version: int
    studio: str
    exported: int
    parts: tuple[Part, ...]
    damaged: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it has."""
        return tuple(name for name in TABLES if LATER.get(name, 1) <= self.format)

    def to_json(self) -> dict[str, Any]:
        """The manifest as JSON values."""
        return {
            "what": WHAT,
            "format": self.format,
            "schema_version": self.schema_version,
            "studio": self.studio,
            "exported": self.exported,
            "damaged": list(self.damaged),
            "parts": [
                {"path": part.path, "sha256": part.sha256, "bytes": part.bytes}
                for part in self.parts
            ],
        }


def table_path(name: str) -> str:
    """Where a table's rows stand."""
    return f"{name}.jsonl"


def file_path(sha: str) -> str:
    """Where a kept file stands."""
    return f"files/{sha}"


WORDS = "lexicon"
"""A person's own word files lie beside the parts; they are no part of the archive."""


def is_ours(folder: Path, studio: str) -> bool:
    """Whether the folder holds an export of this very studio and nothing else, so that a new one may replace it."""
    try:
        manifest = read(folder)
    except (AskedWrong, FileDamaged):
        return False
    if manifest.studio != studio:
        return False
    known = {part.path for part in manifest.parts} | {NAME, "files", WORDS}
    words = {path.relative_to(folder).as_posix() for path in (folder / WORDS).glob("*.toml")}
    return all(path.relative_to(folder).as_posix() in known | words for path in folder.rglob("*"))


def read(folder: Path) -> Manifest:
    """The manifest of an export; `AskedWrong` where the folder is none, or is a newer version's."""
    path = folder / NAME
    if not folder.is_dir() or not path.is_file():
        raise AskedWrong(
            f"{folder} is not an export of a studio: there is no {NAME} in it.",
            "Name the folder that `uncaged export` wrote.",
        )
    if path.stat().st_size > _LARGEST:
        raise _damaged(path, "it is far too long")
    try:
        value = parse(path.read_text("utf-8"))
    except ValueError as error:
        raise _damaged(path, "it is no JSON text") from error
    if not isinstance(value, dict):
        raise _damaged(path, "it is no object")
    data = cast("dict[str, Any]", value)
    if data.get("what") != WHAT:
        raise AskedWrong(
            f"{path} belongs to another program.",
            "Name the folder that `uncaged export` wrote.",
        )
    _refuse_newer(data, path)
    try:
        return Manifest(
            _whole(data["schema_version"]),
            _studio(data["studio"]),
            _moment(data["exported"]),
            tuple(_part(row) for row in data["parts"]),
            tuple(_sha256(row) for row in data["damaged"]),
            data["format"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, f"{error} is missing or not what it should be") from error


def parse(text: str) -> Any:
    """JSON, or `ValueError`; also where it is nested too deep."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def check(folder: Path, manifest: Manifest) -> None:
    """Every part is there, is a plain file, and its bytes are what the manifest says.

    Raises `AskedWrong` for names that no export of ours has, `FileDamaged` for bytes that are not right.
    """
    allowed = {table_path(name) for name in manifest.tables} | {README}
    home = folder.resolve()
    for part in manifest.parts:
        sha = part.path.removeprefix("files/")
        if part.path not in allowed and not (part.path == file_path(sha) and is_sha256(sha)):
            raise AskedWrong(
                f"The manifest names a part that no export has: {part.path[:80]!r}.",
                "It was not written by `uncaged export`; nothing was brought in.",
            )
        path = folder / part.path
        if not path.is_file() or path.resolve() != home / part.path:
            raise FileDamaged(
                f"{path} is missing from the export, or leads elsewhere.",
                "Export again, or copy the folder again; nothing was brought in.",
            )
        if path.stat().st_size != part.bytes or files.digest_of(path) != part.sha256:
            raise _damaged(path, "its bytes are not those that were written")
        if path.parent != folder and part.sha256 != sha:
            raise _damaged(path, "its name is not its SHA-256")
    names = [part.path for part in manifest.parts]
    absent = [name for name in sorted(allowed - {README}) if name not in names]
    if absent or len(set(names)) != len(names):
        raise _damaged(folder / NAME, f"parts are missing or named twice {absent}")


def lines(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """A table's rows, as they stand in the export."""
    path = folder / table_path(table)
    with path.open(encoding="utf-8") as opened:
        try:
            for line in opened:
                row = parse(line)
                if not isinstance(row, dict):
                    raise _damaged(path, "a line is no object")
                yield cast("dict[str, Any]", row)
        except ValueError as error:
            raise _damaged(path, "a line is no JSON text") from error


def _refuse_newer(data: Mapping[str, Any], path: Path) -> None:
    form, schema = data.get("format"), data.get("schema_version")
    if (isinstance(form, int) and form > FORMAT) or (isinstance(schema, int) and schema > SCHEMA):
        raise AskedWrong(
            f"{path.parent} was written by a newer version of Uncaged (format {form}, schema {schema}).",
            "Bring it in with that version, or a later one; nothing was changed.",
        )
    if isinstance(form, bool) or not isinstance(form, int) or form < 1:
        raise _damaged(path, f"its format is {form!r}")


def _part(row: Any) -> Part:
    return Part(_word(row["path"]), _sha256(row["sha256"]), _whole(row["bytes"]))


def _sha256(value: object) -> str:
    sha = _word(value)
    if not is_sha256(sha):
        raise ValueError("a SHA-256")
    return sha


def _studio(value: object) -> str:
    name = _word(value)
    if not _STUDIO.fullmatch(name):
        raise ValueError("the studio's id")
    return name


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("a whole number")
    return value


def _moment(value: object) -> int:
    moment = _whole(value)
    if not bounds.NUMBERS["exported"].hold(moment):
        raise ValueError("the moment of the export")
    return moment


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")
    return value


def _damaged(path: Path, why: str) -> FileDamaged:
    return FileDamaged(
        f"{path} is damaged: {why}.",
        "Export again, or copy the folder again; nothing was brought in.",
    )
