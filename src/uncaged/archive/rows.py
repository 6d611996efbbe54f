"""Rows as they travel: JSON within JSON on the way out, every value looked at on the way in.

Knows the tables' shapes; knows nothing of which rows are wanted.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Integer, RowMapping, Table

from uncaged.archive import bounds, credits, lineage, log, people, stored, tagging
from uncaged.archive.files import salted_name
from uncaged.archive.tables import metadata
from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import UncagedError
from uncaged.core.folders import is_within
from uncaged.core.ids import is_id, is_sha256
from uncaged.core.score import Score

_JSON = {
    "groups": (),
    "models": ("card",),
    "runs": ("after", "needs", "score", "task", "recipe", "understood"),
    "works": ("position",),
    "log": ("details",),
    "keys": ("scopes",),
    "hooks": ("events",),
}
"""Columns that hold JSON text."""

_HERE_ONLY = {
    "runs": frozenset(("stood", "paused", "blocked")),
    "model_elsewhere": frozenset(("changed", "path")),
}
"""Columns that mean something in this studio's line and on its machine, and nothing anywhere else: they do not
travel."""

_NOUNS = {
    "people": "person",
    "groups": "group",
    "models": "model",
    "runs": "run",
    "works": "work",
    "log": "log",
}
"""Tables whose ids are names of ours."""

_NAMES: Mapping[str, Callable[[str], bool]] = {
    "person_id": lambda text: is_id("person", text),
    "same_as": lambda text: is_id("person", text),
    "who": lambda text: is_id("person", text),
    "cancelled_by": lambda text: is_id("person", text),
    "group_id": lambda text: is_id("group", text),
    "run_id": lambda text: is_id("run", text),
    "work_id": lambda text: is_id("work", text),
    "model_id": lambda text: is_id("model", text),
    "collective_id": lambda text: is_id("person", text),
    "tag": lambda text: _is_said(text, tagging.LONGEST),
    "role": lambda text: _is_said(text, credits.LONGEST_ROLE),
    "media": is_sha256,
    "sha256": is_sha256,
    "salted": is_sha256,
    "source": lineage.is_name,
    "target": lineage.is_name,
    "mime": lambda text: _MIME.fullmatch(text) is not None,
}
"""Columns whose text is a name, and what such a name must be."""

_SHAPES: Mapping[str, Callable[[Any, str], None]] = {
    "runs.understood": bounds.check_understood,
    "runs.recipe": bounds.check_recipe,
    "runs.task": bounds.check_task,
    "works.position": bounds.check_position,
}
"""What else must be right about an object than that it is one."""

_MIME = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
_LARGEST = 2**63 - 1


def to_json(table: str, row: RowMapping) -> dict[str, Any]:
    """A row for people to read; JSON columns as what they say. `ArchiveBroken` where one says nothing."""
    value = as_it_is(table, row)
    with stored.reading(next(iter(value.values()))):
        for column in _JSON.get(table, ()):
            if value[column] is not None:
                value[column] = json.loads(value[column])
    return value


def as_it_is(table: str, row: RowMapping) -> dict[str, Any]:
    """The same without a look into JSON columns: whatever stands there stays the text that it is."""
    stays = _HERE_ONLY.get(table, frozenset())
    return {str(name): part for name, part in row.items() if name not in stays}


def from_json(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the table takes it. Raises `ValueError`, which says what is not right."""
    table = metadata.tables[name]
    strange = set(value) - ({column.name for column in table.c} - _HERE_ONLY.get(name, frozenset()))
    if strange:
        raise ValueError(f"{name} has no field {sorted(strange)[0]!r}")
    row = {column.name: _read(table, column, value.get(column.name)) for column in table.c}
    if name == "runs":
        _read_score(row)
    if name == "log":
        log.check_details(value["details"])
    if name == "authors":
        _check_credit(row)
    if name == "people":
        _check_person(row)
    if name in ("model_files", "model_elsewhere") and not is_within(row["name"]):
        raise ValueError(f"{name}.name is no name of a file")
    if name == "files" and salted_name(row["sha256"], row["salt"]) != row["salted"]:
        raise ValueError("a file's salted name is not made from its salt")
    return row


def _check_credit(row: Mapping[str, Any]) -> None:
    name = row["name"]
    if (row["person_id"] is None) == (name is None):
        raise ValueError("a credit names somebody here or somebody who is not, and never both")
    if name is not None and not _is_said(name, people.LONGEST_NAME):
        raise ValueError("authors.name is no name of anybody")


def _check_person(row: Mapping[str, Any]) -> None:
    name, about = row["name"], row["about"]
    if name is not None and not _is_said(name, people.LONGEST_NAME):
        raise ValueError("people.name is no name of anybody")
    if about is not None and len(about) > people.LONGEST_ABOUT:
        raise ValueError(f"people.about has more than {people.LONGEST_ABOUT:,} characters")


def _is_said(text: str, most: int) -> bool:
    """Whether these are a few words in one line, as they are taken in here."""
    return 0 < len(text) <= most and text.isprintable()


def _read(table: Table, column: Column[Any], value: Any) -> Any:
    where = f"{table.name}.{column.name}"
    if value is None:
        if not column.nullable:
            raise ValueError(f"{where} is missing")
        return None
    if column.name in _JSON.get(table.name, ()):
        return _read_json(where, value)
    if isinstance(column.type, Integer | BigInteger):
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
            raise ValueError(f"{where} is no whole number")
        bounds.check_number(column.name, where, value)
        return value
    if isinstance(column.type, Float):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{where} is no number")
        number = _finite(where, value)
        bounds.check_number(column.name, where, number)
        return number
    if not isinstance(value, str):
        raise ValueError(f"{where} is no text")
    return _read_text(table, column.name, where, value)


def _finite(where: str, value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{where} is not finite")
    return number


def _read_text(table: Table, column: str, where: str, value: str) -> str:
    fits = _NAMES.get(column)
    noun = _NOUNS.get(table.name) if column == "id" else None
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{where} holds half a character ({error.reason})") from error
    if (noun is not None and not is_id(noun, value)) or (fits is not None and not fits(value)):
        raise ValueError(f"{where} is not a name of ours")
    return value


def _read_json(where: str, value: Any) -> str:
    wanted = list if where == "runs.after" else dict
    if not isinstance(value, wanted):
        raise ValueError(f"{where} is not what it should be")
    check = _SHAPES.get(where)
    if check is not None:
        try:
            check(value, where)
        except UncagedError as error:
            raise ValueError(f"{where} cannot be read ({error})") from error
    try:
        return canonical(value).decode()
    except ValueError as error:
        raise ValueError(f"{where} cannot be kept ({error})") from error


def _read_score(row: dict[str, Any]) -> None:
    """A score that this studio can read; its hash is computed here, not believed."""
    text = row["score"]
    row["score_hash"] = None if text is None else sha256(text.encode())
    after = json.loads(row["after"])
    if not all(isinstance(run, str) and is_id("run", run) for run in after):
        raise ValueError("runs.after is no list of runs")
    if text is not None:
        try:
            bounds.check_score(Score.from_json(json.loads(text)), "runs.score")
        except UncagedError as error:
            raise ValueError(f"a score cannot be read ({error})") from error
