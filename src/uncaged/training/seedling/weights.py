"""The weights of a leg: one flat fp32 master, the network that computes, the running mean, and AdamW.

The flat order is by name: first what single frames use, then what joins frames (left alone in a step on single frames).
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from uncaged.training.seedling.network import joining

BETAS = (0.9, 0.98)
SLOWEST = 0.03
"""What is left of the learning rate at the end of a decay."""


class Weights:
    """A network in training. dtype: what it computes in; the master is always fp32."""

    def __init__(
        self, net: nn.Module, *, dtype: torch.dtype, device: str = "cpu", decay: float = 0.01
    ) -> None:
        late = joining(net)
        named = sorted(net.named_parameters(), key=lambda pair: pair[0] in late)
        self.names = [name for name, _ in named]
        self.master = torch.cat([p.detach().float().flatten() for _, p in named]).to(device)
        self.mean = self.master.clone()
        self.net = net.to(device=device, dtype=dtype)
        self._parameters = [dict(self.net.named_parameters())[name] for name in self.names]
        self._late = sum(name in late for name in self.names)
        first = sum(p.numel() for p in self._parameters[: len(self.names) - self._late])
        self._gradient = torch.zeros_like(self.master)
        self._views = self._cut(self.master)
        self._gradients = self._cut(self._gradient)
        self._parts = [self.master[:first], self.master[first:]]
        self._part_gradients = [self._gradient[:first], self._gradient[first:]]
        for part in self._parts:
            part.requires_grad_(True)
        self._adam = torch.optim.AdamW(
            [part for part in self._parts if part.numel()],
            betas=BETAS,
            weight_decay=decay,
            fused=True,
        )
        self.show()

    def _cut(self, flat: Tensor) -> list[Tensor]:
        """Views of a flat tensor in the parameters' shapes; contiguous, whatever the parameters' own strides."""
        sizes = [p.numel() for p in self._parameters]
        return [
            part.view(p.shape) for part, p in zip(flat.split(sizes), self._parameters, strict=True)
        ]

    @torch.no_grad()
    def gather(self, clip: float) -> float:
        """Takes the network's gradients into one flat fp32 tensor and shortens it to `clip`; returns its length before.

        Copying element by element is what makes the update right: fused AdamW on a CPU pairs weights and gradients by
        their order in memory, silently, and a convolution's gradient is channels-last.
        """
        self._gradient.zero_()
        pairs = [
            (flat, p.grad)
            for flat, p in zip(self._gradients, self._parameters, strict=True)
            if p.grad is not None
        ]
        for flat, gradient in pairs:
            flat.copy_(gradient)
        for p in self._parameters:
            p.grad = None
        length = float(self._gradient.norm())
        if length > clip:
            self._gradient.mul_(clip / length)
        return length

    @torch.no_grad()
    def step(self, rate: float, *, films: bool) -> None:
        """One AdamW update from the gathered gradient; without `films` what joins frames stays as it is."""
        self._adam.param_groups[0]["lr"] = rate
        self._parts[0].grad = self._part_gradients[0]
        self._parts[1].grad = self._part_gradients[1] if films else None
        self._adam.step()

    @torch.no_grad()
    def follow(self, share: float) -> None:
        """Moves the running mean towards the master by this share, and the network to the master."""
        self.mean.lerp_(self.master, min(1.0, share))
        self.show()

    @torch.no_grad()
    def show(self, mean: bool = False) -> None:
        """Copies the master (or the running mean) into the network that computes."""
        views = self._cut(self.mean) if mean else self._views
        for p, view in zip(self._parameters, views, strict=True):
            p.copy_(view)

    def whole(self) -> bool:
        """Whether every weight is a finite number."""
        return bool(self.master.isfinite().all())

    def tensors(self) -> dict[str, Tensor]:
        """Master and running mean by name, fp32, on the CPU: "net.NAME" and "mean.NAME"."""
        return self._named("net", self.master) | self._named("mean", self.mean)

    def moments(self) -> dict[str, Tensor]:
        """AdamW's two moments by name ("first.NAME", "second.NAME"), and how many updates each part has seen."""
        found: dict[str, Tensor] = {}
        first, second = torch.zeros_like(self.master), torch.zeros_like(self.master)
        offset = 0
        for i, part in enumerate(self._parts):
            state = self._adam.state.get(part, {})
            if state:
                first[offset : offset + part.numel()] = state["exp_avg"]
                second[offset : offset + part.numel()] = state["exp_avg_sq"]
            found[f"updates.{i}"] = torch.tensor(float(state.get("step", 0.0)))
            offset += part.numel()
        return found | self._named("first", first) | self._named("second", second)

    def _named(self, kind: str, flat: Tensor) -> dict[str, Tensor]:
        views = self._cut(flat.detach().cpu())
        return {f"{kind}.{name}": view for name, view in zip(self.names, views, strict=True)}

    @torch.no_grad()
    def load(self, tensors: Mapping[str, Tensor], *, from_mean: bool = False) -> None:
        """Takes what `tensors` gave. from_mean: the running mean becomes the master too, where a new stage begins."""
        for kind, flat in (("mean" if from_mean else "net", self.master), ("mean", self.mean)):
            for name, view in zip(self.names, self._cut(flat), strict=True):
                view.copy_(tensors[f"{kind}.{name}"])
        self.show()

    @torch.no_grad()
    def load_moments(self, tensors: Mapping[str, Tensor]) -> None:
        """Takes what `moments` gave."""
        flats = torch.zeros_like(self.master), torch.zeros_like(self.master)
        for kind, flat in zip(("first", "second"), flats, strict=True):
            for name, view in zip(self.names, self._cut(flat), strict=True):
                view.copy_(tensors[f"{kind}.{name}"])
        offset = 0
        for i, part in enumerate(self._parts):
            updates, size = tensors[f"updates.{i}"], part.numel()
            if size and float(updates):
                self._adam.state[part] = {
                    "step": updates.float().to(part.device),
                    "exp_avg": flats[0][offset : offset + size].clone(),
                    "exp_avg_sq": flats[1][offset : offset + size].clone(),
                }
            offset += size


def rate(highest: float, step: int, warm_steps: int, done: float, decay_last: float) -> float:
    """The learning rate at a step of a leg (from 1): warm-up, then constant, then in the last `decay_last` of the leg
    (`done`: 0..1 of it) a straight line down to 3 %."""
    warm = min(1.0, step / warm_steps) if warm_steps else 1.0
    slow = min(1.0, (1 - done) / decay_last) if decay_last else 1.0
    return highest * warm * max(SLOWEST, slow)


def mean_share(window: float, stage_step: int) -> float:
    """How far the running mean moves at a step of a stage (from 0): its window is that share of the steps so far.

    Counted from the stage's start, since a longer one would show what joins frames as it was before it had learned.
    """
    return 1.0 / (1.0 + window * (stage_step + 1))
