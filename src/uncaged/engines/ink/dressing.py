"""What a hand lays on the sheet beside the drawing: wiped-out chalk on a board, a bare margin. Knows no subjects."""

import numpy as np

from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.settings import Draw
from uncaged.engines.ink.stage import Film

_SWIPES = 9
_OUT = 0.06
"""How far a margin reaches past the frame, in shorter sides."""


def smudges(seed: int, film: Film) -> Draw:
    """Broad pale swipes of the sponge over a board."""
    stream = Stream(f"{seed}/smudges")
    swipes: list[tuple[Array, int]] = []
    for k in range(int(_SWIPES * max(1.0, film.across * film.down))):
        own = stream.sub(k)
        x, y = own.uniform(-0.1, film.across + 0.1), own.uniform(-0.05, film.down + 0.05)
        dx, dy = own.uniform(0.25, 0.7), own.uniform(-0.22, 0.12)
        spine = [(x - dx, y - dy), (x - 0.2 * dx, y + own.uniform(-0.1, 0.1)), (x + dx, y + dy)]
        wide = own.uniform(0.03, 0.13)
        form = Tube(spine, [0.3 * wide, wide, 0.8 * wide, 0.2 * wide], 24).outline()
        swipes.append((form, own.integer(5, 13)))

    def draw(d: Drawing, m: Moment) -> None:
        for form, alpha in swipes:
            d.flat(form, d.manner.palette.light, alpha)

    return draw


def margin(seed: int, film: Film, wide: float) -> Draw:
    """Bare ground round the drawing, its inner edge as uneven as a hand that stops where it likes."""
    stream = Stream(f"{seed}/margin")
    w, h = film.across, film.down
    sides = [_side(stream.sub(k), length, wide) for k, length in enumerate((w, h, w, h))]
    placed = (
        sides[0],
        points((w, 0.0)) + sides[1][:, ::-1] * (-1, 1),
        points((0.0, h)) + sides[2] * (1, -1),
        sides[3][:, ::-1],
    )

    def draw(d: Drawing, m: Moment) -> None:
        for side in placed:
            d.flat(side, bare(d.manner.palette))

    return draw


def _side(stream: Stream, length: float, wide: float) -> Array:
    """The upper side, from left to right: a strip whose lower edge wavers."""
    x = np.linspace(-_OUT, length + _OUT, int(90 * length) + 8)
    y = np.full(len(x), wide)
    for reach, waves in ((0.12, 5), (0.10, 17), (0.07, 47)):
        y = y + wide * reach * sin(x * waves + stream.uniform(0, 6))
    y = y + wide * stream.array(len(x), -0.06, 0.06)
    edge = np.stack([x, y], 1)[::-1]
    return np.concatenate([points((-_OUT, -_OUT), (length + _OUT, -_OUT)), edge])
