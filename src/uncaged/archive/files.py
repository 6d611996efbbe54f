"""Kept files, named by their SHA-256: `Files` holds the bytes, the functions below hold their rows.

A file is visible whole or not at all. Knows nothing of what uses a file, beyond the rows that refer to it.
"""

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, bindparam, delete, insert, select

from uncaged.archive import sqlite
from uncaged.archive.database import Archive
from uncaged.archive.prepared import Fields, Prepared
from uncaged.archive.tables import files, model_files, run_files, works
from uncaged.archive.wire_tables import uploads
from uncaged.core.errors import FileDamaged, HomeUnusable, NotFound
from uncaged.core.ids import is_sha256

_CHUNK = 1 << 20
_TEMPORARY = ".keeping-"
_EPOCH = ".epoch"
UNSURE = ".database-was-put-back"
"""The note that keeps films without a row from being swept."""
DERIVED = "strips"
"""The folder beside the kept files of what was made from them: pictures of films at rest. It may be deleted."""
_SWEPT = ".swept"
"""A file whose age says when the last sweep was."""

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST)


class Files:
    """The folder of kept files: ``ab/abcdef…``. `fsync`: wait for the disk before a file counts as kept."""

    def __init__(self, root: Path, fsync: bool = True) -> None:
        self.root = root
        self.fsync = fsync

    def path(self, sha: str) -> Path:
        """Where the file of this SHA-256 lies, or would lie; `NotFound` where it is no SHA-256."""
        if not is_sha256(sha):
            raise NotFound("A kept file is named by its SHA-256, in 64 hexadecimal characters.")
        return self.root / sha[:2] / sha

    def keep(self, source: Path | bytes) -> str:
        """Keeps a copy of a file, or these bytes, and returns the SHA-256; a damaged copy is healed by it.

        Raises `DiskFull`, `HomeUnusable`, `NotFound`; nothing half-written stays.
        """
        if isinstance(source, bytes):
            return self._keep(iter((source,)))
        try:
            opened = source.open("rb")
        except OSError as error:
            raise NotFound(f"{source} cannot be read ({error.strerror}).") from error
        with opened:
            return self._keep(iter(lambda: opened.read(_CHUNK), b""))

    def _keep(self, chunks: Iterator[bytes]) -> str:
        with disk_in_words(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            temporary = self.root / f"{_TEMPORARY}{secrets.token_hex(8)}"
            try:
                digest = sha256()
                with temporary.open("xb") as out:
                    for chunk in chunks:
                        digest.update(chunk)
                        out.write(chunk)
                    out.flush()
                    if self.fsync:
                        os.fsync(out.fileno())
                sha = digest.hexdigest()
                folder = self.path(sha).parent
                if not folder.is_dir():
                    folder.mkdir(exist_ok=True)
                    self._settle(self.root)
                # Always anew, even where the name is taken: the name says what the bytes should be.
                temporary.replace(folder / sha)
                self._settle(folder)
            except BaseException:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
                raise
        return sha

    def _settle(self, folder: Path) -> None:
        if self.fsync:
            settle(folder)

    def open(self, sha: str) -> BinaryIO:
        """The file's bytes, to read; `FileDamaged` where they are missing."""
        try:
            return self.path(sha).open("rb")
        except OSError as error:
            raise missing(sha) from error

    def chunks(self, sha: str) -> Iterator[bytes]:
        """The file's bytes, piece by piece; `FileDamaged` where the disk does not give them."""
        try:
            with self.path(sha).open("rb") as opened:
                while chunk := opened.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise missing(sha) from error

    def verify(self, sha: str) -> bool:
        """Whether the file is there, can be read, and its bytes are what its name says."""
        path = self.path(sha)
        try:
            return path.is_file() and digest_of(path) == sha
        except OSError:
            return False

    def derived(self, sha: str, name: str) -> Path:
        """Where something lies that was made from this file and can be made again; it goes when the file does."""
        return self.root.with_name(DERIVED) / sha[:2] / f"{self.path(sha).name}.{name}"

    def forget_derived(self, sha: str) -> None:
        """Whatever was made from this file goes."""
        for made in self.derived(sha, "").parent.glob(f"*{sha}.*"):
            made.unlink(missing_ok=True)

    def delete(self, sha: str) -> None:
        """The file goes, if it is there. `forget` is the way for a file that may have a row."""
        with disk_in_words(self.root):
            self.path(sha).unlink(missing_ok=True)
            self.forget_derived(sha)

    def leftovers(self, older_than: float) -> Iterator[Path]:
        """Temporary names and kept files that have lain for `older_than` seconds; looks at every file there is."""
        moment = time.time() - older_than
        for pattern in (f"{_TEMPORARY}*", "[0-9a-f][0-9a-f]/*"):
            for path in self.root.glob(pattern):
                if (is_temporary(path) or is_sha256(path.name)) and _lay_before(path, moment):
                    yield path

    def clear(self, leftovers: Iterable[Path], older_than: float) -> tuple[str, ...]:
        """Removes those that nobody has made young again meanwhile; the names of what is gone."""
        moment = time.time() - older_than
        gone: list[str] = []
        for path in leftovers:
            if _lay_before(path, moment):
                path.unlink(missing_ok=True)
                if is_sha256(path.name):
                    self.forget_derived(path.name)
                gone.append(path.name)
        return tuple(sorted(gone))

    def swept_within(self, seconds: float) -> bool:
        """Whether somebody has noted a sweep within these last seconds."""
        with contextlib.suppress(OSError):
            return 0 <= time.time() - (self.root / _SWEPT).stat().st_mtime < seconds
        return False

    def note_epoch(self, epoch: int) -> bool:
        """Notes a new steward's epoch beside the files; False where a later one was noted before.

        Then the database was put back from an older copy, and films it does not know are not leftovers: from now
        on none is swept, until somebody removes the note `UNSURE`.
        """
        note = self.root / _EPOCH
        with disk_in_words(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            try:
                before = int(note.read_text())
            except (OSError, ValueError):
                before = 0
            if before >= epoch:
                (self.root / UNSURE).touch()
            # Beside it first: a full disk must not empty what was noted before.
            beside = self.root / f"{_TEMPORARY}{secrets.token_hex(8)}"
            try:
                beside.write_text(str(max(before, epoch)))
                beside.replace(note)
            finally:
                beside.unlink(missing_ok=True)
        return before < epoch

    @property
    def unsure(self) -> bool:
        """Whether the database was once put back from an older copy; see `note_epoch`."""
        return (self.root / UNSURE).exists()

    def note_sweep(self) -> None:
        """From now on the last sweep was now."""
        if self.root.is_dir():
            (self.root / _SWEPT).touch()


def is_temporary(path: Path) -> bool:
    """Whether this is a file on its way to being kept."""
    return path.name.startswith(_TEMPORARY)


def _lay_before(path: Path, moment: float) -> bool:
    try:
        return path.lstat().st_mtime < moment
    except FileNotFoundError:
        return False


@dataclass(frozen=True, slots=True)
class File:
    """A kept file's row. `salted`: its name in edges; `kept`: µs UTC."""

    sha256: str
    salted: str
    bytes: int
    mime: str
    kept: int


def _file(row: Fields) -> File:
    return File(row["sha256"], row["salted"], row["bytes"], row["mime"], row["kept"])


def salted_name(sha: str, salt: str) -> str:
    """How edges name a file: nobody can tell what it was, once the salt is gone with its row."""
    return sha256(f"{salt}{sha}".encode()).hexdigest()


def get(conn: Connection, sha: str) -> File | None:
    """Is there a row for this file?"""
    row = _ONE.on(conn, {"wanted": sha}).mappings().one_or_none()
    return None if row is None else _file(row)


_ONE = Prepared(select(files).where(files.c.sha256 == bindparam("wanted")))
_ROW = Prepared(insert(files))


def note(
    conn: Connection,
    store: Files,
    sha: str,
    mime: str,
    now: int,
    source: Path | bytes | None = None,
) -> File:
    """The row of a kept file, made where there is none; `FileDamaged` where the bytes are not there.

    They are looked at inside the write transaction, as `forget` takes files away in one: so neither can
    miss what the other did. Whoever kept them gives its `source` again: somebody may have deleted the last
    work with the very same bytes in between, and then they are kept once more.
    """
    size = _size(store, sha, source)
    known = get(conn, sha)
    if known is not None:
        return known
    salt = secrets.token_hex(16)
    made = File(sha, salted_name(sha, salt), size, mime, now)
    row = {"sha256": sha, "salt": salt, "salted": made.salted, "bytes": size, "mime": mime}
    _ROW.on(conn, row | {"kept": now})
    return made


def _size(store: Files, sha: str, source: Path | bytes | None) -> int:
    """Bytes of a kept file, which is kept again where it went and where it came from is still there."""
    try:
        return store.path(sha).stat().st_size
    except FileNotFoundError as error:
        if source is None or store.keep(source) != sha:
            raise missing(sha) from error
    return store.path(sha).stat().st_size


def unreferenced(conn: Connection, shas: Iterable[str]) -> tuple[str, ...]:
    """Which of these does no work show, no score name, no program and no model need?

    Their rows go, and their salt with them.
    """
    gone: list[str] = []
    for sha in sorted(set(shas)):
        shown = select(works.c.media.label("sha")).where(works.c.media == sha)
        named = select(run_files.c.sha256).where(run_files.c.sha256 == sha)
        given = select(uploads.c.sha256).where(uploads.c.sha256 == sha)
        owned = select(model_files.c.sha256).where(model_files.c.sha256 == sha)
        if conn.execute(shown.union_all(named, given, owned).limit(1)).first() is None:
            conn.execute(delete(files).where(files.c.sha256 == sha))
            gone.append(sha)
    return tuple(gone)


def forget(conn: Connection, store: Files, shas: Iterable[str]) -> None:
    """Takes away the bytes of files that have no row any more.

    In a write transaction of its own, after the one that deleted the rows is committed: an undone
    transaction must not have lost a file.
    """
    for sha in shas:
        if get(conn, sha) is None:
            store.delete(sha)


def sweep(
    archive: Archive, store: Files, older_than: float, at_most_every: float = 3600.0
) -> tuple[str, ...]:
    """Removes what a crash left behind `older_than` seconds ago; the names of what is gone.

    at_most_every: seconds after the last sweep in which there is none. Every file is looked at while others
    may write; only what seems left over is looked at again in a write transaction of its own. Raises what
    `Archive.write` raises.
    """
    if store.swept_within(at_most_every):
        return ()
    with disk_in_words(store.root):
        seem = list(store.leftovers(older_than))
        with archive.read() as conn:
            known = _known(conn)
        seem = [path for path in seem if path.name not in known]
        gone: tuple[str, ...] = ()
        if seem:
            with archive.write() as conn:
                left = [
                    path
                    for path in seem
                    if is_temporary(path) or not (store.unsure or get(conn, path.name))
                ]
                gone = store.clear(left, older_than)
        store.note_sweep()
    return gone


def _known(conn: Connection) -> set[str]:
    return set(conn.execute(select(files.c.sha256)).scalars())


def digest_of(path: Path) -> str:
    """SHA-256 of a file on the disk."""
    with path.open("rb") as opened:
        digest = sha256()
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def settle(folder: Path) -> None:
    """Waits until the disk knows a folder's names; Windows cannot be asked to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def missing(sha: str) -> FileDamaged:
    """The error for a kept file that is not there."""
    return FileDamaged(
        f"The kept file {sha[:12]}… is missing.",
        "`uncaged doctor` says what it belongs to; a copy of yours can be put back.",
    )


@contextlib.contextmanager
def disk_in_words(
    folder: Path, elsewhere: str = sqlite.HOME_ELSEWHERE
) -> Generator[None, None, None]:
    """A full disk, a closed folder and a failing disk as errors that say what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise sqlite.disk_full(folder, elsewhere) from error
        if error.errno in _CLOSED:
            raise sqlite.read_only(folder, elsewhere) from error
        raise HomeUnusable(
            f"The disk of {folder} does not answer as it should ({error.strerror}).",
            f"Look after the disk first, or {elsewhere}.",
        ) from error
