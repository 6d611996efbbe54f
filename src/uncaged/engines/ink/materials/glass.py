"""Glass: hardly any colour, a contour, a second one inside it, and light that lies on the upper left."""

import numpy as np

from uncaged.engines.ink.colour import lightness, mix
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import along, star


def work(body: Body) -> None:
    """Blows the figure."""
    p, d = body.palette, body.out
    tint = mix(p.c if lightness(p.c) > 0.55 else p.far, p.light, 0.55)
    rim = mix(p.ink, p.c, 0.35) if lightness(body.ground) > 0.5 else mix(p.light, p.c, 0.3)
    ladder = (rim, mix(rim, tint, 0.5), tint, p.light)
    glints = 0

    def blow(part: Part) -> None:
        nonlocal glints
        d.form(part.points, tint, line=0.85, shade=0.0, alpha=46, key=part.key, ink=rim)
        if part.size < 0.08:
            return
        d.stroke(
            along(part, 0.8, 0.15, 0.85), 0.45, ladder[1], key=f"{part.key}i", alpha=150, wobble=0.4
        )
        d.stroke(
            along(part, -0.62, 0.14, 0.5),
            2.1,
            p.light,
            key=f"{part.key}h",
            wobble=0.3,
            taper=(0.4, 0.4),
        )
        d.stroke(
            along(part, -0.62, 0.58, 0.66, 4),
            1.6,
            p.light,
            key=f"{part.key}j",
            wobble=0.3,
            taper=(0.4, 0.4),
        )
        if part.size > 0.25 and glints < 4:
            glints += 1
            x, y = part.at(np.array([0.2]), np.array([-0.8]))[0].tolist()
            size = 0.035 * (0.5 + 0.5 * body.m.cycle(0.5, part.lot("glint")))
            if size > 0.008:
                d.flat(star(x, y, size), p.light)

    each(body, ladder, blow, 0.8)


register("glass", work)
