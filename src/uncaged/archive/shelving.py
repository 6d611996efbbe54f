"""Models of a studio's own that come in with an export: which of them go on the shelf here, and why others do not.

Knows rows alone: nothing of what is in a model's files, nor of how an export is read.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from uncaged.archive.tables import model_elsewhere, model_files, models
from uncaged.archive.telling import counted, sized
from uncaged.core.canonical import canonical, sha256
from uncaged.core.folders import fit_together
from uncaged.core.naming import look_alike, looks_as
from uncaged.core.score import shown

Row = Mapping[str, Any]


Fits = Callable[[str, str], bool]
"""Whether a model can have this name here, and one of our engines performs it."""

MOST_NAMED = 5
"""Models that are named where they were left behind."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A model that was on the shelf there. id: its row's there. files: name → SHA-256 of those that are kept.

    elsewhere: rows of those that lie elsewhere.
    """

    id: str
    name: str
    hash: str
    engine: str
    files: Mapping[str, str]
    elsewhere: tuple[Row, ...] = ()


def coming(brought: Mapping[str, Sequence[Row]]) -> tuple[Coming, ...]:
    """What was on the shelf there. Raises `ValueError` where a model is not made of its files."""
    files: dict[str, dict[str, str]] = {}
    elsewhere: dict[str, dict[str, Row]] = {}
    for row in brought["model_files"]:
        files.setdefault(row["model_id"], {})[row["name"]] = row["sha256"]
    for row in brought["model_elsewhere"]:
        elsewhere.setdefault(row["model_id"], {})[row["name"]] = row
    known = {row["id"]: row for row in brought["models"]}
    if not files.keys() | elsewhere.keys() <= known.keys():
        raise ValueError("a file belongs to a model that is not listed")
    found: list[Coming] = []
    for model_id in dict.fromkeys((*files, *elsewhere)):
        row, own, other = known[model_id], files.get(model_id, {}), elsewhere.get(model_id, {})
        every = own | {name: place["sha256"] for name, place in other.items()}
        if own.keys() & other.keys() or row["hash"] != sha256(canonical(every)):
            raise ValueError("a model is not made of its files")
        if not fit_together(every):
            raise ValueError("a file of a model is called like a folder of it")
        if row["engine"] is not None and row["removed"] is None:
            there = tuple(other.values())
            found.append(Coming(model_id, row["name"], row["hash"], row["engine"], own, there))
    return tuple(found)


class Shelf:
    """What of the shelf there goes on the shelf here."""

    def __init__(self, conn: Connection, found: Sequence[Coming], fits: Fits) -> None:
        rows = list(conn.execute(select(models)))
        held = {
            model_id
            for table in (model_files, model_elsewhere)
            for model_id in conn.execute(select(table.c.model_id)).scalars()
        }
        here = {(row.name, row.hash): row for row in rows}
        taken = [looks_as(row.name) for row in rows if row.id in held]
        self.new: list[Coming] = []
        """Not on it yet, not taken off it here, and of a name that nothing here has, or looks like."""
        self._left: list[str] = []
        for model in found:
            same, looks = here.get((model.name, model.hash)), looks_as(model.name)
            if same is not None and same.id in held:
                continue
            off = same is not None and same.removed is not None
            alike = any(look_alike(looks, other) for other in taken)
            if off or alike or not fits(model.name, model.engine):
                self._left.append(model.name)
                continue
            taken.append(looks)
            self.new.append(model)

    def files(self) -> set[str]:
        """SHA-256 of every kept file that they are made of."""
        return {sha for model in self.new for sha in model.files.values()}

    def fill(
        self, conn: Connection, there: AbstractSet[str], named: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Puts those on it whose files the export holds; what became of all of them, in words.

        named: their ids → ours, where we have the same.
        """
        whole = [model for model in self.new if there >= set(model.files.values())]
        for model in whole:
            model_id = named.get(model.id, model.id)
            rows = [{"model_id": model_id, "name": n, "sha256": s} for n, s in model.files.items()]
            if rows:
                conn.execute(insert(model_files), rows)
            if model.elsewhere:
                elsewhere = [dict(row) | {"model_id": model_id} for row in model.elsewhere]
                conn.execute(insert(model_elsewhere), elsewhere)
        said = [f"{counted(len(whole), 'model')} came along"] if whole else []
        away = [row for model in whole for row in model.elsewhere]
        if away:
            size = sized(sum(row["bytes"] for row in away))
            said.append(
                f"{counted(len(away), 'file')} of models ({size}) lay elsewhere there: `uncaged models add FOLDER` "
                "says where they lie here"
            )
        left = self._left + [model.name for model in self.new if model not in whole]
        if left:
            who = ", ".join(shown(name) for name in left[:MOST_NAMED])
            said.append(
                f"{counted(len(left), 'model')} did not ({who}): taken off the shelf here, damaged there, of a name "
                "that is here or that no model can have, or of a family that is not here"
            )
        return tuple(said)
