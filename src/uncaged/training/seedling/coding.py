"""Films of many seeds, drawn and coded by worker processes. Knows no store.

Workers are spawned: a script that calls this does so under ``if __name__ == "__main__":``.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import Failed
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import labels
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.plans import Stage

Latents: TypeAlias = NDArray[np.float16]
"""(n, 8, 16, 16, k)."""
Labels: TypeAlias = NDArray[np.float32]
"""(n, WIDTH)."""
Split: TypeAlias = Literal["train", "held"]
"""train: no pair that is held out. held: in each film one."""

CHUNK: Final = 200
"""Films that a worker codes at a time: 26 MB of latents."""

WORKERS: Final = 2

_given: list[Any] = []
"""What this worker process draws by: the codec, the split and the stage."""


def coded(
    seeds: Sequence[int],
    codec: Codec,
    *,
    split: Split = "train",
    stage: Stage = "one",
    processes: int = WORKERS,
) -> tuple[Latents, Labels]:
    """The films of these seeds as latents (n, 8, 16, 16, k) float16, and what they show as labels (n, WIDTH) float32.

    processes: 1 = in this one. Raises `Failed` where a worker ends before its work.
    """
    parts = list(chunks(seeds, codec, split=split, stage=stage, processes=processes))
    return np.concatenate([part for part, _ in parts]), np.concatenate([part for _, part in parts])


def chunks(
    seeds: Sequence[int],
    codec: Codec,
    *,
    split: Split = "train",
    stage: Stage = "one",
    processes: int = WORKERS,
) -> Iterator[tuple[Latents, Labels]]:
    """The same, some two hundred films at a time, in the order of the seeds; few of them wait in memory."""
    work = (seeds[i : i + CHUNK] for i in range(0, len(seeds), CHUNK))
    if processes == 1:
        yield from (_films(some, codec, split, stage) for some in work)
        return
    with ProcessPoolExecutor(
        processes, get_context("spawn"), _begin, (codec, split, stage)
    ) as pool:
        try:
            yield from _in_order(pool, work, 2 * processes)
        except BrokenProcessPool as error:
            raise Failed(
                "A process that draws films has ended before its work.",
                "Most often memory ran out: draw with one process.",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, work: Iterator[Sequence[int]], ahead: int
) -> Iterator[tuple[Latents, Labels]]:
    """Results in the order of the work, of which no more than `ahead` is begun."""
    waiting: deque[Future[tuple[Latents, Labels]]] = deque()
    waiting.extend(pool.submit(_chunk, some) for some in islice(work, ahead))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(pool.submit(_chunk, some) for some in islice(work, 1))
        yield done


def _begin(*given: Any) -> None:
    _given.extend(given)


def _chunk(seeds: Sequence[int]) -> tuple[Latents, Labels]:
    return _films(seeds, *_given)


def _films(
    seeds: Sequence[int], codec: Codec, split: Split, stage: Stage
) -> tuple[Latents, Labels]:
    films = [clip(seed, held=split == "held", stage=stage) for seed in seeds]
    latents = np.stack([codec.encode(film.frames).astype(np.float16) for film in films])
    return latents, np.stack([labels(**film.names) for film in films])
