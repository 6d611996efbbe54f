"""A group's contact sheet as a file: one frame of each of its films that is made, in their order.

Looks at films only through `picturing`, whose child opens them.
"""

import shutil
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import groups, works
from uncaged.archive.work import Work
from uncaged.core.errors import AskedWrong, PictureRefused
from uncaged.studio import picturing, taking
from uncaged.studio.stewardship import NOBODY

if TYPE_CHECKING:
    from PIL import Image

    from uncaged.studio.studio import Studio

AT_ONCE = 200
"""Works whose rows are read together."""


def take_sheet(studio: "Studio", group_id: str, place: Path | None = None) -> tuple[Path, int, int]:
    """Writes it as PNG to `place` (default: the group's id, here): where it lies, films on it, films that are not. It
    bears the marks of all that are on it (`core.marks`).

    Raises `NotFound`, `AskedWrong` where nothing of it is made yet or the place cannot be written.
    """
    from uncaged.core.marks import in_png, of_info, together
    from uncaged.core.media import contact_sheet

    with studio.archive.read() as conn:
        groups.own(conn, studio.person, group_id)
        runs = [run.id for run in groups.newest(conn, group_id)]
        rows: dict[str, Work] = {}
        for n in range(0, len(runs), AT_ONCE):
            rows |= works.of_runs(conn, studio.person, runs[n : n + AT_ONCE])
    films = [rows[run].media for run in runs if run in rows]
    stills = [still for sha in films if sha is not None for still in _still(studio, sha)]
    if not stills:
        wait = f"Wait for it: uncaged wait {group_id}"
        raise AskedWrong(
            "Nothing of this group is made yet.",
            wait if studio.performed_now() else f"{NOBODY} {wait}",
        )
    target = taking.target_of(studio, f"{group_id}.png", place)
    scratch = taking.scratch_beside(target)
    try:
        with taking.in_words(target):
            said = in_png(together(*(of_info(still.info) for still in stills)))
            contact_sheet(stills).save(scratch / "sheet", format="PNG", pnginfo=said)
        taking.move(scratch / "sheet", target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target, len(stills), len(runs) - len(stills)


def _still(studio: "Studio", sha: str) -> "list[Image.Image]":
    from PIL import Image

    try:
        picture = Image.open(BytesIO(picturing.picture(studio, sha, "still")), formats=("JPEG",))
        picture.load()
    except (PictureRefused, OSError):
        return []
    return [picture]
