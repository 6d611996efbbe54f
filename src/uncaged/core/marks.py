"""What a file says of itself because a licence demands it: that a machine made it, in words and for machines to read.

Stands where each container has its comment, and goes along into every form that a film is taken in. Nothing here takes
one away.
"""

from pathlib import Path
from typing import Any, Final

COMMENT: Final = "Comment"
SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""What IPTC calls media that a trained model made (Digital Source Type), as content credentials do too."""


def made_with(model: str) -> str:
    """The mark of what a model makes.

    >>> made_with("LTX-2")[:29]
    'Made by a machine with LTX-2;'
    """
    return f"Made by a machine with {model}; digitalSourceType {SOURCE}"


def mark_of(path: Path) -> str:
    """What a kept film or picture says of itself; empty where it says nothing, or cannot be read."""
    try:
        with path.open("rb") as opened:
            is_png = opened.read(4) == b"\x89PNG"
        if is_png:
            from PIL import Image  # as with FFmpeg below: whoever only knows of marks needs neither

            with Image.open(path, formats=("PNG",)) as picture:
                return str(picture.info.get(COMMENT, ""))
        import av

        with av.open(str(path)) as container:
            said = {name.lower(): text for name, text in container.metadata.items()}
            return said.get(COMMENT.lower(), "")
    except (OSError, ValueError):
        return ""


def in_png(mark: str) -> Any:
    """What Pillow takes as the texts of a PNG; None for no mark."""
    if not mark:
        return None
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text(COMMENT, mark)
    return said
