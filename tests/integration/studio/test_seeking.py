"""Models that lie on the machine already are found where other programs keep them, and left as they are."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.core.settings import Settings
from uncaged.studio import adding, recognising, seeking
from uncaged.studio.seeking import Sought
from uncaged.studio.studio import Studio

REVISIONS = ("0" * 40, "f" * 40)


def in_cache(
    cache: Path, paper: Any, called: str, revisions: Sequence[str] = REVISIONS[:1]
) -> Path:
    """A model as Hugging Face's library keeps it: bytes in blobs, links in snapshots. The last revision's folder."""
    model = cache / f"models--{called.replace('/', '--')}"
    for n, revision in enumerate(revisions):
        snapshot = model / "snapshots" / revision
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        paper().twin(snapshot, n + 1)
        for path in [path for path in snapshot.rglob("*") if path.is_file()]:
            blob = model / "blobs" / f"{n}{path.parent.name}{path.name}"
            blob.parent.mkdir(exist_ok=True)
            path.rename(blob)
            path.symlink_to(os.path.relpath(blob, path.parent))
        os.utime(snapshot, (n, n))
    (model / "refs").mkdir()
    return model / "snapshots" / revisions[-1]


def seek(studio: Studio | None, cache: Path, *folders: Path) -> list[Sought]:
    return list(seeking.seek(studio, cache, folders))


def test_a_cache_is_looked_through_and_nothing_added(
    studio: Studio, paper: Any, tmp_path: Path
) -> None:
    cache = tmp_path / "hub"
    newest = in_cache(cache, paper, "org/paper-1", REVISIONS)
    in_cache(cache, paper, "org/a--b")
    (cache / "datasets--org--paper" / "snapshots" / "0").mkdir(parents=True)
    (cache / "models--org--bert" / "snapshots" / "0").mkdir(parents=True)
    (cache / "models--org--half").mkdir()
    one, two = seek(studio, cache)
    assert (two.folder, two.family, two.name, two.bytes) == (newest, "paper", "paper-1", 29)
    assert one.name == "b" and (one.known, one.why) == ("", "")
    assert seek(studio, cache, cache) == [one, two] == seek(None, cache)
    added = adding.add(studio, adding.offered(two.folder))
    assert added.model.name == "paper-1" and added.model.hash
    assert [sought.known for sought in seek(studio, cache)] == ["", "paper-1"]
    (newest.parents[1] / "refs" / "main").write_text(f"{REVISIONS[0]}\n")
    assert [sought.folder.name for sought in seek(studio, cache)][1] == REVISIONS[0]
    assert studio.make("hi", model="paper-1", size=(64, 64), seconds=0.5, fps=8).path.is_file()


def test_folders_are_looked_through(studio: Studio, paper: Any, twin: Path, tmp_path: Path) -> None:
    models = tmp_path / "ComfyUI" / "models"
    for name in ("checkpoints", "vae", ".hidden", "diffusers/org"):
        (models / name).mkdir(parents=True)
    (models / "checkpoints" / "some.safetensors").write_bytes(b"x")
    paper().twin(models / "diffusers" / "org" / "my sheet")
    paper().twin(models / ".hidden" / "unseen")
    (models / "linked").symlink_to(twin)
    (models / "round").symlink_to(models)
    found = seek(studio, tmp_path / "none", models)
    assert [(one.name, one.folder) for one in found] == [
        ("my-paper", twin),
        ("my-sheet", models / "diffusers" / "org" / "my sheet"),
    ]
    assert [one.name for one in seek(studio, tmp_path / "none", twin)] == ["my-paper"]
    assert seek(studio, tmp_path / "none", models / "vae") == seek(studio, tmp_path / "none") == []
    with pytest.raises(AskedWrong, match="no folder"):
        seek(studio, tmp_path / "none", tmp_path / "nowhere")


def test_what_cannot_be_performed_says_why(studio: Studio, twin: Path) -> None:
    (twin / "weights.bin").touch()
    (one,) = seek(studio, twin, twin.parent)
    assert "pickle" in one.why and one.bytes == 0
    (twin / "weights.bin").unlink()
    (twin / "paper.json").write_text('{"also": ["../x"]}')
    (one,) = seek(studio, twin, twin.parent)
    assert "leads out" in one.why


def test_it_does_not_look_for_ever(
    studio: Studio, paper: Any, twin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = twin.parent.joinpath(*"abcdef")
    deep.mkdir(parents=True)
    twin.rename(deep / "my-paper")
    assert seek(studio, twin, twin.parent) == []
    assert len(seek(studio, twin, twin.parent / "a" / "b")) == 1
    monkeypatch.setattr(seeking, "MOST", 2)
    assert seek(studio, twin, twin.parent / "a" / "b") == []


@pytest.mark.parametrize(
    ("said", "cache"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HUGGINGFACE_HUB_CACHE": "/c", "HF_HOME": "/b"}, "/c"),
        ({"HF_HOME": "/b", "XDG_CACHE_HOME": "/d"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/d"}, "/d/huggingface/hub"),
        ({"HOME": "/e"}, "/e/.cache/huggingface/hub"),
        ({"HF_HOME": "/b", "UNCAGED_HUB_CACHE": "/f"}, "/f"),
    ],
)
def test_the_cache_lies_where_its_own_variables_say(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], cache: str
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert Settings().hub_cache == Path(cache)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_keeps_nobody_waiting(paper: Any, tmp_path: Path) -> None:
    cache = tmp_path / "hub"
    in_cache(cache, paper, "org/paper-1")
    os.mkfifo(cache / "models--org--paper-1" / "refs" / "main")
    places = tmp_path / "places"
    places.mkdir()
    os.mkfifo(places / "model.safetensors")
    os.mkfifo(places / "config.json")
    found: list[list[Sought]] = []

    def look() -> None:
        found.append(seek(None, cache) + seek(None, cache, places))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(20)
    assert [[one.name for one in some] for some in found] == [["paper-1"]]


def test_adapters_are_found_with_what_each_fits(
    studio: Studio, cogvideox: Any, tmp_path: Path
) -> None:
    loras = tmp_path / "ComfyUI" / "models" / "loras"
    (loras / "sub").mkdir(parents=True)
    path = cogvideox.adapter(loras / "sub" / "my style.safetensors")
    (loras / "broken.safetensors").write_bytes(b"no weights")
    top = tmp_path / "ComfyUI"
    cache = tmp_path / "none"
    (one,) = seek(None, cache, top)
    assert (one.folder, one.name, one.adapter, one.family) == (path, "my-style", True, "")
    assert one.bytes == path.stat().st_size and not one.why
    (alone,) = seek(studio, cache, top)
    assert "no model is on the shelf" in alone.why
    adding.add(studio, adding.offered(cogvideox.model), "cog")
    (fits,) = seek(studio, cache, top)
    assert (fits.family, fits.on, fits.why, fits.known) == ("cogvideox", "cog", "", "")
    found = recognising.found(path)
    assert found is not None
    adding.add(studio, recognising.offered(studio, found))
    assert [one.known for one in seek(studio, cache, top)] == ["my-style"]


def test_an_adapter_in_a_folder_of_its_own_is_found_once(
    studio: Studio, cogvideox: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "loras" / "a-style"
    folder.mkdir(parents=True)
    cogvideox.adapter(folder / "pytorch_lora_weights.safetensors")
    (one,) = seek(None, tmp_path / "none", tmp_path)
    assert (one.folder, one.name, one.adapter) == (folder, "a-style", True)
