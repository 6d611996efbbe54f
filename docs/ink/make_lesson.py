"""Draws lesson.jpg: how a bird is built, in six pictures, with the numbers and functions of the bird itself.

points · a tube with its body coordinates · parts that read as one · a pattern in body coordinates · line and shade ·
eight moments
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import skia
from PIL import Image

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.curves import Tube, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.hand import draw
from uncaged.engines.ink.hand.grain import paper, print_on
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.kinds.bird import RADII, SPINE
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint, paint

HERE = Path(__file__).parent
SIDE, GAP = 320, 6
LIGHT = palette("sea", {})
PAINT = replace(paint(Stream("lesson"), LIGHT, ground=LIGHT.light), colour=LIGHT.b, shadow=LIGHT.a)
MANNER = Manner(LIGHT, LIGHT.ink)
BARE = replace(MANNER, shade=0.0, offset=0.0, wobble=0.0)
PALE = LIGHT.far

Panel = Callable[[Drawing], None]


def bones(d: Drawing) -> None:
    """One: six points with a radius each, from the tail to the head."""
    for (x, y), r in zip(SPINE.tolist(), RADII, strict=True):
        d.stroke(circle(x, y, r, count=40), 0.5, PALE, taper=(0, 0))
    d.stroke(SPINE, 0.7, LIGHT.near, taper=(0, 0))
    for x, y in SPINE.tolist():
        d.dot(x, y, 0.018, LIGHT.a)


def tube(d: Drawing) -> None:
    """Two: a curve through the points and an outline round it; u runs along, v across."""
    body = Tube(SPINE, RADII, 26)
    d.form(body.outline(), LIGHT.light, shade=0)
    across = np.linspace(-1, 1, 9)
    for u in np.linspace(0.06, 0.94, 12):
        d.stroke(body.at(np.full(9, u), across), 0.45, PALE, taper=(0, 0))
    along = np.linspace(0, 1, 30)
    for v in (-0.5, 0.0, 0.5):
        d.stroke(body.at(along, np.full(30, v)), 0.45, PALE, taper=(0, 0))


def parts(d: Drawing) -> None:
    """Three: tail, beak and body; all contours first, then all colours, so that they read as one."""
    d.union(_parts(), PAINT.colour, shade=0)


def _parts() -> list[np.ndarray]:
    body = Tube(SPINE, RADII, 26)
    root, end = points(-0.36, 0.0), body.p[-1]
    tail = [leaf(root, root + points(-0.28, 0.02 + k * 0.07), 0.036).outline() for k in (-1, 0, 1)]
    beak = points((0.02, -0.032), (0.13, 0.018), (0.02, 0.032))
    return [*tail, smooth(end + beak, False, 3), body.outline()]


def pattern(d: Drawing) -> None:
    """Four: stripes, scales and a belly drawn in (u, v): they follow the body however it bends."""
    d.union(_parts(), PAINT.colour, shade=0)
    body = Tube(SPINE, RADII, 26)
    d.form(body.outline(), PAINT.colour, shade=0, fill="striped", body=body, colour2=LIGHT.a)
    u = np.linspace(0.25, 0.93, 9)
    belly = smooth(np.concatenate([body.at(u, -0.3), body.at(u[::-1], -0.93)])[::2], True, 4)
    d.form(belly, PAINT.pale, line=0, shade=0, alpha=190)


def bird(t: float, manner: Manner = MANNER) -> Panel:
    """Five: the figure as it is registered, under the hand: a pen that errs, colour beside it, grain in the shadow."""
    figure = kinds()["bird"].build(Stream("lesson"), _dressed(), "")

    def panel(d: Drawing) -> None:
        figure(d, Moment(t, 2.0, act="fly"))

    return panel


def _dressed() -> Paint:
    return replace(PAINT, shadow=LIGHT.mid)


def flight() -> Image.Image:
    """Six: the same function at eight moments."""
    sheet = _ground()
    for k in range(8):
        at = (SIDE * (0.16 + 0.23 * (k % 4)), SIDE * (0.3 + 0.36 * (k // 4)))
        _onto(sheet, bird((k + 0.5) / 24), MANNER, at, SIDE * 0.195)
    return _printed(sheet)


def drawn(panel: Panel, manner: Manner) -> Image.Image:
    """One picture with a drawing in its middle."""
    sheet = _ground()
    _onto(sheet, panel, manner, (SIDE * 0.5, SIDE * 0.52), SIDE * 0.74)
    return _printed(sheet)


def _ground() -> np.ndarray:
    sheet = np.empty((SIDE, SIDE, 4), np.uint8)
    sheet[:] = (*LIGHT.light, 255)
    return sheet


def _onto(
    sheet: np.ndarray, panel: Panel, manner: Manner, at: tuple[float, float], size: float
) -> None:
    d = Drawing("lesson", manner, size / SIDE)
    panel(d)
    with skia.Surface(sheet) as canvas:
        canvas.translate(*at)
        draw(canvas, d, SIDE)


def _printed(sheet: np.ndarray) -> Image.Image:
    return Image.fromarray(print_on(paper(SIDE, SIDE), sheet))


def main() -> None:
    pictures = [drawn(panel, BARE) for panel in (bones, tube, parts, pattern)]
    pictures += [drawn(bird(0.14), MANNER), flight()]
    lesson = Image.new("RGB", (3 * SIDE + 2 * GAP, 2 * SIDE + GAP), "white")
    for k, picture in enumerate(pictures):
        lesson.paste(picture, (k % 3 * (SIDE + GAP), k // 3 * (SIDE + GAP)))
    target = HERE / "lesson.jpg"
    lesson.save(target, quality=84, optimize=True, progressive=True)
    print(f"lesson.jpg  {lesson.width}x{lesson.height}  {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
