"""The command line as somebody types it: in this process, in a folder and a home of its own.

Where the process is what is tested (signals, a full stdout, a folder of strange modules), a test starts its own; it
finds the same home in its environment.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from uncaged.cli.main import run


class Said(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def uncaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Runs one command: `uncaged("works", "--json")`. Named arguments are variables of its environment."""
    monkeypatch.setenv("UNCAGED_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UNCAGED_FSYNC", "false")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, **variables: str) -> Said:
        with monkeypatch.context() as here:
            for name, value in variables.items():
                here.setenv(name, value)
            code = run(list(arguments))
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    return call
