"""Draws the pictures of this folder anew: `make sheets`. Each is what the program draws, untouched.

forty.jpg      the forty sentences of forty.txt, one still each
prompts48.jpg  forty-eight that ask for everything (prompts48.txt)
languages.jpg  twenty sentences each in German, Spanish and French (languages.txt)
motion.jpg     twelve strips of eight moments
random.jpg     two hundred nouns drawn by lot (random2.txt), each with its word
untuned.jpg    lines of poems and headlines that nobody tuned for (untuned.txt)
films.jpg      eight films, eight frames each
frames.jpg     one sentence in frames from 21:9 to 9:16
first.jpg      the film that `make film` makes, as a contact strip (the README shows it)
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from uncaged.core.media import contact_strip, strip_moments
from uncaged.core.order import Order, Pixels
from uncaged.engines.ink.cuts import cuts
from uncaged.engines.ink.engine import moving_of, reading_of
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

STRIPS = (
    ("a woman walks through a village", 7),
    ("a man runs across a meadow", 1),
    ("a horse trots in the snow", 1),
    ("a rabbit hops in a garden", 4),
    ("a baby crawls in a room", 4),
    ("a green turtle swims under the sea", 6),
    ("an eagle glides over the mountains", 9),
    ("a cat sits in the garden, then it lies down, then it sleeps", 1),
    ("a man holds a rose in a garden, then he gives the rose to a woman, then they hug", 1),
    ("a dog enters a room, then the dog departs", 6),
    ("a red ball bounces in the street", 1),
    ("two dancers dance under the moon", 5),
)
"""Gaits, postures, gestures, coming and going, weight, dance."""

FRAMES = ((21, 9), (16, 9), (4, 3), (1, 1), (3, 4), (9, 16))
LARGEST = 700_000
"""Bytes of a sheet."""


def film(
    text: str,
    seed: int,
    size: tuple[int, int],
    moments: Sequence[float],
    seconds: float = 6.0,
    options: dict[str, Any] | None = None,
) -> list[Pixels]:
    """Frames of a film at moments (0 … 1), whatever cuts are in it."""
    score = engine("ink").score(text, seed=seed, size=size, seconds=seconds, options=options or {})
    count = score.frame_count
    found = cuts(reading_of(Order("", 0, score)).scene, count)
    shown = [moving_of(score, cut.scene, cut.film) for cut in found]
    out: list[Pixels] = []
    for moment in moments:
        number = min(int(moment * count), count - 1)
        which = max(i for i, cut in enumerate(found) if cut.first <= number)
        out.append(shown[which].frame(number - found[which].first))
    return out


def still(
    text: str,
    seed: int,
    size: tuple[int, int],
    options: dict[str, Any] | None = None,
    at: float = 0.45,
) -> Pixels:
    """One frame of a film of two seconds; of one with several scenes, the middles of the first two side by side."""
    score = engine("ink").score(text, seed=seed, size=size, seconds=2.0, options=options or {})
    if reading_of(Order("", 0, score)).scene.then is None:
        return film(text, seed, size, [at], 2.0, options)[0]
    both = film(text, seed, size, [0.25, 0.75], 4.0, options)
    half, quarter = size[0] // 2, size[0] // 4
    return np.concatenate([pixels[:, quarter : quarter + half] for pixels in both], axis=1)


def grid(pictures: list[Pixels], columns: int, gap: int = 3) -> Image.Image:
    """Pictures of one size, a little apart."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), 255, np.uint8)
    for i, pixels in enumerate(pictures):
        y, x = i // columns * (height + gap), i % columns * (width + gap)
        sheet[y : y + height, x : x + width] = pixels
    return Image.fromarray(sheet)


def labelled(pixels: Pixels, word: str, height: int = 13) -> Pixels:
    """A picture with its word under it."""
    label = Image.new("RGB", (pixels.shape[1], height), "white")
    draw = ImageDraw.Draw(label)
    draw.text((1, 0), word[:16], "black", ImageFont.load_default(10))
    return np.concatenate([pixels, np.asarray(label)])


def lines(name: str) -> list[list[str]]:
    """The lines of a text file, parted at tabs: the sentence, what must be seen, options."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def sentences(name: str) -> list[str]:
    """The sentences of a text file."""
    return [line[0] for line in lines(name)]


def save(sheet: Image.Image, name: str, quality: int = 82) -> None:
    """As JPEG, which is to be looked at, not measured; as good as fits."""
    target = HERE / name
    sheet.save(target, quality=quality, optimize=True, progressive=True)
    while target.stat().st_size > LARGEST and quality > 50:
        quality -= 4
        sheet.save(target, quality=quality, optimize=True, progressive=True)
    print(f"{name}  {sheet.width}x{sheet.height}  {target.stat().st_size // 1024} kB")


def forty() -> None:
    save(grid([still(text, 1, (208, 208)) for text in sentences("forty.txt")], 8), "forty.jpg")


def prompts48() -> None:
    shown = [still(line[0], 1, (208, 208), _options(line)) for line in lines("prompts48.txt")]
    save(grid(shown, 8), "prompts48.jpg")


def _options(line: list[str]) -> dict[str, Any]:
    """``unknown=write memory=1`` behind the second tab."""
    pairs = [pair.split("=") for pair in (line[2].split() if len(line) > 2 else [])]
    return {name: value if value.isalpha() else float(value) for name, value in pairs}


def languages() -> None:
    save(
        grid([still(text, 1, (160, 160)) for text in sentences("languages.txt")], 10),
        "languages.jpg",
    )


def untuned() -> None:
    save(grid([still(text, 1, (208, 208)) for text in sentences("untuned.txt")], 8), "untuned.jpg")


def nouns() -> None:
    shown = [labelled(still(word, 1, (96, 96)), word) for word in sentences("random2.txt")]
    save(grid(shown, 20), "random.jpg")


def motion() -> None:
    moments = [(i + 0.5) / 8 for i in range(8)]
    frames = [
        frame for text, seed in STRIPS for frame in film(text, seed, (160, 160), moments, 4.0)
    ]
    save(grid(frames, 8), "motion.jpg")


def films() -> None:
    moments = [i / 144 for i in strip_moments(144)]
    shown = [frame for text, seed in FILMS for frame in film(text, seed, (192, 192), moments)]
    save(grid(shown, 8), "films.jpg")


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
    moments = [i / 144 for i in strip_moments(144)]
    save(contact_strip(film(DEFAULT, 1, (512, 512), moments), 1600), "first.jpg")


SHEETS = {
    "forty": forty,
    "prompts48": prompts48,
    "languages": languages,
    "motion": motion,
    "random": nouns,
    "untuned": untuned,
    "films": films,
    "frames": frames,
    "first": first,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SHEETS:
        SHEETS[name]()
