"""The probe for films of two subjects: which kinds stand in a frame. It begins with the eyes of the probe of one.

It names kinds alone: which of the two is red, or above, it does not see.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from uncaged.core.errors import FileDamaged
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import SLOT, SUBJECTS
from uncaged.training.seedling.layers import Conv, channels_last, normed
from uncaged.training.seedling.placing import beside
from uncaged.training.seedling.probe import SEEN, Clips, Probe, Tower, pixels, slower

COUNT: Final = len(SLOT["s1.kind"].values)

FRAMES: Final = 2
"""Frames of a film that a lesson shows, of `SEEN`."""

RARE: Final = -3.0
"""What a place says of a kind before it has learnt anything: that it is hardly there."""

SHIPPED: Final = Path(__file__).parent / "kinds.safetensors"


class Kinds(nn.Module):
    """Each of 4×4 places of a frame says what stands there; a kind is in the frame if it is anywhere in it."""

    def __init__(self) -> None:
        super().__init__()
        self.look, self.more = Tower(3, 48, 64), Conv(128, 160)
        self.there = nn.Linear(160, COUNT)
        nn.init.constant_(self.there.bias, RARE)

    @classmethod
    def of(cls, probe: Probe) -> "Kinds":
        """What looks as this probe does, and has not learnt to name yet."""
        kinds = cls()
        kinds.look.load_state_dict(probe.look.state_dict())
        return kinds

    def forward(self, x: Tensor) -> Tensor:
        """Frames (N, 3, 64, 64), −1 … 1 -> (N, kinds): the logit of each being there."""
        seen = functional.relu(normed(self.more(self.look.places(x))))
        return self.there(seen).flatten(1, 2).logsumexp(1)


def present(labels: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which kinds films show, (n, all labels) -> (n, kinds)."""
    slots = [SLOT[f"{subject}.kind"] for subject in SUBJECTS]
    return np.any([labels[:, slot.offset : slot.end] > 0 for slot in slots], 0)


@torch.no_grad()
def two(kinds: Kinds, films: NDArray[np.uint8], batch: int = 64) -> NDArray[np.bool_]:
    """The two kinds that all frames together say most surely, of films (n, 16, 64, 64, 3): (n, kinds)."""
    found = np.zeros((len(films), COUNT), np.bool_)
    for start in range(0, len(films), batch):
        x = pixels(films[start : start + batch, ::2])
        sure = functional.logsigmoid(kinds(x.flatten(0, 1))).unflatten(0, (-1, SEEN)).mean(1)
        most = sure.topk(2, 1).indices.numpy()
        np.put_along_axis(found[start : start + batch], most, values=True, axis=1)
    return found


def taught(
    latents: NDArray[np.float16],
    labels: NDArray[np.float32],
    codec: Codec,
    steps: int,
    probe: Probe,
    *,
    films: int = 96,
    rate: float = 1e-3,
    seed: int = 0,
) -> Kinds:
    """A probe that has seen these clips, of one subject or two, in so many steps of `films` each, two of three with two
    subjects where there are some. probe: that it begins as."""
    torch.manual_seed(seed)
    kinds = channels_last(Kinds.of(probe)).train()
    clips, there = Clips(latents, codec, seed), present(labels)
    wanted, pairs = torch.from_numpy(there).float(), np.flatnonzero(there.sum(1) == len(SUBJECTS))
    adam = torch.optim.AdamW(kinds.parameters(), rate, weight_decay=0.02, foreach=True)
    for step in range(steps):
        slower(adam, rate, step / steps, step)
        which = clips.chance.integers(0, len(latents), films)
        if len(pairs):
            which[: films * 2 // 3] = clips.chance.choice(pairs, films * 2 // 3)
        x = clips.pixels(which, clips.chance.permutation(SEEN)[:FRAMES])
        with torch.autocast("cpu", torch.bfloat16):
            said = kinds(x.flatten(0, 1))
        meant = wanted[which].repeat_interleave(FRAMES, 0)
        lesson = functional.binary_cross_entropy_with_logits(said.float(), meant) * COUNT
        lesson.backward()
        adam.step()
        adam.zero_grad()
        if step % 100 == 99:
            print(f"probe of two: step {step + 1}, {lesson.item():.3f}", flush=True)
    return kinds.eval()


def save(kinds: Kinds, path: Path, ceiling: Mapping[str, float]) -> None:
    """Writes a probe in half numbers, and what it reads right of real clips."""
    tensors = {name: value.half().contiguous() for name, value in kinds.state_dict().items()}
    with beside(path) as part:
        save_file(tensors, part, {"ceiling": json.dumps(dict(ceiling))})


def shipped() -> Kinds:
    """That of the package."""
    return load(SHIPPED)


def load(path: Path) -> Kinds:
    """Reads what `save` wrote; `FileDamaged` where that is no probe of these kinds."""
    kinds = Kinds()
    try:
        kinds.load_state_dict({name: one.float() for name, one in load_file(path).items()})
    except (OSError, SafetensorError, RuntimeError) as error:
        raise FileDamaged(f"{path} is no probe that reads two kinds.", "Teach one anew.") from error
    return channels_last(kinds).eval()
