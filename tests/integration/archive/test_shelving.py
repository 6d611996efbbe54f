"""Models of a studio's own come in with an export: on the shelf, where nothing here says otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, manifest, models
from uncaged.archive.models import Shelved
from uncaged.core.errors import FileDamaged


def shelve(world: Any, name: str, content: bytes = b"weights") -> str:
    named = {"weights": world.store.keep(content), "data.json": world.store.keep(b"{}")}
    with world.archive.write() as conn:
        return models.shelve(conn, world.store, Shelved(name, "echo", {}, named), 5)


def names(world: Any) -> list[str]:
    with world.archive.read() as conn:
        return [one.name for one in models.shelf(conn)]


@pytest.fixture
def out(world: Any, tmp_path: Path) -> Path:
    """An export of a studio with two models of its own."""
    shelve(world, "mine")
    shelve(world, "other", b"others")
    crate.export_studio(world.archive, world.store, tmp_path / "out")
    return tmp_path / "out"


def bring(world: Any, source: Path) -> str:
    return str(crate.import_studio(world.archive, world.store, source))


@pytest.mark.parametrize("here", ["mine", "MINE", "mіne", "mine-2"])
def test_a_name_that_is_here_stays_what_it_is(make_world: Any, out: Path, here: str) -> None:
    there = make_world("there")
    shelve(there, here, b"mine of here")
    taken = here != "mine-2"
    assert ("1 model did not" in bring(there, out)) == taken
    assert set(names(there)) == ({here, "other"} if taken else {here, "mine", "other"})
    with there.archive.write() as conn:
        models.take_off(conn, here, there.me, 6)
    bring(there, out)
    assert sorted(names(there)) == ["mine", "other"]


def test_what_was_taken_off_here_does_not_come_back(make_world: Any, out: Path) -> None:
    there = make_world("there")
    assert "2 models came along" in bring(there, out)
    with there.archive.write() as conn:
        models.take_off(conn, "mine", there.me, 6)
    assert "1 model did not" in bring(there, out)
    assert names(there) == ["other"]


def test_what_was_off_there_stays_off(world: Any, make_world: Any, out: Path) -> None:
    with world.archive.write() as conn:
        models.take_off(conn, "mine", world.me, 6)
    crate.export_studio(world.archive, world.store, out)
    there = make_world("there")
    assert "1 model came along" in bring(there, out) and names(there) == ["other"]


def test_a_model_with_a_damaged_file_comes_once_it_is_whole(
    world: Any, make_world: Any, out: Path, tmp_path: Path
) -> None:
    with world.archive.read() as conn:
        mine = models.on_shelf(conn, "mine")
    assert mine is not None
    sha = mine.files["weights"]
    path = world.store.path(sha)
    path.chmod(0o600)
    path.write_bytes(b"spoilt!")
    assert crate.export_studio(world.archive, world.store, tmp_path / "less").damaged
    there = make_world("there")
    assert "1 model did not" in bring(there, tmp_path / "less") and names(there) == ["other"]
    assert "1 model came along" in bring(there, out)
    assert sorted(names(there)) == ["mine", "other"]


@pytest.mark.parametrize(
    ("form", "without", "come"),
    [(2, {"model_files", "model_elsewhere"}, []), (3, {"model_elsewhere"}, ["mine", "other"])],
)
def test_an_earlier_export_has_not_every_table(
    make_world: Any, out: Path, form: int, without: set[str], come: list[str]
) -> None:
    made = json.loads((out / "manifest.json").read_text())
    gone = {manifest.table_path(table) for table in without}
    parts = [one for one in made["parts"] if one["path"] not in gone]
    (out / "manifest.json").write_text(json.dumps(made | {"format": form, "parts": parts}))
    for name in gone:
        (out / name).unlink()
    there = make_world("there")
    assert ("model" in bring(there, out)) == bool(come)
    assert sorted(names(there)) == come


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../weights"},
        {"name": ".hidden"},
        {"name": "a/b"},
        {"name": "a\\b"},
        {"name": ""},
        {"name": "w\u202e"},
        {"name": "renamed"},
        {"model_id": "m_aaaaaaaaaaaa"},
        {"model_id": "nobody"},
        {"sha256": "0" * 64},
    ],
    ids=str,
)
def test_what_no_studio_kept_changes_nothing(
    make_world: Any, out: Path, change: dict[str, Any]
) -> None:
    path = out / "model_files.jsonl"
    first, *rest = path.read_text().splitlines()
    lines = [json.dumps(json.loads(first) | change), *rest]
    path.write_text("".join(line + "\n" for line in lines))
    made = json.loads((out / "manifest.json").read_text())
    for part in made["parts"]:
        if part["path"] == path.name:
            data = path.read_bytes()
            part |= {"sha256": models.sha256(data), "bytes": len(data)}
    (out / "manifest.json").write_text(json.dumps(made))
    there = make_world("there")
    before = there.everything()
    with pytest.raises(FileDamaged):
        bring(there, out)
    assert there.everything() == before


def test_what_cannot_stand_here_stays_away_and_is_named(make_world: Any, out: Path) -> None:
    there = make_world("there")

    def fits(name: str, engine: str) -> bool:
        return bool(engine) and name != "mine"

    said = str(crate.import_studio(there.archive, there.store, out, fits))
    assert "did not ('mine'" in said and "mine" not in names(there)
