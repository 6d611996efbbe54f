"""Processes that learn side by side: each writes its weights where all can see them, and averages with what is new.

There is no barrier and no lock: a slow process holds nobody up. A counter in each slot says whether it has moved; who
averaged with a slot that stands still would be pulled back to old weights again and again. A slot that is read while it
is written is a mixture of two neighbouring steps of one process: as good as either.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from uncaged.training.seedling.counting import Told
from uncaged.training.seedling.slots import reserve

HEADER = 8
"""int64 numbers before the weights: counter, frames, clips, microseconds of work on a core, four of no use yet."""


class Gossip:
    """One process's place in a circle of `world`. slots: a file for each of them, best in memory (see `slots`); one
    alone needs none. Raises `DiskFull` where there is no room for its own."""

    def __init__(self, slots: Sequence[Path], rank: int, world: int, size: int) -> None:
        self.rank, self.world, self.size = rank, world, size
        self._paths, self._bytes = slots, 8 * HEADER + 4 * size
        self._heard: dict[int, int] = {}
        self._slots: dict[int, np.memmap] = {}
        self._count = 0
        if world > 1:
            reserve(slots[rank], self._bytes)

    def _slot(self, rank: int) -> np.memmap | None:
        """The slot of a process, or None where it has not begun yet."""
        if rank not in self._slots:
            path = self._paths[rank]
            if not path.exists() or path.stat().st_size != self._bytes:
                return None
            self._slots[rank] = np.memmap(path, np.uint8, "r+", shape=(self._bytes,))
        return self._slots[rank]

    def say(self, master: Tensor, told: Told) -> None:
        """Publishes these weights (size,) and what is told with them."""
        slot = self._slot(self.rank) if self.world > 1 else None
        if slot is None:
            return
        header = slot[: 8 * HEADER].view(np.int64)
        _weights(slot).copy_(master.detach())
        self._count += 1
        header[1:4] = told.frames, told.clips, int(told.core * 1e6)
        header[0] = self._count

    @torch.no_grad()
    def hear(self, master: Tensor) -> int:
        """Averages the weights, in place, with every other's that is new; returns how many were. Never waits."""
        new = 0
        for rank in range(self.world):
            slot = self._slot(rank) if rank != self.rank else None
            if slot is None:
                continue
            count = int(slot[:8].view(np.int64)[0])
            if count and count != self._heard.get(rank):
                self._heard[rank] = count
                master.lerp_(_weights(slot).to(master.device), 0.5)
                new += 1
        return new

    def others(self) -> Told:
        """What all others told, in sum."""
        frames = clips = micro = 0
        for rank in range(self.world):
            slot = self._slot(rank) if rank != self.rank else None
            if slot is not None:
                header = slot[: 8 * HEADER].view(np.int64)
                frames += int(header[1])
                clips += int(header[2])
                micro += int(header[3])
        return Told(frames, clips, micro / 1e6)


def _weights(slot: np.memmap) -> Tensor:
    return torch.from_numpy(np.asarray(slot[8 * HEADER :]).view(np.float32))
