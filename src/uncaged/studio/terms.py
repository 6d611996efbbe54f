"""Licences that bind whoever makes with a model: what they say, and each person's word that they hold for them.

What is accepted is what was shown: name, text, address and what it asks; a card that says otherwise is accepted anew.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import accepting, models
from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import TermsNotAccepted
from uncaged.core.words import _
from uncaged.studio.outgoing import REMOTE

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence. binds: what it asks of whoever makes with the model, in words; empty where it asks nothing.

    text, url: of the licence itself, where the card has one.
    """

    name: str
    binds: str = ""
    text: str = ""
    url: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 of all that is shown."""
        said = {"name": self.name, "binds": self.binds, "text": self.text, "url": self.url}
        return sha256(canonical(said))


def of(model: models.Shelved) -> Terms | None:
    """The licence that its card names; None where it names none."""
    said = {
        name: text if isinstance(text := model.card.get(name), str) else ""
        for name in ("terms", "licence", "binds", "terms_text", "terms_url")
    }
    name = said["terms"] or said["licence"]
    if not said["terms"] and not said["binds"]:
        return None
    return Terms(name or model.name, said["binds"], said["terms_text"], said["terms_url"])


def waits(conn: Connection, person_id: str, model: models.Shelved) -> Terms | None:
    """What this person has still to accept before they make with it."""
    terms = of(model)
    if terms is None or not terms.binds:
        return None
    if model.is_adapter and accepting.accepted_of_any(conn, person_id, terms.hash):
        return None  # what it inherits from its parent is accepted once
    return None if accepting.accepted(conn, person_id, model.id, terms.hash) else terms


def refuse(conn: Connection, person_id: str, model: models.Shelved) -> None:
    """Raises `TermsNotAccepted` where this person has not accepted what binds them."""
    terms = waits(conn, person_id, model)
    if terms is not None:
        if model.engine == REMOTE:
            raise TermsNotAccepted(
                _("%(model)s performs elsewhere. %(binds)s")
                % {"model": model.name, "binds": terms.binds},
                _(
                    "Say yes to it once: on the page /models, or with `uncaged models accept %(model)s`."
                )
                % {"model": model.name},
            )
        raise TermsNotAccepted(
            _("%(model)s comes under %(terms)s, which binds whoever makes with it: %(binds)s")
            % {"model": model.name, "terms": terms.name.rstrip("."), "binds": terms.binds},
            _("Accept it once: on the page /models, or with `uncaged models accept %(model)s`.")
            % {"model": model.name},
        )


def accept(studio: "Studio", name: str) -> bool:
    """Notes that this person accepts what binds them; False where nothing does, or they have before.

    Raises `NotFound` where no model of one's own has this name.
    """

    def step(conn: Connection) -> bool:
        model = models.own(conn, name)
        terms, now = waits(conn, studio.person, model), studio.clock.now()
        if terms is None:
            return False
        return accepting.accept(conn, studio.person, model.id, terms.hash, terms.name, now)

    return studio.commit(step)
