"""A model of diffusion at work: a score in, events out. Drives the loop with whatever a family's networks say.

Nothing is held between two events that another performance in the same process would notice: networks never learn
(`filling.filled`), so that no mode of torch has to say so.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from uncaged.core.errors import Impossible
from uncaged.core.genome import Genome
from uncaged.core.machine import threads_allowed
from uncaged.core.media import small_png
from uncaged.core.order import (
    BROKE_OFF,
    Event,
    Frame,
    Noted,
    Order,
    Pixels,
    PositionFound,
    Preview,
    Progress,
)
from uncaged.core.pictures import Limits, open_picture
from uncaged.core.score import Picture, Score
from uncaged.core.words import _
from uncaged.engines import fitting, noises
from uncaged.engines.adapters.opened import Adapted, Opened
from uncaged.engines.base import unread
from uncaged.engines.diffusion import remaking
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.engines.diffusion.family import (
    Denoiser,
    Guided,
    Guides,
    Shown,
    Sounds,
    Turned,
)
from uncaged.engines.diffusion.remaking import Given, Scene, begun
from uncaged.engines.diffusion.turning import numbers_of, over
from uncaged.engines.given import filling
from uncaged.engines.hooks import Hook
from uncaged.engines.named import Named
from uncaged.engines.open_model import DECODED, MOST_STEPS
from uncaged.engines.precision import WHOLE, Numbers
from uncaged.engines.sampling import Loop, NotFinite, sample
from uncaged.engines.solvers import Latents
from uncaged.engines.step_cache import StepCache
from uncaged.engines.texts.said import Remembered, negative, sentence
from uncaged.engines.within import changing, lying

LOOKS: Final = (0.25, 0.5, 0.75)
"""At which shares of the way somebody who waits sees what is there."""


FARTHEST: Final = 1e30
"""Times within this can be told in the numbers of networks, a thousand times as large too."""

SOUND: Final = 2**40
"""Behind a seed, that of a film's sound."""


class DiffusionPerformance:
    """An opened model."""

    def __init__(
        self, engine: DiffusionEngine, denoiser: Denoiser, numbers: Numbers = WHOLE
    ) -> None:
        torch.set_num_threads(threads_allowed())
        self._engine, self.denoiser = engine, denoiser
        self.precision, self.measured = numbers.name, numbers.measured
        self._numbers = numbers
        self._adapters = Opened(engine.name, engine.natives)
        self.told: Remembered[Any] = Remembered(denoiser.told)
        """A text as a condition; from memory where it was asked for before."""

    def perform(self, order: Order) -> Iterator[Event]:
        """Understood, PositionFound, previews of a middle frame, then every frame; Progress in between."""
        score, name = order.score, self._engine.name
        genome = self._engine.genome(score)
        chosen = self._engine.adapters(score)
        adapted = self._adapters.of(chosen, order.adapters, self.denoiser.networks)
        text = score.shots[-1].text
        told, cut = self.told(text)
        against, _cut = self.told(negative(score))
        tiled = self._engine.in_tiles(score)
        said = " ".join(
            [sentence(name, cut), *self._numbers.said, *([fitting.tiles_said()] if tiled else [])]
        )
        yield unread(text, said)
        yield PositionFound(genome.to_json())
        noted = self._numbers.noted(bool(chosen))
        yield Noted({**noted} | ({DECODED: fitting.TILES} if tiled else {}))
        told, against = (
            self.denoiser.within(one, score.fps, score.seed) for one in (told, against)
        )
        scene = yield from self._scene(order)
        if scene.new == 0:
            return
        drawing = self.planned(score, genome, scene)
        if drawing.steps:
            told, against = (
                self.denoiser.beside(one, scene.shown, drawing.shape) for one in (told, against)
            )
        broke: list[NotFinite] = []
        if drawing.steps:
            cache = StepCache(float(self._option(score, "step_cache")), self.denoiser.way)
            loop = drawing.loop([against, told], self.denoiser, [cache])
            latents = yield from self.drawn(loop, drawing, broke, adapted, quiet=order.quiet)
            yield Noted(cache.noted)
        else:  # nothing is to change
            assert drawing.given is not None
            latents: Latents = drawing.given.latents
        if broke:
            yield unread(text, f"{said}\n{broke[0]}")
            yield Noted({BROKE_OFF: str(broke[0])})
        yield Progress(drawing.steps, drawing.steps + 1, "decoding")
        sounds = isinstance(latents, Named) and not score.is_picture
        if sounds and isinstance(self.denoiser, Sounds):
            begin, end = scene.held / score.fps, (scene.held + scene.new) / score.fps
            yield self.denoiser.heard(latents, begin, end)
        more = {"tiled": True} if tiled else {}  # not every family can
        drawn = self.denoiser.frames(latents, scene.held + scene.new, score.seed, **more)
        for number, pixels in enumerate(drawn):
            if number < scene.held:  # which was given already; somebody else may do something now
                yield Progress(drawing.steps, drawing.steps + 1, "decoding")
            else:
                yield Frame(pixels)
        yield Progress(drawing.steps + 1, drawing.steps + 1, "decoding")

    def _scene(self, order: Order) -> Generator[Event, None, Scene]:
        """What is there before anything is drawn; the frames of a film that goes on are given at once."""
        score, den = order.score, self.denoiser
        masks = [one for one in score.shots[-1].pictures if one.mask]
        lent = [one for one in score.shots[-1].pictures if not one.mask]
        given = [one for one in lent if one.share == 1]
        scene = Scene(0, score.frame_count, ())
        if score.film is not None and len(score.shots) > 1:
            scene = yield from remaking.after(order, den, int(self._option(score, "past")))
        elif score.film is not None:
            ends = 0 if given else self._engine.needs
            scene = remaking.anew(order, den, float(self._option(score, "strength")), ends)
        if masks:
            held = self._masked(order, scene.given, given, masks[0])
            scene = replace(scene, given=held)
            if score.film is None:  # the picture is what is held, not what the film begins with
                return scene
        places = {scene.held + round(one.at * (scene.new - 1)): one for one in given}
        pictures = [Shown([filling(order, places[at])], at) for at in sorted(places)]
        for one in lent:
            if one.share < 1:
                lies = open_picture(Path(order.files[one.sha256]), Limits())
                shape = den.shape(scene.new, score.size)
                scene = replace(scene, given=self.lain(lies, score.size, one.share, shape))
        return replace(scene, shown=(*scene.shown, *pictures))

    def _masked(
        self, order: Order, film: Given | None, pictures: Sequence[Picture], mask: Picture
    ) -> Given:
        """A film's latents, or those of the one picture, of which only what the mask shows may change."""
        score = order.score
        count, _channels, high, wide = self.denoiser.shape(score.frame_count, score.size)
        if film is None:
            lies = self.denoiser.latents([filling(order, pictures[0])])[-1:]
            film = Given(lies.expand(count, -1, -1, -1))
        places = torch.from_numpy(changing(filling(order, mask), (high, wide)))
        return replace(film, mask=places[None, None].to(film.latents.device))

    def _option(self, score: Score, name: str) -> Any:
        return score.options.get(name, self._engine.options.model_fields[name].default)

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(
            _("%(model)s draws no lines, so there is nothing for a pen.")
            % {"model": self._engine.name}
        )

    def planned(self, score: Score, genome: Genome, scene: Scene | None = None) -> "Drawing":
        """What a score draws that stands there. scene: what is there before."""
        den, usual = self.denoiser, self._engine.usual
        scene = scene or Scene(0, score.frame_count, ())
        shape = den.shape(scene.held + scene.new, score.size)
        dial = {name: genome.genes.get(name, plain) for name, plain in usual.items()}
        times = list(numbers_of(str(self._option(score, "sigmas")), "sigmas"))
        times = times or den.times(steps_of(genome, usual), dial["bend"], shape)
        if scene.given is not None:
            times = remaking.rest(times, scene.given.strength)
        return Drawing(
            genome,
            score.seed,
            shape,
            len(times) - 1,
            times,
            {**score.options, **dial},
            str(score.options.get("solver", "")) or den.solver,
            scene.given,
            den.sounding(shape, score.fps) if isinstance(den, Sounds) else (),
        )

    def lain(
        self, picture: Pixels, size: tuple[int, int], share: float, shape: Sequence[int]
    ) -> Given:
        """Latents in whose middle a picture lies, and where they may change. Raises `Impossible`."""
        count, _channels, high, wide = shape
        there = lying(picture, size, share, (wide, high))
        given = self.denoiser.latents([there.frame])[-1:].expand(count, -1, -1, -1)
        mask = torch.ones(1, 1, high, wide, device=given.device)
        mask[:, :, there.rows, there.columns] = 0
        return Given(given, 1.0, mask)

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
                sigma = _told(ask.sigma)
                with adapted.on():
                    answers = [self.denoiser.estimate(ask.x, sigma, cond) for cond in ask.conds]
                if due := {look for look in looks if look <= ask.number}:
                    looks -= due
                    yield Preview(small_png(self._glimpse(answers[-1])))
                ask = loop.send(answers)
        except StopIteration as end:
            return end.value
        except NotFinite as error:
            broke.append(error)
            return error.last
        finally:
            loop.close()

    def _glimpse(self, clean: Latents) -> "np.ndarray[Any, np.dtype[np.uint8]]":
        """One frame of the middle, as it looks so far."""
        film = clean["video"] if isinstance(clean, Named) else clean
        middle = len(film) // 2
        return next(iter(self.denoiser.frames(film[middle : middle + 1], 1)))


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, as numbers. shape: (F, C, H, W) of the latents. times: steps + 1 of them. turned: every
    dial as it stands. given: what it begins from, but for noise. sound: the shape of
    its sound's latents, where it has one."""

    genome: Genome
    seed: int
    shape: tuple[int, int, int, int]
    steps: int
    times: list[float]
    turned: Turned
    solver: str
    given: Given | None = None
    sound: tuple[int, ...] = ()

    def loop(self, conds: list[Any], denoiser: Denoiser, hooks: Sequence[Hook] = ()) -> Loop:
        """The loop that draws it, in a step at least. conds: what guidance leads away from, and what it leads to.
        hooks: beside those of the family."""
        noise, given, way = _on(self.noise(), denoiser.device), self.given, denoiser.way
        start: Latents | None = None
        if given is not None:
            if isinstance(noise, Named) and not isinstance(given.latents, Named):
                given = _open(given, noise["audio"])
            start = begun(given.latents, noise, self.times[0], given.strength, way)
            given = given if given.mask is not None else None
        asked = Guided(conds, [self.turned["guidance"]])
        if isinstance(denoiser, Guides):
            asked = denoiser.guided(conds, self.times, self.turned)
        turning = numbers_of(str(self.turned.get("guidance_steps", "")), "guidance_steps")
        if turning:
            asked = replace(asked, weights=[over(turning, self.steps), *asked.weights[1:]])
        return sample(
            noise,
            self.times,
            asked.conds,
            asked.weights,
            given=None if given is None else given.latents,
            mask=None if given is None else given.mask,
            start=start,
            solver=self.solver,
            way=way,
            hooks=[*hooks, *asked.hooks],
            fresh=lambda number: self.fresh(number, denoiser.device),
            eta=self.turned["eta"],
        )

    def noise(self) -> Latents:
        """What it begins from."""
        film = torch.from_numpy(noises.mixed(self.genome, self.shape, self.seed))
        if not self.sound:
            return film
        sound = noises.blended(
            self.genome, self.seed, lambda own: noises.drawn([own, SOUND], self.sound)
        )
        return Named(video=film, audio=torch.from_numpy(sound))

    def fresh(self, number: int, device: str) -> Latents:
        """Noise of a step, from the film's seed and the step's number."""
        film = torch.from_numpy(noises.drawn([self.seed, number], self.shape)).to(device)
        if not self.sound:
            return film
        sound = torch.from_numpy(noises.drawn([self.seed, number, SOUND], self.sound)).to(device)
        return Named(video=film, audio=sound)


def _open(given: Given, sound: Latents) -> Given:
    """The same where a film is drawn with its sound, all of which may change."""
    latents = Named(video=given.latents, audio=sound * 0)
    return Given(latents, given.strength, Named(video=given.mask, audio=sound * 0 + 1))


def _told(sigma: float) -> float:
    """A time as a network can be told it, whatever numbers it computes with."""
    return max(-FARTHEST, min(FARTHEST, sigma))


def _on(x: Latents, device: str) -> Latents:
    return x.each(lambda one: one.to(device)) if isinstance(x, Named) else x.to(device)


def steps_of(genome: Genome, usual: Mapping[str, float]) -> int:
    """Steps of a genome, 1 … `MOST_STEPS`: that many are drawn, whatever the number says."""
    return int(max(1.0, min(float(MOST_STEPS), genome.genes.get("steps", usual["steps"]) + 0.5)))
