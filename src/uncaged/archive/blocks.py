"""The block list: files that are neither shown, nor taken in, nor imported, by their SHA-256, each with its reason.

Knows nothing of where a file comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from uncaged.archive import log
from uncaged.archive.files import get as file_of
from uncaged.archive.house_tables import blocks, reports
from uncaged.archive.tables import run_files, works
from uncaged.core.errors import AskedWrong, NotAllowed, NotFound
from uncaged.core.ids import is_sha256
from uncaged.core.words import _

LONGEST_REASON = 400

_FEW = 50
"""Files that are looked up one by one; for more the whole list is read."""


@dataclass(frozen=True, slots=True)
class Block:
    """A file on the list; made: µs UTC. report_n: the report it comes from, None for none."""

    sha256: str
    reason: str
    report_n: int | None
    made_by: str
    made: int


def add(
    conn: Connection, sha: str, reason: str, who: str, now: int, report_n: int | None = None
) -> Block:
    """Puts a file on the list; one that stands there already keeps its reason. Raises `AskedWrong`."""
    if not is_sha256(sha):
        raise AskedWrong(_("A file is named by its SHA-256: 64 letters from 0 to f."))
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON or not said.isprintable():
        raise AskedWrong(
            _("Say why, in 1 to %(most)s characters: whoever brings it reads it.")
            % {"most": LONGEST_REASON}
        )
    if (known := find(conn, sha)) is not None:
        return known
    block = Block(sha, said, report_n, who, now)
    conn.execute(insert(blocks).values({name: getattr(block, name) for name in Block.__slots__}))
    log.append(conn, "blocked", _about(conn, report_n, who), who, now, report=report_n)
    return block


def remove(conn: Connection, sha: str, who: str, now: int) -> Block:
    """Takes a file off the list. `NotFound` where it does not stand there."""
    block = find(conn, sha)
    if block is None:
        raise NotFound(
            _("This file is not on the block list."), _("`uncaged block list` shows it.")
        )
    conn.execute(delete(blocks).where(blocks.c.sha256 == sha))
    about = _about(conn, block.report_n, who)
    log.append(conn, "unblocked", about, who, now, report=block.report_n)
    return block


def remove_of_report(conn: Connection, report_n: int, who: str, now: int) -> None:
    """Takes off the list what came on it by this report."""
    for sha in conn.execute(select(blocks.c.sha256).where(blocks.c.report_n == report_n)).scalars():
        remove(conn, sha, who, now)


def _about(conn: Connection, report_n: int | None, who: str) -> str:
    """What the log says it is about: the work that was reported, else whoever did it; never a hash."""
    if report_n is None:
        return who
    return conn.execute(select(reports.c.work_id).where(reports.c.n == report_n)).scalar_one()


def find(conn: Connection, sha: str) -> Block | None:
    """Does this file stand on the list?"""
    row = conn.execute(select(blocks).where(blocks.c.sha256 == sha)).mappings().one_or_none()
    return None if row is None else Block(**row)


def reason(conn: Connection, sha: str) -> str | None:
    """Why this file stays out, for whoever brings it; None where it does not."""
    block = find(conn, sha)
    return None if block is None else block.reason


def listed(conn: Connection, limit: int = 1000) -> tuple[Block, ...]:
    """The list, newest first."""
    wanted = select(blocks).order_by(blocks.c.made.desc(), blocks.c.sha256).limit(limit)
    return tuple(Block(**row) for row in conn.execute(wanted).mappings())


def among(conn: Connection, shas: Iterable[str]) -> dict[str, Block]:
    """Which of these files stand on the list?"""
    wanted = set(shas)
    if len(wanted) > _FEW:
        return {one.sha256: one for one in listed(conn, 1_000_000) if one.sha256 in wanted}
    found = (find(conn, sha) for sha in wanted)
    return {one.sha256: one for one in found if one is not None}


def refuse(conn: Connection, shas: Iterable[str]) -> None:
    """`NotAllowed`, with its reason, where one of these files stands on the list."""
    for block in among(conn, shas).values():
        raise NotAllowed(
            _("This house does not take this file: %(reason)s") % {"reason": block.reason},
            _(
                "It stands on the block list. If that is a mistake, write to the house: its page says "
                "where."
            ),
        )


def of_work(conn: Connection, work_id: str) -> tuple[str, ...]:
    """SHA-256 of a work's film and of every picture it was made from, hidden or not; none of one that is deleted."""
    row = conn.execute(
        select(works.c.media, works.c.run_id).where(works.c.id == work_id)
    ).one_or_none()
    if row is None or row.media is None:
        return ()
    named = conn.execute(select(run_files.c.sha256).where(run_files.c.run_id == row.run_id))
    pictures: list[str] = []
    for sha in named.scalars():
        kept = file_of(conn, sha)
        if kept is not None and kept.mime.startswith("image/"):
            pictures.append(sha)
    return (row.media, *sorted(pictures))


def refuse_work(conn: Connection, work_id: str) -> None:
    """The same for a work that somebody wants to show: its film, and the pictures it was made from."""
    refuse(conn, of_work(conn, work_id))
