"""`ink` as data: an endless stream of drawn scenes with their labels, boxes and captions, from a seed.

Every example can be made anew from (seed, n) alone, on any machine. Knows how plans become scenes and pictures; what is
drawn, and what it is called, is decided in `data_plan` and `data_captions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong
from uncaged.core.genome import Genome
from uncaged.engines.ink.data_captions import Caption, captions
from uncaged.engines.ink.data_plain import Box, PlainPicture, boxes
from uncaged.engines.ink.data_plan import Plan, plan, scene_of
from uncaged.engines.ink.genome import genome
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.stage import Film, Stage
from uncaged.engines.ink.staging import staged

__all__ = ["Caption", "Example", "Label", "example", "examples"]

SECONDS: Final = 2.0
"""How long the film is that an example's frames are taken from."""

ALONE: Final = 24
"""Frames of the film that a single one is taken from."""

SMALLEST, LARGEST = 16, 2048
"""Pixels of a picture's side."""

MOST_FRAMES: Final = 240
FARTHEST: Final = 2**53 - 1
"""The largest seed, and the largest number of an example."""


@dataclass(frozen=True, slots=True)
class Label:
    """One body by names.

    body: its key (``s1.0``: the first body of subject s1). kind, form: of the register of kinds; form "" = its seed
    chose. hue: one of the twelve, "" = a colour of the palette. count: how many bodies its subject has, 1 … 9.
    motion, posture, gesture: names of their tables in `scene`. relation: how its subject stands to subject `to`,
    "none" and "" where it stands to nobody.
    """

    body: str
    subject: str
    kind: str
    form: str
    hue: str
    count: int
    motion: str
    posture: str
    gesture: str
    relation: str
    to: str


@dataclass(frozen=True, slots=True)
class Example:
    """One drawn scene and all that is known of it.

    number: its place in the stream. scene, genome: what was drawn, as a record and as a position. frames: (n, h, w, 3)
    uint8, sRGB. labels: one for each body, back to front. boxes: (n, bodies, 4) float32, in the order of the labels:
    left, top, right, bottom in pixels, cut to the frame; all zero where a body is outside of it. What hides a body does
    not make its box smaller. captions: the same scene in several wordings and languages.
    """

    number: int
    scene: Scene
    genome: Genome
    frames: NDArray[np.uint8]
    labels: tuple[Label, ...]
    boxes: NDArray[np.float32]
    captions: tuple[Caption, ...]


def examples(
    seed: int, *, side: int = 64, frames: int = 1, plain: bool = True, start: int = 0
) -> Iterator[Example]:
    """An endless stream of examples, beginning with number `start`; see `example`.

    Kinds, counts 1 … 9, hues, relations, acts, settings and palettes come in rounds, each as often as the next. Two
    streams of different seeds have nothing in common; to share the work, take every k-th number of one stream.

    >>> one = next(examples(1, start=3))
    >>> one.frames.shape, one.number
    ((1, 64, 64, 3), 3)
    """
    _check(seed, side, frames, start)
    for number in count(start):
        yield example(seed, number, side=side, frames=frames, plain=plain)


def example(
    seed: int, number: int, *, side: int = 64, frames: int = 1, plain: bool = True
) -> Example:
    """Example `number` (0 …) of the stream of `seed` (0 … 2⁵³ − 1): the same always, and whatever came before.

    side: pixels of the square picture, 16 … 2048. frames: 1 … 240, evenly over two seconds; a single one comes from
    their middle half. plain: flat forms with an even line, no grain, no paper, no pen, legible at 64 pixels; otherwise
    as the engine draws. Raises `AskedWrong` for a number outside of these bounds.
    """
    _check(seed, side, frames, number)
    planned = plan(seed, number)
    scene = scene_of(planned, seed, number)
    film, shown = _film(side, frames, Stream(f"data/{seed}/{number}/film"))
    stage = staged(scene, film)
    pictures, found = _drawn(stage, shown, plain)
    keys = [actor.key for actor in stage.actors]
    return Example(
        number,
        scene,
        genome(scene),
        np.stack(pictures),
        tuple(_label(key, planned, scene) for key in keys),
        np.array([[frame[key] for key in keys] for frame in found], np.float32),
        captions(planned, Stream(f"data/{seed}/{number}/words")),
    )


def _check(seed: int, side: int, frames: int, number: int) -> None:
    for name, value, low, high in (
        ("seed", seed, 0, FARTHEST),
        ("side", side, SMALLEST, LARGEST),
        ("frames", frames, 1, MOST_FRAMES),
        ("start", number, 0, FARTHEST),
    ):
        if not low <= value <= high:
            raise AskedWrong(
                f"{name} is {value}; a stream of examples takes {low} to {high}.",
                f"Give {name} as a whole number between them.",
            )


def _film(side: int, frames: int, lots: Stream) -> tuple[Film, range]:
    """The film, and which of its frames are shown."""
    if frames > 1:
        return Film(side, side, SECONDS, frames / SECONDS, frames), range(frames)
    at = lots.integer(ALONE // 4, 3 * ALONE // 4)
    return Film(side, side, SECONDS, ALONE / SECONDS, ALONE), range(at, at + 1)


def _drawn(
    stage: Stage, shown: range, plain: bool
) -> tuple[list[NDArray[np.uint8]], list[dict[str, Box]]]:
    if plain:
        picture = PlainPicture(stage)
        both = [picture.frame(i) for i in shown]
        return [pixels for pixels, _ in both], [found for _, found in both]
    full = Picture(stage)
    return [full.frame(i) for i in shown], [boxes(stage, i) for i in shown]


def _label(key: str, planned: Plan, scene: Scene) -> Label:
    name = key.partition(".")[0]
    thing = planned.things[int(name[1:]) - 1]
    subject = scene.subject(name)
    assert subject is not None, "every body belongs to a subject of its scene"
    return Label(
        key,
        name,
        subject.kind,
        subject.form,
        thing.hue,
        thing.count,
        subject.motion,
        subject.posture,
        subject.gesture,
        subject.relation,
        subject.to,
    )
