"""From a request at the door to a film that is promised: its pictures as files, its score, one common commit.

Every door asks through here. Happens in a thread, with the visitor let in; knows no route and no wire.
"""

import re
import shutil
import tempfile
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from uncaged.archive.run import Run
from uncaged.core.errors import NotAllowed
from uncaged.engines.asking import Request
from uncaged.engines.registry import engines
from uncaged.queue import admission
from uncaged.studio import making, together
from uncaged.studio.making import Making
from uncaged.web import closing
from uncaged.web.errors import on_a_full_disk
from uncaged.web.here import Here
from uncaged.web.visitors import Stay
from uncaged.web.words import _

_UNNAMED = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture that came along. name: as its sender called it, which is believed in nothing."""

    data: bytes | BinaryIO
    name: str = ""


def prepare(
    here: Here,
    request: Request,
    model: str,
    pictures: Sequence[Sent] = (),
    mask: Sent | None = None,
) -> Making:
    """The score of a request, its files kept, with the policy by which it may be asked. Raises `AskedWrong`.

    And `DoorClosed`, where nobody new may ask, `NotAllowed` for a picture of a guest's.
    """
    sent = [*pictures, *([] if mask is None else [mask])]
    if sent:
        may_bring(here)
    closing.check(here)
    policy = here.web.policies.look().policy
    with _as_files(sent) as paths:
        held = paths.pop() if mask is not None else None
        prepared = making.prepare(here.studio, request, model, paths, held, policy)
    return replace(prepared, policy=policy, past=here.web.past(prepared.model))


def may_bring(here: Here) -> None:
    """Whether they may bring files of their own; `NotAllowed` for guests, unless the policy lets them."""
    door = here.web.policies.look().policy.door
    if here.visitor.person.kind == "guest" and not door.guest_pictures:
        raise NotAllowed(
            _("This house takes no pictures from guests."),
            _("Leave the picture out; with a login it may come along."),
        )


def needs_no_thread(here: Here, model: str) -> bool:
    """Whether `prepare`, without pictures, and `promise` wait for nothing: no words of the studio's own, nothing to be
    read anew, nobody to be written down."""
    web = here.web
    return (
        bool(here.visitor.person.id)
        and web.studio.writer is not None
        and not web.policies.due
        and not web.openings.due
        and model in engines()
        and web.knows_past(model)
        and not web.studio.settings.lexicons.is_dir()
    )


def settled(here: Here, parts: Sequence[Making], stay: Stay, after: Sequence[str] = ()) -> Here:
    """Whoever asks, as a person from here on: all of this is going to be promised, after these runs and works.

    What cannot be promised to a newcomer either is said before anybody is written down. Raises `AskedWrong`, and
    `DoorClosed` where nobody new may ask.
    """
    closing.check(here)
    if here.visitor.person.id:
        return here
    studio, policy, nobody = here.studio, here.web.policies.look().policy, ""
    with studio.archive.read() as conn:
        seconds = together.expected(conn, parts)
        bounds = admission.bounds_of(conn, policy, nobody)
        for one, takes in zip(parts, seconds, strict=True):
            assert one.score is not None
            admission.check_size(bounds, one.score, takes)
        now = studio.clock.now()
        admission.check_count(conn, bounds, nobody, len(parts), max(seconds), now)
        making.following_mine(conn, nobody, after)
    return stay(here)


def promise(here: Here, prepared: Making) -> "Future[Run]":
    """Puts it in line: on the disk once the future has its run. The future raises `TooMany` and its like."""
    studio = here.studio
    return studio.submit(lambda conn: making.promise(conn, studio, prepared))


@contextmanager
def _as_files(pictures: Sequence[Sent]) -> Generator[list[Path]]:
    """The pictures as files of harmless names, while the block runs."""
    if not pictures:
        yield []
        return
    with ExitStack() as kept:
        with on_a_full_disk():
            folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="uncaged-"))
            paths = [_path(Path(folder, str(n)), one.name) for n, one in enumerate(pictures)]
            for path, one in zip(paths, pictures, strict=True):
                with path.open("wb") as out:
                    if isinstance(one.data, bytes):
                        out.write(one.data)
                    else:
                        shutil.copyfileobj(one.data, out)
        yield paths


def _path(folder: Path, name: str) -> Path:
    folder.mkdir()
    return folder / (_UNNAMED.sub("-", name)[-60:].lstrip(".-") or "that was sent")
