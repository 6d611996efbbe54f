"""A model of diffusion at work: a score in, events out. Drives the loop with whatever a family's networks say.

Nothing is held between two events that another performance in the same process would notice: networks never learn
(`filling.filled`), so that no mode of torch has to say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from uncaged.core.errors import Impossible
from uncaged.core.genome import Genome
from uncaged.core.machine import threads_allowed
from uncaged.core.media import small_png
from uncaged.core.order import (
    Event,
    Frame,
    Order,
    Pixels,
    PositionFound,
    Preview,
    Progress,
)
from uncaged.core.pictures import Limits, open_picture
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import noises
from uncaged.engines.adapters.opened import Adapted, Opened
from uncaged.engines.base import unread
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.engines.diffusion.family import Denoiser
from uncaged.engines.open_model import MOST_STEPS
from uncaged.engines.sampling import Loop, NotFinite, sample
from uncaged.engines.texts.said import Remembered, negative, sentence
from uncaged.engines.within import covering, lying

LOOKS: Final = (0.25, 0.5, 0.75)
"""At which shares of the way somebody who waits sees what is there."""


class DiffusionPerformance:
    """An opened model."""

    def __init__(self, engine: DiffusionEngine, denoiser: Denoiser) -> None:
        torch.set_num_threads(threads_allowed())
        self._engine, self.denoiser = engine, denoiser
        self._adapters = Opened(engine.name, engine.natives)
        self.told: Remembered[Any] = Remembered(denoiser.told)
        """A text as a condition; from memory where it was asked for before."""

    def perform(self, order: Order) -> Iterator[Event]:
        """Understood, PositionFound, previews of a middle frame, then every frame; Progress in between."""
        score, name = order.score, self._engine.name
        genome = self._engine.genome(score)
        drawing = self.planned(score, genome)
        chosen = self._engine.adapters(score)
        adapted = self._adapters.of(chosen, order.adapters, self.denoiser.networks)
        told, cut = self.told(score.text)
        against, _cut = self.told(negative(score))
        said = sentence(name, cut)
        yield unread(score.text, said)
        yield PositionFound(genome.to_json())
        told, against = (
            self.denoiser.within(one, score.fps, score.seed) for one in (told, against)
        )
        held: Held | None = None
        for picture in score.pictures[:1]:
            kept = open_picture(Path(order.files[picture.sha256]), Limits())
            if picture.share < 1:
                held = self.held(kept, score.size, picture.share, drawing.shape)
                continue
            first = covering(kept, score.size)
            told, against = (
                self.denoiser.beside(one, first, drawing.shape) for one in (told, against)
            )
        loop = drawing.loop([against, told], self.denoiser, held)
        broke: list[NotFinite] = []
        latents = yield from self.drawn(loop, drawing, broke, adapted, quiet=order.quiet)
        if broke:
            yield unread(score.text, f"{said}\n{broke[0]}")
        yield Progress(drawing.steps, drawing.steps + 1, "decoding")
        for pixels in self.denoiser.frames(latents, score.frame_count, score.seed):
            yield Frame(pixels)
        yield Progress(drawing.steps + 1, drawing.steps + 1, "decoding")

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(
            _("%(model)s draws no lines, so there is nothing for a pen.")
            % {"model": self._engine.name}
        )

    def planned(self, score: Score, genome: Genome) -> "Drawing":
        """What a score draws that stands there."""
        den, usual = self.denoiser, self._engine.usual
        shape = den.shape(score.frame_count, score.size)
        steps = steps_of(genome, usual)
        dial = {name: genome.genes.get(name, plain) for name, plain in usual.items()}
        return Drawing(
            genome,
            score.seed,
            shape,
            steps,
            den.times(steps, dial["bend"], shape),
            dial["guidance"],
            str(score.options.get("solver", "")) or den.solver,
            dial["eta"],
        )

    def held(
        self, picture: Pixels, size: tuple[int, int], share: float, shape: Sequence[int]
    ) -> "Held":
        """Latents in whose middle a picture lies, and where they may change. Raises `Impossible`."""
        count, _channels, high, wide = shape
        there = lying(picture, size, share, (wide, high))
        given = self.denoiser.latents([there.frame])[-1:].expand(count, -1, -1, -1)
        mask = torch.ones(1, 1, high, wide, device=given.device)
        mask[:, :, there.rows, there.columns] = 0
        return Held(given, mask)

    def drawn(
        self,
        loop: Loop,
        drawing: "Drawing",
        broke: list[NotFinite],
        adapted: Adapted | None = None,
        *,
        quiet: bool,
    ) -> Iterator[Event]:
        """Answers every question of the loop; returns the latents, or the last of them that were numbers."""
        adapted = adapted or Adapted({}, ())
        looks = {max(1, int(share * drawing.steps)) for share in LOOKS} if not quiet else set[int]()
        try:
            ask = next(loop)
            while True:
                yield Progress(ask.number, drawing.steps + 1, "drawing")
                with adapted.on():
                    answers = [self.denoiser.estimate(ask.x, ask.sigma, cond) for cond in ask.conds]
                if ask.number in looks:
                    looks.discard(ask.number)
                    yield Preview(small_png(self._glimpse(answers[-1])))
                ask = loop.send(answers)
        except StopIteration as end:
            return end.value
        except NotFinite as error:
            broke.append(error)
            return error.last
        finally:
            loop.close()

    def _glimpse(self, clean: Tensor) -> "np.ndarray[Any, np.dtype[np.uint8]]":
        """One frame of the middle, as it looks so far."""
        middle = len(clean) // 2
        return next(iter(self.denoiser.frames(clean[middle : middle + 1], 1)))


@dataclass(frozen=True, slots=True)
class Held:
    """What stays as it is given. given: (F, C, H, W) latents; mask: (1, 1, H, W), 1 where they may change."""

    given: Tensor
    mask: Tensor


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, as numbers. shape: (F, C, H, W) of the latents. times: steps + 1 of them."""

    genome: Genome
    seed: int
    shape: tuple[int, int, int, int]
    steps: int
    times: list[float]
    guidance: float
    solver: str
    eta: float

    def loop(self, conds: list[Any], denoiser: Denoiser, held: "Held | None" = None) -> Loop:
        """The loop that draws it. conds: what guidance leads away from, and what it leads to. held: what stays."""
        return sample(
            self.noise().to(denoiser.device),
            self.times,
            conds,
            [self.guidance],
            given=None if held is None else held.given,
            mask=None if held is None else held.mask,
            solver=self.solver,
            way=denoiser.way,
            fresh=lambda number: self.fresh(number, denoiser.device),
            eta=self.eta,
        )

    def noise(self) -> Tensor:
        """What it begins from."""
        return torch.from_numpy(noises.mixed(self.genome, self.shape, self.seed))

    def fresh(self, number: int, device: str) -> Tensor:
        """Noise of a step, from the film's seed and the step's number."""
        chance = np.random.Generator(np.random.PCG64([self.seed, number]))
        return torch.from_numpy(chance.standard_normal(self.shape, np.float32)).to(device)


def steps_of(genome: Genome, usual: Mapping[str, float]) -> int:
    """Steps of a genome, 1 … `MOST_STEPS`: that many are drawn, whatever the number says."""
    return int(max(1.0, min(float(MOST_STEPS), genome.genes.get("steps", usual["steps"]) + 0.5)))
