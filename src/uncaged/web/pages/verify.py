"""What a file is: somebody brings one, it is looked at, answered and forgotten."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, cast

from starlette.datastructures import UploadFile
from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.studio import verifying
from uncaged.studio.verifying import Verified
from uncaged.web.errors import NotThere, on_a_full_disk
from uncaged.web.here import Here
from uncaged.web.reading import FORMS, kind_of, read_form, read_value
from uncaged.web.views.base import Trouble
from uncaged.web.views.reading import AnswerView, FactsView, KnownView, VerifyView
from uncaged.web.words import _

LONGEST_NAME = 200
VALUES = 10
FIELD = 2_000
"""Characters of a file's name that are shown; values in JSON; bytes of a field beside the file."""


def form(here: Here, trouble: Trouble | None = None) -> VerifyView:
    """A place to ask about a file. trouble: why the last one was not looked at."""
    return VerifyView(largest=here.studio.settings.picture_megabytes, trouble=trouble)


async def brought(request: Request) -> UploadFile | str:
    """The file that somebody brought, or the hash of one. Raises `AskedWrong`."""
    kind = kind_of(request)
    if kind == "application/json":
        value: Any = read_value(await request.body(), VALUES)
        sha = cast("dict[str, Any]", value).get("sha256") if isinstance(value, dict) else None
        if not isinstance(sha, str):
            raise AskedWrong(_("Ask with {}.").format('{"sha256": "…"}'))
        return sha
    if kind not in FORMS:
        raise NotThere(
            _("This cannot be read: it is neither a form nor JSON."),
            _("Send the file as multipart/form-data, in the field `file`."),
            status=415,
        )
    found = (await read_form(request, files=1, fields=4, largest=FIELD)).get("file")
    if not isinstance(found, UploadFile) or not (found.filename or found.size):
        raise AskedWrong(_("No file was chosen."), _("Choose one, or drop it into the box."))
    return found


def look(here: Here, given: UploadFile | str) -> VerifyView:
    """What can be said of it, to this visitor. In a thread: it is read whole."""
    if isinstance(given, str):
        return _view(here, None, verifying.verify_hash(here.studio, given))
    with on_a_full_disk(), tempfile.TemporaryDirectory(prefix="uncaged-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as opened:
            shutil.copyfileobj(given.file, opened)
        name = (given.filename or "").replace("\\", "/").rpartition("/")[2]
        return _view(here, name[:LONGEST_NAME] or None, verifying.verify(here.studio, path))


def _view(here: Here, name: str | None, found: Verified) -> VerifyView:
    facts, work = found.facts, found.work
    return VerifyView(
        largest=here.studio.settings.picture_megabytes,
        answer=AnswerView(
            name=name,
            sha256=found.sha256,
            bytes=found.bytes,
            mime=found.mime,
            facts=None
            if facts is None
            else FactsView(
                width=facts.width,
                height=facts.height,
                frames=facts.frames,
                fps=facts.fps,
                seconds=facts.seconds,
            ),
            known=None
            if work is None
            else KnownView(
                work=work.id,
                own=work.person_id == here.studio.person,
                text="" if work.score is None else work.score.text,
                model=work.model,
                kept=work.kept,
            ),
        ),
    )
