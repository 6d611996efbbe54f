"""Leaves: every form is covered with small ones that hang and stir, in three greens, and some lie over its edge."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, shade, under
from uncaged.engines.ink.materials import register, shapes
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.numbers import TAU, cos, sin

_MOST, _SIZE = 96, 0.034


def work(body: Body) -> None:
    """Grows the figure."""
    p, d, m = body.palette, body.out, body.m
    green = mix(under(HUES["green"], p, body.ground), p.near, 0.12)
    light = mix(green, under(HUES["yellow"], p), 0.5)
    ladder = (
        mix(shade(green, p), p.deep, 0.3),
        shade(green, p, 0.04),
        mix(green, light, 0.3),
        light,
    )
    stir = 0.25 * m.sway

    def grow(part: Part) -> None:
        d.form(
            part.points,
            ladder[0] if part.tone < 0.5 else ladder[1],
            line=0.0,
            shade=0.5,
            key=part.key,
        )
        count = min(_MOST, max(4, int(part.size * part.wide * 3000)))
        lots = part.lots("leaf", 5 * count).reshape(count, 5)
        # in even steps along and by lot across, so that no place stays bare
        u = (np.arange(count) + lots[:, 0]) / count
        edge = np.where(lots[:, 1] < 0.5, -1.0, 1.0)
        v = np.where(lots[:, 4] < 0.3, edge, 2.1 * lots[:, 1] - 1.05)
        size = _SIZE * (0.7 + 0.6 * lots[:, 2]) * min(1.0, 0.45 + 2 * part.size)
        wind = stir * m.cycle(0.7) * sin(TAU * (u + lots[:, 2]))
        turn = 0.9 * v + 0.7 * (lots[:, 3] - 0.5) + wind
        way = np.stack([sin(turn), cos(turn)], 1) * size[:, None]
        at = part.at(u, v) + 0.4 * way
        # light ones to the upper left, where the light is
        tone = np.where(v + lots[:, 3] < -0.1, 2, np.where(lots[:, 2] < 0.6, 1, 0))
        for k in range(3):
            own = tone == k
            d.multi(
                shapes.leaves(at[own], way[own], 0.42),
                ladder[k + 1],
                line=0.45,
                key=f"{part.key}l{k}",
            )

    each(body, ladder, grow, 0.9)


register("leaves", work)
