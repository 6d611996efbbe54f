"""Grain and paper: noise that tiles, ramps that thicken towards the shadow, gradations, the sheet's own texture.

Made of raw bits, products and ranks, so that it is the same everywhere. Knows no forms.
"""

from bisect import bisect_left
from functools import cache, lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.hand.paths import tamed
from uncaged.engines.ink.numbers import Array

TILE = 256
_BAND = 32768
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)

_SIZES = [4, 5]
while _SIZES[-1] < 3000:
    _SIZES.append(int(_SIZES[-1] * 1.2 + 0.5))


@cache
def tiles() -> tuple[Array, Array]:
    """Grain (rank-equalised, 0 … 1, about 1.2 pixels) and wash (blotches and streaks, −1 … 1); both (256, 256)."""
    raw = np.random.PCG64(7).random_raw(TILE * TILE * 2)
    u = (raw >> np.uint64(11)).astype(np.float64) * (1.0 / 9007199254740992.0)
    u = u.reshape(2, TILE, TILE)
    g = u[0]
    g = g + 0.45 * (np.roll(g, 1, 0) + np.roll(g, 1, 1)) + 0.25 * np.roll(np.roll(g, 1, 0), 1, 1)
    rank = np.empty(TILE * TILE)
    rank[g.ravel().argsort(kind="stable")] = np.arange(TILE * TILE) * (1 / (TILE * TILE))
    grain = rank.reshape(TILE, TILE)
    return grain, _wash(u[1], grain)


def _wash(u: Array, grain: Array) -> Array:
    wash = np.zeros((TILE, TILE))
    for knots, amount in ((4, 1.0), (8, 0.8), (20, 0.5), (64, 0.35)):
        corner = u[:knots, :knots]
        at = np.arange(TILE) * knots / TILE
        i = at.astype(np.int64)
        f = at - i
        f = f * f * (3 - 2 * f)
        j = (i + 1) % knots
        rows = corner[i] * (1 - f)[:, None] + corner[j] * f[:, None]
        wash += amount * (rows[:, i] * (1 - f) + rows[:, j] * f - 0.5)
    streak = u[:, :32].mean(1)
    streak = streak - streak.mean()
    wash = wash / abs(wash).max() * 0.6
    wash = wash + (streak / abs(streak).max() * 0.25)[:, None] + (grain - 0.5) * 0.35
    return wash / abs(wash).max()


def _tiled(tile: Array, height: int, width: int, down: int = 0, right: int = 0) -> Array:
    return tile[(np.arange(height) + down) % TILE][:, (np.arange(width) + right) % TILE]


def _step(length: float) -> int:
    """The next size on a ladder of steps of 1.2: forms that grow do not need a new ramp each time."""
    return _SIZES[min(bisect_left(_SIZES, length * 0.91), len(_SIZES) - 1)]


_ramps: dict[tuple[int, ...], skia.Image] = {}
_held = [0]


def ramp(
    width: float, height: float, light: tuple[float, float], amount: float, pixels: float
) -> skia.Image:
    """An alpha image of grain: none on the light side, `amount` (0 … 1 and more) where `light` points.

    width, height: pixels of the form it will be stretched to. pixels: the frame's shorter side: grain is about 1.2
    pixels at 256 and grows with the root of larger frames.
    """
    coarse = float(np.sqrt(pixels / 256)) if pixels > 256 else 1.0
    w, h = _step(width / coarse), _step(height / coarse)
    dx, dy = tamed(light[0], -8, 8), tamed(light[1], -8, 8)
    steps = round(tamed(amount, 0, 3) * 6)
    key = (w, h, round(dx * 4), round(dy * 4), steps)
    image = _ramps.get(key)
    if image is None:
        if _held[0] > 96_000_000:
            _ramps.clear()
            _held[0] = 0
        image = _ramps[key] = _ramp(w, h, key[2] / 4, key[3] / 4, steps / 6)
        _held[0] += w * h
    return image


def _ramp(w: int, h: int, dx: float, dy: float, amount: float) -> skia.Image:
    n = max(abs(dx) + abs(dy), 0.25)
    x = np.linspace(-1, 1, w, dtype=np.float32) * np.float32(dx / n)
    y = np.linspace(-1, 1, h, dtype=np.float32) * np.float32(dy / n) + np.float32(0.12)
    q = x[None, :] + y[:, None]
    q *= np.float32(1 / 1.05)
    np.clip(q, 0, 1, out=q)
    q *= np.float32(amount)
    a = _tiled(_grain32(), h, w, w * 7, h * 13) + q
    a -= np.float32(0.93)
    a *= np.float32(6)
    np.clip(a, 0, 1, out=a)
    a *= np.float32(0.82 * 255)
    q *= np.float32(0.18 * 255)
    a += q
    np.minimum(a, np.float32(255), out=a)
    return skia.Image.fromarray(a.astype(np.uint8)[..., None].copy(), skia.kAlpha_8_ColorType)


@cache
def _grain32() -> NDArray[np.float32]:
    return (tiles()[0] * 0.985).astype(np.float32)


@lru_cache(256)
def ladder(upper: Colour, lower: Colour, count: int = 48) -> tuple[Colour, ...]:
    """`count` colours from one to the other."""
    return tuple(mix(upper, lower, i / (count - 1)) for i in range(count))


def gradation(
    size: tuple[int, int], upper: Colour, lower: Colour, start: float, end: float, pixels: float
) -> skia.Image:
    """A printed gradation of `size` (width, height) pixels: grain dissolves one colour into the other.

    start, end: pixels from the top. Slow horizontal streaks, as from a hand that wipes the block.
    """
    width, height = size
    grain, wash = tiles()
    y = np.arange(height) + 0.5
    g = np.clip((y - start) / (end - start if abs(end - start) > 0.5 else 0.5), 0, 1)
    g = g * g * (3 - 2 * g)
    slow = TILE / max(pixels, 1.0)
    rows = (np.arange(height) * slow).astype(np.int64) % TILE
    columns = (np.arange(width) * slow).astype(np.int64) % TILE
    q = ((grain - 0.5) * 0.085).astype(np.float32)
    q = _tiled(q, height, width) + g.astype(np.float32)[:, None]
    q += (wash * 0.06).astype(np.float32)[rows][:, columns]
    colours = np.array([(*c, 255) for c in ladder(upper, lower)], np.uint8)
    steps = np.clip(q * np.float32(47), 0, 47).astype(np.uint8, order="C")
    pixel = np.ascontiguousarray(colours.view(np.uint32)[:, 0])[steps]
    return skia.Image.fromarray(
        pixel.view(np.uint8).reshape(height, width, 4), skia.kRGBA_8888_ColorType
    )


@lru_cache(2)
def paper(width: int, height: int, tooth: float = 0.0) -> NDArray[np.uint32]:
    """The sheet, kept and read only, that multiplies a whole frame: (height, width), 256 = unchanged.

    More than this (.985 ± .022 blotches ± .018 grain) looks dirty. tooth: 0 … 1, how much of what lies on it stays out
    of its hollows, as chalk does on a board.
    """
    grain, wash = tiles()
    slow = min(1.0, TILE / min(width, height))
    rows = (np.arange(height) * slow).astype(np.int64) % TILE
    columns = (np.arange(width) * slow).astype(np.int64) % TILE
    sheet = 0.022 * wash[rows][:, columns] + 0.035 * (_tiled(grain, height, width) - 0.5)
    sheet = sheet + 0.985
    if tooth > 0:
        sheet = sheet * (1 - tooth * _hollows(width, height))
    made = np.clip(sheet * 256 + 0.5, 0, 256).astype(np.uint32)
    made.flags.writeable = False
    return made


def _hollows(width: int, height: int) -> Array:
    """Where a rough ground takes nothing, 0 … 1: fine ones, and fewer broad ones that run aslant."""
    grain, wash = tiles()
    fine = max(1.0, float(np.sqrt(min(width, height) / 256)))
    rows, columns = np.arange(height)[:, None] / fine, np.arange(width)[None, :] / fine
    one = grain[(rows.astype(np.int64)) % TILE, (columns.astype(np.int64)) % TILE]
    slant = ((columns + 2 * rows) / 2.3).astype(np.int64) % TILE
    two = grain[(rows / 3.1 - columns / 5).astype(np.int64) % TILE, slant]
    blotch = wash[(rows / 2).astype(np.int64) % TILE, (columns / 2).astype(np.int64) % TILE]
    q = 0.62 * one + 0.38 * two + 0.14 * blotch
    return np.clip((q - 0.57) * 4.0, 0, 1)


def print_on(sheet: NDArray[np.uint32], frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A frame (height, width, 4) multiplied by the sheet, in whole numbers, as (height, width, 3).

    In bands that stay in the cache, red and blue in one product: the high byte of each is the result.
    """
    height, width = sheet.shape
    pixel, factor = frame.view(np.uint32).reshape(-1), sheet.reshape(-1)
    out = np.empty((height * width, 3), np.uint8)
    work = np.empty((2, min(_BAND, len(pixel))), np.uint32)
    for a in range(0, len(pixel), _BAND):
        p, m = pixel[a : a + _BAND], factor[a : a + _BAND]
        both, green = work[0, : len(p)], work[1, : len(p)]
        np.bitwise_and(p, 0xFF00FF, out=both)
        np.multiply(both, m, out=both)
        np.right_shift(p, 8, out=green)
        np.bitwise_and(green, 0xFF, out=green)
        np.multiply(green, m, out=green)
        bytes_, band = both.view(np.uint8), out[a : a + _BAND]
        band[:, 0], band[:, 2] = bytes_[1::4], bytes_[3::4]
        band[:, 1] = green.view(np.uint8)[1::4]
    return out.reshape(height, width, 3)
