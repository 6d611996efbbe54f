"""A drawing with every mark in it, for the tests of this folder; run as a program it prints the hash of its pixels."""

import hashlib

import numpy as np
import skia
from numpy.typing import NDArray

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.curves import Tube, bezier, blob, circle, leaf_mark, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.hand import draw
from uncaged.engines.ink.manner import Manner, Mode
from uncaged.engines.ink.numbers import Stream


def manner(palette: str = "dawn", mode: Mode = "brush") -> Manner:
    own = PALETTES[palette]
    return Manner(own, own.ink, mode=mode)


def everything(palette: str = "dawn", mode: Mode = "brush", flip: bool = False) -> Drawing:
    """Every mark once, in a frame of 1 × 1."""
    made = manner(palette, mode)
    p = made.palette
    d = Drawing("all", made, flip=flip)
    d.gradation((0, 0, 1, 1), p.top, p.low, 0.1, 0.7)
    body = Tube([(0.15, 0.5), (0.4, 0.35), (0.75, 0.5)], [0.02, 0.12, 0.1, 0.02])
    d.form(body.outline(), p.a, fill="striped", body=body, key="body")
    d.form(circle(0.75, 0.25, 0.14), p.b, fill="dotted", light=(1.0, 0.2))
    d.form(blob(Stream("b"), 0.2, 0.2, 0.13), p.c, fill="hatched")
    d.form(circle(0.5, 0.12, 0.06), p.c, fill="outlined")
    d.union([circle(0.2, 0.75, 0.1), circle(0.3, 0.8, 0.09)[::-1]], p.far)
    d.multi([leaf_mark(0.5 + 0.03 * i, 0.8, 0.02, 0.01, 0.3) for i in range(6)], p.near)
    d.stroke(bezier((0.1, 0.9), (0.5, 0.6), (0.9, 0.9)), 2.0, key="stroke")
    d.line(points((0.02, 0.02), (0.3, 0.06)), 0.004, p.light, 170)
    d.dot(0.9, 0.6, 0.03, p.b)
    d.flat(points((0.6, 0.6), (0.7, 0.6), (0.65, 0.7)), p.deep, 120)
    d.overprint(circle(0.78, 0.78, 0.1), circle(0.86, 0.8, 0.1), p.a, p.light)
    d.clip(circle(0.5, 0.95, 0.1))
    d.grain((0.4, 0.85, 0.6, 1.0), p.deep, (0.1, 1.0), 0.9)
    d.unclip()
    inner = d.inside("inner", scale=0.2, flip=True)
    inner.form(circle(0, -0.5, 0.4), p.b, key="head")
    inner.stroke(points((0, -0.2), (0, 0)), key="neck")
    d.group(inner, 0.5, 0.6, -0.2, 0.2, 0.4, 150)
    return d


def drawn(
    drawing: Drawing, width: int = 96, height: int = 96, reveal: float | None = None
) -> NDArray[np.uint8]:
    """Its pixels on white, (height, width, 3)."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    with skia.Surface(pixels) as canvas:
        draw(canvas, drawing, min(width, height), reveal)
    return pixels[..., :3].copy()


def digest() -> str:
    """Of pixels in print and pen palettes, at sizes with and without finer curves."""
    found = hashlib.sha256()
    for palette, size in (("dawn", 96), ("ink-on-paper", 256), ("night", 256)):
        found.update(drawn(everything(palette), size, size).tobytes())
    return found.hexdigest()


if __name__ == "__main__":
    from numpy._core._multiarray_umath import (  # pyright: ignore
        __cpu_dispatch__,
        __cpu_features__,
    )

    print(digest(), [name for name in __cpu_dispatch__ if __cpu_features__[name]])
