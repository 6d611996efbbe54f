"""What the hub's library is handed in the place of a bar of progress: it hears of each piece before it is written.

So a file that goes on behind its end is stopped there, however long it would go on.
"""

from collections.abc import Callable
from typing import Any, Self, TypeAlias

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _

Heard: TypeAlias = Callable[[int], None]
"""Is told how many bytes of one file are here."""


def unheard(here: int) -> None:
    """Nobody listens."""


def bar(repo: str, name: str, meant: int, heard: Heard = unheard) -> Any:
    """A class for `tqdm_class`. meant: bytes of the file; whatever tells of more raises `WeightsBroken`."""

    class Bar:
        def __init__(self, *_given: object, initial: int = 0, **_named: object) -> None:
            self.here = initial

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def close(self) -> None:
            pass

        def update(self, more: int = 1) -> None:
            self.here += more
            if self.here > meant:
                raise other(repo, name)
            heard(self.here)

    return Bar


def other(repo: str, name: str) -> WeightsBroken:
    """These are not the bytes that the hub named."""
    return WeightsBroken(
        _("What the hub gave as %(file)s of %(repo)s is not what it says it is.")
        % {"file": name, "repo": repo},
        _("It was thrown away. Do the same again, later or from another address."),
    )
