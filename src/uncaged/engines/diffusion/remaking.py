"""What a drawing begins from where a film is there: its frames, the share of noise among them, and what stays.

A remix begins from the whole film, partly noise (SDEdit: Meng et al. 2021, arXiv 2108.01073). What comes after a film
begins from the frames of its end, which stay as they are. Knows no words and no network but its coder.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Final, TypeAlias

import torch
from torch import Tensor

from uncaged.core.order import Event, Order, Pixels
from uncaged.engines import films
from uncaged.engines import frames as framing
from uncaged.engines.diffusion.family import Denoiser, Shown, Sounds
from uncaged.engines.named import Named
from uncaged.engines.solvers import Latents, Time, Way, mixed

FARTHEST: Final = 1e30
"""So far from a film it begins at the most: its numbers must still be numbers."""

Size: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Given:
    """Clean latents (F, C, H, W), or `Named`, that a drawing begins from. strength: so much of them is noise then, see
    `begun`. mask: 1 where they may change and 0 where they stay, such as (F, 1, 1, 1); None: they may everywhere."""

    latents: Latents
    strength: float = 1.0
    mask: Latents | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there before anything is drawn. held: frames of a film's end that stay, and are not given again. new: how
    many come after them. shown: what a network may be told of. given: what the drawing begins from, but for noise."""

    held: int
    new: int
    shown: tuple[Shown, ...]
    given: Given | None = None


def anew(order: Order, denoiser: Denoiser, strength: float, ends: int) -> Scene:
    """The whole film that a score names, to be drawn with other words. ends: how many of its first and last frame the
    network has to be told of."""
    count = order.score.frame_count
    film = list(films.frames(order, count))
    shown = (Shown(film[:1]), Shown(film[-1:], count - 1))[:ends]
    given = whole(film, denoiser, order.score.size, strength)
    if isinstance(denoiser, Sounds):
        given = replace(given, latents=_sounding(order, denoiser, given.latents))
    return Scene(0, count, shown, given)


def _sounding(order: Order, denoiser: Sounds, film: Tensor) -> Named:
    """A film's latents with those of its sound; silence where it has none."""
    count = denoiser.sounding(film.shape, order.score.fps)[0]
    return Named(
        video=film, audio=denoiser.sounded(films.sound(order, *denoiser.hears(count)), count)
    )


def after(order: Order, denoiser: Denoiser, past: int) -> Generator[Event, None, Scene]:
    """Every frame of the film that a score goes on with; returns what then is there. past: frames that are looked back
    at, at most."""
    score = order.score
    like = denoiser.spoken if isinstance(denoiser, Sounds) else None
    end = yield from films.gone_on(order, past, like)
    seen = (len(end) - 1) // denoiser.ratio * denoiser.ratio + 1
    known, new = end[-seen:], score.frames_new
    given = begins_with(known, denoiser, score.size, seen + new) if new else None
    return Scene(seen, new, (Shown(known),), given)


def rest(times: Sequence[Time], strength: float) -> list[Time]:
    """The times from a share of the way on: all of them with 1, the last alone with 0, of the steps between as many as
    their share; where that is no whole number, the first is between two of them. Beyond 1 it is all of them; the sign
    does not count."""
    steps = len(times) - 1
    begin = steps * (1 - min(1.0, abs(strength)))
    begin = float(round(begin)) if math.isclose(begin, round(begin), abs_tol=1e-6) else begin
    first = math.floor(begin)
    share = begin - first
    if share == 0:
        return list(times[first:])
    return [times[first] * (1 - share) + times[first + 1] * share, *times[first + 1 :]]


def begun(clean: Latents, noise: Latents, time: Time, strength: float, way: Way) -> Latents:
    """Clean latents with so much noise as there is at a time.

    strength: below 0 it is the noise of the other sign; beyond 1 the film is taken away by what is more, so that the
    drawing begins as far from it as that. Any real number.
    """
    signed = noise * -1.0 if strength < 0 else noise
    away = min(FARTHEST, max(0.0, abs(strength) - 1))
    return mixed(clean, signed, time, way) - clean * away


def whole(film: Sequence[Pixels], denoiser: Denoiser, size: Size, strength: float) -> Given:
    """All of a film, to be drawn anew."""
    lack = denoiser.shape(len(film), size)[0] - framing.units(len(film), denoiser.ratio)
    filled = [*film, *repeat(film[-1], framing.whole(len(film), denoiser.ratio) - len(film))]
    known = denoiser.latents(filled)
    if denoiser.leads:
        return Given(torch.cat([_repeated(known[:1], lack), known]), strength)
    return Given(torch.cat([known, _repeated(known[-1:], lack)]), strength)


def begins_with(film: Sequence[Pixels], denoiser: Denoiser, size: Size, count: int) -> Given:
    """A film of `count` frames, of which these are the first and stay; the others are open."""
    shape, known = denoiser.shape(count, size), denoiser.latents(film)
    if denoiser.leads:
        lack = shape[0] - framing.units(count, denoiser.ratio)
        known = torch.cat([_repeated(known[:1], lack), known])
    mask = known.new_ones((shape[0], 1, 1, 1))
    mask[: len(known)] = 0
    open_ones = known.new_zeros((shape[0] - len(known), *shape[1:]))
    return Given(torch.cat([known, open_ones]), 1.0, mask)


def _repeated(latent: Tensor, times: int) -> Tensor:
    return latent.expand(times, -1, -1, -1)
