"""A work as a record, and how a row becomes one. Knows nothing of who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from uncaged.archive import stored
from uncaged.archive.prepared import Fields
from uncaged.archive.tables import State, Visibility, runs, works
from uncaged.archive.tables import files as file_table
from uncaged.core.score import Score


@dataclass(frozen=True, slots=True)
class Work:
    """A work and how its run stands. Times are µs UTC, `seconds` the film's length.

    media, mime, bytes, width … seconds: None until it is kept. position: the point in the model's space.
    score: None only where it was deleted. kept: None while it is being made, and where its run failed.
    hidden: since when the house gives it to nobody. Then media, mime, bytes and position are None too, so that no face
    of the studio can give them out; see `hidden_media`.
    shown, claimed, trashed, sentence, training, links: as in the table.
    """

    id: str
    person_id: str
    run_id: str
    state: State
    model: str
    score: Score | None
    media: str | None
    mime: str | None
    bytes: int | None
    width: int | None
    height: int | None
    fps: float | None
    frames: int | None
    seconds: float | None
    position: Mapping[str, Any] | None
    visibility: Visibility
    asked: int
    kept: int | None
    deleted: int | None
    shown: int | None = None
    claimed: int | None = None
    trashed: int | None = None
    hidden: int | None = None
    sentence: str | None = None
    training: int | None = None
    links: int | None = None


WITH_RUN = (
    select(
        *works.c,
        runs.c.state,
        runs.c.model,
        runs.c.score,
        runs.c.asked,
        file_table.c.mime,
        file_table.c.bytes,
    )
    .join(runs, runs.c.id == works.c.run_id)
    .outerjoin(file_table, file_table.c.sha256 == works.c.media)
)
"""Every work with its run and its file: what `record` reads."""

HERE = works.c.deleted.is_(None)
LISTED = and_(HERE, works.c.trashed.is_(None))
"""Not deleted; and not in the trash either."""


def record(row: Fields) -> Work:
    """A row of `WITH_RUN` as a work. What the house hides has no film here, whoever asks."""
    fields: dict[str, Any] = {name: row[name] for name in Work.__slots__}
    with stored.reading(row["id"]):
        fields["score"] = stored.score(row["score"])
        fields["position"] = stored.mapping(row["position"])
        for moment in ("asked", "kept", "deleted", "shown", "claimed", "trashed", "hidden"):
            stored.time(row[moment])
    if fields["hidden"] is not None:
        fields |= dict.fromkeys(("media", "mime", "bytes", "position"))
    return Work(**fields)
