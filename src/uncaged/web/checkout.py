"""The checkout that the studio runs from, where it runs from one: its commit, and what was changed since.

Asks git, once in the life of a process, about the package's own folder and nothing else. Knows no page.
"""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uncaged

LONGEST = 200_000
"""Characters of the changes that are shown; the tarball holds them all."""

PATIENCE = 10
"""Seconds that git may take for an answer."""

_STATES = {"D": "gone", "?": "new", "A": "new"}


@dataclass(frozen=True, slots=True)
class Checkout:
    """commit: its name; None where this is no checkout. committed: µs UTC. changes: path → changed, new or gone."""

    commit: str | None = None
    committed: int | None = None
    changes: tuple[tuple[str, str], ...] = ()
    diff: str = ""


@cache
def checkout() -> Checkout:
    """How it stood when somebody first asked."""
    return look(Path(uncaged.__file__).parent)


def look(package: Path) -> Checkout:
    """How the checkout stands that this package lies in; an empty one where it lies in none, or git is not here."""
    known = _git(package, "ls-files", "--error-unmatch", "__init__.py")
    head = _git(package, "log", "-1", "--format=%H %ct")
    if known is None or not head:
        return Checkout()
    commit, _, seconds = head.strip().partition(" ")
    state = _git(package, "status", "--porcelain=v1", "-z", "--no-renames", "--", ".") or ""
    rows = [row for row in state.split("\0") if len(row) > 3]
    changes = tuple((row[3:], _state(row[:2])) for row in rows)
    diff = _git(package, "diff", "HEAD", "--no-color", "--no-ext-diff", "--no-renames", "--", ".")
    return Checkout(commit, int(seconds) * 1_000_000, changes, (diff or "")[:LONGEST])


def _state(letters: str) -> str:
    return next((_STATES[c] for c in letters if c in _STATES), "changed")


def _git(package: Path, *asked: str) -> str | None:
    """What git says; None where there is none, or it says no."""
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(package), *asked],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None
