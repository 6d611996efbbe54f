"""Addresses of images that hold for an hour, for whoever has one: a program hands them on without its key.

An address names the work, when it ends, and proves by the studio's secret that this studio gave it; nothing is kept.
"""

import hashlib
import hmac
import json
import re

from uncaged.archive import runs, works
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound
from uncaged.queue.fairness import SECOND
from uncaged.studio import entering
from uncaged.studio.studio import Studio
from uncaged.studio.work import Work as Held
from uncaged.web.film import Film
from uncaged.web.here import Web
from uncaged.web.words import _

HOUR = 3600
"""Seconds for which an address holds."""

NAME = re.compile(r"(w_[a-z2-7]{12})-([0-9]{1,12})-([0-9a-f]{32})\.png")


def name(studio: Studio, work_id: str) -> str:
    """The last part of an image's address."""
    until = studio.clock.now() // SECOND + HOUR
    return f"{work_id}-{until}-{_proof(studio, work_id, until)}.png"


def content(web: Web, said: str) -> Film:
    """The image at an address. Raises as `named` does, `NotAllowed` where the house gives it to nobody now."""
    held = Held(web.studio, named(web.studio, said))
    sha, mime = held.row.media, held.row.mime
    if sha is None or mime is None:
        raise _gone()
    opened = held.path.open("rb")
    return Film(opened, sha, mime, f"{held.id}.{mime.partition('/')[2]}", web.pieces)


def named(studio: Studio, said: str) -> Work:
    """The work that an address names. `NotFound` alike for what was never given, is over, or is gone by now."""
    found = NAME.fullmatch(said)
    if found is None:
        raise _gone()
    work_id, until, proof = found[1], int(found[2]), found[3]
    if not hmac.compare_digest(proof, _proof(studio, work_id, until)):
        raise _gone()
    if until < studio.clock.now() // SECOND:
        raise _gone()
    with studio.archive.read() as conn:
        maker = runs.get(conn, works.run_of(conn, work_id)).person_id
        return works.get(conn, maker, work_id)


def _proof(studio: Studio, work_id: str, until: int) -> str:
    said = json.dumps(["image", work_id, until]).encode()
    return hmac.new(entering.secret_of(studio), said, hashlib.sha256).hexdigest()[:32]


def _gone() -> NotFound:
    return NotFound(
        _("There is no such image here, or its address is over."),
        _("Addresses hold for an hour; the image stays under /v1/videos, by its id."),
    )
