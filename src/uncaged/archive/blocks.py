"""The block list: films that are neither shown, nor taken in, nor imported. Knows them by their bytes alone."""

from sqlalchemy import Connection, bindparam, select

from uncaged.archive.house_tables import blocks
from uncaged.archive.prepared import Prepared

_REASON = Prepared(select(blocks.c.reason).where(blocks.c.sha256 == bindparam("sha")))


def reason(conn: Connection, sha: str) -> str | None:
    """Why this file stays out, for whoever brings it; None where it does not."""
    return _REASON.on(conn, {"sha": sha}).scalar()
