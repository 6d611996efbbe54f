"""A disk without any room: what takes things away works from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import spare

Run = Callable[..., Any]
ECHO = ("a bird", "--model", "echo", "--size", "64x64", "--seconds", "0.5")


def fill(disk: Path) -> None:
    """Not a byte is left."""
    with (disk / "ballast").open("ab", buffering=0) as out:
        while True:
            try:
                out.write(b"x" * 4096)
            except OSError:
                return


@pytest.mark.parametrize("how", [("models", "remove", "my-paper"), ("delete", "latest")])
def test_models_and_works_are_removed(
    uncaged: Run, twin: Path, roomy_disk: Path, how: tuple[str, ...]
) -> None:
    home = roomy_disk / "home"
    there = {"UNCAGED_HOME": str(home)}
    assert uncaged("models", "add", str(twin), "--yes", **there).returncode == 0
    assert uncaged("make", *ECHO, **there).returncode == 0
    fill(roomy_disk)
    full = uncaged("make", *ECHO, **there)
    assert full.returncode == 1 and "no room left" in full.stderr
    done = uncaged(*how, "--yes", **there)
    assert done.returncode == 0, done.stderr
    assert spare.is_there(home) or how[0] == "models"  # a model that lies elsewhere leaves no room
    gone = ("models", "info", "my-paper") if how[0] == "models" else ("info", "latest")
    assert uncaged(*gone, **there).returncode == 2
