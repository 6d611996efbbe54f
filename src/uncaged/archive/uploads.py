"""Files that programs gave beforehand. Each is its person's alone; the bytes lie with all other kept files."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from uncaged.archive import files
from uncaged.archive.paging import Page, rows_of
from uncaged.archive.tables import files as file_table
from uncaged.archive.wire_tables import uploads
from uncaged.core.errors import NotFound
from uncaged.core.ids import is_id, new_id


@dataclass(frozen=True, slots=True)
class Upload:
    """A given file; created: µs UTC."""

    id: str
    person_id: str
    sha256: str
    name: str
    purpose: str
    created: int
    bytes: int
    mime: str


_SHOWN = select(*uploads.c, file_table.c.bytes, file_table.c.mime).join(
    file_table, file_table.c.sha256 == uploads.c.sha256
)


def add(conn: Connection, person_id: str, sha: str, name: str, purpose: str, now: int) -> Upload:
    """Writes down a file whose row is there (`files.note`)."""
    row = {"id": new_id("file"), "person_id": person_id, "sha256": sha, "name": name}
    conn.execute(insert(uploads).values(**row, purpose=purpose, created=now))
    return get(conn, person_id, row["id"])


def get(conn: Connection, person_id: str, upload_id: str) -> Upload:
    """A file of this person's; `NotFound` alike where it is not here and where it is somebody else's."""
    if is_id("file", upload_id):
        wanted = _SHOWN.where(uploads.c.id == upload_id, uploads.c.person_id == person_id)
        row = conn.execute(wanted).mappings().one_or_none()
        if row is not None:
            return _upload(row)
    raise NotFound(f"There is no file {upload_id[:60]!r} here.")


def listed(
    conn: Connection, person_id: str, page: Page, purpose: str | None = None
) -> tuple[tuple[Upload, ...], bool]:
    """This person's files in the order they came, newest first; and whether there are more."""
    order = (uploads.c.created, uploads.c.id)
    wanted = _SHOWN.where(uploads.c.person_id == person_id)
    if purpose is not None:
        wanted = wanted.where(uploads.c.purpose == purpose)
    last = select(*order).where(uploads.c.id == page.after, uploads.c.person_id == person_id)
    rows, more = rows_of(conn, wanted, order, last, page)
    return tuple(map(_upload, rows)), more


def count(conn: Connection, person_id: str) -> int:
    """How many files this person has given."""
    mine = select(func.count()).where(uploads.c.person_id == person_id)
    return conn.execute(mine).scalar_one()


def remove(conn: Connection, person_id: str, upload_id: str) -> tuple[str, ...]:
    """Takes it away; returns the SHA-256 of bytes that nobody needs any more, for `files.forget`."""
    gone = get(conn, person_id, upload_id)
    conn.execute(delete(uploads).where(uploads.c.id == upload_id))
    return files.unreferenced(conn, [gone.sha256])


def _upload(row: RowMapping) -> Upload:
    return Upload(**{name: row[name] for name in Upload.__slots__})
