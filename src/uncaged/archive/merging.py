"""Bringing an export in: by id and hash, never over what is here, and nothing that was deleted here.

Files come first, each looked at; then all rows in one transaction. Interrupted, it leaves the archive as it
was, and can be run again. Knows nothing of how an export is written.
"""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from uncaged.archive import alongside, blocks, files, log, manifest, people, rows, shelving
from uncaged.archive import models as model_rows
from uncaged.archive.alongside import Rows
from uncaged.archive.arriving import Here
from uncaged.archive.database import Archive
from uncaged.archive.manifest import Manifest
from uncaged.archive.tables import metadata, studio, works
from uncaged.archive.telling import counted, sized
from uncaged.core.errors import AskedWrong, FileDamaged, UncagedError

_UNFINISHED = ("queued", "in_progress")


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did. Works are counted that were kept there; as text, it is told to people.

    works: those that came in; `files` and their `bytes` with them. known: those that were here already, and
    stay as they are. deleted: those that were deleted here, and stay so. unfinished: runs that were in line or in
    progress there, and were left out: whoever finishes them exports again. blocked: works with a film or a picture that
    stands on the block list here, and were left out; why: the reasons. healed: files that were damaged or
    missing here and are whole again. damaged: files that the export does not have either. otherwise: what came in
    otherwise than it stood there, in words, since people who were here already have a say in it.
    """

    works: int
    files: int
    bytes: int
    known: int = 0
    deleted: int = 0
    unfinished: int = 0
    healed: int = 0
    damaged: int = 0
    blocked: int = 0
    why: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = [f"{counted(self.works, 'work')} came in"]
        if self.files:
            told[0] += f" with {counted(self.files, 'file')} ({sized(self.bytes)})"
        if self.known:
            told.append(f"{self.known:,} {_was(self.known)} here already")
        if self.deleted:
            told.append(
                f"{self.deleted:,} {_was(self.deleted)} deleted here and {_stays(self.deleted)} so"
            )
        if self.unfinished:
            told.append(f"{self.unfinished:,} unfinished {_was(self.unfinished)} left out")
        if self.blocked:
            why = "; ".join(self.why)
            works_ = counted(self.blocked, "work")
            told.append(f"{works_} {_was(self.blocked)} left out by the block list ({why})")
        if self.healed:
            told.append(f"{counted(self.healed, 'damaged file')} {_was(self.healed)} healed")
        if self.damaged:
            told.append(
                f"{counted(self.damaged, 'file')} {_was(self.damaged)} damaged there and not in the export"
            )
        told += self.otherwise
        return ", ".join(told) + "."


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _stays(number: int) -> str:
    return "stays" if number == 1 else "stay"


def import_studio(
    archive: Archive,
    store: files.Files,
    source: Path,
    fits: shelving.Fits = lambda _name, _engine: True,
) -> Merged:
    """Merges the export in the folder `source` into the archive. fits: which models of its shelf can stand on ours.

    Whoever owned that studio is the owner here. A file that is damaged here is healed by it; a work whose file
    was damaged there comes in without it, until a whole copy is brought in. Raises `AskedWrong` for a folder that
    is no export of ours or a newer version's, `FileDamaged` for one that is not whole, `DiskFull`, `ArchiveBusy`:
    nothing changed then.
    """
    try:
        made = manifest.read(source)
        manifest.check(source, made)
        brought = _read(source, made)
    except OSError as error:
        raise AskedWrong(
            f"The export {source} cannot be read ({error.strerror}).",
            "Look after the disk it lies on, or copy it to another; nothing was brought in.",
        ) from error
    there = _files_there(brought, made)
    new: list[str] = []
    try:
        with archive.read() as conn:
            merge = _Merge(conn, brought, fits)
            needed, known = merge.needed() & there, merge.known_files() & there
        ill = {sha for sha in known if not store.verify(sha)}
        for sha in sorted(needed | ill):
            if not store.path(sha).exists():
                new.append(sha)
            if store.keep(source / manifest.file_path(sha)) != sha:
                raise _torn(source, f"the file {sha[:12]}… changed while it was read")
        with archive.write() as conn:
            done = _Merge(conn, brought, fits).into(
                store, source, there, made.studio, archive.clock.now()
            )
            return replace(done, healed=len(ill))
    except BaseException as error:
        _undo(archive, store, new)
        if isinstance(error, IntegrityError):
            raise _torn(source, "its rows do not fit together") from error
        raise


def _files_there(brought: Rows, made: Manifest) -> set[str]:
    """SHA-256 of every file whose bytes the export holds."""
    return {row["sha256"] for row in brought["files"]} - set(made.damaged)


def _undo(archive: Archive, store: files.Files, new: list[str]) -> None:
    """Takes away the files that came in, so that they take no room; what cannot be is swept later."""
    with contextlib.suppress(UncagedError), archive.write() as conn:
        files.forget(conn, store, new)


def _read(source: Path, made: Manifest) -> Rows:
    """Every row, looked at; and that every file's row has its file, but for those that were damaged there."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in manifest.TABLES}
    for table in made.tables:
        try:
            found[table] = [rows.from_json(table, row) for row in manifest.lines(source, table)]
        except (ValueError, RecursionError) as error:
            raise _torn(source, str(error)) from error
    for row in found["files"]:
        if row["sha256"] in made.damaged:
            continue
        path = source / manifest.file_path(row["sha256"])
        if not path.is_file() or path.stat().st_size != row["bytes"]:
            raise _torn(source, f"the file {row['sha256'][:12]}… is missing")
    listed = {row["sha256"] for row in found["files"]}
    named = _named(found["works"], found["run_files"])
    if not named | {row["sha256"] for row in found["model_files"]} <= listed:
        raise _torn(source, "a work or a model names a file that is not listed")
    try:
        shelving.coming(found)
    except ValueError as error:
        raise _torn(source, str(error)) from error
    return found


def _named(works: list[dict[str, Any]], run_files: list[dict[str, Any]]) -> set[str]:
    """SHA-256 of every file these rows refer to."""
    media = {row["media"] for row in works if row["media"] is not None}
    return media | {row["sha256"] for row in run_files}


def _torn(source: Path, why: str) -> FileDamaged:
    return FileDamaged(
        f"The export {source} is damaged: {why}.",
        "Export again, or copy the folder again; nothing was brought in.",
    )


class _Merge:
    """One merging: what the export brings, and what of it is new here."""

    def __init__(self, conn: Connection, brought: Rows, fits: shelving.Fits) -> None:
        self.conn = conn
        self.brought = brought
        self.here = Here(conn)
        runs_here, self.works_here = self._ids("runs"), self._ids("works")
        unknown = [row for row in brought["runs"] if row["id"] not in runs_here]
        # What is unfinished there would be frozen here, and its film never come in.
        self.runs = [row for row in unknown if row["state"] not in _UNFINISHED]
        self.unfinished = len(unknown) - len(self.runs)
        self.blocked = self._blocked()
        self.runs = [row for row in self.runs if row["id"] not in self.blocked]
        new_runs = {row["id"] for row in self.runs}
        self.works = [
            row
            for row in brought["works"]
            if row["id"] not in self.works_here and row["run_id"] in new_runs
        ]
        self.run_files = [row for row in brought["run_files"] if row["run_id"] in new_runs]
        self.shelf = shelving.Shelf(conn, shelving.coming(brought), fits)
        self.names: dict[str, str] = {}
        """Their salted names and model ids → ours, where we have the same thing."""

    def _blocked(self) -> dict[str, str]:
        """Runs whose film or picture stands on the block list here, and why."""
        listed = blocks.among(self.conn, _named(self.brought["works"], self.brought["run_files"]))
        named = [(row["run_id"], row["media"]) for row in self.brought["works"]]
        named += [(row["run_id"], row["sha256"]) for row in self.brought["run_files"]]
        new = {row["id"] for row in self.runs}
        return {run: listed[sha].reason for run, sha in named if sha in listed and run in new}

    def _claimed(self) -> list[dict[str, Any]]:
        """The works; those of guests count as kept: whoever brings them in does not mean to lose them by this house's
        policy."""
        guests = {row["id"] for row in self.brought["people"] if row["kind"] == "guest"}
        return [
            row | {"claimed": row["kept"]}
            if row["claimed"] is None and row["person_id"] in guests
            else row
            for row in self.works
        ]

    def needed(self) -> set[str]:
        """SHA-256 of every file that what is new refers to."""
        return _named(self.works, self.run_files) | self.shelf.files()

    def known_files(self) -> set[str]:
        """SHA-256 of every file of the export that has a row here."""
        here = set(self.conn.execute(select(_table("files").c.sha256)).scalars())
        return {row["sha256"] for row in self.brought["files"]} & here

    def into(
        self, store: files.Files, source: Path, there: set[str], origin: str, now: int
    ) -> Merged:
        """Everything new, in the order in which rows refer to each other. there: files that the export holds."""
        person = self._people()
        self._models()
        arrived = self._files()
        for row in arrived:
            sha = row["sha256"]
            if sha in there and not store.path(sha).is_file():
                store.keep(
                    source / manifest.file_path(sha)
                )  # somebody deleted the same bytes meanwhile
        models = self.shelf.fill(self.conn, there, self.names)
        self._insert("groups", self._owned(self._unknown("groups"), person))
        self._insert("runs", self._owned(self.runs, person))
        self._insert("run_files", self.run_files)
        self._insert("works", list(map(self.here.work, self._owned(self._claimed(), person))))
        new = {row["id"] for row in self.works}
        alongside.bring(self.conn, self.brought, new, person, self.here)
        self._edges()
        self._log()
        done = self._counted(arrived, there, models)
        owner = people.owner(self.conn).id
        here = self.conn.execute(select(studio.c.id)).scalar_one()
        log.append(self.conn, "imported", here, owner, now, origin=origin, works=done.works)
        return done

    def _counted(
        self, arrived: list[dict[str, Any]], there: set[str], models: tuple[str, ...]
    ) -> Merged:
        kept = {row["id"] for row in filter(_is_kept, self.brought["works"])}
        new = {row["id"] for row in self.works} & kept
        tombs = select(works.c.id).where(works.c.deleted.is_not(None))
        gone = kept & set(self.conn.execute(tombs).scalars())
        came = [row for row in arrived if row["sha256"] in there]
        return Merged(
            works=len(new),
            files=len(came),
            bytes=sum(row["bytes"] for row in came),
            known=len((kept & self.works_here) - gone),
            deleted=len(gone),
            unfinished=self.unfinished,
            damaged=len(arrived) - len(came),
            blocked=len(self.blocked),
            why=tuple(sorted(set(self.blocked.values()))),
            otherwise=(*models, *self.here.told()),
        )

    def _people(self) -> dict[str, str]:
        """Everybody who is new; for each id of theirs, the person here whose works those are."""
        here = {row.id: row.same_as for row in self.conn.execute(select(metadata.tables["people"]))}
        owner = people.owner(self.conn).id
        stands: dict[str, str] = {}
        for row in sorted(self.brought["people"], key=lambda row: row["same_as"] is not None):
            known, same = row["id"], row["same_as"]
            if known in here:
                stands[known] = here[known] or known
            elif row["kind"] == "owner":
                stands[known] = owner if same is None else stands.get(same, owner)
                alias = {"same_as": stands[known], "name": self.here.alias(row)}
                self._insert("people", [row | alias])
            else:
                stands[known] = known
                kind = (
                    "member" if row["kind"] == "keeper" else row["kind"]
                )  # keepers are chosen here
                came = {"kind": kind, "same_as": None, "name": self.here.name(row)}
                self._insert("people", [row | came])
        return stands

    def _models(self) -> None:
        known = self._ids("models")
        for row in self.brought["models"]:
            same = model_rows.find(self.conn, row["name"], row["hash"])
            if same is not None:
                self.names[row["id"]] = same.id
            elif row["id"] not in known:
                self._insert("models", [row])

    def _files(self) -> list[dict[str, Any]]:
        """Rows of files that are new here and needed."""
        needed, arrived = self.needed(), list[dict[str, Any]]()
        for row in self.brought["files"]:
            same = files.get(self.conn, row["sha256"])
            if same is not None:
                self.names[row["salted"]] = same.salted
            elif row["sha256"] in needed:
                arrived.append(row)
        self._insert("files", arrived)
        return arrived

    def _edges(self) -> None:
        table = metadata.tables["edges"]
        ends = (table.c.source, table.c.relation, table.c.target)
        here = {tuple(row) for row in self.conn.execute(select(*ends))}
        for row in self.brought["edges"]:
            source, target = (self.names.get(row[end], row[end]) for end in ("source", "target"))
            if (source, row["relation"], target) not in here:
                self._insert("edges", [row | {"source": source, "target": target}])
                here.add((source, row["relation"], target))

    def _log(self) -> None:
        new = sorted(self._unknown("log"), key=lambda row: row["n"])
        self._insert("log", [{k: v for k, v in row.items() if k != "n"} for row in new])

    def _unknown(self, name: str) -> list[dict[str, Any]]:
        here = self._ids(name)
        return [row for row in self.brought[name] if row["id"] not in here]

    def _ids(self, name: str) -> set[str]:
        return set(self.conn.execute(select(_table(name).c.id)).scalars())

    def _owned(
        self, new: Iterable[dict[str, Any]], person: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        return [row | {"person_id": person.get(row["person_id"], row["person_id"])} for row in new]

    def _insert(self, name: str, new: list[dict[str, Any]]) -> None:
        if new:
            self.conn.execute(insert(_table(name)), new)


def _table(name: str) -> Table:
    return metadata.tables[name]


def _is_kept(row: Mapping[str, Any]) -> bool:
    return row["kept"] is not None and row["deleted"] is None
