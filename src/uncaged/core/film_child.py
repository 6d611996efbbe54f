"""The child that decodes a stranger's film: its path and what is wanted in; its measures, then frame after frame out.

Memory, time and output are limited before its first byte is parsed. What it says of itself is only said, not believed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from uncaged.core.order import Pixels

FRAME, END = b"F", b"E"
"""What stands before the bytes of a frame, and before the last line."""

SLACK: Final = 8.0
"""So many times longer than what is wanted of it, and it is not even looked at to its end."""

EACH: Final = 0.5
"""Seconds of a processor for each frame that is wanted, beside those that any film has."""


def measures(path: Path) -> dict[str, float | int]:
    """What its header says. frames: as its index counts them, 0 where it has none."""
    import av

    from uncaged.core.strip_child import PIXELS

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        wide, high = stream.codec_context.width, stream.codec_context.height
        found = {"width": wide, "height": high, "frames": int(stream.frames or 0)}
        if not 0 < wide * high <= PIXELS:
            raise ValueError("its frames have no size, or are too large")
        return found | {"fps": float(stream.average_rate or 0)}


def chosen(
    path: Path, fps: float, size: tuple[int, int], wanted: tuple[int, float], seen: list[int]
) -> Iterator["Pixels"]:
    """Its frames at our moments and in our size; fewer where it is shorter. fps: its own. wanted: how many, and how
    many of them a second. seen: takes note of how many it had."""
    from uncaged.core.media import read_film

    count, rate = wanted
    given, most = 0, int(SLACK * (count / rate * fps + 10))
    for pixels in read_film(path):
        shown = None
        while given < count and int(given / rate * fps + 1e-6) <= seen[0]:
            shown = _scaled(pixels, size) if shown is None else shown
            yield shown
            given += 1
        seen[0] += 1
        if given >= count or seen[0] > most:
            return


def _scaled(pixels: "Pixels", size: tuple[int, int]) -> "Pixels":
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    import numpy as np
    from PIL import Image

    picture: Any = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)
    return cast("Pixels", np.asarray(picture))


def main() -> None:
    """argv: the film's path, width, height, how many frames are wanted, and how many of them a second."""
    sys.path.insert(
        0, str(Path(__file__).resolve().parents[2])
    )  # run alone, it finds its own studio
    from uncaged.core.picture_child import SECONDS, limit, refuse

    path, (wide, high, count) = Path(sys.argv[1]), map(int, sys.argv[2:5])
    rate, out, seen = float(sys.argv[5]), sys.stdout.buffer, [0]
    limit(SECONDS + EACH * count)
    try:
        found = measures(path)
        out.write(json.dumps(found).encode() + b"\n")
        out.flush()
        for pixels in chosen(path, float(found["fps"]), (wide, high), (count, rate), seen):
            out.write(FRAME + pixels.tobytes())
            out.flush()
    except MemoryError:
        refuse("needs more memory than the studio gives to a film.")
    except BrokenPipeError:
        raise
    except (
        Exception
    ) as error:  # whatever a decoder says of a hostile file, people hear one sentence
        said = (
            getattr(error, "strerror", None) or error
        )  # without the path, which is of this machine
        why = " ".join(str(said).split())[:200] or type(error).__name__
        if not seen[0]:
            refuse(why, damaged=True)
        why = f"it breaks off after {seen[0]} frames: {why}"
        out.write(END + json.dumps({"seen": seen[0], "broke": why}).encode() + b"\n")
    else:
        out.write(END + json.dumps({"seen": seen[0], "broke": ""}).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
