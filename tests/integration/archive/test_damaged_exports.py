"""Exports of a studio with damaged files, imports that heal, and what killed exports leave beside their target."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, merging


def export(world: Any, target: Path) -> crate.Exported:
    return crate.export_studio(world.archive, world.store, target)


def bring(world: Any, source: Path) -> crate.Merged:
    return crate.import_studio(world.archive, world.store, source)


def contents(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items()}


def damage(path: Path, how: str) -> None:
    path.unlink()
    match how:
        case "spoilt":
            path.write_bytes(b"its chald")
        case "a folder":
            path.mkdir()
        case _:
            pass


@pytest.mark.parametrize("how", ["spoilt", "missing", "a folder"])
def test_a_damaged_film_is_named_and_the_rest_goes_along(
    full: Any, make_world: Any, tmp_path: Path, how: str
) -> None:
    out, sha = tmp_path / "export", full.child.media
    damage(full.store.path(sha), how)
    summary = export(full, out)
    assert (summary.works, summary.files) == (1, 2)
    assert summary.damaged == (crate.Damaged(sha, (full.child.id,)),)
    assert f"{sha} of {full.child.id}" in (out / "README.md").read_text()
    assert json.loads((out / "manifest.json").read_text())["damaged"] == [sha]
    assert not (out / "files" / sha).exists()
    other = make_world("other")
    merged = bring(other, out)
    assert (merged.works, merged.files, merged.damaged) == (2, 2, 1)
    assert other.store.verify(other.work(full.parent.id).media)
    assert other.work(full.child.id).media == sha and not other.store.path(sha).exists()
    # It is as it was there: another export says so again, and a whole copy heals it.
    assert [file.sha256 for file in export(other, tmp_path / "again").damaged] == [sha]
    if how == "a folder":
        full.store.path(sha).rmdir()
    full.store.keep(b"its child")
    assert not export(full, out).damaged
    assert bring(other, out).healed == 1
    assert other.store.verify(sha)
    assert bring(other, out).healed == 0


def test_a_damaged_picture_is_named(full: Any, make_world: Any, tmp_path: Path) -> None:
    (sha,) = [picture.sha256 for picture in full.parent.score.pictures]
    full.store.path(sha).write_bytes(b"another")
    summary = export(full, tmp_path / "export")
    assert (summary.works, summary.files, summary.damaged[0].works) == (2, 2, (full.parent.id,))
    merged = bring(make_world("other"), tmp_path / "export")
    assert (merged.works, merged.files, merged.damaged) == (2, 2, 1)


def test_an_undone_import_leaves_what_it_healed(
    full: Any, make_world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_world("other")
    export(full, tmp_path / "export")
    bring(other, tmp_path / "export")
    other.store.path(full.child.media).unlink()
    monkeypatch.setattr(merging._Merge, "_log", interrupt)  # pyright: ignore
    with pytest.raises(KeyboardInterrupt):
        bring(other, tmp_path / "export")
    assert other.store.verify(full.child.media)


def test_a_file_that_goes_while_it_comes_in_is_kept_again(
    full: Any, make_world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deletes the last work with the same bytes between the copying and the rows."""
    other = make_world("other")
    export(full, tmp_path / "export")
    models = merging._Merge._models  # pyright: ignore

    def meanwhile(self: Any) -> None:
        other.store.delete(full.child.media)
        models(self)

    monkeypatch.setattr(merging._Merge, "_models", meanwhile)  # pyright: ignore
    assert bring(other, tmp_path / "export").works == 2
    assert other.store.verify(full.child.media)


def gone_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_killed_exports_left_goes_with_the_next(full: Any, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    out = folder / "all"
    export(full, out)
    mine, gone = os.getpid(), gone_pid()
    half = folder / f".all.exporting-{gone}-{'0' * 12}"
    old = folder / f".all.replaced-{gone}-{'0' * 12}"
    stuck = folder / f".all.exporting-{mine}-{'1' * 12}"
    going = folder / f".all.exporting-{mine}-{'2' * 12}"
    others = folder / f".b.exporting-{gone}-{'0' * 12}"
    notes = folder / ".all.exporting-notes"
    for path in (half, old, stuck, going, others, notes):
        (path / "files").mkdir(parents=True)
    for path in (stuck / "files", stuck):
        os.utime(path, (1, 1))
    export(full, out)
    assert sorted(folder.iterdir()) == sorted([out, going, others, notes])


def test_an_export_killed_between_two_names_keeps_the_older_one(
    full: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "all"
    export(full, out)
    before = contents(out)
    out.rename(tmp_path / f".all.replaced-{gone_pid()}-{'0' * 12}")
    monkeypatch.setattr(crate._Export, "write", interrupt)  # pyright: ignore
    with pytest.raises(KeyboardInterrupt):
        export(full, out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir() if "all" in path.name] == ["all"]


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_works_that_are_nowhere_are_not_called_known(
    full: Any, make_world: Any, tmp_path: Path
) -> None:
    """Every run says that it is unfinished, in an export that was written so by somebody else's hand."""
    out = tmp_path / "export"
    export(full, out)
    runs, whole = out / "runs.jsonl", out / "manifest.json"
    rows = [json.loads(line) | {"state": "queued"} for line in runs.read_text().splitlines()]
    runs.write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = json.loads(whole.read_text())
    for part in manifest["parts"]:
        if part["path"] == "runs.jsonl":
            content = runs.read_bytes()
            part |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    whole.write_text(json.dumps(manifest))
    merged = bring(make_world("other"), out)
    assert str(merged) == f"0 works came in, {len(rows)} unfinished were left out."
