"""A theatre seen from its seats: boards, curtains drawn to both sides, a painted drop behind, lamps along the edge."""

from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import HUES, Colour, mix, shade, under
from uncaged.engines.ink.curves import circle, lobed, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.masonry import box
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Stream, cos, sin
from uncaged.engines.ink.settings import Ground, Setting, register
from uncaged.engines.ink.settings.facades import warm
from uncaged.engines.ink.settings.layout import MARGIN, REACH, gust, level, tall, wide
from uncaged.engines.ink.settings.sheets import sheet
from uncaged.engines.ink.settings.sky_parts import disc_colour, sky


def build(ground: Ground) -> None:
    """Layers of a stage."""
    p, stream = ground.palette, ground.stream.sub("stage")
    floor = level(ground, 0.72)
    drop = mix(p.top, p.low, 0.4) if not p.paper else p.light
    sky(ground, drop, mix(p.low, p.light, 0.2), bare=True)
    boards = mix(under(HUES["brown"], p), p.far, 0.3) if not p.paper else mix(p.light, p.far, 0.35)
    ground.stand, ground.behind = boards, drop
    _drop(ground, stream.sub("drop"), floor)
    _boards(ground, boards, floor)
    cloth = p.a if not p.paper else mix(p.light, p.a, 0.75)
    _lamps(ground)
    _curtains(ground, stream.sub("curtains"), cloth)
    _valance(ground, cloth)


def _drop(ground: Ground, stream: Stream, floor: float) -> None:
    """Flat hills on battens, a sun on a thread, clouds of board: scenery that does not pretend."""
    p, w = ground.palette, ground.width
    on = sheet(ground, "drop", 0.5, p.far, 0.3, 0.8)
    x, y, r = w * (0.5 - 0.2 * ground.side), 0.3 * floor, 0.1 * (0.5 + 0.5 * tall(ground))
    on.stroke(points((x, -MARGIN), (x, y - r)), 0.6, wobble=0.1)
    turn = np.arange(24) * (TAU / 24)
    far = np.where(np.arange(24) % 2 == 0, 1.35 * r, 1.05 * r)
    on.form(
        np.stack([x + cos(turn) * far, y + sin(turn) * far], 1), disc_colour(p), line=0.8, shade=0.4
    )
    on.form(circle(x, y, 0.8 * r, count=30), mix(disc_colour(p), p.light, 0.4), line=0.7, shade=0.3)
    for k, (across, high) in enumerate(((0.3, 0.24), (0.64, 0.4), (0.82, 0.2))):
        cx, cy = w * across, floor * high
        cloud = lobed(stream.sub(k), cx, cy, 0.11, 0.04, 7, 0.2)
        on.stroke(points((cx, -MARGIN), (cx, cy)), 0.5, wobble=0.1)
        on.form(
            np.minimum(cloud, points(99, cy + 0.02)), mix(p.light, p.low, 0.2), line=0.7, shade=0.4
        )
    tones = (mix(p.far, p.low, 0.25), p.far, mix(p.mid, p.far, 0.25))
    for k, tone in enumerate(tones):
        top = floor * (0.7 + 0.1 * k)
        knots = [(-REACH, top + 0.02)]
        at = -0.2 - 0.1 * k
        while at < w + 0.3:
            knots.append((at, top - stream.uniform(0.0, 0.11)))
            at += stream.uniform(0.16, 0.3)
        knots.append((w + REACH, top))
        ridge = smooth(knots, False, 4)
        on.form(
            np.concatenate([ridge, points((w + REACH, floor + 0.02), (-REACH, floor + 0.02))]),
            tone,
            line=0.8,
            shade=0.7,
        )
        if k == 1:
            for i in range(int(3 * w)):
                _board_tree(
                    ground, on, stream.sub(f"tree{i}"), w * (i + 0.5) / (3 * w), floor * 0.82
                )


def _board_tree(ground: Ground, on: Drawing, stream: Stream, x: float, y: float) -> None:
    p, h = ground.palette, stream.uniform(0.1, 0.16)
    x += stream.uniform(-0.06, 0.06)
    on.stroke(points((x, y), (x, y - h * 0.5)), 1.6, p.near, wobble=0.1)
    on.form(
        lobed(stream, x, y - h * 0.8, 0.3 * h, 0.42 * h, 6, 0.16),
        mix(p.near, p.mid, 0.4),
        line=0.7,
        shade=0.6,
    )


def _boards(ground: Ground, boards: Colour, floor: float) -> None:
    """Planks that run together towards the back, and the front edge of the stage."""
    p = ground.palette
    on = sheet(ground, "boards", 0.95, boards, 0.3, 0.75)
    left, right, low = -REACH, ground.width + REACH, ground.height + REACH
    on.form(box(left, floor, right, low), boards, line=0.6, shade=0.7, light=(0.1, -1))
    middle, deep = ground.width / 2, (ground.height - floor) / 0.28
    for k in range(-34, 35):
        x = (k + 0.5) * 0.09
        if abs(x) < ground.width / 2 + 0.5:
            seam = points(
                (middle + x * 0.75, floor), (middle + x * (0.95 + 0.55 * deep), ground.height + 0.2)
            )
            on.stroke(seam, 0.5, shade(boards, p, 0.1), wobble=0.6)
    spot = circle(
        middle, 0.88 * ground.height, 0.36 * wide(ground), 0.075 * sqrt(max(0.2, deep)), 40
    )
    on.flat(spot, mix(p.light, warm(p), 0.3), 90 if not p.paper else 0)


def _curtains(ground: Ground, stream: Stream, cloth: Colour) -> None:
    """Two curtains drawn aside, gathered by a cord; they breathe a little."""
    p, h = ground.palette, ground.height
    dark = mix(shade(cloth, p, 0.12), p.deep, 0.12)
    folds, reach = 6, 0.2 * wide(ground)
    lots = stream.array(folds, -0.01, 0.01).tolist()

    def draw(frame: Drawing, moment: Moment) -> None:
        for side in (-1, 1):
            x0 = -REACH if side < 0 else ground.width + REACH
            edge_x = 0.0 if side < 0 else ground.width
            stir = 0.006 * moment.cycle(0.5, 0.1 * side) * min(2.0, gust(ground))

            def at(
                x: float, y: float, edge: float = edge_x, way: int = side, move: float = stir
            ) -> tuple[float, float]:
                return edge - way * (x + move * y), y

            inner = [
                at(reach * 1.25, -MARGIN),
                at(reach * 1.05, 0.25 * h),
                at(reach * 0.62, 0.56 * h),
            ]
            inner += [
                at(reach * 0.36, 0.66 * h),
                at(reach * 0.5, 0.8 * h),
                at(reach * 0.62, h + MARGIN),
            ]
            line = smooth(inner)
            form = np.concatenate([line, points((x0, h + MARGIN), (x0, -MARGIN))])
            frame.form(form, cloth, line=0.9, shade=0.8, key=f"curtain{side}", light=(side, 0.2))
            for k, lot in enumerate(lots):
                q = (k + 0.6) / folds
                fold = [
                    at(reach * (1.2 * q - 0.05 + lot), -MARGIN),
                    at(reach * (0.98 * q + lot), 0.3 * h),
                ]
                fold += [at(reach * 0.5 * q, 0.62 * h), at(reach * 0.33 * q, 0.67 * h)]
                fold += [at(reach * (0.46 * q + lot), 0.8 * h), at(reach * 0.58 * q, h + MARGIN)]
                frame.stroke(
                    smooth(fold), 1.5, dark, taper=(0.05, 0.05), wobble=0.3, key=f"fold{side}{k}"
                )
            cord = smooth(
                [at(-0.02, 0.6 * h), at(reach * 0.2, 0.66 * h), at(reach * 0.38, 0.655 * h)]
            )
            frame.stroke(cord, 3.2, warm(p), taper=(0.02, 0.02), wobble=0.2, key=f"cord{side}")
            x, y = at(reach * 0.34, 0.665 * h)
            tassel = points(
                (x - 0.008, y), (x + 0.008, y), (x + 0.016, y + 0.05), (x - 0.016, y + 0.05)
            )
            frame.form(tassel, warm(p), line=0.6, shade=0.4, key=f"tassel{side}")

    ground.add("curtains", 1.3, draw, "live")


def _valance(ground: Ground, cloth: Colour) -> None:
    """Scallops across the top, with a fringe."""
    p, on = ground.palette, sheet(ground, "valance", 1.32, cloth, 0.2, 0.9)
    count = max(3, int(ground.width / 0.2 + 0.5))
    step, deep = ground.width / count, 0.075 * tall(ground)
    for k in range(-1, count + 1):
        x = step * (k + 0.5)
        a = np.linspace(0, PI, 9)
        edge = np.stack([x + cos(a) * step * 0.52, 0.045 + sin(a) * deep], 1)
        form = np.concatenate(
            [edge, points((x - step * 0.52, -MARGIN), (x + step * 0.52, -MARGIN))]
        )
        on.form(form, cloth if k % 2 else shade(cloth, p, 0.05), line=0.8, shade=0.6)
        on.stroke(edge + points(0, 0.004), 2.0, warm(p), wobble=0.3)


def _lamps(ground: Ground) -> None:
    """Footlights: shells along the front, and the light that comes up from them."""
    p = ground.palette
    y, glow, dark = ground.height + 0.005, warm(p), p.deep if not p.negative else p.near
    count = max(4, int(ground.width / 0.16))
    xs = [ground.width * (k + 0.5) / count for k in range(count)]
    shell = smooth([(-0.034, 0.02), (-0.03, -0.012), (0.0, -0.03), (0.03, -0.012), (0.034, 0.02)])

    def draw(frame: Drawing, moment: Moment) -> None:
        for k, x in enumerate(xs):
            flicker = 1 + 0.05 * moment.cycle(2.0, 0.37 * k)
            if not p.paper:
                frame.flat(circle(x, y - 0.02, 0.075 * flicker, 0.06, 18), glow, 44)
        frame.multi([shell + points(x, y) for x in xs], dark, line=0.6, key="shells")
        frame.multi([circle(x, y - 0.03, 0.012, 0.007, 10) for x in xs], glow, line=0, key="flames")

    ground.add("footlights", 1.28, draw, "live")


register(
    Setting(
        "stage",
        build,
        at=(1.20, 0.35),
        spirit="dancer",
        palettes=("rust", "gold", "violet", "candy", "dawn"),
        floor=0.9,
        outdoors=False,
        level=False,
    )
)
