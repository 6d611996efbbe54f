"""Light: a pale body, lines that glow, each three times, and rays that flicker round it."""

import numpy as np

from uncaged.engines.ink.colour import HUES, lightness, mix, under
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, rest
from uncaged.engines.ink.materials.shapes import outward
from uncaged.engines.ink.numbers import Array

_HALO = ((0.075, 15), (0.05, 20), (0.028, 34))
_RAYS = 22


def work(body: Body) -> None:
    """Lights the figure."""
    p, d = body.palette, body.out
    white = (255, 252, 236)
    warm = under(HUES["yellow"], p)
    rim = warm if lightness(body.ground) < 0.6 else mix(under(HUES["orange"], p), warm, 0.35)
    ladder = (rim, mix(rim, white, 0.45), mix(warm, white, 0.7), white)
    forms = body.forms
    for reach, alpha in _HALO:
        for part in forms:
            d.flat(part.points + outward(part.points) * reach, rim, alpha)
    _rays(body, forms, ladder[1])
    for part in body.parts:
        if not isinstance(part, Part):
            rest(body, part, ladder, 0.8)
            continue
        ring = np.concatenate([part.points, part.points[:2]])
        d.flat(part.points, white if part.tone > 0.45 else ladder[2], 236)
        d.stroke(
            ring,
            2.6 if not part.is_detail else 0.8,
            rim,
            key=f"{part.key}r",
            alpha=110,
            wobble=0.5,
            taper=(0.02, 0.02),
        )
        d.stroke(ring, 0.8, rim, key=f"{part.key}s", wobble=0.5, taper=(0.02, 0.02))


def _rays(body: Body, forms: list[Part], colour: tuple[int, int, int]) -> None:
    """Short strokes that leave the outline and come and go."""
    if not forms:
        return
    large = sorted(forms, key=lambda part: -part.size)[:6]
    for k in range(_RAYS):
        part = large[k % len(large)]
        n = int(part.lot(f"ray{k}") * len(part.points))
        way = outward(part.points)[n]
        flicker = 0.5 + 0.5 * body.m.cycle(1.0, part.lot(f"lag{k}"))
        first, last = 0.07, 0.09 + 0.09 * flicker * (0.4 + part.lot(f"long{k}"))
        ray: Array = part.points[n] + way * np.array([[first], [(first + last) / 2], [last]])
        body.out.stroke(ray, 0.8, colour, key=f"ray{k}", wobble=0.3, taper=(0.3, 0.6))


register("light", work)
