"""An export that somebody has been at: names from a closed set, bytes looked at."""

import contextlib
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.archive import manifest
from uncaged.core.errors import AskedWrong, FileDamaged, UncagedError

FILM = b"a film"
SHA = sha256(FILM).hexdigest()


def write(folder: Path, change: Callable[[dict[str, Any]], None] = lambda _: None) -> Path:
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "files" / SHA).write_bytes(FILM)
    parts = [{"path": f"files/{SHA}", "sha256": SHA, "bytes": len(FILM)}]
    for table in manifest.TABLES:
        (folder / f"{table}.jsonl").write_bytes(b"{}\n")
        parts.append({"path": f"{table}.jsonl", "sha256": sha256(b"{}\n").hexdigest(), "bytes": 3})
    value = {
        "what": manifest.WHAT,
        "format": manifest.FORMAT,
        "schema_version": 1,
        "studio": "0" * 32,
        "exported": 1,
        "damaged": [],
        "parts": parts,
    }
    change(value)
    (folder / "manifest.json").write_text(json.dumps(value))
    return folder


def look(folder: Path) -> None:
    manifest.check(folder, manifest.read(folder))


def test_a_whole_export_passes(tmp_path: Path) -> None:
    look(write(tmp_path))
    assert manifest.is_ours(tmp_path, "0" * 32)
    assert not manifest.is_ours(tmp_path, "1" * 32)
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "mine.toml").write_text("")
    assert manifest.is_ours(tmp_path, "0" * 32)


def test_a_folder_with_something_of_ones_own_is_not_only_ours(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    look(tmp_path)
    assert not manifest.is_ours(tmp_path, "0" * 32)


@pytest.mark.parametrize(
    "path",
    [
        "../outside.jsonl",
        "/etc/passwd",
        "files/../people.jsonl",
        "files/" + "a" * 63,
        "files/" + "A" * 64,
        "files\\" + SHA,
        "people.jsonl\n",
        "./people.jsonl",
        "archive.sqlite3",
        "",
    ],
)
def test_names_that_no_export_has(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.jsonl").write_bytes(b"{}\n")
    part = {"path": path, "sha256": SHA, "bytes": 3}
    write(tmp_path / "export", lambda value: value["parts"].append(part))
    with pytest.raises(AskedWrong, match="no export has"):
        look(tmp_path / "export")


def test_a_link_that_leads_elsewhere(tmp_path: Path) -> None:
    folder = write(tmp_path / "export")
    (tmp_path / "secret").write_bytes(b"{}\n")
    (folder / "people.jsonl").unlink()
    (folder / "people.jsonl").symlink_to(tmp_path / "secret")
    with pytest.raises(FileDamaged, match="leads elsewhere"):
        look(folder)


def test_a_folder_of_files_that_leads_elsewhere(tmp_path: Path) -> None:
    folder = write(tmp_path / "export")
    (folder / "files").rename(tmp_path / "elsewhere")
    (folder / "files").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileDamaged, match="leads elsewhere"):
        look(folder)


@pytest.mark.parametrize("spoil", ["missing", "longer", "other", "folder"])
def test_bytes_that_are_not_right(tmp_path: Path, spoil: str) -> None:
    path = write(tmp_path) / "files" / SHA
    path.unlink()
    match spoil:
        case "longer":
            path.write_bytes(FILM + b"!")
        case "other":
            path.write_bytes(b"A film")
        case "folder":
            path.mkdir()
        case _:
            pass
    with pytest.raises(FileDamaged, match="nothing was brought in"):
        look(tmp_path)


def test_a_film_under_another_films_name(tmp_path: Path) -> None:
    def change(value: dict[str, Any]) -> None:
        value["parts"][0]["path"] = "files/" + "0" * 64

    folder = write(tmp_path, change)
    (folder / "files" / SHA).rename(folder / "files" / ("0" * 64))
    with pytest.raises(FileDamaged, match="not its SHA-256"):
        look(folder)


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (lambda v: v.update(what="a recipe book"), AskedWrong, "another program"),
        (lambda v: v.update(format=manifest.FORMAT + 1), AskedWrong, "newer version"),
        (lambda v: v.update(schema_version=99), AskedWrong, "newer version"),
        (lambda v: v.update(format="1"), FileDamaged, "format"),
        (lambda v: v.pop("parts"), FileDamaged, "parts"),
        (lambda v: v.update(parts=3), FileDamaged, "what it should be"),
        (lambda v: v["parts"].pop(), FileDamaged, "missing"),
        (lambda v: v["parts"].append(v["parts"][0]), FileDamaged, "named twice"),
        (lambda v: v["parts"][0].update(bytes=-1), FileDamaged, "whole number"),
        (lambda v: v["parts"][0].update(sha256="x"), FileDamaged, "SHA-256"),
        (lambda v: v.update(studio="My Studio"), FileDamaged, "studio's id"),
        (lambda v: v.update(studio=7), FileDamaged, "text"),
        (lambda v: v.update(exported=-1), FileDamaged, "whole number"),
        (lambda v: v.update(exported=10**17), FileDamaged, "moment of the export"),
        (lambda v: v.update(exported="2026-11-26"), FileDamaged, "whole number"),
        (lambda v: v.update(damaged=["../x"]), FileDamaged, "SHA-256"),
        (lambda v: v.pop("damaged"), FileDamaged, "damaged"),
    ],
)
def test_manifests_that_are_not_right(
    tmp_path: Path, change: Callable[[Any], None], error: type[UncagedError], says: str
) -> None:
    with pytest.raises(error, match=says):
        look(write(tmp_path, change))


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, "\x00"])
def test_manifests_that_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(FileDamaged, match="damaged"):
        manifest.read(tmp_path)


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(AskedWrong, match="not an export"):
        manifest.read(tmp_path)
    with pytest.raises(AskedWrong, match="not an export"):
        manifest.read(tmp_path / "nowhere")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["format", "schema_version", "studio", "exported", "damaged", "parts"]),
        _json,
    )
)
def test_any_manifest_gives_a_clear_answer(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, Any]
) -> None:
    folder = write(tmp_path_factory.mktemp("any"), lambda value: value.update(change))
    with contextlib.suppress(UncagedError):
        look(folder)
