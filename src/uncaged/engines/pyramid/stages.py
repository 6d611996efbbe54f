"""The three sizes at which a frame is drawn, the times of each, and the jump from one to the next.

Jin et al. 2024 (arXiv 2410.05954). Plain arithmetic on numpy arrays or torch tensors; knows no model. A stage
has a straight way of its own, from σ = 1 (its start) to σ = 0 (its end); the model names start minus end.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from uncaged.core.errors import AskedWrong
from uncaged.core.words import _

Latents: TypeAlias = Any
"""An array or a tensor whose last two axes are height and width."""

STAGES: Final = 3
"""0 is a quarter of the full height and width, 1 half, 2 all."""

Steps: TypeAlias = tuple[int, int, int]
"""One number for each stage."""

TRAINED: Final = 1000
"""Times of the whole way that the model was trained on; a timestep counts them, 1000 all noise … 0."""

GAMMA: Final = 1 / 3
"""How strongly the four values of a block of noise pull against each other; at 1/3 they add up to nothing."""

LEAST: Final = 0.001
"""The last σ of a stage at which the model is asked, before 0."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a stage lies on the way from noise to clean, as shares of noise, and the timesteps it goes through.

    begin: where the stage before it ended. start: where it starts once block noise has been added (1 for the first).
    end: where it ends. high, low: timesteps; `high` at σ = 1, `low` at σ = `LEAST`.
    """

    begin: float
    start: float
    end: float
    high: float
    low: float


def _root(begin: float) -> float:
    """√(1 + 1/γ)·(1 − o) + o with o = 1 − begin: what a jump divides by."""
    return math.sqrt(1 + 1 / GAMMA) * begin + (1 - begin)


def _stages() -> tuple[Stage, ...]:
    marks = [int(number / STAGES * TRAINED) for number in range(STAGES)]
    begins = [1 - mark / TRAINED for mark in marks]
    ends = [*begins[1:], 0.0]
    starts = [1.0, *(1 - (1 - begin) / _root(begin) for begin in begins[1:])]
    ways = [start - end for start, end in zip(starts, ends, strict=True)]
    shares = [sum(ways[:number]) / sum(ways) for number in range(STAGES)]
    firsts = [int(share * TRAINED) for share in shares]
    lasts = [*firsts[1:], TRAINED - 1]
    stages: list[Stage] = []
    for begin, start, end, first, last in zip(begins, starts, ends, firsts, lasts, strict=True):
        part = (
            last - first
        ) / TRAINED  # the last timestep is one part before the next stage's first
        high = float(TRAINED - first)
        stages.append(Stage(begin, start, end, high, TRAINED - last + part))
    return tuple(stages)


STAGE: Final = _stages()


def sigmas(steps: int) -> list[float]:
    """`steps` + 1 shares of a stage's own noise: evenly from 1 to `LEAST`, then 0; the same in every stage.

    Raises `AskedWrong` for less than one step.

    >>> [round(sigma, 3) for sigma in sigmas(3)]
    [1.0, 0.5, 0.001, 0.0]
    """
    return [*_even(1.0, LEAST, steps), 0.0]


def timesteps(stage: int, steps: int) -> list[float]:
    """What the model is told at each of `steps` steps, 0…1000. Raises `AskedWrong` for less than one step.

    >>> [round(time, 3) for time in timesteps(1, 2)]
    [744.0, 386.358]
    """
    return _even(STAGE[stage].high, STAGE[stage].low, steps)


def _even(first: float, last: float, count: int) -> list[float]:
    """Both ends included; a single one is the first."""
    if count < 1:
        raise AskedWrong(_("A film takes at least one step."), about="steps")
    return [first + (last - first) * number / max(count - 1, 1) for number in range(count)]


def rescaled(stage: int) -> tuple[float, float]:
    """α and β of the jump into a stage (1 or 2): how much stays, and how much block noise is added.

    Where a stage ends there is 1 − begin of the picture and begin of noise, four alike once enlarged: covariance
    begin²·11ᵀ. To start the next, 1 − start of the picture and start of white noise are wanted, covariance start²·I.
    With block noise of covariance (1 + γ)·I − γ·11ᵀ that takes α·(1 − begin) = 1 − start, α·begin = β·√γ and
    β·√(1 + γ) = start.
    """
    begin = STAGE[stage].begin
    alpha = 1 / _root(begin)
    return alpha, alpha * begin / math.sqrt(GAMMA)


def jump(x: Latents, white: Latents, stage: int) -> Latents:
    """Into a stage (1 or 2): every value of the stage before becomes four, and noise that fits into fours is added.

    x: (…, h, w), where the stage before ended. white: (…, 2h, 2w), white noise. -> (…, 2h, 2w), at σ = 1 of the stage.
    """
    alpha, beta = rescaled(stage)
    *lead, height, width = x.shape
    noise = _in_blocks(block_noise(white))
    fours = x[..., :, None, :, None] * alpha + noise * beta
    return fours.reshape(*lead, 2 * height, 2 * width)


def block_noise(white: Latents) -> Latents:
    """Noise of variance 1 whose 2×2 blocks add up to nothing: covariance −γ = −1/3 within one, 0 between them.

    white: (…, h, w) of white noise, h and w even. Covariance (1 + γ)·I − γ·11ᵀ at γ = 1/3: white noise less its mean
    over the block, made as strong as before.
    """
    fours = _in_blocks(white)
    mean = fours.mean((-3, -1))[..., :, None, :, None]
    return ((fours - mean) * math.sqrt(1 + GAMMA)).reshape(white.shape)


def ends(clean: Latents, white: Latents, stage: int) -> tuple[Latents, Latents]:
    """Where the way of a picture that is known begins and ends at a stage, with this noise: what the model learnt from.

    clean: (…, h, w), the picture at the stage's size. white: of the same, white noise. Start = s·noise + (1 − s)·the
    picture of half the size, enlarged; end = e·noise + (1 − e)·picture, with the same noise. Jin et al. 2024, equations
    8 and 9.
    """
    known = STAGE[stage]
    below = _in_blocks(clean).mean((-3, -1))[..., :, None, :, None]
    start = _in_blocks(white) * known.start + below * (1 - known.start)
    return start.reshape(white.shape), white * known.end + clean * (1 - known.end)


def halved(x: Latents) -> Latents:
    """The mean of every 2×2 block: (…, h, w) -> (…, h/2, w/2). What bilinear halving amounts to."""
    return _in_blocks(x).mean((-3, -1))


def _in_blocks(x: Latents) -> Latents:
    *lead, height, width = x.shape
    return x.reshape(*lead, height // 2, 2, width // 2, 2)
