"""Wood: grain runs along every form and round its knots; strokes are carved."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.numbers import TAU, cos, sin

_RINGS = 3


def work(body: Body) -> None:
    """Carves the figure."""
    p, d = body.palette, body.out
    brown = under(HUES["brown"], p, body.ground)
    pale = mix(brown, p.light, 0.5)
    ladder = (mix(brown, p.deep, 0.62), mix(brown, pale, 0.12), mix(brown, pale, 0.62), pale)

    def carve(part: Part) -> None:
        colour = ladder[1] if part.tone < 0.4 else ladder[2]
        d.form(part.points, colour, line=1.0, shade=0.8, key=part.key, ink=ladder[0])
        if part.size < 0.09:
            return
        d.clip(part.points)
        _grain(part)
        if part.wide > 0.05:
            _knot(part)
        d.unclip()

    def _grain(part: Part) -> None:
        count = min(9, max(2, int(part.wide / 0.016)))
        lots = part.lots("grain", 3 * count).reshape(count, 3)
        u = np.linspace(0.0, 1.0, 14)
        for k in range(count):
            v = -0.9 + 1.8 * (k + 0.2 + 0.6 * lots[k, 0]) / count
            wave = 0.10 * sin(TAU * (u * (0.8 + lots[k, 1]) + 0.15 * k))
            first, last = int(5 * lots[k, 2] * 0.6), 14 - int(4 * lots[k, 1] * 0.6)
            line = part.at(u, np.clip(v + wave, -0.97, 0.97))[first:last]
            tone = ladder[0] if k % 3 else ladder[3]
            d.stroke(line, 0.5, tone, key=f"{part.key}g{k}", wobble=0.4, taper=(0.2, 0.2))

    def _knot(part: Part) -> None:
        at, v = 0.25 + 0.5 * part.lot("knot"), 0.5 * part.lot("aside") - 0.25
        x, y = part.at(np.array([at]), np.array([v]))[0].tolist()
        turn = np.linspace(0, TAU, 13)
        size = min(0.42 * part.wide, 0.05)
        for k in range(_RINGS):
            r = size * (1 - 0.3 * k)
            ring = np.stack([x + cos(turn) * r * 0.7, y + sin(turn) * r], 1)
            d.stroke(ring, 0.55, ladder[0], key=f"{part.key}k{k}", wobble=0.6, taper=(0.05, 0.05))
        d.dot(x, y, 0.22 * size, ladder[0])

    each(body, ladder, carve, 1.1)


register("wood", work)
