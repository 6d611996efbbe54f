"""Films of many seeds, drawn and coded by worker processes. Knows no store.

Workers are spawned: a script that calls this does so under ``if __name__ == "__main__":``. They end with it, whatever
ends it, and at once where nobody wants their films any more.
"""

import contextlib
import os
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from typing import Any, Final, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from uncaged.core.errors import Failed
from uncaged.core.machine import die_with_parent
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


class Pipe(Protocol):
    """To a worker go seeds, from it come films; `EOFError` or `OSError` where the other end is gone."""

    def send(self, obj: Any, /) -> None: ...
    def recv(self) -> Any: ...
    def close(self) -> None: ...


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
    """The same, some two hundred films at a time, in the order of the seeds; one of each worker waits at most."""
    work = (seeds[i : i + CHUNK] for i in range(0, len(seeds), CHUNK))
    if processes == 1:
        yield from (_films(some, codec, split, stage) for some in work)
        return
    with _workers(processes, codec, split, stage) as pipes:
        try:
            yield from _in_order(pipes, work)
        except (EOFError, OSError) as error:
            raise Failed(
                "A process that draws films has ended before its work.",
                "Most often memory ran out: draw with one process.",
            ) from error


@contextlib.contextmanager
def _workers(count: int, *given: Any) -> Iterator[Sequence[Pipe]]:
    """Processes that draw by what is given, each at the other end of a pipe. They end with the block, even
    in the middle of a film.

    Each has a pipe of its own: what one that is killed has half-written to a shared one would be waited for for ever.
    """
    context = get_context("spawn")
    begun: list[tuple[SpawnProcess, Pipe]] = []
    try:
        for _ in range(count):
            here, there = context.Pipe()
            worker = context.Process(target=_work, args=(there, os.getpid(), *given), daemon=True)
            worker.start()
            there.close()
            begun.append((worker, here))
        yield [here for _, here in begun]
    finally:
        for worker, here in begun:
            worker.kill()
            worker.join()
            here.close()


def _in_order(
    pipes: Sequence[Pipe], work: Iterator[Sequence[int]]
) -> Iterator[tuple[Latents, Labels]]:
    """Results in the order of the work; each worker has one piece of it at a time."""
    waiting: deque[Pipe] = deque()
    for pipe, some in zip(pipes, work, strict=False):
        pipe.send(some)
        waiting.append(pipe)
    while waiting:
        pipe = waiting.popleft()
        done = pipe.recv()
        for some in islice(work, 1):
            pipe.send(some)
            waiting.append(pipe)
        yield done


def _work(pipe: Pipe, parent: int, codec: Codec, split: Split, stage: Stage) -> None:
    """A worker, until its pipe closes."""
    die_with_parent(parent=parent)
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            pipe.send(_films(pipe.recv(), codec, split, stage))


def _films(
    seeds: Sequence[int], codec: Codec, split: Split, stage: Stage
) -> tuple[Latents, Labels]:
    films = [clip(seed, held=split == "held", stage=stage) for seed in seeds]
    latents = np.stack([codec.encode(film.frames).astype(np.float16) for film in films])
    return latents, np.stack([labels(**film.names) for film in films])
