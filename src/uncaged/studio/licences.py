"""The text of a licence, where it lies beside the weights that it binds; and where it says that it can be read.

Looks at a folder's own files: what stands there is what its maker gave along. Guesses no address. Which files at a hub
are such, and come along with a model, is said here too; they are no part of it, and change nothing of its hash.
"""

import re
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final

from uncaged.engines import regular
from uncaged.engines.published import PICKLES
from uncaged.engines.single_files import ENDINGS

NAMED: Final = re.compile(r"[\w.-]*licen[cs]e[\w.-]*?(\.txt|\.md|\.rst)?", re.IGNORECASE)
"""What a file is called that holds one: LICENSE, LICENSE.txt, ltxv-2b-0.9.8.license.txt."""

NOTICE: Final = re.compile(r"[\w.-]*notices?[\w.-]*?(\.txt|\.md|\.rst)?", re.IGNORECASE)
"""What a file is called that says whose work it is, as Apache-2.0 wants it to be handed on: NOTICE, NOTICE.txt."""

LINK: Final = re.compile(r"^license_link:\s*['\"]?(https?://[^\s'\"]+)", re.MULTILINE)
"""In the head of a README, where the licence can be read."""

LONGEST, MOST = 256_000, 4
"""Bytes of such a file, and files, at most."""

WEIGHTS: Final = {*PICKLES, *ENDINGS}
"""Endings of files that are weights, whatever else they are called."""

ALONG: Final = 16
"""Such files that come along from a hub, at most: of all folders of a model together."""


def beside(folder: Path, card: Mapping[str, Any]) -> dict[str, str]:
    """What a folder says of the licence that its card names: `terms_text`, `terms_file` (names), `terms_url`.

    Nothing where the card names none that is to be accepted, or says its text or address itself.
    """
    asked = card.get("terms") or card.get("binds")
    if not asked or card.get("terms_text") or card.get("terms_url") or not folder.is_dir():
        return {}
    found = {path.name: text for path in _files(folder) if (text := _text(path))}
    said: dict[str, str] = {}
    if found:
        said["terms_file"] = ", ".join(found)
        alone = len(found) == 1
        said["terms_text"] = "\n\n".join(
            text if alone else f"{name}:\n\n{text}" for name, text in found.items()
        )
    head = re.match(r"---\r?\n(.*?)\n---", _text(folder / "README.md"), re.DOTALL)
    link = None if head is None else LINK.search(head[1])
    if link is not None:
        said["terms_url"] = link[1]
    return said


def along(lengths: Mapping[str, int], needed: Collection[str]) -> list[str]:
    """Which files at a hub come along with those that are needed of it: those that are called a licence or a notice, in
    its own folder and in those of these. lengths: bytes of each file there, −1 where nobody says. Those longer than
    `LONGEST` are left there, and those beyond `ALONG`."""
    folders = {str(one) for name in needed for one in PurePosixPath(name).parents}
    places = {name: PurePosixPath(name) for name in lengths if 0 < lengths[name] <= LONGEST}
    found = [
        name
        for name, place in places.items()
        if str(place.parent) in folders and _says(place.name) and name not in needed
    ]
    return sorted(found, key=lambda name: (len(places[name].parts), name))[:ALONG]


def lying(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """What lies beside a model's files, for its card: `licence_files`, their names within its folder; nothing where
    none does. files: those that it is performed with."""
    if not folder.is_dir():
        return {}
    parents = {one for path in files for one in path.parents if one.is_relative_to(folder)}
    there = sorted(
        (len(path.parts), path.relative_to(folder).as_posix())
        for one in parents | {folder}
        for path in _within(one)
        if _says(path.name) and 0 < _length(path) <= LONGEST and _is_own(folder, path)
    )
    return {"licence_files": ", ".join(name for _, name in there[:ALONG])} if there else {}


def among(names: Iterable[str]) -> list[str]:
    """Those of these files that are called a licence or a notice."""
    return [name for name in names if _says(PurePosixPath(name).name)]


def _says(name: str) -> bool:
    """Whether a file of this name says what the licence is, and is none of weights."""
    known = NAMED.fullmatch(name) or NOTICE.fullmatch(name)
    return known is not None and PurePosixPath(name).suffix.lower() not in WEIGHTS


def _length(path: Path) -> int:
    """Bytes of a plain file; 0 where it is none."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _files(folder: Path) -> list[Path]:
    there = (path for path in _within(folder) if NAMED.fullmatch(path.name))
    return [path for path in there if _is_own(folder, path)][:MOST]


def _is_own(folder: Path, path: Path) -> bool:
    """Whether a file lies in this folder, or where a hub's library keeps its bytes; else it is a link to anywhere."""
    try:
        real, home = path.resolve(strict=True), folder.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    places = [home]
    if home.parent.name == "snapshots":
        places.append(home.parent.parent / "blobs")
    return any(real.is_relative_to(place) for place in places)


def _text(path: Path) -> str:
    """Empty where it is no plain file, too long, or no text."""
    with suppress(OSError, UnicodeDecodeError):
        return regular.read(path, LONGEST).decode("utf-8-sig").strip()
    return ""
