"""Ice: pale facets that let a little through, white fractures, icicles under every edge, sparks of cold."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.curves import points
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import crack, facets, half, outward, star
from uncaged.engines.ink.numbers import Array


def work(body: Body) -> None:
    """Freezes the figure."""
    p, d = body.palette, body.out
    blue = under(HUES["teal"], p)
    blue = mix(blue, under(HUES["blue"], p), 0.45)
    white = (246, 251, 252)
    ladder = (mix(blue, p.deep, 0.5), mix(blue, white, 0.30), mix(blue, white, 0.58), white)

    def freeze(part: Part) -> None:
        cut = facets(part, 9 if part.size < 0.2 else 14, "ice")
        d.multi(_icicles(part, body), ladder[2], line=0.5, key=f"{part.key}i")
        d.form(
            cut,
            ladder[2] if part.tone > 0.35 else ladder[1],
            line=0.7,
            shade=0.3,
            alpha=226,
            key=part.key,
            ink=ladder[0],
        )
        if part.size < 0.09:
            return
        d.clip(cut)
        lean = 2.4 + 0.9 * part.lot("lean")
        d.flat(half(part, lean, 0.02), white, 150)
        d.flat(half(part, lean + 2.2, 0.05), ladder[1], 140)
        d.unclip()
        for k in range(min(3, int(part.size / 0.14))):
            d.stroke(
                crack(part, k, "ice"),
                0.7,
                white,
                key=f"{part.key}c{k}",
                taper=(0.05, 0.8),
                wobble=0.6,
            )

    each(body, ladder, freeze, 0.8)
    for k, part in enumerate(part for part in body.forms if part.size > 0.2):
        size = 0.04 * max(0.0, body.m.cycle(0.5, part.lot("glint")))
        if k < 4 and size > 0.008:
            x, y = part.at(np.array([part.lot("gu")]), np.array([-0.6]))[0].tolist()
            d.flat(star(x, y, size), white)


def _icicles(part: Part, body: Body) -> list[Array]:
    """Points that hang from what looks down, not from what stands on the ground."""
    p, n = part.points, len(part.points)
    down = outward(p)[:, 1]
    count = min(9, int(part.size * 26))
    out: list[Array] = []
    for k in range(count):
        at = int((k + part.lot(f"at{k}")) * n / max(count, 1)) % n
        x, y = p[at].tolist()
        if down[at] < 0.45 or (not body.centred and y > -0.06):
            continue
        long = (0.03 + 0.07 * part.lot(f"long{k}")) * min(1.0, 3 * part.size)
        wide = 0.24 * long
        out.append(points((x - wide, y - 0.01), (x + wide, y - 0.01), (x + 0.15 * wide, y + long)))
    return out


register("ice", work)
