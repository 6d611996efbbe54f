"""`ink` as an engine: its card, its dials, the performance from a score to frames. The one file that knows all rooms.

Importing it is cheap: words, kinds and renderer are imported when a performance begins.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncaged.core.genome import Genome
from uncaged.core.order import Event, Frame, Order, PositionFound, Progress, Understood
from uncaged.core.score import Score
from uncaged.engines.base import Capabilities, Card, Engine, Options, dial

if TYPE_CHECKING:
    from uncaged.engines.ink.scene import Scene
    from uncaged.engines.ink.stage import Stage
    from uncaged.engines.ink.words.reading import Reading

GENERATION = 1
"""Raised whenever the same score gives other frames than before; stands in every recipe."""


class InkOptions(Options):
    """The hand's dials. 1 is the plain amount; each multiplies what the position says, and any number is legal."""

    line: float = dial(1.0, 0.3, 2.5, "Width of the pen's line.")
    wobble: float = dial(1.0, 0.0, 4.0, "How far the pen errs.")
    shade: float = dial(1.0, 0.0, 1.6, "Amount of grain or hatching on the shadow side.")
    offset: float = dial(
        1.0, 0.0, 5.0, "How far colour lies beside its line, as in a print that slipped."
    )
    tempo: float = dial(1.0, 0.3, 2.0, "Speed of everything that goes round: wings, steps, waves.")
    poses: float = dial(
        12.0, 4.0, 24.0, "Drawings a second; between two of them only places move.", "1/s"
    )


class Ink(Engine):
    """A drawing program after Harold Cohen's AARON: rules instead of weights."""

    name = "ink"
    card = Card(
        summary="Draws a sentence as an animated print: flat colour, grain, a pen over it. Nothing was trained.",
        origin="Part of the studio; rules written by hand, after Harold Cohen's AARON and the printmakers.",
        training_data="None. It knows what was written into it: some forty kinds of things and twelve settings.",
        licence="AGPL-3.0-or-later",
        works="CC0-1.0 for what the program adds: the drawings are yours.",
    )
    options = InkOptions
    capabilities = Capabilities(
        pictures=1, position=True, lexicons=True, loop=True, exact=True, strokes=True
    )

    def open(self, files: Mapping[str, Path], device: str = "cpu") -> "InkPerformance":
        return InkPerformance()

    @property
    def neutral(self) -> Mapping[str, float]:
        from uncaged.engines.ink.genome import NEUTRAL

        return NEUTRAL

    @property
    def scale(self) -> Mapping[str, float]:
        from uncaged.engines.ink.genome import SCALE

        return SCALE

    def check_words(self, data: bytes, name: str) -> None:
        from uncaged.engines.ink.words.lexicon import Lexicon

        Lexicon.from_bytes(data, name)

    def recipe(self) -> dict[str, str]:
        from uncaged.core.version import __version__

        names = ("numpy", "skia-python")
        return {
            "engine": f"ink {GENERATION}",
            "rules": rules(),
            "uncaged": __version__,
            "unicode": unicodedata.unidata_version,  # words are folded by its tables
        } | {name: version(name) for name in names}

    def genome(self, score: Score) -> Genome:
        from uncaged.engines.ink.genome import genome

        if score.position is not None:
            return Genome.from_json(score.position, self.name)
        return genome(reading_of(Order("", 0, score)).scene)


@cache
def rules() -> str:
    """Twelve characters of a hash over this folder: rules, words and palettes, one's own changes included."""
    digest = sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


class InkPerformance:
    """The opened program: nothing to load but its code."""

    def perform(self, order: Order) -> Iterator[Event]:
        from uncaged.engines.ink.genome import genome
        from uncaged.engines.ink.picture import Picture

        reading = reading_of(order)
        yield Understood(reading.words, reading.sentence)
        yield PositionFound(
            order.score.position
            if order.score.position is not None
            else genome(reading.scene).to_json()
        )
        yield Progress(0, order.score.frame_count, "setting the stage")
        picture = Picture(stage_of(order.score, reading.scene))
        for i in range(order.score.frame_count):
            yield Frame(picture.frame(i))
            yield Progress(i + 1, order.score.frame_count, "drawing")

    def strokes(self, order: Order, at: float) -> str:
        from uncaged.engines.ink.strokes import strokes, svg

        score = order.score
        t = min(max(at / score.seconds, 0.0), 1.0 - 1e-9)
        title = " ".join(score.text.split())[:200]
        return svg(strokes(stage_of(score, reading_of(order).scene), t), title=title)


def reading_of(order: Order) -> "Reading":
    """The scene of a score: its position where it has one, else its words, with what a picture lends."""
    from uncaged.engines.ink.genome import scene
    from uncaged.engines.ink.words.lexicon import Lexicon
    from uncaged.engines.ink.words.reading import read

    score = order.score
    if score.position is not None:
        from uncaged.engines.ink.words.reading import Reading

        return Reading(
            scene(Genome.from_json(score.position, "ink")), {}, "Drawn from its position."
        )
    lexicons = [
        Lexicon.from_bytes(Path(order.files[sha]).read_bytes(), sha[:8])
        for sha in score.lexicons
        if sha in order.files
    ]
    reading = read(score.text, score.seed, lexicons)
    for given in score.pictures:
        if given.sha256 in order.files:
            reading = _lent(reading, Path(order.files[given.sha256]))
    return reading


def _lent(reading: "Reading", path: Path) -> "Reading":
    from dataclasses import replace

    from uncaged.core.pictures import Limits, open_picture
    from uncaged.engines.ink.lent import lend

    return replace(
        reading,
        scene=lend(reading.scene, open_picture(path, Limits())),
        sentence=f"{reading.sentence} Colours and composition: lent by the picture.",
    )


def stage_of(score: Score, scene: "Scene") -> "Stage":
    """Composes a scene for the score's frame and length, with the score's dials on it."""
    from uncaged.engines.ink.colour import palette
    from uncaged.engines.ink.compose import compose
    from uncaged.engines.ink.scene import Dials
    from uncaged.engines.ink.stage import Film

    dials: dict[str, Any] = {
        name: getattr(scene.dials, name) * float(score.options.get(name, 1.0))
        for name in ("line", "wobble", "shade", "offset", "tempo")
    }
    film = Film(
        *score.size,
        score.seconds,
        float(score.fps),
        score.frame_count,
        score.loop,
        float(score.options.get("poses", 12.0)),
    )
    return compose(scene.evolve(dials=Dials(**dials)), film, palette(scene.palette, scene.colours))
