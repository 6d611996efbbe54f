"""The text of a licence, where it lies beside the weights that it binds; and where it says that it can be read.

Looks at a folder's own files: what stands there is what its maker gave along. Guesses no address.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from uncaged.engines import regular

NAMED: Final = re.compile(r"[\w.-]*licen[cs]e[\w.-]*?(\.txt|\.md|\.rst)?", re.IGNORECASE)
"""What a file is called that holds one: LICENSE, LICENSE.txt, ltxv-2b-0.9.8.license.txt."""

LINK: Final = re.compile(r"^license_link:\s*['\"]?(https?://[^\s'\"]+)", re.MULTILINE)
"""In the head of a README, where the licence can be read."""

LONGEST, MOST = 256_000, 4
"""Bytes of such a file, and files, at most."""


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


def _files(folder: Path) -> list[Path]:
    try:
        there = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    except OSError:
        return []
    return there[:MOST]


def _text(path: Path) -> str:
    """Empty where it is no plain file, too long, or no text."""
    with suppress(OSError, UnicodeDecodeError):
        return regular.read(path, LONGEST).decode("utf-8-sig").strip()
    return ""
