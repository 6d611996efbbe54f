"""A film in latents: the key frame alone, then all eight around it, by the loop. Knows no words, no pixels, no files.

The key frame stands nearly clean from the beginning, so that what is drawn is settled before anything moves.
"""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.sampling import Ask, Loop, bent, flow, sample
from uncaged.engines.seedling.grammar import Labels
from uncaged.engines.seedling.running import Floats, together
from uncaged.engines.seedling.usual import BEND, CALM, GUIDANCE, STEPS

FRAMES, SIDE, CHANNELS = 8, 16, 32
SHAPE: Final = (FRAMES, SIDE, SIDE, CHANNELS)
"""Of a film in latents."""

KEY: Final = 4
"""Which latent frame is drawn first."""

KEY_TIME: Final = 0.1
"""The time at which it stands while the others are drawn; with so much noise on it, it was trained."""

TAU: Final[Floats] = ((np.arange(FRAMES) + 0.5) / FRAMES).astype(np.float32)
"""Each latent frame's own time in the film."""

Estimate: TypeAlias = Callable[..., NDArray[np.float32]]
"""x (1, T, 16, 16, 32), t (1, T), labels (1, WIDTH), tau (1, T) → the clean latents, as x."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be drawn, as numbers.

    said, against: label vectors; guidance leads from the second to the first, by any real number. noise: `SHAPE`.
    steps: at least 1. bend: see `sampling.bent`. calm: see `inking.calmed`.
    """

    said: Labels
    against: Labels
    noise: Floats
    guidance: float = GUIDANCE
    steps: int = STEPS
    bend: float = BEND
    calm: float = CALM


@dataclass(frozen=True, slots=True)
class Networks:
    """frame: the graph for one frame; film: the one for eight. threads: where two questions are answered at a time."""

    frame: Estimate
    film: Estimate
    threads: ThreadPoolExecutor | None = None


Asked: TypeAlias = Generator[Ask, None, Floats]
"""Yields every question before it is answered; returns latents."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What of a key frame stays as it is given: latents as it has, and a mask that is 1 where they may change."""

    given: Floats
    mask: Floats


def key_frame(plan: Plan, networks: Networks, held: Staying | None = None) -> Asked:
    """Draws the key frame alone: (1, 16, 16, 32). Raises `NotFinite`."""
    here = slice(KEY, KEY + 1)
    times = bent(plan.steps, plan.bend)
    loop = sample(
        plan.noise[here],
        times,
        [plan.against, plan.said],
        [plan.guidance],
        given=None if held is None else held.given,
        mask=None if held is None else held.mask,
    )
    return (yield from _answered(loop, networks.frame, TAU[here], networks.threads))


def film(plan: Plan, networks: Networks, key: Floats) -> Asked:
    """Draws all frames around the key frame: `SHAPE`. Raises `NotFinite`, with as many frames as there are."""
    begin = plan.noise.copy()
    begin[KEY] = flow(key[0], plan.noise[KEY], KEY_TIME)
    loop = sample(begin, times(plan.steps, plan.bend), [plan.against, plan.said], [plan.guidance])
    return (yield from _answered(loop, networks.film, TAU, networks.threads))


def times(steps: int, bend: float) -> list[Floats]:
    """(8, 1, 1, 1) each: the key frame waits where it stands, and takes the last step with the others."""
    found: list[Floats] = []
    for time in bent(steps, bend):
        row = np.full((FRAMES, 1, 1, 1), time, np.float32)
        row[KEY] = KEY_TIME if time > 0 else 0.0
        found.append(row)
    return found


def _answered(
    loop: Loop, estimate: Estimate, tau: Floats, threads: ThreadPoolExecutor | None
) -> Asked:
    """Drives a loop with a network; closing it closes the loop."""
    try:
        ask = next(loop)
        while True:
            yield ask
            x = np.ascontiguousarray(ask.x[None], np.float32)
            t = np.broadcast_to(np.asarray(ask.sigma, np.float32).reshape(-1), tau.shape)[None]
            given = {"x": x, "t": np.ascontiguousarray(t), "tau": tau[None]}
            answers = together(
                [partial(estimate, labels=cond[None], **given) for cond in ask.conds], threads
            )
            ask = loop.send([answer[0] for answer in answers])
    except StopIteration as end:
        return end.value
    finally:
        loop.close()
