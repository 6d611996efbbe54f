"""One leg of an inker: a pure function of recipe, codec and folder; it goes on from its last whole checkpoint.

What the legs of the main network are made of (flat master, checkpoints, records) is used as it is.
"""

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.inking import SIDES
from uncaged.training.seedling.agreeing import code, insist
from uncaged.training.seedling.checkpoint import Checkpoint, latest, read, save
from uncaged.training.seedling.counting import Counters
from uncaged.training.seedling.gossip import Told
from uncaged.training.seedling.ink_recipe import InkRecipe
from uncaged.training.seedling.inker import SHAPES, Inker, built
from uncaged.training.seedling.opening import DTYPES, faster
from uncaged.training.seedling.pairs import Pairs, Window
from uncaged.training.seedling.progress import Hear, Progress, Running
from uncaged.training.seedling.recipe import differences
from uncaged.training.seedling.training import MINUTE, TOLD_EVERY, NotANumber
from uncaged.training.seedling.weights import Weights, mean_share, rate

MATTERING = ("ink_training", "inker", "pairs", "weights")
"""Modules that decide what is learned."""

ROUND: Final = 0.02
"""Errors of less (2.5 levels) count by their squares: else all flat places pull at once, and nothing moves."""


def train(
    recipe: InkRecipe,
    codec: Codec,
    out: Path,
    start: Path | None = None,
    *,
    accept_changes: bool = False,
    stop: Callable[[], bool] = lambda: False,
    hear: Hear | None = None,
) -> Path:
    """Performs (or goes on with) the leg in `out`; returns the folder of its last checkpoint.

    start: a checkpoint or a leg's folder that a new leg begins from. stop: asked after every step. hear: gets every
    record. Raises `AskedWrong` where the leg was begun differently and `accept_changes` is not set, `NotANumber`,
    `DiskFull`.
    """
    torch.set_num_threads(recipe.threads)
    return _Leg(recipe, codec, out, start, Progress(out, hear), accept_changes).run(stop)


def loss(made: Tensor, meant: Tensor, recipe: InkRecipe, frames: int) -> Tensor:
    """Mean error, and its changes from pixel to pixel and from frame to frame. (B·frames, h, w, 3) each."""
    error = made - meant
    found = _size(error)
    if recipe.slopes:
        across = _size(error[:, :, 1:] - error[:, :, :-1])
        down = _size(error[:, 1:] - error[:, :-1])
        found = found + recipe.slopes * (across + down)
    if recipe.changes and frames > 1:
        film = error.unflatten(0, (-1, frames))
        found = found + recipe.changes * _size(film[:, 1:] - film[:, :-1])
    return found


def _size(error: Tensor) -> Tensor:
    """The mean of absolute values, those below `ROUND` rounded off."""
    return (error.square() + ROUND**2).sqrt().mean() - ROUND


def inker(checkpoint: Checkpoint, side: int = SIDES[0], kind: str = "mean") -> Inker:
    """The network of a checkpoint in fp32: its running mean, or with kind "net" the weights it goes on from."""
    net = built(checkpoint.body["recipe"]["size"])
    tensors = checkpoint.tensors()
    net.load_state_dict({name: tensors[f"{kind}.{name}"] for name, _ in net.named_parameters()})
    net.side = side
    return net.eval()


class _Leg:
    """A leg at work."""

    def __init__(
        self,
        recipe: InkRecipe,
        codec: Codec,
        out: Path,
        start: Path | None,
        progress: Progress,
        accepted: bool,
    ) -> None:
        if recipe.size not in SHAPES:
            raise AskedWrong(
                f"There is no size “{recipe.size}”.", f"There are {', '.join(SHAPES)}."
            )
        self.recipe, self.out, self.progress = recipe, out, progress
        out.mkdir(parents=True, exist_ok=True)
        found = latest(out, sweep=True)
        begun = read(start) if found is None and start is not None else None
        self.body = _body(recipe, codec, found or begun, resumed=found is not None, ok=accepted)
        torch.manual_seed(recipe.seed)
        net = built(recipe.size)
        _only(net, recipe.side)
        dtype = DTYPES[self.body["precision"]]
        self.weights = Weights(net, dtype=dtype, decay=recipe.weight_decay)
        self.net = net
        self.counters = Counters()
        if found is not None:
            self.weights.load(found.tensors())
            self.weights.load_moments(found.tensors("moments"))
            self.counters = Counters.from_json(found.body["counters"])
        elif begun is not None:
            self.counters = self._from(begun)
        self.pairs = Pairs(
            codec,
            recipe.seed,
            side=recipe.side,
            window=Window(recipe.places, recipe.times),
            noise=recipe.noise,
            kept=recipe.kept,
            lasts=recipe.lasts,
        )
        self._kept = (found.path if found else None, self.counters)
        self._told = (self.counters.worked, self.counters.clips)
        self._losses = Running()
        self._core = time.process_time()

    def _from(self, begun: Checkpoint) -> Counters:
        """From another leg's end: with its moments, or for the other side from its running mean without them."""
        other = begun.body["recipe"]["side"] != self.recipe.side
        self.weights.load(begun.tensors(), from_mean=other)
        if not other and "moments.safetensors" in begun.body["files"]:
            self.weights.load_moments(begun.tensors("moments"))
        return Counters.from_json(begun.body["counters"]).new_leg(new_stage=other)

    def run(self, stop: Callable[[], bool]) -> Path:
        """Step after step to the end; returns the last checkpoint."""
        self._tell("begun", found=str(self._kept[0] or ""), precision=self.body["precision"])
        why = "done"
        try:
            while self._done() < 1:
                if stop():
                    why = "stopped"
                    break
                self._step()
                self._now_and_then()
        except NotANumber as error:
            self._tell("ended", why="not a number", sentence=str(error))
            raise
        path = self._keep()
        self._tell("ended", why=why)
        return path

    def _step(self) -> None:
        """One step: windows, their loss, an update, and the running mean."""
        began, recipe, now = time.monotonic(), self.recipe, self.counters
        small, large = self.pairs.batch(now.step, recipe.windows_a_step)
        lost = self._loss(small, large)
        lost.backward()
        length = self.weights.gather(recipe.clip_norm)
        value = float(lost.detach())
        if not math.isfinite(value) or not math.isfinite(length):
            raise self._broken(f"the loss is {value}, its gradient {length}")
        speed = rate(
            recipe.learning_rate,
            now.leg_step + 1,
            recipe.warm_steps,
            self._done(),
            recipe.decay_last,
        )
        self.weights.step(speed, films=False)
        self.weights.follow(mean_share(recipe.ema_window, now.stage_step))
        self._losses.add("loss", value)
        self._losses.add("gradient", length)
        self.counters = now.after(0, recipe.windows_a_step, time.monotonic() - began)

    def _loss(self, small: Tensor, large: Tensor) -> Tensor:
        frames = len(small) // self.recipe.windows_a_step
        dtype = next(self.net.parameters()).dtype
        if self.recipe.side == SIDES[0]:
            made = self.net.ink(small.to(dtype), frames).float()
            return loss(made, large, self.recipe, len(large) // self.recipe.windows_a_step)
        with torch.no_grad():
            inked = self.net.ink(small.to(dtype), frames)[1::3]
        return loss(self.net.enlarge(inked).float(), large, self.recipe, frames)

    def _done(self) -> float:
        """How much of the leg is done, 0..1: by its samples or by its minutes, whichever is further."""
        share = self.counters.leg_clips / self.recipe.samples
        if self.recipe.minutes:
            share = max(share, self.counters.worked / (MINUTE * self.recipe.minutes))
        return min(1.0, share)

    def _now_and_then(self) -> None:
        """A record and a checkpoint, when it is time."""
        worked, kept = self.counters.worked, self._kept[1].worked
        if worked - self._told[0] >= TOLD_EVERY:
            self._tell("step", **self._speed())
        steps = self.recipe.save_steps
        due = worked - kept >= MINUTE * self.recipe.save_every
        if due or (steps and self.counters.leg_step % steps == 0):
            self._keep()

    def _speed(self) -> Mapping[str, float]:
        worked, samples = self._told
        self._told = (self.counters.worked, self.counters.clips)
        speed = (self.counters.clips - samples) / (self.counters.worked - worked)
        return {"samples_a_second": speed} | self._losses.take()

    def _keep(self) -> Path:
        """A checkpoint of now, unless there is one."""
        path, kept = self._kept
        if path is not None and kept.step == self.counters.step:
            return path
        if not self.weights.whole():
            raise self._broken("a weight is no number")
        body = dict(self.body) | {"counters": self._counted().to_json()}
        path = save(self.out, body, self.weights.tensors(), self.weights.moments())
        self._kept = (path, self.counters)
        self._tell("kept", path=path.name)
        return path

    def _counted(self) -> Counters:
        """With the processor time of this process."""
        return self.counters.with_others(Told(0, 0, 0.0), time.process_time() - self._core)

    def _tell(self, what: str, **said: Any) -> None:
        counted = self._counted()
        self.progress.tell(what, time=time.time(), **counted.to_json(), done=self._done(), **said)

    def _broken(self, what: str) -> NotANumber:
        path = self._kept[0]
        return NotANumber(
            f"At step {self.counters.step + 1} {what}: the leg ends here.",
            f"{path} is the last good checkpoint; go on from it with a lower learning rate."
            if path
            else "Nothing was kept yet; begin again with a lower learning rate.",
        )


def _only(net: Inker, side: int) -> None:
    """Only what makes this side learns."""
    for one in net.parameters():
        one.requires_grad_(side == SIDES[0])
    for one in net.finest():
        one.requires_grad_(side != SIDES[0])


def _body(
    recipe: InkRecipe, codec: Codec, old: Checkpoint | None, *, resumed: bool, ok: bool
) -> dict[str, Any]:
    """What a leg's checkpoints say of it. Raises `AskedWrong` where it was begun differently."""
    body: dict[str, Any] = {
        "of": "inker",
        "recipe": recipe.to_json(),
        "data": codec.hash,
        "code": code(MATTERING),
        "torch": torch.__version__,
        "history": [],
        "precision": recipe.precision,
    }
    if old is not None:
        if old.body.get("of") != "inker":
            raise AskedWrong(f"{old.path} is no checkpoint of an inker.", "Name an inker's leg.")
        rows = list(differences(InkRecipe.from_json(old.body["recipe"]), recipe))
        rows += [
            (name, str(old.body[name])[:16], str(body[name])[:16])
            for name in ("data", "code")
            if old.body[name] != body[name]
        ]
        insist([row for row in rows if resumed or row[0] == "size"], str(old.path), accepted=ok)
        before = list(old.body["history"])
        kept = ("recipe", "data", "code", "counters", "precision", "torch")
        ended = [] if resumed else [{"leg": {name: old.body[name] for name in kept}}]
        changed = (
            [{"changed": [list(row) for row in rows], "at_step": old.step}]
            if resumed and rows
            else []
        )
        body["history"] = [*before, *ended, *changed]
    if recipe.precision == "auto":
        body["precision"] = old.body["precision"] if resumed and old else faster("cpu")
    return body
