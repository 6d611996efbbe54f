"""A film, latent frame after latent frame and each of them small, larger, full: yields questions, receives estimates.

The order of Jin et al. 2024 (arXiv 2410.05954), on our loop. Plain arithmetic; knows no network, no words, no pixels.
Nothing given: a film from words. One unit given: a picture begins it. More: a film goes on.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _
from uncaged.engines.pyramid.history import Seen
from uncaged.engines.pyramid.latents import Noise
from uncaged.engines.pyramid.stages import (
    STAGE,
    STAGES,
    Latents,
    Steps,
    ends,
    halved,
    jump,
    sigmas,
    timesteps,
)
from uncaged.engines.sampling import Ask, NotFinite, sample

FLOOR: Final = 2.0
"""Guidance that falls from unit to unit falls no further than this, as published."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be drawn, as numbers.

    units: latent frames of the whole film, those given included. first_steps, steps: of the first unit and of all
    others, at least 1 in each stage. first_guidance, guidance: one real number for each condition after the first, for
    the first unit and for all others; nothing is clamped. fall: how much less guidance each unit has than the one
    before, not below `FLOOR` (published: 0 or 0.5); what is below it already stays as it is. brief: leave out the last
    question of each stage, which moves the latents by a thousandth of the estimate, and go by the one before it.
    """

    units: int
    first_steps: Steps = (20, 20, 20)
    steps: Steps = (10, 10, 10)
    first_guidance: tuple[float, ...] = (7.0,)
    guidance: tuple[float, ...] = (5.0,)
    fall: float = 0.0
    brief: bool = False

    def weights(self, unit: int) -> list[float]:
        """The guidance of a unit."""
        published = self.guidance if unit else self.first_guidance
        return [max(weight - self.fall * unit, min(weight, FLOOR)) for weight in published]

    def way(self, unit: int, stage: int) -> tuple[list[float], list[float]]:
        """The timesteps at which the model is asked, and the σ, one more of them."""
        count = (self.steps if unit else self.first_steps)[stage]
        times, shares = timesteps(stage, count), sigmas(count)
        if self.brief and count > 1:
            del times[-1], shares[-2]
        return times, shares

    def asked(self, given: int = 0) -> int:
        """How often the model will be asked in all, where the first `given` units are there already."""
        each = [(unit, stage) for unit in range(given, self.units) for stage in range(STAGES)]
        return sum(len(self.way(unit, stage)[0]) for unit, stage in each)


@dataclass(frozen=True, slots=True)
class Question(Ask):
    """What the drawing wants to know: the end of this stage's way, as the model estimates it, under each of `conds`.

    x: (B, C, 1, h, w) at σ = `sigma`; `estimate` makes an answer of what the model says. number, steps: of the whole
    film. unit, stage: which frame, how large. timestep: what the model is told, 0…1000. history: clips, oldest first,
    each as its frames. finished: all units so far at full size, so that they can be looked at, or decoded, meanwhile.
    """

    unit: int
    stage: int
    timestep: float
    history: tuple[tuple[Latents, ...], ...]
    finished: tuple[Latents, ...]

    def estimate(self, velocity: Latents) -> Latents:
        """The end of the way, from the model's word on start minus end: x − σ·v."""
        return self.x - velocity * self.sigma

    def clean(self, estimate: Latents) -> Latents:
        """The picture in an estimate of a stage's end, which still is part noise but for the last stage.

        Start = s·noise + (1 − s)·picture and end = e·noise + (1 − e)·picture; with v = start − end the picture is
        end − v·e / (s − e).
        """
        stage = STAGE[self.stage]
        velocity = (self.x - estimate) / self.sigma
        return estimate - velocity * (stage.end / (stage.start - stage.end))


@dataclass(frozen=True, slots=True)
class Part:
    """A picture of which only a part is drawn again: what a film's first unit is then.

    clean: (B, C, 1, h, w), the picture in the model's scale. mask: (1, 1, 1, h, w), 1 where it may change, 0 where it
    stays.
    """

    clean: Latents
    mask: Latents

    def at(self, stage: int) -> "Part":
        """The same as small as it is at a stage; a place stays where all of it stays."""
        clean, mask = self.clean, self.mask
        for _less in range(STAGES - 1 - stage):
            clean, mask = halved(clean), (halved(mask) > 0) * 1.0
        return Part(clean, mask)


Drawing: TypeAlias = Generator[Question, Sequence[Latents], tuple[Latents, ...]]
"""Yields questions, receives an estimate for each condition, returns all units, (B, C, 1, h, w) each."""


def draw(
    plan: Plan,
    noise: Noise,
    conds: Sequence[Any],
    given: Sequence[Latents] = (),
    part: Part | None = None,
) -> Drawing:
    """Draws a film in the model's own scale. Closing it ends it.

    conds: what the model is told, the first of them what guidance leads away from; guidance is that of
    `sampling.sample`, any real numbers. given: units that stand already, in order. part: where of the first unit only a
    part is drawn: at each stage, what stays is what the model learnt a way to be there, see `stages.ends`. All is as
    explicit as it gets: the same noise and the same answers give the same film.
    Raises `AskedWrong` where the numbers do not fit, `NotFinite` where one is none any more (`finished` of the last
    question holds what was drawn until then).
    """
    if not len(given) < plan.units:
        raise AskedWrong(
            _("%(given)s latent frames are given, and the film is to have %(units)s.")
            % {"given": len(given), "units": plan.units},
            _("Ask for a longer film."),
            "frames",
        )
    for unit in range(len(given), plan.units):
        _fits(plan.weights(unit), conds)
    seen, done, steps = Seen(given), 0, plan.asked(len(given))
    for unit in range(len(given), plan.units):
        x = noise(unit, 0)
        for stage in range(STAGES):
            if stage:
                x = jump(x, noise(unit, stage), stage)
            stretch = _Stretch(plan, unit, stage, done, steps)
            own = None if part is None or unit else _Own(part.at(stage), noise(unit, stage), stage)
            x = yield from stretch.drawn(x, conds, seen, own)
            done += stretch.count
        seen.add(x)
    return seen.units


def _fits(weights: Sequence[float], conds: Sequence[Any]) -> None:
    """Said before the first frame, not after it."""
    if len(weights) != len(conds) - 1:
        raise AskedWrong(
            _("%(conds)s conditions take %(wanted)s weights, not %(given)s.")
            % {"conds": len(conds), "wanted": max(len(conds) - 1, 0), "given": len(weights)},
            about="weights",
        )


@dataclass(frozen=True, slots=True)
class _Own:
    """What stays of a picture at a stage, and the noise that it has there."""

    part: Part
    white: Latents
    stage: int


class _Stretch:
    """One stage of one unit: `sampling.sample` over its way, with what the model must know beside it."""

    def __init__(self, plan: Plan, unit: int, stage: int, done: int, steps: int) -> None:
        self.unit, self.stage, self.done, self.steps = unit, stage, done, steps
        self.times, self.sigmas = plan.way(unit, stage)
        self.weights = plan.weights(unit)
        self.count = len(self.times)

    def drawn(
        self, x: Latents, conds: Sequence[Any], seen: Seen, own: "_Own | None"
    ) -> Generator[Question, Sequence[Latents], Latents]:
        history, finished = seen.history(self.unit, self.stage), seen.units
        if own is None:
            loop = sample(x, self.sigmas, conds, self.weights)
        else:
            start, end = ends(own.part.clean, own.white, own.stage)
            mask = own.part.mask
            loop = sample(start, self.sigmas, conds, self.weights, given=end, mask=mask, start=x)
        try:
            ask = next(loop)
            while True:
                answers = yield Question(
                    ask.x,
                    ask.sigma,
                    ask.conds,
                    self.done + ask.number,
                    self.steps,
                    unit=self.unit,
                    stage=self.stage,
                    timestep=self.times[ask.number],
                    history=history,
                    finished=finished,
                )
                ask = loop.send(answers)
        except StopIteration as end:
            return end.value
        except NotFinite as error:
            raise NotFinite(self.done + error.number, self.steps, error.last) from None
        finally:
            loop.close()
