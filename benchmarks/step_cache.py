"""What a step cache saves and costs, beside the same film with fewer steps: by Seedling, which has learnt something.

    python benchmarks/step_cache.py [--steps N] [--films N]

A film is drawn with all its steps, then with fewer, then with a cache of several tolerances. The key frame is the same
each time. Said: how often the network was asked, and how near the film is to the first, in decibels of its pixels.
"""

import argparse
import math
import os
import sys
from collections.abc import Sequence
from statistics import mean

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
sys.path.append(sys.path.pop(0))  # the queue.py beside this one is not that of Python

import numpy as np

from uncaged.core.machine import processor
from uncaged.engines.hooks import Hook
from uncaged.engines.sampling import flow, sample
from uncaged.engines.seedling import drawing
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.drawing import KEY, KEY_TIME, TAU, Plan
from uncaged.engines.seedling.engine import Seedling
from uncaged.engines.seedling.performing import CODEC, FILM, FRAME, plan
from uncaged.engines.seedling.running import Floats, Network
from uncaged.engines.seedling.standing import standing
from uncaged.engines.solvers import straight
from uncaged.engines.step_cache import StepCache

TEXTS = ("a red fish rises", "a small yellow moth turns", "an orange fox walks in a forest")
TOLERANCES = (0.05, 0.1, 0.2)
FEWER = (0.75, 0.5, 0.33)


class Drawer:
    """Seedling's networks, driven by hand."""

    def __init__(self) -> None:
        index = Seedling().index()
        self._frame, self._film = Network(index, FRAME), Network(index, FILM)
        arrays = index.weights(CODEC)
        self._codec = Codec(*(arrays[key] for key in CODEC))

    def key(self, one: Plan) -> Floats:
        asked = drawing.key_frame(one, drawing.Networks(self._frame, self._film))
        while True:
            try:
                next(asked)
            except StopIteration as end:
                return end.value

    def film(self, one: Plan, key: Floats, steps: int, hooks: Sequence[Hook] = ()) -> Floats:
        """Pixels, −1 … 1."""
        begin = one.noise.copy()
        begin[KEY] = flow(key[0], one.noise[KEY], KEY_TIME)
        times = drawing.times(steps, one.bend)
        loop = sample(begin, times, [one.against, one.said], [one.guidance], hooks=hooks)
        try:
            ask = next(loop)
            while True:
                sigma = np.asarray(ask.sigma, np.float32).reshape(-1)
                t = np.ascontiguousarray(np.broadcast_to(sigma, TAU.shape)[None])
                x = np.ascontiguousarray(ask.x[None], np.float32)
                ask = loop.send(
                    [self._film(x=x, t=t, tau=TAU[None], labels=c[None])[0] for c in ask.conds]
                )
        except StopIteration as end:
            return np.clip(self._codec.pixels(end.value), -1, 1)


def near(one: Floats, other: Floats) -> float:
    """Decibels."""
    return 10 * math.log10(4 / float(np.mean((one - other) ** 2)))


def planned(text: str, seed: int) -> Plan:
    score = Seedling().score(text, seed=seed)
    return plan(standing(score, "seedling")[0], seed)


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--steps", type=int, default=24)
    said.add_argument("--films", type=int, default=3)
    given = said.parse_args()
    drawer = Drawer()
    plans = [planned(TEXTS[i % len(TEXTS)], i + 1) for i in range(given.films)]
    keys = [drawer.key(one) for one in plans]
    whole = [drawer.film(one, key, given.steps) for one, key in zip(plans, keys, strict=True)]
    print(f"{given.films} films of {given.steps} steps, on {processor()}")
    for share in FEWER:
        steps = max(1, round(given.steps * share))
        films = [drawer.film(one, key, steps) for one, key in zip(plans, keys, strict=True)]
        told(f"{steps} steps", [steps] * len(films), films, whole)
    for tolerance in TOLERANCES:
        asked: list[int] = []
        films = []
        for one, key in zip(plans, keys, strict=True):
            cache = StepCache(tolerance, straight)
            films.append(drawer.film(one, key, given.steps, [cache]))
            asked.append(given.steps - cache.guessed)
        told(f"step_cache {tolerance:g}", asked, films, whole)


def told(name: str, asked: Sequence[int], films: Sequence[Floats], whole: Sequence[Floats]) -> None:
    decibels = mean(near(one, other) for one, other in zip(films, whole, strict=True))
    print(
        f"  {name:16} asked {mean(asked):5.1f} times   {decibels:5.1f} dB from all steps",
        flush=True,
    )


if __name__ == "__main__":
    main()
