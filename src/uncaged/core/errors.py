"""Every way the studio says no. The message is for the person who asked and says what to do next.

Two families: `AskedWrong` (the request cannot be met as it stands; exit code 2, HTTP 4xx) and `Failed`
(it was right to ask, but it did not work; exit code 1, HTTP 5xx). Each class's docstring says when it is raised.
"""

from collections.abc import Sequence
from difflib import get_close_matches

from uncaged.core.words import _


class UncagedError(Exception):
    """Anything the studio says no to. Catch this to catch them all."""

    exit_code = 1
    http_status = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class AskedWrong(UncagedError):
    """The request cannot be met as it stands; nothing was begun. about: which part of it, where it is one."""

    exit_code = 2
    http_status = 400

    def __init__(self, message: str, hint: str = "", about: str = "") -> None:
        super().__init__(message, hint)
        self.about = about


class Failed(UncagedError):
    """It was right to ask, but it did not work; what was begun has been cleared away."""


class NotFound(AskedWrong):
    """Nothing of that name is here, or the person may not see it: the answer is the same for both."""

    http_status = 404


class Ambiguous(AskedWrong):
    """A beginning of an id that fits several."""

    http_status = 409


class DoneBefore(AskedWrong):
    """Somebody else was faster, or it is over: what is asked for was decided meanwhile."""

    http_status = 409


class Impossible(AskedWrong):
    """A model cannot do this, whatever the dials; its capabilities say so."""


class WrongOption(AskedWrong):
    """A model has no such option, or it cannot be so. about: its name."""


class HomeUnusable(Failed):
    """The studio's home cannot be used: read-only, not a home, or not ours."""

    http_status = 503


class HomeMissing(HomeUnusable):
    """Somebody only wants to look, and there is no studio here yet."""

    exit_code = 2


class HomeNewer(HomeUnusable):
    """The archive was written by a newer version of the studio; this one leaves it untouched."""


class ArchiveBroken(HomeUnusable):
    """The archive's database is truncated, or not a database at all."""


class ArchiveBusy(Failed):
    """Another process holds the archive's write lock and did not let go in time."""

    http_status = 503


class DiskFull(Failed):
    """There is no room left to keep the work; what was half written is gone again."""

    http_status = 507


class FileDamaged(Failed):
    """A kept file is missing or its bytes no longer match its SHA-256."""


class TooMany(AskedWrong):
    """As many of somebody's runs stand in line as may, or they ask too fast. retry_after: seconds to wait."""

    http_status = 429

    def __init__(self, message: str, hint: str = "", retry_after: float = 5.0) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class NotToday(TooMany):
    """What a person may ask for in a day, or keep here, is used up."""


class NotAllowed(AskedWrong):
    """Somebody may not do this here; which key or which login could, the message says."""

    http_status = 403


class DoorClosed(NotAllowed):
    """The open door is closed for new makings; whoever stands in line is served."""

    code = "door_closed"


class TermsNotAccepted(NotAllowed):
    """A model's licence binds whoever makes with it, and this person has not accepted it."""

    code = "terms_not_accepted"


class ModelNotAllowed(NotAllowed):
    """The house's policy does not let this person make with a model, because of its licence or by its name."""

    code = "model_not_allowed"


class WhoIsThere(AskedWrong):
    """Nobody knows who asks: a key is missing, wrong or taken back."""

    http_status = 401


class PictureRefused(AskedWrong):
    """A picture that cannot be read, or is larger than the studio opens."""


class PictureDamaged(PictureRefused):
    """A picture or a film whose bytes nobody can read, now or later."""


class WeightsMissing(Failed):
    """A model's weights are not where they should be."""

    http_status = 503


class WeightsBroken(Failed):
    """A file of a model's weights is not what its index says, or not what may be opened."""

    http_status = 503


class HubFailed(Failed):
    """A hub of models cannot be reached, or answers other than it should."""

    http_status = 502


class TooLittleMemory(Failed):
    """A model needs more memory than is free just now, beside whatever else is open."""


class RunFailed(Failed):
    """The performance itself failed; the reason is kept with the run."""


class RunCancelled(Failed):
    """The run was cancelled, by the person who asked or by the studio stopping."""

    exit_code = 130


class PerformerDied(Failed):
    """The performer's process ended in the middle of a run."""


_LONGEST_NAME = 200
"""Characters of a name that is compared with others: of a text of millions that takes seconds, and a gigabyte."""


def nearest(name: str, known: Sequence[str], limit: int = 3) -> str:
    """A sentence that offers the nearest known names, or all of them when few.

    >>> nearest("inc", ["ink", "echo"])
    'Did you mean ink?'
    >>> nearest("zzz", ["ink", "echo"])
    'There are: echo, ink.'
    """
    close = get_close_matches(name.lower(), known, limit, 0.5) if len(name) <= _LONGEST_NAME else []
    if close:
        return _("Did you mean %(names)s?") % {"names": _(" or ").join(close)}
    return _("There are: %(names)s.") % {"names": ", ".join(sorted(known)[:24])}
