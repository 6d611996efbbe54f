"""Which graphics card is meant is what the environment shows, and performers see the same one."""

from pathlib import Path

import pytest

from uncaged.core import machine
from uncaged.performer.process import _environment


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cards, of 100 and 200 MiB."""
    program = tmp_path / "nvidia-smi"
    second = 'echo "Card, large, 200"'
    program.write_text(
        f'#!/bin/sh\nfor word in "$@"; do\n  [ "$word" = "--id=1" ] && {{ {second}; exit; }}\ndone\n'
        f'echo "Card, 100"\n{second}\n'
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
    machine.card.cache_clear()
    try:
        assert machine.card_memory() == (None if mib is None else mib * 2**20)
        found = machine.card()
        assert found is None or found.name == {100: "Card", 200: "Card, large"}[found.bytes >> 20]
    finally:
        machine.card.cache_clear()
    assert _environment(1).get(machine.CARDS[0]) == shown
