"""Films from a model as it is performed: the graphs of its folder, reckoned by onnxruntime, one film after the other.

The judge's other eye: `drawing` draws with the checkpoint that was learned, this with what came of it.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.drawing import FRAMES, Asked, Networks, Plan, film, key_frame
from uncaged.engines.seedling.grammar import WIDTH
from uncaged.engines.seedling.performing import FILM, FRAME
from uncaged.engines.seedling.running import Floats, Network
from uncaged.engines.seedling.weights import Index
from uncaged.training.seedling.drawing import Manner, noise
from uncaged.training.seedling.looking import calm


class Performed:
    """A model's folder, opened. threads: 2 or more answer the two questions of a step side by side."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises `WeightsMissing`, `WeightsBroken`, and `AskedWrong` for weights of another grammar."""
        index = Index.of(folder)
        if index.facts.get("labels", WIDTH) != WIDTH:
            raise AskedWrong(
                f"{folder} was trained with another grammar.", "Judge a model of this one."
            )
        workers = ThreadPoolExecutor(2) if threads > 1 else None
        self._networks = Networks(Network(index, FRAME), Network(index, FILM), workers)

    def films(
        self, codec: Codec, manner: Manner, labels: NDArray[np.float32], seeds: Sequence[int]
    ) -> NDArray[np.uint8]:
        """Films of labels (n, all labels), each from its seed, as `looking.films` draws them: (n, 16, 64, 64, 3)."""
        return np.stack(
            [
                calm(self._latents(said, seed, manner), codec, manner)
                for said, seed in zip(labels, seeds, strict=True)
            ]
        )

    def _latents(self, said: NDArray[np.float32], seed: int, manner: Manner) -> Floats:
        begun = noise(seed, FRAMES).numpy()
        plan = Plan(said, np.zeros_like(said), begun, manner.guidance, manner.steps, manner.bend)
        key = _drawn(key_frame(plan, self._networks))
        return _drawn(film(plan, self._networks, key))


def _drawn(asked: Asked) -> Floats:
    try:
        while True:
            next(asked)
    except StopIteration as end:
        return end.value
