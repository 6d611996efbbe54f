"""Shapes that several materials share: facets, halves, sparks, drops, threads along a form. Knows no materials."""

import numpy as np

from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.materials.body import Part
from uncaged.engines.ink.numbers import TAU, Array, cos, sin


def facets(part: Part, count: int, name: str = "facet") -> Array:
    """A contour as `count` straight cuts, uneven ones; the points stay the same ones while the form moves."""
    p, n = part.points, len(part.points)
    if n <= count:
        return p
    lots = part.lots(name, count)
    at = ((np.arange(count) + 0.15 + 0.7 * lots) * (n / count)).astype(np.int64)
    return p[np.minimum(at, n - 1)]


def outward(p: Array) -> Array:
    """Unit normals of a closed contour that point out of it, (n, 2)."""
    t = np.roll(p, -1, 0) - np.roll(p, 1, 0)
    length = np.sqrt(t[:, 0] * t[:, 0] + t[:, 1] * t[:, 1]) + 1e-9
    out = np.stack([t[:, 1], -t[:, 0]], 1) / length[:, None]
    around = p[:, 0] * np.roll(p[:, 1], -1) - np.roll(p[:, 0], -1) * p[:, 1]
    return out if around.sum() > 0 else -out


def half(part: Part, turn: float, past: float = 0.0) -> Array:
    """A large square that covers one side of a part, `turn` in radians, its edge `past` its middle (heights)."""
    x, y = ((part.low + part.high) / 2).tolist()
    c, s, far = cos(turn), sin(turn), 2.0
    square = np.array([(past, -far), (far, -far), (far, far), (past, far)])
    return np.stack(
        [x + square[:, 0] * c - square[:, 1] * s, y + square[:, 0] * s + square[:, 1] * c], 1
    )


def along(part: Part, v: float, first: float = 0.04, last: float = 0.96, count: int = 9) -> Array:
    """A line along a part at a place across."""
    return part.at(np.linspace(first, last, count), np.full(count, v))


def crossing(part: Part, u: Array, bow: float, thick: float) -> list[Array]:
    """Thin bands across a part at the places `u` along it; bow: how far their middle lies ahead; thick: shares of u."""
    v = np.linspace(-1.03, 1.03, 7)
    at = u[:, None] + bow * (1 - v * v)
    across = np.broadcast_to(v, at.shape)
    one = part.at(np.clip(at - thick / 2, 0, 1), across)
    other = part.at(np.clip(at + thick / 2, 0, 1), across)
    return list(np.concatenate([one, other[:, ::-1]], 1))


def star(x: float, y: float, size: float) -> Array:
    """A spark of four points."""
    turn = np.arange(8) * (TAU / 8)
    reach = np.where(np.arange(8) % 2 == 0, size, 0.22 * size)
    return np.stack([x + cos(turn) * reach, y + sin(turn) * reach], 1)


def drop(x: float, y: float, size: float) -> Array:
    """A falling drop, its point up."""
    turn = np.arange(9) * (TAU / 9)
    up = np.where(sin(turn) < -0.5, 2.1, 1.0)
    return np.stack(
        [x + cos(turn) * size * np.where(up > 1, 0.45, 1), y + sin(turn) * size * up], 1
    )


def crack(part: Part, k: int, name: str = "crack") -> Array:
    """A zigzag that runs into a part from its edge."""
    lots = part.lots(f"{name}/{k}", 8)
    u = 0.1 + 0.75 * lots[0] + np.array([0.0, 0.06, 0.04, 0.13]) * (1 if lots[1] > 0.5 else -1)
    v = (1 - np.array([0.0, 0.35, 0.65, 1.1]) * (0.6 + 0.6 * lots[2])) * (
        1 if lots[3] > 0.5 else -1
    )
    return part.at(np.clip(u + (lots[4:8] - 0.5) * 0.06, 0, 1), v)


def strand(
    start: Array, way: tuple[float, float], waves: float, phase: float, length: float
) -> Array:
    """A loose thread from a point: it goes one way and waves."""
    q = np.linspace(0, 1, 14)
    side = np.array((-way[1], way[0]))
    wave = 0.16 * length * q * sin(TAU * (waves * q - phase))
    return start + q[:, None] * length * np.array(way) + wave[:, None] * side


def tube(line: Array, thick: float) -> Array:
    """A line as a band that thins at both ends."""
    return Tube(line, [0.1 * thick, thick, thick, 0.1 * thick], len(line), False).outline()


def grains(at: Array, size: float | Array) -> list[Array]:
    """Small squares on their corners at points (n, 2)."""
    return list(at[:, None] + _SQUARE * np.asarray(size).reshape(-1, 1, 1))


def leaves(at: Array, way: Array, wide: float) -> list[Array]:
    """Small leaves of six points; `way`: half the length of each, (n, 2), as a vector."""
    side = np.stack([way[:, 1], -way[:, 0]], 1) * wide
    along = np.array([-1, -0.3, 0.4, 1, 0.4, -0.3])[:, None]
    across = np.array([0, 1, 1, 0, -1, -1])[:, None]
    return list(at[:, None] + way[:, None] * along + side[:, None] * across)


_SQUARE = np.array([(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)])
