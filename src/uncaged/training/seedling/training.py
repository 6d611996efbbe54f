"""One leg of learning: a pure function of recipe, files and folder, for one process or one of several that gossip.

The same code on a CPU core and on a GPU. It ends by its samples or minutes, by being told to stop, or by a number that
is none; whatever ends it, the last whole checkpoint stays in the folder, and the same call goes on from there.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from uncaged.core.errors import AskedWrong, Failed
from uncaged.training.seedling.checkpoint import save
from uncaged.training.seedling.counting import Counters, energy
from uncaged.training.seedling.feeding import Feed
from uncaged.training.seedling.gossip import Gossip, Told
from uncaged.training.seedling.objective import loss
from uncaged.training.seedling.opening import Begun, Files, begin
from uncaged.training.seedling.progress import Hear, Progress, Running
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.weights import mean_share, rate

TOLD_EVERY = 20.0
"""Seconds of work between two records of progress."""

HELD_FRAMES, HELD_CLIPS = 6, 4
"""Batches that the held-out loss is measured on."""

MINUTE = 60.0


class NotANumber(Failed):
    """A loss, a gradient or a weight is no finite number any more; the leg ends, its last checkpoint stays."""


def train(
    recipe: Recipe,
    files: Files,
    out: Path,
    rank: int = 0,
    world: int = 1,
    *,
    accept_changes: bool = False,
    stop: Callable[[], bool] = lambda: False,
    hear: Hear | None = None,
) -> Path:
    """Performs (or goes on with) the leg in `out`; returns the folder of its last checkpoint.

    rank, world: which of how many processes; all but 0 only learn and gossip. stop: asked after every step. hear: gets
    every record. Raises `AskedWrong` where the leg was begun with another recipe, other drawings or other code and
    `accept_changes` is not set, `NotANumber`, `DiskFull`, and `Failed` where memory runs out.
    """
    if world > 1 and len(files.gossip) < world:
        raise AskedWrong("Several processes need a slot each to gossip in.", "Name one for each.")
    torch.set_num_threads(recipe.threads)
    with _enough_memory():
        begun = begin(recipe, files, out, rank, accept_changes=accept_changes)
        leg = _Leg(recipe, files, out, rank, world, begun, Progress(out, hear))
        return leg.run(stop)


@dataclass(frozen=True, slots=True)
class _Since:
    """When the last record was made, and how much had been done."""

    worked: float
    samples: int


class _Leg:
    """A leg at work."""

    def __init__(
        self,
        recipe: Recipe,
        files: Files,
        out: Path,
        rank: int,
        world: int,
        begun: Begun,
        progress: Progress,
    ) -> None:
        self.recipe, self.out, self.rank = recipe, out, rank
        self.weights, self.counters, self.body = begun.weights, begun.counters, begun.body
        self.progress = progress
        self.pixels = torch.from_numpy(begun.drawings.pixels).to(recipe.device)
        self.feed = Feed(begun.drawings.latents, begun.drawings.labels, recipe)
        self.gossip = Gossip(files.gossip, rank, world, self.weights.master.numel())
        self._began = self.counters
        self._core = time.process_time()
        self._losses = Running()
        before = self.counters
        self._since = _Since(before.worked, before.leg_frames + before.leg_clips)
        self._kept: tuple[Path | None, Counters] = (begun.found, self.counters)

    def run(self, stop: Callable[[], bool]) -> Path:
        """Step after step to the end; returns the last checkpoint."""
        self._tell("begun", found=str(self._kept[0] or ""), precision=self.body["precision"])
        why = "stopped"
        try:
            while not stop():
                total = self._total()
                if total.done(self.recipe) >= 1:
                    why = "done"
                    break
                self._step(total)
                self._now_and_then()
        except NotANumber as error:
            self._tell("ended", why="not a number", sentence=str(error))
            raise
        path = self._keep()
        self._tell("ended", why=why)
        return path

    def _step(self, total: Counters) -> None:
        """One step: a batch, its loss, an update, perhaps gossip, and the running mean."""
        began, recipe, now = time.monotonic(), self.recipe, self.counters
        key = (recipe.seed, self.rank, now.step)
        clips = recipe.stage == "mixed" and _chance(key) >= recipe.frame_share
        batch = self.feed.batch(key, clips=clips)
        lost = loss(self.weights.net, batch, recipe, self.pixels)
        lost.whole.backward()
        length = self.weights.gather(recipe.clip_norm)
        value = float(lost.plain.detach())
        if not math.isfinite(value) or not math.isfinite(length):
            raise self._broken(f"the loss is {value}, its gradient {length}")
        done = total.done(recipe)
        speed = rate(
            recipe.learning_rate, now.leg_step + 1, recipe.warm_steps, done, recipe.decay_last
        )
        self.weights.step(speed, films=clips)
        if (now.step + 1) % recipe.gossip_every == 0:
            self.gossip.say(self.weights.master, self._told())
            self.gossip.hear(self.weights.master)
        self.weights.follow(mean_share(recipe.ema_window, now.stage_step))
        self._losses.add("clip_loss" if clips else "frame_loss", value)
        self._losses.add("gradient", length)
        count = len(batch.labels)
        self.counters = now.after(
            0 if clips else count, count if clips else 0, time.monotonic() - began
        )

    def _now_and_then(self) -> None:
        """A record and a checkpoint, when it is time."""
        if self.rank:
            return
        worked, (_, kept) = self.counters.worked, self._kept
        if worked - self._since.worked >= TOLD_EVERY:
            self._tell("step")
        steps = self.recipe.save_steps
        due = worked - kept.worked >= MINUTE * self.recipe.save_every
        if due or (steps and self.counters.leg_step % steps == 0):
            self._keep()

    def _keep(self) -> Path:
        """A checkpoint of now, unless there is one. Only the first process keeps."""
        path, kept = self._kept
        if path is not None and (self.rank or kept.step == self.counters.step):
            return path
        if self.rank:
            return self.out
        if not self.weights.whole():
            raise self._broken("a weight is no number")
        total = self._total()
        body = dict(self.body) | {"counters": total.to_json()}
        path = save(self.out, body, self.weights.tensors(), self.weights.moments())
        self._kept = (path, self.counters)
        self._tell("held", **self.held())
        self._tell("kept", path=path.name)
        return path

    @torch.no_grad()
    def held(self) -> dict[str, float]:
        """The loss on clips that are never learned from, with everything said: of frames, and of clips if any."""
        found: dict[str, float] = {}
        for clips, count in ((False, HELD_FRAMES), (True, HELD_CLIPS)):
            if clips and self.recipe.stage != "mixed":
                continue
            parts = [
                float(
                    loss(
                        self.weights.net, self.feed.held(i, clips=clips), self.recipe, self.pixels
                    ).plain
                )
                for i in range(count)
            ]
            found["held_clips" if clips else "held_frames"] = float(np.mean(parts))
        return found

    def _told(self) -> Told:
        """What this process has done since it started."""
        return Told(
            self.counters.frames - self._began.frames,
            self.counters.clips - self._began.clips,
            time.process_time() - self._core,
        )

    def _total(self) -> Counters:
        """The counters of all processes together."""
        return self.counters.with_others(self.gossip.others(), time.process_time() - self._core)

    def _tell(self, what: str, **said: Any) -> None:
        """A record with all counters. Only the first process speaks."""
        if self.rank:
            return
        total = self._total()
        samples = total.leg_frames + total.leg_clips
        passed = self.counters.worked - self._since.worked
        speed: Mapping[str, float] = {}
        if what == "step" and passed > 0:
            speed = {"samples_a_second": (samples - self._since.samples) / passed}
            speed |= self._losses.take()
            self._since = _Since(self.counters.worked, samples)
        self.progress.tell(
            what,
            time=time.time(),
            **total.to_json(),
            **speed,
            **energy(total, self.recipe),
            done=total.done(self.recipe),
            left=total.left(self.recipe),
            **said,
        )

    def _broken(self, what: str) -> NotANumber:
        path = self._kept[0]
        return NotANumber(
            f"At step {self.counters.step + 1} {what}: the leg ends here.",
            f"{path} is the last good checkpoint; go on from it with a lower learning rate."
            if path
            else "Nothing was kept yet; begin again with a lower learning rate.",
        )


def _chance(key: tuple[int, int, int]) -> float:
    """A number in 0..1 of a step, beside those of its batch."""
    return float(np.random.default_rng([*key, 1]).random())


@contextmanager
def _enough_memory() -> Iterator[None]:
    """Says in a sentence that memory has run out."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise _too_little() from error
    except RuntimeError as error:
        if "allocate memory" in str(error) or "out of memory" in str(error):
            raise _too_little() from error
        raise


def _too_little() -> Failed:
    return Failed(
        "There was not enough memory for the leg.",
        "Fewer frames and clips a step need less; the last whole checkpoint stays.",
    )
