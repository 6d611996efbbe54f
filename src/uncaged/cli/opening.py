"""Opening the studio for a command, and writing results as people or programs read them."""

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uncaged.core.settings import read_settings

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")

_COMMAND = re.compile(r"(?<![\w./-])uncaged(?= [a-z])")

MARGIN = 14
"""Columns of the margin in which names hang."""


def studio(looking: bool = False) -> "Studio":
    """The studio that the environment names."""
    from uncaged.studio.studio import open_studio

    return open_studio(settings=read_settings(), looking=looking)


def called() -> str:
    """The command as it can be typed again: ``uncaged`` where it is found, else the path it was called by."""
    if shutil.which("uncaged"):
        return "uncaged"
    path = Path(sys.argv[0])
    return str(path) if path.name == "uncaged" else "python -m uncaged"


def typed(text: str) -> str:
    """A sentence with every command of ours in it as it can be typed here; see `called`. What is to be installed goes
    where the studio itself is."""
    command = called()
    if command == "uncaged":
        return text
    beside = Path(command).parent / "python" if "/" in command else "python"
    return _COMMAND.sub(lambda _: command, text).replace(
        "pip install 'uncaged[", f"{beside} -m pip install 'uncaged["
    )


def visible(text: str) -> str:
    """Text as a terminal may show it: what would steer it (escapes, bells, reversed writing) becomes a dot."""
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text)


def print_json(value: Any) -> None:
    """One JSON value, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(rows: Iterable[tuple[str, str]], wrapped: bool = True) -> None:
    """Names in the margin, what they name beside them, as in the credits of a film.

    wrapped: False keeps what is to be copied on one line. A name that fills the margin has a line of its own.
    """
    width = shutil.get_terminal_size((88, 24)).columns
    for name, what in rows:
        lines = [
            line
            for part in visible(what).splitlines() or [""]
            for line in (_wrapped(part, width) if wrapped else [part])
        ]
        if len(name) >= MARGIN:
            lines.insert(0, "")
        for i, line in enumerate(lines):
            margin = name if i == 0 else ""
            click.echo(f"{click.style(f'{margin:<{MARGIN}}', dim=True)}{line}".rstrip())


def _wrapped(text: str, width: int) -> list[str]:
    room = max(30, min(width, 100) - MARGIN)
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
