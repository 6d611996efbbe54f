"""What only the door of the web says no to. Everything else the web says no to stands in `uncaged.core.errors`."""

import errno
import math
from collections.abc import Generator
from contextlib import contextmanager

from uncaged.core.errors import (
    ArchiveBusy,
    AskedWrong,
    DiskFull,
    Failed,
    FileDamaged,
    HomeUnusable,
    TooMany,
    UncagedError,
    WeightsBroken,
    WeightsMissing,
    WhoIsThere,
)
from uncaged.core.unplaced import unplaced
from uncaged.web.words import _


class WrongHost(AskedWrong):
    """The request names a host that is not this studio, as a page that plays tricks with names would."""

    http_status = 421


class TooLarge(AskedWrong):
    """More was sent than the studio takes in one request."""

    http_status = 413


class TooSlow(AskedWrong):
    """A request took longer to arrive than anybody waits."""

    http_status = 408


class NotThere(AskedWrong):
    """An address at which there is nothing, or a way of asking that it does not know."""

    def __init__(self, message: str, hint: str = "", status: int = 404) -> None:
        super().__init__(message, hint)
        self.http_status = status


class Full(Failed):
    """More people look, or wait with an open line, than this web can serve; or it is about to end."""

    http_status = 503


class NotYet(Failed):
    """What somebody waits for takes longer than one request lasts; it goes on being made."""

    http_status = 503


class OurMistake(Failed):
    """Something nobody thought of; it is written where the studio's owner reads it."""


SOON = "2"
"""Seconds of a Retry-After where the studio itself is in the way."""


def headers_of(error: UncagedError, longest: float = math.inf) -> dict[str, str]:
    """What an answer that says no tells programs beside its words. longest: seconds that one may be told to wait."""
    if isinstance(error, WhoIsThere):
        return {"WWW-Authenticate": 'Bearer realm="uncaged"'}
    if isinstance(error, TooMany):
        return {"Retry-After": f"{min(max(1, round(error.retry_after)), longest)}"}
    return {"Retry-After": SOON} if error.http_status == 503 else {}


class StudioInTrouble(Failed):
    """Something is wrong with the studio's disk or archive, as whoever is not its owner at the machine hears it."""

    def __init__(self, message: str, hint: str, status: int) -> None:
        super().__init__(message, hint)
        self.http_status = status


def without_places(error: UncagedError) -> UncagedError:
    """The error without where the studio lies on its disk, and what to do there: no stranger's matter."""
    status = error.http_status
    if isinstance(error, DiskFull):
        return StudioInTrouble(
            _("This studio's disk is full just now; nothing of yours is lost."),
            _("Come again later: its owner has to make room."),
            status,
        )
    if isinstance(error, ArchiveBusy):
        return StudioInTrouble(
            _("This studio is busy with its archive just now; nothing was changed."),
            _("Ask again in a moment."),
            status,
        )
    if isinstance(error, HomeUnusable | FileDamaged):
        return StudioInTrouble(
            _("This studio cannot read or write all it should just now; nothing was changed."),
            _("Come again later, or tell its owner."),
            status,
        )
    if isinstance(error, WeightsBroken | WeightsMissing):
        return StudioInTrouble(unplaced(error.message), unplaced(error.hint), status)
    return error


@contextmanager
def on_a_full_disk() -> Generator[None]:
    """What is sent lies in the temporary folder for a while: where that is full while the block runs, `DiskFull`."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(
            _("There is no room left on the disk for what is sent here; nothing of it was kept."),
            _("Make room in the temporary folder, and ask again."),
        ) from error
