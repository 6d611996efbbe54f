"""Pyramid Flow at work: a score in, events out. What is drawn is decoded, and shown, while the rest is still drawn."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from uncaged.core.errors import AskedWrong, Impossible
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
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import films, fitting
from uncaged.engines.adapters.opened import Opened
from uncaged.engines.base import unread
from uncaged.engines.given import filling
from uncaged.engines.open_model import DECODED
from uncaged.engines.pyramid import latents
from uncaged.engines.pyramid.answering import Network, Told, answered, on_device
from uncaged.engines.pyramid.drawing import Drawing, Part, Plan, draw
from uncaged.engines.pyramid.engine import DRAWS, PAST, TILE, PyramidFlow, new_part
from uncaged.engines.pyramid.latents import Noise
from uncaged.engines.pyramid.networks import Networks, Reel, lasting
from uncaged.engines.pyramid.options import PyramidOptions, stepped
from uncaged.engines.pyramid.tiling import Tiles
from uncaged.engines.sampling import NotFinite
from uncaged.engines.texts.said import Remembered, negative, sentence
from uncaged.engines.within import changing


class PyramidPerformance:
    """An opened model."""

    def __init__(self, engine: PyramidFlow, networks: Networks) -> None:
        torch.set_num_threads(threads_allowed())
        self.precision, self.measured = networks.numbers.name, networks.numbers.measured
        self._engine, self._networks = engine, networks
        self._adapters = Opened(engine.name, engine.natives)
        self._told: Remembered[Told] = Remembered(networks.words.told)

    def perform(self, order: Order) -> Iterator[Event]:
        """Understood, PositionFound, then every frame as soon as it is there; Progress at every question in between,
        and previews of the first frame while it grows. A film that it goes on with is given first."""
        if order.score.film is None:
            yield from self._film(order, [])
            return
        before = yield from films.gone_on(order, PAST)
        if order.score.frames_new:
            yield from self.go_on(replace(order, score=new_part(order.score)), before)

    def go_on(self, order: Order, before: Sequence[Pixels]) -> Iterator[Event]:
        """The same, of a film that is there: all frames of the score come after these.

        before: frames (height, width, 3) of the score's size, at least one; of more, the last 8k + 1 are seen.
        Raises `AskedWrong`.
        """
        width, height = order.score.size
        if not len(before) or any(frame.shape != (height, width, 3) for frame in before):
            raise AskedWrong(
                _("A film goes on from frames of its own size, %(size)s.")
                % {"size": f"{width}x{height}"},
                about="size",
            )
        seen = latents.frames((len(before) - 1) // latents.PIXELS + 1)
        yield from self._film(order, list(before[-seen:]))

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(
            _("%(model)s draws no lines, so there is nothing for a pen.")
            % {"model": self._engine.name}
        )

    def _adapted(self, order: Order, net: Network, variant: str) -> Network:
        """A network as it answers with the order's adapters; nobody else notices them."""
        chosen = self._engine.adapters(order.score)
        if not any(one.weight for one in chosen):
            return net
        assert isinstance(net, nn.Module)
        adapted = self._adapters.of(chosen, order.adapters, {DRAWS: net}, variant)

        def answer(
            clips: Sequence[Tensor], texts: Sequence[Tensor], pooled: Tensor, timestep: Tensor
        ) -> Tensor:
            with adapted.on():
                return net(clips, texts, pooled, timestep)

        return answer

    def _film(self, order: Order, before: list[Pixels]) -> Iterator[Event]:
        """before: frames that are not shown again."""
        score, networks = order.score, self._networks
        plan = planned(self._engine, score, len(before))
        told, cut = self._told(score.text + plan.suffix)
        against, _cut = self._told(negative(score))
        tiles = Tiles(TILE) if self._engine.in_tiles(score) else None
        said = sentence(self._engine.name, cut)
        said = " ".join([said, *networks.numbers.said, *([fitting.tiles_said()] if tiles else [])])
        yield unread(score.text, said)
        yield PositionFound(plan.genome.to_json())
        pictures = score.pictures if not before else ()
        masks = [one for one in pictures if one.mask]
        first = before or [filling(order, one) for one in pictures if not one.mask][:1]
        given = networks.coded(first, tiles) if first else []
        part = None
        if masks:  # the picture is what is held, not what the film begins with
            (clean,), given = given, []
            mask = changing(filling(order, masks[0]), (clean.shape[-2], clean.shape[-1]))
            part = Part(clean, torch.from_numpy(mask)[None, None, None].to(clean.device))
        units = plan.numbers.units
        variant = plan.variant or networks.found.chosen(score.size, units)
        net = self._adapted(order, networks.transformer(variant), variant)
        noted = networks.numbers.noted(bool(self._engine.adapters(score)))
        yield Noted({**noted} | ({DECODED: fitting.TILES} if tiles else {}))
        film = _Film(networks.reel(tiles), len(before), score.frame_count)
        for unit in given:
            yield from film.shown(unit)
        steps = plan.numbers.asked(len(given))
        if len(given) < units:
            noise = on_device(plan.noise(networks.coder.shape.channels), networks.device)
            drawing = draw(plan.numbers, noise, (against, told), given, part)
            look = None if order.quiet else networks.reel
            broke = yield from drawn(drawing, net, film, look)
            if broke is not None:
                yield unread(score.text, f"{said}\n{broke}")
                yield Noted({BROKE_OFF: str(broke)})
                yield from film.ended(lasting(broke.last, score.size[1]))
        yield Progress(steps + 1, steps + 1, "drawing")


class _Film:
    """The frames of a film, each given once."""

    def __init__(self, reel: Reel, seen: int, count: int) -> None:
        """seen: frames that are not given, because they are there. count: frames to be given."""
        self._reel, self._seen, self._left = reel, seen, count
        self.units = 0

    def shown(self, unit: Tensor) -> Iterator[Event]:
        """The frames of the next unit."""
        self.units += 1
        for pixels in self._reel.shown(unit):
            if self._seen:
                self._seen -= 1
            elif self._left:
                self._left -= 1
                self._last = pixels
                yield Frame(pixels)

    def ended(self, unit: Tensor) -> Iterator[Event]:
        """The frames of a last unit; the rest of the film stands still."""
        yield from self.shown(unit)
        for _left in range(self._left):
            yield Frame(self._last)


def drawn(
    drawing: Drawing, net: Network, film: _Film, look: Callable[[], Reel] | None
) -> Generator[Event, None, NotFinite | None]:
    """Answers every question, and shows every unit as soon as it is finished; returns what broke, if anything did.

    look: makes visible what the first unit is at each smaller size; None where nobody looks.
    """
    try:
        question = next(drawing)
        while True:
            yield Progress(question.number, question.steps + 1, "drawing")
            for unit in question.finished[film.units :]:
                yield from film.shown(unit)
            answers = answered(net, question)
            before, question = question, drawing.send(answers)
            if (
                look is not None
                and before.unit == question.unit == 0
                and before.stage < question.stage
            ):
                clean = before.clean(answers[-1])
                yield Preview(small_png(look().shown(clean)[0]))
    except StopIteration as end:
        for unit in end.value[film.units :]:
            yield from film.shown(unit)
    except NotFinite as error:
        return error
    finally:
        drawing.close()
    return None


@dataclass(frozen=True, slots=True)
class Planned:
    """What a score draws. numbers: of the whole film. variant: the one that was named, or nothing."""

    genome: Genome
    seed: int
    size: tuple[int, int]
    numbers: Plan
    variant: str
    suffix: str

    def noise(self, channels: int) -> Noise:
        """What it draws from."""
        return latents.standing(self.genome, self.seed, self.size, channels)


def planned(engine: PyramidFlow, score: Score, before: int = 0) -> Planned:
    """What a score draws that stands where it does. before: frames that are there. Raises `AskedWrong`."""
    options = PyramidOptions(**engine.check(score.options))
    genome = engine.genome(score)
    dial = {name: genome.genes.get(name, usual) for name, usual in engine.usual.items()}
    plan = Plan(
        latents.enough(before + score.frame_count),
        stepped(options.first_steps),
        stepped(options.steps),
        (dial["first_guidance"],),
        (dial["guidance"],),
        dial["fall"],
        options.brief,
    )
    return Planned(genome, score.seed, score.size, plan, options.variant, options.suffix)
