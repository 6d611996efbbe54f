"""`ink` as an engine: its card, its dials, the performance from a score to frames. The one file that knows all rooms.

Importing it is cheap: words, kinds and renderer are imported when a performance begins.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from uncaged.core.genome import Genome
from uncaged.core.order import Event, Frame, Order, PositionFound, Progress, Understood
from uncaged.core.score import Score
from uncaged.engines.base import Capabilities, Card, Engine
from uncaged.engines.dials import Options, dial

if TYPE_CHECKING:
    from uncaged.engines.ink.panels import Moving
    from uncaged.engines.ink.scene import Scene
    from uncaged.engines.ink.stage import Film
    from uncaged.engines.ink.words.reading import Reading

ORDINARY = 6.0
"""Seconds of a film where nobody says how long; a picture is its middle."""

GENERATION = 2
"""Raised whenever the same score gives other frames than before; stands in every recipe."""


def kinds_known() -> str:
    """How many kinds of things a sentence can name, counted in the catalogue without importing one of them.

    Where the catalogue is missing (everything works without it, only later), it is "hundreds of".
    """
    try:
        kept = json.loads((Path(__file__).parent / "kinds" / "catalogue.json").read_bytes())
    except (OSError, ValueError):
        return "hundreds of"
    return str(sum(not row.get("hidden", False) for row in kept["kinds"]))


class InkOptions(Options):
    """The hand's dials; any number is legal. Those that begin at 1 multiply what the position says, those that begin
    at 0 are added to it."""

    line: float = dial(1.0, 0.3, 2.5, "Width of the pen's line.")
    wobble: float = dial(1.0, 0.0, 4.0, "How far the pen errs.")
    shade: float = dial(1.0, 0.0, 1.6, "Amount of grain or hatching on the shadow side.")
    offset: float = dial(
        1.0, 0.0, 5.0, "How far colour lies beside its line, as in a print that slipped."
    )
    tempo: float = dial(1.0, 0.3, 2.0, "Speed of everything that goes round: wings, steps, waves.")
    proportion: float = dial(
        1.0,
        0.4,
        2.5,
        "How far bodies leave their proportions: heads, limbs, girths swell and shrink.",
    )
    density: float = dial(1.0, 0.2, 2.5, "Marks of patterns and shadows; plants and small things.")
    repetition: float = dial(0.0, 0.0, 2.0, "Bodies come again beside themselves, paler.")
    fragments: float = dial(0.0, 0.0, 2.0, "Bodies fall into shards that drift apart.")
    hunger: float = dial(0.0, 0.0, 2.0, "The pen searches, line over line, past every corner.")
    inversion: float = dial(0.0, 0.0, 1.0, "What is small becomes large, what is large small.")
    symmetry: float = dial(
        0.0, 0.0, 2.0, "The frame mirrors itself, across; from 1 on downwards, too."
    )
    emptiness: float = dial(0.0, 0.0, 1.0, "Things leave the picture; the paper remains.")
    memory: float = dial(0.0, 0.0, 2.0, "How strongly earlier drawings stay and smear.")
    poses: float = dial(
        12.0, 4.0, 24.0, "Drawings a second; between two of them only places move.", "1/s"
    )

    unknown: Literal["invent", "write", "hush"] = Field(
        default="invent",
        description="What becomes of words nobody knows: a thing of its own for each noun, handwriting, or nothing.",
    )


class Ink(Engine):
    """A drawing program after Harold Cohen's AARON: rules instead of weights."""

    name = "ink"
    card = Card(
        summary="Draws a sentence as an animated print: flat colour, grain, a pen over it. Nothing was trained.",
        origin="Part of the studio; rules written by hand, after Harold Cohen's AARON and the printmakers.",
        training_data=f"None. It knows what was written into it: {kinds_known()} kinds of things and 22 settings; "
        "which words mean them was distilled from WordNet and from FreeDict's dictionaries.",
        licence="AGPL-3.0-or-later",
        works="CC0-1.0 for what the program adds: the drawings are yours.",
    )
    options = InkOptions
    capabilities = Capabilities(
        pictures=1,
        position=True,
        lexicons=True,
        loop=True,
        exact=True,
        strokes=True,
        stills=True,
        farther=True,
        shots=12,  # scenes that a position holds: genes.MOST_SCENES
        negative=True,
    )
    traits: ClassVar[Mapping[str, str]] = {
        "who": "who is there, how many, how large, in which colours",
        "where": "place, hour, weather",
        "moves": "paths, gestures, camera, tempo",
        "drawn": "line, fill, scheme, stuff",
    }

    def trait(self, gene: str) -> str:
        from uncaged.engines.ink.genes import trait

        return trait(gene)

    def open(self, files: Mapping[str, Path], device: str = "") -> "InkPerformance":
        return InkPerformance()

    @property
    def neutral(self) -> Mapping[str, float]:
        from uncaged.engines.ink.genes import NEUTRAL

        return NEUTRAL

    @property
    def scale(self) -> Mapping[str, float]:
        from uncaged.engines.ink.genes import SCALE

        return SCALE

    def understand(
        self,
        text: str,
        *,
        seed: int = 1,
        words: Sequence[tuple[str, bytes]] = (),
        options: Mapping[str, Any] | None = None,
    ) -> Understood:
        from uncaged.engines.ink.words.lexicon import Lexicon
        from uncaged.engines.ink.words.reading import read

        chosen = self.check(options or {})
        lexicons = [Lexicon.from_bytes(data, name) for name, data in words]
        reading = read(text, seed, lexicons, str(chosen["unknown"]))
        return Understood(reading.words, reading.sentence)

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

    def farther(self, score: Score, here: Genome, picture: str, factor: float) -> Mapping[str, Any]:
        """Everybody is so much smaller and the camera rests; place and hour are drawn anew around them."""
        from uncaged.engines.ink.genes import stepped_back

        return {"position": stepped_back(here, factor).to_json()}

    def cost(self, score: Score) -> float:
        from uncaged.engines.ink.crowd import cost

        return cost(score)

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
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


class InkPerformance:
    """The opened program: nothing to load but its code."""

    def perform(self, order: Order) -> Iterator[Event]:
        from uncaged.engines.ink.cuts import cuts
        from uncaged.engines.ink.genome import genome

        reading = reading_of(order)
        yield Understood(reading.words, reading.sentence)
        yield PositionFound(
            order.score.position
            if order.score.position is not None
            else genome(reading.scene).to_json()
        )
        total = order.score.frame_count
        yield Progress(0, total, "setting the stage")
        first, found = drawn(order.score), cuts(reading.scene, frames_of(order.score))
        for cut in found:
            frames = range(max(cut.first, first), min(cut.first + cut.frames, first + total))
            if not frames:
                continue
            moving = moving_of(order.score, cut.scene, cut.film)
            for i in frames:
                yield Frame(moving.frame(i - cut.first))
                yield Progress(i - first + 1, total, "drawing")

    def strokes(self, order: Order, at: float) -> str:
        from uncaged.engines.ink.cuts import cuts
        from uncaged.engines.ink.panels import panels
        from uncaged.engines.ink.plot import together
        from uncaged.engines.ink.staging import staged
        from uncaged.engines.ink.strokes import strokes, svg

        score = order.score
        whole = frames_of(score)
        share = 0.5 if score.is_picture else min(max(at / score.seconds, 0.0), 1.0 - 1e-9)
        frame = share * whole
        found = cuts(reading_of(order).scene, whole)
        cut = next((cut for cut in found if frame < cut.first + cut.frames), found[-1])
        t = max((frame - cut.first) / cut.film, 0.0)
        t = min(t, 1.0 - 1e-9) if cut.film == cut.frames else t
        title = " ".join(score.text.split())[:200]
        sheet = panels(dialled(score, cut.scene), film_of(score, cut.film))
        share = 1 / len(sheet)
        plots = [
            (p.left, p.top, p.film.side, strokes(staged(p.scene, p.film), t, share)) for p in sheet
        ]
        return svg(together(plots, *score.size), title=title)


def frames_of(score: Score) -> int:
    """Frames of the film that is drawn; a picture is one of an ordinary film's."""
    return int(ORDINARY * score.fps + 0.5) or 1 if score.is_picture else score.frame_count


def drawn(score: Score) -> int:
    """The first of them that is shown; of a picture the one in the middle: by then what comes is there."""
    return frames_of(score) // 2 if score.is_picture else 0


def reading_of(order: Order) -> "Reading":
    """The scene of a score: its words, with what a picture lends; where it has a position, that instead of its first
    shot.

    Several shots are scenes one after the other, each as long as its shot; who is in one stays who they are, and what a
    picture lent stays lent.
    """
    score, readings = order.score, list["Reading"]()
    shots, lent = score.shots, score.shots[0].pictures
    if score.position is not None:
        readings.append(_placed(score.position))
        shots = shots[1:]
    more = _reader(order) if shots else None
    for shot in shots:
        assert more is not None
        reading = more(shot.text, readings[-1] if readings else None)
        lent = shot.pictures or lent
        for given in lent:
            if given.sha256 in order.files:
                reading = _lent(reading, Path(order.files[given.sha256]))
        readings.append(reading)
    return readings[0] if len(readings) == 1 else _in_order(readings, score)


def _placed(position: Mapping[str, Any]) -> "Reading":
    from uncaged.engines.ink.described import described
    from uncaged.engines.ink.genome import scene
    from uncaged.engines.ink.words.reading import Reading

    found = scene(Genome.from_json(position, "ink"))
    return Reading(found, {}, f"Drawn from its position: {described(found)}.")


def _reader(order: Order) -> "Callable[[str, Reading | None], Reading]":
    """Reads a text, perhaps behind another one, as this order wants it."""
    from uncaged.engines.ink.words.lexicon import Lexicon
    from uncaged.engines.ink.words.reading import named, read

    score = order.score
    lexicons = [
        Lexicon.from_bytes(Path(order.files[sha]).read_bytes(), sha[:8])
        for sha in score.lexicons
        if sha in order.files
    ]
    refused = named(score.negative, lexicons) if score.negative else frozenset[str]()
    unknown = str(score.options.get("unknown", "invent"))
    return lambda text, on: read(
        text, score.seed, lexicons, unknown, origin=score.origin, on=on, refused=refused
    )


def _in_order(readings: "Sequence[Reading]", score: Score) -> "Reading":
    """Several shots as one reading; a word of several shots says all that it became."""
    from uncaged.engines.ink.cuts import joined
    from uncaged.engines.ink.words.reading import Reading

    words: dict[str, str] = {}
    for reading in readings:
        for word, effect in reading.words.items():
            before = words.get(word, "")
            words[word] = effect if not before or effect in before else before
    scene = joined([one.scene for one in readings], [shot.seconds for shot in score.shots])
    sentences = [one.sentence for one in readings]
    most, whole = len(scene.sequence), sum(len(one.scene.sequence) for one in readings)
    if most < whole:
        sentences.append(f"A film holds {most} scenes: the last {whole - most} are not drawn.")
    return Reading(scene, words, "\n".join(sentences))


def _lent(reading: "Reading", path: Path) -> "Reading":
    from dataclasses import replace

    from uncaged.core.pictures import Limits, open_picture
    from uncaged.engines.ink.lent import lend

    return replace(
        reading,
        scene=lend(reading.scene, open_picture(path, Limits())),
        sentence=f"{reading.sentence} Colours and composition: lent by the picture.",
    )


def moving_of(score: Score, scene: "Scene", frames: int | None = None) -> "Moving":
    """What shows a scene frame by frame: one picture, or several on a sheet. frames: see `film_of`."""
    from uncaged.engines.ink.panels import picture
    from uncaged.engines.ink.staging import staged

    return picture(dialled(score, scene), film_of(score, frames), staged)


def film_of(score: Score, frames: int | None = None) -> "Film":
    """The film's measures; frames: how many of them a scene has, where others come before or after it."""
    from uncaged.engines.ink.stage import Film

    made_for = frames_of(score)
    whole = frames is None or frames == made_for
    count = made_for if frames is None else frames
    seconds = ORDINARY if score.is_picture else score.seconds
    return Film(
        *score.size,
        seconds if whole else count / float(score.fps),
        float(score.fps),
        count,
        score.loop and whole,
        float(score.options.get("poses", 12.0)),
    )


def dialled(score: Score, scene: "Scene") -> "Scene":
    """The scene with the score's dials on its own: factors multiply, amounts are added."""
    from dataclasses import fields

    from uncaged.engines.ink.scene import AMOUNTS, Dials

    def dial(name: str) -> float:
        own = float(getattr(scene.dials, name))
        if name in AMOUNTS:
            return own + float(score.options.get(name, 0.0))
        return own * float(score.options.get(name, 1.0))

    dials = Dials(**{field.name: dial(field.name) for field in fields(Dials)})
    return scene.evolve(dials=dials, echo=scene.echo + float(score.options.get("memory", 0.0)))
