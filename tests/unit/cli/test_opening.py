"""Sentences say commands as they can be typed where the studio was begun."""

import pytest

from uncaged.cli import opening


@pytest.mark.parametrize(
    ("command", "installs"),
    [
        ("uncaged", "pip install"),
        (".venv/bin/uncaged", ".venv/bin/python -m pip install"),
        ("python -m uncaged", "python -m pip install"),
    ],
)
def test_what_is_missing_is_installed_where_the_studio_is(
    command: str, installs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "called", lambda: command)
    said = opening.typed("Install it: pip install 'uncaged[models]', then uncaged models list")
    assert said == f"Install it: {installs} 'uncaged[models]', then {command} models list"
