"""Many bent ribbons at once: blades, leaves, waves. One array for all of them, because they move with every pose."""

from collections.abc import Sequence

import numpy as np

from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.numbers import Array


def bend(control: Array, per: int = 4) -> Array:
    """Catmull-Rom curves through control points (n, k, 2) → (n, (k − 1) · per + 1, 2)."""
    p = control
    q = np.concatenate([2 * p[:, :1] - p[:, 1:2], p, 2 * p[:, -1:] - p[:, -2:-1]], 1)
    t = (np.arange(per) / per)[None, None, :, None]
    t2, t3 = t * t, t * t * t
    a, b, c, d = q[:, :-3, None], q[:, 1:-2, None], q[:, 2:-1, None], q[:, 3:, None]
    curve = 0.5 * (
        a * (2 * t2 - t - t3)
        + b * (2 - 5 * t2 + 3 * t3)
        + c * (t + 4 * t2 - 3 * t3)
        + d * (t3 - t2)
    )
    flat = curve.reshape(len(p), (p.shape[1] - 1) * per, 2)
    return np.concatenate([flat, p[:, -1:]], 1)


def ribbons(spines: Array, radii: Array) -> list[Array]:
    """Outlines of ribbons: spines (n, k, 2), radii (n, k) → n closed polygons (2k, 2)."""
    if not len(spines):
        return []
    tangent = np.empty_like(spines)
    tangent[:, 1:-1] = spines[:, 2:] - spines[:, :-2]
    tangent[:, 0] = spines[:, 1] - spines[:, 0]
    tangent[:, -1] = spines[:, -1] - spines[:, -2]
    length = np.sqrt(tangent[..., 0] * tangent[..., 0] + tangent[..., 1] * tangent[..., 1]) + 1e-9
    off = np.stack([tangent[..., 1], -tangent[..., 0]], -1) * (radii / length)[..., None]
    return list(np.concatenate([spines + off, (spines - off)[:, ::-1]], 1))


def profile(radii: Sequence[float], count: int) -> Array:
    """A smooth profile of radii as (count,): of a leaf, a blade."""
    return Tube(points((0, 0), (1, 0)), radii, count).r


LEAF = (0.01, 0.8, 1.0, 0.6, 0.0)
"""Radii of a leaf or petal, as shares of its half width."""


def leaves(start: Array, end: Array, width: Array, lean: Array) -> list[Array]:
    """Leaves from (n, 2) to (n, 2), `width` (n,) half wide, bent sideways by `lean` (n,) of their length."""
    d = end - start
    aside = np.stack([d[:, 1], -d[:, 0]], 1)
    middle = (start + end) / 2 + aside * lean[:, None]
    spines = bend(np.stack([start, middle, end], 1), 5)
    return ribbons(spines, profile(LEAF, spines.shape[1])[None] * width[:, None])
