"""Files of models that lie elsewhere: named by the archive, taken along as names alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import checking, crate, files, models
from uncaged.archive.models import Elsewhere, Shelved
from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import FileDamaged

SHA = {"config.json": sha256(b"{}"), "vae/weights.safetensors": sha256(b"weights")}


def shelved(world: Any, name: str = "far") -> Shelved:
    """A model whose configuration is kept, and whose weights lie elsewhere."""
    world.store.keep(b"{}")
    away = Elsewhere(7, 1_700_000_000_123_456, "/somewhere/vae/weights.safetensors")
    return Shelved(name, "echo", {"bytes": 3}, SHA, elsewhere={"vae/weights.safetensors": away})


def shelve(world: Any, model: Shelved) -> str:
    with world.archive.write() as conn:
        return models.shelve(conn, world.store, model, 5)


def shelf(world: Any) -> tuple[Shelved, ...]:
    with world.archive.read() as conn:
        return models.shelf(conn)


def test_a_file_is_kept_or_lies_elsewhere(world: Any) -> None:
    wanted = shelved(world)
    model_id = shelve(world, wanted)
    (found,) = shelf(world)
    assert (found.files, found.elsewhere) == (wanted.files, wanted.elsewhere)
    assert found.kept == {"config.json": SHA["config.json"]}
    assert found.hash == wanted.hash == sha256(canonical(SHA))
    with world.archive.read() as conn:
        assert files.get(conn, SHA["vae/weights.safetensors"]) is None
        assert set(models.salted_files(conn, model_id)) == {"config.json"}
    moved = Elsewhere(7, 9, "/elsewhere/weights")
    with world.archive.write() as conn:
        models.lie(conn, model_id, {"vae/weights.safetensors": moved})
    assert shelf(world)[0].elsewhere == {"vae/weights.safetensors": moved}
    assert checking.complaints(world.archive) == ()


def test_one_that_lies_elsewhere_altogether_is_on_the_shelf(world: Any) -> None:
    elsewhere = {name: Elsewhere(2, 1, f"/a/{name}") for name in SHA}
    shelve(world, Shelved("far", "echo", {}, SHA, elsewhere=elsewhere))
    (found,) = shelf(world)
    assert found.elsewhere == elsewhere and found.kept == {}


def test_taken_off_nothing_of_it_stays_but_its_files_elsewhere(world: Any) -> None:
    film = world.make("the same bytes", content=b"weights")  # kept here as something else, too
    shelve(world, shelved(world))
    with world.archive.write() as conn:
        model, gone = models.take_off(conn, "far", world.me, 6)
    assert gone == (SHA["config.json"],) and model.elsewhere
    assert shelf(world) == () and world.rows("SELECT * FROM model_elsewhere") == []
    assert world.store.verify(film.media)
    again = shelve(world, shelved(world))
    assert again == model.id and len(shelf(world)) == 1


def test_an_export_names_what_it_does_not_hold(
    world: Any, make_world: Callable[[str], Any], tmp_path: Path
) -> None:
    shelve(world, shelved(world))
    out = tmp_path / "out"
    said = str(crate.export_studio(world.archive, world.store, out))
    assert "Without 1 file of models that lie elsewhere (7 bytes)" in said
    assert "SHA-256" in said
    (line,) = (out / "model_elsewhere.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert (row["sha256"], row["bytes"]) == (SHA["vae/weights.safetensors"], 7)
    assert "path" not in row and "changed" not in row  # they are this machine's alone
    assert "model_elsewhere.jsonl" in (out / "README.md").read_text()
    there = make_world("there")
    told = str(crate.import_studio(there.archive, there.store, out))
    assert "1 model came along" in told and "1 file of models (7 bytes) lay elsewhere" in told
    (found,) = shelf(there)
    assert found.elsewhere == {"vae/weights.safetensors": Elsewhere(7)}
    assert found.hash == shelved(world).hash and found.card == {"bytes": 3}
    again = str(crate.import_studio(there.archive, there.store, out))
    assert "came along" not in again and "lay elsewhere" not in again
    other = make_world("other")  # what stands there already says where its files lie
    shelve(other, shelved(other))
    crate.import_studio(other.archive, other.store, out)
    assert shelf(other)[0].elsewhere == shelved(other).elsewhere


def test_without_any_nothing_is_said(world: Any, tmp_path: Path) -> None:
    said = str(crate.export_studio(world.archive, world.store, tmp_path / "out"))
    assert "elsewhere" not in said


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../weights"},
        {"name": "/etc/passwd"},
        {"name": "vae/../../x"},
        {"name": "vae\\weights"},
        {"name": "config.json"},
        {"name": "config.json/weights"},
        {"name": "renamed"},
        {"bytes": -1},
        {"bytes": "7"},
        {"sha256": "0" * 64},
        {"model_id": "m_aaaaaaaaaaaa"},
        {"path": "/etc/passwd"},
        {"changed": 5},
    ],
    ids=str,
)
def test_what_no_studio_wrote_changes_nothing(
    world: Any, make_world: Callable[[str], Any], tmp_path: Path, change: dict[str, Any]
) -> None:
    shelve(world, shelved(world))
    out = tmp_path / "out"
    crate.export_studio(world.archive, world.store, out)
    path = out / "model_elsewhere.jsonl"
    path.write_text(json.dumps(json.loads(path.read_text()) | change) + "\n")
    made = json.loads((out / "manifest.json").read_text())
    for part in made["parts"]:
        if part["path"] == path.name:
            part |= {"sha256": sha256(path.read_bytes()), "bytes": path.stat().st_size}
    (out / "manifest.json").write_text(json.dumps(made))
    there = make_world("there")
    before = there.everything()
    with pytest.raises(FileDamaged):
        crate.import_studio(there.archive, there.store, out)
    assert there.everything() == before
