"""Films and pictures as files, by PyAV (FFmpeg) and Pillow. Knows pixels and containers, no works and no models.

Every writer writes to the path it is given and nowhere else; whoever calls gives a scratch path and moves the result.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from PIL import Image

from uncaged.core.marks import in_png
from uncaged.core.order import Pixels, Sound
from uncaged.core.pictures import as_png
from uncaged.core.sounds import Track

STRIP_FRAMES = 8
"""Frames of a contact strip."""

PNG = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of film file is written. threads are fixed, so that the bytes do not depend on the machine."""

    suffix: str
    mime: str
    encoder: str
    pixels: str
    options: dict[str, str]
    threads: int = 2
    sound: str = "aac"


CODECS = {
    # yuv420p and faststart: what every browser, phone and television plays, from the first byte on
    "mp4": Codec(
        ".mp4",
        "video/mp4",
        "libx264",
        "yuv420p",
        {"crf": "17", "preset": "veryfast", "profile": "high"},
    ),
    "webm": Codec(
        ".webm",
        "video/webm",
        "libvpx-vp9",
        "yuv420p",
        {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"},
        sound="libopus",
    ),
    "prores": Codec(
        ".mov",
        "video/quicktime",
        "prores_ks",
        "yuv444p10le",
        {"profile": "4444", "vendor": "apl0"},
        sound="pcm_s16le",
    ),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a file holds beside its frames: a sound in parts, to which more may come while it is written, where its form
    can have one; and a mark (`core.marks`)."""

    sound: Sequence[Sound] = ()
    mark: str = ""


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a film file says of itself. seconds and fps as its frames have it; both 0 for a picture."""

    width: int
    height: int
    fps: float
    frames: int
    seconds: float


def rate(fps: float) -> Fraction:
    """Frames per second as the fraction a container stores."""
    return Fraction(fps).limit_denominator(90_000)


def write_film(
    frames: Iterable[Pixels],
    path: Path,
    fps: float,
    form: str | Codec = "mp4",
    beside: Beside = NOTHING,
) -> int:
    """Encodes frames (all of one even size) to `path` as a form of `CODECS`, or in a way of one's own; returns how many
    there were."""
    codec = CODECS[form] if isinstance(form, str) else form
    options = {"movflags": "+faststart"} if codec.suffix in (".mp4", ".mov") else {}
    count = 0
    # PyAV's stubs list every codec there is; the container is taken as it comes
    container: Any = av.open(str(path), "w", options=options, format=codec.suffix[1:])
    with container:
        # a file's bytes are its film and its mark, and nothing else: no encoder version, no date
        container.flags |= 0x0400  # AVFMT_FLAG_BITEXACT
        if beside.mark:
            container.metadata["comment"] = beside.mark
        stream = container.add_stream(codec.encoder, rate=rate(fps))
        stream.pix_fmt = codec.pixels
        stream.codec_context.thread_count = codec.threads
        stream.codec_context.flags |= 0x00800000  # AV_CODEC_FLAG_BITEXACT
        for name in ("color_primaries", "color_trc", "colorspace"):
            setattr(stream.codec_context, name, 1)  # BT.709, as every player assumes
        stream.codec_context.color_range = 1
        track = Track(container, codec.sound, beside.sound) if beside.sound else None
        for pixels in frames:
            if count == 0:
                stream.height, stream.width = pixels.shape[0], pixels.shape[1]
                stream.options = _settings(codec, stream.width)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            frame = frame.reformat(
                format=codec.pixels,
                src_colorspace="ITU709",
                dst_colorspace="ITU709",
                dst_color_range="MPEG",
            )
            frame.pts = count
            frame.time_base = 1 / rate(fps)
            for packet in stream.encode(frame):
                container.mux(packet)
            count += 1
            if track is not None:
                track.until(count / fps)
        for packet in stream.encode():
            container.mux(packet)
        if track is not None:
            track.end(count / fps)
    return count


def _settings(codec: Codec, width: int) -> dict[str, str]:
    """An encoder's options for films of this width.

    x264 plans ahead by a tree over macroblocks (16×16 pixels); where a row has an odd number of them it reads what
    nobody wrote (`valgrind` shows it, in build 165), and one film in some hundred has other bytes than its twin.
    """
    odd = codec.encoder == "libx264" and math.ceil(width / 16) % 2
    return codec.options | {"mbtree": "0"} if odd else codec.options


def write_picture(
    frames: Iterable[Pixels], path: Path, number: int = 0, beside: Beside = NOTHING
) -> int:
    """Writes one of these frames as PNG, its pixels, its mark and nothing else; the last where there are not so many.
    Returns how many it wrote."""
    found: Pixels | None = None
    for i, pixels in enumerate(frames):
        if i <= number:
            found = pixels
    if found is None:
        return 0
    path.write_bytes(as_png(found, beside.mark))
    return 1


def is_picture(path: Path) -> bool:
    """Whether this file is a PNG, as pictures are kept."""
    with path.open("rb") as opened:
        return opened.read(len(PNG)) == PNG


def read_picture(path: Path) -> Pixels:
    """The pixels of a PNG."""
    with Image.open(path, formats=("PNG",)) as picture:
        return cast("Pixels", np.asarray(picture.convert("RGB")))


def read_film(path: Path) -> Iterator[Pixels]:
    """The frames of a kept file, one after the other; of a picture its one."""
    if is_picture(path):
        yield read_picture(path)
        return
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield cast("Pixels", frame.to_ndarray(format="rgb24"))


def chosen_frames(path: Path, wanted: Sequence[int]) -> dict[int, Pixels]:
    """The frames of these numbers, as far as the film has them; the others are decoded, but turned into no pixels."""
    found: dict[int, Pixels] = {}
    if is_picture(path):
        return {0: read_picture(path)} if 0 in wanted else found
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for n, frame in enumerate(container.decode(video=0)):
            if n in wanted:
                found[n] = cast("Pixels", frame.to_ndarray(format="rgb24"))
            if n >= max(wanted):
                break
    return found


def film_facts(path: Path) -> Facts:
    """Counts the frames of a kept file and reads its measures; decodes nothing."""
    if is_picture(path):
        with Image.open(path, formats=("PNG",)) as picture:
            return Facts(*picture.size, 0.0, 1, 0.0)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for packet in container.demux(stream) if packet.size)
        fps = float(stream.average_rate or 0)
        width, height = stream.codec_context.width, stream.codec_context.height
    return Facts(width, height, fps, frames, frames / fps if fps else 0.0)


def write_frames(frames: Iterable[Pixels], folder: Path, beside: Beside = NOTHING) -> int:
    """Writes frames as ``000001.png`` … into a folder that exists; returns how many there were."""
    count = 0
    for count, pixels in enumerate(frames, 1):
        Image.fromarray(pixels).save(
            folder / f"{count:06}.png", compress_level=4, pnginfo=in_png(beside.mark)
        )
    return count


def write_gif(frames: Iterable[Pixels], path: Path, fps: float, beside: Beside = NOTHING) -> int:
    """A GIF that loops; returns how many frames it shows. Its clock has hundredths of a second: single frames differ,
    the film's length does not. Viewers show none for less than two hundredths, so above 50 fps frames are left out.

    One palette for the whole film needs two looks at it: frames wait in a file beside `path`, not in memory.
    """
    waiting = path.with_name(path.name + ".frames")
    shape: tuple[int, ...] = ()
    count = 0
    moments: list[int] = []
    total = 0
    with waiting.open("wb") as file:
        for pixels in frames:
            moment = round(total * 100 / fps)
            total += 1
            if moments and moment - moments[-1] < 2:
                continue
            moments.append(moment)
            count, shape = count + 1, pixels.shape
            file.write(np.ascontiguousarray(pixels).data)
    if count == 0:
        return 0
    moments.append(max(round(total * 100 / fps), moments[-1] + 2))
    film = np.memmap(waiting, np.uint8, "r", shape=(count, *shape))
    sample = np.concatenate(list(film[:: max(1, count // 6)][:6]))
    palette = Image.fromarray(sample).quantize(256, Image.Quantize.MEDIANCUT)
    pictures = (
        Image.fromarray(pixels).quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        for pixels in film
    )
    next(pictures).save(
        path,
        format="GIF",
        save_all=True,
        append_images=pictures,
        duration=[(b - a) * 10 for a, b in pairwise(moments)],
        loop=0,
        disposal=1,
        **({"comment": beside.mark.encode()} if beside.mark else {}),
    )
    waiting.unlink()
    return count


def strip_moments(frames: int, count: int = STRIP_FRAMES) -> list[int]:
    """Which frames a contact strip shows: evenly over the film, the first included; fewer for a short film."""
    count = max(1, min(count, frames))
    return [i * frames // count for i in range(count)]


def contact_strip(pictures: Sequence[Pixels], longest: int = 2048) -> Image.Image:
    """Frames side by side on black film base; `longest`: pixels across at most."""
    height, width = pictures[0].shape[:2]
    gap = max(2, round(width / 64))
    scale = min(1.0, (longest - gap * (len(pictures) + 1)) / (width * len(pictures)))
    w, h = max(1, int(width * scale)), max(1, int(height * scale))
    strip = Image.new("RGB", (gap + (w + gap) * len(pictures), h + 2 * gap), (12, 12, 12))
    for i, pixels in enumerate(pictures):
        picture = Image.fromarray(pixels)
        if scale < 1:
            picture = picture.resize((w, h), Image.Resampling.LANCZOS)
        strip.paste(picture, (gap + i * (w + gap), gap))
    return strip


def contact_sheet(pictures: Sequence[Image.Image], cell: int = 320) -> Image.Image:
    """Pictures in rows on black film base, whole, each in a square of `cell` pixels; about as wide as it is high."""
    across = max(1, math.ceil(math.sqrt(len(pictures) * 4 / 3)))
    down = max(1, math.ceil(len(pictures) / across))
    gap = max(2, cell // 64)
    step = cell + gap
    sheet = Image.new("RGB", (gap + across * step, gap + down * step), (12, 12, 12))
    for i, picture in enumerate(pictures):
        small = picture.convert("RGB")
        small.thumbnail((cell, cell), Image.Resampling.LANCZOS)
        x, y = gap + i % across * step, gap + i // across * step
        sheet.paste(small, (x + (cell - small.width) // 2, y + (cell - small.height) // 2))
    return sheet


def write_strip(frames: Iterable[Pixels], path: Path, count: int, beside: Beside = NOTHING) -> int:
    """A contact strip of `STRIP_FRAMES` of the film's `count` frames; returns how many it shows."""
    wanted = set(strip_moments(count))
    chosen = [pixels for i, pixels in enumerate(frames) if i in wanted]
    contact_strip(chosen).save(path, format="PNG", pnginfo=in_png(beside.mark))
    return len(chosen)


def reduced(pixels: Pixels, longest: int) -> Pixels:
    """The frame with at most `longest` pixels on its longer side."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return cast("Pixels", np.asarray(picture))


def small_png(pixels: Pixels, longest: int = 96) -> bytes:
    """A preview: the frame reduced to `longest` pixels, as PNG."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((longest, longest), Image.Resampling.BOX)
    stream = BytesIO()
    picture.save(stream, format="PNG", compress_level=1)
    return stream.getvalue()
