"""The whole studio as plain files plus a manifest, and back: `export_studio`, `import_studio`.

An export can be read without this program: JSON lines, media files, a README. Knows nothing of places
other than folders.
"""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Table, or_, select

from uncaged.archive import files, manifest, rows
from uncaged.archive.database import Archive
from uncaged.archive.manifest import Manifest, Part
from uncaged.archive.merging import Merged, import_studio
from uncaged.archive.tables import SCHEMA, metadata, run_files, studio, works
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong, FileDamaged, UncagedError

__all__ = ["Exported", "Merged", "export_studio", "import_studio"]

_CHUNK = 1 << 20
_ORDER = {"log": ("n",), "run_files": ("run_id", "sha256"), "files": ("sha256",)}
_EDGE = ("source", "relation", "target")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: kept works, kept files, and the bytes of everything together."""

    folder: Path
    works: int
    files: int
    bytes: int


def export_studio(archive: Archive, store: files.Files, target: Path) -> Exported:
    """Writes everything to the folder `target`; it appears there whole or not at all.

    An export of ours that is there already is replaced. Raises `AskedWrong` where something else is,
    `FileDamaged` where a kept file is not what it was, `DiskFull`, `HomeUnusable`.
    """
    target = target.absolute()
    with files.disk_in_words(target.parent, "name another folder for the export"):
        _refuse_others(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.exporting-{secrets.token_hex(6)}")
        try:
            (temporary / "files").mkdir(parents=True)
            summary = _Export(archive, store, temporary).write()
            _put_in_place(temporary, target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return Exported(target, *summary)


class _Export:
    """One export being written: the folder, and the parts that are in it so far."""

    def __init__(self, archive: Archive, store: files.Files, folder: Path) -> None:
        self.archive = archive
        self.store = store
        self.folder = folder
        self.parts: list[Part] = []

    def write(self) -> tuple[int, int, int]:
        """All parts, the manifest last; kept works, kept files, bytes."""
        with self.archive.read() as conn:
            shas = [
                str(sha)
                for sha in conn.execute(select(metadata.tables["files"].c.sha256)).scalars()
            ]
            kept = conn.execute(
                select(works.c.id).where(works.c.kept.is_not(None), works.c.deleted.is_(None))
            ).all()
            name = conn.execute(select(studio.c.id)).scalar_one()
            for table in manifest.TABLES:
                self._write_table(conn, metadata.tables[table])
        for sha in shas:
            self._copy(sha)
        now = self.archive.clock.now()
        text = _README.format(studio=name, when=in_words(now), works=len(kept), files=len(shas))
        self._write(manifest.README, text.encode())
        made = Manifest(SCHEMA, name, now, tuple(self.parts))
        self._write(manifest.NAME, json.dumps(made.to_json(), indent=1).encode())
        if self.store.fsync:
            files.settle(self.folder / "files")
            files.settle(self.folder)
        return len(kept), len(shas), sum(part.bytes for part in self.parts)

    def _write_table(self, conn: Connection, table: Table) -> None:
        names = _EDGE if table.name == "edges" else _ORDER.get(table.name, ("id",))
        found = conn.execute(select(table).order_by(*(table.c[name] for name in names)))
        path = self.folder / manifest.table_path(table.name)
        digest = sha256()
        with path.open("wb") as out:
            for row in found.mappings():
                value = rows.to_json(table.name, row)
                line = json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n"
                digest.update(line)
                out.write(line)
            self._finish(out.fileno(), path, digest.hexdigest(), out.tell())

    def _copy(self, sha: str) -> None:
        path = self.folder / manifest.file_path(sha)
        digest = sha256()
        try:
            with self.store.open(sha) as source, path.open("wb") as out:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                self._finish(out.fileno(), path, digest.hexdigest(), out.tell())
        except FileDamaged as error:
            raise _damaged(self.archive, sha) from error
        if digest.hexdigest() != sha:
            raise _damaged(self.archive, sha)

    def _write(self, name: str, content: bytes) -> None:
        with (self.folder / name).open("wb") as out:
            out.write(content)
            out.flush()
            self._finish(
                out.fileno(), self.folder / name, sha256(content).hexdigest(), len(content)
            )

    def _finish(self, handle: int, path: Path, digest: str, size: int) -> None:
        if self.store.fsync:
            os.fsync(handle)
        self.parts.append(Part(path.relative_to(self.folder).as_posix(), digest, size))


def _refuse_others(target: Path) -> None:
    """A folder that holds anything but an export of ours is not written over."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise AskedWrong(
            f"{target} is there already, and is no folder.", "Name a folder that is not there yet."
        )
    if target.is_dir() and any(target.iterdir()) and not manifest.is_ours(target):
        raise AskedWrong(
            f"{target} holds something else than an export, and was left as it is.",
            "Name a folder that is not there yet, or an earlier export to replace.",
        )


def _put_in_place(temporary: Path, target: Path) -> None:
    """The finished export gets its name; an older one keeps its own until that moment."""
    old = target.with_name(f".{target.name}.replaced-{secrets.token_hex(6)}")
    try:
        if target.exists():
            target.rename(old)
        temporary.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise AskedWrong(
            f"The export cannot take the name {target} ({error.strerror}).",
            "Name a folder within it, such as " + str(target / "studio") + ".",
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _damaged(archive: Archive, sha: str) -> UncagedError:
    """Says which works a damaged file belongs to, or that it was deleted while the export ran."""
    with archive.read() as conn:
        if files.get(conn, sha) is None:
            return FileDamaged("A work was deleted while the export ran.", "Export again.")
        naming = select(run_files.c.run_id).where(run_files.c.sha256 == sha)
        uses = or_(works.c.media == sha, works.c.run_id.in_(naming))
        ids = conn.execute(select(works.c.id).where(uses).order_by(works.c.id)).scalars().all()
    return FileDamaged(
        f"The kept file {sha[:12]}… of {', '.join(ids) or 'no work'} is missing or damaged.",
        "Put a copy of yours in its place, or delete the work (`uncaged delete WORK`), and export again.",
    )


_README = """\
# A studio of Uncaged

Exported {when} from the studio {studio}: {works} works, {files} files.

- `manifest.json` names every part of this folder with its SHA-256 and its length in bytes.
- `files/` holds films, pictures and word lists; each file's name is its SHA-256.
- `works.jsonl` says which file is which work (`media`); `runs.jsonl` holds what was asked for (`score`) and with
  which versions it was made (`recipe`). Each line is one row, in JSON.
- `edges.jsonl` says what came from what; `log.jsonl`, what happened.
- `people.jsonl`, `groups.jsonl`, `models.jsonl`, `files.jsonl`, `run_files.jsonl` are the rest.

Times are microseconds since 1970 (UTC). To bring all of it into another studio: `uncaged import` and this folder.
Everything here is as private as the studio it comes from: it holds the words people typed.
"""
