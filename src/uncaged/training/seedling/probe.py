"""The probe: names kind and hue of single frames, and size, motion and place from how frames differ.

Trained on the generator's own clips alone, half of them with noise in their latents: a probe of clean clips misreads a
model's texture (38 % where this one and the eye see 82). Knows no model.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from uncaged.core.errors import FileDamaged
from uncaged.engines.seedling.codec import PATCH, Codec
from uncaged.engines.seedling.grammar import SLOT
from uncaged.training.seedling.feeding import chances
from uncaged.training.seedling.layers import Conv, channels_last, normed
from uncaged.training.seedling.placing import beside

NAMED = ("kind", "hue", "size", "motion", "place")
"""What the probe names of the first subject, in this order."""

LOUDEST = 0.45
"""Standard deviation of the noise in latents, at most."""

SEEN = 8
"""Frames of a film that the probe looks at: the first of each pair."""


class Tower(nn.Module):
    """Five convolutions from 64×64 pixels to 4×4×128 numbers."""

    def __init__(self, inside: int, first: int, second: int) -> None:
        super().__init__()
        self.enter = nn.Conv2d(inside, first, 6, 4, 1)
        self.rest = nn.ModuleList(
            [
                Conv(first, second),
                Conv(second, 128, stride=2),
                Conv(128, 128),
                Conv(128, 128, stride=2),
            ]
        )

    def places(self, x: Tensor) -> Tensor:
        """(N, inside, 64, 64) -> (N, 4, 4, 128)."""
        x = self.enter(x.contiguous(memory_format=torch.channels_last)).permute(0, 2, 3, 1)
        x = functional.relu(x)
        for conv in self.rest:
            x = functional.relu(normed(conv(x)))
        return x

    def forward(self, x: Tensor) -> Tensor:
        """(N, inside, 64, 64) -> (N, 2048)."""
        return self.places(x).flatten(1)


class Probe(nn.Module):
    """See above. Frames are (…, 3, 64, 64), −1 … 1."""

    def __init__(self) -> None:
        super().__init__()
        sizes = [len(SLOT[f"s1.{name}"].values) for name in NAMED]
        self.look, self.watch = Tower(3, 48, 64), Tower(3 * SEEN, 96, 96)
        self.looked = nn.Linear(2048, 256)
        self.watched = nn.Sequential(
            nn.Linear(2048, 512), nn.SiLU(), nn.Linear(512, 256), nn.SiLU()
        )
        self.still = nn.ModuleList([nn.Linear(256, size) for size in sizes[:2]])
        self.moving = nn.ModuleList([nn.Linear(256, size) for size in sizes[2:]])

    def frames(self, x: Tensor) -> tuple[list[Tensor], Tensor]:
        """(N, 3, 64, 64) -> scores of kind and hue (N, names each), and what was seen (N, 256)."""
        seen = functional.silu(self.looked(self.look(x)))
        return [name(seen) for name in self.still], seen

    def films(self, x: Tensor) -> tuple[list[Tensor], Tensor]:
        """(N, 8, 3, 64, 64) -> scores of size, motion and place (N, names each), and what was seen (N, 256).

        The first frame and seven differences: a probe of stacked frames stays ten points behind.
        """
        changes = torch.cat([x[:, :1], x[:, 1:] - x[:, :-1]], 1)
        seen = self.watched(self.watch(changes.flatten(1, 2)))
        return [name(seen) for name in self.moving], seen


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What the probe read of n films: read (n, 5), the number of the value it names in each slot; seen (n, 512)."""

    read: NDArray[np.int64]
    seen: NDArray[np.float32]


@torch.no_grad()
def named(probe: Probe, films: NDArray[np.uint8], batch: int = 64) -> Named:
    """Reads films (n, 16, 64, 64, 3); kind and hue are what the frames say together."""
    read, seen = [], []
    for start in range(0, len(films), batch):
        x = pixels(films[start : start + batch, ::2])
        still, looked = probe.frames(x.flatten(0, 1))
        together = [s.log_softmax(-1).unflatten(0, (-1, SEEN)).mean(1) for s in still]
        moving, watched = probe.films(x)
        read.append(torch.stack([s.argmax(-1) for s in (*together, *moving)], 1))
        seen.append(torch.cat([looked.unflatten(0, (-1, SEEN)).mean(1), watched], 1))
    return Named(torch.cat(read).numpy(), torch.cat(seen).numpy())


@torch.no_grad()
def named_frames(probe: Probe, frames: NDArray[np.uint8], batch: int = 256) -> NDArray[np.int64]:
    """Reads single frames (n, 64, 64, 3): kind and hue, (n, 2)."""
    read = []
    for start in range(0, len(frames), batch):
        still, _ = probe.frames(pixels(frames[start : start + batch]))
        read.append(torch.stack([s.argmax(-1) for s in still], 1))
    return torch.cat(read).numpy()


def pixels(frames: NDArray[np.uint8]) -> Tensor:
    """(…, h, w, 3) uint8 -> (…, 3, h, w) float, −1 … 1."""
    x = torch.from_numpy(np.ascontiguousarray(frames)).movedim(-1, -3)
    return x.float().div_(127.5).sub_(1)


def targets(labels: NDArray[np.float32]) -> NDArray[np.int64]:
    """What films show, (n, all labels), as the probe should read it, (n, 5)."""
    slots = [SLOT[f"s1.{name}"] for name in NAMED]
    return np.stack([labels[:, slot.offset : slot.end].argmax(1) for slot in slots], 1)


@dataclass(frozen=True, slots=True)
class Lessons:
    """How the probe is taught. steps: on whole films; then look_steps on single frames alone, since motion is learned
    long before kinds are. spins: how many times as often films that spin are shown: a kind has to be known upside down.
    """

    steps: int = 1600
    look_steps: int = 3000
    films: int = 64
    rate: float = 1e-3
    spins: float = 4.0
    seed: int = 0


def taught(
    latents: NDArray[np.float16],
    labels: NDArray[np.float32],
    codec: Codec,
    lessons: Lessons,
    probe: Probe | None = None,
) -> Probe:
    """A probe that has seen these clips, decoded with noise in half of them. probe: one that goes on learning."""
    torch.manual_seed(lessons.seed)
    probe = channels_last(probe or Probe()).train()
    class_ = _Teaching(latents, labels, codec, lessons)
    for steps, films in ((lessons.steps, True), (lessons.look_steps, False)):
        adam = torch.optim.AdamW(probe.parameters(), lessons.rate, weight_decay=0.02, foreach=True)
        for step in range(steps):
            slower(adam, lessons.rate, step / steps, step)
            class_.lesson(probe, films=films).backward()
            adam.step()
            adam.zero_grad()
            if step % 100 == 99:
                print(f"probe: {'films' if films else 'frames'}, step {step + 1}", flush=True)
    return probe.eval()


def slower(adam: torch.optim.AdamW, most: float, part: float, step: int) -> None:
    """Sets the learning rate of a step: rising over the first fifty, then falling as a cosine. part: 0 … 1 of all."""
    for group in adam.param_groups:
        group["lr"] = most * min(1.0, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * part))


class Clips:
    """Coded clips as a probe sees them while it learns: decoded, half of them with noise in their latents."""

    def __init__(self, latents: NDArray[np.float16], codec: Codec, seed: int) -> None:
        self._latents = latents
        first = PATCH * PATCH * 3  # of a pair, the first frame
        self._back = torch.from_numpy(codec.back[:, :first])
        self._mean = torch.from_numpy(codec.mean[:first])
        self.chance = np.random.default_rng(seed)

    def pixels(self, which: NDArray[np.int64], frames: slice | NDArray[np.int64]) -> Tensor:
        """(films, frames, 3, 64, 64) of these clips."""
        x = torch.from_numpy(np.asarray(self._latents[which][:, frames], np.float32))
        loud = LOUDEST * torch.rand(len(x), 1, 1, 1, 1) * (torch.rand(len(x), 1, 1, 1, 1) < 0.5)
        return unpatched((x + torch.randn(x.shape) * loud) @ self._back + self._mean).clamp_(-1, 1)


class _Teaching:
    """Batches of decoded clips, and what the probe should have read."""

    def __init__(
        self,
        latents: NDArray[np.float16],
        labels: NDArray[np.float32],
        codec: Codec,
        lessons: Lessons,
    ) -> None:
        self._films = lessons.films
        self._wanted = torch.from_numpy(targets(labels))
        sums = chances(labels, [("s1.motion=spins", lessons.spins)])
        self._sums = np.arange(1, len(labels) + 1.0) if sums is None else sums
        self._clips = Clips(latents, codec, lessons.seed)

    def lesson(self, probe: Probe, *, films: bool) -> Tensor:
        """The sum of the cross entropies: kind and hue of three frames of each film, and with `films` the others."""
        sums, chance = self._sums, self._clips.chance
        which = np.searchsorted(sums, chance.random(self._films) * sums[-1])
        three = chance.permutation(SEEN)[:3]
        x = self._clips.pixels(which, slice(None) if films else three)
        wanted = self._wanted[which]
        lesson, entropy = torch.zeros(()), functional.cross_entropy
        with torch.autocast("cpu", torch.bfloat16):
            still, _ = probe.frames((x[:, three] if films else x).flatten(0, 1))
            moving = probe.films(x)[0] if films else []
        for i, scores in enumerate(still):
            lesson = lesson + entropy(scores.float(), wanted[:, i].repeat_interleave(3))
        for i, scores in enumerate(moving):
            lesson = lesson + entropy(scores.float(), wanted[:, 2 + i])
        return lesson


def unpatched(rows: Tensor) -> Tensor:
    """(n, t, 16, 16, 48) of a pair's first frames -> (n, t, 3, 64, 64)."""
    n, t, h, w, _ = rows.shape
    x = rows.reshape(n, t, h, w, PATCH, PATCH, 3).permute(0, 1, 6, 2, 4, 3, 5)
    return x.reshape(n, t, 3, PATCH * h, PATCH * w)


def save(probe: Probe, path: Path, ceiling: Mapping[str, float]) -> None:
    """Writes a probe, and what it reads right of real clips."""
    tensors = {name: value.contiguous() for name, value in probe.state_dict().items()}
    with beside(path) as part:
        save_file(tensors, part, {"ceiling": json.dumps(dict(ceiling))})


def load(path: Path) -> Probe:
    """Reads what `save` wrote; `FileDamaged` where that is no probe of these kinds, hues and motions."""
    probe = Probe()
    try:
        probe.load_state_dict({name: one.float() for name, one in load_file(path).items()})
    except (OSError, SafetensorError, RuntimeError) as error:
        raise FileDamaged(
            f"{path} is no probe that reads these films.", "Teach one anew."
        ) from error
    return channels_last(probe).eval()


def shipped() -> Probe:
    """The probe of the package, in half numbers: taught by 20,000 films of seen and 4,000 of held-out pairs."""
    return load(Path(__file__).with_name("probe.safetensors"))
