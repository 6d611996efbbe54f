"""The child that looks through one kept film: its path in; a header line, a still and a contact strip as JPEG out, or
its first frame as PNG, or what any film or picture says of itself.

A kept film may have come with somebody's export: memory, time and output are limited before its first byte is parsed.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

PIXELS = 40_000_000
"""Pixels of one frame, at most."""

STILL, STRIP, QUALITY = 768, 2048, 84
"""Pixels of the still's longer side, and of the strip across, at most; how faithful a JPEG is."""


def look(path: Path) -> tuple[bytes, bytes]:
    """The frame in the middle of the film, and eight of its frames side by side; both bear its mark."""
    from PIL import Image

    from uncaged.core import media
    from uncaged.core.marks import mark_of

    facts = media.film_facts(path)
    if facts.width * facts.height > PIXELS:
        raise ValueError("its frames are too large")
    moments, middle = media.strip_moments(facts.frames), facts.frames // 2
    found = media.chosen_frames(path, [*moments, middle])
    if not found:
        raise ValueError("it has no frames")
    last = found[max(found)]  # a film may have fewer frames than it says
    chosen = [media.reduced(found.get(n, last), STRIP // media.STRIP_FRAMES) for n in moments]
    still = Image.fromarray(media.reduced(found.get(middle, last), STILL))
    mark = mark_of(path)
    return _jpeg(still, mark), _jpeg(media.contact_strip(chosen, STRIP), mark)


def first(path: Path) -> bytes:
    """The first frame as it is, as PNG, with the film's mark."""
    from uncaged.core import media
    from uncaged.core.marks import mark_of
    from uncaged.core.pictures import as_png

    facts = media.film_facts(path)
    if facts.width * facts.height > PIXELS:
        raise ValueError("its frames are too large")
    return as_png(media.chosen_frames(path, [0])[0], mark_of(path))


def facts(path: Path) -> dict[str, float | int | None]:
    """Width, height, frames, and for a film frames a second and seconds; of a picture no pixel is decoded."""
    from PIL import Image, UnidentifiedImageError

    from uncaged.core import media
    from uncaged.core.picture_child import FORMATS

    try:
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            frames = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
            return {
                "width": width,
                "height": height,
                "frames": frames,
                "fps": None,
                "seconds": None,
            }
    except UnidentifiedImageError:
        found = media.film_facts(path)
    return {name: getattr(found, name) for name in ("width", "height", "frames", "fps", "seconds")}


def _jpeg(picture: object, mark: str) -> bytes:
    from PIL import Image

    from uncaged.core.marks import in_jpeg

    assert isinstance(picture, Image.Image)
    stream = BytesIO()
    picture.save(stream, format="JPEG", quality=QUALITY, optimize=True, **in_jpeg(mark))
    return stream.getvalue()


def main() -> None:
    """argv: the film's path, and "frame" for its first frame alone, "facts" for what it says of itself."""
    sys.path.insert(
        0, str(Path(__file__).resolve().parents[2])
    )  # run alone, it finds its own studio
    from uncaged.core.picture_child import limit, refuse

    limit()
    try:
        if sys.argv[2:] == ["facts"]:
            print(json.dumps(facts(Path(sys.argv[1]))))
            return
        if sys.argv[2:] == ["frame"]:
            still, strip = first(Path(sys.argv[1])), b""
        else:
            still, strip = look(Path(sys.argv[1]))
    except MemoryError:
        refuse("needs more memory than the studio gives to a picture.")
    except Exception:  # whatever a decoder says of a hostile file, the page hears one sentence
        refuse("is damaged, or no film the studio can open.", damaged=True)
    else:
        head = json.dumps({"still": len(still), "strip": len(strip)}) + "\n"
        sys.stdout.buffer.write(head.encode() + still + strip)


if __name__ == "__main__":
    main()
