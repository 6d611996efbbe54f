"""`uncaged models add OWNER/NAME` where that is an adapter: fetched with the same care as a model, beside its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

Run = Callable[..., Any]
REPO, FILE = "somebody/my-paper", "pytorch_lora_weights.safetensors"


@pytest.fixture
def hub(
    hub_of: Callable[..., Any], cogvideox: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """A hub that has an adapter, its licence, and an older state of it as a pickle."""
    folder = tmp_path / "at-hub"
    cogvideox.adapter(folder / FILE, author="Ada")
    (folder / "LICENSE").write_text("1. Do.")
    (folder / "README.md").write_text("Hello.")
    (folder / "older.bin").write_bytes(b"\x80\x04")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return hub_of(folder, card={"license": "style-1", "license_link": "https://a.example/l"})


@pytest.fixture
def cog(uncaged: Run, cogvideox: Any) -> None:
    done = uncaged("models", "add", str(cogvideox.model), "--name", "cog", "--yes")
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("cog")
def test_from_a_hub_to_the_shelf(uncaged: Run, hub: Any, tmp_path: Path) -> None:
    hub.half = {FILE: 1}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    for words in ("an adapter (LoRA)", "2 files", "style-1", "LICENSE: comes along"):
        assert words in said
    assert "my-paper is on the shelf" in said and "--model cog --adapter my-paper=1" in said
    assert "fetching" in done.stderr and "100%" in done.stderr
    begun = [at for name, at in hub.asked if name == FILE]
    assert len(begun) == 2 and 0 == begun[0] < begun[1], "gone on with"
    assert {name for name, _ in hub.asked} == {FILE, "LICENSE"}
    record = json.loads(uncaged("models", "info", "my-paper", "--json").stdout)
    assert record["card"]["licence"].startswith("style-1")
    assert record["adapter"] and record["hub"].startswith(f"{REPO}@c0ffee")
    assert record["licence_files"] == "LICENSE" and record["card"]["origin"] == "Ada"
    assert "style-1" in uncaged("models", "info", "my-paper").stdout
    film = ("make", "a bird", "--model", "cog", "--size", "64x64", "--seconds", "0.1")
    dials = ("--adapter", "my-paper=0.5", "--option", "steps=1")
    made = uncaged(*film, *dials, "--no-wait")
    assert made.returncode == 0, made.stderr
    again = uncaged("models", "add", f"{REPO}@main", "--yes")
    assert again.returncode == 0 and "on the shelf already" in again.stdout


def test_before_its_model_is_there_nothing_is_fetched(uncaged: Run, hub: Any) -> None:
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 2 and "no model is on the shelf" in " ".join(done.stderr.split())
    assert not hub.asked


@pytest.mark.usefixtures("cog")
def test_what_is_refused(uncaged: Run, hub: Any, cogvideox: Any, tmp_path: Path) -> None:
    assert uncaged("models", "add", REPO, "--yes", UNCAGED_OFFLINE="1").returncode == 2
    hub.wrong = {FILE}
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "not what it says it is" in done.stderr
    hub.wrong, hub.files["other.safetensors"] = set(), hub.files.pop(FILE)
    hub.files["another.safetensors"] = hub.files["other.safetensors"][:-8]
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 2 and "--file another.safetensors" in " ".join(done.stderr.split())
    done = uncaged("models", "add", REPO, "--yes", "--file", "older.bin")
    assert done.returncode == 1 and "older.bin is a pickle" in done.stderr
    done = uncaged("models", "add", REPO, "--yes", "--file", "another.safetensors")
    assert done.returncode == 1 and "no whole safetensors file" in " ".join(done.stderr.split())
    done = uncaged("models", "add", REPO, "--yes", "--file", "other.safetensors", "--on", "cog")
    assert done.returncode == 0 and "other is on the shelf" in done.stdout, done.stderr
    cogvideox.adapter(tmp_path / "here.safetensors", 2)
    done = uncaged("models", "add", "here.safetensors", "--file", "x", "--yes")
    assert done.returncode == 2 and "--file" in done.stderr


def long_one(path: Path, wide: int) -> bytes:
    """An adapter of 400 kB of numbers, whose layer takes so many."""
    layer = "transformer.transformer_blocks.0.attn1.to_q"
    arrays = {
        f"{layer}.lora_A.weight": np.zeros((3000, wide), np.float32),
        f"{layer}.lora_B.weight": np.zeros((wide, 3000), np.float32),
    }
    save_file(arrays, path)
    return path.read_bytes()


@pytest.mark.usefixtures("cog")
def test_of_a_long_one_that_does_not_fit_the_header_alone_is_fetched(
    uncaged: Run, hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.studio.fetching.AT_ONCE", 10_000)
    right = long_one(tmp_path / "right", 32)
    cases = {
        "other.safetensors": (long_one(tmp_path / "wide", 17), "17"),
        "pickle.safetensors": (b"\x80\x04\x95" + bytes(400_000), "is a pickle"),
        "endless.safetensors": (b"\xff" * 8 + bytes(400_000), "header cannot be read"),
        "shorter.safetensors": (right[:-4], "should have"),
    }
    for name, (content, said) in cases.items():
        hub.files[name] = content
        done = uncaged("models", "add", REPO, "--yes", "--file", name)
        assert done.returncode in (1, 2) and said in " ".join(done.stderr.split()), done.stderr
        (part,) = (tmp_path / "hub").rglob(f"{hub.called(name)}*part")
        assert part.stat().st_size < 5_000
    hub.files[FILE] = right
    hub.asked.clear()
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    begun = [at for name, at in hub.asked if name == FILE]
    assert len(begun) == 2 and begun[0] == 0 < begun[1] < 5_000, "gone on with behind its header"
    assert uncaged("models", "check", "my-paper").returncode == 0


@pytest.mark.usefixtures("cog")
def test_a_lone_file_that_is_no_adapter(uncaged: Run, hub: Any, cogvideox: Any) -> None:
    network = next(cogvideox.model.glob("vae/*.safetensors")).read_bytes()
    hub.files["thing.safetensors"] = network
    del hub.files[FILE]
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 1 and "no adapter that is known here" in " ".join(done.stderr.split())
    assert uncaged("models", "info", "thing").returncode == 2


def test_the_page_says_where_adapters_are_fetched(hub: Any, tmp_path: Path) -> None:
    from uncaged.core.errors import AskedWrong
    from uncaged.core.settings import Settings
    from uncaged.studio import bringing

    settings = Settings(home=tmp_path / "home", hub_cache=tmp_path / "hub")
    with pytest.raises(AskedWrong, match="is an adapter") as told:
        bringing.looked_at(settings, REPO)
    assert f"uncaged models add {REPO}@c0ffee" in told.value.hint


@pytest.mark.usefixtures("cog")
@pytest.mark.parametrize("tag", ["../../../evil", "{place}/evil"])
def test_no_answer_of_a_hub_says_where_a_file_lies(
    uncaged: Run, hub: Any, tmp_path: Path, tag: str
) -> None:
    hub.tag = tag.format(place=tmp_path)
    done = uncaged("models", "add", REPO, "--yes")
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("*evil*"))
    (link,) = (path for path in (tmp_path / "hub").rglob(FILE) if path.is_symlink())
    assert link.resolve().parent.name == "blobs" and not Path(link.readlink()).is_absolute()


def test_files_of_this_machine_and_a_hub_do_not_go_together(uncaged: Run, tmp_path: Path) -> None:
    done = uncaged("models", "add", REPO, "--with", str(tmp_path), "--yes")
    assert done.returncode == 2 and "--with goes with a file" in done.stderr


@pytest.mark.usefixtures("cog")
def test_a_licence_is_an_adapter_s_where_a_folder_is_its_own(
    uncaged: Run, cogvideox: Any, tmp_path: Path
) -> None:
    for place, what in (("own", "own"), ("downloads", f"downloads/{FILE}")):
        cogvideox.adapter(tmp_path / place / FILE, author=place)
        (tmp_path / place / "LICENSE").write_text("1. Do.")
        done = uncaged("models", "add", str(tmp_path / what), "--name", place, "--yes")
        assert done.returncode == 0, done.stderr
    said = [
        json.loads(uncaged("models", "info", name, "--json").stdout)
        for name in ("own", "downloads")
    ]
    assert [one["licence_files"] for one in said] == ["LICENSE", ""]
