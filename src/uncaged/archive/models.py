"""Models this studio has met: a row for each name and hash, with its card.

Knows nothing of engines or weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from uncaged.archive import stored
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import models
from uncaged.core.canonical import canonical
from uncaged.core.ids import new_id


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
