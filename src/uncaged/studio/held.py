"""What the shelf holds: of each model of the studio's own, where its files lie and how large they are.

Looks at rows alone, and at no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import files, log, models
from uncaged.engines.registry import families

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Held:
    """A model of the studio's own. bytes: of all its files. folders: where those lie that are used in place.

    lost: how many of these nobody has said where they lie. lacks: see `Engine.lacks`. who, when: the id of the person
    who put it on the shelf last, and µs UTC; None where the log does not say.
    """

    model: models.Shelved
    bytes: int
    folders: tuple[str, ...]
    lost: int
    lacks: str
    who: str | None = None
    when: int | None = None


def held(studio: "Studio") -> Mapping[str, Held]:
    """All of them by their names, the oldest first."""
    with studio.archive.read() as conn:
        return {model.name: of(conn, model) for model in models.shelf(conn)}


def of(conn: Connection, model: models.Shelved) -> Held:
    """What is to be said of one."""
    known = [files.get(conn, sha) for sha in model.kept.values()]
    here = sum(file.bytes for file in known if file is not None)
    away = sum(place.bytes for place in model.elsewhere.values())
    lost = sum(place.path is None for place in model.elsewhere.values())
    family = families().get(model.engine)
    lacks = "" if family is None else family.lacks
    came = log.last(conn, model.id, "shelved", "trained")
    who, when = (None, None) if came is None else (came.who, came.happened)
    return Held(model, here + away, folders(model), lost, lacks, who, when)


def folders(model: models.Shelved) -> tuple[str, ...]:
    """The folders in which those of its files lie that are used in place."""
    found = {
        _folder(name, place.path)
        for name, place in model.elsewhere.items()
        if place.path is not None
    }
    return tuple(sorted(found))


def _folder(name: str, path: str) -> str:
    """The folder that the model was found in, where the file has its own name in it; else the file's folder."""
    path = path.replace("\\", "/")
    return path.removesuffix(f"/{name}") if path.endswith(f"/{name}") else path.rpartition("/")[0]
