"""Seedling at work: networks kept open, a score in, events out. The one room that knows all others."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from uncaged.core.errors import Impossible, WeightsBroken
from uncaged.core.machine import threads_allowed
from uncaged.core.media import small_png
from uncaged.core.order import (
    BROKE_OFF,
    Event,
    Frame,
    Noted,
    Order,
    PositionFound,
    Preview,
    Progress,
    Understood,
)
from uncaged.core.pictures import Limits, open_picture
from uncaged.core.words import _
from uncaged.engines.given import filling
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.sampling import NotFinite
from uncaged.engines.seedling import inking
from uncaged.engines.seedling.codec import PAIR, PATCH, Codec
from uncaged.engines.seedling.drawing import SIDE, Asked, Networks, Staying, film, key_frame
from uncaged.engines.seedling.grammar import SLOT, WIDTH
from uncaged.engines.seedling.inking import Inker
from uncaged.engines.seedling.running import Floats, Network, together
from uncaged.engines.seedling.standing import plan, standing
from uncaged.engines.seedling.weights import Index
from uncaged.engines.within import changing, lying

FRAME, FILM = "frame.onnx", "film.onnx"
"""Graphs of a model's folder: the network for one latent frame, and for eight."""

CODEC = ("codec.mean", "codec.into", "codec.back")
"""Keys of the codec's arrays, which lie among the weights."""

FAR = 1e6
"""Latents beyond this are black or white in any case; the codec's sums stay numbers."""


class SeedlingPerformance:
    """An opened model."""

    def __init__(self, index: Index, model: str) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`."""
        if index.facts.get("labels", WIDTH) != WIDTH:
            raise WeightsBroken(
                _(
                    "These weights were trained with another grammar: %(labels)s labels, not %(known)s."
                )
                % {"labels": index.facts["labels"], "known": WIDTH},
                _("Train the model again, or fetch weights that fit this studio."),
            )
        self._index, self._model = index, model
        self._threads = threads_allowed()
        workers = ThreadPoolExecutor(2) if self._threads > 1 else None
        codec = index.weights(CODEC)
        self._codec = Codec(*(codec[key] for key in CODEC))
        frame, whole = together([partial(Network, index, name) for name in (FRAME, FILM)], workers)
        self._networks = Networks(frame, whole, workers)
        self._inkers: dict[int, Inker] = {}

    def perform(self, order: Order) -> Iterator[Event]:
        """Understood, PositionFound, a preview of the key frame, then every frame; Progress in between. A picture is
        the key frame."""
        score = order.score
        learned = frozenset(self._index.facts.get("learned", SLOT))
        genome, reading = standing(score, self._model, _lexicons(order), learned)
        yield Understood(reading.words, reading.sentence)
        yield PositionFound(genome.to_json())
        inking.check_size(self._index, score.size)
        drawing = plan(genome, score.seed)
        picture = score.is_picture
        progress = _Way((1 if picture else 2) * drawing.steps + 1)
        broke: list[NotFinite] = []
        asked = key_frame(drawing, self._networks, self._staying(order))
        key = yield from _watched(asked, progress, "sketching", broke)
        if not order.quiet:
            yield Preview(small_png(self._pixels(key)[0]))
        latents = key
        if not picture:
            asked = film(drawing, self._networks, key)
            latents = yield from _watched(asked, progress, "drawing", broke)
        if broke:
            sentence = f"{reading.sentence}\n{broke[0]} {_ENDED}"
            yield Understood(reading.words, sentence)
            yield Noted({BROKE_OFF: f"{broke[0]} {_ENDED}"})
        yield progress.step("inking")
        inker = self._inker(score.size[0])
        if picture:
            yield Frame(inker.still(self._signed(latents)))
        else:
            small = inking.calmed(self._signed(latents), drawing.calm)
            for pixels in inking.chosen(inker.shown(small), float(score.fps)):
                yield Frame(pixels)
        yield progress.done("inking")

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(_("seedling draws no lines, so there is nothing for a pen."))

    def _staying(self, order: Order) -> Staying | None:
        """The picture that lies in the middle, or that a mask holds a part of, as latents; None where there is none.
        Raises `Impossible`."""
        masks = [picture for picture in order.score.pictures if picture.mask]
        size = (PATCH * SIDE, PATCH * SIDE)
        for picture in [one for one in order.score.pictures if not one.mask][:1]:
            if masks:
                whole = np.stack([filling(order, picture, size)] * PAIR)
                places = changing(filling(order, masks[0], size), (SIDE, SIDE))
                return Staying(self._codec.encode(whole), places[None, :, :, None])
            kept = open_picture(Path(order.files[picture.sha256]), Limits())
            there = lying(kept, size, picture.share, (SIDE, SIDE), PATCH)
            mask = np.ones((1, SIDE, SIDE, 1), np.float32)
            mask[:, there.rows, there.columns] = 0
            return Staying(self._codec.encode(np.stack([there.frame] * PAIR)), mask)
        return None

    def _inker(self, side: int) -> Inker:
        if side not in self._inkers:
            self._inkers[side] = Inker(self._index, side, self._threads)
        return self._inkers[side]

    def _signed(self, latents: Floats) -> Floats:
        near = np.nan_to_num(latents, nan=0.0, posinf=FAR, neginf=-FAR)
        return self._codec.pixels(np.clip(near, -FAR, FAR))

    def _pixels(self, latents: Floats) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
        return np.clip((self._signed(latents) + 1) * 127.5 + 0.5, 0, 255).astype(np.uint8)


class _Way:
    """How far a performance has come."""

    def __init__(self, total: int) -> None:
        self._done, self._total = 0, total

    def step(self, doing: str) -> Progress:
        """Before one more step."""
        self._done += 1
        return Progress(self._done - 1, self._total, doing)

    def done(self, doing: str) -> Progress:
        """At the end, however many steps there were."""
        return Progress(self._total, self._total, doing)


def _watched(
    asked: Asked, way: _Way, doing: str, broke: list[NotFinite]
) -> Generator[Progress, None, Floats]:
    """Progress for each question; what was drawn, or the last of it that were numbers."""
    try:
        while True:
            next(asked)
            yield way.step(doing)
    except StopIteration as end:
        return end.value
    except NotFinite as error:
        broke.append(error)
        return error.last
    finally:
        asked.close()


def _lexicons(order: Order) -> list[Lexicon]:
    return [
        Lexicon.from_bytes(Path(order.files[sha]).read_bytes(), sha[:8])
        for sha in order.score.lexicons
        if sha in order.files
    ]


_ENDED = "The film shows what was there before."
