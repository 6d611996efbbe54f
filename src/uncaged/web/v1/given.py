"""Files that programs give beforehand, and pictures that come with a request: sent along, as a data URL, by id.

Nothing of their bytes is believed: what they are is looked at where they are used.
"""

from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Connection
from starlette.datastructures import UploadFile

from uncaged.archive import blocks, files, uploads
from uncaged.archive.paging import Page
from uncaged.archive.uploads import Upload
from uncaged.core.errors import NotToday
from uncaged.engines.base import Engine
from uncaged.queue import admission
from uncaged.queue.fairness import SECOND
from uncaged.web.film import Film
from uncaged.web.here import Here
from uncaged.web.promising import may_bring
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields, Given, reference
from uncaged.web.v1.paging import listed
from uncaged.web.v1.records import File, FileDeleted
from uncaged.web.visitors import Stay
from uncaged.web.words import _

PAGE, LONGEST_PAGE = 100, 10_000
PURPOSES = ("vision", "user_data", "assistants", "batch", "fine-tune", "evals")
LONGEST_NAME, MOST = 255, 2_000
"""Characters of a file's name; files that one person has here, at most."""

_PIECE = 1 << 20

MIME = "application/octet-stream"
"""What a given file is served as, whatever it says it is."""


def keep(here: Here, fields: Fields, stay: Stay) -> File:
    """Keeps the part `file`, of whoever is a person then. Raises `WrongField`, `TooMany`."""
    may_bring(here)
    part = fields.take("file")
    if not isinstance(part, UploadFile):
        raise WrongField(_("Send the file as a part called file, in a form."), param="file")
    purpose = fields.text("purpose", 64) or "user_data"
    if purpose not in PURPOSES:
        raise WrongField(_("A purpose is one of {}.").format(", ".join(PURPOSES)), param="purpose")
    name = (part.filename or "upload").replace("\\", "/").rpartition("/")[2][
        -LONGEST_NAME:
    ] or "upload"
    data = read_part(part)
    if not data:
        raise WrongField(_("The file is empty."), param="file")
    with here.studio.archive.read() as conn:
        _check_room(conn, here, len(data))
        blocks.refuse(conn, [sha256(data).hexdigest()])
    here = stay(here)
    studio = here.studio
    sha = studio.files.keep(data)

    def step(conn: Connection) -> Upload:
        _check_room(conn, here, len(data))  # once more: somebody may have been faster
        now = studio.clock.now()
        files.note(conn, studio.files, sha, MIME, now, data)
        return uploads.add(conn, studio.person, sha, name, purpose, now)

    return record(studio.commit(step))


def _check_room(conn: Connection, here: Here, more: int) -> None:
    """Given files and works share the room that a person has."""
    if uploads.count(conn, here.studio.person) >= MOST:
        raise NotToday(
            _("You have given {} files; that is the most.").format(f"{MOST:,}"),
            _("Delete what you need no more."),
        )
    bounds = admission.bounds_of(conn, here.web.policies.held.policy, here.studio.person)
    used = admission.room(conn, here.studio.person)
    if bounds.megabytes is not None and used + more > bounds.megabytes * 1e6:
        raise NotToday(
            _("Your works and files take {} MB of the {} MB that one person has here.").format(
                f"{used / 1e6:.0f}", f"{bounds.megabytes:g}"
            ),
            _("Delete what you need no more."),
        )


def record(one: Upload) -> File:
    """The file object."""
    return {
        "id": one.id,
        "object": "file",
        "bytes": one.bytes,
        "created_at": one.created // SECOND,
        "expires_at": None,
        "filename": one.name,
        "purpose": one.purpose,
        "status": "processed",
        "status_details": None,
    }


def show(here: Here, file_id: str) -> File:
    """What a file of one's own is."""
    return record(_get(here, file_id))


def _get(here: Here, file_id: str) -> Upload:
    with here.studio.archive.read() as conn:
        return uploads.get(conn, here.studio.person, file_id)


def page(here: Here, wanted: Page, purpose: str | None) -> dict[str, Any]:
    """One's own files."""
    with here.studio.archive.read() as conn:
        found, more = uploads.listed(conn, here.studio.person, wanted, purpose)
    return listed([record(one) for one in found], more)


def content(here: Here, file_id: str) -> Film:
    """The bytes of a file of one's own."""
    one = _get(here, file_id)
    opened = here.studio.files.open(one.sha256)
    return Film(opened, one.sha256, MIME, one.id, here.web.pieces)


def delete(here: Here, file_id: str) -> FileDeleted:
    """Takes it away."""
    studio = here.studio
    person, now = studio.person, studio.clock.now()
    gone = studio.archive.free(lambda conn: uploads.remove(conn, person, file_id, now))
    with studio.archive.write() as conn:
        files.forget(conn, studio.files, gone)
    return {"id": file_id, "object": "file", "deleted": True}


def picture_of(here: Here, given: Given | None) -> bytes | None:
    """The bytes of a picture, of which nothing is known yet."""
    if given is None:
        return None
    if given.upload is not None:
        return read_part(given.upload)
    if given.data is not None:
        return given.data
    assert given.url is None  # `fetching` has brought it
    one = _get(here, given.id or "")
    with here.studio.files.open(one.sha256) as opened:
        return opened.read()


def images(here: Here, fields: Fields, most: int) -> tuple[bytes, ...]:
    """The pictures of an image request: one under `image`, or a list of them, of at most so many."""
    value = fields.take("image")
    listed = cast("list[Any]", value) if isinstance(value, list) else [value]
    if len(listed) > most:
        raise WrongField(
            _("The model takes {} pictures, not {}.").format(most, len(listed)),
            param="image",
            code="unsupported",
        )
    found: list[bytes] = []
    for one in listed:
        data = picture_of(here, reference(Fields({"image": one}), "image", ("file_id",)))
        if data is not None:
            found.append(data)
    return tuple(found)


def mask(here: Here, fields: Fields, player: Engine) -> bytes | None:
    """What says which part of a picture or a video is to be drawn again, as it was sent; None where nothing does.

    Raises `WrongField` where the model cannot keep to one.
    """
    said = reference(fields, "mask", ("file_id",))
    if said is not None and not player.capabilities.masks:
        raise WrongField(
            _("{} cannot keep to a mask.").format(player.name), param="mask", code="unsupported"
        )
    if said is not None and said.url is not None:
        raise WrongField(
            _("A mask is sent along, as a data URL, or as the id of a file."), param="mask"
        )
    return picture_of(here, said)


def read_part(part: UploadFile) -> bytes:
    """All bytes of a part."""
    part.file.seek(0)
    return part.file.read()


def sha256_of(given: Given) -> str:
    """The SHA-256 of what was sent, which is read piece by piece."""
    if given.upload is None:
        return sha256(given.data or b"").hexdigest()
    given.upload.file.seek(0)
    digest = sha256()
    while piece := given.upload.file.read(_PIECE):
        digest.update(piece)
    given.upload.file.seek(0)
    return digest.hexdigest()
