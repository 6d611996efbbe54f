"""Questions to whoever sits at the terminal: before something is gone that cannot be had back, or agreed to."""

import select
import sys
from pathlib import Path

import click

from uncaged.core.errors import AskedWrong


def agreed(question: str) -> bool:
    """Asks whoever sits at the terminal, or takes the answer that waits in a pipe; a script's word is enough."""
    if _somebody_sits_here():
        return click.confirm(question, err=True)
    try:
        ready, _, _ = select.select([sys.stdin], [], [], 0.2)
        answer = sys.stdin.readline().strip().lower() if ready else ""
    except (OSError, ValueError, TypeError):  # there is no standard input at all
        answer = ""
    return answer in ("", "y", "yes")


def consented(question: str) -> bool:
    """Asks whoever sits at the terminal for a yes that is kept as evidence: they type it, and an empty line is a no.

    Raises `AskedWrong` where nobody sits there: nobody says yes by saying nothing.
    """
    if not _somebody_sits_here():
        raise AskedWrong(
            f"Nobody is here to be asked: {question}",
            "Whoever means yes says so on the command line: --yes",
        )
    return click.confirm(question, default=False, err=True)


def may_replace(place: Path | None) -> None:
    """A file that lies there already is replaced where whoever sits at the terminal agrees; a script means it.

    Raises `AskedWrong` where they do not: nothing has been made or written then.
    """
    if place is None or not _somebody_sits_here() or not place.is_file():
        return
    if not click.confirm(f"{place} is there already. Replace it?", err=True):
        raise AskedWrong("Nothing was made or written.", "Name another place: -o FILE")


def _somebody_sits_here() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison] - pythonw has none
