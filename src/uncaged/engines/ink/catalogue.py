"""The catalogue of kinds: what the register knows of each, in one file, so that a film imports only those it draws.

Importing every kind takes as long as drawing a second of film. The catalogue says which file it was made of, by hash:
where one was changed since, or is new, all are imported, and everything works as before, only later.
``python -m uncaged.engines.ink.catalogue`` writes it anew (``make catalogue``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from uncaged.engines.ink import kinds as register
from uncaged.engines.ink.kinds import Kind

FOLDER: Final = Path(register.__file__).parent
FILE: Final = FOLDER / "catalogue.json"

_CALLED: Final = ("build", "colour")
"""Fields that are code: their place in the catalogue is the module they are in."""


@dataclass(frozen=True, slots=True)
class Later:
    """A function of a kind's module, which is imported when it is called for the first time."""

    module: str
    kind: str
    field: str

    def __call__(self, *given: Any) -> Any:
        import_module(f"{register.__name__}.{self.module}")
        return getattr(register.registered()[self.kind], self.field)(*given)


def made_of() -> str:
    """A hash of every file that kinds are in, by name and content."""
    digest = sha256()
    for path in sorted(FOLDER.glob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)} ".encode() + data)
    return digest.hexdigest()


def read() -> Mapping[str, Kind] | None:
    """Every kind by name, to be imported when it is built; None where the catalogue is missing or out of date."""
    try:
        kept = json.loads(FILE.read_bytes())
    except (OSError, ValueError):
        return None
    if kept.get("made_of") != made_of():
        return None
    return {row["name"]: _kind(row) for row in kept["kinds"]}


def write() -> int:
    """Imports every kind and writes the catalogue; returns how many there are."""
    found = register.imported()
    rows = [_row(kind) for kind in found.values()]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    FILE.write_text(f'{{"made_of": "{made_of()}", "kinds": [\n{lines}\n]}}\n', encoding="utf-8")
    return len(rows)


def _row(kind: Kind) -> dict[str, Any]:
    """What differs from a plain kind, and the module it is in."""
    row: dict[str, Any] = {"name": kind.name, "module": register.module_of(kind.name)}
    plain = Kind("", kind.build, (0.0, 0.0), 0.0)
    for field in fields(Kind):
        value = getattr(kind, field.name)
        if field.name == "colour":
            row |= {"colour": True} if value is not None else {}
        elif field.name not in ("name", "build") and value != getattr(plain, field.name):
            row[field.name] = dict(value) if isinstance(value, Mapping) else value
    return row


def _kind(row: dict[str, Any]) -> Kind:
    module, name = row.pop("module"), row["name"]
    if row.pop("colour", False):
        row["colour"] = Later(module, name, "colour")
    read: dict[str, Any] = {"height": 0.0, "at": (0.0, 0.0)}
    for key, value in row.items():
        read[key] = tuple(cast("list[Any]", value)) if isinstance(value, list) else value
    if "holds" in row:
        read["holds"] = {posture: tuple(at) for posture, at in row["holds"].items()}
    return Kind(build=Later(module, name, "build"), **read)


if __name__ == "__main__":
    print(f"{write()} kinds: {FILE}")
