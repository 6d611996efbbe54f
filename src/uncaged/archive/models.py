"""Models this studio has met: a row for each name and hash, with its card. Those with files are its own: the shelf.

A file is kept here, or lies elsewhere. Knows nothing of engines, nor of what is in the files, nor looks at those
elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    null,
    select,
    union_all,
    update,
)

from uncaged.archive import files, log, stored
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import files as file_table
from uncaged.archive.tables import model_elsewhere, model_files, models
from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import AskedWrong, NotFound, nearest
from uncaged.core.ids import new_id
from uncaged.core.naming import folded
from uncaged.core.words import _


@dataclass(frozen=True, slots=True)
class Model:
    """`hash`: SHA-256 of its files, None where it has none. `remembered`: µs UTC of the first meeting."""

    id: str
    name: str
    hash: str | None
    card: Mapping[str, Any]
    remembered: int


def _model(row: Fields) -> Model:
    with stored.reading(row["id"]):
        card = stored.mapping(row["card"]) or {}
    return Model(row["id"], row["name"], row["hash"], card, row["remembered"])


def find(conn: Connection, name: str, hash_: str | None) -> Model | None:
    """Has this studio met this model, with exactly these files?"""
    row = _row(conn, name, hash_)
    return None if row is None else _model(row)


_SAME = Prepared(
    select(models).where(
        models.c.name == bindparam("called"), models.c.hash.is_not_distinct_from(bindparam("files"))
    )
)


def _row(conn: Connection, name: str, hash_: str | None) -> Fields | None:
    found = _SAME.on(conn, {"called": name, "files": hash_})
    return found.mappings().one_or_none()


def remember(
    conn: Connection, name: str, hash_: str | None, card: Mapping[str, Any], now: int
) -> Model:
    """The model's row, made at the first meeting; a card that has changed is replaced."""
    plain = all(isinstance(said, str) for said in card.values())
    text = _written(tuple(sorted(card.items()))) if plain else canonical(dict(card)).decode()
    row = _row(conn, name, hash_)
    if row is None:
        model_id = new_id("model")
        conn.execute(
            insert(models).values(id=model_id, name=name, hash=hash_, card=text, remembered=now)
        )
        return Model(model_id, name, hash_, card, now)
    if row["card"] != text:
        conn.execute(update(models).where(models.c.id == row["id"]).values(card=text))
    return Model(row["id"], name, hash_, card, row["remembered"])


@lru_cache(maxsize=64)
def _written(card: tuple[tuple[str, str], ...]) -> str:
    """A card as the archive has it: each model has one, and every asking needs it."""
    return canonical(dict(card)).decode()


def list_models(conn: Connection) -> tuple[Model, ...]:
    """Which models has this studio met?"""
    found = conn.execute(select(models).order_by(models.c.name, models.c.remembered))
    return tuple(_model(row) for row in found.mappings())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a file lies that is used in place. bytes: its length. changed: µs UTC, as the disk said when it was hashed.

    path, changed: None where nobody has said so on this machine.
    """

    bytes: int
    changed: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A model of this studio's own. engine: whose engine performs it. files: name → SHA-256.

    elsewhere: by their names, those of the files that lie elsewhere; the others are kept.
    """

    name: str
    engine: str
    card: Mapping[str, Any]
    files: Mapping[str, str]
    id: str = ""
    remembered: int = 0
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict[str, Elsewhere])

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical list of its files: the model's name in a score."""
        return sha256(canonical(dict(self.files)))

    @property
    def kept(self) -> Mapping[str, str]:
        """Those of its files that lie among the studio's: name → SHA-256."""
        return {name: sha for name, sha in self.files.items() if name not in self.elsewhere}


_PARTS = union_all(
    select(
        model_files.c.model_id,
        model_files.c.name.label("file"),
        model_files.c.sha256,
        cast(null(), BigInteger).label("bytes"),
        cast(null(), BigInteger).label("changed"),
        cast(null(), Text).label("path"),
    ),
    select(
        model_elsewhere.c.model_id,
        model_elsewhere.c.name,
        model_elsewhere.c.sha256,
        model_elsewhere.c.bytes,
        model_elsewhere.c.changed,
        model_elsewhere.c.path,
    ),
).subquery("parts")
"""Every file of every model; with a length where it lies elsewhere."""

_SHELF = (
    select(models, *(column for column in _PARTS.c if column.name != "model_id"))
    .join(_PARTS, _PARTS.c.model_id == models.c.id)
    .where(models.c.removed.is_(None), models.c.engine.is_not(None))
    .order_by(models.c.remembered, models.c.id, _PARTS.c.file)
)


def shelf(conn: Connection) -> tuple[Shelved, ...]:
    """Which models of its own does this studio have, the oldest first?"""
    parts: dict[str, list[Fields]] = {}
    for row in conn.execute(_SHELF).mappings():
        parts.setdefault(row["id"], []).append(row)
    return tuple(_shelved(rows) for rows in parts.values())


def _shelved(rows: Sequence[Fields]) -> Shelved:
    first = rows[0]
    with stored.reading(first["id"]):
        card = stored.mapping(first["card"]) or {}
    held = {row["file"]: row["sha256"] for row in rows}
    elsewhere = {
        row["file"]: Elsewhere(row["bytes"], row["changed"], row["path"])
        for row in rows
        if row["bytes"] is not None
    }
    return Shelved(
        first["name"], first["engine"], card, held, first["id"], first["remembered"], elsewhere
    )


def on_shelf(conn: Connection, name: str) -> Shelved | None:
    """The model of one's own that has this name, in any case and width of its letters."""
    wanted = folded(name)
    return next((one for one in shelf(conn) if folded(one.name) == wanted), None)


def made_of(conn: Connection, shas: Collection[str]) -> tuple[str, ...]:
    """The names of models on the shelf that one of these kept files belongs to."""
    return tuple(one.name for one in shelf(conn) if not set(shas).isdisjoint(one.kept.values()))


def of_hash(conn: Connection, hash_: str) -> Shelved | None:
    """The oldest model of one's own that is made of just these files."""
    return next((one for one in shelf(conn) if one.hash == hash_), None)


def own(conn: Connection, name: str) -> Shelved:
    """The same; `NotFound` offers the nearest ones."""
    model = on_shelf(conn, name)
    if model is None:
        known = [one.name for one in shelf(conn)]
        raise NotFound(
            _("There is no model of your own called %(name)s.") % {"name": name},
            nearest(name, known)
            if known
            else _(
                "There is none yet: `uncaged train` makes one, `uncaged models add` takes one from elsewhere."
            ),
        )
    return model


def shelve(conn: Connection, store: files.Files, model: Shelved, now: int) -> str:
    """Puts a model on the shelf, in the caller's transaction; its id. Its files have been kept, or lie elsewhere.

    Raises `AskedWrong` where another one has the name, `FileDamaged` where a file is not there.
    """
    before = on_shelf(conn, model.name)
    if before is not None and before.hash != model.hash:
        raise AskedWrong(
            _("There is a model called %(name)s already.") % {"name": before.name},
            _("Choose another name, or take that one off the shelf: uncaged models remove %(name)s")
            % {"name": before.name},
        )
    if before is not None:
        return before.id
    met = remember(conn, model.name, model.hash, model.card, now)
    again = {"engine": model.engine, "removed": None}
    conn.execute(update(models).where(models.c.id == met.id).values(again))
    for name, sha in model.kept.items():
        files.note(conn, store, sha, _mime(name), now)
        conn.execute(insert(model_files).values(model_id=met.id, name=name, sha256=sha))
    for name, place in model.elsewhere.items():
        where = {"bytes": place.bytes, "changed": place.changed, "path": place.path}
        row = {"model_id": met.id, "name": name, "sha256": model.files[name]} | where
        conn.execute(insert(model_elsewhere).values(row))
    return met.id


def lie(conn: Connection, model_id: str, elsewhere: Mapping[str, Elsewhere]) -> None:
    """Notes anew where files of a model lie elsewhere, by their names; their bytes are what they were."""
    for name, place in elsewhere.items():
        one = (model_elsewhere.c.model_id == model_id, model_elsewhere.c.name == name)
        now = {"changed": place.changed, "path": place.path}
        conn.execute(update(model_elsewhere).where(*one).values(now))


def _mime(name: str) -> str:
    return "application/json" if name.endswith(".json") else "application/octet-stream"


def salted_files(conn: Connection, model_id: str) -> Mapping[str, str]:
    """How edges name the files of a model, by their names in its folder."""
    wanted = (
        select(model_files.c.name, file_table.c.salted)
        .join(file_table, file_table.c.sha256 == model_files.c.sha256)
        .where(model_files.c.model_id == model_id)
    )
    return {row.name: row.salted for row in conn.execute(wanted)}


def take_off(conn: Connection, name: str, who: str, now: int) -> tuple[Shelved, tuple[str, ...]]:
    """Takes a model off the shelf: it, and the kept files that nothing else needs; see `files.forget`.

    What lies elsewhere stays there. Works that were made with it stay, and say by which model. Raises `NotFound`.
    """
    model = own(conn, name)
    conn.execute(update(models).where(models.c.id == model.id).values(removed=now))
    for table in (model_files, model_elsewhere):
        conn.execute(delete(table).where(table.c.model_id == model.id))
    gone = files.unreferenced(conn, model.kept.values())
    log.append(conn, "unshelved", model.id, who, now)
    return model, gone
