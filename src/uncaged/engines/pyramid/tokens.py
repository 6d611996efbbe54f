"""Clips as tokens: 2×2 latents each, where they stand, and who looks at whom.

A sequence is [padding | text | oldest frame … newest]. A token sees the text and every frame that is not later than its
own, so what a frame's tokens see is one unbroken piece of the sequence: no mask is made, and any fused kernel will do.
Text sees itself and the oldest frame. Knows no weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import torch
import torch.nn.functional as functional
from torch import Tensor

Size = tuple[int, int, int]
"""Frames, rows and columns of a clip, in tokens."""


def patches(clip: Tensor) -> Tensor:
    """(B, C, T, H, W) -> (B, T·H/2·W/2, 4·C): tokens by frame, row, column; within one row, column, then channel."""
    batch, channels, frames, height, width = clip.shape
    x = clip.reshape(batch, channels, frames, height // 2, 2, width // 2, 2)
    return x.permute(0, 2, 3, 5, 4, 6, 1).reshape(batch, -1, 4 * channels)


def unpatched(tokens: Tensor, size: Size) -> Tensor:
    """The way back: (B, T·h·w, 4·C) -> (B, C, T, 2h, 2w)."""
    batch, (frames, rows, columns) = tokens.shape[0], size
    x = tokens.reshape(batch, frames, rows, columns, 2, 2, -1).permute(0, 6, 1, 2, 4, 3, 5)
    return x.reshape(batch, -1, frames, 2 * rows, 2 * columns)


def sizes(clips: Sequence[Tensor]) -> tuple[Size, ...]:
    """Of clips (B, C, T, H, W), in tokens."""
    return tuple((clip.shape[2], clip.shape[3] // 2, clip.shape[4] // 2) for clip in clips)


def places(clips: Sequence[Size]) -> Tensor:
    """Frame, row and column of every token of clips, oldest first: (N, 3) in float64.

    Frames count on from 0. Rows and columns are those of the last clip; a smaller clip is spread over them, so that its
    token i of half as many stands at 2i + ½.
    """
    last, parts, count = clips[-1], [], 0
    for frames, rows, columns in clips:
        axes = [
            torch.arange(count, count + frames, dtype=torch.float64),
            (torch.arange(rows, dtype=torch.float64) + 0.5) * (last[1] / rows) - 0.5,
            (torch.arange(columns, dtype=torch.float64) + 0.5) * (last[2] / columns) - 0.5,
        ]
        parts.append(torch.cartesian_prod(*axes))
        count += frames
    return torch.cat(parts)


@lru_cache(maxsize=8)  # the steps of a stage share one; a long film's are 4 MB each
def turns(
    clips: tuple[Size, ...], text: int, axes: tuple[int, ...], device: torch.device
) -> tuple[Tensor, Tensor]:
    """Cosine and sine by which queries and keys are turned: (text + N, Σ axes / 2) each, in float32; text stays still.

    axes: how many numbers of a head belong to frame, row and column; a tuple of one: to the frame alone. Pair j of an
    axis of D numbers turns by place · 10000^(−2j/D). Su et al. 2021 (arXiv 2104.09864), section 3.2.2.
    """
    where = places(clips)
    angles = torch.cat(
        [
            where[:, [axis]] * 10000.0 ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
            for axis, size in enumerate(axes)
        ],
        1,
    )
    angles = functional.pad(angles, (0, 0, text, 0))
    return angles.cos().float().to(device), angles.sin().float().to(device)


@dataclass(frozen=True, slots=True)
class Group:
    """Samples whose tokens `queries` see the tokens `keys` and nothing else."""

    samples: slice
    queries: slice
    keys: slice


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands in a sequence, and who sees what. All lengths in tokens.

    text: of the text, padding included. groups: of all tokens. last: of the last clip's tokens alone, counted from
    the first of them. current: of that clip.
    """

    text: int
    current: int
    groups: tuple[Group, ...]
    last: tuple[Group, ...]

    @classmethod
    def of(cls, texts: Sequence[int], clips: Sequence[Size]) -> "Layout":
        """texts: how many tokens each sample's text has; the longest has no padding. clips: oldest first."""
        text = max(texts)
        frames = [rows * columns for count, rows, columns in clips for _ in range(count)]
        current = clips[-1][0] * frames[-1]
        groups: list[Group] = []
        last: list[Group] = []
        for samples, padding in _alike([text - length for length in texts]):
            begin = padding
            for number, frame in enumerate(frames):
                end = text + sum(frames[:number]) + frame
                groups.append(Group(samples, slice(begin, end), slice(padding, end)))
                begin = end
                if number >= len(frames) - clips[-1][0]:
                    own = current - (text + sum(frames) - end)
                    last.append(Group(samples, slice(own - frame, own), slice(padding, end)))
        return cls(text, current, tuple(groups), tuple(last))


def _alike(numbers: Sequence[int]) -> list[tuple[slice, int]]:
    """Neighbours of one number, as slices."""
    runs: list[tuple[slice, int]] = []
    begin = 0
    for number, same in groupby(numbers):
        end = begin + len(list(same))
        runs.append((slice(begin, end), number))
        begin = end
    return runs


def attend(q: Tensor, k: Tensor, v: Tensor, groups: Sequence[Group]) -> Tensor:
    """softmax(q·kᵀ/√d)·v, each group by itself; padding gets 0. (B, heads, L, d), (B, heads, M, d) twice -> as q."""
    out = torch.zeros_like(q)
    for group in groups:
        seen = k[group.samples, :, group.keys], v[group.samples, :, group.keys]
        asking = q[group.samples, :, group.queries]
        out[group.samples, :, group.queries] = functional.scaled_dot_product_attention(
            asking, *seen
        )
    return out


def packed(texts: Sequence[Tensor]) -> Tensor:
    """Texts (n, width) each, with padding in front: (B, the longest n, width)."""
    longest = max(text.shape[0] for text in texts)
    return torch.stack([functional.pad(text, (0, 0, longest - text.shape[0], 0)) for text in texts])
