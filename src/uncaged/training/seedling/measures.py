"""Figures of films: how much still ones flicker, how unlike those of one caption are, how near they come to others.

Plain arithmetic of arrays; knows no model.
"""

import math

import numpy as np
from numpy.typing import NDArray

FAR = 30.0
"""A place belongs to the subject where its mean colour is farther than this from the paper's, of 255."""


def flicker(films: NDArray[np.uint8]) -> dict[str, float]:
    """Mean change from frame to frame of films that should stand still (n, frames, h, w, 3), 0 … 255: everywhere, on
    the paper, on the subject."""
    x = films.astype(np.float32)
    change = np.abs(np.diff(x, axis=1)).mean((1, 4))
    mean = x.mean(1)
    paper = np.median(mean.reshape(len(mean), -1, 3), 1)[:, None, None]
    subject = np.abs(mean - paper).max(-1) > FAR
    return {
        "everywhere": float(change.mean()),
        "paper": float(change[~subject].mean()) if not subject.all() else 0.0,
        "subject": float(change[subject].mean()) if subject.any() else 0.0,
    }


def apart(seen: NDArray[np.float32]) -> float:
    """The mean distance of two of n points (n, features)."""
    if len(seen) < 2:
        return 0.0
    return float(_distances(seen).sum() / (len(seen) * (len(seen) - 1)))


def vendi(seen: NDArray[np.float32], scale: float) -> float:
    """How many really different ones there are of n points, 1 … n (Friedman and Dieng, The Vendi Score, 2023): e to the
    entropy of the eigenvalues of K/n, with K = exp(−d²/2·scale²)."""
    kernel = np.exp(-0.5 * np.square(_distances(seen) / max(scale, 1e-9)))
    values = np.linalg.eigvalsh(kernel / len(seen))
    values = values[values > 1e-12]
    return float(np.exp(-(values * np.log(values)).sum()))


def psnr(films: NDArray[np.uint8], others: NDArray[np.uint8]) -> float:
    """How near films come to others: the mean of their peak signal-to-noise ratios, dB."""
    error = np.square(films.astype(np.float64) - others).reshape(len(films), -1).mean(1)
    return float(np.mean(-10 * np.log10(np.maximum(error, 1e-6) / 255**2)))


def share(right: NDArray[np.bool_]) -> tuple[float, float]:
    """How many of a hundred are right, and the standard error of that."""
    part = float(right.mean())
    return 100 * part, 100 * math.sqrt(part * (1 - part) / max(1, len(right)))


def _distances(seen: NDArray[np.float32]) -> NDArray[np.float64]:
    x = seen.astype(np.float64)
    return np.sqrt(np.maximum(np.square(x[:, None] - x[None]).sum(-1), 0))
