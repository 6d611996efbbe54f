"""What happens before anything leaves the studio: whether it may, what people were told of it, the key that opens it.

A key lies in a file of the home that its owner alone reads, named after the model's hash, in which the addresses are:
it goes to no other address, into no archive and into no export.
"""

import contextlib
import hashlib
import hmac
import os
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from uncaged.archive import files, models
from uncaged.core.errors import AskedWrong, HomeUnusable, Impossible
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.remote import place as places
from uncaged.studio import entering, laying

if TYPE_CHECKING:
    from uncaged.core.settings import Settings
    from uncaged.studio.studio import Studio

REMOTE: Final = "remote"
"""The engine's name."""

LONGEST_KEY: Final = 4096
"""Characters of a key, at most."""


ITSELF: Final = "asks_itself"
"""The code of the refusal of a studio that asks itself."""


def mark(studio: "Studio") -> str:
    """What goes with every question: the studio knows it again, and nobody else knows anything by it."""
    drawn = token_hex(8)
    return f"{drawn}.{_proof(studio, drawn)}"


def is_ours(studio: "Studio", said: str) -> bool:
    """Whether this studio itself asks."""
    drawn, _dot, proof = said[:200].partition(".")
    return hmac.compare_digest(proof.encode(), _proof(studio, drawn).encode())


def _proof(studio: "Studio", drawn: str) -> str:
    said = f"asks:{drawn}".encode()
    return hmac.new(entering.secret_of(studio), said, hashlib.sha256).hexdigest()[:32]


def refuse_offline(settings: "Settings", name: str) -> None:
    """Raises `Impossible` where nothing leaves this studio."""
    if settings.offline:
        raise Impossible(
            _("%(model)s performs elsewhere, and this studio is offline: nothing leaves it.")
            % {"model": shown(name)[1:-1]},
            _("Choose another model. Whoever keeps the machine can open it: UNCAGED_OFFLINE."),
        )


def checked_key(key: str) -> None:
    """Raises `AskedWrong` for a key that no request can carry. It is not shown."""
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise AskedWrong(
            _("That is no key: it is one word of plain letters, digits and signs."),
            about="key_from",
        )


def refuse_unconfirmed(studio: "Studio", model: models.Shelved) -> None:
    """Raises where this may not be sent: offline, or where its card tells people of other addresses than it has."""
    refuse_offline(studio.settings, model.name)
    place = places.read(laying.folder(studio, model))
    if model.card.get("binds") != place.binds:
        raise AskedWrong(
            _("The card of %(model)s does not say where it performs.") % {"model": model.name},
            _("Take it off the shelf, and add it again: uncaged models add-remote"),
        )


def _folder(studio: "Studio") -> Path:
    return studio.settings.home / "keys"


def keep_key(studio: "Studio", model: models.Shelved, key: str) -> None:
    """Keeps it instead of the one before."""
    folder = _folder(studio)
    with files.disk_in_words(studio.settings.home):
        folder.mkdir(mode=0o700, exist_ok=True)
        beside = folder / f".{model.hash}.{os.getpid()}"
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(key)
        beside.replace(folder / model.hash)


def key_of(studio: "Studio", model: models.Shelved) -> str:
    """What opens it there; empty where it needs none. Raises `HomeUnusable` where it cannot be read."""
    path = _folder(studio) / model.hash
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise HomeUnusable(
            _("The key %(path)s cannot be read (%(why)s).") % {"path": path, "why": error},
            _("Give it again: uncaged models add-remote … --key-from"),
        ) from None


def forget(studio: "Studio", model: models.Shelved) -> None:
    """Its key is gone."""
    with contextlib.suppress(FileNotFoundError):
        (_folder(studio) / model.hash).unlink()
