"""Pipes, devices and endless files in the place of a model's: nobody waits for them, nobody reads them."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import WeightsBroken
from uncaged.engines import published, regular, single_files
from uncaged.engines.seedling import INDEX
from uncaged.engines.seedling.weights import Index


def at_once(ask: Callable[[], Any]) -> Any:
    """What it returns or raises; fails where it waits."""
    found: list[Any] = []

    def go() -> None:
        try:
            found.append(ask())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    thread.join(10)
    assert found, "it waits for somebody to write"
    return found[0]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(8 * 2**30)


ASKS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "a configuration": ("config.json", published.read_json),
    "a tokenizer": ("tokenizer.json", published.small),
    "safetensors": ("model.safetensors", published.held),
    "a single file": ("model.gguf", single_files.held),
    "an index of seedling": (INDEX, lambda path: Index.of(path.parent)),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("made", [pipe, device])
@pytest.mark.parametrize("what", ASKS)
def test_what_is_no_plain_file_is_refused_at_once(
    tmp_path: Path, made: Callable[[Path], None], what: str
) -> None:
    name, ask = ASKS[what]
    made(tmp_path / name)
    told = at_once(lambda: ask(tmp_path / name))
    assert isinstance(told, WeightsBroken) and "no plain file" in str(told)


@pytest.mark.parametrize("what", ["a configuration", "a tokenizer", "an index of seedling"])
def test_a_text_without_end_is_not_read(tmp_path: Path, what: str) -> None:
    name, ask = ASKS[what]
    sparse(tmp_path / name)
    told = at_once(lambda: ask(tmp_path / name))
    assert isinstance(told, WeightsBroken) and "longer than" in str(told)


def test_plain_files_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"four")
    (tmp_path / "link").symlink_to("x")
    assert regular.read(tmp_path / "link", 4) == b"four"
    with pytest.raises(OSError, match="longer than 3"):
        regular.read(tmp_path / "x", 3)
    with pytest.raises(IsADirectoryError):
        regular.read(tmp_path, 3)
    with pytest.raises(FileNotFoundError):
        regular.read(tmp_path / "none", 3)
