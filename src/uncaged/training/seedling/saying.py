"""What was said, as the network hears it: a vector per slot, word tokens, and one condition per frame.

Every slot is linear in its labels: `labels @ table + bias`, and not said is the bias alone. So a label may be any real
number. Knows the slots by name and size only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from uncaged.training.seedling.layers import Waves

WIDTH = 64
"""Numbers of a slot's vector."""


@dataclass(frozen=True, slots=True)
class SlotSize:
    """A slot of the grammar: `name` ("s1.kind"; what stands before the dot is the subject) and how many labels."""

    name: str
    count: int

    @property
    def subject(self) -> str:
        """ "s1", "s2", or "" where the slot belongs to the whole picture."""
        return self.name.partition(".")[0] if "." in self.name else ""

    @property
    def noun(self) -> str:
        """The name without its subject: slots of one noun share one table, so a second subject is not learned anew."""
        return self.name.rpartition(".")[2]


class Saying(nn.Module):
    """Labels to slot vectors, to words and to the condition that leads every block."""

    def __init__(self, slots: Sequence[SlotSize], said: int, hidden: int) -> None:
        super().__init__()
        self.slots = tuple(slots)
        sizes = {slot.noun: slot.count for slot in self.slots}
        if any(slot.count != sizes[slot.noun] for slot in self.slots):
            raise ValueError("Slots of one noun must have as many labels for each subject.")
        self.tables = nn.ParameterDict(
            {noun: nn.Parameter(torch.randn(count, WIDTH)) for noun, count in sizes.items()}
        )
        self.biases = nn.Parameter(torch.randn(len(self.slots), WIDTH) * 0.5)
        self.word = nn.Linear(WIDTH, said)
        self.subjects = sorted({slot.subject for slot in self.slots if slot.subject})
        self.own = {
            subject: [i for i, slot in enumerate(self.slots) if slot.subject == subject]
            for subject in self.subjects
        }
        parts = {len(places) for places in self.own.values()}
        if len(parts) > 1:
            raise ValueError("Every subject must have the same slots.")
        self.whole = nn.Linear(WIDTH * max(parts, default=1), said)
        self.which = nn.Parameter(torch.randn(max(1, len(self.subjects)), said) * 0.5)
        self.flow, self.moment = Waves(64, 1000.0), Waves(32, 50.0)
        self.lead = nn.Sequential(
            nn.Linear(WIDTH * len(sizes) + 64 + 32, hidden),
            nn.SiLU(),
            nn.Linear(hidden, said),
            nn.SiLU(),
        )

    def vectors(self, labels: Tensor) -> Tensor:
        """(B, all labels) -> (B, slots, 64), linear in the labels."""
        parts = labels.split([slot.count for slot in self.slots], 1)
        heard = [part @ self.tables[s.noun] for part, s in zip(parts, self.slots, strict=True)]
        return torch.stack(heard, 1) + self.biases

    def words(self, vectors: Tensor) -> Tensor:
        """(B, slots, 64) -> (B, slots + subjects, said): a token per slot, and one per subject that holds together what
        was said of it."""
        tokens = [self.word(vectors)]
        for which, subject in enumerate(self.subjects):
            whole = self.whole(vectors[:, self.own[subject]].flatten(1)) + self.which[which]
            tokens.append(whole[:, None])
        return torch.cat(tokens, 1)

    def condition(self, vectors: Tensor, t: Tensor, tau: Tensor, frames: int) -> Tensor:
        """(B, slots, 64), (B·T,) flow time, (B·T,) the frame's time in the film -> (B·T, said). Subjects are summed."""
        nouns: dict[str, Tensor] = {}
        for i, slot in enumerate(self.slots):
            heard = nouns.get(slot.noun)
            nouns[slot.noun] = vectors[:, i] if heard is None else heard + vectors[:, i]
        said = spread(torch.cat(list(nouns.values()), 1), frames)
        times = torch.cat([self.flow(t), self.moment(tau)], 1).to(said.dtype)
        return self.lead(torch.cat([said, times], 1))


def spread(x: Tensor, frames: int) -> Tensor:
    """(B, ...) -> (B·T, ...): what holds for a film holds for each of its frames."""
    if frames == 1:
        return x
    return x[:, None].expand(-1, frames, *x.shape[1:]).flatten(0, 1)
