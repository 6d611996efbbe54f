"""The whole studio as plain files plus a manifest, and back: `export_studio`, `import_studio`.

An export can be read without this program: JSON lines, media files, a README. Knows nothing of places
other than folders.
"""

import json
import os
import shutil
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Table, func, or_, select

from uncaged.archive import files, manifest, models, placing, rows
from uncaged.archive.database import Archive
from uncaged.archive.manifest import Manifest, Part
from uncaged.archive.merging import Merged, import_studio
from uncaged.archive.tables import SCHEMA, metadata, model_elsewhere, run_files, studio, works
from uncaged.archive.telling import counted, sized
from uncaged.core.clock import in_words
from uncaged.core.errors import FileDamaged

__all__ = ["Damaged", "Exported", "Merged", "export_studio", "import_studio"]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A kept file that could not go along, the works that show it or whose scores name it, and models it belongs to."""

    sha256: str
    works: tuple[str, ...]
    models: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.sha256[:12]}… of {self.owners}"

    @property
    def owners(self) -> str:
        """Whose file it is, in words."""
        named = [*self.works, *(f"the model {name}" for name in self.models)]
        return ", ".join(named) or "no work"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: kept works whose film is in it, kept files, and the bytes of everything together.

    damaged: files that are damaged or missing here and so not in it. elsewhere: files of models that lie elsewhere, and
    their bytes: the export names them and does not hold them. As text, it is told to people.
    """

    folder: Path
    works: int
    files: int
    bytes: int
    damaged: tuple[Damaged, ...] = ()
    elsewhere: tuple[int, int] = (0, 0)

    def __str__(self) -> str:
        told = (
            f"{counted(self.works, 'work')} and {counted(self.files, 'file')}, {sized(self.bytes)}."
        )
        count, size = self.elsewhere
        if count:
            told += (
                f" Without {counted(count, 'file')} of models that lie elsewhere ({sized(size)}): they stay where they "
                "are, and the export names them by their SHA-256."
            )
        if not self.damaged:
            return told
        return (
            f"{told} Without {counted(len(self.damaged), 'file')} damaged or missing here: "
            f"{'; '.join(map(str, self.damaged))}. Put a copy of yours in its place, or delete the work "
            "(`uncaged delete WORK`), and export again."
        )


def export_studio(archive: Archive, store: files.Files, target: Path) -> Exported:
    """Writes everything to the folder `target`; it appears there whole or not at all.

    A kept file that is not what it was is left out and named, here and in the export. An export of ours that is
    there already is replaced. Raises `AskedWrong` where something else is, `FileDamaged` where a work was
    deleted meanwhile, `DiskFull`, `HomeUnusable`.
    """
    target = target.absolute()
    with files.disk_in_words(target.parent, "name another folder for the export"):
        placing.tidy(target)
        with archive.read() as conn:
            placing.refuse_others(target, conn.execute(select(studio.c.id)).scalar_one())
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = placing.beside(target, "exporting")
        try:
            (temporary / "files").mkdir(parents=True)
            summary = _Export(archive, store, temporary).write()
            placing.put_in_place(temporary, target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return replace(summary, folder=target)


class _Export:
    """One export being written: the folder, and the parts that are in it so far."""

    def __init__(self, archive: Archive, store: files.Files, folder: Path) -> None:
        self.archive = archive
        self.store = store
        self.folder = folder
        self.parts: list[Part] = []

    def write(self) -> Exported:
        """All parts, the manifest last."""
        with self.archive.read() as conn:
            shas = conn.execute(select(metadata.tables["files"].c.sha256)).scalars().all()
            here = (works.c.kept.is_not(None), works.c.deleted.is_(None))
            films = conn.execute(select(works.c.media).where(*here)).scalars().all()
            name = conn.execute(select(studio.c.id)).scalar_one()
            away = conn.execute(
                select(func.count(), func.coalesce(func.sum(model_elsewhere.c.bytes), 0))
            ).one()
            for table in manifest.TABLES:
                self._write_table(conn, metadata.tables[table])
        lost = tuple(_damaged(self.archive, sha) for sha in shas if not self._copy(sha))
        without = {file.sha256 for file in lost}
        whole = sum(film not in without for film in films)
        now = self.archive.clock.now()
        text = _readme(name, in_words(now), whole, len(shas) - len(lost), lost)
        self._write(manifest.README, text.encode())
        made = Manifest(SCHEMA, name, now, tuple(self.parts), tuple(sorted(without)))
        self._write(manifest.NAME, json.dumps(made.to_json(), indent=1).encode())
        if self.store.fsync:
            files.settle(self.folder / "files")
            files.settle(self.folder)
        length = sum(part.bytes for part in self.parts)
        here = len(shas) - len(lost)
        return Exported(self.folder, whole, here, length, lost, (away[0], int(away[1])))

    def _write_table(self, conn: Connection, table: Table) -> None:
        found = conn.execute(select(table).order_by(*table.primary_key.columns))
        path = self.folder / manifest.table_path(table.name)
        digest = sha256()
        with path.open("wb") as out:
            for row in found.mappings():
                value = rows.to_json(table.name, row)
                line = json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n"
                digest.update(line)
                out.write(line)
            self._finish(out.fileno(), path, digest.hexdigest(), out.tell())

    def _copy(self, sha: str) -> bool:
        """A kept file goes along; False, and it does not, where its bytes are not what its name says."""
        path = self.folder / manifest.file_path(sha)
        digest = sha256()
        with path.open("wb") as out:
            try:
                for chunk in self.store.chunks(sha):
                    digest.update(chunk)
                    out.write(chunk)
            except FileDamaged:
                digest = sha256(b"nothing like it")
            if digest.hexdigest() == sha:
                out.flush()
                self._finish(out.fileno(), path, sha, out.tell())
                return True
        path.unlink()
        return False

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


def _damaged(archive: Archive, sha: str) -> Damaged:
    """Which works and models a damaged file belongs to; `FileDamaged` where one was deleted while the export ran."""
    with archive.read() as conn:
        if files.get(conn, sha) is None:
            raise FileDamaged("A work was deleted while the export ran.", "Export again.")
        naming = select(run_files.c.run_id).where(run_files.c.sha256 == sha)
        uses = or_(works.c.media == sha, works.c.run_id.in_(naming))
        found = conn.execute(select(works.c.id).where(uses).order_by(works.c.id))
        return Damaged(sha, tuple(found.scalars()), models.made_of(conn, [sha]))


def _readme(name: str, when: str, whole: int, kept: int, lost: tuple[Damaged, ...]) -> str:
    text = _README.format(studio=name, when=when, works=whole, files=kept)
    if not lost:
        return text
    listed = "".join(f"- {file.sha256} of {file.owners}\n" for file in lost)
    return text + _LOST + listed


_README = """\
# A studio of Uncaged

Exported {when} from the studio {studio}: {works} works, {files} files.

- `manifest.json` names every part of this folder with its SHA-256 and its length in bytes.
- `files/` holds films, pictures, word lists and weights; each file's name is its SHA-256.
- `works.jsonl` says which file is which work (`media`); `runs.jsonl` holds what was asked for (`score`) and with
  which versions it was made (`recipe`). Each line is one row, in JSON.
- `edges.jsonl` says what came from what; `log.jsonl`, what happened.
- `tags.jsonl`, `authors.jsonl` and `memberships.jsonl`: people's words for their works, who is named beside a maker,
  and who acts for a collective, now and before.
- `models.jsonl` and `model_files.jsonl`: models, and what each file of the studio's own is called in its folder.
  `model_elsewhere.jsonl`: files of models that lay elsewhere, with SHA-256 and length; they are not here.
- `people.jsonl`, `groups.jsonl`, `files.jsonl`, `run_files.jsonl` are the rest.

Times are microseconds since 1970 (UTC). To bring all of it into another studio: `uncaged import` and this folder.
Everything here is as private as the studio it comes from: it holds the words people typed. What is not in it belongs
to that house or that machine: what the house says and decides, reports, the block list, logins, keys, rooms, webhooks,
files given beforehand, and what stands in line.
"""

_LOST = """
## What is not here

These files were damaged or missing in that studio. All that is known of their works is here, but not their bytes:
a later import of a whole copy brings them.

"""
