"""The child that decodes a stranger's film: its path and what is wanted in; its measures, sound and frames out.

Memory, time and output are limited before its first byte is parsed. What it says of itself is only said, not believed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from uncaged.core.order import Pixels, Sound

FRAME, SOUND, END = b"F", b"S", b"E"
"""What stands before the bytes of a frame, before the line and the bytes of a part of the sound, and before the last
line."""

PART: Final = 1 << 15
"""Samples of a part of the sound that come at once, at most."""

SLACK: Final = 8.0
"""So many times longer than what is wanted of it, and it is not even looked at to its end."""

EACH: Final = 0.5
"""Seconds of a processor for each frame that is wanted, beside those that any film has."""


def measures(path: Path) -> dict[str, Any]:
    """What its header says. frames: as its index counts them, 0 where it has none. mark: see `core.marks`."""
    import av

    from uncaged.core.marks import of_info
    from uncaged.core.strip_child import PIXELS

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        wide, high = stream.codec_context.width, stream.codec_context.height
        found = {"width": wide, "height": high, "frames": int(stream.frames or 0)}
        if not 0 < wide * high <= PIXELS:
            raise ValueError("its frames have no size, or are too large")
        said = {"fps": float(stream.average_rate or 0), "mark": of_info(container.metadata)}
        return found | said


def heard(path: Path, seconds: float, broke: list[str]) -> Iterator["Sound"]:
    """Its sound, so many seconds of it at most, in parts. Where it cannot be decoded to its end, `broke` takes note of
    it: the frames are worth it all the same."""
    import numpy as np

    from uncaged.core.order import Sound
    from uncaged.core.sounds import RATES, sound_parts

    waiting: list[Sound] = []
    try:
        for part in sound_parts(path, seconds, rates=RATES):
            waiting.append(part)
            if sum(one.waves.shape[1] for one in waiting) >= PART:
                whole = np.concatenate([one.waves for one in waiting], axis=1)
                whole, rest = whole[:, :PART], whole[:, PART:]
                waiting = [Sound(rest, part.rate)]
                yield Sound(whole, part.rate)
    except MemoryError:
        raise
    except Exception as error:
        broke.append(type(error).__name__)
    for one in waiting:
        for at in range(0, one.waves.shape[1], PART):
            yield Sound(one.waves[:, at : at + PART], one.rate)


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
    cut: list[str] = []
    limit(SECONDS + EACH * count)
    try:
        found = measures(path)
        out.write(json.dumps(found).encode() + b"\n")
        out.flush()
        for part in heard(path, count / rate, cut):
            channels, samples = part.waves.shape
            said = {"channels": channels, "rate": part.rate, "samples": samples}
            out.write(SOUND + json.dumps(said).encode() + b"\n" + part.waves.tobytes())
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
        # without the path, which is of this machine
        told = getattr(error, "strerror", None) or error
        why = " ".join(str(told).split())[:200] or type(error).__name__
        if not seen[0]:
            refuse(why, damaged=True)
        why = f"it breaks off after {seen[0]} frames: {why}"
        out.write(END + json.dumps({"seen": seen[0], "broke": why}).encode() + b"\n")
    else:
        end = {"seen": seen[0], "broke": "", "cut": bool(cut)}
        out.write(END + json.dumps(end).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
