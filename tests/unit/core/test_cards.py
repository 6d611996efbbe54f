"""Which graphics card is meant is what the environment shows, and performers see the same one."""

from pathlib import Path

import pytest

from uncaged.core import machine
from uncaged.performer.process import _environment


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cards, of 100 and 200 MiB."""
    program = tmp_path / "nvidia-smi"
    program.write_text(
        '#!/bin/sh\nfor word in "$@"; do\n  [ "$word" = "--id=1" ] && { echo 200; exit; }\ndone\necho 100\necho 200\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(machine.shutil, "which", lambda name: str(program))
    monkeypatch.delenv(machine.CARDS[0], raising=False)


@pytest.mark.parametrize(
    ("shown", "mib"), [(None, 100), ("1", 200), ("1,0", 200), ("", None), ("-1", None)]
)
def test_the_first_card_that_is_shown_counts(
    shown: str | None, mib: int | None, cards: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shown is not None:
        monkeypatch.setenv(machine.CARDS[0], shown)
    machine.card_memory.cache_clear()
    try:
        assert machine.card_memory() == (None if mib is None else mib * 2**20)
    finally:
        machine.card_memory.cache_clear()
    assert _environment(1).get(machine.CARDS[0]) == shown
