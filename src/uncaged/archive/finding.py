"""Finding one's own works again: by their words, by a tag, in the trash, or while they are made.

A page looks through so many works at most, however many somebody has; the next page looks further back.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    select,
    tuple_,
)

from uncaged.archive import stored
from uncaged.archive.house_tables import tags
from uncaged.archive.paging import Spot
from uncaged.archive.tables import FINISHED, runs, works
from uncaged.archive.tagging import of_works
from uncaged.archive.work import HERE, LISTED, WITH_RUN, Work, record

Where: TypeAlias = Literal["kept", "making", "failed", "trash", "hidden"]
"""Works that are kept; that are in line or in progress; that came to nothing; that were thrown away; that the house
hides."""

LOOKED_THROUGH, PAGE = 5_000, 100
"""Works that one page looks through, and those it can hold."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """words: all of them stand in the score, whatever their case. before: where the page before ended.

    folded: of works that were asked for together the latest stands for all, on whichever page it lies, as long as
    nothing is looked for.
    """

    where: Where = "kept"
    words: str = ""
    tag: str | None = None
    before: Spot | None = None
    limit: int = 24
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page: the works, their tags by id, and where the next page begins (None at the end).

    together: of works that stand for others too, by id: the group, and how many were asked for with it.
    """

    works: tuple[Work, ...]
    further: Spot | None
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    together: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])


def find(conn: Connection, person_id: str, wanted: Wanted) -> Found:
    """Which works of this person are meant, the latest first?"""
    words = tuple(_plain(word) for word in wanted.words.split())
    looked, ids, further, last = 0, list[str](), None, None
    folded = wanted.folded and wanted.where == "kept" and not words and wanted.tag is None
    together, stood = dict[str, str](), dict[str, bool]()
    rows = conn.execute(_looked_at(person_id, wanted))
    for work_id, moment, score, tagged, group in rows:
        if folded and group is not None and group not in stood:
            stood[group] = _stood(conn, person_id, group, wanted.before)
        if folded and group is not None and (group in together or stood[group]):
            looked, last = looked + 1, Spot(moment, work_id)
            continue
        if len(ids) == wanted.limit:
            further = last
            break
        looked, last = looked + 1, Spot(moment, work_id)
        if tagged and (not words or _has(score, words)):
            ids.append(work_id)
            if folded and group is not None:
                together[group] = work_id
    else:
        further = last if looked == LOOKED_THROUGH else None
    rows.close()
    found = {
        row["id"]: record(row)
        for row in conn.execute(WITH_RUN.where(works.c.id.in_(ids))).mappings()
    }
    works_found = tuple(found[one] for one in ids)
    return Found(works_found, further, of_works(conn, ids), _together(conn, together))


def _stood(conn: Connection, person_id: str, group: str, before: Spot | None) -> bool:
    """Whether a work of this group lies on a page before, and stands there for those of this page too.

    The group is looked through by its own index, not all works of the pages before.
    """
    if before is None:
        return False
    there = tuple_(works.c.kept, works.c.id) >= tuple_(before.moment, before.id)
    some = select(works.c.id).join(runs, runs.c.id == works.c.run_id)
    theirs = works.c.person_id + "" == person_id
    some = some.where(runs.c.group_id == group, theirs, LISTED, there)
    return conn.execute(some.limit(1)).scalar() is not None


def _together(conn: Connection, found: Mapping[str, str]) -> Mapping[str, tuple[str, int]]:
    """Of the works that stand for a group: it, and how many were asked for in it; what was asked for again counts once.

    found: groups, each with its work.
    """
    part = func.coalesce(cast(runs.c.group_order, Text), runs.c.id)
    wanted = select(runs.c.group_id, func.count(part.distinct()))
    wanted = wanted.where(runs.c.group_id.in_(list(found)))
    counted = conn.execute(wanted.group_by(runs.c.group_id)) if found else ()
    return {found[group]: (group, count) for group, count in counted if count > 1}


def find_all(conn: Connection, person_id: str, wanted: Wanted) -> Iterator[Work]:
    """The same, through all of somebody's works, until as many are found as are wanted."""
    left = wanted.limit
    while left > 0:
        found = find(conn, person_id, replace(wanted, limit=min(left, PAGE)))
        yield from found.works
        left -= len(found.works)
        if found.further is None:
            return
        wanted = replace(wanted, before=found.further)


def _looked_at(person_id: str, wanted: Wanted) -> Select[Any, Any, Any, bool, Any]:
    """The works among which the words are looked for, no more than a page looks through: id, moment, score,
    whether it has the tag, group."""
    if wanted.where == "kept":
        moment, among = works.c.kept, and_(LISTED, works.c.kept.is_not(None))
    elif wanted.where == "trash":
        moment, among = works.c.trashed, and_(HERE, works.c.trashed.is_not(None))
    elif wanted.where == "hidden":
        moment, among = works.c.kept, and_(LISTED, works.c.hidden.is_not(None))
    else:
        ended = runs.c.state.in_(FINISHED)
        moment = runs.c.asked
        among = and_(LISTED, works.c.kept.is_(None), ended if wanted.where == "failed" else ~ended)
    order = tuple_(moment, works.c.id)
    tagged = literal(True) if wanted.tag is None else _tagged(wanted.tag)
    found = (
        select(works.c.id, moment, runs.c.score, tagged, runs.c.group_id)
        .join(runs, runs.c.id == works.c.run_id)
        .where(_of(person_id, wanted.where), among)
    )
    if wanted.before is not None:
        found = found.where(order < tuple_(wanted.before.moment, wanted.before.id))
    return found.order_by(moment.desc(), works.c.id.desc()).limit(LOOKED_THROUGH)


def _tagged(tag: str) -> ColumnElement[bool]:
    return exists().where(tags.c.work_id == works.c.id, tags.c.tag == tag)


def _has(score: str | None, words: tuple[str, ...]) -> bool:
    """Whether all words stand in the texts of a score. Its JSON is looked at first: few of many have the words."""
    if score is None:
        return False
    plain = _plain(score)
    if not all(json.dumps(word, ensure_ascii=False)[1:-1] in plain for word in words):
        return False
    read = stored.score(score)
    text = "" if read is None else _plain(read.text)
    return all(word in text for word in words)


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold())


def _of(person_id: str, where: Where) -> ColumnElement[bool]:
    """Theirs. The trash is small, whoever's it is: looked through by its own index, not by that of all their works; so
    is what the house hides."""
    few = where in ("trash", "hidden")
    return (works.c.person_id + "" if few else works.c.person_id) == person_id


def counts(conn: Connection, person_id: str) -> Mapping[Where, int]:
    """How many are being made, came to nothing, lie in the trash, are hidden? As far as 1,000 each."""
    unkept = and_(LISTED, works.c.kept.is_(None))
    ended = runs.c.state.in_(FINISHED)
    sorts: dict[Where, ColumnElement[bool]] = {
        "making": and_(unkept, ~ended),
        "failed": and_(unkept, ended),
        "trash": and_(HERE, works.c.trashed.is_not(None)),
        "hidden": and_(LISTED, works.c.hidden.is_not(None)),
    }
    found: dict[Where, int] = {}
    for name, among in sorts.items():
        some = select(works.c.id).join(runs, runs.c.id == works.c.run_id)
        some = some.where(_of(person_id, name), among)
        found[name] = len(conn.execute(some.limit(1000)).all())
    return found
