"""The whole studio out as plain files and into another: nothing changed, nothing overwritten, nothing back."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, files, lineage, log, merging, people, works
from uncaged.core.errors import AskedWrong, DiskFull, FileDamaged, UncagedError
from uncaged.core.ids import new_id


def export(world: Any, target: Path) -> crate.Exported:
    return crate.export_studio(world.archive, world.store, target)


def bring(world: Any, source: Path) -> crate.Merged:
    return crate.import_studio(world.archive, world.store, source)


def contents(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items()}


def test_an_export_can_be_read_without_us(full: Any, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "export"
    summary = export(full, out)
    assert (summary.works, summary.files) == (2, 3)
    manifest = json.loads((out / "manifest.json").read_text())
    for part in manifest["parts"]:
        content = (out / part["path"]).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (part["bytes"], part["sha256"])
    assert summary.bytes == sum(map(len, contents(out).values()))
    assert {p["path"] for p in manifest["parts"]} | {"manifest.json"} == set(contents(out))
    lines = (out / "runs.jsonl").read_text().splitlines()
    texts = [row["score"]["shots"][0]["text"] for row in map(json.loads, lines) if row["score"]]
    assert sorted(texts) == ["a slow bird", "broken", "its child", "later", "now"]
    assert "2 works, 3 files" in (out / "README.md").read_text()
    assert list(out.parent.iterdir()) == [out]


def test_elsewhere_it_is_the_same(full: Any, make_world: Any, tmp_path: Path) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    merged = bring(other, tmp_path / "export")
    assert (merged.works, merged.files, merged.known) == (2, 3, 0)
    for before in (full.parent, full.child):
        after = other.work(before.id)
        assert after.person_id == other.me and after.score == before.score
        assert (after.media, after.position, after.kept) == (
            before.media,
            before.position,
            before.kept,
        )
        assert other.store.verify(after.media)
        assert other.run(after.run_id).recipe == full.run(before.run_id).recipe
        with full.archive.read() as here, other.archive.read() as there:
            assert lineage.edges_of(here, before.id) == lineage.edges_of(there, before.id)
            told = log.entries(here, about=before.id)
            assert [(e.id, e.what) for e in told] == [
                (e.id, e.what) for e in log.entries(there, about=before.id)
            ]
    shelves = "SELECT bytes FROM shelves"
    assert other.rows(shelves) == other.rows("SELECT bytes FROM shelf WHERE bytes > 0")
    assert other.rows(shelves) == full.rows(shelves)
    assert merged.unfinished == 2
    for run in (full.waiting, full.going):
        assert other.rows("SELECT 1 FROM runs WHERE id = ?", run.id) == []
        assert other.rows("SELECT 1 FROM works WHERE id = ?", run.work_id) == []
    with other.archive.read() as conn:
        assert works.find(conn, other.me, "latest").id == full.child.id
        assert conn.exec_driver_sql("SELECT count(*) FROM turns").scalar_one() == 0
        assert people.owner(conn).id == other.me
        assert people.get(conn, full.me).same_as == other.me
        assert log.entries(conn)[-1].details["works"] == 2


def test_twice_is_once(full: Any, make_world: Any, tmp_path: Path) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    before = other.everything()
    again = bring(other, tmp_path / "export")
    assert (again.works, again.files, again.bytes, again.known) == (0, 0, 0, 2)
    assert str(again) == "0 works came in, 2 were here already, 2 unfinished were left out."
    after = other.everything()
    assert after.pop("log")[:-1] == before.pop("log")
    assert after == before


def test_what_was_unfinished_the_first_time_comes_in_the_second(
    full: Any, make_world: Any, tmp_path: Path
) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    assert full.complete(full.going, content=b"finished by now")
    export(full, tmp_path / "export")
    merged = bring(other, tmp_path / "export")
    assert (merged.works, merged.files, merged.known, merged.unfinished) == (1, 1, 2, 1)
    work = other.work(full.going.work_id)
    assert work.state == "completed" and other.store.verify(work.media)


def test_there_and_back_again(full: Any, make_world: Any, tmp_path: Path) -> None:
    other = make_world("other")
    export(full, tmp_path / "out")
    bring(other, tmp_path / "out")
    made = other.make("made elsewhere", parents=(full.parent.id,))
    export(other, tmp_path / "back")
    before = full.everything()
    merged = bring(full, tmp_path / "back")
    assert merged.works == 1 and full.work(made.id).person_id == full.me
    assert full.run(full.waiting.id).state == "queued"
    for table, rows in full.everything().items():
        assert set(before[table]) <= set(rows) or table == "shelves"
    (room,) = full.rows("SELECT bytes FROM shelf WHERE bytes > 0")
    assert full.rows("SELECT bytes FROM shelves") == [room]


def test_what_is_here_is_not_overwritten(full: Any, make_world: Any, tmp_path: Path) -> None:
    """The same picture and model under names of their own: edges lead to what is here."""
    other = make_world("other")
    picture = other.picture(b"a picture")
    own = other.make("my own", pictures=(picture,))
    before = other.everything()
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    after = other.everything()
    for table in ("files", "works", "runs", "edges", "studio"):
        assert set(before[table]) <= set(after[table])
    with other.archive.read() as conn:
        salted = files.get(conn, picture)
        assert salted is not None
        sources = {edge.source for edge in lineage.edges_of(conn, salted.salted, "to")}
    assert sources == {own.id, full.parent.id}


def test_what_was_deleted_here_does_not_come_back(
    full: Any, make_world: Any, tmp_path: Path
) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    with other.archive.write() as conn:
        gone = works.delete(conn, other.me, full.child.id, 5)
    with other.archive.write() as conn:
        files.forget(conn, other.store, gone)
    before = other.everything()
    merged = bring(other, tmp_path / "export")
    assert (merged.works, merged.files, merged.known, merged.deleted) == (0, 0, 1, 1)
    after = other.everything()
    assert {name: rows for name, rows in after.items() if name != "log"} == {
        name: rows for name, rows in before.items() if name != "log"
    }
    assert not other.store.path(full.child.media).exists()


def test_keepers_are_chosen_here(full: Any, make_world: Any, tmp_path: Path) -> None:
    with full.archive.write() as conn:
        keeper = people.add(conn, "keeper", 1, "Ada")
        member = people.add(conn, "member", 1, "Bo")
    theirs = full.ask(person_id=member.id)
    full.claim(theirs.id)
    full.complete(theirs)
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    with other.archive.read() as conn:
        assert people.get(conn, keeper.id).kind == "member"
        assert people.get(conn, member.id).name == "Bo"
    assert other.run(theirs.id).person_id == member.id


def test_an_earlier_export_is_replaced_whole(full: Any, tmp_path: Path) -> None:
    out = tmp_path / "export"
    out.mkdir()
    export(full, out)
    full.make("one more")
    assert export(full, out).works == 3
    assert len((out / "works.jsonl").read_text().splitlines()) == 7
    assert [path.name for path in tmp_path.iterdir() if "export" in path.name] == ["export"]


@pytest.mark.parametrize("what", ["a file", "notes", "notes in an export", "a link"])
def test_something_else_is_not_written_over(full: Any, tmp_path: Path, what: str) -> None:
    out = tmp_path / "export"
    match what:
        case "a file":
            out.write_text("mine")
        case "notes":
            out.mkdir()
            (out / "notes.txt").write_text("mine")
        case "notes in an export":
            export(full, out)
            (out / "files" / "notes.txt").write_text("mine")
        case _:
            out.symlink_to(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(AskedWrong, match=r"is there already|left as it is"):
        export(full, out)
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_no_half_export(full: Any, small_disk: Path) -> None:
    full.make("large", content=b"x" * 1_500_000)
    with pytest.raises(DiskFull):
        export(full, small_disk / "export")
    assert list(small_disk.iterdir()) == []


def rewrite(folder: Path, name: str, content: bytes) -> None:
    """Changes a part, and the manifest with it, as somebody would who means it."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    for part in manifest["parts"]:
        if part["path"] == name:
            part |= {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def change_rows(folder: Path, table: str, change: Callable[[dict[str, Any]], Any]) -> None:
    rows = [json.loads(line) for line in (folder / f"{table}.jsonl").read_text().splitlines()]
    for row in rows:
        change(row)
    rewrite(folder, f"{table}.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def spoil_film(folder: Path) -> None:
    path = next((folder / "files").iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"\0")


SPOILT: dict[str, Callable[[Path], object]] = {
    "no manifest": lambda f: (f / "manifest.json").unlink(),
    "half a manifest": lambda f: (f / "manifest.json").write_bytes((f / "manifest.json").read_bytes()[:99]),
    "a film with a wrong byte": spoil_film,
    "a film that is missing": lambda f: next((f / "files").iterdir()).unlink(),
    "no films": lambda f: shutil.rmtree(f / "files"),
    "half a table": lambda f: (f / "runs.jsonl").write_bytes((f / "runs.jsonl").read_bytes()[:500]),
    "half a table, on purpose": lambda f: rewrite(f, "runs.jsonl", (f / "runs.jsonl").read_bytes()[:500]),
    "no files listed": lambda f: rewrite(f, "files.jsonl", b""),
    "no people": lambda f: rewrite(f, "people.jsonl", b""),
    "no runs": lambda f: rewrite(f, "works.jsonl", b"") or rewrite(f, "people.jsonl", b""),
    "rows twice": lambda f: rewrite(f, "runs.jsonl", (f / "runs.jsonl").read_bytes() * 2),
    "an id that is a path": lambda f: change_rows(f, "works", lambda row: row.update(id="../../x")),
    "a media that is a path": lambda f: change_rows(f, "works", lambda row: row.update(media="../x")),
    "a state of its own": lambda f: change_rows(f, "runs", lambda row: row.update(state="lost")),
    "a kept work without film": lambda f: change_rows(f, "works", lambda row: row.update(media=None)),
    "a sentence in the log": lambda f: change_rows(f, "log", lambda row: row.update(details={"a": "b c"})),
    "an edge of its own": lambda f: change_rows(f, "edges", lambda row: row.update(relation="likes")),
    "a field of its own": lambda f: change_rows(f, "people", lambda row: row.update(password="x")),
    "no JSON": lambda f: rewrite(f, "edges.jsonl", b"{\n"),
    "deep JSON": lambda f: rewrite(f, "edges.jsonl", b"[" * 100_000 + b"\n"),
    "a time before 1970": lambda f: change_rows(f, "works", lambda row: row.update(kept=-1)),
    "a time that never comes": lambda f: change_rows(f, "log", lambda row: row.update(happened=2**60)),
    "no frames a second": lambda f: change_rows(f, "works", lambda row: row.update(fps=0)),
    "a film of no width": lambda f: change_rows(f, "works", lambda row: row.update(width=0)),
    "a film of a century": lambda f: change_rows(f, "works", lambda row: row.update(seconds=3e9)),
    "a score of no shots": lambda f: change_rows(
        f, "runs", lambda row: row["score"] and row["score"].update(shots=[])
    ),
    "no text": lambda f: rewrite(f, "edges.jsonl", b"\xff\xfe\n"),
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_export_changes_nothing(
    full: Any, make_world: Any, tmp_path: Path, spoil: str
) -> None:
    other = make_world("other")
    other.make("my own")
    out = tmp_path / "export"
    export(full, out)
    SPOILT[spoil](out)
    before, files_before = other.everything(), contents(other.store.root)
    with pytest.raises(UncagedError) as caught:
        bring(other, out)
    assert caught.value.hint
    assert other.everything() == before
    assert contents(other.store.root) == files_before


def test_a_value_that_cannot_be_is_named(full: Any, make_world: Any, tmp_path: Path) -> None:
    out = tmp_path / "export"
    export(full, out)
    change_rows(out, "works", lambda row: row.update(fps=-12))
    with pytest.raises(FileDamaged) as caught:
        bring(make_world("other"), out)
    assert "works.fps is -12.0, and must be frames per second" in caught.value.message


def test_foreign_folders(world: Any, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    for folder in (tmp_path / "photos", tmp_path / "photos" / "cat.jpg", tmp_path / "nowhere"):
        with pytest.raises(AskedWrong, match="not an export"):
            bring(world, folder)


def test_an_interrupted_import_is_run_again(
    full: Any, make_world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    before = other.everything()
    for broken in ("_edges", "_log", "_files"):
        with monkeypatch.context() as patch:
            patch.setattr(merging._Merge, broken, interrupt)  # pyright: ignore
            with pytest.raises(KeyboardInterrupt):
                bring(other, tmp_path / "export")
        assert other.everything() == before and contents(other.store.root) == {}
    assert bring(other, tmp_path / "export").works == 2


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_full_disk_during_an_import_changes_nothing(
    full: Any, make_world: Any, small_disk: Path
) -> None:
    for n in range(4):
        full.make("large", content=bytes([n]) * 300_000)
    export(full, full.home / "export")
    other = make_world("disk/home")
    before, files_before = other.everything(), contents(other.store.root)
    with pytest.raises(DiskFull):
        bring(other, full.home / "export")
    assert other.everything() == before
    assert contents(other.store.root) == files_before


def test_a_work_of_a_run_that_is_here_is_not_doubled(
    full: Any, make_world: Any, tmp_path: Path
) -> None:
    """Somebody renames a work in an export; its run is known here, so nothing comes in twice."""
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    change_rows(tmp_path / "export", "works", lambda row: row.update(id=new_id("work")))
    assert bring(other, tmp_path / "export").works == 0
