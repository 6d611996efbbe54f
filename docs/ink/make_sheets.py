"""Draws the pictures of this folder anew: `make sheets`. Each is what the program draws, untouched.

forty.jpg    the forty sentences of `forty.txt`, one still each
films.jpg    eight films, eight frames each
frames.jpg   one sentence in frames from 21:9 to 9:16
first.jpg    the film that `make film` makes, as a contact strip (the README shows it)
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from uncaged.core.media import contact_strip, strip_moments
from uncaged.core.order import Order, Pixels
from uncaged.engines.ink.engine import reading_of, stage_of
from uncaged.engines.ink.picture import Picture
from uncaged.engines.registry import engine

HERE = Path(__file__).parent
DEFAULT = "two yellow birds over a blue hill at dusk"

FILMS = (
    (DEFAULT, 1),
    ("a dancer in a room", 6),
    ("a fox in the snow at night", 2),
    ("three horses running in the wind", 1),
    ("an orange tree draws itself, ink on paper", 1),
    ("a vine growing in a garden, moss", 1),
    ("two birds over the sea, ink, traces", 2),
    ("a person walking in a village in the rain", 4),
)

FRAMES = ((21, 9), (16, 9), (4, 3), (1, 1), (3, 4), (9, 16))


def picture(text: str, seed: int, size: tuple[int, int], seconds: float = 6.0) -> Picture:
    """The drawn film of a sentence."""
    score = engine("ink").score(text, seed=seed, size=size, seconds=seconds)
    return Picture(stage_of(score, reading_of(Order("", 0, score)).scene))


def still(text: str, seed: int, size: tuple[int, int], at: float = 0.45) -> Pixels:
    """One frame, `at` of the way through a film of two seconds."""
    return picture(text, seed, size, 2.0).frame(int(at * 48))


def grid(pictures: list[Pixels], columns: int, gap: int = 3) -> Image.Image:
    """Pictures of one size, a little apart."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), 255, np.uint8)
    for i, pixels in enumerate(pictures):
        y, x = i // columns * (height + gap), i % columns * (width + gap)
        sheet[y : y + height, x : x + width] = pixels
    return Image.fromarray(sheet)


def sentences(name: str) -> list[str]:
    """The sentences of a text file, without what must be seen (after the tab)."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line and not line.startswith("#")]


def save(sheet: Image.Image, name: str) -> None:
    """As JPEG: these are to be looked at, not measured."""
    sheet.save(HERE / name, quality=82, optimize=True, progressive=True)
    print(f"{name}  {sheet.width}x{sheet.height}  {(HERE / name).stat().st_size // 1024} kB")


def forty() -> None:
    save(grid([still(text, 1, (208, 208)) for text in sentences("forty.txt")], 8), "forty.jpg")


def films() -> None:
    frames: list[Pixels] = []
    for text, seed in FILMS:
        film = picture(text, seed, (192, 192))
        frames += [film.frame(i) for i in strip_moments(144)]
    save(grid(frames, 8), "films.jpg")


def frames() -> None:
    height = 220
    shown = [
        still("a boat on the sea at sunset", 3, (2 * round(height * w / h / 2), height))
        for w, h in FRAMES
    ]
    gap = np.full((height, 8, 3), 255, np.uint8)
    apart = [part for pixels in shown for part in (pixels, gap)][:-1]
    save(Image.fromarray(np.concatenate(apart, axis=1)), "frames.jpg")


def first() -> None:
    film = picture(DEFAULT, 1, (512, 512))
    save(contact_strip([film.frame(i) for i in strip_moments(144)], 1600), "first.jpg")


SHEETS = {"forty": forty, "films": films, "frames": frames, "first": first}

if __name__ == "__main__":
    for name in sys.argv[1:] or SHEETS:
        SHEETS[name]()
