"""Sand: grains that hold a form loosely, trickle from its lower edges and lie heaped beneath it."""

import numpy as np

from uncaged.engines.ink.colour import HUES, mix, under
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.materials import register
from uncaged.engines.ink.materials.body import Body, Part, each
from uncaged.engines.ink.materials.shapes import grains
from uncaged.engines.ink.numbers import Array

_GRAIN, _MOST, _FALLING = 0.0078, 150, 80


def work(body: Body) -> None:
    """Pours the figure."""
    p, d = body.palette, body.out
    sand = under(HUES["orange"], p, body.ground)
    sand = mix(mix(sand, under(HUES["yellow"], p), 0.55), p.light, 0.22)
    ladder = (mix(sand, p.deep, 0.58), mix(sand, p.deep, 0.3), sand, mix(sand, p.light, 0.6))
    if not body.centred:
        _heap(body, ladder[2], ladder[1])

    def pour(part: Part) -> None:
        middle = (part.low + part.high) / 2
        firm = middle + (part.points - middle) * 0.94
        colour = ladder[2] if part.tone > 0.3 else ladder[1]
        d.form(firm, colour, line=0.0, shade=1.3, key=part.key)
        count = min(_MOST, max(8, int(part.size * part.wide * 5200)))
        lots = part.lots("sand", 3 * count).reshape(3, count)
        # more grains towards the edge, some past it
        v = 2 * lots[1] - 1
        v = v * (1.6 - 0.6 * abs(v)) * 1.1
        at = part.at((np.arange(count) + lots[0]) / count, v)
        dark, pale = v + lots[2] > 0.5, v + lots[2] < 0.1
        for tone, chosen in ((0, dark), (2, ~dark & ~pale), (3, pale)):
            d.multi(grains(at[chosen], _GRAIN), ladder[tone], line=0.0, key=f"{part.key}s{tone}")

    each(body, ladder, pour, 0.9)
    d.multi(_trickle(body), ladder[1], line=0.0, key="trickle")


def _trickle(body: Body) -> list[Array]:
    """Grains on their way down from lower edges."""
    bottom = body.box[3] + (0.25 if body.centred else 0.0)
    out: list[Array] = []
    forms = [part for part in body.forms if part.size > 0.12]
    for part in forms:
        count = _FALLING // len(forms) + 1
        lots = part.lots("fall", 3 * count).reshape(3, count)
        at = part.at(lots[0], np.where(lots[1] < 0.5, 1.0, -1.0))
        fallen = (body.m.turn(0.8) + lots[2]) % 1
        at[:, 0] += 0.01 * (lots[1] - 0.5)
        at[:, 1] += (bottom - at[:, 1]) * fallen * fallen
        out += grains(at, _GRAIN * (1 - 0.3 * fallen))
    return out


def _heap(body: Body, colour: tuple[int, int, int], dark: tuple[int, int, int]) -> None:
    """What has run out already."""
    left, _, right, _ = body.box
    middle, half = (left + right) / 2, min(0.42, max(0.16, 0.5 * (right - left)))
    high = ((-1.2, 0.02), (-0.8, 0.0), (-0.3, -0.06), (0.02, -0.1), (0.4, -0.045), (1.2, 0.02))
    top = smooth(points(*((middle + x * half, y) for x, y in high)))
    form = np.concatenate([top, [(middle, 0.035)]])
    body.out.form(form, colour, line=0.5, shade=1.3, key="heap", ink=dark)


register("sand", work)
