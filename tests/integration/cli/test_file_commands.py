"""`uncaged models find, add FILE`: from ComfyUI's folder to a film, from the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from uncaged.engines.diffusion import ltx

Run = Callable[..., Any]
NET = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture
def place(tmp_path: Path, foreign_names: Any) -> Path:
    """A network in `diffusion_models`, half as long as it was published, and the published folder elsewhere."""
    ltx.twin(tmp_path / "published", 1)
    nets = tmp_path / "ComfyUI" / "models" / "diffusion_models"
    nets.mkdir(parents=True)
    state = {name: one.bfloat16() for name, one in load_file(tmp_path / "published" / NET).items()}
    save_file(foreign_names.ltx(state), nets / "ltx_tiny.safetensors")
    return tmp_path


def test_found_added_and_made_with(uncaged: Run, place: Path) -> None:
    found = uncaged("models", "find", str(place / "ComfyUI"))
    assert found.returncode == 0 and "ltx_tiny.safetensors" in found.stdout
    assert "not performed" in found.stdout and "--with" in found.stdout
    file = place / "ComfyUI/models/diffusion_models/ltx_tiny.safetensors"
    alone = uncaged("models", "add", str(file), "--yes")
    assert alone.returncode == 1 and "--with" in alone.stderr
    done = uncaged("models", "add", str(file), "--with", "published", "--yes")
    assert done.returncode == 0, done.stderr
    assert "ltx_tiny, of the family ltx" in done.stdout and "to be opened" in done.stdout
    info = json.loads(uncaged("models", "info", "ltx_tiny", "--json").stdout)
    assert str(file.parent) in info["folders"] and info["missing"] == 0
    small = ("--size", "64x64", "--seconds", "0.04", "--option", "steps=1", "--json")
    made = uncaged("make", "a bird", "--model", "ltx_tiny", *small)
    assert made.returncode == 0, made.stderr
    assert uncaged("models", "check", "ltx_tiny").returncode == 0
    assert (
        "on the shelf already"
        in uncaged("models", "add", str(file), "--with", "published", "--yes").stdout
    )
    shutil.move(file, place / "elsewhere.safetensors")
    again = uncaged("make", "a bird", "--model", "ltx_tiny", *small)
    assert again.returncode == 1 and "not where they lay" in again.stderr
    assert uncaged("models", "remove", "ltx_tiny", "--yes").returncode == 0
    assert (place / "elsewhere.safetensors").is_file()


def test_what_is_no_model(uncaged: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ckpt").write_bytes(b"PK\x03\x04" + bytes(99))
    (tmp_path / "b.txt").write_text("words")
    for name, said, code in (("a.ckpt", "pickle", 1), ("b.txt", "no file of weights", 2)):
        done = uncaged("models", "add", name, "--yes")
        assert done.returncode == code and said in done.stderr
    (tmp_path / "folder").mkdir()
    done = uncaged("models", "add", "folder", "--with", "b.txt", "--yes")
    assert done.returncode == 2 and "single file" in done.stderr
