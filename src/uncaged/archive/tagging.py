"""Tags: words by which people find their works again. Nobody else sees them, and they go with the work."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from uncaged.archive import works as work_statements
from uncaged.archive.house_tables import tags
from uncaged.archive.tables import works
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _

LONGEST, MOST = 40, 30
"""Characters of a tag, and tags of one work, at most."""

NAMED = 200
"""Tags of one person that are listed, those they use most."""


def checked(text: str) -> str:
    """A tag as it is kept: small letters, no spaces at its ends. `AskedWrong` where it is none."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split()).lstrip("#")
    if not plain or len(plain) > LONGEST or not plain.isprintable() or "," in plain:
        raise AskedWrong(
            _("%(text)s is no tag.") % {"text": shown(text)},
            _("A tag is a word or two, of at most %(most)s characters.") % {"most": LONGEST},
        )
    return plain


def change(
    conn: Connection, person_id: str, work_id: str, more: Iterable[str], fewer: Iterable[str]
) -> tuple[str, ...]:
    """Puts these tags on a work of this person's and takes those off; returns what it has then. Twice is once."""
    work_statements.own(conn, person_id, work_id)
    adds, drops = {checked(one) for one in more}, {checked(one) for one in fewer}
    has = set(of(conn, work_id))
    then = (has | adds) - drops
    if len(then) > MOST and len(then) > len(has):
        raise AskedWrong(
            _("A work has %(most)s tags at most.") % {"most": MOST}, _("Take one off first.")
        )
    for gone in has - then:
        conn.execute(delete(tags).where(tags.c.work_id == work_id, tags.c.tag == gone))
    if then - has:
        rows = [{"work_id": work_id, "tag": one} for one in sorted(then - has)]
        conn.execute(insert(tags), rows)
    return tuple(sorted(then))


def of(conn: Connection, work_id: str) -> tuple[str, ...]:
    """The tags of a work, for its person alone: whoever calls has looked at whose it is."""
    wanted = select(tags.c.tag).where(tags.c.work_id == work_id).order_by(tags.c.tag)
    return tuple(conn.execute(wanted).scalars())


def of_works(conn: Connection, work_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The same for a page of works."""
    found: dict[str, tuple[str, ...]] = {}
    wanted = select(tags.c.work_id, tags.c.tag).where(tags.c.work_id.in_(work_ids))
    for work_id, tag in conn.execute(wanted.order_by(tags.c.tag)):
        found[work_id] = (*found.get(work_id, ()), tag)
    return found


def used(conn: Connection, person_id: str) -> Mapping[str, int]:
    """The tags that this person uses, and on how many works each; those of most works first."""
    many = func.count().label("many")
    wanted = (
        select(tags.c.tag, many)
        .join(works, works.c.id == tags.c.work_id)
        .where(works.c.person_id == bindparam("who"), work_statements.LISTED)
        .group_by(tags.c.tag)
        .order_by(many.desc(), tags.c.tag)
        .limit(NAMED)
    )
    return {row.tag: row.many for row in conn.execute(wanted, {"who": person_id})}
