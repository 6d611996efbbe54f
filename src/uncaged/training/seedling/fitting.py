"""Fits the codec to drawn films of both stages: principal components of their patches. Nothing is trained.

``python -m uncaged.training.seedling.fitting FILE`` fits it, says how well films survive it, and writes it.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from uncaged.engines.seedling.codec import NUMBERS, Codec, Frames, patches, signed
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.plans import STAGES, Stage

KEPT: Final = 32
"""Numbers of a patch that Seedling keeps, of 96."""

FITTED: Final = range(2**40, 2**40 + 1500)
"""Seeds of the films that the codec is fitted to, half of them of each stage; none of them is trained on."""

CHECKED: Final = range(2**41, 2**41 + 60)
"""Seeds of films that it has never seen."""

EVENING: Final = 0.5
"""Each number is divided by its deviation to this power: 0 = as in pixels, 1 = all alike."""


def fit(seeds: Sequence[int] = FITTED, kept: int = KEPT) -> Codec:
    """The codec that loses least of the films of these seeds, with so many numbers kept, 1 … 96."""
    return codec_of(*moments(films(seeds)), kept)


def films(seeds: Sequence[int]) -> Iterator[Frames]:
    """Films of both stages in turn: one codec is for all of them, so that no later stage needs another."""
    for number, seed in enumerate(seeds):
        yield clip(seed, stage=STAGES[number % len(STAGES)]).frames


def moments(drawn: Iterable[Frames]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean (96,) and covariance (96, 96) of the patches of all films."""
    count, total, square = 0, np.zeros(NUMBERS), np.zeros((NUMBERS, NUMBERS))
    for film in drawn:
        rows = patches(signed(film)).reshape(-1, NUMBERS)
        count += len(rows)
        total += rows.sum(0, np.float64)
        square += rows.T @ rows
    mean = total / count
    return mean, square / count - np.outer(mean, mean)


def codec_of(mean: NDArray[np.float64], covariance: NDArray[np.float64], kept: int) -> Codec:
    """The codec of the first so many principal components. Each points to where its largest entry is positive."""
    variances, axes = np.linalg.eigh(covariance)
    axes = axes[:, ::-1][:, :kept]
    deviations = np.sqrt(np.maximum(variances[::-1][:kept], 0)) + 1e-6
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(kept)])
    scale = deviations**-EVENING
    scale = scale / np.sqrt(np.mean((deviations * scale) ** 2))
    return Codec(
        mean.astype(np.float32),
        np.ascontiguousarray(axes * scale, np.float32),
        np.ascontiguousarray((axes / scale).T, np.float32),
    )


def psnr(codec: Codec, seeds: Sequence[int] = CHECKED, stage: Stage = "one") -> float:
    """How much of films survives the codec, kept as float16: the mean of their peak signal-to-noise ratios, dB."""
    found: list[float] = []
    for seed in seeds:
        film = clip(seed, stage=stage).frames
        error = codec.decode(codec.encode(film).astype(np.float16)).astype(np.float64) - film
        found.append(-10 * np.log10(np.mean(error * error) / 255**2))
    return float(np.mean(found))


def report(mean: NDArray[np.float64], covariance: NDArray[np.float64]) -> Iterator[str]:
    """How much of films survives, by how many numbers of a patch are kept; a line each."""
    for kept in (16, 24, KEPT, 48):
        codec = codec_of(mean, covariance, kept)
        said = ", ".join(f"{psnr(codec, stage=stage):.1f} dB ({stage})" for stage in STAGES)
        yield f"{kept} of {NUMBERS} numbers kept: {said}"


def main(path: Path) -> None:
    """Fits the codec, says how well films survive it, and writes it."""
    found = moments(films(FITTED))
    for line in report(*found):
        print(line)
    codec = codec_of(*found, KEPT)
    codec.save(path)
    print(f"{path}: {codec.hash}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
