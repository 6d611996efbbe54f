"""What a file says of itself because a licence demands it: that a machine made it, in words and for machines to read.

Stands where each container has its comment, and goes along into every form that a film is taken in. Nothing here takes
one away.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

COMMENT: Final = "Comment"
SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""What IPTC calls media that a trained model made (Digital Source Type), as content credentials do too."""

MARK: Final = re.compile(
    rf"Made by a machine with [^;\r\n]{{1,80}}; digitalSourceType {re.escape(SOURCE)}"
)
MOST: Final = 8
"""Marks of one file, at most."""


def made_with(model: str) -> str:
    """The mark of what a model makes.

    >>> made_with("LTX-2")[:29]
    'Made by a machine with LTX-2;'
    """
    return f"Made by a machine with {model}; digitalSourceType {SOURCE}"


def together(*said: str) -> str:
    """The marks that stand in these texts, each once, a line for each; nothing else of them.

    >>> together("a secret", made_with("A"), made_with("A") + " and more") == made_with("A")
    True
    """
    found = dict.fromkeys(mark for text in said for mark in MARK.findall(text))
    return "\n".join(list(found)[:MOST])


def mark_of(path: Path) -> str:
    """What a kept film or picture says of itself; empty where it says nothing, or cannot be read."""
    try:
        with path.open("rb") as opened:
            begins = opened.read(4)
        if begins.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            from PIL import Image  # as with FFmpeg below: whoever only knows of marks needs neither

            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                return of_info(picture.info)
        import av

        with av.open(str(path)) as container:
            return of_info(container.metadata)
    except (OSError, ValueError):
        return ""


def of_info(info: Mapping[Any, Any]) -> str:
    """The same of what Pillow or FFmpeg know beside the pixels of an opened file."""
    said = next((text for name, text in info.items() if str(name).lower() == "comment"), "")
    return together(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))


def in_png(mark: str) -> Any:
    """What Pillow takes as the texts of a PNG; None for no mark."""
    if not mark:
        return None
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text(COMMENT, mark)
    return said


def in_jpeg(mark: str) -> Mapping[str, bytes]:
    """What Pillow takes beside the pixels of a JPEG."""
    return {"comment": mark.encode()} if mark else {}


def in_svg(drawing: str, mark: str) -> str:
    """A drawing as SVG, which says so too.

    >>> in_svg('<svg width="2"><path/></svg>', "made so")
    '<svg width="2"><metadata>made so</metadata><path/></svg>'
    """
    before, tag, after = drawing.partition("<svg")
    own, end, rest = after.partition(">")
    said = f"<metadata>{escape(mark)}</metadata>" if mark and end else ""
    return f"{before}{tag}{own}{end}{said}{rest}"
