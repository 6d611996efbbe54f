"""Wheat in the ear and a stalk of maize: fields, one at a time. Ears nod after their stalks."""

import numpy as np

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, leaf, leaf_mark, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.bush import green
from uncaged.engines.ink.kinds.shaping import blade
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, ease_out, over, settle
from uncaged.engines.ink.paint import Paint


def _wheat(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sheaf of stalks; how many and how they lean, by lot."""
    count = stream.integer(5, 7)
    foot = [0.09 * (k - (count - 1) / 2) for k in range(count)]
    lean = [1.6 * x + stream.uniform(-0.06, 0.06) for x in foot]
    tall = stream.array(count, 0.6, 0.74)
    order = sorted(range(count), key=lambda k: -abs(foot[k]))

    def figure(drawing: Drawing, moment: Moment) -> None:
        for k in order:
            up = ease_out(over(moment.grow, 0.04 * k, 0.6 + 0.04 * k))
            if up < 0.04:
                continue
            blow = moment.sway * 0.06 * moment.cycle(0.5, 0.07 * k)
            top = points(foot[k] + lean[k] * up + blow, -float(tall[k]) * up)
            line = smooth(
                [(foot[k], 0.01), (foot[k] + 0.1 * lean[k], -0.5 * float(tall[k]) * up), top]
            )
            drawing.stroke(line, 1.7, paint.shadow, wobble=0.3, taper=(0.02, 0.2), key=f"stalk{k}")
            if k % 2 == 0:
                tip = line[5] + points(0.16 * (1 if lean[k] > 0 else -1), -0.08 + 0.3 * blow) * up
                blade = leaf(line[5], tip, 0.022 * up, 0.25)
                drawing.form(blade.outline(), paint.shadow, line=0.7, shade=0.3, key=f"blade{k}")
            _ear(drawing, moment, paint, top, line[-1] - line[-2], k, over(moment.grow, 0.5, 1.0))

    return figure


def _ear(
    drawing: Drawing, moment: Moment, paint: Paint, top: Array, along: Array, k: int, ripe: float
) -> None:
    """Grains in pairs, each with its beard; the ear bends over a little late."""
    if ripe < 0.05:
        return
    length = float(np.sqrt((along * along)[0] + (along * along)[1])) + 1e-9
    way = along / length
    bend = 0.35 * moment.sway * moment.cycle(0.5, 0.2 + 0.07 * k) + (0.25 if way[0] > 0 else -0.25)
    grains: list[Array] = []
    beards: list[Array] = []
    at, side = top, points(-way[1], way[0])
    for j in range(6):
        way = way + side * (bend * 0.12)
        side = points(-way[1], way[0])
        at = at + way * (0.052 * ripe)
        size = 0.05 * ripe * (1 - 0.06 * j)
        for s in (-1, 1):
            out = way * 0.8 + side * (0.55 * s)
            x, y = (at + out * size).tolist()
            grains.append(leaf_mark(x, y, float(out[0]) * size, float(out[1]) * size, 0.55))
            end = at + out * (size * 3.4)
            beards.append(np.stack([at + out * size * 1.6, end]))
    x, y = (at + way * 0.05 * ripe).tolist()
    grains.append(leaf_mark(x, y, float(way[0]) * 0.05 * ripe, float(way[1]) * 0.05 * ripe, 0.5))
    for j, beard in enumerate(beards):
        drawing.stroke(beard, 0.6, paint.colour, wobble=0.2, key=f"beard{k}.{j}")
    drawing.multi(grains, paint.colour, line=0.8, key=f"ear{k}")


def _maize(stream: Stream, paint: Paint, form: str) -> Figure:
    """One stalk with broad leaves that break over, one or two cobs, a tassel."""
    cobs = stream.integer(1, 2)
    droop = stream.array(6, 0.8, 1.2)
    pale = mix(paint.leaf, paint.palette.light, 0.3)

    def figure(drawing: Drawing, moment: Moment) -> None:
        up = ease_out(over(moment.grow, 0.0, 0.6))
        if up < 0.04:
            return
        blow = moment.sway * 0.04 * moment.cycle(0.5)
        stalk = Tube([(0.0, 0.01), (0.01, -0.4 * up), (blow, -0.8 * up)], [0.035, 0.028, 0.016], 20)
        for k in range(6):
            _blade(drawing, moment, paint, stalk, k, float(droop[k]))
        drawing.form(stalk.outline(), paint.leaf_dark, line=0.9, shade=0.6, key="stalk")
        ripe = settle(over(moment.grow, 0.5, 1.0), 0.1)
        if ripe > 0.05:
            for k in range(cobs):
                _cob(drawing, moment, paint, stalk.at(0.5 - 0.17 * k, 0.0), 1 - 2 * k, ripe)
            for k in range(5):
                tip = stalk.p[-1] + points(0.06 * (k - 2), -0.16 + 0.02 * abs(k - 2)) * ripe
                drawing.stroke(
                    np.stack([stalk.p[-1], tip]), 1.2, pale, wobble=0.4, key=f"tassel{k}"
                )

    return figure


def _blade(
    drawing: Drawing, moment: Moment, paint: Paint, stalk: Tube, k: int, droop: float
) -> None:
    """A long leaf that rises and falls over."""
    grown = ease_out(over(moment.grow, 0.1 + 0.08 * k, 0.5 + 0.08 * k))
    if grown < 0.05:
        return
    side = 1 if k % 2 else -1
    root = stalk.at(0.14 + 0.14 * k, 0.0)
    blow = 0.04 * moment.sway * moment.cycle(0.5, 0.12 * k)
    knee = root + points(side * 0.2, -0.2 + blow) * grown
    tip = root + points(side * 0.44, (-0.12 + 0.24 * droop) + 2 * blow) * grown
    tube = Tube([root, knee, tip], [0.02, 0.05, 0.03, 0.0], 16, cap_end=False)
    tone = (paint.leaf, paint.leaf_dark, paint.leaf_light)[k % 3]
    drawing.form(tube.outline(), tone, line=0.85, shade=0.6, key=f"blade{k}")
    drawing.stroke(tube.at(np.linspace(0, 0.9, 6), 0), 0.6, paint.ink, wobble=0.2, key=f"rib{k}")


def _cob(
    drawing: Drawing, moment: Moment, paint: Paint, root: Array, side: int, ripe: float
) -> None:
    """A cob in its husk: rows of grains."""
    tip = root + points(side * 0.24, -0.34) * ripe
    cob = Tube(
        [root, (root + tip) / 2 + points(side * 0.015, 0), tip], [0.06, 0.1, 0.085, 0.02], 18
    )
    drawing.form(cob.outline(), paint.colour, shade=0.8, key=f"cob{side}")
    for row in (-0.62, -0.2, 0.22, 0.64):
        for j in range(7):
            x, y = cob.at(0.3 + 0.095 * j, row).tolist()
            drawing.dot(x, y, 0.014 * ripe, paint.pattern)
    for s in (-1, 1):
        husk = leaf(root - points(0, -0.02), cob.at(0.62, 1.5 * s), 0.05 * ripe, -0.2 * s, 12)
        drawing.form(husk.outline(), paint.leaf_light, line=0.85, shade=0.5, key=f"husk{side}{s}")


def _bamboo(stream: Stream, paint: Paint, form: str) -> Figure:
    """Straight culms with rings, and sprays of narrow leaves."""
    count = stream.integer(3, 4)
    foot = [0.19 * (k - (count - 1) / 2) + stream.uniform(-0.03, 0.03) for k in range(count)]
    lean = stream.array(count, -0.09, 0.09)
    tall = stream.array(count, 0.82, 1.0)
    order = sorted(range(count), key=lambda k: float(tall[k]))
    tones = (paint.shadow, paint.colour, mix(paint.colour, paint.palette.light, 0.25))

    def figure(drawing: Drawing, moment: Moment) -> None:
        for n, k in enumerate(order):
            up = ease_out(over(moment.grow, 0.08 * n, 0.6 + 0.08 * n))
            if up < 0.04:
                continue
            blow = moment.sway * 0.05 * moment.cycle(0.5, 0.1 * k)
            x = foot[k]
            spine = [(x, 0.02), (x + 0.3 * float(lean[k]), -0.5 * float(tall[k]) * up)]
            spine.append((x + float(lean[k]) + blow, -float(tall[k]) * up))
            culm = Tube(spine, [0.042, 0.038, 0.028], 26)
            drawing.form(
                culm.outline(),
                tones[(n + 1) % 3],
                fill=paint.fill,
                body=culm,
                colour2=paint.pattern,
                shade=0.8,
                key=f"culm{k}",
            )
            for j in range(6):
                u, v = 0.08 + 0.16 * j, np.linspace(-1.15, 1.15, 5)
                ring = culm.at(u + 0.006 * (1 - v * v), v)
                drawing.stroke(ring, 1.2, paint.ink, wobble=0.2, key=f"ring{k}.{j}")
            for j in range(3):
                _spray(drawing, moment, culm.at(0.44 + 0.2 * j, 0.0), k, j, up, tones)

    return figure


def _spray(
    drawing: Drawing,
    moment: Moment,
    root: Array,
    k: int,
    j: int,
    up: float,
    tones: tuple[tuple[int, int, int], ...],
) -> None:
    """A thin twig with four leaves that hang."""
    side = 1 if (j + k) % 2 else -1
    blow = 0.03 * moment.sway * moment.cycle(0.5, 0.1 * j + 0.17 * k)
    end = root + points(side * 0.16, -0.06 + blow) * up
    drawing.stroke(np.stack([root, end]), 0.9, tones[0], wobble=0.3, key=f"twig{k}.{j}")
    leaves: list[Array] = []
    for n in range(4):
        at = root + (end - root) * (0.4 + 0.2 * n)
        tip = at + points(side * (0.05 + 0.03 * n), 0.14 - 0.035 * n + 2 * blow) * up
        leaves.append(blade(at, tip, 0.022 * up, 0.1 * side))
    drawing.multi(leaves, tones[1 + (j + k) % 2], line=0.8, key=f"leaves{k}.{j}")


register(
    Kind(
        "wheat",
        _wheat,
        at=(1.37, 0.69),
        height=0.54,
        home="meadow",
        width=0.8,
        top=(0.0, -0.7),
        shadow=0.24,
        motion="sway",
        plant=True,
        faces=False,
        hue="yellow",
        metres=0.9,
        grip=(0.0, -0.2),
    )
)
register(
    Kind(
        "maize",
        _maize,
        at=(1.43, 0.69),
        height=0.66,
        home="meadow",
        width=0.8,
        top=(0.0, -0.8),
        shadow=0.2,
        motion="sway",
        plant=True,
        faces=False,
        hue="yellow",
        metres=2.0,
        grip=(0.0, -0.2),
    )
)
register(
    Kind(
        "bamboo",
        _bamboo,
        at=(1.49, 0.69),
        height=0.82,
        home="jungle",
        width=0.8,
        top=(0.0, -0.9),
        shadow=0.26,
        motion="sway",
        plant=True,
        faces=False,
        colour=green,
        metres=6.0,
        grip=(0.0, -0.3),
    )
)
